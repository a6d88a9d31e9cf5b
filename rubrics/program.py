"""A rubric compiled for scoring: whole numbers, tables and closures, to score thousands of forms a second exactly.

`fast` scores a form that has no fault and gives None for any other; `walk` names every fault of a form, and what an
unfinished one opens. Points inside are integers of 10**-places; Decimal comes back at the edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from rubrics.answers import Fault, resolver, shown
from rubrics.conditions import COUNTED, Token, compiled, known
from rubrics.lint_sums import leaf_decimals
from rubrics.model import Criterion, Rubric
from rubrics.numbers import decimals
from rubrics.problems import Problem, near, problem
from rubrics.worlds import asking_order

_MISSING = object()
_TABLED_COUNTS = 200  # a whole count up to here is looked up, not computed
Hit = tuple[Token, int]


class Step:
    """One leaf: how an answer is looked up, and what happens under which condition. Points are scaled integers."""

    __slots__ = (
        "given",
        "given_points",
        "id",
        "leaf",
        "multiplied",
        "read",
        "resolve",
        "table",
        "weight",
    )

    def __init__(self, leaf: Criterion, rubric: Rubric, scale: int, weight: int) -> None:
        self.id, self.leaf, self.weight = leaf.id, leaf, weight
        self.resolve = resolver(leaf, rubric)
        self.table: dict[Any, Hit] = {o.id: (o.id, int((o.points or 0) * scale)) for o in leaf.options if o.low is None}
        self.read = _reader(leaf, self.resolve, self.table, scale)
        self.given = compiled(leaf.given.when) if leaf.given else None
        self.given_points = int(leaf.given.points * scale) if leaf.given else 0
        self.multiplied = compiled(leaf.multiplier.when) if leaf.multiplier else None


def _reader(
    leaf: Criterion, resolve: Callable[[object], tuple[Token, Decimal]], table: dict[Any, Hit], scale: int
) -> Callable[[Any], Hit | None]:
    """The function for answers that are not a known option's text: None for a fault."""
    quick: dict[tuple[Any, Any], Hit] = {}
    for option in leaf.options:
        if option.low is not None and option.best - option.low <= _TABLED_COUNTS:
            for n in range(int(option.low), int(option.best) + 1):
                quick[(option.id, n)] = (option.id, n * scale)
    for measure in leaf.count.measures if leaf.count else ():
        for n in range(_TABLED_COUNTS):
            if measure.least <= n <= measure.most:
                quick[(measure.id, n)] = (COUNTED, int(resolve({measure.id: n})[1] * scale))
    parts = 2 if any(o.low is not None for o in leaf.options) else 0

    def read(answer: Any) -> Hit | None:
        if type(answer) is dict:
            if len(answer) == 1:
                key, number = next(iter(answer.items()))
                if type(number) is int and (hit := quick.get((key, number))):
                    return hit
            elif len(answer) == parts:
                chosen, points = answer.get("option"), answer.get("points")
                if type(points) is int and type(chosen) is str and (hit := quick.get((chosen, points))):
                    return hit
        elif answer is True or answer is False:
            return table.get("yes" if answer else "no")
        try:
            token, amount = resolve(answer)
        except Fault:
            return None
        return token, int(amount * scale)

    return read


