"""A supervisor's day: what follows a figure that rests on nothing, ranks that cannot be told apart, follow-ups by their
number, rewards without proposals, and a report that shows no other year's progress."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bot import demo
from bot.app import Services, build_services
from bot.people import Person
from bot.reporting import report
from bot.settings import Settings
from bot.totals.answer import tree_for
from bot.totals.counting import Computed
from bot.totals.model import Reading
from bot.totals.periods import year_of
from bot.totals.tell import notes
from tests.bot.support import Clock, Talk, services, talk

OFFICE = "經濟部水利署第二河川局"
BOSS = Person("terminal:boss", "", "supervisor")


@pytest.fixture
def made() -> Services:
    found = services(clock=Clock(), boss="supervisor", tester="tester")
    for unit in ("秘書室", "工務課"):
        found.store.units.ensure(OFFICE, unit)
    return found


@pytest.fixture
def boss(made: Services) -> Talk:
    return talk(made, "boss")


def test_a_figure_of_nothing_leads_on(boss: Talk) -> None:
    said = boss.say("秘書室今年電話禮貌平均")
    assert "這段期間沒有紀錄。" in said
    assert boss.labels() == ["看前一年", "選單"]
    assert "期間：112 年（112/01/01–112/12/31）" in boss.press("看前一年")


def test_a_forms_keyword_before_a_measure_asks_for_figures(boss: Talk) -> None:
    assert boss.say("電話測試 秘書室 平均").startswith("平均分數：")
    assert boss.say("電話測試 今年平均").startswith("平均分數：")
    assert "第 1/21 題" in boss.say("電話測試 秘書室")


def ranked(pairs: int) -> Computed:
    names = [f"單位{number}" for number in range(pairs + 1)]
    rows = [{"label": name, "rank": place, "like_next": True, "value": None} for place, name in enumerate(names, 1)]
    return Computed(rows, 99, alike=list(pairwise(names)))


def test_few_means_that_cannot_be_told_apart_are_named() -> None:
    reading = Reading("rank", (1,), year_of(2024), "unit")
    assert "分不出高下：單位0 ≈ 單位1；單位1 ≈ 單位2（兩者平均的差距，95% 區間包含 0）" in notes(reading, ranked(2))


def test_many_are_marked_and_the_first_is_not_said_to_equal_the_last() -> None:
    reading = Reading("rank", (1,), year_of(2024), "unit")
    [line] = [one for one in notes(reading, ranked(7)) if "≈" in one]
    assert line == "名次後面有 ≈ 的，和下一名分不出高下（兩者平均的差距，95% 區間包含 0）。"


def test_follow_ups_are_opened_by_their_number(made: Services, boss: Talk) -> None:
    [unit] = [one for one in made.store.units.all() if one.name == "秘書室"]
    item = made.store.improvements.open(unit.id, "請報姓名\n並先問候", "terminal:tester", date(2024, 6, 20))
    said = boss.say("改善")
    assert f"{item.id}. {OFFICE} 秘書室：請報姓名 並先問候（待回覆，期限 113/06/20）" in said
    assert boss.labels() == [f"{item.id}. 請報姓名 並先問候", "選單"]
    assert boss.say(str(item.id)).count("請報姓名") == 1
    assert "結案" in boss.labels()
    boss.press("結案")
    boss.say("已改善")
    boss.say("改善")
    assert boss.labels() == ["看已結案"]


def test_no_follow_up_offers_no_empty_list(boss: Talk) -> None:
    assert boss.say("改善") == "改善追蹤\n您的範圍裡沒有這類改善事項。"
    assert boss.labels() == ["選單"]


def test_every_rule_of_the_rewards_says_what_comes_of_it(made: Services, boss: Talk) -> None:
    made.store.units.ensure("經濟部礦務局", "秘書室")
    boss.say("敘獎試算")
    said = boss.press("礦務局 100 年")
    assert "還沒有登記參獎的單位，按「登記參獎階段」就能試算。" in said


def test_a_record_to_export_may_be_named_with_its_sign(boss: Talk) -> None:
    boss.say("匯出 附表1")
    assert "👍" not in boss.labels()
    boss.press("其他表單")


@pytest.fixture
def shown(tmp_path: Path) -> Services:
    settings = Settings(tmp_path / "kaoping.db")
    demo.fill(settings)
    return build_services(Settings(settings.demo_database, demo=True))


def test_a_report_shows_no_other_years_progress(shown: Services, tmp_path: Path) -> None:
    report(shown, "114", tmp_path / "report", BOSS)
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "電話禮貌測試" in page
    assert "應辦事項進度" not in page
    shown.store.close()


def test_the_demonstration_has_follow_ups_and_no_name_twice(shown: Services) -> None:
    someone = talk(shown, "boss")
    object.__setattr__(shown, "local_roles", {"terminal:boss": "supervisor"})
    assert "待回覆" in someone.say("改善")
    names = [place.name for place in tree_for(shown, BOSS).places.values()]
    assert len(names) == len(set(names))
    shown.store.close()


def test_a_quarter_without_records_leads_to_the_whole_year(boss: Talk) -> None:
    assert "這段期間沒有紀錄。" in boss.say("秘書室上一季電話禮貌平均")
    assert boss.labels() == ["看全年", "看前一年", "選單"]
    assert "期間：113 年（113/01/01–113/12/31）" in boss.press("看全年")


def test_a_button_on_the_screen_comes_before_a_command_of_the_same_name(shown: Services) -> None:
    object.__setattr__(shown, "local_roles", {"terminal:boss": "supervisor"})
    someone = talk(shown, "boss")
    someone.say("秘書室去年電話禮貌平均")
    assert "筆紀錄，點一筆看每一題的給分" in someone.say("看紀錄")
    assert not [label for label in someone.labels() if ".0 分" in label]
    someone.say("秘書室去年電話禮貌平均")
    assert "要匯出哪一種表單" not in someone.say("匯出")
    names = [one.name for reply in someone.last for one in reply.attachments]
    year = shown.clock().year - 1912
    assert names[0] == f"示範資料_平均分數_經濟部水利署第二河川局秘書室_{year}年.csv"
    shown.store.close()


def test_who_is_refused_learns_the_number_the_administrator_asks_for(made: Services) -> None:
    stranger = Talk(talk(made).assistant, "telegram:77", "77", "小陳")
    assert stranger.say("待辦").endswith("需要時請把您的編號 77 告訴管理者。")
    assert "您目前的身分：同仁　您的編號：77" in stranger.say("說明")


def test_an_office_known_by_its_short_name_is_not_made_twice(made: Services) -> None:
    short = services(clock=Clock(), boss="admin")
    short.store.units.ensure("第二河川局", "秘書室")
    someone = talk(short, "boss")
    someone.say("單位")
    assert "已帶入「第二河川局」的 8 個單位。" in someone.press("從計畫帶入：經濟部水利署第二河川局")
    assert [one.name for one in short.store.units.offices()] == ["第二河川局"]
    assert "從計畫帶入：經濟部水利署第二河川局" not in someone.labels()
    someone.say("電話測試 工務課")
    assert [one.name for one in short.store.units.offices()] == ["第二河川局"]


def test_who_is_in_charge_may_be_a_unit_that_is_not_on_the_list_yet(made: Services) -> None:
    tester = talk(made, "tester")
    tester.say("評分 整體服務類")
    tester.say("新竹市政府")
    assert "(一) 服務一致及正確" in tester.press("— 服務一致及正確")
    tester.press("承辦單位")
    assert "名單上沒有「行政處」。" in tester.say("行政處")
    assert "承辦單位：新竹市政府 行政處" in tester.press("新增「行政處」")
    tester.press("承辦單位")
    assert "辦理狀態" in tester.say("回到清單")


@pytest.mark.parametrize("known", [False, True])
def test_a_unit_is_looked_for_in_the_sheets_own_office(made: Services, known: bool) -> None:
    if known:
        made.store.units.ensure("經濟部礦務局", "秘書室")
    tester = talk(made, "tester")
    assert tester.say("評分 礦務局 秘書室").startswith("經濟部礦務局 秘書室 · ")
    tester.say("取消")
    tester.press("放棄這一份")
    assert tester.say("評分 礦務局 第二河川局秘書室").startswith(f"{OFFICE} 秘書室 · ")
    tester.say("暫停")
    assert tester.say("評分 水利署 工務課").startswith(f"{OFFICE} 工務課 · ")


@pytest.mark.parametrize("words", ["逾期的有哪些", "還有什麼沒辦？", "有哪些逾期", "應辦事項還沒做的有哪些"])
def test_what_is_overdue_may_be_asked(boss: Talk, words: str) -> None:
    assert "計畫" in boss.say(words)
    assert any("102 年" in label for label in boss.labels())


def test_numbers_of_tests_have_no_decimals(shown: Services) -> None:
    object.__setattr__(shown, "local_roles", {"terminal:boss": "supervisor"})
    someone = talk(shown, "boss")
    someone.say("今年測了幾通")
    said = someone.say("跟去年比")
    assert "變化：" in said
    assert not re.search(r"\d\.00", said)
    assert "四分位距" in someone.say("今年電話禮貌標準差")
    shown.store.close()


def test_the_record_behind_the_lowest_figure_in_one_sentence(shown: Services) -> None:
    object.__setattr__(shown, "local_roles", {"terminal:boss": "supervisor"})
    someone = talk(shown, "boss")
    someone.say("工務課去年電話禮貌平均")
    lowest = min(
        record.total
        for record in shown.store.records.find()
        if shown.store.units.full_name(record.unit_id).endswith("工務課")
        and record.called_at.year == shown.clock().year - 1
    )
    assert "點一筆看每一題的給分" in someone.say("最低分是哪一通")
    assert someone.labels()[0].endswith(f"工務課 {lowest:g} 分")
    shown.store.close()
