"""Which of the candidates answers the question: words, concepts, headings, numbers, kind of answer, negation.

Works on the first places of the index only, and takes the index's own score as one piece of evidence. Each feature is
a share between 0 and 1, so that a weight (weights.py) says what it is worth. It refuses to choose between offices: that
is the library's business.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.kinds import Kinds, negations
from knowledge.normal import squash
from knowledge.passages import Passage
from knowledge.query import grams
from knowledge.rows import choose_band
from knowledge.understand import Understood
from knowledge.weights import RANKING

Rarity = Callable[[str], float]

WEIGHED = 10  # passages whose evidence is weighed
MOST_FACES = 50_000  # faces kept in memory
_GRADE = re.compile("([優甲乙丙丁特])等")
_BASIS = re.compile("依據|根據|所本|引用|奉|法源")  # these ask for the papers that a plan rests on, not for its own
GRADES = re.compile("[優甲乙丙丁]{2,}")
_KINDS = ("heading", "title", "form", "option", "item")
_NO_KIND = dict.fromkeys((f"is_{name}" for name in _KINDS), 0.0)
_IS_KIND = {kind: _NO_KIND | {f"is_{kind}": 1.0} for kind in _KINDS}


@dataclass(frozen=True, slots=True)
class Face:
    """What the ranking needs of a passage, made once. `heading_mass` and `own_mass` are sums of rarities."""

    own: frozenset[str]
    heading: frozenset[str]
    near: frozenset[str]
    far: frozenset[str]
    below: frozenset[str]
    heads: frozenset[str]
    characters: frozenset[str]
    squashed: str
    shown: frozenset[str]
    negated: bool
    length: float
    heading_mass: float
    own_mass: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score and what it was made of; `covered`: the share of the question's weight that it holds;
    `matched` and `unmatched`: the sums of rarities of what it holds and what it lacks (concepts count as their best
    form). These three are weighed for the first ten only."""

    passage: Passage
    score: float
    covered: float
    matched: float
    unmatched: float
    features: Mapping[str, float]


class Ranker:
    """Ranks candidates for one library. `rarity` gives the weight of a gram (0 when no passage has it)."""

    def __init__(self, rarity: Rarity, kinds: Kinds, weights: Mapping[str, float] = RANKING) -> None:
        self._rarity = rarity
        self._kinds = kinds
        self.weights = dict(weights)
        self._faces: dict[str, Face] = {}

    def rank(self, asked: Understood, candidates: Sequence[Passage], found: Sequence[float]) -> list[Ranked]:
        """The candidates, best first; `found` are the scores with which the index found them."""
        looked = Looked(asked, self._rarity)
        most = max(found, default=0.0) or 1.0
        ranked = [self._one(looked, p, s / most) for p, s in zip(candidates, found, strict=True)]
        ranked.sort(key=lambda r: (-r.score, r.passage.document, r.passage.order))
        return [self._weighed(looked, r) for r in ranked[:WEIGHED]] + ranked[WEIGHED:]

    def face(self, passage: Passage) -> Face:
        """The searched faces of one passage, kept for the next question."""
        kept = self._faces.get(passage.id)
        if kept is None:
            if len(self._faces) >= MOST_FACES:
                self._faces.clear()
            kept = self._faces[passage.id] = self._make(passage)
        return kept

    def _make(self, passage: Passage) -> Face:
        own = frozenset(grams(passage.text))
        chain = passage.path
        heading = frozenset(grams(passage.heading)) if passage.heading else frozenset[str]()
        near = frozenset(grams(chain[-1])) if chain else frozenset[str]()
        squashed = squash(passage.text).lower()
        parent = bool(passage.children) and passage.kind != "item"
        far = frozenset(g for name in chain[:-1] for g in grams(name))
        return Face(
            own,
            heading,
            near - own,
            far - own - near,
            frozenset(grams(passage.full[len(passage.text) :])) - own if parent else frozenset(),
            near | heading | far,
            frozenset(c for c in squashed if "\u3400" <= c <= "\u9fff"),
            squashed,
            self._kinds.shown(squashed),
            negations(squashed[:200]) > 0,
            math.log1p(len(passage.text)) / 4,
            sum(map(self._rarity, heading)),
            sum(map(self._rarity, own)),
        )

    def _one(self, looked: Looked, passage: Passage, found: float) -> Ranked:
        face = self.face(passage)
        features = self.features(looked, passage, face)
        features["index"] = found
        weights = self.weights
        score = sum([weights.get(name, 0.0) * value for name, value in features.items() if value])
        return Ranked(passage, score, 0.0, 0.0, 0.0, features)

    def _weighed(self, looked: Looked, ranked: Ranked) -> Ranked:
        covered, matched, unmatched = looked.evidence(self.face(ranked.passage))
        return Ranked(ranked.passage, ranked.score, covered, matched, unmatched, ranked.features)

    def features(self, looked: Looked, passage: Passage, face: Face) -> dict[str, float]:
        """Every feature of a passage for a question, by name."""
        found = looked.shares(face)
        asked = looked.asked
        found["kind"], found["kind_missing"] = _kind(looked.wanted, face.shown)
        for name in looked.wanted:
            if name in face.shown:
                found["has_" + name] = 1.0
        found["figure"] = _figure(looked.figures, face.squashed)
        found["band"] = 1.0 if passage.bands and choose_band(passage.bands, asked.quantities) is not None else 0.0
        found["negation"] = 1.0 if bool(asked.negations) == face.negated else 0.0
        found["length"] = face.length
        found.update(_IS_KIND.get(passage.kind, _NO_KIND))
        if looked.labels and any(b.label in looked.labels for b in passage.bands):
            found["labelled"] = 1.0
        if asked.several and passage.children:
            found["several_below"] = found["own"] + found["below"]
        if looked.own_number and not passage.path and passage.kind == "clause":
            found["own_number"] = 1.0
        found["list_parent"] = float(looked.listing and bool(passage.children))
        if not looked.scoring and looked.wanted and passage.bands:
            found["unasked_scale"] = 1.0
        if looked.scoring and (passage.points is not None or passage.bands):
            found["scored"] = 1.0
            found["scored_heading"] = float(passage.kind in ("heading", "list", "title"))
        return found


