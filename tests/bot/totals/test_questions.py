"""Every question of questions.yaml: the reading is the one written down, the figures are those counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.messages import plain
from bot.totals.answer import Answer, ask

from .plain import expected
from .world import CITY, MINES, RIVER, World

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8"))
CLOSE = 0.00005 + 1e-9  # four decimals are kept


def asked(world: World, entry: dict[str, Any]) -> Answer:
    person = world.admin
    if "as" in entry:
        office, _, unit = entry["as"].partition(" ")
        person = world.supervisor(next(one for one in (RIVER, MINES, CITY) if one.endswith(office)), unit)
    found = ask(world.services, person, entry["ask"])
    if "then" in entry:
        assert found.reading is not None, plain(found.text)
        found = ask(world.services, person, entry["then"], found.reading)
    return found


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry["ask"] + entry.get("then", ""))
def test_reading_and_figures(world: World, entry: dict[str, Any]) -> None:
    answer = asked(world, entry)
    data = answer.as_dict()
    assert data["reading"] is not None, data["reply"]
    read = data["reading"]
    assert (read["measure"], read["by"]) == (entry["measure"], entry["by"])
    assert (read["from"], read["to"]) == (str(entry["from"]), str(entry["to"]))
    units = [RIVER, MINES, CITY] if entry["units"] == "all" else entry["units"]
    assert len(read["units"]) == len(units)
    assert all(name.endswith(unit) for name, unit in zip(read["units"], units, strict=True)), read["units"]
    wanted = expected(world, entry)
    counted = {row.get(entry["by"], ""): (row["n"], row["value"]) for row in data["rows"]}
    assert counted.keys() == wanted.keys()
    for key, (n, value) in wanted.items():
        assert counted[key][0] == n, key
        assert counted[key][1] == (None if value is None else pytest.approx(float(value), abs=CLOSE)), key


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry["ask"] + entry.get("then", ""))
def test_reply_repeats_its_reading(world: World, entry: dict[str, Any]) -> None:
    answer = asked(world, entry)
    lines = plain(answer.text).split("\n")
    assert lines[0] == answer.title
    assert lines[1].startswith("期間：")
    assert any(line.startswith("依據：") for line in lines)
    assert len(plain(answer.text)) < 3000


def test_there_are_enough_questions() -> None:
    different = {(entry["ask"], entry.get("then"), entry.get("as")) for entry in QUESTIONS}
    assert len(different) == len(QUESTIONS) >= 60
