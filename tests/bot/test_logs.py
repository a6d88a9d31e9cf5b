"""No log line may carry the bot's token."""

from __future__ import annotations

import io
import logging

import pytest

from bot.logs import TokenFilter, hide_tokens

TOKEN = "123456789:AAFakeTokenForTestsOnly_abcdefghijk"  # noqa: S105 - opens nothing


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe", "POST https://api.telegram.org/bot<hidden>/getMe"),
        (f"POST http://127.0.0.1/bot{TOKEN.replace(':', '%3A')}/getMe", "POST http://127.0.0.1/bot<hidden>/getMe"),
        (f"The token `{TOKEN}` was rejected", "The token `bot<hidden>` was rejected"),
        ("bot12:short/x", "bot<hidden>/x"),
        ("10:30 第 7/19 題，bot 好", "10:30 第 7/19 題，bot 好"),
    ],
)
def test_hide_tokens(line: str, shown: str) -> None:
    assert hide_tokens(line) == shown


def test_arguments_trails_and_stacks_are_cleaned() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(TokenFilter())
    log = logging.Logger("test")
    log.addHandler(handler)
    try:
        raise ValueError(f"bad address /bot{TOKEN}/x")
    except ValueError:
        log.exception("call to %s failed", f"bot{TOKEN}", stack_info=True)
    assert "AAFake" not in out.getvalue()
    assert "call to bot<hidden> failed" in out.getvalue()
    assert "ValueError: bad address /bot<hidden>/x" in out.getvalue()
