"""附表2: the year's results of all units on one sheet (ods), one table a kind of review and period.

Source: 經濟部礦務局 100 年度 附表 2 (six columns); 經濟部水利署 105 年度 附表2 (seven). The columns are the sheet's own
`statistics`; one without has its outermost headings. Every recorded review is a line, in the order of the units. The
ranking, which the paper does not have, takes each unit's latest result; equal totals share a rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot import rocdate
from bot.app import Services
from bot.reports.forms.model import File, Filled, Wanted, file_name, is_demo, official_title, year_of
from bot.reports.odf import Cell, Grid, spreadsheet
from bot.reports.odf_styles import Look, Page
from bot.texts import forms as texts
from rubrics import Grade, Rubric, plain
from rubrics.model import Column
from storage.assessment import Record
from storage.records import RecordFilter

LOOKS = (
    Look("title", 16, align="center", bold=True, middle=True),
    Look("head", 11, align="center", bold=True, middle=True),
    Look("cell", 11, middle=True),
    Look("number", 11, align="center", middle=True),
    Look("note", 11, middle=True),
    Look("office", 11),  # at the top of its long cell, on the first page
)


def results(services: Services, wanted: Wanted) -> list[Record]:
    """The year's records of the sheet, oldest first, in the order of the units."""
    find = RecordFilter(rubric_id=wanted.the_rubric.id, unit_ids=wanted.units)
    found = [record for record in services.store.records.find(find) if year_of(record) == wanted.year]
    order = {unit.id: at for at, unit in enumerate(services.store.units.all(active_only=False))}
    return sorted(found, key=lambda one: (order[one.unit_id], one.called_at, one.series))


def ranks(records: Sequence[Record]) -> dict[int, int]:
    """Rank by series, from each unit's latest record; equal totals share the rank and the next one is left out."""
    latest = {record.unit_id: record for record in sorted(records, key=lambda one: (one.called_at, one.series))}
    totals = sorted((record.total for record in latest.values()), reverse=True)
    return {record.series: totals.index(record.total) + 1 for record in latest.values()}


def make(services: Services, wanted: Wanted) -> list[File]:
    """The statistics of a year: a sheet for each kind of review (本署, 自行) and half-year that has results."""
    records, rubric = results(services, wanted), wanted.the_rubric
    groups: dict[tuple[str | None, str], list[Record]] = {}
    for record in records:
        groups.setdefault((record.kind, _half(record)), []).append(record)
    demo = is_demo(services, *records)
    ordered = sorted(groups or {(None, ""): []}, key=lambda key: (key[1], key[0] or "~"))
    grids = [_grid(services, wanted, key, groups.get(key, []), demo) for key in ordered]
    title = _title(services, wanted, ordered[0][0])
    data = spreadsheet(grids, Page(landscape=True, margin=1.5), LOOKS, title, services.clock())
    name = file_name(
        demo, services.clock(), "ods", texts.STATISTICS_NAME, wanted.unit.name, f"{wanted.year}年度", rubric.id
    )
    return [File(name, data)]


def columns(rubric: Rubric) -> tuple[Column, ...]:
    """The columns of the sheet's own statistics table, else its outermost headings."""
    if rubric.statistics:
        return rubric.statistics.columns
    return tuple(Column(node.id, node.label) for node in rubric.tree)


def _title(services: Services, wanted: Wanted, kind: str | None) -> str:
    rubric = wanted.the_rubric
    printed = rubric.statistics.label if rubric.statistics else texts.STATISTICS_TITLE.format(title=rubric.title)
    office = services.store.units.get(wanted.unit.office).name
    return official_title(printed, rubric.year, wanted.year, office, kind)


def _grid(services: Services, wanted: Wanted, key: tuple[str | None, str], records: list[Record], demo: bool) -> Grid:
    rubric = wanted.the_rubric
    shown = columns(rubric)
    width = len(shown) + 7
    head = _head(rubric, shown, [f"{texts.DEMO if demo else ''}{_title(services, wanted, key[0])}{key[1]}"])
    rows = _rows(services, wanted, records, shown)
    notes = [texts.HANDLING, texts.ENCLOSED, texts.RANK_NOTE]
    if len({record.unit_id for record in records}) < len(records):
        notes.append(texts.SEVERAL_NOTE)
    below = [[Cell(note, "note", columns=width, frame=False)] for note in notes]
    first_note = len(head) + len(rows)
    heights = {0: 1.0, **{first_note + at: 1.1 if len(note) > 60 else 0.7 for at, note in enumerate(notes)}}
    widths = [2.4, 1.3, 4.2, *([2.3] * len(shown)), 1.8, 1.4, 2.2, 1.4]
    name = f"{texts.REVIEWS.get(key[0] or '', texts.STATISTICS_NAME)}{key[1]}"
    return Grid(widths, [*rows, *below], head, name=name, heights=heights)


def _head(rubric: Rubric, shown: Sequence[Column], title: list[str]) -> list[list[Cell]]:
    """Title, 受考核單位, the legend of grades, and two or three rows of headings as the paper has them.

    Where the headings do not say the points themselves, these stand in a row of their own (105 年).
    """
    width = len(shown) + 7
    inside = all("分" in column.label for column in shown)
    deep = 2 if inside else 3
    lead = [Cell(label, "head", rows=deep) for label in texts.LEADING]
    last = [Cell(label, "head", rows=deep) for label in texts.CLOSING]
    scores = (texts.SCORES if inside else texts.SCORES_AND).format(max=plain(rubric.max))
    found = [
        [Cell(title[0], "title", columns=width, frame=False)],
        [Cell(texts.ASSESSED, "note", columns=width, frame=False)],
        [Cell(legend(rubric.grades), "note", columns=width, frame=False)],
        [*lead, Cell(scores, "head", columns=len(shown)), *last],
        [Cell(column.label, "head") for column in shown],
    ]
    if not inside:
        most = {node.id: node.max for node in rubric.nodes()}
        found.append([Cell(texts.POINTS.format(points=plain(most[column.node])), "head") for column in shown])
    return found


def legend(grades: Sequence[Grade]) -> str:
    """「優=900分以上；甲=899-800分；…」, in the paper's words where the sheet has them."""
    return "；".join(
        grade.text or texts.GRADE_FROM.format(label=grade.label, points=plain(grade.from_)) for grade in grades
    )


def _rows(services: Services, wanted: Wanted, records: Sequence[Record], shown: Sequence[Column]) -> list[list[Cell]]:
    office = services.store.units.get(wanted.unit.office)
    placed = ranks(records)
    rows: list[list[Cell]] = []
    for number, record in enumerate(records, 1):
        filled = Filled(record, wanted.the_rubric)
        unit = services.store.units.full_name(record.unit_id).removeprefix(office.name).strip() or office.name
        tail: list[str | int | Decimal] = [
            record.total,
            filled.grade,
            texts.YEAR_MONTH.format(year=rocdate.roc_year(record.called_at.year), month=record.called_at.month),
            placed.get(record.series, texts.NO_RANK),
        ]
        scores = [Cell(filled.subtotal(column.node), "number") for column in shown]
        row = [Cell(number, "number"), Cell(unit), *scores, *(Cell(value, "number") for value in tail)]
        first = [Cell(office.name, "office", rows=len(records))] if number == 1 else []
        rows.append([*first, *row])
    return rows or [[Cell("") for _ in range(len(shown) + 7)]]


def _half(record: Record) -> str:
    """「（上半年）」 of a half-year's review; "" of a whole year's."""
    return texts.HALVES.get((record.period or "")[-2:], "")
