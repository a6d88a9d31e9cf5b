"""What supervisors follow up: duties, improvements, sheets without points, feedback; settings and the trail."""

from __future__ import annotations

from datetime import date

import pytest

from storage import Conflict, EngineFault, NotFound, Refused, Store
from tests.storage.making import Clock, new_record


@pytest.fixture
def unit(store: Store) -> int:
    return store.units.ensure("第二河川局", "工務課").id


def test_a_duty_is_ticked_off_and_taken_back_without_being_lost(store: Store, unit: int) -> None:
    other = store.units.ensure("第二河川局", "秘書室").id
    first = store.duties.tick("wra-2016", "survey", unit, date(2026, 2, 1), "77", " 問卷 30 份 ")
    second = store.duties.tick("wra-2016", "visit", other, date(2026, 1, 5), "77")
    assert (first.note, first.created_at.isoformat()) == ("問卷 30 份", "2026-03-02T12:00:00+08:00")
    assert store.duties.find("wra-2016") == [second, first]
    assert store.duties.find(unit_ids=[unit]) == store.duties.find(duty_id="survey") == [first]
    assert store.duties.find(since=date(2026, 1, 5), until=date(2026, 1, 31)) == [second]
    removed = store.duties.untick(first.id, "88", "登錯單位")
    assert (removed.removed_by, removed.removed_reason) == ("88", "登錯單位")
    assert store.duties.find(unit_ids=[unit]) == []
    assert store.duties.find(unit_ids=[unit], with_removed=True) == [removed]
    with pytest.raises(Conflict):
        store.duties.untick(first.id, "88", "再一次")
    with pytest.raises(Refused):
        store.duties.untick(second.id, "88", " ")
    with pytest.raises(NotFound):
        store.duties.tick("wra-2016", "survey", 99, date(2026, 2, 1), "77")


def test_an_improvement_goes_back_and_forth_until_it_is_closed(store: Store, unit: int, clock: Clock) -> None:
    store.records.add(new_record(unit))
    made = store.improvements.open(unit, "結束前請說再見", "88", date(2026, 4, 2), series=1, criterion="unit_closing")
    assert (made.state, made.series, made.criterion, made.due_on) == ("open", 1, "unit_closing", date(2026, 4, 2))
    clock.move(days=1)
    store.improvements.answer(made.id, "已於晨會宣導", "77")
    store.improvements.send_back(made.id, "請附紀錄", "88")
    store.improvements.answer(made.id, "紀錄如附", "77")
    closed = store.improvements.close(made.id, "很好", "88")
    assert [(entry.person, entry.state, entry.text) for entry in closed.entries] == [
        ("88", "open", "結束前請說再見"),
        ("77", "answered", "已於晨會宣導"),
        ("88", "returned", "請附紀錄"),
        ("77", "answered", "紀錄如附"),
        ("88", "closed", "很好"),
    ]
    assert closed.entries[1].at.isoformat() == "2026-03-03T12:00:00+08:00"
    with pytest.raises(Conflict, match="結案"):
        store.improvements.answer(made.id, "再補充", "77")
    with pytest.raises(EngineFault, match="never"):
        store.engine.run("UPDATE improvement_entries SET text = 'x'")


def test_improvements_that_are_overdue(store: Store, unit: int) -> None:
    other = store.units.ensure("第二河川局", "秘書室").id
    first = store.improvements.open(unit, "一", "88", date(2026, 3, 1))
    second = store.improvements.open(other, "二", "88", date(2026, 2, 1))
    store.improvements.open(unit, "三", "88")
    answered = store.improvements.open(unit, "四", "88", date(2026, 1, 1))
    store.improvements.answer(answered.id, "好了", "77")
    today = date(2026, 3, 2)
    assert [one.text for one in store.improvements.overdue(today)] == ["二", "一"]
    assert [one.text for one in store.improvements.overdue(today, [unit])] == ["一"]
    assert [one.text for one in store.improvements.overdue(date(2026, 3, 1))] == ["二"]
    assert [one.text for one in store.improvements.find()] == ["四", "二", "一", "三"]
    assert [one.text for one in store.improvements.find([unit], ["open"])] == ["一", "三"]
    store.improvements.set_due(second.id, date(2026, 5, 1), "88")
    assert [one.id for one in store.improvements.overdue(today)] == [first.id]
    with pytest.raises(Conflict, match="沒有回覆"):
        store.improvements.send_back(first.id, "不行", "88")
    with pytest.raises(Refused):
        store.improvements.answer(first.id, "  ", "77")
    assert store.improvements.get(first.id).state == "open"
    with pytest.raises(NotFound):
        store.improvements.open(unit, "五", "88", series=99)


