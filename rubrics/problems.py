"""What can be wrong with a sheet, a plan or a form: the problem record, and how problems of one file are gathered.

Problems are found all at once, never one at a time; each says where, why and how to mend it. A code that is not in the
catalogue is refused, so that no message can appear without its cause and remedy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from rubrics.catalogue import CATALOGUE


class RubricError(Exception):
    """Base of every error of this package. The text is Traditional Chinese and may be shown to the person."""


class UnknownRubricError(RubricError, KeyError):
    """No sheet has this id; the text names the nearest one. The person's fault, not ours."""

    def __str__(self) -> str:
        """The sentence itself: KeyError would show its repr."""
        return str(self.args[0]) if self.args else ""


class BrokenRubricError(RubricError):
    """A sheet with problems was asked to load; `problems` holds all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


@dataclass(frozen=True)
class Problem:
    """One fault, in Traditional Chinese. `criterion` is the id concerned ("" for the whole); files have path and line.

    `cause` and `remedy` come from the catalogue of codes.
    """

    code: str
    criterion: str
    message: str
    path: str = ""
    line: int = 0
    cause: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """`file:line code: message`, or `criterion: message` for a form."""
        place = (
            f"{self.path}:{self.line} {self.code}: " if self.path else f"{self.criterion}: " if self.criterion else ""
        )
        return f"{place}{self.message}"

    def as_dict(self) -> dict[str, object]:
        """The shape printed by `kaoping score`: code, criterion, message."""
        return {"code": self.code, "criterion": self.criterion, "message": self.message}


def problem(code: str, criterion: str, message: str, path: str = "", line: int = 0) -> Problem:
    """A problem with its cause and remedy from the catalogue. KeyError for a code that is not in it: our fault."""
    cause, remedy = CATALOGUE[code]
    return Problem(code, criterion, message, path, line, cause, remedy)


@dataclass
class Report:
    """Gathers the problems of one file while it is read and checked."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, line: int, message: str, criterion: str = "") -> None:
        """Notes one problem at a line (1 is the first)."""
        self.problems.append(problem(code, criterion, message, str(self.path), line))

    def unique(self, ids: Iterable[tuple[str, int, str]], what: str) -> None:
        """Notes every (id, line, criterion) whose id stood before; empty ids are the reader's fault to tell."""
        seen: dict[str, int] = {}
        for ident, line, criterion in ids:
            if ident and ident in seen:
                message = f"{what}「{ident}」重複，第一次在第 {seen[ident]} 行。"
                self.add("duplicate_id", line, message, criterion)
            seen.setdefault(ident, line)

    def sorted(self) -> tuple[Problem, ...]:
        """All problems, by line, in the order found within a line."""
        return tuple(sorted(self.problems, key=lambda p: p.line))


def near(word: str, known: Iterable[str]) -> str:
    """「，是不是「x」？」 when a known word is near, else "": the near miss shown at the end of a message."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"，是不是「{found[0]}」？" if found else ""
