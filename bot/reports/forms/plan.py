"""新竹市's suggested formats of the yearly plan (odt), with the progress that was recorded in its columns.

Source: 新竹市政府 107 年度提升服務品質實施計畫 附件 1 (整體服務類), 附件 2 (專案規劃類). The headings come from
the plan's `formats`, the table from the framework's outline. What only the office can write is left as 〔請填寫〕.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import rubrics
from bot import rocdate
from bot.app import Services
from bot.reports.forms.model import LOOKS, File, Wanted, demo_line, file_name, full_name, heads, is_demo, official_title
from bot.reports.odf import Block, Cell, Grid, Line, text_document
from bot.reports.odf_styles import Page
from bot.texts import forms as texts
from rubrics import Criterion, Rubric, Section
from rubrics.model import TreeNode
from rubrics.plan_model import Plan
from storage.progress import Progress

_NUMERAL = re.compile(r"[一二三四五六七八九十]+、")
_SENTENCE_ENDS = "。：；:;）)」"


def make(services: Services, wanted: Wanted) -> list[File]:
    """The plan of a unit and year."""
    rubric, demo = wanted.the_rubric, is_demo(services)
    plan = _plan(services, rubric)
    name = full_name(services, wanted.unit)
    office = services.store.units.get(wanted.unit.office).name
    title = re.sub(texts.SUGGESTED, "", official_title(rubric.title, rubric.year, wanted.year, office, None))
    blocks: list[Block] = [*demo_line(demo), Line(name, look="subtitle"), Line(title, look="title")]
    form = next((one for one in plan.formats if one.sheet == rubric.id), None) if plan else None
    for heading in (form.headings if form else None) or texts.PLAN_HEADINGS:
        blocks.append(Line(heading, look="heading"))
        if texts.PLAN_CONTENT in heading:
            blocks += _content(services, wanted)
        else:
            blocks.append(Line(_filled(heading, wanted, plan, name), look="place"))
    data = text_document(blocks, Page(margin=1.8, foot=texts.DEMO if demo else ""), LOOKS, title, services.clock())
    parts = (texts.PLAN_NAME, rubric.title[:5], name, f"{wanted.year}年度")
    return [File(file_name(demo, services.clock(), "odt", *parts), data)]


def _plan(services: Services, rubric: Rubric) -> Plan | None:
    return next((plan for plan in services.plans if any(form.sheet == rubric.id for form in plan.formats)), None)


def _filled(heading: str, wanted: Wanted, plan: Plan | None, name: str) -> str:
    """What the records know of a heading: whom it binds, and in the plan's own year what it rests on."""
    if texts.PLAN_TARGET in heading:
        return name
    if texts.PLAN_BASIS in heading and plan and plan.year == wanted.year:
        return plan.title
    return texts.TO_FILL


def _content(services: Services, wanted: Wanted) -> Iterator[Block]:
    """伍、計畫內容: how far it is, the table of the single aspects, and that of the whole."""
    rubric = wanted.the_rubric
    found = services.store.progress.current([wanted.unit.id], rubric.id, str(wanted.year))
    stands = {one.criterion: one for one in found}
    if stands:
        count = rubrics.progress(rubric, {key: one.state for key, one in stands.items()})
        today = rocdate.long_date(services.clock().date())
        yield Line(texts.PLAN_COUNT.format(total=count.total, done=count.done, today=today), look="place")
    single = [node for node in rubric.tree if _NUMERAL.match(node.label)]
    whole = [node for node in rubric.tree if node not in single]
    for nodes, columns in ((single, _columns(rubric)), (whole, (texts.PLAN_WHOLE, texts.PLAN_ITEM, texts.PLAN_FOCUS))):
        if nodes:
            yield _table(services, rubric, nodes, columns, stands)
            yield Line("", look="small")


def _columns(rubric: Rubric) -> tuple[str, ...]:
    """The paper's columns: 專案規劃類 has 推動作法 besides."""
    method = (texts.PLAN_METHOD,) if any(field.label == texts.PLAN_METHOD for field in rubric.fields) else ()
    return (texts.PLAN_ASPECT, texts.PLAN_ITEM, texts.PLAN_FOCUS, *method, texts.PLAN_DUE, texts.PLAN_OWNER)


def _table(
    services: Services, rubric: Rubric, nodes: Sequence[TreeNode], columns: Sequence[str], stands: dict[str, Progress]
) -> Grid:
    narrow = {
        texts.PLAN_ASPECT: 2.0,
        texts.PLAN_WHOLE: 2.0,
        texts.PLAN_ITEM: 2.2,
        texts.PLAN_DUE: 2.2,
        texts.PLAN_OWNER: 2.4,
    }
    method = 3.6 if texts.PLAN_METHOD in columns else 0.0
    rest = 17.4 - method - sum(narrow.get(column, 0) for column in columns)
    widths = [narrow.get(column, method if column == texts.PLAN_METHOD else rest) for column in columns]
    rows: list[list[Cell]] = []
    for node in nodes:
        items = [item for item in node.items if isinstance(item, Criterion)] if isinstance(node, Section) else [node]
        for at, leaf in enumerate(leaf for leaf in items if isinstance(leaf, Criterion)):
            first = [Cell(node.label, rows=len(items))] if at == 0 else []
            above = [text.text for text in node.texts] if at == 0 and isinstance(node, Section) else []
            rows.append([*first, *_row(services, rubric, leaf, columns, above, stands.get(leaf.id))])
    return Grid(widths, rows, [heads(*columns)])


def _row(
    services: Services, rubric: Rubric, leaf: Criterion, columns: Sequence[str], above: list[str], now: Progress | None
) -> list[Cell]:
    states = {state.id: state.label for state in rubric.states}
    done = texts.PLAN_STATE.format(state=states[now.state], evidence=now.evidence) if now else ""
    focus = [Line(text) for text in joined([*above, *(text.text for text in leaf.texts)])]
    cells = [Cell(leaf.label)]
    if texts.PLAN_METHOD in columns:
        cells += [Cell(focus, "hanging"), Cell(done)]
    else:
        cells.append(Cell([*focus, *([Line(done, True)] if done else [])], "hanging"))
    if texts.PLAN_DUE in columns:
        owner = services.store.units.get(now.owner_unit_id).name if now and now.owner_unit_id else ""
        cells += [Cell(rocdate.short_date(now.due_on) if now and now.due_on else "", "centre"), Cell(owner, "centre")]
    return cells


def joined(pieces: Sequence[str]) -> list[str]:
    """The paragraphs, with those put together again that a page's end cut in the source (公共問／題)."""
    found: list[str] = []
    for piece in pieces:
        if found and found[-1][-1:] not in _SENTENCE_ENDS:
            found[-1] += piece
        else:
            found.append(piece)
    return found
