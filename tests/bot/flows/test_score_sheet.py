"""Sheets in chat: bands, percentages, counts, fed figures, subtotals, follow-ups; frameworks; a sheet from outside."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.dialogue.conversations import build_assistant
from bot.rocdate import OFFSET
from bot.settings import BUILT_IN_RUBRICS
from rubrics import score
from storage import NewRecord
from tests.bot.support import Clock, Talk, services, talk
from tests.support.worked_example import WORKED

OFFICE = "經濟部礦務局"
PHONE_FORM = {
    **WORKED,
    "operator_answer": {"rings": 4},
    "operator_tone": "warm",
    "unit_closing": "yes",
    "unit_attitude": {"option": "warm", "points": 9},
}  # 20 + 20 + 14 + 24 + 10 = 88


def phone_test(person: Talk, unit_id: int, day: int, **answers: object) -> None:
    made = person.assistant.services
    rubric = made.rubrics.get("hsinchu-2018-phone")
    form = {**PHONE_FORM, **answers}
    scored = score(rubric, form)
    assert scored.total is not None
    moment = datetime(2024, 3, day, 9, 30, tzinfo=OFFSET)
    hashes = (rubric.content_hash, rubric.structure_hash)
    made.store.records.add(
        NewRecord(rubric.id, "phone", *hashes, unit_id, "x", "X", moment, form, scored.points, scored.total, scored.max)
    )


@pytest.fixture
def person() -> Talk:
    made = services(clock=Clock(), tester="tester", other="tester")
    made.store.units.ensure(OFFICE, "秘書室")
    return talk(made, "tester")


def begin(person: Talk, sheet: str = "mines-2011-sheet", kind: str = "上級考核") -> str:
    person.say(f"/score {sheet}")
    person.say("秘書室")
    person.say(kind)
    return person.say("113 年上半年")


def test_bands_points_and_figures(person: Talk) -> None:
    said = begin(person)
    assert "第 1/25 題 · 目前 0 分 · 本段 0/50" in said
    said = person.say("滿意度 78%")
    assert "78% 落在「15-20 分」" in said
    person.press(next(label for label in person.labels() if label.startswith("★ 15-20")))
    assert "本段 18/50" in person.press("18")
    said = person.press(next(label for label in person.labels() if label.startswith("15-20")))
    assert "給幾分？（15-20）" in said
    assert "目前 35 分" in person.press("17")
    assert "這裡請給 0 到 20 的整數分數" in person.say("21")


def test_recorded_tests_propose_the_band(person: Talk) -> None:
    unit = person.assistant.services.store.units.all()[1]
    for day, rings in ((4, 4), (11, 6)):  # 88 and 83: mean 85.5
        phone_test(person, unit.id, day, operator_answer={"rings": rings})
    begin(person)
    said = ""
    for points in ("18", "17", "15"):
        said = person.say(points)
    assert "113 年上半年秘書室的電話測試 2 次，平均 85.5 分（3/4、3/11），建議「10-15 分」" in said
    assert "(測試分數 80 分以上)" in said
    assert "建議的不同，請說明理由" in person.say("18")
    assert "第 5/25 題" in person.say("另外抽測三次")
    person.say("上一題")
    said = person.say("14")
    assert "第 5/25 題" in said
    draft = person.assistant.services.store.drafts.open_for("terminal:tester")[0]
    assert draft.state.get("reasons", {}) == {}


def test_nothing_recorded_proposes_nothing(person: Talk) -> None:
    begin(person)
    said = ""
    for points in ("18", "17", "15"):
        said = person.say(points)
    assert "113 年上半年沒有秘書室的電話測試紀錄" in said
    assert "★" not in said
    assert "第 5/25 題" in person.say("20")


def test_a_whole_sheet_with_follow_up(person: Talk) -> None:
    begin(person)
    rubric = person.assistant.services.rubrics.get("mines-2011-sheet")
    for criterion in rubric.criteria:
        said = person.say(str(criterion.max))
    assert "總分 1000 / 1000（優等）" in said
    assert "沒有扣分" in said
    assert "機關形象 (170 分)　170/170" in said
    person.press("建議改進事項")
    person.say("補齊雙語標示")
    said = person.press("✅ 送出")
    assert "建議改進事項已列入追蹤，期限 113/06/20" in said
    store = person.assistant.services.store
    record = store.records.find()[0]
    assert (record.total, record.grade, record.kind, record.period) == (1000, "excellent", "superior", "113H1")
    assert record.sections["image"] == 170
    follow = store.improvements.find()[0]
    assert (follow.text, follow.due_on, follow.series) == ("補齊雙語標示", date(2024, 6, 20), record.series)


def test_several_assessors_are_kept_apart(person: Talk) -> None:
    other = talk(person.assistant.services, "other")
    rubric = person.assistant.services.rubrics.get("wra-2016-sheet")
    for someone, less in ((person, 0), (other, 1)):
        begin(someone, "wra-2016-sheet")
        for criterion in rubric.criteria:
            someone.say(str(criterion.max - less))
        someone.press("✅ 送出")
    found = person.assistant.services.store.records.find()
    assert sorted(record.total for record in found) == [1000 - len(rubric.criteria), 1000]
    assert len({record.series for record in found}) == 2


def test_zero_points_and_their_reason(person: Talk) -> None:
    begin(person)
    assert "這一題 0 分" in person.press("都不符合，0 分")
    assert "第 2/25 題 · 目前 0 分" in person.press("未達最低標準")


def test_the_own_unit_assesses_only_itself() -> None:
    made = services(clock=Clock())
    own = made.store.units.ensure(OFFICE, "秘書室")
    made.store.people.add("77", "tester", "王小明", own.id)
    person = Talk(build_assistant(made), "telegram:77", "77")
    person.say("/score mines-2011-sheet")
    assert "只能做自行考核" in person.say("秘書室")
    assert "上級考核" not in person.labels()
    assert "只能做自行考核" in person.say("上級考核")


def test_a_framework_counts_progress(person: Talk) -> None:
    person.say("/score hsinchu-2018-overall")
    said = person.say("秘書室")
    assert "完成 0/11 項" in said
    assert "服務友善：未開始" in said
    said = person.press("— 服務友善")
    assert "2. 網站使用便利性" in said
    person.press("完成")
    person.press("寫佐證")
    person.say("已公告服務措施")
    person.press("完成期限")
    assert "看不懂這個日期" in person.say("改天")
    person.say("12/31")
    person.press("承辦單位")
    said = person.press("秘書室")
    for words in ("辦理狀態：完成", "完成期限：113/12/31", f"承辦單位：{OFFICE} 秘書室", "佐證：已公告服務措施"):
        assert words in said
    assert "完成 1/11 項" in person.press("回到清單")
    kept = person.assistant.services.store.progress.current()
    assert [(one.criterion, one.state, one.due_on) for one in kept] == [("friendliness", "done", date(2024, 12, 31))]


OUTSIDE = """
id: outside-sheet
kind: sheet
title: 服務台考核表
office: 某機關
year: 113
clause: 全表
max: 100
criteria:
  - id: desk
    label: 櫃檯
    max: 40
    weight: 40%
    items:
      - {id: on_time, label: 如期完成率, max: 50, percentage: true}
      - id: manner
        label: 態度
        max: 50
        options:
          - {id: good, label: 親切, points: 30-50}
          - {id: bad, label: 冷淡, points: 0}
  - id: site
    label: 網站
    max: 60
    items:
      - {id: fresh, label: 更新, max: 60}
grades:
  - {id: pass, label: 通過, from: 60}
  - {id: fail, label: 不通過, from: 0}
"""


def test_a_sheet_from_outside_needs_no_code(tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "outside-sheet.yaml").write_text(OUTSIDE, encoding="utf-8")
    made = services(clock=Clock(), tester="tester")
    settings = replace(made.settings, rubrics=(BUILT_IN_RUBRICS, folder))
    made = replace(made, settings=settings)
    made.store.units.ensure("某機關", "服務台")
    person = talk(made, "tester")
    person.say("/score outside-sheet")
    for words in ("服務台", "自行考核", "113"):
        said = person.say(words)
    assert "第 1/3 題" in said
    said = person.say("87.5%")
    assert "目前 17.5 分" in said
    person.say("親切")
    said = person.say("40")
    assert "目前 33.5 分" in said
    said = person.say("50")
    assert "總分 83.5 / 100（通過）" in said
    person.press("✅ 送出")
    assert made.store.records.find()[0].total == Decimal("83.5")
    shutil.rmtree(folder)
