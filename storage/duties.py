"""Duties ticked off by hand, with a note: what a plan asks for and no telephone test counts.

A tick is never deleted: taking it back keeps it, with who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from storage import times, values
from storage.audit import Audit
from storage.engine import Engine, Row
from storage.errors import Conflict, NotFound, Refused
from storage.units import Units


@dataclass(frozen=True)
class Tick:
    """One time that a unit did its duty, on `done_on`. `removed_at` set: taken back."""

    id: int
    plan_id: str
    duty_id: str
    unit_id: int
    done_on: date
    note: str
    person: str
    created_at: datetime
    removed_at: datetime | None = None
    removed_by: str | None = None
    removed_reason: str | None = None


@dataclass(frozen=True)
class Duties:
    """The ticks' only door."""

    engine: Engine
    clock: times.Clock
    audit: Audit
    units: Units

    def tick(self, plan_id: str, duty_id: str, unit_id: int, done_on: date, person: str, note: str = "") -> Tick:
        """The unit did its duty on that day. Raises NotFound (unit)."""
        row = {
            "plan_id": plan_id,
            "duty_id": duty_id,
            "unit_id": unit_id,
            "done_on": done_on.isoformat(),
            "note": note.strip(),
            "person": person,
            "now": times.text(self.clock()),
        }
        sql = (
            "INSERT INTO duty_ticks (plan_id, duty_id, unit_id, done_on, note, person, created_at)"
            " VALUES (:plan_id, :duty_id, :unit_id, :done_on, :note, :person, :now) RETURNING id"
        )
        with self.engine.transaction():
            self.units.get(unit_id)
            return self.get(int(self.engine.rows(sql, row)[0]["id"]))

    def untick(self, tick_id: int, person: str, reason: str) -> Tick:
        """Takes a tick back. Raises NotFound, Refused (no reason), Conflict (taken back already)."""
        if not reason.strip():
            raise Refused("請說明取消的理由。")
        with self.engine.transaction():
            if self.get(tick_id).removed_at:
                raise Conflict("這一項已經取消過了。")
            sql = """
                UPDATE duty_ticks SET removed_at = :now, removed_by = :person, removed_reason = :reason WHERE id = :id
            """
            row = {"id": tick_id, "person": person, "reason": reason.strip(), "now": times.text(self.clock())}
            self.engine.run(sql, row)
            self.audit.write(person, "duties.untick", f"duty_ticks:{tick_id}", reason=reason.strip())
            return self.get(tick_id)

    def get(self, tick_id: int) -> Tick:
        """The tick, also when it was taken back. Raises NotFound."""
        row = self.engine.row("SELECT * FROM duty_ticks WHERE id = :id", {"id": tick_id})
        if row is None:
            raise NotFound("找不到這一項登記。")
        return _tick(row)

    def find(
        self,
        plan_id: str | None = None,
        duty_id: str | None = None,
        unit_ids: Iterable[int] | None = None,
        since: date | None = None,
        until: date | None = None,
        *,
        with_removed: bool = False,
    ) -> list[Tick]:
        """Ticks, oldest day first, narrowed by what is given; dates include both ends."""
        parameters: Row = {
            "plan_id": plan_id,
            "duty_id": duty_id,
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
            "with_removed": int(with_removed),
        }
        sql = """
            SELECT * FROM duty_ticks
            WHERE (:plan_id IS NULL OR plan_id = :plan_id) AND (:duty_id IS NULL OR duty_id = :duty_id)
                AND (:since IS NULL OR done_on >= :since) AND (:until IS NULL OR done_on <= :until)
                AND (removed_at IS NULL OR :with_removed = 1)
        """
        if unit_ids is not None:
            names, more = values.in_list("unit", unit_ids)
            sql, parameters = " ".join([sql, "AND unit_id IN", names]), parameters | more
        return [_tick(row) for row in self.engine.rows(sql + " ORDER BY done_on, id", parameters)]


def _tick(row: Row) -> Tick:
    return Tick(
        id=row["id"],
        plan_id=row["plan_id"],
        duty_id=row["duty_id"],
        unit_id=row["unit_id"],
        done_on=times.day(row["done_on"]),
        note=row["note"],
        person=row["person"],
        created_at=times.moment(row["created_at"]),
        removed_at=times.maybe_moment(row["removed_at"]),
        removed_by=row["removed_by"],
        removed_reason=row["removed_reason"],
    )
