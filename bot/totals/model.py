"""What was understood of a question (Reading), and what must be asked back (Question). Plain values, JSON both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from .periods import Span

Domain = Literal["phone", "sheet"]


@dataclass(frozen=True)
class Reading:
    """One question understood. `roots` are units whose subtrees count, `span` the period (both days included).

    `threshold` and `grade` belong to the measures that need them; `part` narrows to a section or item of the scale,
    `tester` to one tester, `kind` to self or superior reviews. `compare` is the period it is held against, `base` what
    is compared (a measure's id). `lowest` turns the order round, `limit` keeps the first rows. `said` names what the
    person said themselves: "period", "place", "by".
    """

    measure: str
    roots: tuple[int, ...]
    span: Span
    by: str
    domain: Domain = "phone"
    threshold: Decimal | None = None
    grade: str = ""
    part: str = ""
    tester: str = ""
    kind: str = ""
    compare: Span | None = None
    base: str = "mean"
    lowest: bool = False
    limit: int = 0
    said: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What a session keeps."""
        return {
            "measure": self.measure,
            "roots": list(self.roots),
            "span": _span_json(self.span),
            "by": self.by,
            "domain": self.domain,
            "threshold": None if self.threshold is None else str(self.threshold),
            "compare": _span_json(self.compare) if self.compare else None,
            "texts": [self.grade, self.part, self.tester, self.kind, self.base],
            "lowest": self.lowest,
            "limit": self.limit,
            "said": list(self.said),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        """The reading that `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        grade, part, tester, kind, base = data["texts"]
        return cls(
            measure=data["measure"],
            roots=tuple(data["roots"]),
            span=_span_of(data["span"]),
            by=data["by"],
            domain=data["domain"],
            threshold=None if data["threshold"] is None else Decimal(data["threshold"]),
            grade=grade,
            part=part,
            tester=tester,
            kind=kind,
            compare=_span_of(data["compare"]) if data["compare"] else None,
            base=base,
            lowest=data["lowest"],
            limit=data["limit"],
            said=tuple(data["said"]),
        )


@dataclass(frozen=True)
class Question:
    """What is asked back: a sentence, and (label, whole question) pairs to choose from."""

    text: str
    offers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Understood:
    """`reading` or `question`. `rest` is what was not understood, `cues` what was: measure, place, period, by …"""

    reading: Reading | None
    question: Question | None = None
    rest: str = ""
    cues: frozenset[str] = field(default_factory=frozenset)


def _span_json(span: Span) -> list[str]:
    return [span.first.isoformat(), span.last.isoformat(), span.unit, span.said]


def _span_of(data: Any) -> Span:
    first, last, unit, said = data
    return Span(date.fromisoformat(first), date.fromisoformat(last), unit, said)
