"""What the sub-commands share: their error, and the services over the settings' database."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from bot.settings import from_environment


class CommandError(Exception):
    """Arguments or files that cannot work: one sentence, exit status 2."""


def open_services(demo: bool = False) -> Any:
    """The services; `demo` opens the demonstration database instead."""
    from bot.app import build_services

    settings = from_environment(os.environ)
    if demo:
        settings = replace(settings, database=settings.demo_database, demo=True)
    return build_services(settings)
