"""The telephone scale filled in its own layout (odt): every item in the paper's words, ☑ at what was found, the points.

Source: 電話禮貌測試量表, 新竹市政府 107 年度提升服務品質實施計畫. The four columns are the paper's; 測試結果 takes the
figure that was counted (聲, 秒) or says that a part was not tested. Another telephone sheet has the same form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot import rocdate
from bot.app import Services
from bot.reports.forms.marks import EMPTY, TICKED, Mark, is_yes_no, marks, measured, option_taken
from bot.reports.forms.model import LOOKS, File, Filled, Wanted, demo_line, file_name, full_name, heads, is_demo
from bot.reports.forms.notes import Notes
from bot.reports.odf import Block, Cell, Grid, Line, text_document
from bot.reports.odf_styles import Page
from bot.texts import forms as texts
from rubrics import Criterion, Section, plain
from rubrics.model import TreeNode

WIDTHS = (1.7, 12.0, 1.8, 2.2)
SMALL = tuple(replace(look, size=min(look.size, 9.5)) if look.size < 12 else look for look in LOOKS)


def make(services: Services, wanted: Wanted) -> list[File]:
    """The filled scale of a record."""
    record, rubric = wanted.the_record, wanted.the_rubric
    filled = Filled(record, rubric)
    form = _Scale(filled)
    demo = is_demo(services, record)
    unit = full_name(services, wanted.unit)
    head = [heads(*(label.format(max=plain(rubric.max)) for label in texts.PHONE_HEADS))]
    total = [Cell(""), Cell(texts.PHONE_TOTAL, "head"), Cell(""), Cell(record.total, "head")]
    blocks: list[Block] = [*demo_line(demo), Line(rubric.title, look="title"), *_header(filled, unit)]
    blocks.append(Grid(WIDTHS, [*form.rows(), total], head, name="scale", whole=True))
    blocks += [*_remarks(filled), *form.notes.lines()]
    page = Page(margin=1.8, foot=f"{texts.DEMO if demo else ''}{texts.NUMBER.format(number=record.series)}")
    data = text_document(blocks, page, SMALL, rubric.title, services.clock())
    return [File(file_name(demo, services.clock(), "odt", texts.PHONE_NAME, unit, str(record.series)), data)]


def _header(filled: Filled, unit: str) -> Iterator[Line]:
    record = filled.record
    when = record.called_at.astimezone(rocdate.OFFSET)
    phone = record.phone or texts.PHONE_NO_NUMBER
    yield Line(texts.PHONE_FIELDS.format(number=record.series, unit=unit, phone=phone))
    yield Line(
        texts.PHONE_WHEN.format(
            year=rocdate.roc_year(when.year), month=when.month, day=when.day, hour=when.hour, minute=f"{when.minute:02}"
        )
    )
    yield Line(texts.PHONE_TESTER.format(tester=record.tester_name or record.tester_id))


def _remarks(filled: Filled) -> Iterator[Line]:
    remarks = filled.record.remarks
    labels = {comment.id: comment.label for comment in filled.rubric.comments} | {"note": texts.REMARK}
    for key, label in labels.items():
        if remarks.get(key):
            yield Line(f"{label}：{remarks[key]}")
    for leaf in filled.rubric.criteria:
        reason = dict(remarks.get("reasons") or {}).get(leaf.id)
        if reason:
            yield Line(f"{leaf.label}{texts.REASON.format(reason=reason)}", look="small")


class _Scale:
    """The rows of one filled scale, from the sheet's outline."""

    def __init__(self, filled: Filled) -> None:
        self._filled = filled
        self.notes = Notes(filled)
        self._labels = {leaf.label for leaf in filled.rubric.criteria}
        self._left_out: set[str] = set()
        told = filled.scored.explanations if filled.scored else ()
        self._told = {one.criterion: one for one in told}
        self._chosen = set(self._headings_chosen())

    def rows(self) -> list[list[Cell]]:
        """One row a line of the paper, so that the points stand beside their line."""
        return [row for node in self._filled.rubric.tree for row in self._node(node, "")]

    def _node(self, node: TreeNode, above: str) -> Iterator[list[Cell]]:
        if isinstance(node, Criterion):
            yield from self._leaf(node)
            return
        if node.label not in above:  # 「擇一選填」 stands in the heading above already
            result = texts.NOT_COUNTED if self._out(node) else ""
            yield self._row(
                result, Line(f"{node.label}{self.notes.signs(node)}", True), plain(node.max), self._sum(node)
            )
        if self._out(node):
            self._left_out |= {item.id for item in node.items}
        for item in node.items:
            yield from self._node(item, node.label)

    def _leaf(self, leaf: Criterion) -> Iterator[list[Cell]]:
        answer = self._filled.answer(leaf)
        made = marks(leaf, answer, self._filled.points.get(leaf.id))
        free = [text.text for text in leaf.texts]
        if leaf.max == 0:
            if all(mark.text in self._labels for mark in made):
                return  # the choice between 甲 and 乙 is ticked at their headings
            boxes = "　".join(mark.line for mark in made)
            about = f"（{'；'.join(free)}）" if free else ""
            yield self._row("", Line(f"{boxes}　{leaf.label}{about}"), "", "")
            return
        result = self._result(leaf, answer)
        sign, score = self.notes.signs(leaf), self._score(leaf)
        if is_yes_no(leaf):
            option = option_taken(leaf, answer)
            given = answer is None and bool(self._filled.points.get(leaf.id))
            box = TICKED if given or (option and option.id == "yes") else EMPTY
            yield self._row(result, Line(f"{box} {leaf.label}{sign}"), plain(leaf.max), score)
            return
        if leaf.count and not leaf.options:
            yield self._row(result, Line(f"{made[0].line}{sign}"), plain(leaf.max), score)
            return
        box = f"{TICKED if leaf.label in self._chosen else EMPTY} " if self._is_choice(leaf) else ""
        inside = [mark for mark in made if self._in_heading(mark, made)]
        brackets = "".join(texts.IN_BRACKETS.format(text=mark.line) for mark in inside)
        about = "".join(f"（{text}）" for text in free)
        yield self._row(result, Line(f"{box}{leaf.label}{brackets}{about}{sign}"), plain(leaf.max), score)
        for mark in made:
            if mark not in inside:
                points = texts.OF_LEAF.format(points=mark.points) if mark.points else ""
                yield self._row("", Line(mark.line), points, "")

    def _row(self, result: str, line: Line, points: str, score: str | Decimal | None) -> list[Cell]:
        return [Cell(result, "centre"), Cell([line], "hanging"), Cell(points, "centre"), Cell(score, "centre")]

    def _result(self, leaf: Criterion, answer: object) -> str:
        if leaf.id in self._left_out:
            return texts.NOT_COUNTED
        if self._filled.scored and answer is None:
            option = self._filled.points.get(leaf.id)
            return "" if option else texts.NOT_ASKED
        return measured(leaf, answer)

    def _score(self, leaf: Criterion) -> Decimal | str:
        points = self._filled.points.get(leaf.id)
        told = self._told.get(leaf.id)
        if points is None or leaf.id in self._left_out:
            return ""
        if told and told.max != leaf.max and leaf.multiplier:
            return f"{plain(points / leaf.multiplier.times)}×{plain(leaf.multiplier.times)}＝{plain(points)}"
        return points

    def _sum(self, node: Section) -> Decimal | str:
        found = self._filled.subtotal(node.id)
        return "" if found is None or self._out(node) else found

    def _out(self, node: Section) -> bool:
        """Whether the part does not count at all (無電話語音系統，本項不計分)."""
        scored = self._filled.scored
        if node.counted_when is None or scored is None:
            return False
        return all(item.id not in scored.form for item in node.items)

    def _headings_chosen(self) -> Iterator[str]:
        for leaf in self._filled.rubric.criteria:
            option = option_taken(leaf, self._filled.answer(leaf)) if leaf.max == 0 else None
            if option and option.label in self._labels:
                yield option.label

    def _is_choice(self, leaf: Criterion) -> bool:
        leaves = self._filled.rubric.criteria
        return any(option.label == leaf.label for other in leaves if other.max == 0 for option in other.options)

    def _in_heading(self, mark: Mark, made: list[Mark]) -> bool:
        """The paper prints a choice without a number in brackets behind the heading (毋需轉接 …)."""
        numbered = [other for other in made if other.text[:1] in "(（" or other.text[:1].isdigit()]
        return bool(numbered) and mark not in numbered and texts.NOT_PRINTED not in mark.text
