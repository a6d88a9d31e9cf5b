"""The small parts of a sheet's node, read from its mapping: options, bands, counts, conditions, notes.

Reads shape only (types, ids, required and unknown keys); whether the parts fit together is the linter's to say. Words
that claim to be the paper's are gathered in `Quotes`, each with its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rubrics.conditions import All, Any, Compare, Condition, Is, Not
from rubrics.elements import (
    Alternative,
    Band,
    BasePoints,
    Count,
    Feeds,
    Given,
    Measure,
    Multiplier,
    Note,
    Option,
    SourceText,
)
from rubrics.fields import Fields
from rubrics.reader import Listing, Node, Scalar, Table, as_id

NOTE_KINDS = ("gap", "overlap", "stray", "misplaced", "duplicate", "ambiguity")
MOST = Decimal(10) ** 12
MAX_SHORT = 16  # characters of a button's label that a small phone still shows
ONE = Decimal(1)


@dataclass(frozen=True)
class Quote:
    """Words that must stand in the source document."""

    line: int
    criterion: str
    text: str


Quotes = list[Quote]


def quoted(fields: Fields, key: str, quotes: Quotes, required: bool = True, added: bool = False) -> str:
    """A text that is the paper's own unless `added`."""
    text = fields.text(key, required)
    if text and not added:
        quotes.append(Quote(fields.line_of(key), fields.criterion, text))
    return text


def read_condition(node: Node, fields: Fields) -> Condition | None:
    """A condition from its mapping; None (with the problem noted) when it cannot be read."""
    if not isinstance(node, Table) or not node.entries:
        fields.fault("bad_condition", node.line, "條件要寫成「題的 id: 答案」。")
        return None
    parts = [_entry(key, value, node.lines[key], fields) for key, value in node.entries.items()]
    known = [p for p in parts if p is not None]
    if not known:
        return None
    return known[0] if len(known) == 1 else All(tuple(known))


def _entry(key: str, value: Node, line: int, fields: Fields) -> Condition | None:
    if key in ("all", "any"):
        if not isinstance(value, Listing) or not value.items:
            fields.fault("bad_condition", line, f"「{key}」底下要是條件的清單。")
            return None
        parts = tuple(p for p in (read_condition(item, fields) for item in value.items) if p is not None)
        return (All(parts) if key == "all" else Any(parts)) if parts else None
    if key == "not":
        inner = read_condition(value, fields)
        return Not(inner) if inner else None
    if isinstance(value, Table):
        return _limits(key, value, line, fields)
    answers = value.items if isinstance(value, Listing) else (value,)
    values = tuple(as_id(a) for a in answers if isinstance(a, Scalar) and a.text)
    if not values or len(values) != len(answers):
        fields.fault("bad_condition", line, f"「{key}」的答案要是選項 id，或 id 的清單。")
        return None
    return Is(key, values, line)


def _limits(key: str, value: Table, line: int, fields: Fields) -> Condition | None:
    limits = Fields(value, fields.report, fields.criterion)
    at_least, below = limits.number("at_least", False), limits.number("below", False)
    limits.close()
    if at_least is None and below is None:
        fields.fault("bad_condition", line, f"「{key}」底下要有 at_least 或 below。")
        return None
    return Compare(key, at_least, below, line)


def condition_at(fields: Fields, key: str, required: bool = False) -> Condition | None:
    """The condition under a key, None when absent."""
    node = fields.node(key, required)
    return read_condition(node, fields) if node is not None else None


def read_options(fields: Fields, quotes: Quotes) -> tuple[Option, ...]:
    """The fixed answers of a leaf."""
    return tuple(_option(f, quotes) for f in fields.tables("options", "選項"))


def _option(fields: Fields, quotes: Quotes) -> Option:
    added = fields.flag("added")
    span = fields.span("points", False)
    ranged = span is not None and span[0] != span[1]
    option = Option(
        id=fields.ident(),
        label=quoted(fields, "label", quotes, added=added),
        points=span[0] if span and not ranged else None,
        low=span[0] if span and ranged else None,
        high=span[1] if span and ranged else None,
        words=fields.words("words"),
        short=_short(fields),
        added=added,
        line=fields.line,
    )
    fields.close()
    return option


def _short(fields: Fields) -> str:
    """The button's own label, which must fit a phone."""
    short = fields.text("short", False)
    if len(short) > MAX_SHORT:
        node = fields.node("short", False)
        fields.fault("short_too_long", node.line if node else fields.line, f"「{short}」有 {len(short)} 個字。")
    return short


def read_bands(fields: Fields, quotes: Quotes, key: str = "bands", prefix: str = "") -> tuple[Band, ...]:
    """The bands under a key; an absent id is made from the points (20-25)."""
    return tuple(b for b in (_band(f, quotes, prefix) for f in fields.tables(key, "分級")) if b is not None)


def _band(fields: Fields, quotes: Quotes, prefix: str) -> Band | None:
    span = fields.span("points")
    ident = fields.ident("id", False, band=True)
    text = quoted(fields, "text", quotes, added=fields.flag("added"))
    at_least, unit = fields.number("at_least", False), fields.text("unit", False)
    fields.close()
    if span is None:
        return None
    low, high = span
    return Band(ident or f"{prefix}{low}-{high}", text, low, high, at_least, unit, fields.line)


