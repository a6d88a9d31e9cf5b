"""A Reading -> rows: one row a group, with `n` and `value`. Every figure comes from storage's statements; no wording here.

Only units that the person may see are ever handed to storage: the tree holds no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

import rubrics
from bot import rocdate
from bot.app import Services
from bot.texts import totals as texts
from knowledge.agencies import derived_aliases
from rubrics import Rubric, Section
from storage.totals import Chosen, Group, Totals

from . import ranks, scale
from .figures import Figure, Histogram, kept, merged, merged_histograms, points, quantile, shown
from .losses import losses
from .model import Reading
from .periods import Span, before, year_before
from .places import Tree

Row = dict[str, Any]
_SQL: Final[dict[str, Group]] = {
    "total": "total", "unit": "unit", "office": "office", "group": "unit", "tester": "tester", "month": "month",
    "quarter": "month", "half": "month", "year": "month", "hour": "hour", "weekday": "weekday", "grade": "total",
}  # fmt: skip
REASONS_SHOWN: Final = 3


@dataclass
class Computed:
    """The rows, how many tests (or sheets) they rest on, and what the reply needs besides."""

    rows: list[Row] = field(default_factory=list)
    n: int = 0
    spans: tuple[Span, ...] = ()
    bands: scale.Bands | None = None
    alike: list[tuple[str, str]] = field(default_factory=list)
    retests: Figure | None = None
    rule: str = ""
    all_units: int = 0
    empty: str = ""


@dataclass
class Counter:
    """Counts for one reading."""

    services: Services
    tree: Tree
    reading: Reading

    @property
    def totals(self) -> Totals:
        return self.services.store.totals

    @cached_property
    def rubric_ids(self) -> tuple[str, ...]:
        return scale.rubric_ids(self.services, self.reading.domain)

    @cached_property
    def bands(self) -> scale.Bands:
        places = self.tree.places
        names = [places[places[one].office].full for one in self.reading.roots]
        return scale.bands(self.services, names, rocdate.roc_year(self.reading.span.first.year))

    def chosen(self, span: Span | None = None, roots: Iterable[int] | None = None, retests: bool = False) -> Chosen:
        """Which tests count: whole offices where all roots are, else each unit below the roots."""
        span, wanted = span or self.reading.span, tuple(self.reading.roots if roots is None else roots)
        wanted = tuple(one for one in wanted if one in self.tree.visible)
        offices = wanted if all(self.tree.places[one].parent is None for one in wanted) else ()
        return Chosen(
            self.rubric_ids,
            span.first,
            span.last,
            offices=offices,
            units=() if offices else self.tree.below(wanted),
            tester=self.reading.tester or None,
            kind=self.reading.kind or None,
            retests=retests,
        )

    def key(self, by: str) -> Callable[[Any], Any]:
        """From the database's group to the reading's."""
        if by == "group":
            return lambda unit: self.tree.places[unit].group or texts.NO_GROUP
        if by == "quarter":
            return lambda month: f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
        if by == "half":
            return lambda month: f"{month[:4]}-H{1 if int(month[5:]) <= 6 else 2}"
        if by == "year":
            return lambda month: month[:4]
        return lambda key: key

    def figures(
        self, span: Span | None = None, by: str | None = None, roots: Iterable[int] | None = None
    ) -> dict[Any, Figure]:
        """Count, sum, lowest, highest by group."""
        by = by or self.reading.by
        return merged(self.totals.sums(self.chosen(span, roots), _SQL[by]), self.key(by))

    def histograms(self, by: str | None = None, roots: Iterable[int] | None = None) -> dict[Any, Histogram]:
        """How often each total, by group."""
        by = by or self.reading.by
        return merged_histograms(self.totals.histogram(self.chosen(None, roots), _SQL[by]), self.key(by))

    def row(self, by: str, key: Any, n: int, value: Decimal | None, **more: Any) -> Row:
        """One row: the group under the grouping's id, its label, n, value, and what else there is."""
        label, name = self.label(by, key), key
        if by in ("unit", "office"):
            name = self.tree.places[key].full
        head = {} if by == "total" else {by: int(name) if by in ("hour", "weekday") else name}
        return {**head, "label": label, "n": n, "value": kept(value), **more}

    def label(self, by: str, key: Any) -> str:
        """The group as people read it."""
        if by in ("unit", "office"):
            return self.short(key) if by == "unit" else self.tree.places[key].full
        if by == "tester":
            return self._testers.get(key) or str(key)
        if by == "month":
            return f"{rocdate.roc_year(int(key[:4]))}/{key[5:]}"
        if by in ("quarter", "half"):
            return f"{rocdate.roc_year(int(key[:4]))} {key[5:].replace('H1', '上半年').replace('H2', '下半年')}"
        if by == "year":
            return f"{rocdate.roc_year(int(key))} 年"
        if by == "hour":
            return f"{key:02} 時"
        if by == "weekday":
            return texts.WEEKDAYS[key]
        if by == "total":
            roots = self.reading.roots
            return self.short(roots[0]) if len(roots) == 1 else self.tree.label(roots)
        return str(key)

    def short(self, unit: int) -> str:
        """A unit's name; with its office's when several offices are seen."""
        place = self.tree.places[unit]
        if len(self._offices) == 1 or place.parent is None:
            return place.name
        return f"{min(derived_aliases(self.tree.places[place.office].name), key=len)} {place.name}"

    @cached_property
    def _offices(self) -> set[int]:
        return {self.tree.places[one].office for one in self.tree.below(self.reading.roots)}

    @cached_property
    def _testers(self) -> dict[str, str]:
        return self.totals.testers()

    def in_order(self, found: dict[Any, Figure]) -> list[tuple[Any, Figure]]:
        """By key; units as they were entered; turned to the best or worst first when the person asked for it."""
        return sorted(found.items(), key=lambda one: one[0])


