"""ROC dates: what people type, and what the calendar refuses."""

from datetime import date, datetime

import pytest

from bot.rocdate import OFFSET, long_date, parse_moment, roc_year, short_date, short_time, western_year

TODAY = datetime(2024, 5, 20, 9, 30, tzinfo=OFFSET)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5/18 10:30", "2024-05-18T10:30:00+08:00"),
        ("113年5月18日 下午2點半", "2024-05-18T14:30:00+08:00"),
        ("民國 102/6/3 09:05", "2013-06-03T09:05:00+08:00"),
        ("2013-06-03 9:05", "2013-06-03T09:05:00+08:00"),
        ("昨天 9:05", "2024-05-19T09:05:00+08:00"),
        ("10:45", "2024-05-20T10:45:00+08:00"),
        ("今天", "2024-05-20T09:30:00+08:00"),
        ("５／１８ １０：３０", "2024-05-18T10:30:00+08:00"),
    ],
)
def test_reads_moments(typed: str, expected: str) -> None:
    found = parse_moment(typed, TODAY)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("typed", ["2/30 10:00", "25:00", "10:75", "隨便", "", "13/45"])
def test_refuses_what_no_calendar_has(typed: str) -> None:
    assert parse_moment(typed, TODAY) is None


def test_years_and_display() -> None:
    assert roc_year(2011) == 100
    assert western_year(100) == 2011
    assert western_year(2011) == 2011
    assert short_date(date(2024, 5, 2)) == "113/05/02"
    assert long_date(date(2024, 5, 2)) == "113 年 5 月 2 日"
    assert short_time(TODAY) == "113/05/20 09:30"
