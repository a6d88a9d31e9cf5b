"""What a person gets: the asked clause with its surroundings, quoted to the letter, and where it stands.

A scale's row is shown with its item and the other rows, a clause with its neighbours, a heading with what hangs below,
never more than 800 characters. It refuses to reword: every piece of a quote stands in the source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from knowledge.kinds import Kinds
from knowledge.normal import squash
from knowledge.passages import GAP, LONGEST, Band, Passage
from knowledge.picking import Picker
from knowledge.query import QueryMaker
from knowledge.rows import choose_band
from knowledge.shelf import Shelf
from knowledge.understand import Understood
from knowledge.wording import RowChooser

AROUND = 480  # characters up to which a short clause is shown among its neighbours
Status = Literal["answered", "clarify", "no_answer"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A cited answer. `text` is verbatim (pieces parted by line breaks and U+3000), at most 800 characters; `bold`
    spans of it answer the question; `full` is the whole clause with what hangs below; `bands` are the item's rows;
    `point`: the few words, verbatim, that answer by themselves ('' when none stand out); `most`: what the item is
    worth."""

    document: str
    title: str
    office: str
    year: int | None
    section: str
    text: str
    full: str
    bold: tuple[tuple[int, int], ...]
    passage_id: str
    bands: tuple[Band, ...] = ()
    band: int | None = None
    point: str = ""
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`quotes` best first (one a side in a comparison); `alternatives` other documents that have the same, when none
    was named or the one that was named has nothing; `missing` what no document (or not the named one) has."""

    status: Status
    quotes: tuple[Quote, ...]
    understood: Understood
    alternatives: tuple[Quote, ...] = ()
    suggestions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""
    comparing: bool = False
    scores: tuple[float, ...] = field(default=(), compare=False)


class Quoter:
    """Makes quotes from passages of one shelf."""

    def __init__(self, shelf: Shelf, rarity: Callable[[str], float], kinds: Kinds, maker: QueryMaker) -> None:
        self._shelf = shelf
        self.rows = RowChooser(rarity, maker)
        self._picker = Picker(rarity, kinds)

    def quote(self, passage: Passage, asked: Understood, room: int = LONGEST, wide: bool = False) -> Quote:
        """The passage as an answer, in at most `room` characters; `wide` shows all that hangs under its parent."""
        shown, text, start = self._branch(passage, room) if wide else self._shown(passage, room)
        band, bold = self._bold(passage, shown, text, start, asked)
        point = None
        if band is None and not shown.bands and "points" not in asked.kinds:
            low, high = bold[0] if bold else (_after_heading(passage, text, start), len(text))
            point = self._picker.pick(text, low, high, asked)
        if point is not None:
            bold = ((point.start, point.end),)
        return Quote(
            passage.document,
            passage.title,
            passage.office,
            passage.year,
            passage.section,
            text,
            passage.full,
            bold,
            passage.id,
            shown.bands,
            band,
            point.words if point is not None else "",
            shown.points,
        )

    def _branch(self, passage: Passage, room: int) -> tuple[Passage, str, int]:
        """The whole branch in which the passage stands, when there is room for it."""
        parent = self._shelf.parent(passage)
        if parent is None or parent.cut or len(parent.full) > room or passage.text not in parent.full:
            return self._shown(passage, room)
        return passage, parent.full, parent.full.index(passage.text)

    def _shown(self, passage: Passage, room: int) -> tuple[Passage, str, int]:
        """Whose words are shown, the words, and where the passage's own begin in them."""
        parent = self._shelf.parent(passage)
        if passage.kind == "option" and parent is not None and passage.text in parent.text:
            if len(parent.text) <= room:
                return parent, parent.text, parent.text.index(passage.text)
            return passage, passage.text[:room], 0
        if passage.children:
            text = passage.full if len(passage.full) <= room else passage.text
            return passage, _cut(text, room), 0
        if passage.kind == "item" or passage.bands or len(passage.text) >= AROUND or parent is None:
            return passage, _cut(passage.text, room), 0
        if parent.kind == "title" and passage.heading:
            return passage, passage.text, 0  # a section of its own: its neighbours are other subjects
        if not parent.cut and len(parent.full) <= min(AROUND, room) and passage.text in parent.full:
            return passage, parent.full, parent.full.index(passage.text)
        return self._neighbours(passage, min(AROUND, room))

    def _neighbours(self, passage: Passage, room: int) -> tuple[Passage, str, int]:
        """The passage with the siblings next to it, as many as there is room for."""
        family = [p for p in self._shelf.family(passage) if not p.children]
        at = next((i for i, p in enumerate(family) if p.id == passage.id), None)
        if at is None:
            return passage, _cut(passage.text, room), 0
        low, high, size = at, at + 1, len(passage.text)
        while True:
            after = high < len(family) and size + len(family[high].text) + 1 <= room
            if after:
                size += len(family[high].text) + 1
                high += 1
            before = low > 0 and size + len(family[low - 1].text) + 1 <= room
            if before:
                low -= 1
                size += len(family[low].text) + 1
            if not after and not before:
                break
        start = sum(len(p.text) + 1 for p in family[low:at])
        return passage, "\n".join(p.text for p in family[low:high]), start

    def _bold(
        self, passage: Passage, shown: Passage, text: str, start: int, asked: Understood
    ) -> tuple[int | None, tuple[tuple[int, int], ...]]:
        at = start if passage is shown else 0
        bands = [b for b in shown.bands if at + b.end <= len(text)]
        if bands and text.startswith(shown.text[: min(40, len(text))], at):
            chosen = choose_band(bands, asked.quantities)
            if chosen is None:
                chosen = self._labelled(bands, asked)
            if chosen is None and (passage is not shown or asked.kinds & {"points", "grade"}):
                chosen = self.rows.choose(bands, asked, shown.section)
            if chosen is not None:
                return chosen, ((at + bands[chosen].start, at + bands[chosen].end),)
            if passage is not shown:
                return None, ()
        if (passage is shown and start > 0) or (len(text) > len(passage.text) > 0 and not passage.children):
            return None, ((start, min(len(text), start + len(passage.text))),)
        return None, ()

    @staticmethod
    def _labelled(bands: Sequence[Band], asked: Understood) -> int | None:
        """The row whose grade the question names (乙等 -> 乙); None when it names none or several."""
        found = [
            i for i, b in enumerate(bands) if b.label and not b.label[0].isdigit() and b.label + "等" in asked.text
        ]
        return found[0] if len(found) == 1 else None


def _after_heading(passage: Passage, text: str, start: int) -> int:
    """Where the words below the clause's own heading begin."""
    line = text.find("\n", start)
    return line + 1 if line >= 0 and passage.heading and passage.heading in text[start:line] else start


def _cut(text: str, room: int) -> str:
    """The text cut at a whole piece, so that every piece stays verbatim."""
    if len(text) <= room:
        return text
    cut = max(text.rfind("\n", 0, room), text.rfind(GAP, 0, room), text.rfind("。", 0, room - 1) + 1)
    return text[: cut if cut > 0 else room].rstrip("\n" + GAP)


def same_value(one: Quote, other: Quote) -> bool:
    """True when two quotes say the same: the asked parts, or else the whole texts, hold the same characters."""
    return _value(one) == _value(other)


def _value(quote: Quote) -> str:
    spans = quote.bold or ((0, len(quote.text)),)
    return squash("".join(quote.text[a:b] for a, b in spans))
