"""The order in which items can be asked, and every situation that conditions can lead to.

A world is one way to answer the items that a condition mentions (and those that theirs mention), closed items left out.
The linter walks the worlds to prove sums, branches and reachability; scoring uses the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from rubrics.conditions import COUNTED, Compare, Condition, Token, atoms, compiled
from rubrics.model import Criterion, Rubric
from rubrics.problems import RubricError

MOST_WORLDS = 20_000
_UNDER = Decimal("0.01")


def references(leaf: Criterion) -> list[str]:
    """The items that must be answered before this one can be asked or scored."""
    conditions = (leaf.when, leaf.given.when if leaf.given else None, leaf.multiplier.when if leaf.multiplier else None)
    return [atom.ref for condition in conditions for atom in atoms(condition)]


def asking_order(rubric: Rubric) -> tuple[Criterion, ...]:
    """The leaves so that each comes after those it mentions, otherwise in the paper's order. RubricError on a cycle."""
    done: dict[str, Criterion] = {}
    doing: list[str] = []

    def visit(leaf: Criterion) -> None:
        if leaf.id in done:
            return
        if leaf.id in doing:
            raise RubricError("、".join(doing[doing.index(leaf.id) :]))
        doing.append(leaf.id)
        for ref in references(leaf):
            if rubric.has(ref):
                visit(rubric.criterion(ref))
        doing.pop()
        done[leaf.id] = leaf

    for leaf in rubric.criteria:
        visit(leaf)
    return tuple(done.values())


def domain(leaf: Criterion, rubric: Rubric) -> list[Token]:
    """The answers of an item that conditions can tell apart."""
    if leaf.answer == "state":
        return [s.id for s in rubric.states]
    if leaf.answer in ("options", "count"):
        return [*([COUNTED] if leaf.count else []), *(o.id for o in leaf.options)]
    edges = {Decimal(0), Decimal(100) if leaf.answer == "percentage" else leaf.max}
    for other in rubric.criteria:
        for condition in (other.when, other.given.when if other.given else None):
            for atom in atoms(condition):
                if isinstance(atom, Compare) and atom.ref == leaf.id:
                    edges |= {e for limit in (atom.at_least, atom.below) if limit for e in (limit, limit - _UNDER)}
    return sorted(e for e in edges if e >= 0)


def worlds(rubric: Rubric, conditions: Iterable[Condition | None]) -> Iterator[dict[str, Token]]:
    """Every state of the items that the conditions hang on. RubricError beyond MOST_WORLDS."""
    wanted: set[str] = set()
    todo = [atom.ref for condition in conditions for atom in atoms(condition)]
    while todo:
        ref = todo.pop()
        if ref not in wanted and rubric.has(ref):
            wanted.add(ref)
            todo += references(rubric.criterion(ref))
    leaves = [leaf for leaf in asking_order(rubric) if leaf.id in wanted]
    states: list[dict[str, Token]] = [{}]
    for leaf in leaves:
        grown: list[dict[str, Token]] = []
        opens = compiled(leaf.when) if leaf.when else None
        given = compiled(leaf.given.when) if leaf.given else None
        choices = domain(leaf, rubric)
        for state in states:
            if (opens and not opens(state)) or (given and given(state)):
                grown.append(state)
            else:
                grown += [{**state, leaf.id: choice} for choice in choices]
        if len(grown) > MOST_WORLDS:
            raise RubricError(f"超過 {MOST_WORLDS} 種情形")
        states = grown
    return iter(states)
