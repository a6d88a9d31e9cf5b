"""One item on the screen: where we are, the paper's own words, and a button for every answer. It changes nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from markupsafe import Markup

from bot.messages import Choice, Reply
from bot.texts import score as texts
from rubrics import Band, Criterion, Measure, Note, Option, for_json

from . import stopwatch, typed
from .figures import shown
from .forms import Form
from .layout import MAX_NOTE, Row, button, compact, lines, one, packed, small, strong, text, title, where
from .words import bare_label, cut

MOST_POINT_BUTTONS = 12
ROUND_STEPS = (2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 10_000, 100_000)
MAX_TEXT = 700  # characters of the paper's explanation at an item; the whole stands behind 「？」


def item_screen(
    form: Form, criterion: Criterion, lead: Markup | None = None, feed: Markup | None = None
) -> list[Reply]:
    """The item with its buttons. `lead` is said first, `feed` is what recorded tests propose.

    With a lead the item was on the screen a moment ago: its explanations are not said again.
    """
    body, rows = _choices(form, criterion)
    told = [] if lead else [_texts(criterion)]
    notes = [] if lead else [_notes(form, criterion)]
    return one([lead, _head(form, criterion), *told, feed, body, *notes], [*rows, compact(form)])


def _head(form: Form, criterion: Criterion) -> Markup:
    above = form.rubric.sections_above(criterion)
    chain = " › ".join(cut(section.label, 36) for section in above)
    most = form.standing.most.get(criterion.id, criterion.max)
    own = (
        criterion.count.label
        if criterion.count and criterion.count.label.startswith(criterion.label)
        else criterion.label
    )
    printed = not most or re.search(rf"(?<!\d){re.escape(shown(most))}\s*分", own)
    label = strong(own) if printed else Markup("{}（{} 分）").format(strong(own), shown(most))
    so_far = None
    if above and form.rubric.kind != "framework" and above[-1].max:
        reached = form.standing.sections.get(above[-1].id)
        most_section = reached.max if reached else above[-1].max
        so_far = texts.SECTION_SO_FAR.format(points=shown(form.standing.worth(above[-1])), max=shown(most_section))
    place = Markup("{} · {}").format(where(form), so_far) if so_far else where(form)
    counted = text(criterion.count.label) if criterion.count and criterion.count.label != own else None
    asked = text(criterion.ask) if criterion.ask else None
    return lines([title(form), place, small(chain) if chain else None, Markup(""), label, counted, asked])


def _texts(criterion: Criterion) -> Markup | None:
    if not criterion.texts and not criterion.alternative:
        return None
    words = "\n".join(f"{one.label}：{one.text}" if one.label else one.text for one in criterion.texts)
    return Markup("<blockquote>{}</blockquote>").format(shorten(words, MAX_TEXT)) if words else None


def shorten(words: str, limit: int) -> str:
    """The words, cut to `limit` characters with an ellipsis."""
    return words if len(words) <= limit else words[: limit - 1] + "…"


def _notes(form: Form, criterion: Criterion) -> Markup | None:
    notes: list[Note] = list(criterion.notes)
    for section in form.rubric.sections_above(criterion):
        first = next((c for c in form.standing.items if section in form.rubric.sections_above(c)), None)
        if first is criterion:
            notes += section.notes
    found = [small("※ " + shorten(f"{note.text}{note.decision}", MAX_NOTE)) for note in notes]
    return lines(found) if found else None


def _choices(form: Form, criterion: Criterion) -> tuple[Markup | None, list[Row]]:
    if form.state.pending:
        return _inside(form, criterion)
    if criterion.answer == "count":
        return _count(form, criterion)
    if criterion.answer == "points":
        return _bands(form, criterion)
    if criterion.answer == "percentage":
        return _percentages(form, criterion)
    return _options(form, criterion)


def chosen_id(criterion: Criterion, answer: object) -> str:
    """The option's or band's id that an answer names; "" when none."""
    if isinstance(answer, dict):
        return str(answer.get("option") or answer.get("band") or "")
    if criterion.answer == "points" and answer is not None:
        band = criterion.band_of(Decimal(str(answer)))
        return band.id if band else ""
    return str(answer) if answer is not None else ""


def worth(option: Option) -> str:
    """「3 分」「8-10 分」, or nothing for an option without points."""
    if option.low is not None:
        return f"{shown(option.low)}-{shown(option.best)} 分"
    return f"{shown(option.points)} 分" if option.points is not None else ""


def _options(form: Form, criterion: Criterion) -> tuple[Markup, list[Row]]:
    now = chosen_id(criterion, form.state.answers.get(criterion.id))
    words: list[Markup] = []
    rows: list[Row] = []
    for i, option in enumerate(criterion.options, 1):
        points = worth(option)
        mark = "✓ " if option.id == now else ""
        words.append(
            text(
                "{i}. {label}{points}",
                i=i,
                label=mark + bare_label(option.label),
                points=f"（{points}）" if points else "",
            )
        )
        label = f"{mark}{i}. {on_button(option, 30 - len(points))}" + (f"・{points}" if points else "")
        rows.append((button(form, "opt", label, form.index(criterion), i - 1),))
    if len(rows) == 2 and all(len(option.short or option.label) <= 4 for option in criterion.options):
        rows = [(rows[0][0], rows[1][0])]
    return lines(words), rows


def on_button(option: Option, cells: int = 30) -> str:
    """The option as its button says it: its short label, else the paper's words as far as they fit."""
    return option.short or cut(bare_label(option.label), cells)


