"""The one table: which command, keyword or phrase leads to which conversation. Menus and help are made from it.

A new conversation is one flow and one row here. The router refuses nothing: what no row claims is a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.people import Ability, Person
from knowledge.normal import traditional

from .turn import Flow, Turn

LONGEST_WORD = 12  # characters of a label or keyword


@dataclass(frozen=True)
class Route:
    """One row: the command (ASCII, without the slash), the menu's label, the words that mean the same, the ability it
    needs, a line of help with an example, and optionally a test that claims free text for it."""

    command: str
    label: str
    flow: Flow
    ability: Ability
    help: str
    example: str = ""
    keywords: tuple[str, ...] = ()
    claims: Callable[[Turn], bool] | None = None
    in_menu: bool = True
    argument: str = ""  # what `start` is given when the command came alone
    fallback: bool = False  # takes what nobody else claims


@dataclass(frozen=True)
class Router:
    """The table and its look-ups."""

    routes: tuple[Route, ...]
    _by_word: dict[str, Route] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Raises ValueError when two rows share a command or keyword: that is a fault of ours, found in tests."""
        for route in self.routes:
            for word in (route.command, route.label, *route.keywords):
                key = _key(word)
                if self._by_word.setdefault(key, route) is not route:
                    raise ValueError(f"two routes claim {word!r}")

    def flow(self, name: str) -> Flow | None:
        """The flow with this name (the first part of its buttons' ids)."""
        return next((route.flow for route in self.routes if route.flow.name == name), None)

    def command(self, text: str) -> tuple[Route | None, str] | None:
        """Reads 「/phone 秘書室」: the row (None when unknown) and the rest; None when the text is no command."""
        found = re.match(r"[/／](\w+)(?:@\w+)?\s*(.*)", text, re.DOTALL)
        if not found:
            return None
        return self._named(found[1]), found[2].strip()

    def keyword(self, text: str) -> tuple[Route, str] | None:
        """The row whose label or keyword is the whole text, or its first word before a space."""
        whole = self._named(text)
        if whole and not text.isascii():
            return whole, ""
        first, _, rest = text.partition(" ")
        route = self._named(first) if not first.isascii() else None
        return (route, rest.strip()) if route and rest.strip() and len(rest) <= 40 else None

    def _named(self, word: str) -> Route | None:
        key = _key(word)
        found = self._by_word.get(key)
        if found is None and len(key) <= LONGEST_WORD and not key.isascii():
            return self._by_word.get(traditional(key))  # 「电话测试」
        return found

    def claimed(self, turn: Turn) -> Route | None:
        """The first row whose own test claims the free text."""
        return next((route for route in self.routes if route.claims and route.claims(turn)), None)

    def figures_rather(self, turn: Turn, route: Route, rest: str) -> bool:
        """「電話測試 平均」 asks for figures, although a form's keyword stands before it."""
        if route.ability != "score" or not rest:
            return False
        claimed = self.claimed(turn)
        return claimed is not None and claimed.ability == "totals"

    def wanted(self, turn: Turn) -> bool:
        """Whether a row that the person may use claims the free text; the one that takes everything does not count."""
        open_to = (route for route in self.routes if not route.fallback and turn.person.may(route.ability))
        return any(route.claims(turn) for route in open_to if route.claims)

    def menu(self, person: Person) -> list[Route]:
        """The rows a person may use, in the table's order."""
        return [route for route in self.routes if route.in_menu and person.may(route.ability)]


def _key(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().strip("。！!?？").lower()
