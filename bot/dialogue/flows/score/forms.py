"""An open form in hand: the draft of storage, its sheet, its unit, and where it stands.

Somebody else's draft is never opened. A sheet that changed its structure since keeps the answers that still fit; the
person is told before anything else is answered, because a button or word may have been meant for the old sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.dialogue.turn import Turn
from rubrics import Criterion, Rubric, check_answer
from storage import Draft, NotFound, Unit

from .state import State
from .steps import Standing

FLOW = "score"
BEFORE_ITEMS = frozenset({"phone", "kind", "period"})  # what is settled before the first item hangs on no item


@dataclass
class Form:
    """One draft with its sheet. Change answers only through `answer`."""

    draft: Draft
    rubric: Rubric
    unit: Unit
    unit_name: str
    state: State
    refitted: bool = False  # the sheet changed since the draft was kept: the person does not know yet
    _standing: Standing | None = None

    @property
    def id(self) -> str:
        """The draft's id, which its buttons carry."""
        return self.draft.id

    @property
    def standing(self) -> Standing:
        """Where the answers stand on the sheet."""
        if self._standing is None:
            self._standing = Standing(self.rubric, self.state.answers)
        return self._standing

    def answer(self, criterion_id: str, answer: Any) -> None:
        """Keeps an answer; a reason given for another answer is dropped."""
        if self.state.answers.get(criterion_id) != answer:
            self.drop_reason(criterion_id)
        self.state.answers = {**self.state.answers, criterion_id: answer}
        self._standing = None

    def drop_reason(self, criterion_id: str) -> None:
        """Forgets the reason kept at an item."""
        self.state.reasons.pop(criterion_id, None)
        self.state.overruled = [one for one in self.state.overruled if one != criterion_id]

    @property
    def at(self) -> Criterion | None:
        """The item that is asked now; None when the sheet no longer has it."""
        return self.rubric.criterion(self.state.at) if self.rubric.has(self.state.at) else None

    def index(self, criterion: Criterion) -> int:
        """The item's place on the sheet from 0, which its buttons carry."""
        return self.rubric.criteria.index(criterion)

    @property
    def called_at(self) -> datetime:
        """The test's moment: what the person fixed, else the first ring or the draft's beginning."""
        kept = self.state.called_at or self.state.started_at
        return datetime.fromisoformat(kept) if kept else self.draft.created_at

    def open_zeros(self) -> list[Criterion]:
        """Open items that earned 0 where more could be earned, and still lack a reason."""
        standing = self.standing
        return [one for one in standing.open if one.id not in self.state.reasons and self.is_zero(one)]

    def is_zero(self, criterion: Criterion) -> bool:
        """True when the item was answered with 0 points where more could be earned."""
        points = self.standing.points.get(criterion.id)
        return criterion.id in self.standing.form and points == 0 and criterion.max > Decimal(0)

    def move_on(self) -> None:
        """To the first item without an answer, or to the summary."""
        self.state.pending, self.state.proposal = "", {}
        following = self.standing.next_item()
        self.state.stage = "item" if following else "summary"
        self.state.at = following.id if following else ""

    def go_to(self, criterion: Criterion) -> None:
        """To one item."""
        self.state.stage, self.state.at = "item", criterion.id
        self.state.pending, self.state.proposal = "", {}


def create(turn: Turn, rubric: Rubric, unit: Unit, state: State) -> Form:
    """A new draft of this person. It is the chat's form from now on."""
    state.structure = rubric.structure_hash
    drafts = turn.services.store.drafts
    draft = drafts.start(turn.person.id, turn.incoming.chat, rubric.id, unit.id, state.to_json())
    hold(turn, draft.id)
    return Form(draft, rubric, unit, turn.services.store.units.full_name(unit.id), state)


def load(turn: Turn, draft_id: str) -> Form | None:
    """The person's own draft; None when it is gone, or somebody else's."""
    store = turn.services.store
    try:
        draft = store.drafts.get(draft_id)
    except NotFound:
        return None
    if draft.person != turn.person.id or draft.unit_id is None or draft.rubric_id not in turn.services.rubrics:
        return None
    rubric, unit = turn.services.rubrics.get(draft.rubric_id), store.units.get(draft.unit_id)
    form = Form(draft, rubric, unit, store.units.full_name(unit.id), State.from_json(draft.state))
    if form.state.structure != rubric.structure_hash:
        _refit(form)
    return form


def _refit(form: Form) -> None:
    """Keeps the answers that fit the sheet as it is now."""
    kept = {
        name: answer
        for name, answer in form.state.answers.items()
        if form.rubric.has(name) and check_answer(form.rubric, name, answer) is None
    }
    for name in form.state.answers.keys() - kept.keys():
        form.drop_reason(name)
    form.state.answers, form.refitted = kept, True
    if form.state.stage not in BEFORE_ITEMS:
        form.move_on()


def save(turn: Turn, form: Form) -> None:
    """Keeps the draft as it is now, and makes it the chat's form."""
    form.draft = turn.services.store.drafts.save(form.id, form.state.to_json(), form.draft.version)
    hold(turn, form.id)


def hold(turn: Turn, draft_id: str) -> None:
    """Typed words go to this draft from now on."""
    turn.session.slots[FLOW] = {"draft": draft_id}
    turn.session.active = FLOW


def let_go(turn: Turn) -> None:
    """Typed words go back to the router."""
    turn.session.clear(FLOW)


def current(turn: Turn) -> Form | None:
    """The form that this chat has open."""
    draft_id = turn.session.slots.get(FLOW, {}).get("draft")
    return load(turn, str(draft_id)) if draft_id else None