def compute(services: Services, tree: Tree, reading: Reading) -> Computed:
    """The rows of a reading. Raises nothing of its own."""
    made = _MEASURES[reading.measure](Counter(services, tree, reading))
    if reading.limit and reading.measure not in ("overview",):
        made.rows = made.rows[: reading.limit]
    made.spans = made.spans or (reading.span,)
    return made


def _plain(count: Counter, value: Callable[[Figure], Decimal | None]) -> Computed:
    found = count.figures()
    rows = [
        count.row(count.reading.by, key, one.n, value(one), best=kept(points(one.high)), worst=kept(points(one.low)))
        for key, one in count.in_order(found)
    ]
    if count.reading.by != "total" and ("最" in _order_word(count.reading)):
        rows.sort(key=lambda row: row["value"], reverse=not count.reading.lowest)
    return Computed(rows, sum(one.n for one in found.values()), retests=_retests(count))


def _order_word(reading: Reading) -> str:
    return "最" if reading.lowest or reading.limit else ""


def _retests(count: Counter) -> Figure | None:
    found = count.totals.sums(count.chosen(retests=True))
    return Figure.of(found[0]) if found else None


def _mean(count: Counter) -> Computed:
    if count.reading.by == "section":
        return _sections(count)
    if count.reading.by == "item" or count.reading.part:
        return _parts(count)
    return _plain(count, lambda one: one.mean)


def _tests_done(count: Counter) -> Computed:
    return _plain(count, lambda one: Decimal(one.n))


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
    return Computed(rows, sum(one.n for one in figures.values()), retests=_retests(count))


def _grade_share(count: Counter) -> Computed:
    by, bands = count.reading.by, count.bands
    found = count.histograms("total" if by == "grade" else by)
    made = Computed(n=sum(n for one in found.values() for _, n in one), bands=bands)
    for key, histogram in found.items():
        counts = {one.id: 0 for one in bands.bands} | {scale.BELOW: 0}
        for total, n in histogram:
            counts[bands.of(points(total))] += n
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


