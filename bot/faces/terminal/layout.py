"""Lays a reply out in lines for a screen or a pipe: text, quotes with a bar, choices with the keys that press them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from bot.faces.markup import Run, clean, runs
from bot.faces.width import Line, wrap
from bot.messages import Choice, Reply
from bot.tables import cells

BAR = "│ "
INDENT = "  "
TAB = "    "
_ITEM = re.compile(r"(\d{1,3})(\. )")
_VALUE = re.compile(r"(\d{1,3}) ?([聲響分秒件次人通年月日%]?)")
NEVER = 10**9  # columns of a pipe: its reader wraps


@dataclass(frozen=True)
class Keyed:
    """A choice and the number or letter that presses it."""

    key: str
    choice: Choice


def text_lines(reply: Reply, columns: int | None) -> list[Line]:
    """The reply's text; a quotation's lines begin with a bar. `columns` None: as long as they are."""
    found: list[Line] = []
    for quoted, parts in groupby(runs(reply.text), key=lambda part: "blockquote" in part.tags):
        lead = [Run(BAR, ("bar",))] if quoted else []
        for paragraph in _paragraphs(list(parts), bool(found)):
            room = NEVER if columns is None else max(10, columns - (cells(BAR) if quoted else 0))
            found += [[*lead, *line] for line in wrap(paragraph, room)]
    while found and not found[-1]:
        found.pop()
    return found


def choice_lines(rows: Sequence[Sequence[Keyed]], columns: int | None) -> list[Line]:
    """The choices: a row of buttons a line, rows of equal length in columns; where it is too wide, a button
    a line."""
    found: list[Line] = []
    room = NEVER if columns is None else columns
    buttons = [[_button(one) for one in row] for row in rows]
    for row in buttons:
        alike = [[_size(button) for button in other] for other in buttons if len(other) == len(row)]
        sizes = [_size(button) for button in row]
        widths = [max(column) for column in zip(*alike, strict=True)]
        if sum(widths) + len(INDENT) * len(widths) > room:
            widths = sizes
        if sum(widths) + len(INDENT) * len(widths) > room:
            found += [line for button in row for line in _hanging(button, room)]
        else:
            pads = [width - size for width, size in zip(widths, sizes, strict=True)]
            pads[-1:] = [0]
            found.append([part for one, pad in zip(row, pads, strict=True) for part in _padded(one, pad)])
    return found


def _size(line: Line) -> int:
    return sum(cells(part.text) for part in line)


def _padded(button: Line, pad: int) -> Line:
    return [Run(INDENT), *button, *([Run(" " * pad)] if pad else [])]


def keyed(replies: Sequence[Reply]) -> list[list[list[Keyed]]]:
    """For each reply its rows of choices, each with the key that presses it.

    Where labels carry numbers of their own (「3 聲」, 「2. 否」) these are the keys and all other buttons get letters:
    a number that a person types must never press something else. Elsewhere the buttons are numbered from 1.
    """
    keys = iter(_keys([choice for reply in replies for choice in reply.buttons()]))
    return [[[Keyed(next(keys), choice) for choice in row] for row in reply.choices] for reply in replies]


def _keys(choices: Sequence[Choice]) -> list[str]:
    own = [_own_number(choice.label) for choice in choices]
    unit = next((one[1] for one in own if one), None)
    if unit is None:
        return [str(number) for number in range(1, len(choices) + 1)]
    letters = iter([*ascii_lowercase, *(first + second for first in ascii_lowercase for second in ascii_lowercase)])
    taken: set[str] = set()
    found: list[str] = []
    for number in own:
        # where labels count in two units (聲 and 秒), a bare number is of the first one
        key = number[0] if number and number[1] == unit and number[0] not in taken else next(letters)
        taken.add(key)
        found.append(key)
    return found


def _own_number(label: str) -> tuple[str, str] | None:
    """The number that a label begins with and what it counts."""
    text = unicodedata.normalize("NFKC", label).strip()
    match = _ITEM.match(text) or _VALUE.fullmatch(text)
    return (match[1], match[2]) if match else None


def _paragraphs(parts: Sequence[Run], after_others: bool) -> Iterator[Line]:
    """Cut at line feeds. The line feed beside a quotation is the end of a line, not an empty one."""
    lines: list[Line] = [[]]
    for part in parts:
        first, *rest = part.text.expandtabs(len(TAB)).split("\n")
        lines[-1].append(Run(first, part.tags))
        lines += [[Run(one, part.tags)] for one in rest]
    filled = [[part for part in line if part.text] for line in lines]
    if after_others and not filled[0]:
        filled = filled[1:]
    if len(filled) > 1 and not filled[-1]:
        filled = filled[:-1]
    yield from filled


def _button(one: Keyed) -> Line:
    label = clean(one.choice.label).removeprefix(f"{one.key}. ")  # numbered labels are not numbered twice
    return [Run(f"[{one.key}]", ("number",)), Run(f" {label}", ("choice",))]


def _hanging(button: Line, room: int) -> list[Line]:
    """A button too long for a line: its further lines stand under its label."""
    number, label = button
    under = cells(number.text) + 1
    first, *rest = wrap([Run(label.text.strip(), label.tags)], max(10, room - len(INDENT) - under))
    return [[Run(INDENT), number, Run(" "), *first], *([Run(INDENT + " " * under), *line] for line in rest)]
