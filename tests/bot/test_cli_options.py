"""Every option of the command line is reached through the command line itself, and does what its help says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import browsing, cli
from bot.rocdate import now, roc_year
from storage import open_store
from tests.support.worked_example import LINE, WORKED, write

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command over a database of its own; what it printed, once its exit status is the expected one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAOPING_DATABASE", str(tmp_path / "k.db"))

    def one(*arguments: str, status: int = 0) -> str:
        assert cli.main(arguments) == status, arguments
        said = capsys.readouterr()
        return said.err if status == 2 else said.out

    return one


@pytest.fixture
def three(run: Run, tmp_path: Path) -> Run:
    """Three imported tests of one unit: two testers, three days; the last one lost a point more."""
    worse = {**WORKED, "unit_attitude": {"option": "flat", "points": 5}}
    others = [
        {**LINE, "called_at": "2024-05-07T10:30", "tester": "李大同"},
        {**LINE, "called_at": "2024-05-08T10:30", "form": worse},
    ]
    assert "匯入 3 筆" in run("records", "import", str(write(tmp_path / "paper.jsonl", LINE, *others)))
    return run


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], [3, 2, 1]),
        (["--rubric", "hsinchu-2018-phone"], [3, 2, 1]),
        (["--rubric", "wra-2016-sheet"], []),
        (["--unit", "秘書室"], [3, 2, 1]),
        (["--tester", "李大同"], [2]),
        (["--from", "113/05/07"], [3, 2]),
        (["--to", "2024-05-07"], [2, 1]),
        (["--series", "2"], [2]),
        (["--limit", "2"], [3, 2]),
        (["--tester", "王小明", "--limit", "1"], [3]),
    ],
)
def test_records_are_narrowed(three: Run, options: list[str], found: list[int]) -> None:
    assert [one["series"] for one in json.loads(three("records", "--json", *options))] == found
    lines = three("records", *options).splitlines()
    assert len(lines) == max(1, len(found))


def test_all_revisions_are_listed_when_asked_for(three: Run, tmp_path: Path) -> None:
    store = open_store(tmp_path / "k.db", now, lambda: "id")
    store.records.withdraw(2, "重複登錄", "77")
    store.close()
    assert [one["series"] for one in json.loads(three("records", "--json"))] == [3, 1]
    found = json.loads(three("records", "--json", "--all-revisions"))
    assert [(one["series"], one["revision"], one["withdrawn"]) for one in found] == [
        (3, 1, False),
        (2, 2, True),
        (2, 1, False),
        (1, 1, False),
    ]


def test_a_form_is_exported_under_the_name_that_was_given(three: Run, tmp_path: Path) -> None:
    assert three("export", "phone", "--record", "1", "--output", "量表.odt").strip() == "已存成 量表.odt"
    assert (tmp_path / "量表.odt").read_bytes()[:2] == b"PK"
    year = ["export", "phone-year", "--unit", "第二河川局", "--year", "113", "-o", "年.csv"]
    assert three(*year, "--rubric", "hsinchu-2018-phone").strip() == "已存成 年.csv"
    table = (tmp_path / "年.csv").read_text(encoding="utf-8-sig")
    assert "秘書室" in table
    assert "76.17" in table  # (76.5 + 76.5 + 75.5) / 3
    assert "不能做成電話測試統計" in three(*year, "--rubric", "wra-2016-sheet", status=2)


def test_a_report_is_of_a_persons_units(three: Run, tmp_path: Path) -> None:
    assert "做好了" in three("report", "113", "-o", "全部")
    assert "秘書室" in (tmp_path / "全部" / "index.html").read_text(encoding="utf-8")
    three("people", "add", "77", "--role", "supervisor", "--unit", "經濟部礦務局 行政組")
    three("report", "113", "--output", "礦務局", "--as", "77")
    assert "秘書室" not in (tmp_path / "礦務局" / "index.html").read_text(encoding="utf-8")
    assert "沒有「78」" in three("report", "113", "-o", "x", "--as", "78", status=2)
    assert "虛構" in three("demo")
    three("report", str(roc_year(now().year)), "-o", "示範", "--demo")
    assert "虛構" in (tmp_path / "示範" / "index.html").read_text(encoding="utf-8")


def test_documents_and_plans_are_listed(run: Run) -> None:
    found = json.loads(run("documents", "--json"))
    assert len(found) == 5
    assert "水利署" in run("documents")
    listed = run("plan").splitlines()
    assert any(line.startswith("wra-2016") for line in listed)
    this = roc_year(now().year)
    assert f"{this} 年" in run("plan", "renew", "wra-2016", "--year", str(this))
    assert len(run("plan").splitlines()) == len(listed) + 1


def test_what_a_person_had_stays_when_only_the_role_is_given(run: Run) -> None:
    run("people", "add", "77", "--role", "tester", "--name", "王小明", "--unit", "第二河川局 秘書室")
    assert "王小明（77）現在是督導主管" in run("people", "add", "77", "--role", "supervisor")
    assert "第二河川局 秘書室" in run("people")


def test_the_browser_is_given_the_database_that_is_meant(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "find_spec", lambda name: object())
    assert "k.db" in run("browse", "--port", "8123", status=2)
    assert "k-demo.db" in run("browse", "--demo", status=2)
