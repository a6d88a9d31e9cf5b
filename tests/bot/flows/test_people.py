"""People and units in chat, and what the roles open and close."""

from tests.bot.support import services, talk


def test_an_administrator_adds_changes_and_removes_a_person() -> None:
    made = services(admin="admin")
    admin = talk(made)
    assert "王小明（12345）現在是測試人員，所屬：第二河川局 秘書室" in admin.say(
        "新增人員 12345 測試人員 王小明 第二河川局 秘書室"
    )
    assert "王小明（12345）測試人員，第二河川局 秘書室" in admin.say("人員")
    admin.press("王小明")
    assert "督導主管" in admin.press("改成督導主管")
    person = made.store.people.get("12345")
    assert person is not None
    assert (person.role, made.store.units.full_name(person.unit_id or 0)) == (
        "supervisor",
        "第二河川局 秘書室",
    )
    admin.press("移除")
    assert "還沒有人" in admin.press("確定移除")
    removed = made.store.people.get("12345")
    assert removed is not None
    assert not removed.active


def test_nobody_removes_themselves() -> None:
    made = services(admins=frozenset({"77"}))
    made.store.people.add("77", "admin", "長官")
    person = talk(made)
    person.chat = "telegram:77"
    person.sender = "77"
    person.say("人員")
    person.press("長官")
    assert "不能移除自己" in person.press("移除")


def test_wrong_words_are_answered_and_nothing_changes() -> None:
    made = services(admin="admin")
    admin = talk(made)
    assert "請依序寫" in admin.say("新增人員 12345 老大 王小明")
    assert made.store.people.all() == []


def test_staff_are_told_which_role_is_needed() -> None:
    made = services(staff="staff")
    staff = talk(made, "staff")
    assert "需要「管理者」權限" in staff.say("人員")
    assert "需要「管理者」權限" in staff.press_id("people:gone:12345")
    assert "人員" not in staff.labels()


def test_units_are_added_found_again_and_given_numbers() -> None:
    made = services(admin="admin")
    admin = talk(made)
    admin.say("單位")
    assert "已帶入「經濟部水利署第二河川局」的 8 個單位" in admin.press("從計畫帶入：經濟部水利署第二河川局")
    assert "「經濟部水利署第二河川局 秘書室」已經在名單上了" in admin.say("新增單位 第二河川局 秘書室")
    assert "「經濟部水利署第二河川局 工務課」的電話：04-12345678" in admin.say("登記電話 工務課 04-12345678")
    assert made.store.units.ensure("經濟部水利署第二河川局", "工務課").phones == ("04-12345678",)
    assert "您要找的是不是" in admin.say("登記電話 工務科 04-12345678")


def test_an_unknown_command_names_the_near_one() -> None:
    admin = talk(services(admin="admin"))
    assert "沒有「/unit」這個指令" in admin.say("/unit")
    assert "單位" in admin.labels()


def test_a_stale_button_is_answered_kindly() -> None:
    admin = talk(services(admin="admin"))
    assert "已經過期" in admin.press_id("gone:flow:1")


def test_somebody_without_a_name_is_called_by_the_number_once() -> None:
    admin = talk(services(admin="admin"))
    assert admin.say("新增人員 12345 測試人員").startswith("編號 12345 現在是測試人員")
    assert "・編號 12345 測試人員，不限單位" in admin.say("人員")