def measure_values(measure: Measure) -> list[Decimal]:
    """A dozen values around the paper's own mark, three steps below and eight above, a step of points apart."""
    values = [measure.at + measure.per * k for k in range(-3, 9)]
    return [value for value in values if max(measure.least, Decimal(1)) <= value <= measure.most]


def _count(form: Form, criterion: Criterion) -> tuple[Markup | None, list[Row]]:
    assert criterion.count is not None  # noqa: S101 - the loader gives every counted item its count
    rows: list[Row] = []
    index = form.index(criterion)
    now = form.state.answers.get(criterion.id)
    for m, measure in enumerate(criterion.count.measures):
        said = now.get(measure.id) if isinstance(now, dict) else None
        choices = [
            button(
                form,
                "num",
                f"{'✓' if said == for_json(value) else ''}{shown(value)} {measure.label}",
                index,
                m,
                shown(value),
            )
            for value in measure_values(measure)
        ]
        rows += packed(choices, 6)
    words = []
    for i, option in enumerate(criterion.options):
        mark = "✓ " if option.id == now else ""
        words.append(text("• {label}（{points}）", label=mark + bare_label(option.label), points=worth(option)))
        rows.append((button(form, "opt", f"{mark}{on_button(option, 30)}・{worth(option)}", index, i),))
    watch, watch_rows = stopwatch.screen(form, criterion)
    return lines([watch, *words]) or None, [*watch_rows, *rows]


def _bands(form: Form, criterion: Criterion) -> tuple[Markup | None, list[Row]]:
    if not criterion.bands:
        return small(texts.TYPE_POINTS), packed(point_buttons(form, criterion, "", Decimal(0), criterion.max), 6)
    now = chosen_id(criterion, form.state.answers.get(criterion.id))
    said = form.state.answers.get(criterion.id)
    proposed = str(form.state.proposal.get("choice", ""))
    words: list[Markup] = [*_proposal(form, criterion)]
    rows: list[Row] = []
    points = form.state.proposal.get("points")
    if points is not None:
        rows.append((button(form, "pt", texts.TAKE_POINTS.format(points=points), form.index(criterion), "-", points),))
    for i, band in enumerate(criterion.every_band, 1):
        if criterion.alternative and i == len(criterion.bands) + 1:
            words.append(Markup("<i>{}</i>").format(criterion.alternative.text))
        mark = "★ " if band.id == proposed else "✓ " if band.id == now else ""
        given = f"：{_points_of(said)} 分" if band.id == now else ""
        words.append(
            text("{i}. {mark}{span} 分　{words}{given}", i=i, mark=mark, span=span(band), words=band.text, given=given)
        )
        label = f"{mark}{span(band)} 分　" + (threshold(band) or cut(band.text, 28 - len(span(band))))
        rows.append((button(form, "band", label, form.index(criterion), i - 1),))
    if criterion.band_of(Decimal(0)) is None:
        mark = "✓ " if said is not None and _points_of(said) == "0" else ""
        rows.append((button(form, "pt", mark + texts.ZERO, form.index(criterion), "-", 0),))
    return lines(words), rows


