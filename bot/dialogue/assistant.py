"""The engine: an incoming turn in, replies out. Synchronous, and it knows no transport.

Everything a turn changes stands in one transaction with the chat's memory, so that a crash leaves the turn undone or
done, never half. A fault of the person's is answered in a sentence; a fault of ours is logged with a trail number, the
turn's changes are taken back, and the person is told plainly.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.app import Services
from bot.messages import MENU, Incoming, Reply, rows
from bot.people import ROLE_NAMES, needed_role
from bot.reminders import take_due
from bot.texts import common
from knowledge.normal import traditional
from storage.errors import UserFault

from .flows.home import menu_button
from .router import Route, Router
from .session import Session
from .turn import Flow, Guarded, Resumable, Turn, UserError

MAX_LABEL = 40  # characters of a button that somebody may type
MAX_TEXT = 4096  # characters in one typed turn; longer ones are cut by no transport we know

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """Holds the services and the table of conversations."""

    services: Services
    router: Router

    def commands(self) -> list[tuple[str, str]]:
        """(command, label) of every row in the menu: what a face offers as its command list."""
        return [(route.command, route.label) for route in self.router.routes if route.in_menu]

    def handle(self, incoming: Incoming) -> list[Reply]:
        """Answers one turn. Never raises for anything a person typed or pressed."""
        try:
            with self.services.store.transaction():
                return self._answer(incoming)
        except (UserError, UserFault) as fault:
            return [Reply(Markup("{}").format(fault))]
        except Exception:  # the one net under every conversation: the person gets a sentence, the log gets the trail
            trail = self.services.new_id()[:8]
            log.exception("turn failed, trail %s, chat %s", trail, incoming.chat)
            return [Reply(Markup("{}").format(common.SOMETHING_WRONG.format(trail=trail)))]

    def _answer(self, incoming: Incoming) -> list[Reply]:
        person = self.services.person(incoming)
        session = Session.from_json(self.services.store.sessions.get(incoming.chat))
        turn = Turn(incoming, person, session, self.services)
        due = take_due(self.services.store, self.services.clock(), chat=incoming.chat)
        replies = [*(reply for _chat, reply in due), *self._dispatch(turn)]
        session.shown = by_label(replies)
        self.services.store.sessions.put(incoming.chat, session.to_json())
        return replies

    def _dispatch(self, turn: Turn) -> list[Reply]:
        if turn.incoming.button:
            return self._press(turn)
        if not turn.text:
            return [Reply(Markup("{}").format(common.EMPTY))]
        if len(turn.text) > MAX_TEXT:
            return [Reply(Markup("{}").format(common.TOO_LONG.format(limit=MAX_TEXT)))]
        command = self.router.command(turn.text)
        if command:
            route, argument = command
            said = common.SAID_WITH_SLASH.get(turn.text.lstrip("/／").lower())
            if route is None and said:
                return self._typed(replace(turn, incoming=replace(turn.incoming, text=said)))
            return self._start(turn, route, argument) if route else [self._unknown(turn)]
        return self._typed(turn)

    def _typed(self, turn: Turn) -> list[Reply]:
        button = turn.session.shown.get(turn.text)
        if button:
            return self._press(replace(turn, incoming=replace(turn.incoming, text="", button=button)))
        active = self.router.flow(turn.session.active) if turn.session.active else None
        if active:
            replies = active.text(turn)
            if replies is not None:
                return replies
        if turn.text in common.PAUSE_WORDS or (len(turn.text) == 2 and traditional(turn.text) in common.PAUSE_WORDS):
            return [Reply(Markup("{}").format(common.NOTHING_TO_PAUSE), ((MENU,),))]
        named = self.router.keyword(turn.text)
        if named and not self.router.figures_rather(turn, *named):
            replies = self._start(turn, *named)
            return with_way_back(active, turn, replies) if named[0].flow.name == "home" else replies
        route = self.router.claimed(turn)
        if route is None:
            return [Reply(Markup("{}").format(common.EMPTY))]
        return with_way_back(active, turn, self._start(turn, route, turn.text))

    def _start(self, turn: Turn, route: Route, argument: str) -> list[Reply]:
        if not turn.person.may(route.ability):
            return [not_allowed(turn, route)]
        return route.flow.start(turn, argument or route.argument)

    def _press(self, turn: Turn) -> list[Reply]:
        name, _, rest = turn.incoming.button.partition(":")
        verb, *arguments = rest.split(":")
        flow = self.router.flow(name)
        if flow is None:
            return [Reply(Markup("{}").format(common.STALE_BUTTON)), *self._home(turn)]
        route = self._route_of(name, verb, arguments)
        if route and not turn.person.may(route.ability):
            return [not_allowed(turn, route)]
        return flow.press(turn, verb, arguments)

    def _route_of(self, name: str, verb: str, arguments: list[str]) -> Route | None:
        if name == "home" and verb == "open":
            return next((one for one in self.router.routes if [one.command] == arguments), None)
        return next((one for one in self.router.routes if one.flow.name == name), None)

    def _home(self, turn: Turn) -> list[Reply]:
        home = self.router.flow("home")
        return home.start(turn, "") if home else []

    def _unknown(self, turn: Turn) -> Reply:
        word = turn.text.split()[0]
        near = self.services.near(word.lstrip("/／"), [one.command for one in self.router.menu(turn.person)])
        menu = self.router.menu(turn.person)
        routes = [one for one in menu if one.command in near]
        text = common.UNKNOWN_COMMAND.format(command=word[:32])
        if routes:
            text += common.NEAR_COMMANDS
        return Reply(Markup("{}").format(text), choices=rows(map(menu_button, routes or menu), 2))


def by_label(replies: list[Reply]) -> dict[str, str]:
    """The buttons on the screen by their words, which may be typed instead; words on two buttons name neither."""
    choices = [choice for reply in replies for choice in reply.buttons()]
    count = Counter(choice.label for choice in choices)
    return {
        one.label: one.id
        for one in choices
        if count[one.label] == 1 and not one.label.replace(".", "").isdecimal() and len(one.label) <= MAX_LABEL
    }


def with_way_back(active: Flow | None, turn: Turn, replies: list[Reply]) -> list[Reply]:
    """A question asked while a form is open is answered with the button that leads back to the form."""
    if not isinstance(active, Resumable) or not replies:
        return replies
    choice = active.resume_choice(turn)
    if choice is None:
        return replies
    return [*replies[:-1], replace(replies[-1], choices=(*replies[-1].choices, (choice,)))]


def not_allowed(turn: Turn, route: Route) -> Reply:
    """Says which role the conversation needs, and which one the person has; the flow's own words where it has some."""
    if isinstance(route.flow, Guarded):
        return route.flow.refused(turn)
    role = ROLE_NAMES[needed_role(route.ability)]
    said = common.NOT_ALLOWED.format(role=role, mine=ROLE_NAMES[turn.person.role])
    number = turn.person.id if turn.person.id.isdecimal() else ""
    text = Markup("{}{}").format(said, common.TELL_NUMBER.format(number=number) if number else common.ASK_ADMIN)
    return Reply(text, ((MENU,),))
