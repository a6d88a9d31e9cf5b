"""What a flow is given and what it must offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.errors import UserError as UserError
from bot.messages import Choice, Incoming, Reply
from bot.people import Person

from .session import Session, Slot

if TYPE_CHECKING:
    from bot.app import Services


@dataclass(frozen=True)
class Turn:
    """One turn: what came in, who said it, the chat's memory, and the installation's services."""

    incoming: Incoming
    person: Person
    session: Session
    services: Services

    @property
    def text(self) -> str:
        """What was typed, without surrounding white space."""
        return self.incoming.text.strip()

    def slot(self, flow: str) -> Slot:
        """The flow's own memory in this chat."""
        return self.session.slot(flow)


class Flow(Protocol):
    """One conversation. Flows do not know each other; the router brings people to them.

    `start` begins it (with the words after the command), `press` takes a button whose id begins with the flow's name,
    `text` takes typed words while the flow is active and answers None when they are not for it.
    """

    name: str

    def start(self, turn: Turn, argument: str) -> list[Reply]: ...

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]: ...

    def text(self, turn: Turn) -> list[Reply] | None: ...


@runtime_checkable
class Guarded(Protocol):
    """A flow that says itself to a person without the right whom it is for, and what they can do instead."""

    def refused(self, turn: Turn) -> Reply: ...


@runtime_checkable
class Resumable(Protocol):
    """A flow that may be left in the middle: `resume_choice` is the button that leads back (None: nothing is open)."""

    def resume_choice(self, turn: Turn) -> Choice | None: ...
