"""Tables into the outline.

Official tables come out of their files with cells shifted, headings that span rows and pages, and two lists side by
side. Simple tables become one passage a row; the others are read as outlines: cells that are headings open, cells that
say something hang under them. Nothing is dropped: what fits nowhere stays under what was open.
"""

from __future__ import annotations

import re

from knowledge.cells import SUB_ITEM, SUM, TOTAL, Piece, clean, counts, flat, groups, headings, same, tops
from knowledge.markers import match
from knowledge.outline import SHORT, Node, Outline, short_name
from knowledge.passages import GAP
from knowledge.placing import Placer
from knowledge.plain_tables import is_plain, like_header, only_heads, read_heads, read_plain, short
from knowledge.scales import has_bands, points_cell, points_of
from knowledge.source import Row, Table

Filled = list[tuple[int, list[Piece]]]  # the cells of a row that hold something: column, pieces


class TableReader:
    """Reads one table into the outline, under what is open there."""

    def __init__(self, outline: Outline, table: Table) -> None:
        self.outline = outline
        self.rows = [r for r in table.rows if any(flat(c) for c in r.cells)]
        self.place = Placer(outline)
        self.doubts = self.place.doubts
        self.header: list[str] = []
        self.section: Node | None = None
        self.head_next = False
        self.shift = 0
        self.wide = any(len(flat(c)) > 60 for r in self.rows for c in r.cells)

    def read(self) -> None:
        """Take in all rows; afterwards everything that the table opened is closed."""
        self.outline.close_leaves()
        self.place.base = len(self.outline.stack)
        self.outline.current.barrier, before = True, self.outline.current.barrier
        owner = self.outline.current
        if only_heads(self.rows) or (len(self.rows) == 1 and short(self.rows[0])):
            read_heads(self.outline, self.rows)
        elif is_plain(self.rows):
            read_plain(self.outline, self.rows)
        else:
            self._outline_rows()
        owner.barrier = before
        self.outline.close_to(self.place.base)

    # tables that are outlines

    def _outline_rows(self) -> None:
        rows = self.rows
        for i, row in enumerate(rows):
            following = rows[i + 1] if i + 1 < len(rows) else None
            first = i == 0 and short(row) and following is not None and not has_bands(" ".join(row.cells))
            if self.head_next or first or (self.header and like_header(row, self.header)):
                self._new_header(row, i)
            elif following is not None and self._opens_section(row, following):
                self._section(row)
            else:
                self._row(row)

    def _new_header(self, row: Row, index: int) -> None:
        self.head_next = False
        names = [" ".join(p.text for p in clean(c)) for c in row.cells]
        changed = bool(self.header) and flat(names[0]) != flat(self.header[0]) and bool(flat(names[0]))
        if changed and not self.section:
            self.outline.close_to(self.place.base)
            self.outline.push(Node("section", names[0], None, [names[0]], row.number, row.number))
        elif index == 0 and re.search("構面", names[0]) and len(names) > 3:
            self.outline.push(Node("section", names[0], None, [names[0]], row.number, row.number))
        filled = [name for name in names if name]
        if not self.header and (len(filled) > 3 or any(re.search(r"\d", name) for name in filled)):
            said = GAP.join(filled)
            self.outline.push(Node("table", "", None, [said], row.number, row.number))
            self.outline.close_leaves()
        self.header = names

    def _opens_section(self, row: Row, following: Row) -> bool:
        """A row before a (repeated) head names the part of the table that begins: '…構面 (600 分)'."""
        if not flat(row.cells[0]) or sum(bool(flat(c)) for c in row.cells) > 2:
            return False
        return like_header(following, self.header) if self.header else short(following)

    def _section(self, row: Row) -> None:
        self.outline.close_to(self.place.base)
        pieces = [" ".join(p.text for p in clean(c)) for c in row.cells if flat(c)]
        node = Node("section", pieces[0], None, pieces, row.number, row.number)
        node.points = points_of(pieces[0])
        self.section = self.outline.push(node)
        self.head_next = True

    def _row(self, row: Row) -> None:
        filled = [(k, clean(c)) for k, c in enumerate(row.cells) if flat(c)]
        filled = [(k, pieces) for k, pieces in filled if pieces]
        if not filled:
            return
        if len(filled) == 1 and TOTAL.fullmatch(same(filled[0][1])):
            self.outline.close_to(self.place.base)
            self.outline.push(Node("form", "", None, [filled[0][1][0].text], row.number, row.number))
            self.outline.close_leaves()
            return
        if len(filled) >= 2 and self._points_column(filled[-1][1]):
            self._scored(filled[:-1], filled[-1][1], row)
            return
        if self._goes_on(filled, row):
            return
        self._cells(filled, row)

    def _cells(self, filled: Filled, row: Row) -> None:
        self.shift = 0
        filled = [f for n, f in enumerate(filled) if not n or same(f[1]) != same(filled[n - 1][1])]
        heads, contents = self._divide(filled)
        for n, (k, pieces) in enumerate(heads):
            nodes = self._head(k, pieces, row, last=n == len(heads) - 1)
            if n == len(heads) - 1 and contents and len(nodes) > 1:
                rest = self._zip(nodes, contents[0][1], row)
                contents = contents[1:] if rest else contents
        contents = [c for c in contents if not self.place.repeats(c[1])]
        for k, pieces in contents:
            depth = len(self.outline.stack)
            if len(contents) > 1 and k < len(self.header) and self.header[k]:
                name = self.header[k]
                self.outline.push(Node("cell", name, None, [name], row.number, row.number, column=k, barrier=True))
            self.place.content(pieces, row)
            if len(contents) > 1:
                self.outline.close_to(depth)

    def _divide(self, filled: Filled) -> tuple[Filled, Filled]:
        """The row's cells as headings and contents: contents begin at the first cell that is more than a heading."""
        for n, (_, pieces) in enumerate(filled):
            lead = pieces[0].text
            is_last = n == len(filled) - 1
            bare = SUM.sub("", lead).strip()
            if n and SUB_ITEM.match(bare):
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
        return points_of(text) is not None or n == 0 or not self.wide

    @staticmethod
    def _tagged_sum(pieces: list[Piece]) -> bool:
        return all(not SUM.sub("", p.text).strip() for p in pieces[1:])

    def _parallel(self, filled: Filled, n: int) -> bool:
        """A cell with several marked headings beside a cell with as many lists or clauses."""
        if n + 1 >= len(filled):
            return False
        count = len(tops(filled[n][1]))
        return count > 1 and all(len(p.text) <= SHORT for p in filled[n][1]) and count in counts(filled[n + 1][1])

    def _head(self, column: int, pieces: list[Piece], row: Row, last: bool) -> list[Node]:
        """Open the heading or headings of one cell; the opened nodes, the innermost list of them last."""
        nodes: list[Node] = []
        whole = " ".join(p.text for p in pieces) if self._tagged_sum(pieces) else ""
        texts = headings(whole) if whole else [p.text for p in pieces]
        for i, said in enumerate(texts):
            text = SUM.sub("", said).strip() or said
            mark = match(text)
            if i and not whole and points_of(texts[0]) is not None and points_of(text) is None:
                depth = len(self.outline.stack)
                self.place.content(pieces[i:], row)
                self.outline.close_to(depth)
                break
            node = Node("mark" if mark else "cell", short_name(text, bool(mark)), mark, [text], row.number, row.number)
            node.column, node.points = column + self.shift, points_of(text)
            node.label = text if len(text) <= SHORT + 16 else node.label
            if mark and i:
                self.outline.open(mark, self.place.floor())
            elif mark:
                self.place.open_mark(node, column + self.shift)
            elif i == 0:
                self.shift += self.place.open_column(node, column + self.shift)
            self.outline.push(node)
            nodes.append(node)
        alike = [n for n in nodes if n.marker and nodes[-1].marker and n.family == nodes[-1].family]
        return alike if len(alike) > 1 else nodes[-1:]

    def _zip(self, nodes: list[Node], pieces: list[Piece], row: Row) -> bool:
        """Two lists side by side: the n-th of the one belongs to the n-th of the other."""
        parts = groups(pieces, len(nodes))
        if not parts:
            return False
        at = self.outline.stack.index(nodes[-1])
        for node, group in zip(nodes, parts, strict=True):
            self.outline.close_to(at)
            self.outline.stack.append(node)
            node.barrier = True
            mark = match(group[0].text)
            if mark and node.marker and len(group) == 1 and mark.family == node.family:
                node.add(group[0].text, row.number)
            else:
                self.place.content(group, row)
            node.barrier = False
        return True

    def _goes_on(self, filled: Filled, row: Row) -> bool:
        """A row that only continues the last cell over a page break."""
        if len(filled) != 1 or len(self.outline.stack) <= self.place.floor():
            return False
        column, pieces = filled[0]
        lead = pieces[0].text
        last_column = max(n.column for n in self.outline.stack)
        if match(lead) and not has_bands(lead[:14]) and column <= last_column:
            return False
        if self.wide and (column > last_column or (column and not self._whole())):
            self.place.content(pieces, row)
            return True
        if not self.wide and column < len(self.header) - 1 and not match(lead):
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

    def _scored(self, filled: Filled, column: list[Piece], row: Row) -> None:
        """A form whose points stand beside its items: each mark gets its points, in order."""
        pieces = [p for _, ps in filled for p in ps]
        self.place.made.clear()
        self.place.content(pieces, row)
        nodes = [n for n in self.place.made if n.marker and n.points is None]
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
