"""The command line: each sub-command parses, calls one function and prints. It decides nothing.

Bad arguments get one sentence and exit status 2; data with problems gives exit status 1. The names, options and JSON
shapes here are relied on by scripts outside the project.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from bot.cli import handlers
from bot.cli.shared import CommandError
from bot.people import ROLE_NAMES, ROLES
from bot.settings import VARIABLES, SettingsError
from bot.texts import browsing, reporting
from bot.texts import cli as texts

Handler = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence of Chinese instead of printing the usage; its help has Chinese headings."""

    def format_help(self) -> str:
        text = super().format_help()
        for heading, chinese in texts.HEADINGS.items():
            text = re.sub(rf"^{heading}: ?", f"{chinese}：", text, count=1, flags=re.MULTILINE)
        return text

    def error(self, message: str) -> NoReturn:
        print(texts.BAD_ARGUMENTS.format(command=self.prog, reason=texts.reason(message)), file=sys.stderr)
        raise SystemExit(2)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one sub-command and returns the exit status."""
    arguments = build_parser().parse_args(argv)
    from bot.logs import set_up

    set_up()
    try:
        return int(arguments.handler(arguments))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print(texts.INTERRUPTED, file=sys.stderr)
        return 130
    except Exception as error:  # whose text is for the person is said; anything else is ours and keeps its trace
        if not isinstance(error, (CommandError, SettingsError, *_user_errors())):
            raise
        print(error, file=sys.stderr)
        return 2


def _user_errors() -> tuple[type[Exception], ...]:
    """The errors whose text is a sentence for the person: loaded only when something went wrong."""
    from bot.errors import UserError
    from knowledge.errors import SourceError
    from rubrics import RubricError
    from storage.errors import NewerFile, UserFault

    return (UserError, SourceError, RubricError, UserFault, NewerFile)


def build_parser() -> argparse.ArgumentParser:
    """All sub-commands. The README's table of commands is checked against this one."""
    variables = "\n".join(f"  {name:24}{meaning}" for name, meaning in VARIABLES)
    parser = _Parser(
        prog="kaoping",
        description=texts.DESCRIPTION,
        epilog=f"{texts.VARIABLES_TITLE}\n{variables}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    _help(parser)
    parser.set_defaults(handler=handlers.on_default)
    commands = parser.add_subparsers(title=texts.COMMANDS_TITLE, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, handler: Handler, description: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=description, description=description, add_help=False)
        _help(one)
        one.set_defaults(handler=handler)
        return one

    for add in (_conversation, _knowledge, _sheets, _records, _people, _figures, _offices, _reports):
        add(command)
    return parser


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help=texts.HELP)


Adder = Callable[[str, Handler, str], argparse.ArgumentParser]


def _conversation(command: Adder) -> None:
    chat = command("chat", handlers.on_chat, texts.CHAT)
    chat.add_argument("--as", dest="role", choices=ROLES, default="admin", help=texts.AS_ROLE)
    chat.add_argument("--name", default="", help=texts.NAME)
    chat.add_argument("--demo", action="store_true", help=texts.DEMO_DATA)
    command("telegram", handlers.on_telegram, texts.TELEGRAM)
    command("demo", handlers.on_demo, texts.DEMO)


def _knowledge(command: Adder) -> None:
    ask = command("ask", handlers.on_ask, texts.ASK)
    ask.add_argument("question", nargs="*", help=texts.QUESTION)
    ask.add_argument("--json", action="store_true", help=texts.AS_JSON)
    ask.add_argument("--batch", type=Path, metavar="FILE.jsonl", help=texts.ASK_BATCH)
    documents = command("documents", handlers.on_documents, texts.DOCUMENTS)
    documents.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _sheets(command: Adder) -> None:
    sheets = command("rubrics", handlers.on_rubrics, texts.RUBRICS)
    sheets.add_argument("verb", nargs="?", choices=["show"], help=texts.RUBRICS_SHOW)
    sheets.add_argument("id", nargs="?", help=texts.RUBRIC_ID)
    sheets.add_argument("--json", action="store_true", help=texts.AS_JSON)
    score = command("score", handlers.on_score, texts.SCORE)
    score.add_argument("id", help=texts.RUBRIC_ID)
    score.add_argument("form", nargs="?", type=Path, metavar="FORM.yaml", help=texts.FORM)
    score.add_argument("--json", action="store_true", help=texts.AS_JSON)
    score.add_argument("--batch", type=Path, metavar="FORMS.jsonl", help=texts.SCORE_BATCH)
    check = command("check", handlers.on_check, texts.CHECK)
    check.add_argument("paths", nargs="*", type=Path, metavar="PATHS", help=texts.CHECK_PATHS)
    check.add_argument("--source-notes", action="store_true", help=texts.SOURCE_NOTES)


