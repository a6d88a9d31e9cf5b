"""Sheets without points: for each item what was done, the evidence, who is in charge, until when, and how far it is.

Each change is a new row, so the history stays; the latest one of an item stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage import times, values
from storage.engine import Engine, Row
from storage.units import Units

ProgressState = Literal["not_started", "in_progress", "done"]


@dataclass(frozen=True)
class Progress:
    """Where one item stood at `at`. `unit_id` is the office or unit whose sheet it is, `owner_unit_id` the 承辦單位.

    `period` is the caller's own id of the year or half-year (empty: none), `evidence` text.
    """

    id: int
    unit_id: int
    rubric_id: str
    criterion: str
    period: str
    state: ProgressState
    evidence: str
    due_on: date | None
    owner_unit_id: int | None
    person: str
    at: datetime


@dataclass(frozen=True)
class ProgressBook:
    """The rows' only door."""

    engine: Engine
    clock: times.Clock
    units: Units

    def record(
        self,
        unit_id: int,
        rubric_id: str,
        criterion: str,
        state: ProgressState,
        person: str,
        *,
        period: str = "",
        evidence: str = "",
        due_on: date | None = None,
        owner_unit_id: int | None = None,
    ) -> Progress:
        """Where the item stands now; replaces what stood, whole. Raises NotFound (a unit)."""
        row = {
            "unit_id": unit_id,
            "rubric_id": rubric_id,
            "criterion": criterion,
            "period": period,
            "state": state,
            "evidence": evidence.strip(),
            "due_on": due_on.isoformat() if due_on else None,
            "owner_unit_id": owner_unit_id,
            "person": person,
            "at": times.text(self.clock()),
        }
        sql = (
            "INSERT INTO progress (unit_id, rubric_id, criterion, period, state, evidence, due_on, owner_unit_id,"
            " person, at) VALUES (:unit_id, :rubric_id, :criterion, :period, :state, :evidence, :due_on,"
            " :owner_unit_id, :person, :at) RETURNING *"
        )
        with self.engine.transaction():
            self.units.get(unit_id)
            if owner_unit_id is not None:
                self.units.get(owner_unit_id)
            return _progress(self.engine.rows(sql, row)[0])

    def current(
        self, unit_ids: Iterable[int] | None = None, rubric_id: str | None = None, period: str | None = None
    ) -> list[Progress]:
        """What stands: the latest row of each item, in the order in which the items were first recorded."""
        parameters: Row = {"rubric_id": rubric_id, "period": period}
        narrow = "(:rubric_id IS NULL OR rubric_id = :rubric_id) AND (:period IS NULL OR period = :period)"
        if unit_ids is not None:
            names, more = values.in_list("unit", unit_ids)
            narrow, parameters = f"{narrow} AND unit_id IN {names}", parameters | more
        latest = "SELECT MAX(id) FROM progress WHERE"
        each = "GROUP BY unit_id, rubric_id, period, criterion"
        sql = " ".join(["SELECT * FROM progress WHERE id IN (", latest, narrow, each, ")"])
        first = " ".join(["SELECT MAX(id), MIN(id) FROM progress WHERE", narrow, each])
        order = dict(self.engine.tuples(first, parameters))
        found = [_progress(row) for row in self.engine.rows(sql, parameters)]
        return sorted(found, key=lambda one: order[one.id])

    def history(self, unit_id: int, rubric_id: str, criterion: str, period: str = "") -> list[Progress]:
        """All rows of one item, oldest first."""
        sql = """
            SELECT * FROM progress
            WHERE unit_id = :unit_id AND rubric_id = :rubric_id AND criterion = :criterion AND period = :period
            ORDER BY id
        """
        row = {"unit_id": unit_id, "rubric_id": rubric_id, "criterion": criterion, "period": period}
        return [_progress(found) for found in self.engine.rows(sql, row)]

    def overdue(self, today: date, unit_ids: Iterable[int] | None = None) -> list[Progress]:
        """Items that stand unfinished past their due date, longest first."""
        late = [one for one in self.current(unit_ids) if one.due_on and one.due_on < today and one.state != "done"]
        return sorted(late, key=lambda one: (one.due_on or today, one.id))


def _progress(row: Row) -> Progress:
    return Progress(
        id=row["id"],
        unit_id=row["unit_id"],
        rubric_id=row["rubric_id"],
        criterion=row["criterion"],
        period=row["period"],
        state=row["state"],
        evidence=row["evidence"],
        due_on=times.maybe_day(row["due_on"]),
        owner_unit_id=row["owner_unit_id"],
        person=row["person"],
        at=times.moment(row["at"]),
    )
