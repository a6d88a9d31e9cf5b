"""The evidence that no document answers a question, each piece a number that weights.py gives a worth.

Words of it that stand nowhere, details that the best passages do not state, words of everyday life, a better answer in
another office's document; and against it: the score, names, words of this field. It refuses to decide (refusal.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.details import ASKING, Details, counted, units
from knowledge.lexicon import Lexicon
from knowledge.normal import squash
from knowledge.query import QueryMaker, grams, whole
from knowledge.ranker import GRADES, Ranked, alike
from knowledge.search import ShelfWords
from knowledge.understand import Understood

UNKNOWN = 5.0  # the rarity of a word that no passage has
BEFORE, AFTER = 6, 4  # characters around an asking word that say what it asks for
_STOP = re.compile(r"[,，。;；!！?？、\s]")
_COUNTING = frozenset("一二三四五六七八九十百半年月日次分秒聲響件")
_SHARP = {  # what a passage shows that names the very day, number or reward
    "date": re.compile(
        r"月\d+日|月底|年底|月初|月內|日前|日內|天內|前一?日|[一二三四五六七八九十]+月|\d[月次]|次年|每月|每季|上、?下半"
    ),
    "times": re.compile(
        r"\d次|每[\d半一]*個?[月年季週日]|至少|[\d半一二三四五六七八九十]+(?:分鐘|小時|日內|天|個月|年[^度]|週|次)|定期"
    ),
    "reward": re.compile("嘉獎|[大小]功|獎金|獎狀|獎牌|敘獎|獎懲|獎勵"),
}


class Doubt:
    """Built once for each library."""

    def __init__(self, words: ShelfWords, lexicon: Lexicon, maker: QueryMaker) -> None:
        self._words = words
        self._maker = maker
        self._details = Details(lexicon.details)
        self._domain = lexicon.filler["domain"]
        self._titles = words.titles()
        self._life: dict[str, list[str]] = {}
        for word in lexicon.life:
            self._life.setdefault(word[0], []).append(word)
        common = {w for name, listed in lexicon.filler.items() if name != "domain" for w in listed}
        self._neutral = frozenset(w[i : i + 2] for w in common for i in range(len(w) - 1))

    def missing(self, asked: Understood, ranked: Sequence[Ranked]) -> tuple[str, ...]:
        """What to call the details that a question wants, as it was typed, and none of the three best passages
        states."""
        scoring = "points" in asked.kinds
        wanted = self._details.asked(asked.typed, scoring)
        counts = [u for u in units(asked.typed, scoring) if not _usual(u[0], asked)]
        if not wanted and not counts:
            return ()
        held = squash("\n".join(r.passage.section + "\n" + self._words.around(r.passage) for r in ranked[:3])).lower()
        found = [w.label for w in wanted if not self._details.stated(w, held)]
        found += [f"「{words}」" for words, pattern in counts if not counted(pattern, held)]
        return tuple(dict.fromkeys(found))

    def features(self, asked: Understood, ranked: Sequence[Ranked], elsewhere: Sequence[Ranked]) -> dict[str, float]:
        """Every piece of evidence by name. `elsewhere`: the best passages of all documents, when one was named."""
        best = ranked[0]
        strange, looked = self._strange(asked)
        there = elsewhere[0] if elsewhere else best
        score = min(best.score, 14.0) / 10
        domain = sum(w in asked.text for w in self._domain) or float(not self._titles.isdisjoint(asked.subject.terms))
        return {
            "bias": 1.0,
            "foreign": float(not (domain or asked.named.any or asked.following)),
            "life": min(self._of_life(asked.text), 3) / 3,
            "odd_share": strange / max(looked, 1),
            "strange_high": min(strange, 8) / 2 * score,
            "figure": self._figure(asked, best),
            "known": min(looked - strange, 8) / 8,
            "unmatched": min(best.unmatched, 40.0) / 10,
            "text": best.features.get("text_covered", 0.0),
            "score": score,
            "points": best.features.get("scored", 0.0),
            "concepts": min(len(asked.query.concepts), 4),
            "fluent": float(_fluent(asked)),
            "domain": min(domain, 3) / 3,
            "named": float(asked.named.any),
            "following": float(asked.following),
            "long": min(len(asked.named.rest), 60) / 60,
            "focus": self._focus(asked, best),
            "sharp": float(any(k in asked.kinds for k in _SHARP)),
            "sharp_missing": float(self._sharp_missing(asked, best)),
            "away_gap": max(0.0, there.score - best.score),
            "away_unlike": _unlike(asked, ranked, there),
        }

    def _figure(self, asked: Understood, best: Ranked) -> float:
        """Whether the best passage has the number that was named, a band for it, or a number of its unit."""
        stated = max(best.features.get("figure", 0.0), best.features.get("band", 0.0))
        units = [q.unit for q in asked.quantities if q.unit not in ("", "分")]
        if stated or not units:
            return stated
        text = squash(self._words.around(best.passage))
        return float(any(counted(re.escape(unit), text) for unit in units))

    def _of_life(self, text: str) -> int:
        """How many words of everyday life a question has that no document of the shelf has."""
        found = {
            w for i, c in enumerate(text) for w in self._life.get(c, ()) if text.startswith(w, i) and whole(text, i, w)
        }
        return sum(not self._words.mentions(w, None) for w in found)

    def _strange(self, asked: Understood) -> tuple[int, int]:
        """How many pairs of characters (and Latin words) of the subject no passage has and no list explains, and how
        many there were to look at."""
        strange = looked = 0
        for pair in self._maker.pairs(GRADES.sub(" ", asked.named.rest), asked.subject.concepts):
            light = [c in self._maker.light or c in _COUNTING for c in pair]
            if pair not in self._neutral and not all(light):
                looked += 1
                strange += not any(light) and not self._words.count(pair)
        return strange, looked

    def _focus(self, asked: Understood, best: Ranked) -> float:
        """The share of the words around the last asking word that the best passage does not hold."""
        found = list(ASKING.finditer(asked.named.rest))
        if not found:
            return 0.0
        asking = found[-1]
        before = _STOP.split(asked.named.rest[: asking.start()])[-1][-BEFORE:]
        after = _STOP.split(asked.named.rest[asking.end() :])[0][:AFTER]
        bare = self._maker.bare(f"{before} {after}")
        held = frozenset(grams(best.passage.section + "\n" + self._words.around(best.passage)))
        for concept in asked.query.concepts:
            if concept.spoken in bare and any(held.issuperset(form) for form in concept.forms):
                bare = bare.replace(concept.spoken, " ")
        total = missed = 0.0
        for gram in grams(bare):
            if gram in self._neutral or any(c in self._maker.light for c in gram):
                continue
            weight = self._words.rarity(gram) or UNKNOWN
            total += weight
            missed += weight * (gram not in held)
        return missed / (total + 3.0)

    def _sharp_missing(self, asked: Understood, best: Ranked) -> bool:
        kinds = [k for k in _SHARP if k in asked.kinds]
        if not kinds:
            return False
        text = squash(self._words.around(best.passage))
        return any(not _SHARP[k].search(text) for k in kinds)


def _usual(words: str, asked: Understood) -> bool:
    """True for 幾支 of merits: that is how people count them."""
    return words[-1] == "支" and "reward" in asked.kinds


def _fluent(asked: Understood) -> bool:
    """True when the question has two words of three characters or more that the lexicon knows from this field, or one
    of five."""
    lengths = [len(c.spoken) for c in asked.subject.concepts if not c.spoken.isascii()]
    return sum(n >= 3 for n in lengths) >= 2 or max(lengths, default=0) >= 5


def _unlike(asked: Understood, ranked: Sequence[Ranked], there: Ranked) -> float:
    """How unlike the other document's scored item all the best of the named one are, when points are asked for."""
    pointed = there.passage.points is not None or bool(there.passage.bands)
    if "points" not in asked.kinds or not pointed or there.passage.document == ranked[0].passage.document:
        return 0.0
    return 1.0 - max(alike(there.passage, r.passage) for r in ranked[:5])