def _records(command: Adder) -> None:
    records = command("records", handlers.on_list_records, texts.RECORDS)
    records.add_argument("verb", nargs="?", choices=["import"], help=texts.RECORDS_IMPORT)
    records.add_argument("file", nargs="?", type=Path, metavar="FILE.jsonl", help=texts.RECORDS_FILE)
    records.add_argument("--json", action="store_true", help=texts.AS_JSON)
    for name, meaning in texts.RECORD_FILTERS.items():
        records.add_argument(f"--{name}", help=meaning)
    records.add_argument("--all-revisions", action="store_true", help=texts.ALL_REVISIONS)
    records.add_argument("--limit", type=int, help=texts.LIMIT)


def _people(command: Adder) -> None:
    people = command("people", handlers.on_list_people, texts.PEOPLE)
    people.add_argument("verb", nargs="?", choices=["add", "remove"], help=texts.PEOPLE_VERB)
    people.add_argument("id", nargs="?", help=texts.PERSON_ID)
    people.add_argument("--role", choices=ROLES, help=texts.ROLE.format(roles="、".join(ROLE_NAMES.values())))
    people.add_argument("--unit", help=texts.PERSON_UNIT)
    people.add_argument("--name", help=texts.PERSON_NAME)
    people.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _figures(command: Adder) -> None:
    figures = command("totals", handlers.on_totals, texts.TOTALS)
    figures.add_argument("question", nargs="*", help=texts.TOTALS_QUESTION)
    figures.add_argument("--json", action="store_true", help=texts.AS_JSON)
    figures.add_argument("--as", dest="person", metavar="PERSON", help=texts.AS_PERSON)


def _offices(command: Adder) -> None:
    plan = command("plan", handlers.on_plan, texts.PLAN)
    plan.add_argument("verb", nargs="?", choices=["renew"], help=texts.PLAN_RENEW)
    plan.add_argument("id", nargs="?", help=texts.PLAN_ID)
    plan.add_argument("--year", type=int, help=texts.PLAN_YEAR)
    export = command("export", handlers.on_export, texts.EXPORT)
    export.add_argument("form", nargs="?", metavar="FORM", help=texts.EXPORT_FORM)
    export.add_argument("--record", type=int, metavar="N", help=texts.EXPORT_RECORD)
    export.add_argument("--unit", help=texts.EXPORT_UNIT)
    export.add_argument("--year", type=int, help=texts.EXPORT_YEAR)
    export.add_argument("--rubric", help=texts.EXPORT_RUBRIC)
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help=texts.EXPORT_FILE)


def _reports(command: Adder) -> None:
    report = command("report", handlers.on_report, reporting.COMMAND)
    report.add_argument("period", metavar="PERIOD", help=reporting.PERIOD)
    report.add_argument("-o", "--output", type=Path, metavar="DIR", required=True, help=reporting.FOLDER)
    report.add_argument("--as", dest="person", metavar="PERSON", help=reporting.AS_PERSON)
    report.add_argument("--demo", action="store_true", help=reporting.DEMO)
    browse = command("browse", handlers.on_browse, browsing.COMMAND)
    browse.add_argument("--port", type=int, default=8001, help=browsing.PORT)
    browse.add_argument("--demo", action="store_true", help=browsing.DEMO)
