"""What the installation knows, in words and as data: the sheets and the documents."""

from __future__ import annotations

from typing import Any

import rubrics
from bot.app import Services
from bot.texts import scoring as texts


def rubric_list(services: Services) -> tuple[str, list[dict[str, Any]]]:
    """All sheets: one line each, and rows {id, title, kind, office, year, document, max}."""
    lines: list[str] = []
    found: list[dict[str, Any]] = []
    for one in services.rubrics:
        described = rubrics.describe(one)
        found.append({key: described[key] for key in ("id", "title", "kind", "office", "year", "document", "max")})
        best = texts.NO_MAX if described["max"] is None else texts.MAX.format(max=described["max"])
        lines.append(texts.RUBRIC_LINE.format(id=one.id, title=one.title, office=one.office, year=one.year, max=best))
    return "\n".join(lines), found


def rubric(services: Services, rubric_id: str) -> tuple[str, dict[str, Any]]:
    """One sheet in words and as data, in the paper's order. Raises UnknownRubricError."""
    one = services.rubrics.get(rubric_id)
    lines = [one.title]
    above: tuple[str, ...] = ()
    for number, leaf in enumerate(one.criteria, 1):
        for depth, heading in enumerate(leaf.path):
            if leaf.path[: depth + 1] != above[: depth + 1]:
                lines.append("　" * depth + heading)
        above = leaf.path
        line = texts.CRITERION_FREE if one.kind == "framework" else texts.CRITERION
        lines.append(line.format(number=number, label=leaf.label, max=rubrics.plain(leaf.max), id=leaf.id))
        lines += [texts.NOTE.format(text=note.text, decision=note.decision) for note in leaf.notes]
    return "\n".join(lines), rubrics.describe(one)


def documents(services: Services) -> tuple[str, list[dict[str, Any]]]:
    """The documents: what was understood of each, and where there are doubts."""
    from knowledge.documents import describe  # the readers of documents are not needed to list sheets

    found = describe(services.settings.documents)
    return "\n\n".join(one.text() for one in found), [one.as_dict() for one in found]
