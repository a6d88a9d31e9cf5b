"""The terminal face: `run_terminal` talks on a screen or through a pipe, `pipe` makes a transcript."""

from bot.faces.terminal.plain import pipe
from bot.faces.terminal.screen import run_terminal

__all__ = ["pipe", "run_terminal"]
