"""Numbers as people say them in a question: 五聲, 12秒, 78%, 九成, 13件, 總分856, 每四題錯一題.

Why here: a band of a scale is chosen by the number and its unit, so both must be read before any ranking. It reads
numbers with a unit that a scale or a clause could use and refuses to guess the unit of a bare number, except a total
of three digits beside 總分 or 加起來.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 300  # characters of a question that are read for numbers
DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
}
SCALES = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "[零〇一二兩三四五六七八九十百千]"
_NUMBER = rf"(?:(?<![\d.])\d{{1,6}}(?:\.\d{{1,4}})?|(?<!{_CHINESE}){_CHINESE}{{1,9}}(?!{_CHINESE}))"
UNITS = {
    "%": "%",
    "趴": "%",
    "％": "%",
    "percent": "%",
    "聲": "聲",
    "響": "聲",
    "秒": "秒",
    "秒鐘": "秒",
    "件": "件",
    "個連結": "件",
    "分": "分",
    "分鐘": "分鐘",
    "次": "次",
    "回": "次",
    "種": "種",
    "名": "名",
    "頁": "頁",
    "題": "題",
    "項": "項",
    "個月": "個月",
    "組": "組",
    "等": "等",
    "天": "天",
    "號字": "號字",
    "場": "次",
    "遍": "次",
}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_WITH_UNIT = re.compile(rf"(第)?({_NUMBER})\s*(?:多)?({_UNIT})")
_TENTHS = re.compile(rf"(?<!分)({_CHINESE}|\d(?:\.\d)?)成({_CHINESE}|半)?")
_PER_CENT = re.compile(rf"百分之({_NUMBER})")
_TOTAL = re.compile(
    rf"(?:總分|加起來|總共|合計|加總|分數|考了?|拿了?|得了?)[^\d{_CHINESE[1:-1]}]{{0,6}}({_NUMBER})(?![\d年月日{_CHINESE[1:-1]}])"
)
_RATIO = re.compile(
    rf"({_NUMBER})\s*([題件次通個])[^\d,。;]{{0,6}}?"
    rf"([對錯])?[^\d,。;]{{0,4}}?({_NUMBER})\s*[題件次通個][^,。;]{{0,6}}?(講錯|答錯|錯|不對|講對|答對|對|正確)"
)
_RATIO_SHORT = re.compile(rf"({_NUMBER})\s*[題件次通個].{{0,4}}?(錯|對)(?:了)?({_NUMBER})\s*[題件次通個]")
_OF_TEN = re.compile(rf"([十百]|100?)\s*[個人位]人?(?:裡面?|中|當中)?[只才就]?有?\s*({_NUMBER})\s*[個人位]")
_HOW_OFTEN = re.compile(r"(?:多久|多常|幾天|幾個?月|幾週)[^,，。;；]{0,6}$")
_GRADED = re.compile(r"(?<![\d.])(\d{3}|1000)(?![\d年月日號])")
_GRADE = re.compile("等第|等級|[優甲乙丙丁幾]等|什麼等")
_HALF = re.compile(r"一半")
_BELOW = re.compile(r"(不到|未滿|低於|少於|不足|沒到|未達|小於|以下|沒有到|差一點)")
_ABOVE = re.compile(r"(超過|多於|高於|大於|以上|至少|起碼|破)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number a person named: its value, the unit as the documents write it ('%', '聲', '分', …; '' for a total), how
    it is bounded ('=', '<' for 不到, '>=' for 以上), whether it is an ordinal (第二名), and where it stood."""

    value: Decimal
    unit: str
    bound: str = "="
    ordinal: bool = False
    start: int = 0
    end: int = 0


