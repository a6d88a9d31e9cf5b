"""「？」: the clause of the item on the screen, in the paper's own words, and the way back; and the list to jump by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from bot.messages import Choice, Reply
from bot.texts import score as texts
from rubrics import Criterion

from .figures import shown
from .forms import Form
from .items import shorten, span, worth
from .layout import button, lines, one, small, text, title, way_back
from .words import bare_label, cut, place_on_paper, width

MOST_QUOTE = 2600
ITEMS_A_PAGE = 8
JUMP_CELLS = 28  # half-width cells of an item's name and points on its button


def clause_screen(form: Form, criterion: Criterion) -> list[Reply]:
    """The item's clause, quoted, with document and section and every source note, and a button back."""
    quote = shorten("\n".join(_quoted(criterion)), MOST_QUOTE)
    source = f"{form.rubric.office} {form.rubric.year} 年「{form.rubric.title}」"
    place = place_on_paper(form.rubric, criterion)
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
    """A button for each item with ✓ or — and its points, a page at a time, opened at the item on the screen."""
    items = form.standing.items
    pages = max(1, -(-len(items) // ITEMS_A_PAGE))
    if page < 0:
        page = max(0, form.standing.place(form.state.at) - 1) // ITEMS_A_PAGE
    page = min(page, pages - 1)
    first = page * ITEMS_A_PAGE
    shown_now = items[first : first + ITEMS_A_PAGE]
    turns = [button(form, "list", "◀", page - 1)] if page else []
    turns.append(way_back(form))
    turns += [button(form, "list", "▶", page + 1)] if page < pages - 1 else []
    head = text(texts.JUMP_TO) if pages == 1 else text(f"{texts.JUMP_TO}（{page + 1}/{pages} 頁）")
    rows = [(_jump_button(form, item, number),) for number, item in enumerate(shown_now, first + 1)]
    return one([lines([title(form), head]), _headings(form, shown_now, first + 1)], [*rows, tuple(turns)])


def _headings(form: Form, items: Sequence[Criterion], first: int) -> Markup:
    """「9-12　二、業務單位接聽」: which of the numbered items stand below which headings."""
    found: list[Markup] = []
    numbered = enumerate(items, first)
    for above, group in groupby(numbered, key=lambda one_: form.rubric.sections_above(one_[1])):
        numbers = [number for number, _ in group]
        span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
        if above:
            found.append(small(f"{span}　" + " › ".join(cut(section.label, 30) for section in above)))
    return lines(found)


def _jump_button(form: Form, item: Criterion, number: int) -> Choice:
    answered = item.id in form.standing.form
    points = f"・{shown(form.standing.points[item.id])} 分" if answered and item.max else ""
    label = cut(bare_label(item.label), JUMP_CELLS - width(points))
    mark = "✓" if answered else "—"
    return button(form, "jump", f"{mark} {number}. {label}{points}", form.index(item))
