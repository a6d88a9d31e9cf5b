"""Which official form for whom: the record, unit, year and sheet are chosen here, and what a person may not see is
refused, for the command line and the chat alike. What is made comes from `bot.reports.forms`.

A file is never written over another: a name that is taken gets -2, -3 …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bot import rocdate, units
from bot.app import Services
from bot.errors import UserError
from bot.people import ROLE_NAMES, Person, needed_role, records_seen
from bot.reports.forms import FORMS, File, Form, Wanted
from bot.reports.forms.model import year_of
from bot.texts import forms as texts
from rubrics import Rubric
from storage import NotFound
from storage.assessment import Record, RubricKind
from storage.records import RecordFilter
from storage.totals import Chosen
from storage.units import Unit

OPERATOR = Person("terminal:export", "", "admin")  # who runs the command line has the database in hand anyway


@dataclass(frozen=True)
class Request:
    """What was asked for: a form's id, and a record, or a unit's words, a year (ROC or Western) and a sheet's id."""

    form: str
    record: int | None = None
    unit: str | None = None
    year: int | None = None
    rubric: str | None = None


def form_lines() -> str:
    """All forms, one line each, and how to ask for one."""
    lines = [texts.FORM_LINE.format(id=form.id, label=form.label, about=form.about) for form in FORMS]
    return "\n".join([*lines, texts.HOW])


def export(services: Services, request: Request, output: Path | None = None, person: Person = OPERATOR) -> list[str]:
    """Makes a form and writes its files (of several with `output`, the one with its suffix). Returns what to print.

    Raises UserError for what cannot be made, may not be seen or cannot be written.
    """
    files = make(services, person, request)
    if output is not None:
        fitting = [file for file in files if Path(file.name).suffix == output.suffix.lower()]
        files = [(fitting or files)[0]]
    return [texts.WRITTEN.format(path=_written(output or Path(file.name), file.data)) for file in files]


def make(services: Services, person: Person, request: Request) -> list[File]:
    """The files of a form. Raises UserError with the sentence that says what is wrong or missing."""
    form = form_of(services, request.form)
    if not person.may(form.ability):
        raise UserError(texts.NOT_ALLOWED.format(label=form.label, role=ROLE_NAMES[needed_role(form.ability)]))
    if request.record is not None and (request.unit or request.year is not None or request.rubric):
        raise UserError(texts.RECORD_OR_UNIT)
    wanted = (
        _of_record(services, person, form, request)
        if form.basis == "record"
        else _of_year(services, person, form, request)
    )
    return form.make(services, wanted)


def form_of(services: Services, name: str) -> Form:
    """The form of that id. Raises UserError with the nearest one."""
    found = next((form for form in FORMS if form.id == name), None)
    if found is None:
        near = services.near(name, [form.id for form in FORMS], 1)
        said = texts.NEAR.format(near=near[0]) if near else ""
        raise UserError(texts.NO_FORM.format(form=name, near=said, forms="、".join(form.id for form in FORMS)))
    return found


def forms_for(person: Person) -> list[Form]:
    """The forms that the person's role may have."""
    return [form for form in FORMS if person.may(form.ability)]


def records_for(services: Services, person: Person, form: Form, limit: int, offset: int = 0) -> list[Record]:
    """The records that the person may export as this form, newest first."""
    seen = records_seen(services.store.units, person)
    own = person.id if person.may("own_records") and not person.may("totals") else None
    find = RecordFilter(
        rubric_kind=_record_kind(form), unit_ids=None if own else seen, tester_id=own, limit=limit, offset=offset
    )
    return services.store.records.find(find)


def record_for(services: Services, person: Person, number: int) -> Record:
    """What stands of a record that the person may see. Raises UserError, also for one out of scope."""
    try:
        record = services.store.records.latest(services.store.records.get(number).series)
    except NotFound as error:
        raise UserError(texts.NO_RECORD.format(number=number)) from error
    seen = records_seen(services.store.units, person)
    if record.tester_id != person.id and seen is not None and record.unit_id not in seen:
        raise UserError(texts.NO_RECORD.format(number=number))
    if record.withdrawn:
        raise UserError(texts.WITHDRAWN.format(number=record.series))
    return record


def form_of_record(record: Record) -> Form | None:
    """The form that a record fills: 附表1 or the telephone scale."""
    return next((form for form in FORMS if form.basis == "record" and form.kind == record.rubric_kind), None)


def years_for(services: Services, form: Form, places: frozenset[int]) -> list[int]:
    """The ROC years with something to show for these units, the latest first, and this year."""
    this = rocdate.roc_year(services.clock().year)
    found = {this}
    if form.kind in ("sheet", ""):
        sheets = services.store.records.find(RecordFilter(rubric_kind="sheet", unit_ids=places))
        found |= {year_of(record) for record in sheets}
    if form.kind in ("phone", ""):
        phones = tuple(rubric.id for rubric in services.rubrics if rubric.kind == "phone")
        last = services.clock().date()
        first = services.store.totals.first_day(Chosen(phones, last.replace(year=1912), last, units=tuple(places)))
        found |= set(range(rocdate.roc_year(first.year), this + 1)) if first else set()
    if form.kind == "framework":
        stands = services.store.progress.current(places, form.rubric or None)
        found |= {int(one.period) for one in stands if one.period.isdigit()}
    return sorted(found, reverse=True)


