"""The door of this package: opens the documents and answers questions about them.

Three outcomes. `answered`; `clarify`, when several documents have the same rule with different values and none was
named; `no_answer`, when what was asked, or the office or year that was named, is in none of them. It refuses to pass
one office's rule off as another's. No call raises for what a person typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.agencies import Source
from knowledge.answers import Answer, Quote, Quoter, same_value
from knowledge.folders import BUILT_IN
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.passages import LONGEST, Passage
from knowledge.ranker import Ranked, alike
from knowledge.refusal import Refusal, Verdict
from knowledge.search import Search, ShelfWords
from knowledge.shelf import Shelf, open_shelf
from knowledge.understand import Understander, Understood

TWIN = 0.42  # how alike two passages of different documents are that state the same rule
LIKENESS = 2.5  # what being alike is worth beside the score, when two documents are set side by side
FAR = 0.4  # the share of the best score under which nothing is shown beside it
NEAR = 0.72  # the share of the best score with which another document's passage is worth naming
SURE = 0.93  # the share of a question that its best passage holds, from which on no other is asked
ELSEWHERE = 12  # candidates looked at to see whether another document answers
TWO_SIDES = 1560  # characters that the sides of a comparison share
BESIDE = 0.85  # the share of a side's best score from which on a second passage is shown beside the first
SHORTEST = 120  # characters that a second passage must have room for
CLOSE = 0.85  # the share of the best score from which on a brother may be meant
TOGETHER = 0.8  # the share of the best score with which a sibling is asked for as well


def open_library(folders: Sequence[Path] = (), cache: Path | None = None, extra: Sequence[Passage] = ()) -> Library:
    """The library over these folders (none: the built-in documents), from the index kept in `cache` when it still fits.

    SourceError: a folder is not there. KnowledgeError: a word list of ours is damaged.
    """
    return Library(open_shelf(tuple(folders) or (BUILT_IN,), cache, extra))


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: what names it, and its ranked passages."""

    documents: tuple[str, ...]
    ranked: list[Ranked]


