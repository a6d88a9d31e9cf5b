"""Nobody sees another office's figures: every role and place against every unit, and the conversation's own doors."""

from __future__ import annotations

import pytest

from bot.messages import plain
from bot.people import ROLES, Person, Role
from bot.totals.answer import answer, ask, series_behind, tree_for
from bot.totals.measures import MEASURES

from .world import CITY, MINES, RIVER, UNITS, World

OWN = {"第二河川局": (RIVER, ""), "礦務局": (MINES, ""), "新竹市政府": (CITY, ""), "工務課": (RIVER, "工務課")}


def visible(office: str, unit: str, own: tuple[str, str] | None) -> bool:
    """Whether a unit is in the scope, by the rule in words: the own unit and all below it; no unit sees everything."""
    return own is None or (office == own[0] and own[1] in ("", unit))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own", [None, *OWN.values()], ids=["everything", *OWN])
def test_matrix(world: World, role: Role, own: tuple[str, str] | None) -> None:
    person = Person("p", "", role, world.unit(*own) if own else None)
    tree = tree_for(world.services, person)
    for office, units in UNITS.items():
        for unit in units:
            seen = visible(office, unit, own) and not (own is None and role in ("staff", "tester"))
            assert (world.unit(office, unit) in tree.visible) == seen, (role, own, office, unit)


@pytest.mark.parametrize("measure", [one.id for one in MEASURES])
@pytest.mark.parametrize("own", OWN.values(), ids=list(OWN))
def test_no_measure_shows_another_units_rows(world: World, measure: str, own: tuple[str, str]) -> None:
    person = world.supervisor(*own)
    tree = tree_for(world.services, person)
    boss = ask(world.services, world.admin, "總覽").reading
    assert boss is not None
    from dataclasses import replace
    from decimal import Decimal

    by = next(one.by for one in MEASURES if one.id == measure)
    everyone = replace(boss, measure=measure, by=by, threshold=Decimal(101))  # the administrator's reading, all offices
    found = answer(world.services, tree, everyone)
    names = [f"{office} {unit}" for office, units in UNITS.items() for unit in units if not visible(office, unit, own)]
    for row in found.rows:
        assert row.get("unit") not in names
        assert row.get("office") in (None, own[0])
    total = sum(1 for row in world.rows() if visible(row["office"], row["unit"], own) and row["day"].year == 2024)
    if own[1]:  # a single unit: the offices of the reading are all above it
        assert (found.reading, found.rows) == (None, ())
        return
    assert found.computed is not None
    assert found.as_dict()["reading"]["units"] == [own[0]]
    if not measure.startswith(("sheet", "duty", "improvement")):
        assert found.computed.n <= total
    allowed = {row["record"].series for row in world.rows() if visible(row["office"], row["unit"], own)}
    assert set(series_behind(world.services, tree, everyone, 1000)) <= allowed


@pytest.mark.parametrize("words", ["礦務局今年平均", "火藥組今年測了幾通", "衛生局去年排名", "新竹市第1組今年平均"])
def test_another_offices_unit_is_told_like_one_that_is_not(world: World, words: str) -> None:
    person = world.supervisor(RIVER)
    asked = ask(world.services, person, words)
    assert asked.reading is None
    assert asked.rows == ()
    nobody = ask(world.services, person, "火星課今年平均")
    assert "不在您看得到的單位裡" in plain(asked.text)
    assert "不在您看得到的單位裡" in plain(nobody.text)


def test_without_any_unit_on_record(world: World) -> None:
    person = Person("p", "", "tester", None)
    assert "還沒有登記任何單位" in plain(ask(world.services, person, "今年平均").text)
