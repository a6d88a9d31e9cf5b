"""What is settled before the first item: the number called, 自行考核 or 上級考核, the period; and the test's moment."""

from __future__ import annotations

import re
from datetime import timedelta

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.messages import Reply
from bot.texts import score as texts

from . import periods
from .figures import folded
from .forms import Form
from .layout import Row, button, one, packed, strong, text, title
from .ownership import own_unit

_PHONE = re.compile(r"[+(]?\d[\d()\-\s]{1,18}\d(?:\s*(?:#|轉|分機|ext\.?)\s*\d{1,6})?")


def first_stage(form: Form) -> str:
    """The stage a new form begins with. A unit's only number is taken, and only among several is one chosen."""
    if form.rubric.kind == "sheet":
        return "kind"
    if form.rubric.kind == "phone" and len(form.unit.phones) == 1:
        form.state.phone = form.unit.phones[0]
    return "phone" if form.rubric.kind == "phone" and len(form.unit.phones) > 1 else "item"


def screen(turn: Turn, form: Form, lead: Markup | None) -> list[Reply]:
    """The question of the stage: phone, kind, period or time."""
    stage = form.state.stage
    rows: list[Row] = []
    if stage == "phone":
        asked = texts.ASK_PHONE
        rows = [(button(form, "tel", number, i),) for i, number in enumerate(form.unit.phones)]
        back = button(form, "sum", texts.BACK_TO_SUMMARY) if form.standing.complete else None
        rows.append((back or button(form, "tel", texts.SKIP_PHONE, "-"),))
    elif stage == "kind":
        asked = texts.ASK_KIND
        kinds = ["self"] if own_unit(turn, form.unit) else list(texts.KINDS)
        if kinds == ["self"]:
            asked = f"{texts.OWN_UNIT_SELF}\n{asked}"
        rows = [tuple(button(form, "kind", texts.KINDS[kind], kind) for kind in kinds)]
    elif stage == "period":
        asked = texts.ASK_PERIOD
        options = periods.choices(turn.services.clock().date(), form.rubric.year)
        rows = packed([button(form, "period", periods.label(one), one) for one in options], 3)
    else:
        asked = texts.ASK_TIME.format(time=rocdate.short_time(form.called_at))
        label = texts.BACK_TO_SUMMARY if form.standing.complete else texts.CANCEL_BACK
        rows = [(button(form, "now", texts.NOW_BUTTON), button(form, "sum", label))]
    leave = (button(form, "pause", texts.PAUSE), button(form, "drop", texts.CANCEL))
    return one([lead, title(form), strong(asked) if stage != "time" else text(asked)], [*rows, leave])


def press(turn: Turn, form: Form, verb: str, value: str) -> bool:
    """Takes a pressed answer; False when it does not belong to the stage."""
    state = form.state
    if verb == "tel" and state.stage == "phone":
        known = value.isdecimal() and int(value) < len(form.unit.phones)
        _phone(turn, form, form.unit.phones[int(value)] if known else "")
        return True
    if verb == "kind" and state.stage == "kind" and value in texts.KINDS:
        if value != "self" and own_unit(turn, form.unit):
            return False
        state.kind, state.stage = value, "period"
        return True
    if (
        verb == "period"
        and state.stage == "period"
        and periods.read(periods.label(value) or "-", turn.services.clock().date())
    ):
        state.period = value
        form.move_on()
        return True
    if verb == "now" and state.stage == "time":
        state.called_at = turn.services.clock().isoformat()
        form.move_on()
        return True
    return False


def typed(turn: Turn, form: Form, words: str) -> str | None:
    """Takes a typed answer: the sentence to say, "" for a good answer without one, None when it was not understood."""
    stage = form.state.stage
    if stage == "phone":
        return _typed_phone(turn, form, words)
    if stage == "kind":
        kind = next((key for key, label in texts.KINDS.items() if label[:2] in words), "")
        return "" if kind and press(turn, form, "kind", kind) else None
    if stage == "period":
        period = periods.read(words, turn.services.clock().date())
        if period is None:
            return None
        form.state.period = period
        form.move_on()
        return ""
    return set_time(turn, form, words)


def set_time(turn: Turn, form: Form, words: str) -> str | None:
    """Sets the test's moment from typed words; the sentence to say, None when no time was read."""
    now = turn.services.clock()
    moment = rocdate.parse_moment(words, form.called_at)
    if moment is None:
        return None
    if moment > now + timedelta(minutes=1):
        return texts.FUTURE_TIME
    form.state.called_at = moment.isoformat()
    if form.state.stage == "time":
        form.move_on()
    return texts.TIME_KEPT.format(time=rocdate.short_time(moment))


def _typed_phone(turn: Turn, form: Form, words: str) -> str | None:
    if folded(words) in ("略過", "跳過", "先不填", "不填", "無", "沒有"):
        _phone(turn, form, "")
        return ""
    number = folded(words).removeprefix("電話").strip(" :")
    if not _PHONE.fullmatch(number):
        return None
    _phone(turn, form, number)
    return texts.KEPT_PHONE.format(phone=number)


def _phone(turn: Turn, form: Form, number: str) -> None:
    form.state.phone = number
    if number and number not in form.unit.phones:
        units = turn.services.store.units
        form.unit = units.set_phones(form.unit.id, [*form.unit.phones, number], by=turn.person.id)
    form.move_on()
