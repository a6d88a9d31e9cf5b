"""The whole set for a period: tables, pictures, official forms, and one page to open, in a folder.

Each figure is an answer as in chat, so that the report never says anything else, and nothing beyond the person's units
is counted. Files of an earlier report in the same folder are written over; others are left alone.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bot import exporting, rocdate
from bot.app import Services
from bot.errors import UserError
from bot.people import Person
from bot.reports import page, pictures, tables
from bot.reports.forms.model import is_demo
from bot.reports.pictures.heat import table_of as table_of_map
from bot.reports.taking import table_of
from bot.texts import reporting as texts
from bot.totals import scale, tell
from bot.totals.answer import Answer, answer, tree_for
from bot.totals.counting import Computed
from bot.totals.model import Reading
from bot.totals.period_words import find_periods
from bot.totals.periods import Span, half_of, quarter_of, year_of
from bot.totals.places import Tree

PROFILES = 40  # units that get a profile of their own
SHEETS = 200  # sheets of the spreadsheet with all tables
FORMS_OF_A_YEAR = ("statistics", "phone-year", "annual")
Cells = tuple[tuple[str, ...], ...]
_SHORT = re.compile(r"(?:民國)?\s*(\d{2,4})\s*年?\s*-?\s*(?:(上|下)(?:半年?)?|[Hh]([12])|[Qq]([1-4]))?")


@dataclass
class _Made:
    """What is being written: the folder, the person's units, and what was made so far."""

    services: Services
    person: Person
    tree: Tree
    span: Span
    folder: Path
    tables: list[tables.Table] = field(default_factory=list)
    files: list[page.Link] = field(default_factory=list)
    pictures: int = 0
    n: dict[str, int] = field(default_factory=lambda: {"phone": 0, "sheet": 0})

    def write(self, name: str, data: bytes, label: str) -> page.Link:
        """Writes a file below the folder and remembers it."""
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise UserError(texts.CANNOT_WRITE.format(folder=self.folder)) from error
        link = page.Link(name, label)
        self.files.append(link)
        return link


def period_of(words: str, today: date) -> Span:
    """The one period that the words name: 113, 113上, 113-H1, 113Q2, 113/05, 去年. Raises UserError."""
    text = unicodedata.normalize("NFKC", words).strip()
    short = _SHORT.fullmatch(text)
    if short:
        year = rocdate.western_year(int(short[1]))
        if not 1912 <= year <= today.year + 1:
            raise UserError(texts.BAD_PERIOD.format(words=words))
        half = {"上": 1, "下": 2}.get(short[2] or "") or int(short[3] or 0)
        if half:
            return half_of(year, half)
        return quarter_of(year, int(short[4])) if short[4] else year_of(year)
    found = find_periods(text, today)
    if len(found) != 1 or found[0].start or found[0].end != len(text):
        raise UserError(texts.BAD_PERIOD.format(words=words))
    return found[0].span


def report(services: Services, words: str, folder: Path, person: Person) -> str:
    """Makes the report into the folder. Returns what to print. Raises UserError (period, folder, nothing to see)."""
    now = services.clock().astimezone(rocdate.OFFSET)
    span = period_of(words, now.date())
    if folder.exists() and not folder.is_dir():
        raise UserError(texts.NOT_A_FOLDER.format(folder=folder))
    tree = tree_for(services, person)
    if not tree.visible:
        raise UserError(texts.NO_UNITS)
    made = _Made(services, person, tree, span, folder)
    chapters = tuple(_chapters(made))
    forms = tuple(_forms(made)) if chapters else ()
    if made.tables:
        made.write("tables/all.ods", tables.ods(made.tables[:SHEETS], now), texts.ALL_TABLES)
    lines = (
        texts.SPAN.format(label=span.label, days=span.days),
        texts.SCOPE.format(place=tree.label(tree.roots())),
        texts.COUNTED.format(**made.n),
        texts.MADE.format(when=rocdate.short_time(now)),
    )
    title = f"{span.label}{texts.TITLE}"
    demo = is_demo(services)
    whole = page.Page(title, lines, texts.RULES, chapters, forms, tuple(made.files), demo)
    opened = folder / "index.html"
    made.write("index.html", page.html(whole).encode("utf-8"), texts.TITLE)
    said = texts.DONE if chapters else texts.EMPTY
    counts = {"tables": len(made.tables), "pictures": made.pictures, "forms": len(forms)}
    return said.format(period=span.label, page=opened, **counts)


def _chapters(made: _Made) -> Iterator[page.Chapter]:
    roots = made.tree.roots()
    offices = [root for root in roots if made.tree.places[root].parent is None]
    if len(offices) > 1:
        reading = Reading("mean", tuple(offices), made.span, "office", said=("period",))
        part = _part(made, "all-offices", texts.HEADINGS["overview_office"], reading)
        if part:
            yield page.Chapter("all", texts.ALL_OFFICES, (part,))
    for number, root in enumerate(roots, 1):
        name = made.tree.places[root].full
        for kind, title, wanted in (
            ("phone", texts.PHONE, _phone(made, root)),
            ("sheet", texts.SHEET, _sheets(made, root)),
            ("plan", texts.PLANS, _plans(made, root)),
        ):
            made_parts = [_part(made, f"{number}-{kind}-{at}", *one) for at, one in enumerate(wanted, 1)]
            parts = tuple(part for part in made_parts if part)
            if parts:
                yield page.Chapter(f"{kind}-{number}", f"{name}　{title}", parts)


