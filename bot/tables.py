"""Small tables of plain text, aligned in Chinese widths: a Chinese character takes two columns, a digit one.

It wraps nothing and cuts what does not fit a column's limit with …; the face decides how it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

import wcwidth

GAP = "  "
MOST_CELLS = 24  # columns that one cell may take on a phone


def cells(text: str) -> int:
    """Columns that the text takes."""
    return max(0, wcwidth.wcswidth(text))


def cut(text: str, most: int = MOST_CELLS) -> str:
    """The text within so many columns, with … where it was cut."""
    if cells(text) <= most:
        return text
    kept = ""
    for sign in text:
        if cells(kept + sign) > most - 1:
            break
        kept += sign
    return kept + "…"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool] | None = None) -> str:
    """The rows below their headings, a line each. `right[i]` sets column i to the right; else all but the first."""
    lines = [[cut(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(cells(line[at]) for line in lines) for at in range(len(headings))]
    sides = right if right is not None else [at > 0 for at in range(len(headings))]
    return "\n".join(
        GAP.join(_padded(cell, width, side) for cell, width, side in zip(line, widths, sides, strict=True)).rstrip()
        for line in lines
    )


def _padded(cell: str, width: int, right: bool) -> str:
    blank = " " * (width - cells(cell))
    return blank + cell if right else cell + blank
