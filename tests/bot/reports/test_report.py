"""A period's whole report: what the period means, which files there are, that the page shows what was counted, that it
is one sound page, and that nobody finds in it what they may not see."""

from __future__ import annotations

import csv
import io
import shutil
import struct
import subprocess
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.errors import UserError
from bot.people import Person
from bot.reporting import period_of, report
from bot.reports import page
from tests.bot.totals.world import CITY, MINES, RIVER, TODAY, World, build

pytestmark = pytest.mark.xdist_group("report")  # the report is made once, by one of the processes

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]
EMPTY = {"meta", "img", "br", "link", "hr"}


class Read(HTMLParser):
    """A page as it was written: its words, links, ids and cells; `fault` names the first tag out of order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.fault = ""
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.cells: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attributes)
        self.links += [str(found[name]) for name in ("href", "src") if name in found]
        if "id" in found:
            self.ids.add(str(found["id"]))
        if tag not in EMPTY:
            self.open.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.fault = self.fault or tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            return
        self.words += data
        if self.open and self.open[-1] == "td":
            self.cells[-1] += data


@pytest.fixture(scope="module")
def world() -> World:
    return build()


@pytest.fixture(scope="module")
def made(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "112 年"
    said = report(world.services, "112", folder, world.admin)
    assert said.startswith("112 年的報告做好了：")
    assert str(folder / "index.html") in said
    return folder


def read(folder: Path) -> Read:
    return Read((folder / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("113", (2024, 1, 1), (2024, 12, 31)),
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("113 年", (2024, 1, 1), (2024, 12, 31)),
        ("113上", (2024, 1, 1), (2024, 6, 30)),
        ("113下半年", (2024, 7, 1), (2024, 12, 31)),
        ("113-H1", (2024, 1, 1), (2024, 6, 30)),
        ("113h2", (2024, 7, 1), (2024, 12, 31)),
        ("113Q2", (2024, 4, 1), (2024, 6, 30)),
        ("１１３Ｑ４", (2024, 10, 1), (2024, 12, 31)),
        ("113/05", (2024, 5, 1), (2024, 5, 31)),
        ("113/2", (2024, 2, 1), (2024, 2, 29)),
        ("去年", (2023, 1, 1), (2023, 12, 31)),
        ("上一季", (2024, 1, 1), (2024, 3, 31)),
        ("103/5/1-103/6/30", (2014, 5, 1), (2014, 6, 30)),
    ],
)
def test_a_period_is_understood(words: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    found = period_of(words, TODAY)
    assert (found.first, found.last) == (date(*first), date(*last))


@pytest.mark.parametrize("words", ["", "abc", "5", "113Q5", "113-H3", "999", "113 和 112", "秘書室", "113/13"])
def test_other_words_are_no_period(words: str) -> None:
    with pytest.raises(UserError, match="看不懂期間"):
        period_of(words, TODAY)


def test_every_file_is_there_and_linked(made: Path) -> None:
    found = read(made)
    files = {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()}
    linked = {unquote(link) for link in found.links if not link.startswith("#")}
    assert linked == files - {"index.html"}
    assert {link[1:] for link in found.links if link.startswith("#")} <= found.ids
    assert len([name for name in files if name.endswith(".png")]) >= 12
    assert "tables/all.ods" in files
    assert any(name.startswith("forms/") for name in files)


def test_the_page_is_sound_and_needs_nothing_from_elsewhere(made: Path) -> None:
    found = read(made)
    assert (found.fault, found.open) == ("", [])
    assert not found.tags & {"script", "iframe", "link", "object"}
    assert not [link for link in found.links if ":" in link or link.startswith("/")]
    text = (made / "index.html").read_text(encoding="utf-8")
    assert "http" not in text.replace("http-equiv", "")
    assert "@media print" in text
    assert "prefers-color-scheme: dark" in text


def test_the_page_shows_what_was_counted(world: World, made: Path) -> None:
    found = read(made)
    tests = [one for one in world.rows() if one["day"].year == 2023]
    sheets = [one for one in world.rows("wra-2016-sheet") if one["day"].year == 2023]
    assert f"電話禮貌測試 {len(tests)} 通、考核表 {len(sheets)} 份" in found.words
    for office in (RIVER, MINES, CITY):
        mine = [one["total"] for one in tests if one["office"] == office]
        mean = (sum(mine) / len(mine)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        at = next(at for at, cell in enumerate(found.cells) if cell == office)
        assert found.cells[at + 1 : at + 3] == [str(len(mine)), str(mean)]


def test_tables_open_in_a_spreadsheet(world: World, made: Path) -> None:
    data = (made / "tables" / "1-phone-1.csv").read_bytes()
    assert data[:3] == b"\xef\xbb\xbf"
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    counted = {one["unit"] for one in world.rows() if one["day"].year == 2023 and one["office"] == RIVER}
    assert {row[1] for row in rows[1:]} == counted
    assert (made / "tables" / "1-phone-1.ods").read_bytes()[:2] == b"PK"


def test_pictures_have_the_size_that_the_page_says(made: Path) -> None:
    text = (made / "index.html").read_text(encoding="utf-8")
    for path in (made / "pictures").iterdir():
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert f'src="pictures/{path.name}" width="{width // 2}" height="{height // 2}"' in text


def test_a_supervisor_finds_nothing_of_others(world: World, tmp_path: Path) -> None:
    report(world.services, "112", tmp_path / "office", world.supervisor(MINES))
    text = "".join(
        path.read_text(encoding="utf-8-sig") for path in tmp_path.rglob("*") if path.suffix in (".html", ".csv")
    )
    assert MINES in text
    for other in (RIVER, CITY, "工務課", "衛生局"):
        assert other not in text
    report(world.services, "112", tmp_path / "unit", world.supervisor(RIVER, "工務課"))
    found = read(tmp_path / "unit").words
    assert "工務課" in found
    assert "規劃課" not in found
    with pytest.raises(UserError, match="沒有登記任何單位"):
        report(world.services, "112", tmp_path / "none", Person("x", "", "staff"))


def test_a_period_without_records_says_so(world: World, tmp_path: Path) -> None:
    said = report(world.services, "100/05", tmp_path / "empty", world.supervisor(RIVER, "人事室"))
    assert "沒有任何紀錄" in said or "的報告做好了" in said
    assert read(tmp_path / "empty").fault == ""


def test_a_folder_that_is_a_file_is_refused(world: World, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(UserError, match="不是資料夾"):
        report(world.services, "112", tmp_path / "taken", world.admin)
    assert (tmp_path / "taken").read_text() == "x"


def test_invented_data_are_called_so(world: World, tmp_path: Path) -> None:
    services = replace(world.services, settings=replace(world.services.settings, demo=True))
    report(services, "112Q1", tmp_path / "demo", world.supervisor(MINES))
    assert "【示範資料】" in read(tmp_path / "demo").words
    assert "【示範資料】" not in page.html(page.Page("x", ()))


def test_every_word_is_escaped() -> None:
    evil = '<script>alert("1")</script>&'
    part = page.Part(evil, (evil,), "a b&<.png", (1, 2), (evil,), ((evil, evil),), (evil,), (page.Link(evil, evil),))
    text = page.html(page.Page(evil, (evil,), (evil,), (page.Chapter("x", evil, (part,)),), (), (), True))
    found = Read(text)
    assert "script" not in found.tags
    assert (found.fault, found.open) == ("", [])
    assert found.cells == [evil, evil]
    assert "a%20b%26%3C.png" in found.links


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium to open the page")
def test_a_browser_shows_the_page(made: Path, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    line = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--window-size=800,1200",
            f"--screenshot={picture}", (made / "index.html").as_uri()]  # fmt: skip
    subprocess.run(line, check=True, capture_output=True, timeout=180)
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (800, 1200)
    assert picture.stat().st_size > 50_000  # a page without its pictures and letters would be far smaller
