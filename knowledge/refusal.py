"""When to say no: names that no document has, details that no clause states, subjects that are not here.

A refusal is an answer in itself and says what is missing. Some grounds are enough by themselves: an unknown office or
year, an attempt on the machine, a sum, a detail that the clause does not state, points asked of a document that has
none. All else is evidence (doubt.py), weighed together. It refuses to refuse by likeness alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.doubt import Doubt
from knowledge.lexicon import Lexicon
from knowledge.normal import squash
from knowledge.query import QueryMaker
from knowledge.ranker import Ranked
from knowledge.search import ShelfWords
from knowledge.understand import Understood
from knowledge.weights import DOUBT, DOUBTFUL

_HAN = re.compile("[\u3400-\u9fff]{2}")
_ARITHMETIC = re.compile(r"\d+(?:乘以?|加上?|減掉?|除以|[*x×+/÷])\d+")
_SHARE = re.compile("[佔占]幾分|[佔占]多少分?|配分|滿分|幾分|多少分|級距")
_POINTED = re.compile(r"\d+\s*分(?!鐘|之|機)|[優甲乙丙]\s*=|以上")
_LITTLE = 0.2  # the most doubt about a question whose words stand in the passage as they are


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to refuse, why ('unknown_name', 'not_stated', 'not_here', 'off_topic', 'empty'; '' for an answer), what
    is missing, how strong the evidence is (0 to 1), and the evidence."""

    refused: bool
    reason: str = ""
    missing: tuple[str, ...] = ()
    strength: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)


class Refusal:
    """Built once for each library."""

    def __init__(self, words: ShelfWords, lexicon: Lexicon, maker: QueryMaker) -> None:
        self._words = words
        self._maker = maker
        self.doubt = Doubt(words, lexicon, maker)
        self._attacks = re.compile("|".join(lexicon.attacks))
        self._greetings = re.compile(
            "|".join(map(re.escape, sorted(lexicon.filler["greeting"], key=len, reverse=True)))
        )

    def judge(self, asked: Understood, ranked: Sequence[Ranked], elsewhere: Sequence[Ranked]) -> Verdict:
        """The verdict for the best of the ranked passages; `elsewhere` are those of all documents."""
        if asked.named.unknown:
            return Verdict(True, "unknown_name", asked.named.unknown, 1.0)
        if self._only_polite(asked):
            return Verdict(True, "empty", (), 1.0)
        if not ranked:
            return Verdict(True, "off_topic" if _HAN.search(asked.text) else "empty", (), 1.0)
        if self._attacked(asked, ranked) or _ARITHMETIC.search(asked.text):
            return Verdict(True, "off_topic", (), 1.0)
        narrowed = asked.named.any and len(asked.named.documents) == 1 and bool(elsewhere)
        if narrowed:
            named = self._named_elsewhere(asked)
            if named or self._no_points(asked, ranked, elsewhere):
                return Verdict(True, "not_here", named, 1.0)
        missing = self.doubt.missing(asked, ranked)
        if missing:
            return Verdict(True, "not_stated", missing, 1.0)
        features = self.doubt.features(asked, ranked, elsewhere if narrowed else ())
        strength = _strength(features)
        if self._verbatim(asked, ranked[0]):
            strength = min(strength, _LITTLE)
        if strength <= DOUBTFUL:
            return Verdict(False, "", (), strength, features)
        return Verdict(True, "not_here" if features["away_gap"] else "off_topic", (), strength, features)

    def _only_polite(self, asked: Understood) -> bool:
        """True for a greeting, or for words that carry no subject and lean on nothing."""
        rest = self._greetings.sub(" ", self._maker.bare(asked.text))
        if any(c.isalnum() and c not in self._maker.light for c in rest):
            return False
        return not asked.following or bool(self._greetings.search(asked.text))

    def _attacked(self, asked: Understood, best: Sequence[Ranked]) -> bool:
        """True when the machine itself is aimed at, with words that the best passages do not have."""
        said = [found.group() for found in self._attacks.finditer(asked.typed)]
        return bool(said) and not any(w in squash(r.passage.full).lower() for w in said for r in best[:3])

    def _verbatim(self, asked: Understood, best: Ranked) -> bool:
        """True when what is left of the question stands in the passage as it is."""
        rest = re.sub(r"\W+", "", self._maker.bare(asked.named.rest))
        return len(rest) >= 3 and rest in squash(best.passage.section + best.passage.text).lower()

    def _named_elsewhere(self, asked: Understood) -> tuple[str, ...]:
        """Latin names and quoted words that other documents have and the named one has nowhere."""
        said = [w for w in re.findall(r"[a-z]{3,}", asked.named.rest) if w not in self._maker.english]
        said += re.findall(r"「([^「」]{4,20})」", asked.named.rest)
        documents = asked.named.documents
        return tuple(w for w in said if self._words.mentions(w, None) and not self._words.mentions(w, documents))

    def _no_points(self, asked: Understood, ranked: Sequence[Ranked], elsewhere: Sequence[Ranked]) -> bool:
        """True when a share of the points is asked for, another document gives it, and the named one carries no points
        at all, or none near while the other document's is the better answer."""
        if not _SHARE.search(asked.text) or not any(
            r.passage.bands or r.passage.points for r in elsewhere if r.passage.document not in asked.named.documents
        ):
            return False
        if not self._words.pointed(asked.named.documents):
            return True
        there = elsewhere[0].passage
        if there.document in asked.named.documents or not (there.bands or there.points):
            return False
        return not any(
            r.passage.points is not None or r.passage.bands or _POINTED.search(r.passage.full) for r in ranked[:8]
        )


def _strength(features: Mapping[str, float]) -> float:
    total = sum(weight * features[name] for name, weight in DOUBT.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