def _rank(count: Counter) -> Computed:
    reading, sheet = count.reading, count.reading.domain == "sheet"
    roots = _siblings(count)
    found = count.figures(roots=roots)
    rows = ranks.ranked(found, 1 if sheet else ranks.LEAST)
    if not sheet:
        few = any(one.figure.n < ranks.MANY for one in rows)
        rows = ranks.with_alike(rows, count.histograms(roots=roots) if few else {})
    made = Computed(n=sum(one.n for one in found.values()), retests=_retests(count))
    for at, one in enumerate(rows):
        extra = {"rank": one.rank, "like_next": one.like_next, "enough": one.rank is not None}
        made.rows.append(count.row(reading.by, one.key, one.figure.n, one.figure.mean, **extra))
        if one.like_next:
            made.alike.append((made.rows[-1]["label"], count.label(reading.by, rows[at + 1].key)))
    if roots != reading.roots:
        mine = {count.tree.places[one].full for one in count.tree.below(reading.roots)}
        made.rows = [row for row in made.rows if row.get("unit") in mine]
        made.alike = [pair for pair in made.alike if set(pair) & {row["label"] for row in made.rows}]
        made.all_units = sum(1 for one in rows if one.rank)
    if reading.lowest:
        enough = [row for row in made.rows if row["enough"]]
        made.rows = enough[::-1] + [row for row in made.rows if not row["enough"]]
    return made


def _siblings(count: Counter) -> tuple[int, ...]:
    """For 「工務課第幾名」: the units of its office that the person may see; otherwise the units that were named."""
    reading, places = count.reading, count.tree.places
    if reading.by != "unit" or any(places[one].parent is None for one in reading.roots):
        return reading.roots
    if len(reading.roots) > 1 or reading.roots == count.tree.roots():
        return reading.roots
    office = places[reading.roots[0]].office
    inside = tuple(one for one in count.tree.visible if places[one].office == office)
    return (office,) if office in count.tree.visible else inside


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
    return Computed(kept_rows, n, empty=empty.format(points=shown(bound, 0)) if n else "", retests=_retests(count))


def _tests_below(count: Counter) -> Computed:
    bound = count.reading.threshold or Decimal(0)
    made = Computed()
    for key, histogram in count.histograms().items():
        whole = sum(n for _, n in histogram)
        low = sum(n for total, n in histogram if points(total) < bound)
        made.n += whole
        made.rows.append(count.row(count.reading.by, key, whole, Decimal(low), threshold=kept(bound)))
    return made


def _change(count: Counter) -> Computed:
    reading = count.reading
    now = count.figures()
    others = [("before", reading.compare or before(reading.span))]
    if reading.compare is None and reading.span.unit != "year":
        others.append(("year_before", year_before(reading.span)))
    then = {name: count.figures(span) for name, span in others}
    made = Computed(n=sum(one.n for one in now.values()), spans=(reading.span, *(span for _, span in others)))
    keys = [key for key, _ in count.in_order({**then["before"], **now})]
    for key in keys:
        one = now.get(key)
        extra: Row = {"now": _side(reading, reading.span, one, reading.base)}
        for name, span in others:
            extra[name] = _side(reading, span, then[name].get(key), reading.base)
        old = then["before"].get(key)
        value = _based(one, reading.base) - _based(old, reading.base) if one and old else None
        made.rows.append(count.row(reading.by, key, one.n if one else 0, value, **extra))
    return made


def _side(reading: Reading, span: Span, figure: Figure | None, base: str) -> Row:
    return {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "n": figure.n if figure else 0,
        "value": kept(_based(figure, base)) if figure else None,
    }


def _based(figure: Figure, base: str) -> Decimal:
    if base == "tests_done":
        return Decimal(figure.n)
    return {"best": points(figure.high), "worst": points(figure.low)}.get(base, figure.mean)


def _moved(count: Counter) -> Computed:
    made = _change(replace_reading(count, compare=count.reading.compare or before(count.reading.span)))
    made.rows = [row for row in made.rows if row["value"] is not None]
    down = count.reading.measure == "most_declined"
    made.rows.sort(key=lambda row: row["value"], reverse=not down)
    made.empty = texts.NO_CHANGE_BASE if made.n else ""
    return made


def replace_reading(count: Counter, **changes: Any) -> Counter:
    """The same counter for a reading with other parts."""
    return Counter(count.services, count.tree, replace(count.reading, **changes))


def _untested(count: Counter) -> Computed:
    tested = count.figures(by="unit")
    plans = {
        office: scale.test_duty(count.services, office, scale.since(count.reading.span.first))
        for office in count._offices
    }
    units = [one for one in count.tree.leaves(count.reading.roots) if not scale.left_out(plans, count.tree, one)]
    rows = [count.row("unit", one, 0, Decimal(0)) for one in units if one not in tested]
    n = sum(one.n for one in tested.values())
    return Computed(rows, n, all_units=len(units), empty=texts.ALL_TESTED)


