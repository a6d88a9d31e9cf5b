"""The tree of offices and units."""

from __future__ import annotations

import pytest

from storage import Conflict, NotFound, Refused, Store, Unit


def test_offices_are_roots_and_units_know_their_office(store: Store) -> None:
    office = store.units.add("第二河川局", by="1")
    section = store.units.add("工務課", office.id)
    team = store.units.add("第一股", section.id)
    assert office == Unit(id=1, parent=None, office=1, name="第二河川局")
    assert team == Unit(id=3, parent=2, office=1, name="第一股")
    assert (office.is_office, team.is_office) == (True, False)
    assert store.units.full_name(team.id) == "第二河川局 工務課 第一股"
    assert store.units.full_names() == {1: "第二河川局", 2: "第二河川局 工務課", 3: "第二河川局 工務課 第一股"}


def test_ensure_makes_what_is_missing_once(store: Store) -> None:
    first = store.units.ensure("礦務局", "秘書室")
    assert store.units.ensure(" 礦務局 ", "秘書室") == first
    assert store.units.ensure("礦務局").id == first.office
    assert store.units.ensure("水利署", "秘書室") != first
    assert [unit.name for unit in store.units.all()] == ["礦務局", "秘書室", "水利署", "秘書室"]
    assert [unit.name for unit in store.units.offices()] == ["礦務局", "水利署"]


def test_subtree_and_children(store: Store) -> None:
    a = store.units.add("甲局")
    b, c = store.units.add("一課", a.id), store.units.add("二課", a.id)
    d = store.units.add("一股", b.id)
    other = store.units.add("乙局")
    assert store.units.subtree_ids(a.id) == {a.id, b.id, c.id, d.id}
    assert store.units.subtree_ids(b.id) == {b.id, d.id}
    assert store.units.subtree_ids(other.id) == {other.id}
    assert store.units.subtree_ids(999) == frozenset()
    assert [unit.id for unit in store.units.children(a.id)] == [b.id, c.id]
    assert [unit.id for unit in store.units.all(office=a.id)] == [a.id, b.id, c.id, d.id]


def test_names_are_unique_among_siblings(store: Store) -> None:
    office = store.units.ensure("甲局", "一課")
    with pytest.raises(Conflict, match="一課"):
        store.units.add("一課", office.parent)
    with pytest.raises(Conflict, match="甲局"):
        store.units.add("甲局")
    second = store.units.add("二課", office.parent)
    with pytest.raises(Conflict):
        store.units.rename(second.id, "一課")
    assert store.units.rename(second.id, " 三課 ").name == "三課"
    with pytest.raises(Refused):
        store.units.add("  ")
    with pytest.raises(NotFound):
        store.units.add("四課", 999)


def test_phones_group_and_use(store: Store) -> None:
    unit = store.units.ensure("甲局", "一課")
    assert store.units.set_phones(unit.id, ["03-1", " 03-2 ", "", "03-1"]).phones == ("03-1", "03-2")
    assert store.units.set_group(unit.id, "業務單位").group == "業務單位"
    assert not store.units.set_active(unit.id, False).active
    assert [one.name for one in store.units.all()] == ["甲局"]
    assert [one.name for one in store.units.all(active_only=False)] == ["甲局", "一課"]
    trail = [(entry.action, entry.detail) for entry in store.audit.find(subject=f"units:{unit.id}")]
    assert trail[0] == ("units.active", {"before": True, "after": 0})
