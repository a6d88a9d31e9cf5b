"""Writes the parts of README.md that the program itself knows: transcripts, commands, settings, sheets.

`python -m bot.docs` writes them; `--check` says whether they are up to date (the tests ask). Each part stands between
`<!-- transcript: ask -->` (or `<!-- table: … -->`) and `<!-- end -->`.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime
from pathlib import Path

from bot import cli
from bot.app import Services
from bot.dialogue.conversations import build_assistant
from bot.faces.terminal import pipe
from bot.rocdate import OFFSET
from bot.settings import VARIABLES, Settings
from storage import open_store

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PART = re.compile(r"(<!-- (transcript|table): (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
WHEN = datetime(2024, 5, 20, 10, 30, tzinfo=OFFSET)

TRANSCRIPTS = {
    "ask": ["水利署多久要測一次電話禮貌？"],
    "phone": [],
}


def written(text: str) -> str:
    """The README with every part made anew."""
    return PART.sub(lambda found: f"{found[1]}{_part(found[2], found[3])}{found[4]}", text)


def _part(kind: str, name: str) -> str:
    return _transcript(name) if kind == "transcript" else TABLES[name]()


def _transcript(name: str) -> str:
    services = _services()
    lines = pipe(build_assistant(services), "terminal:readme", "", TRANSCRIPTS[name])
    return f"```\n{lines.rstrip()}\n```\n"


def _services() -> Services:
    ids = iter(f"id{number:06}" for number in range(1_000_000))
    store = open_store(None, lambda: WHEN, lambda: next(ids))
    settings = Settings(database=Path(":memory:"))
    return Services(settings, store, lambda: WHEN, lambda: next(ids), {"terminal:readme": "admin"})


def _commands() -> str:
    parser = cli.build_parser()
    subparsers = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    rows = [f"| `kaoping {choice.dest}` | {choice.help} |" for choice in subparsers._choices_actions]
    alone = "| `kaoping` | 有設定金鑰就上 Telegram，否則在終端機對話 |"
    return "\n".join(["| 指令 | 做什麼 |", "|---|---|", alone, *rows, ""])


def _settings() -> str:
    rows = [f"| `{name}` | {meaning} |" for name, meaning in VARIABLES]
    return "\n".join(["| 變數 | 意思 |", "|---|---|", *rows, ""])


def _rubrics() -> str:
    services = _services()
    rows = [f"| `{one.id}` | {one.title} | {one.office} {one.year} 年 |" for one in services.rubrics]
    return "\n".join(["| 識別碼 | 名稱 | 出處 |", "|---|---|---|", *rows, ""])


TABLES = {"commands": _commands, "settings": _settings, "rubrics": _rubrics}


def main() -> int:
    """Writes README.md, or with --check only compares. Exit status 1 when it is out of date."""
    old = README.read_text(encoding="utf-8")
    new = written(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
