"""Names that were meant: near misses of names of units, agencies, documents, rubrics.

Compared as bags of character pairs, so that a reordered or half-typed name still scores; same-sound typing errors count
nearly as much. It refuses to decide: the caller gets names with scores from 0 to 100.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from knowledge.normal import plain, sounds

SAME_SOUND = 0.9  # what a name that only sounds the same may reach


def best(query: str, names: Iterable[str], limit: int = 5, floor: float = 40.0) -> list[tuple[str, float]]:
    """The nearest names, best first, with scores from `floor` to 100; 100 only for the same name."""
    wanted = plain(query).replace(" ", "")
    if not wanted:
        return []
    scored = [(name, likeness(wanted, name)) for name in dict.fromkeys(names)]
    kept = [(name, round(score, 1)) for name, score in scored if score >= floor]
    return sorted(kept, key=lambda pair: (-pair[1], len(pair[0]), pair[0]))[:limit]


def likeness(query: str, name: str) -> float:
    """How near two names are, 0 to 100."""
    a, b = plain(query).replace(" ", ""), plain(name).replace(" ", "")
    if not a or not b:
        return 0.0
    if a == b:
        return 100.0
    spelt = _common(list(a), list(b))
    if spelt >= 0.97 or not any("\u3400" <= c <= "\u9fff" for c in a):
        return min(99.0, 100 * spelt)
    spoken = _common(list(sounds(a)), list(sounds(b))) * SAME_SOUND
    return min(99.0, 100 * max(spelt, spoken))


def _common(a: list[str], b: list[str]) -> float:
    """Shared pairs and single signs; a name that holds the whole query, in order, is near even when it is longer."""
    dice = _dice(_pairs(a), _pairs(b)) * 0.7 + _dice(Counter(a), Counter(b)) * 0.3
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= 2 and _in_order(short, long):
        whole = any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
        dice = max(dice, (0.8 if whole else 0.6) + 0.19 * len(short) / len(long))
    return dice


def _pairs(signs: list[str]) -> Counter[str]:
    edged = ["^", *signs, "$"]
    return Counter(x + "\0" + y for x, y in pairwise(edged))


def _dice(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _in_order(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(any(c == d for d in rest) for c in short)
