"""Offices and units in one tree: an office is a root, every unit knows its office.

A unit never moves to another office and is never deleted, because records point at it: it is put out of use instead.
Names are unique among siblings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage import times, values
from storage.audit import Audit
from storage.engine import Engine, Row
from storage.errors import Conflict, NotFound, Refused


@dataclass(frozen=True)
class Unit:
    """One office or unit. `parent` is None for an office, `office` the id of its root (its own for an office).

    `group` is the plan's grouping label (「業務單位」), `phones` the numbers that testers call.
    """

    id: int
    parent: int | None
    office: int
    name: str
    group: str | None = None
    phones: tuple[str, ...] = ()
    active: bool = True

    @property
    def is_office(self) -> bool:
        """True for a root."""
        return self.parent is None


@dataclass(frozen=True)
class Units:
    """The tree's only door."""

    engine: Engine
    clock: times.Clock
    audit: Audit

    def add(self, name: str, parent: int | None = None, *, group: str | None = None, by: str = "") -> Unit:
        """A new office (no parent) or unit. Raises Refused (empty name), NotFound (parent), Conflict (name taken)."""
        name = _clean(name)
        with self.engine.transaction():
            above = None if parent is None else self.get(parent)
            if self.child(name, parent):
                raise Conflict(f"「{name}」已經在名單上了。")
            number = int(self.engine.value("SELECT COALESCE(MAX(id), 0) + 1 FROM units"))
            row = {
                "id": number,
                "parent": parent,
                "office": above.office if above else number,
                "name": name,
                "group_label": group,
                "created_at": times.text(self.clock()),
            }
            self.engine.run(
                "INSERT INTO units (id, parent_id, office_id, name, group_label, created_at)"
                " VALUES (:id, :parent, :office, :name, :group_label, :created_at)",
                row,
            )
            self.audit.write(by, "units.add", f"units:{number}", name=name, parent=parent)
            return self.get(number)

    def ensure(self, office_name: str, unit_name: str | None = None, *, by: str = "") -> Unit:
        """The unit of that name directly under that office (or the office itself), made if missing. Raises Refused."""
        with self.engine.transaction():
            office = self.child(_clean(office_name), None) or self.add(office_name, by=by)
            if unit_name is None:
                return office
            return self.child(_clean(unit_name), office.id) or self.add(unit_name, office.id, by=by)

    def get(self, unit_id: int) -> Unit:
        """The unit. Raises NotFound."""
        row = self.engine.row("SELECT * FROM units WHERE id = :id", {"id": unit_id})
        if row is None:
            raise NotFound("找不到這個單位。")
        return _unit(row)

    def child(self, name: str, parent: int | None) -> Unit | None:
        """The child of that exact name (of no parent: the office), or None."""
        sql = "SELECT * FROM units WHERE COALESCE(parent_id, 0) = :parent AND name = :name"
        row = self.engine.row(sql, {"parent": parent or 0, "name": name.strip()})
        return _unit(row) if row else None

    def children(self, unit_id: int) -> list[Unit]:
        """The units directly below, oldest first."""
        sql = "SELECT * FROM units WHERE parent_id = :id ORDER BY id"
        return [_unit(row) for row in self.engine.rows(sql, {"id": unit_id})]

    def subtree_ids(self, unit_id: int) -> frozenset[int]:
        """The unit's id and those of all below it; empty when there is no such unit."""
        sql = """
            WITH RECURSIVE below (id) AS (
                SELECT id FROM units WHERE id = :id
                UNION ALL
                SELECT units.id FROM units JOIN below ON units.parent_id = below.id
            )
            SELECT id FROM below
        """
        return frozenset(number for (number,) in self.engine.tuples(sql, {"id": unit_id}))

    def all(self, office: int | None = None, *, active_only: bool = True) -> list[Unit]:
        """All offices and units (of one office), parents before children, oldest first."""
        sql = """
            SELECT * FROM units
            WHERE (:office IS NULL OR office_id = :office) AND (active = 1 OR :active_only = 0)
            ORDER BY office_id, id
        """
        return [_unit(row) for row in self.engine.rows(sql, {"office": office, "active_only": int(active_only)})]

    def offices(self, *, active_only: bool = True) -> list[Unit]:
        """The roots, oldest first."""
        return [unit for unit in self.all(active_only=active_only) if unit.is_office]

    def full_name(self, unit_id: int) -> str:
        """「第二河川局 工務課」: the names from the office down. Raises NotFound."""
        unit = self.get(unit_id)
        names = [unit.name]
        while unit.parent is not None:
            unit = self.get(unit.parent)
            names.append(unit.name)
        return " ".join(reversed(names))

    def full_names(self) -> dict[int, str]:
        """The full name of every unit, also those out of use: one query for long lists."""
        sql = """
            WITH RECURSIVE named (id, full_name) AS (
                SELECT id, name FROM units WHERE parent_id IS NULL
                UNION ALL
                SELECT units.id, named.full_name || ' ' || units.name
                FROM units JOIN named ON units.parent_id = named.id
            )
            SELECT id, full_name FROM named ORDER BY id
        """
        return dict(self.engine.tuples(sql))

    def rename(self, unit_id: int, name: str, *, by: str = "") -> Unit:
        """Another name; records keep pointing at the unit. Raises Refused, NotFound, Conflict (name taken)."""
        name = _clean(name)
        with self.engine.transaction():
            unit = self.get(unit_id)
            taken = self.child(name, unit.parent)
            if taken and taken.id != unit_id:
                raise Conflict(f"「{name}」已經在名單上了。")
            return self._set("UPDATE units SET name = :value WHERE id = :id", unit, name, "units.rename", by, unit.name)

    def set_phones(self, unit_id: int, phones: Sequence[str], *, by: str = "") -> Unit:
        """The numbers that testers call, in order; doubles and empty ones are left out. Raises NotFound."""
        kept = list(dict.fromkeys(phone.strip() for phone in phones if phone.strip()))
        with self.engine.transaction():
            unit = self.get(unit_id)
            sql = "UPDATE units SET phones = :value WHERE id = :id"
            return self._set(sql, unit, values.dump(kept), "units.phones", by, list(unit.phones))

    def set_group(self, unit_id: int, group: str | None, *, by: str = "") -> Unit:
        """The plan's grouping label, or None. Raises NotFound."""
        with self.engine.transaction():
            unit = self.get(unit_id)
            return self._set(
                "UPDATE units SET group_label = :value WHERE id = :id", unit, group, "units.group", by, unit.group
            )

    def set_active(self, unit_id: int, active: bool, *, by: str = "") -> Unit:
        """Puts a unit out of use, or back; its records stay. Raises NotFound."""
        with self.engine.transaction():
            unit = self.get(unit_id)
            sql = "UPDATE units SET active = :value WHERE id = :id"
            return self._set(sql, unit, int(active), "units.active", by, unit.active)

    def _set(self, sql: str, unit: Unit, value: object, action: str, by: str, before: object) -> Unit:
        self.engine.run(sql, {"value": value, "id": unit.id})
        self.audit.write(by, action, f"units:{unit.id}", before=before, after=value)
        return self.get(unit.id)


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("單位名稱不能空白。")
    return name


def _unit(row: Row) -> Unit:
    return Unit(
        id=row["id"],
        parent=row["parent_id"],
        office=row["office_id"],
        name=row["name"],
        group=row["group_label"],
        phones=tuple(values.load(row["phones"])),
        active=bool(row["active"]),
    )
