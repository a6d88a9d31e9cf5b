"""What a conversation asked to be said later: taken from the schedule when it is due, ticked off as it is handed out.

A reminder's payload is {"text": plain words, "buttons": [[id, label], …]}. A face that can speak first asks for all
that is due; a face that cannot gets a chat's own with its next turn.
"""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from bot.messages import Choice, Reply, rows
from storage import Store


def take_due(store: Store, now: datetime, chat: str = "", channel: str = "") -> list[tuple[str, Reply]]:
    """(chat, reply) of what is due for one chat, or for a channel's chats, earliest first. Call it in a transaction."""
    found = []
    for reminder in store.schedule.due(now):
        if (chat and reminder.chat != chat) or not reminder.chat.startswith(f"{channel}:" if channel else ""):
            continue
        store.schedule.done(reminder.id)
        buttons = [Choice(button, label) for button, label in reminder.payload.get("buttons", ())]
        found.append((reminder.chat, Reply(Markup("{}").format(reminder.payload["text"]), rows(buttons))))
    return found
