"""The database in the browser: Datasette on this machine only, reading and never writing.

The file is opened read-only and not as immutable: an immutable file is read without its write-ahead part, and would
miss the latest records of a running assistant. Datasette is an extra; without it one sentence says how to get it.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from bot.errors import UserError
from bot.texts import browsing as texts

HOST = "127.0.0.1"
CONFIGURATION = Path(__file__).with_name("datasette.yaml")
NAME_IN_CONFIGURATION = "\n  kaoping:\n"


def metadata(name: str) -> str:
    """The configuration for a database of that name (the file's, without suffix)."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    return text.replace(NAME_IN_CONFIGURATION, f"\n  {json.dumps(name, ensure_ascii=False)}:\n", 1)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def command(database: Path, port: int, folder: Path) -> list[str]:
    """The command line that serves the database. Writes the configuration into `folder`.

    Raises UserError when Datasette is not installed or there is no database.
    """
    if find_spec("datasette") is None:
        raise UserError(texts.MISSING)
    if not database.is_file():
        raise UserError(texts.NO_DATABASE.format(path=database))
    configuration = folder / "metadata.yaml"
    configuration.write_text(metadata(database.stem), encoding="utf-8")
    options = ["--host", HOST, "--port", str(port), "--metadata", str(configuration)]
    limits = ["--setting", "sql_time_limit_ms", "5000", "--setting", "allow_download", "off"]
    return [sys.executable, "-m", "datasette", "serve", str(database), *options, *limits]


def browse(database: Path, port: int) -> int:
    """Serves the database until Ctrl+C. Returns the exit status. Raises UserError as `command` does."""
    port = port or free_port()
    with tempfile.TemporaryDirectory() as folder:
        line = command(database, port, Path(folder))
        print(texts.OPENING.format(port=port), flush=True)  # noqa: T201 - it prints until stopped
        try:
            return subprocess.run(line, check=False).returncode  # noqa: S603 - our own command line
        except KeyboardInterrupt:
            return 0
