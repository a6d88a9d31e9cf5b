"""Everything that is SQLite's own: connection, pragmas, write lock, backup. A second engine replaces this file.

Measured reasons: WAL with synchronous=FULL is the only fast setting that lost nothing in simulated power cuts; a
deferred BEGIN that turns into a write meets 「database is locked」 at once, so every write begins IMMEDIATE and waits
its turn; foreign keys and WAL are off unless set on each connection. After the migrations the connection refuses every
CREATE, ALTER and DROP, so that a misspelt table name is an error and never a new table.

One engine is one connection. Calls from several threads wait for one another (a transaction holds the engine until it
ends); several processes may open the same file. Never carry an engine over a fork; never await inside a transaction.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storage.errors import EngineFault

# sqlite_utils imports numpy and pandas where they are installed, only to store their types, which we never do: that is
# most of the time in which a small command starts. It is told that they are not there, for the moment of its import.
_HIDDEN = {name: None for name in ("numpy", "pandas") if name not in sys.modules}
sys.modules.update(_HIDDEN)  # type: ignore[arg-type]  # None is how Python marks a module as missing
try:
    from sqlite_utils import Database
finally:
    for _name in _HIDDEN:
        del sys.modules[_name]

BUSY_SECONDS = 60.0  # how long a writer waits for the others
PAGE_BYTES = 8192  # a record is some 1.3 kB: five on a page instead of two on the default one
CACHE_KIB = 65536
WAL_BYTES = 64 * 1024 * 1024  # what a large import leaves of the write-ahead file
OPENING_TRIES = 200  # switching to WAL does not honour the busy timeout

_CHANGES_TO_THE_SCHEMA = frozenset(
    getattr(sqlite3, f"SQLITE_{verb}_{kind}")
    for verb in ("CREATE", "DROP")
    for kind in ("TABLE", "INDEX", "TRIGGER", "VIEW", "VTABLE")
) | {sqlite3.SQLITE_ALTER_TABLE}

Row = dict[str, Any]
Parameters = Mapping[str, Any]


class Engine:
    """One connection. `path` None is a database in memory, gone when closed."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self._frozen = False
        try:
            connection = _connect(path)
            self.database = Database(connection, execute_plugins=False)
            connection.set_authorizer(self._authorize)
        except sqlite3.Error as error:
            raise EngineFault(f"cannot open {path or 'memory'}: {error}") from error

    def freeze(self) -> None:
        """From here on this connection refuses every change to the schema."""
        self._frozen = True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Takes the write lock at once and commits at the end, or takes everything back when the block raises.

        Nested blocks are savepoints: an inner block that raises takes back its own changes, and the outer one decides.
        """
        with self._lock:
            if self.database.conn.in_transaction:
                with translated("savepoint"), self.database.atomic():
                    yield
                return
            with translated("BEGIN IMMEDIATE"):
                self.database.execute("BEGIN IMMEDIATE")
            try:
                yield
                with translated("COMMIT"):
                    self.database.commit()
            except BaseException:
                self.database.rollback()
                raise

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of a query, or of a write with RETURNING (which must stand in a transaction), as dictionaries."""
        with self._lock, translated(sql):
            cursor = self.database.execute(sql, dict(parameters or {}))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def value(self, sql: str, parameters: Parameters | None = None) -> Any:
        """The first column of the first row, or None."""
        with self._lock, translated(sql):
            found = self.database.execute(sql, dict(parameters or {})).fetchone()
        return found[0] if found else None

    def tuples(self, sql: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """All rows as tuples: for many rows, where names would cost more than the query."""
        with self._lock, translated(sql):
            return list(self.database.execute(sql, dict(parameters or {})).fetchall())

    def run(self, sql: str, parameters: Parameters | None = None) -> int:
        """One write, in the open transaction or in its own; returns how many rows it touched."""
        with self.transaction(), translated(sql):
            return int(self.database.execute(sql, dict(parameters or {})).rowcount)

    def many(self, sql: str, parameters: Iterable[Parameters]) -> None:
        """One write for each of many rows, in the open transaction or in its own."""
        with self.transaction(), translated(sql):
            self.database.conn.executemany(sql, parameters)

    def usable(self) -> bool:
        """True when the database still answers."""
        try:
            return self.value("SELECT count(*) FROM sqlite_master") is not None
        except EngineFault:
            return False

    def backup(self, path: Path) -> None:
        """A consistent copy beside writers, checked, and put in place under its name only when whole.

        Raises EngineFault; an older file of that name stays until the new one is whole.
        """
        partial = path.with_name(path.name + ".partial")
        try:
            partial.unlink(missing_ok=True)
            partial.touch(mode=0o600)
            copy = sqlite3.connect(partial)
            try:
                with self._lock:
                    self.database.conn.backup(copy)
                copy.execute("PRAGMA journal_mode = delete")  # one file, nothing beside it
                if copy.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                    raise EngineFault(f"the copy {partial} is not sound")
            finally:
                copy.close()
            partial.replace(path)
        except (sqlite3.Error, OSError) as error:
            raise EngineFault(f"cannot back up to {path}: {error}") from error

    def close(self) -> None:
        """Closes the connection; what was committed stays."""
        with self._lock:
            self.database.close()

    def _authorize(self, action: int, *_names: object) -> int:
        return sqlite3.SQLITE_DENY if self._frozen and action in _CHANGES_TO_THE_SCHEMA else sqlite3.SQLITE_OK


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # people's names and numbers: for the owner alone
    connection = sqlite3.connect(
        ":memory:" if path is None else path,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # no implicit, deferred BEGIN: see transaction()
        check_same_thread=False,  # guarded by the engine's lock
        cached_statements=512,
    )
    for pragma in ("foreign_keys = ON", f"cache_size = -{CACHE_KIB}", f"page_size = {PAGE_BYTES}"):
        connection.execute(f"PRAGMA {pragma}")
    if path is not None:
        _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_BYTES}")
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    for remaining in reversed(range(OPENING_TRIES)):
        try:
            if connection.execute("PRAGMA journal_mode = wal").fetchone() == ("wal",):
                return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or not remaining:
                raise
        time.sleep(0.02)
    raise EngineFault("the file system does not allow WAL: put the database on a local disk")


@contextmanager
def translated(sql: str) -> Iterator[None]:
    """Turns what SQLite raises inside the block into EngineFault, which names the statement and no value."""
    try:
        yield
    except sqlite3.Error as error:
        raise EngineFault(f"{error} [{' '.join(sql.split())[:200]}]") from error
