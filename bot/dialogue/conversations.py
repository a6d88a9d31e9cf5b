"""The table of conversations itself: one row each, in the order of the menu."""

from __future__ import annotations

from bot.app import Services

from .assistant import Assistant
from .flows.ask import AskFlow
from .flows.duties import DutiesFlow, asks_what_is_due
from .flows.export import ExportFlow
from .flows.home import Home
from .flows.improvements import ImprovementsFlow
from .flows.people import PeopleFlow
from .flows.records import RecordsFlow, asks_about_record
from .flows.rewards import RewardsFlow
from .flows.score.entries import DraftsFlow, PhoneFlow, asks_for_test
from .flows.score.flow import ScoreFlow
from .flows.score.idle import IdleFlow, answers_nothing
from .flows.totals import TotalsFlow
from .flows.totals import claims as asks_for_figures
from .flows.units import UnitsFlow
from .router import Route, Router

START_WORDS = (
    "主選單", "首頁", "menu", "開始", "您好", "你好", "妳好", "哈囉", "嗨", "早安", "午安", "晚安", "在嗎",
)  # fmt: skip
HELP_WORDS = (
    "幫助", "使用說明", "怎麼用", "怎麼使用", "如何使用", "要怎麼用", "你是誰", "您是誰", "你會什麼", "你會做什麼",
    "你可以做什麼", "您可以做什麼", "可以做什麼", "能做什麼", "有什麼功能",
)  # fmt: skip
THANK_WORDS = ("謝謝您", "謝謝你", "感謝", "感謝您", "多謝", "感恩", "辛苦了")
BYE_WORDS = ("掰掰", "拜拜", "下次見", "先這樣")


def build_router() -> Router:
    """All conversations. A new one is a flow and a row here."""
    home = Home(lambda: router)
    score = ScoreFlow(lambda: router)
    router = Router(
        (
            Route("start", "選單", home, "ask", "回到選單", keywords=START_WORDS, in_menu=False),
            Route(
                "phone",
                "電話測試",
                PhoneFlow(score),
                "score",
                "一步一步測一通電話並計分",
                "電話測試 秘書室",
                keywords=("電話禮貌測試", "測電話", "打電話測試"),
                claims=asks_for_test,
            ),
            Route("score", "評分", score, "score", "選一張評分表來填", "評分", keywords=("填表", "評分表", "考核評分")),
            Route(
                "resume",
                "續填",
                DraftsFlow(),
                "score",
                "接著填沒填完的表",
                "續填",
                keywords=("進行中", "草稿", "繼續", "接著填"),
            ),
            Route(
                "records",
                "我的紀錄",
                RecordsFlow(),
                "own_records",
                "看紀錄、每一分怎麼來、更正、作廢",
                "我的紀錄",
                keywords=("紀錄", "看紀錄", "測試紀錄"),
                claims=asks_about_record,
            ),
            Route(
                "totals",
                "統計",
                TotalsFlow(lambda: router),
                "totals",
                "問通數、平均、排名、扣分等數字",
                "秘書室今年電話測試平均",
                keywords=("數字", "成績統計", "總覽"),
                claims=asks_for_figures,
            ),
            Route(
                "duties",
                "待辦",
                DutiesFlow(),
                "duties",
                "計畫要求的事，哪些完成、哪些逾期；登記完成、取消完成",
                "待辦",
                keywords=("應辦事項", "逾期"),
                claims=asks_what_is_due,
            ),
            Route(
                "improve",
                "改善追蹤",
                ImprovementsFlow(),
                "improve",
                "建議改進事項的辦理情形與期限",
                "改善",
                keywords=("改善", "改進事項"),
            ),
            Route(
                "rewards", "敘獎試算", RewardsFlow(), "duties", "依計畫規定試算敘獎", "敘獎試算", keywords=("試算敘獎",)
            ),
            Route(
                "export",
                "匯出",
                ExportFlow(),
                "own_records",
                "把紀錄做成公文表單",
                "匯出 附表1",
                keywords=("匯出表單", "表單"),
            ),
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
                "機關、單位與電話；改名、停用、恢復",
                "新增單位 第二河川局 秘書室",
                keywords=("新增單位", "登記電話", "單位名單"),
            ),
            Route(
                "open",
                "打開的表",
                IdleFlow(),
                "ask",
                "看目前打開的是哪一份表",
                claims=answers_nothing,
                in_menu=False,
            ),
            Route(
                "ask",
                "提問",
                AskFlow(),
                "ask",
                "問計畫與評分表的規定",
                "水利署多久要測一次電話禮貌？",
                claims=lambda turn: bool(turn.text),
                in_menu=False,
                fallback=True,
            ),
            Route("help", "說明", home, "ask", "看我會做什麼", keywords=HELP_WORDS, argument="help"),
            Route("thanks", "謝謝", home, "ask", "道謝", keywords=THANK_WORDS, in_menu=False, argument="thanks"),
            Route("bye", "再見", home, "ask", "道別", keywords=BYE_WORDS, in_menu=False, argument="bye"),
        )
    )
    return router


def build_assistant(services: Services) -> Assistant:
    """The engine over the services."""
    return Assistant(services, build_router())
