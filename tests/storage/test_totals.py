"""The figures' statements: against sums by hand, one statement each, from one index alone where it matters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from storage import TAIPEI, Store
from storage.months import Split, split
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


@pytest.mark.parametrize("column", ["offices", "units"])
def test_only_the_periods_rows_are_touched(store: Store, units: dict[str, int], column: str) -> None:
    """From the units to their months, and to the days left over, by an index each; the tests are never scanned."""
    place = units["第二河川局" if column == "offices" else "秘書室"]
    chosen = Chosen((PHONE,), date(2026, 1, 5), date(2026, 3, 9), **{column: (place,)})
    with traced(store) as seen:
        store.totals.sums(chosen, "unit")
    given = {"place_0": place, "rubric_0": PHONE, "retest": 0, "first_month": "2026-02", "last_month": "2026-02"}
    given |= {"first_0": "2026-01-05", "last_0": "2026-01-31", "first_1": "2026-03-01", "last_1": "2026-03-09"}
    plan = [row["detail"] for row in store.engine.rows("EXPLAIN QUERY PLAN " + seen[0], given)]
    assert "SEARCH m USING PRIMARY KEY (unit_id=? AND rubric_id=? AND month>? AND month<?)" in plan
    days = "SEARCH s USING INDEX standing_by_unit (unit_id=? AND rubric_id=? AND called_on>? AND called_on<?)"
    assert plan.count(days) == 2


@pytest.mark.parametrize(
    ("first", "last", "months", "days"),
    [
        ("2026-01-01", "2026-12-31", ("2026-01", "2026-12"), ()),
        ("2024-02-01", "2024-02-29", ("2024-02", "2024-02"), ()),
        ("2024-02-01", "2024-02-28", None, (("2024-02-01", "2024-02-28"),)),
        ("2026-03-02", "2026-03-30", None, (("2026-03-02", "2026-03-30"),)),
        ("2026-03-02", "2026-04-29", None, (("2026-03-02", "2026-04-29"),)),
        (
            "2025-12-21",
            "2026-03-20",
            ("2026-01", "2026-02"),
            (("2025-12-21", "2025-12-31"), ("2026-03-01", "2026-03-20")),
        ),
        ("2025-11-30", "2026-01-31", ("2025-12", "2026-01"), (("2025-11-30", "2025-11-31"),)),
        ("2026-01-01", "2026-02-01", ("2026-01", "2026-01"), (("2026-02-01", "2026-02-01"),)),
        ("1912-01-01", "9999-12-31", ("1912-01", "9999-12"), ()),
        ("9999-12-02", "9999-12-31", None, (("9999-12-02", "9999-12-31"),)),
        ("2026-05-01", "2026-04-30", None, (("2026-05-01", "2026-04-30"),)),
    ],
)
def test_a_period_is_whole_months_and_the_days_left_over(
    first: str, last: str, months: tuple[str, str] | None, days: tuple[tuple[str, str], ...]
) -> None:
    assert split(date.fromisoformat(first), date.fromisoformat(last)) == Split(months, days)


def test_sums_of_any_days_are_those_of_the_single_tests(store: Store, units: dict[str, int]) -> None:
    """A thousand periods over scattered tests: whole months and single days together give what adding up gives."""
    rng = random.Random(17)
    tests = [(units[unit], date(*when[:3]), Decimal(total)) for unit, when, total, _ in TESTS]
    for _ in range(150):
        unit, total = rng.choice(list(units.values())), Decimal(rng.randrange(0, 2001)) / 20
        day = date(2025, 11, 1) + timedelta(days=rng.randrange(150))
        called = datetime(day.year, day.month, day.day, rng.randrange(24), tzinfo=TAIPEI)
        store.records.add(new_record(unit, total=total, called_at=called))
        tests.append((unit, day, total))
    for _ in range(1000):
        first, last = (date(2025, 10, 20) + timedelta(days=rng.randrange(180)) for _ in range(2))
        inside = [(unit, total) for unit, day, total in tests if first <= day <= last]
        wanted: dict[int, list[Decimal]] = {}
        for unit, total in inside:
            wanted.setdefault(unit, []).append(total)
        found = store.totals.sums(Chosen((PHONE,), first, last, offices=(units["第二河川局"],)), "unit")
        assert [one.key for one in found] == sorted(wanted)
        for one in found:
            totals = wanted[one.key]
            assert (one.n, one.total) == (len(totals), sum(totals) * 1_000_000)
            assert (one.low, one.high) == (min(totals) * 1_000_000, max(totals) * 1_000_000)
            assert one.squares == sum((total * 1000) ** 2 for total in totals)
