"""How many tests reach a number of points, and which units have a grade: asked without saying more, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

import rubrics
from bot.dialogue.flows.totals import claims
from bot.messages import plain
from bot.recording import main_sections
from bot.rocdate import OFFSET
from bot.totals.answer import Answer, ask
from storage import NewRecord
from storage.records import RecordFilter

from .world import PHONE, RIVER, SHEET, World, build, turn

# nothing lost: 25 (10 × 2.5) + 20 + 10 + 5 + 25 + 15
FULL: dict[str, Any] = {
    "voice_system": "no", "operator_answer": {"rings": 2}, "operator_unit_stated": "yes", "operator_greeting": "yes",
    "operator_listens": "yes", "operator_closing": "yes", "operator_transfer": "not_needed",
    "operator_busy": "not_busy", "operator_tone": "warm", "unit_reached": "answered", "unit_answer": {"rings": 2},
    "unit_greeting": "both", "unit_closing": "yes", "unit_attitude": {"option": "warm", "points": 10},
    "reply_by": "responsible", "reply_responsible": {"option": "detailed", "points": 15},
}  # fmt: skip
NEARLY = {**FULL, "unit_attitude": {"option": "warm", "points": 9}}


def record(world: World, unit: str, form: dict[str, Any], total: str) -> NewRecord:
    rubric = world.services.rubrics.get(PHONE)
    scored = rubrics.score(rubric, form)
    assert scored.total == Decimal(total)
    return NewRecord(
        PHONE, "phone", rubric.content_hash, rubric.structure_hash, world.unit(RIVER, unit), "t1", "林小萍",
        datetime(2024, 4, 2, 10, tzinfo=OFFSET), form, scored.points, scored.total, scored.max,
        main_sections(rubric, scored),
    )  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The usual installation (no test is full, every sheet is 甲) with two full tests and three more sheets."""
    made = build()
    records = made.services.store.records
    for unit, form, total in (("規劃課", FULL, "100"), ("規劃課", NEARLY, "99"), ("工務課", FULL, "100")):
        records.add(record(made, unit, form, total))
    one = records.find(RecordFilter(rubric_id=SHEET, limit=1))[0]
    known = {name: getattr(one, name) for name in NewRecord.__dataclass_fields__ if hasattr(one, name)}
    # 工務課 (890 + 920) / 2 = 905 優；管理課 (864 + 736) / 2 = 800 甲；秘書室 (891 + 706) / 2 = 798.5 乙；規劃課 865 甲
    for unit, total in (("工務課", "920"), ("管理課", "736"), ("秘書室", "706")):
        sheet = replace(NewRecord(**known), unit_id=made.unit(RIVER, unit), total=Decimal(total), fingerprint=None)
        records.add(replace(sheet, called_at=datetime(2024, 5, 2, 10, tzinfo=OFFSET)))
    yield made
    made.services.store.close()


def asked(world: World, words: str) -> Answer:
    assert claims(turn(world, words)), words
    return ask(world.services, world.admin, words)


@pytest.mark.parametrize("words", ["有幾通滿分", "滿分的有幾通", "今年有幾通電話滿分", "幾通拿滿分", "幾通 100 分以上"])
def test_full_tests(world: World, words: str) -> None:
    found = asked(world, words)
    assert [row["value"] for row in found.rows] == [2]
    assert "門檻：總分達到 100 分" in plain(found.text)


def test_full_tests_by_unit(world: World) -> None:
    rows = asked(world, "各單位今年有幾通滿分").rows
    assert {row["label"]: row["value"] for row in rows if row["value"]} == {
        "第二河川局 工務課": 1,
        "第二河川局 規劃課": 1,
    }


@pytest.mark.parametrize("words", ["幾通90分以上", "90分以上有幾通", "有幾通達到 90 分", "今年幾通90分以上"])
def test_tests_above_without_a_period(world: World, words: str) -> None:
    wanted = sum(row["total"] >= 90 for row in world.rows() if row["day"].year == 2024)
    assert [row["value"] for row in asked(world, words).rows] == [wanted]


def test_tests_below_without_a_period(world: World) -> None:
    wanted = sum(row["total"] < 70 for row in world.rows() if row["day"].year == 2024)
    assert [row["value"] for row in asked(world, "有幾通不到70分").rows] == [wanted]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("誰考核優等", {"工務課": 905}),
        ("哪些單位考核甲等", {"規劃課": 865, "管理課": 800}),
        ("今年甲等的單位有哪些", {"規劃課": 865, "管理課": 800}),
        ("二河局今年乙等的有幾個單位", {"秘書室": 798.5}),
        ("哪個單位考核丙等", {}),
    ],
)
def test_units_with_a_grade(world: World, words: str, units: dict[str, float]) -> None:
    found = asked(world, words)
    assert {row["unit"].split(" ")[-1]: row["value"] for row in found.rows} == units
    said = plain(found.text)
    assert f"只看：{words[words.index('等') - 1]}等" in said
    assert units or "沒有單位是丙等。" in said


def test_a_grade_of_the_sheets_is_none_of_the_tests(world: World) -> None:
    sheets = ask(world.services, world.admin, "誰考核優等").reading
    assert sheets is not None
    assert [row["unit"].split(" ")[-1] for row in ask(world.services, world.admin, "那去年呢", sheets).rows] == []
    assert ask(world.services, world.admin, "電話呢", sheets).reading is not None


def test_all_grades_where_several_are_named(world: World) -> None:
    rows = ask(world.services, world.admin, "今年各單位考核優等甲等").rows
    assert [row["grade_label"] for row in rows] == ["優", "甲", "甲", "乙"]


@pytest.mark.parametrize(
    "words",
    [
        "滿分幾分", "評分表滿分是多少", "幾分以上算優良", "電話禮貌測試滿分多少", "考核甲等是幾分",
        "優等的單位可以敘獎嗎",
        "哪些單位優等可以記功", "甲等要幾分以上", "誰可以考核", "電話鈴響幾聲以上扣分", "提案幾件以上滿分",
    ],
)  # fmt: skip
def test_rules_stay_with_the_documents(world: World, words: str) -> None:
    assert not claims(turn(world, words))
