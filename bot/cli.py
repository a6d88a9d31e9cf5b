"""The command line: each sub-command parses, calls one function and prints. It decides nothing.

Bad arguments get one sentence and exit status 2; data with problems gives exit status 1. The names, options and JSON
shapes here are relied on by scripts outside the project.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from bot.people import ROLE_NAMES, ROLES
from bot.settings import VARIABLES, SettingsError, from_environment
from bot.texts import browsing, reporting
from bot.texts import cli as texts

Handler = Callable[[argparse.Namespace], int]


class CommandError(Exception):
    """Arguments or files that cannot work: one sentence, exit status 2."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence of Chinese instead of printing the usage."""

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
    parser.set_defaults(handler=_default)
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
    chat = command("chat", _chat, texts.CHAT)
    chat.add_argument("--as", dest="role", choices=ROLES, default="admin", help=texts.AS_ROLE)
    chat.add_argument("--name", default="", help=texts.NAME)
    chat.add_argument("--demo", action="store_true", help=texts.DEMO_DATA)
    command("telegram", _telegram, texts.TELEGRAM)
    command("demo", _demo, texts.DEMO)


def _knowledge(command: Adder) -> None:
    ask = command("ask", _ask, texts.ASK)
    ask.add_argument("question", nargs="?", help=texts.QUESTION)
    ask.add_argument("--json", action="store_true", help=texts.AS_JSON)
    ask.add_argument("--batch", type=Path, metavar="FILE.jsonl", help=texts.ASK_BATCH)
    documents = command("documents", _documents, texts.DOCUMENTS)
    documents.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _sheets(command: Adder) -> None:
    sheets = command("rubrics", _rubrics, texts.RUBRICS)
    sheets.add_argument("verb", nargs="?", choices=["show"], help=texts.RUBRICS_SHOW)
    sheets.add_argument("id", nargs="?", help=texts.RUBRIC_ID)
    sheets.add_argument("--json", action="store_true", help=texts.AS_JSON)
    score = command("score", _score, texts.SCORE)
    score.add_argument("id", help=texts.RUBRIC_ID)
    score.add_argument("form", nargs="?", type=Path, metavar="FORM.yaml", help=texts.FORM)
    score.add_argument("--json", action="store_true", help=texts.AS_JSON)
    score.add_argument("--batch", type=Path, metavar="FORMS.jsonl", help=texts.SCORE_BATCH)
    check = command("check", _check, texts.CHECK)
    check.add_argument("paths", nargs="*", type=Path, metavar="PATHS", help=texts.CHECK_PATHS)
    check.add_argument("--source-notes", action="store_true", help=texts.SOURCE_NOTES)


def _records(command: Adder) -> None:
    records = command("records", _list_records, texts.RECORDS)
    records.add_argument("verb", nargs="?", choices=["import"], help=texts.RECORDS_IMPORT)
    records.add_argument("file", nargs="?", type=Path, metavar="FILE.jsonl", help=texts.RECORDS_FILE)
    records.add_argument("--json", action="store_true", help=texts.AS_JSON)
    for name, meaning in texts.RECORD_FILTERS.items():
        records.add_argument(f"--{name}", help=meaning)
    records.add_argument("--all-revisions", action="store_true", help=texts.ALL_REVISIONS)
    records.add_argument("--limit", type=int, help=texts.LIMIT)


def _people(command: Adder) -> None:
    people = command("people", _list_people, texts.PEOPLE)
    people.add_argument("verb", nargs="?", choices=["add", "remove"], help=texts.PEOPLE_VERB)
    people.add_argument("id", nargs="?", help=texts.PERSON_ID)
    people.add_argument("--role", choices=ROLES, help=texts.ROLE.format(roles="、".join(ROLE_NAMES.values())))
    people.add_argument("--unit", help=texts.PERSON_UNIT)
    people.add_argument("--name", help=texts.PERSON_NAME)
    people.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _figures(command: Adder) -> None:
    figures = command("totals", _totals, texts.TOTALS)
    figures.add_argument("question", nargs="?", default="", help=texts.TOTALS_QUESTION)
    figures.add_argument("--json", action="store_true", help=texts.AS_JSON)
    figures.add_argument("--as", dest="person", metavar="PERSON", help=texts.AS_PERSON)


