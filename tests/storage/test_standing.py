"""The derived tables: what they must hold, written down; and rebuilt they are the same, whatever happened before."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from storage import TAIPEI, Store
from storage.standing import rebuild
from tests.storage.making import new_record


def standing(store: Store) -> list[dict[str, Any]]:
    return store.engine.rows("SELECT * FROM standing ORDER BY series")


def months(store: Store) -> list[dict[str, Any]]:
    return store.engine.rows("SELECT * FROM standing_months ORDER BY unit_id, rubric_id, month, retest, kind")


def added_up(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What standing_months must hold, in plain Python from the rows of standing."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        retest = int(row["link_kind"] == "retest")
        key = (row["unit_id"], row["rubric_id"], row["called_on"][:7], retest, row["kind"] or "")
        groups.setdefault(key, []).append(row["total"])
    names = ("unit_id", "rubric_id", "month", "retest", "kind")
    return [
        dict(zip(names, key, strict=True))
        | {"n": len(some), "total": sum(some), "low": min(some), "high": max(some)}
        | {"squares": sum((one // 1000) ** 2 for one in some)}
        for key, some in sorted(groups.items())
    ]


def test_a_row_holds_what_totals_need(store: Store) -> None:
    unit = store.units.ensure("第二河川局", "工務課")
    called_at = datetime(2026, 3, 1, 23, 59, 58, tzinfo=TAIPEI)  # a Sunday
    store.records.add(new_record(unit.id, called_at=called_at, grade="fair", kind="self", period="2026H1"))
    assert months(store) == [
        {
            "unit_id": 2,
            "rubric_id": "hsinchu-2018-phone",
            "month": "2026-03",
            "retest": 0,
            "kind": "self",
            "n": 1,
            "total": 76_500_000,
            "low": 76_500_000,
            "high": 76_500_000,
            "squares": 76_500 * 76_500,
        }
    ]
    assert standing(store) == [
        {
            "series": 1,
            "assessment_id": 1,
            "rubric_id": "hsinchu-2018-phone",
            "rubric_kind": "phone",
            "office_id": 1,
            "unit_id": 2,
            "tester_id": "77",
            "called_on": "2026-03-01",
            "minute": 1439,
            "hour": 23,
            "weekday": 7,
            "total": 76_500_000,
            "max": 100_000_000,
            "grade": "fair",
            "kind": "self",
            "period": "2026H1",
            "sequence": 1,
            "link_kind": None,
            "sections": '{"operator":36.5,"unit":40}',
        }
    ]


def test_points_beyond_six_decimals_round_half_up(store: Store) -> None:
    unit = store.units.ensure("甲局")
    record = store.records.add(new_record(unit.id, total=Decimal("33.3333335")))
    assert record.total == Decimal("33.3333335")
    assert standing(store)[0]["total"] == 33_333_334


class Model:
    """What should stand, kept in plain Python: series -> (revision, unit, total), or None when nothing stands."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.random = store, random.Random(seed)
        self.units = [store.units.ensure("甲局", f"{n}課").id for n in range(3)]
        self.expected: dict[int, tuple[int, int, int] | None] = {}
        self.revisions: dict[int, int] = {}

    def new(self) -> tuple[Any, int, int]:
        unit, total = self.random.choice(self.units), Decimal(self.random.randrange(0, 200)) / 2
        called_at = datetime(2026, 1, 1, tzinfo=TAIPEI) + timedelta(minutes=self.random.randrange(500_000))
        changes: dict[str, Any] = {"kind": self.random.choice([None, "self", "superior"])}
        changes["rubric_id"] = self.random.choice(["hsinchu-2018-phone", "wra-2016-sheet"])
        if self.expected and self.random.random() < 0.3:
            changes["linked_to"] = self.random.choice(list(self.expected))
            changes["link_kind"] = self.random.choice(["retest", "no_answer_first"])
        return new_record(unit, total=total, called_at=called_at, **changes), unit, int(total * 1_000_000)

    def step(self) -> None:
        act = self.random.choice(["add", "add", "import", "revise", "revise", "withdraw", "uncounted"])
        series = self.random.choice(list(self.expected)) if self.expected else 0
        new, unit, total = self.new()
        if act == "add" or not series:
            record = self.store.records.add(new)
            self.expected[record.series], self.revisions[record.series] = (1, unit, total), 1
        elif act == "uncounted":
            record = self.store.records.add(new_record(unit, counted=False))
            self.expected[record.series], self.revisions[record.series] = None, 1
        elif act == "import":
            first = self.store.engine.value("SELECT MAX(id) FROM assessments") + 1
            self.store.records.import_many([new, new])
            for number in (first, first + 1):
                self.expected[number], self.revisions[number] = (1, unit, total), 1
        elif act == "revise":
            self.store.records.revise(series, new, "更正", "88", self.revisions[series])
            self.revisions[series] += 1
            self.expected[series] = (self.revisions[series], unit, total)
        elif not self.store.records.latest(series).withdrawn:
            self.store.records.withdraw(series, "撤回", "88")
            self.revisions[series] += 1
            self.expected[series] = None


