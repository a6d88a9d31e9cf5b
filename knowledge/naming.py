"""Which document a question names by its title: 明德高中的英語演講比賽, 海川科大教師評鑑, 春暉基金會獎學金.

People shorten titles as they like, so no alias list would do. A document is named when the question shares enough with
its title and agency that no other document has. Words that all titles have name nothing; so five plans of one kind are
told apart by their agencies only, as before. It refuses to decide between near equals: then all of them stay.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.normal import plain

ENOUGH = 2.2  # shared pairs, each weighed by how few titles have it: about two pairs that one title alone has
CLEAR = 1.35  # how much more than the next document the best must share
RUN = 3  # so many characters in a row are taken out of the question as a name
_SPLIT = re.compile(r"[^\u3400-\u9fffa-z]+")  # a year names no title: it is read as a year
_SHORT = {
    "高級中學": "高中",
    "國民小學": "國小",
    "國民中學": "國中",
    "科技大學": "科大",
    "財團法人": "",
    "股份有限公司": "公司",
}


@dataclass(frozen=True, slots=True)
class Titled:
    """A document's name as it may be said: file, title and agency with the usual short forms."""

    document: str
    names: tuple[str, ...]
    pairs: frozenset[str]


class TitleNames:
    """The titles of one library. `sources`: file name, title, agency, further names of it."""

    def __init__(self, sources: Iterable[tuple[str, str, str, Sequence[str]]]) -> None:
        self._titled = {t.document: t for t in (_titled(*source) for source in sources)}
        self._holders: dict[str, list[str]] = {}
        for titled in self._titled.values():
            for pair in titled.pairs:
                self._holders.setdefault(pair, []).append(titled.document)
        many = len(self._titled)
        scale = math.log(many + 1) if many > 1 else 1.0
        self._worth = {p: math.log((many + 1) / len(d)) / scale for p, d in self._holders.items() if many > 1}

    def read(self, question: str, among: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """The documents among these that the question names by title, and the question without the names.

        All of `among`, and the question as it was, when it names none of them clearly.
        """
        text = plain(question)
        allowed = set(among)
        scores: dict[str, float] = {}
        for pair in _pairs(text):
            worth = self._worth.get(pair, 0.0)
            for document in self._holders[pair] if worth else ():
                if document in allowed:
                    scores[document] = scores.get(document, 0.0) + worth
        best = max(scores.values(), default=0.0)
        named = {d for d, s in scores.items() if s * CLEAR > best}
        if best < ENOUGH or (len(allowed) > 1 and len(named) > max(1, len(allowed) // 8)):
            return tuple(among), question
        kept = [self._titled[d] for d in among if d in named]
        return tuple(t.document for t in kept), _without(text, kept, self._worth)


def _titled(document: str, title: str, office: str, names: Sequence[str]) -> Titled:
    spoken = {plain(n) for n in (title, office, *names) if n}
    for long, short in _SHORT.items():
        spoken |= {n.replace(long, short) for n in spoken}
    spoken |= {re.sub(r"(?<=.{2})[鄉鎮市縣]立|[國私]立", "", n) for n in spoken}
    return Titled(document, tuple(sorted(spoken)), frozenset(p for n in spoken for p in _pairs(n)))


def _pairs(text: str) -> set[str]:
    return {part[i : i + 2] for part in _SPLIT.split(text) for i in range(len(part) - 1)}


def _without(text: str, kept: Sequence[Titled], worth: dict[str, float]) -> str:
    """The question without the runs that it shares with the names, when a run has a pair that tells."""
    names = [name.replace(" ", "") for t in kept for name in t.names]
    out: list[str] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and any(text[at : end + 1] in name for name in names):
            end += 1
        run = text[at:end]
        telling = any(worth.get(run[i : i + 2], 0.0) > 0.6 for i in range(len(run) - 1))
        if len(run) >= RUN and telling:
            out.append(" ")
            at = end
        else:
            out.append(text[at])
            at += 1
    rest = re.sub(r"\s+", " ", "".join(out)).strip()
    return rest or text
