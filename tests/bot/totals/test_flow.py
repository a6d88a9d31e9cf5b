"""The conversation for figures: buttons, follow-ups, records one press away, and whom the words go to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.dialogue.conversations import build_assistant
from bot.people import Role
from tests.bot.support import Talk

from .world import MINES, RIVER, World, build, mean


@pytest.fixture
def world() -> Iterator[World]:
    made = build()
    yield made
    made.services.store.close()


def talk(world: World, role: Role = "supervisor", office: str = RIVER, unit: str = "") -> Talk:
    number = world.unit(office, unit) if office else None
    world.services.store.people.add("77", role, "王主任", number)
    return Talk(build_assistant(world.services), "telegram:77", "77")


def test_from_a_figure_to_a_record_and_its_points(world: World) -> None:
    person = talk(world)
    said = person.say("工務課今年電話測試平均")
    rows = [row for row in world.rows() if row["unit"] == "工務課" and row["day"].year == 2024]
    assert f"{mean(rows):.2f}" in said
    assert f"電話禮貌測試 {len(rows)} 通" in said
    listed = person.press("看紀錄")
    assert f"{len(rows)} 筆紀錄" in listed
    one = next(choice for reply in person.last for choice in reply.buttons() if choice.id.startswith("records:open:"))
    assert person.press_id(one.id)


def test_records_behind_a_figure_come_in_pages(world: World) -> None:
    person = talk(world)
    person.say("工務課去年測了幾通")
    person.press("看紀錄")
    first = {label for label in person.labels() if label.startswith("112/")}
    person.press("更早的")
    second = {label for label in person.labels() if label.startswith("112/")}
    assert len(first) == len(second) == 8
    assert not first & second
    assert "112 年" in person.press("回到數字")


def test_buttons_change_the_same_reading(world: World) -> None:
    person = talk(world)
    person.say("二河局去年平均")
    by_unit = person.press("依單位")
    assert all(unit in by_unit for unit in ("工務課", "規劃課", "管理課", "秘書室"))
    assert "112/01" in person.press("依月份")
    assert "對照：111 年" in person.press("跟去年同期比")


def test_follow_ups_keep_the_rest(world: World) -> None:
    person = talk(world)
    person.say("工務課今年平均")
    assert "平均分數：經濟部水利署第二河川局 規劃課" in person.say("那規劃課呢")
    said = person.say("改看去年下半年")
    assert "規劃課" in said
    assert "112 年下半年" in said
    assert "對照" in person.say("跟去年同期比")


def test_what_was_asked_back_is_completed_by_words_or_a_button(world: World) -> None:
    person = talk(world)
    assert person.say("/totals 工務課今年") == "要看經濟部水利署第二河川局 工務課的哪一項？"
    assert "平均分數：經濟部水利署第二河川局 工務課" in person.say("平均")
    person.say("/totals 工務課今年")
    assert "測試通數：經濟部水利署第二河川局 工務課" in person.press("測試通數")


def test_alone_it_shows_two_years(world: World) -> None:
    said = talk(world).say("/totals")
    assert "期間：113 年" in said
    assert "對照：112 年" in said


def test_a_rule_is_not_taken_while_figures_are_on_the_screen(world: World) -> None:
    person = talk(world)
    person.say("工務課今年平均")
    said = person.say("電話禮貌測試優良是幾分以上？")
    assert "期間：" not in said


def test_words_that_begin_another_conversation_are_let_go(world: World) -> None:
    person = talk(world)
    for words in ("電話測試 秘書室", "待辦", "選單", "紀錄"):
        person.say("工務課今年平均")
        assert "期間：" not in person.say(words), words


def test_words_of_another_office_get_no_figure(world: World) -> None:
    person = talk(world, office=MINES)
    assert "不在您看得到的單位裡" in person.say("/totals 工務課今年平均")
    assert "79." not in person.say("第二河川局今年電話禮貌平均")


@pytest.mark.parametrize("role", ["staff", "tester"])
@pytest.mark.parametrize("office", ["", RIVER, MINES])
def test_others_are_told_whose_figures_are_and_what_they_can_have(world: World, role: Role, office: str) -> None:
    person = talk(world, role, office)
    for words in ("/totals 工務課今年平均", "工務課今年平均", "各單位排名", "工務課今年電話測試幾通"):
        said = person.say(words)
        assert said.startswith("單位的成績與統計數字由督導主管查看，您目前的身分是「"), words
        assert person.labels() == (["我的紀錄", "選單"] if role == "tester" else ["選單"])
    assert "90" in person.say("電話禮貌測試優良是幾分")
    assert "督導主管" not in person.say("水利署多久要測一次電話禮貌")


def test_a_tester_goes_on_to_their_own_records(world: World) -> None:
    person = talk(world, "tester")
    person.say("工務課今年平均")
    assert "紀錄" in person.press("我的紀錄")


def test_a_reason_that_sounds_like_a_question_for_figures_stays_a_reason(world: World) -> None:
    """Words that a tester writes into a form are not taken for a question that they may not ask."""
    person = talk(world, "tester")
    person.say("電話測試 第二河川局 規劃課")
    for words in ("否", "5聲", "否"):
        person.say(words)
    assert "由督導主管查看" not in person.say("今年各單位平均都差")
    assert "由督導主管查看" in person.say("今年各單位平均是多少？")
    assert any(label.startswith("繼續") for label in person.labels())


def test_a_button_whose_reading_is_forgotten(world: World) -> None:
    person = talk(world)
    assert "已經過期" in person.press_id("totals:by:unit:0000000000")


def test_the_table_is_taken_away_as_csv_and_as_a_spreadsheet(world: World) -> None:
    person = talk(world)
    person.say("二河局去年各單位平均")
    person.press("匯出")
    (reply,) = person.last
    made, sheet = reply.attachments
    assert [one.name for one in reply.attachments] == [
        "平均分數_經濟部水利署第二河川局_112年.csv",
        "平均分數_經濟部水利署第二河川局_112年.ods",
    ]
    assert sheet.data[:2] == b"PK"
    text = made.data.decode("utf-8")
    assert text.startswith("\ufeff單位,")
    assert text.count("\r\n") == 5  # the heading and four units with tests


def test_a_question_of_its_own_over_units_is_about_all_of_them(world: World) -> None:
    person = talk(world, office="")
    assert "最常扣分的題目：經濟部水利署第二河川局 工務課" in person.say("工務課最常被扣哪一題")
    assert "最常扣分的題目：經濟部水利署第二河川局 秘書室" in person.say("那秘書室呢")
    said = person.say("誰進步最多")
    assert said.startswith("進步最多：全部單位")
    assert all(unit in said for unit in ("工務課", "火藥組", "衛生局"))


def test_the_ranking_of_the_sheets_is_answered_in_words(world: World) -> None:
    said = talk(world).say("去年的評分表排名")
    assert said.startswith("考核名次：經濟部水利署第二河川局")
    assert "依據：考核表 8 份" in said


def test_below_a_picture_and_a_file_there_are_ways_on(world: World) -> None:
    person = talk(world)
    figures = person.say("二河局去年各單位平均")
    person.press("圖")
    assert person.labels() == ["看紀錄", "匯出", "回到數字"]
    person.press("匯出")
    assert person.labels() == ["看紀錄", "圖", "回到數字"]
    assert person.press("回到數字") == figures
    assert "筆紀錄" in person.press("看紀錄")


def test_which_test_it_was(world: World) -> None:
    person = talk(world)
    person.say("工務課去年最低分")
    lowest = min(row["total"] for row in world.rows() if row["unit"] == "工務課" and row["day"].year == 2023)
    person.say("是哪一通")
    assert person.labels()[0].endswith(f"工務課 {lowest:g} 分")
    assert "回到數字" in person.labels()


def test_the_reply_repeats_what_it_was_narrowed_to(world: World) -> None:
    person = talk(world)
    assert "只看：總機接聽" in person.say("工務課去年總機接聽平均")
    assert "不能只看「總機接聽」" in person.say("工務課去年總機接聽的中位數")
    assert "測試人員：林小萍" in person.say("林小萍去年測了幾通")
    assert "只算自行考核" in person.say("去年自行考核總分")


def test_means_that_cannot_be_told_apart_are_marked_and_the_mark_explained(world: World) -> None:
    said = talk(world).say("今年各單位排名")
    assert "1≈" in said
    assert "名次後面有 ≈ 的，和下一名分不出高下" in said


def test_progress_asked_in_words(world: World) -> None:
    person = talk(world)
    assert person.say("改善進度").startswith("改善追蹤進度：")
    assert person.say("應辦事項進度").startswith("應辦事項進度：")
