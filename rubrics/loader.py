"""A sheet's YAML file -> a Rubric, with every problem of the file at once.

`read_sheet` gives what could be read together with the problems; whether it holds together is the linter's to say. The
format is written down in docs/rubric-format.md.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import cast

from rubrics.conditions import Condition, both
from rubrics.fields import MAX_FILE_ID, Fields
from rubrics.model import (
    AnswerKind,
    Column,
    Comment,
    Criterion,
    FieldSpec,
    Grade,
    Kind,
    Rubric,
    Section,
    StateChoice,
    Statistics,
    TreeNode,
)
from rubrics.parts import (
    ONE,
    Quotes,
    condition_at,
    quoted,
    read_alternative,
    read_bands,
    read_base_points,
    read_count,
    read_feeds,
    read_given,
    read_multiplier,
    read_notes,
    read_options,
    read_texts,
)
from rubrics.problems import Report
from rubrics.reader import as_plain, read_tree
from rubrics.structure import structure_hash

KINDS = ("phone", "sheet", "framework")
LEAF_ONLY = ("options", "count", "bands", "percentage")


@dataclass(frozen=True)
class _Above:
    """What a node inherits from the sections above it."""

    path: tuple[str, ...] = ()
    when: Condition | None = None
    counted_when: Condition | None = None
    weight: Decimal = ONE


@dataclass
class Sheet:
    """A file as far as it could be read: the rubric (None when hopeless), the words to prove, the problems."""

    rubric: Rubric | None
    report: Report
    quotes: Quotes = field(default_factory=list)


def read_sheet(path: Path) -> Sheet:
    """Reads a file's shape; the report holds what is wrong with it."""
    report = Report(path)
    node = read_tree(path, report)
    sheet = Sheet(None, report)
    if node is None:
        if not report.problems:
            report.add("missing_key", 1, "檔案是空的。")
        return sheet
    top = Fields(node, report, "", "整張表")
    if not top.valid:
        return sheet
    rubric = _rubric(top, sheet.quotes, str(path))
    top.close()
    content = json.dumps(as_plain(node), ensure_ascii=False, sort_keys=True)
    sheet.rubric = replace(
        rubric, content_hash=hashlib.sha256(content.encode()).hexdigest(), structure_hash=structure_hash(rubric)
    )
    return sheet


def _rubric(top: Fields, quotes: Quotes, path: str) -> Rubric:
    kind = top.choice("kind", KINDS, "not_a_sheet")
    scored = kind != "framework"
    year = top.number("year")
    nodes = top.tables("criteria", "項目", True)
    return Rubric(
        id=top.ident(most=MAX_FILE_ID),
        title=quoted(top, "title", quotes),
        kind=cast("Kind", kind),
        office=top.text("office"),
        year=int(year) if year is not None else 0,
        document=top.text("document", False),
        clause=top.text("clause"),
        max=(top.number("max") if scored else None) or Decimal(0),
        tree=tuple(_node(f, quotes, _Above(), scored) for f in nodes),
        grades=_grades(top, quotes),
        comments=_comments(top, quotes),
        statistics=_statistics(top, quotes),
        states=_states(top, not scored),
        fields=_field_specs(top, quotes),
        texts=read_texts(top, quotes),
        notes=read_notes(top, quotes),
        path=path,
    )


def _node(fields: Fields, quotes: Quotes, above: _Above, scored: bool) -> TreeNode:
    fields.criterion = fields.ident()
    if fields.has("items") and (wrong := [k for k in LEAF_ONLY if fields.has(k)]):
        fields.fault("section_or_leaf", fields.line_of(wrong[0]), f"有 items 的段不能再有「{wrong[0]}」。")
        for key in LEAF_ONLY:
            fields.node(key)
    node = _section(fields, quotes, above, scored) if fields.has("items") else _leaf(fields, quotes, above, scored)
    fields.close()
    return node


