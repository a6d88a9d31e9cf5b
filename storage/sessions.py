"""What each chat remembers between turns: one JSON object a chat, replaced whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage import times, values
from storage.engine import Engine


@dataclass(frozen=True)
class Sessions:
    """The memories' only door."""

    engine: Engine
    clock: times.Clock

    def get(self, chat: str) -> dict[str, Any] | None:
        """The chat's memory, or None."""
        kept = self.engine.value("SELECT state FROM sessions WHERE chat = :chat", {"chat": chat})
        return None if kept is None else dict(values.load(kept))

    def put(self, chat: str, state: Mapping[str, Any]) -> None:
        """Keeps the memory. Raises Refused for what is not JSON."""
        self.engine.run(
            "INSERT INTO sessions (chat, state, updated_at) VALUES (:chat, :state, :now)"
            " ON CONFLICT (chat) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at",
            {"chat": chat, "state": values.dump(dict(state)), "now": times.text(self.clock())},
        )

    def clear(self, chat: str) -> None:
        """Forgets the chat."""
        self.engine.run("DELETE FROM sessions WHERE chat = :chat", {"chat": chat})