def _points_of(answer: object) -> str:
    value = answer.get("points") if isinstance(answer, dict) else answer
    return shown(Decimal(str(value))) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def span(band: Band) -> str:
    """「15-20」, or the one score of a band without a range."""
    return shown(band.low) if band.low == band.high else f"{shown(band.low)}-{shown(band.high)}"


def threshold(band: Band) -> str:
    """「75% 以上」: what tells a band from its neighbours when the paper grades by a figure; "" when it does not."""
    if band.at_least is None:
        return ""
    unit = band.unit or "%"
    return f"{shown(band.at_least)}{'' if unit == '%' else ' '}{unit}以上"


def _proposal(form: Form, criterion: Criterion) -> list[Markup]:
    proposal = form.state.proposal
    if not proposal or "figure" not in proposal:
        return []
    if proposal.get("points") is not None:
        return [text(texts.PROPOSAL_POINTS, figure=proposal["figure"], points=proposal["points"])]
    band = criterion.band(str(proposal.get("choice", "")))
    return [text(texts.PROPOSAL, figure=proposal["figure"], label=f"{span(band)} 分")] if band else []


def _inside(form: Form, criterion: Criterion) -> tuple[Markup, list[Row]]:
    pending = form.state.pending
    low, high = typed.limits(criterion, pending)
    option, band = criterion.option(pending), criterion.band(pending)
    label = bare_label(option.label) if option else band.text if band else ""
    rows = packed(point_buttons(form, criterion, pending, low, high), 6)
    rows.append((button(form, "other", texts.OTHER_OPTION, form.index(criterion)),))
    asked = text(texts.POINTS_INSIDE, label=shorten(label, 120), low=shown(low), high=shown(high))
    hint = small(texts.TYPE_POINTS) if high - low >= MOST_POINT_BUTTONS else None
    return lines([asked, hint]), rows


def point_values(low: Decimal, high: Decimal) -> list[int]:
    """Every whole score when there are few, else both ends and round numbers between them, a dozen at most."""
    first, last = int(low), int(high)
    if last - first < MOST_POINT_BUTTONS:
        return list(range(last, first - 1, -1))
    step = next(one_ for one_ in ROUND_STEPS if (last - first) / one_ <= MOST_POINT_BUTTONS - 2)
    inner = [value for value in range(first + 1, last) if value % step == 0]
    return [last, *reversed(inner), first]


def point_buttons(form: Form, criterion: Criterion, choice: str, low: Decimal, high: Decimal) -> list[Choice]:
    """A button for each score; `choice` is the option or band they lie in ("" for the whole item)."""
    said = _points_of(form.state.answers.get(criterion.id))
    place = position(criterion, choice)
    return [
        button(form, "pt", f"{'✓' if said == str(value) else ''}{value}", form.index(criterion), place, value)
        for value in point_values(low, high)
    ]


def position(criterion: Criterion, choice: str) -> str:
    """An option or band as a button carries it: its place, or 「-」 for the whole item."""
    names = [one.id for one in criterion.options] if criterion.options else [one.id for one in criterion.every_band]
    return str(names.index(choice)) if choice in names else "-"


def at_position(criterion: Criterion, place: str) -> str | None:
    """The option's or band's id at a button's place; "" for the whole item, None when there is none."""
    if place == "-":
        return ""
    names = [one.id for one in criterion.options] if criterion.options else [one.id for one in criterion.every_band]
    return names[int(place)] if place.isdecimal() and int(place) < len(names) else None


def _percentages(form: Form, criterion: Criterion) -> tuple[Markup | None, list[Row]]:
    index = form.index(criterion)
    words = [text("• {span} 分　{words}", span=span(band), words=band.text) for band in criterion.bands]
    values = (100, 95, 90, 85, 80, 75, 70, 65, 60, 50, 25, 0)
    choices = [button(form, "pct", f"{value}%", index, value) for value in values]
    return (lines(words) if words else None), packed(choices, 6)
