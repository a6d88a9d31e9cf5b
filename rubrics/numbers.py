"""Exact numbers: what counts as a number in an answer, and how points are written.

Python's True is a number and 0.1 is not a tenth; neither is let through. A float is read as the decimal that it prints,
so 12.999 and 13 differ and 0.1 is a tenth.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

HUGE: Final = Decimal(10) ** 15


def exact(value: object) -> Decimal | None:
    """The number as a Decimal, or None when it is none: a bool, a text, NaN, infinite, or beyond 10**15."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    if isinstance(value, int):
        return Decimal(value) if -HUGE <= value <= HUGE else None
    made = Decimal(repr(value)) if isinstance(value, float) else value
    return made if made.is_finite() and abs(made) <= HUGE else None


def plain(value: Decimal) -> str:
    """The shortest way to write points: 9, 17.5 (never 9.0 or 1E+1)."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Half up to so many decimals, to be shown: nothing is counted on with it."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def for_json(value: Decimal) -> int | float:
    """The number that JSON writes as 9 or 76.5."""
    return int(value) if value == value.to_integral_value() else float(value)


def decimals(value: Decimal) -> int:
    """How many decimal places a number needs (0 for whole ones)."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
