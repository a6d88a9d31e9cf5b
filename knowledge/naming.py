"""Which document a question names by its title: 明德高中的英語演講比賽, 海川科大教師評鑑, 春暉基金會獎學金.

People shorten titles as they like, so no alias list would do. A document is named when the question shares enough with
its title and agency that no other document has. Words that all titles have name nothing; so five plans of one kind are
told apart by their agencies only, as before. It refuses to decide between near equals: then all of them stay.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.normal import plain

ENOUGH = 2.2  # shared pairs, each weighed by how few titles have it: about two pairs that one title alone has
CLEAR = 1.35  # how much more than the next document the best must share
RUN = 3  # so many characters in a row are taken out of the question as a name
_SPLIT = re.compile(r"[^\u3400-\u9fff0-9a-z]+")
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
        self._titled = [_titled(*source) for source in sources]
        counts = Counter(pair for t in self._titled for pair in t.pairs)
        many = len(self._titled)
        self._worth = {
            pair: math.log((many + 1) / count) / math.log(many + 1) for pair, count in counts.items() if many > 1
        }

    def read(self, question: str, among: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """The documents among these that the question names by title, and the question without the names.

        All of `among`, and the question as it was, when it names none of them clearly.
        """
        text = plain(question)
        chosen = [t for t in self._titled if t.document in set(among)]
        if not chosen or not self._worth:
            return tuple(among), question
        said = _pairs(text)
        scores = {t.document: sum(self._worth[p] for p in said & t.pairs) for t in chosen}
        best = max(scores.values())
        named = [d for d, s in scores.items() if s * CLEAR > best]
        if len(chosen) > 1 and (best < ENOUGH or len(named) > max(1, len(chosen) // 8)):
            return tuple(among), question
        kept = [t for t in chosen if t.document in named] if best >= ENOUGH else []
        if not kept:
            return tuple(among), question
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
