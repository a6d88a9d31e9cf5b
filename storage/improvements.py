"""Follow-ups from 建議改進事項: an owner unit, a due date, and a thread in which the unit answers and the supervisor
returns or closes.

open -> answered -> closed, or -> returned -> answered ...; a closed one stays closed. Every step is an entry with
person, time and text, and is never changed (the database refuses).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage import times, values
from storage.audit import Audit
from storage.engine import Engine, Row
from storage.errors import Conflict, NotFound, Refused
from storage.units import Units

ImprovementState = Literal["open", "answered", "returned", "closed"]

_MAY_FOLLOW: dict[ImprovementState, frozenset[ImprovementState]] = {
    "open": frozenset({"answered", "closed"}),
    "answered": frozenset({"answered", "returned", "closed"}),
    "returned": frozenset({"answered", "closed"}),
    "closed": frozenset(),
}


@dataclass(frozen=True)
class Entry:
    """One step: who said what when, and the state that it brought."""

    at: datetime
    person: str
    state: ImprovementState
    text: str


@dataclass(frozen=True)
class Improvement:
    """One follow-up. `series` is the assessment it came from (or None), `criterion` the item it concerns (or empty)."""

    id: int
    series: int | None
    criterion: str
    unit_id: int
    text: str
    due_on: date | None
    state: ImprovementState
    created_at: datetime
    created_by: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Improvements:
    """The follow-ups' only door."""

    engine: Engine
    clock: times.Clock
    audit: Audit
    units: Units

    def open(
        self,
        unit_id: int,
        text: str,
        person: str,
        due_on: date | None = None,
        *,
        series: int | None = None,
        criterion: str = "",
    ) -> Improvement:
        """A new follow-up for that unit. Raises NotFound (unit, series), Refused (no text)."""
        row = {
            "series": series,
            "criterion": criterion,
            "unit_id": unit_id,
            "text": _said(text),
            "due_on": due_on.isoformat() if due_on else None,
            "now": times.text(self.clock()),
            "person": person,
        }
        sql = (
            "INSERT INTO improvements (series, criterion, unit_id, text, due_on, state, created_at, created_by)"
            " VALUES (:series, :criterion, :unit_id, :text, :due_on, 'open', :now, :person) RETURNING id"
        )
        with self.engine.transaction():
            self.units.get(unit_id)
            self._check_series(series)
            number = int(self.engine.rows(sql, row)[0]["id"])
            self._note(number, "open", text, person)
            return self.get(number)

    def answer(self, improvement_id: int, text: str, person: str) -> Improvement:
        """The unit says what it did. Raises NotFound, Refused (no text), Conflict (closed)."""
        return self._step(improvement_id, "answered", text, person)

    def send_back(self, improvement_id: int, text: str, person: str) -> Improvement:
        """The supervisor is not content. Raises NotFound, Refused (no text), Conflict (not answered)."""
        return self._step(improvement_id, "returned", text, person)

    def close(self, improvement_id: int, text: str, person: str) -> Improvement:
        """The supervisor is content, or gives it up. Raises NotFound, Refused (no text), Conflict (closed already)."""
        return self._step(improvement_id, "closed", text, person)

    def set_due(self, improvement_id: int, due_on: date | None, person: str) -> Improvement:
        """Another due date, on the trail. Raises NotFound."""
        with self.engine.transaction():
            before = self.get(improvement_id).due_on
            text = due_on.isoformat() if due_on else None
            sql = "UPDATE improvements SET due_on = :due_on WHERE id = :id"
            self.engine.run(sql, {"id": improvement_id, "due_on": text})
            detail = {"before": before.isoformat() if before else None, "after": text}
            self.audit.write(person, "improvements.due", f"improvements:{improvement_id}", **detail)
            return self.get(improvement_id)

    def get(self, improvement_id: int) -> Improvement:
        """The follow-up with its thread. Raises NotFound."""
        found = self._read("SELECT * FROM improvements WHERE id = :id", {"id": improvement_id})
        if not found:
            raise NotFound("找不到這一項改進事項。")
        return found[0]

    def find(
        self,
        unit_ids: Iterable[int] | None = None,
        states: Iterable[ImprovementState] | None = None,
        series: int | None = None,
    ) -> list[Improvement]:
        """Follow-ups by due date (those without at the end), narrowed by what is given."""
        return self._find(unit_ids, states, "(:series IS NULL OR series = :series)", {"series": series})

    def overdue(self, today: date, unit_ids: Iterable[int] | None = None) -> list[Improvement]:
        """Those whose due date has passed while the unit still owes an answer (open or returned), longest first."""
        return self._find(unit_ids, ("open", "returned"), "due_on < :today", {"today": today.isoformat()})

    def _find(
        self, unit_ids: Iterable[int] | None, states: Iterable[str] | None, where: str, parameters: Row
    ) -> list[Improvement]:
        parts = ["SELECT * FROM improvements WHERE", where]
        for column, several in (("unit_id", unit_ids), ("state", states)):
            if several is not None:
                names, more = values.in_list(column, several)
                parts += ["AND", column, "IN", names]
                parameters = parameters | more
        parts.append("ORDER BY COALESCE(due_on, '9999-12-31'), id")
        return self._read(" ".join(parts), parameters)

    def _read(self, sql: str, parameters: Row) -> list[Improvement]:
        rows = self.engine.rows(sql, parameters)
        names, of_these = values.in_list("id", [row["id"] for row in rows])
        entries = " ".join(["SELECT * FROM improvement_entries WHERE improvement_id IN", names, "ORDER BY id"])
        threads: dict[int, list[Entry]] = {row["id"]: [] for row in rows}
        for row in self.engine.rows(entries, of_these):
            threads[row["improvement_id"]].append(
                Entry(times.moment(row["at"]), row["person"], row["state"], row["text"])
            )
        return [_improvement(row, threads[row["id"]]) for row in rows]

    def _step(self, improvement_id: int, state: ImprovementState, text: str, person: str) -> Improvement:
        with self.engine.transaction():
            before = self.get(improvement_id).state
            if state not in _MAY_FOLLOW[before]:
                raise Conflict("這一項已經結案了。" if before == "closed" else "單位還沒有回覆，不能退回。")
            sql = "UPDATE improvements SET state = :state WHERE id = :id"
            self.engine.run(sql, {"id": improvement_id, "state": state})
            self._note(improvement_id, state, text, person)
            return self.get(improvement_id)

    def _note(self, improvement_id: int, state: ImprovementState, text: str, person: str) -> None:
        row = {
            "id": improvement_id,
            "at": times.text(self.clock()),
            "person": person,
            "state": state,
            "text": _said(text),
        }
        self.engine.run(
            "INSERT INTO improvement_entries (improvement_id, at, person, state, text)"
            " VALUES (:id, :at, :person, :state, :text)",
            row,
        )

    def _check_series(self, series: int | None) -> None:
        sql = "SELECT 1 FROM assessments WHERE series = :series LIMIT 1"
        if series is not None and not self.engine.value(sql, {"series": series}):
            raise NotFound(f"找不到第 {series} 號紀錄。")


def _said(text: str) -> str:
    if not text.strip():
        raise Refused("請寫下內容。")
    return text.strip()


def _improvement(row: Row, entries: list[Entry]) -> Improvement:
    return Improvement(
        id=row["id"],
        series=row["series"],
        criterion=row["criterion"],
        unit_id=row["unit_id"],
        text=row["text"],
        due_on=times.maybe_day(row["due_on"]),
        state=row["state"],
        created_at=times.moment(row["created_at"]),
        created_by=row["created_by"],
        entries=tuple(entries),
    )
