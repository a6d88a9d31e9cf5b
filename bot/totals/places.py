"""Which units a question names, among those that the person may see.

The longest name wins; an office in front of a unit only says whose unit it is. A name that stands in several offices
is given back as several. A name that is nobody's and one of another office get the same answer, 「not among yours」, so
that nobody learns what others have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge import fuzzy
from knowledge.agencies import derived_aliases
from storage import Unit

from .words import folded

SURE = 72.0  # a likeness from here on is taken as the unit that was meant; the reply repeats the reading
NEAR = 50.0  # from here on it is offered
_UNIT_LIKE = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:事務所|管理所|衛生所|區公所|分局|中心|課|科(?!室)|室|組|處(?!理)|署|局|司|股|所(?!有)|隊|館|廠)"
)
_RIVER = re.compile(r"第(\d+)河川局$")
_CHINESE = "零一二三四五六七八九"


@dataclass(frozen=True)
class Place:
    """One unit: full name as recorded (「第二河川局 工務課」), own name, office's id, parent, group label."""

    id: int
    full: str
    name: str
    office: int
    parent: int | None
    group: str | None
    active: bool


@dataclass(frozen=True)
class Named:
    """What was named: roots of subtrees in order of naming, where they stood; `either`: what one name could mean;
    `strange`: a name that is not among the person's; `likely`: nearest names for it."""

    roots: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    either: tuple[int, ...] = ()
    strange: str = ""
    likely: tuple[int, ...] = ()


@dataclass
class Tree:
    """All units, those of them that the person may see (`visible`), and the names they answer to."""

    places: Mapping[int, Place]
    visible: frozenset[int]
    home: int | None = None
    _names: dict[str, list[int]] = field(default_factory=dict)
    _groups: dict[str, list[int]] = field(default_factory=dict)

    def roots(self) -> tuple[int, ...]:
        """The highest visible units: the whole scope."""
        return tuple(one for one in sorted(self.visible) if self.places[one].parent not in self.visible)

    def below(self, roots: Iterable[int]) -> tuple[int, ...]:
        """These units and all visible ones below them, in the order of their numbers."""
        wanted, found = set(roots), []
        for number, place in self.places.items():  # parents stand before their children
            if number in self.visible and (number in wanted or place.parent in wanted):
                wanted.add(number)
                found.append(number)
        return tuple(sorted(found))

    def leaves(self, roots: Iterable[int]) -> tuple[int, ...]:
        """The units in use below the roots that have no unit in use below themselves: those that are tested."""
        chosen = [one for one in self.below(roots) if self.places[one].active]
        parents = {self.places[one].parent for one in chosen}
        return tuple(one for one in chosen if one not in parents)

    def label(self, roots: Iterable[int]) -> str:
        """The names, joined; 「全部單位」 for the whole of a scope of several."""
        roots = tuple(roots)
        if len(roots) > 1 and roots == self.roots():
            return "全部單位"
        return "、".join(self.places[one].full for one in roots[:6]) + ("等" if len(roots) > 6 else "")

    def find(self, text: str) -> Named:
        """What the folded text names by a name, alias or group label."""
        hits = self._hits(text)
        roots: list[int] = []
        spans: list[tuple[int, int]] = []
        office: int | None = None
        for at, (start, end, numbers) in enumerate(hits):
            spans.append((start, end))
            kept = [one for one in numbers if one in self.visible]
            if len(kept) == 1 and self.places[kept[0]].parent is None and _qualifies(hits, at, self.places, kept[0]):
                office = kept[0]
                continue
            inside = [one for one in kept if self.places[one].office == office]
            kept = inside or kept
            if not kept:
                return Named(tuple(roots), tuple(spans), strange=text[start:end])
            if len(kept) > 1 and text[start:end] not in self._groups:
                return Named(tuple(roots), tuple(spans), either=tuple(kept))
            roots += [one for one in kept if one not in roots]
        return Named(tuple(roots), tuple(spans))

    def guess(self, text: str) -> Named:
        """A unit-like word of what is left over: the unit it resembles, or a stranger with the nearest names."""
        found = _UNIT_LIKE.search(text)
        if not found:
            return Named()
        word = found.group().lstrip("那的在跟和與及給看查")
        span = (found.end() - len(word), found.end())
        near = self._near(word)
        if near and near[0][1] >= SURE:
            best = [number for number, score in near if score == near[0][1]]
            return Named(tuple(best), (span,)) if len(best) == 1 else Named((), (span,), either=tuple(best))
        return Named((), (span,), strange=word, likely=tuple(number for number, _ in near))

    def _near(self, word: str) -> list[tuple[int, float]]:
        own: dict[str, list[int]] = {}
        for number in self.visible:
            own.setdefault(self.places[number].name, []).append(number)
        return [(number, score) for name, score in fuzzy.best(word, own, 4, NEAR) for number in own[name]][:6]

    def _hits(self, text: str) -> list[tuple[int, int, list[int]]]:
        found: list[tuple[int, int, list[int]]] = []
        for name in (one for one in sorted({**self._names, **self._groups}, key=len, reverse=True) if one in text):
            numbers = self._groups.get(name) or self._names[name]
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                if all(end <= other[0] or start >= other[1] for other in found):
                    found.append((start, end, numbers))
                start = text.find(name, end)
        return sorted(found)


def build_tree(
    units: Iterable[Unit], scope: frozenset[int] | None, home: int | None, short: Mapping[str, Iterable[str]]
) -> Tree:
    """The tree of all units. `home` is the person's own unit, `short` other names of offices (name -> names)."""
    places: dict[int, Place] = {}
    for unit in units:
        above = places[unit.parent].full + " " if unit.parent is not None else ""
        places[unit.id] = Place(
            unit.id, above + unit.name, unit.name, unit.office, unit.parent, unit.group, unit.active
        )
    tree = Tree(places, frozenset(places) if scope is None else scope & frozenset(places), home)
    for place in places.values():
        for name in _names_of(place, short):
            tree._names.setdefault(name, []).append(place.id)
        if place.group and place.id in tree.visible:
            for label in _labels_of(place.group):
                tree._groups.setdefault(label, []).append(place.id)
    return tree


def _names_of(place: Place, short: Mapping[str, Iterable[str]]) -> set[str]:
    names = {folded(place.name), folded(place.full)}
    if place.parent is None:
        names |= {folded(name) for name in derived_aliases(place.name)}
        names |= {folded(name) for name in short.get(place.name, ())}
        for river in filter(None, map(_RIVER.search, tuple(names))):
            digits = river[1]
            names |= {f"{digits}河局", f"{digits}河川局", f"第{digits}河局"}
            if len(digits) == 1:
                names |= {f"{_CHINESE[int(digits)]}河局", f"{_CHINESE[int(digits)]}河川局"}
    return {name for name in names if len(name) >= 2}


def _labels_of(group: str) -> set[str]:
    label = folded(group)
    tail = re.search(r"第\d+組$", label)
    return {label, tail.group()} if tail else {label}


def _qualifies(hits: list[tuple[int, int, list[int]]], at: int, places: Mapping[int, Place], office: int) -> bool:
    """True when a unit of this office is named right behind it: the office then only says whose unit it is."""
    if at + 1 >= len(hits):
        return False
    start, _, numbers = hits[at + 1]
    inside = any(places[one].office == office and places[one].parent is not None for one in numbers)
    return inside and start - hits[at][1] <= 1
