"""One person's conversation in a terminal, without a screen: a typed line in, laid-out lines out.

A number or letter presses the button that the last turn showed with it; `=8` always types the value 8. Pictures and
documents are written into a folder and named by their path. The terminal loop, the pipe and the tests all hold this.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from bot.faces.markup import Run, clean
from bot.faces.terminal.layout import Keyed, choice_lines, keyed, text_lines
from bot.faces.width import Line
from bot.messages import Attachment, Choice, Incoming, Reply
from bot.texts import faces as texts

MAX_NAME = 100
_log = logging.getLogger(__name__)


class Core(Protocol):
    """What a face needs of the assistant."""

    def handle(self, incoming: Incoming) -> list[Reply]:
        """Answers one turn."""

    def commands(self) -> list[tuple[str, str]]:
        """(command, description), for completion."""


class Session:
    """`sender` is also the chat. `folder` None: files are named, not written (a transcript)."""

    def __init__(self, core: Core, sender: str, name: str, folder: Path | None) -> None:
        self._core = core
        self._sender = sender
        self._name = name
        self._folder = folder
        self.choices: dict[str, Choice] = {}  # what the last turn shows, by key
        self.failed = False

    def turn(self, line: str, columns: int | None = None) -> list[list[Line]]:
        """Answers one typed line; each reply, picture or document is one block of lines."""
        try:
            replies = self._core.handle(self._incoming(clean(line).strip()))
        except Exception:
            _log.exception("the turn failed")
            self.failed = True
            return [[[Run(texts.TROUBLE)]]]
        rows = keyed(replies)
        self.choices = {one.key: one.choice for reply in rows for row in reply for one in row}
        return [block for reply, own in zip(replies, rows, strict=True) for block in self._blocks(reply, own, columns)]

    def _incoming(self, line: str) -> Incoming:
        text, button = line, ""
        typed = unicodedata.normalize("NFKC", line)
        if choice := self.choices.get(typed.lower()):
            text, button = "", choice.id
        elif typed.startswith("="):
            text = line[1:].strip()
        return Incoming(chat=self._sender, sender=self._sender, name=self._name, text=text, button=button)

    def _blocks(self, reply: Reply, rows: list[list[Keyed]], columns: int | None) -> Iterable[list[Line]]:
        """In the order in which other faces show them: pictures, the text with its buttons, documents."""
        for one in reply.attachments:
            if one.kind == "picture":
                yield self._file(one)
        lines = text_lines(reply, columns) + choice_lines(rows, columns)
        if lines:
            yield lines
        for one in reply.attachments:
            if one.kind == "document":
                yield self._file(one)

    def _file(self, attachment: Attachment) -> list[Line]:
        caption = [[Run(clean(attachment.caption))]] if attachment.caption else []
        try:
            path = _written(self._folder, attachment) if self._folder else Path(_safe(attachment.name))
        except OSError:
            _log.exception("a file could not be written")
            sentence = texts.FILE_NOT_WRITTEN.format(name=attachment.name, folder=self._folder)
            return [*caption, [Run(sentence)]]
        return [*caption, [Run(texts.FILE_WRITTEN.format(path=path), ("file",))]]


def _written(folder: Path, attachment: Attachment) -> Path:
    """Writes the file under its own name, or the name with a number: an earlier file is never written over."""
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(_safe(attachment.name))
    path, count = folder / name, 1
    while True:
        try:
            with path.open("xb") as file:
                file.write(attachment.data)
        except FileExistsError:
            if path.read_bytes() == attachment.data:
                return path
            count += 1
            path = folder / f"{name.stem}-{count}{name.suffix}"
        else:
            return path


def _safe(name: str) -> str:
    """A file name without folders, control characters and what some systems refuse."""
    kept = "".join("_" if char in '\\/:*?"<>|' else char for char in clean(name)).strip(" .\n\t")
    stem, dot, suffix = kept.rpartition(".")
    return (stem[:MAX_NAME] + dot + suffix[:10]) if dot and stem else kept[:MAX_NAME] or "file"