class Program:
    """Everything that scoring a rubric needs, made once."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        order = asking_order(rubric)
        places = max((leaf_decimals(c) for c in order), default=0)
        weight_places = max((decimals(c.weight) for c in order), default=0)
        scale, weight_scale = 10**places, 10**weight_places
        self.unit, self.total_unit = Decimal(1).scaleb(-places), Decimal(1).scaleb(-places - weight_places)
        self.steps = tuple(Step(c, rubric, scale, int(c.weight * weight_scale)) for c in order)
        self.times = {
            c.id: (int(c.multiplier.times * 10 ** (p := decimals(c.multiplier.times))), 10**p)
            for c in order
            if c.multiplier
        }
        self.groups = tuple(
            (compiled(when) if when else None, tuple(group))
            for when, group in groupby(self.steps, key=lambda step: step.leaf.when)
        )
        zero = Decimal(0)
        self.zeros = {c.id: zero for c in rubric.criteria}
        self.amounts: dict[int, Decimal] = {0: zero}
        self.totals: dict[int, Decimal] = {0: zero}
        self.optional = rubric.kind == "framework"

    def fast(self, form: dict[Any, Any]) -> tuple[Decimal, dict[str, Decimal], dict[str, Token]] | None:
        """(total, points, tokens) of a form without fault; None otherwise."""
        state: dict[str, Token] = {}
        points = self.zeros.copy()
        amounts = self.amounts
        total = 0
        for opens, steps in self.groups:
            if opens is not None and not opens(state):
                continue
            for step in steps:
                ident = step.id
                if step.given is not None and step.given(state):
                    amount = step.given_points
                else:
                    answer = form.get(ident, _MISSING)
                    hit = step.table.get(answer) if type(answer) is str else None
                    if hit is None and (answer is _MISSING or (hit := step.read(answer)) is None):
                        return None
                    state[ident], amount = hit
                if step.multiplied is not None and step.multiplied(state):
                    times, over = self.times[ident]
                    amount = amount * times // over
                if amount:
                    total += amount * step.weight
                    points[ident] = amounts.get(amount) or self._amount(amount)
        if len(state) != len(form):
            return None
        return self.totals.get(total) or self._total(total), points, state

    def _amount(self, amount: int) -> Decimal:
        return self._kept(self.amounts, amount, self.unit)

    def _total(self, total: int) -> Decimal:
        return self._kept(self.totals, total, self.total_unit)

    @staticmethod
    def _kept(kept: dict[int, Decimal], number: int, unit: Decimal) -> Decimal:
        made = number * unit
        made = made.quantize(Decimal(1)) if made == made.to_integral_value() else made.normalize()
        if len(kept) < 100_000:
            kept[number] = made
        return made

    def walk(self, form: Mapping[Any, Any]) -> Walk:
        """Goes through a form that may have faults or be unfinished."""
        return Walk(self, form)


class Walk:
    """What a form that may be unfinished or faulty opens and answers.

    `open`: the leaves that are asked; `closed`: those that are not; `pending`: those that hang on one still to come.
    `state` and `faults` are of the answers to open leaves; an answer to a pending leaf is checked too, and not counted.
    """

    def __init__(self, program: Program, form: Mapping[Any, Any]) -> None:
        self.program, self.form = program, form
        self.state: dict[str, Token] = {}
        self.open: list[Criterion] = []
        self.given: list[Criterion] = []
        self.closed: list[Criterion] = []
        self.pending: list[Criterion] = []
        self.missing: list[Criterion] = []
        self.faults: dict[str, Fault] = {}
        unsure: set[str] = set()
        for step in program.steps:
            self._step(step, unsure)

    def _step(self, step: Step, unsure: set[str]) -> None:
        leaf, form = step.leaf, self.form
        opens = True if leaf.when is None else known(leaf.when, self.state, unsure)
        given = False if leaf.given is None or opens is False else known(leaf.given.when, self.state, unsure)
        if opens is False:
            self.closed.append(leaf)
            return
        if opens and given:
            self.given.append(leaf)
            return
        if opens is None or given is None:
            self.pending.append(leaf)
            unsure.add(leaf.id)
            if leaf.id in form:
                self._read(step)
            return
        self.open.append(leaf)
        if leaf.id not in form:
            self.missing.append(leaf)
            unsure.add(leaf.id)
            return
        token = self._read(step)
        if token is None:
            unsure.add(leaf.id)
        else:
            self.state[leaf.id] = token

    def _read(self, step: Step) -> Token | None:
        try:
            return step.resolve(self.form[step.id])[0]
        except Fault as fault:
            self.faults[step.id] = fault
            return None

    def problems(self) -> tuple[Problem, ...]:
        """Every fault of the form: by the paper's order, then what the sheet does not know."""
        rubric, found = self.program.rubric, {}
        for leaf in () if self.program.optional else self.missing:
            found[leaf.id] = problem("missing_answer", leaf.id, f"「{leaf.label}」（{leaf.id}）還沒有答。")
        for ident, fault in self.faults.items():
            found[ident] = problem(fault.code, ident, f"{ident}：{fault.message}")
        for leaf in (*self.closed, *self.given):
            if leaf.id in self.form:
                why = "直接給分，不必答" if leaf in self.given else "在這種情形下不問"
                found[leaf.id] = problem("not_asked", leaf.id, f"「{leaf.label}」（{leaf.id}）{why}。")
        ordered = [found[leaf.id] for leaf in rubric.criteria if leaf.id in found]
        for key in self.form:
            if not (isinstance(key, str) and rubric.has(key)):
                hint = near(key, [c.id for c in rubric.criteria]) if isinstance(key, str) else ""
                name = key if isinstance(key, str) else shown(key).strip("「」")
                ordered.append(problem("unknown_criterion", name, f"沒有{shown(key)}這一題{hint or '。'}"))
        return tuple(ordered)


@lru_cache(maxsize=64)
def program(rubric: Rubric) -> Program:
    """The rubric's program, made at the first call and kept (rubrics are compared by identity)."""
    return Program(rubric)
