"""What is owed: units without a test, tests that the plan asks for, and how far the plan in force is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot import planning
from bot.texts import totals as texts
from rubrics.plan_model import Duty, Plan

from . import scale
from .counting import Computed, Counter
from .figures import kept


def duty_rows(count: Counter) -> Computed:
    """One row a duty (or unit) of the plan of each office that was named: n done, value owed.

    Counted part by part: what was done twice in one part of the year does not make up for another.
    """
    made = Computed(empty=texts.NO_PLAN)
    sums: dict[Any, list[int]] = {}
    for one in _plans(count):
        names = {count.tree.places[unit].name for unit in count.tree.below(count.reading.roots)}
        year = scale.since(count.reading.span.first)
        late = texts.OTHER_PLAN_YEAR.format(asked=year, year=one.plan.year) if one.plan.year != year else ""
        made.rule += ("\n" if made.rule else "") + texts.PLAN_RULE.format(plan=one.plan.title) + late
        for status in planning.statuses(count.services, one, count.services.clock().date()):
            if status.unit and status.unit not in names:
                continue
            by_duty = count.reading.by == "duty"
            key = (status.duty.id, status.duty.title) if by_duty else (status.unit or one.plan.office.name,) * 2
            have = sums.setdefault(key, [0, 0])
            have[0] += sum(min(part.done, part.needed) for part in status.periods)
            have[1] += status.needed
    for (name, label), (done, needed) in sums.items():
        row = {count.reading.by: name, "label": label, "n": done, "value": kept(Decimal(needed))}
        made.rows.append({**row, "left": needed - done})
        made.n += done
    return made


def _plans(count: Counter) -> list[planning.OfficePlan]:
    """The plan of each office: of the period's year, else the latest before it, else the earliest after it."""
    year = scale.since(count.reading.span.first)
    found: dict[int, planning.OfficePlan] = {}
    for plan in sorted(count.services.plans, key=lambda one: one.year):
        for office in count.offices:
            mine = scale.same_office(plan.office.name, count.tree.places[office].name)
            if mine and (plan.year <= year or office not in found):
                found[office] = planning.OfficePlan(plan, count.services.store.units.get(office))
    return list(found.values())


def _duties_by_office(count: Counter) -> dict[int, tuple[Plan, Duty] | None]:
    year, places = scale.since(count.reading.span.first), count.tree.places
    return {office: scale.test_duty(count.services, places[office].name, year) for office in count.offices}


def untested(count: Counter) -> Computed:
    tested = count.figures(by="unit")
    plans = _duties_by_office(count)
    units = [one for one in count.tree.leaves(count.reading.roots) if not scale.left_out(plans, count.tree, one)]
    rows = [count.row("unit", one, 0, Decimal(0)) for one in units if one not in tested]
    n = sum(one.n for one in tested.values())
    return Computed(rows, n, all_units=len(units), empty=texts.ALL_TESTED)


def tests_due(count: Counter) -> Computed:
    """What the plan asks for, part by part: two tests in one part do not make up for another part's."""
    reading, places = count.reading, count.tree.places
    tested = count.figures(by="unit")
    plans = _duties_by_office(count)
    made = Computed(n=sum(one.n for one in tested.values()), empty=texts.NO_DUE)
    parts = {office: scale.parts_due(*found, reading.span) for office, found in plans.items() if found}
    inside = {part: count.figures(part, by="unit") for several in parts.values() for part in several}
    sums: dict[Any, list[int]] = {}
    for unit in count.tree.leaves(reading.roots):
        office = places[unit].office
        found = plans[office]
        if found is None or scale.left_out(plans, count.tree, unit):
            continue
        plan, duty = found
        made.rule = texts.DUE_RULE.format(plan=plan.title, title=duty.title)
        key = {"unit": unit, "office": office, "total": ""}.get(reading.by)
        key = count.key("group")(unit) if key is None else key
        done = sum(min(duty.times, inside[part][unit].n) for part in parts[office] if unit in inside[part])
        sums[key] = [
            had + more
            for had, more in zip(
                sums.get(key, [0, 0, 0]),
                (tested[unit].n if unit in tested else 0, duty.times * len(parts[office]), done),
                strict=True,
            )
        ]
    made.rows = [
        count.row(reading.by, key, n, Decimal(needed), done=done, left=needed - done)
        for key, (n, needed, done) in sums.items()
    ]
    return made
