"""The period that an assessment is about: a ROC year, or half of one, as 「115H1」「115H2」「115」.

The half-years are those of the plans (上、下半年); a period knows its first and last day.
"""

from __future__ import annotations

import re
from datetime import date

from bot import rocdate
from bot.totals.periods import half_of, year_of

from .figures import folded, numeral

_HALVES = {"上": "H1", "下": "H2"}


def choices(today: date, sheet_year: int) -> list[str]:
    """This year and the one before (and the sheet's own), each as halves and whole."""
    this = rocdate.roc_year(today.year)
    years = list(dict.fromkeys([this, this - 1, sheet_year]))
    return [f"{year}{part}" for year in years for part in ("H1", "H2", "")]


def label(period: str) -> str:
    """「115 年上半年」."""
    year, _, half = period.partition("H")
    if not year:
        return ""
    return f"{year} 年{ {'1': '上半年', '2': '下半年'}.get(half, '全年') }"


def read(words: str, today: date) -> str | None:
    """「105 年上半年」「下半年」「今年」「105」 as a period; None when it is none."""
    text = folded(words).replace(" ", "")
    match = re.fullmatch(
        r"(?:民國)?(今年|去年|\d{2,4}|[零〇一二三四五六七八九十百]+)?年?(?:的|度)?(上|下|全)?(?:半)?(?:年)?(?:度)?",
        text,
    )
    if not match or not text or not (match[1] or match[2]):
        return None
    this = rocdate.roc_year(today.year)
    year = {"今年": this, "去年": this - 1, None: this}.get(match[1])
    if year is None:
        value = numeral(match[1])
        year = rocdate.roc_year(rocdate.western_year(int(value))) if value is not None else 0
    if not 1 <= year <= this + 1:
        return None
    return f"{year}{_HALVES.get(match[2] or '', '')}"


def days(period: str) -> tuple[date, date]:
    """The first and the last day of the period."""
    year, _, half = period.partition("H")
    western = rocdate.western_year(int(year))
    span = half_of(western, int(half)) if half else year_of(western)
    return span.first, span.last
