"""匯出: an official form as a document in chat. Choose the form, then the record, or the unit and the year.

Only what the person may see is offered, and every choice is checked again when the button is pressed.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from bot import exporting, rocdate
from bot.dialogue.turn import Turn, UserError
from bot.exporting import Request
from bot.messages import Attachment, Choice, Reply, Rows, rows
from bot.people import records_seen
from bot.reports.forms import File, Form
from bot.texts import forms as texts
from rubrics import plain
from storage.units import Unit

A_PAGE = 8
MOST_UNITS = 40
MOST_YEARS = 6
_YEAR = re.compile(r"\s*(\d{2,4})\s*年?度?$")


class ExportFlow:
    """/export. Buttons: forms, form <form> <page>, record <series>, unit <form> <unit>, year <form> <unit> <year>."""

    name = "export"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """The list of forms; 「附表2 水利署 105 年」 or a record's number goes on at once."""
        if not argument:
            return [self._forms(turn)]
        if argument.isdecimal():
            return self._record(turn, int(argument))
        called = exporting.labels(exporting.forms_for(turn.person))
        name = next((name for name in sorted(called, key=len, reverse=True) if argument.startswith(name)), None)
        if name is None:
            return [self._forms(turn)]
        return self._words(turn, called[name], argument.removeprefix(name).strip())

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """A form, record, unit or year was chosen."""
        numbers = [int(one) for one in arguments if one.isdecimal()]
        if verb == "record" and len(numbers) == 1:
            return self._record(turn, numbers[0])
        form = next((one for one in exporting.forms_for(turn.person) if [one.id] == arguments[:1]), None)
        if form is None:
            return [self._forms(turn)]
        if verb == "unit" and len(numbers) == 1:
            unit = self._unit(turn, numbers[0])
            return [self._years(turn, form, unit)] if unit else [self._units(turn, form)]
        if verb == "year" and len(numbers) == 2:
            unit = self._unit(turn, numbers[0])
            if unit:
                name = turn.services.store.units.full_name(unit.id)
                return self._made(turn, form, Request(form.id, unit=name, year=numbers[1]))
        return [self._next(turn, form, numbers[0] if numbers else 0)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """A record's number, or a unit with or without a year, for the form that was chosen; else not for us."""
        called = turn.slot(self.name).get("form")
        form = next((one for one in exporting.forms_for(turn.person) if one.id == called), None)
        if form is None or turn.text.endswith(("?", "？")):
            return None
        if form.basis == "record":
            number = turn.text.lstrip("#＃")
            return self._record(turn, int(number)) if number.isdecimal() else None
        try:
            return self._words(turn, form, turn.text)
        except UserError:
            return None

    def _forms(self, turn: Turn) -> Reply:
        turn.session.clear(self.name)
        mine = exporting.forms_for(turn.person)
        lines = [Markup("{}").format(texts.WHICH_FORM)]
        lines += [Markup("<b>{}</b>　{}").format(form.label, form.about) for form in mine]
        return Reply(Markup("\n").join(lines), rows([Choice(f"export:form:{one.id}", one.label) for one in mine], 2))

    def _next(self, turn: Turn, form: Form, page: int) -> Reply:
        """What has to be chosen for a form; typed words are held from here on."""
        turn.slot(self.name)["form"] = form.id
        turn.session.active = self.name
        return self._records(turn, form, page) if form.basis == "record" else self._units(turn, form)

    def _records(self, turn: Turn, form: Form, page: int) -> Reply:
        found = exporting.records_for(turn.services, turn.person, form, A_PAGE + 1, page * A_PAGE)
        if not found and not page:
            return Reply(Markup("{}").format(texts.WHICH_RECORD_NONE), self._others())
        names = turn.services.store.units.full_names()
        choices = [
            Choice(
                f"export:record:{one.series}",
                texts.RECORD_BUTTON.format(
                    number=one.series,
                    when=rocdate.short_date(one.called_at.date()),
                    unit=names[one.unit_id].split(" ")[-1],
                    total=plain(one.total),
                ),
            )
            for one in found[:A_PAGE]
        ]
        if len(found) > A_PAGE:
            choices.append(Choice(f"export:form:{form.id}:{page + 1}", texts.MORE))
        said = texts.CHOOSE_RECORD.format(label=form.label)
        return Reply(Markup("{}").format(said), (*rows(choices), *self._others()), in_place=page > 0)

    def _units(self, turn: Turn, form: Form) -> Reply:
        seen = records_seen(turn.services.store.units, turn.person)
        known = [unit for unit in turn.services.store.units.all() if seen is None or unit.id in seen]
        if not known:
            return Reply(Markup("{}").format(texts.NO_UNITS), self._others())
        offices_first = sorted(known, key=lambda unit: not unit.is_office)[:MOST_UNITS]
        choices = [Choice(f"export:unit:{form.id}:{unit.id}", unit.name) for unit in offices_first]
        said = texts.CHOOSE_UNIT.format(label=form.label)
        return Reply(Markup("{}").format(said), (*rows(choices, 2), *self._others()))

    def _years(self, turn: Turn, form: Form, unit: Unit) -> Reply:
        places = turn.services.store.units.subtree_ids(unit.id)
        years = exporting.years_for(turn.services, form, places)[:MOST_YEARS]
        choices = [
            Choice(f"export:year:{form.id}:{unit.id}:{year}", texts.YEAR_BUTTON.format(year=year)) for year in years
        ]
        said = texts.CHOOSE_YEAR.format(label=form.label, unit=unit.name)
        return Reply(Markup("{}").format(said), (*rows(choices, 3), *self._others()), in_place=True)

    def _words(self, turn: Turn, form: Form, words: str) -> list[Reply]:
        """「水利署 105 年」 as unit and year; a record's number or a unit alone."""
        if form.basis == "record" and words.isdecimal():
            return self._record(turn, int(words))
        year = _YEAR.search(words)
        unit = words[: year.start()].strip() if year else words
        if not unit:
            return [self._next(turn, form, 0)]
        return self._made(turn, form, Request(form.id, unit=unit, year=int(year[1]) if year else None))

    def _record(self, turn: Turn, number: int) -> list[Reply]:
        record = exporting.record_for(turn.services, turn.person, number)
        form = exporting.form_of_record(record)
        if form is None:
            raise UserError(texts.NO_RECORD.format(number=number))
        return self._made(turn, form, Request(form.id, record=number))

    def _made(self, turn: Turn, form: Form, request: Request) -> list[Reply]:
        files = exporting.make(turn.services, turn.person, request)
        turn.session.clear(self.name)
        demo = any(file.name.startswith(texts.DEMO_NAME) for file in files)
        said = (texts.READY_DEMO if demo else texts.READY).format(label=form.label)
        return [Reply(Markup("{}").format(said), self._others(), tuple(_attached(file) for file in files))]

    def _unit(self, turn: Turn, number: int) -> Unit | None:
        seen = records_seen(turn.services.store.units, turn.person)
        known = turn.services.store.units.all(active_only=False)
        return next((unit for unit in known if unit.id == number and (seen is None or number in seen)), None)

    def _others(self) -> Rows:
        return rows([Choice("export:forms", texts.OTHER_FORM)])


def _attached(file: File) -> Attachment:
    return Attachment("document", file.name, file.data)