def test_progress_keeps_its_history_and_the_latest_stands(store: Store, unit: int) -> None:
    book, sheet = store.progress, "hsinchu-2018-overall"
    office = store.units.ensure("第二河川局").id
    book.record(unit, sheet, "a", "not_started", "77", period="2026", due_on=date(2026, 3, 1))
    book.record(unit, sheet, "b", "in_progress", "77", period="2026", due_on=date(2026, 2, 1))
    late = book.record(unit, sheet, "a", "in_progress", "88", period="2026", due_on=date(2026, 3, 1), evidence="照片")
    book.record(office, sheet, "a", "done", "88", period="2026", owner_unit_id=unit, due_on=date(2026, 1, 1))
    assert [(one.criterion, one.state) for one in book.current([unit], sheet, "2026")] == [
        ("a", "in_progress"),
        ("b", "in_progress"),
    ]
    assert book.current([unit], sheet)[0] == late
    assert [one.state for one in book.history(unit, sheet, "a", "2026")] == ["not_started", "in_progress"]
    assert [one.criterion for one in book.overdue(date(2026, 3, 2))] == ["b", "a"]
    assert book.current([office])[0].owner_unit_id == unit
    assert book.current(period="2025") == []
    with pytest.raises(NotFound):
        book.record(99, sheet, "a", "done", "77")
    with pytest.raises(EngineFault, match="never"):
        store.engine.run("DELETE FROM progress")


def test_a_person_has_one_vote_on_an_answer(store: Store) -> None:
    store.feedback.vote("77", "c", "優等幾分", "002-7", 1)
    store.feedback.vote("77", "c", "優等幾分", "002-7", -1, "年度不對")
    store.feedback.vote("88", "c", "優等幾分", "002-7", 1)
    assert store.engine.tuples("SELECT person, vote, note FROM feedback ORDER BY person") == [
        ("77", -1, "年度不對"),
        ("88", 1, ""),
    ]


def test_a_question_without_answer_counts_up_and_is_answered_once(store: Store) -> None:
    store.feedback.log_unanswered("停車費多少", "77", "c")
    asked = store.feedback.log_unanswered(" 停車費多少 ", "88", "d")
    store.feedback.log_unanswered("幾點下班", "77", "c")
    assert (asked.times, asked.person) == (2, "88")
    assert [one.question for one in store.feedback.unanswered()] == ["停車費多少", "幾點下班"]
    done = store.feedback.answer(asked.id, "洽總務科", "1")
    assert (done.answer, done.answered_by) == ("洽總務科", "1")
    assert [one.question for one in store.feedback.unanswered()] == ["幾點下班"]
    assert len(store.feedback.unanswered(with_answered=True)) == 2
    with pytest.raises(Conflict):
        store.feedback.answer(asked.id, "另一個答案", "2")
    with pytest.raises(NotFound):
        store.feedback.answer(99, "答", "2")


def test_settings_by_owner(store: Store) -> None:
    store.settings.set("label", "示範資料")
    store.settings.set("home", {"office": 3}, owner="77")
    store.settings.set("home", 4, owner="77")
    assert store.settings.get("label") == "示範資料"
    assert store.settings.get("home", owner="77") == 4
    assert store.settings.get("home") is None
    assert store.settings.get("home", default="x") == "x"
    assert store.settings.all("77") == {"home": 4}
    assert store.settings.clear("label")
    assert not store.settings.clear("label")


def test_the_trail_is_read_newest_first(store: Store, clock: Clock) -> None:
    store.audit.write("77", "a", "x:1", why="一")
    clock.move(hours=1)
    store.audit.write("88", "b", "x:1")
    assert [(entry.person, entry.action) for entry in store.audit.find()] == [("88", "b"), ("77", "a")]
    assert [entry.detail for entry in store.audit.find(person="77", subject="x:1", action="a")] == [{"why": "一"}]
    assert [entry.action for entry in store.audit.find(limit=1)] == ["b"]
