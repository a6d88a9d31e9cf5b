"""Sheets without points: each 評核項目 with its 評核重點, evidence, 完成期限, 承辦單位 and state; progress is counted.

Each change is kept at once as a row of its own, so there is nothing to send and nothing to lose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from markupsafe import Markup

from bot import rocdate
from bot import units as directory
from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply
from bot.texts import score as texts
from rubrics import Criterion, Rubric, progress
from storage import NotFound, Unit
from storage.progress import Progress, ProgressState

from .forms import FLOW
from .items import shorten
from .layout import Row, lines, one, packed, small, strong, text
from .picking import LONGEST_NAME
from .words import bare_label, cut, is_question, unwrapped

FIELDS = ("evidence", "due", "owner")
MARKS = {"done": "✓", "in_progress": "…", "not_started": "—"}
MAX_TEXT = 1500
MOST_OWNERS = 12
LEAVE = frozenset({"取消", "返回", "上一題", "暫停", "回到清單"})


@dataclass(frozen=True)
class Sheet:
    """A framework of one unit in one year: what stands at each item."""

    rubric: Rubric
    unit: Unit
    unit_name: str
    period: str
    stands: dict[str, Progress]

    def state(self, criterion: Criterion) -> str:
        """The item's state: the first one of the sheet when nothing was recorded."""
        kept = self.stands.get(criterion.id)
        return kept.state if kept else self.rubric.states[0].id


def _sheet(turn: Turn, rubric: Rubric, unit: Unit) -> Sheet:
    period = str(rocdate.roc_year(turn.services.clock().year))
    found = turn.services.store.progress.current([unit.id], rubric.id, period)
    name = turn.services.store.units.full_name(unit.id)
    return Sheet(rubric, unit, name, period, {row.criterion: row for row in found})


def _button(sheet: Sheet, verb: str, label: str, *arguments: object) -> Choice:
    key = sheet.rubric.structure_hash[:8]
    return Choice(":".join([FLOW, "fw", key, str(sheet.unit.id), verb, *map(str, arguments)]), label)


def open_sheet(turn: Turn, rubric: Rubric, unit: Unit) -> list[Reply]:
    """The list of items with their states."""
    turn.session.slots[FLOW] = {}
    turn.session.active = ""
    return _list(_sheet(turn, rubric, unit))


def _list(sheet: Sheet) -> list[Reply]:
    form = {c.id: sheet.state(c) for c in sheet.rubric.criteria}
    count = progress(sheet.rubric, form)
    head = lines(
        [
            strong(sheet.rubric.title),
            text("{unit}・{period} 年", unit=sheet.unit_name, period=sheet.period),
            text(texts.PROGRESS_COUNT, done=count.done, of=count.total),
        ]
    )
    words: list[Markup] = []
    rows: list[Row] = []
    heading = ""
    labels = {one_.id: one_.label for one_ in sheet.rubric.states}
    for i, criterion in enumerate(sheet.rubric.criteria):
        above = " › ".join(section.label for section in sheet.rubric.sections_above(criterion))
        if above != heading:
            words.append(small(above))
            heading = above
        state = sheet.state(criterion)
        mark = MARKS.get(state, "・")
        words.append(
            text(
                "{mark} {label}：{state}{more}",
                mark=mark,
                label=bare_label(criterion.label),
                state=labels.get(state, state),
                more=_more(sheet, criterion),
            )
        )
        rows.append((_button(sheet, "item", f"{mark} {cut(bare_label(criterion.label), 30)}", i),))
    return one([head, lines(words), text(texts.PROGRESS_PICK)], [*rows, (MENU,)])


def _more(sheet: Sheet, criterion: Criterion) -> str:
    kept = sheet.stands.get(criterion.id)
    return f"・{rocdate.short_date(kept.due_on)} 前" if kept and kept.due_on else ""


