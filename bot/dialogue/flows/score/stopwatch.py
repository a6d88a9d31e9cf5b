"""⏱ How long it rang: the seconds between two presses. Both moments stand in the draft and survive any restart."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.texts import score as texts
from rubrics import Criterion, Measure

from .figures import shown
from .forms import Form
from .layout import Row, button, text


def measure_of(criterion: Criterion) -> Measure | None:
    """The measure that a stopwatch can fill."""
    measures = criterion.count.measures if criterion.count else ()
    return next((one for one in measures if one.label == "秒"), None)


def seconds(form: Form) -> Decimal:
    """Seconds between the two presses of the stopwatch."""
    start, stop = (datetime.fromisoformat(form.state.watch[key]) for key in ("start", "stop"))
    return max(Decimal(0), Decimal(str((stop - start).total_seconds())).quantize(Decimal("0.1")))


def _running(form: Form, criterion: Criterion) -> dict[str, str]:
    return form.state.watch if form.state.watch.get("item") == criterion.id else {}


def stopped(form: Form, criterion: Criterion) -> bool:
    """True when the watch was started and stopped at this item."""
    return bool(_running(form, criterion).get("stop"))


def press(turn: Turn, form: Form, criterion: Criterion, action: str) -> bool:
    """Starts or stops the watch; False for a press that does not fit how it stands."""
    running, now = _running(form, criterion), turn.services.clock().isoformat()
    if action == "start":
        form.state.watch = {"item": criterion.id, "start": now}
        form.state.started_at = form.state.started_at or now
        return True
    if action == "stop" and running.get("start") and not running.get("stop"):
        form.state.watch = {**running, "stop": now}
        return True
    return False


def screen(form: Form, criterion: Criterion) -> tuple[Markup | None, list[Row]]:
    """What the watch says and the buttons that move it; nothing at an item that counts no seconds."""
    if measure_of(criterion) is None:
        return None, []
    index = form.index(criterion)
    watch = _running(form, criterion)
    if watch.get("stop"):
        rang = shown(seconds(form))
        take = button(form, "watch", texts.TAKE_SECONDS.format(seconds=rang), index, "take")
        return text(texts.RANG, seconds=rang), [(take, button(form, "watch", texts.RING_AGAIN, index, "start"))]
    if watch.get("start"):
        started = datetime.fromisoformat(watch["start"]).astimezone(rocdate.OFFSET)
        stop = button(form, "watch", texts.RING_STOP, index, "stop")
        again = button(form, "watch", texts.RING_AGAIN, index, "start")
        return text(texts.RINGING, time=f"{started:%H:%M:%S}"), [(stop, again)]
    return None, [(button(form, "watch", texts.RING_START, index, "start"),)]
