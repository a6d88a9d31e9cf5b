"""「？」: the clause of the item on the screen, in the paper's own words, and the way back; and the list to jump by."""

from __future__ import annotations

from markupsafe import Markup

from bot.messages import Reply
from bot.texts import score as texts
from rubrics import Criterion, clause_of

from .figures import shown
from .forms import Form
from .items import shorten, span, worth
from .layout import Row, button, lines, one, small, text, title, way_back
from .words import bare_label, cut

MOST_QUOTE = 2600
ITEMS_A_PAGE = 8


def clause_screen(form: Form, criterion: Criterion) -> list[Reply]:
    """The item's clause, quoted, with document and section and every source note, and a button back."""
    quote = shorten("\n".join(_quoted(criterion)), MOST_QUOTE)
    source = f"{form.rubric.office} {form.rubric.year} 年「{form.rubric.title}」"
    place = clause_of(form.rubric, criterion).removeprefix(form.rubric.title).removeprefix(" › ")
    notes = [*criterion.notes, *(note for section in form.rubric.sections_above(criterion) for note in section.notes)]
    added = lines([small(f"※ {note.text}{note.decision}") for note in notes]) if notes else None
    parts = [
        Markup("<blockquote>{}</blockquote>").format(quote),
        lines([text("{source}", source=source), text("{place}", place=place) if place else None]),
        added,
    ]
    return one(parts, [(way_back(form),)])


def _quoted(criterion: Criterion) -> list[str]:
    found = [criterion.label]
    if criterion.count and criterion.count.label != criterion.label:
        found.append(criterion.count.label)
    for option in criterion.options:
        if option.added:
            continue  # the sheet's maker added it: a note says so, the paper has it not
        points = worth(option)
        found.append(f"{option.label}（{points}）" if points else option.label)
    found += [f"{span(band)} 分　{band.text}" for band in criterion.bands]
    if criterion.alternative:
        found.append(criterion.alternative.text)
        found += [f"{span(band)} 分　{band.text}" for band in criterion.alternative.bands]
    found += [one.text for one in criterion.base_points]
    found += [f"{one.label}：{one.text}" if one.label else one.text for one in criterion.texts]
    return found


def list_screen(form: Form, page: int) -> list[Reply]:
    """The items by section with ✓ or —, a page at a time, opened at the item on the screen."""
    standing = form.standing
    items = standing.items
    pages = max(1, -(-len(items) // ITEMS_A_PAGE))
    if page < 0:
        page = max(0, standing.place(form.state.at) - 1) // ITEMS_A_PAGE
    page = min(page, pages - 1)
    rows: list[Row] = []
    words: list[Markup] = []
    heading = ""
    first = page * ITEMS_A_PAGE
    for number, item in enumerate(items[first : first + ITEMS_A_PAGE], first + 1):
        above = " › ".join(cut(section.label, 30) for section in form.rubric.sections_above(item))
        if above != heading:
            words.append(small(above))
            heading = above
        answered = item.id in standing.form
        mark = "✓" if answered else "—"
        points = f"　{shown(standing.points[item.id])} 分" if answered and item.max else ""
        words.append(
            text(
                "{mark} {number}. {label}{points}",
                mark=mark,
                number=number,
                label=cut(bare_label(item.label), 40),
                points=points,
            )
        )
        index = form.rubric.criteria.index(item)
        rows.append((button(form, "jump", f"{mark} {number}. {cut(bare_label(item.label), 28)}", index),))
    turns = []
    if page > 0:
        turns.append(button(form, "list", "◀", page - 1))
    turns.append(way_back(form))
    if page < pages - 1:
        turns.append(button(form, "list", "▶", page + 1))
    head = text(texts.JUMP_TO) if pages == 1 else text(f"{texts.JUMP_TO}（{page + 1}/{pages} 頁）")
    return one([lines([title(form), head]), lines(words)], [*rows, tuple(turns)])
