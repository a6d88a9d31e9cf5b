"""績效總報告 (odt): the paper's skeleton with the recorded figures in place, in the format that it demands.

Source: 附錄 2 of 經濟部礦務局 100 年度 and 經濟部水利署 105 年度 提升服務品質執行計畫: 「不得超過 3 頁，直式橫書，
1 字 1 碼並依序「一、（一）、1、（1）」，標楷體 14 號字，行距：固定行高，行高：21」. Long lists are cut so that
three pages suffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot import rocdate
from bot.app import Services
from bot.reports.forms import results
from bot.reports.forms.model import File, Wanted, demo_line, file_name, full_name, is_demo
from bot.reports.odf import Block, Line, text_document
from bot.reports.odf_styles import KAI, Look, Page
from bot.texts import forms as texts
from bot.texts.planning import IMPROVE_STATES
from rubrics.plan_model import Format

SIZE, LINE, MARGIN = 14, 21, 2.5  # points, points, cm
MOST_FOLLOW_UPS, LONGEST = 5, 50
MOST_REVIEWS, MOST_ITEMS = 3, 8


@dataclass(frozen=True)
class _Item:
    """（一） with what stands below it as 1、2、."""

    text: str
    below: Sequence[str] = ()


def make(services: Services, wanted: Wanted) -> list[File]:
    """The report of a unit and year."""
    demo, office = is_demo(services), full_name(services, wanted.unit)
    form = _format(services, office)
    title = texts.ANNUAL_TITLE.format(office=office, year=wanted.year)
    until = min(services.clock().date(), date(rocdate.western_year(wanted.year), *_until(form)))
    blocks: list[Block] = [*demo_line(demo), Line(title, look="title")]
    blocks.append(Line(texts.ANNUAL_UNTIL.format(day=rocdate.long_date(until)), look="subtitle"))
    blocks.append(Line(texts.ANNUAL_FIRST, look="first"))
    parts = _parts(services, wanted)
    for heading, items in zip(texts.ANNUAL_PARTS, parts, strict=True):
        blocks += [Line(heading, look="second"), *_lines(items, cases=True)]
    blocks += [Line(texts.ANNUAL_SECOND, look="first"), Line(texts.ANNUAL_SECOND_HELP, look="third")]
    blocks += _lines(_follow_ups(services, wanted), cases=False)
    page = Page(margin=MARGIN, foot=texts.DEMO if demo else "")
    data = text_document(blocks, page, looks(form), title, services.clock())
    return [File(file_name(demo, services.clock(), "odt", office, f"{wanted.year}年度", texts.ANNUAL_NAME), data)]


def looks(form: Format | None) -> tuple[Look, ...]:
    """The looks of the report: everything in the font, size and fixed line height that the plan demands."""
    font = (form.font if form else "") or KAI
    size = (form.size if form else 0) or SIZE
    line = (form.line_height if form else 0) or LINE
    levels = {"body": 0.0, "first": 0.0, "second": 0.5, "third": 1.0, "fourth": 2.0}
    hang = {"first": 1.0, "second": 1.0, "third": 1.5, "fourth": 0.75}
    made = [Look(name, size, line, left=left, hang=hang.get(name, 0.0), font=font) for name, left in levels.items()]
    headings = [
        Look("title", size, line, "center", bold=True, font=font),
        Look("subtitle", size, line, "center", font=font),
    ]
    return (*headings, *made)


def _format(services: Services, office: str) -> Format | None:
    """The format in the office's latest plan that has one, else in any plan."""
    plans = sorted(services.plans, key=lambda plan: (not office.startswith(plan.office.name), -plan.year))
    return next((form for plan in plans for form in plan.formats if form.max_pages), None)


def _until(form: Format | None) -> tuple[int, int]:
    return (form.data_until.month, form.data_until.day) if form and form.data_until else (12, 31)


def _parts(services: Services, wanted: Wanted) -> list[list[_Item]]:
    """What is recorded for each of the five headings; a column goes where its own words say."""
    parts: list[list[_Item]] = [[] for _ in texts.ANNUAL_PARTS]
    found = results.reviews(services, wanted)
    for reviews in found[:MOST_REVIEWS]:
        summary, units = results.review_lines(services, reviews)
        parts[0].append(_Item(summary, [units]))
    phone = list(results.phone_lines(services, wanted))
    parts[0] += [_Item(phone[at], [phone[at + 1]]) for at in range(0, len(phone), 2)]
    for reviews in found[:1]:
        for label, sentence in results.column_lines(reviews):
            part = next((at for at, words in enumerate(texts.ANNUAL_WORDS) if any(word in label for word in words)), 0)
            parts[part].append(_Item(sentence))
    return [part[:MOST_ITEMS] for part in parts]


def _follow_ups(services: Services, wanted: Wanted) -> list[_Item]:
    """The year's 建議改進事項: how many, and the open ones."""
    found = services.store.improvements.find(unit_ids=wanted.units)
    own = [one for one in found if rocdate.roc_year(one.created_at.year) == wanted.year]
    if not own:
        return [_Item(texts.TO_FILL)]
    closed = [one for one in own if one.state == "closed"]
    still = [one for one in own if one.state != "closed"][:MOST_FOLLOW_UPS]
    below = [
        texts.ANNUAL_FOLLOW_ITEM.format(
            unit=services.store.units.get(one.unit_id).name,
            text=" ".join(one.text.split())[:LONGEST],
            state=IMPROVE_STATES[one.state],
        )
        for one in still
    ]
    summary = texts.ANNUAL_FOLLOW.format(count=len(own), closed=len(closed))
    return [_Item(summary, below), _Item(texts.TO_FILL)]


def _lines(items: Sequence[_Item], cases: bool) -> Iterator[Line]:
    """The items numbered （一） and 1、, and a place for cases."""
    shown = list(items) or [_Item(texts.ANNUAL_NOTHING)]
    for at, item in enumerate(shown):
        yield Line(texts.ANNUAL_ITEM.format(number=texts.ANNUAL_NUMBERS[at], text=item.text), look="third")
        for number, text in enumerate(item.below, 1):
            yield Line(texts.ANNUAL_DEEP.format(number=number, text=text), look="fourth")
    if cases:
        yield Line(texts.ANNUAL_CASES.format(number=texts.ANNUAL_NUMBERS[len(shown)]), look="third")
