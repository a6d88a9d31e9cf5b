"""A bare answer (「有」「5聲」「好」) where no form is open: that is said, with the ways to one; nothing is searched.

Only a text that is nothing but an answer word or a quantity counts; a quantity right behind an answer of the documents
goes on from that question (「12件」) and is left to them.
"""

from __future__ import annotations

import re

from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply
from bot.texts import score as texts

from . import listing
from .figures import UNITS, folded
from .forms import FLOW, current, load
from .layout import Row, one, text
from .screens import show
from .words import cut

OFFERED = 3  # drafts with a button
_WORDS = frozenset({
    "是", "是的", "是啊", "對", "對啊", "對的", "不是", "不對", "否", "有", "有的", "有啊", "沒有", "沒有啊",
    "沒", "無", "好", "好的", "好啊", "好喔", "可以", "不可以", "行", "不行", "要", "不要", "不用", "會",
    "不會", "嗯", "嗯嗯", "喔", "確定", "知道了", "了解", "收到", "ok", "okay", "yes", "no", "y", "n",
})  # fmt: skip
_NUMBER = r"(?:\d+(?:\.\d+)?|[零〇一二兩三四五六七八九十百千萬]+(?:點[零〇一二三四五六七八九]+)?|半)"
_UNITS = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_QUANTITY = re.compile(rf"(?:百分之)?{_NUMBER}\s*(?:{_UNITS})?(?:\s*{_NUMBER}\s*秒)?")
_MARKS = " 。.，,！!、~～"


def bare_word(words: str) -> bool:
    """True for 「有」「沒有」「好的」: an answer, and nothing that could be asked."""
    return folded(words).strip(_MARKS) in _WORDS


def bare_quantity(words: str) -> bool:
    """True for 「5聲」「10 秒」「78%」「6」: a quantity alone."""
    return _QUANTITY.fullmatch(folded(words).strip(_MARKS)) is not None


def answers_nothing(turn: Turn) -> bool:
    """For the router: a bare answer while nothing waits for one."""
    if turn.session.active == FLOW:
        return False
    if bare_word(turn.text):
        return True
    asked = any(button.startswith("ask:") for button in turn.session.shown.values())
    return bare_quantity(turn.text) and not asked


class IdleFlow:
    """/open: the form that is open, or that none is, with the ways to one."""

    name = "idle"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """Shows the open form; without one says that `argument` answered nothing."""
        form = current(turn) if turn.person.may("score") else None
        return show(turn, form) if form else _nothing(turn, argument)

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """Any button: the same."""
        return self.start(turn, "")

    def text(self, turn: Turn) -> list[Reply] | None:
        """Never holds on to typed words."""
        return None


def _nothing(turn: Turn, typed: str) -> list[Reply]:
    if not turn.person.may("score"):
        return one([text(texts.IDLE_ASK)], [(MENU,)])
    drafts = turn.services.store.drafts.open_for(turn.person.id)
    forms = [form for form in (load(turn, draft.id) for draft in drafts[:OFFERED]) if form]
    rows: list[Row] = [(Choice(f"{FLOW}:go:{form.id}", listing.label(form)),) for form in forms]
    said = text(texts.IDLE_TYPED, typed=cut(typed, 40)) if typed else text(texts.IDLE)
    then = text(texts.IDLE_RESUME if forms else texts.IDLE_BEGIN)
    return one([said, then], [*rows, (Choice("home:open:phone", texts.IDLE_PHONE), MENU)])
