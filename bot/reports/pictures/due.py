"""The days on which units were tested, and how the plan's parts of the year stand: what the calendar is drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot import rocdate
from bot.app import Services
from bot.reports.pictures.calendar import MOST, Kept, Window
from bot.totals import scale
from bot.totals.counting import Counter
from bot.totals.model import Reading
from bot.totals.places import Tree
from rubrics.duties import Done, status
from rubrics.plan_model import Duty, Plan


def kept_units(services: Services, tree: Tree, reading: Reading) -> tuple[list[Kept], int]:
    """The units that are tested below the reading's roots, with days and windows, and how many are left out.

    Of more than MOST units those with the fewest tests are kept.
    """
    count = Counter(services, tree, replace(reading, by="unit"))
    tested = {key: figure.n for key, figure in count.figures(by="unit").items()}
    offices = {tree.places[one].office for one in tree.below(reading.roots)}
    year = rocdate.roc_year(reading.span.first.year)
    plans = {office: scale.test_duty(services, tree.places[office].name, year) for office in offices}
    units = [one for one in tree.leaves(reading.roots) if not scale.left_out(plans, tree, one)]
    few = set(sorted(units, key=lambda one: tested.get(one, 0))[:MOST])
    today = services.clock().astimezone(rocdate.OFFSET).date()
    kept = []
    for unit in (one for one in units if one in few):
        days = _days(count, unit) if tested.get(unit) else ()
        found = plans[tree.places[unit].office]
        windows = _windows(found, tree.places[unit].name, days, reading, today) if found else ()
        kept.append(Kept(count.label("unit", unit), days, windows))
    return kept, len(units) - len(kept)


def _days(count: Counter, unit: int) -> tuple[date, ...]:
    found = count.totals.sums(count.chosen(roots=(unit,)), "day")
    return tuple(date.fromisoformat(one.key) for one in found for _ in range(one.n))


def _windows(
    found: tuple[Plan, Duty], unit: str, days: Iterable[date], reading: Reading, today: date
) -> tuple[Window, ...]:
    plan, duty = found
    if duty.each != "unit":
        return ()
    done = [Done(duty.id, unit, day) for day in days]
    made = []
    for year in range(rocdate.roc_year(reading.span.first.year), rocdate.roc_year(reading.span.last.year) + 1):
        for one in status(replace(plan, year=year), [unit], done, today):
            if one.duty.id == duty.id:
                made += [Window(p.start, p.due, p.needed, p.done, p.state) for p in one.periods]
    return tuple(made)
