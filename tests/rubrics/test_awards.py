"""敘獎試算 with hand-written results: grades, ranks, ties, stages, and no double reward."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from rubrics import RubricError
from rubrics.awards import Proposal, Result, propose, ranked
from rubrics.plans import load_plans

PLANS = load_plans()
MINES, COMMERCE, WRA = PLANS.get("mines-2011"), PLANS.get("commerce-2017"), PLANS.get("wra-2016")
HSINCHU, WRA2 = PLANS.get("hsinchu-2018"), PLANS.get("wra2-2013")
BOUNDS = [(900, "excellent"), (800, "a"), (700, "b"), (600, "c"), (0, "d")]


def results(**totals: str) -> list[Result]:
    """甲="950" …: the grade by the papers' bounds."""
    return [
        Result(unit, Decimal(t), next(g for bound, g in BOUNDS if Decimal(t) >= bound)) for unit, t in totals.items()
    ]


def words(proposal: Proposal) -> list[str]:
    return [f"{a.label}{a.words}" for a in proposal.awards]


def of(rule: str, proposals: tuple[Proposal, ...]) -> list[Proposal]:
    return [p for p in proposals if p.rule.id == rule]


def summary(proposals: list[Proposal]) -> list[tuple[str, int | None, str]]:
    return [(p.unit, p.rank, p.standing) for p in proposals]


def test_ties_share_a_rank_and_the_next_is_left_out() -> None:
    places = ranked(results(a="90", b="100", c="90", d="80"))
    assert [(p.unit, p.rank, p.tied) for p in places] == [
        ("b", 1, ()),
        ("a", 2, ("c",)),
        ("c", 2, ("a",)),
        ("d", 4, ()),
    ]


def test_mines_first_two_of_both_grades_together() -> None:
    found = of("review-top", propose(MINES, results(東="905", 西="899.5", 南="860", 北="700")))
    assert summary(found) == [("東", 1, "proposed"), ("西", 2, "proposed")]
    for proposal in found:
        assert words(proposal) == ["單位主管或相關人員嘉獎 1 次", "單位主辦人員嘉獎 2 次"]
        assert (proposal.clause, proposal.quote[:12]) == ("柒、獎勵方式", "一、本局就自行考核結果成")
        assert [(p.rank, p.unit) for p in proposal.ranking] == [(1, "東"), (2, "西"), (3, "南"), (4, "北")]
        assert "合計" in proposal.notes[0]
    assert found[1].reason == "第 2 名，總分 899.5。"


def test_mines_read_by_grade_when_the_plan_says_so() -> None:
    rules = tuple(replace(r, per_grade=True) if r.id == "review-top" else r for r in MINES.rewards)
    found = of("review-top", propose(replace(MINES, rewards=rules), results(東="905", 西="899", 南="860", 北="850")))
    assert summary(found) == [("東", 1, "proposed"), ("西", 1, "proposed"), ("南", 2, "proposed")]


def test_mines_second_with_grade_b_gets_nothing_and_is_told() -> None:
    found = of("review-top", propose(MINES, results(東="850", 西="799.9")))
    assert summary(found) == [("東", 1, "proposed"), ("西", 2, "none")]
    assert found[1].awards == ()


def test_mines_a_tie_across_the_second_place_is_left_to_a_person() -> None:
    found = of("review-top", propose(MINES, results(東="950", 西="900", 南="900", 北="850")))
    assert summary(found) == [("東", 1, "proposed"), ("西", 2, "open"), ("南", 2, "open")]
    for proposal in found[1:]:
        assert proposal.awards == ()
        assert [[a.times for a in choice] for choice in proposal.choices] == [[1, 2], []]
        assert "請由承辦人決定" in proposal.reason
    assert found[1].tied == ("南",)


def test_mines_two_tied_at_the_top_fill_both_places() -> None:
    found = of("review-top", propose(MINES, results(東="950", 西="950", 南="900")))
    assert summary(found) == [("東", 1, "proposed"), ("西", 1, "proposed")]
    assert "同分" in found[0].reason


def test_mines_service_quality_prize() -> None:
    found = of("gsq-award", propose(MINES, [], {"秘書室": "won"}))
    assert len(found) == 1
    assert words(found[0])[0] == "首長記大功 1 次"
    assert "依權責及規定辦理敘獎" in words(found[0])[1]


@pytest.mark.parametrize("plan", [WRA, WRA2])
def test_excellent_first_and_second_to_third(plan: object) -> None:
    head = {"wra-2016": "機關首長", "wra2-2013": "局長"}
    for found_plan in (WRA, WRA2):
        if found_plan is not plan:
            continue
        found = of("review-top", propose(found_plan, results(一="960", 二="930", 三="910", 四="905", 五="870")))
        assert summary(found) == [("一", 1, "proposed"), ("二", 2, "proposed"), ("三", 3, "proposed")]
        first = [words(p)[0] for p in found]
        name = head[found_plan.id]
        assert first == [f"{name}嘉獎 2 次", f"{name}嘉獎 1 次", f"{name}嘉獎 1 次"]


