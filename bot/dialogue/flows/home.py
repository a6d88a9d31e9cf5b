"""The front door: greeting, menu and help, all made from the router's table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply, Rows, rows
from bot.people import ROLE_NAMES
from bot.texts import common

if TYPE_CHECKING:
    from bot.dialogue.router import Route, Router


SMALL_TALK = {"thanks": common.THANKS, "bye": common.BYE}


class Home:
    """/start, /menu and /help. It is given the table late, because the table holds it too."""

    name = "home"

    def __init__(self, router: Callable[[], Router]) -> None:
        self._router = router

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """Greets and shows the menu; with 「說明」 lists every row with its example."""
        if argument == "help":
            return [self._help(turn)]
        if argument in SMALL_TALK:
            return [Reply(Markup("{}").format(SMALL_TALK[argument]), choices=((MENU,),))]
        if argument and not argument.isascii():
            return self._after_greeting(turn, argument)
        name = f" {turn.person.name}" if turn.person.name else ""
        text = Markup("{}\n<i>{}</i>").format(common.WELCOME.format(name=name), common.ASK_HINT)
        if turn.services.settings.demo:
            text = Markup("<b>{}</b>\n").format(common.DEMO) + text
        return [Reply(text, choices=self._menu(turn))]

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """「open <command>」 starts the row of that command."""
        route = next((one for one in self._router().routes if verb == "open" and [one.command] == arguments), None)
        if route is None or route.flow is self:
            return self.start(turn, route.argument if route else "")
        return route.flow.start(turn, route.argument)

    def text(self, turn: Turn) -> list[Reply] | None:
        """The front door never holds on to typed text."""
        return None

    def _after_greeting(self, turn: Turn, words: str) -> list[Reply]:
        """「您好 水利署多久測一次？」: what was said behind the greeting."""
        rest = replace(turn, incoming=replace(turn.incoming, text=words))
        named = self._router().keyword(words)
        route, argument = named or (self._router().claimed(rest), words)
        if route is None or route.flow is self or not turn.person.may(route.ability):
            return self.start(turn, "")
        return route.flow.start(rest, argument or route.argument)

    def _menu(self, turn: Turn) -> Rows:
        return rows((menu_button(route) for route in self._router().menu(turn.person)), 2)

    def _help(self, turn: Turn) -> Reply:
        example = common.ASK_HINT.partition("：")[2]
        lines = [Markup("<b>{}</b>").format(common.HELP_TITLE)]
        lines.append(Markup("{}").format(common.ASK_LINE.format(example=example)))
        for route in self._router().menu(turn.person):
            line = Markup("<b>{}</b>（/{}）{}").format(route.label, route.command, route.help)
            lines.append(line + (Markup("，例如「{}」").format(route.example) if route.example else Markup("")))
        if turn.person.may("score"):
            lines.append(Markup("{}").format(common.HELP_FILLING))
        number = common.NUMBER_LINE.format(number=turn.person.id) if turn.person.id.isdecimal() else ""
        lines.append(Markup("{}{}").format(common.ROLE_LINE.format(role=ROLE_NAMES[turn.person.role]), number))
        return Reply(Markup("\n").join(lines), choices=self._menu(turn))


def menu_button(route: Route) -> Choice:
    """The button that opens a row of the table."""
    return Choice(f"home:open:{route.command}", route.label)
