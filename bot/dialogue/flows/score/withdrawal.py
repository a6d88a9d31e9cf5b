"""Taking a record out of what counts (作廢): the reason first, then a question whether it is sure.

The record stays readable, marked with reason, person and time. Who may do it is decided by the caller.
"""

from __future__ import annotations

from bot.dialogue.turn import Turn
from bot.messages import Choice, Reply
from bot.texts import score as texts
from storage import Record

from .layout import one, packed, text
from .recorded import head

FLOW = "records"
LONGEST = 500  # characters of a reason
_SLOT = "withdrawing"  # {series, reason, before: the conversation that typed words went to}


def waiting(turn: Turn) -> int:
    """The record whose withdrawal waits for its reason or its yes; 0 when none does."""
    return int(turn.slot(FLOW).get(_SLOT, {}).get("series", 0))


def leave(turn: Turn) -> None:
    """Forgets a withdrawal that was begun; typed words go again where they went before."""
    begun = turn.slot(FLOW).pop(_SLOT, None)
    if begun and turn.session.active == FLOW:
        turn.session.active = str(begun["before"])


def ask_reason(turn: Turn, record: Record) -> list[Reply]:
    """Begins: why? By a button or in own words."""
    leave(turn)
    turn.slot(FLOW)[_SLOT] = {"series": record.series, "reason": "", "before": turn.session.active}
    turn.session.active = FLOW
    reasons = [Choice(f"{FLOW}:because:{record.series}:{at}", said) for at, said in enumerate(texts.WITHDRAW_REASONS)]
    asked = text(texts.ASK_WITHDRAW, number=record.series)
    return one([head(turn, record), asked], [*packed(reasons, 2), _back(record.series)])


def ask_sure(turn: Turn, record: Record, reason: str) -> list[Reply]:
    """The reason is known: is it sure?"""
    reason = reason.strip()[:LONGEST]
    turn.slot(FLOW)[_SLOT]["reason"] = reason
    asked = text(texts.WITHDRAW_SURE, number=record.series, reason=reason)
    sure = (Choice(f"{FLOW}:gone:{record.series}", texts.WITHDRAW_YES),)
    return one([head(turn, record), asked], [sure, _back(record.series)])


def withdraw(turn: Turn, record: Record) -> list[Reply] | None:
    """Does it and says so; None when no reason was given before (an old button)."""
    begun = turn.slot(FLOW).get(_SLOT, {})
    reason = str(begun.get("reason", "")) if begun.get("series") == record.series else ""
    if not reason:
        return None
    leave(turn)
    turn.services.store.records.withdraw(record.series, reason, turn.person.id)
    found = turn.services.store.improvements.find(series=record.series)
    still = "、".join(str(item.id) for item in found if item.state != "closed")
    return one(
        [
            text(texts.WITHDRAWN_NOW, number=record.series),
            text(texts.WITHDRAWN_FOLLOW_UPS, numbers=still) if still else None,
        ]
    )


def _back(series: int) -> tuple[Choice, ...]:
    return (Choice(f"{FLOW}:open:{series}", texts.WITHDRAW_NO),)
