"""Conversations as data files, run through a face as a person would: typed lines and pressed buttons, nothing else.

A file under tests/conversations:

    title: 首次使用                 # what it shows
    faces: [terminal, telegram]     # left out: both
    role: tester                    # staff (default), tester, supervisor, admin
    name: 王小明
    at: "2024-05-20T10:30"          # the clock at the beginning, Taipei; it moves only by `later`
    turns:
      - say: /start                 # typed text; or   press: a button's label or id
        expect: [您好, 考評助理]     # all stand in the one reply
        not: [錯誤]                 # none stands in it
        buttons: [說明]             # buttons of these labels (or ids) hang on it; `buttons: none` for none at all
      - say: 電話測試
        replies:                    # more than one reply: one entry each, in order
          - expect: [哪個單位]
          - file: .png              # a picture or document whose name ends so
      - later: 10                   # minutes pass
      - restart: true               # the process ends and starts again on the same database
      - say: 謝謝
        replies: []                 # silence

A reply that no entry asserts fails the file. A number that is typed (`say: "3"`) is the value on every face.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import yaml

from bot.app import Services
from bot.dialogue.conversations import build_assistant
from bot.faces.telegram import Core, run
from bot.faces.telegram.pace import Pace
from bot.faces.terminal.plain import shown
from bot.faces.terminal.session import Session
from bot.rocdate import OFFSET
from bot.settings import Settings
from storage import Store, open_store
from tests.support.bot_api import TOKEN, BotApi, Shown
from tests.support.shared import SharedServices

FACES = ("terminal", "telegram")
FOLDER = Path(__file__).resolve().parent.parent / "conversations"
USER = 77
QUIET = 0.4  # seconds in which no reply that nobody asserted may still come, at the end of a conversation
_TURN_KEYS = {"say", "press", "later", "restart", "replies", "expect", "not", "buttons", "file"}
_REPLY_KEYS = {"expect", "not", "buttons", "file"}


@dataclass(frozen=True)
class Seen:
    """One reply as the person sees it, whatever the face."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    file: str = ""


@dataclass
class Clock:
    """Stands still until told."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@dataclass
class World:
    """One installation on one database file; `core()` builds the assistant anew, as a fresh process would."""

    database: Path
    role: str = "staff"
    name: str = "王小明"
    clock: Clock = field(default_factory=lambda: Clock(datetime(2024, 5, 20, 10, 30, tzinfo=OFFSET)))
    setup: Callable[[Services], None] | None = None
    _count: int = 0

    def open(self, sender: str) -> tuple[Core, Store]:
        store = open_store(self.database, self.clock, self._new_id)
        admins = frozenset({sender}) if self.role == "admin" else frozenset()
        local = {sender: self.role} if sender.startswith("terminal:") else {}
        services = SharedServices(Settings(self.database, admins=admins), store, self.clock, self._new_id, local)  # type: ignore[arg-type]
        if self.role not in ("staff", "admin") and not local:
            store.people.add(sender, self.role, self.name)  # type: ignore[arg-type]
        if self.setup:
            self.setup(services)
            self.setup = None
        return build_assistant(services), store

    def _new_id(self) -> str:
        self._count += 1
        return f"{self._count:016x}"


class Driver(Protocol):
    """A person at one face."""

    def say(self, text: str) -> None: ...

    def press(self, which: str) -> None: ...

    def replies(self, count: int) -> list[Seen]: ...

    def rest(self) -> list[Seen]: ...

    def restart(self) -> None: ...

    def close(self) -> None: ...


class TerminalDriver:
    """Types lines into the terminal face; a button is pressed by its key."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sender = f"terminal:{world.name}"
        self._seen: list[Seen] = []
        self._start()

    def say(self, text: str) -> None:
        self._turn(f"={text}" if text.strip().lower() in self._session.choices else text)

    def press(self, which: str) -> None:
        choices = self._session.choices
        found = next((key for key, one in choices.items() if which in (one.id, one.label)), None)
        assert found, f"no button {which!r}; on screen: {[one.label for one in choices.values()]}"
        self._turn(found)

    def replies(self, count: int) -> list[Seen]:
        found, self._seen = self._seen[:count], self._seen[count:]
        assert len(found) == count, f"{count} replies expected, {len(found)} came: {[one.text for one in found]}"
        return found

    def rest(self) -> list[Seen]:
        return self.replies(len(self._seen))

    def restart(self) -> None:
        buttons = self._session.choices
        self.close()
        self._start()
        self._session.choices = buttons  # what stands on the screen stays there

    def close(self) -> None:
        self._store.close()

    def _start(self) -> None:
        core, self._store = self._world.open(self._sender)
        self._session = Session(core, self._sender, self._world.name, self._world.database.parent / "files")

    def _turn(self, line: str) -> None:
        self._seen += [self._read(shown(block)) for block in self._session.turn(line)]

    def _read(self, block: str) -> Seen:
        text: list[str] = []
        buttons: list[tuple[str, str]] = []
        file = ""
        for line in block.split("\n"):
            if re.match(r"  \[\w+\] ", line):
                choices = [self._session.choices[key] for key in re.findall(r"(?:^|  )\[(\w+)\] ", line)]
                buttons += [(choice.id, choice.label) for choice in choices]
            elif line.startswith("檔案："):
                file = Path(line.removeprefix("檔案：")).name
                assert (self._world.database.parent / "files" / file).is_file()
            else:
                text.append(line.removeprefix("│ "))
        return Seen("\n".join(text), tuple(buttons), file)