def _section(fields: Fields, quotes: Quotes, above: _Above, scored: bool) -> Section:
    added = fields.flag("added")
    label = quoted(fields, "label", quotes, added=added)
    weight = fields.number("weight", False, percent=True)
    own_when, own_counted = condition_at(fields, "when"), condition_at(fields, "counted_when")
    counted = both(above.counted_when, own_counted)
    below = _Above(
        (*above.path, label),
        both(both(above.when, own_when), own_counted),
        counted,
        above.weight * (ONE if weight is None else weight),
    )
    return Section(
        id=fields.criterion,
        label=label,
        path=above.path,
        max=(fields.number("max") if scored else None) or Decimal(0),
        weight=ONE if weight is None else weight,
        one_of=fields.flag("one_of"),
        counted_when=counted,
        own_when=both(own_when, own_counted),
        clause=fields.text("clause", False),
        texts=read_texts(fields, quotes),
        notes=read_notes(fields, quotes),
        added=added,
        line=fields.line,
        items=tuple(_node(f, quotes, below, scored) for f in fields.tables("items", "項目", True)),
    )


def _leaf(fields: Fields, quotes: Quotes, above: _Above, scored: bool) -> Criterion:
    added = fields.flag("added")
    label = quoted(fields, "label", quotes, added=added)
    own_when, own_counted = condition_at(fields, "when"), condition_at(fields, "counted_when")
    bare = Criterion(
        id=fields.criterion,
        label=label,
        path=above.path,
        max=(fields.number("max") if scored else None) or Decimal(0),
        answer="state",
        when=both(both(above.when, own_when), own_counted),
        counted_when=both(above.counted_when, own_counted),
        weight=above.weight,
        clause=fields.text("clause", False),
        texts=read_texts(fields, quotes),
        notes=read_notes(fields, quotes),
        ask=fields.text("ask", False),
        words=fields.words("words"),
        added=added,
        line=fields.line,
    )
    return _scored_leaf(bare, fields, quotes) if scored else bare


def _scored_leaf(bare: Criterion, fields: Fields, quotes: Quotes) -> Criterion:
    options, count, bands = read_options(fields, quotes), read_count(fields, quotes), read_bands(fields, quotes)
    percentage = fields.flag("percentage")
    if sum((bool(options or count), bool(bands) and not percentage, percentage)) > 1:
        fields.fault("section_or_leaf", fields.line, "一題只能有一種作答方式（options／count、bands、percentage）。")
    kind = "count" if count else "options" if options else "percentage" if percentage else "points"
    return replace(
        bare,
        answer=cast("AnswerKind", kind),
        options=options,
        count=count,
        bands=bands,
        alternative=read_alternative(fields, quotes),
        base_points=read_base_points(fields, quotes),
        given=read_given(fields),
        multiplier=read_multiplier(fields),
        feeds=read_feeds(fields),
    )


def _grades(top: Fields, quotes: Quotes) -> tuple[Grade, ...]:
    made = []
    for f in top.tables("grades", "等第"):
        bound = f.number("from")
        made.append(Grade(f.ident(), f.text("label"), bound or Decimal(0), quoted(f, "text", quotes, False), f.line))
        f.close()
    return tuple(made)


def _comments(top: Fields, quotes: Quotes) -> tuple[Comment, ...]:
    made = []
    for f in top.tables("comments", "文字欄"):
        added = f.flag("added")
        made.append(Comment(f.ident(), quoted(f, "label", quotes, added=added), added, f.line))
        f.close()
    return tuple(made)


def _statistics(top: Fields, quotes: Quotes) -> Statistics | None:
    table = top.table("statistics", "統計表")
    if table is None:
        return None
    label, columns = quoted(table, "label", quotes), []
    for node in table.nodes("columns", True):
        text = getattr(node, "text", None)
        if isinstance(text, str):
            columns.append(Column(text, "", node.line))
            continue
        f = Fields(node, top.report, "", "欄")
        columns.append(Column(f.text("id"), quoted(f, "label", quotes, False), f.line))
        f.close()
    table.close()
    return Statistics(label, tuple(columns), table.line)


def _states(top: Fields, required: bool) -> tuple[StateChoice, ...]:
    made = []
    for f in top.tables("states", "狀態", required):
        made.append(StateChoice(f.ident(), f.text("label"), f.flag("done")))
        f.close()
    if made and not any(s.done for s in made):
        top.fault("no_done_state", top.line_of("states"), "狀態裡沒有一個標 done: true。")
    return tuple(made)


def _field_specs(top: Fields, quotes: Quotes) -> tuple[FieldSpec, ...]:
    made = []
    for f in top.tables("fields", "欄位"):
        added = f.flag("added")
        label = quoted(f, "label", quotes, added=added)
        made.append(FieldSpec(f.ident(), label, f.choice("type", ("text", "date")), added, f.line))
        f.close()
    return tuple(made)
