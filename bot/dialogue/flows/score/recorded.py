"""A record in words: its head, its total and grade, its version. It scores only to explain, and changes nothing."""

from __future__ import annotations

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.people import called
from bot.texts import score as texts
from bot.texts.common import graded
from rubrics import Rubric, Scored, score
from storage import Record

from . import periods
from .figures import shown
from .layout import lines, small, strong, text
from .summary import first_call_line
from .words import cut, sheet_name


def total_words(turn: Turn, record: Record) -> str:
    """「總分 76.5 / 100（甲等）」, with the grade as the sheet calls it now."""
    words = texts.SUMMARY_TOTAL.format(total=shown(record.total), max=shown(record.max))
    if not record.grade:
        return words
    known = turn.services.rubrics.get(record.rubric_id).grades if record.rubric_id in turn.services.rubrics else ()
    label = next((grade.label for grade in known if grade.id == record.grade), record.grade)
    return words + texts.GRADE.format(grade=graded(label))


def in_list(record: Record, names: dict[int, str]) -> str:
    """「113/05/20 10:30　秘書室　76.5 分」."""
    moment = rocdate.short_time(record.called_at)
    return f"{moment}　{cut(names.get(record.unit_id, ''), 30)}　{shown(record.total)} 分"


def on_button(record: Record, names: dict[int, str]) -> str:
    """「#3 秘書室・76.5 分」."""
    unit = names.get(record.unit_id, "").rpartition(" ")[2]
    return f"#{record.series} {cut(unit, 16)}・{shown(record.total)} 分"


def head(turn: Turn, record: Record) -> Markup:
    """Unit, sheet, number, when, by whom, and which version it is."""
    names = turn.services.store.units.full_names()
    rubrics = turn.services.rubrics
    title = sheet_name(rubrics.get(record.rubric_id)) if record.rubric_id in rubrics else record.rubric_id
    facts = [rocdate.short_time(record.called_at)]
    if record.kind:
        facts.append(f"{texts.KINDS[record.kind]} {periods.label(record.period or '')}")
    if record.phone:
        facts.append(texts.PHONE_LINE.format(phone=record.phone))
    line = texts.TESTER_LINE if record.rubric_kind == "phone" else texts.ASSESSOR_LINE
    facts.append(line.format(name=record.tester_name or record.tester_id))
    first = Markup("<b>{}</b> · {}　{}").format(names.get(record.unit_id, ""), title, f"#{record.series}")
    corrected = version(turn, record) if record.revision > 1 else None
    return lines(
        [
            first,
            text("{facts}", facts=" · ".join(facts)),
            *first_call_line(dict(record.remarks.get("first_call", {}))),
            corrected,
        ]
    )


def version(turn: Turn, record: Record) -> Markup:
    """Who made this revision (or took the record out of what counts), when and why."""
    tested = record.tester_name if record.created_by == record.tester_id else ""
    name = tested or called(turn.services.store.people, record.created_by)
    time = rocdate.short_time(record.created_at)
    if record.withdrawn:
        return strong(texts.WITHDRAWN.format(time=time, name=name, reason=record.reason or ""))
    if record.revision == 1:
        return small(texts.FIRST_VERSION.format(time=time, name=name))
    return small(texts.REVISED.format(revision=record.revision, time=time, name=name, reason=record.reason or ""))


def scored_again(turn: Turn, record: Record) -> tuple[Rubric | None, Scored | None]:
    """The sheet as it is now and the record scored by it; None where it no longer fits."""
    if record.rubric_id not in turn.services.rubrics:
        return None, None
    rubric = turn.services.rubrics.get(record.rubric_id)
    scored = score(rubric, dict(record.form))
    return rubric, scored if scored.total is not None else None
