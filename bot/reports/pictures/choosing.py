"""Which picture belongs to an answer, and what stands in it.

Figures by month, quarter, half or year are a trend beside the office's mean; one figure of one unit is its trend over
the period; units by section are a map; subtotals a profile; what is due a calendar; all else bars. It counts with the
answers' own rules, so that a picture never says anything else than the answer, and never looks beyond the person's
units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from bot import rocdate
from bot.app import Services
from bot.reports.forms.model import is_demo
from bot.reports.pictures import calendar, heat, profile, trend
from bot.reports.pictures.bars import FEW, Bars, bars_data
from bot.reports.pictures.data import Band, Heading, label_of
from bot.reports.pictures.due import kept_units
from bot.reports.pictures.shares import share_rows
from bot.texts import pictures as texts
from bot.totals import measures as lists
from bot.totals.answer import Answer
from bot.totals.compute import compute
from bot.totals.counting import Counter, Row
from bot.totals.model import Reading
from bot.totals.periods import Span, half_of, month_of, quarter_of, year_of
from rubrics import Rubric

Data = Bars | trend.Trend | heat.Heat | profile.Profile | calendar.Calendar
MEANS: Final = {
    "overview", "mean", "median", "best", "worst", "rank", "below_threshold", "above_threshold",
    "sheet_total", "sheet_rank", "sheet_grade",
}  # fmt: skip
OVER_TIME: Final = {"mean", "median", "best", "worst", "tests_done", "spread"}
MAP_MOST: Final = 20_000  # tests: their forms are read one by one, and a picture may take a second
CHANGES: Final = {"change", "most_improved", "most_declined"}


def can_draw(answer: Answer) -> bool:
    """True when there is something to draw."""
    return answer.reading is not None and any(row["value"] is not None for row in answer.rows)


def data_of(services: Services, answer: Answer) -> Data | None:
    """What the answer's picture shows; None without a reading or rows."""
    reading = answer.reading
    if reading is None or not can_draw(answer):
        return None
    count = Counter(services, answer.tree, reading)
    head = heading(services, answer)
    if reading.measure in ("tests_due", "untested"):
        return _calendar(services, answer, head)
    if reading.by in lists.TIME:
        return _trend(services, answer, head, reading)
    if reading.by == "total" and reading.measure in OVER_TIME and not reading.part and not _one_month(reading.span):
        return _trend(
            services,
            answer,
            head,
            replace(reading, by=_finer(reading.span, answer.computed.n if answer.computed else 0)),
        )
    if reading.by in lists.PARTS and reading.measure in ("mean", "sheet_items"):
        rubric = _sheet_of(count)
        tests = answer.computed.n if answer.computed else 0
        wanted = reading.measure == "mean" and reading.by == "section" and tests <= MAP_MOST
        several = wanted and len(count.figures(by="unit")) > 1
        if several and rubric:
            return heat.heat_data(replace(head, title=texts.SHARES.format(title=head.title)), share_rows(count, rubric))
        return _profile(services, answer, head)
    if reading.measure == "duty_progress":
        if answer.computed and answer.computed.rule:
            head = replace(head, lines=(*head.lines, *answer.computed.rule.splitlines()))
        rows = [{**row, "value": row["n"], "max": row["value"]} for row in answer.rows]
        return profile.profile_data(head, rows, unit=texts.TIMES)
    return _bars(services, answer, head)


def heading(services: Services, answer: Answer) -> Heading:
    """The title as in the reply, the period, how many tests it rests on, and whether they are invented."""
    reading, computed = answer.reading, answer.computed
    if reading is None or computed is None:
        return Heading(answer.title)
    span = reading.span
    period = span.label if span.label == span.days else f"{span.label}（{span.days}）"
    words = texts.PHONE_TESTS if reading.domain == "phone" else texts.SHEETS
    lines = [period]
    if reading.measure not in ("duty_progress", "improvement_progress"):
        lines.append(words.format(n=computed.n))
    return Heading(answer.title, tuple(lines), is_demo(services))


def _bars(services: Services, answer: Answer, head: Heading) -> Bars:
    reading = _reading(answer)
    rows: Sequence[Row] = answer.rows
    if reading.measure == "overview":
        rows = [row for row in rows if row["from"] == reading.span.first.isoformat()]
    if reading.measure == "change" and reading.by == "total":
        row = rows[0]
        names = ((texts.NOW, "now"), (texts.BEFORE, "before"), (texts.YEAR_BEFORE, "year_before"))
        rows = [{**row[name], "label": label} for label, name in names if name in row]
    graded = reading.measure in MEANS or (
        reading.measure == "change" and reading.by == "total" and reading.base == "mean"
    )
    if not graded or reading.part:
        most = 100 if lists.BY_ID[reading.measure].unit == "%" else None
        most = max((row["max"] for row in rows if row.get("max")), default=most) if reading.part else most
        data = bars_data(head, rows, most=most, unit=lists.BY_ID[reading.measure].unit, counted=_counted(reading))
        return replace(data, signed=reading.measure in CHANGES and reading.by != "total")
    count = Counter(services, answer.tree, reading)
    if reading.domain == "phone":
        bands = [Band(one.label, one.from_) for one in count.bands.bands]
        return bars_data(head, rows, bands, 100, few=FEW if reading.measure not in ("best", "worst") else 0)
    rubric = _sheet_of(count)
    grades = [Band(one.label, one.from_) for one in (rubric.grades if rubric else ()) if one.from_]
    below = next((one.label for one in (rubric.grades if rubric else ()) if not one.from_), "")
    return bars_data(head, rows, grades, rubric.max if rubric else None, counted=texts.FORMS, few=0, below=below)


