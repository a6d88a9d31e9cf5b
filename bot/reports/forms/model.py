"""What the official forms share: what a form is made from, a file, titles and dates, the label of invented data.

A form refuses nothing: whoever asks for one has chosen the record or the unit, and is allowed to see it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

import rubrics
from bot import rocdate
from bot.app import Services
from bot.people import Ability
from bot.reports.odf import Cell, Line
from bot.reports.odf_styles import Look
from bot.texts import forms as texts
from rubrics import Criterion, Rubric, Scored
from storage.assessment import Record
from storage.records import RecordFilter
from storage.units import Unit

LOOKS = (
    Look("title", 16, align="center", bold=True, after=6, with_next=True),
    Look("subtitle", 13, align="center", after=4, with_next=True),
    Look("body", 12, after=2),
    Look("heading", 13, bold=True, before=6, after=2, with_next=True),
    Look("place", 12, left=0.8, after=2),
    Look("cell", 10.5),
    Look("hanging", 10.5, hang=0.42),
    Look("small", 9.5, hang=0.9),
    Look("head", 10.5, align="center", bold=True, middle=True),
    Look("centre", 10.5, align="center"),
    Look("middle", 10.5, align="center", middle=True),
    Look("field", 12),
)


@dataclass(frozen=True)
class File:
    """A finished file: its name without folder, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Wanted:
    """What a form is made from: a record, or a unit and ROC year, with the sheet; `units` are those that count."""

    rubric: Rubric | None
    unit: Unit
    year: int
    units: frozenset[int] = frozenset()
    record: Record | None = None

    @property
    def the_record(self) -> Record:
        """The record of a form that is made from one. Raises ValueError without: that is a fault of ours."""
        if self.record is None:
            raise ValueError("this form is made from a record")
        return self.record

    @property
    def the_rubric(self) -> Rubric:
        """The sheet of a form that has one. Raises ValueError without: that is a fault of ours."""
        if self.rubric is None:
            raise ValueError("this form is made with a sheet")
        return self.rubric


@dataclass(frozen=True)
class Form:
    """One official form: its id on the command line, label, what it is made from, who may have it.

    `kind` is the kind of sheet it needs ("" none), `rubric` the one that is meant when none is named.
    """

    id: str
    label: str
    about: str
    basis: Literal["record", "year"]
    make: Callable[[Services, Wanted], list[File]]
    kind: Literal["phone", "sheet", "framework", ""] = ""
    rubric: str = ""
    ability: Ability = "totals"


@dataclass(frozen=True)
class Filled:
    """A record with its sheet. `scored` is None when the sheet has changed since, and the form no longer fits it."""

    record: Record
    rubric: Rubric

    @cached_property
    def scored(self) -> Scored | None:
        """The form scored anew, when that gives the recorded total."""
        found = rubrics.score(self.rubric, dict(self.record.form))
        return found if found.total is not None and found.total == self.record.total else None

    @cached_property
    def _subtotals(self) -> dict[str, Decimal]:
        sections = {one.id: one.points for one in self.scored.sections} if self.scored else {}
        return {**self.record.sections, **sections, **self.points}

    @cached_property
    def points(self) -> dict[str, Decimal]:
        """Points by item, as recorded."""
        return dict(self.scored.points) if self.scored else dict(self.record.points)

    def subtotal(self, node: str) -> Decimal | None:
        """The points of an item or heading; None when they are not known."""
        return self._subtotals.get(node)

    def answer(self, leaf: Criterion) -> object:
        """What was answered; None when it was not asked."""
        return self.scored.form.get(leaf.id) if self.scored else self.record.form.get(leaf.id)

    @property
    def grade(self) -> str:
        """The grade's label, from the unrounded total; "" for a sheet without grades."""
        found = rubrics.grade(self.rubric, self.record.total)
        return found.label if found else ""


def year_of(record: Record) -> int:
    """The ROC year that a record is about: its period's (「105H1」, 「105」), else that of its day."""
    found = re.match(r"\d{2,4}", record.period or "")
    return rocdate.roc_year(rocdate.western_year(int(found[0])) if found else record.called_at.year)


def official_title(title: str, printed_year: int, year: int, office: str, kind: str | None) -> str:
    """A paper's title with its gaps filled: the office's name, 本署 or 自行, and the year when it is another one."""
    title = re.sub(r"[(（]機關(?:名稱|全銜)[)）]\s*", office, title)
    if kind:
        title = re.sub(r"[(（]本署/自行[)）]", f"（{texts.KINDS[kind]}）", title)
    return re.sub(rf"{printed_year}(\s*)年", rf"{year}\1年", title)


def is_demo(services: Services, *records: Record) -> bool:
    """Whether the data are invented: then every form says so. A demonstration database holds nothing else."""
    newest = services.store.records.find(RecordFilter(limit=1))
    return services.settings.demo or any(record.source == "demo" for record in (*records, *newest))


def demo_line(demo: bool) -> list[Line]:
    """The label of invented data, above everything else."""
    return [Line(texts.DEMO, look="subtitle")] if demo else []


def full_name(services: Services, unit: Unit) -> str:
    """「經濟部水利署第二河川局 工務課」."""
    return services.store.units.full_name(unit.id)


def file_name(demo: bool, made: datetime, suffix: str, *parts: str) -> str:
    """A file's name in Chinese with the ROC date, without signs that file systems refuse."""
    words = "_".join(part for part in (*([texts.DEMO_NAME] if demo else []), *parts) if part)
    kept = re.sub(r'[\x00-\x1f\\/:*?"<>|]', "", words).replace(" ", "")
    day = made.date()
    return f"{kept[:60].strip('.')}_{rocdate.roc_year(day.year)}{day:%m%d}.{suffix}"


def heads(*labels: str) -> list[Cell]:
    """Heading cells."""
    return [Cell(label, "head") for label in labels]
