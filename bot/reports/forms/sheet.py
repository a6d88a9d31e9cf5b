"""附表1: one assessment on its office's own sheet, filled (odt).

Source: 經濟部礦務局 100 年度 附表 1; 經濟部水利署 105 年度 附表1. The columns follow the sheet's outline, so that a
sheet from outside has the same form: each outermost heading is a table, the levels below it are columns, and what is
deeper stands inside 評分參考標準.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot import rocdate
from bot.app import Services
from bot.reports.forms.marks import marks, measured
from bot.reports.forms.model import (
    LOOKS,
    File,
    Filled,
    Wanted,
    demo_line,
    file_name,
    full_name,
    heads,
    is_demo,
    official_title,
    year_of,
)
from bot.reports.forms.notes import Notes
from bot.reports.odf import Block, Cell, Grid, Line, PageBreak, text_document
from bot.reports.odf_styles import Page
from bot.texts import forms as texts
from rubrics import Criterion, Rubric, Section, leaves_of, plain
from rubrics.model import TreeNode

WIDTH = 17.4  # cm: A4 with margins of 1.8
LEVELS = texts.LEVELS
ON_ONE_PAGE = 12  # items: beyond that each outermost heading begins on a page of its own, as in the papers
_HEADING = re.compile(r"\(\d+\s*分\)\s*[:：]?$")


def make(services: Services, wanted: Wanted) -> list[File]:
    """The filled sheet of a record."""
    record, rubric = wanted.the_record, wanted.the_rubric
    filled = Filled(record, rubric)
    notes = Notes(filled)
    office = services.store.units.get(record.office_id)
    demo = is_demo(services, record)
    title = official_title(rubric.title, rubric.year, year_of(record), office.name, record.kind)
    blocks: list[Block] = [*demo_line(demo), Line(title, look="title")]
    blocks.append(_header(services, filled, wanted))
    gap: Block = PageBreak() if len(rubric.criteria) > ON_ONE_PAGE else Line("", look="small")
    for at, node in enumerate(rubric.tree):
        blocks += [gap if at else Line("", look="small"), _facet(node, filled, notes)]
    blocks += [Line("", look="small"), _comments(filled), Line("", look="small"), *notes.lines()]
    page = Page(margin=1.8, foot=f"{texts.DEMO if demo else ''}{texts.NUMBER.format(number=record.series)}")
    data = text_document(blocks, page, LOOKS, title, services.clock())
    name = file_name(
        demo, services.clock(), "odt", texts.SHEET_NAME, full_name(services, wanted.unit), f"{record.series}"
    )
    return [File(name, data)]


def _header(services: Services, filled: Filled, wanted: Wanted) -> Grid:
    """編號, 單位名稱, 總分, 考核人員, 考核日期: the labels are the sheet's own."""
    record = filled.record
    labels = texts.FIELDS | {field.id: field.label for field in filled.rubric.fields}
    total = texts.TOTAL.format(max=plain(record.max), total=plain(record.total))
    grade = texts.GRADE.format(grade=filled.grade) if filled.grade else ""
    kind = texts.KIND_LINE[record.kind] if record.kind else ""
    lines = [
        f"{labels['number']}：{record.series}{kind}",
        f"{labels['unit']}：{full_name(services, wanted.unit)}",
        f"{total}{grade}",
        f"{labels['assessor']}：{record.tester_name or record.tester_id}",
        f"{labels['date']}：{rocdate.long_date(record.called_at.date())}",
    ]
    return Grid([WIDTH], [[Cell(line, "field", frame=False)] for line in lines], name="header")


def _facet(node: TreeNode, filled: Filled, notes: Notes) -> Grid:
    """One outermost heading as a table."""
    leaves = [leaf for leaf in filled.rubric.criteria if leaf is node or node.label in leaf.path[:1]]
    levels = max(1, min(len(LEVELS), max(len(leaf.path) for leaf in leaves)))
    standards = _standard_columns(node, leaves)
    wide = any(text.label in LEVELS for leaf in leaves for text in leaf.texts)
    widths = _widths(levels, len(standards), wide)
    about = "\n".join(text.text for text in node.texts if not text.label) if isinstance(node, Section) else ""
    title = f"{node.label}{notes.signs(node)}{_earned(filled, node)}"
    head = [
        [Cell([Line(title, True)], columns=1), Cell(about, columns=len(widths) - 1)],
        heads(*LEVELS[:levels], *standards),
    ]
    tops: Sequence[TreeNode] = node.items if isinstance(node, Section) else [node]
    rows = [row for top in tops for row in _rows(top, 0, levels, standards, filled, notes)]
    return Grid(widths, rows, head, name=node.id, whole=True)


def _standard_columns(node: TreeNode, leaves: Sequence[Criterion]) -> tuple[str, ...]:
    """評分參考標準, or the headings under which the sheet puts its explanations (內涵說明, 評分注意事項)."""
    nodes: list[TreeNode] = [*leaves, *(item for item in _walk(node) if isinstance(item, Section))]
    labels = [text.label for item in nodes for text in item.texts if text.label]
    own = [label for label in dict.fromkeys(labels) if label not in LEVELS]
    if any(leaf.every_band or leaf.options or leaf.count for leaf in leaves) and texts.STANDARD not in own:
        own.insert(0, texts.STANDARD)
    return tuple(own) or (texts.STANDARD,)


