"""Who may do what, from the command line: add, list, remove."""

from __future__ import annotations

from typing import Any

from bot import units
from bot.app import Services
from bot.people import ROLE_NAMES, Role
from bot.texts import people as texts

COMMAND_LINE = "command line"


def add(services: Services, person_id: str, role: Role, unit: str | None, name: str | None) -> str:
    """Adds or changes a person; what is not given stays as it was. Returns the sentence to print."""
    store = services.store
    with store.transaction():
        known = store.people.get(person_id)
        unit_id = known.unit_id if known else None
        made = False
        if unit:
            found, made = units.ensure(store, unit, COMMAND_LINE)
            unit_id = found.id
        person = store.people.add(
            person_id, role, name if name is not None else (known.name if known else ""), unit_id, by=COMMAND_LINE
        )
    where = store.units.full_name(person.unit_id) if person.unit_id is not None else texts.NO_UNIT
    said = texts.ADDED.format(who=texts.who(person.name, person.id), role=ROLE_NAMES[role], unit=where)
    return said + (texts.NEW_UNIT.format(unit=where) if made else "")


def remove(services: Services, person_id: str) -> str:
    """Takes a person's role away; their records stay. Returns the sentence to print."""
    person = services.store.people.remove(person_id, by=COMMAND_LINE)
    return texts.REMOVED.format(who=person.name or person.id)


def everyone(services: Services) -> tuple[str, list[dict[str, Any]]]:
    """All people as text and as rows {id, name, role, unit}."""
    named = services.store.units.full_names()
    everyone = services.store.people.all()
    found = [
        {"id": one.id, "name": one.name, "role": one.role, "unit": named.get(one.unit_id or 0)} for one in everyone
    ]
    lines = [
        texts.LINE.format(
            id=one.id, name=one.name, role=ROLE_NAMES[one.role], unit=named.get(one.unit_id or 0, texts.NO_UNIT)
        )
        for one in everyone
    ]
    return "\n".join(lines) or texts.NOBODY, found
