"""Figures inside a sheet: its sections and items, the points lost at each, and the thousand-point totals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import rubrics
from bot.texts import totals as texts
from bot.texts.common import graded
from rubrics import Rubric, Section, leaves_of

from . import scale
from .counting import SQL_GROUP, Computed, Counter
from .figures import kept
from .losses import losses

REASONS_SHOWN: Final = 3


def _sheet_of(count: Counter) -> Rubric | None:
    """The sheet that most of the chosen tests were scored with; None without any."""
    most, best = 0, None
    for one in count.rubric_ids:
        found = count.totals.sums(replace(count.chosen(), rubrics=(one,)))
        if found and found[0].n > most:
            most, best = found[0].n, one
    return count.services.rubrics.get(best) if best else None


def sections(count: Counter) -> Computed:
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


def parts(count: Counter) -> Computed:
    """The mean of each item, or of the one part that was named, by group."""
    reading, rubric = count.reading, _sheet_of(count)
    if rubric is None:
        return Computed()
    section = next((one for one in rubric.sections if one.id == reading.part), None)
    if section and reading.by != "item":
        return _one_section(count, rubric)
    by = "total" if reading.by == "item" else reading.by
    sums: dict[tuple[Any, str], Decimal] = {}
    counts: dict[Any, int] = {}
    key = count.key(by)
    for test in count.totals.answered(replace(count.chosen(), rubrics=(rubric.id,)), SQL_GROUP[by]):
        group = key(test.key)
        counts[group] = counts.get(group, 0) + 1
        for item, amount in test.points.items():
            sums[group, item] = sums.get((group, item), Decimal(0)) + amount
    leaves = leaves_of(section) if section else rubric.criteria
    items = [leaf.id for leaf in leaves if leaf.max]
    items = [reading.part] if reading.part and not section else items
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
    for group, subtotals, n in count.totals.sections(replace(count.chosen(), rubrics=(rubric.id,)), SQL_GROUP[by]):
        if part in subtotals:
            sums[key(group)] = sums.get(key(group), Decimal(0)) + subtotals[part] * n
            counts[key(group)] = counts.get(key(group), 0) + n
    rows = [
        count.row(by, one, counts[one], sums[one] / counts[one], section=part, max=kept(node.max))
        for one in sorted(counts)
    ]
    if by in ("unit", "office", "group", "tester"):
        rows.sort(key=lambda row: row["value"], reverse=not count.reading.lowest)
    return Computed(rows, sum(counts.values()))


def deductions(count: Counter) -> Computed:
    rubric = _sheet_of(count)
    if rubric is None:
        return Computed()
    found = losses(rubric, count.totals.answered(replace(count.chosen(), rubrics=(rubric.id,))))
    n = count.figures(by="total")
    made = Computed(n=sum(one.n for one in n.values()), empty=texts.NOT_LOST)
    if count.reading.by == "section":
        return _section_losses(rubric, found, made)
    inside = _inside(rubric, count.reading.part)
    for item, loss in sorted(found.items(), key=lambda one: (-one[1].lost, -one[1].times)):
        leaf = rubric.criterion(item)
        if item not in inside:
            continue
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
            }
        )
    return made


def label_of(count: Counter, part: str) -> str:
    """A section or item as the sheets call it; the id where none of them has it."""
    for rubric in (count.services.rubrics.get(one) for one in count.rubric_ids):
        for node in rubric.nodes():
            if node.id == part:
                return scale.bare(node.label)
    return part


def _inside(rubric: Rubric, part: str) -> set[str]:
    """The items of a section, or the one item; all where no part was named."""
    section = next((node for node in rubric.nodes() if node.id == part and isinstance(node, Section)), None)
    if section:
        return {leaf.id for leaf in leaves_of(section)}
    return {part} if part else {leaf.id for leaf in rubric.criteria}


def _section_losses(rubric: Rubric, found: dict[str, Any], made: Computed) -> Computed:
    for section in (one for one in rubric.tree if isinstance(one, Section)):
        lost = sum((found[leaf.id].lost for leaf in leaves_of(section) if leaf.id in found), Decimal(0))
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


def sheet_total(count: Counter) -> Computed:
    rubric, found = _sheet_of(count), count.figures()
    made = Computed(n=sum(one.n for one in found.values()))
    for key, figure in count.in_order(found):
        grade = rubrics.grade(rubric, figure.mean) if rubric else None
        extra = {"grade": grade.id if grade else None, "grade_label": grade.label if grade else ""}
        made.rows.append(count.row(count.reading.by, key, figure.n, figure.mean, **extra))
    if count.reading.measure == "sheet_grade" and (wanted := count.reading.grade):
        made.rows = [row for row in made.rows if row["grade_label"] == wanted]
        made.empty = texts.NONE_IN_GRADE.format(grade=graded(wanted))
    return made
