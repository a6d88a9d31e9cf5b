"""One copy of the Telegram face for one database: a lock that the operating system drops when the process ends.

Two copies would answer everybody twice. The lock is on a small file beside the database, never on the database itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.faces import FaceError
from bot.texts import faces as texts


@contextmanager
def only_copy(database: Path | None) -> Iterator[None]:
    """Holds the lock for the block. Raises FaceError when another process has it. A database in memory needs none."""
    if database is None:
        yield
        return
    with database.with_name(database.name + ".telegram.lock").open("a+b") as file:
        try:
            _take(file)
        except OSError as error:
            raise FaceError(texts.ALREADY_RUNNING.format(database=database)) from error
        yield


def _take(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
