"""Makes the calls that the outbox holds: in order within a chat, chats side by side, each row closed once.

A chat that Telegram holds back, or that is slow, waits alone. Answers to presses go past the queue: Telegram's waiting
sign ends after seconds. What may have arrived is not sent twice (see `verdict`).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from markupsafe import Markup
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError

from bot.faces.markup import bare, runs
from bot.faces.telegram import render
from bot.faces.telegram.pace import Pace
from bot.faces.telegram.verdict import Meaning, Verdict, judge
from storage import OutboxRow
from storage.outbox import OutboxState

MAX_PAUSE = 30.0  # seconds between tries when the network is away
ANSWER_TRIES = 3
MAX_REMEMBERED = 5000  # messages whose present content is known, to spare Telegram edits that change nothing

MAX_RECENT = 1000  # rows closed a moment ago, which a list read before may still hold

DONE: tuple[Meaning, str] = ("done", "")
STATES: dict[Meaning, OutboxState] = {"done": "sent", "unknown": "unknown", "gone": "unreachable"}

Begin = Callable[[OutboxRow, bool], Awaitable[None]]
Close = Callable[[OutboxRow, int | None, str, OutboxState], Awaitable[None]]
_log = logging.getLogger(__name__)


class Sender:
    """`begin(row, sending)` is called before a call that must not be made twice, and again with False when it is sure
    that it did not arrive; `close(row, message id, reason, state)` once a row, with the state to keep it in."""

    def __init__(
        self,
        bot: Bot,
        pace: Pace,
        begin: Begin,
        close: Close,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._pace = pace
        self._begin = begin
        self._close = close
        self._sleep = sleep
        self._lanes: dict[int, deque[OutboxRow]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._active: set[int] = set()
        self._recent: deque[int] = deque(maxlen=MAX_RECENT)
        self._last: OrderedDict[tuple[int, int], bytes] = OrderedDict()  # what a message shows now
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def send(self, rows: Iterable[OutboxRow]) -> None:
        """Queues rows that are not queued already; returns at once."""
        for row in rows:
            if row.id in self._active or row.id in self._recent:
                continue
            self._active.add(row.id)
            chat = int(row.chat.partition(":")[2] or 0)
            if row.payload["kind"] == "answer":
                self._start(self._answer(row))
            elif chat in self._lanes:
                self._lanes[chat].append(row)
            else:
                self._lanes[chat] = deque([row])
                self._start(self._lane(chat))

    async def drain(self, seconds: float) -> None:
        """Waits until all is sent, at most so long; what is left stays in the outbox."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not self.broken.done():
            self.broken.set_exception(error)

    async def _lane(self, chat: int) -> None:
        lane = self._lanes[chat]
        while lane:
            row = lane[0]
            try:
                message, meaning, reason = await self._deliver(chat, row)
            except InvalidToken:
                raise
            except Exception as error:  # a fault of ours must not stop the chat, nor come back at every start
                _log.exception("row %s could not be sent", row.id)
                message, meaning, reason = None, "refused", repr(error)
            await self._done(row, message, meaning, reason)
            lane.popleft()
        del self._lanes[chat]

    async def _done(self, row: OutboxRow, message: int | None, meaning: Meaning, reason: str) -> None:
        await self._close(row, message, reason, STATES.get(meaning, "failed"))
        self._active.discard(row.id)
        self._recent.append(row.id)

    async def _answer(self, row: OutboxRow) -> None:
        meaning, reason = await self._settle(row)
        await self._done(row, None, meaning, reason)

    async def _settle(self, row: OutboxRow) -> tuple[Meaning, str]:
        """Answers a press: a few tries within the seconds that Telegram waits; it may be answered again safely."""
        meaning, reason = DONE
        for attempt in range(ANSWER_TRIES):
            try:
                await self._bot.answer_callback_query(row.payload["query"], text=row.payload["text"] or None)
            except InvalidToken:
                raise
            except TelegramError as error:
                verdict = judge(error)
                meaning, reason = verdict.meaning, str(error)
            else:
                return DONE
            if meaning == "done":
                return DONE
            if meaning not in ("again", "once", "unknown", "hold"):
                break
            await self._sleep(min(verdict.seconds or 2.0**attempt, MAX_PAUSE))
        return meaning, reason

    async def _deliver(self, chat: int, row: OutboxRow) -> tuple[int | None, Meaning, str]:
        """Makes the call until it is settled; returns the message's id, what became of it, and why."""
        payload, stumbles, pause = dict(row.payload), 0, 1.0
        while True:
            await self._pace.ready(chat, new_message=payload["kind"] != "edit")
            if once_only := payload["kind"] != "edit":
                await self._begin(row, True)
            try:
                return await self._call(chat, payload), *DONE
            except InvalidToken:
                raise
            except TelegramError as error:
                verdict = judge(error)
                reason = f"{type(error).__name__}: {error}"
            meaning = verdict.meaning
            if meaning == "done":
                return payload.get("message"), *DONE
            if once_only and meaning in ("again", "hold"):
                await self._begin(row, False)
            stumbles += meaning in ("once", "unknown")
            if meaning == "again" or (stumbles and stumbles < _tries(payload, meaning)):
                _log.warning("chat %s: %s; trying again in %.0f s", chat, reason, pause)
                await self._sleep(pause)
                pause = min(pause * 2, MAX_PAUSE)
            elif not (chat := self._mended(chat, payload, verdict)):
                _log.error("row %s was not sent: %s (%s)", row.id, meaning, reason)
                return None, meaning, reason

    def _mended(self, chat: int, payload: render.Payload, verdict: Verdict) -> int:
        """Changes the call (or the chat, or the pace) so that it may succeed; 0 when nothing helps."""
        if verdict.meaning == "hold":
            self._pace.hold(chat, verdict.seconds)
        elif verdict.meaning == "moved":
            return verdict.chat
        elif verdict.meaning == "plain" and not payload.get("plain"):
            payload["plain"] = True
        elif verdict.meaning == "afresh" and payload["kind"] == "edit":
            payload["kind"] = "text"
        else:
            return 0
        return chat

    async def _call(self, chat: int, payload: render.Payload) -> int | None:
        text, mode = _text(payload)
        if payload["kind"] in ("text", "edit"):
            keyboard = _keyboard(payload)
            preview = LinkPreviewOptions(is_disabled=True)
            looks = hashlib.sha256(json.dumps([text, payload.get("keyboard")]).encode()).digest()
            if payload["kind"] == "edit" and self._last.get((chat, payload["message"])) == looks:
                return int(payload["message"])  # Telegram calls an edit that changes nothing an error
            if payload["kind"] == "text":
                sent: Message | bool = await self._bot.send_message(
                    chat, text, parse_mode=mode, reply_markup=keyboard, link_preview_options=preview
                )
            else:
                sent = await self._bot.edit_message_text(
                    text, chat, payload["message"], parse_mode=mode, reply_markup=keyboard, link_preview_options=preview
                )
            self._remember(chat, sent, looks)
        else:
            file = InputFile(base64.b64decode(payload["data"]), filename=payload["name"])
            if payload["kind"] == "photo":
                sent = await self._bot.send_photo(chat, file, caption=text or None, parse_mode=mode)
            else:
                sent = await self._bot.send_document(chat, file, caption=text or None, parse_mode=mode)
        return sent.message_id if isinstance(sent, Message) else None

    def _remember(self, chat: int, sent: Message | bool, looks: bytes) -> None:
        if isinstance(sent, Message):
            self._last[chat, sent.message_id] = looks
            self._last.move_to_end((chat, sent.message_id))
        if len(self._last) > MAX_REMEMBERED:
            self._last.popitem(last=False)


def _tries(payload: render.Payload, meaning: Meaning) -> int:
    """How often a call may be made when the server stumbles or the line is cut; an edit may always be made again."""
    if payload["kind"] == "edit":
        return ANSWER_TRIES
    return {"once": 2}.get(meaning, 1)


def _text(payload: render.Payload) -> tuple[str, ParseMode | None]:
    if payload.get("plain"):
        return bare(runs(Markup(payload["html"]))), None  # noqa: S704 - our own rendered subset
    return payload["html"], ParseMode.HTML


def _keyboard(payload: render.Payload) -> InlineKeyboardMarkup | None:
    rows = payload.get("keyboard")
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=button) for button, label in row] for row in rows]
    )
