"""What a conversation remembers between turns: plain JSON, saved at every turn.

Each flow keeps its own slot; `active` names the flow that typed text goes to first. Nothing but JSON values may enter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Slot = dict[str, Any]
MAX_HISTORY = 6  # earlier questions that a follow-up may lean on


@dataclass
class Session:
    """One chat's memory: `slots` by flow name, the active flow, the last questions (oldest first), and the buttons
    on the screen (label -> id), so that their words may be typed."""

    active: str = ""
    slots: dict[str, Slot] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)

    def slot(self, flow: str) -> Slot:
        """The flow's own memory; made empty at first use."""
        return self.slots.setdefault(flow, {})

    def clear(self, flow: str) -> None:
        """Forgets the flow's memory and, when it was active, hands typed text back to the router."""
        self.slots.pop(flow, None)
        if self.active == flow:
            self.active = ""

    def remember(self, question: str) -> None:
        """Keeps a question for follow-ups."""
        self.history = [*self.history, question][-MAX_HISTORY:]

    def to_json(self) -> dict[str, Any]:
        """The JSON that storage keeps."""
        return {"active": self.active, "slots": self.slots, "history": self.history, "shown": self.shown}

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Session:
        """Reads what storage kept; an empty or older shape gives an empty session."""
        data = data or {}
        return cls(
            active=str(data.get("active", "")),
            slots=dict(data.get("slots", {})),
            history=[str(one) for one in data.get("history", [])],
            shown={str(label): str(button) for label, button in dict(data.get("shown", {})).items()},
        )
