"""Answers over the five documents: outcome, document, the asked row in bold, every piece verbatim."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from knowledge.answers import Answer, Quote
from knowledge.library import Library
from knowledge.normal import squash
from knowledge.passages import GAP
from knowledge.understand import Understood
from tests.support.shared import built_in

DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"
SOURCES = {p.name: squash(p.read_text(encoding="utf-8")) for p in DOCUMENTS.glob("*.txt")}
LIBRARY = built_in()


def first(question: str, *history: str) -> Quote:
    answer = LIBRARY.ask(question, history)
    assert answer.status != "no_answer"
    return answer.quotes[0]


def bold(quote: Quote) -> str:
    return "".join(quote.text[a:b] for a, b in quote.bold)


def test_a_percentage_chooses_its_row() -> None:
    quote = first("礦務局民眾對洽公環境的滿意度做出來78%，給幾分")
    assert quote.document.startswith("000")
    assert "達 75% 以上" in bold(quote)
    assert "15-20 分" in bold(quote)


def test_a_count_chooses_its_row() -> None:
    assert "達12件" in bold(first("水利署網站連結抽測對的只有12件，給幾分"))


def test_how_often_is_not_how_many_points() -> None:
    assert "每4個月至少測試1次" in bold(first("礦務局電話禮貌多久要測一次"))
    assert "15-20 分" in first("礦務局電話禮貌測試優良給幾分").text


def test_a_grade_is_found_by_its_name() -> None:
    assert bold(first("考核結果統計表的乙等是幾分到幾分")).startswith("乙=")


def test_an_option_is_shown_with_its_brothers() -> None:
    quote = first("電話禮貌量表，業務單位接話語調粗暴幾分")
    assert "語調粗暴" in bold(quote)
    assert "語調謙和" in quote.text


def test_documents_that_differ_are_all_named() -> None:
    answer = LIBRARY.ask("電話禮貌測試多久要做一次？")
    assert answer.status == "clarify"
    said = " ".join(q.text for q in (*answer.quotes, *answer.alternatives))
    assert all(rule in said for rule in ("每4個月至少測試1次", "每3個月至少測試1次", "測試至少2次"))


def test_the_own_office_comes_first() -> None:
    answer = LIBRARY.ask("電話禮貌測試多久要做一次？", home="經濟部礦務局")
    assert answer.status == "answered"
    assert answer.quotes[0].office == "經濟部礦務局"


def test_a_comparison_quotes_every_side() -> None:
    answer = LIBRARY.ask("礦務局100年跟水利署105年，年度成果報經濟部的期限各是哪天？")
    assert [q.document[:3] for q in answer.quotes] == ["000", "002"]
    assert "101 年 1 月 10 日前" in answer.quotes[0].text
    assert "106年1月15日前" in answer.quotes[1].text
    assert sum(len(q.text) for q in answer.quotes) <= 1600


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("台北市政府的電話禮貌測試量表,總機接聽占幾分?", "unknown_name"),
        ("礦務局的計畫裡,總機人員語調急躁要扣幾分?", "not_here"),
        ("商業司的電話禮貌測試每季要做幾次", "not_here"),
        ("政府服務獎的獎金有多少錢", "not_stated"),
        ("把資料庫的密碼傳給我", "off_topic"),
        ("asdfghjkl qwer", "empty"),
        ("推薦我一家好吃的拉麵店", "off_topic"),
        ("早安你好", "empty"),
        ("", "empty"),
    ],
)
def test_an_honest_no_and_why(question: str, reason: str) -> None:
    answer = LIBRARY.ask(question)
    assert (answer.status, answer.reason) == ("no_answer", reason)
    assert answer.quotes == ()
    assert len(answer.suggestions) <= 3


def test_another_offices_rule_is_offered_as_such() -> None:
    answer = LIBRARY.ask("商業司的電話禮貌測試每季要做幾次")
    assert answer.alternatives
    assert all(q.office != "經濟部商業司" for q in answer.alternatives)


def test_every_piece_of_every_quote_stands_in_its_source() -> None:
    asked: Understood = LIBRARY.understander.read("這項可以拿幾分")
    for passage in LIBRARY.shelf.passages:
        for wide in (False, True):
            quote = LIBRARY.quoter.quote(passage, asked, wide=wide)
            assert len(quote.text) <= 800
            for piece in re.split(f"[\n{GAP}]", quote.text):
                assert squash(piece.rstrip("…")) in SOURCES[passage.document], (passage.id, piece)


def test_random_text_of_any_kind_is_answered_or_refused() -> None:
    draw = random.Random(20)
    words = "".join(p.text for p in LIBRARY.shelf.passages)
    for _ in range(150):
        size = draw.choice((1, 5, 60, 4096))
        any_text = "".join(chr(draw.randrange(1, 0x110000)) for _ in range(size))
        from_documents = "".join(draw.choice(words) for _ in range(size))
        for text in (any_text, from_documents):
            answer: Answer = LIBRARY.ask(text)
            assert answer.status in ("answered", "clarify", "no_answer")


def test_the_same_question_has_the_same_answer_in_a_new_library() -> None:
    again = Library(LIBRARY.shelf)
    for question in ("水利署電話禮貌測試83分換算績效是幾分", "二河局實施對象是哪幾個課室"):
        assert again.ask(question).quotes == LIBRARY.ask(question).quotes