def _trend(services: Services, answer: Answer, head: Heading, reading: Reading) -> trend.Trend:
    tree = answer.tree
    rows = compute(services, tree, reading).rows
    office = tree.places[reading.roots[0]].office
    alone = len(reading.roots) == 1 and reading.roots[0] != office and office in tree.visible
    compared = reading.measure in MEANS and alone and not reading.tester
    whole = compute(services, tree, replace(reading, roots=(office,))).rows if compared else []
    graded = reading.measure in MEANS and reading.domain == "phone" and not reading.part
    bands = [Band(one.label, one.from_) for one in Counter(services, tree, reading).bands.bands] if graded else []
    today = services.clock().astimezone(rocdate.OFFSET).date()
    every = [one.label for one in _periods(reading) if one.first <= today]
    return trend.trend_data(
        head,
        [{**row, "label": _period_label(row[reading.by])} for row in rows],
        tree.label(reading.roots).rpartition(" ")[2],
        [{**row, "label": _period_label(row[reading.by])} for row in whole],
        texts.OFFICE_MEAN.format(office=tree.places[office].name) if compared else "",
        bands,
        100 if graded else None,
        lists.BY_ID[reading.measure].unit,
        every,
    )


def _profile(services: Services, answer: Answer, head: Heading) -> profile.Profile:
    reading, tree = _reading(answer), answer.tree
    if reading.domain != "sheet":
        return profile.profile_data(head, answer.rows)
    total = compute(services, tree, replace(reading, measure="sheet_total", by="total")).rows
    rubric = _sheet_of(Counter(services, tree, reading))
    means: dict[str, Any] = {}
    if reading.roots != tree.roots() and len(tree.leaves(tree.roots())) > 1:
        office = tree.places[reading.roots[0]].office
        roots = (office,) if office in tree.visible else tree.roots()
        if set(roots) == set(reading.roots):
            return profile.profile_data(head, answer.rows, *_total_of(total, rubric))  # nobody is held against itself
        means = {label_of(row): row["value"] for row in compute(services, tree, replace(reading, roots=roots)).rows}
    return profile.profile_data(head, answer.rows, *_total_of(total, rubric), means)


def _total_of(total: list[Row], rubric: Rubric | None) -> tuple[Any, Any, str]:
    """(total, maximum, grade) of the one row, when there is one."""
    row = total[0] if total else {}
    return row.get("value"), rubric.max if rubric else None, row.get("grade_label", "")


def _calendar(services: Services, answer: Answer, head: Heading) -> calendar.Calendar:
    reading = _reading(answer)
    units, hidden = kept_units(services, answer.tree, reading)
    head = replace(head, title=texts.CALENDAR.format(place=answer.tree.label(reading.roots)))
    if answer.computed and answer.computed.rule:
        head = replace(head, lines=(*head.lines, answer.computed.rule))
    return calendar.calendar_data(head, units, reading.span.first, reading.span.last, hidden)


def _reading(answer: Answer) -> Reading:
    if answer.reading is None:
        raise ValueError("an answer without a reading has no picture")
    return answer.reading


def _sheet_of(count: Counter) -> Rubric | None:
    """The sheet that most of the chosen tests were scored with."""
    counts = {one: count.totals.sums(replace(count.chosen(), rubrics=(one,))) for one in count.rubric_ids}
    known = {one: found[0].n for one, found in counts.items() if found}
    return count.services.rubrics.get(max(known, key=lambda one: known[one])) if known else None


def _counted(reading: Reading) -> str:
    if reading.measure == "improvement_progress":
        return texts.CASES
    return texts.FORMS if reading.domain == "sheet" else texts.CALLS


def _finer(span: Span, n: int) -> str:
    """Months where most of them have tests, else quarters."""
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    return "quarter" if months > 24 or (months >= 12 and n < 2 * months) else "month"


def _one_month(span: Span) -> bool:
    return (span.first.year, span.first.month) == (span.last.year, span.last.month)


def _periods(reading: Reading) -> list[Span]:
    """All months (quarters …) of the reading's period, oldest first."""
    by = reading.by
    made = {"month": 1, "quarter": 3, "half": 6, "year": 12}[by]
    first, last = reading.span.first, reading.span.last
    if (last - first).days > 366 * 40:
        return []
    at, end = (first.year * 12 + first.month - 1) // made, (last.year * 12 + last.month - 1) // made
    return [_span(by, date(one * made // 12, one * made % 12 + 1, 1)) for one in range(at, end + 1)]


def _span(by: str, day: date) -> Span:
    if by == "month":
        return month_of(day.year, day.month)
    if by == "quarter":
        return quarter_of(day.year, (day.month + 2) // 3)
    return half_of(day.year, (day.month + 5) // 6) if by == "half" else year_of(day.year)


def _period_label(key: str) -> str:
    """「2024-05」, 「2024-Q2」, 「2024-H1」, 「2024」 as people read them."""
    year, _, part = str(key).partition("-")
    if not part:
        return year_of(int(year)).label
    if part[0] in "QH":
        return (quarter_of if part[0] == "Q" else half_of)(int(year), int(part[1:])).label
    return month_of(int(year), int(part)).label


__all__ = ["Data", "can_draw", "data_of", "heading"]
