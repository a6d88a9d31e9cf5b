"""The question box: a question in a person's own words, the cited clause back, or an honest no.

What no other conversation claims is a question. The answer's buttons show the whole clause, another office's rule,
or take a thumb; they are made anew from the question that the chat remembers, so that nothing of a document is copied
into the memory. A question that found nothing is kept for those who look after the documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bot import asking
from bot.dialogue.turn import Turn
from bot.messages import Choice, Reply, Rows, rows
from bot.texts import ask as texts
from knowledge.answers import Answer, Quote

OFFERED = 4  # other offices as buttons
LABEL = 40  # characters of a suggestion's button
HOME = "home_office"  # the preference: the office whose rules a person wants first


class AskFlow:
    """Buttons: full <n> <i>, other <n> <i>, home <n> <i>, maybe <n> <i>, up <n>, down <n>; n counts the questions."""

    name = "ask"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """Answers the question."""
        question = argument or turn.text
        if question.strip() in texts.FULL_WORDS and (shown := turn.slot(self.name).get("shown")):
            return self.press(turn, "full", [shown])
        return [self._asked(turn, question)]

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """A button under an answer; one of an earlier question is answered from the words kept with it."""
        kept = turn.slot(self.name).get("asked", {}).get(arguments[0] if arguments else "")
        if kept is None:
            return [Reply(Markup("{}").format(texts.OLD_BUTTON))]
        answer, _message = asking.ask(turn.services, kept["question"], kept["history"], kept["home"])
        if verb in ("up", "down"):
            return [self._thumb(turn, verb, kept["question"], answer)]
        place = int(arguments[1]) if len(arguments) > 1 and arguments[1].isdigit() else 0
        if verb == "maybe":
            wanted = answer.suggestions[place : place + 1]
            return [self._asked(turn, wanted[0])] if wanted else [Reply(Markup("{}").format(texts.OLD_BUTTON))]
        quotes: Sequence[Quote] = answer.quotes if verb == "full" else answer.alternatives
        if place >= len(quotes):
            return [Reply(Markup("{}").format(texts.OLD_BUTTON))]
        if verb == "full":
            return [Reply(asking.whole(quotes[place]))]
        if verb == "home":
            office = quotes[place].office
            turn.services.store.settings.set(HOME, office, turn.person.id)
            return [Reply(Markup("{}").format(texts.HOME_KEPT.format(office=office)))]
        return [self._switched(turn, answer, place, arguments[0])]

    def text(self, turn: Turn) -> list[Reply] | None:
        """The question box never holds on to typed words."""
        return None

    def _asked(self, turn: Turn, question: str) -> Reply:
        history, home = list(turn.session.history), self._home(turn)
        answer, message = asking.ask(turn.services, question, history, home, buttons=True)
        if answer.reason not in ("off_topic", "empty"):  # nothing to go on from
            turn.session.remember(question)
        number = self._keep(turn, {"question": question, "history": history, "home": home})
        turn.slot(self.name)["shown"] = number if answer.quotes else None  # what a typed 「全文」 opens
        if answer.status == "no_answer":
            turn.services.store.feedback.log_unanswered(question, turn.person.id, turn.incoming.chat)
        return Reply(message, self._buttons(answer, number))

    def _switched(self, turn: Turn, answer: Answer, place: int, number: str) -> Reply:
        chosen = answer.alternatives[place]
        alone = replace(answer, status="answered", quotes=(chosen,), alternatives=())
        keep = Choice(f"ask:home:{number}:{place}", texts.KEEP_HOME.format(office=chosen.office))
        return Reply(asking.message(turn.services, alone), rows([keep]))

    def _keep(self, turn: Turn, what: dict[str, Any]) -> str:
        slot = turn.slot(self.name)
        number = str(int(slot.get("count", 0)) + 1)
        slot["count"] = int(number)
        asked: dict[str, Any] = slot.setdefault("asked", {})
        asked[number] = what
        for old in list(asked)[:-10]:
            del asked[old]
        return number

    def _buttons(self, answer: Answer, number: str) -> Rows:
        made: list[tuple[Choice, ...]] = []
        cut = [place for place, quote in enumerate(answer.quotes) if len(quote.full) > len(quote.text)]
        if answer.status != "no_answer" and cut:
            made.append((Choice(f"ask:full:{number}:{cut[0]}", texts.FULL),))
        others = [
            Choice(f"ask:other:{number}:{place}", _office(quote))
            for place, quote in enumerate(answer.alternatives[:OFFERED])
        ]
        made += rows(others, 2)
        made += rows(
            [Choice(f"ask:maybe:{number}:{place}", text[:LABEL]) for place, text in enumerate(answer.suggestions[:3])]
        )
        if answer.status != "no_answer":
            made.append((Choice(f"ask:up:{number}", texts.UP), Choice(f"ask:down:{number}", texts.DOWN)))
        return tuple(made)

    def _thumb(self, turn: Turn, verb: str, question: str, answer: Answer) -> Reply:
        passage = answer.quotes[0].passage_id if answer.quotes else ""
        turn.services.store.feedback.vote(
            turn.person.id, turn.incoming.chat, question, passage, 1 if verb == "up" else -1
        )
        return Reply(Markup("{}").format(texts.THANKS if verb == "up" else texts.SORRY))

    def _home(self, turn: Turn) -> str | None:
        """The office of the person's choice, else that of the own unit."""
        kept = turn.services.store.settings.get(HOME, turn.person.id)
        if kept:
            return str(kept)
        if turn.person.unit is None:
            return None
        units = turn.services.store.units
        return units.get(units.get(turn.person.unit).office).name


def _office(quote: Quote) -> str:
    office = quote.office or quote.title
    return texts.OFFICE_YEAR.format(office=office, year=quote.year) if quote.year else office
