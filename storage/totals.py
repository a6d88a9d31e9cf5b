"""Figures over the recorded tests: how many, their sum, how they spread. One readable statement each.

All of them read `standing` (whole months of it from `standing_months`): the latest valid revision of each series, so a
corrected test counts once, with its latest content, and a withdrawn one not at all. A retest stands beside the test it
repeats and never in its place: it is left out unless it is asked for. Totals are summed as whole micro-points; nothing
here rounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from storage import values
from storage.engine import Engine
from storage.months import MILLI, split

Group = Literal["total", "unit", "office", "tester", "day", "month", "hour", "weekday"]

BY_MONTH: Final[dict[Group, tuple[str, str, str]]] = {  # what orders groups, and the group in months and in single days
    "total": ("0", "''", "''"),
    "unit": ("u.office_id", "u.id", "u.id"),
    "office": ("0", "u.office_id", "u.office_id"),
    "month": ("0", "m.month", "substr(s.called_on, 1, 7)"),
}
GROUPS: Final[dict[Group, str]] = {
    "total": "''",
    "unit": "s.unit_id",
    "office": "s.office_id",
    "tester": "s.tester_id",
    "day": "s.called_on",
    "month": "substr(s.called_on, 1, 7)",
    "hour": "s.hour",
    "weekday": "s.weekday",
}
Order = Literal["newest", "lowest", "highest"]
ORDERS: Final[dict[Order, str]] = {"newest": "", "lowest": "s.total, ", "highest": "s.total DESC, "}

_FIRST_TESTS = "(s.sequence = 1 OR s.link_kind <> 'retest')"
_RETESTS = "s.sequence > 1 AND s.link_kind = 'retest'"


@dataclass(frozen=True)
class Chosen:
    """Which tests count: sheets, whole offices or single units (one of the two), days (both included).

    `offices` wins over `units`; both empty chooses nothing. `retests` True takes the retests alone.
    """

    rubrics: tuple[str, ...]
    first: date
    last: date
    offices: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    tester: str | None = None
    kind: str | None = None
    retests: bool = False


@dataclass(frozen=True)
class Sums:
    """One group: its key, how many tests, and their sum, lowest and highest in micro-points.

    `squares` is the sum of the squares of the totals in thousandths of a point.
    """

    key: Any
    n: int
    total: int
    low: int
    high: int
    squares: int


@dataclass(frozen=True)
class Answered:
    """What a test's points are explained from: the group's key, the series, and what was recorded."""

    key: Any
    series: int
    rubric_id: str
    form: dict[str, Any]
    points: dict[str, Decimal]
    remarks: dict[str, Any]


@dataclass(frozen=True)
class Totals:
    """The figures' only door. `group` is one of GROUPS; rows come in the order of their key (units: of
    their office, then their key)."""

    engine: Engine

    def sums(self, chosen: Chosen, group: Group = "total") -> list[Sums]:
        """Count, sum, lowest, highest and squares of each group that has a test."""
        if group in BY_MONTH and chosen.tester is None:
            return self._sums_by_months(chosen, group)
        where, parameters = _where(chosen)
        sql = f"""
            SELECT {GROUPS[group]} AS grouped, COUNT(*), SUM(s.total), MIN(s.total), MAX(s.total),
                SUM((s.total / {MILLI}) * (s.total / {MILLI}))
            FROM standing AS s
            WHERE {where}
            GROUP BY grouped
            ORDER BY grouped
        """  # noqa: S608 - fragments of this file; every value is a named parameter
        return [Sums(*row) for row in self.engine.tuples(sql, parameters)]

    def _sums_by_months(self, chosen: Chosen, group: Group) -> list[Sums]:
        counted, parameters = _counted(chosen, group)
        sql = f"""
            SELECT c.grouped, SUM(c.n), SUM(c.total), MIN(c.low), MAX(c.high), SUM(c.squares)
            FROM ({counted}) AS c
            GROUP BY c.ordered, c.grouped
            ORDER BY c.ordered, c.grouped
        """  # noqa: S608 - as above
        return [Sums(*row) for row in self.engine.tuples(sql, parameters)]

    def histogram(self, chosen: Chosen, group: Group = "total") -> dict[Any, list[tuple[int, int]]]:
        """(total in micro-points, how many tests) of each group, lowest first: median, quartiles and grades."""
        where, parameters = _where(chosen)
        sql = f"""
            SELECT {GROUPS[group]} AS grouped, s.total, COUNT(*)
            FROM standing AS s
            WHERE {where}
            GROUP BY grouped, s.total
            ORDER BY grouped, s.total
        """  # noqa: S608 - as above
        found: dict[Any, list[tuple[int, int]]] = {}
        for key, total, count in self.engine.tuples(sql, parameters):
            found.setdefault(key, []).append((total, count))
        return found

    def sections(self, chosen: Chosen, group: Group = "total") -> list[tuple[Any, dict[str, Decimal], int]]:
        """(key, subtotals by the sheet's main sections, how many tests have just these): equal ones are one row."""
        where, parameters = _where(chosen)
        sql = f"""
            SELECT {GROUPS[group]} AS grouped, s.sections, COUNT(*)
            FROM standing AS s
            WHERE {where}
            GROUP BY grouped, s.sections
            ORDER BY grouped, s.sections
        """  # noqa: S608 - as above
        return [(key, values.load_points(text), n) for key, text, n in self.engine.tuples(sql, parameters)]

    def answered(self, chosen: Chosen, group: Group = "total") -> Iterator[Answered]:
        """Every chosen test with its form, points and remarks, oldest first in each group."""
        where, parameters = _where(chosen)
        sql = f"""
            SELECT {GROUPS[group]} AS grouped, s.series, s.rubric_id, a.form, a.points, a.remarks
            FROM standing AS s
            JOIN assessments AS a ON a.id = s.assessment_id
            WHERE {where}
            ORDER BY grouped, s.called_on, s.minute, s.series
        """  # noqa: S608 - as above
        for key, series, rubric, form, points, remarks in self.engine.tuples(sql, parameters):
            yield Answered(key, series, rubric, values.load(form), values.load_points(points), values.load(remarks))

    def series(self, chosen: Chosen, limit: int, offset: int = 0, *, order: Order = "newest") -> list[int]:
        """The series behind a figure: newest first, or the lowest or highest totals first."""
        where, parameters = _where(chosen)
        sql = f"""
            SELECT s.series
            FROM standing AS s
            WHERE {where}
            ORDER BY {ORDERS[order]}s.called_on DESC, s.minute DESC, s.series DESC
            LIMIT :limit OFFSET :offset
        """  # noqa: S608 - as above
        return [row[0] for row in self.engine.tuples(sql, parameters | {"limit": limit, "offset": offset})]

    def first_day(self, chosen: Chosen) -> date | None:
        """The day of the earliest chosen test, or None."""
        where, parameters = _where(chosen)
        sql = f"SELECT MIN(s.called_on) FROM standing AS s WHERE {where}"  # noqa: S608 - as above
        found = self.engine.value(sql, parameters)
        return date.fromisoformat(found) if found else None

    def testers(self) -> dict[str, str]:
        """Everybody who tested: id, and the name on their latest test. Jumps from tester to tester in the index."""
        sql = """
            WITH RECURSIVE each_tester (tester_id) AS (
                SELECT MIN(tester_id) FROM standing
                UNION ALL
                SELECT (SELECT MIN(s.tester_id) FROM standing AS s WHERE s.tester_id > each_tester.tester_id)
                FROM each_tester WHERE each_tester.tester_id IS NOT NULL
            )
            SELECT t.tester_id, (
                SELECT a.tester_name
                FROM standing AS s JOIN assessments AS a ON a.id = s.assessment_id
                WHERE s.tester_id = t.tester_id AND s.called_on = (
                    SELECT MAX(latest.called_on) FROM standing AS latest WHERE latest.tester_id = t.tester_id
                )
                LIMIT 1
            )
            FROM each_tester AS t WHERE t.tester_id IS NOT NULL ORDER BY t.tester_id
        """
        return dict(self.engine.tuples(sql))


def _counted(chosen: Chosen, group: Group) -> tuple[str, dict[str, Any]]:
    """Sums to add up: those of whole months, and of the tests of the days left over at the ends.

    Each begins with the units: CROSS JOIN keeps SQLite to that order, so that only the period's rows are touched.
    """
    parts, (ordered, by_month, by_day) = split(chosen.first, chosen.last), BY_MONTH[group]
    column, places = ("office_id", chosen.offices) if chosen.offices else ("id", chosen.units)
    in_places, parameters = values.in_list("place", places)
    in_rubrics, more = values.in_list("rubric", chosen.rubrics)
    parameters |= more | ({} if chosen.kind is None else {"kind": chosen.kind})
    selects = []
    if parts.months:
        parameters |= {"retest": int(chosen.retests), "first_month": parts.months[0], "last_month": parts.months[1]}
        selects.append(f"""
            SELECT {ordered} AS ordered, {by_month} AS grouped, SUM(m.n) AS n, SUM(m.total) AS total, MIN(m.low) AS low,
                MAX(m.high) AS high, SUM(m.squares) AS squares
            FROM units AS u CROSS JOIN standing_months AS m
            WHERE m.unit_id = u.id AND u.{column} IN {in_places} AND m.rubric_id IN {in_rubrics}
                AND m.month BETWEEN :first_month AND :last_month AND m.retest = :retest
                {"" if chosen.kind is None else "AND m.kind = :kind"}
            GROUP BY 1, 2
        """)  # noqa: S608 - fragments of this file
    for number, (first, last) in enumerate(parts.days):
        parameters |= {f"first_{number}": first, f"last_{number}": last}
        selects.append(f"""
            SELECT {ordered} AS ordered, {by_day} AS grouped, COUNT(*) AS n, SUM(s.total) AS total, MIN(s.total) AS low,
                MAX(s.total) AS high, SUM((s.total / {MILLI}) * (s.total / {MILLI})) AS squares
            FROM units AS u CROSS JOIN standing AS s
            WHERE s.unit_id = u.id AND u.{column} IN {in_places} AND s.rubric_id IN {in_rubrics}
                AND s.called_on BETWEEN :first_{number} AND :last_{number}
                {"" if chosen.kind is None else "AND s.kind = :kind"}
                AND {_RETESTS if chosen.retests else _FIRST_TESTS}
            GROUP BY 1, 2
        """)  # noqa: S608 - as above
    return " UNION ALL ".join(selects), parameters


def _where(chosen: Chosen) -> tuple[str, dict[str, Any]]:
    column, places = ("office_id", chosen.offices) if chosen.offices else ("unit_id", chosen.units)
    in_places, parameters = values.in_list("place", places)
    in_rubrics, more = values.in_list("rubric", chosen.rubrics)
    parameters |= more | {"first": chosen.first.isoformat(), "last": chosen.last.isoformat()}
    where = [f"s.{column} IN {in_places}", f"s.rubric_id IN {in_rubrics}", "s.called_on BETWEEN :first AND :last"]
    if chosen.tester is not None:
        where.append("s.tester_id = :tester")
        parameters["tester"] = chosen.tester
    if chosen.kind is not None:
        where.append("s.kind = :kind")
        parameters["kind"] = chosen.kind
    where.append(_RETESTS if chosen.retests else _FIRST_TESTS)
    return " AND ".join(where), parameters
