"""The inverted index: from a question's characters to the passages that may answer it, best first.

BM25 over single characters and pairs, with the fields of a passage weighted: its own words, its heading, its chain, the
headlines below it. Candidates only: which of them answers is the ranker's business. Filters by document are exact and
make the search cheaper, because a document's passages stand side by side.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge import grams
from knowledge.passages import Passage

_NUMBERS = re.compile(r"[\d\s]+")
Ranges = Sequence[tuple[int, int]]

SINGLE = 0.8  # what a single character counts beside a pair
K1, B = 1.1, 0.25
CHUNK = 2000  # passages indexed at a time
TWINS = 3  # passages of one kind among the candidates of a search over everything, when there are many
CROWDED = 20_000  # from this many passages on, grams that stand nearly everywhere are left out of a search
FEW = 3  # up to so many ranges are searched one by one in a crowd
EVERYWHERE = 0.12  # "nearly everywhere": a share of all passages
OWN, HEADING, NEAR, FAR, BELOW, TITLE = 1.0, 1.2, 0.8, 0.4, 0.4, 0.4


@dataclass(frozen=True, slots=True)
class Index:
    """Postings by term: `starts[t]:starts[t+1]` of `places` (ascending passage positions) and `weights`.

    `kin`: a number for each passage, the same for passages that differ in agency, year and numbers only.
    """

    terms: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    kin: npt.NDArray[np.int32]
    size: int

    def candidates(
        self, query: str | Mapping[str, float], k: int = 100, within: Ranges | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The positions and scores of the k best passages for a text, or for several texts with weights.

        `within`: half-open ranges of positions to search; None searches everything. Passages without a common gram are
        never returned, so fewer than k may come back.
        """
        found, boosts = self._query(query)
        if not len(found) or not self.size:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        crowd = self.size >= CROWDED
        if within is None:
            return _best(self._sum(*self._rare(found, boosts)), 0, k, self.kin if crowd else None)
        if not crowd or len(within) > FEW:
            scores = self._sum(*self._rare(found, boosts))
            allowed = np.zeros(self.size, dtype=np.float32)
            for low, high in within:
                allowed[low:high] = 1
            return _best(scores * allowed, 0, k, self.kin if crowd else None)
        parts = [_best(self._scores(found, boosts, low, high), low, k) for low, high in within if high > low]
        if not parts:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        places = np.concatenate([p for p, _ in parts])
        scores = np.concatenate([s for _, s in parts])
        order = np.lexsort((places, -scores))[:k]
        return places[order], scores[order]

    def _query(self, query: str | Mapping[str, float]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The term numbers of a query and what each counts; a gram said twice counts once, the highest weight wins."""
        texts = {query: 1.0} if isinstance(query, str) else query
        folded = grams.fold("\x00".join(t.replace("\x00", " ")[:4096] for t in texts))
        keys, at = grams.placed_keys(folded)
        if not len(keys) or not len(self.terms):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        worth = np.fromiter(texts.values(), dtype=np.float32, count=len(texts))
        worth = worth[np.cumsum(grams.codes(folded) == 0)[at]]
        wanted, inverse = np.unique(keys, return_inverse=True)
        boosts = np.zeros(len(wanted), dtype=np.float32)
        np.maximum.at(boosts, inverse, worth)
        found = np.minimum(np.searchsorted(self.terms, wanted), len(self.terms) - 1)
        known = self.terms[found] == wanted
        return found[known], boosts[known]

    def count(self, gram: str) -> int:
        """How many passages hold this character, pair, word or number; 0 for what is none of these."""
        keys = grams.keys(gram)
        at = int(np.searchsorted(self.terms, keys[-1])) if len(keys) else len(self.terms)
        return int(self.starts[at + 1] - self.starts[at]) if at < len(self.terms) and self.terms[at] == keys[-1] else 0

    def _rare(
        self, found: npt.NDArray[np.int64], boosts: npt.NDArray[np.float32]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The terms worth adding up over everything: in a crowd, those that do not stand nearly everywhere."""
        rare = self.starts[found + 1] - self.starts[found] <= self.size * EVERYWHERE
        return (found[rare], boosts[rare]) if self.size >= CROWDED and rare.sum() >= 4 else (found, boosts)

    def _scores(
        self, found: npt.NDArray[np.int64], boosts: npt.NDArray[np.float32], low: int, high: int
    ) -> npt.NDArray[np.float32]:
        """The scores of the passages from low to high, touching only their postings."""
        scores = np.zeros(high - low, dtype=np.float32)
        for term, boost in zip(found.tolist(), boosts.tolist(), strict=True):
            a, b = int(self.starts[term]), int(self.starts[term + 1])
            a, b = a + np.searchsorted(self.places[a:b], [low, high])
            if b > a:
                np.add.at(scores, self.places[a:b].astype(np.int64) - low, self.weights[a:b] * np.float32(boost))
        return scores

    def _sum(self, found: npt.NDArray[np.int64], boosts: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The scores of all passages, all terms at once."""
        first, lengths = self.starts[found], self.starts[found + 1] - self.starts[found]
        ends = np.cumsum(lengths)
        if not len(ends) or not ends[-1]:
            return np.zeros(self.size, dtype=np.float32)
        at = np.repeat(first - (ends - lengths), lengths) + np.arange(ends[-1])
        worth = self.weights[at] * np.repeat(boosts, lengths)
        return np.bincount(self.places[at], weights=worth, minlength=self.size).astype(np.float32)


def _best(
    scores: npt.NDArray[np.float32], low: int, k: int, kin: npt.NDArray[np.int32] | None = None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The k highest, ties in the paper's order; with `kin`, at most TWINS of each kind of passage.

    Lowers a bar until enough stand above it: copies of one clause tie by the hundred, and sorting all is what costs.
    """
    bar = float(scores.max(initial=0.0)) * 0.7
    while True:
        places = np.flatnonzero(scores >= max(bar, 1e-6))
        kept = places[np.argsort(-scores[places], kind="stable")]
        if kin is not None:
            kept = _few_of_a_kind(kept, kin)
        if len(kept) >= k or bar <= 1e-6:
            return (kept[:k] + low).astype(np.int64), scores[kept[:k]]
        bar = bar * 0.6 if bar > 0.05 else 0.0


def _few_of_a_kind(places: npt.NDArray[np.int64], kin: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    kinds = kin[places]
    order = np.argsort(kinds, kind="stable")
    sorted_kinds = kinds[order]
    begins = np.concatenate([[True], sorted_kinds[1:] != sorted_kinds[:-1]]) if len(order) else np.empty(0, dtype=bool)
    nth = np.arange(len(order)) - np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
    keep = np.zeros(len(order), dtype=bool)
    keep[order] = nth < TWINS
    return places[keep]


def build(passages: Sequence[Passage]) -> Index:
    """The index over these passages, positions as in the sequence."""
    chunks = [_chunk(passages[at : at + CHUNK], at) for at in range(0, len(passages), CHUNK)]
    terms = np.unique(np.concatenate([c.terms for c in chunks])) if chunks else np.empty(0, dtype=np.uint64)
    counts = np.zeros(len(terms), dtype=np.int64)
    for chunk in chunks:
        counts[np.searchsorted(terms, chunk.terms)] += chunk.counts
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    places = np.empty(int(starts[-1]), dtype=np.int32)
    weights = np.empty(int(starts[-1]), dtype=np.float32)
    lengths = np.concatenate([c.lengths for c in chunks]) if chunks else np.empty(0)
    mean = float(lengths.mean()) if len(lengths) else 1.0
    rarity = _rarity(terms, counts, len(passages))
    filled = starts[:-1].copy()
    for chunk in chunks:
        ids = np.searchsorted(terms, chunk.terms)
        run = np.repeat(filled[ids] - np.concatenate([[0], np.cumsum(chunk.counts)[:-1]]), chunk.counts)
        at = run + np.arange(len(chunk.places))
        norm = K1 * (1 - B + B * lengths[chunk.places] / mean)
        places[at] = chunk.places
        weights[at] = np.repeat(rarity[ids], chunk.counts) * chunk.often * (K1 + 1) / (chunk.often + norm)
        filled[ids] += chunk.counts
    kin = np.fromiter((_kind(p) for p in passages), dtype=np.int32, count=len(passages))
    return Index(terms, starts, places, weights, kin, len(passages))


def _kind(passage: Passage) -> int:
    bare = _NUMBERS.sub("", f"{passage.path[-1] if passage.path else ''}\0{passage.text}")
    return zlib.crc32((bare.replace(passage.office, "") if passage.office else bare).encode("utf-8", "replace")) >> 1


def _rarity(terms: npt.NDArray[np.uint64], counts: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.float32]:
    rare = np.log1p((size - counts + 0.5) / (counts + 0.5))
    return (rare * np.where(grams.is_pair(terms), 1.0, SINGLE)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Postings of some passages, sorted by term and place: `counts[t]` of them belong to `terms[t]`."""

    terms: npt.NDArray[np.uint64]
    counts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    often: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.float64]


def _chunk(passages: Sequence[Passage], first: int) -> _Chunk:
    texts: list[str] = []
    owners: list[int] = []
    worths: list[float] = []
    for i, passage in enumerate(passages):
        for text, worth in fields(passage):
            if text:
                texts.append(text)
                owners.append(i)
                worths.append(worth)
    folded = grams.fold("\x00".join(texts))
    found, at = grams.placed_keys(folded)
    part = np.cumsum(grams.codes(folded) == 0)[at] if len(at) else at
    owner = np.asarray(owners, dtype=np.int64)[part]
    counted = np.asarray(worths, dtype=np.float32)[part]
    terms, inverse = np.unique(found, return_inverse=True)
    pairs, where = np.unique(inverse.astype(np.int64) * len(passages) + owner, return_inverse=True)
    often = np.bincount(where, weights=counted, minlength=len(pairs)).astype(np.float32)
    counts = np.bincount(pairs // max(len(passages), 1), minlength=len(terms)).astype(np.int64)
    lengths = np.bincount(owner, weights=counted, minlength=len(passages)).astype(np.float64)
    return _Chunk(terms, counts, pairs % max(len(passages), 1) + first, often, lengths)


def fields(passage: Passage) -> Iterable[tuple[str, float]]:
    """What of a passage is searched, and what each part counts."""
    if passage.kind == "title" and not passage.path and passage.text.split("\n")[0] in passage.title:
        yield passage.text, TITLE  # the document's own name: it answers nothing by itself
        return
    yield passage.title, TITLE
    yield passage.text, OWN
    yield passage.heading, HEADING
    if passage.path:
        yield passage.path[-1], NEAR
        yield "\x01".join(passage.path[:-1]), FAR
    if passage.children and passage.kind not in ("item",):
        yield passage.brief[len(passage.text) :], BELOW
    grades = [b.label for b in passage.bands if len(b.label) == 1]
    if grades:
        yield "\x01".join(f"{label}等" for label in grades), OWN
