"""What a typed answer means at one item: pure, and it saves nothing.

It never guesses between two readings: a bare number at a counted item asks which measure was meant, words that fit two
options name both. What it does not understand at all comes back as None, so that a question can go to the question box.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bot.texts import score as texts
from rubrics import Band, Criterion, Option, Rubric, for_json

from .figures import Figure, bare, figures, folded, several, shown, span
from .options import Near, read_option
from .readings import Given, Narrowed, Proposed, Reading, Refused, WhichMeasure
from .words import is_question

MOST_COUNTED = 9999  # rings or seconds; more is a slip of the finger
NONE_FITS = frozenset({"都不符合", "不符合", "都沒有", "都不符", "未達", "未達標準"})


def read(rubric: Rubric, criterion: Criterion, text: str, pending: str, near: Near) -> Reading:
    """Reads typed words at an item. `pending` is the option or band whose points are awaited ("" when none)."""
    if pending:
        reading = _inside(criterion, pending, text)
        if reading is not None:
            return reading
    if criterion.answer == "count":
        return _count(criterion, text) or read_option(criterion.options, text, near, numbered=False)
    if criterion.answer == "points":
        return _points(criterion, text)
    if criterion.answer == "percentage":
        return _percentage(text)
    if criterion.answer == "state":
        return _state(rubric, text, near)
    return read_option(criterion.options, text, near)


def _inside(criterion: Criterion, pending: str, text: str) -> Reading:
    value = bare(text)
    if value is None:
        in_points = [one.value for one in figures(text) if one.unit == "分"]
        value = in_points[0] if len(in_points) == 1 and span(text) is None else None
    if value is None:
        return None
    low, high = limits(criterion, pending)
    if not low <= value <= high or value != value.to_integral_value():
        return Refused(texts.POINTS_WITHIN.format(low=shown(low), high=shown(high)))
    return Given(in_range(criterion, pending, value))


def limits(criterion: Criterion, choice: str) -> tuple[Decimal, Decimal]:
    """The lowest and highest points of an option or band with a range."""
    option, band = criterion.option(choice), criterion.band(choice)
    if option is not None:
        low = option.low if option.low is not None else option.points or Decimal(0)
        return low, option.best
    return (band.low, band.high) if band else (Decimal(0), criterion.max)


def in_range(criterion: Criterion, choice: str, points: Decimal) -> Any:
    """The form's answer for points given inside an option or band; the band is named where it is not the default."""
    if criterion.option(choice) is not None:
        return {"option": choice, "points": for_json(points)}
    default = criterion.band_of(points)
    if default is not None and default.id == choice:
        return for_json(points)
    return {"band": choice, "points": for_json(points)}


def counted(criterion: Criterion, measure_id: str, value: Decimal) -> Reading:
    """A number in one measure: complete, or the sentence why not."""
    assert criterion.count is not None  # noqa: S101 - the loader gives every counted item its count
    measure = next(one for one in criterion.count.measures if one.id == measure_id)
    if measure.whole and value != value.to_integral_value():
        return Refused(texts.WHOLE_NUMBER.format(unit=measure.label))
    if value < measure.least or value > measure.most:
        return Refused(texts.TOO_SMALL.format(least=shown(measure.least), unit=measure.label))
    if value > MOST_COUNTED:
        return Refused(texts.TOO_LARGE)
    return Given({measure_id: for_json(value)})


def _count(criterion: Criterion, text: str) -> Reading:
    assert criterion.count is not None  # noqa: S101 - the loader gives every counted item its count
    by_unit = {folded(measure.label): measure.id for measure in criterion.count.measures}
    found = figures(text, by_unit)
    if [one.unit for one in found] == ["分", "秒"] and "秒" in by_unit:
        return counted(criterion, by_unit["秒"], found[0].value * 60 + found[1].value)
    if [one.unit for one in found] == ["分鐘"] and "秒" in by_unit:
        return counted(criterion, by_unit["秒"], found[0].value * 60)
    fitting = [one for one in found if (one.unit if one.unit != "次" else "聲") in by_unit]
    if is_question(text):
        return None
    if fitting and several(text):
        return Refused(texts.ONE_NUMBER)
    if len(fitting) == 2 and len({one.unit for one in fitting}) == 2:
        return Refused(texts.ONE_MEASURE)
    if len(fitting) == 1:
        unit = fitting[0].unit if fitting[0].unit != "次" else "聲"
        return counted(criterion, by_unit[unit], fitting[0].value)
    value = bare(text)
    if value is None:
        return None
    if len(by_unit) == 1:
        return counted(criterion, next(iter(by_unit.values())), value)
    return WhichMeasure(value)


