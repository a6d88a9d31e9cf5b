"""Numbers as people type them and as we show them.

Reads Arabic and Chinese numerals in any width (「８秒」「兩聲」「百分之七十八」); a Chinese numeral counts only with a
unit behind it or when it is all that was typed, so that 「一問三不知」 is words and not figures. Decimals are shown
rounded half up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rubrics import plain, rounded

UNITS = ("分鐘", "秒鐘", "聲", "響", "秒", "分", "%", "件", "種", "級", "題", "次", "項", "個", "sec", "s")
_SAME_UNIT = {"響": "聲", "秒鐘": "秒", "sec": "秒", "s": "秒"}
_ARABIC = r"\d+(?:\.\d+)?"
_CHINESE = r"[零〇一二兩三四五六七八九十百千萬]+(?:點[零〇一二三四五六七八九]+)?|半"
_PERCENT_WORDS = re.compile(rf"百分之\s*(?P<number>{_ARABIC}|{_CHINESE})")
_TENTHS = re.compile(r"(?P<tens>[一二兩三四五六七八九十\d])成(?P<ones>[一二三四五六七八九\d半])?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SEVERAL = re.compile(
    r"[\d一二兩三四五六七八九十]\s*[聲響秒分鐘]*\s*(?:[-~–—到至或、]|還是)\s*[\d一二兩三四五六七八九十]"
)
_BARE = re.compile(rf"(?:{_ARABIC}|{_CHINESE})")
_RANGE = re.compile(r"(\d+)\s*(?:[-~–—到至]|~)\s*(\d+)")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_PLACES = {"十": 10, "百": 100, "千": 1000}
MOST_DIGITS = 12  # of a typed number; longer ones are no answer to anything


@dataclass(frozen=True)
class Figure:
    """A number with its unit (聲, 秒, 分, %, 件 …)."""

    value: Decimal
    unit: str


def folded(text: str) -> str:
    """One form for all widths and cases: NFKC, lower case, no outer white space."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def numeral(word: str) -> Decimal | None:
    """「12.5」「十二」「一百零五」「兩」「半」 as a number; None when it is none."""
    word = folded(word)
    if len(word) > MOST_DIGITS:
        return None
    if re.fullmatch(_ARABIC, word):
        return Decimal(word)
    if word == "半":
        return Decimal("0.5")
    whole, dot, tail = word.partition("點")
    if not whole or (dot and not tail) or any(sign not in _DIGITS and sign not in "十百千萬" for sign in whole):
        return None
    value = _whole(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[sign]) for sign in tail)}") if tail else Decimal(value)


def _whole(word: str) -> int | None:
    many, ten_thousands, rest = word.partition("萬")
    if ten_thousands:
        high, low = _below(many), _below(rest) if rest else 0
        return None if high is None or low is None or "萬" in rest else high * 10_000 + low
    return _below(word)


def _below(word: str) -> int | None:
    """A numeral without 萬; None when its parts do not follow each other."""
    if not any(sign in _PLACES for sign in word):
        return int("".join(str(_DIGITS[sign]) for sign in word)) if word else None
    total, current = 0, None
    for sign in word:
        if sign in _PLACES:
            total, current = total + (1 if current is None else current) * _PLACES[sign], None
        elif current not in (None, 0):
            return None
        else:
            current = _DIGITS[sign]
    return total + (current or 0)


@lru_cache(maxsize=256)
def _with_unit(own: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(re.escape(one) for one in sorted({*UNITS, *own}, key=len, reverse=True))
    return re.compile(rf"(?<![\d.\-−])(?P<number>{_ARABIC}|{_CHINESE})\s*(?P<unit>{units})(?![a-z])")


def figures(text: str, own: Iterable[str] = ()) -> list[Figure]:
    """Every number that has a unit, in reading order; 百分之 counts as %. `own` are a sheet's own units (冊)."""
    found: list[tuple[int, Figure]] = []
    words = _TENTHS.sub(_in_percent, _THOUSANDS.sub("", folded(text)))
    for match in _PERCENT_WORDS.finditer(words):
        value = numeral(match["number"])
        if value is not None:
            found.append((match.start(), Figure(value, "%")))
    for match in _with_unit(tuple(folded(one) for one in own if one)).finditer(
        _PERCENT_WORDS.sub(lambda m: " " * len(m[0]), words)
    ):
        value = numeral(match["number"])
        if value is not None:
            found.append((match.start(), Figure(value, _SAME_UNIT.get(match["unit"], match["unit"]))))
    return [figure for _, figure in sorted(found, key=lambda one: one[0])]


def _in_percent(match: re.Match[str]) -> str:
    """「七成五」 -> 75%, 「九成」 -> 90%."""
    tens, ones = numeral(match["tens"]) or Decimal(0), match["ones"] or "零"
    return f"{shown(tens * 10 + (Decimal(5) if ones == '半' else numeral(ones) or Decimal(0)))}%"


def several(text: str) -> bool:
    """「3-4 聲」「三到四聲」: more than one number, of which none may be picked for the person."""
    return _SEVERAL.search(folded(text)) is not None


def bare(text: str) -> Decimal | None:
    """The number, when a number is all that was typed."""
    words = _THOUSANDS.sub("", folded(text).strip("。.，, "))
    return numeral(words) if _BARE.fullmatch(words) else None


def span(text: str) -> tuple[Decimal, Decimal, str] | None:
    """「15-20 那級 18」: the range's ends and the words around it; None when no range was typed."""
    words = folded(text)
    match = _RANGE.search(words)
    if not match:
        return None
    if max(len(match[1]), len(match[2])) > MOST_DIGITS:
        return None
    return Decimal(match[1]), Decimal(match[2]), words[: match.start()] + " " + words[match.end() :]


def shown(value: Decimal) -> str:
    """17.5, 9, 76.67: at most two decimals, rounded half up, without trailing zeros."""
    return plain(rounded(value))


def signed(value: Decimal) -> str:
    """−2, 0: a deduction as people write it."""
    return f"−{shown(abs(value))}" if value else "0"
