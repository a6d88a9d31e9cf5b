"""Where turns and the database meet: the inbox before, the outbox after, one transaction a turn.

Everything here is synchronous and must be called from one thread (see `Clerk`): the store has one connection. An update
that cannot be read, or whose handling fails, is put aside with its reason and never blocks the ones behind it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from telegram import Update

from bot.faces.telegram import render, turns
from bot.messages import Incoming, Reply
from bot.reminders import take_due
from bot.texts import faces as texts
from storage import InboxItem, OutboxRow, StorageError, Store
from storage.outbox import OutboxState

BATCH = 200
SENDING = "sending"
# Telegram delivers an update again for at most a day, and may begin with new numbers after a week without any: what was
# handled is kept longer than the one, so that nothing is handled twice, and less long than the other.
KEPT = timedelta(days=3)
MAX_STARTS = 5  # starts of the program that one update may outlive without being handled

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Core(Protocol):
    """What a face needs of the assistant."""

    def handle(self, incoming: Incoming) -> list[Reply]:
        """Answers one turn."""

    def commands(self) -> list[tuple[str, str]]:
        """(command, description) for the transport's menu."""


class Clerk:
    """Runs everything that touches the store on one thread, in the order asked for; the event loop stays free."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kaoping-store")

    async def __call__(self, work: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def close(self) -> None:
        """Waits for the work in hand."""
        self._thread.shutdown(wait=True)


@dataclass(frozen=True)
class Desk:
    """Takes updates in, lets the assistant answer them, and keeps the answers until they are sent."""

    core: Core
    store: Store
    me: turns.Me

    def take_in(self, updates: Sequence[Any]) -> int:
        """Keeps raw updates, all or none, before Telegram is told; returns how many were new."""
        kept = [(turns.update_id(raw), turns.chat_key(raw), json.dumps(raw)) for raw in updates]
        if any(number is None for number, _, _ in kept):
            _log.error("updates without a number were left out")
        return self.store.inbox.take_many((number, chat, raw) for number, chat, raw in kept if number is not None)

    def waiting(self) -> Sequence[InboxItem]:
        """Updates kept and not yet handled, oldest first; not all at once."""
        return self.store.inbox.pending(limit=BATCH)

    def settle_left_over(self) -> None:
        """At the start: what the last run left half done.

        One more attempt is counted at updates that wait, and what ended the program each time is put aside. A message
        that was on its way may have arrived: it is not sent again, as after a time-out. (An edit and the answer
        to a press are: they show nothing twice.)
        """
        for item in self.store.inbox.pending():
            if self.store.inbox.begin(item.update_id) > MAX_STARTS:
                self.put_aside(item, "the program ended each time it was handled")
        for row in self.unsent():
            if row.why == SENDING:
                self.store.outbox.mark_failed(row.id, "the program ended while it was being sent", "unknown")

    def handle(self, item: InboxItem) -> list[OutboxRow]:
        """One turn: handled, answered into the outbox and ticked off together. Raises StorageError: try again."""
        try:
            with self.store.transaction():
                rows = [self._put(item.chat, payload) for payload in self._answers(item)]
                self.store.inbox.done(item.update_id)
                return rows
        except StorageError:
            raise
        except Exception as error:
            _log.exception("update %s was put aside", item.update_id)
            return self.put_aside(item, f"{type(error).__name__}: {error}")

    def put_aside(self, item: InboxItem, reason: str) -> list[OutboxRow]:
        """Keeps an update that cannot be handled, with the reason, and tells the person who waits for an answer."""
        raw = _object(item.raw)
        found = [render.answer(query)] if (query := turns.query_id(raw)) else []
        if item.chat != turns.NOWHERE and any(kind in raw for kind in ("message", "callback_query")):
            found.append(render.notice(texts.TROUBLE))
        with self.store.transaction():
            self.store.inbox.poison(item.update_id, reason[:500])
            return [self._put(item.chat, payload) for payload in found]

    def remind(self) -> None:
        """Puts what conversations asked to be said by now into the outbox."""
        with self.store.transaction():
            for chat, reply in take_due(self.store, self.store.outbox.clock(), channel="telegram"):
                for payload in render.payloads(reply, None):
                    self._put(chat, payload)

    def clear_out(self) -> None:
        """Deletes what was handled and sent days ago: nothing asks for it any more."""
        gone = self.store.prune(self.store.outbox.clock() - KEPT)
        _log.info("%d old rows of updates, messages and reminders were deleted", gone)

    def unsent(self) -> Sequence[OutboxRow]:
        """Calls kept and not yet made whose time has come, oldest first."""
        now = self.store.outbox.clock()
        rows = self.store.outbox.pending()
        return [row for row in rows if row.chat.startswith("telegram:") and (row.not_before or now) <= now]

    def begin(self, row: OutboxRow, sending: bool) -> None:
        """Notes that the call is being made, or that it surely did not arrive."""
        self.store.outbox.postpone(row.id, self.store.outbox.clock(), SENDING if sending else "")

    def close(self, row: OutboxRow, message: int | None, reason: str, state: OutboxState) -> None:
        """The call was made (`state` sent), or will not be made again."""
        if state == "sent":
            self.store.outbox.mark_sent(row.id, message)
        else:
            self.store.outbox.mark_failed(row.id, reason[:500], state)

    def _answers(self, item: InboxItem) -> list[render.Payload]:
        update = Update.de_json(json.loads(item.raw), None)
        heard = turns.read(update, self.me)
        found = [render.answer(heard.query)] if heard.query else []
        if heard.notice:
            found.append(render.notice(heard.notice))
        if heard.incoming:
            for reply in self.core.handle(heard.incoming):
                found += render.payloads(reply, heard.pressed)
        return found

    def _put(self, chat: str, payload: render.Payload) -> OutboxRow:
        return OutboxRow(self.store.outbox.put(chat, payload), chat, payload)


def _object(raw: str) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
