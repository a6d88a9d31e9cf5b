"""Where points are lost: each item's greatest possible points under the recorded answers, less what it earned.

The sum over all items is what the test lost in all. An item that a branch took out of the maximum loses nothing; one
that was not asked because nobody answered loses all of its points. Of exclusive branches that nobody reached, the
first carries the loss, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rubrics import COUNTED, Criterion, Rubric, leaves_of
from rubrics.conditions import Token, compiled
from storage.totals import Answered


@dataclass
class Loss:
    """One item: points lost in all, in how many tests, of how many, and what testers wrote."""

    lost: Decimal = Decimal(0)
    times: int = 0
    tests: int = 0
    reasons: list[str] = field(default_factory=list)


class Possible:
    """The greatest possible points of each item of a sheet, given the answers."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._rows: list[tuple[Criterion, Callable[..., bool] | None, Callable[..., bool] | None, str]] = []
        branches = {item.id: section.id for section in rubric.sections if section.one_of for item in leaves_of(section)}
        for leaf in rubric.criteria:
            counted = compiled(leaf.counted_when) if leaf.counted_when else None
            multiplied = compiled(leaf.multiplier.when) if leaf.multiplier else None
            self._rows.append((leaf, counted, multiplied, branches.get(leaf.id, "")))
        self._branches = {name: [one for one in branches if branches[one] == name] for name in branches.values()}

    def lost(self, form: Mapping[str, Any], points: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Points lost by item, for those that lost any."""
        state = {name: _token(answer) for name, answer in form.items()}
        found: dict[str, Decimal] = {}
        for leaf, counted, multiplied, branch in self._rows:
            if branch and not self._carries(leaf.id, branch, state):
                continue
            if counted is not None and not counted(state):
                continue
            most = leaf.multiplier.max if leaf.multiplier and multiplied and multiplied(state) else leaf.max
            earned = points.get(leaf.id, Decimal(0))
            if earned < most:
                found[leaf.id] = (most - earned) * leaf.weight
        return found

    def _carries(self, leaf_id: str, branch: str, state: Mapping[str, Token]) -> bool:
        taken = next((one for one in self._branches[branch] if one in state), self._branches[branch][0])
        return taken == leaf_id


def losses(rubric: Rubric, tests: Iterable[Answered]) -> dict[str, Loss]:
    """What the tests lost by item, in the paper's order; items that lost nothing are left out."""
    possible = Possible(rubric)
    found = {leaf.id: Loss() for leaf in rubric.criteria}
    count = 0
    for test in tests:
        count += 1
        reasons = test.remarks.get("reasons") or {}
        for item, amount in possible.lost(test.form, test.points).items():
            loss = found[item]
            loss.lost += amount
            loss.times += 1
            if isinstance(reasons, dict) and reasons.get(item):
                loss.reasons.append(str(reasons[item]))
    for loss in found.values():
        loss.tests = count
    return {item: loss for item, loss in found.items() if loss.times}


def _token(answer: Any) -> Token:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping):
        chosen = answer.get("option") or answer.get("band")
        return str(chosen) if chosen else COUNTED
    return Decimal(str(answer)) if isinstance(answer, (int, float)) else ""
