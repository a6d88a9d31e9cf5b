"""What a question means, as far as structure, names, numbers and words tell: no language model, no guessing.

One question in, one `Understood` out: normalised, Simplified turned Traditional, typing errors mended, office and year,
numbers with units, kinds of answer, the query, and what a follow-up takes over from earlier turns. It never raises:
any text of any length is read (its informative first part).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from knowledge.agencies import Named, Names, Source
from knowledge.kinds import Kinds, negations
from knowledge.lexicon import HERE, Lexicon, read_file
from knowledge.normal import plain, traditional
from knowledge.numbers import Quantity, read
from knowledge.query import Query, QueryMaker, grams, merged
from knowledge.typos import Mender

LONGEST = 320  # characters of a question that are read
SHORT = 14  # characters of a turn that leans on those before it
STRANGE = 2  # pairs of characters that no passage has, from which on a short turn may speak of something else
FULL = 2  # telling words from which on a turn that names an office and asks for something stands alone
_NOT_TEXT = re.compile(r"[^\w\s%.,;:!?()'\"<>=/\\、。，；：！？「」『』（）【】《》~&+*-]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FOLLOW = re.compile(
    r"^(?:那|那麼|然後|還有|至於|換成|如果|若是|要是|改成|再來|另外)|呢\s*[??]*$|咧\s*[??]*$|的話\s*[??]*$|一樣嗎"
)
_COMPARE = re.compile(
    r"差在哪|差別|差異|差多少|不一樣|不同|比一比|比較|相比|有差|哪個多|哪個少|哪個高|哪個低|各是|各占|各佔|分別|一樣嗎|各自|各要|各多少|各幾"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """`text`: the question mended and normalised; `typed`: before it was mended. `named`: office, year and unknown
    names (a follow-up inherits the first two). `subject`: the query of this turn alone; `query`: with what a follow-up
    takes over. `supposed`: the office is that of an earlier turn, though this one does not say that it goes on."""

    text: str
    named: Named
    quantities: tuple[Quantity, ...]
    kinds: frozenset[str]
    subject: Query
    query: Query
    comparing: bool = False
    several: bool = False
    following: bool = False
    negations: int = 0
    changes: tuple[tuple[str, str], ...] = ()
    typed: str = ""
    supposed: bool = False


class Words(Protocol):
    """What a library tells of its words."""

    def mentions(self, text: str, documents: tuple[str, ...] | None) -> bool:
        """True when the text stands in a passage of these documents (None: of any)."""

    def count(self, pair: str) -> int:
        """In how many passages a pair of characters stands."""

    def characters(self) -> Mapping[str, int]:
        """All characters with the number of passages they stand in."""


class Understander:
    """Built once for each library: its passages are the dictionary of the mender, its offices the names."""

    def __init__(self, sources: Sequence[Source], words: Words, lexicon: Lexicon) -> None:
        self.names = Names(sources, lexicon, words.mentions)
        self.kinds = Kinds(lexicon)
        self.maker = QueryMaker(lexicon)
        everyday = read_file(HERE / "everyday.yaml")["words"]
        common = [
            w for e in lexicon.entries if e.weight == 1 for w in (*e.spoken, *(o for o in e.official if len(o) > 1))
        ]
        common += [w for listed in lexicon.filler.values() for w in listed if len(w) > 1]
        common += [a for name, listed in lexicon.offices.items() for a in (name, *listed)]
        common += [*lexicon.elsewhere, *map(str, everyday), *self.names.aliases]
        self._words = words
        characters = words.characters()
        self.mender = Mender(words.count, characters, common)
        self._characters = frozenset("".join((*characters, *common)))

    def read(self, question: str, history: Sequence[str] = ()) -> Understood:
        """The question with the earlier turns (oldest first). Never raises."""
        own = self._one(question)
        earlier = [self._one(turn) for turn in history[-3:] if turn.strip()]
        return self._follow(own, earlier) if earlier else own

    def clean(self, question: str) -> str:
        """The comparing form of a question: NFKC, Traditional, without emoji and control characters."""
        text = _NOT_TEXT.sub(" ", plain(question[:LONGEST]))
        if any("\u3400" <= c <= "\u9fff" and c not in self._characters for c in text):
            text = plain(traditional(text))
        return re.sub(r"(.)\1{3,}", r"\1\1\1", text)

    def _one(self, question: str) -> Understood:
        clean = self.clean(question)
        meant = [*self.maker.spoken(clean), *(clean[q.start : q.end] for q in read(clean))]  # 5聲 is no 5剩
        mended = self.mender.mend(clean, self.maker.english, meant)
        named = self.names.read(mended.text)
        quantities = read(named.rest)
        query = self.maker.make(named.rest)
        if mended.changes:  # what was typed counts as well: the mender may be wrong
            typed = self.names.read(clean)
            named = replace(named, unknown=tuple(n for n in named.unknown if n in typed.unknown))
            query = merged([self.maker.make(typed.rest), query])
        query = _with_numbers(query, quantities)
        comparing = len(named.offices) > 1 or (len(named.years) > 1 and bool(_COMPARE.search(mended.text)))
        return Understood(
            mended.text,
            named,
            quantities,
            self.kinds.asked(named.rest),
            query,
            query,
            comparing,
            bool(_COMPARE.search(mended.text)),
            False,
            negations(named.rest),
            mended.changes,
            clean,
        )

    def _follow(self, own: Understood, earlier: Sequence[Understood]) -> Understood:
        """What a turn that leans on earlier ones leaves open is taken from them: names, subject, kind, numbers. It does
        when it says so (那…呢), or is short and says little of its own."""
        alone = len([w for w in own.subject.terms.values() if w >= 0.6])
        short = len(own.named.rest.strip()) <= SHORT and not (own.named.any and own.kinds and alone > FULL)
        marked = bool(_FOLLOW.search(own.text))
        named = own.named
        if not named.any and not named.unknown:
            last = next((e.named for e in reversed(earlier) if e.named.any), None)
            if last is not None:
                named = replace(last, rest=own.named.rest, unknown=())
        supposed = not marked and named is not own.named
        if not marked and (not short or self._of_its_own(own)):
            return replace(own, named=named, supposed=supposed)
        carried = 0.85 if alone <= 2 else 0.5 if alone <= 4 else 0.2
        units = {q.unit for q in own.quantities}
        queries = [own.subject]
        for distance, turn in enumerate(reversed(earlier)):
            stale = [q for q in turn.quantities if q.unit in units or (units and q.unit == "")]
            queries.append(_weighted(turn.subject, carried * 0.6**distance, _digits(stale)))
        return replace(
            own,
            named=named,
            query=merged(queries),
            kinds=own.kinds or earlier[-1].kinds,
            quantities=own.quantities or (earlier[-1].quantities if alone <= 2 else ()),
            following=True,
            supposed=supposed,
        )

    def _of_its_own(self, own: Understood) -> bool:
        """True when half of a short turn's pairs of characters stand in no passage: it speaks of something else."""
        pairs = self.maker.pairs(own.named.rest, own.subject.concepts)
        pairs = [p for p in pairs if self.maker.light.isdisjoint(p)]
        strange = sum(not self._words.count(p) for p in pairs)
        return strange >= STRANGE and 2 * strange >= len(pairs)


def _with_numbers(query: Query, quantities: Iterable[Quantity]) -> Query:
    """The query with its numbers as the documents write them: 四聲 as 4聲, 九成 as 90%."""
    terms = dict(query.terms)
    for quantity in quantities:
        for gram in grams(f"{quantity.value.normalize():f}{quantity.unit}"):
            terms[gram] = max(terms.get(gram, 0.0), 1.0)
    return replace(query, terms=terms)


def _digits(quantities: Iterable[Quantity]) -> frozenset[str]:
    return frozenset(f"{q.value.normalize():f}" for q in quantities)


def _weighted(query: Query, factor: float, without: frozenset[str]) -> Query:
    """The query with all weights times a factor, less the numbers that were replaced."""
    terms = {t: w * factor for t, w in query.terms.items() if without.isdisjoint(_NUMBER.findall(t))}
    return Query(
        terms, tuple(replace(c, weight=c.weight * factor) for c in query.concepts), query.characters, query.quoted
    )
