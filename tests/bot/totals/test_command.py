"""`kaoping totals`: the fixed JSON shape, a person's scope, and one sentence for what cannot work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import cli
from bot.app import Services
from bot.settings import Settings
from storage import open_store

from .world import MINES, NOW, PHONE, RIVER, World, phone_record


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import random
    from datetime import date

    path = tmp_path / "kaoping.sqlite"
    monkeypatch.setenv("KAOPING_DATABASE", str(path))
    store = open_store(path, lambda: NOW, lambda: "id")
    world = World(Services(Settings(path), store, lambda: NOW, lambda: "id"))
    rubric, rng = world.services.rubrics.get(PHONE), random.Random(3)
    for office, unit in ((RIVER, "工務課"), (MINES, "秘書室")):
        number = store.units.ensure(office, unit).id
        for month in (1, 2, 3, 4):
            store.records.add(phone_record(rubric, number, date(2023, month, 9), rng, 0.7))
    store.people.add("77", "supervisor", "王主任", world.unit(MINES))
    store.people.add("88", "staff", "陳同仁", world.unit(MINES))
    store.close()
    return path


def test_json(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["totals", "工務課112年測了幾通", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["reading"] == {
        "measure": "tests_done", "units": [f"{RIVER} 工務課"], "from": "2023-01-01", "to": "2023-12-31", "by": "total",
    }  # fmt: skip
    assert [(row["n"], row["value"]) for row in data["rows"]] == [(4, 4)]
    assert data["reply"].startswith("測試通數：")


@pytest.mark.parametrize("words", [["工務課", "112", "年", "測了幾通"], ["工務課112年", "測了", "幾通"]])
def test_words_without_quotation_marks(database: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert cli.main(["totals", "工務課112年測了幾通", "--json"]) == 0
    quoted = json.loads(capsys.readouterr().out)
    for arguments in ([*words, "--json"], ["--json", *words], ["--json", "--as", "77", *words]):
        assert cli.main(["totals", *arguments]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["rows"] == ([] if "--as" in arguments else quoted["rows"]), arguments


def test_no_words_at_all_are_the_overview(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["totals", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reading"]["measure"] == "overview"


def test_asked_back(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["totals", "工務課112年", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["reading"], data["rows"]) == (None, [])
    assert data["reply"].endswith("哪一項？")


def test_as_a_person(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["totals", "112年測了幾通", "--as", "77", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["reading"]["units"] == [MINES]
    assert data["rows"][0]["value"] == 4
    assert cli.main(["totals", "工務課112年測了幾通", "--as", "77", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reply"] == "「工務課」不在您看得到的單位裡。"


def test_text(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["totals", "112年各機關測了幾通"]) == 0
    said = capsys.readouterr().out
    assert RIVER in said
    assert MINES in said


@pytest.mark.parametrize(("person", "words"), [("99", "名單上沒有「99」。"), ("88", "「88」的身分不能看統計數字。")])
def test_who_may_not(database: Path, capsys: pytest.CaptureFixture[str], person: str, words: str) -> None:
    assert cli.main(["totals", "112年測了幾通", "--as", person]) == 2
    assert capsys.readouterr().err.strip() == words


ODD = [
    "",
    "   ",
    "🙋‍♀️🎉",
    "火星課今年平均",
    "工務課今年平均" * 572,
    "a\tb\nc",
    "<b>今年</b>平均",
    "'; DROP TABLE units; --",
    "%s {x} \\",
    "\udcff\udcfe平均",
    "２０２３年平均",
]


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("filled", [True, False])
def test_odd_words_get_a_reply_in_the_same_shape(
    database: Path, capsys: pytest.CaptureFixture[str], words: str, filled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not filled:
        monkeypatch.setenv("KAOPING_DATABASE", str(database.with_name("empty.sqlite")))
    assert cli.main(["totals", words, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["reading", "rows", "reply"]
    assert data["reply"]
    assert data["reading"] is None or list(data["reading"]) == ["measure", "units", "from", "to", "by"]
    assert isinstance(data["rows"], list)
    assert cli.main(["totals", words]) == 0
    said = capsys.readouterr()
    assert said.out.strip() == data["reply"].strip()
    assert said.err == ""


def test_an_empty_installation_says_what_is_missing(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAOPING_DATABASE", str(database.with_name("empty.sqlite")))
    assert cli.main(["totals", ""]) == 0
    assert capsys.readouterr().out.startswith("您的範圍裡還沒有登記任何單位")
