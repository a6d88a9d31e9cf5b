"""Whether bands, options and counts cover their points: gaps, overlaps, order, thresholds, and the best answer.

Bands must hold every whole point from 0 to the maximum exactly once. What the paper itself leaves out or gives twice is
declared by a note: at the item, or above it for all items below (`at: 0`, `at: boundaries`). A declaration of something
that is not there is a problem too.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from rubrics.elements import Band, Note, Option
from rubrics.model import Criterion, Rubric
from rubrics.numbers import plain
from rubrics.problems import Report

_WHOLE_LIMIT = 10_000  # bands are walked point by point; a larger maximum is checked at its edges by the sums


def check_bands(rubric: Rubric, report: Report) -> None:
    """Adds every problem of bands, ranged options, counts and thresholds."""
    used: set[str] = set()
    for leaf, notes in rubric.leaves_with_notes():
        used |= _leaf(leaf, notes, report)
    for at, note in rubric.all_notes:
        if (note.at or note.boundaries) and note.id not in used:
            report.add("declared_absent", note.line, f"註記「{note.id}」說的分數並沒有缺口或重疊。", at)


def _leaf(leaf: Criterion, notes: tuple[Note, ...], report: Report) -> set[str]:
    used: set[str] = set()
    if leaf.answer in ("options", "count"):
        used = _ranged(leaf, notes, report)
    elif leaf.answer == "percentage":
        used = _fixed_steps(leaf, notes, report)
    elif leaf.bands:
        used = _cover(leaf, leaf.bands, notes, report)
    if leaf.alternative and leaf.alternative.bands:
        used |= _cover(leaf, leaf.alternative.bands, notes, report)
    _best(leaf, report)
    for band in leaf.every_band:
        if band.at_least is not None and plain(band.at_least) not in band.text and band.at_least:
            message = f"分級「{band.id}」的門檻 {plain(band.at_least)} 沒有出現在文字裡。"
            report.add("threshold_not_in_text", band.line, message, leaf.id)
    _thresholds(leaf, report)
    return used


def _cover(leaf: Criterion, bands: Sequence[Band], notes: tuple[Note, ...], report: Report) -> set[str]:
    """Gaps and overlaps over 0..max; the ids of the notes that declare what was found."""
    for upper, lower in pairwise(bands):
        if lower.high > upper.high or lower.low > upper.low:
            report.add("band_order", lower.line, f"分級「{lower.id}」應該排在「{upper.id}」前面。", leaf.id)
    if leaf.max > _WHOLE_LIMIT:
        return set()
    held = {n: [b for b in bands if b.low <= n <= b.high] for n in range(int(leaf.max) + 1)}
    gaps = [Decimal(n) for n, found in held.items() if not found]
    twice = [Decimal(n) for n, found in held.items() if len(found) > 1]
    edges = {u.low for u, v in pairwise(bands) if u.low == v.high}
    used = _declared(leaf, "gap", gaps, set(), notes, bands[-1].line, report)
    return used | _declared(leaf, "overlap", twice, edges, notes, bands[-1].line, report)


def _declared(
    leaf: Criterion,
    kind: str,
    points: list[Decimal],
    edges: set[Decimal],
    notes: tuple[Note, ...],
    line: int,
    report: Report,
) -> set[str]:
    used: set[str] = set()
    left = []
    for point in points:
        covering = [n.id for n in notes if n.kind == kind and _covers(n, point, edges)]
        used.update(covering)
        if not covering:
            left.append(plain(point))
    if left:
        words = "不屬於任何一級" if kind == "gap" else "同時屬於兩級"
        shown = "、".join(left[:8]) + ("……" if len(left) > 8 else "")
        report.add(kind, line, f"{shown} 分{words}。", leaf.id)
    return used


def _covers(note: Note, point: Decimal, edges: set[Decimal]) -> bool:
    return (note.boundaries and point in edges) or any(low <= point <= high for low, high in note.at)


def _ranged(leaf: Criterion, notes: tuple[Note, ...], report: Report) -> set[str]:
    """Ranged options must follow each other without overlap or leap; fixed options stand alone."""
    ranges = sorted((o for o in leaf.options if o.low is not None), key=lambda o: o.best, reverse=True)
    used: set[str] = set()
    for upper, lower in pairwise(ranges):
        low, high = _span(upper)[0], _span(lower)[1]
        gaps = [Decimal(n) for n in range(int(high) + 1, int(low))] if low - high < _WHOLE_LIMIT else []
        twice = [Decimal(n) for n in range(int(low), int(high) + 1)] if high - low < _WHOLE_LIMIT else []
        used |= _declared(leaf, "gap", gaps, set(), notes, lower.line, report)
        used |= _declared(leaf, "overlap", twice, {low} if low == high else set(), notes, lower.line, report)
    return used


def _span(option: Option) -> tuple[Decimal, Decimal]:
    return option.low or Decimal(0), option.high or Decimal(0)


def _fixed_steps(leaf: Criterion, notes: tuple[Note, ...], report: Report) -> set[str]:
    """A percentage with bands earns fixed points; the lowest band starts at 0, or the gap is declared."""
    used: set[str] = set()
    for band in leaf.bands:
        if band.low != band.high:
            report.add("bad_range", band.line, f"百分比題的分級「{band.id}」要是固定的分數。", leaf.id)
        if band.at_least is None:
            report.add("missing_key", band.line, f"百分比題的分級「{band.id}」少了「at_least」。", leaf.id)
    lowest = min((b.at_least for b in leaf.bands if b.at_least is not None), default=Decimal(0))
    if lowest > 0:
        used = _declared(leaf, "gap", [Decimal(0)], set(), notes, leaf.bands[-1].line, report)
    return used


def _best(leaf: Criterion, report: Report) -> None:
    """The best answer earns exactly the maximum; a leaf without points has options without points."""
    bests = [o.best for o in leaf.options] + [b.high for b in leaf.bands]
    if leaf.count:
        bests.append(leaf.count.high)
    if bests and max(bests) != leaf.max:
        report.add(
            "max_mismatch", leaf.line, f"最好的答案是 {plain(max(bests))} 分，max 卻是 {plain(leaf.max)}。", leaf.id
        )
    if leaf.alternative and leaf.alternative.bands and max(b.high for b in leaf.alternative.bands) != leaf.max:
        report.add("max_mismatch", leaf.alternative.line, f"另一套分級最高不是 {plain(leaf.max)} 分。", leaf.id)
    pointless = [o for o in leaf.options if o.points is None and o.low is None]
    if leaf.max and pointless:
        for option in pointless:
            report.add("missing_key", option.line, f"選項「{option.id}」少了「points」。", leaf.id)
    if leaf.answer == "points" and leaf.max % 1:
        report.add("bad_number", leaf.line, f"給分題的 max 要是整數，不是 {plain(leaf.max)}。", leaf.id)
    for base in leaf.base_points:
        if base.points > leaf.max:
            report.add("max_mismatch", base.line, f"基本分 {plain(base.points)} 超過 {plain(leaf.max)} 分。", leaf.id)


def _thresholds(leaf: Criterion, report: Report) -> None:
    for bands in (leaf.bands, leaf.alternative.bands if leaf.alternative else ()):
        by_unit: dict[str, list[Band]] = {}
        for band in bands:
            if band.at_least is not None:
                by_unit.setdefault(band.unit, []).append(band)
        for steps in by_unit.values():
            for upper, lower in pairwise(steps):
                if (upper.at_least or 0) <= (lower.at_least or 0):
                    message = f"「{lower.id}」的門檻要低於「{upper.id}」的 {plain(upper.at_least or Decimal(0))}。"
                    report.add("threshold_order", lower.line, message, leaf.id)