class Looked:
    """A question with the rarity of its words looked up once."""

    def __init__(self, asked: Understood, rarity: Rarity) -> None:
        self.asked = asked
        query = asked.query
        self.terms = _weighed(query.terms, rarity)
        self.keys = frozenset(self.terms)
        self.terms_mass = sum(self.terms.values())
        self.mass = self.terms_mass or 1.0
        self.subject = _weighed(asked.subject.terms, rarity)
        self.subject_keys = frozenset(self.subject)
        self.subject_mass = sum(self.subject.values()) or 1.0
        self.concepts = [c for c in (_concept(c.forms, c.weight, rarity) for c in query.concepts) if c]
        self.concepts_mass = sum(c.weight for c in self.concepts)
        self.concept_mass = sum(c.base for c in self.concepts) or 1.0
        self.total = (self.terms_mass + 2 * self.concepts_mass) or 1.0
        self.quoted = [g for g in query.quoted if rarity(g) > 0]
        self.characters = {c: r for c in query.characters if (r := rarity(c)) > 0}
        self.character_keys = frozenset(self.characters)
        self.character_mass = sum(self.characters.values()) or 1.0
        self.own_characters = asked.subject.characters & self.character_keys
        self.own_character_mass = sum(self.characters[c] for c in self.own_characters) or 1.0
        self.everything = self.keys.union(*(c.grams for c in self.concepts))
        self.rarity = rarity
        self.wanted = asked.kinds - {"list"}
        self.listing = "list" in asked.kinds
        self.scoring = "points" in asked.kinds
        self.labels = _labels(asked)
        self.own_number = "document" in asked.kinds and not _BASIS.search(asked.text)
        self.figures = [f"{q.value.normalize():f}{q.unit}" for q in asked.quantities]

    def shares(self, face: Face) -> dict[str, float]:
        """How much of the question each part of a passage holds, and how much of the passage the question names."""
        terms, mass, keys = self.terms, self.mass, self.keys
        characters = self.characters
        held = keys & face.own
        found = {
            "own": sum([terms[t] for t in held]) / mass,
            "near": sum([terms[t] for t in keys & face.near]) / mass,
            "far": sum([terms[t] for t in keys & face.far]) / mass,
            "below": sum([terms[t] for t in keys & face.below]) / mass if face.below else 0.0,
            "subject": sum([self.subject[t] for t in self.subject_keys & face.own]) / self.subject_mass,
            "single": sum([characters[c] for c in self.character_keys & face.characters]) / self.character_mass,
            "subject_single": sum([characters[c] for c in self.own_characters & face.characters])
            / self.own_character_mass,
            "concept": 0.0,
            "concept_head": 0.0,
        }
        if self.quoted:
            found["quoted"] = sum(q in face.own or q in face.heading for q in self.quoted) / len(self.quoted)
        whole = self.character_mass + 2 * self.concepts_mass
        found["single_part"] = found["single"] * self.character_mass / whole
        found["subject_part"] = found["subject_single"] * self.own_character_mass / whole
        if self.concepts:
            inside = sum([c.weight * c.held(face.own) for c in self.concepts])
            found["concept_part"] = 2 * inside / self.total
            found["concept"] = inside / self.concept_mass
            found["concept_head"] = sum([c.weight * c.held(face.heads) for c in self.concepts]) / self.concept_mass
        rarity = self.rarity
        if face.heading_mass:
            found["head_covered"] = sum([rarity(g) for g in self.everything & face.heading]) / face.heading_mass
        if face.own_mass:
            found["text_covered"] = sum([rarity(g) for g in self.everything & face.own]) / face.own_mass
        found["best_run"] = self._run(held) if len(held) > 1 else 0.0
        return found

    def evidence(self, face: Face) -> tuple[float, float, float]:
        """The share of the question's words which the passage or its chain holds; what is held, and what is not."""
        everywhere = face.own | face.heads | face.far
        held = sum([self.terms[t] for t in self.keys & everywhere])
        concepts = sum([c.weight * c.held(everywhere) for c in self.concepts])
        return held / self.mass, held + 2 * concepts, self.terms_mass - held + 2 * (self.concepts_mass - concepts)

    def _run(self, held: frozenset[str]) -> float:
        """The longest run of the question's own grams that the passage has, as a share of six."""
        best = run = 0
        for term in self.terms:
            run = run + 1 if term in held else 0
            best = max(best, run)
        return min(best, 6) / 6


