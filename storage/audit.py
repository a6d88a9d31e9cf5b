"""The trail of who did what, when: written once, never changed nor deleted (the database refuses).

The other parts write to it where a change is not a record of its own; flows may add entries. It keeps ids and reasons,
never secrets and never whole forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import times, values
from storage.engine import Engine, Row


@dataclass(frozen=True)
class AuditEntry:
    """`action` is a dotted id (「people.add」), `subject` what it was done to (「people:77」), `detail` plain JSON."""

    id: int
    at: datetime
    person: str
    action: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Audit:
    """The trail's only door."""

    engine: Engine
    clock: times.Clock

    def write(self, person: str, action: str, subject: str = "", **detail: Any) -> int:
        """Adds an entry, in the open transaction or in its own; returns its number. Raises Refused."""
        row = {
            "at": times.text(self.clock()),
            "person": person,
            "action": action,
            "subject": subject,
            "detail": values.dump(detail),
        }
        with self.engine.transaction():
            sql = (
                "INSERT INTO audit (at, person, action, subject, detail)"
                " VALUES (:at, :person, :action, :subject, :detail) RETURNING id"
            )
            return int(self.engine.rows(sql, row)[0]["id"])

    def find(
        self, person: str | None = None, subject: str | None = None, action: str | None = None, limit: int = 100
    ) -> list[AuditEntry]:
        """Entries, newest first, narrowed by what is given."""
        wanted = {"person": person, "subject": subject, "action": action}
        given = {name: value for name, value in wanted.items() if value is not None}
        where = " AND ".join(["1 = 1", *(f"{name} = :{name}" for name in given)])
        sql = " ".join(["SELECT * FROM audit WHERE", where, "ORDER BY id DESC LIMIT :limit"])
        return [_entry(row) for row in self.engine.rows(sql, {**given, "limit": limit})]


def _entry(row: Row) -> AuditEntry:
    return AuditEntry(
        row["id"], times.moment(row["at"]), row["person"], row["action"], row["subject"], values.load(row["detail"])
    )
