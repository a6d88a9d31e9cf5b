"""Tables into the outline: every cell finds its place by its mark, by its column, and by the points it may hold.

Official tables come out of their files with cells shifted, headings that span rows and pages, and two lists side by
side. What is marked goes where its mark belongs; an unmarked cell goes by its column; where the points of the headings
say that a cell was shifted, the points win. Simple tables become one passage a row. Nothing is dropped: what fits
nowhere stays under what was open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.markers import match
from knowledge.outline import SHORT, Node, Outline, short_name, split_pieces
from knowledge.passages import GAP
from knowledge.scales import has_bands, points_cell, points_of, split_bands, top
from knowledge.source import Row, Table

TICK = "\x01"
_BREAK = re.compile(r"</?(?:p|ol|ul|li|br|div|tr)\b[^>]*>", re.IGNORECASE)
_TICK = re.compile(r"<input\b[^>]*checkbox[^>]*>|[□☐☑■]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_WRAP = re.compile(r"(?<=[\u3400-\u9fff，、；：）」])(?<!分) +(?=[\u3400-\u9fff（「])")
_SUM = re.compile(r"[*＊]\s*(?:小計|得分|分數)\s*[:：]?\s*")
_SUBITEM = re.compile(r"^※[^。]{1,40}[(（]\s*\d+\s*分\s*[)）]\s*[:：]?")


_TOTAL = re.compile(r"(?:總得分|總分|合計|總計|小計|優點、建議改進事項|優點|建議改進事項|備註)[:：]?")


@dataclass(slots=True)
class Piece:
    """One clause of a cell, without tags; `ticked` when a box to tick stood before it."""

    text: str
    ticked: bool


def clean(cell: str) -> list[Piece]:
    """A cell's pieces in order: parted where its tags part them and where inline lists begin new clauses."""
    text = _TICK.sub(TICK, cell)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = re.sub(r"[(（][\d ]+分", lambda m: m.group().replace(" ", ""), text) if re.search(r"\d \d \d", text) else text
    pieces: list[Piece] = []
    for part in text.split("\n"):
        part = _WRAP.sub("", part.strip())
        if not part.replace(TICK, "").strip():
            continue
        ticked = part.startswith(TICK)
        part = re.sub(r"\s*" + TICK + r"\s*", " ", part).strip()
        for sub in split_pieces(part):
            for piece in _sub_items(sub):
                pieces.append(Piece(piece, ticked))
    return pieces


def _sub_items(text: str) -> list[str]:
    """'※ 甲 (20分): … ※ 乙 (10分): …' as one piece for each, and a ※ note after a stop as its own."""
    marks = [m.start() for m in re.finditer("※", text) if m.start()]
    cuts = [i for i in marks if _SUBITEM.match(text[i:]) or text[:i].rstrip().endswith("。")]
    edges = [0, *cuts, len(text)]
    return [p for a, b in zip(edges, edges[1:], strict=False) if (p := text[a:b].strip())]


def _flat(cell: str) -> str:
    return re.sub(r"\s+", "", _TAG.sub("", cell))


