"""What is owed, counted by hand: 礦務局's plan of 2011 asks each unit for one test in 1–4, 5–8 and 9–12 月."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Services
from bot.messages import plain
from bot.rocdate import OFFSET
from bot.settings import Settings
from bot.totals.answer import Answer, ask
from storage import open_store

from .world import MINES, PHONE, World, phone_record

NOW = datetime(2011, 9, 15, 10, 0, tzinfo=OFFSET)
TESTS = {"秘書室": ((2, 10), (3, 1), (6, 5)), "行政組": ((5, 20),), "火藥組": ()}


@pytest.fixture
def world() -> Iterator[World]:
    store = open_store(None, lambda: NOW, lambda: "id")
    made = World(Services(Settings(Path("kaoping.sqlite")), store, lambda: NOW, lambda: "id"))
    rubric, rng = made.services.rubrics.get(PHONE), random.Random(1)
    for unit, days in TESTS.items():
        number = store.units.ensure(MINES, unit).id
        for month, day in days:
            store.records.add(phone_record(rubric, number, date(2011, month, day), rng, 0.8))
    yield made
    store.close()


def rows(world: World, question: str, *names: str) -> dict[str, tuple[Any, ...]]:
    return {row["label"]: tuple(row[name] for name in names) for row in asked(world, question).rows}


def asked(world: World, question: str) -> Answer:
    found = ask(world.services, world.supervisor(MINES), question)
    assert found.reading is not None, plain(found.text)
    return found


@pytest.mark.parametrize(
    ("period", "expected"),
    [  # unit: tests in the period, owed, done (at most one in each part), left
        ("100年", {"秘書室": (3, 3, 2, 1), "行政組": (1, 3, 1, 2), "火藥組": (0, 3, 0, 3)}),
        ("100年1月到4月", {"秘書室": (2, 1, 1, 0), "行政組": (0, 1, 0, 1), "火藥組": (0, 1, 0, 1)}),
        ("100年上半年", {"秘書室": (3, 1, 1, 0), "行政組": (1, 1, 0, 1), "火藥組": (0, 1, 0, 1)}),
        ("100年第二季", {"秘書室": (1, 1, 1, 0), "行政組": (1, 1, 0, 1), "火藥組": (0, 1, 0, 1)}),
        ("100年6月", {"秘書室": (1, 1, 1, 0), "行政組": (0, 1, 1, 0), "火藥組": (0, 1, 0, 1)}),
        ("100年5月到12月", {"秘書室": (1, 2, 1, 1), "行政組": (1, 2, 1, 1), "火藥組": (0, 2, 0, 2)}),
    ],
)
def test_tests_due(world: World, period: str, expected: dict[str, tuple[int, ...]]) -> None:
    assert rows(world, f"{period}應測幾通", "n", "value", "done", "left") == expected


def test_tests_due_in_all(world: World) -> None:
    (row,) = asked(world, "100年應測通數合計").rows
    assert (row["n"], row["value"], row["done"], row["left"]) == (4, 9, 3, 6)


def test_tests_due_says_by_which_plan_and_how(world: World) -> None:
    said = plain(asked(world, "100年應測幾通").text)
    assert "應測通數依「經濟部礦務局 100 年度提升服務品質執行計畫」：電話禮貌測試，每 4 個月至少 1 次" in said
    assert "多測的不能抵別期" in said
    assert "多測的不能抵別期" not in plain(asked(world, "100年5月到8月應測幾通").text)


def test_duty_progress(world: World) -> None:
    """Of nine tests three count; the website was looked at once; nothing was reviewed nor reported."""
    office = world.unit(MINES)
    plan = next(one for one in world.services.plans if one.office.name == MINES)
    world.services.store.duties.tick(plan.id, "website-search", office, date(2011, 4, 1), "s", "")
    assert rows(world, "100年應辦事項", "duty", "n", "value", "left") == {
        "電話禮貌測試，每 4 個月至少 1 次": ("phone-test", 3, 9, 6),
        "就應改進事項簽報改進情形，1 個月內": ("improvement-report", 0, 0, 0),
        "機關網站至少提供 3 種分類檢索方式": ("website-search", 1, 1, 0),
        "考核委員實地抽查，每年 2 次": ("self-review", 0, 6, 6),
        "100 年度執行績效與成果報部備查，並登載於本局網頁": ("annual-report", 0, 1, 1),
    }


def test_the_progress_of_another_years_plan_says_so(world: World) -> None:
    assert "100 年的進度" not in plain(asked(world, "100年應辦事項").text)
    assert "（101 年沒有計畫，這裡列的是 100 年的進度，不是 101 年的）" in plain(asked(world, "101年應辦事項").text)


def test_improvement_progress(world: World) -> None:
    """Four follow-ups of 2011: one open, one answered, one sent back, one closed; one more stood in another year."""
    improvements = world.services.store.improvements
    one, two = world.unit(MINES, "秘書室"), world.unit(MINES, "行政組")
    improvements.open(one, "結束前說再見", "s")
    answered = improvements.open(one, "縮短轉接", "s")
    improvements.answer(answered.id, "已改", "t")
    returned = improvements.open(two, "報單位名稱", "s")
    improvements.answer(returned.id, "已改", "t")
    improvements.send_back(returned.id, "請附紀錄", "s")
    closed = improvements.open(two, "語氣", "s")
    improvements.close(closed.id, "完成", "s")
    assert rows(world, "100年改善進度", "state", "n", "value") == {
        "待回覆": ("open", 1, 1),
        "已回覆": ("answered", 1, 1),
        "退回補充": ("returned", 1, 1),
        "已結案": ("closed", 1, 1),
    }
    assert rows(world, "100年各單位改善進度", "n", "value") == {"秘書室": (2, 0), "行政組": (2, 1)}
    assert asked(world, "99年改善進度").rows == ()
