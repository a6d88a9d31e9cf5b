"""A question turned into what is looked for: weighted bigrams and words, and concepts with their official forms.

A concept is a spoken word of the lexicon: whichever of its forms a passage has counts, once. Words that carry no
subject are left out. It refuses to understand more than words; names, numbers and kinds are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.lexicon import Lexicon
from knowledge.normal import plain

_PIECE = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[\u3400-\u9fff%]|[\U00020000-\U0003ffff]|[^\S\n\u3000]+|.", re.DOTALL)
_RUN = re.compile("[\u3400-\u9fff]{2,}|[a-z]{2,}")
_NOT = re.compile("沒有?([\u3400-\u9fff])")  # what people say as 沒 or 沒有, documents write as 未 or 無
_QUOTED = re.compile(r"[「『\"“《]([^「」『』\"”《》]{2,20})[」』\"”》]")


@lru_cache(maxsize=50_000)
def grams(text: str) -> tuple[str, ...]:
    """The pairs of neighbours in a text (a Latin word or number counts as one character), and words and numbers alone.

    White space inside a line parts nothing, punctuation does. A text of one character gives that character.
    """
    found: list[str] = []
    before = ""
    for piece in _PIECE.findall(plain_lines(text)):
        if piece.isspace() and piece not in "\n\u3000":
            continue
        counts = piece[0].isalnum() or piece == "%"
        if counts and before:
            found.append(before + piece)
        if counts and piece[0].isascii() and piece != "%":
            found.append(piece)
        before = piece if counts else ""
    if not found and len(text) == 1 and text.isalnum():
        found.append(text)
    return tuple(dict.fromkeys(found))


def plain_lines(text: str) -> str:
    """The comparing form with line breaks and cell gaps kept, because they part words."""
    return "\n".join(plain(part) for part in re.split("[\n\u3000]", text))


@dataclass(frozen=True, slots=True)
class Concept:
    """A spoken word found in the question; `forms` are the grams of each official form and of the word itself."""

    spoken: str
    forms: tuple[tuple[str, ...], ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """`terms`: grams of the question itself with weights; `concepts`: the lexicon's; `characters`: single ones."""

    terms: Mapping[str, float]
    concepts: tuple[Concept, ...] = ()
    characters: frozenset[str] = field(default_factory=frozenset)
    quoted: tuple[str, ...] = ()


class QueryMaker:
    """Built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._entries: dict[str, list[tuple[str, ...]]] = {}
        self._weights: dict[str, float] = {}
        for entry in lexicon.entries:
            for spoken in entry.spoken:
                self._entries.setdefault(spoken, []).extend(f for f in map(grams, entry.official) if f)
                self._weights[spoken] = max(entry.weight, self._weights.get(spoken, 0.0))
        lengths: dict[str, set[int]] = {}
        for spoken in self._entries:
            lengths.setdefault(spoken[0], set()).add(len(spoken))
        self._lengths = {first: sorted(some, reverse=True) for first, some in lengths.items()}
        drop = [w for name in ("polite", "asking") for w in lexicon.filler[name] if len(w) > 1]
        self._drop = re.compile(
            "|".join(re.escape(w) if not w.isascii() else rf"\b{w}\b" for w in sorted(drop, key=len, reverse=True))
        )
        self.english = frozenset(word for spoken in self._entries if spoken.isascii() for word in spoken.split())
        self._paper = re.compile("|".join(map(re.escape, sorted(lexicon.filler["paper"], key=len, reverse=True))))
        self.light = frozenset(
            "".join(w for w in (*lexicon.filler["light"], *lexicon.filler["particle"]) if len(w) == 1)
        )
        self._chatter = re.compile(
            "|".join(
                map(re.escape, sorted((w for w in lexicon.filler["particle"] if len(w) > 1), key=len, reverse=True))
            )
        )

    def bare(self, text: str) -> str:
        """The question without words that carry no subject; a space stands where one was."""
        return self._paper.sub(" ", self._chatter.sub(" ", self._drop.sub(" ", text)))

    def make(self, text: str, weight: float = 1.0) -> Query:
        """The query of a normalised question (names already taken out)."""
        bare = self.bare(text)
        terms: dict[str, float] = {}
        for gram in grams(bare):
            light = sum(c in self.light for c in gram)
            terms[gram] = weight * (1.0 if not light else 0.6 if light < len(gram) else 0.15)
        for found in _NOT.finditer(text):
            for written in ("未", "無"):
                terms.setdefault(written + found.group(1), weight * 0.8)
        quoted = tuple(gram for part in _QUOTED.findall(text) for gram in grams(part))
        for gram in quoted:
            terms[gram] = weight * 1.8
        spoken = self.spoken(text)
        concepts = tuple(
            Concept(s, tuple(dict.fromkeys((*self._entries[s], grams(s)))), weight * self._weights[s]) for s in spoken
        )
        left = bare
        for word in spoken:
            left = left.replace(word, " ")
        characters = frozenset(c for c in left if "\u3400" <= c <= "\u9fff" and c not in self.light)
        return Query(terms, concepts, characters, quoted)

    def pairs(self, text: str, concepts: Iterable[Concept]) -> list[str]:
        """The pairs of characters and the Latin words of a question that neither carry no subject nor belong to one of
        these concepts."""
        bare = self.bare(text)
        for concept in concepts:
            bare = bare.replace(concept.spoken, " ")
        return [
            pair
            for run in _RUN.findall(bare)
            for pair in ([run] if run.isascii() else [run[i : i + 2] for i in range(len(run) - 1)])
        ]

    def spoken(self, text: str) -> list[str]:
        """The lexicon's words in the text, none inside a longer one that weighs as much."""
        found: list[tuple[int, int, str]] = []
        for i, char in enumerate(text):
            for length in self._lengths.get(char, ()):
                word = text[i : i + length]
                if word in self._entries and whole(text, i, word):
                    found.append((i, i + len(word), word))
                    break
        kept = [
            f
            for f in found
            if not any(
                o[0] <= f[0]
                and f[1] <= o[1]
                and o[1] - o[0] > f[1] - f[0]
                and self._weights[o[2]] >= self._weights[f[2]]
                for o in found
            )
        ]
        return list(dict.fromkeys(word for _s, _e, word in kept))


def whole(text: str, start: int, word: str) -> bool:
    """A Latin word counts only as a whole word."""
    if not word.isascii():
        return True
    end = start + len(word)
    return not (start and text[start - 1].isascii() and text[start - 1].isalnum()) and not (
        end < len(text) and text[end].isascii() and text[end].isalnum()
    )


def merged(queries: Iterable[Query]) -> Query:
    """Several queries as one: the larger weight of each term counts."""
    terms: dict[str, float] = {}
    concepts: dict[str, Concept] = {}
    characters: set[str] = set()
    quoted: tuple[str, ...] = ()
    for query in queries:
        quoted = quoted or query.quoted
        for term, weight in query.terms.items():
            terms[term] = max(weight, terms.get(term, 0.0))
        for concept in query.concepts:
            if concept.spoken not in concepts or concepts[concept.spoken].weight < concept.weight:
                concepts[concept.spoken] = concept
        characters |= query.characters
    return Query(terms, tuple(concepts.values()), frozenset(characters), quoted)
