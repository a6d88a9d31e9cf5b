"""Finding an office or unit by the words people use for it: full name, short name, a typing error.

What several units could mean is given back as several; the caller asks. Nothing is guessed silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge import fuzzy
from storage import Store
from storage.errors import Conflict
from storage.units import Unit

SHORTEST_ENDING = 3  # characters: 礦務局 names an office, 局 does not
NEAR = 60.0  # fuzzy scores from here on are offered as "did you mean"


@dataclass(frozen=True)
class Found:
    """`exact`: units whose full or own name is just that. `near`: others that resemble it, best first."""

    exact: tuple[Unit, ...]
    near: tuple[Unit, ...]

    @property
    def only(self) -> Unit | None:
        """The one unit meant, when there is no doubt."""
        return self.exact[0] if len(self.exact) == 1 else None


def find(
    store: Store, words: str, within: frozenset[int] | None = None, limit: int = 6, *, active_only: bool = True
) -> Found:
    """Looks among the units in use, or among all (of a scope, when `within` is given)."""
    named = store.units.full_names()
    units = [unit for unit in store.units.all(active_only=active_only) if within is None or unit.id in within]
    wanted = key(words)
    whole = [unit for unit in units if key(named[unit.id]) == wanted]
    whole = [unit for unit in whole if named[unit.id] == " ".join(words.split())] or whole  # an office, or its unit
    exact = whole or [unit for unit in units if key(unit.name) == wanted] or _by_ending(units, named, wanted)
    by_name: dict[str, list[Unit]] = {}
    for unit in units:
        by_name.setdefault(named[unit.id], []).append(unit)
    close = [
        unit
        for name, score in fuzzy.best(words, list(by_name), limit)
        if score >= NEAR
        for unit in by_name[name]
        if unit not in exact
    ]
    return Found(tuple(exact), tuple(close[:limit]))


def office(store: Store, words: str) -> Unit | None:
    """The office of that name, whichever of the two is written in full.

    第二河川局 and 經濟部水利署第二河川局 are one office, when no other office's name ends so. Names stay as entered.
    """
    wanted, offices = key(words), store.units.offices(active_only=False)
    found = [one for one in offices if key(one.name) == wanted] or _by_ending(offices, {}, wanted)
    if not found:
        shorter = [one for one in offices if len(key(one.name)) >= SHORTEST_ENDING and wanted.endswith(key(one.name))]
        longest = max((len(key(one.name)) for one in shorter), default=0)
        found = [one for one in shorter if len(key(one.name)) == longest]
    return found[0] if len(found) == 1 else None


def office_name(store: Store, words: str) -> str:
    """The name under which the office is on the list already, else the words themselves."""
    known = office(store, words)
    return known.name if known else words


def _by_ending(units: Iterable[Unit], named: dict[int, str], wanted: str) -> list[Unit]:
    """Those whose full name ends with the words: offices are mostly called without what stands above them."""
    if len(wanted) < SHORTEST_ENDING:
        return []
    found = [unit for unit in units if key(named.get(unit.id, unit.name)).endswith(wanted)]
    return [unit for unit in found if unit.is_office] or found


def ensure(store: Store, words: str, by: str = "") -> tuple[Unit, bool]:
    """The unit of that name, made when there is none: 「第二河川局 秘書室」 is a unit of an office, one word an office.

    Returns the unit and whether it is new. Raises storage's Conflict when the name stands in several offices, or is
    that of a unit put out of use.
    """
    found = find(store, words)
    if found.only:
        return found.only, False
    if found.exact:
        names = "、".join(store.units.full_name(unit.id) for unit in found.exact)
        raise Conflict(f"「{words}」不只一個：{names}。請寫出機關與單位。")
    name, _, unit = " ".join(words.split()).partition(" ")
    above = office(store, name)
    known = store.units.child(unit, above.id) if above and unit else above
    if known and not known.active:
        raise Conflict(f"「{store.units.full_name(known.id)}」已停用，請管理者先在「單位」裡恢復。")
    return known or store.units.ensure(above.name if above else name, unit or None, by=by), known is None


def key(name: str) -> str:
    """What two spellings of one name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).split()).replace("臺", "台").replace("/", "")


def names(store: Store, units: Iterable[int]) -> list[str]:
    """Full names, in the order given."""
    named = store.units.full_names()
    return [named[unit] for unit in units]
