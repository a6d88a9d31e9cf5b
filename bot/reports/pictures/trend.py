"""The trend by month, quarter, half or year, beside the mean of the whole office and the grade bands.

The scale begins below the lowest figure and says so by its numbers. A period without tests breaks the line: nothing is
drawn between what was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from bot.reports.pictures.canvas import (
    BLUE,
    INK,
    LINE,
    MARGIN,
    ORANGE,
    PAPER,
    SMALL,
    SOFT,
    TEXT,
    Canvas,
    empty,
    opened,
    width_of,
)
from bot.reports.pictures.data import Band, Heading, Number, exact, label_of, shown
from bot.texts import pictures as texts

HEIGHT = 380.0
LEFT, RIGHT = 62.0, 484.0
FIGURES = 12  # up to so many points have their figure beside them


@dataclass(frozen=True)
class Point:
    """One period: its label, the figure (None: no tests), how many tests, and the office's mean in it."""

    label: str
    value: Decimal | None
    n: int
    office: Decimal | None = None


@dataclass(frozen=True)
class Trend:
    """What is drawn, oldest first. `of` and `office` name the two lines ("" for office: one line), `low` and `high` are
    the ends of the scale."""

    heading: Heading
    points: tuple[Point, ...]
    of: str
    office: str
    bands: tuple[Band, ...]
    low: Decimal
    high: Decimal
    unit: str = "分"


def trend_data(
    heading: Heading,
    rows: Sequence[Mapping[str, Any]],
    of: str,
    office_rows: Sequence[Mapping[str, Any]] = (),
    office: str = "",
    bands: Sequence[Band] = (),
    most: Number | None = None,
    unit: str = "分",
    every: Sequence[str] = (),
) -> Trend:
    """Rows with `label` (the period), `n` and `value`, oldest first; `office_rows` the same for the whole office.

    `every` names all periods in order, so that those without a test show as gaps.
    """
    own = {label_of(row): row for row in rows}
    whole = {label_of(row): exact(row["value"]) for row in office_rows}
    labels = tuple(every) or tuple(own)
    points = tuple(
        Point(
            label,
            exact(own[label]["value"]) if label in own else None,
            int(own[label]["n"]) if label in own else 0,
            whole.get(label),
        )
        for label in labels
    )
    figures = [one for point in points for one in (point.value, point.office) if one is not None]
    step = Decimal(10) if most is not None and exact(most) == 100 else _step(figures)
    low = (min(figures, default=Decimal(0)) / step).to_integral_value(ROUND_FLOOR) * step
    high = (max(figures, default=Decimal(100)) / step).to_integral_value(ROUND_CEILING) * step
    low = max(Decimal(0), low - step) if low > 0 else low
    high = min(high, exact(most) or high) if most is not None else high
    high = high if high > low else low + step
    used = office if whole else ""
    return Trend(heading, points, of, used, tuple(b for b in bands if low < b.from_ < high), low, high, unit)


def draw_trend(data: Trend) -> bytes:
    """The picture as PNG."""
    canvas, y = opened(data.heading, HEIGHT + 130)
    y += 14
    if not any(point.value is not None for point in data.points):
        return empty(canvas, y)
    _legend(canvas, data, y)
    span = (y + 44, y + 44 + HEIGHT)
    _scale(canvas, data, span)
    xs = _places(len(data.points))
    if data.office:
        _line(canvas, data, [(x, p.office) for x, p in zip(xs, data.points, strict=True)], span, ORANGE, "s")
    _line(canvas, data, [(x, p.value) for x, p in zip(xs, data.points, strict=True)], span, BLUE, "o")
    _labels(canvas, data, xs, span)
    return canvas.png()


def _step(figures: Sequence[Decimal]) -> Decimal:
    width = max(figures, default=Decimal(1)) - min(figures, default=Decimal(0))
    return next((Decimal(one) for one in (1, 2, 5, 10, 20, 50, 100, 200, 500) if width / one <= 6), Decimal(1000))


def _places(count: int) -> list[float]:
    if count == 1:
        return [(LEFT + RIGHT) / 2]
    first, last = LEFT + 26, RIGHT - 24
    return [first + (last - first) * at / (count - 1) for at in range(count)]


