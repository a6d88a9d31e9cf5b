"""An installation in memory for tests of the dialogue: a clock that tests move, ids that count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Services
from bot.dialogue.assistant import Assistant
from bot.dialogue.conversations import build_assistant
from bot.messages import Incoming, Reply, plain
from bot.people import Role
from bot.rocdate import OFFSET
from bot.settings import Settings
from storage import open_store
from tests.support.shared import SharedServices

MEMORY = Path(":memory:")


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = datetime(2024, 5, 20, 10, 30, tzinfo=OFFSET)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Talk:
    """A person talking with the assistant: say and press give back the replies' plain text."""

    assistant: Assistant
    chat: str
    sender: str
    name: str = ""
    last: list[Reply] = field(default_factory=list)

    def say(self, text: str) -> str:
        return self._turn(Incoming(self.chat, self.sender, self.name, text=text))

    def fill(self, *words: str) -> str:
        """Says one after the other; the last reply."""
        said = ""
        for one in words:
            said = self.say(one)
        return said

    def press(self, label: str) -> str:
        """Presses the button of that label among the last replies."""
        found = [choice for reply in self.last for choice in reply.buttons() if choice.label == label]
        assert found, f"no button {label!r} among {self.labels()}"
        return self.press_id(found[-1].id)

    def press_id(self, button: str) -> str:
        return self._turn(Incoming(self.chat, self.sender, self.name, button=button))

    def labels(self) -> list[str]:
        return [choice.label for reply in self.last for choice in reply.buttons()]

    def _turn(self, incoming: Incoming) -> str:
        self.last = self.assistant.handle(incoming)
        return "\n".join(plain(reply.text) for reply in self.last)


def services(
    database: Path = MEMORY, clock: Clock | None = None, admins: frozenset[str] = frozenset(), **roles: Role
) -> Services:
    """The services over a store in memory (or a file); `roles` are terminal users by name."""
    clock = clock or Clock()
    numbers = iter(range(1, 1_000_000))
    path = None if database == MEMORY else database
    store = open_store(path, clock, lambda: f"id{next(numbers):06}")
    settings = Settings(database=database, admins=admins)
    local = {f"terminal:{name}": role for name, role in roles.items()}
    return SharedServices(settings, store, clock, lambda: f"trail{next(numbers):06}", local)


def talk(made: Services, name: str = "admin") -> Talk:
    """A terminal user of that name."""
    return Talk(build_assistant(made), f"terminal:{name}", f"terminal:{name}", name)
