"""The finished form before it is sent: by section, each deduction named with the chosen words, every line to change."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn
from bot.messages import Reply
from bot.texts import score as texts
from bot.texts.common import graded
from rubrics import Comment, Explanation, Rubric, Scored, grade, leaves_of

from . import periods
from .figures import shown, signed
from .forms import Form
from .layout import Row, button, compact, lines, one, packed, small, strong, text, title
from .words import bare_label, cut

DEFAULT_COMMENTS = (Comment("strengths", "優點"), Comment("improvements", "建議改進事項"))
MOST_DEDUCTIONS = 30


def comments(rubric: Rubric) -> tuple[Comment, ...]:
    """The sheet's fields for free words; a sheet without any gets 優點 and 建議改進事項."""
    return rubric.comments or DEFAULT_COMMENTS


def names_remark(rubric: Rubric, words: str) -> bool:
    """True for 「優點」 or 「優點：…」, which is no answer to any item."""
    return any(re.fullmatch(rf"{re.escape(one_.label)}\s*(?:[：:].*)?", words, re.DOTALL) for one_ in comments(rubric))


def screen(turn: Turn, form: Form, lead: Markup | None) -> list[Reply]:
    """The summary, or how much is still missing."""
    standing = form.standing
    if not standing.complete:
        left = text(texts.SUMMARY_SO_FAR, total=shown(standing.total), left=len(standing.items) - len(standing.form))
        rows = [(button(form, "next", texts.NEXT_OPEN),)]
        return one([lead, title(form), left], [*rows, compact(form, clause=False)])
    scored = standing.scored
    parts = [
        lead,
        lines([title(form), *_facts(turn, form)]),
        total_line(scored),
        sections_block(scored),
        deductions_block(scored, form.state.reasons),
        remarks_block(form.rubric, form.state.remarks),
    ]
    return one(parts, _rows(form))


def _facts(turn: Turn, form: Form) -> list[Markup]:
    found = [rocdate.short_time(form.called_at)]
    if form.state.kind:
        found.append(f"{texts.KINDS[form.state.kind]} {periods.label(form.state.period)}")
    if form.state.phone:
        found.append(texts.PHONE_LINE.format(phone=form.state.phone))
    line = texts.TESTER_LINE if form.rubric.kind == "phone" else texts.ASSESSOR_LINE
    found.append(line.format(name=turn.person.name or turn.person.id))
    return [text(" · ".join(found)), *first_call_line(form.state.first_call)]


def first_call_line(first_call: dict[str, object]) -> list[Markup]:
    """When the first call, which nobody answered, was made."""
    if not first_call.get("at"):
        return []
    moment = datetime.fromisoformat(str(first_call["at"]))
    return [text(texts.FIRST_CALL_LINE, time=rocdate.short_time(moment))]


def total_line(scored: Scored) -> Markup:
    """總分 76.5 / 100（甲等）. Of a complete form: only those have a total."""
    total = scored.total if scored.total is not None else Decimal(0)
    reached = grade(scored.rubric, total)
    words = texts.SUMMARY_TOTAL.format(total=shown(total), max=shown(scored.max))
    return strong(words + (texts.GRADE.format(grade=graded(reached.label)) if reached else ""))


def sections_block(scored: Scored) -> Markup:
    """Each heading of the two first levels with its points; items that stand on those levels by themselves too."""
    sections = {one_.id: (one_.points, one_.max) for one_ in scored.sections}
    leaves = {one_.criterion: (one_.points, one_.max) for one_ in scored.explanations}
    found: list[Markup] = []
    for node in scored.rubric.nodes():
        reached, most = sections.get(node.id) or leaves.get(node.id) or (Decimal(0), Decimal(0))
        if len(node.path) > 1 or not most or (node.id in leaves and not node.path):
            continue
        indent, label = "　" * len(node.path), cut(node.label, 44)
        found.append(text("{line}", line=f"{indent}{label}　{shown(reached)}/{shown(most)}"))
    return lines(found)


def deductions(scored: Scored) -> list[Explanation]:
    """Items that earned less than they could: not those taken out of the maximum, nor the other way of one-of-two."""
    passed = _passed_over(scored)
    return [
        one_
        for one_ in scored.explanations
        if one_.points < one_.max and "不計分" not in one_.closed and one_.criterion not in passed
    ]


def _passed_over(scored: Scored) -> set[str]:
    """Items on the closed sides of sections of which only one side applies (甲、乙)."""
    found: set[str] = set()
    for section in scored.rubric.sections:
        sides = [{leaf.id for leaf in leaves_of(node)} for node in section.items] if section.one_of else []
        if any(ids & scored.form.keys() for ids in sides):
            found |= {name for ids in sides if not ids & scored.form.keys() for name in ids}
    return found


def deductions_block(scored: Scored, reasons: dict[str, str]) -> Markup:
    """Each deduction: the points, the item, the chosen words, the reason."""
    found = deductions(scored)
    if not found:
        return text(texts.NO_DEDUCTIONS)
    words = [strong(texts.DEDUCTIONS.format(count=len(found)))]
    for one_ in found[:MOST_DEDUCTIONS]:
        said = one_.answer or one_.closed
        line = f"{signed(one_.max - one_.points)}　{cut(bare_label(one_.label), 40)}"
        line += f"：{cut(bare_label(said), 60)}" if said else ""
        words.append(text("{line}", line=line))
        if one_.criterion in reasons and reasons[one_.criterion] not in texts.REASONS_ZERO:
            words.append(small("　" + texts.REASON_LINE.format(reason=reasons[one_.criterion])))
    if len(found) > MOST_DEDUCTIONS:
        words.append(text("……另 {count} 項", count=len(found) - MOST_DEDUCTIONS))
    return lines(words)


def remarks_block(rubric: Rubric, remarks: dict[str, str]) -> Markup | None:
    """優點 and 建議改進事項, when something was written."""
    found = [
        Markup("{}：{}").format(strong(comment.label), cut(remarks[comment.id], 400))
        for comment in comments(rubric)
        if remarks.get(comment.id)
    ]
    return lines(found) if found else None


def _rows(form: Form) -> list[Row]:
    if form.state.trial:
        return [(button(form, "list", texts.CHANGE_LINE), button(form, "end", texts.TRIAL_END))]
    remarks = [
        button(form, "note", f"{'✓ ' if form.state.remarks.get(c.id) else ''}{c.label}", i)
        for i, c in enumerate(comments(form.rubric))
    ]
    when = [button(form, "time", texts.CHANGE_TIME)]
    if form.rubric.kind == "phone":
        when.append(button(form, "phone", texts.CHANGE_PHONE if form.state.phone else texts.GIVE_PHONE))
    return [
        (button(form, "send", texts.SEND),),
        (button(form, "list", texts.CHANGE_LINE), *when),
        *packed(remarks, 2),
        (button(form, "back", texts.BACK), button(form, "pause", texts.PAUSE), button(form, "drop", texts.CANCEL)),
    ]
