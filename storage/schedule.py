"""Reminders and waits that survive a restart: the second call after ten minutes, a digest, a due date.

It only remembers; whoever asks `due` does what is due and ticks it off in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage import times, values
from storage.engine import Engine, Row

ReminderState = Literal["waiting", "done", "cancelled"]


@dataclass(frozen=True)
class Reminder:
    """One thing to do at a moment. `kind` is the flow's id for it (「score.second_call」), `payload` its JSON."""

    id: int
    due_at: datetime
    chat: str
    person: str
    kind: str
    payload: Mapping[str, Any]
    state: ReminderState
    created_at: datetime


@dataclass(frozen=True)
class Schedule:
    """The schedule's only door."""

    engine: Engine
    clock: times.Clock

    def add(
        self, due_at: datetime, chat: str, kind: str, payload: Mapping[str, Any] | None = None, *, person: str = ""
    ) -> int:
        """Keeps a reminder; returns its number. Raises Refused (no time zone, not JSON)."""
        row = {
            "due_at": times.text(due_at),
            "chat": chat,
            "person": person,
            "kind": kind,
            "payload": values.dump(dict(payload or {})),
            "now": times.text(self.clock()),
        }
        sql = (
            "INSERT INTO schedule (due_at, chat, person, kind, payload, state, created_at)"
            " VALUES (:due_at, :chat, :person, :kind, :payload, 'waiting', :now) RETURNING id"
        )
        with self.engine.transaction():
            return int(self.engine.rows(sql, row)[0]["id"])

    def due(self, now: datetime) -> list[Reminder]:
        """What waits and whose time has come, earliest first."""
        sql = "SELECT * FROM schedule WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id"
        return [_reminder(row) for row in self.engine.rows(sql, {"now": times.text(now)})]

    def waiting(self, chat: str | None = None, kind: str | None = None) -> list[Reminder]:
        """What still waits (in a chat, of a kind), earliest first."""
        sql = """
            SELECT * FROM schedule
            WHERE state = 'waiting' AND (:chat IS NULL OR chat = :chat) AND (:kind IS NULL OR kind = :kind)
            ORDER BY due_at, id
        """
        return [_reminder(row) for row in self.engine.rows(sql, {"chat": chat, "kind": kind})]

    def done(self, reminder_id: int) -> bool:
        """Ticks it off; False when it did not wait (any more)."""
        return self._settle(reminder_id, "done")

    def cancel(self, reminder_id: int) -> bool:
        """It is no longer wanted; False when it did not wait (any more)."""
        return self._settle(reminder_id, "cancelled")

    def prune(self, before: datetime) -> int:
        """Deletes what was settled before that moment; returns how many went."""
        sql = "DELETE FROM schedule WHERE state <> 'waiting' AND settled_at < :before"
        return self.engine.run(sql, {"before": times.text(before)})

    def _settle(self, reminder_id: int, state: ReminderState) -> bool:
        sql = "UPDATE schedule SET state = :state, settled_at = :now WHERE id = :id AND state = 'waiting'"
        return bool(self.engine.run(sql, {"id": reminder_id, "state": state, "now": times.text(self.clock())}))


def _reminder(row: Row) -> Reminder:
    return Reminder(
        id=row["id"],
        due_at=times.moment(row["due_at"]),
        chat=row["chat"],
        person=row["person"],
        kind=row["kind"],
        payload=values.load(row["payload"]),
        state=row["state"],
        created_at=times.moment(row["created_at"]),
    )
