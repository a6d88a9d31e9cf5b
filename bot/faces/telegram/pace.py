"""How fast messages leave: a light limiter for each chat and one for all, so that Telegram seldom has to refuse.

Telegram's limits (Bot FAQ): about 1 message a second to a chat with short bursts, 20 a minute to a group, about 30 a
second in all. Every turn of a person gives their chat one message back: an answer to someone who is talking is never
held up by our own limiter. What Telegram itself orders (RetryAfter) holds that one chat and nobody else.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

MAX_KNOWN_CHATS = 10_000


@dataclass
class _Bucket:
    """`interval` seconds a message, `burst` messages at once; `full_at` is when the bucket is full again."""

    interval: float
    burst: int
    full_at: float = 0.0

    def delay(self, now: float) -> float:
        return max(0.0, self.full_at - (self.burst - 1) * self.interval - now)

    def take(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + self.interval

    def give(self) -> None:
        self.full_at -= self.interval

    def hold(self, until: float) -> None:
        self.full_at = max(self.full_at, until + (self.burst - 1) * self.interval)


class Pace:
    """The limiters. `clock` gives seconds that never go back, `sleep` waits them."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        burst: int = 20,
        overall: float = 30.0,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._burst = burst
        self._all = _Bucket(1 / overall, max(1, int(overall)))
        self._chats: dict[int, _Bucket] = {}

    async def ready(self, chat: int, new_message: bool = True) -> None:
        """Waits until one more call may go out. An edit counts for all, not for the chat, unless the chat is held."""
        bucket = self._bucket(chat)
        while delay := max(bucket.delay(self._clock()), self._all.delay(self._clock())):
            await self._sleep(delay)
        self._all.take(self._clock())
        if new_message:
            bucket.take(self._clock())

    def heard(self, chat: int) -> None:
        """A person took a turn: their chat may have one message more."""
        if chat > 0:  # groups have negative ids and a hard limit
            self._bucket(chat).give()

    def hold(self, chat: int, seconds: float) -> None:
        """Nothing goes to this chat for so long."""
        self._bucket(chat).hold(self._clock() + seconds)

    def _bucket(self, chat: int) -> _Bucket:
        if len(self._chats) > MAX_KNOWN_CHATS:
            now = self._clock()
            self._chats = {one: bucket for one, bucket in self._chats.items() if bucket.full_at > now}
        new = _Bucket(1.0, self._burst) if chat > 0 else _Bucket(3.0, 5)
        return self._chats.setdefault(chat, new)
