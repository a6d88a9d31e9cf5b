"""What is done, due, overdue and still to come: hand-written scenarios with the days counted on a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from rubrics import RubricError
from rubrics.duties import Done, DutyStatus, Event, Record, counted, months_later, roc, status
from rubrics.plan_model import Plan
from rubrics.plans import load_plans

PLANS = load_plans()
MINES, COMMERCE, WRA = PLANS.get("mines-2011"), PLANS.get("commerce-2017"), PLANS.get("wra-2016")
HSINCHU, WRA2 = PLANS.get("hsinchu-2018"), PLANS.get("wra2-2013")


def one(
    plan: Plan, duty: str, today: date, done: list[Done] | None = None, events: list[Event] | None = None
) -> DutyStatus:
    """The duty's status for 秘書室 (or for the office)."""
    found = [s for s in status(plan, ["秘書室"], done or [], today, events or []) if s.duty.id == duty]
    assert len(found) == 1
    return found[0]


def did(duty: str, *days: date, unit: str = "秘書室") -> list[Done]:
    return [Done(duty, unit, day) for day in days]


def states(found: DutyStatus) -> list[str]:
    return [p.state for p in found.periods]


def test_every_four_months_is_three_parts_of_the_year() -> None:
    found = one(MINES, "phone-test", date(2011, 5, 20), did("phone-test", date(2011, 4, 30)))
    spans = [(p.start, p.due) for p in found.periods]
    assert spans == [
        (date(2011, 1, 1), date(2011, 4, 30)),
        (date(2011, 5, 1), date(2011, 8, 31)),
        (date(2011, 9, 1), date(2011, 12, 31)),
    ]
    assert states(found) == ["done", "due", "upcoming"]
    assert (found.state, found.due, found.done, found.needed) == ("due", date(2011, 8, 31), 1, 3)
    assert found.reason == "100/05/01–100/08/31 還差 1 次。"


def test_a_test_on_the_first_of_may_belongs_to_the_second_part() -> None:
    found = one(MINES, "phone-test", date(2011, 5, 20), did("phone-test", date(2011, 5, 1)))
    assert states(found) == ["overdue", "done", "upcoming"]
    assert (found.state, found.due) == ("overdue", date(2011, 4, 30))
    assert found.reason == "100/01/01–100/04/30 逾期，應辦 1 次，已辦 0 次。"


def test_two_tests_in_one_part_do_not_cover_another() -> None:
    days = (date(2011, 1, 5), date(2011, 2, 5))
    found = one(MINES, "phone-test", date(2011, 12, 31), did("phone-test", *days))
    assert states(found) == ["done", "overdue", "due"]
    assert [p.done for p in found.periods] == [2, 0, 0]


def test_every_three_months_and_the_last_day_still_counts() -> None:
    days = (date(2016, 3, 31), date(2016, 6, 30), date(2016, 9, 30), date(2016, 12, 31))
    found = one(WRA, "phone-test", date(2016, 12, 31), did("phone-test", *days))
    assert (found.state, states(found)) == ("done", ["done"] * 4)
    assert found.reason == "已完成（4 次）。"


def test_all_parts_so_far_done_is_upcoming_with_the_next_part() -> None:
    found = one(WRA, "phone-test", date(2016, 2, 1), did("phone-test", date(2016, 1, 15)))
    assert (found.state, found.due) == ("upcoming", date(2016, 6, 30))
    assert found.reason == "前面各期已完成；下一期 105/04/01–105/06/30。"


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2012, 12, 31), "upcoming"),
        (date(2013, 1, 1), "due"),
        (date(2013, 12, 31), "due"),
        (date(2014, 1, 1), "overdue"),
    ],
)
def test_ten_times_in_the_year_on_either_side_of_its_ends(today: date, state: str) -> None:
    nine = did("face-to-face", *(date(2013, month, 1) for month in range(1, 10)))
    done = nine if today.year > 2012 else []
    assert one(WRA2, "face-to-face", today, done).state == state


def test_what_any_unit_did_counts_for_the_office() -> None:
    done = [
        Done("face-to-face", unit, date(2013, 3, 1)) for unit in ("規劃課", "工務課", "管理課", "資產課", "秘書室") * 2
    ]
    found = one(WRA2, "face-to-face", date(2013, 4, 1), done)
    assert (found.unit, found.state, found.done) == ("", "done", 10)


def test_days_after_today_do_not_count_yet() -> None:
    found = one(WRA2, "survey", date(2013, 4, 1), did("survey", date(2013, 4, 2)))
    assert (found.state, found.done) == ("due", 0)
    assert one(WRA2, "survey", date(2013, 4, 2), did("survey", date(2013, 4, 2))).state == "done"


def test_monthly_reports_to_the_head() -> None:
    days = [date(2013, 1, 31), date(2013, 2, 28), date(2013, 4, 1)]
    found = one(WRA2, "petitions", date(2013, 4, 10), did("petitions", *days))
    assert states(found) == ["done", "done", "overdue", "done"] + ["upcoming"] * 8
    assert (found.done, found.needed) == (3, 12)


def test_reviews_in_june_and_december() -> None:
    before = one(WRA2, "self-review", date(2013, 5, 31))
    assert (before.state, before.due) == ("upcoming", date(2013, 6, 30))
    assert before.reason == "下一期 102/06/01–102/06/30。"
    late = one(WRA2, "self-review", date(2013, 7, 10), did("self-review", date(2013, 7, 5)))
    assert states(late) == ["done", "upcoming"]
    assert [p.late for p in late.periods] == [1, 0]
    early = one(WRA2, "self-review", date(2013, 7, 10), did("self-review", date(2013, 5, 31)))
    assert states(early) == ["overdue", "upcoming"]


