"""Which of the candidates answers the question: words, concepts, headings, numbers, kind of answer, negation, likeness.

Works on the first hundred of the index only (rapidfuzz ranks badly over everything, and well where a typing error is
left). The weights were fitted on the project's own labelled questions (bench/fit.py); each feature is a share between
0 and 1, so a weight says what it is worth. It refuses to choose between offices: that is the library's business.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.kinds import Kinds, negations
from knowledge.numbers import Quantity
from knowledge.passages import Band, Passage
from knowledge.query import Query, grams
from knowledge.normal import plain
from knowledge.understand import Understood

Rarity = Callable[[str], float]

FEATURES = (
    "own", "heading", "near", "far", "below", "concept", "concept_head", "single", "head_covered", "text_covered",
    "kind", "kind_missing", "figure", "band", "negation", "fuzzy", "length", "is_heading", "is_title", "is_form", "is_option",
    "is_item", "list_parent", "best_run", "subject", "points",
)  # fmt: skip
WEIGHTS: Mapping[str, float] = {
    "own": 3.87, "heading": 0.85, "near": 2.41, "far": 1.91, "below": 1.53, "concept": 4.43, "concept_head": 0.51, "single": 3.66,
    "head_covered": 2.23, "text_covered": 2.34, "kind": 1.57, "kind_missing": -0.85, "figure": 1.55, "band": 1.56, "negation": 0.82, "fuzzy": 0.0,
    "length": 0.46, "is_heading": -1.41, "is_title": -1.4, "is_form": -0.86, "is_option": -0.59, "is_item": 0.03, "list_parent": 0.92, "best_run": 0.74,
    "subject": 1.06, "points": 1.57,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """What the ranking needs of a passage, made once."""

    own: frozenset[str]
    heading: frozenset[str]
    near: frozenset[str]
    far: frozenset[str]
    below: frozenset[str]
    characters: frozenset[str]
    joined: str
    squashed: str
    negations: int
    size: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score and what it was made of; `covered`: the share of the question's weight that it holds."""

    passage: Passage
    score: float
    covered: float
    features: Mapping[str, float]


def face(passage: Passage) -> Face:
    """The searched faces of one passage."""
    own = grams(passage.text)
    chain = passage.path
    return Face(
        frozenset(own),
        frozenset(grams(passage.heading)),
        frozenset(grams(chain[-1])) if chain else frozenset(),
        frozenset(g for heading in chain[:-1] for g in grams(heading)),
        frozenset(grams(passage.full[len(passage.text) :])) if passage.children and passage.kind != "item" else frozenset(),
        frozenset(c for c in passage.text + passage.heading if "\u3400" <= c <= "\u9fff"),
        " ".join(own[:120]),
        re.sub(r"\s+", "", plain(passage.text)),
        negations(passage.text[:200]),
        len(passage.text),
    )


class Ranker:
    """Ranks candidates for one library. `rarity` gives the weight of a gram (0 when no passage has it)."""

    def __init__(self, rarity: Rarity, kinds: Kinds, weights: Mapping[str, float] = WEIGHTS) -> None:
        self._rarity = rarity
        self._kinds = kinds
        self.weights = dict(weights)
        self._face = lru_cache(maxsize=20_000)(face)
        self._unknown = max(rarity("\x00"), 4.0)

    def rank(self, asked: Understood, candidates: Sequence[Passage]) -> list[Ranked]:
        """The candidates, best first."""
        looked = _Looked(asked, self._rarity)
        ranked = [self._one(looked, passage) for passage in candidates]
        return sorted(ranked, key=lambda r: (-r.score, r.passage.document, r.passage.order))

    def _one(self, looked: _Looked, passage: Passage) -> Ranked:
        features = self.features(looked, passage)
        score = sum(self.weights[name] * value for name, value in features.items())
        return Ranked(passage, score, features["_covered"] if "_covered" in features else looked.covered(self._face(passage)), features)

    def features(self, looked: _Looked, passage: Passage) -> dict[str, float]:
        """Every feature of a passage for a question, by name."""
        own = self._face(passage)
        found = looked.shares(own)
        asked = looked.asked
        shown = self._kinds.shown(own.squashed)
        found["kind"], found["kind_missing"] = _kind(asked.kinds, shown)
        found["figure"] = _figure(asked.quantities, own)
        found["band"] = 1.0 if passage.bands and choose_band(passage.bands, asked.quantities) is not None else 0.0
        found["negation"] = 1.0 if bool(asked.negations) == bool(own.negations) else 0.0
        found["fuzzy"] = fuzz.token_set_ratio(looked.joined, own.joined) / 100 if looked.joined and own.joined else 0.0
        found["length"] = math.log1p(own.size) / 4
        kind = passage.kind
        for name in ("heading", "title", "form", "option", "item"):
            found["is_" + name] = float(kind == name)
        found["list_parent"] = float("list" in asked.kinds and bool(passage.children))
        found["points"] = float("points" in asked.kinds and (passage.points is not None or bool(passage.bands)))
        return found


