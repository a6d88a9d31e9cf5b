"""The sub-commands: each calls one function of the program, prints what it gave back, and returns the exit status.

What they call is imported when it is called, so that a small command starts fast.
"""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from bot.cli.shared import CommandError, open_services
from bot.lines import json_objects
from bot.people import ROLES
from bot.settings import from_environment
from bot.texts import cli as texts


def on_default(arguments: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    if settings.telegram_token:
        return on_telegram(arguments)
    return on_chat(argparse.Namespace(role="admin", name="", demo=False))


def _show(arguments: argparse.Namespace, text: str, data: Any) -> int:
    """Prints the text, or with --json the data behind it."""
    print(json.dumps(data, ensure_ascii=False, indent=1) if arguments.json else text)
    return 0


def on_chat(arguments: argparse.Namespace) -> int:
    from bot.faces.terminal import run_terminal
    from bot.running import terminal

    return terminal(from_environment(os.environ), arguments.role, arguments.name, arguments.demo, run_terminal)


def on_telegram(arguments: argparse.Namespace) -> int:
    from bot.running import telegram

    return telegram(from_environment(os.environ))


def on_demo(arguments: argparse.Namespace) -> int:
    from bot.demo import fill

    print(fill(from_environment(os.environ)))
    return 0


def on_ask(arguments: argparse.Namespace) -> int:
    from bot.asking import ask_batch, ask_one

    if bool(arguments.question) == (arguments.batch is not None):
        raise CommandError(texts.ASK_WHICH)
    services = open_services()
    if arguments.batch is not None:
        for line in ask_batch(services, json_objects(arguments.batch)):
            print(json.dumps(line, ensure_ascii=False), flush=True)
        return 0
    answer = ask_one(services, {"id": "", "question": " ".join(arguments.question)})
    print(json.dumps(answer, ensure_ascii=False) if arguments.json else answer["reply"])
    return 0


def on_documents(arguments: argparse.Namespace) -> int:
    from bot.describing import documents

    text, data = documents(open_services())
    return _show(arguments, text, data)


def on_rubrics(arguments: argparse.Namespace) -> int:
    from bot.describing import rubric, rubric_list

    services = open_services()
    if arguments.verb and not arguments.id:
        raise CommandError(texts.WHICH_RUBRIC)
    text, data = rubric(services, arguments.id) if arguments.verb else rubric_list(services)
    return _show(arguments, text, data)


def on_score(arguments: argparse.Namespace) -> int:
    from bot.scoring import read_form, score_form, score_lines, told

    if (arguments.form is None) == (arguments.batch is None):
        raise CommandError(texts.SCORE_WHICH)
    services = open_services()
    if arguments.batch is not None:
        worst = 0
        for result in score_lines(services, arguments.id, json_objects(arguments.batch)):
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


def on_check(arguments: argparse.Namespace) -> int:
    from bot.checking import check, source_notes

    settings = from_environment(os.environ)
    if arguments.source_notes:
        print(source_notes(settings, arguments.paths))
        return 0
    text, errors = check(settings, arguments.paths)
    print(text)
    return int(errors > 0)


def on_list_records(arguments: argparse.Namespace) -> int:
    from bot.recording import import_lines, list_records

    if (arguments.verb is None) != (arguments.file is None):
        raise CommandError(texts.IMPORT_WHICH)
    services = open_services()
    if arguments.verb:
        text, faults = import_lines(services, arguments.file)
        print(text)
        return int(faults > 0)
    filters = {name: getattr(arguments, name.replace("-", "_")) for name in texts.RECORD_FILTERS}
    text, data = list_records(services, filters, arguments.all_revisions, arguments.limit)
    return _show(arguments, text, data)


def on_list_people(arguments: argparse.Namespace) -> int:
    from bot.peopling import add, everyone, remove

    services = open_services()
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
    return _show(arguments, text, data)


def on_plan(arguments: argparse.Namespace) -> int:
    from bot.planning import plan_lines, renew_plan
    from bot.texts.planning import RENEWED

    services = open_services()
    if arguments.verb is None:
        print(plan_lines(services))
        return 0
    if not arguments.id or arguments.year is None:
        raise CommandError(texts.WHICH_PLAN)
    made = renew_plan(services, arguments.id, arguments.year)
    print(RENEWED.format(title=services.plans.get(arguments.id).title, year=arguments.year, path=made))
    return 0


def on_totals(arguments: argparse.Namespace) -> int:
    from bot.totals.command import totals

    text, data = totals(open_services(), " ".join(arguments.question), arguments.person)
    print(json.dumps(data, ensure_ascii=False) if arguments.json else text)
    return 0


def on_export(arguments: argparse.Namespace) -> int:
    from bot.exporting import Request, export, form_lines

    if arguments.form is None:
        print(form_lines())
        return 0
    wanted = Request(arguments.form, arguments.record, arguments.unit, arguments.year, arguments.rubric)
    print("\n".join(export(open_services(), wanted, arguments.output)))
    return 0


def on_report(arguments: argparse.Namespace) -> int:
    from bot.reporting import report
    from bot.totals.command import person_of

    services = open_services(arguments.demo)
    print(report(services, arguments.period, arguments.output, person_of(services, arguments.person)))
    return 0


def on_browse(arguments: argparse.Namespace) -> int:
    from bot.browsing import browse

    settings = from_environment(os.environ)
    return browse(settings.demo_database if arguments.demo else settings.database, arguments.port)
