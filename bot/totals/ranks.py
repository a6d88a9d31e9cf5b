"""Ranks that do not claim more than the tests show: ties share one, few tests stand apart, near means are called alike.

Two means are alike when the 95 % interval of their difference holds 0. The interval is the percentile bootstrap's, with
a fixed seed, for groups of fewer than 30 tests; from there on its known limit is used (the bootstrap's variance of a
mean is exactly variance / n), which needs no single totals and so stays fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from storage.values import MICRO

from .figures import Figure, Histogram

LEAST: Final = 3  # tests that a group needs to be ranked
MANY: Final = 30  # from here on the bootstrap's limit is used
RESAMPLES: Final = 2_000
SEED: Final = 20180520
Means = npt.NDArray[np.float64]
CONFIDENCE: Final = 0.95
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
    means = {key: one.mean for key, one in figures.items()}
    ordered = sorted(figures.items(), key=lambda one: -means[one[0]])
    found: list[Ranked] = []
    before: Any = None
    for place, (key, figure) in enumerate((one for one in ordered if one[1].n >= least), 1):
        tied = bool(found) and means[before] == means[key]
        found.append(Ranked(key, figure, found[-1].rank if tied else place))
        before = key
    return found + [Ranked(key, figure, None) for key, figure in ordered if figure.n < least]


def unsure(rows: Sequence[Ranked]) -> list[Any]:
    """The keys whose single totals `with_alike` needs: of ranked neighbours one of which has fewer than MANY tests."""
    found = [one.key for pair in pairwise(rows) if _few(*pair) for one in pair]
    return list(dict.fromkeys(found))


def with_alike(rows: Sequence[Ranked], histograms: Mapping[Any, Histogram]) -> list[Ranked]:
    """The ranked rows, each marked when it cannot be told apart from the next."""
    drawn = _drawn(rows, histograms)
    marks = []
    for at, (one, two) in enumerate(pairwise(rows)):
        if one.rank is None or two.rank is None:
            marks.append(False)
        elif one.figure.mean == two.figure.mean:
            marks.append(True)
        elif _few(one, two):
            marks.append(_holds_zero(drawn[at] - drawn[at + 1]))
        else:
            marks.append(_alike_in_the_limit(one.figure, two.figure))
    return [replace(one, like_next=mark) for one, mark in zip(rows, [*marks, False], strict=False)]


def resampled(histograms: Sequence[Histogram], side: int = 0) -> Means:
    """The bootstrap's means in points, RESAMPLES for each of these groups with equally many tests.

    Groups of one size and side share their draws, those of the other side have draws of their own: so neighbours in a
    ranking, which stand on different sides, are independent, and 2,000 groups take no longer than a blink.
    """
    totals = np.array([np.repeat(*np.array(one, dtype=np.int64).T) for one in histograms]) / MICRO
    n = totals.shape[1]
    drawn = np.random.default_rng((SEED, n, side)).integers(0, n, (RESAMPLES, n)) + np.arange(RESAMPLES)[:, None] * n
    times = np.bincount(drawn.ravel(), minlength=RESAMPLES * n).reshape(RESAMPLES, n)
    return np.asarray(totals @ times.T / n)


def _few(one: Ranked, two: Ranked) -> bool:
    return one.rank is not None and two.rank is not None and min(one.figure.n, two.figure.n) < MANY


def _drawn(rows: Sequence[Ranked], histograms: Mapping[Any, Histogram]) -> dict[int, Means]:
    """Resampled means by place in the ranking, of those that need them."""
    wanted = set(unsure(rows))
    alike: dict[tuple[int, int], list[int]] = {}
    for place, one in enumerate(rows):
        if one.key in wanted:
            alike.setdefault((one.figure.n, place % 2), []).append(place)
    found: dict[int, Means] = {}
    for (_, side), places in alike.items():
        found |= zip(places, resampled([histograms[rows[place].key] for place in places], side), strict=True)
    return found


def _holds_zero(differences: Means) -> bool:
    """Whether the percentile interval holds 0: not nearly all of the differences lie on one side of it."""
    least = RESAMPLES * (1 - CONFIDENCE) / 2
    return bool((differences <= 0).sum() > least and (differences >= 0).sum() > least)


def _alike_in_the_limit(first: Figure, second: Figure) -> bool:
    spread = float(first.variance / first.n + second.variance / second.n) ** 0.5
    return bool(abs(float(first.mean - second.mean)) <= NORMAL_95 * spread)
