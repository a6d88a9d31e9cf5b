"""Documents of other kinds: regulations, scoring rules, check lists, minutes, in the layouts that offices use."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.normal import squash
from knowledge.passages import Passage
from knowledge.reading import Document, load_documents

FOLDER = Path(__file__).parent / "documents"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {d.name[:2]: d for d in load_documents((FOLDER,))}


def one(documents: dict[str, Document], name: str, words: str) -> Passage:
    found = [p for p in documents[name].passages if words in p.text]
    assert found, words
    return min(found, key=lambda p: len(p.text))


@pytest.mark.parametrize(
    ("name", "title", "office", "year"),
    [
        ("01", "雲海市立工業高級中學學生獎懲實施辦法", "雲海市立工業高級中學", 110),
        ("02", "青嵐大學服務學習課程評分辦法", "青嵐大學", None),
        ("03", "北原工廠消防設備月份點檢表", "北原工廠", None),
        ("04", "宏遠物流股份有限公司員工旅遊補助須知", "宏遠物流股份有限公司", None),
        ("05", "大湖鎮立活動中心場地借用管理要點", "大湖鎮立活動中心", None),
        ("07", "溪口國民小學課程發展委員會第三次會議紀錄", "溪口國民小學課程發展委員會", 113),
        ("08", "【萬安國民運動中心游泳池使用規則】", "萬安國民運動中心", None),
        ("12", "甘泉縣立文化館志願服務人員考核要點", "甘泉縣立文化館", None),
    ],
)
def test_what_they_say_of_themselves(
    documents: dict[str, Document], name: str, title: str, office: str, year: int | None
) -> None:
    said = documents[name].credit
    assert (said.title, said.office, said.year) == (title, office, year)


@pytest.mark.parametrize(
    ("name", "words", "path"),
    [
        ("01", "價值在新臺幣五百元以下者", ("第二章 獎勵", "第三條 有下列情形之一者，記嘉獎")),
        ("01", "甲等者，嘉獎一次", ("第二章 獎勵", "第三條 有下列情形之一者，記嘉獎", "三、擔任班級幹部，負責盡職者")),
        ("01", "累計嘉獎三次", ("第二章 獎勵",)),
        ("01", "由校長核定之", ("第一章 總則", "第二條 獎勵分為下列四種")),
        ("02", "偽造時數證明", ("參、成績處理", "2. 有下列情形之一者，成績以零分計")),
        ("02", "字數1,200字以上", ("貳、評分項目",)),
        ("04", "以二人為限", ("1 總則", "1.2 補助額度")),
        ("04", "登機證存根", ("2 申請程序", "2.2 返國後30日內檢附單據核銷")),
        ("05", "投影設備免費借用", ("三、 收費標準如下", "(二) 會議室每小時二百元")),
        ("06", "桌面無雜物", ("整潔 (40分)",)),
        ("07", "車輛出廠年份", ("參、提案討論",)),
        ("09", "超過 30 秒扣 1 分", ("B. 口頭報告 Presentation (30%)",)),
        ("12", "(三)專業知能：二十分", ("第二點 年終考核項目及配分如下",)),
        ("12", "參加研習每6小時得5分", ("附表一", "志願服務人員年終考核評分表")),
    ],
)
def test_chains(documents: dict[str, Document], name: str, words: str, path: tuple[str, ...]) -> None:
    assert one(documents, name, words).path == path


def test_an_article_keeps_its_paragraphs(documents: dict[str, Document]) -> None:
    first = one(documents, "01", "為建立學生良好行為規範")
    assert first.text.split("\n") == [
        "第一條",
        "為建立學生良好行為規範，特訂定本辦法。",
        "本校學生之獎懲，除法令另有規定外，依本辦法辦理。",
    ]


@pytest.mark.parametrize(
    ("name", "words", "row", "points"),
    [
        ("02", "滿18小時得滿分", "服務時數", 40),
        ("03", "斷電後持續照明30分鐘", "F04　緊急照明燈", None),
        ("11", "前2小時免費", "電動機車", None),
        ("12", "請假每次扣2分", "出勤狀況", 40),
    ],
)
def test_rows_of_tables_by_pipes_spaces_boxes_and_tabs(
    documents: dict[str, Document], name: str, words: str, row: str, points: int | None
) -> None:
    found = one(documents, name, words)
    assert (found.kind, found.heading) == ("row", row)
    assert found.points == (None if points is None else Decimal(points))
    assert found.text.count("\n") == 1


def test_a_row_shows_the_heads_of_its_columns(documents: dict[str, Document]) -> None:
    assert one(documents, "03", "長度15公尺以上").text.split("\n") == [
        "編號　點檢項目　合格標準　週期",
        "F03　室內消防栓水帶　長度15公尺以上，無破損　每季",
    ]


def test_scales_of_an_unknown_sheet(documents: dict[str, Document]) -> None:
    power = one(documents, "06", "較上年度節電達5%以上")
    assert power.points == 35
    assert [(b.low, b.high, b.threshold, b.unit, b.op) for b in power.bands] == [
        (26, 35, 5, "%", ">="),
        (11, 25, 2, "%", ">="),
        (0, 10, 2, "%", "<"),
    ]
    exits = one(documents, "06", "動線暢通")
    assert exits.text.endswith("※如有上鎖之安全門，本項以零分計。")
    grades = one(documents, "12", "年終考核等第")
    assert [(b.label, b.low, b.high) for b in grades.bands] == [
        ("優等", 90, None),
        ("甲等", 80, 89),
        ("乙等", 70, 79),
        ("丙等", None, 69),
    ]


def test_minutes(documents: dict[str, Document]) -> None:
    fee = one(documents, "07", "1,800元")
    assert fee.text.split("\n") == [
        "案由二：課後社團收費調整案，請討論。",
        "決議：每期收費由1,500元調整為1,800元，低收入戶免費。",
    ]


def test_a_plain_text_is_searchable_and_doubted(documents: dict[str, Document]) -> None:
    assert one(documents, "10", "每件酌收清運費三百元").kind == "clause"
    assert documents["10"].doubts == ("看不出條號或表格，只能整段搜尋。",)


def test_pieces_stand_in_their_files(documents: dict[str, Document]) -> None:
    for document in documents.values():
        source = squash(document.text.replace("|", "").replace("│", ""))
        for p in document.passages:
            for piece in "\n".join([p.text, p.full, *p.path, p.heading]).replace("\u3000", "\n").split("\n"):
                assert squash(piece) in source, (document.name, piece)
