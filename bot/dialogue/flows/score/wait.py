"""連打 2 次無人接聽: the first call that nobody answers starts a wait of ten minutes; only the second one scores.

The paper: 「連打 2 次無人接聽。(隔 10 分鐘後再測 1 次)」. The wait stands in the draft and survives any restart; a
tester who made the first call earlier says when, and that time is recorded. A sheet asks for it by the option's id.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.messages import Reply
from bot.texts import score as texts
from rubrics import Criterion

from .figures import folded, numeral
from .forms import Form
from .layout import button, one, strong, text, title

OPTION = "no_answer_twice"
MINUTES = 10
REMINDER = "score.second_call"
AGO = (10, 20, 30, 60)
LONGEST_AGO = 24 * 60  # minutes; a call of another day is another test


def needed(form: Form, criterion: Criterion, option_id: str) -> bool:
    """True when choosing the option must wait for the second call first."""
    settled = form.state.first_call.get("item") == criterion.id
    return option_id == OPTION and not settled and not form.state.trial and not form.state.revises


def begin(turn: Turn, form: Form, criterion: Criterion) -> None:
    """The first call: kept with its time, and a reminder is due when the wait is over."""
    now = turn.services.clock()
    form.state.wait = {
        "item": criterion.id,
        "first_at": now.isoformat(),
        "until": (now + timedelta(minutes=MINUTES)).isoformat(),
    }
    form.state.stage, form.state.at = "wait", criterion.id
    sentence = texts.WAIT_REMINDER.format(unit=form.unit_name)
    form.state.wait["reminder"] = remind(turn, now + timedelta(minutes=MINUTES), sentence, form)


def remind(turn: Turn, due: datetime, sentence: str, form: Form) -> int:
    """Schedules the reminder, with the button that goes on; its id."""
    payload = {
        "text": sentence,
        "buttons": [[f"score:go:{form.id}", texts.RESUME.format(name=form.unit_name)]],
        "draft": form.id,
    }
    return turn.services.store.schedule.add(due, turn.incoming.chat, REMINDER, payload, person=turn.person.id)


def first_at(form: Form) -> datetime:
    """When the first call was made."""
    return datetime.fromisoformat(form.state.wait["first_at"])


def over(turn: Turn, form: Form) -> bool:
    """True when ten minutes have passed since the first call."""
    return turn.services.clock() >= first_at(form) + timedelta(minutes=MINUTES)


def screen(turn: Turn, form: Form, lead: Markup | None) -> list[Reply]:
    """How long it still takes, or what the second call gave."""
    leave = (button(form, "pause", texts.PAUSE), button(form, "drop", texts.CANCEL))
    mistake = (button(form, "call", texts.MISTAKE, "undo"),)
    first = first_at(form)
    clock = f"{first.astimezone(rocdate.OFFSET):%H:%M}"
    if form.state.stage == "ago":
        choices = tuple(button(form, "ago", texts.MINUTES_AGO.format(minutes=n), n) for n in AGO)
        return one([lead, title(form), strong(texts.FIRST_WHEN)], [choices[:2], choices[2:], mistake, leave])
    if over(turn, form):
        asked = strong(texts.WAIT_OVER.format(time=clock))
        both = (button(form, "call", texts.SECOND_ANSWERED, "yes"), button(form, "call", texts.SECOND_NONE, "no"))
        return one([lead, title(form), asked], [both, mistake, leave])
    until = first + timedelta(minutes=MINUTES)
    seconds = (until - turn.services.clock()).total_seconds()
    told = text(
        texts.WAIT_STILL,
        time=clock,
        minutes=max(1, -int(-seconds // 60)),
        until=f"{until.astimezone(rocdate.OFFSET):%H:%M}",
    )
    return one([lead, title(form), told], [(button(form, "call", texts.FIRST_EARLIER, "ago"),), mistake, leave])


def started(form: Form) -> Markup:
    """What is said when the first call was noted."""
    first = first_at(form).astimezone(rocdate.OFFSET)
    return text(texts.WAIT_STARTED, until=f"{first + timedelta(minutes=MINUTES):%H:%M}")


def press(turn: Turn, form: Form, verb: str, value: str) -> str | None:
    """Takes a pressed button: "none" (nobody answered the second call either), "moved", or None when it is stale."""
    state = form.state
    if state.stage not in ("wait", "ago"):
        return None
    if verb == "ago" and state.stage == "ago" and value.isdecimal() and MINUTES <= int(value) <= LONGEST_AGO:
        cancel_reminder(turn, form)
        state.wait["first_at"] = (turn.services.clock() - timedelta(minutes=int(value))).isoformat()
        state.stage = "wait"
        return "moved"
    if verb != "call":
        return None
    if value == "undo":
        cancel_reminder(turn, form)
        state.wait, state.stage = {}, "item"
        return "moved"
    if value == "ago":
        state.stage = "ago"
        return "moved"
    if value in ("yes", "no") and state.stage == "wait" and over(turn, form):
        state.first_call = {"item": state.wait["item"], "at": state.wait["first_at"]}
        cancel_reminder(turn, form)
        state.wait, state.stage = {}, "item"
        return "none" if value == "no" else "moved"
    return None


def minutes(words: str) -> int | None:
    """「30」「30 分鐘前」「半小時前」「一小時前」 as minutes; None when it is none, or longer ago than a day."""
    said = folded(words).removesuffix("前").removesuffix("左右")
    hours = said.removesuffix("小時").removesuffix("個") if said.endswith("小時") else ""
    value = numeral(hours or said.removesuffix("鐘").removesuffix("分").strip())
    if value is None:
        return None
    found = int(value * 60) if hours else int(value)
    return found if MINUTES <= found <= LONGEST_AGO else None


def cancel_reminder(turn: Turn, form: Form) -> None:
    """Takes the reminder back, if it has not gone out."""
    reminder = form.state.wait.pop("reminder", None)
    if reminder is not None:
        turn.services.store.schedule.cancel(reminder)
