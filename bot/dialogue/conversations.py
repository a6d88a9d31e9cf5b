"""The table of conversations itself: one row each, in the order of the menu."""

from __future__ import annotations

from bot.app import Services

from .assistant import Assistant
from .flows.home import Home
from .flows.people import PeopleFlow
from .flows.units import UnitsFlow
from .router import Route, Router


def build_router() -> Router:
    """All conversations. A new one is a flow and a row here."""
    home = Home(lambda: router)
    router = Router(
        (
            Route("start", "選單", home, "ask", "回到選單", keywords=("主選單", "首頁", "menu", "開始"), in_menu=False),
            Route(
                "people",
                "人員",
                PeopleFlow(),
                "manage",
                "誰可以做什麼",
                "新增人員 123456789 測試人員 王小明",
                keywords=("新增人員", "人員名單"),
            ),
            Route(
                "units",
                "單位",
                UnitsFlow(),
                "manage",
                "機關、單位與電話",
                "新增單位 第二河川局 秘書室",
                keywords=("新增單位", "登記電話", "單位名單"),
            ),
            Route("help", "說明", home, "ask", "看我會做什麼", keywords=("幫助", "使用說明"), argument="help"),
        )
    )
    return router


def build_assistant(services: Services) -> Assistant:
    """The engine over the services."""
    return Assistant(services, build_router())
