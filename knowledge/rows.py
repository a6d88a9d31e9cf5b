"""Which row of a scale a named number falls into.

Numbers and bands are data: 78 % stands in no passage, and yet the row is '達 75% 以上'. It refuses to choose where no
row of the scale is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.numbers import Quantity
from knowledge.passages import Band


def choose_band(bands: Sequence[Band], quantities: Sequence[Quantity]) -> int | None:
    """The row of a scale that a named number falls into: 78 % is in '達 75% 以上', not in 85. None when none fits."""
    for quantity in quantities:
        fitting = [(i, b) for i, b in enumerate(bands) if b.threshold is not None and b.unit == quantity.unit]
        if fitting:
            met = [(b.threshold or Decimal(0), i) for i, b in fitting if _meets(b, quantity)]
            if met:
                return max(met)[1]
        if quantity.unit in ("", "分") and quantity.value >= 100:
            graded = [
                (b.low, i)
                for i, b in enumerate(bands)
                if b.low is not None and b.label and b.threshold is None and b.low > 100
            ]
            met_grades = [(low, i) for low, i in graded if low <= quantity.value]
            if met_grades:
                return max(met_grades)[1]
    return None


def _meets(band: Band, quantity: Quantity) -> bool:
    threshold = band.threshold if band.threshold is not None else Decimal(0)
    value = quantity.value - Decimal("0.001") if quantity.bound == "<" else quantity.value
    if band.op in (">=", ""):
        return value >= threshold
    if band.op == "=":
        return value == threshold
    if band.op == ">":
        return value > threshold
    return value <= threshold
