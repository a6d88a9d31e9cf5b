"""The terminal face without a terminal: one turn a line from a pipe or a list, plain text out, no colours."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from bot.faces.markup import bare
from bot.faces.terminal.session import Core, Session
from bot.faces.width import Line
from bot.texts import faces as texts

COLUMNS = 80


def run_pipe(core: Core, sender: str, name: str, folder: Path, lines: TextIO, out: TextIO) -> int:
    """Answers each line that is not blank, until the end; returns the exit status."""
    for stream in (lines, out):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    session = Session(core, sender, name, folder)
    for line in lines:
        typed = line.removeprefix("\ufeff").strip()
        if typed:
            out.write("".join(shown(block) + "\n\n" for block in session.turn(typed)))
            out.flush()
    return int(session.failed)


def pipe(core: Core, sender: str, name: str, lines: Iterable[str], columns: int | None = COLUMNS) -> str:
    """A transcript: each line as it was typed, with what was answered. Files are named, not written."""
    session = Session(core, sender, name, None)
    found: list[str] = []
    for line in lines:
        found.append(texts.PROMPT + line)
        found += [shown(block) for block in session.turn(line, columns)]
    return "\n\n".join(found) + "\n"


def shown(block: list[Line]) -> str:
    """One reply as plain text."""
    return "\n".join(bare(line) for line in block)
