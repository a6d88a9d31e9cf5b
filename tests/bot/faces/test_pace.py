"""The limiter on a clock that only moves when somebody sleeps."""

from __future__ import annotations

from bot.faces.telegram.pace import Pace


class Time:
    """Sleeping is what moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def sent_at(pace: Pace, time: Time, chat: int, count: int, new: bool = True) -> list[float]:
    found = []
    for _ in range(count):
        await pace.ready(chat, new)
        found.append(round(time.now - 1000.0, 3))
    return found


async def test_a_burst_then_one_a_second() -> None:
    time = Time()
    pace = Pace(time, time.sleep, burst=3)
    assert await sent_at(pace, time, 7, 6) == [0, 0, 0, 1, 2, 3]


async def test_a_group_gets_twenty_a_minute() -> None:
    time = Time()
    assert (await sent_at(Pace(time, time.sleep), time, -7, 8))[4:] == [0, 3, 6, 9]


async def test_who_talks_is_answered_at_once() -> None:
    time = Time()
    pace = Pace(time, time.sleep, burst=1)
    for _ in range(5):
        pace.heard(7)
        assert await sent_at(pace, time, 7, 1) == [0]


async def test_thirty_a_second_in_all() -> None:
    time = Time()
    pace = Pace(time, time.sleep, overall=30)
    for chat in range(1, 61):
        await pace.ready(chat)
    assert round(time.now - 1000.0, 3) == 1.0


async def test_a_hold_is_for_one_chat_and_for_edits_too() -> None:
    time = Time()
    pace = Pace(time, time.sleep)
    pace.hold(7, 30)
    assert await sent_at(pace, time, 8, 1) == [0]
    assert await sent_at(pace, time, 7, 2, new=False) == [30, 30]
    assert await sent_at(pace, time, 7, 2) == [30, 31]


async def test_edits_do_not_use_up_the_chats_share() -> None:
    time = Time()
    pace = Pace(time, time.sleep, burst=1)
    assert await sent_at(pace, time, 7, 3, new=False) == [0, 0, 0]
    assert await sent_at(pace, time, 7, 2) == [0, 1]