def read_alternative(fields: Fields, quotes: Quotes) -> Alternative | None:
    """The second set of bands for another situation."""
    inner = fields.table("alternative", "alternative")
    if inner is None:
        return None
    made = Alternative(quoted(inner, "text", quotes), read_bands(inner, quotes, "bands", "alt-"), inner.line)
    if not inner.has("bands"):
        inner.fault("missing_key", inner.line, "少了「bands」。")
    inner.close()
    return made


def read_base_points(fields: Fields, quotes: Quotes) -> tuple[BasePoints, ...]:
    """Points that a figure earns to start with."""
    made = []
    for inner in fields.tables("base_points", "基本分"):
        at_least, points = inner.number("at_least"), inner.number("points")
        unit, text = inner.text("unit"), quoted(inner, "text", quotes)
        inner.close()
        if at_least is not None and points is not None:
            made.append(BasePoints(at_least, unit, points, text, inner.line))
    return tuple(made)


def read_count(fields: Fields, quotes: Quotes) -> Count | None:
    """A counted answer: its words, its limits, its measures."""
    inner = fields.table("count", "計數")
    if inner is None:
        return None
    clamp = inner.span("clamp") or (Decimal(0), Decimal(0))
    label = quoted(inner, "label", quotes)
    measures = tuple(m for m in (_measure(f) for f in inner.tables("measures", "計數方式", True)) if m is not None)
    inner.close()
    return Count(label, clamp[0], clamp[1], measures, inner.line)


def _measure(fields: Fields) -> Measure | None:
    ident, label, whole = fields.ident(), fields.text("label"), fields.flag("whole")
    least, most = fields.number("least", False), fields.number("most", False)
    base, at, per, step = (fields.number(key) for key in ("base", "at", "per", "step"))
    fields.close()
    if per is not None and per <= 0:
        fields.fault("bad_number", fields.line_of("per"), "「per」要大於 0。")
        return None
    if base is None or at is None or per is None or step is None:
        return None
    least, most = (Decimal(0) if least is None else least), (MOST if most is None else most)
    return Measure(ident, label, whole, least, most, base, at, per, step, fields.line)


def read_multiplier(fields: Fields) -> Multiplier | None:
    """The multiplier under a condition."""
    inner = fields.table("multiplier", "multiplier")
    if inner is None:
        return None
    when, times, most = condition_at(inner, "when", True), inner.number("times"), inner.number("max")
    inner.close()
    return Multiplier(when, times, most, inner.line) if when and times is not None and most is not None else None


def read_given(fields: Fields) -> Given | None:
    """Points given without asking, under a condition."""
    inner = fields.table("given", "given")
    if inner is None:
        return None
    when, points = condition_at(inner, "when", True), inner.number("points")
    inner.close()
    return Given(when, points, inner.line) if when and points is not None else None


def read_feeds(fields: Fields) -> Feeds | None:
    """The other sheet whose recorded tests propose the band."""
    inner = fields.table("feeds", "feeds")
    if inner is None:
        return None
    rubric, value = inner.text("rubric"), inner.choice("value", ("mean", "latest", "count"))
    unit = inner.text("unit", False)
    inner.close()
    return Feeds(rubric, value, unit, inner.line)


def read_texts(fields: Fields, quotes: Quotes) -> tuple[SourceText, ...]:
    """The paper's own explanations: plain texts, or texts with a heading."""
    made = []
    for node in fields.nodes("texts"):
        if isinstance(node, Scalar):
            quotes.append(Quote(node.line, fields.criterion, node.text))
            made.append(SourceText("", node.text.strip(), node.line))
            continue
        inner = Fields(node, fields.report, fields.criterion, "說明")
        if inner.valid:
            label = quoted(inner, "label", quotes, False)
            made.append(SourceText(label, quoted(inner, "text", quotes), inner.line))
            inner.close()
    return tuple(made)


def read_notes(fields: Fields, quotes: Quotes) -> tuple[Note, ...]:
    """The source notes of a node."""
    return tuple(_note(f, quotes) for f in fields.tables("notes", "註記"))


def _note(fields: Fields, quotes: Quotes) -> Note:
    at_node = fields.node("at")
    boundaries = isinstance(at_node, Scalar) and at_node.text == "boundaries"
    spans: list[tuple[Decimal, Decimal]] = []
    if at_node is not None and not boundaries:
        items = at_node.items if isinstance(at_node, Listing) else (at_node,)
        spans = [s for s in (fields.span_of(item, "at") for item in items) if s is not None]
    note = Note(
        id=fields.ident(),
        kind=fields.choice("kind", NOTE_KINDS),
        text=fields.text("text"),
        decision=fields.text("decision"),
        quote=quoted(fields, "quote", quotes, False),
        at=tuple(spans),
        boundaries=boundaries,
        line=fields.line,
    )
    fields.close()
    return note
