"""The other doors to a form: 「電話測試」 for the telephone scale, 「續填」 for what is half filled.

They keep nothing themselves: every form belongs to `ScoreFlow`.
"""

from __future__ import annotations

import re

from bot import units as directory
from bot.dialogue.turn import Turn
from bot.messages import Choice, Reply
from bot.texts import score as texts

from . import listing, picking
from .flow import ScoreFlow
from .forms import FLOW
from .layout import text

_SPOKEN = re.compile(
    r"(?:(?:我要|我想|請|幫我)?(?:電話(?:禮貌)?測試|(?:打電話)?測試?))\s*(?P<unit>\S{2,20}?)(?:的?電話(?:禮貌)?)?(?:吧|。)?"
)
_NO_UNIT = re.compile(
    r"(?:我要|我想要?|請|請幫我|幫我|來|開始|要)*(?:做|進行|打)?(?:一[次通])?"
    r"(?:電話(?:禮貌)?測試|測試?電話(?:禮貌)?|測一[次通](?:電話)?)(?:吧|。)?"
)


def spoken_unit(words: str) -> str:
    """The unit in 「我要測秘書室的電話」「電話測試秘書室」; "" when the words do not ask for a test of one."""
    found = None if _NO_UNIT.fullmatch(words.strip()) else _SPOKEN.fullmatch(words.strip())
    return found["unit"] if found else ""


def asks_for_test(turn: Turn) -> bool:
    """True for 「我要測電話」, and when somebody who may test names a known unit, without the space a keyword needs."""
    if _NO_UNIT.fullmatch(turn.text):
        return True
    unit = spoken_unit(turn.text)
    return bool(unit) and turn.person.may("score") and bool(directory.find(turn.services.store, unit).exact)


class PhoneFlow:
    """/phone: the telephone scale, with the unit's name behind it or asked for. Its forms are `ScoreFlow`'s."""

    name = "phone"

    def __init__(self, forms: ScoreFlow) -> None:
        self._forms = forms

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """Begins a telephone test; several scales are offered first."""
        scales = [one for one in turn.services.rubrics if one.kind == "phone"]
        if not scales:
            return [Reply(text(texts.NO_SHEETS))]
        if len(scales) > 1 and (not argument or _NO_UNIT.fullmatch(argument)):
            rows = tuple((Choice(f"{FLOW}:sheet:{one.id}", picking.sheet_label(one)),) for one in scales)
            return [Reply(text(texts.CHOOSE_SHEET), rows)]
        words = "" if _NO_UNIT.fullmatch(argument) else spoken_unit(argument) or argument
        return self._forms.begin(turn, scales[0], words)

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """Any button: begins again."""
        return self.start(turn, "")

    def text(self, turn: Turn) -> list[Reply] | None:
        """Typed words are the form's."""
        return None


class DraftsFlow:
    """/resume: the person's half-filled forms, last touched first."""

    name = "drafts"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """Goes on with the only draft, or lists them; with a unit's name, those of that unit."""
        return listing.drafts(turn, argument)

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """Any button: the list."""
        return listing.drafts(turn, "")

    def text(self, turn: Turn) -> list[Reply] | None:
        """Never holds on to typed words."""
        return None
