"""Where a piece of a table belongs: by its mark, by its column, by the points it may hold.

A mark goes where its family is open within the table; an unmarked heading closes the columns from its own on; a heading
whose points an open one still lacks was shifted and goes under that one; a band too high for its item climbs.
"""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.cells import SUB_ITEM, Piece, flat
from knowledge.markers import match
from knowledge.outline import SHORT, Node, Outline, short_name
from knowledge.scales import has_bands, points_of, split_bands, top
from knowledge.source import Row


class Placer:
    """Puts headings and pieces of one table into the outline. `made`: the marked clauses it opened, in order."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.base = len(outline.stack)
        self.doubts: list[str] = []
        self.made: list[Node] = []

    def open_mark(self, node: Node, column: int) -> None:
        if node.marker is None:
            return
        depth = len(self.outline.stack)
        self.outline.open(node.marker, self.floor())
        if len(self.outline.stack) == depth:
            self._close_columns(column)

    def floor(self) -> int:
        inside = len(self.outline.stack) > self.base and self.outline.stack[self.base].kind == "section"
        return self.base + (1 if inside else 0)

    def open_column(self, node: Node, column: int) -> int:
        """Close the columns from this one on, unless an open heading still lacks just such points."""
        for i in range(self.floor(), len(self.outline.stack)):
            other = self.outline.stack[i]
            begun = any(c.points for c in other.children)
            if other.column == column and node.points and begun and _room(other) >= node.points:
                self.outline.close_to(i + 1)
                node.column = column + 1
                return 1
        self._close_columns(column)
        return 0

    def _close_columns(self, column: int) -> None:
        for i in range(self.floor(), len(self.outline.stack)):
            if self.outline.stack[i].column >= column:
                self.outline.close_to(i)
                return

    def repeats(self, pieces: list[Piece]) -> bool:
        """A cell that says the heading beside it once more."""
        told = {flat(p) for n in self.outline.stack for p in n.pieces}
        return all(flat(p.text) in told for p in pieces)

    def content(self, pieces: list[Piece], row: Row) -> None:
        """A cell that says something: its clauses, its bands, its notes, under the innermost open heading."""
        floor = len(self.outline.stack)
        for piece in pieces:
            mark = match(piece.text)
            if mark and not (has_bands(piece.text[:12]) and mark.family.startswith("dec")):
                depth = max(floor, self.floor()) if not self._open_in_table(mark.family) else self.floor()
                self.outline.open(mark, depth)
                self._leaf("mark", piece, row)
            elif SUB_ITEM.match(piece.text):
                self._sub_item(piece, row)
            else:
                self._own(piece, row)

    def _open_in_table(self, family: str) -> bool:
        return any(n.family == family for n in self.outline.stack[self.floor() :])

    def _leaf(self, kind: str, piece: Piece, row: Row) -> Node:
        head, *rest = split_bands(piece.text)
        node = Node(kind, short_name(head, kind == "mark"), match(head), [head], row.number, row.number)
        if re.search(r"[(（]\s*\d+\s*分\s*[)）]\s*[:：]?$", head.strip()):
            node.points = points_of(head)
            node.label = head if len(head) <= SHORT + 16 else node.label
        node.ticked = piece.ticked
        for text in rest:
            node.add(text, row.number)
        self.made.append(node)
        return self.outline.push(node)

    def _sub_item(self, piece: Piece, row: Row) -> None:
        m = SUB_ITEM.match(piece.text)
        if m is None:
            return
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
            for node in reversed(outline.stack[self.floor() :]):
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


def _room(node: Node) -> Decimal:
    """The points that a heading's children have not used up yet."""
    if node.points is None:
        return Decimal(0)
    return node.points - sum((c.points or Decimal(0) for c in node.children), Decimal(0))