def test_ranked_first_but_not_excellent_gets_nothing() -> None:
    found = of("review-top", propose(WRA2, results(一="899.5", 二="850")))
    assert summary(found) == [("一", 1, "none"), ("二", 2, "none")]
    assert "考核成績未達優等，而名列前三名者不另敘獎" in found[0].reason


def test_a_tie_between_first_and_second_place_has_two_outcomes() -> None:
    found = of("review-top", propose(WRA, results(一="950", 二="950", 三="920", 四="910")))
    assert summary(found) == [("一", 1, "open"), ("二", 1, "open"), ("三", 3, "proposed")]
    assert [[a.words for a in c if a.merit] for c in found[0].choices] == [["嘉獎 2 次"], ["嘉獎 1 次"]]


def test_a_tie_within_second_and_third_changes_nothing() -> None:
    found = of("review-top", propose(WRA, results(一="950", 二="920", 三="920", 四="910")))
    assert summary(found) == [("一", 1, "proposed"), ("二", 2, "proposed"), ("三", 2, "proposed")]
    assert found[1].tied == ("三",)


def test_a_tie_across_the_third_place_is_open() -> None:
    found = of("review-top", propose(WRA, results(一="950", 二="930", 三="920", 四="920", 五="900")))
    assert summary(found) == [("一", 1, "proposed"), ("二", 2, "proposed"), ("三", 3, "open"), ("四", 3, "open")]
    assert found[2].choices[1] == ()


def test_wra_prize_stages() -> None:
    stages = {"甲機關": "won", "乙機關": "shortlisted", "丙機關": "recommended", "初評小組": "coached"}
    found = {p.unit: words(p) for p in of("gsq-award", propose(WRA, [], stages))}
    assert found["甲機關"] == [
        "主要承辦人員記大功 1 次",
        "首長(主管)最高記功 1 次",
        "其他有功人員最高記功 1 次",
        "上級機關輔導有功人員最高記功 1 次",
    ]
    assert found["乙機關"][:2] == ["主要承辦人員記功 1 次", "首長(主管)最高嘉獎 2 次"]
    assert found["丙機關"][:2] == ["主要承辦人員嘉獎 2 次", "首長(主管)最高嘉獎 1 次"]
    assert found["初評小組"] == ["本署輔導有功人員(本署初評小組)嘉獎 1 次"]


def test_wra_only_the_highest_stage_stands() -> None:
    found = of("gsq-award", propose(WRA, [], {"甲機關": ["recommended", "shortlisted", "won"]}))
    assert [(p.stage, p.standing) for p in found] == [
        ("won", "proposed"),
        ("shortlisted", "superseded"),
        ("recommended", "superseded"),
    ]
    assert found[1].awards == ()
    assert len(found[1].dropped) == 4
    assert "不得重複敘獎" in found[1].reason


def test_wra_rank_and_prize_each_role_keeps_its_highest() -> None:
    found = propose(WRA, results(甲機關="950"), {"甲機關": "recommended"})
    rank, stage = of("review-top", found)[0], of("gsq-award", found)[0]
    assert words(rank) == ["機關首長嘉獎 2 次"]
    assert words(stage) == ["主要承辦人員嘉獎 2 次", "其他有功人員最高嘉獎 1 次", "上級機關輔導有功人員最高嘉獎 1 次"]
    assert [a.label for a in stage.dropped] == ["首長(主管)"]
    assert any("由承辦人確認" in note for note in stage.notes)


def test_hsinchu_by_stage_without_double_reward() -> None:
    found = of("gs-award", propose(HSINCHU, [], {"稅務局": ("entered", "passed_first"), "消防局": "won"}))
    standing = {(p.unit, p.stage): (p.standing, words(p)[:2]) for p in found}
    assert standing["消防局", "won"] == (
        "proposed",
        ["機關（單位）主管記小功 2 次", "主要承辦科長及承辦人員記大功 1 次"],
    )
    assert standing["稅務局", "passed_first"] == (
        "proposed",
        ["機關（單位）主管嘉獎 2 次", "主要承辦科長及承辦人員記小功 1 次"],
    )
    assert standing["稅務局", "entered"] == ("superseded", [])


def test_commerce_has_no_fixed_award() -> None:
    found = propose(COMMERCE, results(甲科="950", 乙科="500"))
    assert [(p.standing, p.unit, p.awards) for p in found] == [("referral", "", ())]
    assert "司長核可" in found[0].reason
    assert [p.unit for p in found[0].ranking] == ["甲科", "乙科"]


def test_unknown_stage_and_doubled_unit_are_refused() -> None:
    with pytest.raises(RubricError, match="won"):
        propose(WRA, [], {"甲機關": "wonn"})
    with pytest.raises(RubricError, match="甲科"):
        propose(MINES, [Result("甲科", Decimal(1)), Result("甲科", Decimal(2))])


def test_totals_are_compared_unrounded() -> None:
    found = of("review-top", propose(WRA2, results(一="950.01", 二="950.00", 三="949.99", 四="900")))
    assert [p.rank for p in found] == [1, 2, 3]