def _tests_due(count: Counter) -> Computed:
    reading, year = count.reading, scale.since(count.reading.span.first)
    tested = count.figures(by="unit")
    plans = {office: scale.test_duty(count.services, office, year) for office in count._offices}
    made = Computed(n=sum(one.n for one in tested.values()))
    sums: dict[Any, list[int]] = {}
    for unit in count.tree.leaves(reading.roots):
        found = plans[count.tree.places[unit].office]
        if found is None or scale.left_out(plans, count.tree, unit):
            continue
        made.rule = texts.DUE_RULE.format(plan=found[0].title, title=found[1].title)
        key = {"unit": unit, "office": count.tree.places[unit].office, "total": ""}.get(reading.by)
        key = count.key("group")(unit) if key is None else key
        needed, done = scale.due(*found, reading.span), tested[unit].n if unit in tested else 0
        one = sums.setdefault(key, [0, 0, 0])
        one[0], one[1], one[2] = one[0] + done, one[1] + needed, one[2] + max(0, needed - done)
    made.rows = [
        count.row(reading.by, key, done, Decimal(needed), done=done, left=left)
        for key, (done, needed, left) in sums.items()
    ]
    made.empty = texts.NO_DUE
    return made


def _sheet_of(count: Counter) -> Rubric | None:
    """The sheet that most of the chosen tests were scored with; None without any."""
    most, best = 0, None
    for one in count.rubric_ids:
        found = count.totals.sums(replace(count.chosen(), rubrics=(one,)))
        if found and found[0].n > most:
            most, best = found[0].n, one
    return count.services.rubrics.get(best) if best else None


def _sections(count: Counter) -> Computed:
    rubric = _sheet_of(count)
    if rubric is None:
        return Computed()
    sums: dict[str, Decimal] = {}
    n = 0
    for _, subtotals, tests in count.totals.sections(replace(count.chosen(), rubrics=(rubric.id,))):
        n += tests
        for name, amount in subtotals.items():
            sums[name] = sums.get(name, Decimal(0)) + amount * tests
    made = Computed(n=n)
    for node in (one for one in rubric.nodes() if one.id in sums):
        label = "　" * min(len(node.path), 2) + scale.bare(node.label)
        row = {"section": node.id, "label": label, "n": n, "value": kept(sums[node.id] / n), "max": kept(node.max)}
        made.rows.append(row)
    return made


def _parts(count: Counter) -> Computed:
    """The mean of each item, or of the one part that was named, by group."""
    reading, rubric = count.reading, _sheet_of(count)
    if rubric is None:
        return Computed()
    if reading.part and any(one.id == reading.part for one in rubric.sections):
        return _one_section(count, rubric)
    by = "total" if reading.by == "item" else reading.by
    sums: dict[tuple[Any, str], Decimal] = {}
    counts: dict[Any, int] = {}
    key = count.key(by)
    for test in count.totals.answered(replace(count.chosen(), rubrics=(rubric.id,)), _SQL[by]):
        group = key(test.key)
        counts[group] = counts.get(group, 0) + 1
        for item, amount in test.points.items():
            sums[group, item] = sums.get((group, item), Decimal(0)) + amount
    items = [reading.part] if reading.part else [leaf.id for leaf in rubric.criteria if leaf.max]
    made = Computed(n=sum(counts.values()))
    for group, n in counts.items():
        for item in items:
            leaf = rubric.criterion(item)
            value = sums.get((group, item), Decimal(0)) / n
            if reading.by == "item":
                row = {
                    "item": item,
                    "label": scale.bare(leaf.label),
                    "n": n,
                    "value": kept(value),
                    "max": kept(leaf.max),
                }
            else:
                row = count.row(by, group, n, value, item=item, max=kept(leaf.max))
            made.rows.append(row)
    return made


