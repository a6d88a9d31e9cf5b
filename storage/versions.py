"""Small facts that every record repeats, looked up once: the rubric's version, a unit's office.

Both never change once written, so they are remembered, but only within one transaction: a number that was made in a
transaction taken back must be forgotten with it.
"""

from __future__ import annotations

from storage.assessment import NewRecord
from storage.engine import Engine
from storage.errors import NotFound

Key = tuple[str, str, str, str]


class Versions:
    """Numbers for rubric versions and offices of units, within one open transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._numbers: dict[Key, int] = {}
        self._offices: dict[int, int] = {}

    def number(self, new: NewRecord) -> int:
        """The number of the rubric's version, made when new."""
        key = (new.rubric_id, new.rubric_hash, new.structure_hash, new.rubric_kind)
        if key not in self._numbers:
            self._numbers[key] = self._kept(key)
        return self._numbers[key]

    def office(self, unit_id: int) -> int:
        """The office of a unit. Raises NotFound."""
        if unit_id not in self._offices:
            found = self._engine.value("SELECT office_id FROM units WHERE id = :id", {"id": unit_id})
            if found is None:
                raise NotFound("找不到這個單位。")
            self._offices[unit_id] = int(found)
        return self._offices[unit_id]

    def _kept(self, key: Key) -> int:
        row = dict(zip(("rubric_id", "rubric_hash", "structure_hash", "rubric_kind"), key, strict=True))
        self._engine.run(
            "INSERT INTO rubric_versions (rubric_id, rubric_hash, structure_hash, rubric_kind)"
            " VALUES (:rubric_id, :rubric_hash, :structure_hash, :rubric_kind) ON CONFLICT DO NOTHING",
            row,
        )
        sql = (
            "SELECT id FROM rubric_versions WHERE rubric_id = :rubric_id AND rubric_hash = :rubric_hash"
            " AND structure_hash = :structure_hash AND rubric_kind = :rubric_kind"
        )
        return int(self._engine.value(sql, row))
