"""The passages of a library, their index, and one search over them: candidates, then ranking.

A search is always told which documents may answer; without, all of them. It refuses to compare or to answer: it only
ranks. The rarity of a gram comes from the index, so that it is one number for candidates and ranking.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from knowledge import grams as keys
from knowledge.index import Index
from knowledge.kinds import Kinds
from knowledge.passages import Passage
from knowledge.query import Query
from knowledge.ranker import Ranked, Ranker
from knowledge.understand import Understood

CANDIDATES = 80  # the answer is among the first fifty in 95 of 100 questions


class Search:
    """Passages in the order of the index, with their places by document."""

    def __init__(self, passages: Sequence[Passage], index: Index, kinds: Kinds) -> None:
        self.passages = passages
        self.index = index
        self.by_id = {p.id: p for p in passages}
        self._ranges: dict[str, tuple[int, int]] = {}
        for i, passage in enumerate(passages):
            first, _ = self._ranges.get(passage.document, (i, i))
            self._ranges[passage.document] = (first, i + 1)
        self._rarities: dict[str, float] = {}
        self.ranker = Ranker(self.rarity, kinds)

    def rarity(self, gram: str) -> float:
        """How telling a gram is: the logarithm of passages to passages that hold it; 0 when none does."""
        known = self._rarities.get(gram)
        if known is None:
            known = self._rarity(gram)
            if len(self._rarities) < 200_000:
                self._rarities[gram] = known
        return known

    def _rarity(self, gram: str) -> float:
        found = keys.keys(gram)
        if not len(found) or not len(self.index.terms):
            return 0.0
        key = found[-1]
        at = int(np.searchsorted(self.index.terms, key))
        if at >= len(self.index.terms) or self.index.terms[at] != key:
            return 0.0
        count = int(self.index.starts[at + 1] - self.index.starts[at])
        return math.log1p(self.index.size / (count + 0.5))

    def find(self, asked: Understood, documents: Iterable[str] | None = None, limit: int = CANDIDATES) -> list[Ranked]:
        """The ranked candidates of the documents for a question."""
        within = None if documents is None else sorted(self._ranges[d] for d in documents if d in self._ranges)
        places, _scores = self.index.candidates(texts(asked.query), limit, within)
        return self.ranker.rank(asked, [self.passages[int(i)] for i in places])


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
