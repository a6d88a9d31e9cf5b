"""Plans against what was recorded: whose plan is in force, what is done, due and overdue, and what rewards follow.

It wires the plans' pure rules to the records, ticks and follow-ups of one office. It refuses nothing and invents no
result: what is not recorded is not done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import rocdate, units
from bot.app import Services
from bot.errors import UserError
from bot.people import Person, units_seen
from bot.texts import planning as texts
from rubrics import awards, duties
from rubrics.plan_model import Duty, Plan
from rubrics.plans import renew
from storage.assessment import Record
from storage.duties import Tick
from storage.records import RecordFilter
from storage.units import Unit


@dataclass(frozen=True)
class OfficePlan:
    """A plan and the office's row in the store (None while nobody of the office is recorded)."""

    plan: Plan
    office: Unit | None


def plans_of(services: Services, person: Person) -> list[OfficePlan]:
    """The plans of the offices that the person may see, this year's first, then the latest."""
    seen = units_seen(services.store.units, person)
    found = [OfficePlan(plan, units.office(services.store, plan.office.name)) for plan in services.plans]
    if seen is not None:
        offices = {services.store.units.get(unit).office for unit in seen}
        found = [one for one in found if one.office and one.office.id in offices]
    return sorted(found, key=lambda one: -one.plan.year)


def in_force(services: Services, person: Person, today: date) -> list[OfficePlan]:
    """Those of this ROC year."""
    year = rocdate.roc_year(today.year)
    return [one for one in plans_of(services, person) if one.plan.year == year]


def unit_names(services: Services, one: OfficePlan) -> list[str]:
    """The units bound by the plan: the office's own on record without those the plan leaves out, else the plan's."""
    if one.office is None:
        return list(one.plan.units.members)
    left_out = {excluded.name for excluded in one.plan.units.excluded}
    known = [unit.name for unit in services.store.units.children(one.office.id) if unit.active]
    return [name for name in known if name not in left_out] or list(one.plan.units.members)


def statuses(services: Services, one: OfficePlan, today: date) -> tuple[duties.DutyStatus, ...]:
    """Every duty of the plan for every unit, from records, ticks and answered follow-ups."""
    if one.office is None:
        return duties.status(one.plan, unit_names(services, one), (), today)
    records = _records(services, one)
    named = {unit.id: unit.name for unit in services.store.units.all(one.office.id, active_only=False)}
    counted = duties.counted(one.plan, (_as_counted(record, named) for record in records))
    ticked = (
        duties.Done(tick.duty_id, "" if tick.unit_id == one.office.id else named[tick.unit_id], tick.done_on, tick.note)
        for tick in services.store.duties.find(one.plan.id, unit_ids=named)
    )
    events, answered = _follow_ups(services, one, records, named)
    return duties.status(one.plan, unit_names(services, one), (*counted, *ticked, *answered), today, events)


def proposals(
    services: Services, one: OfficePlan, stages: dict[str, str]
) -> tuple[tuple[awards.Proposal, ...], list[str]]:
    """The plan's reward rules on its year's results, and remarks on how the results were chosen.

    Where the plan's own year has no result, the latest year that has some is taken, and a remark says so.
    """
    results: dict[str, awards.Result] = {}
    remarks: list[str] = []
    named = {unit.id: unit.name for unit in services.store.units.all(active_only=False)}
    own, year = _results(services, one)
    if own and year != one.plan.year:
        remarks.append(texts.OTHER_YEAR.format(plan=one.plan.year, year=year))
    for record in own:
        unit = named[record.unit_id]
        if unit in results:
            remarks.append(texts.SEVERAL_RESULTS.format(unit=unit))
            continue
        results[unit] = awards.Result(unit, record.total, record.grade or "")
    return awards.propose(one.plan, list(results.values()), stages), list(dict.fromkeys(remarks))