def _points(criterion: Criterion, text: str) -> Reading:
    if folded(text).startswith("-"):
        return Refused(texts.POINTS_WITHIN.format(low="0", high=shown(criterion.max)))
    if folded(text).strip("。，, ") in NONE_FITS:
        return whole_points(criterion, Decimal(0))
    ranged = span(text)
    if ranged:
        return _band_and_points(criterion, *ranged)
    found = figures(text, _units(criterion))
    level = [one.value for one in found if one.unit == "級"]
    if level and level[0] == level[0].to_integral_value() and 1 <= level[0] <= len(criterion.every_band):
        return band_chosen(criterion.every_band[int(level[0]) - 1])
    in_points = [one.value for one in found if one.unit == "分"]
    value = in_points[-1] if in_points and (len(text) <= 16 or len(found) == 1) else bare(text)
    if is_question(text) and bare(text) is None:
        return None
    others = [one for one in found if one.unit not in ("分", "級")]
    thresholds = [one for one in found if one.unit in _units(criterion)]
    if thresholds and (thresholds[0].unit != "分" or thresholds[0].value > criterion.max):
        return propose(criterion, thresholds[0])
    if value is not None:
        return whole_points(criterion, value)
    return propose(criterion, others[0]) if others else None


def _units(criterion: Criterion) -> set[str]:
    bands = {one.unit for one in criterion.every_band if one.at_least is not None}
    return bands | {one.unit for one in criterion.base_points}


def _band_and_points(criterion: Criterion, low: Decimal, high: Decimal, rest: str) -> Reading:
    band = next((one for one in criterion.every_band if (one.low, one.high) == (low, high)), None)
    if band is None:
        return Refused(texts.NO_SUCH_BAND.format(low=shown(low), high=shown(high)))
    in_points = [one.value for one in figures(rest) if one.unit == "分"]
    numbers = in_points or [Decimal(one) for one in re.findall(r"\d+(?:\.\d+)?", rest)]
    if not numbers:
        return band_chosen(band)
    if not band.holds(numbers[-1]) or numbers[-1] != numbers[-1].to_integral_value():
        return Refused(texts.POINTS_WITHIN.format(low=shown(band.low), high=shown(band.high)))
    return Given(in_range(criterion, band.id, numbers[-1]))


def band_chosen(band: Band) -> Reading:
    """A chosen band: its only score, or waiting for the points."""
    return Given(for_json(band.low)) if band.low == band.high else Narrowed(band.id)


def whole_points(criterion: Criterion, value: Decimal) -> Reading:
    """Points typed for the whole item: whole, from 0 to its maximum."""
    if value != value.to_integral_value() or not 0 <= value <= criterion.max:
        return Refused(texts.POINTS_WITHIN.format(low="0", high=shown(criterion.max)))
    return Given(for_json(value))


def propose(criterion: Criterion, figure: Figure) -> Reading:
    """The band that a figure falls in, by the thresholds the paper prints (「滿意度達 75% 以上」)."""
    for base in sorted(criterion.base_points, key=lambda one: -one.at_least):
        if base.unit == figure.unit and figure.value >= base.at_least:
            band = criterion.band_of(base.points)
            return Proposed(band.id if band else "", figure, base.points)
    fitting = [one for one in criterion.every_band if one.unit == figure.unit and one.at_least is not None]
    if not fitting:
        known = "、".join(sorted(_units(criterion) - {""}))
        if any(base.unit == figure.unit for base in criterion.base_points):
            return Refused(texts.BELOW_BANDS.format(figure=f"{shown(figure.value)}{figure.unit}"))
        return Refused(
            texts.NO_THRESHOLD.format(unit=figure.unit)
            + (texts.USE_UNIT.format(unit=known) if known else texts.GIVE_POINTS)
        )
    reached = [one for one in fitting if one.at_least is not None and figure.value >= one.at_least]
    if not reached:
        return Refused(texts.BELOW_BANDS.format(figure=f"{shown(figure.value)}{figure.unit}"))
    return Proposed(max(reached, key=lambda one: one.at_least or Decimal(0)).id, figure)


def _percentage(text: str) -> Reading:
    in_percent = [one.value for one in figures(text) if one.unit == "%"]
    value = in_percent[0] if len(in_percent) == 1 else bare(text)
    if value is None:
        return None
    if not 0 <= value <= 100 or value != value.quantize(Decimal("0.01")):
        return Refused(texts.PERCENT_WITHIN)
    return Given(for_json(value))


def _state(rubric: Rubric, text: str, near: Near) -> Reading:
    options = [Option(one.id, one.label) for one in rubric.states]
    return read_option(options, text, near)
