"""Names, years, numbers, kinds, typing errors and follow-ups, each with the reading written down by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.numbers import read
from tests.support.shared import built_in

LIBRARY = built_in()
READ = LIBRARY.understander.read

MINES, TRADE, WATER, RIVER, CITY = (
    "經濟部礦務局",
    "經濟部商業司",
    "經濟部水利署",
    "經濟部水利署第二河川局",
    "新竹市政府",
)


@pytest.mark.parametrize(
    ("question", "offices"),
    [
        ("礦務局多久測一次電話", (MINES,)),
        ("礦局的考核方式", (MINES,)),
        ("商業司的實施對象", (TRADE,)),
        ("水利署的實施對象", (WATER,)),
        ("經濟部水利署第二河川局的實施對象", (RIVER,)),
        ("第二河川局的實施對象", (RIVER,)),
        ("二河局的實施對象", (RIVER,)),
        ("2河局的實施對象", (RIVER,)),
        ("Hsinchu City 的獎勵", (CITY,)),
        ("新竹市跟二河局的滿意度調查差在哪", (CITY, RIVER)),
        ("矿务局的考核", (MINES,)),
        ("二河菊的實施對象", (RIVER,)),
        ("shui li shu 電話禮貌", (WATER,)),
        ("電話禮貌測試多久一次", ()),
    ],
)
def test_offices_by_every_name(question: str, offices: tuple[str, ...]) -> None:
    assert READ(question).named.offices == offices


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2013年二河局的成果", (102,)),
        ("二河局102年的成果", (102,)),
        ("一百零二年度二河局的成果", (102,)),
        ("民國105年水利署的計畫", (105,)),
        ("行政院106年1月9日的函", ()),
    ],
)
def test_years_roc_western_and_written_out(question: str, years: tuple[int, ...]) -> None:
    named = READ(question).named
    assert named.years == years
    assert named.unknown == ()


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("台北市政府的電話禮貌測試量表", "台北市"),
        ("健保署客服專線怎麼計分", "健保署"),
        ("第三河川局的敘獎", "第三河川局"),
        ("2024年新竹市政府的獎勵規定", "113年"),
        ("水利署106年度的成果何時報部", "106年度"),
        ("礦務局99年度的考核", "99年度"),
    ],
)
def test_names_that_no_document_has(question: str, missing: str) -> None:
    assert missing in READ(question).named.unknown


@pytest.mark.parametrize("question", ["水利署櫃台大概幾分", "有外國人來商業司辦公司登記", "新竹市消防局第幾組"])
def test_words_that_look_like_other_offices_are_none(question: str) -> None:
    assert READ(question).named.unknown == ()


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("響了五聲才接", "5", "聲", "="),
        ("12 秒接起來", "12", "秒", "="),
        ("滿意度78%", "78", "%", "="),
        ("正確率八成五", "85", "%", "="),
        ("九成以上", "90", "%", ">="),
        ("82趴", "82", "%", "="),
        ("百分之百", "100", "%", "="),
        ("每被問四題就有一題講錯", "75", "%", "="),
        ("問十題對九題", "90", "%", "="),
        ("對的只有12件", "12", "件", "="),
        ("總分856是什麼等第", "856", "", "="),
        ("856 是什麼等第", "856", "", "="),
        ("十個人裡有七個滿意", "70", "%", "="),
        ("加起來不到六百", "600", "", "<"),
        ("考了八百五十六分", "856", "分", "="),
        ("第二名", "2", "名", "="),
    ],
)
def test_numbers_as_people_say_them(text: str, value: str, unit: str, bound: str) -> None:
    (found,) = read(text)
    assert (found.value, found.unit, found.bound) == (Decimal(value), unit, bound)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("代接店話的人", "代接電話的人"),
        ("轉街服物", "轉接服務"),
        ("業務單位末報明單位名稱", "業務單位未報明單位名稱"),
        ("回應問提正確綠", "回應問題正確率"),
        ("考合優等地一名", "考核優等第一名"),
        ("參獎通過初審 承辦長科", "參獎通過初審 承辦科長"),
        ("dian hua li mao 測試", "電話禮貌測試"),
        ("電話禮貌測試要幾分才算良好ㄋ", "電話禮貌測試要幾分才算良好呢"),
        ("二河局ㄗˋ行考核", "二河局自行考核"),
        ("应该包含什么格式", "應該包含什麼格式"),
    ],
)
def test_typing_errors_are_mended(typed: str, meant: str) -> None:
    assert READ(typed).text == meant


@pytest.mark.parametrize(
    "question",
    [
        "礦務局電話禮貌測試打出來85分,在考核評分表上可以拿幾分",
        "我們公司的人去洽公環境看過",
        "承辦在講電話,總機很客氣說對不起",
        "長官叫我們去社區擺攤做宣導",
        "網頁小編問我要不要註明出處",
    ],
)
def test_what_is_right_stays_as_it_was(question: str) -> None:
    assert READ(question).text == question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("可以拿幾分", "points"),
        ("多久測一次", "times"),
        ("最晚哪天要報部", "date"),
        ("實施對象是誰", "who"),
        ("公布在哪裡", "where"),
        ("可以記什麼功", "reward"),
        ("字型要幾號字", "format"),
        ("總分856是什麼等第", "grade"),
        ("依據哪一個函", "document"),
        ("有哪四項", "list"),
    ],
)
def test_the_kind_of_answer_asked_for(question: str, kind: str) -> None:
    assert kind in READ(question).kinds


def test_a_follow_up_keeps_the_office_and_its_own_number_replaces_the_old_one() -> None:
    asked = READ("那12件呢", ["礦務局網站連結抽測14件以上正確是幾分?"])
    assert asked.named.offices == (MINES,)
    assert [(q.value, q.unit) for q in asked.quantities] == [(Decimal(12), "件")]
    assert "12件" in asked.query.terms
    assert "14件" not in asked.query.terms


def test_a_follow_ups_office_replaces_the_earlier_one() -> None:
    asked = READ("那礦務局呢 一樣嗎", ["水利署電子參與方式提供2種以上可以拿幾分?"])
    assert asked.named.offices == (MINES,)
    assert "電子" in asked.query.terms


def test_two_offices_make_a_comparison() -> None:
    assert READ("礦務局跟水利署的抽查有什麼不一樣").comparing
    assert not READ("礦務局的抽查有什麼不一樣").comparing


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "🐱" * 50, "\ud800", "ㄅ" * 4096, "a" * 4096, "十" * 4096, "第" * 4096]
)
def test_nothing_typed_raises(text: str) -> None:
    assert isinstance(READ(text, [text]).text, str)


@pytest.mark.parametrize("text", ["電話響5聲幾分", "響五聲幾分", "抽到12件給幾分", "110年那份計畫"])
def test_a_number_keeps_its_unit(text: str) -> None:
    assert READ(text).text == text


def test_how_often_names_no_number() -> None:
    assert read("電話禮貌多久測一次") == ()
    assert [q.value for q in read("連打2次沒人接")] == [2]