def _widths(levels: int, standards: int, wide: bool) -> list[float]:
    """Column widths in cm; `wide`: explanations stand under the headings themselves."""
    narrow = [2.8, 3.1, 3.3][:levels]
    if wide:
        narrow[-1] = 5.2
    rest = WIDTH - sum(narrow)
    return [*narrow, *([round(rest / standards, 2)] * standards)]


def _rows(
    node: TreeNode, depth: int, levels: int, standards: Sequence[str], filled: Filled, notes: Notes
) -> Iterator[list[Cell]]:
    """The rows of a heading: its own cell beside those below it, which it spans; its shared explanations likewise."""
    label = _label(node, depth, filled, notes)
    if isinstance(node, Criterion) or depth == levels - 1:
        body = [Cell(_standard(node, name, filled, notes), "hanging") for name in standards]
        yield [Cell(label, columns=levels - depth), *body]
        return
    below = [row for item in node.items for row in _rows(item, depth + 1, levels, standards, filled, notes)]
    shared = {name: [text.text for text in node.texts if text.label == name] for name in standards}
    for at, row in enumerate(below):
        kept = list(row)
        for number, name in enumerate(standards):
            place = len(row) - len(standards) + number
            if shared[name]:
                kept[place] = Cell([Line(text) for text in shared[name]], "hanging", rows=len(below))
        if at:
            drop = {len(row) - len(standards) + n for n, name in enumerate(standards) if shared[name]}
            kept = [cell for place, cell in enumerate(kept) if place not in drop]
        yield [Cell(label, rows=len(below)), *kept] if at == 0 else kept


def _label(node: TreeNode, depth: int, filled: Filled, notes: Notes) -> list[Line]:
    """The heading, the explanations that the paper prints in its cell, and *小計： or *得分：."""
    earned = filled.subtotal(node.id)
    sign = texts.SUBTOTAL if depth == 0 and isinstance(node, Section) else texts.EARNED
    own = [Line(text.text) for text in node.texts if text.label in LEVELS]
    return [
        Line(f"{node.label}{notes.signs(node)}"),
        *own,
        Line(sign.format(points=plain(earned) if earned is not None else ""), True),
    ]


def _standard(node: TreeNode, column: str, filled: Filled, notes: Notes) -> list[Line]:
    """What stands in a column of standards for a leaf, or for all leaves of a deep heading."""
    lines = [Line(text.text) for text in node.texts if text.label == column]
    if column != texts.STANDARD:
        return lines or [Line("")]
    if isinstance(node, Criterion):
        return [*lines, *_scale(node, filled)] or [Line("")]
    for leaf in leaves_of(node):
        earned = filled.points.get(leaf.id)
        score = texts.EARNED.format(points=plain(earned) if earned is not None else "")
        lines += [Line(f"{leaf.label}{notes.signs(leaf)}"), *_scale(leaf, filled), Line(score, True)]
    return lines


def _scale(leaf: Criterion, filled: Filled) -> Iterator[Line]:
    """The bands or choices with their boxes, the paper's remarks around them, the assessor's reason."""
    answer = filled.answer(leaf)
    free = [text.text for text in leaf.texts if not text.label]
    yield from (Line(text) for text in free if _HEADING.search(text))
    made = marks(leaf, answer, filled.points.get(leaf.id))
    usual = [mark for mark in made if not mark.option or leaf.options]
    yield from (Line(mark.line, mark.taken) for mark in usual)
    if leaf.alternative:
        yield Line(leaf.alternative.text)
        yield from (Line(mark.line, mark.taken) for mark in made if mark not in usual)
    if figure := measured(leaf, answer):
        yield Line(figure, True)
    yield from (Line(text) for text in free if not _HEADING.search(text))
    reason = dict(filled.record.remarks.get("reasons") or {}).get(leaf.id)
    if reason:
        yield Line(texts.REASON.format(reason=reason))


def _earned(filled: Filled, node: TreeNode) -> str:
    earned = filled.subtotal(node.id)
    return texts.FACET_POINTS.format(points=plain(earned)) if earned is not None else ""


def _comments(filled: Filled) -> Grid:
    """優點、建議改進事項, whatever the sheet calls them, and a note that came with an imported record."""
    remarks = filled.record.remarks
    labels = _comment_labels(filled.rubric) | ({"note": texts.REMARK} if remarks.get("note") else {})
    rows = [[Cell([Line(f"{label}：", True), Line(str(remarks.get(key) or ""))])] for key, label in labels.items()]
    return Grid([WIDTH], rows, name="comments", heights=dict.fromkeys(range(len(rows)), 1.6))


def _comment_labels(rubric: Rubric) -> dict[str, str]:
    return {comment.id: comment.label for comment in rubric.comments} or dict(texts.COMMENTS)


def _walk(node: TreeNode) -> Iterator[TreeNode]:
    yield node
    if isinstance(node, Section):
        for item in node.items:
            yield from _walk(item)
