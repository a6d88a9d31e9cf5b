"""Periods as supervisors say them: 今年, 113 年上半年, 第二季, 上個月, 近三個月, 103/5/1 到 6/30, 去年同期.

Dates are Taipei's; years are ROC or Western (1912 and over). A half, quarter or month without a year is the latest one
that has begun. A year, half, quarter or month is always whole, also when it is not over. 「近三個月」 ends today and
begins three months earlier, the day after. It refuses what is no date of the calendar: such words stay unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.rocdate import western_year

from .periods import DAY, Span, half_of, month_end, month_of, quarter_of, shifted, year_of

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
CHINESE = "零〇一二兩三四五六七八九十百"
NUMBER = rf"(?:\d+|[{CHINESE}]+)"


@dataclass(frozen=True)
class Found:
    """A period in the words, and where it stood."""

    span: Span
    start: int
    end: int


def find_periods(text: str, today: date) -> list[Found]:
    """Every period in the text, in its order, the longest reading of each place. `text` is NFKC, 台 for 臺."""
    found: list[Found] = []
    at = 0
    while at < len(text):
        hit = _at(text, at, today)
        if hit is None:
            at += 1
            continue
        found.append(hit)
        at = hit.end
    return _joined(text, found, today)


def number_of(word: str) -> int | None:
    """「12」「十二」「一百一十三」「一一三」 as a number; None for none."""
    if word.isdigit():
        return int(word)
    if not word or any(sign not in CHINESE for sign in word):
        return None
    if not any(sign in "十百" for sign in word):
        return int("".join(str(DIGITS[sign]) for sign in word))
    total, digit = 0, -1
    for sign in word:
        if sign in "十百":
            total += (digit if digit > 0 else 1) * (10 if sign == "十" else 100)
            digit = -1
        else:
            digit = DIGITS[sign]
    return total + max(digit, 0)


_RELATIVE_YEARS = {"今年": 0, "本年": 0, "這一年": 0, "去年": -1, "上一年": -1, "上年": -1, "前年": -2, "大前年": -3}
_YEAR = (
    rf"(?P<relative>大前年|今年|本年|去年|前年|上年(?!同)|這一年|上一年)(?:度)?"
    rf"|(?:民國|西元)?\s*(?P<year>(?:19|20)\d\d|\d{{2,3}}|[{CHINESE}]{{2,6}})\s*年(?:度)?"
)
_PLAIN_YEAR = r"(?P<plain>(?:19|20)\d\d|1\d\d)(?=\s*(?:Q|q|[上下]半年|第?[一二三四1-4]季))"
_BARE_YEAR = r"(?P<year>20\d\d)(?![\d./\-年])"
_HALF = r"(?P<half>上|下|前|後)半(?:年|年度)"
_QUARTER = r"(?:第\s*(?P<quarter>[一二三四1-4])\s*季|[Qq](?P<quarter2>[1-4]))(?:度)?"
_OF_YEAR = r"(?P<quarter3>[一二三四1-4])\s*季(?:度)?"  # 「113 年 3 季」; alone, 「一季」 is a length
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?(?!\s*\d)"
_FROM_MONTH = r"(?:(?P<frommonth>1[0-2]|0?[1-9]|[一二三四五六七八九十])\s*(?:到|至|~|-)\s*)"
_DATE = (
    r"(?:(?:民國)?\s*(?P<dyear>(?:19|20)\d\d|\d{2,3})\s*(?:年|(?P<mark>[/.\-]))\s*)?"
    r"(?P<dmonth>1[0-2]|0?[1-9])\s*(?:月|/|(?(mark)(?P=mark)|/))\s*(?P<dday>3[01]|[12]\d|0?[1-9])(?!\d)\s*(?:日|號)?"
)
_YEAR_MONTH = r"(?P<myear>(?:19|20)\d\d|1\d\d)\s*[/.\-]\s*(?P<mmonth>1[0-2]|0?[1-9])(?![\d/.\-])"
_RELATIVE = (
    r"(?P<rel>上上個?月|上個?月|這個?月|本月|當月|上上季|上一?個?季|這一?季|本季|當季|上上週|上一?個?[週周]|上個?(?:禮拜|星期)"
    r"|這一?個?[週周]|本[週周]|這個?(?:禮拜|星期)|今天|今日|昨天|昨日|前天)(?:度|份)?"
)
_RECENT = (
    r"(?:最近|近|過去|這(?=[二兩三四五六七八九十2-9]))(?:這|的)?\s*"
    rf"(?P<amount>{NUMBER}|半)\s*(?:個)?\s*(?P<what>年|季|月|週|周|禮拜|星期|天|日)"
)
_PATTERNS = tuple(
    re.compile(one)
    for one in (
        rf"(?:{_DATE})",
        rf"(?:{_YEAR_MONTH})",
        _BARE_YEAR,
        rf"(?:{_YEAR}|{_PLAIN_YEAR})的?\s*(?:{_HALF}|{_QUARTER}|{_OF_YEAR}|{_FROM_MONTH}?{_MONTH})?",
        _HALF,
        _QUARTER,
        _FROM_MONTH + "?" + _MONTH,
        _RELATIVE,
        _RECENT,
    )
)
_BETWEEN = re.compile(r"\s*(?:到|至|~|-|起至|以?迄)\s*")
_UNTIL_NOW = re.compile(r"(?:以來|起到現在|到現在|至今|迄今|到今天|以後|之後|起)")
_NOT_BEFORE = re.compile(r"[\d第每]$|(?<![一二三四五六七八九十\d])每$")


def _at(text: str, at: int, today: date) -> Found | None:
    if text[at - 1 : at + 3] == "上下半年":
        return None
    if at and _NOT_BEFORE.search(text[:at]) and (text[at].isdigit() or text[at - 1] == "每"):
        return None
    best: Found | None = None
    for pattern in _PATTERNS:
        match = pattern.match(text, at)
        span = _span(match.groupdict(), today) if match else None
        if match and span and (best is None or match.end() > best.end):
            best = Found(span, at, match.end())
    return best


def _span(parts: dict[str, str | None], today: date) -> Span | None:
    if parts.get("rel"):
        return _relative(str(parts["rel"]), today)
    if parts.get("amount"):
        return _recent(str(parts["amount"]), str(parts["what"]), today)
    if parts.get("dday"):
        return _date(parts, today)
    if parts.get("mmonth"):
        return month_of(western_year(int(str(parts["myear"]))), int(str(parts["mmonth"])))
    year = _year(parts, today)
    if year is not None and not 1912 <= year <= today.year + 50:
        return None
    return _part(parts, year, today)


def _year(parts: dict[str, str | None], today: date) -> int | None:
    if parts.get("relative"):
        return today.year + _RELATIVE_YEARS[str(parts["relative"])]
    word = parts.get("year") or parts.get("plain")
    number = number_of(word) if word else None
    if word and (number is None or (number < 30 and len(word) < 3)):
        return 0  # 「十年」 is a length, not a year: out of every range
    return western_year(number) if number else None


def _part(parts: dict[str, str | None], year: int | None, today: date) -> Span | None:
    half = parts.get("half")
    quarter = parts.get("quarter") or parts.get("quarter2") or parts.get("quarter3")
    if half:
        return _begun([half_of(y, 1 if half in "上前" else 2) for y in _years(year, today)], year, today)
    if quarter:
        return _begun([quarter_of(y, number_of(quarter) or 1) for y in _years(year, today)], year, today)
    if parts.get("month"):
        return _begun([_months(y, parts) for y in _years(year, today)], year, today)
    return year_of(year) if year else None


def _months(year: int, parts: dict[str, str | None]) -> Span:
    last = month_of(year, number_of(str(parts["month"])) or 1)
    first = number_of(parts.get("frommonth") or "")
    return Span(date(year, first, 1), last.last) if first and first <= last.first.month else last


def _years(year: int | None, today: date) -> list[int]:
    return [year] if year else [today.year, today.year - 1]


def _begun(spans: list[Span], year: int | None, today: date) -> Span:
    chosen = next((span for span in spans if span.first <= today), spans[0])
    return chosen if year else replace(chosen, said="year")


def _relative(word: str, today: date) -> Span:
    back = 2 if word.startswith("上上") else 1 if word.startswith("上") else 0
    if "月" in word:
        return month_of(today.year, today.month - back)
    if "季" in word:
        return quarter_of(today.year, (today.month + 2) // 3 - back)
    if any(sign in word for sign in "週周拜星"):
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Span(monday, monday + timedelta(days=6))
    day = today - timedelta(days={"今": 0, "昨": 1, "前": 2}[word[0]])
    return Span(day, day, "day")


def _recent(amount: str, what: str, today: date) -> Span | None:
    if amount == "半":
        months = {"年": 6}.get(what)
        return Span(shifted(today, -months) + DAY, today) if months else None
    number = number_of(amount)
    if not number or number > 600:
        return None
    months = {"年": 12, "季": 3, "月": 1}.get(what)
    if months:
        return Span(shifted(today, -months * number) + DAY, today)
    return Span(today - timedelta(days=number * (1 if what in "天日" else 7)) + DAY, today)


def _date(parts: dict[str, str | None], today: date) -> Span | None:
    year = western_year(int(str(parts["dyear"]))) if parts.get("dyear") else None
    month, number = int(str(parts["dmonth"])), int(str(parts["dday"]))
    for one in _years(year, today):
        try:
            day = date(one, month, number)
        except ValueError:
            continue
        if day <= today or year or one != today.year:
            return Span(day, day, "day", "" if year else "year")
    return None


def _joined(text: str, found: list[Found], today: date) -> list[Found]:
    """Makes 「103/5/1 到 6/30」 one period, and 「5 月以來」 one that ends today."""
    made: list[Found] = []
    for one in found:
        previous = made[-1] if made else None
        if previous and _BETWEEN.fullmatch(text[previous.end : one.start]):
            span = _range(previous.span, one.span)
            if span:
                made[-1] = Found(span, previous.start, one.end)
                continue
        made.append(one)
    return [_open_end(text, one, today) for one in made]


def _range(first: Span, second: Span) -> Span | None:
    if second.said and not first.said:  # 「103/5/1 到 6/30」: the same year, or the next when it would run backwards
        for year in (first.first.year, first.first.year + 1):
            moved = _in_year(second, year)
            if moved and moved.last >= first.first:
                return Span(first.first, moved.last)
    if first.said and not second.said:
        moved = _in_year(first, second.first.year)
        first = moved or first
    if first.said and second.said and first.first > second.last:
        first = _in_year(first, second.first.year - 1) or first
    if first.first > second.last:
        return None
    return Span(first.first, second.last)


def _in_year(span: Span, year: int) -> Span | None:
    try:
        first = span.first.replace(year=year)
    except ValueError:
        return None
    return Span(first, month_end(year, span.last.month) if span.unit != "day" else first, span.unit)


def _open_end(text: str, found: Found, today: date) -> Found:
    tail = _UNTIL_NOW.match(text, found.end)
    if not tail or found.span.first > today:
        return found
    return Found(Span(found.span.first, max(today, found.span.first)), found.start, tail.end())
