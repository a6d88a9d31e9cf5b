"""`kaoping totals "…" [--json] [--as PERSON]`: the same answer as in chat, for scripts."""

from __future__ import annotations

from typing import Any

from bot.app import Services
from bot.errors import UserError
from bot.messages import plain
from bot.people import Person
from bot.texts import totals as texts

from .answer import ask

LOCAL = Person("local", "", "admin")


def totals(services: Services, question: str, person_id: str | None) -> tuple[str, dict[str, Any]]:
    """The reply as text, and the fixed JSON shape. Raises UserError for an unknown person, or one without the right."""
    person = person_of(services, person_id)
    found = ask(services, person, question)
    return plain(found.text), found.as_dict()


def person_of(services: Services, person_id: str | None) -> Person:
    """Whose eyes count: of nobody named, all is seen. Raises UserError for an unknown person, or without the right."""
    if not person_id:
        return LOCAL
    known = services.store.people.get(person_id)
    if known is None or not known.active:
        raise UserError(texts.NO_SUCH_PERSON.format(person=person_id))
    person = Person(known.id, known.name, known.role, known.unit_id)
    if not person.may("totals"):
        raise UserError(texts.MAY_NOT.format(person=person_id))
    return person
