"""When an item is asked: conditions over the answers of other items, as data, compiled, and with "not known yet".

An answer is a token here: an option's id, `COUNTED` for a number of rings or seconds, or a number. An item that is
closed has no token, and what a condition says about it is false. While a form is being filled, an item may be open and
unanswered: then the condition is not known yet, which is neither true nor false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

COUNTED: Final = "counted"

Token = str | Decimal
State = Mapping[str, Token]


@dataclass(frozen=True)
class Is:
    """The item's answer is one of these ids. `line` is where it is written."""

    ref: str
    values: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True)
class Compare:
    """The item's number is at least `at_least` and under `below`."""

    ref: str
    at_least: Decimal | None
    below: Decimal | None
    line: int = 0


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Is | Compare | All | Any | Not


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """Both conditions, either of which may be absent."""
    if first is None or second is None or first == second:
        return first or second
    parts: list[Condition] = []
    for part in (first, second):
        parts += [p for p in (part.parts if isinstance(part, All) else (part,)) if p not in parts]
    return All(tuple(parts))


def atoms(condition: Condition | None) -> Iterator[Is | Compare]:
    """Every mention of an item in a condition."""
    if isinstance(condition, (All, Any)):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    elif condition is not None:
        yield condition


def compiled(condition: Condition) -> Callable[[State], bool]:
    """A fast predicate over complete answers: an item without a token makes its mention false."""
    if isinstance(condition, Is):
        ref, values = condition.ref, frozenset(condition.values)
        return lambda state: state.get(ref) in values
    if isinstance(condition, Compare):
        return lambda state: _compare(condition, state.get(condition.ref))
    if isinstance(condition, Not):
        inner = compiled(condition.part)
        return lambda state: not inner(state)
    parts = [compiled(part) for part in condition.parts]
    if isinstance(condition, All):
        return lambda state: all(part(state) for part in parts)
    return lambda state: any(part(state) for part in parts)


def known(condition: Condition, state: State, pending: frozenset[str] | set[str]) -> bool | None:
    """True, False, or None when it hangs on an item in `pending` (open but without a usable answer)."""
    if isinstance(condition, Not):
        inner = known(condition.part, state, pending)
        return None if inner is None else not inner
    if isinstance(condition, (All, Any)):
        results = [known(part, state, pending) for part in condition.parts]
        decisive = isinstance(condition, Any)
        if decisive in results:
            return decisive
        return None if None in results else not decisive
    if condition.ref in pending:
        return None
    token = state.get(condition.ref)
    return _compare(condition, token) if isinstance(condition, Compare) else token in condition.values


def as_data(condition: Condition) -> object:
    """The condition in the shape that a sheet writes."""
    if isinstance(condition, Is):
        return {condition.ref: condition.values[0] if len(condition.values) == 1 else list(condition.values)}
    if isinstance(condition, Compare):
        limits = {"at_least": condition.at_least, "below": condition.below}
        return {condition.ref: {k: float(v) if v % 1 else int(v) for k, v in limits.items() if v is not None}}
    if isinstance(condition, Not):
        return {"not": as_data(condition.part)}
    return {"all" if isinstance(condition, All) else "any": [as_data(part) for part in condition.parts]}


def _compare(condition: Compare, token: Token | None) -> bool:
    if token is None or isinstance(token, str):
        return False
    if condition.at_least is not None and token < condition.at_least:
        return False
    return condition.below is None or token < condition.below
