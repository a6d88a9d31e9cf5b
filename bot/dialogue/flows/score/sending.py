"""Sending a form off: what must be there, the record, the first call it is linked to, the follow-ups, the receipt.

The draft goes in the same transaction that adds its record: a doubled press finds nothing to send. A correction is a
new revision with its reason; what others corrected meanwhile is never overwritten.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.messages import Choice, Reply
from bot.recording import scored_fields
from bot.texts import score as texts
from storage import Conflict, NewRecord, Record

from .forms import Form, let_go, save
from .layout import lines, one, strong, text
from .ownership import own_unit
from .screens import again, show
from .summary import deductions_block, total_line

SENT = "score_sent"  # the chat's memory of what was sent, so that a doubled press shows the receipt again
KEEP_SENT = 8


def send(turn: Turn, form: Form) -> list[Reply]:
    """Sends the form, or shows what is still missing."""
    if not form.standing.complete:
        form.move_on()
        save(turn, form)
        left = len(form.standing.items) - len(form.standing.form)
        return show(turn, form, text(texts.NOT_YET, left=left))
    zeros = form.open_zeros()
    if zeros:
        form.state.stage, form.state.at = "reason", zeros[0].id
        save(turn, form)
        return show(turn, form)
    if refused(turn, form):
        return one([text(texts.OWN_UNIT, unit=form.unit_name)])
    if form.state.revises:
        return _ask_revise(turn, form)
    record = _record(turn, form)
    let_go(turn)
    remember(turn, form.id, record.series)
    return receipt(turn, form, record, _follow_up(turn, form, record))


def refused(turn: Turn, form: Form) -> bool:
    """True when the person may not send this test, because it is their own unit."""
    return form.state.kind != "self" and not form.state.revises and own_unit(turn, form.unit)


def new_record(turn: Turn, form: Form) -> NewRecord:
    """The scored form as storage takes it: open answers only, points, subtotals, hashes, reasons."""
    scored = form.standing.scored
    if scored.total is None:
        raise ValueError(f"an incomplete form is never recorded: {scored.problems}")
    return NewRecord(
        **scored_fields(scored),
        unit_id=form.unit.id,
        tester_id=turn.person.id,
        tester_name=turn.person.name,
        called_at=form.called_at,
        form=dict(form.standing.form),
        phone=form.state.phone,
        remarks=remarks(form),
        kind="self" if form.state.kind == "self" else "superior" if form.state.kind == "superior" else None,
        period=form.state.period or None,
        created_by=turn.person.id,
    )


def remarks(form: Form) -> dict[str, Any]:
    """優點, 建議改進事項, the reasons at open items, and the first call's time."""
    open_ids = {item.id for item in form.standing.open}
    reasons = {name: words for name, words in form.state.reasons.items() if name in open_ids}
    found: dict[str, Any] = {name: words for name, words in form.state.remarks.items() if words}
    if reasons:
        found["reasons"] = reasons
    if _first_call(form):
        found["first_call"] = dict(form.state.first_call)
    return found


def _first_call(form: Form) -> bool:
    return bool(form.state.first_call) and form.standing.is_open(str(form.state.first_call.get("item")))


def _record(turn: Turn, form: Form) -> Record:
    new, store = new_record(turn, form), turn.services.store
    if _first_call(form):
        first = replace(
            new,
            called_at=datetime.fromisoformat(form.state.first_call["at"]),
            form={},
            points={},
            sections={},
            total=Decimal(0),
            grade=None,
            remarks={"first_call": dict(form.state.first_call)},
            counted=False,
        )
        new = replace(new, linked_to=store.records.add(first).series, link_kind="no_answer_first")
    return store.submit(form.id, new)


def _follow_up(turn: Turn, form: Form, record: Record) -> date | None:
    """A sheet's 建議改進事項 become a follow-up of the unit, due in a month; the due date, None when there is none."""
    words = form.state.remarks.get("improvements", "").strip()
    if form.rubric.kind != "sheet" or not words:
        return None
    due = a_month_after(turn.services.clock().astimezone(rocdate.OFFSET).date())
    turn.services.store.improvements.open(form.unit.id, words, turn.person.id, due, series=record.series)
    return due


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last (礦務局 100 年: 「於 1 個月內…簽報改進情形」)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def receipt(turn: Turn, form: Form, record: Record, due: date | None = None) -> list[Reply]:
    """What was recorded: number, total, grade, deductions; and where to go from here."""
    row = (again(form.rubric), Choice(f"records:open:{record.series}", texts.SEE_RECORD))
    head = lines(
        [
            strong(texts.SENT.format(number=record.series)),
            text(f"{form.unit_name} · {rocdate.short_time(record.called_at)}"),
        ]
    )
    follow = text(texts.FOLLOW_UPS, due=rocdate.short_date(due)) if due else None
    scored = form.standing.scored
    return one([head, total_line(scored), deductions_block(scored, form.state.reasons), follow], [row])


def remember(turn: Turn, draft_id: str, series: int) -> None:
    """Keeps which record a draft became."""
    sent = [*turn.session.slots.get(SENT, {}).get("list", []), [draft_id, series]]
    turn.session.slots[SENT] = {"list": sent[-KEEP_SENT:]}


def sent_before(turn: Turn, draft_id: str) -> list[Reply] | None:
    """The answer to a button of a form that was sent already; None when this chat did not send it."""
    for known, series in turn.session.slots.get(SENT, {}).get("list", []):
        if known == draft_id:
            row = (Choice(f"records:open:{series}", texts.SEE_RECORD),)
            return one([lines([text(texts.SENT_BEFORE), text(texts.SENT, number=series)])], [row])
    return None


def _ask_revise(turn: Turn, form: Form) -> list[Reply]:
    if unchanged(turn, form):
        return show(turn, form, text(texts.NOTHING_CHANGED))
    form.state.stage = "revise"
    save(turn, form)
    return show(turn, form)


def unchanged(turn: Turn, form: Form) -> bool:
    """True when the correction would say what the record says already."""
    record = turn.services.store.records.latest(form.state.revises)
    same = dict(record.form) == dict(form.standing.form) and dict(record.remarks) == remarks(form)
    return same and record.phone == form.state.phone and record.called_at == form.called_at


def revise(turn: Turn, form: Form, reason: str) -> list[Reply]:
    """Adds the revision. When somebody else was quicker, says so, keeps the form, and shows the way to the record."""
    store = turn.services.store
    before = store.records.latest(form.state.revises)
    new = replace(
        new_record(turn, form),
        tester_id=before.tester_id,
        tester_name=before.tester_name,
        created_by=turn.person.id,
        source=before.source,
    )
    see = Choice(f"records:open:{before.series}", texts.SEE_RECORD)
    try:
        record = store.records.revise(form.state.revises, new, reason[:500], turn.person.id, form.state.base)
    except Conflict:
        form.state.stage = "summary"
        save(turn, form)
        return one(
            [text(texts.REVISE_CONFLICT)],
            [(see,), (Choice(f"score:go:{form.id}", texts.RESUME.format(name=form.unit_name)),)],
        )
    store.drafts.finish(form.id)
    let_go(turn)
    remember(turn, form.id, record.series)
    return one([strong(texts.REVISED_NOW.format(revision=record.revision)), total_line(form.standing.scored)], [(see,)])
