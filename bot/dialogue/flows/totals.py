"""/totals: figures over the recorded tests, asked in plain words, with the records behind each one press away.

The chat remembers the last readings as JSON, each under a short key that its buttons carry; figures are counted anew at
every press, within what the person may see at that moment. It refuses nothing: what it cannot read it asks back, and
what is no question for figures goes to the documents.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply, Rows, rows
from bot.people import ROLE_NAMES, needed_role
from bot.reports import pictures, taking
from bot.texts import common
from bot.texts import totals as texts
from bot.totals import claims as claiming
from bot.totals.answer import LEFT_OVER, Answer, answer, ask, series_behind, surroundings, tree_for
from bot.totals.figures import shown
from bot.totals.measures import BY_ID
from bot.totals.model import Reading
from bot.totals.periods import year_before, year_of
from bot.totals.reading import read

if TYPE_CHECKING:
    from bot.dialogue.router import Router

KEPT = 8  # readings whose buttons still work
A_PAGE = 8
FROM_NOTHING = ("mean", "tests_done", "best", "worst", "median", "overview", "sheet_total", "sheet_rank", "rank")
LABEL = 40  # characters of an offer's button


class TotalsFlow:
    """Buttons: by <id> <key>, items <key>, year <key>, records <key> <page>, back <key>, draw <key>,
    export <kind> <key>, say <n>."""

    name = "totals"

    def __init__(self, router: Callable[[], Router]) -> None:
        self._router = router

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """Answers a question; alone, shows this year and the one before by unit."""
        return [self._answered(turn, ask(turn.services, turn.person, argument), argument)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """While figures are on the screen: what goes on from them, or completes what was asked back."""
        named = self._router().keyword(turn.text)
        if named and named[0].flow is not self:
            return None  # 「電話測試 秘書室」 begins a test, also while figures are on the screen
        slot = turn.slot(self.name)
        tree = tree_for(turn.services, turn.person)
        around = surroundings(turn.services, tree)
        waiting = slot.get("waiting", "")
        if waiting:
            whole = f"{waiting} {turn.text}"
            understood = read(whole, around)
            if understood.reading and len(understood.rest) <= LEFT_OVER:
                return [self._answered(turn, answer(turn.services, tree, understood.reading), whole)]
        previous = self._reading(turn, slot.get("last", ""))
        if previous and claiming.asks_which(turn.text):
            return [replace(self._records(turn, previous, slot["last"], 0), in_place=False)]
        figure = claiming.which_of(turn.text)
        if figure and claiming.follows_up(figure, read(figure, around, previous)):
            self._answered(turn, ask(turn.services, turn.person, figure, previous, tree=tree), figure)
            last = self._reading(turn, slot.get("last", ""))
            return [replace(self._records(turn, last, slot["last"], 0), in_place=False)] if last else None
        understood = read(turn.text, around, previous)
        if claiming.asks_for_figures(turn.text, read(turn.text, around)) or claiming.follows_up(turn.text, understood):
            return [self._answered(turn, ask(turn.services, turn.person, turn.text, previous, tree=tree), turn.text)]
        slot.pop("waiting", None)
        return None

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """A button under a figure; one whose reading is forgotten says so and shows the overview."""
        if verb == "say":
            offers = turn.slot(self.name).get("offers", [])
            place = int(arguments[0]) if arguments and arguments[0].isdigit() else len(offers)
            return self.start(turn, offers[place]) if place < len(offers) else self._stale(turn)
        places = {"by": 1, "export": 1}
        place = places.get(verb, 0)
        reading = self._reading(turn, arguments[place]) if len(arguments) > place else None
        if reading is None:
            return self._stale(turn)
        if verb == "records":
            page = int(arguments[1]) if len(arguments) > 1 and arguments[1].isdigit() else 0
            return [self._records(turn, reading, arguments[0], page)]
        if verb in ("draw", "export"):
            return [self._taken(turn, reading, verb, arguments[place])]
        changed = _changed(reading, verb, arguments)
        tree = tree_for(turn.services, turn.person)
        return [replace(self._answered(turn, answer(turn.services, tree, changed), ""), in_place=True)]

    def refused(self, turn: Turn) -> Reply:
        """For those who may not see figures: whose they are, and what can be had instead."""
        mine = texts.FOR_SUPERVISORS.format(role=ROLE_NAMES[needed_role("totals")], mine=ROLE_NAMES[turn.person.role])
        own = turn.person.may("own_records")
        text = Markup("{}\n{}").format(mine, texts.OWN_INSTEAD if own else texts.RULES_INSTEAD)
        records = [Choice("records:list:mine:0", texts.OWN_RECORDS)] if own else []
        return Reply(text, choices=rows([*records, MENU], 2))

    def _answered(self, turn: Turn, found: Answer, question: str) -> Reply:
        slot = turn.slot(self.name)
        turn.session.active = self.name
        slot.pop("waiting", None)
        slot["offers"] = []
        if found.reading is None:
            offers = found.question.offers if found.question else ()
            slot["waiting"] = question[:200]
            slot["offers"] = [whole for _, whole in offers]
            made = [Choice(f"totals:say:{at}", label[:LABEL]) for at, (label, _) in enumerate(offers)]
            return Reply(found.text, choices=rows(made or [MENU], 2))
        key = self._keep(turn, found.reading)
        return Reply(found.text, choices=_buttons(found, key))

    def _keep(self, turn: Turn, reading: Reading) -> str:
        slot = turn.slot(self.name)
        data = reading.to_json()
        key = hashlib.blake2s(json.dumps(data, sort_keys=True).encode(), digest_size=5).hexdigest()
        kept: dict[str, Any] = slot.get("kept", {})
        kept.pop(key, None)
        slot["kept"] = dict([*kept.items(), (key, data)][-KEPT:])
        slot["last"] = key
        return key

    def _reading(self, turn: Turn, key: str) -> Reading | None:
        data = turn.slot(self.name).get("kept", {}).get(key)
        try:
            return Reading.from_json(data) if data else None
        except (KeyError, TypeError, ValueError):  # written by an older version: as good as forgotten
            return None

    def _stale(self, turn: Turn) -> list[Reply]:
        return [Reply(Markup("{}").format(common.STALE_BUTTON)), *self.start(turn, "")]

    def _records(self, turn: Turn, reading: Reading, key: str, page: int) -> Reply:
        tree = tree_for(turn.services, turn.person)
        found = answer(turn.services, tree, reading)
        n = found.computed.n if found.computed else 0
        series = series_behind(turn.services, tree, reading, A_PAGE + 1, page * A_PAGE)
        buttons = []
        for number in series[:A_PAGE]:
            record = turn.services.store.records.latest(number)
            day = rocdate.short_date(record.called_at.astimezone(rocdate.OFFSET).date())
            label = texts.RECORD_LABEL.format(
                day=day, unit=tree.places[record.unit_id].name, total=shown(record.total, 2).rstrip("0").rstrip(".")
            )
            buttons.append((Choice(f"records:open:{number}", label),))
        turning = [Choice(f"totals:records:{key}:{page + 1}", texts.MORE)] if len(series) > A_PAGE else []
        last = (*turning, Choice(f"totals:back:{key}", texts.BACK))
        words = texts.ORIGIN.format(n=n) if series else texts.NO_RECORDS
        text = Markup("<b>{}</b>\n{}").format(found.title, words)
        return Reply(text, choices=(*buttons, last), in_place=True)

    def _taken(self, turn: Turn, reading: Reading, verb: str, key: str) -> Reply:
        tree = tree_for(turn.services, turn.person)
        found = answer(turn.services, tree, reading)
        ways = _ways_on(found, key, verb)
        if verb == "export":
            files = taking.exports(found, turn.services.settings.demo)
            return Reply(Markup("{}").format(found.title if files else texts.NOTHING), ways, attachments=files)
        data = pictures.data_of(turn.services, found)
        picture = pictures.attachment(found, data) if data else None
        if picture is None:
            return Reply(Markup("{}").format(texts.NOTHING), ways)
        table = pictures.beside(data, blocks=turn.incoming.channel == "terminal")
        return Reply(Markup("<b>{}</b>\n<code>{}</code>").format(found.title, table), ways, attachments=(picture,))


def claims(turn: Turn) -> bool:
    """For the router: free words that ask for recorded figures. Who may not see them is told so, and is not sent to a
    document that cannot answer."""
    if not claiming.may_ask(turn.text):
        return False
    tree = tree_for(turn.services, turn.person)
    return claiming.asks_for_figures(turn.text, read(turn.text, surroundings(turn.services, tree)))


def _changed(reading: Reading, verb: str, arguments: list[str]) -> Reading:
    if verb == "by" and arguments[0] in BY_ID[reading.measure].groups:
        return replace(reading, by=arguments[0], limit=0, lowest=False)
    if verb == "whole":
        return replace(reading, span=year_of(reading.span.first.year), compare=None, said=(*reading.said, "period"))
    if verb == "before":
        return replace(reading, span=year_before(reading.span), compare=None, said=(*reading.said, "period"))
    if verb == "items":
        return replace(reading, measure="top_deductions", by="item", compare=None, limit=0, lowest=False)
    if verb == "year":
        base = reading.measure if reading.measure in ("tests_done", "best", "worst") else "mean"
        by = reading.by if reading.by in BY_ID["change"].groups else "total"
        return replace(reading, measure="change", base=base, by=by, compare=year_before(reading.span), limit=0)
    return reading


def _ways_on(found: Answer, key: str, verb: str) -> Rows:
    """Below a picture or a file: what else the same figure has."""
    made = [Choice(f"totals:records:{key}:0", texts.SEE_RECORDS)] if _has_records(found) else []
    if verb == "export" and found.rows and pictures.can_draw(found):
        made.append(Choice(f"totals:draw:{key}", texts.DRAW))
    if verb == "draw" and found.rows:
        made.append(Choice(f"totals:export:csv:{key}", texts.EXPORT))
    return rows([*made, Choice(f"totals:back:{key}", texts.BACK)], 3)


def _has_records(found: Answer) -> bool:
    none = ("duty_progress", "improvement_progress", "untested")
    return bool(found.rows and found.reading and found.reading.measure not in none)


def _from_nothing(found: Answer, key: str) -> Rows:
    """Below a figure that rests on no record: the year before, and the way out."""
    earlier = found.reading is not None and found.reading.measure in FROM_NOTHING
    made = [Choice(f"totals:before:{key}", texts.LAST_YEAR)] if earlier else []
    if earlier and found.reading and found.reading.span.unit != "year":
        made.insert(0, Choice(f"totals:whole:{key}", texts.WHOLE_YEAR))
    return rows([*made, MENU], 3)


def _buttons(found: Answer, key: str) -> Rows:
    reading = found.reading
    if reading is None:
        return ()
    if not found.rows and not (found.computed and found.computed.n):
        return _from_nothing(found, key)
    groups, made = BY_ID[reading.measure].groups, []
    if _has_records(found):
        made.append(Choice(f"totals:records:{key}:0", texts.SEE_RECORDS))
    if "unit" in groups and reading.by != "unit" and len(found.tree.below(reading.roots)) > 1:
        made.append(Choice(f"totals:by:unit:{key}", texts.BY_UNIT))
    if "month" in groups and reading.by != "month":
        made.append(Choice(f"totals:by:month:{key}", texts.BY_MONTH))
    if reading.domain == "phone" and found.rows:
        if reading.measure in ("mean", "tests_done", "best", "worst", "overview", "below_threshold", "median"):
            made.append(Choice(f"totals:items:{key}", texts.BY_ITEM))
        if reading.measure in ("mean", "tests_done", "best", "worst", "median"):
            made.append(Choice(f"totals:year:{key}", texts.YEAR_BEFORE))
    if found.rows and pictures.can_draw(found):
        made.append(Choice(f"totals:draw:{key}", texts.DRAW))
    if found.rows:
        made.append(Choice(f"totals:export:csv:{key}", texts.EXPORT))
    return rows(made, 3)