def _results(services: Services, one: OfficePlan) -> tuple[list[Record], int]:
    """The sheets' records of the plan's year, newest first, else of the latest year with any; and that ROC year."""
    if one.office is None:
        return [], one.plan.year
    found = [
        record
        for sheet in one.plan.sheets
        for record in services.store.records.find(RecordFilter(rubric_id=sheet, office_ids=[one.office.id]))
        if record.rubric_kind == "sheet"
    ]
    years = {rocdate.roc_year(record.called_at.year) for record in found}
    year = one.plan.year if one.plan.year in years else max(years, default=one.plan.year)
    return [record for record in found if rocdate.roc_year(record.called_at.year) == year], year


def tick(services: Services, one: OfficePlan, duty: Duty, unit: str, note: str, person: Person) -> None:
    """Ticks a duty off for today; an office or unit that is not on record yet is added."""
    office = one.office or services.store.units.ensure(one.plan.office.name, by=person.id)
    row = office if duty.each == "office" or not unit else services.store.units.ensure(office.name, unit, by=person.id)
    services.store.duties.tick(one.plan.id, duty.id, row.id, services.clock().date(), person.id, note)


def ticks(services: Services, one: OfficePlan, unit: str | None) -> list[Tick]:
    """What was ticked off by hand and stands, the latest first: by a unit and the office as such, or (None) by all."""
    if one.office is None:
        return []
    children = services.store.units.children(one.office.id)
    within = {one.office.id, *(row.id for row in children if unit is None or row.name == unit)}
    return services.store.duties.find(one.plan.id, unit_ids=within)[::-1]


def ticked_unit(services: Services, tick: Tick) -> str:
    """Whose tick it is: the unit's name, or "" for the office."""
    unit = services.store.units.get(tick.unit_id)
    return "" if unit.is_office else unit.name


def renew_plan(services: Services, plan_id: str, year: int) -> Path:
    """Writes a past plan as the pattern of another ROC year, beside the database, where it is in use at once.

    Raises UnknownRubricError (no such plan) and UserError (a year that cannot be, or the plan is there already).
    """
    plan = services.plans.get(plan_id)
    if not plan.year < year <= rocdate.roc_year(services.clock().year) + 1:
        raise UserError(texts.BAD_YEAR.format(year=year, first=plan.year + 1))
    folder = services.settings.own_rubrics / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    made = renew(Path(plan.path), year, folder)
    services.reload_plans()
    return made


def plan_lines(services: Services) -> str:
    """All plans, one line each."""
    return "\n".join(
        texts.PLAN_LINE.format(id=plan.id, title=plan.title, year=plan.year, duties=len(plan.obligations))
        for plan in services.plans
    )


def _records(services: Services, one: OfficePlan) -> list[Record]:
    if one.office is None:
        return []
    year = rocdate.western_year(one.plan.year)
    wanted = RecordFilter(office_ids=[one.office.id], since=date(year, 1, 1), until=date(year + 1, 3, 31))
    return services.store.records.find(wanted)


def _as_counted(record: Record, named: dict[int, str]) -> duties.Record:
    return duties.Record(record.rubric_id, named[record.unit_id], record.called_at.date())


def _follow_ups(
    services: Services, one: OfficePlan, records: Iterable[Record], named: dict[int, str]
) -> tuple[list[duties.Event], list[duties.Done]]:
    """What starts the duties that wait for a review's result, and the answers that fulfil them."""
    waiting = [duty for duty in one.plan.obligations if duty.kind == "after"]
    sheets = {record.series: record for record in records if record.rubric_kind == "sheet"}
    events = [
        duties.Event(duty.id, named[record.unit_id], record.created_at.date())
        for duty in waiting
        for record in sheets.values()
    ]
    answered = [
        duties.Done(duty.id, named[item.unit_id], entry.at.date())
        for duty in waiting
        for item in services.store.improvements.find(unit_ids=named)
        if item.series in sheets
        for entry in item.entries[:2]
        if entry.state == "answered"
    ]
    return events, answered
