"""Updates as they came, kept before the transport is told that they arrived: taken once, handled once.

The update's own number is the key, so that one delivered twice is kept once. What cannot be handled is put aside as
poisoned with its reason and its raw text; of what was handled only the number and the time stay, for
as long as it may be delivered again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage import times
from storage.engine import Engine, Row
from storage.errors import NotFound

InboxState = Literal["new", "done", "poisoned"]


@dataclass(frozen=True)
class InboxItem:
    """One update. `raw` is the transport's JSON text (empty once handled), `attempts` how often handling was begun."""

    update_id: int
    chat: str
    raw: str
    state: InboxState = "new"
    attempts: int = 0
    received_at: datetime | None = None
    handled_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Inbox:
    """The inbox's only door."""

    engine: Engine
    clock: times.Clock

    def take(self, update_id: int, chat: str, raw: str) -> bool:
        """Keeps an update; False when it is there already. On disk when this returns, unless in a transaction."""
        return self.take_many([(update_id, chat, raw)]) == 1

    def take_many(self, updates: Iterable[tuple[int, str, str]]) -> int:
        """Keeps updates (number, chat, raw text), all or none; returns how many were new."""
        now = times.text(self.clock())
        sql = (
            "INSERT INTO inbox (update_id, chat, raw, state, received_at) VALUES (:update_id, :chat, :raw, 'new', :now)"
            " ON CONFLICT (update_id) DO NOTHING"
        )
        with self.engine.transaction():
            return sum(
                self.engine.run(sql, {"update_id": number, "chat": chat, "raw": raw, "now": now})
                for number, chat, raw in updates
            )

    def pending(self, limit: int | None = None) -> list[InboxItem]:
        """Updates kept and not yet handled, in the order of their numbers."""
        sql = "SELECT * FROM inbox WHERE state = 'new' ORDER BY update_id"
        if limit is None:
            return [_item(row) for row in self.engine.rows(sql)]
        return [_item(row) for row in self.engine.rows(sql + " LIMIT :limit", {"limit": limit})]

    def begin(self, update_id: int) -> int:
        """Counts one more attempt and returns the count: an update that kills the program each time shows here.

        Call it outside the transaction that handles the update. Raises NotFound when it does not wait.
        """
        with self.engine.transaction():
            sql = "UPDATE inbox SET attempts = attempts + 1 WHERE update_id = :id AND state = 'new' RETURNING attempts"
            found = self.engine.rows(sql, {"id": update_id})
        if not found:
            raise NotFound(f"沒有等待處理的訊息 {update_id}。")
        return int(found[0]["attempts"])

    def done(self, update_id: int) -> bool:
        """Ticks a waiting update off and drops its raw text; False when it did not wait (any more)."""
        return self._settle(update_id, "done", "")

    def poison(self, update_id: int, reason: str) -> bool:
        """Puts a waiting update aside with its raw text; False when it did not wait (any more)."""
        return self._settle(update_id, "poisoned", reason)

    def prune(self, before: datetime) -> int:
        """Deletes rows handled before that moment, never the highest number; returns how many went."""
        sql = """
            DELETE FROM inbox
            WHERE state = 'done' AND handled_at < :before AND update_id < (SELECT MAX(update_id) FROM inbox)
        """
        return self.engine.run(sql, {"before": times.text(before)})

    def _settle(self, update_id: int, state: InboxState, reason: str) -> bool:
        sql = """
            UPDATE inbox
            SET state = :state, reason = :reason, handled_at = :now,
                raw = CASE WHEN :state = 'done' THEN '' ELSE raw END
            WHERE update_id = :id AND state = 'new'
        """
        row = {"id": update_id, "state": state, "reason": reason, "now": times.text(self.clock())}
        return bool(self.engine.run(sql, row))


def _item(row: Row) -> InboxItem:
    return InboxItem(
        update_id=row["update_id"],
        chat=row["chat"],
        raw=row["raw"],
        state=row["state"],
        attempts=row["attempts"],
        received_at=times.moment(row["received_at"]),
        handled_at=times.maybe_moment(row["handled_at"]),
        reason=row["reason"],
    )
