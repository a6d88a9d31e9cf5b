"""敘獎試算: what a plan's own rules would give for the results at hand. A proposal for a person, never a decision.

Pure. Ties share a rank (1, 2, 2, 4). A tie that straddles a cut (more units than places, or two different awards) is
left open with what it could be: it is never broken here. Nothing is proposed that no rule of the plan says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from rubrics.plan_model import Award, HighestOnly, Plan, Rule, Stage
from rubrics.problems import RubricError, near

Standing = Literal["proposed", "open", "none", "superseded", "referral"]


@dataclass(frozen=True)
class Result:
    """A unit's total (unrounded) and its grade's id on the office's sheet."""

    unit: str
    total: Decimal
    grade: str = ""


@dataclass(frozen=True)
class Place:
    """One line of the ranking that a proposal rests on. `tied`: the other units of the same total."""

    rank: int
    unit: str
    total: Decimal
    grade: str
    tied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What one rule says about one unit ("" when the rule leaves it to others for all).

    proposed: `awards`. open: one of `choices` (an empty one: nothing), a person decides. none: ranked, but the rule
    gives nothing. superseded: all of it is below another award of the same role (`dropped`). referral: others decide.
    """

    rule: Rule
    unit: str
    standing: Standing
    reason: str
    awards: tuple[Award, ...] = ()
    choices: tuple[tuple[Award, ...], ...] = ()
    dropped: tuple[Award, ...] = ()
    rank: int | None = None
    tied: tuple[str, ...] = ()
    total: Decimal | None = None
    grade: str = ""
    stage: str = ""
    clause: str = ""
    quote: str = ""
    ranking: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()


def ranked(results: Sequence[Result]) -> tuple[Place, ...]:
    """The units by total, highest first; the same total, the same rank. RubricError when a unit has two results."""
    seen: set[str] = set()
    for result in results:
        if result.unit in seen:
            raise RubricError(f"「{result.unit}」有兩筆成績，請先選定一筆。")
        seen.add(result.unit)
    places = []
    for result in sorted(results, key=lambda r: r.total, reverse=True):
        rank = 1 + sum(other.total > result.total for other in results)
        tied = tuple(o.unit for o in results if o.total == result.total and o.unit != result.unit)
        places.append(Place(rank, result.unit, result.total, result.grade, tied))
    return tuple(places)


def propose(
    plan: Plan, results: Sequence[Result], stages: Mapping[str, str | Sequence[str]] | None = None
) -> tuple[Proposal, ...]:
    """Every rule's proposals in the plan's order, by rank within a rule.

    `stages`: unit -> the stage(s) of a prize it reached, by id. RubricError when no rule has such a stage, or
    a unit has two results.
    """
    reached = {u: (s,) if isinstance(s, str) else tuple(s) for u, s in (stages or {}).items()}
    known = {stage.id for rule in plan.rewards for stage in rule.stages}
    for stage in (s for many in reached.values() for s in many):
        if stage not in known:
            raise RubricError(f"「{plan.title}」的獎勵沒有「{stage}」這個階段{near(stage, known) or '。'}")
    ranking = ranked(results)
    made: list[Proposal] = []
    for rule in plan.rewards:
        if rule.kind == "referral":
            made.append(_of_rule(rule, Proposal(rule, "", "referral", f"{rule.to}。", ranking=ranking)))
        elif rule.kind == "stage":
            made += _by_stage(rule, reached)
        else:
            made += _by_rank(rule, results, ranking)
    return tuple(_highest(made, plan.highest_only) if plan.highest_only else made)


def _of_rule(rule: Rule, proposal: Proposal) -> Proposal:
    return replace(
        proposal, clause=proposal.clause or rule.clause, quote=proposal.quote or rule.quote, notes=rule.notes
    )


def _by_stage(rule: Rule, reached: Mapping[str, tuple[str, ...]]) -> list[Proposal]:
    return [_reached(rule, stage, unit) for unit, have in reached.items() for stage in rule.stages if stage.id in have]


def _reached(rule: Rule, stage: Stage, unit: str) -> Proposal:
    proposal = Proposal(rule, unit, "proposed", f"階段：{stage.label}。", awards=stage.awards, stage=stage.id)
    return _of_rule(rule, replace(proposal, clause=stage.clause, quote=stage.quote))


def _by_rank(rule: Rule, results: Sequence[Result], ranking: tuple[Place, ...]) -> list[Proposal]:
    if not rule.per_grade:
        return [p for p in (_placed(rule, place, ranking) for place in ranking) if p]
    made = []
    for grade in rule.grades:
        own = ranked([r for r in results if r.grade == grade])
        made += [p for p in (_placed(rule, place, own) for place in own) if p]
    return made


def _placed(rule: Rule, place: Place, ranking: tuple[Place, ...]) -> Proposal | None:
    """What the rule says about one place; None when neither the place nor one it shares is in any tier."""
    outcomes: list[tuple[Award, ...]] = []
    for position in range(place.rank, place.rank + 1 + len(place.tied)):
        awards = next((t.awards for t in rule.tiers if t.first <= position <= t.last), ())
        if awards not in outcomes:
            outcomes.append(awards)
    if outcomes == [()]:
        return None
    where = f"第 {place.rank} 名" + (f"（與{'、'.join(place.tied)}同分）" if place.tied else "")
    base = Proposal(
        rule,
        place.unit,
        "proposed",
        f"{where}，總分 {place.total}。",
        rank=place.rank,
        tied=place.tied,
        total=place.total,
        grade=place.grade,
        ranking=ranking,
    )
    if place.grade not in rule.grades:
        why = rule.below_grade or "等第不在敘獎範圍"
        return _of_rule(rule, replace(base, standing="none", reason=f"{where}，總分 {place.total}；{why}。"))
    if len(outcomes) > 1:
        why = "同分跨過敘獎的界線，名額不夠或額度不同，請由承辦人決定。"
        return _of_rule(
            rule, replace(base, standing="open", choices=tuple(outcomes), reason=f"{where}，總分 {place.total}；{why}")
        )
    return _of_rule(rule, replace(base, awards=outcomes[0]))


def _highest(made: Sequence[Proposal], only: HighestOnly) -> list[Proposal]:
    """For each unit and role among the named rules only the highest award stays; the others are kept as dropped."""
    kept: dict[tuple[str, str], tuple[int, Award]] = {}
    for index, proposal in enumerate(made):
        if proposal.rule.id in only.rules and proposal.standing == "proposed":
            for award in proposal.awards:
                best = kept.get((proposal.unit, award.role))
                if best is None or award.weight > best[1].weight:
                    kept[proposal.unit, award.role] = (index, award)
    return [
        _without_lower(p, index, kept, only) if p.rule.id in only.rules and p.standing == "proposed" else p
        for index, p in enumerate(made)
    ]


def _without_lower(
    proposal: Proposal, index: int, kept: Mapping[tuple[str, str], tuple[int, Award]], only: HighestOnly
) -> Proposal:
    awards = tuple(a for a in proposal.awards if kept[proposal.unit, a.role][0] == index)
    if awards == proposal.awards:
        return proposal
    dropped = tuple(a for a in proposal.awards if a not in awards)
    names = "、".join(f"{a.label}{a.words}" for a in dropped)
    return replace(
        proposal,
        standing="proposed" if awards else "superseded",
        awards=awards,
        dropped=dropped,
        reason=f"{proposal.reason}不重複敘獎，取最高額度：{names}不列（{only.quote}）。",
        notes=(*proposal.notes, *only.notes),
    )
