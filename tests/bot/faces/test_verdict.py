"""Each kind of failure, as the library raises it, and what it means."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.faces.telegram.verdict import Verdict, judge


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (RetryAfter(7), Verdict("hold", 7)),
        (ChatMigrated(-1009), Verdict("moved", chat=-1009)),
        (InvalidToken("no"), Verdict("stop")),
        (Forbidden("Forbidden: bot was blocked by the user"), Verdict("gone")),
        (BadRequest("Bad Request: chat not found"), Verdict("gone")),
        (BadRequest("Bad Request: message is not modified: specified …"), Verdict("done")),
        (
            BadRequest("Bad Request: query is too old and response timeout expired"),
            Verdict("done"),
        ),
        (BadRequest("Bad Request: message to edit not found"), Verdict("afresh")),
        (BadRequest("Bad Request: message can't be edited"), Verdict("afresh")),
        (BadRequest("Bad Request: can't parse entities: Unsupported start tag"), Verdict("plain")),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Verdict("refused")),
        (caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("x")), Verdict("again")),
        (caused(TimedOut(), httpx.ConnectTimeout("x")), Verdict("again")),
        (caused(TimedOut("Pool timeout"), httpx.PoolTimeout("x")), Verdict("again")),
        (caused(TimedOut(), httpx.ReadTimeout("x")), Verdict("unknown")),
        (caused(TimedOut(), httpx.WriteTimeout("x")), Verdict("unknown")),
        (caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("x")), Verdict("once")),
        (NetworkError("Bad Gateway"), Verdict("once")),
        (TelegramError("Invalid server response"), Verdict("unknown")),
        (Conflict("terminated by other getUpdates request"), Verdict("unknown")),
    ],
)
def test_judge(error: TelegramError, verdict: Verdict) -> None:
    assert judge(error) == verdict
