"""What share of the possible points each unit got in each part of the scale.

The possible points are those of the recorded answers: a part that a branch of the scale leaves out (no voice system)
counts neither as earned nor as lost. A part is a heading below the outermost ones, or an item that stands beside such
headings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bot.totals import scale
from bot.totals.counting import Counter
from bot.totals.losses import Possible
from rubrics import Rubric, Section, leaves_of
from rubrics.model import TreeNode


@dataclass(frozen=True)
class Part:
    """One column: its id, its words, its greatest points and the items that it holds."""

    id: str
    label: str
    most: Decimal
    items: tuple[str, ...]


def parts(rubric: Rubric) -> tuple[Part, ...]:
    """The columns of a scale, in the paper's order."""
    found: list[Part] = []
    for top in rubric.tree:
        inside = top.items if isinstance(top, Section) else (top,)
        for node in inside:
            if node.max:
                items = tuple(leaf.id for leaf in leaves_of(node))
                found.append(Part(node.id, _words(top, node), node.max, items))
    return tuple(found)


def share_rows(count: Counter, rubric: Rubric) -> list[dict[str, Any]]:
    """One row a unit and part: `label`, `n`, `section`, `value` (points a test), `possible`, `max`, in units' order.

    `value` None where no test of the unit was asked about the part.
    """
    possible, columns = Possible(rubric), parts(rubric)
    earned: dict[tuple[int, str], Decimal] = {}
    asked: dict[tuple[int, str], Decimal] = {}
    tests: dict[int, int] = {}
    weights = {leaf.id: leaf.weight for leaf in rubric.criteria}
    for test in count.totals.answered(replace(count.chosen(), rubrics=(rubric.id,)), "unit"):
        tests[test.key] = tests.get(test.key, 0) + 1
        lost = possible.lost(test.form, test.points)
        for part in columns:
            got = sum((test.points.get(one, Decimal(0)) * weights[one] for one in part.items), Decimal(0))
            gone = sum((lost.get(one, Decimal(0)) for one in part.items), Decimal(0))
            place = (test.key, part.id)
            earned[place] = earned.get(place, Decimal(0)) + got
            asked[place] = asked.get(place, Decimal(0)) + got + gone
    return [
        {
            "label": count.label("unit", unit),
            "n": n,
            "section": part.label,
            "value": earned[unit, part.id] / n if asked[unit, part.id] else None,
            "possible": asked[unit, part.id] / n,
            "max": part.most,
        }
        for unit, n in tests.items()
        for part in columns
    ]


def _words(top: TreeNode, node: TreeNode) -> str:
    """「總機接聽 › 接聽速度」: without explanations behind a colon."""
    names = [scale.bare(one.label).partition("：")[0] for one in ((top, node) if top is not node else (node,))]
    return " › ".join(names)
