"""Logging for every sub-command: to the error stream, and never with the bot's token in it.

httpx writes each request's address at INFO, and the token is part of the address; exceptions may carry it as well.
"""

from __future__ import annotations

import logging
import re
import sys

_TOKEN = re.compile(r"(?:bot)?\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}")
_BOT_PATH = re.compile(r"bot\d+(?::|%3A)[^\s/'\"`)]+")
HIDDEN = "bot<hidden>"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def hide_tokens(text: str) -> str:
    """The text with every bot token replaced."""
    return _TOKEN.sub(HIDDEN, _BOT_PATH.sub(HIDDEN, text))


class TokenFilter(logging.Filter):
    """Replaces tokens in a record's message, its trail and its stack, before any handler writes them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the record is cleaned, not dropped."""
        record.msg = hide_tokens(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hide_tokens(record.exc_text)
        if record.stack_info:
            record.stack_info = hide_tokens(record.stack_info)
        return True


def set_up(level: int = logging.WARNING) -> None:
    """Sends everything from `level` up to the error stream, cleaned; httpx only from WARNING up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(TokenFilter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
