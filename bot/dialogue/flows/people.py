"""Who may do what, in chat: the list, a person's role, adding and removing. For administrators only.

It refuses to remove the administrator who asks, so that an installation cannot lock itself out.
"""

from __future__ import annotations

from markupsafe import Markup

from bot import units
from bot.dialogue.turn import Turn, UserError
from bot.messages import Choice, Reply, rows
from bot.people import ROLE_NAMES, ROLES, Role
from bot.texts import people as texts
from storage.people import Person

PAGE = 40  # people shown as buttons at once


class PeopleFlow:
    """/people: list, open one, change the role, remove; 「新增人員 …」 adds."""

    name = "people"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """The list; with words, adds or changes a person."""
        return [self._add(turn, argument.split())] if argument else [self._list(turn)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """Typed words are never held here."""
        return None

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """list | show <id> | role <id> <role> | drop <id> | gone <id>."""
        if verb == "list" or not arguments:
            return [self._list(turn, in_place=True)]
        # a person's own id may hold colons (terminal:name); only `role` has a word behind it
        person_id = ":".join(arguments[:-1] if verb == "role" else arguments)
        person = turn.services.store.people.get(person_id)
        if person is None or not person.active:
            return [Reply(Markup("{}").format(texts.GONE)), self._list(turn)]
        if verb == "role" and arguments[-1] in ROLES:
            self._change(turn, person, next(role for role in ROLES if role == arguments[-1]))
            return [self._show(turn, person.id)]
        if verb == "drop":
            return [self._ask_to_drop(turn, person)]
        if verb == "gone":
            turn.services.store.people.remove(person.id, by=turn.person.id)
            return [self._list(turn, in_place=True)]
        return [self._show(turn, person.id)]

    def _list(self, turn: Turn, in_place: bool = False) -> Reply:
        everyone = turn.services.store.people.all()
        lines = [Markup("<b>{}</b>").format(texts.TITLE)]
        lines += [self._line(turn, one) for one in everyone] or [Markup("{}").format(texts.EMPTY_LIST)]
        lines.append(Markup("{}").format(texts.HOW_TO_ADD))
        buttons = [_button("show", one.id, one.name or one.id) for one in everyone[:PAGE]]
        return Reply(Markup("\n").join(lines), rows([one for one in buttons if one], 2), in_place=in_place)

    def _line(self, turn: Turn, one: Person) -> Markup:
        return Markup("・{}{}，{}").format(texts.who(one.name, one.id), ROLE_NAMES[one.role], _unit(turn, one))

    def _show(self, turn: Turn, person_id: str) -> Reply:
        person = turn.services.store.people.get(person_id)
        assert person is not None  # noqa: S101 - just looked up by the caller
        changes = [
            _button("role", f"{person.id}:{role}", texts.ROLE_BUTTON.format(role=ROLE_NAMES[role]))
            for role in ROLES
            if role != person.role
        ]
        others = [_button("drop", person.id, texts.REMOVE_BUTTON), Choice("people:list", texts.BACK)]
        return Reply(self._line(turn, person), rows([one for one in [*changes, *others] if one], 2), in_place=True)

    def _ask_to_drop(self, turn: Turn, person: Person) -> Reply:
        if person.id == turn.person.id:
            raise UserError(texts.YOURSELF)
        who = person.name or person.id
        buttons = [_button("gone", person.id, texts.YES), _button("show", person.id, texts.NO)]
        text = Markup("{}").format(texts.REMOVE_SURE.format(who=who))
        return Reply(text, rows([one for one in buttons if one], 2), in_place=True)

    def _change(self, turn: Turn, person: Person, role: Role) -> None:
        turn.services.store.people.add(person.id, role, person.name, person.unit_id, by=turn.person.id)

    def _add(self, turn: Turn, words: list[str]) -> Reply:
        role = next((role for role in ROLES if len(words) > 1 and words[1] in (role, ROLE_NAMES[role])), None)
        if role is None or not words[0].isascii():
            raise UserError(texts.BAD_ADD)
        store = turn.services.store
        unit = units.ensure(store, " ".join(words[3:]), turn.person.id) if words[3:] else None
        person = store.people.add(
            words[0], role, words[2] if words[2:] else "", unit[0].id if unit else None, by=turn.person.id
        )
        said = texts.ADDED.format(
            who=texts.who(person.name, person.id), role=ROLE_NAMES[role], unit=_unit(turn, person)
        )
        if unit and unit[1]:
            said += texts.NEW_UNIT.format(unit=_unit(turn, person))
        return Reply(Markup("{}").format(said), rows([Choice("people:list", texts.BACK)]))


def _unit(turn: Turn, one: Person) -> str:
    return turn.services.store.units.full_name(one.unit_id) if one.unit_id is not None else texts.NO_UNIT


def _button(verb: str, rest: str, label: str) -> Choice | None:
    """None when the person's id is too long or not ASCII for a button: such a person is changed by typing."""
    whole = f"people:{verb}:{rest}"
    return Choice(whole, label) if whole.isascii() and len(whole) <= 64 else None
