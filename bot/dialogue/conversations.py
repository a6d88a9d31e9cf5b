"""The table of conversations itself: one row each, in the order of the menu."""

from __future__ import annotations

from bot.app import Services

from .assistant import Assistant
from .flows.home import Home
from .router import Route, Router


def build_router() -> Router:
    """All conversations. A new one is a flow and a row here."""
    home = Home(lambda: router)
    router = Router(
        (
            Route("start", "選單", home, "ask", "回到選單", keywords=("主選單", "首頁", "menu", "開始"), in_menu=False),
            Route("help", "說明", home, "ask", "看我會做什麼", keywords=("幫助", "使用說明"), argument="help"),
        )
    )
    return router


def build_assistant(services: Services) -> Assistant:
    """The engine over the services."""
    return Assistant(services, build_router())