def _one_section(count: Counter, rubric: Rubric) -> Computed:
    by, part = count.reading.by, count.reading.part
    node = next(one for one in rubric.sections if one.id == part)
    sums: dict[Any, Decimal] = {}
    counts: dict[Any, int] = {}
    key = count.key(by)
    for group, subtotals, n in count.totals.sections(replace(count.chosen(), rubrics=(rubric.id,)), _SQL[by]):
        if part in subtotals:
            sums[key(group)] = sums.get(key(group), Decimal(0)) + subtotals[part] * n
            counts[key(group)] = counts.get(key(group), 0) + n
    rows = [
        count.row(by, one, counts[one], sums[one] / counts[one], section=part, max=kept(node.max))
        for one in sorted(counts)
    ]
    return Computed(rows, sum(counts.values()))


def _deductions(count: Counter) -> Computed:
    rubric = _sheet_of(count)
    if rubric is None:
        return Computed()
    found = losses(rubric, count.totals.answered(replace(count.chosen(), rubrics=(rubric.id,))))
    n = count.figures(by="total")
    made = Computed(n=sum(one.n for one in n.values()), empty=texts.NOT_LOST)
    if count.reading.by == "section":
        return _section_losses(rubric, found, made)
    for item, loss in sorted(found.items(), key=lambda one: (-one[1].lost, -one[1].times)):
        leaf = rubric.criterion(item)
        reasons = list(dict.fromkeys(loss.reasons))[:REASONS_SHOWN]
        made.rows.append(
            {
                "item": item,
                "label": scale.bare(leaf.label),
                "n": loss.times,
                "value": kept(loss.lost),
                "tests": loss.tests,
                "path": list(leaf.path),
                "max": kept(leaf.max),
                "reasons": reasons,
            }  # fmt: skip
        )
    return made


def _section_losses(rubric: Rubric, found: dict[str, Any], made: Computed) -> Computed:
    for section in (one for one in rubric.tree if isinstance(one, Section)):
        inside = {leaf.id for leaf in rubric.criteria if section.label in leaf.path}
        lost = sum((loss.lost for item, loss in found.items() if item in inside), Decimal(0))
        row = {
            "section": section.id,
            "label": scale.bare(section.label),
            "n": made.n,
            "value": kept(lost),
            "max": kept(section.max),
        }
        made.rows.append(row)
    made.rows.sort(key=lambda row: -row["value"])
    return made


def _overview(count: Counter) -> Computed:
    span = count.reading.span
    spans = (span, year_before(span))
    found = [count.figures(one) for one in spans]
    made = Computed(n=sum(one.n for one in found[0].values()), spans=spans, retests=_retests(count))
    keys = sorted({key for one in found for key in one})
    for key in keys:
        for one, figures in zip(spans, found, strict=True):
            figure = figures.get(key)
            if figure is None:
                continue
            extra = {"from": one.first.isoformat(), "to": one.last.isoformat(), "year": str(one.first.year),
                     "best": kept(points(figure.high)), "worst": kept(points(figure.low))}  # fmt: skip
            made.rows.append(count.row(count.reading.by, key, figure.n, figure.mean, **extra))
    return made


def _sheet_total(count: Counter) -> Computed:
    rubric, found = _sheet_of(count), count.figures()
    made = Computed(n=sum(one.n for one in found.values()))
    for key, figure in count.in_order(found):
        grade = rubrics.grade(rubric, figure.mean) if rubric else None
        extra = {"grade": grade.id if grade else None, "grade_label": grade.label if grade else ""}
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


def _duties(count: Counter) -> Computed:
    from .duties import duty_rows

    return duty_rows(count)


_MEASURES: Final[dict[str, Callable[[Counter], Computed]]] = {
    "overview": _overview,
    "untested": _untested,
    "improvement_progress": _improvements,
    "duty_progress": _duties,
    "most_improved": _moved,
    "most_declined": _moved,
    "tests_below": _tests_below,
    "below_threshold": _threshold,
    "above_threshold": _threshold,
    "top_deductions": _deductions,
    "sheet_rank": _rank,
    "rank": _rank,
    "sheet_grade": _sheet_total,
    "grade_share": _grade_share,
    "tests_due": _tests_due,
    "median": _median,
    "spread": _spread,
    "change": _change,
    "best": lambda count: _plain(count, lambda one: points(one.high)),
    "worst": lambda count: _plain(count, lambda one: points(one.low)),
    "tests_done": _tests_done,
    "sheet_items": _sections,
    "sheet_total": _sheet_total,
    "mean": _mean,
}
