"""What a failed call to Telegram means: was it done all the same, may it be made again, and when.

A message that may have arrived is not sent again on a time-out: reading a question twice is worse than asking for it.
A call that is the same when made twice (an edit, an answer to a press) may always be made again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.error import TimedOut as NoAnswer

# the library's documented switch to its future form of durations; without it each RetryAfter raises a warning
os.environ.setdefault("PTB_TIMEDELTA", "true")

Meaning = Literal[
    "done",  # nothing is left to do
    "hold",  # Telegram named a pause for this chat
    "again",  # nothing was sent: try again, as long as it takes
    "once",  # the server stumbled: one more try
    "unknown",  # it may have arrived
    "moved",  # the group has a new id
    "plain",  # the formatting was not understood
    "afresh",  # this message cannot be changed: send a new one
    "refused",  # it will never be accepted
    "gone",  # the person cannot be reached
    "stop",  # the token is not accepted
]

_DONE = ("message is not modified", "query is too old", "query id is invalid")
_AFRESH = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
    "message to be edited not found",
)
_UNTOUCHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.WriteError)
_GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot was kicked")


@dataclass(frozen=True)
class Verdict:
    """The meaning, the seconds to wait where Telegram named them, and a group's new id."""

    meaning: Meaning
    seconds: float = 0.0
    chat: int = 0


def judge(error: TelegramError) -> Verdict:
    """The verdict on any error that a call of the Bot raises."""
    if isinstance(error, RetryAfter):
        return Verdict("hold", _pause(error))
    if isinstance(error, ChatMigrated):
        return Verdict("moved", chat=error.new_chat_id)
    if isinstance(error, InvalidToken):
        return Verdict("stop")
    if isinstance(error, Forbidden):
        return Verdict("gone")
    if isinstance(error, BadRequest):
        return Verdict(_refusal(str(error).lower()))
    if isinstance(error, NetworkError):
        return Verdict(_outage(error))
    return Verdict("unknown")


def _refusal(text: str) -> Meaning:
    if any(mark in text for mark in _DONE):
        return "done"
    if any(mark in text for mark in _AFRESH):
        return "afresh"
    if "can't parse entities" in text or "can't parse caption" in text:
        return "plain"
    return "gone" if any(mark in text for mark in _GONE) else "refused"


def _outage(error: NetworkError) -> Meaning:
    cause = error.__cause__
    if isinstance(cause, _UNTOUCHED):
        return "again"
    if isinstance(error, NoAnswer):
        return "unknown"
    # without an httpx cause the server answered with a 5xx; otherwise the line was cut, mostly one that had gone stale
    return "once"


def _pause(error: RetryAfter) -> float:
    wait = error.retry_after
    return max(1.0, wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
