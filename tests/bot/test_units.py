"""Finding an office by any of its names; names stay as they were entered."""

import pytest

from bot import units
from bot.messages import Incoming
from bot.planning import plans_of
from storage import Conflict
from tests.bot.support import services


def test_an_office_is_one_with_or_without_what_stands_above_it() -> None:
    store = services().store
    short, _new = units.ensure(store, "第二河川局 秘書室")
    assert store.units.full_name(short.id) == "第二河川局 秘書室"
    again, new = units.ensure(store, "經濟部水利署第二河川局 秘書室")
    assert (again, new) == (short, False)
    other, _new = units.ensure(store, "經濟部水利署 第一河川局")
    found = units.office(store, "水利署")
    assert found is not None
    assert (found.name, store.units.get(other.office)) == ("經濟部水利署", found)
    assert units.office(store, "河川局") is not None  # only one office's name ends so
    store.units.ensure("經濟部水利署第三河川局")
    assert units.office(store, "河川局") is None


def test_a_unit_of_several_offices_is_asked_back() -> None:
    store = services().store
    store.units.ensure("第二河川局", "秘書室")
    store.units.ensure("礦務局", "秘書室")
    with pytest.raises(Conflict, match="不只一個"):
        units.ensure(store, "秘書室")


def test_a_plan_finds_its_office_under_the_short_name() -> None:
    made = services(boss="supervisor")
    made.store.units.ensure("第二河川局", "工務課")
    person = made.person(Incoming("terminal:boss", "terminal:boss"))
    assert {one.plan.id for one in plans_of(made, person) if one.office} == {"wra2-2013"}