def _offices(command: Adder) -> None:
    plan = command("plan", _plan, texts.PLAN)
    plan.add_argument("verb", nargs="?", choices=["renew"], help=texts.PLAN_RENEW)
    plan.add_argument("id", nargs="?", help=texts.PLAN_ID)
    plan.add_argument("--year", type=int, help=texts.PLAN_YEAR)
    export = command("export", _export, texts.EXPORT)
    export.add_argument("form", nargs="?", metavar="FORM", help=texts.EXPORT_FORM)
    export.add_argument("--record", type=int, metavar="N", help=texts.EXPORT_RECORD)
    export.add_argument("--unit", help=texts.EXPORT_UNIT)
    export.add_argument("--year", type=int, help=texts.EXPORT_YEAR)
    export.add_argument("--rubric", help=texts.EXPORT_RUBRIC)
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help=texts.EXPORT_FILE)


def _reports(command: Adder) -> None:
    report = command("report", _report, reporting.COMMAND)
    report.add_argument("period", metavar="PERIOD", help=reporting.PERIOD)
    report.add_argument("-o", "--output", type=Path, metavar="DIR", required=True, help=reporting.FOLDER)
    report.add_argument("--as", dest="person", metavar="PERSON", help=reporting.AS_PERSON)
    report.add_argument("--demo", action="store_true", help=reporting.DEMO)
    browse = command("browse", _browse, browsing.COMMAND)
    browse.add_argument("--port", type=int, default=8001, help=browsing.PORT)
    browse.add_argument("--demo", action="store_true", help=browsing.DEMO)


