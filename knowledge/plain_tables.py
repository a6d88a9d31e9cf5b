"""Simple tables: one passage a row, with the head's names before it; and heads of forms that have no rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from knowledge.cells import clean, flat
from knowledge.markers import match
from knowledge.outline import Node, Outline, short_name
from knowledge.passages import GAP
from knowledge.scales import has_bands, points_cell, points_of
from knowledge.source import Row


def short(row: Row) -> bool:
    """A row that may be a head: every cell is a few words without a mark."""
    cells = [flat(c) for c in row.cells if flat(c)]
    return all(len(c) <= 24 and "。" not in c and not match(c) for c in cells)


def like_header(row: Row, header: Sequence[str]) -> bool:
    """A row that repeats the head, or enough of it to be a new one."""
    ours = {flat(h) for h in header if flat(h)}
    theirs = [flat(c) for c in row.cells if flat(c)]
    equal = sum(c in ours for c in theirs)
    return bool(theirs) and (equal == len(theirs) or (equal >= 2 and short(row)))


def only_heads(rows: Sequence[Row]) -> bool:
    """A form's head without rows: two or three rows of short cells, the first with cells that span others."""
    if not 2 <= len(rows) <= 3 or len(rows[0].cells) < 6:
        return False
    spans = any(not flat(c) for c in rows[0].cells[:-1])
    return spans and all(not has_bands(c) for r in rows for c in r.cells)


def is_plain(rows: Sequence[Row]) -> bool:
    """Every row has its first cell, and no cell holds an outline of its own: one passage a row."""
    body = rows[1:]
    if not body or len(rows[0].cells) < 2 or not short(rows[0]):
        return False
    filled = [r for r in body if flat(r.cells[0])]
    if len(filled) < 0.7 * len(body):
        return False
    nested = sum(any(len(clean(c)) > 1 for c in r.cells) for r in body)
    marked = sum(bool((m := match(flat(r.cells[0]))) and m.family in ("han", "big")) for r in filled)
    wide = sum(len(flat(c)) > 160 for r in body for c in r.cells)
    scored = sum(has_bands(c) for r in body for c in r.cells)
    return nested <= len(body) / 3 and not wide and not scored and marked < len(filled)


def cell_at(row: Row, k: int) -> str:
    """A cell's words on one line; '' when the row is shorter."""
    return " ".join(p.text for p in clean(row.cells[k])) if k < len(row.cells) else ""


def read_heads(outline: Outline, rows: Sequence[Row]) -> None:
    """A head without rows as one passage, column by column: '服務流程　280分'."""
    width = max(len(r.cells) for r in rows)
    columns = [GAP.join(c for r in rows if (c := cell_at(r, k))) for k in range(width)]
    outline.push(Node("table", "", None, [c for c in columns if c], rows[0].number, rows[-1].number))


def read_plain(outline: Outline, rows: Sequence[Row]) -> None:
    """Every row as a passage of its own."""
    base = len(outline.stack)
    header = [cell_at(rows[0], k) for k in range(len(rows[0].cells))]
    head = GAP.join(h for h in header if h)
    first = ""
    often = Counter(flat(r.cells[0]) for r in rows)
    for row in rows[1:]:
        if like_header(row, header):
            continue
        cells = [cell_at(row, k) for k in range(len(row.cells))]
        name = GAP.join(c for c in cells[: 2 if _needs_second(cells, often) else 1] if c) or first
        first = cells[0] or first
        node = Node("row", short_name(name, False), None, [head], row.number, row.number)
        node.pieces.append(GAP.join(c for c in cells if c))
        node.points = _row_points(header, cells)
        outline.push(node)
        outline.close_to(base)


def _needs_second(cells: list[str], often: Mapping[str, int]) -> bool:
    """A code or a word that several rows begin with says too little alone."""
    equal = often.get(flat(cells[0]), 0)
    return len(cells) > 1 and len(cells[1]) <= 20 and (equal > 1 or bool(re.fullmatch(r"[A-Za-z]?[\d.\-]*", cells[0])))


def _row_points(header: Sequence[str], cells: list[str]) -> Decimal | None:
    for name, cell in zip(header, cells, strict=False):
        worth = points_cell(cell) if re.search(r"分|權重|比例|比重|點數", name) else None
        if worth:
            return worth[1]
    return next((p for c in cells if (p := points_of(c)) is not None), None)
