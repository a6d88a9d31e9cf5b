"""Numbers, JSON and times as they are kept."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from storage import Refused, times, values


@pytest.mark.parametrize(
    ("points", "kept"),
    [
        (Decimal("76.50"), "76.5"),
        (Decimal("9.0"), "9"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.0"), "0"),
        (Decimal("0.1"), "0.1"),
        (Decimal("0.000001"), "0.000001"),
        (12, "12"),
    ],
)
def test_points_are_written_plainly(points: Decimal | int, kept: str) -> None:
    assert values.plain(points) == kept
    assert values.load_points(values.dump_points({"a": Decimal(points)})) == {"a": Decimal(kept)}


@pytest.mark.parametrize("points", [1.5, "9", True, None, Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")])
def test_what_is_no_number_of_points_is_refused(points: object) -> None:
    values.plain(Decimal("1.5"))  # an equal Decimal seen before does not let a float in
    with pytest.raises(Refused):
        values.dump_points({"a": points})  # type: ignore[dict-item]


def test_micro_points() -> None:
    assert values.micro(Decimal("76.5")) == 76_500_000
    assert values.micro(Decimal("0.0000005")) == 1
    assert values.from_micro(76_500_000) == Decimal("76.5")


def test_json_is_compact_readable_and_strict() -> None:
    assert values.dump({"字": [Decimal("1.5"), Decimal(9), None]}) == '{"字":[1.5,9,null]}'
    for bad in (float("inf"), {1, 2}, b"x", Decimal("0.12345678901234567891")):
        with pytest.raises(Refused):
            values.dump({"a": bad})


def test_moments_are_kept_in_one_shape() -> None:
    assert times.text(datetime(2026, 1, 1, 16, 0, 59, 999_999, tzinfo=UTC)) == "2026-01-02T00:00:59+08:00"
    kept = times.text(datetime(2026, 1, 1, tzinfo=times.TAIPEI))
    assert times.text(times.moment(kept)) == kept
    assert times.maybe_text(None) is None
    assert times.maybe_moment(None) is None
    assert times.maybe_day(None) is None


def test_lists_of_parameters() -> None:
    assert values.in_list("u", [3, 5]) == ("(:u_0, :u_1)", {"u_0": 3, "u_1": 5})
    assert values.in_list("u", []) == ("(NULL)", {})
