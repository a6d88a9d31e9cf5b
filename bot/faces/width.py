"""Wraps text to screen columns: Chinese characters take two, lines break between them and never inside a word.

No line begins with closing punctuation and none ends with an opening bracket, as Chinese is set. Emoji and combining
marks stay whole. Widths are those of the wcwidth library; it draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import wcwidth

from bot.faces.markup import Run
from bot.tables import cells

NOT_AT_START = frozenset("、。，．；：！？…—～％%）〕】》〉」』”’)]},.;:!?·")
NOT_AT_END = frozenset("（〔【《〈「『“‘([{")
Line = list[Run]


def wrap(parts: Sequence[Run], columns: int) -> list[Line]:
    """One paragraph (no line feeds) as lines of at most `columns`; a word that is longer is cut."""
    lines: list[Line] = []
    line: Line = []
    used = 0
    for word in _words(parts):
        size = sum(cells(part.text) for part in word)
        if used and used + size > columns:
            lines.append(_stripped(line))
            line, used = [], 0
            if all(part.text.isspace() for part in word):
                continue
        for piece in _fitting(word, columns) if size > columns else [word]:
            piece_size = sum(cells(part.text) for part in piece)
            if used + piece_size > columns:
                lines.append(_stripped(line))
                line, used = [], 0
            line += piece
            used += piece_size
    return [*lines, _stripped(line)]


def _words(parts: Sequence[Run]) -> Iterator[Line]:
    """What must stay together: a word of letters, one Chinese character with its punctuation, one run of spaces."""
    word: Line = []
    last = ""
    for part in parts:
        for cluster in wcwidth.iter_graphemes(part.text):
            if word and _may_break(last, cluster):
                yield word
                word = []
            if word and word[-1].tags == part.tags:
                word[-1] = Run(word[-1].text + cluster, part.tags)
            else:
                word.append(Run(cluster, part.tags))
            last = cluster
    if word:
        yield word


def _may_break(before: str, after: str) -> bool:
    if before.isspace() or after.isspace():
        return before.isspace() != after.isspace()
    if after[0] in NOT_AT_START or before[-1] in NOT_AT_END:
        return False
    return cells(before) > 1 or cells(after) > 1


def _fitting(word: Line, columns: int) -> Iterator[Line]:
    for part in word:
        for cluster in wcwidth.iter_graphemes(part.text):
            if cells(cluster) <= columns:
                yield [Run(cluster, part.tags)]


def _stripped(line: Line) -> Line:
    """Neighbours with the same tags joined, spaces at the end gone."""
    kept: Line = []
    for part in line:
        if kept and kept[-1].tags == part.tags:
            kept[-1] = Run(kept[-1].text + part.text, part.tags)
        else:
            kept.append(part)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].tags)
    return kept
