"""Half-filled forms told apart: by unit, sheet, how far they are, and when they were touched last."""

from __future__ import annotations

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply
from bot.texts import score as texts
from rubrics import Rubric
from storage import Draft

from .figures import shown
from .forms import FLOW, Form, hold, load
from .layout import Row, one, strong, text
from .screens import show
from .words import compact, cut, short_title

MOST_DRAFTS = 20


def sheet_named(turn: Turn, words: str) -> Rubric | None:
    """The sheet whose id, title or office the words name, when there is only one."""
    wanted = compact(words)
    found = [
        one
        for one in turn.services.rubrics
        if wanted and (wanted == one.id or wanted in compact(f"{one.office}{one.year}{one.title}"))
    ]
    return found[0] if len(found) == 1 else None


def rows(turn: Turn, drafts: list[Draft]) -> list[Row]:
    """A button for each draft."""
    found: list[Row] = []
    for draft in drafts[:MOST_DRAFTS]:
        form = load(turn, draft.id)
        if form is not None:
            found.append((Choice(f"{FLOW}:go:{form.id}", label(form)),))
    return found


def label(form: Form) -> str:
    """「秘書室・電話禮貌測試量表・7/19 題・05/20 10:30」."""
    moment = form.draft.updated_at.astimezone(rocdate.OFFSET)
    standing = form.standing
    words = texts.DRAFT_LABEL.format(
        unit=cut(form.unit.name, 20),
        title=short_title(form.rubric, 16),
        done=len(standing.form),
        of=len(standing.items),
        time=f"{moment:%m/%d %H:%M}",
    )
    mark = texts.TRIAL if form.state.trial else texts.CORRECT if form.state.revises else ""
    if form.state.stage in ("wait", "ago"):
        mark = texts.SECOND_CALL
    return f"{mark}・{words}" if mark else words


def resume_row(form: Form) -> Row:
    """The button that goes on with a form."""
    return (Choice(f"{FLOW}:go:{form.id}", texts.RESUME.format(name=form.unit_name)),)


def drafts(turn: Turn, words: str) -> list[Reply]:
    """The only draft at once, else the list; with words, those whose unit they name."""
    found = [
        form for form in (load(turn, one.id) for one in turn.services.store.drafts.open_for(turn.person.id)) if form
    ]
    if words:
        found = [form for form in found if compact(words) in compact(form.unit_name)] or found
    if not found:
        return one([text(texts.NO_DRAFTS)], [(MENU,)])
    if len(found) == 1:
        hold(turn, found[0].id)
        return show(turn, found[0])
    buttons: list[Row] = [(Choice(f"{FLOW}:go:{form.id}", label(form)),) for form in found[:MOST_DRAFTS]]
    return one([text(texts.DRAFTS, count=len(found))], buttons)


def after_trial(turn: Turn, form: Form) -> list[Reply]:
    """The end of a trial: what it would have been beside what stands, and the way back to the record."""
    total = form.standing.scored.total
    before = turn.services.store.records.latest(form.state.base).total
    row: Row = (Choice(f"records:open:{form.state.base}", texts.BACK_TO_RECORD),)
    said = text(texts.TRIAL_RESULT, total=shown(total) if total is not None else "—", before=shown(before))
    return one([strong(texts.TRIAL_TITLE), said], [row])
