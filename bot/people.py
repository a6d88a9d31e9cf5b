"""Roles and scopes: who may do what, in one table.

A person has one role and, optionally, one unit. The role says what they may do; the unit says whose records they may
see: its own and those of the units below it. A supervisor without a unit sees the whole installation. Nobody else is
asked who sees what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storage.people import People
from storage.units import Units

Role = Literal["staff", "tester", "supervisor", "admin"]
Ability = Literal["ask", "score", "own_records", "totals", "duties", "improve", "manage"]

ROLES: tuple[Role, ...] = ("staff", "tester", "supervisor", "admin")
ROLE_NAMES: dict[Role, str] = {"staff": "同仁", "tester": "測試人員", "supervisor": "督導主管", "admin": "管理者"}

ABILITIES: dict[Role, frozenset[Ability]] = {
    "staff": frozenset({"ask", "improve"}),
    "tester": frozenset({"ask", "improve", "score", "own_records"}),
    "supervisor": frozenset({"ask", "improve", "score", "own_records", "totals", "duties"}),
    "admin": frozenset({"ask", "improve", "score", "own_records", "totals", "duties", "manage"}),
}


@dataclass(frozen=True)
class Person:
    """Who is speaking: their id within the installation, name, role and unit (None: no unit)."""

    id: str
    name: str
    role: Role
    unit: int | None = None

    def may(self, ability: Ability) -> bool:
        """True when the role allows it."""
        return ability in ABILITIES[self.role]


def needed_role(ability: Ability) -> Role:
    """The least role that has the ability: what to ask the administrator for."""
    return next(role for role in ROLES if ability in ABILITIES[role])


def units_seen(units: Units, person: Person) -> frozenset[int] | None:
    """The units whose affairs concern the person: None is all of the installation, an empty set none.

    With a unit: it and all below, whatever the role. Without: everything for those who see figures, nothing for others.
    """
    if person.unit is not None:
        return units.subtree_ids(person.unit)
    return None if person.may("totals") else frozenset()


def records_seen(units: Units, person: Person) -> frozenset[int] | None:
    """The units whose records the person sees besides their own: None is all, an empty set none."""
    return units_seen(units, person) if person.may("totals") else frozenset()


def called(people: People, person_id: str) -> str:
    """What a person is called to others: the name on the list, else the number (at the terminal: the user's name)."""
    known = people.get(person_id)
    return known.name if known and known.name else person_id.removeprefix("terminal:")