def _phone(made: _Made, root: int) -> Iterator[tuple[str, Reading]]:
    base = Reading("mean", (root,), made.span, "unit", said=("period",))
    n = _count(made, base)
    made.n["phone"] += n
    if not n:
        return
    heads = texts.HEADINGS
    several = len(made.tree.leaves((root,))) > 1
    if several:
        yield heads["rank"], replace(base, measure="rank")
    yield heads["trend"], replace(base, by=_by_time(made.span))
    yield heads["sections" if several else "items"], replace(base, by="section")
    yield heads["deductions"], replace(base, measure="top_deductions", by="item")
    yield heads["grades"], replace(base, measure="grade_share", by="grade")
    yield heads["change"], replace(base, measure="change")
    yield heads["due"], replace(base, measure="tests_due")
    yield heads["testers"], replace(base, by="tester")


def _sheets(made: _Made, root: int) -> Iterator[tuple[str, Reading]]:
    base = Reading("sheet_rank", (root,), made.span, "unit", domain="sheet", said=("period",))
    n = _count(made, base)
    made.n["sheet"] += n
    if not n:
        return
    yield texts.HEADINGS["sheet_rank"], base
    yield texts.HEADINGS["sheet_items"], replace(base, measure="sheet_items", by="section")
    found = answer(made.services, made.tree, base)
    assessed = {row["unit"] for row in found.rows}
    units = [one for one in made.tree.leaves((root,)) if made.tree.places[one].full in assessed]
    for unit in units[:PROFILES] if len(units) > 1 else []:
        heading = texts.HEADINGS["unit_items"].format(unit=made.tree.places[unit].name)
        yield heading, replace(base, measure="sheet_items", by="section", roots=(unit,))


def _plans(made: _Made, root: int) -> Iterator[tuple[str, Reading]]:
    base = Reading("duty_progress", (root,), made.span, "duty", said=("period",))
    office, year = made.tree.places[root].full, rocdate.roc_year(made.span.first.year)
    if any(plan.year == year and scale.same_office(plan.office.name, office) for plan in made.services.plans):
        yield texts.HEADINGS["duties"], base  # another year's progress is no part of this report
    yield texts.HEADINGS["improvements"], replace(base, measure="improvement_progress", by="state")


def _count(made: _Made, reading: Reading) -> int:
    found = answer(made.services, made.tree, replace(reading, measure="tests_done", by="total"))
    return found.computed.n if found.computed else 0


def _by_time(span: Span) -> str:
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    return "month" if months <= 12 else "quarter" if months <= 48 else "year"


def _part(made: _Made, name: str, title: str, reading: Reading) -> page.Part | None:
    """One figure with its files; None where nothing was recorded."""
    found = answer(made.services, made.tree, reading)
    if not any(row["value"] is not None for row in found.rows):
        return None
    table, headings, cells = table_of(found), found.headings, found.cells
    data = pictures.data_of(made.services, found)
    if isinstance(data, pictures.Heat):
        table, headings, cells = _as_drawn(table, data)
    made.tables.append(replace(table, name=title))
    csv = made.write(f"tables/{name}.csv", tables.csv(table), f"{found.title}（{texts.CSV}）")
    ods = made.write(f"tables/{name}.ods", tables.ods([table], made.services.clock()), f"{found.title}（{texts.ODS}）")
    links = [page.Link(csv.path, texts.CSV), page.Link(ods.path, texts.ODS)]
    picture, size = "", (0, 0)
    drawn = pictures.attachment(found, data) if data else None
    if drawn:
        picture = made.write(f"pictures/{name}.png", drawn.data, f"{found.title}（{texts.PNG}）").path
        width, height = struct.unpack(">II", drawn.data[16:24])
        size = (width // 2, height // 2)
        links.append(page.Link(picture, texts.PNG))
        made.pictures += 1
    lines, notes = (found.title, *_told(found, tell.about)), tuple(_told(found, tell.notes))
    return page.Part(title, lines, picture, size, headings, cells, notes, tuple(links))


def _as_drawn(table: tables.Table, data: pictures.Heat) -> tuple[tables.Table, tuple[str, ...], Cells]:
    """The table of a map: units by sections, as files and as shown on the page."""
    heads, rows = table_of_map(data)
    shown_rows = tuple(tuple("－" if one is None else str(one) for one in row) for row in rows)
    return replace(table, head=heads, rows=rows), tuple(heads), shown_rows


def _told(found: Answer, part: Callable[[Reading, Computed], list[str]]) -> list[str]:
    return part(found.reading, found.computed) if found.reading and found.computed else []


def _forms(made: _Made) -> Iterator[page.Link]:
    """The official forms of the years that the period touches, for each office (or the person's own unit)."""
    years = range(rocdate.roc_year(made.span.first.year), rocdate.roc_year(made.span.last.year) + 1)
    for number, root in enumerate(made.tree.roots(), 1):
        unit = made.tree.places[root].full
        for form in FORMS_OF_A_YEAR:
            for year in years:
                wanted = exporting.Request(form, unit=unit, year=year)
                try:
                    files = exporting.make(made.services, made.person, wanted)
                except UserError:  # nothing of that kind was recorded for the unit in the year
                    continue
                label = texts.FORM_OF.format(label=exporting.form_of(made.services, form).label, unit=unit)
                for file in files:
                    yield made.write(f"forms/{number}-{file.name}", file.data, f"{label}（{file.name}）")


__all__ = ["period_of", "report"]
