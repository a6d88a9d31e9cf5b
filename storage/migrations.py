"""The only thing that makes or alters tables: an ordered list, each step in one transaction with its own record.

Several programs may open a new file at the same moment: each step takes the write lock and looks again, so that it runs
once. A file that holds steps unknown here comes from a newer version and is refused. Steps that were released are never
edited, renamed or reordered; a new one goes at the end. The library's table `_sqlite_migrations` is the record (its own
stamp is in UTC).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from storage.engine import Engine, translated
from storage.errors import NewerFile
from storage.schema import conversations, people, records, supervision, views

STEPS: tuple[tuple[str, str], ...] = (
    ("0001_units", people.UNITS),
    ("0002_people", people.PEOPLE),
    ("0003_settings", people.SETTINGS),
    ("0004_audit", people.AUDIT),
    ("0005_assessments", records.ASSESSMENTS),
    ("0006_standing", records.STANDING),
    ("0007_drafts", conversations.DRAFTS),
    ("0008_sessions", conversations.SESSIONS),
    ("0009_inbox", conversations.INBOX),
    ("0010_outbox", conversations.OUTBOX),
    ("0011_schedule", conversations.SCHEDULE),
    ("0012_duties", supervision.DUTIES),
    ("0013_improvements", supervision.IMPROVEMENTS),
    ("0014_progress", supervision.PROGRESS),
    ("0015_feedback", supervision.FEEDBACK),
    ("0016_views", views.VIEWS),
    ("0017_standing_months", records.STANDING_MONTHS),
    ("0018_withdrawn", records.WITHDRAWN),
)


def migrate(engine: Engine, steps: tuple[tuple[str, str], ...] = STEPS) -> list[str]:
    """Brings the file up to date and returns the names of the steps that ran. Raises NewerFile, EngineFault."""
    migrations = _collect(steps)
    ran: list[str] = []
    while _waiting(migrations, engine, steps):
        with translated("migrations"), engine.transaction():
            waiting = _waiting(migrations, engine, steps)  # again, under the lock: another program may have been first
            if waiting:
                migrations.apply(engine.database, stop_before=waiting[1:2] or None)
                ran.append(waiting[0])
    return ran


def _waiting(migrations: Migrations, engine: Engine, steps: tuple[tuple[str, str], ...]) -> list[str]:
    with translated("migrations"):
        applied = {step.name for step in migrations.applied(engine.database)}
    unknown = applied - {name for name, _ in steps}
    if unknown:
        raise NewerFile(f"資料檔由較新的版本建立（{max(unknown)}），請先更新程式。")
    return [name for name, _ in steps if name not in applied]


def _collect(steps: tuple[tuple[str, str], ...]) -> Migrations:
    migrations = Migrations("kaoping")
    for name, sql in steps:
        migrations(name=name)(_step(sql))
    return migrations


def _step(sql: str) -> Callable[[Database], None]:
    def run(db: Database, /) -> None:
        db.executescript(sql)

    return run
