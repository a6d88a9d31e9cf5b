"""One search over a shelf: candidates from the index, then ranking; and what the shelf tells of its words.

A search is always told which documents may answer; without, all of them. It refuses to compare or to answer: it only
ranks. The rarity of a gram comes from the index, so that it is one number for candidates and ranking.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from knowledge import grams as keys
from knowledge.kinds import Kinds
from knowledge.normal import plain
from knowledge.passages import Passage
from knowledge.query import Query, grams
from knowledge.ranker import Ranked, Ranker
from knowledge.shelf import Shelf
from knowledge.understand import Understood

MOST_TERMS = 400_000  # grams whose counts are kept in a dictionary
MOST_LOOKED = 2_000  # passages of a document that are looked through for points
_POINTS = re.compile(r"\d\s*分(?![鐘之機])|\d\s*%|[配得加給扣總]分")
CANDIDATES = 24  # the first places of the index hold what can answer; more changed no answer


class ShelfWords:
    """What a shelf tells of its words (knowledge.understand.Words)."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._index = shelf.index
        terms, starts = self._index.terms, self._index.starts
        self._counts: dict[int, int] | None = None
        if len(terms) <= MOST_TERMS:
            self._counts = dict(zip(terms.tolist(), np.diff(starts).tolist(), strict=True))
        self._rarities: dict[str, float] = {}
        self.mentions = lru_cache(maxsize=4_000)(self._find)
        self.pointed = lru_cache(maxsize=1_000)(self._carries_points)

    def count(self, gram: str) -> int:
        """In how many passages a gram (a pair of characters, a word, a number) stands."""
        if self._counts is not None and gram.isalpha() and not gram.isascii():
            if len(gram) == 2:
                return self._counts.get(ord(gram[0]) << 21 | ord(gram[1]), 0)
            if len(gram) == 1:
                return self._counts.get(ord(gram), 0)
        return self._look_up(gram)

    def _look_up(self, gram: str) -> int:
        found = keys.keys(gram)
        terms = self._index.terms
        if not len(found) or not len(terms):
            return 0
        at = int(np.searchsorted(terms, found[-1]))
        if at >= len(terms) or terms[at] != found[-1]:
            return 0
        return int(self._index.starts[at + 1] - self._index.starts[at])

    def rarity(self, gram: str) -> float:
        """How telling a gram is: the logarithm of passages to passages that hold it; 0 when none does."""
        known = self._rarities.get(gram)
        if known is None:
            count = self.count(gram)
            known = math.log1p(self._index.size / (count + 0.5)) if count else 0.0
            if len(self._rarities) < MOST_TERMS:
                self._rarities[gram] = known
        return known

    def titles(self) -> frozenset[str]:
        """The pairs of characters of the documents' titles and offices: what the shelf is about."""
        return frozenset(g for head in self._shelf.documents for g in (*grams(head.title), *grams(head.office)))

    def around(self, passage: Passage) -> str:
        """What would be shown of a passage: its branch, its item or its neighbours, when they are short."""
        return self._shelf.around(passage)

    def _find(self, text: str, documents: tuple[str, ...] | None) -> bool:
        within = None if documents is None else self._shelf.ranges(documents)
        places, _scores = self._index.candidates(text, 40, within)
        wanted = re.sub(r"\s+", "", plain(text))
        return any(
            wanted
            in re.sub(
                r"\s+", "", plain(self._shelf.passages[int(i)].section + "\n" + self._shelf.passages[int(i)].text)
            )
            for i in places
        )

    def _carries_points(self, documents: tuple[str, ...]) -> bool:
        """True when anything in these documents is worth points, a percentage or a grade (or they are too long to
        look through)."""
        ranges = self._shelf.ranges(documents)
        if sum(high - low for low, high in ranges) > MOST_LOOKED:
            return True
        passages = (self._shelf.passages[i] for low, high in ranges for i in range(low, high))
        return any(p.points is not None or p.bands or _POINTS.search(p.text) for p in passages)

    def characters(self) -> Mapping[str, int]:
        """All Chinese characters of the shelf with the number of passages they stand in."""
        terms, starts = self._index.terms, self._index.starts
        chosen = np.flatnonzero((terms >= 0x3400) & (terms <= 0x9FFF))
        return {chr(int(terms[i])): int(starts[i + 1] - starts[i]) for i in chosen}


class Search:
    """Ranked passages of a shelf for an understood question."""

    def __init__(self, shelf: Shelf, words: ShelfWords, kinds: Kinds) -> None:
        self.shelf = shelf
        self.words = words
        self.ranker = Ranker(words.rarity, kinds)

    def find(self, asked: Understood, documents: Sequence[str] | None = None, limit: int = CANDIDATES) -> list[Ranked]:
        """The ranked candidates of the documents (None: of all) for a question."""
        within = None
        if documents is not None and len(documents) < len(self.shelf.documents):
            within = self.shelf.ranges(documents)
        places, scores = self.shelf.index.candidates(texts(asked.query), limit, within)
        return self.ranker.rank(asked, [self.passage(int(i)) for i in places], scores.tolist())

    def passage(self, position: int) -> Passage:
        """The passage at a position of the shelf."""
        return self.shelf.passages[position]


def texts(query: Query) -> dict[str, float]:
    """A query as weighted texts for the index."""
    found = dict(query.terms)
    for character in query.characters:
        found.setdefault(character, 0.6)
    for concept in query.concepts:
        for n, form in enumerate(concept.forms):
            weight = concept.weight * (0.7 if n else 0.9)
            for gram in form:
                found[gram] = max(found.get(gram, 0.0), weight)
    return found
