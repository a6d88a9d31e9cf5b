"""JSON and points as they are kept: compact, readable, exact.

Points are written as plain numbers (76.5 and 9, never "76.5" or 9.0) and read back as `Decimal`; a number that binary
floats could not carry exactly to 15 digits is refused. NaN and infinity are refused everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from storage.errors import Refused

MICRO = 1_000_000  # micro-points in a point: totals are summed as whole numbers


def dump(value: Any) -> str:
    """Compact JSON text; Decimals become numbers. Raises Refused for what JSON cannot hold."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_number)
    except (TypeError, ValueError) as error:
        raise Refused("這筆資料含有無法保存的內容。") from error


def load(text: str) -> Any:
    """What `dump` wrote; numbers as int and float."""
    return json.loads(text)


def load_points(text: str) -> dict[str, Decimal]:
    """A JSON object of numbers as exact Decimals."""
    found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return {str(name): points for name, points in found.items()}


def dump_points(points: Mapping[str, Decimal]) -> str:
    """A mapping of id to points as compact JSON in the given order. Raises Refused for what is not a number."""
    try:
        return "{" + ",".join([f"{_quoted(name)}:{plain(value)}" for name, value in points.items()]) + "}"
    except TypeError as error:  # what cannot even be looked up in the cache
        raise Refused("分數必須是數字。") from error


@lru_cache(maxsize=4096)
def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


@lru_cache(maxsize=4096, typed=True)
def plain(points: Decimal | int) -> str:
    """The number without needless zeros or exponent: 76.5, 9, 0. Raises Refused for NaN, infinity, floats and text."""
    if isinstance(points, int) and not isinstance(points, bool):
        return str(points)
    if not isinstance(points, Decimal) or not points.is_finite():
        raise Refused("分數必須是數字。")
    if points == points.to_integral_value():
        return str(int(points))
    return format(points.normalize(), "f")


def micro(points: Decimal) -> int:
    """Points as a whole number of micro-points, half up beyond the sixth decimal."""
    return int((points * MICRO).to_integral_value(rounding=ROUND_HALF_UP))


def from_micro(amount: int) -> Decimal:
    """Micro-points as points."""
    return Decimal(amount) / MICRO


def in_list(name: str, values: Any) -> tuple[str, dict[str, Any]]:
    """「(:unit_0, :unit_1)」 and its parameters, for `column IN …`; an empty one gives 「(NULL)」, which holds none."""
    parameters = {f"{name}_{number}": value for number, value in enumerate(values)}
    return "(" + (", ".join(f":{key}" for key in parameters) or "NULL") + ")", parameters


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        found = float(value)
        if Decimal(repr(found)) == value:
            return found
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not JSON: {type(value).__name__}")