class Library:
    """Answers questions about one shelf. Made once; `ask` may be called from several threads."""

    def __init__(self, shelf: Shelf, lexicon: Lexicon | None = None) -> None:
        self.shelf = shelf
        lexicon = lexicon or load_lexicon()
        words = ShelfWords(shelf)
        sources = [Source(h.name, h.title, h.office, h.year, h.aliases) for h in shelf.documents]
        self.understander = Understander(sources, words, lexicon)
        self.search = Search(shelf, words, self.understander.kinds)
        self.quoter = Quoter(shelf, words.rarity, self.understander.kinds, self.understander.maker)
        self.refusal = Refusal(words, lexicon, self.understander.maker)
        self._names = tuple(h.name for h in shelf.documents)
        self._offices = {h.name: h.office for h in shelf.documents}

    def ask(self, question: str, history: Sequence[str] = (), home: str | None = None) -> Answer:
        """The answer to a question after earlier turns (oldest first). `home`: the person's own office, if known."""
        asked = self.understander.read(question, history)
        answer = self._answer(asked, home)
        if answer.status == "no_answer" and asked.supposed:  # it may have been no follow-up after all
            answer = self._answer(self.understander.read(question), home)
        return answer

    def _answer(self, asked: Understood, home: str | None) -> Answer:
        if asked.comparing:
            return self._compare(asked)
        documents = asked.named.documents if asked.named.any else None
        ranked = self.search.find(asked, documents)
        narrowed = documents is not None and len(documents) < len(self._names)
        elsewhere = self.search.find(asked, None, ELSEWHERE) if narrowed and not self._sure(asked, ranked) else ranked
        verdict = self.refusal.judge(asked, ranked, elsewhere)
        if verdict.refused:
            near = ranked if narrowed and verdict.reason != "unknown_name" else self._all(asked)
            return self._refuse(asked, verdict, elsewhere if narrowed else near, near)
        if home and not asked.named.any:
            ranked = self._home_first(ranked, home)
        best = ranked[0]
        unit = self._unit(asked, ranked)
        quote = self.quoter.quote(unit, asked, wide=unit is best.passage and self._close(ranked))
        others = () if asked.named.any else self._twins(asked, ranked)
        differ = any(not same_value(quote, other) for other in others)
        clarify = differ and not (home and self._offices.get(quote.document) == home)
        return Answer(
            "clarify" if clarify else "answered", (quote,), asked, others, scores=tuple(r.score for r in ranked[:3])
        )

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id (for 全文)."""
        return self.shelf.get(passage_id)

    def _all(self, asked: Understood) -> list[Ranked]:
        """The best passages of all documents, for suggestions."""
        return self.search.find(asked, None, ELSEWHERE)

    def _sure(self, asked: Understood, ranked: Sequence[Ranked]) -> bool:
        """True when the best passage holds nearly all that was asked: then no other document need be looked at, unless
        points are asked of one that has none."""
        if not ranked or ("points" in asked.kinds and not self.search.words.pointed(asked.named.documents)):
            return False
        best = ranked[0]
        return best.matched >= SURE * (best.matched + best.unmatched)

    def _unit(self, asked: Understood, ranked: list[Ranked]) -> Passage:
        """The best passage, or what it and the next best hang under when the question asks for both."""
        best = ranked[0].passage
        if asked.several and best.parent and best.kind != "option":
            brothers = [r for r in ranked[1:5] if r.passage.parent == best.parent]
            parent = self.shelf.get(best.parent)
            if parent is not None and brothers and brothers[0].score >= TOGETHER * ranked[0].score:
                return parent
        return best

    @staticmethod
    def _close(ranked: list[Ranked]) -> bool:
        """True when a brother of the best passage answers almost as well: then both are shown."""
        best = ranked[0].passage
        return best.parent is not None and any(
            r.passage.parent == best.parent and r.score >= CLOSE * ranked[0].score for r in ranked[1:3]
        )

    def _home_first(self, ranked: list[Ranked], home: str) -> list[Ranked]:
        """The own office's passages first when they answer about as well."""
        own = [r for r in ranked if self._offices.get(r.passage.document) == home]
        if not own or own[0].score < ranked[0].score * NEAR:
            return ranked
        return own + [r for r in ranked if r not in own]

    def _twins(self, asked: Understood, ranked: list[Ranked]) -> tuple[Quote, ...]:
        """The best passage of each other document that states the same, or answers about as well."""
        best = ranked[0]
        found: dict[str, tuple[float, Ranked]] = {}
        for other in ranked[1:]:
            document = other.passage.document
            if document == best.passage.document or other.score < best.score * FAR:
                continue
            likeness = alike(best.passage, other.passage)
            value = other.score + LIKENESS * likeness
            if (other.score >= best.score * NEAR or likeness >= TWIN) and value > found.get(document, (0.0, other))[0]:
                found[document] = (value, other)
        chosen = sorted(found.values(), key=lambda v: (-v[0], v[1].passage.document))[:4]
        return tuple(self.quoter.quote(r.passage, asked) for _value, r in chosen)

    def _compare(self, asked: Understood) -> Answer:
        """One search for each office (or year) that was named; the pair that states the same wins."""
        offices = asked.named.offices
        groups = (
            [tuple(d for d in asked.named.documents if self._offices.get(d) == o) for o in offices]
            if len(offices) > 1
            else []
        )
        if not groups:
            groups = [(d,) for d in asked.named.documents]
        sides = [_Side(g, self.search.find(asked, g)[:8]) for g in groups[:4] if g]
        sides = [s for s in sides if s.ranked]
        whole = self.search.find(asked, None, ELSEWHERE)
        verdict = self.refusal.judge(asked, max((s.ranked for s in sides), key=lambda r: r[0].score, default=[]), whole)
        if len(sides) < 2 or verdict.refused:
            return self._refuse(asked, verdict, whole, whole)
        chosen = _matched(sides)
        room = min(LONGEST, TWO_SIDES // len(chosen))
        quotes = [q for side, best in zip(sides, chosen, strict=True) for q in self._side(side, best, asked, room)]
        return Answer("answered", tuple(quotes), asked, comparing=True)

    def _side(self, side: _Side, best: Ranked, asked: Understood, room: int) -> list[Quote]:
        """What one side says in at most `room` characters: its chosen passage, and one more that answers as well."""
        first = self.quoter.quote(best.passage, asked, room)
        left = room - len(first.text)
        for other in () if asked.following else side.ranked:
            if other.score < BESIDE * side.ranked[0].score or left < SHORTEST:
                break
            if other is best or other.passage.document != best.passage.document or other.passage.text in first.text:
                continue
            second = self.quoter.quote(other.passage, asked, left)
            return [first] if second.text in first.text or len(second.text) > left else [first, second]
        return [first]

    def _refuse(self, asked: Understood, verdict: Verdict, elsewhere: list[Ranked], near: list[Ranked]) -> Answer:
        """An honest no, with what is missing, other offices that have it, and up to three questions near it that the
        named office's document answers (or any, when none was named); none for what is not of this field."""
        others: dict[str, Quote] = {}
        if verdict.reason == "not_here":
            for other in elsewhere[:20]:
                if other.passage.document not in asked.named.documents and other.passage.document not in others:
                    others[other.passage.document] = self.quoter.quote(other.passage, asked)
        far = verdict.reason == "empty" or (verdict.reason == "off_topic" and verdict.features.get("foreign", 1.0))
        suggestions = [] if far else [_suggestion(r.passage) for r in near[:8]]
        kept = tuple(dict.fromkeys(s for s in suggestions if s))[:3]
        return Answer("no_answer", (), asked, tuple(others.values())[:3], kept, verdict.missing, verdict.reason)


def _matched(sides: Sequence[_Side]) -> list[Ranked]:
    """One passage a side: the first side's and the others' are chosen together, likeness counts beside the score."""
    best: tuple[float, list[Ranked]] = (float("-inf"), [])
    for first in sides[0].ranked:
        chosen = [first]
        total = first.score
        for side in sides[1:]:
            value, match = max(
                ((r.score + LIKENESS * alike(first.passage, r.passage), r) for r in side.ranked), key=lambda v: v[0]
            )
            chosen.append(match)
            total += value
        if total > best[0]:
            best = (total, chosen)
    return best[1]


def _suggestion(passage: Passage) -> str:
    """A question that this passage answers, in the paper's own words; '' when its heading says too little."""
    topic = passage.heading or (passage.path[-1] if passage.path else "")
    return f"{passage.office}：{topic}" if 4 <= len(topic) <= 40 else ""
