"""Where a half-filled form stands: what is open, what comes next, and what it has earned so far. Pure.

The number of steps to come is foreseen by answering what is still open with each item's first answer; points are
counted only for items that are answered, or given by answers that are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from rubrics import Criterion, Rubric, Scored, Section, SectionScore, asked, for_json, score, walk


def first_answer(rubric: Rubric, criterion: Criterion) -> Any:
    """The likeliest answer, only to foresee the steps to come: the first option, the count the paper starts from."""
    if criterion.answer == "state":
        return rubric.states[0].id
    if criterion.answer == "count" and criterion.count:
        measure = criterion.count.measures[0]
        return {measure.id: for_json(max(measure.at, measure.least))}
    if criterion.answer in ("options", "count"):
        option = criterion.options[0]
        return option.id if option.low is None else {"option": option.id, "points": for_json(option.best)}
    return 100 if criterion.answer == "percentage" else for_json(criterion.max)


@dataclass(frozen=True)
class Standing:
    """A form's answers on its rubric. `answers` may hold those of closed branches: they are left out everywhere."""

    rubric: Rubric
    answers: Mapping[str, Any]

    @cached_property
    def foreseen(self) -> tuple[dict[str, Any], tuple[Criterion, ...]]:
        """(a complete form, the items it asks in order): the answers so far, foreseen ones where none is given."""
        form: dict[str, Any] = {}
        while True:
            items = asked(self.rubric, form)
            missing = [one for one in items if one.id not in form]
            if not missing:
                return form, items
            for one in missing:
                known = one.id in self.answers
                form[one.id] = self.answers[one.id] if known else first_answer(self.rubric, one)

    @cached_property
    def items(self) -> tuple[Criterion, ...]:
        """The items to answer, as foreseen, in asking order."""
        return self.foreseen[1]

    @cached_property
    def open(self) -> tuple[Criterion, ...]:
        """The items that are surely asked, given the answers so far."""
        return asked(self.rubric, self.answers)

    @cached_property
    def form(self) -> dict[str, Any]:
        """The answers that count: those of open items."""
        return {one.id: self.answers[one.id] for one in self.open if one.id in self.answers}

    @property
    def unanswered(self) -> list[Criterion]:
        """The open items without an answer."""
        return [one for one in self.open if one.id not in self.answers]

    @property
    def complete(self) -> bool:
        """True when nothing is left to ask."""
        return not self.unanswered

    def next_item(self) -> Criterion | None:
        """The item to ask now; None when everything that is open is answered."""
        return next(iter(self.unanswered), None)

    def is_open(self, criterion_id: str) -> bool:
        """Whether the item is asked under the answers so far."""
        return any(one.id == criterion_id for one in self.open)

    def place(self, criterion_id: str) -> int:
        """The item's number among the steps, from 1; 0 when it is not asked."""
        return next((i for i, one in enumerate(self.items, 1) if one.id == criterion_id), 0)

    def before(self, criterion_id: str) -> Criterion | None:
        """The item before this one; None at the first."""
        place = self.place(criterion_id)
        return self.items[place - 2] if place > 1 else None

    @cached_property
    def scored(self) -> Scored:
        """The score of the foreseen form: the real one when the form is complete."""
        return score(self.rubric, self.foreseen[0])

    @cached_property
    def points(self) -> dict[str, Decimal]:
        """Points earned so far, by item: answered ones, and those given by answers. Multipliers are applied."""
        given = {one.id for one in walk(self.rubric, self.answers).given}
        return {name: points for name, points in self.scored.points.items() if name in self.form or name in given}

    @cached_property
    def total(self) -> Decimal:
        """Points earned so far, weights applied."""
        return sum((self.worth(node) for node in self.rubric.tree), Decimal(0))

    def worth(self, node: Section | Criterion) -> Decimal:
        """What a section or item has earned so far, its own weight applied."""
        if isinstance(node, Criterion):
            return self.points.get(node.id, Decimal(0))
        return sum((self.worth(one) for one in node.items), Decimal(0)) * node.weight

    @cached_property
    def sections(self) -> dict[str, SectionScore]:
        """Every heading's subtotal and reachable maximum, of the foreseen form."""
        return {one.id: one for one in self.scored.sections}

    @cached_property
    def most(self) -> dict[str, Decimal]:
        """The most each item can earn under the answers so far."""
        return {one.criterion: one.max for one in self.scored.explanations}