class TelegramDriver:
    """The real application over HTTP against the server that enforces Telegram's limits."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.server = BotApi()
        self.server.__enter__()
        self.user = self.server.user(USER, world.name)
        self.service = Service(self.server, lambda: world.open(str(USER)))

    def say(self, text: str) -> None:
        self.user.say(text)

    def press(self, which: str) -> None:
        self.user.press(which)

    def replies(self, count: int) -> list[Seen]:
        return [_seen(one) for one in self.user.wait_replies(count)]

    def rest(self) -> list[Seen]:
        self.user.settled()
        time.sleep(QUIET)  # nothing may come: there is no event to wait for
        return [_seen(one) for one in self.user.unread()]

    def restart(self) -> None:
        self.user.settled()
        self.service.restart()

    def close(self) -> None:
        self.service.stop()
        self.server.__exit__()
        assert self.server.refused == []


class Service:
    """The Telegram face in a thread of its own, with its own event loop, as `kaoping telegram` runs it."""

    def __init__(self, server: BotApi, open_core: Callable[[], tuple[Core, Store]], pace: Pace | None = None) -> None:
        self._server = server
        self._open = open_core
        self._pace = pace
        self._start()

    def restart(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        """Stops it as SIGTERM does; raises what ended it before."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(30)
        assert not self._thread.is_alive()
        if self.error:
            raise self.error

    def wait_end(self) -> BaseException | None:
        """Waits until the service ends by itself."""
        self._thread.join(30)
        assert not self._thread.is_alive()
        return self.error

    def _start(self) -> None:
        self.error: BaseException | None = None
        self.said: list[str] = []
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="telegram-face", daemon=True)
        self._thread.start()
        assert ready.wait(30)

    def _run(self, ready: threading.Event) -> None:
        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            self._stop = asyncio.Event()
            ready.set()
            core, store = self._open()
            pace = self._pace or Pace(overall=10_000.0)
            try:
                await run(
                    core, store, TOKEN, self._server.root, self._stop, pace=pace, poll_seconds=2, say=self.said.append
                )
            finally:
                store.close()

        try:
            asyncio.run(main())
        except BaseException as error:
            self.error = error


def driver(face: str, world: World) -> Driver:
    """A person at the face, in the world."""
    return TerminalDriver(world) if face == "terminal" else TelegramDriver(world)


def load(path: Path) -> dict[str, Any]:
    """A conversation file; unknown keys are refused so that a misspelt assertion cannot pass."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(data) <= {"title", "faces", "role", "name", "at", "turns", "setup"}, f"{path.name}: {set(data)}"
    for turn in data["turns"]:
        assert set(turn) <= _TURN_KEYS, f"{path.name}: {set(turn) - _TURN_KEYS}"
        assert all(set(one) <= _REPLY_KEYS for one in turn.get("replies", [])), f"{path.name}: {turn}"
    return data


def files(face: str, folder: Path = FOLDER) -> list[Path]:
    """The conversations that run on this face."""
    return [path for path in sorted(folder.glob("*.yaml")) if face in load(path).get("faces", FACES)]


def play(data: dict[str, Any], face: Driver, clock: Clock) -> None:
    """Takes the turns; raises AssertionError with the turn's number and what was seen."""
    for number, turn in enumerate(data["turns"], 1):
        where = f"turn {number} {turn.get('say', turn.get('press', ''))!r}"
        if "later" in turn:
            clock.later(float(turn["later"]))
        elif turn.get("restart"):
            face.restart()
        else:
            if "press" in turn:
                face.press(str(turn["press"]))
            else:
                face.say(str(turn["say"]))
            expected = turn.get("replies", [{key: turn[key] for key in _REPLY_KEYS if key in turn}])
            for entry, seen in zip(expected, face.replies(len(expected)), strict=True):
                check(entry, seen, where)
    left = face.rest()
    assert not left, f"replies that nobody asserted: {[one.text or one.file for one in left]}"


def check(entry: dict[str, Any], seen: Seen, where: str) -> None:
    """One reply against its entry."""
    for text in _many(entry.get("expect")):
        assert text in seen.text, f"{where}: {text!r} is not in:\n{seen.text}"
    for text in _many(entry.get("not")):
        assert text not in seen.text, f"{where}: {text!r} is in:\n{seen.text}"
    names = {name for button in seen.buttons for name in button}
    if entry.get("buttons") == "none":
        assert not seen.buttons, f"{where}: buttons {seen.buttons}"
    else:
        missing = [one for one in _many(entry.get("buttons")) if one not in names]
        assert not missing, f"{where}: no buttons {missing} among {[label for _, label in seen.buttons]}"
    assert seen.file.endswith(str(entry.get("file", ""))), f"{where}: file {seen.file!r}"
    assert bool(seen.file) == ("file" in entry), f"{where}: file {seen.file!r}"


def _many(value: Any) -> list[str]:
    return [] if value is None else [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _seen(one: Shown) -> Seen:
    return Seen(one.text, tuple(one.flat()), one.file)
