"""The command line. `main` runs it, `build_parser` knows all its words."""

from bot.cli.program import build_parser, main

__all__ = ["build_parser", "main"]