@pytest.fixture(params=range(8))
def model(request: pytest.FixtureRequest, store: Store) -> Model:
    made = Model(store, request.param)
    for _ in range(60):
        made.step()
    return made


def test_it_follows_every_change_and_rebuilds_the_same(model: Model) -> None:
    incremental = standing(model.store)
    read = """
        SELECT s.series, a.revision, s.unit_id, s.total
        FROM standing AS s JOIN assessments AS a ON a.id = s.assessment_id
        ORDER BY s.series
    """
    found = {series: (revision, unit, total) for series, revision, unit, total in model.store.engine.tuples(read)}
    assert found == {series: row for series, row in model.expected.items() if row}
    assert rebuild(model.store.engine) == len(found)
    assert standing(model.store) == incremental


def test_the_months_follow_every_change_and_rebuild_the_same(model: Model) -> None:
    incremental = months(model.store)
    assert incremental == added_up(standing(model.store))
    assert {row["retest"] for row in incremental} == {0, 1}
    rebuild(model.store.engine)
    assert months(model.store) == incremental


def test_a_test_moved_to_another_month_unit_or_total_leaves_nothing_behind(store: Store) -> None:
    one, two = (store.units.ensure("甲局", name).id for name in ("甲課", "乙課"))
    store.records.add(new_record(one, total=Decimal(60)))
    moved = store.records.add(new_record(one, total=Decimal(90)))
    april = datetime(2026, 4, 30, 9, 0, tzinfo=TAIPEI)
    store.records.revise(moved.series, new_record(two, total=Decimal(80), called_at=april), "打錯", "88", 1)
    found = [(row["unit_id"], row["month"], row["n"], row["low"], row["high"]) for row in months(store)]
    assert found == [(one, "2026-03", 1, 60_000_000, 60_000_000), (two, "2026-04", 1, 80_000_000, 80_000_000)]
    store.records.withdraw(moved.series, "重複", "88")
    assert [(row["unit_id"], row["n"]) for row in months(store)] == [(one, 1)]


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (
            """
            SELECT COUNT(*), SUM(total), MIN(total), MAX(total) FROM standing
            WHERE unit_id = :unit AND rubric_id = :rubric AND called_on BETWEEN :since AND :until AND sequence = 1
            """,
            "standing_by_unit",
        ),
        (
            """
            SELECT unit_id, COUNT(*), SUM(total) FROM standing
            WHERE office_id = :office AND rubric_id = :rubric AND called_on BETWEEN :since AND :until
            GROUP BY unit_id
            """,
            "standing_by_office",
        ),
        (
            """
            SELECT weekday, hour, COUNT(*), SUM(total) FROM standing
            WHERE office_id = :office AND rubric_id = :rubric GROUP BY weekday, hour
            """,
            "standing_by_office",
        ),
    ],
)
def test_common_measures_are_read_from_one_index_alone(store: Store, sql: str, index: str) -> None:
    wanted = {"unit": 1, "office": 1, "rubric": "x", "since": "2026-01-01", "until": "2026-12-31"}
    given = {name: value for name, value in wanted.items() if f":{name}" in sql}
    plan = [row["detail"] for row in store.engine.rows("EXPLAIN QUERY PLAN " + sql, given)]
    assert f"USING COVERING INDEX {index}" in plan[0]


def test_the_newest_records_are_found_by_an_index(store: Store) -> None:
    sql = "SELECT series FROM standing ORDER BY called_on DESC, minute DESC, series DESC LIMIT 20"
    plan = [row["detail"] for row in store.engine.rows("EXPLAIN QUERY PLAN " + sql)]
    assert plan == ["SCAN standing USING COVERING INDEX standing_by_day"]
