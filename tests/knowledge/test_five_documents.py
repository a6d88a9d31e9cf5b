"""The five documents against what a person reads in them: chains, points, bands, options. The tables were written by
hand from the papers, not taken from the program."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.folders import BUILT_IN
from knowledge.normal import squash
from knowledge.passages import LONGEST, Passage
from knowledge.reading import Document, load_documents

LOST = {"000": 0, "001": 0, "002": 0, "003": 5, "004": 0}  # 003: its form repeats the head on every page
EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {d.name[:3]: d for d in load_documents((BUILT_IN,))}


def rows(name: str) -> list[list[str]]:
    lines = (EXPECTED / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def one(document: Document, words: str) -> Passage:
    found = [p for p in document.passages if squash(words) in squash(p.text)]
    assert found, words
    return min(found, key=lambda p: len(p.text))


@pytest.mark.parametrize(
    ("name", "title", "office", "year"),
    [
        ("000", "經濟部礦務局 100 年度提升服務品質執行計畫", "經濟部礦務局", 100),
        ("001", "經濟部商業司提升服務效能實施計畫", "經濟部商業司", 106),
        ("002", "經濟部水利署105年度提升服務品質執行計畫", "經濟部水利署", 105),
        ("003", "新竹市政府 107 年度提升服務品質實施計畫", "新竹市政府", 107),
        ("004", "經濟部水利署第二河川局 102年度提升服務品質執行計畫", "經濟部水利署第二河川局", 102),
    ],
)
def test_what_a_document_says_of_itself(
    documents: dict[str, Document], name: str, title: str, office: str, year: int
) -> None:
    said = documents[name].credit
    assert (said.title, said.office, said.year) == (title, office, year)


def test_names_that_follow_by_rule(documents: dict[str, Document]) -> None:
    assert {"礦務局", "礦局"} <= set(documents["000"].aliases)
    assert {"水利署第二河川局", "第二河川局", "二河局"} <= set(documents["004"].aliases)
    assert {"新竹市", "新竹市府", "竹市"} <= set(documents["003"].aliases)
    assert "水利署" not in documents["004"].aliases


def test_the_letter_by_which_a_plan_was_issued(documents: dict[str, Document]) -> None:
    assert documents["000"].credit.number == "礦局秘一字第 10000008170 號"
    assert [documents[n].credit.number for n in ("001", "002", "003", "004")] == ["", "", "", ""]


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_top_headings(documents: dict[str, Document], name: str) -> None:
    top = [p.marker for p in documents[name].passages if not p.path and p.marker]
    assert top == ["壹、", "貳、", "參、", "肆、", "伍、", "陸、", "柒、", "捌、"]


def test_annexes(documents: dict[str, Document]) -> None:
    mines = {p.path for p in documents["000"].passages}
    sheet = ("附表 1", "經濟部礦務局 100 年度提升服務品質考核項目及評分表")
    assert sheet in mines
    assert ("附表 2", "經濟部礦務局 100 年度提升服務品質（自行）考核結果統計表") in mines
    assert ("創意服務名稱", "壹、專案總說明") in mines
    assert ("100 年度提升服務品質績效總報告", "壹、執行績效") in mines
    city = {p.path[0] for p in documents["003"].passages if p.path}
    assert "附件 1：整體服務類 107 年度提升服務品質執行計畫(建議格式)" in city
    assert "電話禮貌測試量表" in city


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_every_piece_is_verbatim(documents: dict[str, Document], name: str) -> None:
    source = squash(documents[name].text)
    for p in documents[name].passages:
        pieces = [*p.text.replace("\u3000", "\n").split("\n"), *p.full.replace("\u3000", "\n").split("\n")]
        pieces += [*p.brief.replace("\u3000", "\n").split("\n"), *p.path, p.heading]
        for piece in pieces:
            assert squash(piece) in source, (p.section, piece)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_nothing_of_the_paper_is_lost(documents: dict[str, Document], name: str) -> None:
    """Every run of eight characters of the source stands in the passages, read one after the other."""
    held = "".join(squash(p.text) for p in documents[name].passages)
    lost = []
    for line in documents[name].text.splitlines():
        if set(line.strip()) <= {"-", "\t"}:
            continue
        for part in re.split(r"\t|<[^>]*>|[*] *(?:小計|得分)：?:?", line.strip().removeprefix("- ")):
            words = squash(part)
            runs = [words[i : i + 8] for i in range(0, max(len(words) - 7, 0), 4)]
            lost += [run for run in runs if run not in held and run[-7:] not in held]
    assert len(lost) <= LOST[name], lost


def test_shape(documents: dict[str, Document]) -> None:
    for document in documents.values():
        ids = {p.id: p for p in document.passages}
        assert len(ids) == len(document.passages)
        for p in document.passages:
            assert len(p.full) <= LONGEST
            assert len(p.brief) <= LONGEST
            assert all(p.id == ids[c].parent for c in p.children)
            assert not p.siblings or p.id in p.siblings
            assert all(p.text[b.start : b.end] == b.text for b in p.bands)
            assert p.lines[0] <= p.lines[1]


@pytest.mark.parametrize("name", ["000", "002"])
def test_all_bands_of_the_sheets(documents: dict[str, Document], name: str) -> None:
    items = [p for p in documents[name].passages if p.kind == "item"]
    wanted: dict[tuple[str, str], list[list[str]]] = {}
    for row in rows("bands.tsv"):
        if row[0] == name:
            wanted.setdefault((row[1], row[2]), []).append(row)
    found = {squash(p.heading): p for p in items if p.bands}
    assert set(found) == {squash(heading) for heading, _ in wanted}
    for (heading, points), bands in wanted.items():
        item = found[squash(heading)]
        assert item.points == Decimal(points), heading
        assert len(item.bands) == len(bands), heading
        for band, row in zip(item.bands, bands, strict=True):
            assert (band.low, band.high) == (Decimal(row[3]), Decimal(row[4])), row
            assert squash(row[7]) in squash(band.text), row
            if row[5] == "-":
                assert band.threshold is None, row
            else:
                assert (band.threshold, band.unit) == (Decimal(row[5]), row[6]), row


def test_how_a_threshold_compares(documents: dict[str, Document]) -> None:
    accuracy = one(documents["000"], "2. 服務可勝任程度 (50 分)\n45-50 分")
    assert {b.op for b in accuracy.bands} == {">="}
    links = one(documents["000"], "1.3 資訊內容正確程度 (20 分)\n15-20 分")
    assert [b.op for b in links.bands] == [">=", "=", "="]


def test_chains_in_the_sheets(documents: dict[str, Document]) -> None:
    phone = one(documents["000"], "1.2 電話禮貌測試績效 (20 分)\n15-20 分")
    assert phone.path[-4:] == (
        "優質便民服務構面 (600分)",
        "機關形象 (170 分)",
        "服務行為友善性與專業性 (90 分)",
        "1. 服務親和程度 (40 分)",
    )
    assert phone.heading == "1.2 電話禮貌測試績效 (20 分)"
    channels = one(documents["002"], "※提供案件查詢管道種類(60分)")
    assert channels.path[-3:] == (
        "服務流程 (280分)",
        "處理透明度 (280分)",
        "1.案件處理流程查詢公開及簡化流程程度 (180分)",
    )
    several = one(documents["002"], "另提供電子參與方式2種以上")
    assert several.path[-2:] == ("線上服務及電子參與（100分）", "電子參與多樣性（50分）")
    assert any("查詢公開及簡化流程程度" in doubt for doubt in documents["002"].doubts)


def test_a_parts_points_add_up(documents: dict[str, Document]) -> None:
    for name in ("000", "002"):
        passages = {p.id: p for p in documents[name].passages}
        for p in passages.values():
            below = [passages[c].points for c in p.children]
            told = [b for b in below if b is not None]
            if p.points is not None and told and len(told) == len(below) and p.kind != "item":
                assert sum(told) == p.points, p.section


def test_the_alternative_rule_belongs_to_its_item(documents: dict[str, Document]) -> None:
    place = one(documents["000"], "1. 洽公環境適切程度 (25 分)\n20-25 分")
    assert "※若考核時，機關 100 年度尚未辦理民眾滿意度調查" in place.text


def test_the_telephone_form(documents: dict[str, Document]) -> None:
    form = [
        p for p in documents["003"].passages if p.path[:1] == ("電話禮貌測試量表",) and p.kind in ("item", "option")
    ]
    wanted = rows("phone.tsv")
    assert len(form) == len(wanted)
    for p, (kind, points, words, above) in zip(form, wanted, strict=True):
        low, _, high = points.partition("-")
        assert p.kind == kind, words
        assert squash(p.text).startswith(squash(words)), (p.text, words)
        assert p.points == Decimal(high or low), words
        assert p.least == (Decimal(low) if high else None), words
        assert squash(p.path[-1]) == squash(above), words


def test_an_item_shows_its_options_with_points(documents: dict[str, Document]) -> None:
    attitude = one(documents["003"], "8、總機人員之接聽態度:")
    assert attitude.text.split("\n") == [
        "8、總機人員之接聽態度:\u30002",
        "(1) 語調謙和、熱誠。\u3000(2)",
        "(2) 語調平淡, 態度尚佳。\u3000(1)",
        "(3) 語調急躁、不耐煩。\u3000(0)",
    ]
    assert attitude.path == ("電話禮貌測試量表", "一、總機接聽", "(三) 總機人員電話禮貌")
    assert [(b.low, b.high) for b in attitude.bands] == [(2, 2), (1, 1), (0, 0)]
    pair = one(documents["003"], "一、總機接聽：45 分")
    assert pair.points == 45
    scale = next(p for p in documents["003"].passages if p.text == "電話禮貌測試量表")
    assert "一、總機接聽：45 分" in scale.full
    assert "二、業務單位接聽電話：55 分" in scale.full


def test_grades(documents: dict[str, Document]) -> None:
    line = one(documents["000"], "優=900 分以上")
    assert [(b.label, b.low, b.high) for b in line.bands] == [
        ("優", 900, None),
        ("甲", 800, 899),
        ("乙", 700, 799),
        ("丙", 600, 699),
        ("丁", None, 599),
    ]
    assert line.path[0] == "附表 2"


def test_cells_that_were_shifted_or_span_pages(documents: dict[str, Document]) -> None:
    courtesy = one(documents["000"], "每4個月至少測試1次")
    assert courtesy.path == (
        "肆、執行策略及方法",
        "一、優質便民服務",
        "(二) 營造機關為民服務專業、親切之良好形象",
        "2. 提高服務行為友善性與專業性",
    )
    parallel = one(documents["002"], "每3個月至少測試1次")
    assert parallel.path[-1] == "2. 提高服務行為友善性與專業性"
    assert len(parallel.siblings) == 3
    cut = one(documents["003"], "提供多元管道，如現場、")
    assert "電話、網路、行動裝置等，方便民眾查詢案件處理進度。" in cut.text
    polite = one(documents["001"], "重視服務人員的禮貌態度")
    assert polite.heading == "3. 提高服務行為友善性"
    assert polite.path[-1] == "(二) 服務友善性"
    experts = one(documents["004"], "年度內至少1次")
    assert experts.path[-2:] == ("1. 提出有價值的創意服務", "(3)服務項目改造")


def test_two_columns_of_content_are_told_apart(documents: dict[str, Document]) -> None:
    done = one(documents["000"], "應完成規劃並已具體執行")
    assert done.path[-2:] == ("有價值的創意服務 (130分)", "評分注意事項")
    idea = one(documents["000"], "無中生有")
    assert idea.path[-1] == "內涵說明"


def test_lists_show_their_children(documents: dict[str, Document]) -> None:
    part = next(p for p in documents["002"].passages if p.heading == "創新加值服務構面 (100分)")
    for words in ("提出有價值之創新服務 (50分)", "標竿學習(30分)", "落實組織內部創新機制(20分)"):
        assert words in part.full
    groups = one(documents["003"], "計分 3 組別：")
    assert "香山衛生所" in groups.full
    facets = next(p for p in documents["003"].passages if p.heading == "個別評核構面" and p.path[0] == "肆、計畫內容")
    assert [w for w in ("基礎服務", "服務遞送", "服務量能", "服務評價") if w in facets.full] == [
        "基礎服務",
        "服務遞送",
        "服務量能",
        "服務評價",
    ]


def test_notes_and_skeletons(documents: dict[str, Document]) -> None:
    layout = one(documents["002"], "標楷體14號字")
    assert layout.kind == "note"
    assert layout.path == ("(機關名稱) 105年度提升服務品質績效總報告",)
    proof = one(documents["000"], "如相關民意調查、統計資料等")
    assert proof.heading == "肆、附件"
    late = one(documents["003"], "不予重複給獎")
    assert late.path == ("柒、獎勵規定", "一、參加中央辦理「政府服務獎」評獎之獎勵方式")
