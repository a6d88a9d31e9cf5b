"""The calendar of tests: how many were done in each month, and in which parts of the year they are done, due or late.

A part of the year (a quarter, four months …) is a box over its months, with its state in colour and in words. At most
twelve months stand in a picture: the last ones of a longer period. Where no rule says how often, only counts stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import rocdate
from bot.reports.pictures.bars import short_name
from bot.reports.pictures.canvas import (
    BLUE,
    FAINT,
    INK,
    LINE,
    MARGIN,
    PAPER,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Canvas,
    empty,
    opened,
    width_of,
)
from bot.reports.pictures.data import Heading, short_labels
from bot.texts import pictures as texts

MONTHS = 12
MOST = 40
ROW = 52.0
LEFT_MOST = 130.0
# state: fill, edge, ink of its words
LOOKS = {
    "done": ("#d5ebe4", "#009E73", "#00664b"),
    "overdue": ("#D55E00", "#D55E00", PAPER),
    "due": ("#fdf0cf", "#E69F00", "#6b4a00"),
    "upcoming": (PAPER, "#b5b5b5", SOFT),
}
Month = tuple[int, int]


@dataclass(frozen=True)
class Window:
    """One part of the year for one unit: its first and last day, how many tests it needs and has, and how it stands
    (done, overdue, due, upcoming)."""

    first: date
    last: date
    needed: int
    done: int
    state: str


@dataclass(frozen=True)
class Kept:
    """What is known of one unit: the days of its tests, and the parts of the year that a rule makes."""

    label: str
    days: tuple[date, ...] = ()
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Span:
    """A window as drawn: the columns that it covers (both included), how many are missing, and its state."""

    first: int
    last: int
    missing: int
    state: str


@dataclass(frozen=True)
class Row:
    """One unit as drawn: tests in each column, and the windows over them."""

    label: str
    counts: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Calendar:
    """What is drawn: the months (Western year, month), one row a unit, and how many units are left out."""

    heading: Heading
    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    hidden: int = 0


def calendar_data(heading: Heading, units: Sequence[Kept], first: date, last: date, hidden: int = 0) -> Calendar:
    """The months from `first` to `last` (the last twelve of them), with each unit's tests and windows.

    A unit with something overdue is the last to be left out; `hidden` more were left out before.
    """
    months = _months(first, last)[-MONTHS:]
    column = {month: at for at, month in enumerate(months)}
    late = sorted(units, key=lambda unit: not any(window.state == "overdue" for window in unit.windows))
    shown = set(map(id, late[:MOST]))
    drawn = [unit for unit in units if id(unit) in shown]
    labels = short_labels([unit.label for unit in drawn])
    rows = tuple(_row(label, unit, column) for label, unit in zip(labels, drawn, strict=True))
    return Calendar(heading, tuple(months), rows, len(units) - len(drawn) + hidden)


def draw_calendar(data: Calendar) -> bytes:
    """The picture as PNG."""
    more = [texts.MORE_UNITS.format(hidden=data.hidden)] if data.hidden else []
    states = [state for state in LOOKS if any(span.state == state for row in data.rows for span in row.spans)]
    canvas, y = opened(data.heading, 90 + (30 if states else 0) + ROW * len(data.rows), *more)
    y += 14
    if not data.rows or not data.months:
        return empty(canvas, y)
    y = _legend(canvas, states, y)
    left = MARGIN + min(max(width_of(row.label, SMALL + 1) for row in data.rows) + 12, LEFT_MOST)
    width = (WIDTH - MARGIN - left) / len(data.months)
    _heads(canvas, data.months, (left, width), y)
    y += 46
    for row in data.rows:
        short_name(canvas, row.label, (left - 10, y + ROW / 2 - 3), left - MARGIN - 10, SMALL + 1)
        _draw_row(canvas, row, (left, width), y)
        y += ROW
    return canvas.png()


def _months(first: date, last: date) -> list[Month]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [(at // 12, at % 12 + 1) for at in range(start, end + 1)]


def _row(label: str, unit: Kept, column: Mapping[Month, int]) -> Row:
    counts = [0] * len(column)
    for day in unit.days:
        if (day.year, day.month) in column:
            counts[column[day.year, day.month]] += 1
    spans = []
    for window in unit.windows:
        covered = [column[month] for month in _months(window.first, window.last) if month in column]
        if covered:
            spans.append(Span(covered[0], covered[-1], max(0, window.needed - window.done), window.state))
    return Row(label, tuple(counts), tuple(spans))


def _heads(canvas: Canvas, months: Sequence[Month], columns: tuple[float, float], y: float) -> None:
    left, width = columns
    for at, (year, month) in enumerate(months):
        x = left + (at + 0.5) * width
        if at == 0 or month == 1:
            canvas.text((left + at * width + 2, y + 8), f"{rocdate.roc_year(year)} 年", SMALL, SOFT)
        canvas.text(
            (x, y + 30), str(month) if width < 44 else texts.MONTH.format(month=month), SMALL + 1, INK, "center"
        )


def _draw_row(canvas: Canvas, row: Row, columns: tuple[float, float], y: float) -> None:
    left, width = columns
    dark: set[int] = set()
    for span in row.spans:
        fill, edge, ink = LOOKS.get(span.state, LOOKS["upcoming"])
        x, size = left + span.first * width + 2, (span.last - span.first + 1) * width - 4
        canvas.box((x, y), (size, ROW - 8), fill, edge, line=1.3)
        words = texts.LEFT[span.state].format(left=span.missing) if span.missing else ""
        canvas.text((x + size / 2, y + ROW - 20), words, SMALL - 1, ink, "center", bold=span.state == "overdue")
        dark |= set(range(span.first, span.last + 1)) if span.state == "overdue" else set()
    for at, count in enumerate(row.counts):
        x = left + (at + 0.5) * width
        if count:
            canvas.text((x, y + 15), str(count), TEXT, PAPER if at in dark else BLUE, "center", bold=True)
        elif not row.spans:
            canvas.text((x, y + 15), "·", TEXT, FAINT, "center")
    if not row.spans:
        canvas.line([(left, y + ROW - 8), (WIDTH - MARGIN, y + ROW - 8)], LINE, 0.8)


def _legend(canvas: Canvas, states: Sequence[str], y: float) -> float:
    x = float(MARGIN)
    for state in states:
        fill, edge, _ink = LOOKS[state]
        canvas.box((x, y), (16, 16), fill, edge, line=1.3)
        canvas.text((x + 22, y + 8), texts.LEGEND[state], SMALL, SOFT)
        x += width_of(texts.LEGEND[state], SMALL) + 42
    return y + 30 if states else y
