"""The searches that people would take otherwise, over the same passages: for measuring beside ours only.

Each gets what it does best with: the document's title and the headings before the passage's text (without them all find
less); the BM25 peers what hangs below the passage, too. Questions come with their earlier turns, all in our comparing
form.
"""

from __future__ import annotations

import itertools
import logging
import re
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, Protocol

from knowledge.normal import plain
from knowledge.passages import Passage


class Peer(Protocol):
    """A search over passages, built by its class from their texts."""

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The positions and scores of the k best, best first; fewer when fewer share anything."""


def searched(passage: Passage) -> str:
    """What the peers that take whole texts search of a passage."""
    return plain(f"{passage.title}\n{passage.section}\n{passage.text}")


def bigrams(text: str) -> list[str]:
    """Single characters and pairs of neighbours; Latin words and numbers count as one character."""
    tokens = re.findall(r"[a-z]+|\d+(?:\.\d+)?|[\u3400-\u9fff%]", text)
    return tokens + [a + b for a, b in itertools.pairwise(tokens)]


@cache
def jieba_words() -> Callable[[str], list[str]]:
    """jieba's cutter, quiet, with its own cache in a temporary folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has escapes that Python warns about
        import jieba
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = tempfile.gettempdir()
    jieba.initialize()
    return lambda text: [word for word in jieba.lcut(text) if word.strip() and any(c.isalnum() for c in word)]


class Bm25s:
    """bm25s with a tokenizer."""

    def __init__(self, passages: Sequence[Passage], cut: Callable[[str], list[str]]) -> None:
        import bm25s

        self._cut = cut
        vocabulary: dict[str, int] = {}

        @lru_cache(200_000)
        def numbers(line: str) -> list[int]:  # copies share most of their lines
            return [vocabulary.setdefault(token, len(vocabulary)) for token in cut(plain(line))]

        ids = [[n for line in (p.title, *p.path, *p.full.split("\n")) for n in numbers(line)] for p in passages]
        self._vocabulary = vocabulary
        self._index: Any = bm25s.BM25()
        self._index.index((ids, vocabulary), show_progress=False)

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        tokens = list(dict.fromkeys(t for t in self._cut(plain(question)) if t in self._vocabulary))
        if not tokens:
            return []
        places, scores = self._index.retrieve([tokens], k=k, show_progress=False)
        return [(int(p), float(s)) for p, s in zip(places[0], scores[0], strict=True) if s > 0]


class Trigrams:
    """SQLite's FTS5 with its trigram tokenizer; any trigram of the question may match."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='trigram')")
        rows = ((i, searched(p)) for i, p in enumerate(passages))
        self._database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", rows)
        self._database.commit()

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        text = plain(question)
        found = dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2))
        grams = ['"' + gram.replace('"', '""') + '"' for gram in found if "\0" not in gram]
        if not grams:
            return []
        rows = self._database.execute(
            "SELECT rowid, -bm25(passages) FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?",
            (" OR ".join(grams), k),
        )
        return [(int(i), float(score)) for i, score in rows]


class Ratio:
    """rapidfuzz's WRatio over everything."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._texts = [searched(p) for p in passages]

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        from rapidfuzz import fuzz, process

        return [
            (i, score) for _t, score, i in process.extract(plain(question), self._texts, scorer=fuzz.WRatio, limit=k)
        ]


PEERS: dict[str, Callable[[Sequence[Passage]], Peer]] = {
    "bm25s, 1-2-grams": lambda passages: Bm25s(passages, bigrams),
    "bm25s, jieba words": lambda passages: Bm25s(passages, jieba_words()),
    "FTS5 trigram": Trigrams,
    "rapidfuzz WRatio": Ratio,
}
