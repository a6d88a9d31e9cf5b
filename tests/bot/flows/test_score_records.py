"""Records: listed, explained point by point, corrected as revisions, tried out without a trace, seen by scope."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.dialogue.conversations import build_assistant
from tests.bot.flows.phone import EXAMPLE, EXAMPLE_END, OFFICE, begin
from tests.bot.support import Clock, Talk, services, talk


@pytest.fixture
def person() -> Talk:
    made = services(clock=Clock(), tester="tester", boss="supervisor", other="tester")
    made.store.units.ensure(OFFICE, "秘書室")
    someone = talk(made, "tester")
    begin(someone)
    someone.fill(*EXAMPLE, *EXAMPLE_END, "送出")
    return someone


def test_each_point_is_explained(person: Talk) -> None:
    said = person.say("我的紀錄")
    assert "76.5 分" in said
    said = person.press(person.labels()[0])
    assert "總分 76.5 / 100" in said
    said = person.press("逐題看給分")
    assert "7 × 2.5 = 17.5" in said
    assert "為什麼扣 7.5 分" in said
    assert "本項不計分" in said
    assert "總分 76.5 / 100" in person.press("▶")
    assert "總分 76.5 / 100" in person.press("回到紀錄")


def test_a_correction_is_a_revision(person: Talk) -> None:
    person.press("看紀錄")
    assert "總分 76.5 / 100" in person.press("更正")
    assert "和原紀錄一樣" in person.press("✅ 送出")
    person.fill("跳到 13", "有")
    assert "為什麼要更正" in person.press("✅ 送出")
    assert "現在是第 2 版" in person.say("聽錄音後更正")
    store = person.assistant.services.store
    history = store.records.history(1)
    assert [one.total for one in history] == [Decimal("76.5"), Decimal("81.5")]
    assert (history[1].reason, history[1].created_by) == ("聽錄音後更正", "terminal:tester")
    assert history[1].remarks.get("reasons", {}) == {}
    assert store.drafts.open_for("terminal:tester") == []
    said = person.press("看紀錄")
    assert "第 2 版" in said
    assert "原因：聽錄音後更正" in said
    said = person.press("看歷次版本")
    assert "第 1 版" in said
    assert "總分 76.5 / 100" in said
    assert "總分 81.5 / 100" in person.press("▶")


def test_two_corrections_at_once(person: Talk) -> None:
    boss = talk(person.assistant.services, "boss")
    person.press("看紀錄")
    person.press("更正")
    boss.say("/records 1")
    boss.press("更正")
    boss.fill("跳到 13", "有", "送出", "主管更正")
    person.fill("跳到 14", "9分", "送出")
    said = person.say("補充資料")
    assert "已經有人更正或作廢了" in said
    assert person.assistant.services.store.records.latest(1).total == Decimal("81.5")
    assert len(person.assistant.services.store.drafts.open_for("terminal:tester")) == 1
    assert "第 2 版" in person.press("看紀錄")


def test_nobody_corrects_a_test_of_the_own_unit(person: Talk) -> None:
    made = person.assistant.services
    own = made.store.units.ensure(OFFICE, "秘書室")
    made.store.people.add("88", "supervisor", "李主管", own.id)
    head = Talk(build_assistant(made), "telegram:88", "88")
    assert "總分 76.5" in head.say("/records 1")
    assert "更正" not in head.labels()
    assert "可以更正或作廢這筆紀錄" in head.press_id("records:fix:1")


def test_a_trial_touches_nothing(person: Talk) -> None:
    person.press("看紀錄")
    assert "不會改動紀錄" in person.press("試算")
    person.fill("跳到 10", "無人接聽（電話鈴響 9 聲以上或 20 秒以上）")
    assert "✅ 送出" not in person.labels()
    assert "試算總分 36.5，原紀錄 76.5" in person.press("結束試算")
    store = person.assistant.services.store
    assert (store.records.count(), store.drafts.open_for("terminal:tester")) == (1, [])
    assert len(store.records.history(1)) == 1


def test_who_sees_what(person: Talk) -> None:
    made = person.assistant.services
    other = talk(made, "other")
    assert "找不到這筆紀錄" in other.say("/records 1")
    assert "還沒有紀錄" in other.say("我的紀錄")
    for button in ("records:why:1:0", "records:past:1:1", "records:fix:1", "records:try:1", "records:open:9"):
        assert "找不到這筆紀錄" in other.press_id(button)
    boss = talk(made, "boss")
    boss.say("我的紀錄")
    assert "76.5 分" in boss.press("轄下全部")
    elsewhere = made.store.units.ensure("別的機關", "總務科")
    made.store.people.add("88", "supervisor", "李主管", elsewhere.id)
    outsider = Talk(build_assistant(made), "telegram:88", "88")
    assert "找不到這筆紀錄" in outsider.say("/records 1")