class TableReader:
    """Reads one table into the outline, under what is open there."""

    def __init__(self, outline: Outline, table: Table) -> None:
        self.outline = outline
        self.rows = [r for r in table.rows if any(_flat(c) for c in r.cells)]
        self.base = len(outline.stack)
        self.header: list[str] = []
        self.doubts: list[str] = []
        self.section: Node | None = None
        self.head_next = False
        self.shift = 0

    def read(self) -> None:
        """Take in all rows; afterwards everything that the table opened is closed."""
        self.outline.close_leaves()
        self.base = len(self.outline.stack)
        self.outline.current.barrier, before = True, self.outline.current.barrier
        owner = self.outline.current
        if self._only_heads():
            self._heads_passage()
        elif self._is_plain():
            self._plain_rows()
        else:
            self._outline_rows()
        owner.barrier = before
        self.outline.close_to(self.base)

    # what kind of table

    def _short(self, row: Row) -> bool:
        cells = [_flat(c) for c in row.cells if _flat(c)]
        return all(len(c) <= 24 and "。" not in c and not match(c) for c in cells)

    def _only_heads(self) -> bool:
        """A form's head without rows: up to three rows of short cells, the first with cells that span others."""
        rows = self.rows
        spans = len(rows) > 1 and any(not _flat(c) for c in rows[0].cells[:-1])
        return 2 <= len(rows) <= 3 and spans and len(rows[0].cells) >= 6 and all(not has_bands(c) for r in rows for c in r.cells)

    def _is_plain(self) -> bool:
        """Every row has its first cell, and no cell holds an outline of its own: one passage a row."""
        body = self.rows[1:]
        if not body or len(self.rows[0].cells) < 2 or not self._short(self.rows[0]):
            return False
        filled = [r for r in body if _flat(r.cells[0])]
        if len(filled) < 0.7 * len(body):
            return False
        nested = sum(any(len(clean(c)) > 1 for c in r.cells) for r in body)
        marked = sum(bool((m := match(_flat(r.cells[0]))) and m.family in ("han", "big")) for r in filled)
        wide = sum(len(_flat(c)) > 160 for r in body for c in r.cells)
        scored = sum(has_bands(c) for r in body for c in r.cells)
        return nested <= len(body) / 3 and not wide and not scored and marked < len(filled)

    # a head without rows

    def _heads_passage(self) -> None:
        width = max(len(r.cells) for r in self.rows)
        columns = [GAP.join(c for r in self.rows if (c := self._at(r, k))) for k in range(width)]
        lines = [c for c in columns if c]
        self.outline.push(Node("table", "", None, lines, self.rows[0].number, self.rows[-1].number))

    def _at(self, row: Row, k: int) -> str:
        return " ".join(p.text for p in clean(row.cells[k])) if k < len(row.cells) else ""

    # plain tables

    def _plain_rows(self) -> None:
        self.header = [self._at(self.rows[0], k) for k in range(len(self.rows[0].cells))]
        first = ""
        for row in self.rows[1:]:
            if self._same_as_header(row):
                continue
            cells = [self._at(row, k) for k in range(len(row.cells))]
            head = GAP.join(h for h in self.header if h)
            name = GAP.join(c for c in cells[: 2 if self._needs_second(cells) else 1] if c) or first
            first = cells[0] or first
            node = Node("row", short_name(name, False), None, [head], row.number, row.number)
            node.pieces.append(GAP.join(c for c in cells if c))
            node.points = self._row_points(cells)
            self.outline.push(node)
            self.outline.close_to(self.base)

    def _needs_second(self, cells: list[str]) -> bool:
        """A code or a word that several rows begin with says too little alone."""
        same = sum(_flat(r.cells[0]) == _flat(cells[0]) for r in self.rows)
        return len(cells) > 1 and len(cells[1]) <= 20 and (same > 1 or bool(re.fullmatch(r"[A-Za-z]?[\d.\-]*", cells[0])))

    def _row_points(self, cells: list[str]) -> Decimal | None:
        for name, cell in zip(self.header, cells, strict=False):
            worth = points_cell(cell) if re.search(r"分|權重|比例|比重|點數", name) else None
            if worth:
                return worth[1]
        return next((p for c in cells if (p := points_of(c)) is not None), None)

    def _same_as_header(self, row: Row) -> bool:
        ours = {_flat(h) for h in self.header if _flat(h)}
        theirs = [_flat(c) for c in row.cells if _flat(c)]
        equal = sum(c in ours for c in theirs)
        return bool(theirs) and (equal == len(theirs) or (equal >= 2 and self._short(row)))

    # tables that are outlines

    def _outline_rows(self) -> None:
        rows = self.rows
        for i, row in enumerate(rows):
            following = rows[i + 1] if i + 1 < len(rows) else None
            if self.head_next:
                self._new_header(row, i)
            elif i == 0 and self._short(row) and following is not None and not has_bands(" ".join(row.cells)):
                self._new_header(row, i)
            elif self.header and self._same_as_header(row):
                self._new_header(row, i)
            elif following is not None and self._opens_section(row, following):
                self._section(row)
            else:
                self._row(row)

    def _new_header(self, row: Row, index: int) -> None:
        self.head_next = False
        names = [" ".join(p.text for p in clean(c)) for c in row.cells]
        changed = bool(self.header) and _flat(names[0]) != _flat(self.header[0]) and bool(_flat(names[0]))
        if changed and not self.section and not set(_flat(names[0])) & set(_flat(self.header[0])) >= set("測試結果"):
            self.outline.close_to(self.base)
            self.outline.push(Node("section", names[0], None, [names[0]], row.number, row.number))
        elif index == 0 and re.search("構面", names[0]) and len(names) > 3:
            self.outline.push(Node("section", names[0], None, [names[0]], row.number, row.number))
        self.header = names

    def _opens_section(self, row: Row, following: Row) -> bool:
        """A row before a (repeated) head names the part of the table that begins: '…構面 (600 分)'."""
        if not _flat(row.cells[0]) or sum(bool(_flat(c)) for c in row.cells) > 2:
            return False
        return self._same_as_header(following) if self.header else self._short(following)

    def _section(self, row: Row) -> None:
        self.outline.close_to(self.base)
        pieces = [" ".join(p.text for p in clean(c)) for c in row.cells if _flat(c)]
        node = Node("section", pieces[0], None, pieces, row.number, row.number)
        node.points = points_of(pieces[0])
        self.section = self.outline.push(node)
        self.head_next = True

    def _row(self, row: Row) -> None:
        filled = [(k, clean(c)) for k, c in enumerate(row.cells) if _flat(c)]
        filled = [(k, pieces) for k, pieces in filled if pieces]
        if not filled:
            return
        if len(filled) == 1 and _TOTAL.fullmatch(_same(filled[0][1])):
            self.outline.close_to(self.base)
            self.outline.push(Node("form", "", None, [filled[0][1][0].text], row.number, row.number))
            self.outline.close_leaves()
            return
        if len(filled) >= 2 and self._points_column(filled[-1][1]):
            self._scored(filled[:-1], filled[-1][1], row)
            return
        if self._goes_on(filled, row):
            return
        self._cells(filled, row)

    def _cells(self, filled: list[tuple[int, list[Piece]]], row: Row) -> None:
        self.shift = 0
        filled = [f for n, f in enumerate(filled) if not n or _same(f[1]) != _same(filled[n - 1][1])]
        heads, contents = self._divide(filled)
        for n, (k, pieces) in enumerate(heads):
            nodes = self._head(k, pieces, row, last=n == len(heads) - 1)
            if n == len(heads) - 1 and contents and len(nodes) > 1:
                rest = self._zip(nodes, contents[0][1], row)
                contents = contents[1:] if rest else contents
        contents = [c for c in contents if not self._repeats(c[1])]
        for k, pieces in contents:
            depth = len(self.outline.stack)
            if len(contents) > 1 and k < len(self.header) and self.header[k]:
                name = self.header[k]
                self.outline.push(Node("cell", name, None, [name], row.number, row.number, column=k, barrier=True))
            self._content(pieces, row)
            if len(contents) > 1:
                self.outline.close_to(depth)

    def _divide(self, filled: list[tuple[int, list[Piece]]]) -> tuple[list[tuple[int, list[Piece]]], list[tuple[int, list[Piece]]]]:
        """The row's cells as headings and contents: contents begin at the first cell that is more than a heading."""
        for n, (_, pieces) in enumerate(filled):
            lead = pieces[0].text
            is_last = n == len(filled) - 1
            bare = _SUM.sub("", lead).strip()
            if n and _SUBITEM.match(bare):
                return filled[:n], filled[n:]
            worth = bool(re.search(r"分\s*[)）]$", bare))
            heading = len(bare) <= SHORT and (worth or "。" not in bare.rstrip("。")) and not has_bands(bare)
            listed = len(pieces) > 1 and not (points_of(lead) is not None and heading) and not self._parallel(filled, n)
            if not heading or (listed and not self._tagged_sum(pieces)):
                return filled[:n], filled[n:]
            if is_last and (n or not match(bare)) and not self._looks_head(bare, n):
                return filled[:n], filled[n:]
        return filled, []

    def _looks_head(self, text: str, n: int) -> bool:
        return points_of(text) is not None or n == 0 or not self._wide_table()

    def _wide_table(self) -> bool:
        return any(len(_flat(c)) > 60 for r in self.rows for c in r.cells)

    @staticmethod
    def _tagged_sum(pieces: list[Piece]) -> bool:
        return all(not _SUM.sub("", p.text).strip() for p in pieces[1:])

    def _parallel(self, filled: list[tuple[int, list[Piece]]], n: int) -> bool:
        """A cell with several marked headings beside a cell with as many lists or clauses."""
        if n + 1 >= len(filled):
            return False
        count = len(_tops(filled[n][1]))
        return count > 1 and all(len(p.text) <= SHORT for p in filled[n][1]) and count in _counts(filled[n + 1][1])

    def _head(self, column: int, pieces: list[Piece], row: Row, last: bool) -> list[Node]:
        """Open the heading or headings of one cell; the opened nodes, the innermost list of them last."""
        nodes: list[Node] = []
        whole = " ".join(p.text for p in pieces) if self._tagged_sum(pieces) else ""
        texts = _headings(whole) if whole else [p.text for p in pieces]
        for i, text in enumerate(texts):
            text = _SUM.sub("", text).strip() or text
            mark = match(text)
            if i and not whole and points_of(texts[0]) is not None and points_of(text) is None:
                depth = len(self.outline.stack)
                self._content(pieces[i:], row)
                self.outline.close_to(depth)
                break
            node = Node("mark" if mark else "cell", short_name(text, bool(mark)), mark, [text], row.number, row.number)
            node.column, node.points = column + self.shift, points_of(text)
            node.label = text if len(text) <= SHORT + 16 else node.label
            if mark and i:
                self.outline.open(mark, self._floor())
            elif mark:
                self._open_mark(node, column + self.shift)
            elif i == 0:
                self._open_column(node, column + self.shift)
            self.outline.push(node)
            nodes.append(node)
        tops = [n for n in nodes if n.marker and nodes[-1].marker and n.family == nodes[-1].family]
        return tops if len(tops) > 1 else nodes[-1:]

    def _open_mark(self, node: Node, column: int) -> None:
        assert node.marker
        depth = len(self.outline.stack)
        self.outline.open(node.marker, self._floor())
        if len(self.outline.stack) == depth:
            self._close_columns(column)

    def _floor(self) -> int:
        inside = len(self.outline.stack) > self.base and self.outline.stack[self.base].kind == "section"
        return self.base + (1 if inside else 0)

    def _open_column(self, node: Node, column: int) -> None:
        """Close the columns from this one on, unless an open heading still lacks just such points."""
        for i in range(self._floor(), len(self.outline.stack)):
            other = self.outline.stack[i]
            begun = any(c.points for c in other.children)
            if other.column == column and node.points and begun and _room(other) >= node.points:
                self.outline.close_to(i + 1)
                node.column, self.shift = column + 1, 1
                return
        self._close_columns(column)

    def _close_columns(self, column: int) -> None:
        for i in range(self._floor(), len(self.outline.stack)):
            if self.outline.stack[i].column >= column:
                self.outline.close_to(i)
                return

    def _repeats(self, pieces: list[Piece]) -> bool:
        """A cell that says the heading beside it once more."""
        told = {_flat(p) for n in self.outline.stack for p in n.pieces}
        return all(_flat(p.text) in told for p in pieces)

    def _zip(self, nodes: list[Node], pieces: list[Piece], row: Row) -> bool:
        """Two lists side by side: the n-th of the one belongs to the n-th of the other."""
        groups = _groups(pieces, len(nodes))
        if not groups:
            return False
        at = self.outline.stack.index(nodes[-1])
        for node, group in zip(nodes, groups, strict=True):
            self.outline.close_to(at)
            self.outline.stack.append(node)
            node.barrier = True
            same = match(group[0].text)
            if same and node.marker and len(group) == 1 and same.family == node.family:
                node.add(group[0].text, row.number)
            else:
                self._content(group, row)
            node.barrier = False
        return True

    def _content(self, pieces: list[Piece], row: Row) -> None:
        """A cell that says something: its clauses, its bands, its notes, under the innermost open heading."""
        floor = len(self.outline.stack)
        for piece in pieces:
            mark = match(piece.text)
            if mark and not (has_bands(piece.text[:12]) and mark.family.startswith("dec")):
                depth = max(floor, self._floor()) if not self._open_in_table(mark.family) else self._floor()
                self.outline.open(mark, depth)
                self._leaf("mark", piece, row)
            elif _SUBITEM.match(piece.text):
                self._sub_item(piece, row)
            else:
                self._own(piece, row)

    def _open_in_table(self, family: str) -> bool:
        return any(n.family == family for n in self.outline.stack[self._floor() :])

    def _leaf(self, kind: str, piece: Piece, row: Row) -> Node:
        head, *rest = split_bands(piece.text)
        node = Node(kind, short_name(head, kind == "mark"), match(head), [head], row.number, row.number)
        if re.search(r"[(（]\s*\d+\s*分\s*[)）]\s*[:：]?$", head.strip()):
            node.points = points_of(head)
            node.label = head if len(head) <= SHORT + 16 else node.label
        node.ticked = piece.ticked
        for text in rest:
            node.add(text, row.number)
        return self.outline.push(node)

    def _sub_item(self, piece: Piece, row: Row) -> None:
        m = _SUBITEM.match(piece.text)
        assert m
        while self.outline.current.kind == "sub":
            self.outline.close_to(len(self.outline.stack) - 1)
        points = points_of(m.group())
        owner = self.outline.current
        self._give_back(owner, points)
        node = Node("sub", m.group().strip(" :："), None, [m.group().strip()], row.number, row.number, points=points)
        for text in split_bands(piece.text[m.end() :].strip()):
            node.add(text, row.number)
        self.outline.push(node)

    def _give_back(self, owner: Node, points: Decimal | None) -> None:
        """A part whose points do not fit here, yet are just what the item before still lacks, belongs to that item."""
        above = self.outline.stack[-2].children if len(self.outline.stack) > 1 else []
        if owner not in above or not points or owner.points == points:
            return
        i = above.index(owner)
        if i and above[i - 1].points and _room(above[i - 1]) == points and above[i - 1].children:
            self.doubts.append(f"第 {owner.first} 行：「{owner.label}」旁的格子照配分應屬「{above[i - 1].label}」。")
            self.outline.stack[-1] = above[i - 1]

    def _own(self, piece: Piece, row: Row) -> None:
        """Words without a mark: more text of the innermost node; bands too high for it climb to the one that fits."""
        outline = self.outline
        best = top(piece.text)
        if best is not None:
            for node in reversed(outline.stack[self._floor() :]):
                if node.points is not None and node.points >= best:
                    for text in split_bands(piece.text):
                        node.add(text, row.number)
                    return
        node = outline.current
        if node is outline.root or len(outline.stack) <= self.base:
            outline.push(Node("para", "", None, [piece.text], row.number, row.number))
            outline.close_leaves()
            return
        if piece.ticked and node.kind == "mark":
            outline.push(Node("para", "", None, [piece.text], row.number, row.number))
            outline.close_leaves()
            return
        for text in split_bands(piece.text):
            node.add(text, row.number)

    def _goes_on(self, filled: list[tuple[int, list[Piece]]], row: Row) -> bool:
        """A row that only continues the last cell over a page break."""
        if len(filled) != 1 or len(self.outline.stack) <= self._floor():
            return False
        column, pieces = filled[0]
        lead = pieces[0].text
        last_column = max(n.column for n in self.outline.stack)
        if match(lead) and not has_bands(lead[:14]) and column <= last_column:
            return False
        if self._wide_table() and (column > last_column or (column and not self._whole())):
            self._content(pieces, row)
            return True
        if not self._wide_table() and column < len(self.header) - 1 and not match(lead):
            self._cells([(len(self.header) - 1, pieces)], row)
            return True
        return False

    def _whole(self) -> bool:
        pieces = self.outline.current.pieces
        return bool(re.search(r"[。；：:）)]\s*$", pieces[-1])) if pieces else True

    # points standing in a column of their own

    @staticmethod
    def _points_column(pieces: list[Piece]) -> bool:
        return len(pieces) > 1 and all(points_cell(p.text) for p in pieces)

    def _scored(self, filled: list[tuple[int, list[Piece]]], column: list[Piece], row: Row) -> None:
        """A form whose points stand beside its items: each mark gets its points, in order."""
        pieces = [p for _, ps in filled for p in ps]
        before = {id(n) for n in _all(self.outline.root)}
        self._content(pieces, row)
        nodes = [n for n in _all(self.outline.root) if id(n) not in before and n.marker and n.points is None]
        nodes.sort(key=lambda n: _place(pieces, n))
        untold = [n for n in nodes if not re.search(r"[:：]\s*\d+\s*分\s*$", n.pieces[0])]
        for node in [n for n in nodes if n not in untold]:
            node.points = points_of(node.pieces[0])
        spare = len(untold) - len(column)
        while spare > 0 and (loose := [n for n in untold if not n.ticked]):
            untold.remove(loose[-1])
            spare -= 1
        if spare:
            self.doubts.append(f"第 {row.number} 行：{len(untold)} 個項目、{len(column)} 個配分，對不起來。")
            return
        for node, piece in zip(untold, column, strict=True):
            worth = points_cell(piece.text)
            if worth:
                node.least, node.points = worth
            node.pieces[0] = f"{node.pieces[0]}{GAP}{piece.text}"
            node.kind = "option" if piece.text.strip()[:1] in "(（" else "item"


