"""What the sheets can compute for a question: the line under a cited clause.

78 % becomes its band, 5 rings become points, a total becomes a grade. It refuses to compute without a sheet made
from the cited document that holds the cited item, and it never speaks without a number in the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import rubrics
from bot.app import Services
from bot.texts import ask as texts
from knowledge.answers import Answer, Quote
from knowledge.normal import squash
from knowledge.numbers import Quantity
from rubrics import Criterion, Rubric, RubricError

_MEASURES = {"聲": "rings", "秒": "seconds"}
_UNANSWERED = re.compile("沒人|無人|沒接|不接|未接|沒有人")  # what was counted then did not end in an answer
_JUST_BELOW = Decimal("0.01")  # what "less than 600" is taken as: 599.99


def computed(services: Services, answer: Answer, quote: Quote) -> Iterator[str]:
    """The computed lines for one quote; none when no sheet applies."""
    quantities = [q for q in answer.understood.quantities if not q.ordinal]
    if not quantities:
        return
    for rubric in services.rubrics:
        if rubric.document != quote.document:
            continue
        yield from _grades(rubric, quote, quantities)
        criterion = _counted_item(rubric, quote, quantities) or _item(rubric, quote)
        if criterion is not None and not (criterion.count and _UNANSWERED.search(answer.understood.text)):
            yield from _points(rubric, criterion, quantities)


def _item(rubric: Rubric, quote: Quote) -> Criterion | None:
    """The sheet's item that the quote shows: its label ends the chain of headings, or opens a line of the quote."""
    last = squash(quote.section.rpartition(" › ")[2])
    bold = squash(quote.text[quote.bold[0][0] : quote.bold[0][1]]) if quote.bold else ""
    for criterion in rubric.criteria:
        label = squash(criterion.label).rstrip(":")
        if label and (last.startswith(label) or (label.startswith(last) and len(last) > 6) or bold.startswith(label)):
            return criterion
    return None


def _counted_item(rubric: Rubric, quote: Quote, quantities: list[Quantity]) -> Criterion | None:
    """The counted item that stands in the quote, when the question counts rings or seconds."""
    if not any(q.unit in _MEASURES for q in quantities):
        return None
    text = squash(quote.text)
    return next((c for c in rubric.criteria if c.count is not None and squash(c.label)[:14] in text), None)


def _points(rubric: Rubric, criterion: Criterion, quantities: list[Quantity]) -> Iterator[str]:
    for quantity in quantities:
        said = f"{rubrics.plain(quantity.value)} {quantity.unit}".replace(" %", "%")
        if criterion.count is not None and quantity.unit in _MEASURES:
            yield from _counted(rubric, criterion, quantity, said)
        elif quantity.unit and criterion.every_band:
            value = quantity.value - _JUST_BELOW if quantity.bound == "<" else quantity.value
            proposal = rubrics.propose_band(criterion, value, quantity.unit)
            if proposal is not None and proposal.band is not None:
                low, high = rubrics.plain(proposal.band.low), rubrics.plain(proposal.band.high)
                base = texts.COMPUTED_BASE.format(points=rubrics.plain(proposal.base.points)) if proposal.base else ""
                yield texts.COMPUTED_BAND.format(said=said, low=low, high=high) + base


def _counted(rubric: Rubric, criterion: Criterion, quantity: Quantity, said: str) -> Iterator[str]:
    try:
        points = rubrics.points_of(rubric, criterion.id, {_MEASURES[quantity.unit]: quantity.value})
    except RubricError:
        return
    line = texts.COMPUTED_POINTS.format(said=said, points=rubrics.plain(points))
    if criterion.multiplier is not None:
        times = criterion.multiplier.times
        line += texts.COMPUTED_TIMES.format(times=rubrics.plain(times), points=rubrics.plain(points * times))
    yield line


def _grades(rubric: Rubric, quote: Quote, quantities: list[Quantity]) -> Iterator[str]:
    """The grade of a total, where the quote is the table of grades."""
    if not rubric.grades or not all(squash(g.text) in squash(quote.text) for g in rubric.grades[:2] if g.text):
        return
    for quantity in quantities:
        if quantity.unit in ("", "分") and 100 <= quantity.value <= rubric.max:
            value = quantity.value - _JUST_BELOW if quantity.bound == "<" else quantity.value
            found = rubrics.grade(rubric, value)
            if found is not None:
                bound = texts.COMPUTED_BELOW if quantity.bound == "<" else ""
                yield texts.COMPUTED_GRADE.format(total=rubrics.plain(quantity.value), bound=bound, grade=found.label)