def _weighed(terms: Mapping[str, float], rarity: Rarity) -> dict[str, float]:
    return {t: w * r for t, w in terms.items() if (r := rarity(t)) > 0}


@dataclass(frozen=True, slots=True)
class _Concept:
    """A concept with the rarity of its forms' grams; `base` is its best form's, held within bounds,
    `weight` that for this question."""

    weight: float
    base: float
    grams: frozenset[str]
    forms: tuple[tuple[dict[str, float], frozenset[str], float], ...]

    def held(self, own: frozenset[str]) -> float:
        """The best form's share in a passage, squared: half a word is less than half a concept."""
        if not self.grams & own:
            return 0.0
        best = 0.0
        for rarities, keys, mass in self.forms:
            both = keys & own
            if both:
                best = max(best, sum([rarities[g] for g in both]) / mass)
        return best * best


def _concept(forms: Sequence[tuple[str, ...]], weight: float, rarity: Rarity) -> _Concept | None:
    weighed = []
    for form in forms:
        known = {g: r for g in form if (r := rarity(g)) > 0}
        if known:
            weighed.append((known, frozenset(known), sum(known.values())))
    if not weighed:
        return None
    heaviest = min(max(mass for _k, _s, mass in weighed), 12.0)
    base = heaviest**0.5
    return _Concept(weight * base, base, frozenset().union(*(s for _k, s, _m in weighed)), tuple(weighed))


def _labels(asked: Understood) -> frozenset[str]:
    """The grades that a question names (優等 -> 優), when it asks what they are worth."""
    if not asked.kinds & {"grade", "points"} or "reward" in asked.kinds:
        return frozenset()
    return frozenset(_GRADE.findall(asked.text)) | frozenset(c for run in GRADES.findall(asked.text) for c in run)


def _kind(wanted: frozenset[str], shown: frozenset[str]) -> tuple[float, float]:
    if not wanted:
        return 0.0, 0.0
    both = len(wanted & shown)
    return both / len(wanted), float(not both)


def _figure(figures: Sequence[str], squashed: str) -> float:
    """The share of the question's numbers that stand in the passage with their unit."""
    return sum(f in squashed for f in figures) / len(figures) if figures else 0.0


def alike(one: Passage, other: Passage) -> float:
    """How much two passages share: the better of heading and text, as a share of their pairs of characters."""
    return max(_shared(one.heading, other.heading) if len(one.heading) > 4 else 0.0, _shared(one.text, other.text))


def _shared(one: str, other: str) -> float:
    a, b = set(grams(one)), set(grams(other))
    return len(a & b) / len(a | b) if a and b else 0.0
