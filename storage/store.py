"""One open database with its parts: the only thing that the rest of the program holds of storage."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from storage import migrations
from storage.assessment import NewRecord, Record
from storage.audit import Audit
from storage.drafts import Drafts
from storage.duties import Duties
from storage.engine import Engine
from storage.feedback import Feedback
from storage.improvements import Improvements
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.people import People
from storage.progress import ProgressBook
from storage.records import Records
from storage.schedule import Schedule
from storage.sessions import Sessions
from storage.settings import KeptSettings
from storage.times import Clock
from storage.totals import Totals
from storage.units import Units


class Store:
    """The parts over one connection. Use `open_store`; calls from several threads wait for one another."""

    def __init__(self, engine: Engine, clock: Clock, new_id: Callable[[], str]) -> None:
        self.engine = engine
        self.audit = Audit(engine, clock)
        self.units = Units(engine, clock, self.audit)
        self.people = People(engine, clock, self.audit, self.units)
        self.records = Records(engine, clock, self.audit)
        self.drafts = Drafts(engine, clock, new_id)
        self.sessions = Sessions(engine, clock)
        self.inbox = Inbox(engine, clock)
        self.outbox = Outbox(engine, clock)
        self.schedule = Schedule(engine, clock)
        self.settings = KeptSettings(engine, clock)
        self.duties = Duties(engine, clock, self.audit, self.units)
        self.improvements = Improvements(engine, clock, self.audit, self.units)
        self.progress = ProgressBook(engine, clock, self.units)
        self.feedback = Feedback(engine, clock)
        self.totals = Totals(engine)

    def transaction(self) -> AbstractContextManager[None]:
        """All that the block writes, or nothing. Nests: an inner block that raises takes back only its own writes."""
        return self.engine.transaction()

    def submit(self, draft_id: str, new: NewRecord) -> Record:
        """Sends a draft off: the record is added and the draft deleted, together.

        Raises NotFound when the draft was sent off or discarded before, and whatever `records.add` raises.
        """
        with self.transaction():
            self.drafts.finish(draft_id)
            return self.records.add(new)

    def prune(self, before: datetime) -> int:
        """Deletes updates handled, messages settled and reminders done before that moment; returns how many went.

        What waits and what was put aside stays, and so does the highest update number.
        """
        with self.transaction():
            return sum(part.prune(before) for part in (self.inbox, self.outbox, self.schedule))

    def usable(self) -> bool:
        """True when the database still answers."""
        return self.engine.usable()

    def backup(self, path: Path) -> None:
        """A consistent, checked copy in one file, also while others write. Raises EngineFault."""
        self.engine.backup(path)

    def close(self) -> None:
        """Closes the connection; what was committed stays."""
        self.engine.close()


def open_store(path: Path | None, clock: Clock, new_id: Callable[[], str]) -> Store:
    """Opens (or makes) the database, brings it up to date, and hands out its parts.

    `path` None is a database in memory. `clock` gives moments with a time zone, `new_id` short ASCII ids. Raises
    EngineFault (not a database, no permission), NewerFile.
    """
    engine = Engine(path)
    try:
        migrations.migrate(engine)
    except BaseException:
        engine.close()
        raise
    engine.freeze()
    return Store(engine, clock, new_id)
