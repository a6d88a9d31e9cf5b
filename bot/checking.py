"""The linter's command: sheets, plans and documents, all problems at once; and the report of the sources' defects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import rubrics
from bot.settings import BUILT_IN_DOCUMENTS, Settings
from bot.texts import checking as texts
from knowledge.documents import describe
from knowledge.source import read
from rubrics.plans import check_plan
from rubrics.problems import Problem


def check(settings: Settings, paths: Sequence[Path]) -> tuple[str, int]:
    """Checks the given files and folders (default: everything in use). Returns the report and the number of errors."""
    missing = [path for path in paths if not path.exists()]
    documents = source_texts(settings)
    sheets = _sheet_ids(settings, paths)

    def plan(path: Path, sources: Mapping[str, str] | None) -> Iterable[Problem]:
        return check_plan(path, sources, sheets)

    chosen = [path for path in (paths or settings.rubrics) if path.exists() and path.suffix != ".txt"]
    problems = rubrics.check_paths(chosen, documents, plan)
    lines = [texts.MISSING.format(path=path) for path in missing]
    lines += [_line(one) for one in problems]
    doubts, count = _documents(settings, paths)
    errors = len(missing) + len(problems)
    summary = texts.CLEAN if not errors else texts.FOUND
    return "\n".join([*lines, *doubts, summary.format(errors=errors, documents=count)]), errors


def source_texts(settings: Settings) -> dict[str, str]:
    """File name -> text of every document that quotes may stand in: the built-in ones and those of the settings."""
    folders = dict.fromkeys((BUILT_IN_DOCUMENTS, *settings.documents))
    return {path.name: read(path)[0] for folder in folders for path in sorted(folder.glob("*.txt"))}


def source_notes(settings: Settings, paths: Sequence[Path]) -> str:
    """What the papers themselves leave open or get wrong, and what we do about it: a report one could send on."""
    sheets = rubrics.load_folders([path for path in (paths or settings.rubrics) if path.is_dir()])
    lines: list[str] = []
    for sheet in sheets:
        notes = sheet.all_notes
        if not notes:
            continue
        lines.append(texts.SHEET.format(title=sheet.title, office=sheet.office, year=sheet.year, file=sheet.document))
        labels = {node.id: " › ".join((*node.path, node.label)) for node in sheet.nodes()}
        for number, (at, note) in enumerate(notes, 1):
            where = labels.get(at, texts.WHOLE)
            lines.append(texts.NOTE.format(number=number, where=where, text=note.text, decision=note.decision))
            if note.quote:
                lines.append(texts.QUOTE.format(quote=note.quote))
        lines.append("")
    return "\n".join(lines).rstrip() or texts.NO_NOTES


def _line(one: Problem) -> str:
    return texts.PROBLEM.format(
        place=f"{one.path}:{one.line}", code=one.code, message=one.message, cause=one.cause, remedy=one.remedy
    )


def _sheet_ids(settings: Settings, paths: Sequence[Path]) -> set[str]:
    folders = [*settings.rubrics, *(path if path.is_dir() else path.parent for path in paths)]
    return {path.stem for folder in folders for path in folder.glob("*.yaml")}


def _documents(settings: Settings, paths: Sequence[Path]) -> tuple[list[str], int]:
    """Doubts are told but are no errors: an office's paper is as it is."""
    if paths:
        return [], 0
    found = describe(settings.documents)
    doubts = [texts.DOUBT.format(document=one.name, doubt=doubt) for one in found for doubt in one.doubts]
    return doubts, len(found)
