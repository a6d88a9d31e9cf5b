"""Taking an answer away: its table as csv and as a spreadsheet.

The figures are as they are, not rounded for the eye, under the headings that people read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bot.messages import Attachment
from bot.reports import tables
from bot.texts import totals as texts
from bot.texts.forms import DEMO_NAME
from bot.totals.answer import Answer
from bot.totals.measures import BY_ID

KINDS = ("csv", "ods")


def exports(answer: Answer, demo: bool = False) -> tuple[Attachment, ...]:
    """The answer in every kind of file; none without a reading. `demo` says in the name that the data are invented."""
    return tuple(made for kind in KINDS if (made := export(answer, kind, demo)))


def file_name(answer: Answer, kind: str, demo: bool = False) -> str:
    """「平均分數_工務課_115年.csv」: what it is, of whom, of when, for a folder of a person who keeps many."""
    period = answer.reading.span.label.replace("/", "") if answer.reading else ""
    words = [*([DEMO_NAME] if demo else []), answer.title.replace("：", "_"), period]
    return re.sub(r"[^\w\-–]+", "", "_".join(word for word in words if word)) + f".{kind}"


def export(answer: Answer, kind: str = "csv", demo: bool = False) -> Attachment | None:
    """The answer's rows as a file (csv, ods); None for a kind that is not made here, or without a reading."""
    if answer.reading is None or kind not in KINDS:
        return None
    name = file_name(answer, kind, demo)
    table = table_of(answer)
    return Attachment("document", name, tables.csv(table) if kind == "csv" else tables.ods([table]), answer.title)


def table_of(answer: Answer) -> tables.Table:
    """The rows under the headings that people read; nested values (both sides of a change) in columns of their own."""
    flat = [_flat(row) for row in answer.rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    heads = [_heading(answer, name) for name in names]
    notes = [answer.reading.span.label] if answer.reading else []
    rows = [[_cell(row.get(name)) for name in names] for row in flat]
    return tables.Table(answer.title, heads, rows, answer.title, notes)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            made |= {f"{name}.{inner}": one for inner, one in value.items()}
        elif isinstance(value, list):
            made[name] = "；".join(map(str, value))
        elif isinstance(value, bool):
            made[name] = texts.YES if value else ""
        else:
            made[name] = value
    return made


def _heading(answer: Answer, name: str) -> str:
    """「平均分數（分）」 for the figure itself, 「前期 通數」 for one side of a change."""
    outer, _, inner = name.partition(".")
    known = texts.HEAD.get(outer) or texts.COLUMNS.get(outer) or texts.TAKEN.get(outer) or outer
    if answer.reading and name == "value":
        measure = BY_ID[answer.reading.measure]
        return known.format(measure=measure.label, unit=measure.unit)
    return f"{known} {texts.SIDES.get(inner, inner)}" if inner else known


def _cell(value: Any) -> tables.Value:
    return Decimal(str(value)) if isinstance(value, float) else value
