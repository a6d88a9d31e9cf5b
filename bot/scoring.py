"""Scoring filled forms from the command line: nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rubrics
from bot.app import Services
from bot.texts import scoring as texts


def read_form(path: Path) -> object:
    """A form file as plain data. Raises RubricError naming the file, or each line that cannot be read."""
    if not path.is_file():
        raise rubrics.RubricError(texts.NO_FORM.format(path=path))
    return rubrics.load_form(path)


def score_form(services: Services, rubric_id: str, form: object, ident: str) -> dict[str, Any]:
    """The points of one form as {id, total, max, criteria, problems}. Raises UnknownRubricError."""
    return rubrics.score(services.rubrics.get(rubric_id), form).as_dict(ident)


def score_lines(services: Services, rubric_id: str, lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The points of each line {id, form}, in order."""
    rubric = services.rubrics.get(rubric_id)
    for line in lines:
        yield rubrics.score(rubric, line.get("form")).as_dict(line.get("id"))


def told(services: Services, rubric_id: str, form: object) -> tuple[str, int]:
    """A form's points in words, and how many problems it has."""
    rubric = services.rubrics.get(rubric_id)
    scored = rubrics.score(rubric, form)
    if scored.problems:
        lines = [texts.PROBLEMS.format(count=len(scored.problems)), *(f"・{one}" for one in scored.problems)]
        return "\n".join(lines), len(scored.problems)
    if scored.total is None:
        return texts.NO_POINTS.format(title=rubric.title), 0
    lines = [
        texts.SECTION.format(
            indent="　" * one.depth, label=one.label, points=rubrics.plain(one.points), max=rubrics.plain(one.max)
        )
        for one in scored.sections
    ]
    total = texts.TOTAL.format(points=rubrics.plain(scored.total), max=rubrics.plain(scored.max))
    grade = rubrics.grade(rubric, scored.total)
    return "\n".join([rubric.title, *lines, total + (texts.GRADE.format(grade=grade.label) if grade else "")]), 0
