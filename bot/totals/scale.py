"""What the sheets say that figures need: the telephone grades, the names of a scale's parts, the plan's test duty.

The telephone grades (優良 90, 良好 80, 普通 70) are those of the sheet in force that takes the tests' mean into its own
bands (電話禮貌測試績效). Without such a sheet there are no grades, and nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from bot import rocdate
from bot.app import Services
from bot.texts.common import graded
from knowledge.agencies import derived_aliases
from rubrics import Rubric, Section
from rubrics.duties import windows
from rubrics.plan_model import Duty, Plan

from .model import Domain
from .periods import Span
from .places import Tree
from .words import folded

BELOW: Final = "below"
_GRADE_WORDS: Final = {"優良": "excellent", "良好": "good", "普通": "fair"}
_NUMBERING: Final = re.compile(
    r"^[\s※（(]*[一二三四五六七八九十\d]+(?:\.\d+)*[)）、.．]?\s*|[：:（(]\s*\d+\s*分?[)）]?\s*$"
)
_PARTS: Final = {
    "總機": "operator",
    "業務單位接聽": "unit",
    "業務單位": "unit",
    "語音系統": "voice",
    "電話語音": "voice",
    "語音": "voice",
}


@dataclass(frozen=True)
class Band:
    """A grade of the telephone tests: id, label, lower bound in points."""

    id: str
    label: str
    from_: Decimal


@dataclass(frozen=True)
class Bands:
    """The grades, best first, and the title of the sheet that they stand in."""

    bands: tuple[Band, ...]
    source: str

    def of(self, total: Decimal) -> str:
        """The id of the grade of an unrounded total."""
        return next((one.id for one in self.bands if total >= one.from_), BELOW)


def rubric_ids(services: Services, domain: Domain) -> tuple[str, ...]:
    """Every sheet of the kind that is asked about."""
    return tuple(one.id for one in services.rubrics if one.kind == domain)


def bands(services: Services, offices: Iterable[str], year: int) -> Bands:
    """The telephone grades in force: of these offices' own sheet, else of any, the latest not after the ROC year."""
    wanted = {folded(name) for name in offices}
    found = [(one, made) for one in services.rubrics if (made := _bands_of(one))]
    own = [
        one for one in found if any(folded(one[0].office) in name or name in folded(one[0].office) for name in wanted)
    ]
    ordered = sorted(own or found, key=lambda one: (one[0].year > year, -one[0].year))
    return Bands(ordered[0][1], ordered[0][0].title) if ordered else Bands((), "")


def _bands_of(rubric: Rubric) -> tuple[Band, ...]:
    for leaf in rubric.criteria:
        if leaf.feeds and leaf.feeds.value == "mean":
            made = []
            for number, band in enumerate(one for one in leaf.bands if one.at_least is not None):
                label = next((word for word in _GRADE_WORDS if word in band.text), f"第 {number + 1} 級")
                made.append(Band(_GRADE_WORDS.get(label, f"g{number + 1}"), label, band.at_least or Decimal(0)))
            return tuple(sorted(made, key=lambda one: -one.from_))
    return ()


def bare(label: str) -> str:
    """A part's label without its number and points: 「一、總機接聽：45 分」 -> 「總機接聽」."""
    kept = label
    for _ in range(2):
        kept = _NUMBERING.sub("", kept).strip()
    return kept.strip("。：: ") or label


def part_words(rubrics: Iterable[Rubric]) -> dict[str, str]:
    """Folded words for the parts of the scales -> id: sections, and items with a label of their own."""
    found: dict[str, str] = {}
    for rubric in rubrics:
        tops = [node for node in rubric.tree if isinstance(node, Section)]
        for node in rubric.nodes():
            words = folded(bare(node.label))
            if 4 <= len(words) <= 16 and words not in ("電話禮貌", "電話禮貌測試績效"):
                found.setdefault(words, node.id)
        for spoken, prefix in _PARTS.items():
            for section in (*tops, *rubric.sections):
                if section.id == prefix or section.id.startswith(prefix):
                    found.setdefault(spoken, section.id)
                    break
    return found


def grade_words(rubrics: Iterable[Rubric]) -> dict[str, str]:
    """Folded words for the grades of the thousand-point sheets -> label: 「甲等」 -> 甲."""
    labels = {grade.label for rubric in rubrics if rubric.kind == "sheet" for grade in rubric.grades}
    return {folded(graded(label)): label for label in labels}


def test_duty(services: Services, office: str, year: int) -> tuple[Plan, Duty] | None:
    """The plan in force for an office (by name) and its duty of telephone tests: the latest not after the ROC year."""
    phones = set(rubric_ids(services, "phone"))
    found = []
    for plan in services.plans:
        duty = next((one for one in plan.obligations if phones & set(one.counted_by)), None)
        if duty and same_office(plan.office.name, office):
            found.append((plan, duty))
    found.sort(key=lambda one: (one[0].year > year, -one[0].year))
    return found[0] if found else None


def same_office(one: str, other: str) -> bool:
    """Whether two names mean one office: 經濟部礦務局 and 礦務局 do, 經濟部水利署 and its 第二河川局 do not."""
    return bool(set(map(folded, derived_aliases(one))) & set(map(folded, derived_aliases(other))))


def parts_due(plan: Plan, duty: Duty, span: Span) -> tuple[Span, ...]:
    """The parts of the duty's year that count for a period: those that end in it; when it is shorter than a part, the
    one that it lies in. Each asks `duty.times` tests of a unit."""
    ends, inside = [], []
    for year in range(rocdate.roc_year(span.first.year), rocdate.roc_year(span.last.year) + 1):
        for first, last in windows(replace(plan, year=year), duty):
            if span.first <= last <= span.last:
                ends.append(Span(first, last))
            elif first <= span.first and span.last <= last:
                inside.append(Span(first, last))
    return tuple(ends or inside)


def left_out(plans: Mapping[int, tuple[Plan, Duty] | None], tree: Tree, unit: int) -> bool:
    """True when the office's plan leaves this unit out by name."""
    place = tree.places[unit]
    found = plans.get(place.office)
    return found is not None and any(one.name == place.name for one in found[0].units.excluded)


def since(day: date) -> int:
    """The ROC year of a day."""
    return rocdate.roc_year(day.year)
