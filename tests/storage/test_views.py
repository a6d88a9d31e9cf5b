"""The views for people who want SQL: documented column by column, and their figures are right."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from storage import TAIPEI, Store
from tests.storage.making import new_record

PAGE = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")


def documented_views() -> dict[str, list[str]]:
    parts = re.split(r"^### (v_\w+)$", PAGE.partition("\n## 資料表")[0], flags=re.MULTILINE)[1:]
    return {
        name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_view_and_column_is_documented_in_order(store: Store) -> None:
    views = store.engine.database.view_names()
    columns = {view: [column.name for column in store.engine.database.view(view).columns] for view in views}
    assert documented_views() == columns


def test_every_table_is_documented(store: Store) -> None:
    tables = {name for name in store.engine.database.table_names() if not name.startswith(("_", "sqlite_"))}
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE.partition("\n## 資料表")[2], re.MULTILINE)) == tables


def test_the_examples_of_the_page_run(store: Store) -> None:
    unit = store.units.ensure("第二河川局", "工務課").id
    for total in (70, 81):
        store.records.add(new_record(unit, total=Decimal(total)))
    first, second = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert store.engine.rows(first) == [
        {"office": "第二河川局", "unit": "工務課", "tests": 2, "mean": 75.5, "worst": 70.0, "best": 81.0}
    ]
    assert store.engine.rows(second) == [
        {"criterion": "unit_answer", "n": 2, "mean": 9.0},
        {"criterion": "operator_answer", "n": 2, "mean": 17.5},
    ]


def test_records_show_what_stands_and_revisions_show_all(store: Store) -> None:
    unit = store.units.ensure("第二河川局", "工務課").id
    store.records.add(new_record(unit))
    store.records.revise(1, new_record(unit, total=Decimal("80.25")), "更正", "88", 1)
    store.records.add(new_record(unit, linked_to=1, link_kind="retest"))
    store.records.withdraw(store.records.add(new_record(unit)).series, "撤回", "88")
    store.records.add(new_record(unit, rubric_id="x", rubric_kind="sheet"))
    columns = "series, revision, office, unit, tester, called_time, roc_year, weekday, total, improvements"
    sql = " ".join(["SELECT", columns, "FROM v_records"])
    first = store.engine.rows(sql + " ORDER BY series")[0]
    assert first == {
        "series": 1,
        "revision": 2,
        "office": "第二河川局",
        "unit": "工務課",
        "tester": "王小明",
        "called_time": "09:05",
        "roc_year": 115,
        "weekday": 1,
        "total": 80.25,
        "improvements": "結束前請說再見",
    }
    assert [row["series"] for row in store.engine.rows("SELECT series FROM v_phone_tests ORDER BY series")] == [1, 3]
    assert store.engine.value("SELECT COUNT(*) FROM v_revisions") == 6
    totals = store.engine.rows("SELECT rubric_id, tests, retests, mean FROM v_unit_totals ORDER BY rubric_id")
    assert totals == [
        {"rubric_id": "hsinchu-2018-phone", "tests": 2, "retests": 1, "mean": 78.375},
        {"rubric_id": "x", "tests": 1, "retests": 0, "mean": 76.5},
    ]


def test_a_year_begins_at_midnight_in_taipei(store: Store) -> None:
    unit = store.units.ensure("甲局").id
    for moment in (datetime(2025, 12, 31, 23, 59, tzinfo=TAIPEI), datetime(2026, 1, 1, tzinfo=TAIPEI)):
        store.records.add(new_record(unit, called_at=moment))
    rows = store.engine.rows("SELECT roc_year, first_on, last_on FROM v_unit_totals ORDER BY roc_year")
    assert rows == [
        {"roc_year": 114, "first_on": "2025-12-31", "last_on": "2025-12-31"},
        {"roc_year": 115, "first_on": "2026-01-01", "last_on": "2026-01-01"},
    ]


def test_units_people_and_follow_ups(store: Store) -> None:
    unit = store.units.ensure("第二河川局", "工務課").id
    store.people.add("77", "tester", "王小明", unit)
    store.people.add("1", "admin")
    improvement = store.improvements.open(unit, "一", "88")
    store.improvements.answer(improvement.id, "好了", "77")
    store.duties.tick("p", "d", unit, date(2026, 1, 1), "77")
    for state in ("not_started", "done"):
        store.progress.record(unit, "r", "c", state, "77", owner_unit_id=unit)  # type: ignore[arg-type]
    read = store.engine.tuples
    assert read("SELECT full_name, office, depth FROM v_units ORDER BY unit_id") == [
        ("第二河川局", "第二河川局", 0),
        ("第二河川局 工務課", "第二河川局", 1),
    ]
    assert read("SELECT person_id, unit, office FROM v_people ORDER BY person_id") == [
        ("1", None, None),
        ("77", "工務課", "第二河川局"),
    ]
    assert read("SELECT state, last_text, last_person FROM v_improvements") == [("answered", "好了", "77")]
    assert read("SELECT unit, done_on, removed_at FROM v_duties") == [("工務課", "2026-01-01", None)]
    assert read("SELECT criterion, state, owner_unit FROM v_progress") == [("c", "done", "工務課")]
