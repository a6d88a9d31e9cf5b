"""Periods as people say them, on a day that is written down: Wednesday 2024-05-15 (113/05/15)."""

from __future__ import annotations

from datetime import date

import pytest

from bot.totals.period_words import find_periods, number_of
from bot.totals.periods import (
    Span,
    before,
    half_of,
    month_of,
    quarter_of,
    year_before,
    year_of,
)

TODAY = date(2024, 5, 15)

SAID = [
    ("今年", "2024-01-01", "2024-12-31"),
    ("本年度", "2024-01-01", "2024-12-31"),
    ("去年", "2023-01-01", "2023-12-31"),
    ("前年", "2022-01-01", "2022-12-31"),
    ("113年", "2024-01-01", "2024-12-31"),
    ("民國100年度", "2011-01-01", "2011-12-31"),
    ("2011年", "2011-01-01", "2011-12-31"),
    ("99年", "2010-01-01", "2010-12-31"),
    ("一百一十三年", "2024-01-01", "2024-12-31"),
    ("一一二年", "2023-01-01", "2023-12-31"),
    ("上半年", "2024-01-01", "2024-06-30"),
    ("下半年", "2023-07-01", "2023-12-31"),
    ("去年下半年", "2023-07-01", "2023-12-31"),
    ("112年度上半年", "2023-01-01", "2023-06-30"),
    ("第一季", "2024-01-01", "2024-03-31"),
    ("第四季", "2023-10-01", "2023-12-31"),
    ("113年第2季", "2024-04-01", "2024-06-30"),
    ("2023Q3", "2023-07-01", "2023-09-30"),
    ("上一季", "2024-01-01", "2024-03-31"),
    ("上季", "2024-01-01", "2024-03-31"),
    ("這一季", "2024-04-01", "2024-06-30"),
    ("本季", "2024-04-01", "2024-06-30"),
    ("這個月", "2024-05-01", "2024-05-31"),
    ("本月", "2024-05-01", "2024-05-31"),
    ("上個月", "2024-04-01", "2024-04-30"),
    ("上上個月", "2024-03-01", "2024-03-31"),
    ("3月", "2024-03-01", "2024-03-31"),
    ("十二月", "2023-12-01", "2023-12-31"),
    ("去年12月", "2023-12-01", "2023-12-31"),
    ("112年2月份", "2023-02-01", "2023-02-28"),
    ("112/02", "2023-02-01", "2023-02-28"),
    ("近三個月", "2024-02-16", "2024-05-15"),
    ("最近半年", "2023-11-16", "2024-05-15"),
    ("過去一年", "2023-05-16", "2024-05-15"),
    ("近30天", "2024-04-16", "2024-05-15"),
    ("這三年", "2021-05-16", "2024-05-15"),
    ("2023", "2023-01-01", "2023-12-31"),
    ("最近兩週", "2024-05-02", "2024-05-15"),
    ("本週", "2024-05-13", "2024-05-19"),
    ("上週", "2024-05-06", "2024-05-12"),
    ("今天", "2024-05-15", "2024-05-15"),
    ("昨天", "2024-05-14", "2024-05-14"),
    ("103/5/1 到 6/30", "2014-05-01", "2014-06-30"),
    ("103年5月1日至6月30日", "2014-05-01", "2014-06-30"),
    ("2014-05-01~2014-06-30", "2014-05-01", "2014-06-30"),
    ("112/11/1到1/31", "2023-11-01", "2024-01-31"),
    ("3/1到4/30", "2024-03-01", "2024-04-30"),
    ("1月到3月", "2024-01-01", "2024-03-31"),
    ("1到3月", "2024-01-01", "2024-03-31"),
    ("112年1-3月", "2023-01-01", "2023-03-31"),
    ("112年7月到12月", "2023-07-01", "2023-12-31"),
    ("100年到102年", "2011-01-01", "2013-12-31"),
    ("今年以來", "2024-01-01", "2024-05-15"),
    ("2月以來", "2024-02-01", "2024-05-15"),
    ("113/05/20", "2024-05-20", "2024-05-20"),
]

NOT_PERIODS = [
    "沒過80",
    "幾通",
    "一季測一次",
    "每年幾次",
    "十年",
    "2月30日",
    "10秒",
    "4聲",
    "第1組",
    "每3個月",
    "15-20分",
    "1-3",
    "3.5分",
    "上下半年",
]


@pytest.mark.parametrize(("words", "first", "last"), SAID)
def test_said(words: str, first: str, last: str) -> None:
    for text in (words, f"工務課{words}平均", f"{words}測了幾通"):
        found = find_periods(text, TODAY)
        assert [(one.span.first.isoformat(), one.span.last.isoformat()) for one in found] == [(first, last)], text
        assert text[found[0].start : found[0].end] == words


@pytest.mark.parametrize("words", NOT_PERIODS)
def test_not_a_period(words: str) -> None:
    assert find_periods(words, TODAY) == []


def test_two_periods_are_two() -> None:
    found = find_periods("今年上半年跟去年下半年比", TODAY)
    assert [one.span for one in found] == [half_of(2024, 1), half_of(2023, 2)]


@pytest.mark.parametrize(
    ("span", "earlier", "a_year_earlier"),
    [
        (year_of(2024), year_of(2023), year_of(2023)),
        (half_of(2024, 1), half_of(2023, 2), half_of(2023, 1)),
        (half_of(2024, 2), half_of(2024, 1), half_of(2023, 2)),
        (quarter_of(2024, 1), quarter_of(2023, 4), quarter_of(2023, 1)),
        (month_of(2024, 2), month_of(2024, 1), month_of(2023, 2)),
        (month_of(2025, 2), month_of(2025, 1), month_of(2024, 2)),
    ],
)
def test_before(span: Span, earlier: Span, a_year_earlier: Span) -> None:
    assert before(span) == earlier
    assert year_before(span) == a_year_earlier


def test_before_a_range_has_as_many_days() -> None:
    span = Span(date(2024, 5, 1), date(2024, 5, 10))
    assert before(span) == Span(date(2024, 4, 21), date(2024, 4, 30))
    assert year_before(span) == Span(date(2023, 5, 1), date(2023, 5, 10))


def test_labels() -> None:
    assert year_of(2024).label == "113 年"
    assert half_of(2024, 2).label == "113 年下半年"
    assert quarter_of(2023, 4).label == "112 年第 4 季"
    assert month_of(2024, 5).label == "113 年 5 月"
    assert Span(date(2014, 5, 1), date(2014, 6, 30)).label == "103/05/01–103/06/30"


def test_numbers() -> None:
    said = {"12": 12, "十二": 12, "二十": 20, "一百一十三": 113, "一百零五": 105, "兩": 2, "十": 10, "一一三": 113}
    assert {word: number_of(word) for word in said} == said
