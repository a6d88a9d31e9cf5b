"""What is missing or unclear is asked back, and the answer to it completes the question."""

from __future__ import annotations

import pytest

from bot.messages import plain
from bot.totals.answer import ask

from .world import RIVER, World

BACK = {
    "平均": "要看哪個單位、哪段期間？",
    "測了幾通": "要看哪個單位、哪段期間？",
    "工務課今年": "要看經濟部水利署第二河川局 工務課的哪一項？",
    "今年": "要看全部單位的哪一項？",
    "秘書室今年平均": "「秘書室」不只一個，是哪一個？",
    "火星課今年平均": "「火星課」不在您看得到的單位裡。",
    "哪幾個單位沒過": "幾分以上算過？例如「沒過 80」。",
}


@pytest.mark.parametrize(("words", "question"), BACK.items())
def test_asked_back(world: World, words: str, question: str) -> None:
    found = ask(world.services, world.admin, words)
    assert found.as_dict() == {"reading": None, "rows": [], "reply": question}


@pytest.mark.parametrize("words", [one for one in BACK if one != "火星課今年平均"])
def test_every_offer_is_a_whole_question(world: World, words: str) -> None:
    asked = ask(world.services, world.admin, words)
    assert asked.question is not None
    assert asked.question.offers
    for label, whole in asked.question.offers:
        found = ask(world.services, world.admin, whole)
        assert found.reading is not None, (label, whole, plain(found.text))


def test_a_name_in_several_offices_is_the_one_that_the_person_sees(world: World) -> None:
    found = ask(world.services, world.supervisor(RIVER), "秘書室今年平均")
    assert found.as_dict()["reading"]["units"] == [f"{RIVER} 秘書室"]


def test_a_near_name_is_offered(world: World) -> None:
    found = ask(world.services, world.admin, "工程課今年平均")
    assert found.reading is None
    assert found.question is not None
    assert found.question.offers == ((f"{RIVER} 工務課", f"{RIVER} 工務課今年平均"),)


def test_nothing_alone_shows_two_years_by_unit(world: World) -> None:
    data = ask(world.services, world.admin, "").as_dict()
    assert data["reading"]["measure"] == "overview"
    years = {(row["unit"], row["year"]) for row in data["rows"]}
    assert (f"{RIVER} 工務課", "2024") in years
    assert (f"{RIVER} 工務課", "2023") in years
    for row in data["rows"]:
        rows = [one for one in world.rows() if f"{one['office']} {one['unit']}" == row["unit"]]
        mine = [float(one["total"]) for one in rows if str(one["day"].year) == row["year"]]
        assert (row["n"], row["best"], row["worst"]) == (len(mine), max(mine), min(mine))
        assert row["value"] == pytest.approx(sum(mine) / len(mine), abs=0.00005)


def test_a_period_without_records(world: World) -> None:
    found = ask(world.services, world.admin, "工務課99年平均")
    assert found.rows == ()
    assert "這段期間沒有紀錄。" in plain(found.text)
