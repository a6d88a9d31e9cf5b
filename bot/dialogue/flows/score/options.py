"""Which option typed words mean: by its number, its points, its own words, or words that are clearly nearest.

Words that fit two options name both; a plain 「沒有」 is the 否 of a yes-or-no item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.texts import score as texts
from rubrics import Option, for_json

from .figures import bare, figures, folded, numeral, shown
from .readings import Given, Narrowed, Reading, Refused, WhichOption
from .words import bare_label, compact, is_question

Near = Callable[[str, Sequence[str]], list[tuple[str, float]]]
NEAR_ENOUGH = 60.0  # of 100: below it, typed words fit no option
CLEAR_LEAD = 8.0  # the best option must lead the second by this much
_YES = ("有", "是", "對", "yes", "y", "ok")
_NO = ("沒", "未", "無", "否", "不", "no", "n")
_BARE_WORDS = frozenset({"沒有", "沒有啊", "不是", "不用", "不會", "沒人"})  # part of many labels, and mean none
_NUMBERED = re.compile(r"(?:第|選項|選|no\.?)\s*(\d+|[一二兩三四五六七八九十]+)\s*(?:個|項|級|號|種)?")


def chosen(option: Option) -> Reading:
    """A chosen option: complete, or waiting for its points."""
    return Given(option.id) if option.low is None else Narrowed(option.id)


def read_option(options: Sequence[Option], text: str, near: Near, numbered: bool = True) -> Reading:
    position = _position(text, len(options)) if numbered else None
    if position is not None:
        return chosen(options[position])
    by_points = _by_points(options, text)
    if by_points is not None:
        return by_points
    if is_question(text):
        return None
    if numbered and bare(text) is not None:
        return Refused(texts.NO_SUCH_OPTION.format(last=len(options)))
    return _by_words(options, text, near)


def _position(text: str, count: int) -> int | None:
    value = bare(text)
    if value is None:
        match = _NUMBERED.fullmatch(folded(text))
        value = numeral(match[1]) if match else None
    if value is None or value != value.to_integral_value() or not 1 <= value <= count:
        return None
    return int(value) - 1


def _by_points(options: Sequence[Option], text: str) -> Reading:
    in_points = [one.value for one in figures(text) if one.unit == "分"]
    value = in_points[0] if len(in_points) == 1 and len(text) <= 12 else bare(text)
    if value is None:
        return None
    fitting = [one for one in options if one.points == value or (one.low is not None and one.low <= value <= one.best)]
    if not fitting:
        return Refused(texts.NO_SUCH_POINTS.format(points=shown(value))) if in_points else None
    if len(fitting) > 1:
        return WhichOption(tuple(i for i, one in enumerate(options) if one in fitting))
    if fitting[0].low is None:
        return Given(fitting[0].id)
    if value != value.to_integral_value():
        return Refused(texts.WHOLE_POINTS)
    return Given({"option": fitting[0].id, "points": for_json(value)})


def _by_words(options: Sequence[Option], text: str, near: Near) -> Reading:
    typed = compact(text)
    if not typed:
        return None
    ids = [one.id for one in options]
    if {"yes", "no"} <= set(ids) and len(typed) <= 12:
        said = "no" if typed.startswith(_NO) else "yes" if typed.startswith(_YES) else ""
        if said:
            return chosen(options[ids.index(said)])
    names = [
        (i, compact(word))
        for i, one in enumerate(options)
        for word in (bare_label(one.label), one.short, one.id, *one.words)
        if word
    ]
    equal = sorted({i for i, name in names if name == typed})
    held = equal or sorted({i for i, name in names if len(typed) >= 2 and typed not in _BARE_WORDS and typed in name})
    if len(held) == 1:
        return chosen(options[held[0]])
    if held:
        return WhichOption(tuple(held))
    return _nearest(options, names, typed, near)


def _nearest(options: Sequence[Option], names: list[tuple[int, str]], typed: str, near: Near) -> Reading:
    if len(typed) < 2:
        return None
    best: dict[int, float] = {}
    scores = dict(near(typed, [name for _, name in names]))
    for i, name in names:
        best[i] = max(best.get(i, 0.0), scores.get(name, 0.0), covered(typed, name))
    ranked = sorted(best.items(), key=lambda one: -one[1])
    if not ranked or ranked[0][1] < NEAR_ENOUGH:
        return None
    close = [i for i, score in ranked if score >= ranked[0][1] - CLEAR_LEAD]
    return chosen(options[close[0]]) if len(close) == 1 else WhichOption(tuple(sorted(close)))


def covered(typed: str, name: str) -> float:
    """How much of what was typed stands in the name, 0 to 90: neighbouring pairs of characters, in any order."""
    pairs = {typed[i : i + 2] for i in range(len(typed) - 1)}
    held = sum(1 for pair in pairs if pair in name)
    return 90.0 * held / len(pairs) if len(pairs) >= 2 else 0.0
