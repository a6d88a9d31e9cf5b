"""What `kaoping ask` prints: the JSON of a line, the reply around the quote, and the computed line under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Services, build_services
from bot.asking import LIMIT, ask_batch, ask_one
from bot.settings import from_environment


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder: Path = tmp_path_factory.mktemp("asking")
    made = build_services(from_environment({"KAOPING_DATABASE": str(folder / "kaoping.db"), "HOME": str(folder)}))
    yield made
    made.store.close()


def reply(services: Services, question: str, *history: str) -> str:
    return str(ask_one(services, {"id": "1", "question": question, "history": list(history)})["reply"])


def test_a_line_of_a_batch_has_what_scripts_read(services: Services) -> None:
    lines = [{"id": "a", "question": "水利署多久要測一次電話禮貌"}, {"id": "b", "question": "今天晚餐要吃什麼"}]
    first, second = ask_batch(services, lines)
    assert set(first) == {"id", "status", "reply", "answers", "seconds"}
    assert (first["id"], first["status"]) == ("a", "answered")
    assert first["answers"][0]["document"] == "002_f7252ae78c466716.txt"
    assert "每3個月至少測試1次" in first["answers"][0]["text"]
    assert first["answers"][0]["section"].startswith("肆、執行策略及方法")
    assert (second["id"], second["status"], second["answers"]) == ("b", "no_answer", [])


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("礦務局民眾對洽公環境的滿意度78%可以給幾分", "78% 落在 15-20 分這一級"),
        ("水利署電話禮貌測試83分換算績效是幾分", "83 分 落在 11-15 分這一級"),
        ("總機人員響5聲才接起來是幾分", "5 聲 可得 7 分。（沒有電話語音系統時再乘以 2.5，為 17.5 分）"),
        ("業務單位13秒才接電話給幾分", "13 秒 可得 7 分"),
        ("考核總分856是什麼等第", "總分 856 分是甲等。"),
        ("856 是什麼等第", "總分 856 分是甲等。"),
        ("電話響5聲幾分", "5 聲 可得 7 分。"),
        ("12 秒扣幾分", "12 秒 可得 8 分。"),
        ("考核總分加起來不到600是什麼等第", "總分 600 分以下是丁等。"),
        ("礦務局陳情處理滿意度62%基本分是幾分", "基本分 45 分"),
    ],
)
def test_what_a_sheet_can_compute_stands_under_the_quote(services: Services, question: str, line: str) -> None:
    said = reply(services, question)
    under = said.partition("— ")[2]
    assert "▸ " in under
    assert line in under


def test_rings_that_nobody_answered_earn_nothing_by_the_ring(services: Services) -> None:
    assert "▸" not in reply(services, "響10聲沒人接幾分")


def test_nothing_is_computed_without_a_number(services: Services) -> None:
    assert "▸" not in reply(services, "礦務局洽公環境適切程度最高幾分")


def test_the_reply_names_document_and_section(services: Services) -> None:
    said = reply(services, "商業司年終考核當年度的績效成果最晚哪天要報部")
    assert "— 經濟部商業司提升服務效能實施計畫 › 陸、考核作業" in said
    assert "應於次年 1 月 15 日前" in said


def test_other_offices_values_are_listed_when_none_was_named(services: Services) -> None:
    said = reply(services, "電話禮貌測試結果優良可以拿到幾分")
    assert "15-20 分 機關電話禮貌測試結果優良" in said
    assert "16-20分 機關電話禮貌測試結果優良" in said


def test_a_short_question_without_a_name_gets_every_offices_rule(services: Services) -> None:
    said = reply(services, "優等第二名記什麼功")
    assert "名次前二名者辦理敘獎" in said
    assert "名列第二、三名者，機關首長嘉獎一次" in said
    assert "名列第二、三名者，局長嘉獎一次" in said


def test_merits_may_be_counted_as_people_count_them(services: Services) -> None:
    assert "嘉獎" in reply(services, "礦務局考核優等可以記幾支")


def test_the_grade_of_a_total_leads(services: Services) -> None:
    assert reply(services, "礦務局856是什麼等第").startswith("經濟部礦務局：「甲=899-800 分」。")


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("礦務局申辦案件書表減量程度占幾分", "「3. 申辦案件書表減量程度 (60 分)」最高 60 分。"),
        (
            "礦務局服務設施合宜程度怎麼打分數",
            "「2. 服務設施合宜程度 (25 分)」分成下列幾級，請對照符合哪一級：",
        ),
        ("電話響5聲幾分", "5 聲 可得 7 分。"),
        ("礦務局電話禮貌測試結果優良給幾分", "「1.2 電話禮貌測試績效 (20 分)」這一級是 15-20 分。"),
    ],
)
def test_the_lead_says_no_more_than_is_sure(services: Services, question: str, lead: str) -> None:
    assert reply(services, question).splitlines()[0] == lead


def test_a_refusal_suggests_the_named_offices_own_clauses(services: Services) -> None:
    said = reply(services, "商業司電話禮貌測試怎麼辦")
    assert "經濟部商業司的文件沒有這項規定。" in said
    assert "・經濟部水利署：※ 電話禮貌測試績效" in said.partition("您是不是要問：")[0]
    suggested = said.partition("您是不是要問：")[2].strip().splitlines()
    assert suggested
    assert all(line.startswith("・經濟部商業司：") for line in suggested)


def test_a_refusal_says_which_detail_is_not_stated(services: Services) -> None:
    assert "文件沒有寫到人數，我不想亂猜。" in reply(services, "水利署初評小組幾個人")


@pytest.mark.parametrize("asks", ["多久測一次", "測試多久做一次", "多久測試一次", "幾個月測一次"])
def test_an_office_without_a_rule_is_never_answered_with_another_one(services: Services, asks: str) -> None:
    assert reply(services, f"商業司的電話禮貌{asks}").startswith("經濟部商業司的文件沒有這項規定。")


def test_a_refusal_says_what_is_missing(services: Services) -> None:
    assert "沒有「台北市」的資料" in reply(services, "台北市政府的電話禮貌測試量表總機占幾分")
    assert "經濟部商業司的文件沒有這項規定" in reply(services, "商業司的電話禮貌測試每季要做幾次")


@pytest.mark.parametrize("text", ["", "？" * 4096, "\x00\ud800", "<b>電話</b>禮貌 & 測試", "{topic} %s 電話禮貌幾分"])
def test_any_text_gets_a_reply_that_fits_a_message(services: Services, text: str) -> None:
    said = reply(services, text)
    assert 0 < len(said.encode("utf-16-le", "surrogatepass")) // 2 <= LIMIT
