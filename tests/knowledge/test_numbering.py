"""Marks, numbers, points and bands in a line of text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.figures import figures, numeral
from knowledge.markers import cut_points, match, spaced
from knowledge.scales import bands, points_cell, points_of, split_bands, threshold


@pytest.mark.parametrize(
    ("text", "family", "number"),
    [
        ("壹、計畫依據", "big", 1),
        ("拾、附則", "big", 10),
        ("一、目的", "han", 1),
        ("十二、其他", "han", 12),
        ("(一) 推動", "han_paren", 1),
        ("（十一）電話", "han_paren", 11),
        ("㈢本局", "han_paren", 3),
        ("1. 提升", "digit", 1),
        ("1、電話", "digit", 1),
        ("２．辦理", "digit", 2),
        ("2) 申訴", "digit", 2),
        ("(1)設置", "digit_paren", 1),
        ("⑵設置", "digit_paren", 2),
        ("③開放", "circled", 3),
        ("甲、開場", "stem", 1),
        ("癸、附則", "stem", 10),
        ("a. 強化", "letter", 1),
        ("B. 口頭報告", "upper", 2),
        ("1.1 公開", "dec2", 1),
        ("2.2 個人防護", "dec2", 2),
        ("1.3.2 危害性", "dec3", 2),
        ("第一章 總則", "章", 1),
        ("第 十 條  圖書", "條", 10),
        ("第四條之一", "條", 4),
        ("第三點　考核", "條", 3),
        ("## 評分", "hash2", 0),
        ("案由一：修正", "case", 1),
    ],
)
def test_marks(text: str, family: str, number: int) -> None:
    found = match(text)
    assert found is not None
    assert (found.family, found.number) == (family, number)


@pytest.mark.parametrize(
    "text",
    [
        "20-25 分 民眾",
        "2.5 倍計算",
        "2.5分以上",
        "(60 分)",
        "100 年 1 月",
        "第 5、6 項給分",
        "Web 2.0",
        "e 管家",
        "一致性",
        "10%",
        "",
    ],
)
def test_what_only_looks_like_a_mark(text: str) -> None:
    assert match(text) is None


def test_a_bare_number_before_a_heading() -> None:
    assert spaced("3 不予補助") is not None
    assert spaced("3 年以上") is None
    assert spaced("12 月 31 日") is None


def test_inline_lists_are_cut_and_lone_marks_are_not() -> None:
    text = "服務流程 (1)設置服務台。 (2)提供專人。"
    assert [text[c : c + 3] for c in cut_points(text)] == ["(1)", "(2)"]
    assert cut_points("依序「一、（一）、1、（1）」，標楷體") == []
    assert cut_points("(註: 毋需轉接即能充分提供時, 第 5、6 項給分)") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一千二百", 1200),
        ("２３", 23),
        ("一〇五", 105),
        ("參", 3),
        ("甲", None),
    ],
)
def test_numerals(text: str, value: int | None) -> None:
    assert numeral(text) == value


def test_figures_with_units() -> None:
    found = figures("達 85% 以上，嘉獎二次，每4個月至少1次，1,000 元，百分之四十五，一致性，乘以2.5")
    assert [(f.value, f.unit) for f in found] == [
        (85, "%"),
        (2, "次"),
        (4, "個月"),
        (1, "次"),
        (1000, "元"),
        (45, "%"),
        (Decimal("2.5"), ""),
    ]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("機關形象 (170 分)", 170),
        ("優質構面 (6 0 0 分)", 600),
        ("一、總機接聽：45 分", 45),
        ("（滿分100分）", 100),
        ("無", None),
    ],
)
def test_points_of_a_heading(text: str, points: int | None) -> None:
    assert points_of(text) == points


def test_points_standing_alone() -> None:
    assert points_cell("(8-10)") == (8, 10)
    assert points_cell("15") == (None, 15)
    assert points_cell("20%") == (None, 20)
    assert points_cell("15 分鐘") is None


def test_bands_and_their_spans() -> None:
    text = "20-25 分 滿意度達 85% 以上。\n1-15 分 達 65% 以上。\n※若未辦理，大致符合計 12-25 分，有待改進計 1-12 分。"
    found = bands(text)
    assert [(b.low, b.high, b.threshold, b.unit, b.op) for b in found] == [
        (20, 25, 85, "%", ">="),
        (1, 15, 65, "%", ">="),
        (12, 25, None, "", ""),
        (1, 12, None, "", ""),
    ]
    assert all(text[b.start : b.end] == b.text for b in found)
    assert found[1].text == "1-15 分 達 65% 以上。"


def test_pieces_of_a_scale() -> None:
    assert split_bands("滿意度 10-20分 甲。 1-9分 乙。") == ["滿意度", "10-20分 甲。", "1-9分 乙。"]
    assert split_bands("實施 10-20 分鐘") == ["實施 10-20 分鐘"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("達 13 件。", (13, "件", "=")),
        ("至少 3 次", (3, "次", ">=")),
        ("不得低於 5 次", (5, "次", "<")),
        ("60 分以下", (60, "分", "<=")),
        ("未達2%", (2, "%", "<")),
        ("沒有數字", (None, "", "")),
    ],
)
def test_thresholds(text: str, wanted: tuple[int | None, str, str]) -> None:
    assert threshold(text) == wanted
