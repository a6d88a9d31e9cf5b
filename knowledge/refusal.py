"""When to say no: names that no document has, things that plans never state, subjects that are not here.

A refusal is an answer in itself and says what is missing. The evidence: an unknown office or year; words for what plans
do not state (what was really measured, persons, telephone numbers, money); telling words of the question that stand in
no passage; words that only other offices' documents have. It refuses to refuse by likeness alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.lexicon import Lexicon
from knowledge.normal import squash
from knowledge.query import QueryMaker
from knowledge.ranker import Ranked, alike
from knowledge.search import ShelfWords
from knowledge.understand import Understood
from knowledge.weights import AWAY, ELSEWHERE, OFF, OFF_TOPIC, STRANGE

_STATED = {  # what a passage shows when it states such a thing after all
    "money": re.compile(r"[\d一二三四五六七八九十百千萬]\s*(?:元|圓|萬)|[＄$]\s*\d"),
    "leave": re.compile(r"[\d一二三四五六七八九十]\s*(?:天|日|小時)"),
    "contact": re.compile(r"\d{2,4}[-)]\s*\d{3,}|\d\s*[點:：]\s*\d{0,2}|@|樓"),
    "chat": re.compile(r"(?!)"),
}


_HOW_MANY = re.compile(
    r"(?<![哪這那好])(?:幾|多少)個?(份|天|日|層|坪|分鐘|小時|鐘頭|公里|公尺|元|歲|樓|戶|倍|學分|公斤|支(?!援|持)|台|年|輛|間|隻|公升|瓦|度)"
)
_HAPPENED = re.compile(  # what came of it, who won: a plan says what is to be done
    "(?:最後|最終|實際上?|後來|結果|去年|今年)[有是]?(?:誰|哪|幾|多少).{0,8}?(?:得到|拿到|得了|拿了|得獎|獲獎|入圍|當選|中選|上榜|獲得)"
)
_ARITHMETIC = re.compile(r"\d+(?:乘以?|加上?|減掉?|除以|[*x×+/÷])\d+")
_SHARE = re.compile("[佔占]幾分|[佔占]多少分?|配分|滿分|幾分|多少分|級距")
_POINTED = re.compile(r"\d+\s*分(?!鐘|之|機)|[優甲乙丙]\s*=|以上")
_SAME_UNIT = {  # the units in which a document may state what is asked for in another
    "天": "天|日|週|周|月",
    "日": "天|日|週|周|月",
    "分鐘": "分鐘|秒",
    "小時": "小時|鐘頭",
    "鐘頭": "小時|鐘頭",
    "年": r"(?<!\d\d\d)年(?!度|\s*\d)|月(?!\s*\d)",
    "台": "台|部|輛",
    "輛": "台|部|輛",
    "元": "元|圓|萬",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to refuse, why ('unknown_name', 'not_stated', 'not_here', 'off_topic', 'empty'; '' for an answer), what
    is missing, and how strong the evidence is (0 to 1)."""

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
        self._english = frozenset(
            w for e in lexicon.entries for spoken in e.spoken if spoken.isascii() for w in spoken.split()
        )
        self._domain = lexicon.filler["domain"]
        self._greetings = re.compile(
            "|".join(map(re.escape, sorted(lexicon.filler["greeting"], key=len, reverse=True)))
        )
        common = {w for name, listed in lexicon.filler.items() if name != "domain" for w in listed}
        self._neutral = frozenset(w[i : i + 2] for w in common for i in range(len(w) - 1))

    def judge(self, asked: Understood, ranked: Sequence[Ranked], elsewhere: Sequence[Ranked]) -> Verdict:
        """The verdict for the best of the ranked passages; `elsewhere` are those of all documents."""
        if asked.named.unknown:
            return Verdict(True, "unknown_name", asked.named.unknown, 1.0)
        if not ranked or self._only_polite(asked):
            return Verdict(True, "empty", (), 1.0)
        absent = self._not_stated(asked, ranked[:3]) or tuple(
            _ARITHMETIC.findall(asked.text) or _HAPPENED.findall(asked.text)
        )
        if absent:
            return Verdict(True, "not_stated", absent, 1.0)
        if asked.named.any and len(asked.named.documents) == 1 and elsewhere:
            named = self._named_elsewhere(asked)
            if named:
                return Verdict(True, "not_here", named, 1.0)
            if self._no_points(asked, ranked, elsewhere):
                return Verdict(True, "not_here", (), 1.0)
            away = self.away(asked, ranked, elsewhere[0])
            strength = _strength(ELSEWHERE, away)
            if strength > AWAY:
                return Verdict(True, "not_here", (), strength, away)
        topic = self.topic(asked, ranked[0])
        strength = _strength(OFF_TOPIC, topic)
        if self._verbatim(asked, ranked[0]) or _spoken_of(asked):
            strength = min(strength, 0.2)
        needed = OFF if topic["domain"] or topic["named"] else STRANGE
        return Verdict(strength > needed, "off_topic" if strength > needed else "", (), strength, topic)

    def _only_polite(self, asked: Understood) -> bool:
        """True for a greeting, or for words that carry no subject."""
        if asked.following or asked.named.any:
            return False
        rest = self._greetings.sub(" ", self._maker.bare(asked.text))
        return not any(c.isalnum() and c not in self._maker.light for c in rest)

    def _verbatim(self, asked: Understood, best: Ranked) -> bool:
        """True when what is left of the question stands in the passage as it is."""
        rest = re.sub(r"\W+", "", self._maker.bare(asked.named.rest))
        return len(rest) >= 3 and rest in squash(best.passage.section + best.passage.text).lower()

    def _not_stated(self, asked: Understood, best: Sequence[Ranked]) -> tuple[str, ...]:
        held = "\n".join(r.passage.section + r.passage.full for r in best)
        return self._units_missing(asked, held) or tuple(
            word
            for group, word in self._absent
            if _says(asked.text, word) and word not in held and not (group in _STATED and _STATED[group].search(held))
        )

    @staticmethod
    def _units_missing(asked: Understood, held: str) -> tuple[str, ...]:
        """What a question wants counted in a unit that no number of the passages has: 幾坪, 幾份, 幾層."""
        found = _HOW_MANY.search(asked.text)
        if found is None or (found.group(1) == "份" and asked.kinds & {"points", "grade"}):
            return ()
        if found.group(1) == "支" and "reward" in asked.kinds:
            return ()
        units = _SAME_UNIT.get(found.group(1), found.group(1))
        stated = re.search(rf"[\d一二三四五六七八九十百]\s*個?(?:{units})", held)
        return () if stated else (found.group(),)

    def _named_elsewhere(self, asked: Understood) -> tuple[str, ...]:
        """Latin names and quoted words that other documents have and the named one has nowhere."""
        said = [w for w in re.findall(r"[a-z]{3,}", asked.named.rest) if w not in self._english]
        said += re.findall(r"「([^「」]{4,20})」", asked.named.rest)
        documents = asked.named.documents
        return tuple(w for w in said if self._words.mentions(w, None) and not self._words.mentions(w, documents))

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

    def away(self, asked: Understood, ranked: Sequence[Ranked], there: Ranked) -> dict[str, float]:
        """The evidence that another office's document answers this, and the named one does not."""
        return {
            "bias": 1.0,
            "gap": max(0.0, there.score - ranked[0].score),
            "absent": self._absent_share(asked),
            "kind_gap": float(self._kind_gap(asked, ranked, there)),
            "score": ranked[0].score,
            "unlike": self._unlike(asked, ranked, there),
            "ratio": max(0.0, there.matched - max(r.matched for r in ranked[:10]))
            / max(there.matched + there.unmatched, 1.0),
        }

    def topic(self, asked: Understood, best: Ranked) -> dict[str, float]:
        """The evidence that no document speaks of this."""
        strange, looked = self.strange(asked)
        odd = 5.0 * len(strange)
        share = best.matched / (best.matched + best.unmatched + odd) if best.matched else 0.0
        return {
            "bias": 1.0,
            "matched": min(best.matched, 40.0) / 10,
            "share": share,
            "strange": min(odd, 40.0) / 10,
            "unmatched": min(best.unmatched, 40.0) / 10,
            "single": best.features["single"],
            "text": best.features.get("text_covered", 0.0),
            "head": best.features.get("head_covered", 0.0),
            "run": best.features["best_run"],
            "no_kind": float(not asked.kinds),
            "concepts": min(len(asked.query.concepts), 4),
            "following": float(asked.following),
            "points": best.features.get("scored", 0.0),
            "clean": float(not strange and share > 0.75 and best.matched > 6),
            "known": min(looked - len(strange), 8) / 8,
            "odd_share": len(strange) / max(looked, 1),
            "domain": min(len({w for w in self._domain if w in asked.text}), 3) / 3,
            "named": float(asked.named.any),
        }

    def _absent_share(self, asked: Understood) -> float:
        """The share of the question's telling words that other documents have and the named ones never."""
        if not asked.named.any or len(asked.named.documents) != 1:
            return 0.0
        total = away = 0.0
        for term, weight in asked.query.terms.items():
            mass = weight * self._words.rarity(term)
            total += mass
            if mass and not self._words.stands_in(term, asked.named.documents):
                away += mass
        for concept in asked.query.concepts:
            forms = [f for f in concept.forms if all(map(self._words.count, f))]
            if forms and not any(all(self._words.stands_in(g, asked.named.documents) for g in f) for f in forms):
                away += 6.0 * concept.weight
                total += 6.0 * concept.weight
        return away / total if total else 0.0

    @staticmethod
    def _unlike(asked: Understood, ranked: Sequence[Ranked], there: Ranked) -> float:
        """How unlike the other document's scored item all the best of the named one are, when points are asked for."""
        pointed = there.passage.points is not None or bool(there.passage.bands)
        if "points" not in asked.kinds or not pointed or there.passage.document == ranked[0].passage.document:
            return 0.0
        return 1.0 - max(alike(there.passage, r.passage) for r in ranked[:5])

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

    @staticmethod
    def _kind_gap(asked: Understood, ranked: Sequence[Ranked], there: Ranked) -> bool:
        """True when points or times are asked for, other documents give them, and none of the named one's best does."""
        if "points" in asked.kinds:
            pointed = [r.passage.points is not None or bool(r.passage.bands) for r in ranked[:3]]
            return not any(pointed) and (there.passage.points is not None or bool(there.passage.bands))
        return (
            "times" in asked.kinds
            and bool(there.features.get("has_times"))
            and not any(r.features.get("has_times") for r in ranked[:3])
        )


def _spoken_of(asked: Understood) -> bool:
    """True when the question has two words of three characters or more that the lexicon knows from this field, or one
    of five."""
    lengths = [len(c.spoken) for c in asked.subject.concepts if not c.spoken.isascii()]
    return sum(n >= 3 for n in lengths) >= 2 or max(lengths, default=0) >= 5


def _says(text: str, word: str) -> bool:
    """True when the word stands in the text; 哪幾塊 and 這幾塊 are parts, not 幾塊 of money."""
    return word in text and (word[0] != "幾" or bool(re.search("(?<![哪這那好分成])" + re.escape(word), text)))


def _strength(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[k] * v for k, v in features.items())))))
