"""The parts that every screen of a form shares: its head, its compact row, its buttons' ids, one reply made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.messages import Choice, Reply, Rows
from bot.texts import score as texts
from rubrics import Rubric

from .figures import shown
from .forms import FLOW, Form
from .words import cut, sheet_name

Row = tuple[Choice, ...]
MAX_NOTE = 140  # characters of a source note shown at an item; the whole stands behind 「？」


def button(form: Form, verb: str, label: str, *arguments: object) -> Choice:
    """A button of this draft: 「score:<verb>:<draft>:…」."""
    return Choice(":".join([FLOW, verb, form.id, *map(str, arguments)]), label)


def text(sentence: str, **values: object) -> Markup:
    """A sentence with its values, escaped."""
    return Markup("{}").format(sentence.format(**values) if values else sentence)


def strong(words: object) -> Markup:
    """Bold."""
    return Markup("<b>{}</b>").format(words)


def small(words: object) -> Markup:
    """Italic: source notes and asides."""
    return Markup("<i>{}</i>").format(words)


def lines(parts: Iterable[Markup | None]) -> Markup:
    """The parts that are there, one a line."""
    return Markup("\n").join(part for part in parts if part)


def blocks(parts: Iterable[Markup | None]) -> Markup:
    """The parts that are there, with an empty line between."""
    return Markup("\n\n").join(part for part in parts if part)


def packed(choices: Sequence[Choice], width: int) -> list[Row]:
    """Buttons `width` a row."""
    return [tuple(choices[i : i + width]) for i in range(0, len(choices), width)]


def title(form: Form) -> Markup:
    """The unit and the sheet, and what makes this draft another than its neighbours."""
    head = Markup("<b>{}</b> · {}").format(form.unit_name, _sheet(form.rubric))
    if form.state.phone and form.state.stage != "summary":
        head = Markup("{} · {}").format(head, form.state.phone)
    if form.state.revises:
        head = Markup("{}\n{}").format(head, strong(texts.REVISING_TITLE.format(number=form.state.revises)))
    if form.state.trial:
        head = Markup("{}\n{}").format(head, strong(texts.TRIAL_TITLE))
    return head


def _sheet(rubric: Rubric) -> str:
    return cut(rubric.title, 44) if rubric.kind == "phone" else sheet_name(rubric)


def where(form: Form) -> Markup:
    """第 7/19 題 · 目前 31 分."""
    standing = form.standing
    at, of = standing.place(form.state.at), len(standing.items)
    if form.rubric.kind == "framework":
        return text(texts.WHERE_PLAIN, at=at, of=of)
    return text(texts.WHERE, at=at, of=of, points=shown(standing.total))


def way_back(form: Form) -> Choice:
    """Back to what was on the screen: the item, or the summary of a form that is complete."""
    return button(form, "go", texts.BACK_TO_SUMMARY if form.state.stage == "summary" else texts.CANCEL_BACK)


def compact(form: Form, clause: bool = True) -> Row:
    """上一題 ？ 跳到 暫停 取消."""
    row = [button(form, "back", texts.BACK)]
    if clause:
        row.append(button(form, "why", texts.CLAUSE))
    row += [
        button(form, "list", texts.JUMP),
        button(form, "pause", texts.PAUSE),
        button(form, "drop", texts.CANCEL),
    ]
    return tuple(row)


def one(parts: Iterable[Markup | None], choices: Iterable[Row] = ()) -> list[Reply]:
    """One message."""
    kept: Rows = tuple(row for row in choices if row)
    return [Reply(blocks(parts), kept)]
