"""What a plan asks for by a day: done, due, overdue or still to come, by unit, with the clause. Pure functions.

How the year is cut, which the sources leave open and each row's notes say openly:

- interval: the calendar year of the plan in equal parts from January (every 4 months: 1–4, 5–8, 9–12 月);
- year, standing: the calendar year;  months: each named calendar month;
- deadline: from one year before the day, to the day;  after: from the event, to the same day so many months later.

A part that went by without enough stays overdue: what is done later belongs to the later part. Only where nothing else
claims it (deadline: for a year; months: until the next one; after: at any time) a late one is taken, and called late.
It reads no clock: `today` is an argument.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from rubrics.plan_model import BEFORE_ROC, Duty, Plan
from rubrics.problems import RubricError, near

State = Literal["done", "due", "overdue", "upcoming"]
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Done:
    """Something done for a duty: by which unit ("" for the office), on which day."""

    duty: str
    unit: str
    day: date
    note: str = ""


@dataclass(frozen=True)
class Event:
    """What starts an `after` duty: for which unit, on which day (the day the review's result was sent)."""

    duty: str
    unit: str
    day: date


@dataclass(frozen=True)
class Record:
    """A recorded assessment, as far as counting goes: the sheet, the unit, the day."""

    rubric: str
    unit: str
    day: date


@dataclass(frozen=True)
class Period:
    """One part of the year for one duty and unit. `start` and `due` are its first and last day; `late`: of `done`, how
    many came after `due`."""

    start: date
    due: date
    needed: int
    done: int
    late: int
    state: State


@dataclass(frozen=True)
class DutyStatus:
    """How one unit (or the office: "") stands with one duty. `due` is the last day of the part that matters most now.

    `done` and `needed` are over all parts; `periods` has each; `reason` says it in one sentence.
    """

    plan: str
    duty: Duty
    unit: str
    periods: tuple[Period, ...]
    state: State
    due: date | None
    done: int
    needed: int
    reason: str


def counted(plan: Plan, records: Iterable[Record]) -> tuple[Done, ...]:
    """The records that count by themselves for the plan's duties (telephone tests, reviews by sheet)."""
    return tuple(
        Done(duty.id, record.unit, record.day)
        for record in records
        for duty in plan.obligations
        if record.rubric in duty.counted_by
    )


def status(
    plan: Plan, units: Sequence[str], done: Iterable[Done], today: date, events: Iterable[Event] = ()
) -> tuple[DutyStatus, ...]:
    """Every duty × unit in the plan's order; an office's duty once, with unit "".

    `units` may be names or ids, the same as in `done`; empty means those that the source names. What any unit did
    counts for an office's duty. RubricError when `done` or `events` name a duty that the plan does not have.
    """
    finished, started = tuple(done), tuple(events)
    known = {duty.id for duty in plan.obligations}
    for name in (*(d.duty for d in finished), *(e.duty for e in started)):
        if name not in known:
            raise RubricError(f"「{plan.title}」沒有「{name}」這項義務{near(name, known) or '。'}")
    everyone = tuple(units) or plan.units.members or ("",)
    return tuple(
        _of_unit(plan, duty, unit, finished, started, today)
        for duty in plan.obligations
        for unit in (everyone if duty.each == "unit" else ("",))
    )


def windows(plan: Plan, duty: Duty) -> tuple[tuple[date, date], ...]:
    """The (first, last) day of each part of the duty's year; () for a duty that waits for an event."""
    year = plan.year + BEFORE_ROC
    if duty.kind == "deadline" and duty.due:
        return ((months_later(duty.due, -12) + _DAY, duty.due),)
    if duty.kind == "after":
        return ()
    spans = {
        "interval": [(m, m + duty.months - 1) for m in range(1, 13, duty.months or 12)],
        "months": [(m, m) for m in duty.in_months],
    }.get(duty.kind, [(1, 12)])
    return tuple((date(year, first, 1), _last_day(year, last)) for first, last in spans)


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def roc(day: date) -> str:
    """113/05/20: the day as offices write it."""
    return f"{day.year - BEFORE_ROC:03d}/{day.month:02d}/{day.day:02d}"


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _of_unit(
    plan: Plan, duty: Duty, unit: str, done: tuple[Done, ...], events: tuple[Event, ...], today: date
) -> DutyStatus:
    mine = sorted(d.day for d in done if d.duty == duty.id and (duty.each == "office" or d.unit == unit))
    if duty.kind == "after":
        starts = sorted(e.day for e in events if e.duty == duty.id and (duty.each == "office" or e.unit == unit))
        periods = _after(duty, starts, mine, today)
    else:
        periods = _within(duty, windows(plan, duty), mine, today)
    state, chosen = _overall(periods)
    return DutyStatus(
        plan.id,
        duty,
        unit,
        periods,
        state,
        chosen.due if chosen else None,
        sum(p.done for p in periods),
        sum(p.needed for p in periods),
        _reason(duty, periods, state),
    )


def _within(duty: Duty, spans: tuple[tuple[date, date], ...], days: list[date], today: date) -> tuple[Period, ...]:
    made = []
    for index, (start, due) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else months_later(spans[0][0], 12)
        if duty.kind == "deadline":
            following = months_later(due, 12)
        held = [d for d in days if start <= d < following and d <= today]
        late = sum(d > due for d in held)
        made.append(_period(start, due, duty.times, len(held), late, today))
    return tuple(made)


def _after(duty: Duty, starts: list[date], days: list[date], today: date) -> tuple[Period, ...]:
    """Each event takes the earliest days on or after it that no earlier event took."""
    left = [d for d in days if d <= today]
    made = []
    for start in starts:
        taken = [d for d in left if d >= start][: duty.times]
        for day in taken:
            left.remove(day)
        due = months_later(start, duty.months)
        made.append(_period(start, due, duty.times, len(taken), sum(d > due for d in taken), today))
    return tuple(made)


def _period(start: date, due: date, needed: int, done: int, late: int, today: date) -> Period:
    state: State = "done"
    if done < needed:
        state = "overdue" if today > due else "upcoming" if today < start else "due"
    return Period(start, due, needed, done, late, state)


def _overall(periods: tuple[Period, ...]) -> tuple[State, Period | None]:
    """The first part that is overdue, else due, else still to come; done when all are. Nothing started: upcoming."""
    order: tuple[State, ...] = ("overdue", "due", "upcoming")
    for state in order:
        found = next((p for p in periods if p.state == state), None)
        if found:
            return state, found
    return ("done", periods[-1]) if periods else ("upcoming", None)


def _reason(duty: Duty, periods: tuple[Period, ...], state: State) -> str:
    if not periods:
        return f"還沒有開始：{duty.event}之日起 {duty.months} 個月內辦理。"
    parts = [f"{_span(p)} 逾期，應辦 {p.needed} 次，已辦 {p.done} 次" for p in periods if p.state == "overdue"]
    parts += [f"{_span(p)} 還差 {p.needed - p.done} 次" for p in periods if p.state == "due"]
    upcoming = next((p for p in periods if p.state == "upcoming"), None)
    if state == "upcoming" and upcoming:
        finished = "前面各期已完成；" if any(p.state == "done" for p in periods) else ""
        parts.append(f"{finished}下一期 {_span(upcoming)}")
    if state == "done":
        late = sum(p.late for p in periods)
        parts.append(f"已完成（{sum(p.done for p in periods)} 次{f'，其中 {late} 次逾期才完成' if late else ''}）")
    return "；".join(parts) + "。"


def _span(period: Period) -> str:
    return f"{roc(period.start)}–{roc(period.due)}"
