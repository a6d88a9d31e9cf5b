"""The few words that answer; refusals by points, units and outcomes. Expected words copied from the plans by hand."""

from __future__ import annotations

import pytest

from knowledge.library import Library, open_library


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("水利署多久要測一次電話禮貌？", "每3個月至少測試1次"),
        ("礦務局年度成果最晚哪天報部？", "本局考核結果於 101 年 1 月 10 日前"),
        ("新竹市得獎的主管記什麼？", "獲獎之機關（單位）主管記小功 2 次"),
        ("水利署優等第一名首長記什麼功", "機關首長嘉獎二次"),
        ("水利署優等第二名首長記什麼功", "機關首長嘉獎一次"),
        (
            "二河局實施對象有哪些課室？",
            "本局規劃課、工務課、管理課、資產課、秘書室，人事室、會計室、政風室",
        ),
    ],
)
def test_the_point_is_the_asked_words_of_the_quote(library: Library, question: str, words: str) -> None:
    quote = library.ask(question).quotes[0]
    assert quote.point == words
    start, end = quote.bold[0]
    assert words in quote.text[start:end]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("二河局的機關形象佔幾分", "not_here"),
        ("電話測試的檔案要留幾年", "not_stated"),
        ("去年有哪些機關得到政府服務獎", "not_stated"),
        ("礦務局丙等的首長會被撤職嗎", "not_stated"),
    ],
)
def test_what_nobody_states_is_refused(library: Library, question: str, reason: str) -> None:
    answer = library.ask(question)
    assert (answer.status, answer.reason) == ("no_answer", reason)


@pytest.mark.parametrize("question", ["頂頭上司可以當測試人員嗎", "請大學老師來評分可以嗎", "計畫的內容包括哪幾塊"])
def test_everyday_words_are_no_names_and_no_money(library: Library, question: str) -> None:
    assert library.ask(question).reason not in ("unknown_name", "not_stated")


@pytest.mark.parametrize("question", ["這題可以照做嗎", "我兒子數學考得很好", "要輸入哪些資料"])
def test_ordinary_words_are_not_mended(library: Library, question: str) -> None:
    assert library.ask(question).understood.text == question


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("礦務局自行考核甲等前兩名，主辦人員可以記幾支嘉獎", "單位主辦人員記嘉獎 2 次"),
        ("水利署入圍實地訪查的機關，首長記幾次嘉獎", "首長(主管)、其他有功人員、上級機關輔導有功人員最高嘉獎2次"),
        ("水利署優等第一名，機關首長嘉獎幾次", "機關首長嘉獎二次"),
        ("二河局自行考核是幾月", "於6月、12月各進行考核1次"),
        ("新竹市專案規劃類的個別評核構面", ""),  # nothing that the question does not say
    ],
)
def test_the_words_that_answer(library: Library, question: str, words: str) -> None:
    assert library.ask(question).quotes[0].point == words
