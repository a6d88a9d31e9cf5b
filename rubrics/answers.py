"""One answer of a form -> what it means: the token that conditions see, and its points.

Each leaf gets one function, made once. A fault is raised as `Fault` with its code and a plain sentence; nothing is
coerced: True is not 1, "4" is not 4, 9.0 is 9 and 9.5 is refused where whole points are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rubrics.conditions import COUNTED, Token
from rubrics.elements import Band, Measure, Option
from rubrics.model import Criterion, Rubric
from rubrics.numbers import decimals, exact, plain
from rubrics.problems import near

Resolved = tuple[Token, Decimal]
Resolver = Callable[[object], Resolved]
_YES_NO = {True: "yes", False: "no"}


@dataclass
class Fault(Exception):  # noqa: N818  # it is a fault of the form, named as the person reads it, and never leaves the package
    """What is wrong with one answer."""

    code: str
    message: str


def resolver(leaf: Criterion, rubric: Rubric) -> Resolver:
    """The function that reads an answer of this leaf: (token, points before multiplier). It raises Fault."""
    if leaf.answer == "state":
        return lambda answer: (_state(rubric, answer), Decimal(0))
    if leaf.answer == "points":
        return lambda answer: _points(leaf, answer)
    if leaf.answer == "percentage":
        return lambda answer: _percentage(leaf, answer)
    return lambda answer: _option(leaf, answer)


def choice_id(answer: object) -> object:
    """The option id that a bare answer names: a bare yes or no may arrive as a boolean."""
    return _YES_NO[answer] if isinstance(answer, bool) else answer


def _option(leaf: Criterion, answer: object) -> Resolved:
    answer = choice_id(answer)
    if isinstance(answer, Mapping):
        return _in_parts(leaf, answer)
    if not isinstance(answer, str):
        raise Fault("answer_type", f"{shown(answer)} 不是這一題的答法；{ways(leaf)}")
    option = _known_option(leaf, answer)
    if option.low is not None:
        raise Fault("points_missing", f"「{option.id}」要再給分數（{plain(option.low)}–{plain(option.best)} 分）。")
    return option.id, option.points or Decimal(0)


def _known_option(leaf: Criterion, answer: object) -> Option:
    answer = choice_id(answer)
    option = leaf.option(answer) if isinstance(answer, str) else None
    if option is None:
        ids = [o.id for o in leaf.options]
        hint = near(answer, ids) if isinstance(answer, str) else ""
        raise Fault("unknown_answer", f"沒有 {shown(answer)} 這個答案{hint or '；' + ways(leaf)}")
    return option


def _in_parts(leaf: Criterion, answer: Mapping[object, object]) -> Resolved:
    measures = {m.id: m for m in leaf.count.measures} if leaf.count else {}
    given = [key for key in answer if key in measures]
    ranged = any(o.low is not None for o in leaf.options)
    allowed = {*measures, *(["option", "points"] if leaf.options else [])}
    if len(given) > 1 or (given and "option" in answer):
        raise Fault("two_measures", f"「{'」「'.join(map(str, answer))}」只能給其中一個。")
    for key in answer:
        if key not in allowed:
            hint = near(key, allowed) if isinstance(key, str) else ""
            raise Fault("unknown_part", f"不認得 {shown(key)}{hint or '；' + ways(leaf)}")
    if given and len(answer) == 1:
        assert leaf.count is not None  # noqa: S101  # a measure was found in it
        key = given[0]
        return COUNTED, counted_points(leaf, measures[str(key)], answer[key])
    if "option" not in answer:
        raise Fault("answer_type", f"答案缺少選項或數字；{ways(leaf)}")
    return _with_points(leaf, answer, ranged)


def _with_points(leaf: Criterion, answer: Mapping[object, object], ranged: bool) -> Resolved:
    option = _known_option(leaf, answer["option"])
    if "points" not in answer:
        return _option(leaf, option.id)
    low, high = (option.low, option.best) if option.low is not None else (option.points, option.points)
    points = exact(answer["points"])
    if points is None:
        raise Fault("not_a_number", f"分數 {shown(answer['points'])} 不是數字。")
    if low is None or high is None or not low <= points <= high:
        limits = (
            "沒有分數"
            if low is None
            else f"是 {plain(low)}–{plain(high or low)} 分"
            if ranged
            else f"是 {plain(low)} 分"
        )
        raise Fault("points_out_of_range", f"「{option.id}」{limits}，不是 {plain(points)} 分。")
    if option.low is not None and points % 1:
        raise Fault("not_whole", f"分數要整數，不是 {plain(points)}。")
    return option.id, points


def counted_points(leaf: Criterion, measure: Measure, answer: object) -> Decimal:
    """Points of a count by its rule: base + step × trunc((at − n) / per), within the limits. It raises Fault."""
    number = exact(answer)
    if number is None:
        raise Fault("not_a_number", f"{shown(answer)} 不是{measure.label}數。")
    if measure.whole and number % 1:
        raise Fault("not_whole", f"{measure.label}數要整數，不是 {plain(number)}。")
    if not measure.least <= number <= measure.most:
        raise Fault("number_out_of_range", f"{measure.label}數不能是 {plain(number)}，最少 {plain(measure.least)}。")
    return rule_points(leaf, measure, number)


def rule_points(leaf: Criterion, measure: Measure, number: Decimal) -> Decimal:
    """The rule itself, for a number already accepted."""
    assert leaf.count is not None  # noqa: S101  # the caller found the measure in it
    steps = (measure.at - number) // measure.per  # Decimal's // drops the fraction towards zero
    return min(max(measure.base + measure.step * steps, leaf.count.low), leaf.count.high)


def _points(leaf: Criterion, answer: object) -> Resolved:
    band: Band | None = None
    if isinstance(answer, Mapping):
        for key in answer:
            if key not in ("band", "points"):
                raise Fault("unknown_part", f"不認得 {shown(key)}；{ways(leaf)}")
        if "points" not in answer:
            raise Fault("points_missing", f"缺少分數；{ways(leaf)}")
        if "band" in answer:
            band = leaf.band(answer["band"]) if isinstance(answer["band"], str) else None
            if band is None:
                raise Fault("unknown_answer", f"沒有 {shown(answer['band'])} 這一級；{ways(leaf)}")
        answer = answer["points"]
    elif isinstance(answer, (str, list, tuple, bool)) or answer is None:
        raise Fault("answer_type", f"{shown(answer)} 不是分數；{ways(leaf)}")
    points = exact(answer)
    if points is None:
        raise Fault("not_a_number", f"{shown(answer)} 不是數字。")
    low, high = (band.low, band.high) if band else (Decimal(0), leaf.max)
    if not low <= points <= high:
        raise Fault("points_out_of_range", f"{plain(points)} 分超出範圍（{plain(low)}–{plain(high)} 分）。")
    if points % 1:
        raise Fault("not_whole", f"分數要整數，不是 {plain(points)}。")
    return points, points


def _percentage(leaf: Criterion, answer: object) -> Resolved:
    if isinstance(answer, (str, list, tuple, bool, Mapping)) or answer is None:
        raise Fault("answer_type", f"{shown(answer)} 不是百分比；{ways(leaf)}")
    value = exact(answer)
    if value is None:
        raise Fault("not_a_number", f"{shown(answer)} 不是數字。")
    if not 0 <= value <= 100:
        raise Fault("number_out_of_range", f"百分比是 0 到 100，不是 {plain(value)}。")
    if decimals(value) > 2:
        raise Fault("too_fine_number", f"百分比最多兩位小數，不是 {plain(value)}。")
    if leaf.bands:
        reached = [b.low for b in leaf.bands if b.at_least is not None and value >= b.at_least]
        return value, max(reached, default=Decimal(0))
    return value, value * leaf.max / 100


def _state(rubric: Rubric, answer: object) -> str:
    states = rubric.states
    if isinstance(answer, Mapping):
        _fields(rubric, answer)
        answer = answer.get("state", states[0].id)
    if not isinstance(answer, str):
        raise Fault("answer_type", f"{shown(answer)} 不是狀態。")
    if all(s.id != answer for s in states):
        ids = [s.id for s in states]
        raise Fault(
            "unknown_answer", f"沒有 {shown(answer)} 這個狀態{near(answer, ids) or '；可以是 ' + '、'.join(ids)}"
        )
    return answer


def _fields(rubric: Rubric, answer: Mapping[object, object]) -> None:
    """The columns recorded beside a state: texts, and dates as ISO."""
    types = {f.id: f.type for f in rubric.fields}
    for key, value in answer.items():
        if key == "state":
            continue
        if not isinstance(key, str) or key not in types:
            hint = near(key, types) if isinstance(key, str) else ""
            raise Fault(
                "unknown_part", f"不認得{shown(key)}{hint or '；可以是 ' + '、'.join(['state', *types]) + '。'}"
            )
        if not isinstance(value, str):
            raise Fault("answer_type", f"「{key}」要是文字，不是{shown(value)}。")
        if types[key] == "date" and not _is_date(value):
            raise Fault("not_a_date", f"「{key}」要是日期（2018-06-30），不是{shown(value)}。")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def ways(leaf: Criterion) -> str:
    """How this leaf is answered, in one sentence for a person who writes forms."""
    if leaf.answer == "percentage":
        return "給 0 到 100 的數字。"
    if leaf.answer == "points":
        return f"給 0 到 {plain(leaf.max)} 的整數分數。"
    parts = [f"{{{m.id}: {m.label}數}}" for m in (leaf.count.measures if leaf.count else ())]
    for option in leaf.options:
        ranged = option.low is not None
        parts.append(
            f"{{option: {option.id}, points: {plain(option.low or Decimal(0))}-{plain(option.best)}}}"
            if ranged
            else option.id
        )
    return f"可以是 {'、'.join(parts)}。"


def shown(value: object) -> str:
    """The value as a person wrote it, short. A number too long to be written out is only named."""
    if isinstance(value, int) and not isinstance(value, bool) and exact(value) is None:
        return "「大得離譜的數」"
    try:
        text = value if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # a nested number too long to be written, or a value inside itself
        return "「這個答案」"
    return f"「{text if len(text) <= 40 else text[:39] + '…'}」"
