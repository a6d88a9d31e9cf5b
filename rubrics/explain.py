"""Why a criterion earned what it earned: the answer in the paper's words, the rule, the arithmetic, the clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rubrics.answers import choice_id, rule_points
from rubrics.conditions import COUNTED, All, Compare, Condition, Is, Not, Token, compiled
from rubrics.conditions import Any as AnyOf
from rubrics.elements import Measure
from rubrics.model import Criterion, Rubric
from rubrics.numbers import exact, plain


@dataclass(frozen=True)
class Explanation:
    """One criterion of a scored form, in words.

    `answer`: what was chosen; `rule`: how that earns points ("" when it is the option's own); `arithmetic`: the sum
    ("8 + (4 − 5) = 7；7 × 2.5 = 17.5"); `closed`: why it was not asked ("" when it was); `clause`: where it stands.
    """

    criterion: str
    label: str
    answer: str
    rule: str
    arithmetic: str
    points: Decimal
    max: Decimal
    clause: str
    closed: str = ""


def explain(
    leaf: Criterion, form: Mapping[str, Any], points: Decimal, tokens: Mapping[str, Token], rubric: Rubric
) -> Explanation:
    """The explanation of one criterion of a sound form (`tokens` as in Scored)."""
    clause = clause_of(rubric, leaf)
    most = leaf.max
    if leaf.multiplier and compiled(leaf.multiplier.when)(tokens):
        most = leaf.multiplier.max
    if leaf.id not in form:
        return Explanation(leaf.id, leaf.label, "", "", "", points, most, clause, _why_closed(leaf, tokens, rubric))
    answer, rule, arithmetic, own = _answer(leaf, choice_id(form[leaf.id]))
    if most != leaf.max and leaf.multiplier:
        times = leaf.multiplier.times
        step = f"{plain(own)} × {plain(times)} = {plain(own * times)}"
        arithmetic = step if arithmetic == plain(own) else f"{arithmetic}；{step}"
        rule = "；".join(r for r in (rule, f"{in_words(leaf.multiplier.when, rubric)}時乘以 {plain(times)}") if r)
    arithmetic = (arithmetic or plain(points)) if leaf.max else ""
    return Explanation(leaf.id, leaf.label, answer, rule, arithmetic, points, most, clause)


def clause_of(rubric: Rubric, leaf: Criterion) -> str:
    """Where the item stands: its own clause, or the sheet's with the headings above it."""
    return leaf.clause or " › ".join((rubric.clause, *leaf.path))


def in_words(condition: Condition, rubric: Rubric) -> str:
    """A condition in words: 「是否設電話語音系統」是「否」."""
    if isinstance(condition, (All, AnyOf)):
        joint = "，而且" if isinstance(condition, All) else "，或"
        return joint.join(in_words(part, rubric) for part in condition.parts)
    if isinstance(condition, Not):
        return f"不是（{in_words(condition.part, rubric)}）"
    leaf = rubric.criterion(condition.ref)
    if isinstance(condition, Compare):
        limits = [f"{plain(condition.at_least)} 以上"] if condition.at_least is not None else []
        limits += [f"未滿 {plain(condition.below)}"] if condition.below is not None else []
        return f"「{leaf.label}」{'、'.join(limits)}"
    return f"「{leaf.label}」是{'或'.join(f'「{_value(leaf, v, rubric)}」' for v in condition.values)}"


def _value(leaf: Criterion, value: str, rubric: Rubric) -> str:
    option = leaf.option(value)
    if option:
        return option.label
    if value == COUNTED and leaf.count:
        return leaf.count.label
    return next((s.label for s in rubric.states if s.id == value), value)


def _why_closed(leaf: Criterion, tokens: Mapping[str, Token], rubric: Rubric) -> str:
    if leaf.given and compiled(leaf.given.when)(tokens):
        return f"{in_words(leaf.given.when, rubric)}，直接給 {plain(leaf.given.points)} 分。"
    parts = leaf.when.parts if isinstance(leaf.when, All) else (leaf.when,) if leaf.when else ()
    failed = next((p for p in parts if not compiled(p)(tokens)), None)
    if failed is None:
        return ""
    uncounted = leaf.counted_when is not None and not compiled(leaf.counted_when)(tokens)
    said = "；".join(dict.fromkeys(_said(a, tokens, rubric) for a in _mentions(failed) if a.ref in tokens))
    return f"{said or '前面的答案關閉了這一題'}，{'本項不計分' if uncounted else '不問，0 分'}。"


def _mentions(condition: Condition) -> list[Is | Compare]:
    if isinstance(condition, (All, AnyOf)):
        return [a for part in condition.parts for a in _mentions(part)]
    return _mentions(condition.part) if isinstance(condition, Not) else [condition]


def _said(atom: Is | Compare, tokens: Mapping[str, Token], rubric: Rubric) -> str:
    leaf, token = rubric.criterion(atom.ref), tokens[atom.ref]
    shown = _value(leaf, token, rubric) if isinstance(token, str) else plain(token)
    return f"「{leaf.label}」是「{shown}」"


def _answer(leaf: Criterion, answer: Any) -> tuple[str, str, str, Decimal]:
    """(the answer in words, the rule, the arithmetic, the points before the multiplier)."""
    if leaf.answer in ("options", "count"):
        return _chosen(leaf, answer)
    if leaf.answer == "percentage":
        return _percent(leaf, exact(answer) or Decimal(0))
    inner = answer.get("points") if isinstance(answer, Mapping) else answer
    points = exact(inner) or Decimal(0)
    named = leaf.band(answer["band"]) if isinstance(answer, Mapping) and "band" in answer else None
    band = named or leaf.band_of(points)
    rule = f"{plain(band.low)}–{plain(band.high)} 分" if band else "不屬於任何一級" if leaf.bands else ""
    return (band.text if band else ""), rule, plain(points), points


def _chosen(leaf: Criterion, answer: Any) -> tuple[str, str, str, Decimal]:
    measures = {m.id: m for m in leaf.count.measures} if leaf.count else {}
    if isinstance(answer, Mapping) and (key := next((k for k in answer if k in measures), None)):
        return _counted(leaf, measures[key], exact(answer[key]) or Decimal(0))
    ident = choice_id(answer["option"]) if isinstance(answer, Mapping) else answer
    option = leaf.option(str(ident))
    if option is None:
        return "", "", "", Decimal(0)
    if option.low is None:
        own = option.points or Decimal(0)
        return option.label, "", plain(own) if option.points is not None else "", own
    own = exact(answer["points"]) or Decimal(0)
    return option.label, f"{plain(option.low)}–{plain(option.best)} 分", plain(own), own


def _counted(leaf: Criterion, measure: Measure, number: Decimal) -> tuple[str, str, str, Decimal]:
    points = rule_points(leaf, measure, number)
    difference = f"{plain(measure.at)} − {plain(number)}"
    simple = measure.per == 1 and measure.whole
    inner = f"({difference})" if simple else f"取整(({difference}) ÷ {plain(measure.per)})"
    if measure.step != 1:
        inner = f"{plain(measure.step)} × {inner}"
    raw = measure.base + measure.step * ((measure.at - number) // measure.per)
    arithmetic = f"{plain(measure.base)} + {inner} = {plain(raw).replace('-', '−')}"
    low, high = (plain(leaf.count.low), plain(leaf.count.high)) if leaf.count else ("", "")
    if raw != points:
        arithmetic += f"，{'最多' if raw > points else '最少'} {plain(points)} 分"
    each = "1 " if measure.per == 1 else f"{plain(measure.per)} "
    rule = (
        f"{plain(measure.at)} {measure.label}得 {plain(measure.base)} 分，每增減滿 {each}{measure.label}增減"
        f" {plain(abs(measure.step))} 分，{low}–{high} 分"
    )
    return f"{plain(number)} {measure.label}", rule, arithmetic, points


def _percent(leaf: Criterion, value: Decimal) -> tuple[str, str, str, Decimal]:
    if leaf.bands:
        reached = [b for b in leaf.bands if b.at_least is not None and value >= b.at_least]
        band = max(reached, key=lambda b: b.low) if reached else None
        points = band.low if band else Decimal(0)
        return f"{plain(value)}%", band.text if band else "不屬於任何一級", plain(points), points
    points = value * leaf.max / 100
    return f"{plain(value)}%", "百分比 × 滿分", f"{plain(value)}% × {plain(leaf.max)} = {plain(points)}", points
