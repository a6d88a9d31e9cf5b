"""When to say no: names that no document has, things that plans never state, subjects that are not here.

A refusal is an answer in itself and says what is missing. The evidence: an unknown office or year; words for what plans
do not state (what was really measured, persons, telephone numbers, money); telling words of the question that stand in
no passage; words that only other offices' documents have. It refuses to refuse by likeness alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.lexicon import Lexicon
from knowledge.query import QueryMaker
from knowledge.ranker import Ranked
from knowledge.search import ShelfWords
from knowledge.understand import Understood

FEATURES = ("bias", "score", "covered", "strange", "strange_share", "concepts", "short", "gap", "only_there", "latin")
WEIGHTS = {
    "bias": 0.0, "score": -0.5, "covered": -2.0, "strange": 0.3, "strange_share": 3.0, "concepts": -0.5, "short": 0.0,
    "gap": 0.5, "only_there": 0.5, "latin": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to refuse, why ('unknown_name', 'not_stated', 'not_here', 'off_topic', 'empty'; '' for an answer), what is
    missing, and how strong the evidence is (0 to 1)."""

    refused: bool
    reason: str = ""
    missing: tuple[str, ...] = ()
    strength: float = 0.0
    features: dict[str, float] = field(default_factory=dict)


class Refusal:
    """Built once for each library."""

    def __init__(self, words: ShelfWords, lexicon: Lexicon, maker: QueryMaker) -> None:
        self._words = words
        self._maker = maker
        self._absent = [(group, word) for group, listed in lexicon.absent.items() for word in listed]
        common = {w for listed in lexicon.filler.values() for w in listed}
        self._neutral = frozenset(w[i : i + 2] for w in common for i in range(len(w) - 1))

    def judge(self, asked: Understood, ranked: Sequence[Ranked], elsewhere: Sequence[Ranked]) -> Verdict:
        """The verdict for the best of the ranked passages; `elsewhere` are those of all documents."""
        if asked.named.unknown:
            return Verdict(True, "unknown_name", asked.named.unknown, 1.0)
        if not ranked:
            return Verdict(True, "empty", (), 1.0)
        absent = self._not_stated(asked, ranked[0])
        if absent:
            return Verdict(True, "not_stated", absent, 1.0)
        features = self.features(asked, ranked, elsewhere)
        strength = 1 / (1 + math.exp(-sum(WEIGHTS[k] * v for k, v in features.items())))
        here = features["only_there"] > 0
        return Verdict(strength > 0.5, "not_here" if here else "off_topic", (), strength, features)

    def _not_stated(self, asked: Understood, best: Ranked) -> tuple[str, ...]:
        held = best.passage.text
        return tuple(word for _group, word in self._absent if word in asked.text and word not in held)

    def strange(self, asked: Understood) -> tuple[list[str], int]:
        """The pairs of characters (and Latin words) of the question's subject that no passage has and no list explains,
        and how many there were to look at."""
        bare = self._maker.bare(asked.named.rest)
        for concept in asked.subject.concepts:
            bare = bare.replace(concept.spoken, " ")
        found, looked = [], 0
        for run in re.findall("[\u3400-\u9fff]{2,}|[a-z]{2,}", bare):
            pairs = [run] if run.isascii() else [run[i : i + 2] for i in range(len(run) - 1)]
            for pair in pairs:
                if pair in self._neutral or all(c in self._maker.light for c in pair):
                    continue
                looked += 1
                if not self._words.count(pair):
                    weight = sum(c in self._maker.light for c in pair)
                    if not weight:
                        found.append(pair)
        return found, looked

    def features(self, asked: Understood, ranked: Sequence[Ranked], elsewhere: Sequence[Ranked]) -> dict[str, float]:
        """The evidence, by name."""
        best, there = ranked[0], elsewhere[0] if elsewhere else ranked[0]
        strange, looked = self.strange(asked)
        features = dict.fromkeys(FEATURES, 0.0)
        features["bias"] = 1.0
        features["score"] = best.score
        features["covered"] = best.covered
        features["strange"] = min(len(strange), 8)
        features["strange_share"] = len(strange) / max(looked, 1)
        features["concepts"] = min(len(asked.query.concepts), 4)
        features["short"] = float(looked <= 2)
        features["gap"] = max(0.0, there.score - best.score)
        features["only_there"] = max(0.0, there.covered - best.covered) if there.passage.document != best.passage.document else 0.0
        features["latin"] = float(len(re.findall("[a-z]{2,}", asked.text)) > 3)
        return features
