"""Periods of the calendar: years, halves, quarters, months and any days, and those before them. Dates are Taipei's."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.rocdate import roc_year, short_date

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A period, both days included. `unit` is what it is one of: year, half, quarter, month, day, or range.

    `said` keeps what was left out of the words: "year" when the year was supplied by us.
    """

    first: date
    last: date
    unit: str = "range"
    said: str = ""

    @property
    def label(self) -> str:
        """「113 年上半年」, or the two days."""
        year = f"{roc_year(self.first.year)} 年"
        if self.unit == "year":
            return year
        if self.unit == "half":
            return f"{year}{'上' if self.first.month == 1 else '下'}半年"
        if self.unit == "quarter":
            return f"{year}第 {(self.first.month + 2) // 3} 季"
        if self.unit == "month":
            return f"{year} {self.first.month} 月"
        return self.days

    @property
    def days(self) -> str:
        """「113/01/01–113/12/31」."""
        if self.first == self.last:
            return short_date(self.first)
        return f"{short_date(self.first)}–{short_date(self.last)}"


def year_of(year: int) -> Span:
    """The whole Western year."""
    return Span(date(year, 1, 1), date(year, 12, 31), "year")


def half_of(year: int, half: int) -> Span:
    """The first or second half of the Western year."""
    return Span(date(year, 6 * half - 5, 1), month_end(year, 6 * half), "half")


def quarter_of(year: int, quarter: int) -> Span:
    """A quarter of the Western year; numbers outside 1 to 4 carry over into other years."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return Span(date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter), "quarter")


def month_of(year: int, month: int) -> Span:
    """A month of the Western year; numbers outside 1 to 12 carry over into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Span(date(year, month, 1), month_end(year, month), "month")


def shifted(day: date, months: int) -> date:
    """The same day so many months away; the month's last day where there is no such day."""
    target = month_of(day.year, day.month + months)
    return target.first.replace(day=min(day.day, target.last.day))


def before(span: Span) -> Span:
    """The period of the same kind directly before: the year, half, quarter, month, or as many days."""
    first = span.first
    if span.unit == "year":
        return year_of(first.year - 1)
    if span.unit == "half":
        return half_of(first.year, 1) if first.month == 7 else half_of(first.year - 1, 2)
    if span.unit == "quarter":
        return quarter_of(first.year, (first.month + 2) // 3 - 1)
    if span.unit == "month":
        return month_of(first.year, first.month - 1)
    return Span(first - (span.last - first) - DAY, first - DAY)


def year_before(span: Span) -> Span:
    """The same period a year earlier (去年同期)."""
    first = shifted(span.first, -12)
    whole = span.unit in ("year", "half", "quarter", "month")
    last = month_end(span.last.year - 1, span.last.month) if whole else shifted(span.last, -12)
    return replace(span, first=first, last=last)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
