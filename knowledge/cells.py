"""What stands in one cell: its pieces without tags, its headings, its lists.

Pure text in, text out; where a piece belongs is the table reader's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.markers import match
from knowledge.outline import split_pieces

TICK = "\x01"
_BREAK = re.compile(r"</?(?:p|ol|ul|li|br|div|tr)\b[^>]*>", re.IGNORECASE)
_TICK = re.compile(r"<input\b[^>]*checkbox[^>]*>|[□☐☑■]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_WRAP = re.compile(r"(?<=[\u3400-\u9fff，、；：）」])(?<!分) +(?=[\u3400-\u9fff（「])")
SUM = re.compile(r"[*＊]\s*(?:小計|得分|分數)\s*[:：]?\s*")
SUB_ITEM = re.compile(r"^※[^。]{1,40}[(（]\s*\d+\s*分\s*[)）]\s*[:：]?")


TOTAL = re.compile(r"(?:總得分|總分|合計|總計|小計|優點、建議改進事項|優點|建議改進事項|備註)[:：]?")


@dataclass(slots=True)
class Piece:
    """One clause of a cell, without tags; `ticked` when a box to tick stood before it."""

    text: str
    ticked: bool


def clean(cell: str) -> list[Piece]:
    """A cell's pieces in order: parted where its tags part them and where inline lists begin new clauses."""
    text = _TICK.sub(TICK, cell)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = (
        re.sub(r"[(（][\d ]+分", lambda m: m.group().replace(" ", ""), text) if re.search(r"\d \d \d", text) else text
    )
    pieces: list[Piece] = []
    for part in text.split("\n"):
        joined = _WRAP.sub("", part.strip())
        if not joined.replace(TICK, "").strip():
            continue
        ticked = joined.startswith(TICK)
        for sub in split_pieces(re.sub(r"\s*" + TICK + r"\s*", " ", joined).strip()):
            for piece in _sub_items(sub):
                pieces.append(Piece(piece, ticked))
    return pieces


def _sub_items(text: str) -> list[str]:
    """'※ 甲 (20分): … ※ 乙 (10分): …' as one piece for each, and a ※ note after a stop as its own."""
    marks = [m.start() for m in re.finditer("※", text) if m.start()]
    cuts = [i for i in marks if SUB_ITEM.match(text[i:]) or text[:i].rstrip().endswith("。")]
    edges = [0, *cuts, len(text)]
    return [p for a, b in pairwise(edges) if (p := text[a:b].strip())]


def flat(cell: str) -> str:
    return re.sub(r"\s+", "", _TAG.sub("", cell))


def same(pieces: list[Piece]) -> str:
    return "".join(flat(p.text) for p in pieces)


def headings(text: str) -> list[str]:
    """'服務流程 (280分) *小計： 處理透明度 (280分) *得分：' as its two headings."""
    return [h for h in (p.strip() for p in SUM.split(text)) if h] or [text]


def tops(pieces: list[Piece]) -> list[int]:
    """Where the last list of a cell has its entries: the innermost family that repeats."""
    marks = [(i, m) for i, p in enumerate(pieces) if (m := match(p.text))]
    if not marks:
        return []
    family = marks[-1][1].family
    return [i for i, m in marks if m.family == family]


def counts(pieces: list[Piece]) -> set[int]:
    marks = [m for p in pieces if (m := match(p.text))]
    if not marks or not match(pieces[0].text):
        return set()
    first = marks[0].family
    same = [m for m in marks if m.family == first]
    return {len(same), sum(m.number == 1 for m in same)}


def groups(pieces: list[Piece], count: int) -> list[list[Piece]]:
    """The pieces cut into as many groups as asked: at every restart of the list, else at each of its entries."""
    first = match(pieces[0].text)
    if first is None:
        return []
    for restart in (True, False):
        cuts = [
            i
            for i, p in enumerate(pieces)
            if (m := match(p.text)) and m.family == first.family and (m.number == 1 or not restart)
        ]
        if len(cuts) == count:
            return [pieces[a:b] for a, b in zip(cuts, [*cuts[1:], len(pieces)], strict=True)]
    return []
