"""Counting for one reading: which tests, in which groups, and the rows that come of it.

Only units that the person may see are ever handed to storage: the tree holds no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from bot import rocdate
from bot.app import Services
from bot.texts import totals as texts
from knowledge.agencies import derived_aliases
from storage.totals import Chosen, Group, Totals
from storage.values import from_micro

from . import scale
from .figures import Figure, Histogram, kept, merged, merged_histograms
from .model import Reading
from .periods import Span
from .places import Tree

Row = dict[str, Any]
SQL_GROUP: Final[dict[str, Group]] = {
    "total": "total", "unit": "unit", "office": "office", "group": "unit", "tester": "tester", "month": "month",
    "quarter": "month", "half": "month", "year": "month", "hour": "hour", "weekday": "weekday", "grade": "total",
}  # fmt: skip


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
    only: tuple[str, ...] = ()


@dataclass
class Counter:
    """Counts for one reading."""

    services: Services
    tree: Tree
    reading: Reading

    @property
    def totals(self) -> Totals:
        """Storage's statements."""
        return self.services.store.totals

    @cached_property
    def rubric_ids(self) -> tuple[str, ...]:
        """The sheets of the kind that is asked about."""
        return scale.rubric_ids(self.services, self.reading.domain)

    @cached_property
    def bands(self) -> scale.Bands:
        """The telephone grades in force."""
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
        return merged(self.totals.sums(self.chosen(span, roots), SQL_GROUP[by]), self.key(by))

    def histograms(self, by: str | None = None, roots: Iterable[int] | None = None) -> dict[Any, Histogram]:
        """How often each total, by group."""
        by = by or self.reading.by
        return merged_histograms(self.totals.histogram(self.chosen(None, roots), SQL_GROUP[by]), self.key(by))

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
        if len(self.offices) == 1 or place.parent is None:
            return place.name
        return f"{min(derived_aliases(self.tree.places[place.office].name), key=len)} {place.name}"

    @cached_property
    def offices(self) -> set[int]:
        """The offices of the units that are counted."""
        return {self.tree.places[one].office for one in self.tree.below(self.reading.roots)}

    @cached_property
    def _testers(self) -> dict[str, str]:
        return self.totals.testers()

    def in_order(self, found: dict[Any, Figure]) -> list[tuple[Any, Figure]]:
        """By key: units as they were entered, times from early to late."""
        return sorted(found.items(), key=lambda one: one[0])


def with_reading(count: Counter, **changes: Any) -> Counter:
    """The same counter for a reading with other parts."""
    return Counter(count.services, count.tree, replace(count.reading, **changes))


def retests_of(count: Counter) -> Figure | None:
    found = count.totals.sums(count.chosen(retests=True))
    return Figure.of(found[0]) if found else None


def plain_rows(count: Counter, value: Callable[[Figure], Decimal | None]) -> Computed:
    found = count.figures()
    reading, rows = count.reading, []
    for key, one in count.in_order(found):
        ends = {"best": kept(from_micro(one.high)), "worst": kept(from_micro(one.low))}
        rows.append(count.row(reading.by, key, one.n, value(one), **ends))
    sorts = reading.measure == "tests_done" and reading.by in ("unit", "office", "group", "tester")
    if reading.by != "total" and reading.measure not in ("best", "worst"):
        sorts = sorts or reading.lowest or bool(reading.limit)
    if sorts:
        rows.sort(key=lambda row: row["value"], reverse=not reading.lowest)
    return Computed(rows, sum(one.n for one in found.values()), retests=retests_of(count))
