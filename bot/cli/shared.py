"""What the sub-commands share: their error, the services over the settings' database, and one object a line."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.settings import from_environment
from bot.texts import cli as texts


class CommandError(Exception):
    """Arguments or files that cannot work: one sentence, exit status 2."""


def open_services(demo: bool = False) -> Any:
    """The services; `demo` opens the demonstration database instead."""
    from bot.app import build_services

    settings = from_environment(os.environ)
    if demo:
        settings = replace(settings, database=settings.demo_database, demo=True)
    return build_services(settings)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line. Raises CommandError with the line's number."""
    if not path.is_file():
        raise CommandError(texts.NO_FILE.format(path=path))
    found: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise CommandError(texts.BAD_LINE.format(path=path, line=number)) from error
        if not isinstance(value, dict):
            raise CommandError(texts.BAD_LINE.format(path=path, line=number))
        found.append(value)
    return found
