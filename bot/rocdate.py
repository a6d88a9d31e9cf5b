"""Dates as Taiwan's offices write them: ROC years (100 年 is 2011) and the clock of Taipei.

Stored times are ISO 8601 with +08:00; people read 113/05/20 10:30 or 113 年 5 月 20 日. Anything that is not a date of
the calendar is refused by returning None: the caller asks again.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")
OFFSET = timezone(timedelta(hours=8))
FIRST_ROC_YEAR = 1911  # ROC year 1 is 1912

_DATE = re.compile(
    r"(?:(?:民國|中華民國)?\s*(?P<year>\d{2,4})\s*[年/.\-])?\s*(?P<month>\d{1,2})\s*[月/.\-]\s*(?P<day>\d{1,2})\s*日?"
)
_TIME = re.compile(
    r"(?P<half>上午|下午|早上|中午|晚上)?\s*(?P<hour>\d{1,2})\s*(?:[:點時]\s*(?P<minute>\d{1,2}|半)?\s*分?)"
)
_NAMED_DAYS = (  # the longer name before the one that is part of it; the days to come are read so that they are refused
    ("大前天", 3), ("前天", 2), ("昨天", 1), ("昨日", 1), ("今天", 0), ("今日", 0),
    ("大後天", -3), ("後天", -2), ("明天", -1), ("明日", -1),
)  # fmt: skip
_OTHER_DAY = re.compile(r"[天日週周]|星期|禮拜|月")  # a day is named that was not read: it is no time of today


def now() -> datetime:
    """This moment in Taipei, to the second."""
    return datetime.now(OFFSET).replace(microsecond=0)


def roc_year(western: int) -> int:
    """2011 -> 100."""
    return western - FIRST_ROC_YEAR


def western_year(year: int) -> int:
    """100 -> 2011; a year that is already Western (1912 and over) stays."""
    return year if year > FIRST_ROC_YEAR else year + FIRST_ROC_YEAR


def short_date(day: date) -> str:
    """2024-05-20 -> 113/05/20."""
    return f"{roc_year(day.year)}/{day.month:02}/{day.day:02}"


def long_date(day: date) -> str:
    """2024-05-20 -> 113 年 5 月 20 日."""
    return f"{roc_year(day.year)} 年 {day.month} 月 {day.day} 日"


def short_time(moment: datetime) -> str:
    """113/05/20 10:30, in Taipei."""
    local = moment.astimezone(OFFSET)
    return f"{short_date(local.date())} {local:%H:%M}"


def parse_moment(text: str, today: datetime) -> datetime | None:
    """Reads 「5/20 10:30」「113年5月20日 下午2點半」「昨天 9:05」「今天」; what is not said is taken from `today`.

    Returns None when no date or time of the calendar can be read.
    """
    words = unicodedata.normalize("NFKC", text).strip()
    day, rest = _read_day(words, today.date())
    clock = _read_clock(rest)
    if clock is None and _TIME.search(rest):
        return None
    if day is None and (clock is None or _OTHER_DAY.search(rest)):
        return None
    base = today.astimezone(OFFSET)
    return datetime.combine(day or base.date(), clock or base.time().replace(microsecond=0), OFFSET)


def parse_day(text: str, today: date) -> date | None:
    """「6/30」「107年12月31日」 as a date, in this year where none is said; None when it is none of the calendar."""
    moment = parse_moment(text, datetime.combine(today, time(0), OFFSET))
    return moment.date() if moment else None


def _read_day(words: str, today: date) -> tuple[date | None, str]:
    for name, back in _NAMED_DAYS:
        if name in words:
            return today - timedelta(days=back), words.replace(name, " ")
    found = _DATE.search(words)
    if not found:
        return None, words
    year = western_year(int(found["year"])) if found["year"] else today.year
    rest = words[: found.start()] + " " + words[found.end() :]
    try:
        return date(year, int(found["month"]), int(found["day"])), rest
    except ValueError:
        return None, ""


def _read_clock(words: str) -> time | None:
    found = _TIME.search(words)
    if not found:
        return None
    hour = int(found["hour"])
    if found["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    minute = 30 if found["minute"] == "半" else int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
