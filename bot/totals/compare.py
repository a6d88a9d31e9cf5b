"""One figure against another: ranks of groups, and the change from an earlier period."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from typing import Any

from bot.texts import totals as texts
from storage.values import from_micro

from . import ranks
from .counting import Computed, Counter, Row, retests_of, with_reading
from .figures import Figure, kept
from .model import Reading
from .periods import Span, before, year_before


def rank(count: Counter) -> Computed:
    reading, sheet = count.reading, count.reading.domain == "sheet"
    roots = _siblings(count)
    found = count.figures(roots=roots)
    rows = ranks.ranked(found, 1 if sheet else ranks.LEAST)
    mine = None if roots == reading.roots else set(count.tree.below(reading.roots))
    near = rows if mine is None else _around(rows, mine)
    if not sheet:
        unsure = ranks.unsure(near)
        near = ranks.with_alike(near, count.histograms(roots=_of(reading.by, unsure, roots)) if unsure else {})
    made = Computed(n=sum(one.n for one in found.values()), retests=retests_of(count))
    for one, after in zip_longest(near, near[1:]):
        if mine is not None and one.key not in mine and not (one.like_next and after.key in mine):
            continue
        extra = {"rank": one.rank, "like_next": one.like_next, "enough": one.rank is not None}
        made.rows.append(count.row(reading.by, one.key, one.figure.n, one.figure.mean, **extra))
        if one.like_next:
            made.alike.append((made.rows[-1]["label"], count.label(reading.by, after.key)))
    if mine is not None:
        names = {count.tree.places[one].full for one in mine}
        made.rows = [row for row in made.rows if row.get("unit") in names]
        made.all_units = sum(1 for one in rows if one.rank)
    if reading.lowest:
        enough = [row for row in made.rows if row["enough"]]
        made.rows = enough[::-1] + [row for row in made.rows if not row["enough"]]
    return made


def _around(rows: list[ranks.Ranked], mine: set[int]) -> list[ranks.Ranked]:
    """The rows of these units with their neighbours in the ranking, from an even place on, so that the same resampled
    means are drawn for them as in the whole ranking."""
    places = [at for at, one in enumerate(rows) if one.key in mine]
    return rows[max(0, places[0] - 1) // 2 * 2 : places[-1] + 2] if places else []


def _of(by: str, keys: list[Any], roots: tuple[int, ...]) -> tuple[int, ...]:
    """The units whose single totals are needed: a few of many, where the groups are units."""
    return tuple(keys) if by == "unit" else roots


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


def change(count: Counter) -> Computed:
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
    return {"best": from_micro(figure.high), "worst": from_micro(figure.low)}.get(base, figure.mean)


def moved(count: Counter) -> Computed:
    made = change(with_reading(count, compare=count.reading.compare or before(count.reading.span)))
    made.rows = [row for row in made.rows if row["value"] is not None]
    down = count.reading.measure == "most_declined"
    made.rows.sort(key=lambda row: row["value"], reverse=not down)
    made.empty = texts.NO_CHANGE_BASE if made.n else ""
    return made
