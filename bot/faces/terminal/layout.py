"""Lays a reply out in lines for a screen or a pipe: text, quotes with a bar, numbered choices, files by their path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.faces.markup import Run, clean, runs
from bot.faces.width import Line, cells, wrap
from bot.messages import Choice, Reply

BAR = "│ "
INDENT = "  "
TAB = "    "
NEVER = 10**9  # columns of a pipe: its reader wraps


@dataclass(frozen=True)
class Numbered:
    """A choice and the number that presses it."""

    number: int
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


def choice_lines(rows: Sequence[Sequence[Numbered]], columns: int | None) -> list[Line]:
    """The numbered choices: a row of buttons a line, rows of equal length in columns; where it is too wide, a button
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


def numbered(replies: Sequence[Reply]) -> list[list[list[Numbered]]]:
    """For each reply its rows of choices, numbered through from 1."""
    count = 0
    found: list[list[list[Numbered]]] = []
    for reply in replies:
        rows: list[list[Numbered]] = []
        for row in reply.choices:
            rows.append([Numbered(count + at, choice) for at, choice in enumerate(row, 1)])
            count += len(row)
        found.append(rows)
    return found


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


def _button(one: Numbered) -> Line:
    label = clean(one.choice.label).removeprefix(f"{one.number}. ")  # numbered labels are not numbered twice
    return [Run(f"[{one.number}]", ("number",)), Run(f" {label}", ("choice",))]


def _hanging(button: Line, room: int) -> list[Line]:
    """A button too long for a line: its further lines stand under its label."""
    number, label = button
    under = cells(number.text) + 1
    first, *rest = wrap([Run(label.text.strip(), label.tags)], max(10, room - len(INDENT) - under))
    return [[Run(INDENT), number, Run(" "), *first], *([Run(INDENT + " " * under), *line] for line in rest)]
