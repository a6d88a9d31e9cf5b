"""改善追蹤: follow-ups from 建議改進事項. The unit answers, the supervisor sends back, closes,
or sets another due date."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from bot import rocdate
from bot.dialogue.turn import Turn, UserError
from bot.messages import MENU, Choice, Reply, rows
from bot.people import called, units_seen
from bot.texts import common
from bot.texts import planning as texts
from storage.errors import NotFound
from storage.improvements import Improvement, ImprovementState

SHOWN = 20
ASKED = {"answer": texts.ASK_ANSWER, "back": texts.ASK_SEND_BACK, "close": texts.ASK_CLOSE}


class ImprovementsFlow:
    """/improve. Buttons: list, closed, show <id>, answer <id>, back <id>, close <id>, due <id>, until <id> <days>."""

    name = "improve"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """What is open in the person's scope, the overdue first; with a number, that one."""
        if argument.strip().isdecimal():
            return [self._show(turn, self._mine(turn, int(argument)))]
        return [self._list(turn, closed=False)]

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """Opens one, or asks for the words of a step."""
        if verb in ("list", "closed") or not arguments or not arguments[0].isdigit():
            return [self._list(turn, closed=verb == "closed")]
        item = self._mine(turn, int(arguments[0]))
        turn.session.clear(self.name)
        if verb == "due":
            return [self._ask_due(turn, item)]
        if verb == "until" and arguments[1:] in [[str(days)] for days in texts.DUE_IN]:
            return self._set_due(turn, item, turn.services.clock().date() + timedelta(days=int(arguments[1])))
        if verb in ASKED:
            if verb != "answer" and not turn.person.may("duties"):
                raise UserError(texts.NOT_YOURS)
            turn.session.active = self.name
            turn.slot(self.name).update(step=verb, id=item.id)
            leave = Choice(f"improve:show:{item.id}", common.CANCEL_BUTTON)
            return [Reply(Markup("{}").format(ASKED[verb]), rows([leave]))]
        return [self._show(turn, item, in_place=True)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """While a step waits for its words, typed words are those; below the list, a number opens that one."""
        slot = turn.slot(self.name)
        step, number = slot.get("step"), slot.get("id")
        if not step and turn.text.lstrip("#＃").isdecimal():
            return [self._show(turn, self._mine(turn, int(turn.text.lstrip("#＃"))))]
        turn.session.clear(self.name)
        if not step or not number or turn.text.endswith(("？", "?")):
            return None
        if turn.text in common.LEAVE_WORDS:
            return [self._show(turn, self._mine(turn, number))]
        item, improvements = self._mine(turn, number), turn.services.store.improvements
        if step == "due":
            return self._typed_due(turn, item)
        act = {"answer": improvements.answer, "back": improvements.send_back, "close": improvements.close}[step]
        item = act(item.id, turn.text, turn.person.id)
        return [Reply(Markup("{}").format(texts.SAVED)), self._show(turn, item)]

    def _ask_due(self, turn: Turn, item: Improvement, lead: str = "") -> Reply:
        """Asks for another due date, by a button or in own words."""
        _check_due(turn, item)
        turn.session.active = self.name
        turn.slot(self.name).update(step="due", id=item.id)
        due = rocdate.short_date(item.due_on) if item.due_on else texts.NO_DUE
        today = turn.services.clock().date()
        soon = [
            Choice(
                f"improve:until:{item.id}:{days}",
                label.format(day=rocdate.short_date(today + timedelta(days=days))),
            )
            for days, label in texts.DUE_IN.items()
        ]
        asked = lead or texts.ASK_DUE.format(text=" ".join(item.text.split()), due=due)
        leave = Choice(f"improve:show:{item.id}", common.CANCEL_BUTTON)
        return Reply(Markup("{}").format(asked), (*rows(soon, 2), (leave,)))

    def _typed_due(self, turn: Turn, item: Improvement) -> list[Reply]:
        today = turn.services.clock().date()
        day = rocdate.parse_day(turn.text, today)
        if day is None:
            return [self._ask_due(turn, item, texts.BAD_DUE)]
        if day < today:
            return [self._ask_due(turn, item, texts.PAST_DUE.format(day=rocdate.short_date(day)))]
        return self._set_due(turn, item, day)

    def _set_due(self, turn: Turn, item: Improvement, day: date) -> list[Reply]:
        _check_due(turn, item)
        before = rocdate.short_date(item.due_on) if item.due_on else texts.NO_DUE
        item = turn.services.store.improvements.set_due(item.id, day, turn.person.id)
        said = texts.DUE_CHANGED.format(before=before, after=rocdate.short_date(day))
        return [Reply(Markup("{}").format(said)), self._show(turn, item)]

    def _mine(self, turn: Turn, number: int) -> Improvement:
        item = turn.services.store.improvements.get(number)
        seen = units_seen(turn.services.store.units, turn.person)
        if seen is not None and item.unit_id not in seen:
            raise NotFound(texts.NOT_YOURS)
        return item

    def _list(self, turn: Turn, closed: bool) -> Reply:
        states: tuple[ImprovementState, ...] = ("closed",) if closed else ("open", "returned", "answered")
        found = turn.services.store.improvements.find(units_seen(turn.services.store.units, turn.person), states)
        lines = [Markup("<b>{}</b>").format(texts.IMPROVE_TITLE)]
        late = self._late(turn)
        if late and not closed:
            lines.append(Markup("{}").format(texts.IMPROVE_COUNT.format(late=len(late))))
        lines += [self._line(turn, item, late) for item in found[:SHOWN]] or [Markup("{}").format(texts.IMPROVE_NONE)]
        choices = [
            Choice(f"improve:show:{item.id}", f"{item.id}. {' '.join(item.text.split())}"[:30])
            for item in found[:SHOWN]
        ]
        if len(found) > SHOWN:
            lines.append(Markup("{}").format(texts.IMPROVE_MORE.format(count=len(found) - SHOWN)))
        turn.session.active = self.name
        return Reply(Markup("\n").join(lines), (*rows(choices), self._other_list(turn, closed)))

    def _late(self, turn: Turn) -> set[int]:
        """The numbers of those whose due date has passed while the unit owes an answer."""
        scope = units_seen(turn.services.store.units, turn.person)
        return {item.id for item in turn.services.store.improvements.overdue(turn.services.clock().date(), scope)}

    def _other_list(self, turn: Turn, closed: bool) -> tuple[Choice, ...]:
        if closed:
            return (Choice("improve:list", texts.ALL_ITEMS),)
        scope = units_seen(turn.services.store.units, turn.person)
        any_closed = bool(turn.services.store.improvements.find(scope, ("closed",)))
        return (Choice("improve:closed", texts.SHOW_CLOSED) if any_closed else MENU,)

    def _line(self, turn: Turn, item: Improvement, late: set[int]) -> Markup:
        due = rocdate.short_date(item.due_on) if item.due_on else texts.NO_DUE
        line = texts.IMPROVE_LINE.format(
            number=item.id,
            unit=turn.services.store.units.full_name(item.unit_id),
            text=" ".join(item.text.split()),
            state=texts.IMPROVE_STATES[item.state],
            due=due,
        )
        return Markup("{}{}").format(texts.IMPROVE_LATE if item.id in late else "", line)

    def _show(self, turn: Turn, item: Improvement, in_place: bool = False) -> Reply:
        people = turn.services.store.people
        lines = [self._line(turn, item, self._late(turn))]
        for entry in item.entries:
            told = texts.IMPROVE_OPENED if entry.text == item.text else texts.IMPROVE_ENTRY  # it stands above already
            said = told.format(
                when=rocdate.short_time(entry.at),
                who=called(people, entry.person),
                state=texts.IMPROVE_STATES[entry.state],
                text=entry.text,
            )
            lines.append(Markup("・{}").format(said))
        steps: list[Choice] = []
        if item.state != "closed":
            steps.append(Choice(f"improve:answer:{item.id}", texts.ANSWER))
            if turn.person.may("duties"):
                if item.state == "answered":
                    steps.append(Choice(f"improve:back:{item.id}", texts.SEND_BACK))
                steps.append(Choice(f"improve:close:{item.id}", texts.CLOSE))
                steps.append(Choice(f"improve:due:{item.id}", texts.CHANGE_DUE))
        steps.append(Choice("improve:list", texts.ALL_ITEMS))
        return Reply(Markup("\n").join(lines), rows(steps, 2), in_place=in_place)


def _check_due(turn: Turn, item: Improvement) -> None:
    """Supervisors set due dates, of what is not closed. Raises UserError."""
    if not turn.person.may("duties"):
        raise UserError(texts.NOT_YOURS)
    if item.state == "closed":
        raise UserError(texts.CLOSED_ALREADY)
