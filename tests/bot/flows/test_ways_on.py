"""No dead ends: a button's words may be typed, a step that waits for words can be left, an end offers the way on."""

from __future__ import annotations

from datetime import date

from tests.bot.support import Clock, Talk, services, talk

OFFICE = "第二河川局"
FORM = (
    "否",
    "三聲",
    "有",
    "沒有",
    "沒問候",
    "有",
    "有",
    "不用轉接",
    "沒有忙線",
    "態度很差",
    "照選項所述",
    "有人接",
    "差不多八秒",
)
FORM_END = ("兩個都有", "先掛", "照選項所述", "7分", "承辦人", "講得很清楚", "14", "送出")


def person() -> Talk:
    made = services(clock=Clock(), tester="admin")
    made.store.units.ensure(OFFICE, "秘書室")
    return talk(made, "tester")


def test_a_buttons_words_may_be_typed() -> None:
    someone = person()
    someone.say("評分 礦務局 秘書室")
    someone.say("上級考核")
    someone.say("113 年上半年")
    assert "給幾分？（15-20）" in someone.say("15-20 分　75%以上")
    assert "1. 20-25 分" in someone.say("改選別項")


def test_why_points_were_lost_is_asked_in_words() -> None:
    someone = person()
    someone.say("電話測試 秘書室")
    for words in (*FORM, *FORM_END):
        said = someone.say(words)
    assert "總分 81.5 / 100" in said
    someone.press("看紀錄")
    said = someone.say("為什麼扣 2 分？")
    assert "語調急躁、不耐煩" in said
    assert "8 + 取整((10 − 8) ÷ 3) = 8" in said
    assert "說「您好」" not in said
    assert "沒有剛好扣 9 分的題" in someone.say("為什麼扣 9 分")
    assert "更正紀錄 #1" in someone.say("更正")


def test_a_step_that_waits_for_words_can_be_left() -> None:
    someone = person()
    store = someone.assistant.services.store
    unit = store.units.ensure(OFFICE, "秘書室")
    store.improvements.open(unit.id, "增設導引", "terminal:tester", date(2024, 6, 20))
    someone.say("改善追蹤")
    someone.press("1. 增設導引")
    someone.press("回覆")
    assert "待回覆" in someone.say("取消")
    assert [one.state for one in store.improvements.find(None, ("open", "answered"))] == ["open"]


def test_every_end_offers_the_way_on() -> None:
    someone = person()
    someone.say("電話測試 秘書室")
    someone.say("取消")
    someone.press("放棄這一份")
    assert someone.labels() == ["再測一通", "選單"]
    someone.say("續填")
    assert someone.labels() == ["選單"]
    staff = talk(services(other="staff"), "other")
    staff.say("待辦")
    assert staff.labels() == ["選單"]
