"""A record taken out of what counts: asked for a reason and for a yes, readable afterwards, in no figure any more."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.conversations import build_assistant
from bot.errors import UserError
from bot.exporting import OPERATOR, Request, make
from tests.bot.flows.phone import EXAMPLE, EXAMPLE_END, OFFICE, begin
from tests.bot.support import Clock, Talk, services, talk

MARK = "已作廢，不列入統計與報表。113/05/20 10:30 tester作廢，原因：打錯單位了"


@pytest.fixture
def person() -> Talk:
    made = services(clock=Clock(), tester="tester", boss="supervisor", other="tester")
    made.store.units.ensure(OFFICE, "秘書室")
    someone = talk(made, "tester")
    for _ in range(2):
        begin(someone)
        someone.fill(*EXAMPLE, *EXAMPLE_END, "送出")
    return someone


def figures(person: Talk) -> str:
    return talk(person.assistant.services, "boss").say("秘書室今年電話測試幾通")


def test_a_record_is_withdrawn_with_a_reason_and_a_yes(person: Talk) -> None:
    assert "2 通" in figures(person)
    person.say("/records 2")
    assert "為什麼要作廢 #2" in person.press("作廢")
    said = person.say("打錯單位了")
    assert "確定作廢 #2？原因：打錯單位了" in said
    store = person.assistant.services.store
    assert not store.records.latest(2).withdrawn
    said = person.press("確定作廢")
    assert "#2 已作廢，不再列入統計與報表；紀錄仍看得到。" in said
    assert MARK in said
    assert "總分 76.5 / 100" in said
    assert not {"更正", "作廢"} & set(person.labels())
    assert "1 通" in figures(person)
    record = store.records.latest(2)
    assert (record.withdrawn, record.revision, record.reason, record.created_by) == (
        True,
        2,
        "打錯單位了",
        "terminal:tester",
    )


def test_a_withdrawn_record_stays_readable_and_fills_no_form(person: Talk) -> None:
    person.say("/records 2")
    person.fill("作廢", "打錯單位了", "確定作廢")
    said = person.say("我的紀錄")
    assert ("#1" in said, "#2" in said) == (True, False)
    assert "#2" in person.press("已作廢的")
    assert MARK in person.press(person.labels()[0])
    assert "第 1 版" in person.press("看歷次版本")
    assert MARK in person.press("▶")
    made = person.assistant.services
    with pytest.raises(UserError, match="第 2 號紀錄已經作廢"):
        make(made, OPERATOR, Request("phone", record=2))
    boss = talk(made, "boss")
    boss.say("我的紀錄")
    assert "#2" in boss.press("已作廢的")
    other = talk(made, "other")
    other.say("我的紀錄")
    assert "已作廢的" not in other.labels()
    assert "還沒有紀錄" in other.press_id("records:list:gone:0")


def test_it_can_be_left_at_every_step(person: Talk) -> None:
    person.say("/records 2")
    person.press("作廢")
    assert "總分 76.5" in person.say("取消")
    person.press("作廢")
    assert "原因：重複登錄" in person.press("重複登錄")
    assert "總分 76.5" in person.press("不作廢，回到紀錄")
    person.press("作廢")
    assert "至少測試1次" in person.say("水利署多久要測一次電話禮貌？")  # a question is no reason
    assert "為什麼要作廢 #2" in person.press_id("records:gone:2")  # an old button does nothing by itself
    assert not person.assistant.services.store.records.latest(2).withdrawn


def test_who_may_not_correct_may_not_withdraw(person: Talk) -> None:
    made = person.assistant.services
    assert "找不到這筆紀錄" in talk(made, "other").press_id("records:void:2")
    own = made.store.units.ensure(OFFICE, "秘書室")
    made.store.people.add("88", "supervisor", "李主管", own.id)
    head = Talk(build_assistant(made), "telegram:88", "88")
    head.say("/records 2")
    assert "作廢" not in head.labels()
    assert "自己單位的測試不行" in head.press_id("records:void:2")
    boss = talk(made, "boss")
    boss.say("/records 2")
    person.say("/records 2")
    person.fill("作廢", "重複登錄", "確定作廢")
    assert "已作廢的也不能再改" in boss.press("作廢")


def test_a_correction_begun_before_is_kept_and_not_recorded(person: Talk) -> None:
    boss = talk(person.assistant.services, "boss")
    person.say("/records 2")
    person.press("更正")
    boss.say("/records 2")
    boss.fill("作廢", "重複登錄", "確定作廢")
    person.fill("跳到 13", "有", "送出")
    assert "作廢了" in person.say("補充資料")
    assert person.assistant.services.store.records.latest(2).withdrawn


def test_an_open_form_is_gone_on_with_afterwards(person: Talk) -> None:
    person.say("/records 2")
    begin(person)
    person.say("/records 2")
    person.fill("作廢", "重複登錄", "確定作廢")
    assert "目前 17.5 分" in person.fill("否", "五聲")


def test_follow_ups_that_came_from_it_are_named(person: Talk) -> None:
    store = person.assistant.services.store
    unit = store.records.latest(2).unit_id
    store.improvements.open(unit, "先報單位", "terminal:tester", date(2024, 6, 20), series=2)
    person.say("/records 2")
    said = person.fill("作廢", "重複登錄", "確定作廢")
    assert "由它列入的改善事項還在追蹤（第 1 項）" in said
