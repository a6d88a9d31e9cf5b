"""Taking an answer away: its table as csv for a spreadsheet, and the hook for its picture.

The csv begins with a BOM and has the figures as they are, not rounded for the eye. Pictures are made by
`bot.reports.pictures` where that is installed; without it the button does not appear.
"""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Callable
from functools import cache
from typing import Any

from bot.app import Services
from bot.messages import Attachment
from bot.texts import totals as texts

from .answer import Answer

BOM = "\ufeff"
_NESTED = (dict, list)


def export(answer: Answer, kind: str = "csv") -> Attachment | None:
    """The answer's rows as a file; None for a kind that is not made here, or without a reading."""
    if answer.reading is None or kind != "csv":
        return None
    name = f"{answer.reading.measure}-{answer.reading.span.first:%Y%m%d}-{answer.reading.span.last:%Y%m%d}.csv"
    return Attachment("document", name, (BOM + csv_text(answer)).encode("utf-8"), answer.title)


def csv_text(answer: Answer) -> str:
    """The rows under the headings that people read; nested values (both sides of a change) in columns of their own."""
    flat = [_flat(row) for row in answer.rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([texts.HEAD.get(name) or texts.COLUMNS.get(name) or name for name in names])
    writer.writerows([[_cell(row.get(name)) for name in names] for row in flat])
    return out.getvalue()


def can_draw(answer: Answer) -> bool:
    """True when a picture of this answer can be made."""
    drawing = _drawing()
    able = getattr(drawing, "can_draw", None)
    return drawing is not None and (able is None or bool(able(answer)))


def picture(services: Services, answer: Answer) -> Attachment | None:
    """The answer's picture: `bot.reports.pictures.draw(services, answer)`; None without it."""
    drawing = _drawing()
    draw: Callable[[Services, Answer], Attachment | None] | None = getattr(drawing, "draw", None)
    return draw(services, answer) if draw else None


@cache
def _drawing() -> Any:
    try:
        found = importlib.import_module("bot.reports.pictures")
    except ModuleNotFoundError:
        return None
    return found if hasattr(found, "draw") else None


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            made |= {f"{name}.{inner}": one for inner, one in value.items()}
        elif isinstance(value, list):
            made[name] = "；".join(map(str, value))
        else:
            made[name] = value
    return made


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula is made plain."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return "'" + value
    return "" if value is None else value
