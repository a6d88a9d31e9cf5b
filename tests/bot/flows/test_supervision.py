"""Duties, follow-ups and rewards in chat, over recorded data."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.app import Services
from bot.rocdate import OFFSET
from storage.assessment import NewRecord
from tests.bot.support import Clock, services, talk

OFFICE = "經濟部水利署第二河川局"
BUREAU = "經濟部水利署"


def record(made: Services, office: str, unit: str, when: str, total: str, rubric: str = "hsinchu-2018-phone") -> int:
    """Records an assessment with that total; the form is left empty, as nothing here looks at it."""
    sheet = made.rubrics.get(rubric)
    grades = [grade.id for grade in sheet.grades if Decimal(total) >= grade.from_]
    new = NewRecord(
        rubric_id=rubric,
        rubric_kind=sheet.kind,
        rubric_hash=sheet.content_hash,
        structure_hash=sheet.structure_hash,
        unit_id=made.store.units.ensure(office, unit).id,
        tester_id="t1",
        tester_name="王小明",
        called_at=datetime.fromisoformat(when).replace(tzinfo=OFFSET),
        form={},
        points={},
        total=Decimal(total),
        max=sheet.max,
        grade=grades[0] if grades else None,
        kind="superior" if sheet.kind == "sheet" else None,
    )
    return made.store.records.add(new).series


def in_2013(**roles: str) -> tuple[Services, Clock]:
    clock = Clock(datetime(2013, 7, 10, 9, 0, tzinfo=OFFSET))
    return services(clock=clock, **roles), clock  # type: ignore[arg-type]  # roles are given as literals


def test_telephone_tests_count_themselves_and_the_rest_is_ticked_off() -> None:
    made, _clock = in_2013(boss="supervisor")
    for unit in ("工務課", "秘書室"):
        made.store.units.ensure(OFFICE, unit)
    record(made, OFFICE, "工務課", "2013-03-05T10:00", "88")
    record(made, OFFICE, "工務課", "2013-06-05T10:00", "91")
    record(made, OFFICE, "秘書室", "2013-06-06T10:00", "79")
    boss = talk(made, "boss")
    said = boss.say("待辦")
    assert "102年度提升服務品質執行計畫" in said
    assert "電話禮貌測試，至少 2 次（秘書室）\n　102/01/01–102/12/31 還差 1 次" in said
    boss.press("看單位")
    said = boss.press("工務課")
    assert "✅電話禮貌測試，至少 2 次（工務課）\n　已完成（2 次）" in said
    assert "實施電話禮貌測試至少2次" in said
    assert not [label for label in boss.labels() if "電話禮貌測試" in label]
    label = next(label for label in boss.labels() if "民眾意見調查" in label)
    assert "要附上說明嗎" in boss.press(label)
    assert "已登記" in boss.say("7 月辦理線上問卷，回收 312 份")
    [tick] = made.store.duties.find("wra2-2013")
    assert (tick.done_on.isoformat(), tick.note, tick.person) == (
        "2013-07-10",
        "7 月辦理線上問卷，回收 312 份",
        "terminal:boss",
    )


def test_what_was_ticked_by_mistake_is_taken_back() -> None:
    made, _clock = in_2013(boss="supervisor", tester="tester")
    for unit in ("工務課", "秘書室"):
        made.store.units.ensure(OFFICE, unit)
    boss, review = talk(made, "boss"), "登記完成：秘書室自行考核，6 月、12 月各 1 次"
    boss.say("待辦")
    assert "取消完成" not in boss.labels()
    boss.press("看單位")
    boss.press("工務課")
    boss.press(review)
    boss.say("已考核")
    assert review not in boss.labels()
    said = boss.press("取消完成")
    assert "・102/07/10 秘書室自行考核，6 月、12 月各 1 次（工務課），boss登記：已考核" in said
    pressed = boss.last[0].buttons()[0].id
    assert "請輸入理由" in boss.press_id(pressed)
    boss.press("取消")  # back in the unit's duties, nothing changed
    assert (len(made.store.duties.find("wra2-2013")), review in boss.labels()) == (1, False)
    boss.press_id(pressed)
    assert "已取消：秘書室自行考核，6 月、12 月各 1 次（工務課），102/07/10 的登記不算" in boss.press("登記錯單位")
    assert review in boss.labels()
    assert "取消完成" not in boss.labels()
    [tick] = made.store.duties.find("wra2-2013", with_removed=True)
    assert (tick.removed_by, tick.removed_reason) == ("terminal:boss", "登記錯單位")
    assert made.store.duties.find("wra2-2013") == []
    assert "已經取消過了" in boss.press_id(pressed)
    assert "需要「督導主管」權限" in talk(made, "tester").press_id(pressed)


def test_a_tick_is_taken_back_for_a_reason_in_own_words_by_whoever_sees_the_plan() -> None:
    made, _clock = in_2013(boss="supervisor")
    made.store.units.ensure(OFFICE, "工務課")
    elsewhere = made.store.units.ensure("新竹市政府", "衛生局")
    made.store.people.add("7", "supervisor", "課長", elsewhere.office)
    boss, other = talk(made, "boss"), talk(made)
    other.chat, other.sender = "telegram:7", "7"
    boss.press_id("duties:tick:wra2-2013:survey:-")
    boss.press("不附說明")
    boss.press("取消完成")
    pressed = boss.last[0].buttons()[0].id
    other.press_id(pressed)
    other.say("不是我的")
    assert len(made.store.duties.find("wra2-2013")) == 1
    boss.press_id(pressed)
    assert "已取消：民眾意見調查" in boss.say("問卷還沒收齊")
    [tick] = made.store.duties.find("wra2-2013", with_removed=True)
    assert tick.removed_reason == "問卷還沒收齊"


def test_what_is_late_is_called_late() -> None:
    made, clock = in_2013(boss="supervisor")
    made.store.units.ensure(OFFICE, "工務課")
    boss = talk(made, "boss")
    assert "❗檢視並維護服務場所內外環境" in boss.say("待辦")
    clock.now = datetime(2014, 1, 5, 9, 0, tzinfo=OFFSET)
    boss.say("待辦")
    assert "102/01/05–103/01/04 逾期，應辦 1 次，已辦 0 次" in boss.press("第二河川局 102 年")


def test_a_past_plan_becomes_this_years_pattern(tmp_path: Path) -> None:
    made = services(tmp_path / "k.db", admin="admin", boss="supervisor")
    made.store.units.ensure(BUREAU, "第一河川局")
    assert "經濟部水利署105年度" in talk(made, "boss").press_id("duties:renew:wra-2016")  # shown, and nothing made
    assert [plan.year for plan in made.plans if plan.office.name == BUREAU] == [105]
    admin = talk(made)
    assert "今年（113 年）還沒有計畫" in admin.say("待辦")
    said = admin.press_id("duties:renew:wra-2016")
    assert "產生 113 年的計畫" in said
    assert "經濟部水利署113年度提升服務品質執行計畫" in said
    assert made.plans.get("wra-2024").pattern is not None
    made.store.close()


def test_a_supervisor_sees_only_the_plans_of_the_own_office() -> None:
    made, _clock = in_2013()
    unit = made.store.units.ensure(OFFICE)
    made.store.units.ensure("新竹市政府", "衛生局")
    made.store.people.add("7", "supervisor", "課長", unit.id)
    boss = talk(made)
    boss.chat, boss.sender = "telegram:7", "7"
    boss.say("敘獎試算")
    assert boss.labels() == ["第二河川局 102 年"]
    assert "選一份計畫" in boss.press_id("rewards:plan:hsinchu-2018")


def test_a_follow_up_goes_from_the_unit_to_the_supervisor_and_back() -> None:
    made, clock = in_2013(boss="supervisor")
    unit = made.store.units.ensure(OFFICE, "秘書室")
    other = made.store.units.ensure(OFFICE, "工務課")
    series = record(made, OFFICE, "秘書室", "2013-06-06T10:00", "79")
    due = datetime(2013, 7, 6, tzinfo=OFFSET).date()
    made.store.improvements.open(unit.id, "接電話要先報單位名稱", "t1", due, series=series)
    made.store.improvements.open(other.id, "結束時要說再見", "t1")
    made.store.people.add("8", "staff", "秘書室同仁", unit.id)
    staff, boss = talk(made), talk(made, "boss")
    staff.chat, staff.sender = "telegram:8", "8"

    said = staff.say("改善")
    assert "❗1. 經濟部水利署第二河川局 秘書室：接電話要先報單位名稱（待回覆，期限 102/07/06）" in said
    assert "結束時要說再見" not in said
    assert "不在您的範圍內" in staff.press_id("improve:show:2")
    staff.press_id("improve:show:1")
    assert "結案" not in staff.labels()
    staff.press("回覆")
    assert "已回覆" in staff.say("已於週會宣導，並在話機旁張貼提示")

    boss.say("改善")
    boss.press_id("improve:show:1")
    boss.press("退回")
    assert "退回" in boss.say("請附照片")
    staff.press_id("improve:answer:1")
    staff.say("照片已送秘書室")
    clock.forward(days=1)
    boss.press_id("improve:close:1")
    assert "結案" in boss.say("同意")
    item = made.store.improvements.get(1)
    assert [entry.state for entry in item.entries] == ["open", "answered", "returned", "answered", "closed"]
    assert "已經結案" in staff.press_id("improve:answer:1") + staff.say("再補充")


def test_the_supervisor_sets_another_due_date() -> None:
    made, clock = in_2013(boss="supervisor")
    unit = made.store.units.ensure(OFFICE, "秘書室")
    made.store.improvements.open(unit.id, "接電話要先報單位名稱", "t1", datetime(2013, 7, 6, tzinfo=OFFSET).date())
    made.store.improvements.open(unit.id, "結束時要說再見", "t1", datetime(2013, 7, 20, tzinfo=OFFSET).date())
    made.store.people.add("8", "staff", "秘書室同仁", unit.id)
    staff, boss = talk(made), talk(made, "boss")
    staff.chat, staff.sender = "telegram:8", "8"
    assert "❗已逾期 1 項，還沒回覆。\n❗1. 經濟部水利署第二河川局 秘書室：接電話" in boss.say("改善")
    boss.press_id("improve:show:1")
    assert "目前是 102/07/06" in boss.press("改期限")
    assert boss.labels() == ["兩週後（102/07/24）", "三十天後（102/08/09）", "取消"]
    assert "看不懂這個日期" in boss.say("下下星期")
    assert "102/01/15 已經過了" in boss.say("1/15")
    said = boss.say("103/1/15")
    assert "期限由 102/07/06 改為 103/01/15。\n1. 經濟部" in said
    assert "期限 103/01/15" in said
    assert "逾期" not in boss.say("改善")
    boss.press_id("improve:due:2")
    assert "期限由 102/07/20 改為 102/07/24" in boss.press("兩週後（102/07/24）")
    boss.press_id("improve:due:2")
    assert "期限 102/07/24" in boss.say("取消")
    assert "改期限" not in staff.press_id("improve:show:2") + "".join(staff.labels())
    assert "不在您的範圍內" in staff.press_id("improve:until:2:30")
    boss.press_id("improve:close:2")
    boss.say("同意")
    assert "已經結案" in boss.press_id("improve:until:2:30")
    clock.forward(days=400)
    assert "❗已逾期 1 項" in staff.say("改善")


@pytest.fixture
def ranked() -> Services:
    clock = Clock(datetime(2016, 12, 20, 9, 0, tzinfo=OFFSET))
    made = services(clock=clock, boss="supervisor")
    for unit, total in [("第一河川局", "931"), ("第二河川局", "905"), ("第三河川局", "905"), ("第四河川局", "899.5")]:
        record(made, BUREAU, unit, "2016-11-02T10:00", total, "wra-2016-sheet")
    return made


def test_rewards_follow_the_plans_rule_and_ties_are_shown(ranked: Services) -> None:
    boss = talk(ranked, "boss")
    boss.say("敘獎試算")
    said = boss.press("水利署 105 年")
    assert "建議 第一河川局：第 1 名，總分 931。\n　・機關首長：嘉獎 2 次" in said
    assert "第 2 名（與第三河川局同分），總分 905" in said
    assert "4. 第四河川局 899.5 分（甲）" in said
    assert "考核成績未達優等，而名列前三名者不另敘獎" in said
    boss.press("登記參獎階段")
    boss.press("第四河川局")
    assert "建議 第四河川局：階段：獲頒「政府服務品質獎」。" in boss.press("獲頒「政府服務品質獎」")
