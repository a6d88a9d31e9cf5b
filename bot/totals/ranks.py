"""Ranks that do not claim more than the tests show: ties share one, few tests stand apart, near means are called alike.

Two means are alike when the 95 % interval of their difference holds 0. The interval is the percentile bootstrap's, with
a fixed seed, for groups of fewer than 30 tests; from there on its known limit is used (the bootstrap's variance of a
mean is exactly variance / n), which needs no single totals and so stays fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from .figures import MICRO, Figure, Histogram

LEAST: Final = 3  # tests that a group needs to be ranked
MANY: Final = 30  # from here on the bootstrap's limit is used
RESAMPLES: Final = 2_000
SEED: Final = 20180520
Means = npt.NDArray[np.float64]
NORMAL_95: Final = 1.959963984540054


@dataclass(frozen=True)
class Ranked:
    """One group with its rank (None: too few tests), and whether it cannot be told apart from the next one."""

    key: Any
    figure: Figure
    rank: int | None
    like_next: bool = False


def ranked(figures: Mapping[Any, Figure], least: int = LEAST) -> list[Ranked]:
    """Highest mean first; equal means share a rank (1, 2, 2, 4); groups with fewer than `least` tests come last."""
    enough = sorted((one for one in figures.items() if one[1].n >= least), key=lambda one: -one[1].mean)
    found: list[Ranked] = []
    for place, (key, figure) in enumerate(enough, 1):
        tied = found and found[-1].figure.mean == figure.mean
        found.append(Ranked(key, figure, found[-1].rank if tied else place))
    few = sorted((one for one in figures.items() if one[1].n < least), key=lambda one: -one[1].mean)
    return found + [Ranked(key, figure, None) for key, figure in few]


def alike(first: Figure, second: Figure, means: tuple[Means, Means] | None) -> bool:
    """True when the interval of the difference of the two means holds 0. `means`: both resampled, below MANY tests."""
    if first.mean == second.mean:
        return True
    if means is None:
        spread = float(first.variance / first.n + second.variance / second.n) ** 0.5
        return bool(abs(float(first.mean - second.mean)) <= NORMAL_95 * spread)
    low, high = np.percentile(means[0] - means[1], (2.5, 97.5))
    return bool(low <= 0 <= high)


def with_alike(rows: Sequence[Ranked], histograms: Mapping[Any, Histogram]) -> list[Ranked]:
    """The ranked rows, each marked when it cannot be told apart from the next."""
    made, drawn = list(rows), _Drawn(histograms)
    for at, (one, two) in enumerate(pairwise(rows)):
        if one.rank is None or two.rank is None:
            continue
        few = min(one.figure.n, two.figure.n) < MANY
        if alike(one.figure, two.figure, (drawn.means(one.key), drawn.means(two.key)) if few else None):
            made[at] = Ranked(one.key, one.figure, one.rank, True)
    return made


class _Drawn:
    """Resampled means by group, each drawn once, from a generator of its own place in the list."""

    def __init__(self, histograms: Mapping[Any, Histogram]) -> None:
        self._histograms = histograms
        self._made: dict[Any, Means] = {}

    def means(self, key: Any) -> Means:
        """RESAMPLES means of as many tests as the group has, drawn with putting back."""
        if key not in self._made:
            self._made[key] = resampled(self._histograms[key], len(self._made))
        return self._made[key]


def resampled(histogram: Histogram, place: int = 0) -> Means:
    """The bootstrap's means of one group, in points."""
    totals = np.repeat([total / MICRO for total, _ in histogram], [count for _, count in histogram])
    generator = np.random.default_rng((SEED, place))
    return np.asarray(totals[generator.integers(0, len(totals), (RESAMPLES, len(totals)))].mean(axis=1))
