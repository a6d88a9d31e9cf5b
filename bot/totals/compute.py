"""A Reading -> rows: one row a group, with `n` and `value`. Every figure is counted by storage; no wording here.

Only units that the person may see are ever handed to storage: the tree holds no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from bot import rocdate
from bot.app import Services
from bot.texts import totals as texts
from bot.texts.common import graded
from storage.values import from_micro

from . import compare, owed, parts, scale
from .counting import Computed, Counter, Row, plain_rows, retests_of
from .figures import Figure, Histogram, kept, quantile, shown
from .model import Reading
from .periods import year_before
from .places import Tree

PARTED: Final = ("mean", "top_deductions")  # measures that can be narrowed to a part of the scale


def compute(services: Services, tree: Tree, reading: Reading) -> Computed:
    """The rows of a reading. Raises nothing of its own."""
    count = Counter(services, tree, reading)
    made = _MEASURES[reading.measure](count)
    made.only = tuple(_only(count))
    if reading.limit and reading.measure not in ("overview",):
        made.rows = made.rows[: reading.limit]
    made.spans = made.spans or (reading.span,)
    return made


def _only(count: Counter) -> Iterator[str]:
    """What the tests were narrowed to, besides unit and period: the reply repeats it."""
    reading = count.reading
    if reading.tester:
        yield texts.ONLY_TESTER.format(name=count.label("tester", reading.tester))
    if reading.kind:
        yield texts.ONLY_KIND[reading.kind]
    if reading.grade and reading.measure == "sheet_grade":
        yield texts.ONLY_PART.format(part=graded(reading.grade))
    if reading.part:
        label = parts.label_of(count, reading.part)
        yield (texts.ONLY_PART if reading.measure in PARTED else texts.NOT_BY_PART).format(part=label)


def _mean(count: Counter) -> Computed:
    if count.reading.by == "section":
        return parts.sections(count)
    if count.reading.by == "item" or count.reading.part:
        return parts.parts(count)
    return plain_rows(count, lambda one: one.mean)


def _tests_done(count: Counter) -> Computed:
    return plain_rows(count, lambda one: Decimal(one.n))


def _spread(count: Counter) -> Computed:
    return _by_histogram(count, lambda histogram, figure: figure.deviation)


def _median(count: Counter) -> Computed:
    return _by_histogram(count, lambda histogram, figure: quantile(histogram, 2))


def _by_histogram(count: Counter, value: Callable[[Histogram, Figure], Decimal | None]) -> Computed:
    figures, rows = count.figures(), []
    histograms = count.histograms()
    for key, one in count.in_order(figures):
        q1, q3 = quantile(histograms[key], 1), quantile(histograms[key], 3)
        extra = {"q1": kept(q1), "q3": kept(q3), "iqr": kept(q3 - q1)}
        rows.append(count.row(count.reading.by, key, one.n, value(histograms[key], one), **extra))
    return Computed(rows, sum(one.n for one in figures.values()), retests=retests_of(count))


def _grade_share(count: Counter) -> Computed:
    by, bands = count.reading.by, count.bands
    found = count.histograms("total" if by == "grade" else by)
    made = Computed(n=sum(n for one in found.values() for _, n in one), bands=bands)
    for key, histogram in found.items():
        counts = {one.id: 0 for one in bands.bands} | {scale.BELOW: 0}
        for total, n in histogram:
            counts[bands.of(from_micro(total))] += n
        whole = sum(counts.values())
        if by == "grade":
            made.rows += [_grade_row(count, bands, one, n, whole) for one, n in counts.items()]
            continue
        wanted = count.reading.grade or (bands.bands[0].id if bands.bands else scale.BELOW)
        share = Decimal(counts[wanted] * 100) / whole
        made.rows.append(count.row(by, key, whole, share, grade=wanted, counts=counts))
    if by == "grade" and count.reading.grade:
        made.rows = [row for row in made.rows if row["grade"] == count.reading.grade]
    return made


def _grade_row(count: Counter, bands: scale.Bands, grade: str, n: int, whole: int) -> Row:
    label = next((one.label for one in bands.bands if one.id == grade), "")
    label = label or (f"未達{bands.bands[-1].label}" if bands.bands else "")
    return {"grade": grade, "label": label, "n": n, "value": kept(Decimal(n * 100) / whole), "tests": whole}


def _threshold(count: Counter) -> Computed:
    bound, below = count.reading.threshold or Decimal(0), count.reading.measure == "below_threshold"
    found = count.figures()
    kept_rows = [
        count.row(count.reading.by, key, one.n, one.mean, threshold=kept(bound))
        for key, one in sorted(found.items(), key=lambda one: one[1].mean, reverse=not below)
        if (one.mean < bound) == below
    ]
    empty = texts.NONE_BELOW if below else texts.NONE_ABOVE
    n = sum(one.n for one in found.values())
    return Computed(kept_rows, n, empty=empty.format(points=shown(bound, 0)) if n else "", retests=retests_of(count))


def _tests_within(count: Counter) -> Computed:
    bound, below = count.reading.threshold or Decimal(0), count.reading.measure == "tests_below"
    made = Computed()
    for key, histogram in count.histograms().items():
        whole = sum(n for _, n in histogram)
        found = sum(n for total, n in histogram if (from_micro(total) < bound) == below)
        made.n += whole
        made.rows.append(count.row(count.reading.by, key, whole, Decimal(found), threshold=kept(bound)))
    return made


def _overview(count: Counter) -> Computed:
    span = count.reading.span
    spans = (span, year_before(span))
    found = [count.figures(one) for one in spans]
    made = Computed(n=sum(one.n for one in found[0].values()), spans=spans, retests=retests_of(count))
    keys = sorted({key for one in found for key in one})
    for key in keys:
        for one, figures in zip(spans, found, strict=True):
            figure = figures.get(key)
            if figure is None:
                continue
            extra = {"from": one.first.isoformat(), "to": one.last.isoformat(), "year": str(one.first.year),
                     "best": kept(from_micro(figure.high)), "worst": kept(from_micro(figure.low))}  # fmt: skip
            made.rows.append(count.row(count.reading.by, key, figure.n, figure.mean, **extra))
    return made


def _improvements(count: Counter) -> Computed:
    units = count.tree.below(count.reading.roots)
    span = count.reading.span
    found: dict[Any, list[Any]] = {}
    for one in count.services.store.improvements.find(unit_ids=units):
        if span.first <= one.created_at.astimezone(rocdate.OFFSET).date() <= span.last:
            key = one.state if count.reading.by == "state" else one.unit_id
            found.setdefault(key, []).append(one)
    made = Computed(n=sum(len(several) for several in found.values()))
    for key, several in sorted(found.items(), key=lambda one: str(one[0])):
        closed = sum(one.state == "closed" for one in several)
        if count.reading.by == "state":
            made.rows.append({"state": key, "label": texts.STATES[key], "n": len(several), "value": len(several)})
        else:
            made.rows.append(count.row("unit", key, len(several), Decimal(closed)))
    return made


_MEASURES: Final[dict[str, Callable[[Counter], Computed]]] = {
    "overview": _overview,
    "untested": owed.untested,
    "improvement_progress": _improvements,
    "duty_progress": owed.duty_rows,
    "most_improved": compare.moved,
    "most_declined": compare.moved,
    "tests_below": _tests_within,
    "tests_above": _tests_within,
    "below_threshold": _threshold,
    "above_threshold": _threshold,
    "top_deductions": parts.deductions,
    "sheet_rank": compare.rank,
    "rank": compare.rank,
    "sheet_grade": parts.sheet_total,
    "grade_share": _grade_share,
    "tests_due": owed.tests_due,
    "median": _median,
    "spread": _spread,
    "change": compare.change,
    "best": lambda count: plain_rows(count, lambda one: from_micro(one.high)),
    "worst": lambda count: plain_rows(count, lambda one: from_micro(one.low)),
    "tests_done": _tests_done,
    "sheet_items": parts.sections,
    "sheet_total": parts.sheet_total,
    "mean": _mean,
}
