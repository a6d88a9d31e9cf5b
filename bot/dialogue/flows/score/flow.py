"""The conversation that fills a sheet: from 「電話測試 秘書室」 to the receipt.

A button carries its draft's id and is checked against the step on the screen: a stale, doubled or foreign press changes
nothing, and the current step is shown again. Typed words are tried as an answer first; what is clearly a question, or
the name of another conversation, is left to the router, and the form waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply
from bot.texts import common
from bot.texts import score as texts
from rubrics import Rubric
from storage import Draft, NotFound, Unit

from . import answering, before, clause, framework, listing, moves, picking, sending, summary, typing_in, wait
from .figures import folded
from .forms import FLOW, Form, create, current, hold, let_go, load, save
from .layout import text
from .ownership import own_unit
from .screens import cancel_screen, show, show_changed
from .state import State
from .words import is_question

if TYPE_CHECKING:
    from bot.dialogue.router import Router

ANSWERS = frozenset({"opt", "band", "pt", "num", "pct", "other", "watch", "reason"})
BEFORE = frozenset({"tel", "kind", "period", "now"})
LEAVING = frozenset({"pause", "drop", "gone"})
PICKING = frozenset({"leave", "unit", "units", "offices", "plan", "member", "add", "under"})


class ScoreFlow:
    """/score: any sheet. It owns every open form; `router` tells which words belong to other conversations."""

    name = FLOW

    def __init__(self, router: Callable[[], Router]) -> None:
        self._router = router

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """Offers the sheets; with the name of one (and a unit), goes straight there."""
        if not argument:
            return picking.sheets(turn)
        words, _, rest = argument.partition(" ")
        named = next((one for one in turn.services.rubrics if argument in (one.id, one.title)), None)
        if named:
            return self.begin(turn, named, "")
        rubric = listing.sheet_named(turn, words)
        if rubric is None:
            return picking.sheets(turn, texts.NO_SHEET_NAMED.format(name=argument[:40]))
        return self.begin(turn, rubric, rest.strip())

    def begin(self, turn: Turn, rubric: Rubric, words: str) -> list[Reply]:
        """Begins on a sheet: asks for the unit, or takes the one that the words name."""
        found = picking.begin(turn, rubric, words)
        return self._unit_chosen(turn, rubric, found) if isinstance(found, Unit) else found

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """A button: of the choice of sheet and unit, or of a draft."""
        replies = self._press(turn, verb, arguments)
        if len(replies) == 1:
            return [replace(replies[0], in_place=True)]
        return replies

    def text(self, turn: Turn) -> list[Reply] | None:
        """Typed words: for the open form, for the choice of a unit, or not for us (None)."""
        if not turn.person.may("score"):
            return None
        form = current(turn)
        if form is not None and form.refitted and folded(turn.text) not in typing_in.PAUSE | typing_in.CANCEL:
            asks = is_question(turn.text) or self._is_elsewhere(turn, turn.text)
            return None if asks else show_changed(turn, form)
        if form is not None:
            return typing_in.read(turn, form, partial(self._is_elsewhere, turn))
        if framework.waiting(turn):
            return framework.typed(turn)
        rubric = picking.rubric_of(turn)
        if rubric is None:
            turn.session.clear(FLOW)
            return None
        return self._typed_unit(turn, rubric)

    def resume_choice(self, turn: Turn) -> Choice | None:
        """The button that leads back to the form this chat has open; None when none is."""
        form = current(turn)
        if form is None:
            return None
        return Choice(f"{FLOW}:go:{form.id}", texts.RESUME.format(name=form.unit_name))

    def _typed_unit(self, turn: Turn, rubric: Rubric) -> list[Reply] | None:
        words = turn.text
        offered = picking.slot(turn).get("offered")
        if offered and words in (texts.NEW_DRAFT, "另開", "重新填", "新的一份"):
            return self._create(turn, rubric, turn.services.store.units.get(int(offered)))
        done = picking.command(turn)
        if done is not None:
            return done
        if is_question(words) or self._is_elsewhere(turn, words):
            return None
        found = picking.typed(turn, words)
        return self._unit_chosen(turn, rubric, found) if isinstance(found, Unit) else found

    def _is_elsewhere(self, turn: Turn, words: str, alone: bool = False) -> bool:
        named = self._router().keyword(words)
        return (named is not None and not (alone and named[1])) or self._router().wanted(turn)

    def _press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        if verb == "sheet" and arguments and arguments[0] in turn.services.rubrics:
            return self.begin(turn, turn.services.rubrics.get(arguments[0]), "")
        if verb == "fresh" and len(arguments) == 2:
            return self._fresh(turn, arguments)
        if verb in PICKING:
            rubric = picking.rubric_of(turn)
            found = picking.press(turn, verb, arguments) if rubric else None
            if rubric and isinstance(found, Unit):
                return self._unit_chosen(turn, rubric, found)
            return found if isinstance(found, list) else self._stale(turn)
        if verb == "fw":
            return framework.press(turn, arguments) or self._stale(turn)
        form = load(turn, arguments[0]) if arguments else None
        if form is None:
            return self._gone(turn, arguments[0] if arguments else "")
        return self._on_draft(turn, form, verb, arguments[1:])

    def _stale(self, turn: Turn) -> list[Reply]:
        form = current(turn)
        if form is not None:
            return show(turn, form, text(texts.ALREADY))
        rubric = picking.rubric_of(turn)
        if rubric is not None:
            return [
                replace(one, text=Markup("{}\n\n{}").format(common.STALE_BUTTON, one.text))
                for one in picking.unit_list(turn, 0)
            ]
        return picking.sheets(turn, common.STALE_BUTTON)

    def _gone(self, turn: Turn, draft_id: str) -> list[Reply]:
        sent = sending.sent_before(turn, draft_id)
        if sent:
            return sent
        try:
            foreign = turn.services.store.drafts.get(draft_id).person != turn.person.id
        except NotFound:
            foreign = False
        said = texts.FOREIGN if foreign else texts.GONE
        form = current(turn)
        if form is not None:
            return show(turn, form, text(said))
        return [Reply(text(said), ((MENU,),))]

    def _unit_chosen(self, turn: Turn, rubric: Rubric, unit: Unit) -> list[Reply]:
        if not unit.active:
            return picking.unit_list(turn, 0, texts.UNIT_RETIRED.format(unit=unit.name))
        if rubric.kind == "framework":
            return framework.open_sheet(turn, rubric, unit)
        if rubric.kind == "phone" and own_unit(turn, unit):
            return picking.unit_list(turn, 0, texts.OWN_UNIT.format(unit=unit.name))
        drafts = [
            one for one in turn.services.store.drafts.open_for(turn.person.id, rubric.id) if one.unit_id == unit.id
        ]
        drafts = [one for one in drafts if not one.state.get("revises") and not one.state.get("trial")]
        if drafts:
            return self._offer(turn, rubric, unit, drafts)
        return self._create(turn, rubric, unit)

    def _offer(self, turn: Turn, rubric: Rubric, unit: Unit, drafts: list[Draft]) -> list[Reply]:
        rows = listing.rows(turn, drafts)
        picking.slot(turn)["offered"] = unit.id
        fresh = Choice(f"{FLOW}:fresh:{picking.slot(turn).get('ask', '0')}:{unit.id}", texts.NEW_DRAFT)
        return picking.draft_choice(unit.name, len(drafts), rows, fresh)

    def _fresh(self, turn: Turn, arguments: list[str]) -> list[Reply]:
        rubric = picking.rubric_of(turn)
        found = picking.press(turn, "unit", arguments) if rubric else None
        if rubric is None or not isinstance(found, Unit) or (rubric.kind == "phone" and own_unit(turn, found)):
            return self._stale(turn)
        return self._create(turn, rubric, found)

    def _create(self, turn: Turn, rubric: Rubric, unit: Unit) -> list[Reply]:
        form = create(turn, rubric, unit, State())
        form.state.stage = before.first_stage(form)
        if form.state.stage == "item":
            form.move_on()
        save(turn, form)
        return show(turn, form)

    def _on_draft(self, turn: Turn, form: Form, verb: str, arguments: list[str]) -> list[Reply]:
        if form.refitted and verb not in LEAVING:
            return show_changed(turn, form)
        if verb in ANSWERS:
            hold(turn, form.id)
            return answering.press(turn, form, verb, arguments) or show(turn, form, text(texts.ALREADY))
        if verb in BEFORE:
            taken = before.press(turn, form, verb, arguments[0] if arguments else "")
            if taken:
                save(turn, form)
            return show(turn, form, None if taken else text(texts.ALREADY))
        if verb in ("call", "ago"):
            return self._second_call(turn, form, verb, arguments[0] if arguments else "")
        return self._move(turn, form, verb, arguments)

    def _second_call(self, turn: Turn, form: Form, verb: str, value: str) -> list[Reply]:
        result = wait.press(turn, form, verb, value)
        if result is None:
            hold(turn, form.id)
            return show(turn, form, text(texts.ALREADY))
        return moves.after_second_call(turn, form, result)

    def _move(self, turn: Turn, form: Form, verb: str, arguments: list[str]) -> list[Reply]:
        number = int(arguments[0]) if arguments and arguments[0].isdecimal() else -1
        hold(turn, form.id)
        if verb == "why" and form.at is not None:
            return clause.clause_screen(form, form.at)
        if verb == "list":
            return clause.list_screen(form, number)
        if verb == "jump" and 0 <= number < len(form.rubric.criteria):
            return moves.jump(turn, form, form.rubric.criteria[number])
        if verb == "back":
            return moves.back(turn, form)
        if verb == "pause":
            return moves.pause(turn, form)
        if verb == "drop":
            return cancel_screen(form)
        if verb == "gone":
            return moves.give_up(turn, form)
        if verb == "end" and form.state.trial:
            turn.services.store.drafts.discard(form.id)
            let_go(turn)
            return listing.after_trial(turn, form)
        if verb == "send" and form.state.stage == "summary" and not form.state.trial:
            return sending.send(turn, form)
        if verb == "revise" and form.state.stage == "revise" and 0 <= number < len(texts.REVISE_REASONS):
            return sending.revise(turn, form, texts.REVISE_REASONS[number])
        return self._stages(turn, form, verb, number)

    def _stages(self, turn: Turn, form: Form, verb: str, number: int) -> list[Reply]:
        comments = summary.comments(form.rubric)
        if verb in ("sum", "next"):
            form.move_on()
        elif verb == "time":
            form.state.stage = "time"
        elif verb == "phone" and form.rubric.kind == "phone":
            form.state.stage = "phone"
        elif verb == "note" and 0 <= number < len(comments):
            form.state.stage, form.state.remark = "remark", comments[number].id
        elif verb != "go":
            return show(turn, form, text(texts.ALREADY))
        save(turn, form)
        return show(turn, form)
