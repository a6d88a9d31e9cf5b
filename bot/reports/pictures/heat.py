"""A map of units by sections of the scale: what share of the possible points each unit got in each.

The darker a cell, the more was lost, and its figure stands in it. Columns have letters, which the list below explains:
a section's name is too long for a phone's column. Of more than MOST units the weakest are drawn and the rest counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.reports.pictures.bars import short_name
from bot.reports.pictures.canvas import (
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
    wrapped,
)
from bot.reports.pictures.data import Heading, exact, short_labels, shown
from bot.texts import pictures as texts

MOST = 40
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEFT_MOST = 190.0
ROW, ROW_CLOSE = 40.0, 30.0
WORST = Decimal(40)  # a share of so many per cent or less is drawn darkest
STEPS = ("#f4f8fb", "#d6e6f2", "#b3d1e8", "#86b8dc", "#5599c9", "#2c79b3", "#0a5c99", "#063d6b")


@dataclass(frozen=True)
class Column:
    """One section: its name and its greatest points."""

    label: str
    most: Decimal


@dataclass(frozen=True)
class Line:
    """One unit: its name, how many tests, and its share (per cent) in each column (None: no figure)."""

    label: str
    n: int
    shares: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Heat:
    """What is drawn; `hidden` units are left out."""

    heading: Heading
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    hidden: int = 0


def heat_data(heading: Heading, rows: Sequence[Mapping[str, Any]]) -> Heat:
    """Rows with `label` (the unit), `n`, `section` (its name), `value` (mean points) and `max`, in the drawn order.

    `possible` is what could have been reached, where that is not `max`. Sections stand in the order in
    which they first come.
    """
    columns: dict[str, Column] = {}
    shares: dict[str, dict[str, Decimal | None]] = {}
    counts: dict[str, int] = {}
    for row in rows:
        section, unit = str(row["section"]), str(row["label"])
        possible, value = exact(row.get("possible", row["max"])), exact(row["value"])
        columns.setdefault(section, Column(section, exact(row["max"]) or Decimal(0)))
        shares.setdefault(unit, {})[section] = value / possible * 100 if value is not None and possible else None
        counts[unit] = max(counts.get(unit, 0), int(row["n"]))
    units = list(shares)
    hidden = max(0, len(units) - MOST)
    if hidden:
        weak = set(sorted(units, key=lambda unit: _mean(shares[unit]))[:MOST])
        units = [unit for unit in units if unit in weak]
    labels = short_labels(units)
    lines = tuple(
        Line(label, counts[unit], tuple(shares[unit].get(name) for name in columns))
        for label, unit in zip(labels, units, strict=True)
    )
    return Heat(heading, tuple(columns.values()), lines, hidden)


def table_of(data: Heat) -> tuple[list[str], list[list[str | Decimal | int | None]]]:
    """The map as a table with whole names: a row a unit, a column a section (per cent, two decimals), and the tests."""
    heads = [texts.UNIT, *(f"{column.label}（%）" for column in data.columns), texts.CALLS_HEAD]
    exact_to = Decimal("0.01")
    rows: list[list[str | Decimal | int | None]] = [
        [line.label, *(None if one is None else one.quantize(exact_to, ROUND_HALF_UP) for one in line.shares), line.n]
        for line in data.lines
    ]
    return heads, rows


def draw_heat(data: Heat) -> bytes:
    """The picture as PNG."""
    weakest = [texts.ONLY_WEAKEST.format(count=len(data.lines), hidden=data.hidden)] if data.hidden else []
    step = ROW if len(data.lines) <= 20 else ROW_CLOSE
    names = [wrapped(_named(at, one), SMALL, WIDTH - 2 * MARGIN) for at, one in enumerate(data.columns)]
    below = sum(map(len, names)) * SMALL * 1.6
    canvas, y = opened(data.heading, 60 + step * len(data.lines) + below + 40, texts.SHARE_NOTE, *weakest)
    y += 14
    if not data.lines:
        return empty(canvas, y)
    left = MARGIN + min(max(width_of(line.label, SMALL + 1) for line in data.lines) + 12, LEFT_MOST)
    width = (WIDTH - MARGIN - 36 - left) / len(data.columns)
    for at in range(len(data.columns)):
        canvas.text((left + (at + 0.5) * width, y + 10), _letter(at), TEXT, INK, "center", bold=True)
    canvas.text((WIDTH - MARGIN, y + 10), texts.N, SMALL, SOFT, "right")
    y += 26
    for line in data.lines:
        _row(canvas, line, (left, width), (y, step))
        y += step
    y += 24
    for parts in names:
        for part in parts:
            canvas.text((MARGIN, y), part, SMALL, SOFT)
            y += SMALL * 1.6
    return canvas.png()


def shade(share: Decimal) -> int:
    """Which of STEPS: 0 for all points, the last from WORST down."""
    lost = (Decimal(100) - share) / (Decimal(100) - WORST)
    return max(0, min(len(STEPS) - 1, int(lost * (len(STEPS) - 1) + Decimal("0.5"))))


def _row(canvas: Canvas, line: Line, columns: tuple[float, float], place: tuple[float, float]) -> None:
    (left, width), (y, step) = columns, place
    short_name(canvas, line.label, (left - 10, y + step / 2), left - MARGIN - 10, SMALL + 1)
    for at, share in enumerate(line.shares):
        x = left + at * width
        if share is None:
            canvas.box((x, y), (width, step), PAPER, LINE, hatch="////", line=0.8)
            continue
        number = shade(share)
        canvas.box((x, y), (width, step), STEPS[number], PAPER, line=1.2)
        ink = PAPER if number >= 4 else INK
        size = TEXT if width > 46 and step > 32 else SMALL
        canvas.text((x + width / 2, y + step / 2), shown(share, 0), size, ink, "center")
    canvas.text((WIDTH - MARGIN, y + step / 2), str(line.n), SMALL, SOFT, "right")


def _named(at: int, column: Column) -> str:
    return f"{_letter(at)}　{column.label}（{texts.FULL.format(most=shown(column.most))}）"


def _letter(at: int) -> str:
    return LETTERS[at] if at < len(LETTERS) else str(at + 1)


def _mean(shares: Mapping[str, Decimal | None]) -> Decimal:
    known = [one for one in shares.values() if one is not None]
    return sum(known, Decimal(0)) / len(known) if known else Decimal(101)
