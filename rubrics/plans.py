"""A plan's YAML file -> a Plan, with every problem of the file at once; and the plans of a folder together.

`load_plan` refuses a file with any problem; `read_plan` gives what could be read with the problems, for the linter.
The format is written down in docs/plan-format.md. It refuses unknown keys and never guesses a value. Quotes are proved
against document texts that the caller hands in: this package holds no documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rubrics.fields import MAX_FILE_ID, Fields
from rubrics.plan_linter import PlanFile, lint_plan
from rubrics.plan_model import Plan
from rubrics.plan_parts import (
    Claim,
    read_duties,
    read_format,
    read_highest_only,
    read_office,
    read_pattern,
    read_rule,
    read_units,
    read_whole,
)
from rubrics.plan_renew import renew
from rubrics.problems import BrokenRubricError, Problem, Report, UnknownRubricError, near, problem
from rubrics.reader import read_tree

__all__ = ["BUILT_IN", "PlanFile", "PlanSet", "check_plan", "load_plan", "load_plans", "read_plan", "renew"]

BUILT_IN: Final = Path(__file__).parent / "plans"


@dataclass(frozen=True)
class PlanSet:
    """The plans of some folders in file order, and the problems of those that could not be loaded."""

    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Plan]:
        return iter(self.plans)

    def get(self, plan_id: str) -> Plan:
        """The plan of this id; UnknownRubricError names the nearest one."""
        found = next((p for p in self.plans if p.id == plan_id), None)
        if found is None:
            raise UnknownRubricError(f"沒有「{plan_id}」這個計畫{near(plan_id, (p.id for p in self.plans)) or '。'}")
        return found


def load_plan(path: Path, documents: Mapping[str, str] | None = None) -> Plan:
    """The plan in a YAML file. BrokenRubricError with every problem when it has any.

    `documents` (file name -> text) proves every clause and quote as well, when given.
    """
    found = read_plan(path)
    lint_plan(found, documents, None)
    if found.plan is None or found.report.problems:
        raise BrokenRubricError(found.report.sorted())
    return found.plan


def check_plan(
    path: Path, documents: Mapping[str, str] | None = None, sheets: Iterable[str] | None = None
) -> tuple[Problem, ...]:
    """Every problem of a plan file, by line. `sheets`: the known sheet ids, to prove those that the plan names."""
    found = read_plan(path)
    lint_plan(found, documents, None if sheets is None else frozenset(sheets))
    return found.report.sorted()


def load_plans(folders: Iterable[Path] = (BUILT_IN,), documents: Mapping[str, str] | None = None) -> PlanSet:
    """Every plan of the folders, by file name; a broken one is left out and its problems are kept."""
    plans: dict[str, Plan] = {}
    problems: list[Problem] = []
    for path in (p for folder in folders for p in sorted(folder.glob("*.yaml"))):
        try:
            plan = load_plan(path, documents)
        except BrokenRubricError as error:
            problems += error.problems
            continue
        if plan.id in plans:
            problems.append(problem("duplicate_plan", "", f"「{plan.id}」已經在 {plans[plan.id].path}。", str(path), 1))
            continue
        plans[plan.id] = plan
    return PlanSet(tuple(plans.values()), tuple(problems))


def read_plan(path: Path) -> PlanFile:
    """Reads a file's shape; the report holds what is wrong with it."""
    report = Report(path)
    found = PlanFile(None, report)
    node = read_tree(path, report)
    if node is None:
        if not report.problems:
            report.add("missing_key", 1, "檔案是空的。")
        return found
    top = Fields(node, report, "", "整個計畫")
    if not top.valid:
        return found
    found.lines = top.lines
    found.plan = _plan(top, found.claims, str(path))
    top.close()
    return found


def _plan(top: Fields, claims: list[Claim], path: str) -> Plan:
    pattern = read_pattern(top)
    title = top.text("title")
    if title and pattern is None:
        claims.append(Claim(top.line_of("title"), "", title))
    return Plan(
        id=top.ident(most=MAX_FILE_ID),
        title=title,
        document=top.text("document"),
        year=read_whole(top, "year", 1, 999, code="bad_year"),
        office=read_office(top),
        units=read_units(top, claims),
        duties=read_duties(top, "duties", claims),
        reviews=read_duties(top, "reviews", claims),
        reports=read_duties(top, "reports", claims),
        rewards=tuple(read_rule(f, claims) for f in top.tables("rewards", "獎勵規定")),
        highest_only=read_highest_only(top, claims),
        formats=tuple(read_format(f, claims) for f in top.tables("formats", "格式")),
        sheets=top.words("sheets"),
        notes=top.words("notes"),
        pattern=pattern,
        path=path,
    )
