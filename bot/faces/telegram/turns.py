"""Reads one Telegram update: who said what, in which chat, and which button was pressed.

It answers what is no turn at all (an edited message, a sticker, a group that talks about something else) with nothing
or with one friendly sentence; everything else is the assistant's to decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from bot.faces.markup import clean
from bot.messages import Incoming
from bot.texts import faces as texts

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
MAX_INTEGER = 2**63
NOWHERE = "telegram:0"  # the chat of an update that names none
_NO_WORDS = (
    *("animation", "audio", "contact", "dice", "document", "game", "location", "photo", "poll", "sticker"),
    *("story", "venue", "video", "video_note", "voice"),
)


@dataclass(frozen=True)
class Me:
    """The bot itself: its id and its username without @."""

    id: int
    username: str


@dataclass(frozen=True)
class Heard:
    """What an update holds: a turn for the assistant (or none), the query to answer, the message whose button was
    pressed, and a sentence of the face's own."""

    incoming: Incoming | None = None
    query: str = ""
    pressed: int | None = None
    notice: str = ""


def update_id(raw: Any) -> int | None:
    """The number of a raw update; None when it has none that can be kept."""
    found = raw.get("update_id") if isinstance(raw, Mapping) else None
    return found if isinstance(found, int) and 0 <= found < MAX_INTEGER else None


def chat_key(raw: Any) -> str:
    """「telegram:<chat id>」 of a raw update, whatever else is wrong with it."""
    chat = _chat_id(raw)
    return NOWHERE if chat is None else f"telegram:{chat}"


def query_id(raw: Any) -> str:
    """The id of the pressed button's query in a raw update; empty when there is none."""
    query = raw.get("callback_query") if isinstance(raw, Mapping) else None
    found = query.get("id") if isinstance(query, Mapping) else None
    return found if isinstance(found, str) else ""


def read(update: Update, me: Me) -> Heard:
    """What to do with a parsed update."""
    if update.callback_query:
        return _pressed(update.callback_query)
    if update.message:
        return _said(update.message, me)
    return Heard()


def _pressed(query: CallbackQuery) -> Heard:
    message = query.message
    if message is None or not query.data:
        return Heard(query=query.id)
    incoming = Incoming(
        chat=f"telegram:{message.chat.id}",
        sender=str(query.from_user.id),
        name=clean(query.from_user.full_name),
        button=query.data,
    )
    return Heard(incoming, query.id, message.message_id)


def _said(message: Message, me: Me) -> Heard:
    user = message.from_user
    if user is None or user.is_bot:
        return Heard()
    private = message.chat.type == ChatType.PRIVATE
    if message.text is None:
        return Heard(notice=texts.ONLY_WORDS if private and _tried_to_say(message) else "")
    text = clean(message.text)
    if private or _addressed(message, me):
        return Heard(_typed(message, user, _without_me(text, me)))
    return Heard()


def _typed(message: Message, user: User, text: str) -> Incoming:
    return Incoming(
        chat=f"telegram:{message.chat.id}", sender=str(user.id), name=clean(user.full_name), text=text.strip()
    )


def _tried_to_say(message: Message) -> bool:
    return any(getattr(message, kind, None) for kind in _NO_WORDS)


def _addressed(message: Message, me: Me) -> bool:
    """In a group: a command (of ours, or of nobody in particular), our name, or an answer to a message of ours."""
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return True
    named = message.parse_entities([MessageEntity.MENTION]).values()
    if any(name.lower() == f"@{me.username}".lower() for name in named):
        return True
    for command in message.parse_entities([MessageEntity.BOT_COMMAND]).values():
        _, _, owner = command.partition("@")
        return not owner or owner.lower() == me.username.lower()
    return False


def _without_me(text: str, me: Me) -> str:
    """「/start@bot x」 becomes 「/start x」, 「@bot 優等幾分」 becomes 「優等幾分」."""
    if text.startswith("/"):
        return re.sub(rf"^(/\w+)@{re.escape(me.username)}(?!\w)", r"\1", text, flags=re.IGNORECASE)
    around = re.split(rf"@{re.escape(me.username)}(?!\w)", text, maxsplit=1, flags=re.IGNORECASE)
    return " ".join(part.strip() for part in around).strip()


def _chat_id(raw: Any) -> int | None:
    if not isinstance(raw, Mapping):
        return None
    for kind in ALLOWED_UPDATES:
        part = raw.get(kind)
        if not isinstance(part, Mapping):
            continue
        for place in (part.get("chat"), _within(part, "message", "chat"), part.get("from")):
            found = place.get("id") if isinstance(place, Mapping) else None
            if isinstance(found, int) and not isinstance(found, bool):
                return found
    return None


def _within(part: Mapping[str, Any], outer: str, inner: str) -> Any:
    middle = part.get(outer)
    return middle.get(inner) if isinstance(middle, Mapping) else None