def value_of(word: str) -> Decimal | None:
    """The value of Arabic or Chinese digits ('十二' -> 12, '一百零五' -> 105, '八百五十六' -> 856); None for none."""
    if re.fullmatch(r"\d+(\.\d+)?", word):
        return Decimal(word)
    if not word or any(c not in DIGITS and c not in SCALES for c in word):
        return None
    if not any(c in SCALES for c in word):
        return Decimal("".join(str(DIGITS[c]) for c in word))
    total, digit, last = 0, 0, 1
    for char in word:
        if char in SCALES:
            total += (digit or 1) * SCALES[char]
            digit, last = 0, SCALES[char]
        else:
            digit = DIGITS[char]
    tail = digit * (last // 10) if last > 10 and digit and word[-2] in SCALES else digit
    return Decimal(total + tail)


def read(text: str) -> tuple[Quantity, ...]:
    """All quantities of a normalised question in the order they stand; a stretch of text is read once."""
    text = text[:LONGEST]
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for quantity in (*_ratios(text), *_percentages(text), *_units(text), *_totals(text)):
        if all(quantity.end <= a or quantity.start >= b for a, b in taken):
            taken.append((quantity.start, quantity.end))
            found.append(quantity)
    return tuple(sorted(found, key=lambda q: q.start))


def _bound(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 4) : start], text[end : end + 3]
    if _BELOW.search(before) or after.startswith(("以下", "不到", "都不到")):
        return "<"
    if _ABOVE.search(before) or after.startswith("以上"):
        return ">="
    return "="


def _make(
    text: str, value: Decimal | None, unit: str, span: tuple[int, int], ordinal: bool = False
) -> Iterator[Quantity]:
    if value is not None:
        yield Quantity(value, unit, _bound(text, *span), ordinal, *span)


def _ratios(text: str) -> Iterator[Quantity]:
    """每四題錯一題 -> 75 %, 問10題對8題 -> 80 %."""
    for found in _RATIO_SHORT.finditer(text):
        yield from _ratio(text, found.group(1), found.group(3), found.group(2), found.span())
    for found in _RATIO.finditer(text):
        yield from _ratio(text, found.group(1), found.group(4), found.group(5), found.span())


def _ratio(text: str, of: str, part: str, word: str, span: tuple[int, int]) -> Iterator[Quantity]:
    whole, share = value_of(of), value_of(part)
    if not whole or share is None or share > whole:
        return
    percent = share * 100 / whole
    if "錯" in word or "不" in word:
        percent = 100 - percent
    yield Quantity(percent.quantize(Decimal("0.01")).normalize() + 0, "%", "=", False, *span)


def _percentages(text: str) -> Iterator[Quantity]:
    for found in _TENTHS.finditer(text):
        tens, ones = value_of(found.group(1)), found.group(2)
        if tens is not None and tens <= 10:
            extra = Decimal(5) if ones == "半" else (value_of(ones) if ones else Decimal(0)) or Decimal(0)
            yield from _make(text, tens * 10 + extra, "%", found.span())
    for found in _PER_CENT.finditer(text):
        yield from _make(text, value_of(found.group(1)), "%", found.span())
    for found in _OF_TEN.finditer(text):
        whole, share = value_of(found.group(1)), value_of(found.group(2))
        if whole and share is not None and share < whole:
            yield from _make(text, share * 100 / whole, "%", found.span())
    for found in _HALF.finditer(text):
        yield from _make(text, Decimal(50), "%", found.span())


def _units(text: str) -> Iterator[Quantity]:
    for found in _WITH_UNIT.finditer(text):
        if found.group(3) in ("次", "回", "趟") and _HOW_OFTEN.search(text, 0, found.start()):
            continue  # 多久測一次 names no number
        yield from _make(text, value_of(found.group(2)), UNITS[found.group(3)], found.span(), bool(found.group(1)))


def _totals(text: str) -> Iterator[Quantity]:
    for found in (*_TOTAL.finditer(text), *(_GRADED.finditer(text) if _GRADE.search(text) else ())):
        value = value_of(found.group(1))
        if value is not None and 100 <= value <= 1000:
            span = found.span(1)
            yield Quantity(value, "", _bound(text, *span), False, *span)
