"""Which row of a scale a question describes in words: 出版品沒放 is the row without 出版品.

Rows of a scale are often nested: the higher one says what the lower one says and something more. So it counts what a
question affirms and denies, clause by clause, and what a row adds to the one below. It refuses to choose where no row
stands out: then all of them are shown, and the person compares.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from knowledge.kinds import negations
from knowledge.passages import Band
from knowledge.query import QueryMaker, grams
from knowledge.understand import Understood
from knowledge.weights import ROWS, SURE_ROW

_CLAUSE = re.compile(r"[,，。;；!！?？、\s]+|(?=就是|但是|可是|只是|不過|除了|就差|只差|沒有|也沒|還沒|都沒|而且)")
_DENIES = re.compile(r"沒|無(?!障礙)|未|不(?!同|過|好意思|知道|曉得|管|只|但|是)|缺|少了|除外|就差|只差|懶得")
_ONLY = re.compile(r"只|光|僅|而已|就這|沒別的|就沒了|其他沒|沒其他|其他都沒|最陽春|單單|沒有其他|別的沒|剩")
_PIECE = re.compile(r"[,，。;；、\s:：()（）]+|及|與|或|且")
_WITHOUT = re.compile("未|無(?!障礙)|不(?!定期)|沒")
NESTED = 0.6  # the share of a row's pairs that the next one repeats, from which on they are nested


class RowChooser:
    """Built once for each library."""

    def __init__(self, rarity: Callable[[str], float], maker: QueryMaker) -> None:
        self._rarity = rarity
        self._maker = maker

    def choose(self, bands: Sequence[Band], asked: Understood, heads: str = "") -> int | None:
        """The row that the question's words describe; None when none stands out, or there is only one. The words of the
        `heads` above the scale name it, no row of it."""
        if len(bands) < 2:
            return None
        scores = [sum(ROWS[name] * value for name, value in row.items()) for row in self.features(bands, asked, heads)]
        most = max(scores)
        share = 1 / sum(math.exp(score - most) for score in scores)
        return scores.index(most) if share >= SURE_ROW else None

    def features(self, bands: Sequence[Band], asked: Understood, heads: str) -> list[dict[str, float]]:
        """The evidence for each row, by name."""
        named = set(grams(heads))
        affirmed, denied = (told - named for told in self._told(asked))
        said = set(asked.query.terms).union(*(form for c in asked.query.concepts for form in c.forms)) - named
        own = [set(grams(band.text)) for band in bands]
        counts = Counter(gram for row in own for gram in row)
        telling = {g: self._rarity(g) * (1 - (n - 1) / (len(bands) - 1)) for g, n in counts.items()}
        whole = sum(telling[g] for g in said if g in telling) or 1.0
        order = sorted(range(len(bands)), key=lambda i: bands[i].high or 0)
        found = []
        for i, band in enumerate(bands):
            place = order.index(i)
            below = own[order[place - 1]] if place else set[str]()
            above = own[order[place + 1]] if place + 1 < len(bands) else set[str]()
            with_it, without = _pieces(band.text)
            mass = self._mass(own[i]) or 1.0
            added, next_added = own[i] - below, above - own[i]
            agreed = sum(telling[g] for g in affirmed & with_it if g in telling)
            agreed += sum(telling[g] for g in denied & without if g in telling)
            found.append(
                {
                    "fit": self._mass(own[i] & said) / math.sqrt(mass) / 4,
                    "agree": agreed / whole,
                    "size": math.sqrt(mass) / 10,
                    "only_low": bool(_ONLY.search(asked.text)) * i / (len(bands) - 1),
                    "negation": float(bool(negations(band.text)) == bool(asked.negations)),
                    "unsaid": float(_nested(below, own[i]) and not added & affirmed),
                    "denied_above": self._mass(next_added & denied) / (self._mass(next_added) or 1.0)
                    if _nested(own[i], above)
                    else 0.0,
                }
            )
        return found

    def _told(self, asked: Understood) -> tuple[set[str], set[str]]:
        """What the question's clauses affirm and what they deny, as pairs of characters; a word's official forms are
        with it, its own characters are surer."""
        sure: dict[bool, set[str]] = {True: set(), False: set()}
        forms: dict[bool, set[str]] = {True: set(), False: set()}
        for clause in filter(None, _CLAUSE.split(asked.text)):
            denies = bool(_DENIES.search(clause))
            sure[denies].update(grams(self._maker.bare(clause)))
            for concept in asked.query.concepts:
                if concept.spoken in clause:
                    forms[denies].update(gram for form in concept.forms for gram in form)
        denied = (forms[True] - sure[False]) | sure[True]
        return (forms[False] | sure[False]) - denied, denied

    def _mass(self, some: Iterable[str]) -> float:
        return sum(map(self._rarity, some))


def _pieces(text: str) -> tuple[set[str], set[str]]:
    """The pairs of a row's pieces that state something, and of those that state its absence."""
    with_it: set[str] = set()
    without: set[str] = set()
    for piece in filter(None, _PIECE.split(text)):
        (without if _WITHOUT.search(piece) else with_it).update(grams(piece))
    return with_it, without


def _nested(lower: set[str], higher: set[str]) -> bool:
    return bool(lower) and len(lower & higher) >= NESTED * len(lower)
