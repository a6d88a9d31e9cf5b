"""What a plan is once it is loaded: who is bound, what falls due, who is rewarded, each row with its clause and quote.

Frozen records and nothing else. Years are ROC years, dates are plain dates in Taipei. `clause` is the chain of headings
in the source, joined by 「 › 」; `quote` is the source's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

DutyKind = Literal["interval", "year", "standing", "months", "deadline", "after"]
RuleKind = Literal["rank", "stage", "referral"]
Merit = Literal["", "jiajiang", "jigong", "dagong"]

BEFORE_ROC: Final = 1911  # the Western year before ROC year 1
MERITS: Final[dict[str, str]] = {"jiajiang": "嘉獎", "jigong": "記功", "dagong": "記大功"}
"""The words of each merit, from the least to the greatest."""


@dataclass(frozen=True)
class Office:
    """The office that issued the plan."""

    id: str
    name: str
    short: str


@dataclass(frozen=True)
class Group:
    """A group of those bound. `open`: the source does not name all members, the office enters them itself."""

    id: str
    label: str
    members: tuple[str, ...] = ()
    open: bool = False
    clause: str = ""
    quote: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Excluded:
    """A unit that the source leaves out by name."""

    name: str
    clause: str
    quote: str


@dataclass(frozen=True)
class Units:
    """實施對象."""

    clause: str
    quote: str
    groups: tuple[Group, ...] = ()
    excluded: tuple[Excluded, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """Every unit that the source names, in its order."""
        return tuple(name for group in self.groups for name in group.members)


@dataclass(frozen=True)
class Duty:
    """One obligation with a number or a date.

    interval: `times` in every `months` months of the calendar year, counted from January. year: `times` in the year.
    standing: a state to be kept, confirmed `times` in the year. months: `times` in each of `in_months`. deadline: by
    `due`. after: within `months` months of each `event`. `each` says whether every unit owes it or the office once.
    `counted_by`: the sheets whose records count by themselves; without one it is ticked off by a person.
    """

    id: str
    title: str
    kind: DutyKind
    each: Literal["unit", "office"]
    clause: str
    quote: str
    times: int = 1
    months: int = 0
    in_months: tuple[int, ...] = ()
    due: date | None = None
    event: str = ""
    counted_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Award:
    """What one role gets: a merit so many times (`at_most`: up to), or only words (`text`).

    `printed` is the source's own wording when it differs from ours (記小功).
    """

    role: str
    label: str
    merit: Merit = ""
    times: int = 0
    at_most: bool = False
    text: str = ""
    printed: str = ""

    @property
    def words(self) -> str:
        """「最高嘉獎 2 次」, or the source's words."""
        if self.printed or not self.merit:
            return self.printed or self.text
        return f"{'最高' if self.at_most else ''}{MERITS[self.merit]} {self.times} 次"

    @property
    def weight(self) -> tuple[int, int, bool]:
        """For comparing: the merit's height, how many times, and definite before 「最高」. Words only weigh nothing."""
        return (["", *MERITS].index(self.merit), self.times, not self.at_most)


@dataclass(frozen=True)
class Tier:
    """Ranks `first` to `last`, both included, and what they get."""

    first: int
    last: int
    awards: tuple[Award, ...]


@dataclass(frozen=True)
class Stage:
    """A stage of a prize, the highest first in the file; with its own clause and quote where the source has them."""

    id: str
    label: str
    awards: tuple[Award, ...]
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule of 獎勵. rank: by grade and rank of the results; stage: by stage of a prize; referral: `to` others.

    `basis`: self or superior (whose review it rests on). `grades`: the sheet's grade ids that qualify. `per_grade`:
    ranked within each grade instead of over all. `below_grade`: the source's words for those ranked without the grade.
    """

    id: str
    title: str
    kind: RuleKind
    clause: str
    quote: str
    basis: str = ""
    grades: tuple[str, ...] = ()
    per_grade: bool = False
    below_grade: str = ""
    tiers: tuple[Tier, ...] = ()
    stages: tuple[Stage, ...] = ()
    to: str = ""
    notes: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class HighestOnly:
    """Among these rules each role gets only the highest award."""

    rules: tuple[str, ...]
    clause: str
    quote: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """A paper to be handed in, and how it must look: font, size and fixed line height in points, pages."""

    id: str
    title: str
    clause: str
    quote: str
    font: str = ""
    size: int = 0
    line_height: int = 0
    max_pages: int = 0
    data_until: date | None = None
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sheet: str = ""
    file_format: str = ""
    line: int = 0


@dataclass(frozen=True)
class Pattern:
    """The past plan that this one was made from: the quotes stand in that plan's document."""

    plan: str
    year: int


@dataclass(frozen=True)
class Plan:
    """One plan. `year` is the ROC year."""

    id: str
    title: str
    document: str
    year: int
    office: Office
    units: Units
    duties: tuple[Duty, ...] = ()
    reviews: tuple[Duty, ...] = ()
    reports: tuple[Duty, ...] = ()
    rewards: tuple[Rule, ...] = ()
    highest_only: HighestOnly | None = None
    formats: tuple[Format, ...] = ()
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pattern: Pattern | None = None
    path: str = ""

    @property
    def obligations(self) -> tuple[Duty, ...]:
        """Duties, reviews and reports together, in the file's order."""
        return (*self.duties, *self.reviews, *self.reports)

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """(section, id, clause, quote) of every row that has a clause: what a person can look up."""
        yield ("units", "units", self.units.clause, self.units.quote)
        yield from (("units", g.id, g.clause, g.quote) for g in self.units.groups if g.quote)
        yield from (("excluded", e.name, e.clause, e.quote) for e in self.units.excluded)
        for section, duties in (("duties", self.duties), ("reviews", self.reviews), ("reports", self.reports)):
            yield from ((section, d.id, d.clause, d.quote) for d in duties)
        for rule in self.rewards:
            yield ("rewards", rule.id, rule.clause, rule.quote)
            yield from (("rewards", f"{rule.id}/{s.id}", s.clause, s.quote) for s in rule.stages if s.quote)
        if self.highest_only:
            yield ("rewards", "highest_only", self.highest_only.clause, self.highest_only.quote)
        yield from (("formats", f.id, f.clause, f.quote) for f in self.formats)
