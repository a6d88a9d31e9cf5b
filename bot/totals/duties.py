"""How far the plan in force is: each duty with how often it was done and how often it is owed, or each unit's sum."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot import planning, rocdate, units
from bot.texts import totals as texts

from .figures import kept

if TYPE_CHECKING:
    from .compute import Computed, Counter


def duty_rows(count: Counter) -> Computed:
    """One row a duty (or unit) of the plan of each office that was named: n done, value owed."""
    from .compute import Computed

    made = Computed(empty=texts.NO_PLAN)
    sums: dict[Any, list[int]] = {}
    for one in _plans(count):
        names = {count.tree.places[unit].name for unit in count.tree.below(count.reading.roots)}
        made.rule = one.plan.title
        for status in planning.statuses(count.services, one, count.services.clock().date()):
            if status.unit and status.unit not in names:
                continue
            by_duty = count.reading.by == "duty"
            key = (status.duty.id, status.duty.title) if by_duty else (status.unit or one.plan.office.name,) * 2
            have = sums.setdefault(key, [0, 0])
            have[0] += min(status.done, status.needed)
            have[1] += status.needed
    for (name, label), (done, needed) in sums.items():
        row = {count.reading.by: name, "label": label, "n": done, "value": kept(Decimal(needed))}
        made.rows.append({**row, "left": needed - done})
        made.n += done
    return made


def _plans(count: Counter) -> list[planning.OfficePlan]:
    """The plan of each office: of the period's year, else the latest before it."""
    year = rocdate.roc_year(count.reading.span.first.year)
    offices = {count.tree.places[one].office for one in count.tree.below(count.reading.roots)}
    found: dict[int, planning.OfficePlan] = {}
    for plan in sorted(count.services.plans, key=lambda one: one.year):
        office = units.office(count.services.store, plan.office.name)
        if office and office.id in offices and (plan.year <= year or office.id not in found):
            found[office.id] = planning.OfficePlan(plan, office)
    return list(found.values())
