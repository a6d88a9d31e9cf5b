"""Sheets loaded: one, or folders of them together, and checked together for `kaoping check`.

A sheet of a folder that does not load stops nothing: its problems are kept, and the caller decides. Files in a folder
named `plans` are for the plans' own checker, which the caller hands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rubrics.elements import Note
from rubrics.linter import lint_sheet
from rubrics.loader import read_sheet
from rubrics.model import Rubric
from rubrics.problems import BrokenRubricError, Problem, Report, UnknownRubricError, near

Checker = Callable[[Path, Mapping[str, str] | None], Iterable[Problem]]


@dataclass(frozen=True)
class RubricSet:
    """Sheets by id, in file order, and the problems of those that did not load (they are not in it)."""

    rubrics: tuple[Rubric, ...]
    problems: tuple[Problem, ...] = ()

    def get(self, rubric_id: str) -> Rubric:
        """The sheet of this id; UnknownRubricError naming the nearest one otherwise."""
        for rubric in self.rubrics:
            if rubric.id == rubric_id:
                return rubric
        ids = [r.id for r in self.rubrics]
        raise UnknownRubricError(f"沒有「{rubric_id}」這張表{near(rubric_id, ids) or '，有：' + '、'.join(ids) + '。'}")

    def __iter__(self) -> Iterator[Rubric]:
        """In file order."""
        return iter(self.rubrics)

    def __len__(self) -> int:
        """How many sheets loaded."""
        return len(self.rubrics)

    def __contains__(self, rubric_id: object) -> bool:
        """Whether a sheet of this id loaded."""
        return any(r.id == rubric_id for r in self.rubrics)

    def source_notes(self) -> Iterator[tuple[Rubric, str, Note]]:
        """Every source note of every sheet with the node it stands at ("" for the whole): the report to the office."""
        for rubric in self.rubrics:
            for at, note in rubric.all_notes:
                yield rubric, at, note


def load_rubric(path: Path, documents: Mapping[str, str] | None = None) -> Rubric:
    """The sheet in a YAML file. BrokenRubricError with every problem when it has any.

    `documents` (file name -> text) proves the quoted words as well, when given.
    """
    sheet = read_sheet(path)
    lint_sheet(sheet, documents)
    if sheet.rubric is None or sheet.report.problems:
        raise BrokenRubricError(sheet.report.sorted())
    return sheet.rubric


def load_folder(folder: Path, documents: Mapping[str, str] | None = None) -> RubricSet:
    """The sheets (*.yaml) directly in a folder."""
    return load_folders([folder], documents)


def load_folders(folders: Iterable[Path], documents: Mapping[str, str] | None = None) -> RubricSet:
    """The sheets of several folders, in the order given and by file name; the same id twice is a problem."""
    rubrics: list[Rubric] = []
    problems: list[Problem] = []
    for path in (p for folder in folders for p in sorted(folder.glob("*.yaml"))):
        sheet = read_sheet(path)
        lint_sheet(sheet, documents)
        if sheet.rubric is not None:
            first = next((r for r in rubrics if r.id == sheet.rubric.id), None)
            if first:
                sheet.report.add("duplicate_rubric", 1, f"表「{first.id}」已經在「{Path(first.path).name}」。")
        problems += sheet.report.sorted()
        if sheet.rubric is not None and not sheet.report.problems:
            rubrics.append(sheet.rubric)
    problems += _feeds(rubrics, {r.id for r in rubrics})
    return RubricSet(tuple(rubrics), tuple(problems))


def check_paths(
    paths: Iterable[Path], documents: Mapping[str, str] | None = None, plan: Checker | None = None
) -> list[Problem]:
    """Every problem of the files, and of the *.yaml files in and below the folders, for `kaoping check`.

    `plan` checks the files that lie in a folder named `plans`; without it they are passed over. References between
    sheets (feeds) are checked against the sheets among the paths and beside them.
    """
    files = [f for path in paths for f in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    problems: list[Problem] = []
    sheets: list[Rubric] = []
    for file in dict.fromkeys(files):
        if file.parent.name == "plans":
            problems += plan(file, documents) if plan else ()
            continue
        sheet = read_sheet(file)
        lint_sheet(sheet, documents)
        problems += sheet.report.sorted()
        rubric = sheet.rubric
        if rubric is not None:
            first = next((r for r in sheets if r.id == rubric.id), None)
            if first is not None and rubric.id:
                report = Report(file)
                report.add("duplicate_rubric", 1, f"表「{rubric.id}」已經在「{Path(first.path).name}」。")
                problems += report.problems
            sheets.append(rubric)
    beside = {f.stem for file in files for f in file.parent.glob("*.yaml")}
    return problems + _feeds(sheets, beside | {r.id for r in sheets})


def _feeds(rubrics: Iterable[Rubric], known: set[str]) -> list[Problem]:
    found: list[Problem] = []
    for rubric in rubrics:
        report = Report(Path(rubric.path))
        for leaf in rubric.criteria:
            if leaf.feeds and leaf.feeds.rubric not in known:
                hint = near(leaf.feeds.rubric, known) or "。"
                report.add("unknown_rubric", leaf.feeds.line, f"沒有「{leaf.feeds.rubric}」這張表{hint}", leaf.id)
        found += report.problems
    return found
