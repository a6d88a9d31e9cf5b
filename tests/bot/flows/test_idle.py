"""Answers typed where nothing waits for one: no clause of a document, but the way to a form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.dialogue.flows.score.idle import bare_quantity, bare_word
from bot.people import Role
from tests.bot.support import Talk, services, talk

QUESTIONS = sorted((Path(__file__).parents[2] / "questions").glob("*.jsonl"))
BARE = [
    "有",
    "沒有",
    "是",
    "否。",
    "好",
    "好的！",
    "ＯＫ",
    "5聲",
    "五聲",
    "10 秒",
    "６分",
    "78%",
    "百分之七十八",
    "12件",
    "76.5",
    "兩次",
    "1分30秒",
]
NO_QUESTIONS = ["1234567890"]  # among them, to see that nothing is made up
NONE_OPEN = "目前沒有打開的測試或評分表，「{}」沒有記下來。"


def person(role: Role = "tester") -> Talk:
    made = services(me=role)
    made.store.units.ensure("第二河川局", "秘書室")
    return talk(made, "me")


@pytest.mark.parametrize("words", BARE)
def test_a_bare_answer_without_a_form(words: str) -> None:
    tester = person()
    assert tester.say(words).startswith(NONE_OPEN.format(words))
    assert tester.labels() == ["電話測試", "選單"]
    assert "要測哪個單位" in tester.press("電話測試")


@pytest.mark.parametrize("words", ["有", "5聲", "好"])
def test_staff_are_asked_for_a_whole_question(words: str) -> None:
    someone = person("staff")
    assert someone.say(words) == "目前沒有進行中的填寫。想問什麼，請輸入整句話。"
    assert someone.labels() == ["選單"]


def test_a_paused_form_is_offered() -> None:
    tester, words = person(), "5聲"
    for one in ("電話測試 秘書室", "否", "暫停"):
        tester.say(one)
    assert tester.say(words).startswith(NONE_OPEN.format(words))
    assert "要接著填哪一份" in tester.say(words)
    [draft, *others] = tester.labels()
    assert draft.startswith("秘書室・")
    assert others == ["電話測試", "選單"]
    assert "第 2/17 題" in tester.press(draft)
    assert "目前 17.5 分" in tester.say(words)


def test_in_a_form_they_are_answers() -> None:
    tester = person()
    tester.say("電話測試 秘書室")
    assert "第 2/" in tester.say("沒有")
    said = tester.say("好")
    assert "沒有打開" not in said
    assert "第 2/" in said
    assert "第 3/" in tester.say("5聲")


def test_right_behind_an_answer_a_quantity_goes_on_from_it() -> None:
    tester = person()
    tester.say("水利署 主動規劃建置或整合創新服務 提案件數 8件幾分")
    assert "沒有打開" not in tester.say("12件")
    assert "沒有打開" not in tester.say("那5聲呢")
    assert "沒有打開" in tester.say("好")
    assert "沒有打開" in tester.say("12件")  # now something else stands between


def test_the_open_form_may_be_asked_for() -> None:
    tester = person()
    assert tester.say("打開的表").startswith("目前沒有打開的測試或評分表。")
    tester.say("電話測試 秘書室")
    assert "第 1/21 題" in tester.say("/open")


@pytest.mark.parametrize("name", [path.name for path in QUESTIONS])
def test_no_labelled_question_is_a_bare_answer(name: str) -> None:
    path = next(one for one in QUESTIONS if one.name == name)
    asked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    alone = [one["question"] for one in asked if not one.get("history")]
    assert [words for words in alone if bare_word(words) or bare_quantity(words)] in ([], NO_QUESTIONS)


@pytest.mark.parametrize(
    "words", ["那5聲呢", "有嗎", "5聲幾分", "沒有語音系統", "甲等", "優等", "105年", "03-5216121", "好不好"]
)
def test_more_than_a_bare_answer(words: str) -> None:
    assert not bare_word(words)
    assert not bare_quantity(words)
