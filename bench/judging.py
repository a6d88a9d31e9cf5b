"""Labelled questions and when an answer to one is right, for measuring only.

The rule is the one of the labels: the first answer is of a document that may answer, and its section and text together
hold one string of every group; strings are compared after NFKC, without white space, dashes alike, 臺 as 台.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−～~─－", "-") | {"臺": "台"})
REFUSED = ("out_of_scope", "near_miss")
KINDS = ("plain", "colloquial", "hard", "noisy", "followup", "ambiguous", "compare")


@dataclass(frozen=True)
class Question:
    """One labelled question. `docs`: the beginnings of the file names that may answer; `must`: groups of strings."""

    text: str
    style: str
    expect: str
    history: tuple[str, ...]
    docs: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]

    @property
    def turns(self) -> str:
        """The question after its earlier turns, for searches that know no conversation."""
        return " ".join((*self.history, self.text))


@dataclass(frozen=True)
class Shown:
    """What a search shows: a document's file name, the chain of headings, the passage."""

    document: str
    section: str
    text: str


def load(path: Path) -> list[Question]:
    """The questions of a file with one JSON object a line."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            found.append(
                Question(
                    row["question"],
                    row.get("style", "plain"),
                    row.get("expect", "answer"),
                    tuple(row.get("history") or ()),
                    tuple(row.get("docs") or ()),
                    tuple(tuple(group) for group in row.get("must") or ()),
                )
            )
    return found


def squash(text: str) -> str:
    """The comparing form of the labels."""
    bare = re.sub(r"<[^>]*>", "", text)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", bare).translate(_DASHES))


def right(question: Question, shown: Sequence[Shown]) -> bool:
    """Whether the first of the shown passages answers; a comparison counts all of them, and needs every document."""
    if not shown:
        return False
    if question.style == "compare":
        documents = {one.document[:3] for one in shown}
        return set(question.docs) <= documents and _holds(question, "".join(s.section + s.text for s in shown))
    return shown[0].document[:3] in question.docs and _holds(question, shown[0].section + shown[0].text)


def right_among(question: Question, shown: Sequence[Shown]) -> bool:
    """Whether one of the first three answers; a comparison counts the three together."""
    if question.style == "compare":
        return right(question, shown[:3])
    return any(right(question, [one]) for one in shown[:3])


def _holds(question: Question, text: str) -> bool:
    squashed = squash(text)
    return all(any(squash(s) in squashed for s in group) for group in question.must)


def rate(good: Sequence[bool]) -> float | None:
    """The share of what is true; None of nothing."""
    return sum(good) / len(good) if good else None


def auroc(answerable: Sequence[float], other: Sequence[float]) -> float | None:
    """The chance that an answerable question scores higher than another one, ties count half; None without either."""
    if not answerable or not other:
        return None
    ordered = sorted([(s, 0) for s in other] + [(s, 1) for s in answerable])
    wins, below, i = 0.0, 0, 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j][0] == ordered[i][0]:
            j += 1
        tied = sum(1 for _score, good in ordered[i:j] if not good)
        wins += (j - i - tied) * (below + tied / 2)
        below += tied
        i = j
    return wins / (len(answerable) * len(other))
