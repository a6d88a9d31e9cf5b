"""Ranks: ties, too few tests, means that cannot be told apart; expected values are written down."""

from __future__ import annotations

import random
import statistics
from decimal import Decimal

import pytest

from bot.totals.answer import ask
from bot.totals.figures import Figure, Histogram, kept, quantile, shown
from bot.totals.ranks import LEAST, ranked, resampled, unsure, with_alike

from .world import RIVER, build


def figure(*totals: str) -> Figure:
    micro = [int(Decimal(one) * 1_000_000) for one in totals]
    return Figure(len(micro), sum(micro), min(micro), max(micro), sum((one // 1000) ** 2 for one in micro))


def histogram(*totals: str) -> Histogram:
    micro = [int(Decimal(one) * 1_000_000) for one in totals]
    return sorted((one, micro.count(one)) for one in set(micro))


def test_ties_share_a_rank() -> None:
    groups = {"d": figure("70", "70", "70"), "b": figure("90", "80", "85"), "a": figure("95", "95", "95"),
              "c": figure("85", "85", "85")}  # fmt: skip
    assert [(one.key, one.rank) for one in ranked(groups)] == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]


def test_too_few_tests_stand_apart() -> None:
    groups = {"few": figure("100", "100"), "some": figure("60", "60", "60")}
    assert [(one.key, one.rank) for one in ranked(groups)] == [("some", 1), ("few", None)]
    assert LEAST == 3


def test_means_that_cannot_be_told_apart() -> None:
    totals = {
        "a": ("90", "70", "80", "95", "60"),
        "b": ("88", "71", "79", "94", "60"),
        "c": ("20", "21", "22", "20", "21"),
    }
    groups = {key: figure(*one) for key, one in totals.items()}
    rows = with_alike(ranked(groups), {key: histogram(*one) for key, one in totals.items()})
    assert [(one.key, one.like_next) for one in rows] == [("a", True), ("b", False), ("c", False)]


def test_the_same_question_gets_the_same_interval() -> None:
    one = histogram("90", "70", "80", "95", "60")
    assert (resampled([one]) == resampled([one])).all()


def test_neighbours_are_drawn_apart_and_others_like_alone() -> None:
    one, two = histogram("90", "70", "80", "95", "60"), histogram("61", "70", "80", "90", "99")
    assert (resampled([one, two])[1] == resampled([two])[0]).all()
    here, there = resampled([one], 0)[0], resampled([one], 1)[0]
    assert abs(statistics.correlation(here.tolist(), there.tolist())) < 0.06


def test_only_what_is_near_a_small_group_needs_its_single_tests() -> None:
    starts = {"a": 90, "b": 80, "c": 70, "d": 60}
    many = {key: figure(*[str(start + at % 9) for at in range(40)]) for key, start in starts.items()}
    assert unsure(ranked(many)) == []
    assert unsure(ranked({**many, "few": figure("77", "77", "78")})) == ["b", "few", "c"]
    assert unsure(ranked({**many, "two": figure("77", "77")})) == []


def test_resampled_means_spread_as_the_bootstrap_must() -> None:
    """Its variance is exactly variance / n; the limit used for many tests rests on that."""
    rng = random.Random(5)
    totals = [str(rng.randrange(60, 100)) for _ in range(25)]
    (means,) = resampled([histogram(*totals)])
    exact = statistics.pvariance([float(one) for one in totals]) / len(totals)
    assert statistics.variance(means.tolist()) == pytest.approx(exact, rel=0.1)
    assert float(figure(*totals).variance) / len(totals) == pytest.approx(exact, rel=1e-9)


def test_many_tests_use_the_limit_and_agree_with_the_bootstrap() -> None:
    rng = random.Random(8)
    near = {key: [str(rng.randrange(70, 95)) for _ in range(60)] for key in "ab"}
    far = {"a": [str(rng.randrange(85, 95)) for _ in range(60)], "b": [str(rng.randrange(60, 70)) for _ in range(60)]}
    for groups, like in ((near, True), (far, False)):
        rows = with_alike(ranked({key: figure(*one) for key, one in groups.items()}), {})
        first, second = (resampled([histogram(*groups[one.key])], side)[0] for side, one in enumerate(rows))
        low, high = sorted(first - second)[49::1900][:2]
        assert rows[0].like_next is like is bool(low <= 0 <= high)


def test_quartiles_and_deviation_by_hand() -> None:
    one = histogram("70", "80", "90", "100")
    assert [quantile(one, quarter) for quarter in (1, 2, 3)] == [Decimal("77.5"), Decimal(85), Decimal("92.5")]
    assert figure("70", "80", "90").deviation == 10
    assert figure("70").deviation is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("79.615", "79.62"), ("79.625", "79.63"), ("-0.001", "0.00"), ("100", "100.00"), ("88.125", "88.13")],
)
def test_display_rounds_half_up(value: str, text: str) -> None:
    assert shown(Decimal(value)) == text


def test_json_keeps_four_decimals_half_up() -> None:
    assert kept(Decimal("79.62345")) == 79.6235
    assert repr(kept(Decimal("80.00000"))) == "80"
    assert kept(None) is None


def test_the_mean_is_exact() -> None:
    assert figure("0.1", "0.2", "0.3").mean == Decimal("0.2")
    assert figure("33.3", "33.3", "33.3").mean == Decimal("33.3")


@pytest.mark.parametrize("period", ["去年", "近三個月", "111年到113年"])
def test_a_units_rank_alone_is_the_one_in_the_whole_ranking(period: str) -> None:
    world = build()
    person = world.supervisor(RIVER)
    whole = {row["unit"]: row for row in ask(world.services, person, f"{period}各單位排名").rows}
    assert len(whole) >= 4
    for unit, row in whole.items():
        alone = ask(world.services, person, f"{unit.split()[-1]}{period}第幾名")
        assert alone.rows == (row,)
        assert alone.computed is not None
        assert bool(row["like_next"]) == any(pair[0] == row["label"] for pair in alone.computed.alike)
    world.services.store.close()
