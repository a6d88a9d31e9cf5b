"""The guided telephone test, typed: steps, branches, moving about, drafts, stale buttons, restarts, waits, receipt."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.dialogue.conversations import build_assistant
from storage import Record
from tests.bot.flows.phone import EXAMPLE, EXAMPLE_END, OFFICE, begin
from tests.bot.support import Clock, Talk, services, talk


@pytest.fixture
def person(clock: Clock) -> Talk:
    made = services(clock=clock, tester="tester")
    for unit in ("秘書室", "工務課"):
        made.store.units.ensure(OFFICE, unit)
    return talk(made, "tester")


def records(person: Talk) -> list[Record]:
    return person.assistant.services.store.records.find()


def test_the_worked_example_typed(person: Talk) -> None:
    said = begin(person)
    assert "第 1/21 題 · 目前 0 分" in said
    said = person.fill(*EXAMPLE)
    assert "目前 60.5 分" in said
    said = person.fill(*EXAMPLE_END)
    assert "總分 76.5 / 100" in said
    assert "扣分（6 項）" in said
    assert "−7.5　總機人員接聽速度：5 聲" in said
    assert "代接電話" not in said
    assert "113/05/20 10:30" in said
    said = person.press("✅ 送出")
    assert "紀錄編號 1" in said
    record = records(person)[0]
    assert record.total == Decimal("76.5")
    assert record.points["operator_answer"] == Decimal("17.5")
    assert record.points["operator_transfer_courtesy"] == 2
    assert record.form["operator_answer"] == {"rings": 5}
    assert "operator_transfer_courtesy" not in record.form
    assert record.remarks["reasons"] == {"unit_closing": "照選項所述"}
    rubric = person.assistant.services.rubrics.get("hsinchu-2018-phone")
    assert (record.rubric_hash, record.structure_hash) == (rubric.content_hash, rubric.structure_hash)
    assert (record.tester_id, record.tester_name) == ("terminal:tester", "tester")
    assert person.labels() == ["再測一通", "看紀錄"]


def test_the_number_called_is_kept_for_the_next_time(person: Talk) -> None:
    begin(person)
    person.fill(*EXAMPLE, *EXAMPLE_END)
    person.press("填電話")
    assert "電話號碼請用數字" in person.say("不知道")
    assert "記下 03-4711234" in person.say("０３-4711234")
    assert "改電話" in person.labels()
    person.press("✅ 送出")
    assert records(person)[0].phone == "03-4711234"
    assert "秘書室 · 電話禮貌測試量表 · 03-4711234\n第 1/21 題" in begin(person)


def test_one_of_several_numbers_is_chosen_first(person: Talk) -> None:
    units = person.assistant.services.store.units
    units.set_phones(units.ensure(OFFICE, "秘書室").id, ["03-4711234", "03-4715678"], by="tester")
    assert "打哪一支電話" in begin(person)
    assert "03-4715678\n第 1/21 題" in person.press("03-4715678")


def test_the_number_can_be_told_at_any_item(person: Talk) -> None:
    begin(person)
    person.fill("否")
    said = person.say("電話 03-4711234 轉 12")
    assert "記下 03-4711234 轉 12" in said
    assert "第 2/17 題" in said
    assert "打哪一支電話" in person.say("改電話")
    assert "第 2/17 題" in person.press("03-4711234 轉 12")


def test_choosing_the_unit_can_be_explained_and_left(person: Talk) -> None:
    person.say("電話測試")
    assert "直接輸入名稱" in person.say("？")
    assert {"秘書室", "取消"} <= set(person.labels())
    assert "先不填" in person.press("取消")
    assert "目前沒有進行中的填寫" in person.say("暫停")
    for word in ("暫停", "取消"):
        person.say("電話測試")
        assert "先不填" in person.say(word)


def test_words_that_fit_two_options_are_asked_about(person: Talk) -> None:
    begin(person)
    said = person.fill(*EXAMPLE[:6], "沒有")
    assert "您說的是哪一個" in said
    assert person.labels()[:2] == ["2. 沒告知就轉", "3. 沒告知又斷線或沒人接"]
    person.press("回到目前這一題")
    person.fill(*EXAMPLE[6:], *EXAMPLE_END[:2])
    assert "您說的是哪一個" in person.say("態度很差")
    assert "給幾分？（3-4）" in person.press("3. 急躁、不耐煩")


def test_closed_branches_never_score_and_come_back(person: Talk) -> None:
    begin(person)
    person.fill(*EXAMPLE, *EXAMPLE_END)
    said = person.fill("跳到 10", "無人接聽（電話鈴響 9 聲以上或 20 秒以上）", "照選項所述")
    assert "無人接聽" in person.say("跳到 10")
    said = person.say("3")
    assert "總分 36.5 / 100" in said
    said = person.fill("跳到 10", "1")
    assert "總分 76.5 / 100" in said
    person.fill("跳到 10", "3", "照選項所述")
    person.press("✅ 送出")
    form = records(person)[0].form
    assert form["unit_reached"] == "unattended"
    assert not {"unit_answer", "unit_greeting", "reply_by", "reply_responsible"} & set(form)


def test_back_jump_clause_and_summary(person: Talk) -> None:
    begin(person)
    person.fill("否", "五聲", "有")
    said = person.say("上一題")
    assert "第 3/17 題" in said
    said = person.say("？")
    assert "1、接話時, 首先清晰報明單位。" in said
    assert "新竹市政府 107 年「電話禮貌測試量表」" in said
    said = person.press("回到目前這一題")
    assert "第 3/17 題" in said
    said = person.press("跳到")
    assert "3-8　一、總機接聽：45 分 › (三) 總機人員電話禮貌" in said
    assert "設電話語音系統" not in said  # each item stands once: on its button
    assert person.labels()[:4] == [
        "✓ 1. 設電話語音系統",
        "✓ 2. 總機人員接聽速度・17.5 分",
        "✓ 3. 接話時, 首先清晰報明…・3 分",
        "— 4. 說「您好」、「早安」等問候語",
    ]
    assert "沒有第 99 題" in person.say("跳到 99")
    said = person.fill("跳到 2", "四聲")
    assert "第 4/17 題 · 目前 23 分" in said
    assert "還有 14 題沒填" in person.say("總覽")
    assert "第 4/17 題" in person.press("接著填")


def test_an_option_with_a_range_after_one_without(person: Talk) -> None:
    begin(person)
    person.fill(*EXAMPLE, "沒有", "照選項所述", "語調粗暴", "照選項所述")
    said = person.fill("跳到 14", "1")
    assert "給幾分？（8-10）" in said
    assert "第 15/16 題 · 目前 69.5 分" in person.press("9")


def test_bad_words_lose_nothing(person: Talk) -> None:
    begin(person)
    said = person.say("嗯嗯")
    assert "沒看懂「嗯嗯」" in said
    assert "第 1/21 題" in said
    person.fill("否")
    assert "至少要 1 聲" in person.say("0 聲")
    said = person.say("3")
    assert "「3」是 3 聲 還是 3 秒？" in said
    assert "目前 22.5 分" in person.press("3 聲")


def test_a_question_goes_to_the_question_box_and_the_form_waits(person: Talk) -> None:
    begin(person)
    said = person.say("水利署多久要測一次電話禮貌？")
    assert "每3個月至少測試1次" in said
    assert person.labels()[-1] == f"繼續填：{OFFICE} 秘書室"
    assert "第 1/21 題" in person.press(person.labels()[-1])
    assert "第 2/17 題" in person.say("否")


def test_another_conversation_can_be_named_at_any_time(person: Talk) -> None:
    begin(person)
    assert "我是考評助理" in person.say("選單")
    assert "第 2/17 題" in person.say("否")


def test_pause_and_resume(person: Talk) -> None:
    begin(person)
    person.fill("否", "五聲")
    assert "已暫停" in person.say("暫停")
    assert "第 3/17 題" in person.say("續填")
    person.say("暫停")
    assert "第 3/17 題" in person.press(f"繼續填：{OFFICE} 秘書室")


def test_cancel_asks_first(person: Talk) -> None:
    begin(person)
    person.fill("否", "五聲")
    assert "確定放棄" in person.say("取消")
    assert "第 3/17 題" in person.press("不放棄，繼續填")
    person.press("取消")
    assert "已放棄" in person.press("放棄這一份")
    assert "沒有填到一半的表" in person.say("續填")
    assert records(person) == []


def test_two_drafts_are_told_apart(person: Talk, clock: Clock) -> None:
    begin(person)
    person.fill("否", "五聲")
    clock.forward(hours=1)
    begin(person, "工務課")
    person.fill("是")
    person.say("暫停")
    said = person.say("續填")
    assert "有 2 份" in said
    assert person.labels() == [
        "工務課・電話禮貌測試量表・1/21 題・05/20 11:30",
        "秘書室・電話禮貌測試量表・2/17 題・05/20 10:30",
    ]
    assert "秘書室" in person.press(person.labels()[1])
    assert "第 3/17 題" in person.say("繼續")
    assert "工務課" in person.say("/resume 工務課")


def test_a_unit_with_an_open_draft_offers_it(person: Talk) -> None:
    begin(person)
    person.fill("否")
    assert "還有 1 份沒填完" in person.say("/phone 秘書室")
    assert "第 1/21 題" in person.press("另開一份")
    assert len(person.assistant.services.store.drafts.open_for("terminal:tester")) == 2


def test_stale_and_doubled_presses(person: Talk) -> None:
    begin(person)
    person.fill("否")
    rings = next(c.id for reply in person.last for c in reply.buttons() if c.label == "5 聲")
    assert "第 3/17 題" in person.press_id(rings)
    said = person.press_id(rings)
    assert "前面的步驟，沒有改動" in said
    assert "第 3/17 題 · 目前 17.5 分" in said
    for button in (
        "score:opt:nothing:1:1",
        "score:num",
        "score:opt::",
        "score:xyz:1:2",
        "score:unit:zz:1",
        "score:fw:a",
    ):
        assert "出了問題" not in person.press_id(button)
    person.fill(*EXAMPLE[2:], *EXAMPLE_END)
    send = next(c.id for reply in person.last for c in reply.buttons() if c.label == "✅ 送出")
    person.press_id(send)
    assert "沒有重複記錄" in person.press_id(send)
    assert "已經不在了" in person.press_id("score:send:gone")
    assert len(records(person)) == 1


def test_somebody_elses_draft_is_never_touched(clock: Clock) -> None:
    made = services(clock=clock, tester="tester", other="tester")
    made.store.units.ensure(OFFICE, "秘書室")
    mine, other = talk(made, "tester"), talk(made, "other")
    begin(mine)
    yes = next(c.id for reply in mine.last for c in reply.buttons() if c.label == "1. 有")
    assert "別人的表" in other.press_id(yes)
    assert "第 2/17 題" in mine.say("否")


def test_a_restart_in_mid_form_loses_nothing(tmp_path: Path, clock: Clock) -> None:
    made = services(tmp_path / "a.db", clock, tester="tester")
    made.store.units.ensure(OFFICE, "秘書室")
    person = talk(made, "tester")
    begin(person)
    person.fill("否", "五聲", "有")
    made.store.close()
    clock.forward(days=7)
    again = talk(services(tmp_path / "a.db", clock, tester="tester"), "tester")
    assert "第 5/17 題 · 目前 23.5 分" in again.say("有")
    assert "第 5/17 題" in again.say("續填")
    again.assistant.services.store.close()


def test_the_date_can_be_changed(person: Talk) -> None:
    begin(person)
    person.fill(*EXAMPLE, *EXAMPLE_END)
    assert "113/05/19 09:05" in person.say("改時間 5/19 9:05")
    assert "這個時間還沒到" in person.say("改時間 5/21 9:05")
    assert "看不懂這個時間" in person.say("改時間 13/45")
    person.press("改時間")
    assert "113/05/18 14:30" in person.say("5/18 下午2點半")
    person.press("✅ 送出")
    assert records(person)[0].called_at.isoformat() == "2024-05-18T14:30:00+08:00"


def test_remarks(person: Talk) -> None:
    begin(person)
    person.fill(*EXAMPLE, *EXAMPLE_END, "優點：語氣親切", "建議改進事項")
    assert "建議改進事項：結束時說再見" in person.say("結束時說再見")
    person.press("✅ 送出")
    remarks = records(person)[0].remarks
    assert (remarks["strengths"], remarks["improvements"]) == ("語氣親切", "結束時說再見")


def test_every_zero_needs_its_reason(person: Talk) -> None:
    begin(person)
    said = person.fill("否", "十五聲")
    assert "這一題 0 分，請簡單說明原因" in said
    assert person.labels()[0] == "照實測結果"
    assert "第 3/17 題" in person.say("響了很久才接")
    assert "這一題 0 分" in person.say("沒有")
    person.press("上一題")
    said = person.say("有")
    assert "第 4/17 題" in said
    person.fill(*EXAMPLE[3:], *EXAMPLE_END, "送出")
    assert records(person)[0].remarks["reasons"] == {"operator_answer": "響了很久才接", "unit_closing": "照選項所述"}


@pytest.mark.parametrize("reason", ["紀錄 不完整", "單位 沒有報", "評分 時聽不清楚"])
def test_a_reason_may_begin_with_the_name_of_another_conversation(person: Talk, reason: str) -> None:
    begin(person)
    person.fill("否", "十五聲")
    assert "第 3/17 題" in person.say(reason)
    [draft] = person.assistant.services.store.drafts.open_for(person.sender)
    assert draft.state["reasons"] == {"operator_answer": reason}


@pytest.mark.parametrize(("words", "said"), [("紀錄", "還沒有紀錄"), ("電話測試 工務課", "第二河川局 工務課")])
def test_another_conversation_is_reached_from_a_reason(person: Talk, words: str, said: str) -> None:
    begin(person)
    person.fill("否", "十五聲")
    assert said in person.say(words)


def test_the_stopwatch_survives_a_restart(person: Talk, clock: Clock) -> None:
    begin(person)
    person.say("否")
    person.press("⏱ 開始響鈴")
    clock.forward(seconds=13)
    person = Talk(build_assistant(person.assistant.services), person.chat, person.sender, person.name, person.last)
    assert "響了 13 秒" in person.press("☎ 接通了")
    clock.forward(seconds=30)
    said = person.press("就是 13 秒")
    assert "目前 17.5 分" in said
    person.fill(*EXAMPLE[2:], *EXAMPLE_END, "送出")
    record = records(person)[0]
    assert record.form["operator_answer"] == {"seconds": 13}
    assert record.called_at.isoformat() == "2024-05-20T10:30:00+08:00"


def test_nobody_answers_twice(person: Talk, clock: Clock) -> None:
    begin(person)
    said = person.fill("否", "沒人接")
    assert "第一次打的時間是 10:30，請隔 10 分鐘再打一次，還有 10 分鐘（10:40）" in said
    store = person.assistant.services.store
    assert [one.due_at.isoformat() for one in store.schedule.waiting()] == ["2024-05-20T10:40:00+08:00"]
    clock.forward(minutes=4)
    assert "還有 6 分鐘" in person.say("續填")
    assert "接通了" not in person.labels()
    clock.forward(minutes=6)
    assert "已滿 10 分鐘" in person.say("續填")
    assert "這一題 0 分" in person.press("仍無人接聽")
    assert store.schedule.waiting() == []
    person.fill("照選項所述", *EXAMPLE[9:], *EXAMPLE_END, "送出")
    record = records(person)[0]
    assert record.form["operator_answer"] == "no_answer_twice"
    assert record.total == 40
    assert record.link_kind == "no_answer_first"
    first = store.records.get(record.linked_to or 0)
    assert not first.counted
    assert first.called_at.isoformat() == "2024-05-20T10:30:00+08:00"
    assert record.sequence == 2


def test_the_second_call_is_answered(person: Talk, clock: Clock) -> None:
    begin(person)
    person.fill("否", "沒人接")
    clock.forward(minutes=11)
    person.say("續填")
    assert "總機人員響幾聲" in person.press("接通了")
    person.fill(*EXAMPLE[1:], *EXAMPLE_END, "送出")
    record = records(person)[0]
    assert record.total == Decimal("76.5")
    assert record.linked_to is not None
    assert "第一次無人接聽：113/05/20 10:30" in person.press("看紀錄")


def test_the_first_call_was_made_earlier(person: Talk, clock: Clock) -> None:
    begin(person)
    person.fill("否", "沒人接")
    person.press("第一次其實更早")
    assert "已滿 10 分鐘" in person.press("20 分鐘前")
    person.press("仍無人接聽")
    person.fill("照選項所述", *EXAMPLE[9:], *EXAMPLE_END, "送出")
    store = person.assistant.services.store
    first = store.records.get(records(person)[0].linked_to or 0)
    assert first.called_at == clock.now - timedelta(minutes=20)


def test_a_tester_never_tests_the_own_unit(clock: Clock) -> None:
    made = services(clock=clock)
    own = made.store.units.ensure(OFFICE, "秘書室")
    made.store.units.ensure(OFFICE, "工務課")
    made.store.people.add("77", "tester", "王小明", own.id)
    person = Talk(build_assistant(made), "telegram:77", "77", "王小明")
    assert "是您自己的單位" in person.say("電話測試 秘書室")
    person.say("電話測試")
    assert "秘書室" not in person.labels()
    assert "第 1/21 題" in person.press("工務課")


def test_units_that_are_not_there_yet(clock: Clock) -> None:
    made = services(clock=clock, tester="tester")
    person = talk(made, "tester")
    person.say("電話測試")
    assert "經濟部水利署第二河川局" in person.labels()
    person.say("市民服務中心")
    person.press("新增「市民服務中心」")
    assert "屬於哪個機關" in person.last[0].text
    assert "新竹市政府 市民服務中心" in person.press("新竹市政府")
    assert [unit.name for unit in made.store.units.all()] == ["新竹市政府", "市民服務中心"]


@pytest.mark.parametrize("words", ["電話測試秘書室", "測試秘書室", "我要測秘書室的電話", "測秘書室電話"])
def test_a_test_asked_for_in_a_sentence(person: Talk, words: str) -> None:
    assert "第 1/21 題" in person.say(words)


@pytest.mark.parametrize("words", ["電話測試多久一次", "測試結果", "電話禮貌測試量表"])
def test_a_question_about_tests_begins_none(person: Talk, words: str) -> None:
    assert "第 1/21 題" not in person.say(words)


def test_staff_may_not_test(clock: Clock) -> None:
    person = talk(services(clock=clock, someone="staff"), "someone")
    assert "權限" in person.say("電話測試")
    assert "權限" in person.press_id("score:sheet:hsinchu-2018-phone")
