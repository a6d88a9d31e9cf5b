"""Makes the calls that the outbox holds: in order within a chat, chats side by side, each row closed once.

A chat that Telegram holds back, or that is slow, waits alone. Answers to presses go past the queue: Telegram's waiting
sign ends after seconds. What may have arrived is not sent twice (see `verdict`).
"""

from __future__ import annotations

import asyncio
import base64
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from markupsafe import Markup
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError

from bot.faces.markup import bare, runs
from bot.faces.telegram import render
from bot.faces.telegram.pace import Pace
from bot.faces.telegram.verdict import Verdict, judge
from storage import OutboxRow

MAX_PAUSE = 30.0  # seconds between tries when the network is away
ANSWER_TRIES = 3

Close = Callable[[OutboxRow, int | None, str], Awaitable[None]]
_log = logging.getLogger(__name__)


class Sender:
    """`close(row, message id, reason)` is called once a row: with an empty reason when the call was made."""

    def __init__(
        self,
        bot: Bot,
        pace: Pace,
        close: Close,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._pace = pace
        self._close = close
        self._sleep = sleep
        self._lanes: dict[int, deque[OutboxRow]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def send(self, rows: Iterable[OutboxRow]) -> None:
        """Queues rows; returns at once."""
        for row in rows:
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

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
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
            message, reason = await self._deliver(chat, row)
            await self._close(row, message, reason)
            lane.popleft()
        del self._lanes[chat]

    async def _answer(self, row: OutboxRow) -> None:
        reason = ""
        for attempt in range(ANSWER_TRIES):
            try:
                await self._bot.answer_callback_query(row.payload["query"], text=row.payload["text"] or None)
            except InvalidToken:
                raise
            except TelegramError as error:
                verdict = judge(error)
                reason = "" if verdict.meaning == "done" else str(error)
                if verdict.meaning in ("again", "once", "unknown", "hold") and attempt + 1 < ANSWER_TRIES:
                    await self._sleep(min(verdict.seconds or 2.0**attempt, MAX_PAUSE))
                    continue
            else:
                reason = ""
            break
        await self._close(row, None, reason)

    async def _deliver(self, chat: int, row: OutboxRow) -> tuple[int | None, str]:
        """Makes the call until it is settled; returns the message's id and the reason of a failure."""
        payload, stumbles, pause = dict(row.payload), 0, 1.0
        while True:
            await self._pace.ready(chat, new_message=payload["kind"] != "edit")
            try:
                return await self._call(chat, payload), ""
            except InvalidToken:
                raise
            except TelegramError as error:
                verdict = judge(error)
                reason = f"{type(error).__name__}: {error}"
            meaning = verdict.meaning
            if meaning == "done":
                return payload.get("message"), ""
            if meaning in ("once", "unknown"):
                stumbles += 1
                again = stumbles < ANSWER_TRIES if payload["kind"] == "edit" else meaning == "once" and stumbles < 2
                meaning = "again" if again else meaning
            if meaning == "again":
                _log.warning("chat %s: %s; trying again in %.0f s", chat, reason, pause)
                await self._sleep(pause)
                pause = min(pause * 2, MAX_PAUSE)
            elif not (chat := self._mended(chat, payload, verdict)):
                _log.error("row %s was not sent: %s (%s)", row.id, meaning, reason)
                return None, f"{meaning}: {reason}"

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
            if payload["kind"] == "text":
                sent: Message | bool = await self._bot.send_message(
                    chat, text, parse_mode=mode, reply_markup=keyboard, link_preview_options=preview
                )
            else:
                sent = await self._bot.edit_message_text(
                    text, chat, payload["message"], parse_mode=mode, reply_markup=keyboard, link_preview_options=preview
                )
        else:
            file = InputFile(base64.b64decode(payload["data"]), filename=payload["name"])
            if payload["kind"] == "photo":
                sent = await self._bot.send_photo(chat, file, caption=text or None, parse_mode=mode)
            else:
                sent = await self._bot.send_document(chat, file, caption=text or None, parse_mode=mode)
        return sent.message_id if isinstance(sent, Message) else None


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
