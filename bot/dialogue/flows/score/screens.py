"""What is on the screen now: the one place that knows which stage shows what."""

from __future__ import annotations

from markupsafe import Markup

from bot.dialogue.turn import Turn
from bot.messages import Choice, Reply
from bot.texts import score as texts
from rubrics import Criterion, Rubric

from . import before, feeds, items, summary, wait
from .forms import Form, save
from .layout import Row, button, compact, lines, one, packed, small, strong, text, title
from .words import cut


def show_changed(turn: Turn, form: Form) -> list[Reply]:
    """Tells that the sheet changed since the draft was kept, and where to go on; from then on the person knows."""
    form.refitted, form.state.structure = False, form.rubric.structure_hash
    replies = show(turn, form, text(texts.CHANGED_SHEET))
    save(turn, form)
    return replies


def show(turn: Turn, form: Form, lead: Markup | None = None) -> list[Reply]:
    """The current step of a form; `lead` is said before it."""
    if form.refitted:
        return show_changed(turn, form)
    if form.state.stage == "reason" and form.at is None:
        form.move_on()
    stage = form.state.stage
    if stage in ("phone", "kind", "period", "time"):
        return before.screen(turn, form, lead)
    if stage in ("wait", "ago"):
        return wait.screen(turn, form, lead)
    if stage == "reason":
        return _reason(form, lead)
    if stage == "remark":
        return _remark(form, lead)
    if stage == "revise":
        return _revise(form, lead)
    criterion = form.at
    if stage == "item" and (criterion is None or not form.standing.is_open(criterion.id)):
        form.move_on()
        criterion = form.at
    if form.state.stage == "item" and criterion is not None:
        return _item(turn, form, lead)
    return summary.screen(turn, form, lead)


def _item(turn: Turn, form: Form, lead: Markup | None) -> list[Reply]:
    criterion = form.at
    assert criterion is not None  # noqa: S101 - the caller looked
    if criterion.feeds is None or form.state.pending:
        return items.item_screen(form, criterion, lead)
    found = feeds.fed(turn, form, criterion)
    if found and found.band and not form.state.proposal:
        form.state.proposal = {"choice": found.band.id}
    return items.item_screen(form, criterion, lead, feeds.sentence(form, criterion, found))


def reason_texts(form: Form) -> tuple[str, ...]:
    """The ready-made reasons for the item on the screen."""
    criterion = form.at
    if criterion is None:
        return ()
    if criterion.id in form.state.overruled:
        return texts.REASONS_OVERRULE
    if criterion.answer == "points":
        return texts.REASONS_SHEET
    answer = form.state.answers.get(criterion.id)
    return texts.REASONS_COUNT if criterion.answer == "percentage" or isinstance(answer, dict) else texts.REASONS_ZERO


def _reason(form: Form, lead: Markup | None) -> list[Reply]:
    criterion = form.at
    assert criterion is not None  # noqa: S101 - the caller looked
    overruled = criterion.id in form.state.overruled
    index = form.index(criterion)
    quick = [button(form, "reason", words, index, i) for i, words in enumerate(reason_texts(form))]
    said = _said(form, criterion)
    asked = texts.ASK_OVERRULE if overruled else texts.ASK_REASON
    parts = [lead, title(form), lines([text(criterion.label), said]), strong(asked)]
    return one(parts, [*packed(quick, 2), compact(form)])


def _said(form: Form, criterion: Criterion) -> Markup | None:
    """The answer that a reason is asked for, as the button said it."""
    option = criterion.option(items.chosen_id(criterion, form.state.answers.get(criterion.id)))
    if option is not None:
        return text("→ {answer}", answer=items.on_button(option, 80))
    explained = next((one_ for one_ in form.standing.scored.explanations if one_.criterion == criterion.id), None)
    return text("→ {answer}", answer=cut(explained.answer, 80)) if explained and explained.answer else None


def _remark(form: Form, lead: Markup | None) -> list[Reply]:
    label = next((c.label for c in summary.comments(form.rubric) if c.id == form.state.remark), "")
    kept = form.state.remarks.get(form.state.remark, "")
    now = Markup("<blockquote>{}</blockquote>").format(items.shorten(kept, 1500)) if kept else None
    row = (button(form, "sum", texts.BACK_TO_SUMMARY), button(form, "pause", texts.PAUSE))
    return one([lead, title(form), strong(texts.ASK_REMARK.format(label=label)), now], [row])


def _revise(form: Form, lead: Markup | None) -> list[Reply]:
    quick: list[Row] = [(button(form, "revise", words, i),) for i, words in enumerate(texts.REVISE_REASONS)]
    row = (button(form, "sum", texts.BACK_TO_SUMMARY), button(form, "drop", texts.CANCEL))
    return one([lead, title(form), strong(texts.ASK_REVISE)], [*quick, row])


def again(rubric: Rubric) -> Choice:
    """The button that begins another form of the sheet."""
    return Choice(f"score:sheet:{rubric.id}", texts.AGAIN_PHONE if rubric.kind == "phone" else texts.AGAIN_SHEET)


def cancel_screen(form: Form) -> list[Reply]:
    """Asks before anything is thrown away."""
    asked = texts.CANCEL_SURE.format(name=f"「{form.unit_name} {form.rubric.title}」", count=len(form.standing.form))
    kept = small(texts.RECORD_STAYS) if form.state.revises else None
    return one([strong(asked), kept], [(button(form, "go", texts.CANCEL_NO), button(form, "gone", texts.CANCEL_YES))])
