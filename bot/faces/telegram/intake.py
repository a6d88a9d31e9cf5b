"""Takes updates in: raw, kept and committed first; only then does the next call tell Telegram that we have them.

python-telegram-bot's own Updater confirms before anything was handled, loses what its memory holds when the process
ends, and stops for good at an update it cannot parse. Here the raw JSON is fetched through the library's Bot and HTTP
client, and parsed later. A network outage is waited out; another copy that takes the same updates ends this one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.faces import FaceError
from bot.faces.telegram.turns import ALLOWED_UPDATES, update_id
from bot.faces.telegram.verdict import judge
from bot.texts import faces as texts

# "getUpdates" itself is one of Bot's own methods, which parse; written so, the library hands out the raw JSON
RAW_GET_UPDATES = "getUpdates_"
POLL_SECONDS = 10  # how long Telegram may hold a call that has nothing to give
BATCH = 100
MAX_PAUSE = 30.0
# Another copy's call, or our own from before a kill, may still hang at the server: only a lasting conflict is one.
# A copy that has been serving outlasts a newcomer, so that starting a second copy does not stop the first.
NEWCOMER_PATIENCE = POLL_SECONDS + 5.0
SETTLED_PATIENCE = 60.0

Keep = Callable[[Sequence[Any]], Awaitable[int]]
_log = logging.getLogger(__name__)


class Intake:
    """Polls with `bot` and gives each batch to `keep`, which commits it and returns how many were new."""

    def __init__(
        self,
        bot: Bot,
        keep: Keep,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        self._bot = bot
        self._keep = keep
        self._clock = clock
        self._sleep = sleep
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._settled = False
        self._conflict_since: float | None = None
        self._pause = 1.0

    async def run(self) -> None:
        """Polls until cancelled. Raises FaceError when another copy is polling or the token is refused."""
        while True:
            try:
                updates = await self._fetch()
                await self._take(updates)
            except Conflict as error:
                await self._rival(error)
            except (InvalidToken, EndPointNotFound) as error:
                raise FaceError(texts.BAD_TOKEN) from error
            except TelegramError as error:
                await self._wait(error, judge(error).seconds if isinstance(error, RetryAfter) else self._pause)
            except Exception as error:  # whatever a server may send, tomorrow's updates are wanted
                await self._wait(error, self._pause)
            else:
                self._pause, self._conflict_since = 1.0, None

    async def _wait(self, error: Exception, pause: float) -> None:
        trail = None if isinstance(error, TelegramError) else error
        _log.warning("no updates for now (%s); trying again in %.0f s", error, pause, exc_info=trail)
        await self._sleep(pause)
        self._pause = min(self._pause * 2, MAX_PAUSE)

    async def _fetch(self) -> list[Any]:
        wanted = {"timeout": self._poll_seconds, "limit": BATCH, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self._offset is not None:
            wanted["offset"] = self._offset
        found = await self._bot.do_api_request(
            RAW_GET_UPDATES, wanted, read_timeout=self._poll_seconds + 10, connect_timeout=10
        )
        if not isinstance(found, list):
            raise TelegramError("getUpdates did not answer with a list")
        return found

    async def _take(self, updates: list[Any]) -> None:
        if not updates:
            # All is confirmed. Telegram may start again with lower ids after a week of silence: ask for the earliest.
            self._offset, self._settled = None, True
            return
        await self._keep(updates)
        ids = [number for number in map(update_id, updates) if number is not None]
        if not ids:
            raise TelegramError("getUpdates answered with updates that have no id")
        self._offset = max(ids) + 1

    async def _rival(self, error: Conflict) -> None:
        now = self._clock()
        if self._conflict_since is None:
            self._conflict_since = now
            _log.warning("%s (%s)", texts.ANOTHER_COPY, error)
        if now - self._conflict_since >= (SETTLED_PATIENCE if self._settled else NEWCOMER_PATIENCE):
            raise FaceError(texts.ANOTHER_COPY) from error
        await self._sleep(1.0)
