"""Who sees which units: one rule, written down here for every role with and without a unit."""

from __future__ import annotations

import pytest

from bot.people import Person, Role, records_seen, units_seen
from storage import open_store
from tests.bot.support import Clock

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("role", "unit", "units", "records"),
    [
        ("admin", "", None, None),
        ("supervisor", "", None, None),
        ("supervisor", "甲局", {"甲局", "甲局 一課"}, {"甲局", "甲局 一課"}),
        ("supervisor", "甲局 一課", {"甲局 一課"}, {"甲局 一課"}),
        ("tester", "", NONE, NONE),
        ("tester", "甲局", {"甲局", "甲局 一課"}, NONE),
        ("staff", "", NONE, NONE),
        ("staff", "甲局 一課", {"甲局 一課"}, NONE),
    ],
)
def test_who_sees_which_units(role: Role, unit: str, units: set[str] | None, records: set[str] | None) -> None:
    store = open_store(None, Clock(), lambda: "id")
    made = {"甲局": store.units.ensure("甲局").id, "甲局 一課": store.units.ensure("甲局", "一課").id}
    store.units.ensure("乙局", "一課")
    person = Person("7", "", role, made.get(unit))
    for seen, names in ((units_seen, units), (records_seen, records)):
        found = seen(store.units, person)
        assert found == (None if names is None else {made[name] for name in names})
