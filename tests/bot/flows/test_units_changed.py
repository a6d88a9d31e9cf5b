"""Units in chat: another name, out of use, back in use; their records stay throughout."""

from __future__ import annotations

import pytest

from bot.app import Services
from tests.bot.flows.phone import EXAMPLE, EXAMPLE_END, OFFICE, begin
from tests.bot.support import Clock, Talk, services, talk


@pytest.fixture
def made() -> Services:
    """秘書室 (tested once, 76.5 points) and 工務課 (never) of one office."""
    made = services(clock=Clock(), tester="tester", boss="supervisor", admin="admin")
    for unit in ("秘書室", "工務課"):
        made.store.units.ensure(OFFICE, unit)
    someone = talk(made, "tester")
    begin(someone)
    someone.fill(*EXAMPLE, *EXAMPLE_END, "送出")
    return made


@pytest.fixture
def admin(made: Services) -> Talk:
    return talk(made)


def test_a_unit_is_renamed_and_its_records_follow(made: Services, admin: Talk) -> None:
    admin.say("單位")
    admin.press("秘書室")
    assert "「秘書室」要改成什麼名稱" in admin.press("改名")
    assert "「工務課」已經在名單上了" in admin.say("工務課")
    assert "30 個字以內" in admin.say("長" * 31)
    assert "「秘書室」已改名為「行政室」" in admin.say("行政室")
    assert "第二河川局 行政室" in talk(made, "boss").say("/records 1")
    assert "1 通" in talk(made, "boss").say("行政室今年電話測試幾通")
    assert "名單上沒有「秘書室」" in admin.say("登記電話 秘書室 04-12345678")


def test_a_new_name_can_be_left(made: Services, admin: Talk) -> None:
    admin.say("新增單位 秘書室")
    admin.press("改名")
    admin.press("取消")
    admin.say("新增單位 秘書室")
    admin.press("改名")
    assert "第二河川局 秘書室" in admin.say("取消")
    admin.press("改名")
    assert "至少測試1次" in admin.say("水利署多久要測一次電話禮貌？")
    assert {unit.name for unit in made.store.units.all()} == {OFFICE, "秘書室", "工務課"}


def test_an_office_keeps_a_name_by_which_its_plan_finds_it(made: Services, admin: Talk) -> None:
    office = made.store.units.offices()[0]
    admin.press_id(f"units:rename:{office.id}")
    assert "這樣改就對不上了" in admin.say("中區工程處")
    assert made.store.units.get(office.id).name == OFFICE
    assert "已改名為「經濟部水利署第二河川局」" in admin.say("經濟部水利署第二河川局")


def test_a_retired_unit_leaves_the_pickers_and_keeps_its_records(made: Services, admin: Talk) -> None:
    boss, tester = talk(made, "boss"), talk(made, "tester")
    assert "工務課" in boss.say("今年還沒測的單位")
    tester.say("電話測試")
    assert "工務課" in tester.labels()
    old = next(choice.id for choice in tester.last[0].buttons() if choice.label == "工務課")
    for name in ("工務課", "秘書室"):
        admin.say("單位")
        admin.press(name)
        assert f"確定停用「第二河川局 {name}」嗎" in admin.press("停用")
        assert f"已停用「第二河川局 {name}」" in admin.press("確定停用")
    assert not {"工務課", "秘書室"} & set(admin.labels())
    assert "工務課" not in tester.press_id(old) + "".join(tester.labels())
    assert "工務課" not in boss.say("今年還沒測的單位")
    assert "總分 76.5 / 100" in boss.say("/records 1")
    assert "1 通" in boss.say("秘書室今年電話測試幾通")
    assert "已停用" in admin.say("新增人員 12345 測試人員 王小明 第二河川局 秘書室")
    assert made.store.people.get("12345") is None


def test_a_retired_unit_is_not_tested_by_its_name_either(made: Services, admin: Talk) -> None:
    unit = made.store.units.ensure(OFFICE, "工務課")
    admin.press_id(f"units:gone:{unit.id}")
    tester = talk(made, "tester")
    tester.say("電話測試")
    assert "「工務課」已停用，請選別的單位" in tester.say("工務課")
    assert "「工務課」已停用，請選別的單位" in tester.say("第二河川局 工務課")
    assert tester.assistant.services.store.drafts.open_for("terminal:tester") == []


def test_a_retired_unit_is_taken_back(made: Services, admin: Talk) -> None:
    office = made.store.units.offices()[0]
    admin.press_id(f"units:off:{office.id}")
    assert "和轄下 2 個單位" in admin.press_id(f"units:off:{office.id}")
    admin.press("不要")
    assert len(made.store.units.all()) == 3
    admin.press_id(f"units:gone:{office.id}")
    assert "還沒有任何單位" in admin.say("單位")
    assert "・第二河川局 工務課" in admin.press("已停用的（3）")
    assert "（停用）" in admin.press("工務課")
    assert "已恢復「第二河川局 工務課」" in admin.press("恢復")
    assert {unit.name for unit in made.store.units.all()} == {OFFICE, "工務課"}  # its office with it
    assert "（停用）" in admin.say("新增單位 第二河川局 秘書室")
    admin.press("恢復")
    assert "工務課" in talk(made, "boss").say("今年還沒測的單位")


def test_only_the_manager_changes_units(made: Services) -> None:
    unit = made.store.units.ensure(OFFICE, "工務課")
    assert "需要「管理者」權限" in talk(made, "boss").press_id(f"units:gone:{unit.id}")
    assert made.store.units.get(unit.id).active
