"""Scoring: a form and its sheet in, points out. Pure, exact, and nothing is scored when anything in the form is wrong.

A form is a mapping of criterion ids to answers, as docs/rubric-format.md says. The total is never rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from rubrics.answers import Fault, resolver
from rubrics.conditions import Token, compiled
from rubrics.elements import Band, BasePoints
from rubrics.explain import Explanation, explain
from rubrics.model import Criterion, Grade, Rubric, Section, TreeNode
from rubrics.numbers import exact, for_json
from rubrics.problems import Problem, RubricError, problem
from rubrics.program import Walk, program

_UNITS = {"％": "%", "percent": "%", "百分比": "%", "點": "分", "分數": "分", "points": "分", "個": "件", "筆": "件"}


class SectionScore(NamedTuple):
    """A heading's subtotal, after its weight; `max` is the most under these answers; depth 0 is the top level."""

    id: str
    label: str
    points: Decimal
    max: Decimal
    depth: int


@dataclass(frozen=True)
class Scored:
    """What a form earned. With problems, `total` is None and `points` is empty.

    `points` has every criterion in the paper's order, 0 for those that the answers closed; `max` is the sheet's.
    A framework has no points: `total` is None without problems; see `progress`.
    """

    total: Decimal | None
    max: Decimal
    points: dict[str, Decimal]
    problems: tuple[Problem, ...]
    rubric: Rubric
    form: dict[str, Any]
    tokens: dict[str, Token]

    @property
    def sections(self) -> tuple[SectionScore, ...]:
        """Every heading's subtotal in the paper's order, all levels; () when nothing was scored."""
        return _sections(self) if self.total is not None else ()

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """Each criterion's answer, rule and arithmetic in words, in the paper's order; () when nothing was scored."""
        if self.total is None:
            return ()
        return tuple(explain(c, self.form, self.points[c.id], self.tokens, self.rubric) for c in self.rubric.criteria)

    def as_dict(self, ident: str | None = None) -> dict[str, object]:
        """The shape of `kaoping score`: id, total, max, criteria, problems. `ident` defaults to the sheet's id."""
        return {
            "id": self.rubric.id if ident is None else ident,
            "total": None if self.total is None else for_json(self.total),
            "max": for_json(self.max),
            "criteria": {name: for_json(points) for name, points in self.points.items()},
            "problems": [p.as_dict() for p in self.problems],
        }


@dataclass(frozen=True)
class Progress:
    """How far a framework is: number of items, of finished ones, and of each state (by state id)."""

    total: int
    done: int
    states: dict[str, int]


@dataclass(frozen=True)
class Proposal:
    """What a figure proposes: the band it reaches, and the points that it earns to start with. The assessor decides."""

    band: Band | None
    base: BasePoints | None


def score(rubric: Rubric, form: object) -> Scored:
    """Scores a form. A bad form does not raise: every fault is in `problems` with its id, and nothing is scored."""
    if not isinstance(form, Mapping):
        wrong = problem("form_not_mapping", "", "表單要是「題: 答案」的對照，一題一行。")
        return Scored(None, rubric.max, {}, (wrong,), rubric, {}, {})
    made = program(rubric)
    copy = dict(form)
    if not made.optional:
        result = made.fast(copy)
        if result is not None:
            return Scored(result[0], rubric.max, result[1], (), rubric, copy, result[2])
    walk = made.walk(copy)
    return Scored(None, rubric.max, {}, walk.problems(), rubric, copy, walk.state)


def walk(rubric: Rubric, form: Mapping[str, Any]) -> Walk:
    """Which items of an unfinished form are open, closed, pending or missing, and the faults so far."""
    return program(rubric).walk(form)


def asked(rubric: Rubric, form: Mapping[str, Any], pending: bool = False) -> tuple[Criterion, ...]:
    """The items that are asked given the answers so far, in the order in which they can be asked.

    Closed branches and given points are left out, also when the form still holds their answers. With `pending`, items
    that hang on an answer still to come are in it too.
    """
    found = walk(rubric, form)
    ids = {c.id for c in (*found.open, *(found.pending if pending else ()))}
    return tuple(step.leaf for step in program(rubric).steps if step.id in ids)


def effective(rubric: Rubric, form: Mapping[str, Any]) -> dict[str, Any]:
    """The form without answers to items that are not asked: what a draft with reopened branches is scored by."""
    open_ids = {c.id for c in walk(rubric, form).open}
    return {key: value for key, value in form.items() if key in open_ids}


