"""The profile of one unit's sheet: each subtotal against its maximum, the total and its grade.

Parts of a part are indented. A tick marks the mean of all units where it is given. Nothing is computed but the share
that a bar's length shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.reports.pictures.canvas import (
    BLUE,
    INK,
    LINE,
    MARGIN,
    ORANGE,
    SKY,
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
from bot.reports.pictures.data import Heading, Number, exact, label_of, shown
from bot.texts import pictures as texts

INDENT = 16.0
BAR = 13.0
MOST = 60


@dataclass(frozen=True)
class Part:
    """One subtotal: name, points, greatest points, how deep it stands (0 outermost), the mean of all units."""

    label: str
    points: Decimal
    most: Decimal
    depth: int = 0
    mean: Decimal | None = None


@dataclass(frozen=True)
class Profile:
    """What is drawn, in the paper's order. `total` None leaves the line of the total out."""

    heading: Heading
    parts: tuple[Part, ...]
    total: Decimal | None = None
    most: Decimal | None = None
    grade: str = ""
    unit: str = "分"


def profile_data(
    heading: Heading,
    rows: Sequence[Mapping[str, Any]],
    total: Number | None = None,
    most: Number | None = None,
    grade: str = "",
    means: Mapping[str, Number] | None = None,
    unit: str = "分",
) -> Profile:
    """Rows with `label` (indented by 　 for each depth), `value` and `max`; those without a maximum are left out.

    `means` holds the mean of all units by label.
    """
    depths = [len(str(row["label"])) - len(str(row["label"]).lstrip("　")) for row in rows]
    outermost = min(depths, default=0)
    parts = tuple(
        Part(
            label_of(row),
            exact(row["value"]) or Decimal(0),
            exact(row["max"]) or Decimal(0),
            depth - outermost,
            exact(means[label_of(row)]) if means and label_of(row) in means else None,
        )
        for row, depth in zip(rows, depths, strict=True)
        if exact(row.get("max"))
    )
    return Profile(heading, parts[:MOST], exact(total), exact(most), grade, unit)


def draw_profile(data: Profile) -> bytes:
    """The picture as PNG."""
    names = [_name(part) for part in data.parts]
    body = sum(_height(name, part) for name, part in zip(names, data.parts, strict=True))
    canvas, y = opened(data.heading, (90 if data.total is not None else 20) + body + 60)
    y += 12
    if not data.parts:
        return empty(canvas, y)
    if data.total is not None:
        y = _total(canvas, data, y)
    if any(part.mean is not None for part in data.parts):
        canvas.line([(MARGIN + 4, y), (MARGIN + 4, y + 16)], ORANGE, 3)
        canvas.text((MARGIN + 14, y + 8), texts.ALL_MEAN, SMALL, SOFT)
        y += 28
    for name, part in zip(names, data.parts, strict=True):
        _part(canvas, part, name, y)
        y += _height(name, part)
    return canvas.png()


def _name(part: Part) -> list[str]:
    figure = width_of(_figure(part), TEXT) + 16
    size = TEXT if part.depth == 0 else SMALL + 1
    return wrapped(part.label, size, WIDTH - 2 * MARGIN - part.depth * INDENT - figure)


def _figure(part: Part) -> str:
    return texts.OF_MOST.format(points=shown(part.points), most=shown(part.most))


def _height(name: list[str], part: Part) -> float:
    return len(name) * 22 + BAR + (24 if part.depth == 0 else 18)


def _part(canvas: Canvas, part: Part, name: list[str], y: float) -> None:
    left, right = MARGIN + part.depth * INDENT, float(WIDTH - MARGIN)
    size = TEXT if part.depth == 0 else SMALL + 1
    for number, line in enumerate(name):
        canvas.text((left, y + 12 + 22 * number), line, size, INK, bold=part.depth == 0)
    canvas.text((right, y + 12), _figure(part), size, INK, "right", bold=part.depth == 0)
    top = y + 22 * len(name) + 4
    share = float(max(Decimal(0), min(part.points / part.most, Decimal(1))))
    canvas.box((left, top), (right - left, BAR), "#eeeeee")
    canvas.box((left, top), ((right - left) * share, BAR), BLUE if part.depth == 0 else SKY)
    if part.mean is not None:
        x = left + (right - left) * float(min(part.mean / part.most, Decimal(1)))
        canvas.line([(x, top - 3), (x, top + BAR + 3)], ORANGE, 3)


def _total(canvas: Canvas, data: Profile, y: float) -> float:
    canvas.text((MARGIN, y + 28), shown(data.total), 46, INK, bold=True)
    x = MARGIN + width_of(shown(data.total), 46) + 10
    canvas.text((x, y + 36), f"／{shown(data.most)} {data.unit}", TEXT, SOFT)
    if data.grade:
        canvas.text((WIDTH - MARGIN, y + 28), data.grade, 34, BLUE, "right", bold=True)
    canvas.line([(MARGIN, y + 66), (WIDTH - MARGIN, y + 66)], LINE, 1)
    return y + 80