def test_reviews_twice_a_year_and_each_half() -> None:
    done = did("self-review", date(2011, 2, 1), date(2011, 3, 1))
    assert one(MINES, "self-review", date(2011, 12, 1), done).state == "done"
    half = did("self-review", date(2016, 2, 1), date(2016, 3, 1))
    assert states(one(WRA, "self-review", date(2016, 12, 1), half)) == ["done", "due"]
    assert states(one(COMMERCE, "self-review", date(2017, 7, 1))) == ["overdue", "due"]


@pytest.mark.parametrize(
    ("today", "done", "state", "late"),
    [
        (date(2012, 1, 10), None, "due", 0),
        (date(2012, 1, 11), None, "overdue", 0),
        (date(2012, 1, 10), date(2012, 1, 10), "done", 0),
        (date(2012, 2, 1), date(2012, 1, 20), "done", 1),
    ],
)
def test_the_annual_report_of_the_mines_bureau(today: date, done: date | None, state: str, late: int) -> None:
    found = one(MINES, "annual-report", today, did("annual-report", done) if done else [])
    assert (found.state, found.due) == (state, date(2012, 1, 10))
    assert found.periods[0].late == late
    assert ("逾期才完成" in found.reason) == bool(late)


def test_the_other_reports_due_days() -> None:
    today = date(2016, 12, 20)
    assert one(WRA, "unit-report", today).due == date(2016, 12, 31)
    assert one(WRA, "ministry-report", today).due == date(2017, 1, 15)
    assert one(WRA2, "annual-report", date(2014, 1, 5)).state == "overdue"
    plan = one(COMMERCE, "annual-plan", date(2017, 1, 20), did("annual-plan", date(2016, 12, 28)))
    assert plan.state == "done"
    assert one(COMMERCE, "annual-report", date(2018, 1, 16)).state == "overdue"


def test_the_improvement_report_waits_for_the_review_and_runs_a_month() -> None:
    waiting = one(MINES, "improvement-report", date(2011, 6, 1))
    assert (waiting.state, waiting.due, waiting.periods) == ("upcoming", None, ())
    assert "考核結果函知受考核對象" in waiting.reason
    sent = [Event("improvement-report", "秘書室", date(2011, 5, 31))]
    running = one(MINES, "improvement-report", date(2011, 6, 30), [], sent)
    assert (running.state, running.due) == ("due", date(2011, 6, 30))
    assert one(MINES, "improvement-report", date(2011, 7, 1), [], sent).state == "overdue"
    other = [Event("improvement-report", "總務組", date(2011, 5, 31))]
    assert one(MINES, "improvement-report", date(2011, 7, 1), [], other).state == "upcoming"


def test_two_reviews_need_two_improvement_reports() -> None:
    sent = [Event("improvement-report", "秘書室", day) for day in (date(2011, 3, 1), date(2011, 9, 1))]
    first = did("improvement-report", date(2011, 3, 20))
    found = one(MINES, "improvement-report", date(2011, 9, 15), first, sent)
    assert states(found) == ["done", "due"]
    both = did("improvement-report", date(2011, 3, 20), date(2011, 9, 30))
    assert one(MINES, "improvement-report", date(2011, 10, 1), both, sent).state == "done"
    before = did("improvement-report", date(2011, 2, 20))
    assert states(one(MINES, "improvement-report", date(2011, 9, 15), before, sent)) == ["overdue", "due"]


def test_records_of_the_named_sheets_count_by_themselves() -> None:
    records = [
        Record("hsinchu-2018-phone", "工務課", date(2016, 2, 3)),
        Record("wra-2016-sheet", "工務課", date(2016, 5, 3)),
        Record("mines-2011-sheet", "工務課", date(2016, 5, 4)),
    ]
    made = counted(WRA, records)
    assert [(d.duty, d.day) for d in made] == [("phone-test", date(2016, 2, 3)), ("self-review", date(2016, 5, 3))]
    assert [d.duty for d in counted(HSINCHU, records)] == ["phone-test"]


def test_one_row_for_each_unit_and_one_for_the_office() -> None:
    found = status(WRA2, [], [], date(2013, 3, 1))
    rows = [(s.duty.id, s.unit) for s in found]
    assert len([r for r in rows if r[0] == "phone-test"]) == 8
    assert len([r for r in rows if r[0] == "self-review"]) == 8
    assert len(rows) == 14 - 2 + 16
    assert rows[0] == ("environment-check", "")


def test_one_units_work_is_not_anothers() -> None:
    found = status(WRA2, ["工務課", "管理課"], did("phone-test", date(2013, 1, 2), unit="工務課"), date(2013, 3, 1))
    assert [(s.unit, s.done) for s in found if s.duty.id == "phone-test"] == [("工務課", 1), ("管理課", 0)]


def test_standing_duties_are_confirmed_once() -> None:
    assert one(HSINCHU, "annual-plan", date(2018, 6, 1)).state == "due"
    assert one(HSINCHU, "annual-plan", date(2018, 6, 1), did("annual-plan", date(2018, 2, 1))).state == "done"


def test_an_unknown_duty_is_refused_with_the_nearest() -> None:
    with pytest.raises(RubricError, match="phone-test"):
        status(WRA, ["工務課"], did("phone-tests", date(2016, 1, 1)), date(2016, 2, 1))


def test_dates() -> None:
    assert months_later(date(2011, 1, 31), 1) == date(2011, 2, 28)
    assert months_later(date(2012, 1, 31), 1) == date(2012, 2, 29)
    assert months_later(date(2011, 12, 15), 1) == date(2012, 1, 15)
    assert months_later(date(2012, 1, 10), -12) == date(2011, 1, 10)
    assert roc(date(2010, 3, 4)) == "099/03/04"
