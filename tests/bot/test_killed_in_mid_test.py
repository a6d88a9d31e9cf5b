"""`kaoping telegram` itself, ended by kill -9 in the middle of a telephone test: it goes on where it was."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.bot_api import BotApi, Shown, User
from tests.support.telegram_buttons import kaoping, records

STEP = re.compile(r"第 (\d+)/\d+ 題")
ANSWERS = ("score:opt:", "score:num:", "score:pt:")


def next_press(shown: Shown) -> str:
    """The first button that answers; where there is none, the first that goes on."""
    buttons = [data for data, _ in shown.flat()]
    return next((data for data in buttons if data.startswith(ANSWERS)), buttons[0])


def press_on(user: User, shown: Shown, asked: list[str], presses: int) -> Shown:
    """Goes on by buttons until sent off or so many presses; notes the title of each item when it is first shown."""
    for _ in range(presses):
        if "已送出" in shown.text:
            break
        user.press(next_press(shown), shown)
        [shown] = user.wait_replies()
        note(shown, asked)
    return shown


def note(shown: Shown, asked: list[str]) -> None:
    step = STEP.search(shown.text)
    if step and (not asked or asked[-1] != step[1]):
        asked.append(step[1])


def test_killed_every_few_answers(tmp_path: Path) -> None:
    database = tmp_path / "有 空格" / "kaoping.db"
    asked: list[str] = []
    with BotApi() as server:
        user = server.user(77)
        user.say("/phone 秘書室")
        with kaoping(database, server):
            [shown] = user.wait_replies()
            shown = press_on(user, shown, asked, 4)
        while "已送出" not in shown.text:
            user.press(next_press(shown), shown)  # while nobody listens
            with kaoping(database, server):
                shown = user.wait_replies()[-1]
                note(shown, asked)
                shown = press_on(user, shown, asked, 4)
                user.settled()
        with kaoping(database, server):
            user.say("/resume")
            user.wait_replies()
        harmless = ("message is not modified", "query is too old")  # made again after a kill: nobody sees it
        assert [text for _, _, text in server.refused if not any(one in text for one in harmless)] == []
        found = records(database, server)
    assert asked == sorted(set(asked), key=int)  # each item once, in the paper's order
    assert len(found) == 1
