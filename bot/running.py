"""Starts a face over the real services: the terminal chat and the Telegram service.

It refuses to start Telegram without a token, and says in one sentence what to do.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from dataclasses import replace

from bot.app import build_services
from bot.dialogue.conversations import build_assistant
from bot.people import Role
from bot.settings import Settings
from bot.texts import faces


def terminal(settings: Settings, role: Role, name: str, demo: bool, run: Callable[..., int]) -> int:
    """Opens the terminal chat as a person of this role. Returns the exit status."""
    if demo:
        settings = replace(settings, database=settings.demo_database, demo=True)
    name = name or _user_name()
    sender = f"terminal:{name}"
    services = build_services(settings, {sender: role})
    try:
        return run(build_assistant(services), sender, name, settings.data_folder)
    finally:
        services.store.close()


def telegram(settings: Settings) -> int:
    """Serves on Telegram until stopped. Returns the exit status."""
    from bot.asking import make_ready
    from bot.faces.telegram import serve

    if not settings.telegram_token:
        print(faces.NO_TOKEN, file=sys.stderr)  # noqa: T201 - the reason a person at the terminal is waiting for
        return 2
    services = build_services(settings)
    try:
        make_ready(services)
        return serve(
            build_assistant(services),
            services.store,
            token=settings.telegram_token,
            api_root=settings.telegram_api,
            database=settings.database,
        )
    finally:
        services.store.close()


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"
