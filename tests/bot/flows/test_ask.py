"""The question box in chat: a clause with its buttons, other offices, suggestions said once, what a chat remembers.

Expected words are copied from the plans by hand.
"""

from __future__ import annotations

from bot.people import Role
from tests.bot.support import Talk, services, talk


def person(role: Role = "staff") -> Talk:
    return talk(services(me=role), "me")


def test_another_office_is_a_button_away_and_can_be_kept() -> None:
    someone = person()
    assert "每4個月至少測試1次" in someone.say("電話禮貌測試多久測一次")
    assert "每3個月至少測試1次" in someone.press("經濟部水利署 105 年")
    assert "先看經濟部水利署的規定" in someone.press("以後都先看經濟部水利署")
    assert someone.say("電話禮貌測試多久測一次").startswith("經濟部水利署：「")


def test_a_thumb_is_thanked_and_kept() -> None:
    made = services(me="staff")
    someone = talk(made, "me")
    someone.say("水利署的丁等是幾分以下")
    assert someone.press("👎").startswith("謝謝告知")
    assert made.store.engine.tuples("SELECT vote FROM feedback") == [(-1,)]


def test_suggestions_stand_on_the_buttons_alone() -> None:
    someone = person()
    said = someone.say("水利署初評小組的召集人是誰")
    assert said == "文件沒有寫到人員是誰，我不想亂猜。可以問問承辦單位。\n\n您是不是要問："
    assert "經濟部水利署：二、年度查核" in someone.labels()
    assert "組成初評小組" in someone.press("經濟部水利署：二、年度查核")


def test_the_whole_clause_can_be_asked_for_in_a_word() -> None:
    someone = person()
    someone.say("水利署提升網站使用便利性的措施")
    assert "經濟部水利署" in someone.say("全文")
    someone.say("水利署初評小組的召集人是誰")
    assert "召集人" not in someone.say("全文")


def test_a_question_about_something_else_is_not_gone_on_from() -> None:
    someone = person()
    assert "15-20" in someone.say("礦務局電話禮貌測試結果優良可以拿幾分")
    assert someone.say("附近有沒有好吃的牛肉麵").startswith("手邊的文件沒有提到這件事。")
    assert "10-15" in someone.say("那良好呢")


def test_a_comparison_after_another_subject_keeps_to_its_own() -> None:
    someone = person()
    someone.say("礦務局洽公環境滿意度78%可以給幾分")
    said = someone.say("礦務局跟水利署的優等各要幾分")
    assert "洽公環境" not in said
