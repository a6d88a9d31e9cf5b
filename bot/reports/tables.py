"""Any answer taken away as a table: an OpenDocument spreadsheet, or CSV that Excel opens as it should.

A text that begins like a formula stays text: in a spreadsheet because its cell is a string, in CSV behind an
apostrophe. Numbers are numbers in both, also negative ones. CSV has a byte order mark, without which Excel reads
Chinese as rubbish.
"""

from __future__ import annotations

import csv as _csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from bot import rocdate
from bot.reports.odf import Cell, Grid, clean, spreadsheet
from bot.reports.odf_styles import Look, Page
from rubrics import plain

Value = str | int | Decimal | date | None

LOOKS = (
    Look("title", 14, align="center", bold=True, middle=True),
    Look("head", 11, align="center", bold=True, middle=True),
    Look("cell", 11, middle=True),
    Look("number", 11, align="end", middle=True),
    Look("small", 10),
)
BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = "=+-@\t\r\n|"
NARROW, WIDE = 1.4, 9.0  # cm: the limits of a column


@dataclass(frozen=True)
class Table:
    """One table: heading row, rows as wide as it, a name for the sheet, a title above and notes below."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    notes: Sequence[str] = ()


def ods(tables: Sequence[Table], made: datetime | None = None) -> bytes:
    """A spreadsheet with one sheet a table. `made` is the time that the file says it was made at (default: now)."""
    title = tables[0].title or tables[0].name if tables else ""
    return spreadsheet([_grid(table) for table in tables], Page(landscape=True), LOOKS, title, made or rocdate.now())


def csv(table: Table) -> bytes:
    """The heading row and the rows in UTF-8 with a byte order mark; title and notes are left out."""
    out = StringIO()
    writer = _csv.writer(out)
    for row in (table.head, *table.rows):
        writer.writerow([_plain(value) for value in row])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def safe(text: str) -> str:
    """The text for CSV: behind an apostrophe when a spreadsheet program could take it for a formula.

    Full-width signs count (＝), and so does a sign behind white space.
    """
    text = clean(text)
    first = unicodedata.normalize("NFKC", text.lstrip(" \u3000\u00a0\ufeff"))[:1]
    return f"'{text}" if first and first in FORMULA_SIGNS else text


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return safe(value)
    return _shown(value)


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return plain(Decimal(value))
    return rocdate.short_date(value) if isinstance(value, date) else value


def _cell(value: Value) -> Cell:
    if isinstance(value, int | Decimal):
        return Cell(value, "number")
    return Cell(_shown(value))


def _grid(table: Table) -> Grid:
    columns = len(table.head)
    head = [[Cell(table.title, "title", columns=columns, frame=False)]] if table.title else []
    notes = [[Cell(note, "small", columns=columns, frame=False)] for note in table.notes]
    rows = [[_cell(value) for value in row] for row in table.rows]
    widths = [_width(label, [row[at] for row in table.rows]) for at, label in enumerate(table.head)]
    return Grid(widths, [*rows, *notes], [*head, [Cell(label, "head") for label in table.head]], name=table.name)


def _width(label: str, values: Sequence[Value]) -> float:
    """A column as wide as its longest text needs, in cm; a heading may take two lines."""
    halves = max(_halves(label) / 2 + 1, *(_halves(_shown(value)) for value in values), 0)
    return round(min(WIDE, max(NARROW, 0.6 + halves * 0.21)), 1)


def _halves(text: str) -> int:
    """How many halves of a Chinese character (0.39 cm at 11 points) the text is wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
