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
from bot.scoring import read_form, told
from bot.settings import VARIABLES, Settings
from storage import open_store

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PART = re.compile(r"(<!-- (transcript|table): (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
WHEN = datetime(2024, 5, 20, 10, 30, tzinfo=OFFSET)

TRANSCRIPTS = {
    "ask": ["水利署多久要測一次電話禮貌？"],
    "phone": [
        *("電話測試 第二河川局 秘書室", "a", "否", "5聲", "是", "是", "是", "是", "不用轉接", "無忙線", "語調平淡"),
        *("有人接", "3聲", "1", "否", "照選項所述", "語調平淡 6分", "甲", "解說尚可 10分", "送出"),
    ],
}
EXAMPLE = "docs/examples/phone.yaml"
SHEET = "hsinchu-2018-phone"
TESTER = "王小明"


def written(text: str) -> str:
    """The README with every part made anew."""
    return PART.sub(lambda found: f"{found[1]}{_part(found[2], found[3])}{found[4]}", text)


def _part(kind: str, name: str) -> str:
    return _transcript(name) if kind == "transcript" else TABLES[name]()


def _transcript(name: str) -> str:
    if name == "score":
        said, _problems = told(_services(), SHEET, read_form(ROOT / EXAMPLE))
        return f"```\n$ kaoping score {SHEET} {EXAMPLE}\n{said}\n```\n"
    lines = pipe(build_assistant(_services()), f"terminal:{TESTER}", TESTER, TRANSCRIPTS[name])
    return f"```\n{lines.rstrip()}\n```\n"


def _services() -> Services:
    ids = iter(f"id{number:06}" for number in range(1_000_000))
    store = open_store(None, lambda: WHEN, lambda: next(ids))
    settings = Settings(database=Path(":memory:"))
    return Services(settings, store, lambda: WHEN, lambda: next(ids), {f"terminal:{TESTER}": "admin"})


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
