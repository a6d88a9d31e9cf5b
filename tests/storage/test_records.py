"""Assessments: kept as they were, corrected by revisions, never changed, imported once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from storage import TAIPEI, Conflict, EngineFault, ImportCounts, NotFound, RecordFilter, Refused, Store, fingerprint
from tests.storage.making import Clock, new_record


@pytest.fixture
def unit(store: Store) -> int:
    return store.units.ensure("第二河川局", "工務課").id


def test_a_record_comes_back_as_it_went_in(store: Store, unit: int) -> None:
    new = new_record(unit, grade="fair", period="2026H1", kind="superior")
    record = store.records.add(new)
    assert store.records.get(record.id) == record
    assert (record.id, record.series, record.revision, record.withdrawn, record.counted) == (1, 1, 1, False, True)
    assert (record.office_id, record.unit_id) == (1, unit)
    assert record.form == {"voice_system": "no", "operator_answer": {"rings": 5}, "unit_answer": {"seconds": 7.5}}
    assert record.points == {"operator_answer": Decimal("17.5"), "unit_answer": Decimal(9)}
    assert list(record.points) == ["operator_answer", "unit_answer"]
    assert record.sections == {"operator": Decimal("36.5"), "unit": Decimal(40)}
    assert (str(record.total), record.max, record.grade) == ("76.5", Decimal(100), "fair")
    assert record.remarks == {"improvements": "結束前請說再見"}
    assert (record.rubric_hash, record.structure_hash) == ("hash-1", "structure-1")
    assert record.called_at.isoformat() == "2026-03-02T09:05:00+08:00"
    assert record.created_at.isoformat() == "2026-03-02T12:00:00+08:00"
    assert (record.created_by, record.reason, record.source, record.sequence) == ("77", None, "chat", 1)
    assert (record.kind, record.period) == ("superior", "2026H1")


def test_points_are_plain_numbers_on_disk(store: Store, unit: int) -> None:
    store.records.add(new_record(unit, total=Decimal("9.00")))
    row = store.engine.row("SELECT points, total FROM assessments")
    assert row == {"points": '{"operator_answer":17.5,"unit_answer":9}', "total": "9"}


def test_the_time_of_a_test_is_kept_in_taipei_time(store: Store, unit: int) -> None:
    record = store.records.add(new_record(unit, called_at=datetime(2026, 3, 1, 17, 30, tzinfo=UTC)))
    assert record.called_at.isoformat() == "2026-03-02T01:30:00+08:00"
    naive = new_record(unit, called_at=datetime(2026, 3, 2, 9, 5))  # noqa: DTZ001 - the fault that is refused
    with pytest.raises(Refused, match="時區"):
        store.records.add(naive)


@pytest.mark.parametrize(
    "changes",
    [
        {"points": {"a": Decimal("NaN")}},
        {"points": {"a": 1.5}},
        {"total": Decimal("Infinity")},
        {"form": {"a": float("nan")}},
        {"form": {"a": object()}},
        {"linked_to": 1},
    ],
)
def test_what_cannot_be_kept_is_refused(store: Store, unit: int, changes: dict[str, object]) -> None:
    with pytest.raises(Refused):
        store.records.add(new_record(unit, **changes))
    assert store.records.count(RecordFilter(latest_only=False)) == 0


def test_a_correction_is_a_revision_and_the_old_one_stays(store: Store, unit: int, clock: Clock) -> None:
    first = store.records.add(new_record(unit))
    clock.move(hours=1)
    second = store.records.revise(first.series, new_record(unit, total=Decimal(80)), " 聽錯聲數 ", "88", 1)
    assert (second.id, second.series, second.revision) == (2, 1, 2)
    assert (second.reason, second.created_by) == ("聽錯聲數", "88")
    assert second.created_at.isoformat() == "2026-03-02T13:00:00+08:00"
    assert store.records.history(1) == [first, second]
    assert store.records.latest(1) == second
    assert store.records.find() == [second]
    assert [record.id for record in store.records.find(RecordFilter(latest_only=False))] == [2, 1]
    assert [entry.action for entry in store.audit.find(subject="records:1")] == ["records.revise"]


def test_a_revision_on_an_outdated_view_is_a_conflict(store: Store, unit: int) -> None:
    store.records.add(new_record(unit))
    store.records.revise(1, new_record(unit), "一", "88", 1)
    with pytest.raises(Conflict):
        store.records.revise(1, new_record(unit), "二", "99", 1)
    with pytest.raises(Refused, match="理由"):
        store.records.revise(1, new_record(unit), "  ", "99", 2)
    with pytest.raises(NotFound):
        store.records.revise(9, new_record(unit), "三", "99", 1)
    assert len(store.records.history(1)) == 2


def test_a_withdrawn_series_counts_nowhere_and_stays_readable(store: Store, unit: int) -> None:
    record = store.records.add(new_record(unit))
    gone = store.records.withdraw(record.series, "打錯單位", "88")
    assert (gone.withdrawn, gone.revision, gone.points, gone.reason) == (True, 2, record.points, "打錯單位")
    assert store.records.find() == []
    assert [one.withdrawn for one in store.records.history(1)] == [False, True]
    with pytest.raises(Conflict):
        store.records.withdraw(1, "再一次", "88")
    back = store.records.revise(1, new_record(unit), "其實沒錯", "88", 2)
    assert store.records.find() == [back]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE assessments SET total = '100' WHERE id = 1",
        "DELETE FROM assessments WHERE id = 1",
        "REPLACE INTO assessments SELECT * FROM assessments WHERE id = 1",
        "UPDATE audit SET person = 'x'",
        "DELETE FROM audit",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(store: Store, unit: int, sql: str) -> None:
    record = store.records.add(new_record(unit))
    with pytest.raises(EngineFault, match="never"):
        store.engine.run(sql)
    assert store.records.history(1) == [record]


def test_a_second_call_and_a_retest_stand_beside_the_first(store: Store, unit: int) -> None:
    first = store.records.add(new_record(unit, counted=False))
    second = store.records.add(new_record(unit, linked_to=first.series, link_kind="no_answer_first"))
    third = store.records.add(new_record(unit, linked_to=second.series, link_kind="retest"))
    assert [one.sequence for one in (first, second, third)] == [1, 2, 3]
    assert [one.id for one in store.records.find()] == [3, 2]
    revised = store.records.revise(third.series, new_record(unit), "更正", "88", 1)
    assert (revised.linked_to, revised.link_kind, revised.sequence) == (2, "retest", 3)
    with pytest.raises(NotFound):
        store.records.add(new_record(unit, linked_to=99, link_kind="retest"))


def test_an_unknown_unit_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        store.records.add(new_record(99))
    with pytest.raises(NotFound):
        store.records.get(1)
    with pytest.raises(NotFound):
        store.records.history(1)


def test_find_narrows_and_orders(store: Store) -> None:
    a, b = store.units.ensure("甲局", "一課").id, store.units.ensure("乙局", "一課").id
    days = [(a, 1, 9), (a, 31, 23), (b, 15, 8), (b, 15, 10)]
    for number, (unit_id, day, hour) in enumerate(days):
        called_at = datetime(2026, 1, day, hour, 30, tzinfo=TAIPEI)
        tester = "77" if number % 2 else "88"
        store.records.add(new_record(unit_id, called_at=called_at, tester_id=tester))
    store.records.add(new_record(a, rubric_id="mines-2011-sheet", rubric_kind="sheet", kind="self", period="2026H1"))

    def ids(**wanted: object) -> list[int]:
        found = [record.id for record in store.records.find(RecordFilter(**wanted))]  # type: ignore[arg-type]
        everything = RecordFilter(**{**wanted, "limit": None, "offset": 0})  # type: ignore[arg-type]
        assert store.records.count(everything) >= len(found)
        return found

    assert ids() == [5, 2, 4, 3, 1]
    assert ids(latest_only=False) == [5, 2, 4, 3, 1]
    assert ids(limit=2, offset=1) == [2, 4]
    assert ids(offset=3) == [3, 1]
    assert ids(rubric_id="hsinchu-2018-phone") == [2, 4, 3, 1]
    assert ids(rubric_kind="sheet") == ids(kind="self") == ids(period="2026H1") == [5]
    assert ids(unit_ids=[a]) == [5, 2, 1]
    assert ids(office_ids={1, 3}, rubric_kind="phone") == [2, 4, 3, 1]
    assert ids(office_ids=[3]) == ids(office_ids=[3], latest_only=False) == [4, 3]
    assert ids(unit_ids=frozenset()) == []
    assert ids(tester_id="88") == [3, 1]
    for latest_only in (True, False):
        assert ids(since=date(2026, 1, 15), until=date(2026, 1, 31), latest_only=latest_only) == [2, 4, 3]
        assert ids(until=date(2026, 1, 1), latest_only=latest_only) == [1]


def test_the_same_line_twice_is_one_record(store: Store, unit: int) -> None:
    lines = [new_record(unit, fingerprint=fingerprint({"line": n}), source="import") for n in (1, 2, 1, 3)]
    assert store.records.import_many(lines) == ImportCounts(added=3, known=1)
    assert store.records.import_many([*lines, new_record(unit, fingerprint=fingerprint({"line": 4}))]) == ImportCounts(
        added=1, known=4
    )
    assert store.records.count() == 4
    with pytest.raises(Conflict):
        store.records.add(lines[0])


def test_an_import_is_all_or_nothing(store: Store, unit: int) -> None:
    with pytest.raises(NotFound):
        store.records.import_many([new_record(unit)] * 6000 + [new_record(999)])
    assert store.records.count() == store.records.count(RecordFilter(latest_only=False)) == 0
    assert store.engine.value("SELECT COUNT(*) FROM rubric_versions") == 0
    store.records.import_many([new_record(unit, rubric_hash="other")])
    assert store.records.get(1).rubric_hash == "other"


def test_a_fingerprint_is_the_content_whatever_its_order() -> None:
    one = fingerprint({"a": 1, "b": {"c": Decimal("1.5"), "d": "字"}})
    assert one == fingerprint({"b": {"d": "字", "c": 1.5}, "a": 1})
    assert one != fingerprint({"a": 1, "b": {"c": 1.6, "d": "字"}})
    assert len(one) == 22
    assert one.isascii()