def _same(pieces: list[Piece]) -> str:
    return "".join(_flat(p.text) for p in pieces)


def _place(pieces: list[Piece], node: Node) -> int:
    return next((i for i, p in enumerate(pieces) if p.text.startswith(node.pieces[0])), len(pieces))


def _all(node: Node) -> list[Node]:
    found = []
    for child in node.children:
        found += [child, *_all(child)]
    return found


def _room(node: Node) -> Decimal:
    """The points that a heading's children have not used up yet."""
    if node.points is None:
        return Decimal(0)
    return node.points - sum((c.points or Decimal(0) for c in node.children), Decimal(0))


def _headings(text: str) -> list[str]:
    """'服務流程 (280分) *小計： 處理透明度 (280分) *得分：' as its two headings."""
    return [h for h in (p.strip() for p in _SUM.split(text)) if h] or [text]


def _tops(pieces: list[Piece]) -> list[int]:
    """Where the last list of a cell has its entries: the innermost family that repeats."""
    marks = [(i, m) for i, p in enumerate(pieces) if (m := match(p.text))]
    if not marks:
        return []
    family = marks[-1][1].family
    return [i for i, m in marks if m.family == family]


def _counts(pieces: list[Piece]) -> set[int]:
    marks = [m for p in pieces if (m := match(p.text))]
    if not marks or not match(pieces[0].text):
        return set()
    first = marks[0].family
    same = [m for m in marks if m.family == first]
    return {len(same), sum(m.number == 1 for m in same)}


def _groups(pieces: list[Piece], count: int) -> list[list[Piece]]:
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
