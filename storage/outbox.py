"""Messages to send, kept in the transaction of the turn that says them, in order for each chat.

A sender takes the oldest pending row of a chat first and settles it before the next. What became of a send is said
plainly: sent, failed (will not be tried again), unknown (it may have arrived: never sent twice on a guess),
unreachable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from storage import times, values
from storage.engine import Engine, Row

OutboxState = Literal["pending", "sent", "failed", "unknown", "unreachable"]


@dataclass(frozen=True)
class OutboxRow:
    """One message. `payload` is the face's own JSON, `message_id` the transport's number of what was sent."""

    id: int
    chat: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    state: OutboxState = "pending"
    attempts: int = 0
    not_before: datetime | None = None
    message_id: int | None = None
    why: str = ""
    created_at: datetime | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Outbox:
    """The outbox's only door."""

    engine: Engine
    clock: times.Clock

    def put(self, chat: str, payload: Mapping[str, Any], not_before: datetime | None = None) -> int:
        """Keeps a message; returns its number. Raises Refused for what is not JSON."""
        row = {
            "chat": chat,
            "payload": values.dump(dict(payload)),
            "not_before": times.maybe_text(not_before),
            "now": times.text(self.clock()),
        }
        sql = (
            "INSERT INTO outbox (chat, payload, state, not_before, created_at)"
            " VALUES (:chat, :payload, 'pending', :not_before, :now) RETURNING id"
        )
        with self.engine.transaction():
            return int(self.engine.rows(sql, row)[0]["id"])

    def pending(self, chat: str | None = None) -> list[OutboxRow]:
        """Messages not yet settled (of one chat), oldest first, also those that wait for their time."""
        sql = "SELECT * FROM outbox WHERE state = 'pending' AND (:chat IS NULL OR chat = :chat) ORDER BY id"
        return [_outbox_row(row) for row in self.engine.rows(sql, {"chat": chat})]

    def due(self, now: datetime) -> list[OutboxRow]:
        """The oldest pending message of each chat, when its time has come: none overtakes another of its chat."""
        sql = """
            SELECT * FROM outbox
            WHERE id IN (SELECT MIN(id) FROM outbox WHERE state = 'pending' GROUP BY chat)
                AND (not_before IS NULL OR not_before <= :now)
            ORDER BY id
        """
        return [_outbox_row(row) for row in self.engine.rows(sql, {"now": times.text(now)})]

    def mark_sent(self, row_id: int, message_id: int | None = None) -> bool:
        """The transport took it; False when it was not pending."""
        return self._settle(row_id, "sent", "", message_id)

    def mark_failed(self, row_id: int, why: str, state: OutboxState = "failed") -> bool:
        """It will not be sent (again): failed, unknown or unreachable; False when it was not pending."""
        return self._settle(row_id, state, why, None)

    def postpone(self, row_id: int, not_before: datetime, why: str = "") -> bool:
        """It was tried and is to be tried again from that moment on; False when it was not pending."""
        sql = """
            UPDATE outbox SET attempts = attempts + 1, not_before = :not_before, why = :why
            WHERE id = :id AND state = 'pending'
        """
        return bool(self.engine.run(sql, {"id": row_id, "not_before": times.text(not_before), "why": why}))

    def get(self, row_id: int) -> OutboxRow | None:
        """The message, or None."""
        row = self.engine.row("SELECT * FROM outbox WHERE id = :id", {"id": row_id})
        return _outbox_row(row) if row else None

    def prune(self, before: datetime) -> int:
        """Deletes messages settled before that moment; returns how many went."""
        sql = "DELETE FROM outbox WHERE state <> 'pending' AND settled_at < :before"
        return self.engine.run(sql, {"before": times.text(before)})

    def _settle(self, row_id: int, state: OutboxState, why: str, message_id: int | None) -> bool:
        sql = """
            UPDATE outbox
            SET state = :state, why = :why, message_id = :message_id, attempts = attempts + 1, settled_at = :now
            WHERE id = :id AND state = 'pending'
        """
        row = {"id": row_id, "state": state, "why": why, "message_id": message_id, "now": times.text(self.clock())}
        return bool(self.engine.run(sql, row))


def _outbox_row(row: Row) -> OutboxRow:
    return OutboxRow(
        id=row["id"],
        chat=row["chat"],
        payload=values.load(row["payload"]),
        state=row["state"],
        attempts=row["attempts"],
        not_before=times.maybe_moment(row["not_before"]),
        message_id=row["message_id"],
        why=row["why"],
        created_at=times.moment(row["created_at"]),
        settled_at=times.maybe_moment(row["settled_at"]),
    )