def check_answer(rubric: Rubric, criterion_id: str, answer: object) -> Problem | None:
    """What is wrong with one answer, by itself (whether the item is asked is not looked at). None when it can stand."""
    if not rubric.has(criterion_id):
        return problem("unknown_criterion", criterion_id, f"沒有「{criterion_id}」這一題。")
    try:
        resolver(rubric.criterion(criterion_id), rubric)(answer)
    except Fault as fault:
        return problem(fault.code, criterion_id, fault.message)
    return None


def points_of(rubric: Rubric, criterion_id: str, answer: object) -> Decimal:
    """Points of one answer before multiplier and weights. RubricError (in words) when it cannot stand."""
    try:
        return resolver(rubric.criterion(criterion_id), rubric)(answer)[1]
    except Fault as fault:
        raise RubricError(fault.message) from fault


def so_far(rubric: Rubric, form: Mapping[str, Any]) -> Decimal:
    """The running total of an unfinished form: what its open, sound answers and given points earn."""
    found = walk(rubric, form)
    earned = [(leaf, leaf.given.points) for leaf in found.given if leaf.given]
    earned += [(c, points_of(rubric, c.id, form[c.id])) for c in found.open if c.id in found.state]
    total = Decimal(0)
    for leaf, points in earned:
        multiplied = leaf.multiplier and compiled(leaf.multiplier.when)(found.state)
        total += points * leaf.weight * (leaf.multiplier.times if leaf.multiplier and multiplied else 1)
    return total.quantize(Decimal(1)) if total == total.to_integral_value() else total.normalize()


def grade(rubric_or_grades: Rubric | Iterable[Grade], total: Decimal) -> Grade | None:
    """The grade by the lower bounds, of the unrounded total (899.5 is 甲). None without grades, or below the lowest."""
    grades = rubric_or_grades.grades if isinstance(rubric_or_grades, Rubric) else tuple(rubric_or_grades)
    reached = [g for g in grades if total >= g.from_]
    return max(reached, key=lambda g: g.from_) if reached else None


def propose_band(criterion: Criterion, value: object, unit: str = "") -> Proposal | None:
    """What a figure (78, "%") proposes at an item; None when it reaches nothing, or the unit is not the item's.

    Without a unit the item's own is taken, if it has only one.
    """
    number = exact(value)
    steps: list[Band | BasePoints] = [b for b in criterion.every_band if b.at_least is not None]
    steps += criterion.base_points
    units = {s.unit for s in steps}
    wanted = _UNITS.get(unit, unit) or (next(iter(units)) if len(units) == 1 else "")
    reached = [s for s in steps if s.unit == wanted and number is not None and number >= (s.at_least or 0)]
    bands = [s for s in reached if isinstance(s, Band)]
    bases = [s for s in reached if isinstance(s, BasePoints)]
    band = max(bands, key=lambda b: b.at_least or Decimal(0)) if bands else None
    base = max(bases, key=lambda b: b.at_least) if bases else None
    return Proposal(band or (criterion.band_of(base.points) if base else None), base) if band or base else None


def progress(rubric: Rubric, form: Mapping[str, Any]) -> Progress:
    """How many items of a framework are in each state; an item without an entry is in the first state."""
    found = walk(rubric, form)
    counts = {s.id: 0 for s in rubric.states}
    for leaf in rubric.criteria:
        counts[str(found.state.get(leaf.id, rubric.states[0].id))] += 1
    done = sum(counts[s.id] for s in rubric.states if s.done)
    return Progress(len(rubric.criteria), done, counts)


def _sections(scored: Scored) -> tuple[SectionScore, ...]:
    found: list[SectionScore] = []

    def walk_node(node: TreeNode) -> tuple[Decimal, Decimal]:
        counted = node.counted_when is None or compiled(node.counted_when)(scored.tokens)
        if isinstance(node, Criterion):
            multiplied = node.multiplier and compiled(node.multiplier.when)(scored.tokens)
            most = node.multiplier.max if node.multiplier and multiplied else node.max
            return scored.points[node.id], most if counted else Decimal(0)
        return section(node, counted)

    def section(node: Section, counted: bool) -> tuple[Decimal, Decimal]:
        place = len(found)
        below = [walk_node(item) for item in node.items]
        points = sum((b[0] for b in below), Decimal(0)) * node.weight
        most = (max(b[1] for b in below) if node.one_of else sum((b[1] for b in below), Decimal(0))) * node.weight
        most = most if counted else Decimal(0)
        found.insert(place, SectionScore(node.id, node.label, _tidy(points), _tidy(most), node.depth))
        return points, most

    for top in scored.rubric.tree:
        walk_node(top)
    return tuple(found)


def _tidy(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
