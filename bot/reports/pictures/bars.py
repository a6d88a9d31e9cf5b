"""Bars by unit (or tester, hour, grade …), with the grade bands and how many tests each bar stands for.

Bars begin at zero. Few bars get a line each for name and figure; many are set closely, and of more than MOST the middle
ones are left out and counted: the best and the weakest are what a picture is looked at for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.reports.pictures.canvas import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    LINE,
    MARGIN,
    ORANGE,
    PAPER,
    RED,
    SKY,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Canvas,
    empty,
    fitted,
    opened,
    width_of,
    wrapped,
)
from bot.reports.pictures.data import Band, Heading, Number, exact, label_of, short_labels, shown
from bot.texts import pictures as texts

MOST = 40
ROOMY = 12  # up to so many bars get two lines
FEW = 3  # tests that a mean needs to be ranked
ROW, CLOSE = 50.0, 28.0
TINY = 11.5


@dataclass(frozen=True)
class Bar:
    """One group: name, figure (None: no tests), how many tests, and whether these are too few to compare."""

    label: str
    value: Decimal | None
    n: int
    few: bool = False


@dataclass(frozen=True)
class Bars:
    """What is drawn. `most` is the axis' end, `unit` stands behind the figures, `hidden` bars are left out in
    the middle (after `cut` bars); `total` is the number of tests in all. `below` names what reaches no band; `signed`
    figures are differences and say + or -."""

    heading: Heading
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...] = ()
    most: Decimal = Decimal(100)
    unit: str = "分"
    counted: str = "通"
    hidden: int = 0
    cut: int = 0
    total: int = 0
    below: str = ""
    signed: bool = False


def bars_data(
    heading: Heading,
    rows: Sequence[Mapping[str, Any]],
    bands: Sequence[Band] = (),
    most: Number | None = None,
    unit: str = "分",
    counted: str = "通",
    few: int = FEW,
    below: str = "",
) -> Bars:
    """Rows with `label`, `n` and `value` (a number or None) as bars in the same order.

    `bands` (best first) belong to means of tests. `most` None takes the greatest value. A mean of fewer than `few` is
    drawn hollow.
    """
    labels = short_labels([label_of(row) for row in rows])
    made = [
        Bar(label, exact(row["value"]), int(row["n"]), bool(bands) and 0 < int(row["n"]) < few)
        for label, row in zip(labels, rows, strict=True)
    ]
    hidden = max(0, len(made) - MOST)
    cut = MOST // 2 if hidden else 0
    kept = [*made[:cut], *made[len(made) - (MOST - cut) :]] if hidden else made
    top = exact(most) or max((abs(bar.value) for bar in made if bar.value is not None), default=Decimal(1))
    total = sum(bar.n for bar in made)
    name = below or (texts.BELOW.format(label=bands[-1].label) if bands else "")
    return Bars(heading, tuple(kept), tuple(bands), top or Decimal(1), unit, counted, hidden, cut, total, name)


def draw_bars(data: Bars) -> bytes:
    """The picture as PNG."""
    roomy = len(data.bars) <= ROOMY
    step = ROW if roomy else CLOSE
    body = _legend_height(data) + step * (len(data.bars) + bool(data.hidden)) + 70
    canvas, y = opened(data.heading, body)
    y = _legend(canvas, data, y + 12)
    if not data.bars:
        return empty(canvas, y)
    left, right = (MARGIN, WIDTH - MARGIN) if roomy else (_label_end(data), WIDTH - MARGIN - 84)
    bottom = y + step * (len(data.bars) + bool(data.hidden))
    _axis(canvas, data, (left, right), bottom)
    for number, bar in enumerate(data.bars):
        if data.hidden and number == data.cut:
            canvas.text((WIDTH / 2, y + step / 2), texts.LEFT_OUT.format(count=data.hidden), SMALL, SOFT, "center")
            y += step
        (_roomy if roomy else _close)(canvas, data, bar, (left, right), y)
        y += step
    return canvas.png()


def colour_of(data: Bars, bar: Bar) -> str:
    """A grade's colour; one colour for all where there are no grades."""
    if not data.bands or bar.value is None:
        return BLUE
    place = next((at for at, band in enumerate(data.bands) if bar.value >= band.from_), len(data.bands))
    return _palette(data)[place]


def _palette(data: Bars) -> tuple[str, ...]:
    """One colour a band and one for what is below: five of them at most."""
    colours = (BLUE, SKY, ORANGE, RED) if len(data.bands) <= 3 else (BLUE, SKY, GREEN, ORANGE, RED)
    return colours + (RED,) * max(0, len(data.bands) + 1 - len(colours))


def figure_of(data: Bars, bar: Bar) -> str:
    """The bar's figure as words."""
    plus = "+" if data.signed and bar.value is not None and bar.value > 0 else ""
    return f"{plus}{shown(bar.value, 1 if data.unit == '%' else 2)}"


