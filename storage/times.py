"""Times and dates as text: one fixed shape, so that text order is time order.

Moments are kept to the second as 「2026-01-31T09:05:00+08:00」, dates as 「2026-01-31」. A moment without a time zone
is refused: nobody could say later what it meant.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

from storage.errors import Refused

Clock = Callable[[], datetime]
TAIPEI = timezone(timedelta(hours=8), "Asia/Taipei")  # no daylight saving since 1979


def text(moment: datetime) -> str:
    """The moment in Taipei's time, whole seconds. Raises Refused when it has no time zone."""
    if moment.tzinfo is None:
        raise Refused("時間沒有時區，無法記錄。")
    return moment.astimezone(TAIPEI).isoformat(timespec="seconds")


def maybe_text(moment: datetime | None) -> str | None:
    """`text`, or None for None."""
    return None if moment is None else text(moment)


def moment(kept: str) -> datetime:
    """The moment that `text` wrote."""
    return datetime.fromisoformat(kept)


def maybe_moment(kept: str | None) -> datetime | None:
    """`moment`, or None for None."""
    return None if kept is None else datetime.fromisoformat(kept)


def day(kept: str) -> date:
    """The date written as ISO."""
    return date.fromisoformat(kept)


def maybe_day(kept: str | None) -> date | None:
    """`day`, or None for None."""
    return None if kept is None else date.fromisoformat(kept)