def press(turn: Turn, arguments: list[str]) -> list[Reply] | None:
    """A button of a framework; None when it is stale."""
    if len(arguments) < 3 or not arguments[1].isdecimal():
        return None
    rubric = next((one_ for one_ in turn.services.rubrics if one_.structure_hash[:8] == arguments[0]), None)
    try:
        unit = turn.services.store.units.get(int(arguments[1]))
    except NotFound:
        return None
    if rubric is None or rubric.kind != "framework":
        return None
    return _act(turn, _sheet(turn, rubric, unit), arguments[2], arguments[3:])


def _act(turn: Turn, sheet: Sheet, verb: str, values: list[str]) -> list[Reply] | None:
    if verb == "list":
        return open_sheet(turn, sheet.rubric, sheet.unit)
    if not values or not values[0].isdecimal() or int(values[0]) >= len(sheet.rubric.criteria):
        return None
    criterion, number = sheet.rubric.criteria[int(values[0])], int(values[0])
    chosen = int(values[1]) if len(values) > 1 and values[1].isdecimal() else -1
    if verb == "item":
        _hold(turn, sheet, number, "")
        return _item(turn, sheet, criterion)
    if verb == "state" and 0 <= chosen < len(sheet.rubric.states):
        return _keep(turn, sheet, criterion, state=sheet.rubric.states[chosen].id)
    if verb == "set" and 0 <= chosen < len(FIELDS):
        _hold(turn, sheet, number, FIELDS[chosen])
        return _ask(turn, sheet, criterion, FIELDS[chosen])
    if verb == "new":
        return _add_owner(turn, sheet, criterion)
    if verb == "owner" and chosen >= 0:
        return _keep(turn, sheet, criterion, owner_unit_id=chosen)
    return None


def _hold(turn: Turn, sheet: Sheet, number: int, field: str) -> None:
    kept = {"rubric": sheet.rubric.id, "unit": sheet.unit.id, "at": number, "field": field}
    turn.session.slots[FLOW] = {"fw": kept}
    turn.session.active = FLOW if field else ""


def waiting(turn: Turn) -> bool:
    """True while a field's words are awaited."""
    return bool(turn.session.slots.get(FLOW, {}).get("fw", {}).get("field"))


def _item(turn: Turn, sheet: Sheet, criterion: Criterion, lead: str = "") -> list[Reply]:
    number = sheet.rubric.criteria.index(criterion)
    kept = sheet.stands.get(criterion.id)
    labels = {one_.id: one_.label for one_ in sheet.rubric.states}
    points = "\n".join(one_.text for one_ in criterion.texts)
    above = " › ".join(section.label for section in sheet.rubric.sections_above(criterion))
    facts = [text("辦理狀態：{state}", state=labels.get(sheet.state(criterion), ""))]
    if kept:
        facts += [text("完成期限：{due}", due=rocdate.short_date(kept.due_on))] if kept.due_on else []
        facts += (
            [text("承辦單位：{owner}", owner=turn.services.store.units.full_name(kept.owner_unit_id))]
            if kept.owner_unit_id
            else []
        )
        facts += [text("佐證：{words}", words=shorten(kept.evidence, 600))] if kept.evidence else []
    notes = [small(f"※ {note.text}{note.decision}") for note in criterion.notes]
    told = points and not lead  # what was on the screen a moment ago is not said again
    quote = Markup("<blockquote>{}</blockquote>").format(shorten(points, MAX_TEXT)) if told else None
    now = sheet.state(criterion)
    states = tuple(
        _button(sheet, "state", f"{'✓ ' if one_.id == now else ''}{one_.label}", number, i)
        for i, one_ in enumerate(sheet.rubric.states)
    )
    fields = tuple(
        _button(sheet, "set", label, number, i)
        for i, label in enumerate((texts.SET_EVIDENCE, texts.SET_DUE, texts.SET_OWNER))
    )
    leave = (_button(sheet, "list", texts.BACK_TO_LIST_FRAMEWORK),)
    head = lines(
        [
            text(lead) if lead else None,
            text("{unit}", unit=sheet.unit_name),
            small(above) if above else None,
            strong(unwrapped(criterion.label)),
        ]
    )
    return one([head, quote, lines(facts), lines(notes) if notes and told else None], [states, fields, leave])


