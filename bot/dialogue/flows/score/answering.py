"""Taking an answer: pressed or typed, checked against the step on the screen, kept, and then on to the next step."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from markupsafe import Markup

from bot.dialogue.turn import Turn
from bot.messages import Reply
from bot.texts import score as texts
from rubrics import Criterion, check_answer, for_json

from . import feeds, items, options, stopwatch, typed, wait
from .figures import Figure, shown
from .forms import Form, let_go, save
from .layout import Row, button, one, text
from .readings import Given, Narrowed, Proposed, Reading, Refused, WhichMeasure, WhichOption
from .screens import reason_texts, show
from .words import bare_label


def press(turn: Turn, form: Form, verb: str, arguments: list[str]) -> list[Reply] | None:
    """A pressed answer; None when it is not for the step on the screen."""
    criterion = _criterion(form, arguments)
    if criterion is None:
        return None
    if verb == "reason":
        quick = reason_texts(form)
        if form.state.stage != "reason" or criterion is not form.at or not _within(arguments, 1, len(quick)):
            return None
        return keep_reason(turn, form, quick[int(arguments[1])])
    if form.state.stage != "item" or criterion is not form.at:
        return None
    if verb == "watch":
        return _watch(turn, form, criterion, arguments)
    reading = _reading(form, criterion, verb, arguments)
    if verb == "other":
        form.state.pending, form.state.proposal = "", {}
        save(turn, form)
        return show(turn, form)
    return take(turn, form, criterion, reading) if reading is not None else None


def _criterion(form: Form, arguments: list[str]) -> Criterion | None:
    if not _within(arguments, 0, len(form.rubric.criteria)):
        return None
    return form.rubric.criteria[int(arguments[0])]


def _within(arguments: list[str], place: int, count: int) -> bool:
    return len(arguments) > place and arguments[place].isdecimal() and int(arguments[place]) < count


def _reading(form: Form, criterion: Criterion, verb: str, arguments: list[str]) -> Reading:
    if verb == "opt" and _within(arguments, 1, len(criterion.options)):
        return options.chosen(criterion.options[int(arguments[1])])
    if verb == "band" and _within(arguments, 1, len(criterion.every_band)):
        return typed.band_chosen(criterion.every_band[int(arguments[1])])
    if (
        verb == "num"
        and criterion.count
        and _within(arguments, 1, len(criterion.count.measures))
        and len(arguments) == 3
    ):
        value = _number(arguments[2])
        return (
            typed.counted(criterion, criterion.count.measures[int(arguments[1])].id, value)
            if value is not None
            else None
        )
    if verb == "pct" and criterion.answer == "percentage" and len(arguments) == 2:
        value = _number(arguments[1])
        return Given(for_json(value)) if value is not None else None
    if verb == "pt" and len(arguments) == 3:
        return _points(form, criterion, arguments[1], arguments[2])
    return None


def _points(form: Form, criterion: Criterion, place: str, number: str) -> Reading:
    choice, value = items.at_position(criterion, place), _number(number)
    if choice is None or value is None or choice != form.state.pending:
        return None
    answer = typed.in_range(criterion, choice, value) if choice else for_json(value)
    return Given(answer) if check_answer(form.rubric, criterion.id, answer) is None else None


def _number(words: str) -> Decimal | None:
    try:
        return Decimal(words) if words and all(sign in "0123456789." for sign in words) else None
    except InvalidOperation:
        return None


def take(turn: Turn, form: Form, criterion: Criterion, reading: Reading) -> list[Reply] | None:
    """Does what a reading means; None when it means nothing here."""
    if isinstance(reading, Given):
        return given(turn, form, criterion, reading.answer)
    if isinstance(reading, Narrowed):
        form.state.pending, form.state.proposal = reading.choice, {}
        save(turn, form)
        return show(turn, form)
    if isinstance(reading, Proposed):
        return _proposed(turn, form, reading)
    if isinstance(reading, Refused):
        return show(turn, form, text("{words}", words=reading.message))
    if isinstance(reading, WhichMeasure):
        return _which_measure(form, criterion, reading.value)
    if isinstance(reading, WhichOption):
        return _which_option(form, criterion, reading.positions)
    return None


def given(turn: Turn, form: Form, criterion: Criterion, answer: Any) -> list[Reply]:
    """Keeps a complete answer, asks for a reason where one is due, and goes on."""
    if isinstance(answer, str) and wait.needed(form, criterion, answer):
        wait.begin(turn, form, criterion)
        save(turn, form)
        let_go(turn)
        return show(turn, form, wait.started(form))
    changed = form.state.answers.get(criterion.id) != answer
    form.answer(criterion.id, answer)
    form.state.watch = {}
    if criterion.feeds and feeds.disagrees(criterion, answer, feeds.fed(turn, form, criterion)):
        if criterion.id not in form.state.overruled:
            form.state.overruled = [*form.state.overruled, criterion.id]
        changed = changed or criterion.id not in form.state.reasons
    elif criterion.id in form.state.overruled:
        form.drop_reason(criterion.id)
    wanted = criterion.id in form.state.overruled or form.is_zero(criterion)
    if not wanted:
        form.drop_reason(criterion.id)
    form.state.pending, form.state.proposal = "", {}
    if wanted and not form.state.trial and (changed or criterion.id not in form.state.reasons):
        form.state.stage = "reason"
    else:
        form.move_on()
    save(turn, form)
    return show(turn, form)


def keep_reason(turn: Turn, form: Form, words: str) -> list[Reply]:
    """Keeps the reason for the item on the screen, and goes on."""
    form.state.reasons = {**form.state.reasons, form.state.at: words[:500]}
    form.move_on()
    save(turn, form)
    return show(turn, form)


def _proposed(turn: Turn, form: Form, reading: Proposed) -> list[Reply]:
    form.state.pending = ""
    form.state.proposal = {"choice": reading.choice, "figure": figure_words(reading.figure)}
    if reading.points is not None:
        form.state.proposal["points"] = for_json(reading.points)
    save(turn, form)
    return show(turn, form)


def figure_words(figure: Figure) -> str:
    """「78%」「13 件」."""
    return f"{shown(figure.value)}{'' if figure.unit == '%' else ' '}{figure.unit}"


def _which_measure(form: Form, criterion: Criterion, value: Decimal) -> list[Reply]:
    measures = criterion.count.measures if criterion.count else ()
    names = " 還是 ".join(f"{shown(value)} {one_.label}" for one_ in measures)
    index = form.index(criterion)
    row: Row = tuple(
        button(form, "num", f"{shown(value)} {one_.label}", index, i, f"{value:f}")
        for i, one_ in enumerate(measures)
        if value >= one_.least and not (one_.whole and value != value.to_integral_value())
    )
    asked = text(texts.WHICH_MEASURE, value=shown(value), choices=names)
    return one([asked], [row, (button(form, "go", texts.CANCEL_BACK),)])


def _which_option(form: Form, criterion: Criterion, positions: tuple[int, ...]) -> list[Reply]:
    index = form.index(criterion)
    rows: list[Row] = []
    for i in positions:
        option = criterion.options[i]
        rows.append((button(form, "opt", f"{i + 1}. {items.on_button(option)}", index, i),))
    words = Markup("\n").join(
        text("{i}. {label}", i=i + 1, label=bare_label(criterion.options[i].label)) for i in positions
    )
    return one([text(texts.WHICH_OPTION), words], [*rows, (button(form, "go", texts.CANCEL_BACK),)])


def _watch(turn: Turn, form: Form, criterion: Criterion, arguments: list[str]) -> list[Reply] | None:
    measure = stopwatch.measure_of(criterion)
    action = arguments[1] if len(arguments) > 1 else ""
    if measure is None:
        return None
    if action == "take" and stopwatch.stopped(form, criterion):
        return take(turn, form, criterion, typed.counted(criterion, measure.id, stopwatch.seconds(form)))
    if not stopwatch.press(turn, form, criterion, action):
        return None
    save(turn, form)
    return show(turn, form)
