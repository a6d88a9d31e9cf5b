"""The tree of a document, grown from its own numbering.

A mark whose family is already open closes everything below it; a new family hangs under what is open. So it needs no
list of levels, and a misplaced table cell still finds its place by its mark. A title starts a new part: annexes restart
at 壹. It refuses to repair the paper: texts stay as they are, and what has no place stays where it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from knowledge.markers import RANK, Marker, cut_points, match, spaced
from knowledge.source import Line

LEAVES = ("para", "note", "form", "reference", "table")
WHOLE = ("條", "case")  # these keep their further paragraphs
LONG = 700  # characters: a longer line is cut at its sentences
SHORT = 44  # characters: the longest line that may be a title or a bare heading
_SENTENCE = re.compile(r"[。；;！？!?]|[，,].*[，,].*[，,]")
_ANNEX = re.compile(
    r"^[(（【\[]?(?:附表|附件|附錄|附圖|附則|附註|表單|表|圖|Appendix|Annex)\s*[\d一二三四五六七八九十A-Za-z]*(?:-\d+)?[)）】\]]?(?=$|[\s\u3000:：、.])"
)
_TITLE = re.compile(
    r"(?:計畫|要點|辦法|規定|規則|須知|條例|準則|標準|守則|程序|簡章|範本|量表|清單|手冊|名稱|報告|總報告|評分表|統計表|"
    r"檢核表|點檢表|檢查表|申請表|登記表|紀錄表|一覽表|對照表|表|章程|公約|方案|指引|規範|作業流程|說明書|法|細則)"
    r"(?:\s*[(（〔【][^()（）]{1,20}[)）〕】])?$"
)
_FIELD = re.compile(r"[:：]\s*$|_{3,}|＿{2,}|[:：]\s*[_＿]{2,}")
_NOTE = re.compile(
    r"^(?:※|＊|\*|註|備註|附註|填寫說明|填表說明|說明|注意事項|註記)\s*\d*\s*[:：]?|^[〔【\[（(].*[〕】\]）)]$"
)


@dataclass(slots=True)
class Node:
    """One place of the outline while it grows. `pieces` are verbatim; `label` is its short name in a chain."""

    kind: str
    label: str = ""
    marker: Marker | None = None
    pieces: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0
    children: list[Node] = field(default_factory=list)
    points: Decimal | None = None
    least: Decimal | None = None
    column: int = -1
    barrier: bool = False
    ticked: bool = False
    table: str = ""
    column_name: str = ""

    @property
    def family(self) -> str:
        return self.marker.family if self.marker else ""

    def add(self, piece: str, line: int) -> None:
        """One more verbatim piece of its own text."""
        self.pieces.append(piece)
        self.last = max(self.last, line)


def short_name(text: str, marked: bool) -> str:
    """What stands for a clause in a chain of headings: its words up to the first colon or stop, verbatim."""
    text = text.strip()
    head = re.split(r"[:：。；;]|(?<=.{24})[，,]", text, maxsplit=1)[0].strip() if marked else text
    if len(head) > SHORT:
        head = re.split(r"(?<=.{6})[，,(（]", head, maxsplit=1)[0].strip()
    head = (head if len(head) <= SHORT else head[:SHORT]).strip(" :：")
    opened = max(head.rfind("("), head.rfind("（"))
    if opened > 4 and not re.search(r"[)）]", head[opened:]):
        head = head[:opened].strip()
    return head


class Outline:
    """Grows the tree: `line` for text lines, `open` and `close_to` for the table reader."""

    def __init__(self, decimal: bool = False) -> None:
        self.decimal = decimal
        self.root = Node("root")
        self.stack: list[Node] = [self.root]
        self._numbers: dict[str, int] = {}
        self._top_families: set[str] = set()
        self.annexes: list[str] = []

    @property
    def current(self) -> Node:
        return self.stack[-1]

    def push(self, node: Node) -> Node:
        """Hang the node under what is open, and open it."""
        self.current.children.append(node)
        self.stack.append(node)
        return node

    def close_to(self, depth: int) -> None:
        """Close everything from this depth of the stack on."""
        del self.stack[max(depth, 1) :]

    def open(self, marker: Marker, base: int = 1) -> None:
        """Close what a mark of this family ends, looking no further down the stack than `base` or a barrier."""
        floor = max([base, *(i + 1 for i, n in enumerate(self.stack) if n.barrier)])
        for i in range(len(self.stack) - 1, floor - 1, -1):
            if self.stack[i].family == marker.family:
                self.close_to(i)
                return
        rank = RANK.get(marker.family)
        if marker.family.startswith("dec"):
            parents = {f"dec{n}" for n in range(2, len(marker.parts))} | {"digit"}
            while len(self.stack) > floor and RANK.get(self.current.family, 0) >= RANK["dec2"]:
                if self.current.family in parents:
                    break
                self.close_to(len(self.stack) - 1)
            return
        if rank is None:
            return
        while len(self.stack) > floor and self.current.family and RANK.get(self.current.family, -1) > rank:
            self.close_to(len(self.stack) - 1)

    # text lines

    def line(self, line: Line, following: Line | None) -> None:
        """Take in one line of text; `following` is the next line of text when no table comes before it."""
        chunks = sentences(line.text)
        self._take(replace(line, text=chunks[0]), following)
        for chunk in chunks[1:]:
            while self.current.kind in LEAVES:
                self.close_to(len(self.stack) - 1)
            self.push(Node("para", "", None, [chunk], line.number, line.number))

    def _take(self, line: Line, following: Line | None) -> None:
        pieces = split_pieces(line.text)
        marker = match(pieces[0]) or self._bare_number(line)
        if marker and marker.family == "hash1" and not self.root.children:
            self._title(replace(line, text=line.text[marker.end :].strip()))
            return
        if marker and self._is_mark(marker, pieces[0]):
            for piece in pieces:
                self._marked(piece, match(piece) or marker, line)
        elif self._continues(line):
            self._go_on(line)
        elif _ANNEX.match(line.text) and len(line.text) <= SHORT + 20:
            self._annex(line)
        elif self._is_title(line, following):
            self._title(line)
        else:
            self._paragraph(line, pieces)

    def _bare_number(self, line: Line) -> Marker | None:
        marker = spaced(line.text) if self.decimal else None
        return marker if marker and marker.number == self._numbers.get("digit", 0) + 1 else None

    def _is_mark(self, marker: Marker, text: str) -> bool:
        if marker.family != "條":
            return True
        follows = text[marker.end - 1 : marker.end] in " \u3000" or text[marker.end : marker.end + 1] in (
            "",
            "(",
            "（",
            "【",
        )
        return follows or marker.number == self._numbers.get("條", 0) + 1

    def _continues(self, line: Line) -> bool:
        """A line that goes on where a hard-wrapped one stopped."""
        node = self.current
        if line.gap or line.bullet or not node.pieces or node.kind in ("root", "annex", "form"):
            return False
        last = node.pieces[-1].strip()
        if re.search(r"[。：:；;！？!?】〕]$|[_＿]$", last) or _NOTE.match(line.text):
            return False
        if node.kind == "title":
            return not (_FIELD.search(line.text) or _TITLE.search(last))
        return node.kind != "mark" or len(last) >= 25 or len(node.pieces) > 1

    def _go_on(self, line: Line) -> None:
        node = self.current
        node.pieces[-1] += "\n" + line.text
        node.last = line.number
        if node.kind == "title":
            node.label = " ".join(node.pieces[-1].split("\n"))[:80]

    def _marked(self, text: str, marker: Marker, line: Line) -> None:
        self.close_leaves()
        self.open(marker, self._base())
        self._numbers[marker.family] = marker.number
        if len(self.stack) == self._base():
            self._top_families.add(marker.family)
        body = text[marker.end :] if marker.family.startswith("hash") else text
        self.push(Node("mark", short_name(body, True), marker, [body], line.number, line.number))

    def close_leaves(self) -> None:
        """Close what nothing can hang under: paragraphs, notes, forms, references."""
        while self.current.kind in LEAVES:
            self.close_to(len(self.stack) - 1)

    def _base(self) -> int:
        """The depth below which no text line closes: the part that a title or annex opened."""
        titles = [i + 1 for i, n in enumerate(self.stack) if n.kind in ("title", "annex")]
        return max([1, *titles])

    def _annex(self, line: Line) -> None:
        rest = _ANNEX.sub("", line.text).strip(" :：、.\u3000")
        if line.bullet or (rest and self.current.kind == "reference"):
            self.close_leaves()
            self.annexes.append(line.text)
            self.push(Node("reference", "", None, [line.text], line.number, line.number))
            return
        self.close_to(1)
        self.push(Node("annex", line.text.strip(" :："), None, [line.text], line.number, line.number))
        self._numbers.clear()

    def _is_title(self, line: Line, following: Line | None) -> bool:
        text = line.text
        if not self.root.children and re.fullmatch(r"【[^】]{4,40}】", text):
            return True
        if line.bullet or len(text) > SHORT or _SENTENCE.search(text) or _FIELD.search(text) or _NOTE.match(text):
            return False
        if re.search(r"[:：，、,]", text) or re.match(r"^[「『〔【]", text):
            return False
        if self.current.kind in ("root", "annex") and not self.current.children:
            return True
        ahead = match(following.text) if following and following.gap else None
        restarts = bool(ahead and ahead.number == 1 and ahead.family in self._top_families)
        return line.gap and (restarts or bool(_TITLE.search(text)))

    def _title(self, line: Line) -> None:
        text = label = line.text
        if self.current.kind != "annex" or self.current.children:
            label = next((a for a in self.annexes if _bare(text) in _bare(a)), text)
            self.close_to(1)
            self._numbers.clear()
        self.push(Node("title", label, None, [text], line.number, line.number))

    def _paragraph(self, line: Line, pieces: list[str]) -> None:
        text = line.text
        if _FIELD.search(text) and len(text) <= 60 and not text.startswith("※"):
            self._form(line)
            return
        self.close_leaves()
        node = self.current
        bracketed = bool(re.match(r"^[〔【（(].*[〕】）)]$", text, re.DOTALL))
        note = bool(_NOTE.match(text)) and not bracketed
        if node.kind == "mark" and not node.children and len(pieces) == 1:
            ends = bool(re.search(r"[。；;]$", node.pieces[-1].strip()))
            listed = len(self.stack[-2].children) > 1 and self.stack[-2].kind == "mark"
            few = len(node.pieces) == 1 or node.family in WHOLE
            room = sum(map(len, node.pieces)) + len(text) <= 400 and few
            if bracketed or (not note and not ends) or (not note and (not listed or node.family in WHOLE) and room):
                node.add(text, line.number)
                return
            if (ends or note) and node.family not in WHOLE and (listed or note):
                self.close_to(len(self.stack) - 1)
        self.push(Node("note" if note else "para", "", None, [pieces[0]], line.number, line.number))
        for piece in pieces[1:]:
            marker = match(piece)
            if marker:
                self._marked(piece, marker, line)

    def _form(self, line: Line) -> None:
        if self.current.kind == "form":
            self.current.add(line.text, line.number)
            return
        self.close_leaves()
        node = self.current
        if node.kind == "mark" and not node.children and not node.pieces[-1].rstrip().endswith(("。", "；")):
            node.add(line.text, line.number)
            return
        self.push(Node("form", "", None, [line.text], line.number, line.number))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def sentences(text: str) -> list[str]:
    """A very long line in parts of at most 700 characters, ending at sentences where it has any."""
    parts: list[str] = []
    rest = text
    while len(rest) > LONG:
        ends = [rest.rfind(c, LONG // 3, LONG) for c in "。；！？，"]
        cut = next((e + 1 for e in (max(ends[:4]), ends[4]) if e > 0), LONG)
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def split_pieces(text: str) -> list[str]:
    """A line's inline lists as clauses of their own: '如下：(1)甲。(2)乙。' → three pieces."""
    cuts = [0, *cut_points(text), len(text)]
    return [piece for a, b in pairwise(cuts) if (piece := text[a:b].strip())] or [text]
