"""Who may have which form, on the command line and in chat; no text becomes a formula; no file is overwritten."""

from __future__ import annotations

import csv as _csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bot import cli
from bot.app import Services
from bot.dialogue.turn import UserError
from bot.exporting import OPERATOR, Request, export, form_lines, make
from bot.people import Person
from bot.reports import odf, tables
from bot.reports.forms import FORMS
from tests.bot.reports.paper import BUREAU, MINES, WORKED, at, full, recorded, root
from tests.bot.support import talk

PHONE = "hsinchu-2018-phone"


@pytest.fixture
def made() -> Services:
    """A telephone test (1) and a sheet (2) of one office, a test (3) of another."""
    made = at(boss="supervisor", t1="tester")
    recorded(made, PHONE, BUREAU, "第一河川局", WORKED, "2016-05-05T10:00", tester="terminal:t1")
    recorded(
        made, "wra-2016-sheet", BUREAU, "第一河川局", full(made, "wra-2016-sheet"), "2016-11-05T10:00", kind="superior"
    )
    recorded(made, PHONE, MINES, "秘書室", WORKED, "2016-05-06T10:00")
    return made


def refused(made: Services, request: Request, person: Person = OPERATOR) -> str:
    with pytest.raises(UserError) as caught:
        make(made, person, request)
    return str(caught.value)


def test_what_cannot_be_made_is_said_in_a_sentence(made: Services) -> None:
    assert "您要的是「statistics」嗎" in refused(made, Request("statistic"))
    assert refused(made, Request("sheet", record=1)) == "第 1 號紀錄填的是「電話禮貌測試量表」，請改用 phone。"
    assert refused(made, Request("sheet", record=99)) == "找不到您可以看的第 99 號紀錄。"
    assert "請寫出要匯出哪一筆紀錄" in refused(made, Request("phone"))
    assert refused(made, Request("phone", record=1, unit="秘書室")) == "--record 和 --unit、--year、--rubric 請擇一。"
    assert "請用 --unit 指定" in refused(made, Request("statistics"))
    assert "沒有「第一河川據」" in refused(made, Request("statistics", unit="第一河川據"))
    assert refused(made, Request("statistics", unit="礦務局", year=105)) == "經濟部礦務局在 105 年沒有評分表的成績。"
    assert refused(made, Request("annual", unit="礦務局", year=200)) == "年度請用民國年，例如 113。"
    assert "不能做成附表2 統計表" in refused(made, Request("statistics", unit="水利署", rubric=PHONE))
    made.store.records.withdraw(1, "打錯單位", "t1")
    assert refused(made, Request("phone", record=1)) == "第 1 號紀錄已經作廢，不能匯出。"


def test_records_beyond_the_scope_are_refused(made: Services) -> None:
    mines = made.store.units.child(MINES, None)
    assert mines is not None
    boss = Person("b", "", "supervisor", mines.id)
    assert refused(made, Request("phone", record=1), boss) == "找不到您可以看的第 1 號紀錄。"
    assert make(made, boss, Request("phone", record=3))
    assert "沒有「水利署」" in refused(made, Request("annual", unit="水利署"), boss)
    assert make(made, boss, Request("annual"))[0].name.startswith("經濟部礦務局_105年度")
    tester = Person("terminal:t1", "", "tester")
    assert make(made, tester, Request("phone", record=1))
    assert refused(made, Request("phone", record=3), tester) == "找不到您可以看的第 3 號紀錄。"
    assert refused(made, Request("annual", unit="水利署"), tester) == "績效總報告要由督導主管匯出。"
    assert "要由測試人員匯出" in refused(made, Request("phone", record=1), Person("s", "", "staff"))


