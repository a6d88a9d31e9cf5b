"""The button-only person on the real `kaoping telegram`: over HTTP, with a server that enforces Telegram's rules."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import phone_scorer as paper
from tests.support.bot_api import TOKEN, BotApi, Shown, User
from tests.support.button_user import Button, ButtonUser

ROOT = Path(__file__).resolve().parents[2]
MENU = "home:open:phone"
SAME = 1.0  # seconds after the press was answered in which a screen that does not change is taken as it is


def environment(database: Path, server: BotApi, admins: str = "77") -> dict[str, str]:
    """A clean environment with nothing but what the command needs."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("KAOPING_")},
        "KAOPING_DATABASE": str(database),
        "KAOPING_TELEGRAM_TOKEN": TOKEN,
        "KAOPING_TELEGRAM_API": server.root,
        "KAOPING_ADMINS": admins,
    }


@contextmanager
def kaoping(database: Path, server: BotApi) -> Iterator[subprocess.Popen[bytes]]:
    """The real command, ended by kill -9 at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "telegram"], cwd=ROOT, env=environment(database, server)
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def records(database: Path, server: BotApi, *filters: str) -> list[dict[str, Any]]:
    """What `kaoping records --json` prints."""
    command = [sys.executable, "-m", "bot.cli", "records", "--json", *filters]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(database, server), capture_output=True, check=True, text=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


class Thumb:
    """Presses a button that is on the screen, and gives back the buttons of what changed; it can type only /phone,
    which Telegram's own menu button sends."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.shown: Shown | None = None
        self.labels: list[str] = []

    def press(self, button: str) -> list[Button]:
        events = self.user.server.chats[self.user.chat].events
        before = len(events)
        on_screen = [one for one in reversed(self.user.screen()) if button in dict(one.flat())]
        if button == MENU and not on_screen:
            self.user.say("/phone")
            assert self.user.server.wait_for(lambda: len(events) > before)
        else:
            self.labels.append(dict(on_screen[0].flat())[button])
            self.user.press(button, on_screen[0])
        self.user.settled()
        self.user.server.wait_for(lambda: len(events) > before, SAME)
        self.shown = events[-1]
        return self.shown.flat()


def finish(database: Path, count: int, seed: int) -> dict[str, Any]:
    """So many tests from an empty database by buttons alone; every total is held to the paper's scorer.

    Gives back what the run was like: seconds, presses, records, labels that were pressed.
    """
    began = time.monotonic()
    with BotApi() as server:
        user = server.user(77, "只按按鈕的人")
        thumb = Thumb(user)
        someone = ButtonUser(thumb.press, random.Random(seed), MENU)
        with kaoping(database, server):
            user.say("/start")
            user.wait_replies()
            numbers = [someone.finish_one() for _ in range(count)]
            user.settled()
        found = records(database, server)
        assert server.refused == []
        assert all(state == "answered" for state in server.queries.values())
    assert len(set(numbers)) == count
    assert sorted(one["series"] for one in found) == sorted(numbers)
    for one in found:
        assert str(paper.total(one["form"]).normalize()) == str(paper.Decimal(str(one["total"])).normalize()), one
    return {
        "seconds": time.monotonic() - began,
        "presses": len(someone.pressed),
        "records": found,
        "second_calls": [one for one in found if one["linked_to"]],
        "labels": thumb.labels,
    }
