"""Forms begun and not yet sent off: saved at every answer, kept for weeks, several to a person.

A draft has a version, so that two devices (or a doubled button press) cannot overwrite each other unseen. Finishing it
deletes it, in the transaction that adds its record: a second press finds nothing to send.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import times, values
from storage.engine import Engine, Row
from storage.errors import Conflict, NotFound


@dataclass(frozen=True)
class Draft:
    """One form in the making. `id` is short ASCII, `version` counts saves from 1, `state` is the dialogue's JSON."""

    id: str
    person: str
    chat: str
    rubric_id: str
    unit_id: int | None
    state: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Drafts:
    """The drafts' only door."""

    engine: Engine
    clock: times.Clock
    new_id: Callable[[], str]

    def start(
        self, person: str, chat: str, rubric_id: str, unit_id: int | None = None, state: Mapping[str, Any] | None = None
    ) -> Draft:
        """A new draft, version 1. Raises Refused for what is not JSON."""
        now = times.text(self.clock())
        row = {
            "id": self.new_id(),
            "person": person,
            "chat": chat,
            "rubric_id": rubric_id,
            "unit_id": unit_id,
            "state": values.dump(dict(state or {})),
            "now": now,
        }
        with self.engine.transaction():
            self.engine.run(
                "INSERT INTO drafts (id, person, chat, rubric_id, unit_id, state, version, created_at, updated_at)"
                " VALUES (:id, :person, :chat, :rubric_id, :unit_id, :state, 1, :now, :now)",
                row,
            )
            return self.get(str(row["id"]))

    def save(
        self, draft_id: str, state: Mapping[str, Any], expected_version: int, *, unit_id: int | None = None
    ) -> Draft:
        """Keeps the state (and the unit, when one is given); the version goes up by one.

        Raises NotFound (sent off or discarded meanwhile), Conflict (saved meanwhile), Refused (not JSON).
        """
        row = {
            "id": draft_id,
            "state": values.dump(dict(state)),
            "version": expected_version,
            "unit_id": unit_id,
            "now": times.text(self.clock()),
        }
        with self.engine.transaction():
            sql = """
                UPDATE drafts
                SET state = :state, version = version + 1, updated_at = :now, unit_id = COALESCE(:unit_id, unit_id)
                WHERE id = :id AND version = :version
            """
            if not self.engine.run(sql, row):
                self.get(draft_id)
                raise Conflict("這份草稿剛在別處更新過。")
            return self.get(draft_id)

    def get(self, draft_id: str) -> Draft:
        """The draft. Raises NotFound."""
        row = self.engine.row("SELECT * FROM drafts WHERE id = :id", {"id": draft_id})
        if row is None:
            raise NotFound("這份草稿已經送出或取消了。")
        return _draft(row)

    def open_for(self, person: str, rubric_id: str | None = None) -> list[Draft]:
        """The person's drafts (on one sheet), last touched first."""
        sql = """
            SELECT * FROM drafts
            WHERE person = :person AND (:rubric_id IS NULL OR rubric_id = :rubric_id)
            ORDER BY updated_at DESC, created_at DESC, id
        """
        return [_draft(row) for row in self.engine.rows(sql, {"person": person, "rubric_id": rubric_id})]

    def finish(self, draft_id: str) -> None:
        """Deletes the draft: call it in the transaction that adds its record. Raises NotFound (already sent off)."""
        if not self.engine.run("DELETE FROM drafts WHERE id = :id", {"id": draft_id}):
            raise NotFound("這份草稿已經送出或取消了。")

    def discard(self, draft_id: str) -> bool:
        """Throws the draft away; False when it was gone."""
        return bool(self.engine.run("DELETE FROM drafts WHERE id = :id", {"id": draft_id}))


def _draft(row: Row) -> Draft:
    return Draft(
        id=row["id"],
        person=row["person"],
        chat=row["chat"],
        rubric_id=row["rubric_id"],
        unit_id=row["unit_id"],
        state=values.load(row["state"]),
        version=row["version"],
        created_at=times.moment(row["created_at"]),
        updated_at=times.moment(row["updated_at"]),
    )