class _Looked:
    """A question with the rarity of its words looked up once."""

    def __init__(self, asked: Understood, rarity: Rarity) -> None:
        self.asked = asked
        query = asked.query
        self.terms = [(t, w * rarity(t)) for t, w in query.terms.items() if rarity(t) > 0]
        self.mass = sum(w for _t, w in self.terms) or 1.0
        self.subject = [(t, w * rarity(t)) for t, w in asked.subject.terms.items() if rarity(t) > 0]
        self.subject_mass = sum(w for _t, w in self.subject) or 1.0
        self.concepts = [c for c in (_concept(c.forms, c.weight, rarity) for c in query.concepts) if c]
        self.concept_mass = sum(w for w, _f in self.concepts) or 1.0
        self.characters = [(c, rarity(c)) for c in query.characters if rarity(c) > 0]
        self.character_mass = sum(w for _c, w in self.characters) or 1.0
        self.joined = " ".join(t for t, _w in self.terms)
        self.everything = {t for t, _w in self.terms} | {g for _w, forms in self.concepts for form, _m in forms for g, _r in form}
        self.rarity = rarity

    def shares(self, own: Face) -> dict[str, float]:
        """How much of the question each part of a passage holds, and how much of the passage the question names."""
        mass = self.mass
        found = {
            "own": sum(w for t, w in self.terms if t in own.own) / mass,
            "heading": sum(w for t, w in self.terms if t in own.heading) / mass,
            "near": sum(w for t, w in self.terms if t in own.near and t not in own.own) / mass,
            "far": sum(w for t, w in self.terms if t in own.far and t not in own.own and t not in own.near) / mass,
            "below": sum(w for t, w in self.terms if t in own.below and t not in own.own) / mass,
            "subject": sum(w for t, w in self.subject if t in own.own) / self.subject_mass,
            "single": sum(w for c, w in self.characters if c in own.characters) / self.character_mass,
            "concept": sum(w * _held(forms, own.own) for w, forms in self.concepts) / self.concept_mass,
            "concept_head": sum(w * _held(forms, own.near | own.heading) for w, forms in self.concepts) / self.concept_mass,
        }
        found["head_covered"] = self._named(own.heading)
        found["text_covered"] = self._named(own.own)
        found["best_run"] = self._run(own.own)
        return found

    def covered(self, own: Face) -> float:
        """The share of the question's words which the passage or its chain holds."""
        return sum(w for t, w in self.terms if t in own.own or t in own.near or t in own.heading or t in own.far) / self.mass

    def _named(self, held: frozenset[str]) -> float:
        total = sum(self.rarity(g) for g in held)
        return sum(self.rarity(g) for g in held if g in self.everything) / total if total else 0.0

    def _run(self, held: frozenset[str]) -> float:
        """The longest run of the question's own grams that the passage has, as a share of six."""
        best = run = 0
        for term, _weight in self.terms:
            run = run + 1 if term in held else 0
            best = max(best, run)
        return min(best, 6) / 6


def _concept(
    forms: Sequence[tuple[str, ...]], weight: float, rarity: Rarity
) -> tuple[float, list[tuple[list[tuple[str, float]], float]]] | None:
    """A concept's forms with the rarity of their grams; its weight is its best form's, held within bounds."""
    weighed = []
    for form in forms:
        known = [(g, rarity(g)) for g in form]
        mass = sum(r for _g, r in known)
        if mass and any(r > 0 for _g, r in known):
            weighed.append((known, mass))
    if not weighed:
        return None
    return weight * min(max(m for _k, m in weighed), 12.0) ** 0.5, weighed


def _held(forms: Sequence[tuple[list[tuple[str, float]], float]], held: frozenset[str]) -> float:
    """The best form's share in a passage, squared: half a word is less than half a concept."""
    best = 0.0
    for form, mass in forms:
        share = sum(r for g, r in form if g in held) / mass
        best = max(best, share)
    return best * best


def _kind(asked: frozenset[str], shown: frozenset[str]) -> tuple[float, float]:
    wanted = asked - {"list"}
    if not wanted:
        return 0.0, 0.0
    return (len(wanted & shown) / len(wanted)), float(not wanted & shown)


def _figure(quantities: Sequence[Quantity], own: Face) -> float:
    """The share of the question's numbers that stand in the passage with their unit."""
    if not quantities:
        return 0.0
    return sum(f"{q.value.normalize():f}{q.unit}" in own.squashed for q in quantities) / len(quantities)


def choose_band(bands: Sequence[Band], quantities: Sequence[Quantity]) -> int | None:
    """The row of a scale that a named number falls into: 78 % is in '達 75% 以上', not in 85. None when none fits."""
    for quantity in quantities:
        fitting = [(i, b) for i, b in enumerate(bands) if b.threshold is not None and b.unit == quantity.unit]
        if fitting:
            met = [(b.threshold or Decimal(0), i) for i, b in fitting if _meets(b, quantity)]
            if met:
                return max(met)[1]
        if quantity.unit in ("", "分"):
            graded = [(b.low, i) for i, b in enumerate(bands) if b.low is not None and b.label and b.threshold is None and b.low > 100]
            met_grades = [(low, i) for low, i in graded if low <= quantity.value]
            if met_grades:
                return max(met_grades)[1]
    return None


def _meets(band: Band, quantity: Quantity) -> bool:
    threshold = band.threshold if band.threshold is not None else Decimal(0)
    value = quantity.value - Decimal("0.001") if quantity.bound == "<" else quantity.value
    if band.op in (">=", ""):
        return value >= threshold
    if band.op == "=":
        return value == threshold
    if band.op == ">":
        return value > threshold
    return value <= threshold
