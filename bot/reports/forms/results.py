"""The year's results in sentences, for the reports that are mostly words: reviews, their columns, telephone tests.

Every figure comes from the records that stand; means are rounded half up to two places for the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot import rocdate
from bot.app import Services
from bot.reports.forms import phone_year, statistics
from bot.reports.forms.model import Filled, Wanted
from bot.texts import forms as texts
from bot.totals.periods import year_of
from rubrics import Rubric, plain, rounded
from storage.assessment import Record
from storage.values import from_micro

LONGEST_LIST = 150  # characters of units named in one sentence: the report has three pages


@dataclass(frozen=True)
class Reviews:
    """The year's records of one sheet and one kind (self, superior, or None)."""

    rubric: Rubric
    kind: str | None
    records: Sequence[Record]


def reviews(services: Services, wanted: Wanted) -> list[Reviews]:
    """All reviews of the year on thousand-point sheets, in the order of the sheets, the superior's first."""
    found: list[Reviews] = []
    for rubric in services.rubrics:
        if rubric.kind == "sheet":
            records = statistics.results(services, replace(wanted, rubric=rubric))
            for kind in ("superior", "self", None):
                own = [record for record in records if record.kind == kind]
                if own:
                    found.append(Reviews(rubric, kind, own))
    return found


def mean(values: Sequence[Decimal]) -> str:
    """The mean for the page."""
    return plain(rounded(sum(values, Decimal(0)) / len(values)))


def review_lines(services: Services, one: Reviews) -> Iterator[str]:
    """How many, mean, best, worst and grades; then the units with their totals, the best first."""
    totals = [record.total for record in one.records]
    labels = Counter(Filled(record, one.rubric).grade for record in one.records)
    shares = [
        texts.ANNUAL_GRADE.format(label=grade.label, count=labels[grade.label])
        for grade in one.rubric.grades
        if labels[grade.label]
    ]
    sentence = texts.ANNUAL_REVIEW if shares else texts.ANNUAL_REVIEW_PLAIN
    yield sentence.format(
        kind=texts.ANNUAL_REVIEW_KIND.get(one.kind or "", texts.ANNUAL_REVIEW_ANY),
        count=len(totals),
        mean=mean(totals),
        best=plain(max(totals)),
        worst=plain(min(totals)),
        grades="、".join(shares),
    )
    ranked = sorted(one.records, key=lambda record: -record.total)
    named = [_unit_total(services, record, one.rubric) for record in ranked]
    yield _listed(named, "、", texts.ANNUAL_MORE)


def column_lines(one: Reviews) -> Iterator[tuple[str, str]]:
    """(heading, sentence with its mean) of every column of the sheet's statistics."""
    most = {node.id: node.max for node in one.rubric.nodes()}
    for column in statistics.columns(one.rubric):
        found = [Filled(record, one.rubric).subtotal(column.node) for record in one.records]
        points = [value for value in found if value is not None]
        if points:
            yield (
                column.label,
                texts.ANNUAL_COLUMN.format(
                    label=column.label, mean=mean(points), max=plain(most[column.node]), count=len(points)
                ),
            )


def phone_lines(services: Services, wanted: Wanted) -> Iterator[str]:
    """The year's telephone tests, then by unit; nothing without tests."""
    for rubric in services.rubrics:
        if rubric.kind != "phone":
            continue
        chosen = phone_year.chosen(wanted, rubric, year_of(rocdate.western_year(wanted.year)))
        found = services.store.totals.sums(chosen, "unit")
        total = phone_year.figures(found)
        if total.mean is None or total.best is None or total.worst is None:
            continue
        yield texts.ANNUAL_PHONE.format(
            n=total.n, mean=plain(rounded(total.mean)), best=plain(total.best), worst=plain(total.worst)
        )
        by_mean = sorted(found, key=lambda one: -Decimal(one.total) / one.n)
        named = [
            texts.ANNUAL_PHONE_UNIT.format(
                unit=services.store.units.get(one.key).name, n=one.n, mean=mean([from_micro(one.total) / one.n])
            )
            for one in by_mean
        ]
        yield _listed(named, "；", texts.ANNUAL_PHONE_MORE)


def _listed(named: Sequence[str], between: str, more: str) -> str:
    """The first ones in one sentence, as many as have room, and how many there are in all."""
    shown = [name for at, name in enumerate(named) if at == 0 or len(between.join(named[: at + 1])) <= LONGEST_LIST]
    return f"{between.join(shown)}{more.format(count=len(named)) if len(shown) < len(named) else ''}。"


def _unit_total(services: Services, record: Record, rubric: Rubric) -> str:
    grade = Filled(record, rubric).grade
    return texts.ANNUAL_UNIT.format(
        unit=services.store.units.get(record.unit_id).name,
        total=plain(record.total),
        grade=texts.ANNUAL_UNIT_GRADE.format(grade=grade) if grade else "",
    )