def _roomy(canvas: Canvas, data: Bars, bar: Bar, ends: tuple[float, float], y: float) -> None:
    figure = f"{figure_of(data, bar)} {data.unit}" if bar.value is not None else texts.NONE
    room = width_of(figure, TEXT) + width_of(f"{bar.n}{data.counted}", SMALL) + 34
    note = f"　{texts.FEW}" if bar.few else ""
    name = fitted(bar.label, TEXT, ends[1] - ends[0] - room - width_of(note, SMALL))
    canvas.text((ends[0], y + 13), name, TEXT)
    canvas.text((ends[0] + width_of(name, TEXT), y + 13), note, SMALL, SOFT)
    canvas.text((ends[1], y + 13), f"{bar.n} {data.counted}", SMALL, SOFT, "right")
    canvas.text((ends[1] - 64, y + 13), figure, TEXT, INK if bar.value is not None else FAINT, "right", bold=True)
    _bar(canvas, data, bar, ends, (y + 27, 14))


def _close(canvas: Canvas, data: Bars, bar: Bar, ends: tuple[float, float], y: float) -> None:
    short_name(canvas, bar.label, (ends[0] - 8, y + CLOSE / 2), ends[0] - MARGIN - 8)
    _bar(canvas, data, bar, ends, (y + 5, CLOSE - 10))
    figure = figure_of(data, bar) if bar.value is not None else texts.NONE
    colour = INK if bar.value is not None and not bar.few else FAINT
    canvas.text((WIDTH - MARGIN - 36, y + CLOSE / 2), figure, SMALL, colour, "right", bold=bar.value is not None)
    canvas.text((WIDTH - MARGIN, y + CLOSE / 2), f"{bar.n}{data.counted}", SMALL - 2, SOFT, "right")


def short_name(canvas: Canvas, label: str, end: tuple[float, float], room: float, size: float = SMALL) -> None:
    """A name in one line, or in two smaller ones: its end tells units apart as much as its beginning."""
    if width_of(label, size) <= room:
        canvas.text(end, label, size, INK, "right")
        return
    half = fitted(label, TINY, 2 * room - 2 * TINY)
    lines = wrapped(half, TINY, room)[:2]
    for number, line in enumerate(lines):
        canvas.text((end[0], end[1] + (number - (len(lines) - 1) / 2) * TINY * 1.12), line, TINY, INK, "right")


def _bar(canvas: Canvas, data: Bars, bar: Bar, ends: tuple[float, float], place: tuple[float, float]) -> None:
    if bar.value is None:
        canvas.line([(ends[0], place[0] + place[1] / 2), (ends[1], place[0] + place[1] / 2)], LINE, 1, ":")
        return
    length = max(1.5, (ends[1] - ends[0]) * float(min(abs(bar.value) / data.most, Decimal(1))))
    colour = colour_of(data, bar) if bar.value >= 0 else RED
    if bar.few:
        canvas.box((ends[0], place[0]), (length, place[1]), "#ffffff", colour, line=1.6)
    else:
        canvas.box((ends[0], place[0]), (length, place[1]), colour)
    for band in data.bands:
        x = ends[0] + (ends[1] - ends[0]) * float(band.from_ / data.most)
        inside = x < ends[0] + length and not bar.few
        canvas.line([(x, place[0] - 2), (x, place[0] + place[1] + 2)], PAPER if inside else FAINT, 1.1)


def _label_end(data: Bars) -> float:
    longest = max(width_of(bar.label, SMALL) for bar in data.bars)
    return MARGIN + 8 + min(longest + 6, 190)


def _axis(canvas: Canvas, data: Bars, ends: tuple[float, float], y: float) -> None:
    scale = (ends[1] - ends[0]) / float(data.most)
    for band in data.bands:
        x = ends[0] + float(band.from_) * scale
        canvas.text((x, y + 14), shown(band.from_), SMALL - 1, SOFT, "center")
    if data.bands:
        canvas.line([(ends[0], y), (ends[1], y)], LINE, 1)
        canvas.text((ends[0], y + 14), "0", SMALL - 1, SOFT, "center")


def _chips(data: Bars) -> list[tuple[str, str, bool]]:
    if not data.bands:
        return []
    names = [
        (texts.BAND.format(label=band.label, from_=shown(band.from_)), colour, False)
        for band, colour in zip(data.bands, _palette(data), strict=False)
    ]
    names.append((data.below, _palette(data)[len(data.bands)], False))
    if any(bar.few for bar in data.bars):
        names.append((f"{texts.FEW}（少於 {FEW} {data.counted}）", SOFT, True))
    return names


def _legend_lines(data: Bars) -> list[list[tuple[str, str, bool]]]:
    lines: list[list[tuple[str, str, bool]]] = [[]]
    used = 0.0
    for chip in _chips(data):
        size = width_of(chip[0], SMALL) + 34
        if lines[-1] and used + size > WIDTH - 2 * MARGIN + 14:
            lines.append([])
            used = 0
        lines[-1].append(chip)
        used += size
    return lines


def _legend_height(data: Bars) -> float:
    return len(_legend_lines(data)) * 24 + 12 if data.bands else 12


def _legend(canvas: Canvas, data: Bars, y: float) -> float:
    for line in _legend_lines(data) if data.bands else []:
        x = float(MARGIN)
        for words, colour, hollow in line:
            canvas.box((x, y), (14, 14), "#ffffff" if hollow else colour, colour if hollow else "none", line=1.6)
            canvas.text((x + 19, y + 7), words, SMALL, SOFT)
            x += width_of(words, SMALL) + 34
        y += 24
    return y + 4


__all__ = ["Bar", "Bars", "bars_data", "colour_of", "draw_bars"]
