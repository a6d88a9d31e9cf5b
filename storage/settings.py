"""Small choices that outlive a chat: a person's home office, the installation's label. Plain JSON by owner and key.

Never for secrets: they belong to the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storage import times, values
from storage.engine import Engine

INSTALLATION = ""  # the owner of what belongs to nobody in particular


@dataclass(frozen=True)
class KeptSettings:
    """The choices' only door. `owner` is a person's id, or empty for the installation."""

    engine: Engine
    clock: times.Clock

    def get(self, key: str, owner: str = INSTALLATION, default: Any = None) -> Any:
        """The value, or the default."""
        sql = "SELECT value FROM settings WHERE owner = :owner AND key = :key"
        kept = self.engine.value(sql, {"owner": owner, "key": key})
        return default if kept is None else values.load(kept)

    def set(self, key: str, value: Any, owner: str = INSTALLATION) -> None:
        """Keeps a value. Raises Refused for what is not JSON."""
        self.engine.run(
            "INSERT INTO settings (owner, key, value, updated_at) VALUES (:owner, :key, :value, :now)"
            " ON CONFLICT (owner, key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
            {"owner": owner, "key": key, "value": values.dump(value), "now": times.text(self.clock())},
        )

    def clear(self, key: str, owner: str = INSTALLATION) -> bool:
        """Forgets a value; False when there was none."""
        sql = "DELETE FROM settings WHERE owner = :owner AND key = :key"
        return bool(self.engine.run(sql, {"owner": owner, "key": key}))

    def all(self, owner: str = INSTALLATION) -> dict[str, Any]:
        """All values of an owner, by key."""
        rows = self.engine.tuples("SELECT key, value FROM settings WHERE owner = :owner ORDER BY key", {"owner": owner})
        return {key: values.load(value) for key, value in rows}
