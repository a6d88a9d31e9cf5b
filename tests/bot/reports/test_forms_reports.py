"""The plans, the skeletons, the telephone year: what is filled in, in which format; and that LibreOffice opens all."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from odfdo import Document
from python_calamine import CalamineWorkbook

from bot.app import Services
from bot.exporting import OPERATOR, Request, make
from bot.reports.forms import FORMS
from tests.bot.reports.paper import (
    BUREAU,
    NAMES,
    WORKED,
    at,
    cells,
    document,
    full,
    paragraphs,
    recorded,
    root,
    squeezed,
)

PHONE = "hsinchu-2018-phone"
UNITS = ("第一河川局", "第二河川局", "第三河川局", "北區水資源局", "中區水資源局")


def with_tests() -> Services:
    """Three tests of two units in 2016: 76.5 in January and May, 91.5 in November (unit_closing and more made good)."""
    made = at()
    better = {
        **WORKED,
        "unit_closing": "yes",
        "unit_attitude": {"option": "warm", "points": 10},
        "reply_responsible": {"option": "detailed", "points": 15},
    }
    for unit in UNITS[:3]:
        made.store.units.ensure(BUREAU, unit)
    recorded(made, PHONE, BUREAU, UNITS[0], WORKED, "2016-01-05T10:00")
    recorded(made, PHONE, BUREAU, UNITS[0], better, "2016-11-05T10:00")
    recorded(made, PHONE, BUREAU, UNITS[1], WORKED, "2016-05-05T10:00")
    recorded(made, PHONE, BUREAU, UNITS[1], WORKED, "2015-05-05T10:00")
    return made


def test_the_telephone_year_by_unit_in_both_formats() -> None:
    [sheet, text] = make(with_tests(), OPERATOR, Request("phone-year", unit="水利署", year=105))
    assert (sheet.name[-4:], text.name[-4:]) == (".ods", ".csv")
    lines = text.data.decode("utf-8-sig").splitlines()
    assert text.data.startswith(b"\xef\xbb\xbf")
    # better: 76.5 + 5 + 4 + 5 = 90.5; the mean of 76.5 and 90.5 is 83.5, of all three 81.1666…
    assert lines[1] == "第一河川局,2,83.5,90.5,76.5,1,76.5,0,,0,,1,90.5,1,50,0,0,1,50,0,0"
    assert lines[2] == "第二河川局,1,76.5,76.5,76.5,0,,1,76.5,0,,0,,0,0,0,0,1,100,0,0"
    assert lines[3].startswith("第三河川局,0,,,,0,")
    assert lines[4] == "合計,3,81.17,90.5,76.5,1,76.5,1,76.5,0,,1,90.5,1,33.3,0,0,2,66.7,0,0"
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.data)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "經濟部水利署 105 年電話禮貌測試統計"
    assert ",".join(rows[1]) == lines[0]
    assert rows[5][:5] == ["合計", 3, 81.17, 90.5, 76.5]


def test_the_periods_are_those_of_the_offices_plan() -> None:
    made = at()
    recorded(made, PHONE, "經濟部礦務局", "秘書室", WORKED, "2016-01-05T10:00")
    [_, text] = make(made, OPERATOR, Request("phone-year"))
    head = text.data.decode("utf-8-sig").splitlines()[0]
    assert re.findall(r"(\d+–\d+月)次數", head) == ["1–4月", "5–8月", "9–12月"]


def test_the_suggested_plan_shows_the_recorded_progress() -> None:
    made = at("2018-08-01T09:00")
    unit = made.store.units.ensure("新竹市政府", "衛生局")
    owner = made.store.units.ensure("新竹市政府", "企劃科")
    for rubric in ("hsinchu-2018-overall", "hsinchu-2018-project"):
        leaf = made.rubrics.get(rubric).criteria[0].id
        made.store.progress.record(
            unit.id,
            rubric,
            leaf,
            "done",
            "t1",
            period="107",
            evidence="已訂定 32 項",
            due_on=date(2018, 6, 30),
            owner_unit_id=owner.id,
        )
    [overall] = make(made, OPERATOR, Request("plan-overall", unit="衛生局"))
    assert overall.name == "執行計畫_整體服務類_新竹市政府衛生局_107年度_1070801.odt"
    words = paragraphs(overall.data)
    assert "整體服務類 107 年度提升服務品質執行計畫" in words
    assert [one for one in words if re.match("[壹貳參肆伍陸柒捌]、", one)] == [
        "壹、計畫依據：",
        "貳、計畫目標：",
        "參、實施對象：",
        "肆、執行期程：",
        "伍、計畫內容：",
        "陸、執行步驟：",
        "柒、考核獎懲：",
        "捌、其他：",
    ]
    assert "辦理情形：共 11 項，完成 1 項（截至 107 年 8 月 1 日）。" in words
    rows = cells(overall.data)
    assert [squeezed(one) for one in rows[0]] == ["個別評核構面", "評核項目", "評核重點", "完成期限", "承辦單位"]
    assert rows[1][0] == "一、 基礎服務"
    assert rows[1][2].endswith("【完成】已訂定 32 項")
    assert rows[1][3:] == ["107/06/30", "企劃科"]
    assert "(3) 案件查詢管道：提供多元管道，如現場、電話、網路、行動裝置等" in rows[2][1]
    [project] = make(made, OPERATOR, Request("plan-project", unit="衛生局", year=2018))
    rows = cells(project.data)
    assert [squeezed(one) for one in rows[0]] == [
        "個別評核構面",
        "評核項目",
        "評核重點",
        "推動作法",
        "完成期限",
        "承辦單位",
    ]
    assert rows[1][3:] == ["【完成】已訂定 32 項", "107/06/30", "企劃科"]
    assert squeezed(cells(project.data, 1)[0][0]) == "整體評核構面"


def test_the_creative_plan_is_the_papers_skeleton() -> None:
    made = at()
    recorded(
        made, "wra-2016-sheet", BUREAU, UNITS[0], full(made, "wra-2016-sheet"), "2016-11-05T10:00", kind="superior"
    )
    [file] = make(made, OPERATOR, Request("creative"))
    words = paragraphs(file.data)
    assert words[0] == "經濟部水利署 創意服務名稱"
    assert "「提供創新服務情形」平均 100 分（滿分 100 分，1 筆）。" in words
    own = [one for one in words[1:] if one and "平均" not in one]
    assert all(squeezed(one) in document("002") for one in own)
    assert len(own) == 14


def busy() -> Services:
    """More than a report can hold: 24 units with tests, own and superior reviews, and a follow-up each."""
    made = at()
    made.store.units.ensure(BUREAU)
    for number in range(24):
        unit = f"第{number + 1}河川分署暨水資源管理中心"
        for rubric, form, kind in [
            (PHONE, WORKED, None),
            ("wra-2016-sheet", full(made, "wra-2016-sheet", {"case_information": number}), "superior"),
            ("wra-2016-sheet", full(made, "wra-2016-sheet"), "self"),
            ("mines-2011-sheet", full(made, "mines-2011-sheet"), "self"),
        ]:
            record = recorded(made, rubric, BUREAU, unit, form, "2016-11-05T10:00", kind=kind)
        made.store.improvements.open(record.unit_id, "接電話要先報單位名稱並確認需求，" * 20, "t1")
    return made


def test_the_yearly_report_has_the_recorded_figures_in_the_format_demanded() -> None:
    made = with_tests()
    for at_, unit in enumerate(UNITS[:2]):
        form = full(made, "wra-2016-sheet", {"case_information": 101 * at_})
        recorded(made, "wra-2016-sheet", BUREAU, unit, form, "2016-11-05T10:00", kind="superior")
    [file] = make(made, OPERATOR, Request("annual"))
    words = paragraphs(file.data)
    assert words[:2] == ["經濟部水利署 105年度提升服務品質績效總報告", "資料截止時間：105 年 12 月 20 日"]
    assert "（一）上級考核：2 筆，平均 949.5 分，最高 1000 分、最低 899 分；等第：優 1 筆、甲 1 筆。" in words
    assert "1、第一河川局 1000 分（優）、第二河川局 899 分（甲）。" in words
    assert "（二）電話禮貌測試 3 次，平均 81.17 分，最高 90.5 分、最低 76.5 分。" in words
    assert "（一）「服務流程」平均 229.5 分（滿分 280 分，2 筆）。" in words
    paper = document("000")
    headings = [one for one in words if re.match("[壹貳]、|[一二三四五]、", one)]
    assert len(headings) == 7
    assert all(squeezed(one) in paper for one in headings)
    styles = root(file.data).findall(".//style:style", NAMES)
    used = {p.get(f"{{{NAMES['text']}}}style-name") for p in root(file.data).iter(f"{{{NAMES['text']}}}p")}
    for style in styles:
        if style.get(f"{{{NAMES['style']}}}name") in used:
            sides, letters = style.find("style:paragraph-properties", NAMES), style.find("style:text-properties", NAMES)
            assert sides is not None
            assert letters is not None
            assert sides.get(f"{{{NAMES['fo']}}}line-height") == "21pt"
            for name in ("size", "size-asian"):
                space = "fo" if name == "size" else "style"
                assert letters.get(f"{{{NAMES[space]}}}font-{name}") == "14pt"
            assert letters.get(f"{{{NAMES['style']}}}font-name-asian") == "標楷體"


def test_invented_data_are_labelled_on_every_form() -> None:
    made = at("2018-12-01T09:00")
    recorded(made, PHONE, BUREAU, UNITS[0], WORKED, "2018-11-05T10:00", source="demo")
    recorded(made, "wra-2016-sheet", BUREAU, UNITS[0], full(made, "wra-2016-sheet"), "2018-11-05T11:00", source="demo")
    for form in FORMS:
        for file in make(made, OPERATOR, Request(form.id, unit=UNITS[0])):
            shown = file.data.decode() if file.name.endswith("csv") else "".join(paragraphs(file.data))
            assert "【示範資料】" in shown
            assert file.name.startswith("示範資料_")


def test_odfdo_reads_every_form_back() -> None:
    made = busy()
    for form in FORMS:
        for file in make(
            made, OPERATOR, Request(form.id, unit=BUREAU if form.basis == "year" else "第1河川分署暨水資源管理中心")
        ):
            if not file.name.endswith("csv"):
                kind = Document(BytesIO(file.data)).get_type()
                assert kind == ("spreadsheet" if file.name.endswith("ods") else "text")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_every_form_and_the_report_has_three_pages_at_most(tmp_path: Path) -> None:
    made, paths = busy(), {}
    for form in FORMS:
        for file in make(
            made, OPERATOR, Request(form.id, unit=BUREAU if form.basis == "year" else "第1河川分署暨水資源管理中心")
        ):
            paths[file.name] = tmp_path / f"{form.id}{Path(file.name).suffix}"
            paths[file.name].write_bytes(file.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    names = [str(path) for path in paths.values() if path.suffix != ".csv"]
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *names], check=True
    )
    pages = {path.stem: len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) for path in tmp_path.glob("*.pdf")}
    assert set(pages) == {form.id for form in FORMS}
    assert 1 <= pages["annual"] <= 3
    assert pages["phone"] <= 4
    assert Decimal(pages["creative"]) == 1
