"""Whether conditions mean something: references exist, nothing goes round in circles, every item can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.conditions import COUNTED, Compare, Condition, Is, atoms, compiled
from rubrics.model import Criterion, Rubric, Section
from rubrics.problems import Report, RubricError, near
from rubrics.worlds import asking_order, domain, worlds


def check_conditions(rubric: Rubric, report: Report) -> bool:
    """Adds every problem of conditions; True when they are sound enough to be walked through."""
    seen: set[tuple[int, str]] = set()
    sound = True
    for owner, condition in _written(rubric):
        for atom in atoms(condition):
            if (atom.line, atom.ref) not in seen:
                seen.add((atom.line, atom.ref))
                sound &= _atom(atom, owner, rubric, report)
    if not sound:
        return False
    try:
        asking_order(rubric)
    except RubricError as cycle:
        first = str(cycle).split("、")[0]
        report.add("condition_cycle", rubric.criterion(first).line, f"{cycle} 互相等對方先答。", first)
        return False
    return _reachable(rubric, report)


def _written(rubric: Rubric) -> Iterator[tuple[str, Condition | None]]:
    for node in rubric.nodes():
        if isinstance(node, Section):
            yield node.id, node.own_when
        else:
            yield node.id, node.when
            yield node.id, node.given.when if node.given else None
            yield node.id, node.multiplier.when if node.multiplier else None


def _atom(atom: Is | Compare, owner: str, rubric: Rubric, report: Report) -> bool:
    if not rubric.has(atom.ref):
        hint = near(atom.ref, [c.id for c in rubric.criteria]) or "。"
        report.add("unknown_reference", atom.line, f"條件提到的「{atom.ref}」不存在{hint}", owner)
        return False
    leaf = rubric.criterion(atom.ref)
    numeric = leaf.answer in ("points", "percentage")
    if isinstance(atom, Compare):
        if not numeric:
            report.add("bad_condition", atom.line, f"「{atom.ref}」的答案不是數字，不能用 at_least、below。", owner)
        return numeric
    if numeric:
        report.add("bad_condition", atom.line, f"「{atom.ref}」的答案是數字，要用 at_least、below。", owner)
        return False
    known = [str(v) for v in domain(leaf, rubric)]
    wrong = [v for v in atom.values if v not in known]
    for value in wrong:
        what = "沒有計數" if value == COUNTED else f"沒有「{value}」這個答案"
        report.add("unknown_answer_reference", atom.line, f"「{atom.ref}」{what}{near(value, known) or '。'}", owner)
    return not wrong


def _reachable(rubric: Rubric, report: Report) -> bool:
    reached: dict[Condition, bool] = {}
    for leaf in rubric.criteria:
        if leaf.when is None:
            continue
        try:
            if leaf.when not in reached:
                opens = compiled(leaf.when)
                reached[leaf.when] = any(opens(state) for state in worlds(rubric, [leaf.when]))
        except RubricError as error:
            report.add("too_many_branches", leaf.line, f"「{leaf.id}」的條件{error}。", leaf.id)
            return False
        if not reached[leaf.when]:
            report.add("unreachable", leaf.line, f"「{leaf.id}」永遠不會被問到。", leaf.id)
    return True


def open_in(leaf: Criterion | Section) -> Condition | None:
    """What must hold for a node to be open: all of it for a leaf, its own part for a section."""
    return leaf.when if isinstance(leaf, Criterion) else leaf.own_when
