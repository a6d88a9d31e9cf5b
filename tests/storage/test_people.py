"""People and their roles."""

from __future__ import annotations

import pytest

from storage import NotFound, Refused, Store


def test_added_changed_and_removed(store: Store) -> None:
    unit = store.units.ensure("甲局", "一課")
    added = store.people.add("77", "tester", "王小明", unit.id, by="1")
    assert (added.name, added.role, added.unit_id, added.active, added.added_by) == (
        "王小明",
        "tester",
        unit.id,
        True,
        "1",
    )
    assert added.added_at.isoformat() == "2026-03-02T12:00:00+08:00"
    assert store.people.add("77", "supervisor", "王小明").role == "supervisor"
    store.people.remove("77", by="1")
    removed = store.people.get("77")
    assert removed is not None
    assert not removed.active
    assert store.people.all() == []
    assert store.people.all(active_only=False) == [removed]
    assert store.people.get("78") is None
    assert [entry.action for entry in store.audit.find(subject="people:77")] == [
        "people.remove",
        "people.add",
        "people.add",
    ]


def test_what_cannot_be(store: Store) -> None:
    with pytest.raises(NotFound):
        store.people.add("77", "tester", unit_id=5)
    with pytest.raises(Refused):
        store.people.add("77", "king")  # type: ignore[arg-type]
    with pytest.raises(Refused):
        store.people.add(" ", "tester")
    with pytest.raises(NotFound):
        store.people.remove("77")
