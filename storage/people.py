"""Who may do what: an id of the installation (「77」, 「terminal:王小明」), a role, and a unit.

Nobody is deleted: a removed person keeps the row, without rights, because records and the trail name them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from storage import times
from storage.audit import Audit
from storage.engine import Engine, Row
from storage.errors import NotFound, Refused
from storage.units import Units

Role = Literal["staff", "tester", "supervisor", "admin"]


@dataclass(frozen=True)
class Person:
    """One person. `unit_id` None: no unit. An inactive person was removed; their name stays on what they did."""

    id: str
    name: str
    role: Role
    unit_id: int | None
    active: bool
    added_at: datetime
    added_by: str


@dataclass(frozen=True)
class People:
    """The list's only door."""

    engine: Engine
    clock: times.Clock
    audit: Audit
    units: Units

    def add(self, person_id: str, role: Role, name: str = "", unit_id: int | None = None, *, by: str = "") -> Person:
        """Adds the person or replaces role, name and unit. Raises Refused (empty id, unknown role), NotFound (unit)."""
        person_id = person_id.strip()
        if not person_id:
            raise Refused("請給人員編號。")
        if role not in get_args(Role):
            raise Refused(f"沒有「{role}」這個角色。")
        row = {
            "id": person_id,
            "name": name.strip(),
            "role": role,
            "unit_id": unit_id,
            "added_at": times.text(self.clock()),
            "added_by": by,
        }
        with self.engine.transaction():
            if unit_id is not None:
                self.units.get(unit_id)
            self.engine.run(
                "INSERT INTO people (id, name, role, unit_id, active, added_at, added_by)"
                " VALUES (:id, :name, :role, :unit_id, 1, :added_at, :added_by)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,"
                " unit_id = excluded.unit_id, active = 1, added_at = excluded.added_at, added_by = excluded.added_by",
                row,
            )
            self.audit.write(by, "people.add", f"people:{person_id}", role=role, unit=unit_id)
            return self._known(person_id)

    def remove(self, person_id: str, *, by: str = "") -> Person:
        """Takes the role away; what they recorded stays. Raises NotFound."""
        with self.engine.transaction():
            self._known(person_id)
            self.engine.run("UPDATE people SET active = 0 WHERE id = :id", {"id": person_id})
            self.audit.write(by, "people.remove", f"people:{person_id}")
            return self._known(person_id)

    def get(self, person_id: str) -> Person | None:
        """The person, active or not, or None."""
        row = self.engine.row("SELECT * FROM people WHERE id = :id", {"id": person_id})
        return _person(row) if row else None

    def all(self, *, active_only: bool = True) -> list[Person]:
        """Everyone, by name and id."""
        sql = "SELECT * FROM people WHERE active = 1 OR :active_only = 0 ORDER BY name, id"
        return [_person(row) for row in self.engine.rows(sql, {"active_only": int(active_only)})]

    def _known(self, person_id: str) -> Person:
        person = self.get(person_id)
        if person is None:
            raise NotFound(f"名單上沒有「{person_id}」。")
        return person


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        unit_id=row["unit_id"],
        active=bool(row["active"]),
        added_at=times.moment(row["added_at"]),
        added_by=row["added_by"],
    )
