"""Files with one JSON object a line, as people hand them in: each fault with its line, and never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.texts import cli as texts


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number, line) of every line that is not blank. Raises UserError when there is no such file or it is no UTF-8."""
    if not path.is_file():
        raise UserError(texts.NO_FILE.format(path=path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(texts.NO_TEXT.format(path=path)) from error
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def json_object(line: str) -> dict[str, Any] | None:
    """The object of one line; None when it is none, or names a key twice."""
    try:
        value = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def json_objects(path: Path) -> list[dict[str, Any]]:
    """The objects of a whole file. Raises UserError with the number of the first line that is none."""
    found = []
    for number, line in text_lines(path):
        value = json_object(line)
        if value is None:
            raise UserError(texts.BAD_LINE.format(path=path, line=number))
        found.append(value)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made
