"""The Telegram face: takes updates in, lets the assistant answer, sends the answers; it decides nothing.

Order of work: raw update kept and committed, then confirmed to Telegram; handled in order, each turn in one transaction
with its answers and its tick; then sent, in order for each chat, chats side by side. A process that ends anywhere goes
on where it was: kept updates first, then calls not yet made. python-telegram-bot's Application carries the Bot and its
HTTP client; its Updater and its conversation handlers are not used.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.faces import FaceError
from bot.faces.telegram import turns
from bot.faces.telegram.desk import Clerk, Core, Desk
from bot.faces.telegram.intake import POLL_SECONDS, Intake
from bot.faces.telegram.lock import only_copy
from bot.faces.telegram.pace import Pace
from bot.faces.telegram.sender import Sender
from bot.texts import faces as texts
from storage import InboxItem, OutboxRow, StorageError, Store
from storage.outbox import OutboxState

DRAIN_SECONDS = 10.0  # how long a stop waits for messages on their way
MAX_PAUSE = 30.0
DUE_SECONDS = 5.0  # how often the outbox is looked into for messages whose time has come
CLEAR_OUT_SECONDS = 86_400.0  # how often rows that nobody needs any more are deleted, beginning at the start
HANDLE_TRIES = 4
MAX_COMMANDS = 100
MAX_DESCRIPTION = 256

T = TypeVar("T")
_log = logging.getLogger(__name__)


def serve(core: Core, store: Store, *, token: str, api_root: str, database: Path | None = None) -> int:
    """Serves until SIGINT or SIGTERM; returns the exit status. What prevents it is said in one sentence."""
    logging.getLogger("bot").setLevel(logging.INFO)
    try:
        if not token:
            raise FaceError(texts.NO_TOKEN)
        with only_copy(database):
            asyncio.run(_until_signal(core, store, token, api_root))
    except FaceError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a person at the terminal waits for the reason
        return 1
    _say(texts.STOPPED)
    return 0


def _say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 - a person at the terminal waits for it


async def _until_signal(core: Core, store: Store, token: str, api_root: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(one, stop.set)
        except NotImplementedError:  # Windows' event loop has no signal handlers of its own
            signal.signal(one, lambda *_: loop.call_soon_threadsafe(stop.set))
    await run(core, store, token, api_root, stop, say=_say)


async def run(
    core: Core,
    store: Store,
    token: str,
    api_root: str,
    stop: asyncio.Event,
    *,
    pace: Pace | None = None,
    poll_seconds: int = POLL_SECONDS,
    say: Callable[[str], None] = _log.info,
) -> None:
    """Serves until `stop` is set; the turn in hand is finished. The store is used from one other thread only."""
    application = _application(token, api_root)
    clerk = Clerk()
    try:
        me = await _greet(application, core, stop)
        if me is None:
            return
        say(texts.STARTED.format(username=me.username))
        await _Service(application.bot, Desk(core, store, me), clerk, pace or Pace(), poll_seconds).run(stop)
    finally:
        clerk.close()
        with contextlib.suppress(TelegramError):
            await application.shutdown()
            await application.bot.shutdown()  # its connections, also when signing in failed


def _application(token: str, api_root: str) -> Application[Any, Any, Any, Any, Any, Any]:
    root = api_root.rstrip("/")

    def client() -> HTTPXRequest:
        return HTTPXRequest(
            connection_pool_size=64,
            connect_timeout=10,
            read_timeout=20,
            write_timeout=20,
            pool_timeout=10,
            media_write_timeout=60,
        )

    try:
        builder = Application.builder().token(token).base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
        return builder.request(client()).get_updates_request(client()).updater(None).job_queue(None).build()
    except InvalidToken as error:
        raise FaceError(texts.BAD_TOKEN) from error


async def _greet(
    application: Application[Any, Any, Any, Any, Any, Any], core: Core, stop: asyncio.Event
) -> turns.Me | None:
    """Signs in, waiting for the network when it must; None when stopped before."""
    pause = 1.0
    while not stop.is_set():
        try:
            await application.initialize()
            await application.bot.delete_webhook(drop_pending_updates=False)
            await _menu(application.bot, core.commands())
            return turns.Me(application.bot.id, application.bot.username)
        except InvalidToken as error:
            raise FaceError(texts.BAD_TOKEN) from error
        except TelegramError as error:
            _log.warning("Telegram cannot be reached (%s); trying again in %.0f s", error, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, MAX_PAUSE)
    return None


async def _menu(bot: Bot, commands: Sequence[tuple[str, str]]) -> None:
    listed = [BotCommand(name, description[:MAX_DESCRIPTION]) for name, description in commands[:MAX_COMMANDS]]
    try:
        await bot.set_my_commands(listed)
    except InvalidToken:
        raise
    except TelegramError as error:
        _log.warning("the command menu could not be set: %s", error)


class _Service:
    """The loops and what they share: an event that says that updates are waiting."""

    def __init__(self, bot: Bot, desk: Desk, clerk: Clerk, pace: Pace, poll_seconds: int) -> None:
        self._desk = desk
        self._clerk = clerk
        self._pace = pace
        self._news = asyncio.Event()
        self._sender = Sender(bot, pace, self._begin, self._close)
        self._intake = Intake(bot, self._keep, poll_seconds=poll_seconds)

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop`; re-raises what ended a loop."""
        await self._insist(self._desk.settle_left_over)
        self._sender.send(await self._insist(self._desk.unsent))
        self._news.set()
        handling = asyncio.create_task(self._handle_all(stop))
        looking = asyncio.create_task(self._send_due())
        clearing = asyncio.create_task(self._clear_out())
        polling = asyncio.create_task(self._intake.run())
        stopping = asyncio.create_task(stop.wait())
        everything: set[asyncio.Future[Any]] = {handling, polling, looking, clearing, stopping, self._sender.broken}
        await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        self._news.set()
        for task in (polling, looking, clearing, stopping):
            task.cancel()
        await asyncio.wait([handling, polling, looking, clearing], timeout=DRAIN_SECONDS)
        await self._sender.drain(DRAIN_SECONDS)
        for one in (handling, polling, looking, clearing, self._sender.broken):
            error = one.exception() if one.done() and not one.cancelled() else None
            if isinstance(error, InvalidToken):
                raise FaceError(texts.BAD_TOKEN) from error
            if error:
                raise error

    async def _keep(self, updates: Sequence[Any]) -> int:
        new = await self._insist(self._desk.take_in, updates)
        self._news.set()
        return new

    async def _handle_all(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self._news.wait()
            self._news.clear()
            while items := await self._insist(self._desk.waiting):
                for item in items:
                    if stop.is_set():
                        return
                    rows = await self._handle(item)
                    self._pace.heard(int(item.chat.partition(":")[2]))
                    self._sender.send(rows)

    async def _handle(self, item: InboxItem) -> list[OutboxRow]:
        """One turn, a few times if the database stumbles; then it is put aside so that others go on."""
        for attempt in range(HANDLE_TRIES):
            try:
                return await self._clerk(self._desk.handle, item)
            except StorageError as error:
                _log.exception("update %s could not be kept", item.update_id)
                reason = str(error)
                await asyncio.sleep(2.0**attempt)
        return await self._insist(self._desk.put_aside, item, reason)

    async def _send_due(self) -> None:
        """Messages that others put into the outbox, and those that waited for their time."""
        while True:
            await asyncio.sleep(DUE_SECONDS)
            await self._insist(self._desk.remind)
            self._sender.send(await self._insist(self._desk.unsent))

    async def _clear_out(self) -> None:
        while True:
            await self._insist(self._desk.clear_out)
            await asyncio.sleep(CLEAR_OUT_SECONDS)

    async def _begin(self, row: OutboxRow, sending: bool) -> None:
        await self._insist(self._desk.begin, row, sending)

    async def _close(self, row: OutboxRow, message: int | None, reason: str, state: OutboxState) -> None:
        await self._insist(self._desk.close, row, message, reason, state)

    async def _insist(self, work: Callable[..., T], *arguments: Any) -> T:
        """Asks the database until it works again (a full disk, a lock): nothing may be dropped meanwhile."""
        pause = 1.0
        while True:
            try:
                return await self._clerk(work, *arguments)
            except StorageError:
                _log.exception("the database refuses; trying again in %.0f s", pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, MAX_PAUSE)
