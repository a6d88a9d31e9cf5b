"""`standing_months`: what `standing` adds up to, one row for a unit, sheet, kind, and month.

A year of a whole office is read from some thousand rows instead of a million. Kept in the same transaction as
`standing`, and made anew with it; only what totals count is here, first tests and retests apart (`retest` 0 and 1).
Sums are whole micro-points; `squares` adds the squares of totals in thousandths of a point, so that a million sheets of
1,000 points stay under 2**63. `kind` is empty where the sheet knows none.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from storage.engine import Engine, Row

MILLI: Final = 1_000

_ADD: Final = f"""
    INSERT INTO standing_months
        (unit_id, rubric_id, month, retest, kind, n, total, low, high, squares)
    SELECT s.unit_id, s.rubric_id, substr(s.called_on, 1, 7), CASE WHEN s.link_kind = 'retest' THEN 1 ELSE 0 END,
        COALESCE(s.kind, ''), COUNT(*), SUM(s.total), MIN(s.total), MAX(s.total),
        SUM((s.total / {MILLI}) * (s.total / {MILLI}))
    FROM standing AS s
    WHERE {{where}}
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (unit_id, rubric_id, month, retest, kind) DO UPDATE SET
        n = standing_months.n + excluded.n,
        total = standing_months.total + excluded.total,
        low = CASE WHEN excluded.low < standing_months.low THEN excluded.low ELSE standing_months.low END,
        high = CASE WHEN excluded.high > standing_months.high THEN excluded.high ELSE standing_months.high END,
        squares = standing_months.squares + excluded.squares
"""  # noqa: S608 - fragments of this file
_ADD_ALL: Final = _ADD.format(where="1 = 1")
_ADD_SERIES: Final = _ADD.format(where="s.series BETWEEN :first AND :last")
_ADD_MONTH: Final = _ADD.format(
    where="s.unit_id = :unit AND s.rubric_id = :rubric AND s.called_on BETWEEN :first AND :last"
)
_FORGET_MONTH: Final = "DELETE FROM standing_months WHERE unit_id = :unit AND rubric_id = :rubric AND month = :month"


@dataclass(frozen=True)
class Split:
    """A period as whole months (first and last of them, 「2024-05」, or None) and the days left over at its ends."""

    months: tuple[str, str] | None
    days: tuple[tuple[str, str], ...]


def split(first: date, last: date) -> Split:
    """Both days are included; a period that runs backwards is one run of days that holds none."""
    start = first.year * 12 + first.month - (first.day == 1)  # months since year 0, January 0, as of the next first
    end = last.year * 12 + last.month - 1 - (last.day < monthrange(last.year, last.month)[1])
    if start > end:
        return Split(None, ((first.isoformat(), last.isoformat()),))
    days = []
    if first.day > 1:
        days.append((first.isoformat(), f"{first.isoformat()[:7]}-31"))
    if last.day < monthrange(last.year, last.month)[1]:
        days.append((f"{last.isoformat()[:7]}-01", last.isoformat()))
    return Split((_month(start), _month(end)), tuple(days))


def add_series(engine: Engine, first: int, last: int) -> None:
    """Adds the standing rows of new series, first and last included, in the open transaction."""
    engine.run(_ADD_SERIES, {"first": first, "last": last})


def renew(engine: Engine, rows: list[Row]) -> None:
    """Counts anew the months of these standing rows (those that went, and those that came)."""
    for unit, rubric, month in sorted({(row["unit_id"], row["rubric_id"], row["called_on"][:7]) for row in rows}):
        key = {"unit": unit, "rubric": rubric}
        engine.run(_FORGET_MONTH, key | {"month": month})
        engine.run(_ADD_MONTH, key | {"first": f"{month}-01", "last": f"{month}-31"})


def rebuild(engine: Engine) -> None:
    """Makes the whole table anew from `standing`, in the open transaction."""
    engine.run("DELETE FROM standing_months")
    engine.run(_ADD_ALL)


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
