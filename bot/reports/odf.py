"""What an official form is made of (lines, cells, grids), and how it becomes an OpenDocument file, through odfdo.

The forms describe what stands where; only this module and `odf_styles` know the format. A text cell is written as a
string, so that words beginning with = + - @ never become a formula. Control characters, which XML cannot hold, are left
out. It computes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.reports.odf_styles import Look, Page, Styles
from rubrics import plain

if TYPE_CHECKING:  # loaded by the functions that make a file: most conversations never do
    from odfdo import Document, Element

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Line:
    """One paragraph; `bold` for what was chosen. `look` names its style ("" is that of the cell)."""

    text: str
    bold: bool = False
    look: str = ""


Content = str | int | Decimal | Sequence[Line] | None


@dataclass(frozen=True)
class Cell:
    """One cell: text (a line break is a new paragraph), a number or lines; how many columns and rows it takes."""

    content: Content = ""
    look: str = "cell"
    columns: int = 1
    rows: int = 1
    frame: bool = True

    @property
    def lines(self) -> list[Line]:
        """The content as paragraphs."""
        if self.content is None:
            return [Line("")]
        if isinstance(self.content, str):
            return [Line(text) for text in self.content.split("\n")]
        if isinstance(self.content, int | Decimal):
            return [Line(plain(Decimal(self.content)))]
        return [Line(part, line.bold, line.look) for line in self.content for part in line.text.split("\n")]


Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Grid:
    """A table: column widths in cm, the rows repeated on every page, the other rows.

    Cells stand as in HTML: those that a spanning cell covers are left out. `heights` are the least heights in cm by row
    number (heading rows counted). `whole` keeps each row on one page.
    """

    widths: Sequence[float]
    rows: Rows
    head: Rows = ()
    name: str = ""
    heights: dict[int, float] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Line | Grid | PageBreak


def text_document(blocks: Iterable[Block], page: Page, looks: Sequence[Look], title: str, made: datetime) -> bytes:
    """An .odt file. A block's look must be among `looks`; a line without one is "body"."""
    from odfdo import Document

    document = Document("text")
    document.body.clear()
    styles = Styles(document, looks, spreadsheet=False)
    styles.page(page)
    before_break = False
    for number, block in enumerate(blocks):
        if isinstance(block, PageBreak):
            before_break = True
            continue
        if isinstance(block, Line):
            document.body.append(_paragraph(block, styles.paragraph(block.look or "body", before_break), styles))
        else:
            document.body.append(_table(block, block.name or f"T{number + 1}", styles, before_break))
        before_break = False
    return _bytes(document, title, made)


def spreadsheet(grids: Sequence[Grid], page: Page, looks: Sequence[Look], title: str, made: datetime) -> bytes:
    """An .ods file with one sheet a grid; sheets without a name are numbered, doubled names made different."""
    from odfdo import Document

    document = Document("spreadsheet")
    document.body.clear()
    styles = Styles(document, looks, spreadsheet=True)
    styles.page(page)
    taken: set[str] = set()
    for number, grid in enumerate(grids, 1):
        name = _sheet_name(grid.name or f"表{number}", taken)
        document.body.append(_table(grid, name, styles, False))
    return _bytes(document, title, made)


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def node(tag: str, attributes: dict[str, Any] | None = None, *children: Element) -> Element:
    """An element with attributes (None is left out) and children."""
    from odfdo import Element

    made = Element.from_tag(tag)
    for name, value in (attributes or {}).items():
        if value is not None:
            made.set_attribute(name, clean(str(value)))
    for child in children:
        made.append(child)
    return made


def _paragraph(line: Line, style: str | None, styles: Styles) -> Element:
    from odfdo import Paragraph, Span

    paragraph = Paragraph("", style=style)
    if line.bold:
        span = Span("", style=styles.bold())
        span.append_plain_text(clean(line.text))
        paragraph.append(span)
    else:
        paragraph.append_plain_text(clean(line.text))
    return paragraph


def _table(grid: Grid, name: str, styles: Styles, break_before: bool) -> Element:
    table = node("table:table", {"table:name": name, "table:style-name": styles.table(grid.widths, break_before)})
    for width in grid.widths:
        table.append(node("table:table-column", {"table:style-name": styles.column(width)}))
    rows = _laid_out([*grid.head, *grid.rows], len(grid.widths))
    made = [
        node(
            "table:table-row",
            {"table:style-name": styles.row(grid.heights.get(at, 0.0), grid.whole)},
            *(_cell(cell, styles) for cell in row),
        )
        for at, row in enumerate(rows)
    ]
    if grid.head:
        table.append(node("table:table-header-rows", None, *made[: len(grid.head)]))
    for row in made[len(grid.head) :]:
        table.append(row)
    return table


def _laid_out(rows: Rows, width: int) -> list[list[Cell | None]]:
    """Every place of every row: its cell, or None where a spanning one covers it. Raises ValueError for a bad grid."""
    covered: set[tuple[int, int]] = set()
    laid: list[list[Cell | None]] = []
    for down, row in enumerate(rows):
        waiting = list(row)
        line: list[Cell | None] = []
        while len(line) < width:
            at = len(line)
            if (down, at) in covered:
                line.append(None)
                continue
            cell = waiting.pop(0) if waiting else Cell("", frame=False)
            places = {(down + y, at + x) for y in range(cell.rows) for x in range(cell.columns)}
            if places & covered or at + cell.columns > width:
                raise ValueError(f"row {down} does not fit the grid")
            covered |= places
            line.append(cell)
        if waiting or any(cell.rows > len(rows) - down for cell in row):
            raise ValueError(f"row {down} does not fit the grid")
        laid.append(line)
    return laid


def _cell(cell: Cell | None, styles: Styles) -> Element:
    if cell is None:
        return node("table:covered-table-cell")
    attributes: dict[str, Any] = {"table:style-name": styles.cell(cell.look, cell.frame)}
    if cell.columns > 1 or cell.rows > 1:
        attributes |= {"table:number-columns-spanned": cell.columns, "table:number-rows-spanned": cell.rows}
    if isinstance(cell.content, int | Decimal):
        attributes |= {"office:value-type": "float", "office:value": plain(Decimal(cell.content))}
    elif styles.spreadsheet and any(line.text for line in cell.lines):
        attributes["office:value-type"] = "string"
    paragraphs = [_paragraph(line, styles.in_cell(line.look or cell.look), styles) for line in cell.lines]
    empty = styles.spreadsheet and not any(line.text for line in cell.lines)
    return node("table:table-cell", attributes, *(() if empty else paragraphs))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that every spreadsheet program takes: without []*?:/\\ and ', at most 31 characters, not used twice."""
    kept = re.sub(r"[\[\]*?:/\\']", " ", clean(name)).strip()[:28] or "表"
    unique, number = kept, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{kept}-{number}"
    taken.add(unique.casefold())
    return unique


def _bytes(document: Document, title: str, made: datetime) -> bytes:
    meta = document.meta
    meta.title = clean(title)
    meta.language = "zh-TW"
    meta.generator = "kaoping"
    meta.creation_date = made.replace(tzinfo=None)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
