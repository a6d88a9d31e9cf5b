"""附表2 from five recorded units: sums, grades and ranks worked out by hand, read back by calamine and as bare XML."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from bot.app import Services
from bot.exporting import OPERATOR, Request, make
from tests.bot.reports.paper import BUREAU, MINES, at, cells, full, recorded, root

# what each unit falls short of the maximum, by item; the sums below were added by hand from the paper's maxima:
# 服務流程 280, 機關形象 170, 顧客關係 150, 資訊 100, 線上 100, 創新 100, 整合 100
SHORT = {
    "第一河川局": {"case_information": 30, "facilities": 5, "integration_ict": 10},
    "第二河川局": {"process_response": 50, "satisfaction": 40, "competence": 10},
    "第三河川局": {"case_information": 30, "retrieval": 5, "participation": 10},
    "北區水資源局": {"process_response": 100, "competence": 50, "satisfaction": 80, "creative_value": 50},
    "中區水資源局": {
        "case_information": 120,
        "process_response": 100,
        "satisfaction": 80,
        "opinions": 70,
        "integration_ict": 40,
    },
}
EXPECTED = [
    ["第一河川局", 250, 165, 150, 100, 100, 100, 90, 955, "優", 1],
    ["第二河川局", 230, 160, 110, 100, 100, 100, 100, 900, "優", 3],
    ["第三河川局", 250, 170, 150, 95, 90, 100, 100, 955, "優", 1],
    ["北區水資源局", 180, 120, 70, 100, 100, 50, 100, 720, "乙", 4],
    ["中區水資源局", 60, 170, 0, 100, 100, 100, 60, 590, "丁", 5],
]


@pytest.fixture
def bureau() -> Services:
    made = at()
    for day, (unit, short) in enumerate(SHORT.items(), 1):
        form = full(made, "wra-2016-sheet", short)
        recorded(made, "wra-2016-sheet", BUREAU, unit, form, f"2016-11-{day:02}T10:00", kind="superior", period="105")
    return made


def test_five_units_have_the_right_sums_grades_and_ranks(bureau: Services) -> None:
    [file] = make(bureau, OPERATOR, Request("statistics"))
    assert file.name == "附表2統計表_經濟部水利署_105年度_wra-2016-sheet_1051220.ods"
    sheet = CalamineWorkbook.from_filelike(BytesIO(file.data)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][0] == "經濟部水利署105年度提升服務品質（本署）考核結果統計表"
    assert rows[2][0] == "優=900分以上；甲=899-800分；乙=799-700分；丙=699-600分；丁=599分以下"
    assert rows[4][3:10] == [
        "服務流程",
        "機關形象",
        "顧客關係",
        "資訊提供及檢索服務",
        "線上服務及電子參與",
        "提供創新服務情形",
        "辦理服務規劃創新整合情形",
    ]
    assert rows[5][3:10] == ["280分", "170分", "150分", "100分", "100分", "100分", "100分"]
    found = rows[6:11]
    assert [[*row[2:12], row[13]] for row in found] == EXPECTED
    assert [row[1] for row in found] == [1, 2, 3, 4, 5]
    assert {row[12] for row in found} == {"105/11"}
    assert rows[11][0].startswith("※ 考核結果處理情形：【請敘明考核結果後續處理情形")


def test_the_same_figures_stand_in_the_xml_as_numbers(bureau: Services) -> None:
    [file] = make(bureau, OPERATOR, Request("statistics", unit="水利署", year=105))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    row = list(root(file.data).iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-row"))[6]
    numbers = [cell.get(f"{office}value") for cell in row if cell.get(f"{office}value-type") == "float"]
    assert numbers == ["1", "250", "165", "150", "100", "100", "100", "90", "955", "1"]


def test_the_six_columns_of_100() -> None:
    made = at("2011-12-20T09:00")
    recorded(made, "mines-2011-sheet", MINES, "秘書室", full(made, "mines-2011-sheet"), "2011-06-01T10:00", kind="self")
    [file] = make(made, OPERATOR, Request("statistics"))
    shown = cells(file.data)
    assert shown[0] == ["經濟部礦務局 100 年度提升服務品質（自行）考核結果統計表"]
    assert shown[2] == ["優=900 分以上；甲=899-800 分；乙=799-700 分；丙=699-600 分；丁=599 分以下"]
    assert shown[3] == [
        "實施考核機關",
        "編號",
        "受考核單位名稱",
        "考核項目成績（1000 分）",
        "總分",
        "等第",
        "考核年月",
        "名次",
    ]
    assert shown[4] == [
        "一、機關形象（170 分）",
        "二、服務流程（280 分）",
        "三、顧客關係（150 分）",
        "四、資訊提供及檢索服務（100 分）",
        "五、線上服務及電子參與（100 分）",
        "六、提供創新（意）服務情形（200 分）",
    ]
    values = [MINES, "1", "秘書室", "170", "280", "150", "100", "100", "200", "1000", "優", "100/06", "1"]
    assert shown[5] == values


def test_each_kind_and_half_year_is_a_sheet_and_only_the_latest_of_a_unit_is_ranked() -> None:
    made = at()
    form = full(made, "wra-2016-sheet")
    for when, kind, period in [
        ("2016-06-01T10:00", "superior", "105H1"),
        ("2016-11-01T10:00", "superior", "105H2"),
        ("2016-11-02T10:00", "superior", "105H2"),
        ("2016-11-03T10:00", "self", "105H2"),
        ("2015-11-03T10:00", "self", "104"),
    ]:
        recorded(made, "wra-2016-sheet", BUREAU, "第一河川局", form, when, kind=kind, period=period)
    [file] = make(made, OPERATOR, Request("statistics", year=2016))
    book = CalamineWorkbook.from_filelike(BytesIO(file.data))
    assert book.sheet_names == ["上級考核（上半年）", "自行考核（下半年）", "上級考核（下半年）"]
    rows = book.get_sheet_by_name("上級考核（下半年）").to_python()
    assert [row[13] for row in rows[6:8]] == ["－", 1]
    assert any("名次以最近一筆計" in str(row[0]) for row in rows)