def _height(data: Trend, value: Decimal, span: tuple[float, float]) -> float:
    share = float((value - data.low) / (data.high - data.low))
    return span[1] - (span[1] - span[0] - 20) * share


def _scale(canvas: Canvas, data: Trend, span: tuple[float, float]) -> None:
    step = _step([data.low, data.high])
    value = data.low
    while value <= data.high:
        y = _height(data, value, span)
        canvas.line([(LEFT, y), (RIGHT, y)], LINE, 0.8)
        canvas.text((LEFT - 8, y), shown(value), SMALL, SOFT, "right")
        value += step
    for band in data.bands:
        y = _height(data, band.from_, span)
        canvas.line([(LEFT, y), (RIGHT, y)], SOFT, 1.1, "--")
        canvas.text((RIGHT + 5, y), band.label, SMALL - 1, SOFT)


def _line(
    canvas: Canvas,
    data: Trend,
    places: list[tuple[float, Decimal | None]],
    span: tuple[float, float],
    colour: str,
    mark: str,
) -> None:
    run: list[tuple[float, float]] = []
    width = 3.0 if mark == "o" else 2.0
    for x, value in [*places, (0.0, None)]:
        if value is not None:
            run.append((x, _height(data, value, span)))
        elif run:
            canvas.line(run, colour, width, "-" if mark == "o" else "--", mark)
            run = []


def _labels(canvas: Canvas, data: Trend, xs: list[float], span: tuple[float, float]) -> None:
    room = (xs[1] - xs[0]) if len(xs) > 1 else 200.0
    names = [_parts(point.label) for point in data.points]
    every = max(1, -(-int(max(width_of(one, SMALL) for _, one in names) + 6) // max(1, int(room))))
    last, year = len(data.points) - 1, ""
    for at, (x, point) in enumerate(zip(xs, data.points, strict=True)):
        if (last - at) % every == 0:
            canvas.text((x, span[1] + 20), names[at][1], SMALL, SOFT, "center")
            if names[at][0] != year:
                year = names[at][0]
                canvas.text((x, span[1] + 39), year, SMALL, SOFT, "center")
        if (last - at) % every == 0 or len(data.points) == 1 or room > 26:
            canvas.text((x, span[1] + 62), str(point.n), SMALL, SOFT, "center")
        if point.value is not None and (len(data.points) <= FIGURES or at in (0, last)):
            _figure(canvas, data, (x, point), span)
    canvas.text((LEFT - 8, span[1] + 62), texts.N, SMALL, SOFT, "right")


def _parts(label: str) -> tuple[str, str]:
    """「113 年第 2 季」 as its year (which stands once) and the rest; a label without a year stays whole."""
    year, found, rest = label.replace(" ", "").partition("年")
    return (f"{year}年", rest) if found and rest else ("", label)


def _figure(canvas: Canvas, data: Trend, at: tuple[float, Point], span: tuple[float, float]) -> None:
    x, point = at
    if point.value is None:
        return
    y = _height(data, point.value, span)
    below = point.office is not None and point.office > point.value
    size = TEXT - 1 if len(data.points) <= FIGURES // 2 else SMALL
    words = shown(point.value, 1)
    half = width_of(words, size) / 2
    place = y + 20 if below and y + 30 < span[1] else y - 19
    canvas.box((x - half - 2, place - size * 0.62), (2 * half + 4, size * 1.24), PAPER, above=True)
    canvas.text((x, place), words, size, INK, "center", bold=True)


def _legend(canvas: Canvas, data: Trend, y: float) -> None:
    x = float(MARGIN)
    names = [(data.of, BLUE, "o", "-")] + ([(data.office, ORANGE, "s", "--")] if data.office else [])
    for words, colour, mark, style in names:
        canvas.line([(x, y + 8), (x + 17, y + 8), (x + 34, y + 8)], colour, 2.4, style)
        canvas.line([(x + 17, y + 8)], colour, 2.4, "", mark)
        canvas.text((x + 42, y + 8), words, SMALL, SOFT)
        x += width_of(words, SMALL) + 66
