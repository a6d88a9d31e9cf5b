"""The year's telephone tests by unit (ods, and CSV for other programs): tests, mean, best, worst, by period, by grade.

The periods are those in which the office's plan wants a test (礦務局 every 4 months, 水利署 every 3), else quarters.
The grades are the sheet's own; one without has the thresholds by which a thousand-point sheet takes its mean over
(附表1 電話禮貌測試績效: 90, 80, 70 分以上). Corrected tests count once, retests not at all; units without a test stand
too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot import rocdate
from bot.app import Services
from bot.reports import tables
from bot.reports.forms.model import File, Wanted, file_name, full_name, is_demo
from bot.texts import forms as texts
from bot.totals.periods import Span, month_of, year_of
from rubrics import Rubric, plain, rounded
from storage.totals import Chosen, Sums
from storage.values import from_micro

MONTHS_IN_QUARTER = 3


@dataclass(frozen=True)
class Figures:
    """Tests, mean, best and worst of some tests, exact. Without a test the three are None."""

    n: int
    mean: Decimal | None = None
    best: Decimal | None = None
    worst: Decimal | None = None


def figures(found: Sequence[Sums]) -> Figures:
    """Several groups as one."""
    n = sum(one.n for one in found)
    if not n:
        return Figures(0)
    best, worst = from_micro(max(one.high for one in found)), from_micro(min(one.low for one in found))
    return Figures(n, from_micro(sum(one.total for one in found)) / n, best, worst)


def chosen(wanted: Wanted, rubric: Rubric, span: Span) -> Chosen:
    """The tests of the unit and those below it in the period."""
    return Chosen((rubric.id,), span.first, span.last, units=tuple(sorted(wanted.units)))


def make(services: Services, wanted: Wanted) -> list[File]:
    """The spreadsheet and the same table as CSV."""
    whole = year_of(rocdate.western_year(wanted.year))
    demo = is_demo(services)
    unit = full_name(services, wanted.unit)
    label = texts.DEMO if demo else ""
    table = _table(
        services, wanted, whole, f"{label}{texts.PHONE_YEAR_TITLE.format(unit=unit, year=wanted.year)}", label
    )
    parts = (texts.PHONE_YEAR_NAME, unit, f"{wanted.year}年")
    made = services.clock()
    return [
        File(file_name(demo, made, "ods", *parts), tables.ods([table], made)),
        File(file_name(demo, made, "csv", *parts), tables.csv(table)),
    ]


def _table(services: Services, wanted: Wanted, whole: Span, title: str, label: str) -> tables.Table:
    rubric, store = wanted.the_rubric, services.store
    periods = _periods(services, wanted, whole.first.year)
    shares = _shares(services, rubric)
    head = [f"{label}{texts.PHONE_YEAR_HEAD[0]}", *texts.PHONE_YEAR_HEAD[1:]]
    head += [part.format(span=_months(span)) for span in periods for part in texts.PERIOD_HEADS]
    head += [part.format(label=name) for name, _, _ in shares for part in (texts.SHARE, texts.SHARE_PERCENT)]
    all_chosen = [chosen(wanted, rubric, span) for span in (whole, *periods)]
    by_unit = [{one.key: one for one in store.totals.sums(each, "unit")} for each in all_chosen]
    spread = store.totals.histogram(all_chosen[0], "unit")
    units = [one for one in store.units.all(wanted.unit.office, active_only=False) if one.id in wanted.units]
    office = store.units.get(wanted.unit.office)
    rows: list[list[tables.Value]] = []
    for unit in units:
        if unit.id not in by_unit[0] and (unit.is_office or not unit.active):
            continue
        found = [figures([each[unit.id]] if unit.id in each else []) for each in by_unit]
        name = full_name(services, unit).removeprefix(office.name).strip() or office.name
        rows.append([name, *_row(found, spread.get(unit.id, []), shares)])
    total = [figures(list(each.values())) for each in by_unit]
    rows.append([texts.ALL, *_row(total, [pair for pairs in spread.values() for pair in pairs], shares)])
    return tables.Table(f"{wanted.year}年", head, rows, title, texts.PHONE_YEAR_NOTES)


Share = tuple[str, Decimal, Decimal | None]  # label, from, below


def _row(found: Sequence[Figures], spread: Sequence[tuple[int, int]], shares: Sequence[Share]) -> list[tables.Value]:
    year, *periods = found
    row: list[tables.Value] = [year.n, _mean(year), year.best, year.worst]
    for one in periods:
        row += [one.n, _mean(one)]
    for _, low, high in shares:
        totals = ((from_micro(total), count) for total, count in spread)
        n = sum(count for total, count in totals if total >= low and (high is None or total < high))
        row += [n, rounded(Decimal(100) * n / year.n, 1) if year.n else None]
    return row


def _mean(one: Figures) -> Decimal | None:
    return None if one.mean is None else rounded(one.mean)


def _periods(services: Services, wanted: Wanted, year: int) -> list[Span]:
    """The year's periods of so many months as the office's latest plan wants tests in."""
    office = services.store.units.get(wanted.unit.office).name
    plans = sorted((plan for plan in services.plans if plan.office.name == office), key=lambda plan: -plan.year)
    duties = [duty for plan in plans for duty in plan.duties if duty.kind == "interval"]
    months = next((duty.months for duty in duties if wanted.the_rubric.id in duty.counted_by), MONTHS_IN_QUARTER)
    firsts = range(1, 13, months)
    return [Span(date(year, first, 1), month_of(year, min(12, first + months - 1)).last) for first in firsts]


def _months(span: Span) -> str:
    return texts.MONTHS.format(first=span.first.month, last=span.last.month)


def _shares(services: Services, rubric: Rubric) -> list[Share]:
    """The grades as (label, from, below), the highest first."""
    if rubric.grades:
        named = [(grade.label, grade.from_) for grade in rubric.grades]
    else:
        feeding = [leaf for sheet in services.rubrics for leaf in sheet.criteria if leaf.feeds]
        bands = next((leaf.bands for leaf in feeding if leaf.feeds and leaf.feeds.rubric == rubric.id), ())
        limits = [band.at_least for band in bands if band.at_least is not None]
        named = [(_named(limits, at), limit) for at, limit in enumerate(limits)]
        if limits:
            named.append((texts.SHARE_BELOW.format(points=plain(limits[-1])), Decimal(0)))
    return [(label, low, named[at - 1][1] if at else None) for at, (label, low) in enumerate(named)]


def _named(limits: Sequence[Decimal], at: int) -> str:
    if at == 0:
        return texts.SHARE_FROM.format(points=plain(limits[0]))
    return texts.SHARE_BETWEEN.format(low=plain(limits[at]), high=plain(limits[at - 1]))
