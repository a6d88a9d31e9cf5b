"""The terminal chat: a prompt with history and completion, colours, and a Ctrl-C that pauses before it leaves."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.styles import Style
from rich.console import Console
from rich.text import Text

from bot.faces.terminal.plain import run_pipe
from bot.faces.terminal.session import Core, Session
from bot.faces.width import Line
from bot.texts import faces as texts

MAX_COLUMNS = 100  # longer lines are hard to read
OPENING = "/start"
STYLES = {
    "b": "bold",
    "i": "italic bright_black",
    "code": "cyan",
    "bar": "green",
    "number": "bold cyan",
    "choice": "",
    "file": "magenta",
}
_PROMPT_STYLE = Style.from_dict({"prompt": "bold ansicyan", "bottom-toolbar": "noreverse ansibrightblack"})


def run_terminal(
    core: Core,
    sender: str,
    name: str,
    folder: Path,
    lines: TextIO | None = None,
    out: TextIO | None = None,
) -> int:
    """Talks until the person leaves; one turn a line when the input is no terminal. Returns the exit status.

    `folder` takes the history and the files that the assistant hands out.
    """
    lines, out = lines or sys.stdin, out or sys.stdout
    files = folder / "files"
    if not (lines.isatty() and out.isatty()):
        return run_pipe(core, sender, name, files, lines, out)
    session = Session(core, sender, name, files)
    prompt: PromptSession[str] = PromptSession(
        history=_history(folder), completer=_Commands(core.commands()), style=_PROMPT_STYLE, enable_suspend=True
    )
    return Screen(session, prompt, Console(file=out, highlight=False, markup=False, emoji=False)).run()


class Screen:
    """The loop: what is typed goes to the session, what comes back is painted."""

    def __init__(self, session: Session, prompt: PromptSession[str], console: Console) -> None:
        self._session = session
        self._prompt = prompt
        self._console = console

    def run(self) -> int:
        """Returns the exit status: 0 when the person left."""
        self._turn(OPENING)
        pausing = False
        while True:
            try:
                line = self._prompt.prompt(
                    FormattedText([("class:prompt", texts.PROMPT)]), bottom_toolbar=texts.TERMINAL_BAR
                )
            except EOFError:
                break
            except KeyboardInterrupt:
                if pausing:
                    break
                pausing = True
                self._turn(texts.PAUSE)
                self._say(texts.PAUSED)
                continue
            pausing = False
            if line.strip():
                self._turn(line)
        self._say(texts.GOODBYE)
        return 0

    def _turn(self, line: str) -> None:
        columns = min(self._console.width, MAX_COLUMNS)
        try:
            blocks = self._session.turn(line, columns)
        except KeyboardInterrupt:
            self._say(texts.INTERRUPTED)
            return
        self._console.print()
        for block in blocks:
            for one in block:
                self._paint(one)
            self._console.print()

    def _paint(self, line: Line) -> None:
        text = Text()
        for part in line:
            text.append(part.text, " ".join(filter(None, (STYLES.get(tag, "") for tag in part.tags))) or None)
        self._console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def _say(self, sentence: str) -> None:
        self._console.print(Text(sentence, "yellow"))


class _Commands(Completer):
    """Offers the commands once a line begins with a slash."""

    def __init__(self, commands: Iterable[tuple[str, str]]) -> None:
        self._commands = list(commands)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if not typed.startswith("/") or " " in typed:
            return
        for command, description in self._commands:
            if f"/{command}".startswith(typed):
                yield Completion(f"/{command}", start_position=-len(typed), display_meta=description)


def _history(folder: Path) -> History:
    """Kept beside the database, for its owner alone; in memory where the folder cannot be written."""
    path = folder / "history"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
