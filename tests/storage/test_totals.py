"""The figures' statements: against sums by hand, one statement each, from one index alone where it matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import pytest

from storage import TAIPEI, Store
from storage.totals import GROUPS, Answered, Chosen, Sums, Totals
from tests.storage.making import new_record

PHONE = "hsinchu-2018-phone"
YEAR = {"rubrics": (PHONE,), "first": date(2026, 1, 1), "last": date(2026, 12, 31)}
TESTS = (  # unit, day and hour, total, tester
    ("秘書室", (2026, 1, 5, 9), "90", "a"),
    ("秘書室", (2026, 2, 10, 10), "76.5", "b"),
    ("工務課", (2026, 2, 11, 9), "60.25", "a"),
    ("工務課", (2025, 12, 31, 23), "100", "a"),
    ("工務課", (2027, 1, 1, 0), "10", "b"),
)


@pytest.fixture
def units(store: Store) -> dict[str, int]:
    made = {name: store.units.ensure("第二河川局", name).id for name in ("秘書室", "工務課")}
    made["第二河川局"] = store.units.ensure("第二河川局").id
    for unit, when, total, tester in TESTS:
        called = datetime(*when, 30, tzinfo=TAIPEI)
        changes = {"called_at": called, "total": Decimal(total), "tester_id": tester, "tester_name": f"測試{tester}"}
        store.records.add(new_record(made[unit], **changes))
    return made


def test_sums_of_an_office_and_of_units(store: Store, units: dict[str, int]) -> None:
    office = Chosen(**YEAR, offices=(units["第二河川局"],))
    squares = 90_000**2 + 76_500**2 + 60_250**2
    assert store.totals.sums(office) == [Sums("", 3, 226_750_000, 60_250_000, 90_000_000, squares)]
    both = Chosen(**YEAR, units=(units["秘書室"], units["工務課"]))
    assert store.totals.sums(both) == store.totals.sums(office)
    by_unit = {one.key: (one.n, one.total) for one in store.totals.sums(office, "unit")}
    assert by_unit == {units["秘書室"]: (2, 166_500_000), units["工務課"]: (1, 60_250_000)}


@pytest.mark.parametrize(
    ("group", "counts"),
    [
        ("total", {"": 3}),
        ("month", {"2026-01": 1, "2026-02": 2}),
        ("day", {"2026-01-05": 1, "2026-02-10": 1, "2026-02-11": 1}),
        ("hour", {9: 2, 10: 1}),
        ("weekday", {1: 1, 2: 1, 3: 1}),
        ("tester", {"a": 2, "b": 1}),
    ],
)
def test_groups(store: Store, units: dict[str, int], group: str, counts: dict[object, int]) -> None:
    chosen = Chosen(**YEAR, offices=(units["第二河川局"],))
    assert {one.key: one.n for one in store.totals.sums(chosen, group)} == counts  # type: ignore[arg-type]


def test_nothing_chosen_is_nothing(store: Store, units: dict[str, int]) -> None:
    nothing = Chosen(**YEAR)
    assert store.totals.sums(nothing) == []
    assert store.totals.histogram(nothing) == {}
    assert store.totals.series(nothing, 10) == []
    assert store.totals.first_day(nothing) is None


def test_histogram_and_sections(store: Store, units: dict[str, int]) -> None:
    chosen = Chosen(**YEAR, offices=(units["第二河川局"],))
    assert store.totals.histogram(chosen) == {"": [(60_250_000, 1), (76_500_000, 1), (90_000_000, 1)]}
    subtotals = {"operator": Decimal("36.5"), "unit": Decimal(40)}
    assert store.totals.sections(chosen) == [("", subtotals, 3)]


def test_a_correction_counts_once_with_its_latest_content_and_a_withdrawal_not_at_all(
    store: Store, units: dict[str, int]
) -> None:
    chosen = Chosen(**YEAR, units=(units["秘書室"],))
    first = store.totals.series(chosen, 10)[0]
    changed = new_record(units["秘書室"], total=Decimal(80), called_at=datetime(2026, 2, 10, 10, 30, tzinfo=TAIPEI))
    store.records.revise(first, changed, "抄錯", "b", 1)
    assert [(one.n, one.total) for one in store.totals.sums(chosen)] == [(2, 170_000_000)]
    store.records.withdraw(first, "不是這個單位", "b")
    assert [(one.n, one.total) for one in store.totals.sums(chosen)] == [(1, 90_000_000)]


def test_a_retest_stands_beside_and_the_second_call_counts(store: Store, units: dict[str, int]) -> None:
    chosen = Chosen(**YEAR, units=(units["工務課"],))
    first = store.totals.series(chosen, 1)[0]
    store.records.add(new_record(units["工務課"], total=Decimal(99), linked_to=first, link_kind="retest"))
    silent = store.records.add(new_record(units["工務課"], total=Decimal(0), counted=False))
    second = new_record(units["工務課"], total=Decimal(5), linked_to=silent.series, link_kind="no_answer_first")
    store.records.add(second)
    assert [(one.n, one.total) for one in store.totals.sums(chosen)] == [(2, 65_250_000)]
    beside = Chosen(**YEAR, units=(units["工務課"],), retests=True)
    assert [(one.n, one.total) for one in store.totals.sums(beside)] == [(1, 99_000_000)]


def test_series_newest_or_lowest_first_in_pages(store: Store, units: dict[str, int]) -> None:
    chosen = Chosen(**YEAR, offices=(units["第二河川局"],))
    days = [store.records.latest(one).called_at.date() for one in store.totals.series(chosen, 10)]
    assert days == [date(2026, 2, 11), date(2026, 2, 10), date(2026, 1, 5)]
    lowest = [store.records.latest(one).total for one in store.totals.series(chosen, 2, 1, order="lowest")]
    assert lowest == [Decimal("76.5"), Decimal(90)]
    highest = store.totals.series(chosen, 1, order="highest")
    assert [store.records.latest(one).total for one in highest] == [Decimal(90)]


def test_answers_and_testers(store: Store, units: dict[str, int]) -> None:
    (one,) = store.totals.answered(Chosen(**YEAR, units=(units["工務課"],)))
    assert isinstance(one, Answered)
    assert one.points == {"operator_answer": Decimal("17.5"), "unit_answer": Decimal(9)}
    assert one.form["operator_answer"] == {"rings": 5}
    assert store.totals.testers() == {"a": "測試a", "b": "測試b"}
    assert Totals(store.engine).first_day(Chosen(**YEAR, units=(units["工務課"],))) == date(2026, 2, 11)


@contextmanager
def traced(store: Store) -> Iterator[list[str]]:
    seen: list[str] = []
    with store.engine.database.tracer(lambda sql, _parameters: seen.append(sql)):
        yield seen


@pytest.mark.parametrize("group", GROUPS)
def test_each_figure_is_one_statement(store: Store, units: dict[str, int], group: str) -> None:
    chosen = Chosen(**YEAR, offices=(units["第二河川局"],))
    for ask in (store.totals.sums, store.totals.histogram, store.totals.sections):
        with traced(store) as seen:
            ask(chosen, group)  # type: ignore[operator]
        assert len(seen) == 1
        assert seen[0].split()[0] == "SELECT"


def test_a_unit_and_an_office_are_read_from_one_index(store: Store, units: dict[str, int]) -> None:
    for chosen, index in (
        (Chosen(**YEAR, units=(units["秘書室"],)), "standing_by_unit"),
        (Chosen(**YEAR, offices=(units["第二河川局"],)), "standing_by_office"),
    ):
        with traced(store) as seen:
            store.totals.sums(chosen, "unit")
        column, places = ("office_id", chosen.offices) if chosen.offices else ("unit_id", chosen.units)
        parameters = {"place_0": places[0], "rubric_0": PHONE, "first": "2026-01-01", "last": "2026-12-31"}
        plan = store.engine.rows("EXPLAIN QUERY PLAN " + seen[0], parameters)
        assert any(index in row["detail"] and f"{column}=?" in row["detail"] for row in plan), plan
        assert not any("TEMP B-TREE" in row["detail"] for row in plan), plan
