"""Arithmetic on what storage counted: exact, in Decimal, rounded only to be shown.

Sums and histograms of finer groups are merged into coarser ones (months into quarters, units into groups) here, so that
the database needs few statements. It refuses to guess: a mean of nothing is None.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from rubrics import for_json, rounded
from storage.totals import Sums
from storage.values import MICRO, from_micro

KEPT: Final = 4  # decimals of a figure in JSON, half up
Histogram = list[tuple[int, int]]


@dataclass(frozen=True)
class Figure:
    """How many tests, and their sum, lowest and highest in micro-points; squares in thousandths of a point."""

    n: int
    total: int
    low: int
    high: int
    squares: int

    @classmethod
    def of(cls, sums: Sums) -> Figure:
        """One group of the database."""
        return cls(sums.n, sums.total, sums.low, sums.high, sums.squares)

    def __add__(self, other: Figure) -> Figure:
        """Both groups as one."""
        return Figure(
            self.n + other.n,
            self.total + other.total,
            min(self.low, other.low),
            max(self.high, other.high),
            self.squares + other.squares,
        )

    @property
    def mean(self) -> Decimal:
        """The exact mean in points (28 digits)."""
        return Decimal(self.total) / (self.n * MICRO)

    @property
    def variance(self) -> Decimal:
        """The variance over all tests (divided by n), in points squared, from totals to a thousandth of a point."""
        milli = Decimal(self.total) / 1000
        return max(Decimal(0), (Decimal(self.squares) - milli * milli / self.n) / self.n) / 1_000_000

    @property
    def deviation(self) -> Decimal | None:
        """The sample standard deviation; None for fewer than two tests."""
        return (self.variance * self.n / (self.n - 1)).sqrt() if self.n > 1 else None


def kept(value: Decimal | None) -> int | float | None:
    """A figure for JSON: four decimals, half up, as a plain number."""
    if value is None:
        return None
    return for_json(rounded(value, KEPT))


def shown(value: Decimal | int | float | None, places: int = 2, sign: bool = False) -> str:
    """A figure for people: half up to so many decimals; whole numbers stay whole when `places` is 0."""
    if value is None:
        return "－"
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    found = rounded(exact, places)
    if not found:
        return str(abs(found))  # never -0
    return f"{found:+}" if sign else str(found)


def merged(sums: Iterable[Sums], key: Callable[[Any], Hashable]) -> dict[Any, Figure]:
    """The groups put together by `key`, in the order in which they first come; a key of None is left out."""
    found: dict[Any, Figure] = {}
    for one in sums:
        name = key(one.key)
        if name is not None:
            figure = Figure.of(one)
            found[name] = found[name] + figure if name in found else figure
    return found


def merged_histograms(found: Mapping[Any, Histogram], key: Callable[[Any], Hashable]) -> dict[Any, Histogram]:
    """The same for histograms; each stays sorted by total."""
    counts: dict[Any, dict[int, int]] = {}
    for one, histogram in found.items():
        name = key(one)
        if name is None:
            continue
        kept_counts = counts.setdefault(name, {})
        for total, n in histogram:
            kept_counts[total] = kept_counts.get(total, 0) + n
    return {name: sorted(one.items()) for name, one in counts.items()}


def quantile(histogram: Histogram, quarter: int) -> Decimal:
    """The quarter-th quartile (2: the median) in points, between neighbours in proportion, both ends included."""
    n = sum(count for _, count in histogram)
    whole, part = divmod((n - 1) * quarter, 4)
    low = _at(histogram, whole)
    high = _at(histogram, min(whole + 1, n - 1))
    return from_micro(low) + (from_micro(high) - from_micro(low)) * part / 4


def _at(histogram: Histogram, place: int) -> int:
    for total, count in histogram:
        if place < count:
            return total
        place -= count
    return histogram[-1][0]
