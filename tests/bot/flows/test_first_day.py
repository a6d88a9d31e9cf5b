"""A tester's first day: greetings, small talk, Simplified Chinese, going about in a form, and the way from a total to
its points. What is said here was typed by somebody who read nothing but the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dialogue.conversations import build_router
from bot.people import ROLES, Person
from tests.bot.support import Clock, Talk, services, talk

OFFICE = "第二河川局"
NO_VOICE = ("否", "5聲", "有", "有", "有", "有", "不用轉接", "沒有忙線", "平淡")
REST = ("有人接", "3聲", "只報單位", "否", "先掛了電話", "平淡", "7", "甲", "解說詳盡 14分")


@pytest.fixture
def person(clock: Clock) -> Talk:
    made = services(clock=clock, tester="tester", chief="supervisor", staff="staff")
    made.store.units.ensure(OFFICE, "秘書室")
    made.store.units.ensure(OFFICE, "工務課")
    return talk(made, "tester")


def begun(person: Talk) -> Talk:
    assert "設電話語音系統" in person.say("電話測試 秘書室")
    return person


@pytest.mark.parametrize("words", ["您好", "你好！", "哈囉", "嗨", "早安", "午安"])
def test_a_greeting_is_greeted(person: Talk, words: str) -> None:
    assert "我是考評助理" in person.say(words)
    assert "電話測試" in person.labels()


@pytest.mark.parametrize("words", ["怎麼用？", "你是誰", "你會做什麼？", "怎么用"])
def test_who_asks_for_help_gets_it(person: Talk, words: str) -> None:
    assert person.say(words).startswith("我可以幫您")


def test_small_talk_is_no_question_for_the_documents(person: Talk) -> None:
    assert person.say("謝謝") == "不客氣，需要什麼隨時告訴我。"
    assert person.say("谢谢") == "不客氣，需要什麼隨時告訴我。"
    assert person.say("再見") == "再見，需要時隨時找我。"
    assert person.labels() == ["選單"]


def test_what_stands_behind_a_greeting_counts(person: Talk) -> None:
    assert "每3個月至少測試1次" in person.say("您好 水利署多久要測一次電話禮貌？")
    assert "第 1/21 題" in person.say("您好 電話測試 秘書室")


def test_a_greeting_in_the_middle_of_a_form_leads_back_to_it(person: Talk) -> None:
    begun(person).say("你好")
    assert person.labels()[-1] == "繼續填：第二河川局 秘書室"


@pytest.mark.parametrize("words", ["我要測電話", "我想要測電話", "開始電話測試", "幫我做電話測試吧"])
def test_a_test_may_be_asked_for_in_a_sentence(person: Talk, words: str) -> None:
    assert "要測哪個單位？" in person.say(words)


@pytest.mark.parametrize("role", ROLES)
def test_every_example_in_help_works_for_those_who_read_it(role: str) -> None:
    made = services(clock=Clock(), me=role)  # type: ignore[arg-type]
    made.store.units.ensure(OFFICE, "秘書室")
    router = build_router()
    for route in router.menu(Person("terminal:me", "", role)):  # type: ignore[arg-type]
        someone = talk(made, "me")
        said = someone.say(route.example or f"/{route.command}")
        assert "權限" not in said, route.command
        assert "要由" not in said, route.command
        assert "要匯出哪一種表單" not in said, route.command
        assert "👍" not in someone.labels(), route.command


def test_simplified_chinese_is_understood(person: Talk) -> None:
    assert "設電話語音系統" in person.say("电话测试 秘书室")
    assert "第 2/17 題" in person.say("没有")
    assert "第 3/17 題" in person.say("三声")
    assert "第 2/17 題" in person.say("上一题")
    assert "第 3/17 題" in person.say("下一题")
    assert "已暫停" in person.say("暂停")
    assert "第 3/17 題" in person.say("续填")
    assert "確定放棄" in person.say("取消")


def test_going_about_in_a_form(person: Talk) -> None:
    for words in ("否", "5聲", "有"):
        begun(person).say(words) if words == "否" else person.say(words)
    assert "第 1/17 題" in person.say("第1題")
    assert "第 2/17 題" in person.say("下一題")
    assert "第 3/17 題" in person.say("下一題")
    assert "第 2/17 題" in person.say("第二題")


def test_what_is_missing_is_said_when_a_form_is_sent_too_early(person: Talk) -> None:
    begun(person).say("否")
    assert "還有 16 題沒填，填完就能送出。" in person.say("送出")


def test_a_remark_may_be_written_before_the_form_is_complete(person: Talk) -> None:
    begun(person)
    assert "請輸入「優點」" in person.say("優點")
    assert "第 1/21 題" in person.say("聲音親切")
    for words in (*NO_VOICE, *REST):
        said = person.say(words)
    assert "優點：聲音親切" in said


def test_a_question_without_a_question_mark_goes_to_the_documents(person: Talk) -> None:
    begun(person)
    assert "沒看懂" not in person.say("為什麼要測電話禮貌")
    assert person.labels()[-1] == "繼續填：第二河川局 秘書室"


def test_the_first_call_may_be_timed_in_words(person: Talk) -> None:
    for words in ("否", "沒人接"):
        begun(person).say(words) if words == "否" else person.say(words)
    person.press("第一次其實更早")
    assert "第一次打的時間是" not in person.say("5 分鐘前")
    assert "距第一次無人接聽（10:00）已滿 10 分鐘" in person.say("半小時前")


def test_the_first_call_is_told_once(person: Talk) -> None:
    begun(person).say("否")
    said = person.say("沒人接")
    assert said.count("10:30") == 1
    assert "會提醒您" in said


def test_the_clause_says_everything_once_and_only_what_the_paper_says(person: Talk) -> None:
    begun(person).say("有")
    said = person.say("？")
    assert said.count("1、電話語音總機接聽情形") == 1
    assert said.count("電話禮貌測試量表") == 1
    assert "(2) 15 秒內獲得接聽服務。（3 分）" in said
    quoted, _, notes = said.partition("新竹市政府 107 年")
    assert "超過 15 秒才獲得接聽服務" not in quoted
    assert "補一個選項「超過 15 秒才獲得接聽服務」" in notes


def test_the_summary_is_what_one_comes_back_to(person: Talk) -> None:
    begun(person)
    for words in (*NO_VOICE, *REST):
        said = person.say(words)
    assert "總分" in said
    person.press("改某一題")
    assert "回到總覽" in person.labels()
    person.say("總覽")
    person.press("改時間")
    assert "回到總覽" in person.labels()


@pytest.mark.parametrize("words", ["明天 10:00", "後天 9:30", "上週五 10:00", "星期一 9:00"])
def test_another_day_is_never_taken_for_today(person: Talk, clock: Clock, words: str) -> None:
    begun(person)
    for answer in (*NO_VOICE, *REST):
        person.say(answer)
    person.press("改時間")
    said = person.say(words)
    assert "時間改為" not in said
    assert "這個時間還沒到" in said or "看不懂這個時間" in said
    assert "時間改為 113/05/17 09:05" in person.say("大前天 9:05")
    person.say("送出")
    [record] = person.assistant.services.store.records.find()
    assert record.called_at == clock.now.replace(hour=9, minute=5) - timedelta(days=3)


def test_why_points_were_lost_may_be_asked_right_after_sending(person: Talk) -> None:
    begun(person)
    for words in (*NO_VOICE, *REST, "送出"):
        person.say(words)
    said = person.say("為什麼扣 7.5 分")
    assert "總機人員接聽速度　17.5/25 分" in said
    assert "7 × 2.5 = 17.5" in said
    assert "出處：一、總機接聽：45 分" in said
    assert "為什麼扣 5 分：否\n原因：先掛了電話\n出處：二、業務單位接聽電話：55 分 › （二）電話禮貌" in person.say(
        "為什麼扣 5 分"
    )
    assert "總分" in person.say("試算")
    person.say("結束試算")
    assert "更正紀錄" in person.say("更正")


def test_no_line_of_the_summary_ends_in_the_middle(person: Talk) -> None:
    person.say("評分 礦務局 秘書室")
    person.say("上級考核")
    person.say("113 年上半年")
    for _ in range(60):
        if "✅ 送出" in person.labels():
            break
        person.say("未提供佐證" if "未提供佐證" in person.labels() else "0")
    said = person.say("總覽")
    assert "總分 0 / 1000" in said
    assert not [line for line in said.splitlines() if line.endswith("：")]
    person.say("送出")
    said = person.say("為什麼扣 25 分")
    assert "為什麼扣 25 分：不屬於任何一級\n原因：未提供佐證\n出處：附表 1 › 優質便民服務構面 (600 分)" in said
    assert "為什麼扣 130 分：考核人員直接給分，這一項沒有分級可以對照。" in person.say("為什麼扣 130 分")


def test_the_list_of_sheets_names_office_and_year_once(person: Talk) -> None:
    said = person.say("評分")
    assert "經濟部礦務局 100 年：經濟部礦務局" not in said
    assert "4. 經濟部礦務局 100 年度提升服務品質考核項目及評分表" in said
    assert "2. 新竹市政府 107 年：電話禮貌測試量表" in said


def test_commands_that_other_bots_have_do_what_they_say(person: Talk) -> None:
    begun(person).say("有")
    assert "第 1/21 題" in person.say("/back")
    assert "確定放棄" in person.say("/cancel")
    assert "已暫停" in person.say("/pause")
    assert person.say("/cancel") == "目前沒有進行中的填寫，需要什麼請直接告訴我。"


def test_every_step_of_choosing_a_unit_can_be_left(person: Talk) -> None:
    person.say("電話測試")
    person.press("其他機關")
    person.press("經濟部水利署第二河川局")
    assert person.press("取消").startswith("好，先不填。")
    person.say("電話測試 沒有這個單位")
    assert person.press("取消").startswith("好，先不填。")
    assert person.labels() == ["選單"]
    assert person.say("我的紀錄") == "還沒有紀錄。"
    assert person.labels() == ["選單"]


def test_yes_to_giving_up_is_no_answer_to_the_item(person: Talk) -> None:
    begun(person).say("沒有")
    person.say("5聲")
    assert "確定放棄" in person.say("取消")
    assert "第 3/17 題" in person.say("不要")
    person.say("取消")
    assert person.say("是") == "已放棄，沒有留下紀錄。"
    assert person.assistant.services.store.drafts.open_for("terminal:tester") == []
