"""The sheet on which every picture is drawn: points of a phone's screen, at twice its density, from the top left.

Only shapes and text, so that nothing is laid out behind our back. Text is one font, few sizes; colours are Okabe and
Ito's, which the colour-blind can tell apart, and no colour says anything that words do not say as well. It knows no
figures and draws what it is told.
"""

from __future__ import annotations

import io
from typing import Any

import wcwidth

from bot.reports import fonts
from bot.reports.pictures.data import Heading
from bot.texts import pictures as texts

WIDTH = 540  # points of the screen; the picture has twice as many pixels
DENSITY = 2
DOTS = 200  # an inch
POINTS = 72 / 100  # a size in screen points, as matplotlib counts type
MARGIN = 24

INK, SOFT, FAINT, LINE, PAPER = "#1a1a1a", "#595959", "#8c8c8c", "#d9d9d9", "#ffffff"
GHOST = "#e9e9e9"
BLUE, SKY, GREEN, ORANGE, RED = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00"
TITLE, TEXT, SMALL = 24.0, 17.0, 14.0
OPENING = frozenset("（「『【《")  # never at a line's end
COLOURS = 96  # flat colours and their edges: a third of the bytes


def width_of(text: str, size: float) -> float:
    """How wide the text will be, a little generous: Chinese characters are square."""
    return size * sum(1.0 if wcwidth.wcwidth(sign) == 2 else 0.58 for sign in text)


def fitted(text: str, size: float, most: float) -> str:
    """The text within `most`, its middle left out with … where it is longer: the end names the unit."""
    if width_of(text, size) <= most:
        return text
    head = tail = ""
    room = most - size
    signs, turn = list(text), 0
    while signs:
        sign = signs.pop() if turn % 3 else signs.pop(0)
        room -= width_of(sign, size)
        if room < 0:
            break
        head, tail = (head, sign + tail) if turn % 3 else (head + sign, tail)
        turn += 1
    return f"{head}…{tail}"


def wrapped(text: str, size: float, most: float) -> list[str]:
    """The text in lines no wider than `most`, broken between any two characters but not before punctuation."""
    lines = [""]
    for sign in text:
        if width_of(lines[-1] + sign, size) > most and sign not in "，。、；：）」』】％%":
            lines.append("")
            if lines[-2][-1:] in OPENING:
                lines[-2], lines[-1] = lines[-2][:-1], lines[-2][-1:]
        lines[-1] += sign
    return [line.strip() for line in lines]


class Canvas:
    """One picture. Positions and lengths are points of the screen; y grows downwards."""

    def __init__(self, height: float, background: str = PAPER) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.height = round(height)
        size = (WIDTH * DENSITY / DOTS, self.height * DENSITY / DOTS)
        self._figure: Any = Figure(figsize=size, dpi=DOTS, facecolor=background)
        self._agg: Any = FigureCanvasAgg(self._figure)
        self._place = Affine2D().scale(DENSITY, -DENSITY).translate(0, self.height * DENSITY)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: float = TEXT,
        colour: str = INK,
        align: str = "left",
        *,
        bold: bool = False,
        turned: float = 0,
        behind: bool = False,
    ) -> None:
        """One line of text: `at` is its middle's height, and its left end, centre or right end by `align`."""
        from matplotlib.patheffects import withStroke

        self._figure.text(
            *at,
            fonts.drawable(words),
            transform=self._place,
            fontproperties=fonts.properties(size * POINTS),
            language=fonts.LANGUAGE,
            color=colour,
            zorder=0 if behind else 4,
            ha=align,
            va="center_baseline",
            rotation=turned,
            parse_math=False,
            path_effects=[withStroke(linewidth=size / 36, foreground=colour)] if bold else None,
        )

    def box(
        self,
        at: tuple[float, float],
        size: tuple[float, float],
        colour: str,
        edge: str = "none",
        hatch: str = "",
        line: float = 1,
        above: bool = False,
    ) -> None:
        """A rectangle from its upper left corner; `above` lines too."""
        from matplotlib.patches import Rectangle

        self._add(
            Rectangle(
                at,
                *size,
                facecolor=colour,
                edgecolor=edge,
                linewidth=line,
                hatch=hatch or None,
                zorder=3 if above else 1,
            )
        )

    def line(
        self, points: list[tuple[float, float]], colour: str = LINE, width: float = 1, style: str = "-", mark: str = ""
    ) -> None:
        """A line through points, with a mark at each (matplotlib's letters for both)."""
        from matplotlib.lines import Line2D

        dashes: Any = style

        xs, ys = zip(*points, strict=True)
        self._add(
            Line2D(
                xs, ys, color=colour, linewidth=width, linestyle=dashes, marker=mark or None,
                markersize=width * 2.6, markeredgecolor=PAPER, markeredgewidth=0.8,
            )
        )  # fmt: skip

    def heading(self, title: str, lines: list[str], demo: bool) -> float:
        """The title and the lines below it; returns the height at which the picture goes on."""
        if demo:
            self.watermark()
            lines = [texts.DEMO, *lines]
        y = MARGIN + 8.0
        for part in wrapped(title, TITLE, WIDTH - 2 * MARGIN):
            self.text((MARGIN, y), part, TITLE, bold=True)
            y += TITLE * 1.35
        for line in lines:
            for part in wrapped(line, SMALL, WIDTH - 2 * MARGIN):
                self.text((MARGIN, y), part, SMALL, SOFT)
                y += SMALL * 1.55
        return y

    def watermark(self) -> None:
        """Says across the whole picture that its figures are invented."""
        for y in range(170, self.height, 300):
            self.text((WIDTH / 2, y), texts.DEMO, 56, GHOST, "center", turned=24, behind=True)

    def png(self) -> bytes:
        """The picture's file."""
        from PIL import Image

        self._agg.draw()
        width, height = self._agg.get_width_height()
        full = Image.frombuffer("RGBA", (width, height), self._agg.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
        out = io.BytesIO()
        few = full.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, format="PNG", compress_level=7)
        return out.getvalue()

    def _add(self, shape: Any) -> None:
        shape.set_transform(self._place)
        self._figure.add_artist(shape, clip=False)


def opened(heading: Heading, body: float, *more: str) -> tuple[Canvas, float]:
    """A sheet with its heading, `more` lines below the heading's own, and room for a `body` so high; and the height at
    which the picture goes on."""
    lines = [*heading.lines, *more]
    canvas = Canvas(_heading_height(heading.title, lines, heading.demo) + body)
    return canvas, canvas.heading(heading.title, lines, heading.demo)


def empty(canvas: Canvas, y: float) -> bytes:
    """The file of a picture that has nothing to show but its heading, which ends at `y`."""
    canvas.text((MARGIN, y + 20), texts.NOTHING, TEXT, SOFT)
    return canvas.png()


def _heading_height(title: str, lines: list[str], demo: bool) -> float:
    """How much `Canvas.heading` will take."""
    lines = [texts.DEMO, *lines] if demo else lines
    room = WIDTH - 2 * MARGIN
    parts = sum(len(wrapped(line, SMALL, room)) for line in lines)
    return MARGIN + 8 + len(wrapped(title, TITLE, room)) * TITLE * 1.35 + parts * SMALL * 1.55
