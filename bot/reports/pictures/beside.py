"""The same figures as text: the table that stands below a picture, and in the terminal with bars of blocks.

It shows what is drawn, not more; the whole answer is taken away as csv or ods.
"""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch

from bot.reports.pictures.bars import Bars, figure_of
from bot.reports.pictures.calendar import Calendar
from bot.reports.pictures.data import shown
from bot.reports.pictures.heat import LETTERS, Heat
from bot.reports.pictures.profile import Profile
from bot.reports.pictures.trend import Trend
from bot.tables import cells as columns_of
from bot.tables import table
from bot.texts import pictures as texts

BLOCKS = " ▏▎▍▌▋▊▉"
LENGTH = 12
Lines = tuple[list[str], list[list[str]]]


def block_bar(value: Decimal | None, most: Decimal, length: int = LENGTH) -> str:
    """A bar of Unicode blocks, an eighth of a column exact: 50 of 100 in 12 columns is ██████."""
    if value is None or most <= 0:
        return ""
    eighths = int(min(max(value / most, Decimal(0)), Decimal(1)) * length * 8 + Decimal("0.5"))
    return "█" * (eighths // 8) + (BLOCKS[eighths % 8] if eighths % 8 else "")


@singledispatch
def cells(data: object) -> Lines:
    """Headings and rows of what a picture shows. Raises TypeError for what is no picture."""
    raise TypeError(f"no table for {type(data).__name__}")


def beside(data: object, blocks: bool = False) -> str:
    """The table as aligned text; with `blocks`, a bar behind each row where the picture has bars."""
    headings, rows = cells(data)
    lines = table(headings, rows).splitlines()
    lengths = _blocks(data) if blocks else []
    if not lengths:
        return "\n".join(lines)
    width = max(map(_wide, lines))
    return "\n".join(
        [
            lines[0],
            *(
                f"{line}{' ' * (width - _wide(line))}  {bar}".rstrip()
                for line, bar in zip(lines[1:], lengths, strict=True)
            ),
        ]
    )


@cells.register
def _(data: Bars) -> Lines:
    rows = [[bar.label, figure_of(data, bar), str(bar.n)] for bar in data.bars]
    if data.hidden:
        rows.insert(data.cut, ["…", "", ""])
    return ["", data.unit, data.counted], rows


@cells.register
def _(data: Trend) -> Lines:
    rows = [
        [
            point.label.replace(" ", ""),
            shown(point.value),
            *([shown(point.office)] if data.office else []),
            str(point.n),
        ]
        for point in data.points
    ]
    return ["", data.unit, *([texts.WHOLE] if data.office else []), texts.N], rows


@cells.register
def _(data: Heat) -> Lines:
    letters = [LETTERS[at % len(LETTERS)] for at in range(len(data.columns))]
    rows = [[line.label, *(shown(share, 0) for share in line.shares), str(line.n)] for line in data.lines]
    return ["%", *letters, texts.N], rows


@cells.register
def _(data: Profile) -> Lines:
    rows = [["　" * part.depth + part.label, shown(part.points), shown(part.most)] for part in data.parts]
    if data.total is not None:
        rows.append([texts.TOTAL + (f"（{data.grade}）" if data.grade else ""), shown(data.total), shown(data.most)])
    return ["", data.unit, texts.MOST if data.unit == texts.POINTS else texts.OWED], rows


@cells.register
def _(data: Calendar) -> Lines:
    rows = []
    for row in data.rows:
        missing = sum(span.missing for span in row.spans if span.state in ("overdue", "due"))
        late = sum(span.missing for span in row.spans if span.state == "overdue")
        rows.append([row.label, str(sum(row.counts)), str(missing), str(late)])
    return ["", texts.TESTED, texts.MISSING, texts.LATE], rows


def _blocks(data: object) -> list[str]:
    if isinstance(data, Bars):
        bars = [block_bar(abs(bar.value) if bar.value is not None else None, data.most) for bar in data.bars]
        return [*bars[: data.cut], "", *bars[data.cut :]] if data.hidden else bars
    if isinstance(data, Trend):
        return [block_bar(point.value, data.high) for point in data.points]
    if isinstance(data, Profile):
        bars = [block_bar(part.points, part.most) for part in data.parts]
        return [*bars, block_bar(data.total, data.most or Decimal(1))] if data.total is not None else bars
    return []


def _wide(line: str) -> int:
    return columns_of(line)
