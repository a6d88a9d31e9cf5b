"""Whose unit it is: a tester never tests the unit they belong to."""

from __future__ import annotations

from bot.dialogue.turn import Turn
from storage import NotFound, Unit


def own_unit(turn: Turn, unit: Unit) -> bool:
    """True for the person's own unit, the units below it, and those above it short of the office.

    Someone on the office's own level belongs to the office as such, and may test its units.
    """
    if turn.person.unit is None:
        return False
    units = turn.services.store.units
    try:
        own = units.get(turn.person.unit)
    except NotFound:
        return False
    if own.id == unit.id:
        return True
    if own.is_office or unit.is_office:
        return False
    return unit.id in units.subtree_ids(own.id) or own.id in units.subtree_ids(unit.id)
