"""A person who knows nothing but the buttons: presses random ones of those on the screen until a form is sent.

Buttons that only move about are pressed more rarely than those that answer, and giving the form up rarely, so that a
test comes to an end; a person who gave up begins again from the menu.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Button = tuple[str, str]  # id, label
MOST_PRESSES = 3000
MOVING = (
    "back",
    "why",
    "list",
    "jump",
    "pause",
    "time",
    "phone",
    "note",
    "sum",
    "units",
    "offices",
    "watch",
    "other",
    "call",
)
LEAVING = ("drop", "gone")


@dataclass
class ButtonUser:
    """`press` takes a button's id and gives back the buttons that are then on the screen."""

    press: Callable[[str], Sequence[Button]]
    random: random.Random
    start: str = "home:open:phone"
    pressed: list[str] = field(default_factory=list)

    def finish_one(self) -> int:
        """Presses on until a form was sent; the record's number."""
        screen = self._press(self.start)
        for _ in range(MOST_PRESSES):
            sent = next((one for one, _label in screen if one.startswith("records:open:")), None)
            if sent:
                return int(sent.rpartition(":")[2])
            usable = [one for one, _label in screen if one.startswith("score:")]
            screen = self._press(
                self.random.choices(usable, [_weight(one) for one in usable])[0] if usable else self.start
            )
        raise AssertionError(f"not finished after {MOST_PRESSES} presses: {self.pressed[-20:]}")

    def _press(self, button: str) -> Sequence[Button]:
        self.pressed.append(button)
        return self.press(button)


def _weight(button: str) -> float:
    verb = button.split(":")[1]
    if verb in LEAVING:
        return 0.02
    return 0.15 if verb in MOVING else 1.0