def _add_owner(turn: Turn, sheet: Sheet, criterion: Criterion) -> list[Reply] | None:
    """The unit that was typed and is not on the list: added under the sheet's office, and it is in charge."""
    store, name = turn.services.store, str(turn.session.slots.get(FLOW, {}).get("fw", {}).get("name", ""))
    if not name:
        return None
    office = store.units.get(sheet.unit.office)
    unit = store.units.ensure(office.name, name, by=turn.person.id)
    return _keep(turn, sheet, criterion, owner_unit_id=unit.id)


def _ask(turn: Turn, sheet: Sheet, criterion: Criterion, field: str, lead: str = "", new: str = "") -> list[Reply]:
    number = sheet.rubric.criteria.index(criterion)
    asked = {"evidence": texts.ASK_EVIDENCE, "due": texts.ASK_DUE, "owner": texts.ASK_OWNER}[field]
    rows: list[Row] = []
    if field == "owner":
        units = turn.services.store.units.all(sheet.unit.office)[:MOST_OWNERS]
        rows = packed([_button(sheet, "owner", cut(unit.name, 18), number, unit.id) for unit in units], 2)
    if new:
        rows.append((_button(sheet, "new", texts.ADD_UNIT.format(name=cut(new, 24)), number),))
    rows.append((_button(sheet, "item", texts.CANCEL, number),))
    return one([text(lead) if lead else None, strong(unwrapped(criterion.label)), text(asked)], rows)


def typed(turn: Turn) -> list[Reply] | None:
    """Takes the words of the field that is awaited; None for a question."""
    kept = turn.session.slots[FLOW]["fw"]
    store = turn.services.store
    sheet = _sheet(turn, turn.services.rubrics.get(kept["rubric"]), store.units.get(kept["unit"]))
    criterion, field, words = sheet.rubric.criteria[kept["at"]], str(kept["field"]), turn.text
    if words in LEAVE:
        _hold(turn, sheet, kept["at"], "")
        return _item(turn, sheet, criterion)
    if is_question(words) and field != "evidence":
        return None
    if field == "evidence":
        return _keep(turn, sheet, criterion, evidence=words)
    if field == "due":
        due = rocdate.parse_day(words, turn.services.clock().date())
        return _keep(turn, sheet, criterion, due_on=due) if due else _ask(turn, sheet, criterion, field, texts.BAD_DATE)
    found = directory.find(store, words)
    if found.only:
        return _keep(turn, sheet, criterion, owner_unit_id=found.only.id)
    if len(words) > LONGEST_NAME:
        return _ask(turn, sheet, criterion, field, texts.UNIT_NAME_TOO_LONG)
    kept["name"] = words
    return _ask(turn, sheet, criterion, field, texts.NO_UNIT_NAMED.format(name=cut(words, 30)), words)


def _keep(turn: Turn, sheet: Sheet, criterion: Criterion, **changes: Any) -> list[Reply]:
    now = sheet.stands.get(criterion.id)
    values: dict[str, Any] = {
        "state": now.state if now else sheet.rubric.states[0].id,
        "evidence": now.evidence if now else "",
        "due_on": now.due_on if now else None,
        "owner_unit_id": now.owner_unit_id if now else None,
        **changes,
    }
    turn.services.store.progress.record(
        sheet.unit.id,
        sheet.rubric.id,
        criterion.id,
        cast("ProgressState", values.pop("state")),
        turn.person.id,
        period=sheet.period,
        **values,
    )
    _hold(turn, sheet, sheet.rubric.criteria.index(criterion), "")
    return _item(turn, _sheet(turn, sheet.rubric, sheet.unit), criterion, texts.PROGRESS_KEPT)