def _of_record(services: Services, person: Person, form: Form, request: Request) -> Wanted:
    record = (
        record_for(services, person, request.record)
        if request.record is not None
        else _newest(services, person, form, request)
    )
    if record.rubric_id not in services.rubrics:
        raise UserError(texts.RUBRIC_GONE.format(number=record.series, rubric=record.rubric_id))
    rubric = services.rubrics.get(record.rubric_id)
    if rubric.kind != form.kind:
        other = form_of_record(record)
        said = texts.WRONG_KIND if other else texts.WRONG_KIND_ANY
        name = other.id if other else ""
        raise UserError(said.format(number=record.series, title=rubric.title, form=name, label=form.label))
    unit = services.store.units.get(record.unit_id)
    return Wanted(rubric, unit, year_of(record), frozenset([unit.id]), record)


def _newest(services: Services, person: Person, form: Form, request: Request) -> Record:
    """The latest record of a unit that the person may see."""
    if not request.unit:
        last = records_for(services, person, form, 1)
        raise UserError(texts.WHICH_RECORD.format(number=last[0].series) if last else texts.WHICH_RECORD_NONE)
    unit = _unit(services, person, request.unit)
    find = RecordFilter(
        rubric_id=_named(services, form, request.rubric).id if request.rubric else None,
        rubric_kind=_record_kind(form),
        unit_ids=services.store.units.subtree_ids(unit.id),
    )
    year = _year(services, request.year)
    seen = records_seen(services.store.units, person)
    for record in services.store.records.find(find):
        mine = record.tester_id == person.id or seen is None or record.unit_id in seen
        if mine and (year is None or year_of(record) == year):
            return record
    raise UserError(texts.NO_RECORD_OF.format(unit=unit.name))


def _of_year(services: Services, person: Person, form: Form, request: Request) -> Wanted:
    unit = _unit(services, person, request.unit) if request.unit else _only_unit(services, person)
    seen, below = records_seen(services.store.units, person), services.store.units.subtree_ids(unit.id)
    places = below if seen is None else below & seen
    year = _year(services, request.year) or _latest_year(services, form, places)
    rubric = _rubric(services, form, request.rubric, places, year, unit)
    return Wanted(rubric, unit, year, places)


def _rubric(
    services: Services, form: Form, named: str | None, places: frozenset[int], year: int, unit: Unit
) -> Rubric | None:
    """The sheet named, the form's own, or the one that these units' records of the year are on."""
    if not form.kind:
        return None
    if named or form.rubric:
        return _named(services, form, named or form.rubric)
    if form.kind == "sheet":
        found = services.store.records.find(RecordFilter(rubric_kind="sheet", unit_ids=places))
        used = [
            record.rubric_id for record in found if year_of(record) == year and record.rubric_id in services.rubrics
        ]
        if not used:
            raise UserError(texts.NO_RESULTS.format(unit=unit.name, year=year))
        return services.rubrics.get(max(used, key=used.count))
    return next(rubric for rubric in services.rubrics if rubric.kind == form.kind)


def _named(services: Services, form: Form, rubric_id: str) -> Rubric:
    rubric = services.rubrics.get(rubric_id)
    if rubric.kind != form.kind:
        raise UserError(texts.WRONG_RUBRIC.format(title=rubric.title, label=form.label))
    return rubric


def _unit(services: Services, person: Person, words: str) -> Unit:
    """The one unit meant, within what the person may see. Raises UserError with those that resemble it."""
    within = records_seen(services.store.units, person) if person.may("totals") else None
    found = units.find(services.store, words, within, active_only=False)
    if found.only is None:
        near = units.names(services.store, (unit.id for unit in (*found.exact, *found.near)))
        said = texts.NEAR.format(near="」「".join(near[:3])) if near else ""
        raise UserError(texts.NO_UNIT.format(unit=words, near=said))
    return found.only


def _only_unit(services: Services, person: Person) -> Unit:
    """The person's own unit, or the only office. Raises UserError when there are several."""
    if person.unit is not None:
        return services.store.units.get(person.unit)
    offices = services.store.units.offices()
    if len(offices) != 1:
        raise UserError(texts.WHICH_UNIT.format(unit=offices[0].name) if offices else texts.NO_UNITS)
    return offices[0]


def _year(services: Services, year: int | None) -> int | None:
    if year is None:
        return None
    found = rocdate.roc_year(rocdate.western_year(year))
    if not 1 <= found <= rocdate.roc_year(services.clock().year) + 1:
        raise UserError(texts.BAD_YEAR)
    return found


def _latest_year(services: Services, form: Form, places: frozenset[int]) -> int:
    """The year of the newest record (or progress) that the form is about; this year without any."""
    if form.kind == "framework":
        return years_for(services, form, places)[0]
    kinds: tuple[RubricKind, ...] = (form.kind,) if form.kind else ("sheet", "phone")
    wanted = [RecordFilter(rubric_kind=kind, unit_ids=places, limit=1) for kind in kinds]
    found = [year_of(record) for one in wanted for record in services.store.records.find(one)]
    return max(found, default=rocdate.roc_year(services.clock().year))


def _record_kind(form: Form) -> RubricKind | None:
    return form.kind or None


def _written(path: Path, data: bytes) -> Path:
    """Writes to that path, or to one with -2, -3 … when it is taken. Raises UserError when the place takes no file."""
    for number in count(1):
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            with free.open("xb") as file:
                file.write(data)
        except FileExistsError:
            continue
        except OSError as error:
            raise UserError(texts.CANNOT_WRITE.format(path=path)) from error
        return free
    raise AssertionError  # count never ends


def labels(forms: Sequence[Form]) -> dict[str, Form]:
    """The forms by what people call them: label, the label's first word, id."""
    return {name: form for form in forms for name in (form.id, form.label, form.label.split(" ")[0])}
