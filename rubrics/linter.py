"""Whether a sheet holds together: every check that needs more than one key, and the quoted words.

`lint` gives all problems of one file; nothing is repaired. The sums, the bands and the conditions have a module each.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from rubrics.lint_bands import check_bands
from rubrics.lint_conditions import check_conditions
from rubrics.lint_sums import check_sums
from rubrics.loader import Sheet, read_sheet
from rubrics.model import Rubric
from rubrics.problems import Problem, Report, near
from rubrics.quotes import check_quotes


def lint(path: Path, documents: Mapping[str, str] | None = None) -> tuple[Problem, ...]:
    """Every problem of a sheet's file, by line. With `documents` (name -> text) the quoted words are proved too."""
    sheet = read_sheet(path)
    lint_sheet(sheet, documents)
    return sheet.report.sorted()


def lint_sheet(sheet: Sheet, documents: Mapping[str, str] | None = None) -> None:
    """Adds what is wrong with a sheet that was read to its report."""
    rubric, report = sheet.rubric, sheet.report
    if rubric is None:
        return
    if rubric.id and rubric.id != report.path.stem:
        report.add("id_not_file_name", 1, f"表的 id 是「{rubric.id}」，檔名卻是「{report.path.name}」。")
    _ids(rubric, report)
    _added(rubric, report)
    _grades(rubric, report)
    _columns(rubric, report)
    sound = check_conditions(rubric, report)
    if rubric.kind != "framework":
        check_bands(rubric, report)
        check_sums(rubric, report, sound)
    if documents is not None:
        check_quotes(sheet.quotes, rubric.document, 1, documents, report)


def _ids(rubric: Rubric, report: Report) -> None:
    report.unique(((n.id, n.line, n.id) for n in rubric.nodes()), "節點")
    report.unique(((note.id, note.line, at) for at, note in rubric.all_notes), "註記")
    report.unique(((g.id, g.line, "") for g in rubric.grades), "等第")
    for leaf in rubric.criteria:
        report.unique(((o.id, o.line, leaf.id) for o in leaf.options), "選項")
        report.unique(((b.id, b.line, leaf.id) for b in leaf.every_band), "分級")
        report.unique(((m.id, m.line, leaf.id) for m in (leaf.count.measures if leaf.count else ())), "計數方式")
        for option in leaf.options:
            if option.id == "counted":
                report.add("reserved_id", option.line, "選項不能叫 counted。", leaf.id)


def _added(rubric: Rubric, report: Report) -> None:
    for leaf, notes in rubric.leaves_with_notes():
        for option in leaf.options:
            if option.added and not notes:
                report.add("added_without_note", option.line, f"選項「{option.id}」是自己加的，卻沒有註記。", leaf.id)


def _grades(rubric: Rubric, report: Report) -> None:
    bounds = [g.from_ for g in rubric.grades]
    for upper, lower in pairwise(rubric.grades):
        if lower.from_ >= upper.from_:
            report.add("grade_order", lower.line, f"「{lower.label}」的下限要低於「{upper.label}」的 {upper.from_}。")
    if bounds and min(bounds) > Decimal(0):
        last = rubric.grades[-1]
        report.add("grade_floor", last.line, f"低於 {min(bounds)} 分沒有等第。")


def _columns(rubric: Rubric, report: Report) -> None:
    if rubric.statistics is None:
        return
    known = {n.id for n in rubric.nodes()}
    for column in rubric.statistics.columns:
        if column.node not in known:
            hint = near(column.node, known) or "。"
            report.add("unknown_column", column.line, f"統計表的欄「{column.node}」不存在{hint}")
