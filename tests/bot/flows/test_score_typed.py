"""What typed words mean at an item: every expected value is written down from the paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.dialogue.flows.score import periods, typed
from bot.dialogue.flows.score.figures import bare, numeral, shown
from bot.dialogue.flows.score.readings import (
    Given,
    Narrowed,
    Proposed,
    Reading,
    Refused,
    WhichMeasure,
    WhichOption,
)
from bot.dialogue.flows.score.typing_in import near
from bot.dialogue.flows.score.words import bare_label, cut, width
from rubrics import load_rubric

FOLDER = Path(__file__).resolve().parents[3] / "rubrics"
PHONE = load_rubric(FOLDER / "hsinchu-2018-phone.yaml")
MINES = load_rubric(FOLDER / "mines-2011-sheet.yaml")


def phone(item: str, words: str, pending: str = "") -> Reading:
    return typed.read(PHONE, PHONE.criterion(item), words, pending, near)


def sheet(label: str, words: str, pending: str = "") -> Reading:
    criterion = next(one for one in MINES.criteria if label in one.label)
    return typed.read(MINES, criterion, words, pending, near)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12.5", "12.5"),
        ("十二", "12"),
        ("兩", "2"),
        ("一百零五", "105"),
        ("二十", "20"),
        ("三點五", "3.5"),
        ("一千二百", "1200"),
        ("三萬零五", "30005"),
        ("1,250", "1250"),
        ("８", "8"),
    ],
)
def test_numerals(words: str, value: str) -> None:
    assert bare(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "無", "一一十二十", "點五", "abc", "9" * 40])
def test_no_numerals(words: str) -> None:
    assert numeral(words) is None
    assert bare(words) is None


@pytest.mark.parametrize(
    ("value", "text"), [("17.5", "17.5"), ("9.0", "9"), ("76.665", "76.67"), ("100", "100"), ("0", "0")]
)
def test_points_are_shown_half_up(value: str, text: str) -> None:
    assert shown(Decimal(value)) == text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("三聲", {"rings": 3}),
        ("3聲", {"rings": 3}),
        ("兩聲", {"rings": 2}),
        ("響了 5 聲", {"rings": 5}),
        ("大概四響", {"rings": 4}),
        ("８秒", {"seconds": 8}),
        ("10秒", {"seconds": 10}),
        ("12.5 秒", {"seconds": 12.5}),
        ("十秒鐘", {"seconds": 10}),
        ("1分5秒", {"seconds": 65}),
        ("響到9聲", {"rings": 9}),
        ("1,250 秒", {"seconds": 1250}),
        ("電話故障", "out_of_order"),
        ("沒人接", "no_answer_twice"),
    ],
)
def test_counts(words: str, answer: object) -> None:
    assert phone("operator_answer", words) == Given(answer)


def test_counts_that_cannot_stand() -> None:
    assert phone("unit_answer", "3") == WhichMeasure(Decimal(3))
    for words in ("0 聲", "2.5 聲", "3 聲 8 秒", "99999 秒", "三到四聲", "3 聲或 4 聲"):
        assert isinstance(phone("unit_answer", words), Refused), words
    for words in ("-3 聲", "3-4 聲"):
        assert phone("unit_answer", words) is None, words
    assert phone("unit_answer", "幾聲算無人接聽？") is None
    assert phone("unit_answer", "9 聲以上算無人接聽嗎？") is None


@pytest.mark.parametrize(
    ("item", "words", "answer"),
    [
        ("operator_greeting", "有", "yes"),
        ("operator_greeting", "沒有說", "no"),
        ("operator_greeting", "2", "no"),
        ("operator_greeting", "3 分", "yes"),
        ("voice_answer", "選項 2", "within_15s"),
        ("voice_answer", "超過15秒", "over_15s"),
        ("unit_greeting", "10分", "both"),
        ("unit_attitude", "語調粗暴", "rude"),
        ("unit_attitude", "9 分", {"option": "warm", "points": 9}),
        ("unit_attitude", "6分", {"option": "flat", "points": 6}),
        ("reply_by", "甲", "responsible"),
        ("reply_by", "代接", "substitute"),
        ("operator_transfer", "毋需轉接", "not_needed"),
    ],
)
def test_options(item: str, words: str, answer: object) -> None:
    assert phone(item, words) == Given(answer)


def test_options_with_a_range_wait_for_points() -> None:
    assert phone("unit_attitude", "1") == Narrowed("warm")
    assert phone("unit_attitude", "語調謙和") == Narrowed("warm")
    assert phone("unit_attitude", "9", pending="warm") == Given({"option": "warm", "points": 9})
    assert phone("unit_attitude", "9 分", pending="warm") == Given({"option": "warm", "points": 9})
    assert isinstance(phone("unit_attitude", "7", pending="warm"), Refused)
    assert isinstance(phone("unit_attitude", "8.5", pending="warm"), Refused)


def test_words_that_fit_two_options_name_both() -> None:
    assert phone("operator_transfer", "未告知") == WhichOption((1, 2))
    assert phone("unit_greeting", "5 分") == WhichOption((1, 2))


def test_what_is_no_answer() -> None:
    assert phone("voice_answer", "這題怎麼算？") is None
    assert phone("voice_answer", "天氣很好") is None
    assert phone("voice_answer", "9") == Refused("這一題只有 1 到 4 可選。")
    assert isinstance(phone("voice_answer", "4 分"), Refused)


def test_bands_and_points() -> None:
    item = "洽公環境適切程度"
    assert sheet(item, "18") == Given(18)
    assert sheet(item, "18分") == Given(18)
    assert sheet(item, "0") == Given(0)
    assert sheet(item, "15-20 那級 18") == Given(18)
    assert sheet(item, "15~20") == Narrowed("15-20")
    assert sheet(item, "15-20 20 分") == Given({"band": "15-20", "points": 20})
    assert sheet(item, "第 1 級") == Narrowed("20-25")
    for words in ("26", "-3 分", "12.5", "15-20 那級 22", "14-19"):
        assert isinstance(sheet(item, words), Refused), words


def test_figures_propose_the_band() -> None:
    environment = sheet("洽公環境適切程度", "滿意度 78%")
    assert isinstance(environment, Proposed)
    assert environment.choice == "15-20"
    correct = sheet("1.3 資訊內容正確程度", "正確 13 件")
    assert isinstance(correct, Proposed)
    assert correct.choice == "10-15"
    words = sheet("洽公環境適切程度", "百分之八十五")
    assert isinstance(words, Proposed)
    assert words.choice == "20-25"
    satisfaction = sheet("機關服務滿意度", "82%")
    assert isinstance(satisfaction, Proposed)
    assert satisfaction.points == 50
    assert isinstance(sheet("洽公環境適切程度", "60%"), Refused)
    assert isinstance(sheet("洽公環境適切程度", "13 件"), Refused)


def test_mean_of_tests_or_points() -> None:
    mean = sheet("電話禮貌測試績效", "86 分")
    assert isinstance(mean, Proposed)
    assert mean.choice == "10-15"
    assert sheet("電話禮貌測試績效", "16 分") == Given(16)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("105 年上半年", "105H1"),
        ("105下半年", "105H2"),
        ("下半年", "113H2"),
        ("今年", "113"),
        ("去年上半年", "112H1"),
        ("105", "105"),
        ("一百零五年", "105"),
        ("2016年下半年", "105H2"),
        ("隨便", None),
        ("999 年", None),
    ],
)
def test_periods(words: str, period: str | None) -> None:
    assert periods.read(words, date(2024, 5, 20)) == period


def test_days_of_a_period() -> None:
    assert periods.days("105H1") == (date(2016, 1, 1), date(2016, 6, 30))
    assert periods.days("105H2") == (date(2016, 7, 1), date(2016, 12, 31))
    assert periods.days("105") == (date(2016, 1, 1), date(2016, 12, 31))
    assert periods.label("105H2") == "105 年下半年"


def test_labels_fit_a_button() -> None:
    assert bare_label("（1）語調謙和、熱誠。") == "語調謙和、熱誠"
    assert bare_label("(1) 4 聲或 10 秒內獲得接聽服務。") == "4 聲或 10 秒內獲得接聽服務"
    assert bare_label("1.1 洽公服務禮儀滿意度 (20 分)") == "洽公服務禮儀滿意度 (20 分)"
    assert width("語調 ab") == 7
    assert cut("語調謙和、熱誠", 8) == "語調謙…"


@pytest.mark.parametrize(
    ("words", "percent"), [("七成五", "75"), ("滿意度九成", "90"), ("8成", "80"), ("六成半", "65")]
)
def test_tenths_are_percents(words: str, percent: str) -> None:
    reading = sheet("洽公環境適切程度", words)
    assert isinstance(reading, Proposed)
    assert (reading.figure.value, reading.figure.unit) == (Decimal(percent), "%")


@pytest.mark.parametrize("words", ["都不符合", "不符合。"])
def test_none_of_the_bands(words: str) -> None:
    assert sheet("服務設施合宜程度", words) == Given(0)
