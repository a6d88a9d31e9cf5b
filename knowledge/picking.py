"""Which row of a quoted clause was asked for, and the few words in it that answer.

A clause may hold five sentences; the person asked for one. Rows and their parts are weighed by the question's words and
by the kind of answer that it wants. It refuses to choose where nothing stands out, and never changes a character.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.kinds import Kinds
from knowledge.normal import squash
from knowledge.query import grams
from knowledge.understand import Understood

SHORT = 34  # characters up to which a row is shown as it is
SURE = 1.1  # how much better than the next a row is whose words are given as the answer
LEAST = 4  # characters of a point; and what only repeats the question is none
MOST = 70  # characters of a point
_ROW = re.compile(r"[^\n\u3000。；;]+")
_GIVEN = re.compile(r"(?:[^，,：:、]|(?<![次支])、)+")  # several who get the same stay together
_SENTENCE = re.compile(r"[^，,：:]+")
_MARK = re.compile(
    r"^\s*(?:[(（][\d一二三四五六七八九十]+[)）]|[壹貳參肆伍陸柒捌玖拾一二三四五六七八九十甲乙丙丁]+、|\d+[.、．](?!\d)|[①-⑳●■•-])\s*"
)
_TELLING = frozenset({"times", "date", "document", "who", "where", "reward", "definition", "format", "grade"})
_SHARP = {  # what names the very day or number, where the kind's patterns also match what merely surrounds it
    "date": re.compile(r"月\d+日|月底|年底|月初|月內|日前|日內|天內|前一?日|[一二三四五六七八九十]+月"),
    "times": re.compile(
        r"\d次|每[\d半一]*個?[月年季週日]|至少|[\d半一二三四五六七八九十]+(?:分鐘|小時|日內|天|個月|年[^度]|週)"
    ),
    "reward": re.compile("嘉獎|記?[大小]功|獎金|獎狀|獎牌"),
}
_MERITS = re.compile("(?:嘉獎|[大小]功)[\\d一二兩三]+[次支]")
_MONTH_ASKED = re.compile("幾月|哪[一幾]?個?月")
_MONTH = re.compile(r"(?<!\d)\d{1,2}月(?!\d)")  # a month without a day
_PLACE = re.compile(r"第\s*([一二三四五六七八九十\d][一二三四五六七八九十\d、,，至~-]*)\s*名")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_SHOWN = 4.0  # what it is worth that a row gives the kind of answer that was asked for


@dataclass(frozen=True, slots=True)
class Point:
    """A row of a text that answers, as a span, and its few words that do ('' when none stand out), verbatim."""

    start: int
    end: int
    words: str = ""


class Picker:
    """Built once for each library."""

    def __init__(self, rarity: Callable[[str], float], kinds: Kinds) -> None:
        self._rarity = rarity
        self._kinds = kinds

    def pick(self, text: str, start: int, end: int, asked: Understood) -> Point | None:
        """The row between start and end of the text that answers; None when none stands out."""
        wanted = {g for g in asked.query.terms if self._rarity(g)}
        wanted |= {g for c in asked.query.concepts for form in c.forms for g in form}
        kinds = asked.kinds & _TELLING
        rows = [m for m in _spans(_ROW, text, start, end) if _content(text[m[0] : m[1]])]
        if not rows or not wanted:
            return None
        if len(rows) == 1:
            best = rows[0]
        else:
            scored = sorted(
                ((self._worth(text[a:b], wanted, kinds) + _rank(text[a:b], asked.text), -a, (a, b)) for a, b in rows),
                reverse=True,
            )
            if scored[0][0] <= 0 or scored[0][0] < scored[1][0] * 1.02:
                return None
            best = scored[0][2]
            if scored[0][0] < scored[1][0] * SURE:
                return Point(*best)
        if "reward" in kinds:  # who gets one may stand in a row, and what one gets in the next
            best = self._given(text, best, rows, wanted, kinds)
        words = self._words(text, best, wanted, kinds, asked)
        if words and (len(squash(words)) < LEAST or squash(words).lower() in squash(asked.text)):
            return None
        return Point(*best, words)

    def _given(
        self,
        text: str,
        best: tuple[int, int],
        rows: Sequence[tuple[int, int]],
        wanted: set[str],
        kinds: frozenset[str],
    ) -> tuple[int, int]:
        """The row that says what is given: the best one, or one of the two after it."""
        if _MERITS.search(squash(text[best[0] : best[1]])):
            return best
        at = rows.index(best)
        after = [row for row in rows[at + 1 : at + 3] if _MERITS.search(squash(text[row[0] : row[1]]))]
        return max(after, key=lambda row: self._worth(text[row[0] : row[1]], wanted, kinds), default=best)

    def _words(
        self, text: str, row: tuple[int, int], wanted: set[str], kinds: frozenset[str], asked: Understood
    ) -> str:
        listing = "list" in asked.kinds
        whole = _bare(text[row[0] : row[1]])
        if len(whole) <= (SHORT if not kinds & set(_SHARP) else SHORT // 2) or (listing and len(whole) <= MOST):
            return whole
        if not kinds or listing:
            return whole if len(whole) <= MOST else ""
        parts = list(_spans(_GIVEN if "reward" in kinds else _SENTENCE, text, *row))
        squashed = {p: squash(text[p[0] : p[1]]) for p in parts}
        sharp = [_SHARP[kind] for kind in kinds if kind in _SHARP]
        shown = [p for p in parts if any(pattern.search(squashed[p]) for pattern in sharp)]
        if _MONTH_ASKED.search(asked.text):
            shown = [p for p in parts if _MONTH.search(squashed[p])] or shown
        if "reward" in kinds:
            shown = [p for p in parts if _MERITS.search(squashed[p])] or shown
        shown = shown or [p for p in parts if self._kinds.shown(squashed[p].lower()) & kinds]
        if not shown:
            return whole if len(whole) <= MOST else ""
        a, b = max(shown, key=lambda p: (self._worth(text[p[0] : p[1]], wanted, kinds), -p[0]))
        words = _bare(text[a:b])
        return words if 2 <= len(words) <= MOST else ""

    def _worth(self, row: str, wanted: set[str], kinds: frozenset[str]) -> float:
        own = grams(row)
        hit: float = sum(self._rarity(g) for g in own if g in wanted)
        if not hit and not kinds:
            return 0.0
        squashed = squash(row).lower()
        gives = {k for k in self._kinds.shown(squashed) & kinds if k not in _SHARP or _SHARP[k].search(squashed)}
        shown = len(gives) / len(kinds) if kinds else 0.0
        mass: float = max(sum(map(self._rarity, own)), 1.0)
        return hit / math.sqrt(math.sqrt(mass)) + _SHOWN * shown


def _rank(row: str, question: str) -> float:
    """第二名 asks for the row of 第二、三名, not of 第一名; 0 when the question or the row names no rank."""
    asked = _PLACE.search(question)
    stated = "".join(_PLACE.findall(row))
    if asked is None or not stated:
        return 0.0
    return 2 * _SHOWN if asked.group(1).translate(_DIGITS) in stated.translate(_DIGITS) else -2 * _SHOWN


def _spans(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts between start and end, without white space at their edges."""
    for found in pattern.finditer(text, start, end):
        words = found.group()
        if words.strip():
            low = found.start() + len(words) - len(words.lstrip())
            yield low, found.start() + len(words.rstrip())


def _content(row: str) -> bool:
    """True for a row that says something, not a mere heading with a colon."""
    return len(_bare(row)) > 1 and not row.rstrip().endswith((":", "："))


def _bare(row: str) -> str:
    return _MARK.sub("", row).strip()
