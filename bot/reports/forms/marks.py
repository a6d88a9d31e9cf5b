"""The boxes of a filled form: each choice of an item in the paper's words, ☑ before the one taken, □ before the others.

It reads an answer as the person gave it. A choice that the paper does not print appears only when it was taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.texts import forms as texts
from rubrics import Criterion, plain
from rubrics.elements import Band, Option

TICKED, EMPTY = "☑", "□"


@dataclass(frozen=True)
class Mark:
    """One choice: its words, whether it was taken, its points as the paper prints them (「5」「8-10」)."""

    text: str
    taken: bool
    points: str = ""
    option: str = ""

    @property
    def line(self) -> str:
        """The words behind their box."""
        return f"{TICKED if self.taken else EMPTY} {self.text}"


def marks(leaf: Criterion, answer: object, points: Decimal | None) -> list[Mark]:
    """Every choice of an item: its count, options and bands, in the paper's order."""
    return [*_counted(leaf, answer), *_options(leaf, answer), *_bands(leaf, answer, points)]


def measured(leaf: Criterion, answer: object) -> str:
    """「5 聲」 or 「78%」: the figure that was given instead of a choice; "" when there is none."""
    if isinstance(answer, Mapping) and leaf.count:
        found = [f"{answer[one.id]} {one.label}" for one in leaf.count.measures if one.id in answer]
        return "".join(found)
    if leaf.answer == "percentage" and answer is not None and not isinstance(answer, Mapping):
        return f"{answer}%"
    return ""


def is_yes_no(leaf: Criterion) -> bool:
    """Whether the paper prints one box for the item: done, or not."""
    return {option.id for option in leaf.options} == {"yes", "no"} and leaf.max > 0


def option_taken(leaf: Criterion, answer: object) -> Option | None:
    """The option that was answered; YAML's yes and no count as such."""
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    if isinstance(answer, Mapping):
        answer = answer.get("option")
    return leaf.option(answer) if isinstance(answer, str) else None


def band_taken(leaf: Criterion, answer: object, points: Decimal | None) -> Band | None:
    """The band that was chosen, else the one that the points (or the percentage) belong to."""
    if isinstance(answer, Mapping) and isinstance(answer.get("band"), str):
        return leaf.band(answer["band"])
    if points is None:
        return None
    if leaf.answer == "percentage":
        given = Decimal(str(answer)) if isinstance(answer, int | float | Decimal | str) else None
        reached = [b for b in leaf.bands if given is not None and b.at_least is not None and given >= b.at_least]
        return max(reached, key=lambda b: b.at_least or Decimal(0)) if reached else None
    return leaf.band_of(points)


def span(low: Decimal, high: Decimal) -> str:
    """「20-25」, or one number."""
    return plain(low) if low == high else f"{plain(low)}-{plain(high)}"


def printed(option: Option) -> str:
    """The points of an option as the paper prints them."""
    if option.low is not None and option.high is not None:
        return span(option.low, option.high)
    return plain(option.points) if option.points is not None else ""


def _counted(leaf: Criterion, answer: object) -> Iterator[Mark]:
    if leaf.count:
        yield Mark(leaf.count.label, bool(measured(leaf, answer)), plain(leaf.max))


def _options(leaf: Criterion, answer: object) -> Iterator[Mark]:
    taken = option_taken(leaf, answer)
    for option in leaf.options:
        if option is taken or not option.added:
            text = option.label + (texts.NOT_PRINTED if option.added else "")
            yield Mark(text, option is taken, printed(option), option.id)


def _bands(leaf: Criterion, answer: object, points: Decimal | None) -> Iterator[Mark]:
    taken = band_taken(leaf, answer, points)
    for band in leaf.bands:
        yield Mark(texts.BAND.format(points=span(band.low, band.high), text=band.text), band is taken)
    if leaf.alternative:
        for band in leaf.alternative.bands:
            yield Mark(texts.BAND.format(points=span(band.low, band.high), text=band.text), band is taken, "", band.id)