def _default(arguments: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    if settings.telegram_token:
        return _telegram(arguments)
    return _chat(argparse.Namespace(role="admin", name="", demo=False))


def _chat(arguments: argparse.Namespace) -> int:
    from bot.faces.terminal import run_terminal
    from bot.running import terminal

    return terminal(from_environment(os.environ), arguments.role, arguments.name, arguments.demo, run_terminal)


def _telegram(arguments: argparse.Namespace) -> int:
    from bot.running import telegram

    return telegram(from_environment(os.environ))


def _demo(arguments: argparse.Namespace) -> int:
    from bot.demo import fill

    print(fill(from_environment(os.environ)))
    return 0


def _ask(arguments: argparse.Namespace) -> int:
    from bot.asking import ask_batch, ask_one

    if (arguments.question is None) == (arguments.batch is None):
        raise CommandError(texts.ASK_WHICH)
    services = _services()
    if arguments.batch is not None:
        for line in ask_batch(services, _lines(arguments.batch)):
            print(json.dumps(line, ensure_ascii=False), flush=True)
        return 0
    answer = ask_one(services, {"id": "", "question": arguments.question})
    print(json.dumps(answer, ensure_ascii=False) if arguments.json else answer["reply"])
    return 0


def _documents(arguments: argparse.Namespace) -> int:
    from bot.describing import documents

    text, data = documents(_services())
    print(json.dumps(data, ensure_ascii=False, indent=1) if arguments.json else text)
    return 0


def _rubrics(arguments: argparse.Namespace) -> int:
    from bot.describing import rubric, rubric_list

    services = _services()
    if arguments.verb and not arguments.id:
        raise CommandError(texts.WHICH_RUBRIC)
    text, data = rubric(services, arguments.id) if arguments.verb else rubric_list(services)
    print(json.dumps(data, ensure_ascii=False, indent=1) if arguments.json else text)
    return 0


def _score(arguments: argparse.Namespace) -> int:
    from bot.scoring import read_form, score_form, score_lines, told

    if (arguments.form is None) == (arguments.batch is None):
        raise CommandError(texts.SCORE_WHICH)
    services = _services()
    if arguments.batch is not None:
        worst = 0
        for result in score_lines(services, arguments.id, _lines(arguments.batch)):
            worst = max(worst, int(bool(result["problems"])))
            print(json.dumps(result, ensure_ascii=False))
        return worst
    form = read_form(arguments.form)
    if arguments.json:
        result = score_form(services, arguments.id, form, arguments.form.stem)
        print(json.dumps(result, ensure_ascii=False))
        return int(bool(result["problems"]))
    text, problems = told(services, arguments.id, form)
    print(text)
    return int(problems > 0)


def _check(arguments: argparse.Namespace) -> int:
    from bot.checking import check, source_notes

    settings = from_environment(os.environ)
    if arguments.source_notes:
        print(source_notes(settings, arguments.paths))
        return 0
    text, errors = check(settings, arguments.paths)
    print(text)
    return int(errors > 0)


def _list_records(arguments: argparse.Namespace) -> int:
    from bot.recording import import_lines, list_records

    if (arguments.verb is None) != (arguments.file is None):
        raise CommandError(texts.IMPORT_WHICH)
    services = _services()
    if arguments.verb:
        text, faults = import_lines(services, arguments.file)
        print(text)
        return int(faults > 0)
    filters = {name: getattr(arguments, name.replace("-", "_")) for name in texts.RECORD_FILTERS}
    text, data = list_records(services, filters, arguments.all_revisions, arguments.limit)
    print(json.dumps(data, ensure_ascii=False, indent=1) if arguments.json else text)
    return 0


def _list_people(arguments: argparse.Namespace) -> int:
    from bot.peopling import add, everyone, remove

    services = _services()
    if arguments.verb and not arguments.id:
        raise CommandError(texts.WHICH_PERSON)
    if arguments.verb == "add":
        if not arguments.role:
            raise CommandError(texts.WHICH_ROLE.format(roles=" | ".join(ROLES)))
        print(add(services, arguments.id, arguments.role, arguments.unit, arguments.name))
        return 0
    if arguments.verb == "remove":
        print(remove(services, arguments.id))
        return 0
    text, data = everyone(services)
    print(json.dumps(data, ensure_ascii=False, indent=1) if arguments.json else text)
    return 0


def _plan(arguments: argparse.Namespace) -> int:
    from bot.planning import plan_lines, renew_plan
    from bot.texts.planning import RENEWED

    services = _services()
    if arguments.verb is None:
        print(plan_lines(services))
        return 0
    if not arguments.id or arguments.year is None:
        raise CommandError(texts.WHICH_PLAN)
    made = renew_plan(services, arguments.id, arguments.year)
    print(RENEWED.format(title=services.plans.get(arguments.id).title, year=arguments.year, path=made))
    return 0


def _totals(arguments: argparse.Namespace) -> int:
    from bot.totals.command import totals

    text, data = totals(_services(), arguments.question, arguments.person)
    print(json.dumps(data, ensure_ascii=False) if arguments.json else text)
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from bot.exporting import Request, export, form_lines

    if arguments.form is None:
        print(form_lines())
        return 0
    wanted = Request(arguments.form, arguments.record, arguments.unit, arguments.year, arguments.rubric)
    print("\n".join(export(_services(), wanted, arguments.output)))
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from bot.reporting import report
    from bot.totals.command import person_of

    services = _services(arguments.demo)
    print(report(services, arguments.period, arguments.output, person_of(services, arguments.person)))
    return 0


def _browse(arguments: argparse.Namespace) -> int:
    from bot.browsing import browse

    settings = from_environment(os.environ)
    return browse(settings.demo_database if arguments.demo else settings.database, arguments.port)


def _services(demo: bool = False) -> Any:
    from bot.app import build_services

    settings = from_environment(os.environ)
    if demo:
        settings = replace(settings, database=settings.demo_database, demo=True)
    return build_services(settings)


def _lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line. Raises CommandError with the line's number."""
    if not path.is_file():
        raise CommandError(texts.NO_FILE.format(path=path))
    found: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise CommandError(texts.BAD_LINE.format(path=path, line=number)) from error
        if not isinstance(value, dict):
            raise CommandError(texts.BAD_LINE.format(path=path, line=number))
        found.append(value)
    return found


if __name__ == "__main__":
    sys.exit(main())
