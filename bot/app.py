"""The one place that builds the store, the documents' index and the sheets from settings.

It refuses to open anything half: a sheet or plan that does not load stops the start with the linter's sentences.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import rubrics
from bot import rocdate
from bot.messages import Incoming
from bot.people import Person, Role
from bot.settings import Settings, SettingsError
from bot.texts.common import CANNOT_OPEN
from knowledge import fuzzy
from rubrics.plans import PlanSet, load_plans
from storage import EngineFault, Store, open_store

if TYPE_CHECKING:
    from knowledge.library import Library


def new_id() -> str:
    """A short random id: 16 ASCII letters and digits."""
    return secrets.token_hex(8)


@dataclass(frozen=True)
class Services:
    """What every conversation may use. `local_roles` are the roles that the terminal's own user chose."""

    settings: Settings
    store: Store
    clock: Callable[[], datetime] = rocdate.now
    new_id: Callable[[], str] = new_id
    local_roles: Mapping[str, Role] = field(default_factory=dict)

    @cached_property
    def rubrics(self) -> rubrics.RubricSet:
        """All sheets, built in and added."""
        return rubrics.load_folders(self._rubric_folders)

    @cached_property
    def plans(self) -> PlanSet:
        """All plans, built in and added."""
        return load_plans([folder / "plans" for folder in self._rubric_folders])

    def reload_plans(self) -> None:
        """Has the plans read anew at their next use: a file was added."""
        self.__dict__.pop("plans", None)

    @property
    def _rubric_folders(self) -> list[Path]:
        """Built in, the installation's own, and those of the settings."""
        return [*self.settings.rubrics, *([self.settings.own_rubrics] if self.settings.own_rubrics.is_dir() else [])]

    @cached_property
    def library(self) -> Library:
        """The documents, through the index that is kept beside the database."""
        from knowledge.library import open_library  # commands that ask nothing start without it

        cache = None if self.settings.database == Path(":memory:") else self.settings.data_folder / "index"
        return open_library(self.settings.documents, cache)

    def person(self, incoming: Incoming) -> Person:
        """Who is speaking: the administrators of the settings, the people on record, else staff who may ask."""
        known = self.store.people.get(incoming.sender)
        name = (known.name if known else "") or incoming.name
        unit = known.unit_id if known else None
        if incoming.channel == "terminal" and incoming.sender in self.local_roles:
            return Person(incoming.sender, name, self.local_roles[incoming.sender], unit)
        if incoming.sender in self.settings.admins:
            return Person(incoming.sender, name, "admin", unit)
        if known and known.active:
            return Person(incoming.sender, name, known.role, unit)
        return Person(incoming.sender, name, "staff", None)

    def near(self, word: str, names: Sequence[str], limit: int = 3) -> list[str]:
        """The names nearest to a mistyped word, best first; none when nothing is near."""
        return [name for name, score in fuzzy.best(word, names, limit) if score >= 45]


def build_services(settings: Settings, local_roles: Mapping[str, Role] | None = None) -> Services:
    """Opens the database (made when missing) and hands out the services; sheets and index load at first use.

    Raises SettingsError when the file cannot be opened or is no database.
    """
    path = None if settings.database == Path(":memory:") else settings.database
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        store = open_store(path, rocdate.now, new_id)
    except (OSError, EngineFault) as error:
        raise SettingsError(CANNOT_OPEN.format(path=path)) from error
    return Services(settings, store, local_roles=local_roles or {})
