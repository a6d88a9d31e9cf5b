"""What recorded tests of another sheet propose at an item (電話禮貌測試績效): the figure, its tests, and the band.

It proposes and never fills in: the assessor confirms, or gives something else with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.texts import score as texts
from rubrics import Band, Criterion, propose_band
from storage import RecordFilter

from . import periods
from .figures import shown
from .forms import Form
from .layout import text

MOST_DATES = 6


@dataclass(frozen=True)
class Fed:
    """The tests' figure: how many, on which days, and the band it reaches (None: below the lowest)."""

    value: Decimal
    n: int
    days: tuple[date, ...]
    band: Band | None


def fed(turn: Turn, form: Form, criterion: Criterion) -> Fed | None:
    """What the unit's recorded tests of the form's period propose; None without a feed, a period or a test."""
    if criterion.feeds is None or not form.state.period:
        return None
    since, until = periods.days(form.state.period)
    store = turn.services.store
    wanted = RecordFilter(
        rubric_id=criterion.feeds.rubric, unit_ids=store.units.subtree_ids(form.unit.id), since=since, until=until
    )
    records = store.records.find(wanted)
    if not records:
        return None
    totals = [record.total for record in records]
    value = {
        "mean": sum(totals, Decimal(0)) / len(totals),
        "latest": totals[0],
        "count": Decimal(len(totals)),
    }[criterion.feeds.value]
    proposal = propose_band(criterion, value, criterion.feeds.unit)
    found = tuple(sorted({record.called_at.astimezone(rocdate.OFFSET).date() for record in records}))
    return Fed(value, len(records), found, proposal.band if proposal else None)


def sentence(form: Form, criterion: Criterion, found: Fed | None) -> Markup | None:
    """The proposal in words, with n and dates; None at an item without a feed."""
    if criterion.feeds is None:
        return None
    period = periods.label(form.state.period)
    if found is None:
        return text(texts.FEEDS_NONE, period=period, unit=form.unit.name)
    dates = "、".join(f"{day.month}/{day.day}" for day in found.days[:MOST_DATES])
    dates += "…" if len(found.days) > MOST_DATES else ""
    values = {"period": period, "unit": form.unit.name, "n": found.n, "value": shown(found.value), "dates": dates}
    if found.band is None:
        return text(texts.FEEDS_OUTSIDE, **values)
    return text(texts.FEEDS, **values, label=f"{shown(found.band.low)}-{shown(found.band.high)} 分")


def disagrees(criterion: Criterion, answer: object, found: Fed | None) -> bool:
    """True when the answer lies outside the band that the tests propose (or they propose none)."""
    if found is None:
        return False
    if found.band is None:
        return True
    points = answer.get("points") if isinstance(answer, dict) else answer
    named = answer.get("band") if isinstance(answer, dict) else None
    inside = points is not None and found.band.holds(Decimal(str(points)))
    return not inside or (named is not None and named != found.band.id)
