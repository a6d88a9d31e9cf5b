"""The Telegram face in a process of its own, to be killed: each turn counts one up in the chat's memory.

Usage: python -m tests.support.counting_service DATABASE API_ROOT
"""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from bot.faces.telegram import serve
from bot.logs import set_up
from bot.messages import Choice, Incoming, Reply, rows
from bot.rocdate import OFFSET
from storage import Store, open_store
from tests.support.bot_api import TOKEN


@dataclass(frozen=True)
class Counter:
    """Says how many turns this chat has taken, and what the last one was."""

    store: Store

    def commands(self) -> list[tuple[str, str]]:
        return []

    def handle(self, incoming: Incoming) -> list[Reply]:
        taken = [*(self.store.sessions.get(incoming.chat) or {"taken": []})["taken"], incoming.text or incoming.button]
        self.store.sessions.put(incoming.chat, {"taken": taken})
        return [Reply(Markup("{}:{}").format(len(taken), taken[-1]), rows([Choice("a:b", "按")]))]


if __name__ == "__main__":
    set_up()
    database = Path(sys.argv[1])
    store = open_store(database, lambda: datetime.now(OFFSET), lambda: secrets.token_hex(8))
    sys.exit(serve(Counter(store), store, token=TOKEN, api_root=sys.argv[2], database=database))
