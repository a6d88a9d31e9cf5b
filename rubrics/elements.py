"""What a sheet's items are made of: options, bands, counts, conditions on points, source notes. Frozen records only.

Points are Decimal. Nothing here checks anything: the loader and the linter did.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rubrics.conditions import Condition


@dataclass(frozen=True)
class Note:
    """A defect of the source, or something it leaves open, and what is done about it.

    `kind`: gap, overlap, stray, misplaced, duplicate or ambiguity. `at`: the points concerned, as (low, high) spans;
    `boundaries` when it is every edge that two neighbouring bands share.
    """

    id: str
    kind: str
    text: str
    decision: str
    quote: str = ""
    at: tuple[tuple[Decimal, Decimal], ...] = ()
    boundaries: bool = False
    line: int = 0


@dataclass(frozen=True)
class SourceText:
    """A piece of the paper's own explanation, with the heading it stands under ("" when none)."""

    label: str
    text: str
    line: int = 0


@dataclass(frozen=True)
class Option:
    """A fixed answer: `points`, or `low` and `high` for one with a range, or none of them without points.

    `short` is a plain name of our own for a button ("" when none); `words` are further ways to say it.
    """

    id: str
    label: str
    points: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    words: tuple[str, ...] = ()
    short: str = ""
    added: bool = False
    line: int = 0

    @property
    def best(self) -> Decimal:
        """The most that the option can earn."""
        return self.high if self.high is not None else self.points or Decimal(0)


@dataclass(frozen=True)
class Band:
    """A step of a sheet: low to high points (both included), the paper's words, and the figure that proposes it."""

    id: str
    text: str
    low: Decimal
    high: Decimal
    at_least: Decimal | None = None
    unit: str = ""
    line: int = 0

    def holds(self, points: Decimal) -> bool:
        """Whether the points lie in the band."""
        return self.low <= points <= self.high


@dataclass(frozen=True)
class Alternative:
    """A second set of bands that the paper gives for another situation, with the paper's words for it."""

    text: str
    bands: tuple[Band, ...]
    line: int = 0


@dataclass(frozen=True)
class BasePoints:
    """Points that a figure earns to start with: 「如達 80%以上，可得基本分 50分」."""

    at_least: Decimal
    unit: str
    points: Decimal
    text: str
    line: int = 0


@dataclass(frozen=True)
class Measure:
    """One way to count. Points: base + step × trunc((at − n) / per). `most` bounds what is accepted."""

    id: str
    label: str
    whole: bool
    least: Decimal
    most: Decimal
    base: Decimal
    at: Decimal
    per: Decimal
    step: Decimal
    line: int = 0


@dataclass(frozen=True)
class Count:
    """An answer that is counted: the paper's words, the points' limits, and the measures, of which a form gives one."""

    label: str
    low: Decimal
    high: Decimal
    measures: tuple[Measure, ...]
    line: int = 0


@dataclass(frozen=True)
class Multiplier:
    """Under the condition the points are multiplied by `times`, and the maximum is `max`."""

    when: Condition
    times: Decimal
    max: Decimal
    line: int = 0


@dataclass(frozen=True)
class Given:
    """Under the condition the points are given and the item is not asked."""

    when: Condition
    points: Decimal
    line: int = 0


@dataclass(frozen=True)
class Feeds:
    """The recorded tests of another sheet propose the band: mean, latest or count, in a unit of the bands."""

    rubric: str
    value: str
    unit: str
    line: int = 0
