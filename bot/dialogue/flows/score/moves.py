"""Moving about in an open form: to an item, on, back, aside, away; typed or pressed, it is the same step."""

from __future__ import annotations

from bot.dialogue.turn import Turn
from bot.messages import MENU, Reply
from bot.texts import score as texts
from rubrics import Criterion

from . import answering, wait
from .forms import Form, let_go, save
from .layout import text
from .listing import resume_row
from .screens import again, show


def jump(turn: Turn, form: Form, criterion: Criterion) -> list[Reply]:
    """To an item that is open; one that hangs on an answer still to come leads to that answer first."""
    if not form.standing.is_open(criterion.id):
        form.move_on()
        save(turn, form)
        return show(turn, form, text(texts.NOT_OPEN_YET))
    form.go_to(criterion)
    save(turn, form)
    return show(turn, form)


def skip(turn: Turn, form: Form, criterion: Criterion) -> list[Reply]:
    """To the item behind this one, answered or not; behind the last one, to what is still missing or the summary."""
    place = form.standing.place(criterion.id)
    items = form.standing.items
    if place < len(items):
        return jump(turn, form, items[place])
    form.move_on()
    save(turn, form)
    return show(turn, form)


def back(turn: Turn, form: Form) -> list[Reply]:
    """One step back: out of a choice of points, to the item of a reason, or to the item before."""
    state, standing = form.state, form.standing
    if state.stage in ("time", "remark", "revise"):
        form.move_on()
    elif state.stage == "item" and state.pending:
        state.pending = ""
    elif state.stage == "reason" and form.at is not None:
        form.go_to(form.at)
    elif state.stage == "summary" and standing.items:
        form.go_to(standing.open[-1])
    elif state.stage == "item":
        previous = standing.before(state.at)
        if previous is None or not standing.is_open(previous.id):
            return show(turn, form, text(texts.FIRST_ITEM))
        form.go_to(previous)
    save(turn, form)
    return show(turn, form)


def after_second_call(turn: Turn, form: Form, result: str) -> list[Reply]:
    """Goes on after the second call: nobody answered (0 points), or the item is answered now."""
    if result == "none" and form.at is not None:
        return answering.given(turn, form, form.at, wait.OPTION)
    save(turn, form)
    return show(turn, form)


def pause(turn: Turn, form: Form) -> list[Reply]:
    """Puts the form aside; everything is kept already."""
    save(turn, form)
    let_go(turn)
    return [Reply(text(texts.PAUSED), (resume_row(form),))]


def give_up(turn: Turn, form: Form) -> list[Reply]:
    """Throws the draft away, after the person was asked."""
    wait.cancel_reminder(turn, form)
    turn.services.store.drafts.discard(form.id)
    let_go(turn)
    return [Reply(text(texts.CANCELLED), ((again(form.rubric), MENU),))]
