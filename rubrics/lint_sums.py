"""Whether points add up, on every level and in every branch, and multipliers, given points and weights are exact."""

from __future__ import annotations

from decimal import Decimal

from rubrics.conditions import Token, compiled
from rubrics.lint_conditions import open_in
from rubrics.model import Criterion, Rubric, Section, TreeNode
from rubrics.numbers import decimals, plain
from rubrics.problems import Report, RubricError
from rubrics.worlds import worlds

MOST_DECIMALS = 6  # stored totals are whole millionths


def check_sums(rubric: Rubric, report: Report, sound: bool) -> None:
    """Adds every problem of sums. Without sound conditions the branches are not walked."""
    for leaf in rubric.criteria:
        _leaf(leaf, report)
    if sound:
        _branches(rubric, report)
        for section in rubric.sections:
            if section.one_of:
                _one_of(section, rubric, report)


def _leaf(leaf: Criterion, report: Report) -> None:
    found = leaf.multiplier
    if found and leaf.max * found.times != found.max:
        message = (
            f"{plain(leaf.max)} × {plain(found.times)} ＝ {plain(leaf.max * found.times)}，不是 {plain(found.max)}。"
        )
        report.add("multiplier_max", found.line, message, leaf.id)
    if leaf.given and not _can_earn(leaf, leaf.given.points):
        message = f"「{leaf.id}」得不到 {plain(leaf.given.points)} 分。"
        report.add("given_out_of_range", leaf.given.line, message, leaf.id)
    if leaf_decimals(leaf) + decimals(leaf.weight) > MOST_DECIMALS:
        report.add("too_fine", leaf.line, f"「{leaf.id}」的分數會超過 {MOST_DECIMALS} 位小數。", leaf.id)


def leaf_decimals(leaf: Criterion) -> int:
    """How many decimal places a leaf's points can have, before the weights of its sections."""
    amounts = [p for o in leaf.options for p in (o.points, o.low) if p is not None]
    if leaf.count:
        amounts += [leaf.count.low, leaf.count.high, *(m.base for m in leaf.count.measures)]
        amounts += [m.step for m in leaf.count.measures]
    amounts += [b.low for b in leaf.bands] + ([leaf.given.points] if leaf.given else [])
    places = max((decimals(a) for a in amounts), default=0)
    if leaf.answer == "percentage" and not leaf.bands:
        places = decimals(leaf.max / 100) + 2
    return places + (decimals(leaf.multiplier.times) if leaf.multiplier else 0)


def _can_earn(leaf: Criterion, points: Decimal) -> bool:
    if not 0 <= points <= leaf.max:
        return False
    fixed = {o.points for o in leaf.options}
    ranged = any(o.low is not None and o.low <= points <= o.best for o in leaf.options)
    return not leaf.options or points in fixed or ranged or leaf.count is not None


def _branches(rubric: Rubric, report: Report) -> None:
    switches = [c.multiplier.when for c in rubric.criteria if c.multiplier]
    counted = [n.counted_when for n in rubric.nodes() if n.counted_when]
    try:
        states = list(worlds(rubric, [*switches, *counted]))
    except RubricError as error:
        report.add("too_many_branches", 1, f"核對滿分時，情形{error}。")
        return
    wrong: set[str] = set()
    for state in states:
        total = sum((_max_in(node, state, wrong, report) for node in rubric.tree), Decimal(0))
        if total != rubric.max and "" not in wrong:
            wrong.add("")
            line = rubric.tree[0].line if rubric.tree else 1
            message = f"最上層加起來 {plain(total)} 分{_where(state)}，整張表的 max 是 {plain(rubric.max)}。"
            report.add("sum_mismatch", line, message)


def _max_in(node: TreeNode, state: dict[str, Token], wrong: set[str], report: Report) -> Decimal:
    """The node's maximum in a world; a section that does not add up is noted once."""
    if node.counted_when and not compiled(node.counted_when)(state):
        return Decimal(0)
    if isinstance(node, Criterion):
        return node.multiplier.max if node.multiplier and compiled(node.multiplier.when)(state) else node.max
    below = [_max_in(item, state, wrong, report) for item in node.items]
    total = (max(below) if node.one_of else sum(below, Decimal(0))) * node.weight
    if total != node.max and not node.one_of and node.id not in wrong:
        wrong.add(node.id)
        times = f"（已乘權重 {plain(node.weight)}）" if node.weight != 1 else ""
        message = f"下層加起來 {plain(total)} 分{times}{_where(state)}，這一段的 max 是 {plain(node.max)}。"
        report.add("sum_mismatch", node.line, message, node.id)
    return node.max if node.id in wrong or node.one_of else total


def _where(state: dict[str, Token]) -> str:
    return f"（{'、'.join(f'{k}＝{v}' for k, v in state.items())} 時）" if state else ""


def _one_of(section: Section, rubric: Rubric, report: Report) -> None:
    for item in section.items:
        if item.max * section.weight != section.max:
            message = f"「{item.id}」是 {plain(item.max)} 分，擇一的段是 {plain(section.max)} 分。"
            report.add("one_of_max", item.line, message, section.id)
    conditions = [open_in(item) for item in section.items]
    tests = [compiled(c) if c else None for c in conditions]
    try:
        states = list(worlds(rubric, conditions))
    except RubricError as error:
        report.add("too_many_branches", section.line, f"擇一的條件{error}。", section.id)
        return
    for state in states:
        open_items = [i.id for i, t in zip(section.items, tests, strict=True) if t is None or t(state)]
        if len(open_items) > 1:
            message = f"{'、'.join(open_items)} 會同時開放{_where(state)}。"
            report.add("one_of_both_open", section.line, message, section.id)
            return