def test_a_file_is_never_written_over(made: Services, tmp_path: Path) -> None:
    wanted = tmp_path / "量表.odt"
    said = [export(made, Request("phone", record=1), wanted)[0] for _ in range(3)]
    assert [Path(one.removeprefix("已存成 ")).name for one in said] == ["量表.odt", "量表-2.odt", "量表-3.odt"]
    assert wanted.read_bytes()[:2] == b"PK"
    export(made, Request("phone-year", unit="水利署"), tmp_path / "年.csv")
    assert (tmp_path / "年.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(UserError, match="寫不進"):
        export(made, Request("phone", record=1), tmp_path / "none" / "x.odt")


def test_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAOPING_DATABASE", str(tmp_path / "k.db"))
    assert cli.main(["export"]) == 0
    listed = capsys.readouterr().out
    assert listed.strip() == form_lines()
    assert all(form.id in listed for form in FORMS)
    assert cli.main(["export", "statistics"]) == 2
    assert capsys.readouterr().err.strip() == "還沒有任何單位的資料。"
    assert cli.main(["demo"]) == 0
    monkeypatch.setenv("KAOPING_DATABASE", str(tmp_path / "k-demo.db"))
    capsys.readouterr()
    assert cli.main(["export", "statistics", "--unit", "水利署"]) == 0
    [file] = tmp_path.glob("*.ods")
    assert capsys.readouterr().out.strip() == f"已存成 {file.name}"
    assert file.name.startswith("示範資料_附表2統計表_經濟部水利署_")
    with pytest.raises(SystemExit) as stopped:
        cli.main(["export", "phone", "--record", "x"])
    assert stopped.value.code == 2


def test_in_chat_a_supervisor_gets_the_table_as_a_document(made: Services) -> None:
    boss = talk(made, "boss")
    assert "要匯出哪一種表單" in boss.say("匯出")
    assert "哪個機關或單位" in boss.press("附表2 統計表")
    assert "哪一年" in boss.press(BUREAU)
    assert "附表2 統計表做好了" in boss.press("105 年")
    [attached] = boss.last[0].attachments
    assert (attached.kind, attached.name) == ("document", "附表2統計表_經濟部水利署_105年度_wra-2016-sheet_1051220.ods")
    rows = CalamineWorkbook.from_filelike(BytesIO(attached.data)).get_sheet_by_index(0).to_python()
    assert rows[6][10] == 1000
    assert "做好了" in boss.say("匯出 附表2 水利署 105 年")
    boss.say("匯出 績效總報告")
    assert "績效總報告做好了" in boss.say("礦務局 105")
    assert "做好了" in boss.press_id("export:record:3")
    assert boss.last[0].attachments[0].name.startswith("電話禮貌測試量表")


def test_in_chat_a_tester_gets_only_the_own_records(made: Services) -> None:
    tester = talk(made, "t1")
    tester.say("匯出")
    assert tester.labels() == ["附表1 評分表", "電話測試量表"]
    tester.press("電話測試量表")
    assert tester.labels() == ["1　105/05/05 第一河川局 76.5 分", "其他表單"]
    assert "電話測試量表做好了" in tester.say("1")
    assert "找不到您可以看的第 3 號紀錄" in tester.press_id("export:record:3")
    assert "要匯出哪一種表單" in tester.press_id("export:year:annual:1:105")


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", " =1", "|calc", "\r=1", "　＠x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    table = tables.Table("試", ["欄"], [[text], [Decimal(-5)], [date(2016, 5, 20)], [None]])
    rows = list(_csv.reader(StringIO(tables.csv(table).decode("utf-8-sig"), newline="")))
    assert rows[1][0] == "'" + text
    assert [row[0] if row else "" for row in rows[2:]] == ["-5", "105/05/20", ""]
    xml = root(tables.ods([table]))
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    all_cells = list(xml.iter(f"{{{space}table:1.0}}table-cell"))
    assert all(cell.get(f"{{{space}table:1.0}}formula") is None for cell in all_cells)
    kinds = [cell.get(f"{{{space}office:1.0}}value-type") for cell in all_cells]
    assert kinds == ["string", "string", "float", "string", None]
    assert CalamineWorkbook.from_filelike(BytesIO(tables.ods([table]))).get_sheet_by_index(0).to_python()[2] == [-5.0]


def test_sheet_names_that_programs_refuse_are_made_fit() -> None:
    made = tables.ods([tables.Table("甲[1]:*/'乙", ["a"], [["x\x00y"]]), tables.Table("甲[1]:*/'乙", ["a"], [])])
    assert CalamineWorkbook.from_filelike(BytesIO(made)).sheet_names == ["甲 1     乙", "甲 1     乙-2"]


def test_a_grid_that_does_not_fit_is_a_fault_of_ours() -> None:
    grid = odf.Grid([2.0, 2.0], [[odf.Cell("a", columns=3)]])
    with pytest.raises(ValueError, match="does not fit"):
        odf._laid_out(grid.rows, 2)


def test_every_form_is_documented() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "forms.md").read_text(encoding="utf-8")
    assert all(f"| `{form.id}` | {form.label} |" in page for form in FORMS)
