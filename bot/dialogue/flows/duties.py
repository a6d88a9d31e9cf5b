"""待辦: what a plan asks for, what is done, due and overdue, by unit, each with its clause; ticking off by hand, and
taking that back.

What records count by themselves (telephone tests, reviews) cannot be ticked. Past plans can be taken as this year's
pattern from here.
"""

from __future__ import annotations

import re
from collections import Counter

from markupsafe import Markup

from bot import planning, rocdate
from bot.dialogue.turn import Turn, UserError
from bot.messages import Choice, Reply, rows
from bot.people import called
from bot.texts import common
from bot.texts import planning as texts
from rubrics.duties import DutyStatus, State
from storage.duties import Tick

MOST_LINES = 16  # obligations in one message
LABEL = 40  # characters of a button
NAMED = 4  # units named in one line
QUOTED = 60  # characters of the source's words in a list
ORDER: tuple[State, ...] = ("overdue", "due", "upcoming", "done")
OPEN: tuple[State, ...] = ("overdue", "due")
_OVERDUE = re.compile(
    r"(?:今年|現在|目前|還)?有?(?:哪些|什麼|哪幾項)?(?:應辦|待辦)?(?:事項?|項目)?(?:是)?(?:逾期|沒辦|沒做|還沒辦|還沒做)了?的?"
    r"(?:事項?|項目)?(?:是|有)?(?:哪些|什麼|哪幾項)?(?:嗎|呢)?[?？]?"
)


def asks_what_is_due(turn: Turn) -> bool:
    """For the router: 「逾期的有哪些」「還有什麼沒辦」."""
    return len(turn.text) > 2 and bool(_OVERDUE.fullmatch(turn.text))


class DutiesFlow:
    """/duties. Buttons: plan <plan>, unit <plan> <unit number or ->, tick <plan> <duty> <unit number>, bare,
    ticked <plan> <unit number or ->, untick <plan> <tick> <unit number or ->, because <number of a reason>."""

    name = "duties"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """This year's plan of the person's office, or a choice of plans."""
        today = turn.services.clock().date()
        current = planning.in_force(turn.services, turn.person, today)
        if len(current) == 1:
            return [self._overview(turn, current[0], None)]
        return [self._choose(turn, bool(current))]

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """A plan, a unit, a tick, or a new year's pattern was chosen."""
        if verb == "bare":
            return self._tick(turn, "")
        if verb == "because" and arguments in [[str(at)] for at in range(len(texts.UNTICK_REASONS))]:
            return self._untick(turn, texts.UNTICK_REASONS[int(arguments[0])])
        turn.session.clear(self.name)
        one = self._plan(turn, arguments[0] if arguments else "")
        if one is None:
            return [self._choose(turn, False)]
        if verb == "renew" and turn.person.may("manage"):
            made = planning.renew_plan(turn.services, one.plan.id, rocdate.roc_year(turn.services.clock().year))
            said = texts.RENEWED.format(
                title=one.plan.title, year=rocdate.roc_year(turn.services.clock().year), path=made.name
            )
            return [Reply(Markup("{}").format(said)), *self.start(turn, "")]
        names = planning.unit_names(turn.services, one)
        number = arguments[-1] if len(arguments) > 1 else "-"
        unit = names[int(number)] if number.isdigit() and int(number) < len(names) else None
        if verb == "units":
            choices = [Choice(f"duties:unit:{one.plan.id}:{place}", name) for place, name in enumerate(names[:60])]
            return [Reply(Markup("{}").format(texts.WHICH_UNIT), rows(choices, 2), in_place=True)]
        if verb == "tick" and len(arguments) == 3:
            return [self._ask_note(turn, one, arguments[1], unit)]
        if verb == "ticked":
            return [self._ticked(turn, one, unit)]
        if verb == "untick" and len(arguments) == 3 and arguments[1].isdecimal():
            return [self._ask_why(turn, one, int(arguments[1]), unit)]
        return [self._overview(turn, one, unit, in_place=True)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """While a tick waits for its note, typed words are the note; while one is being taken back, the reason."""
        slot = turn.slot(self.name)
        if not slot.get("tick") and not slot.get("untick"):
            turn.session.active = ""
            return None
        if turn.text in common.LEAVE_WORDS or turn.text.endswith(("？", "?")):
            turn.session.clear(self.name)
            return self.start(turn, "") if turn.text in common.LEAVE_WORDS else None
        return self._untick(turn, turn.text) if slot.get("untick") else self._tick(turn, turn.text)

    def _plan(self, turn: Turn, plan_id: str) -> planning.OfficePlan | None:
        mine = planning.plans_of(turn.services, turn.person)
        return next((one for one in mine if one.plan.id == plan_id), None)

    def _choose(self, turn: Turn, several: bool) -> Reply:
        mine = planning.plans_of(turn.services, turn.person)
        if not mine:
            raise UserError(texts.NO_PLAN)
        year = rocdate.roc_year(turn.services.clock().year)
        said = texts.WHICH_PLAN if several else texts.NO_PLAN_THIS_YEAR.format(year=year)
        choices = [
            (
                Choice(
                    f"duties:plan:{one.plan.id}",
                    texts.PLAN_BUTTON.format(office=one.plan.office.short, year=one.plan.year),
                ),
                *(
                    [Choice(f"duties:renew:{one.plan.id}", texts.PATTERN_BUTTON.format(year=year))]
                    if one.plan.year < year and turn.person.may("manage")
                    else []
                ),
            )
            for one in mine
        ]
        return Reply(Markup("{}").format(said), tuple(choices))

    def _overview(self, turn: Turn, one: planning.OfficePlan, unit: str | None, in_place: bool = False) -> Reply:
        """What the plan asks of all units (what is open), or of one (everything, with buttons to tick off)."""
        today = turn.services.clock().date()
        found = [
            status
            for status in planning.statuses(turn.services, one, today)
            if unit is None or status.unit in (unit, "")
        ]
        found.sort(key=lambda status: ORDER.index(status.state))
        shown = found if unit else [status for status in found if status.state in OPEN]
        groups = _alike(shown)
        lines = [
            Markup("<b>{}</b>").format(texts.DUTIES_TITLE.format(title=one.plan.title)),
            Markup("{}　{}").format(unit or texts.ALL_UNITS, texts.TODAY.format(today=rocdate.short_date(today))),
            Markup("{}").format(_counts(found)),
            *([] if shown else [Markup("{}").format(texts.NOTHING_OPEN)]),
            *(_line(group) for group in groups[:MOST_LINES]),
        ]
        if len(groups) > MOST_LINES:
            lines.append(Markup("{}").format(texts.MORE.format(count=len(groups) - MOST_LINES)))
        ticks = _ticks(one, shown, planning.unit_names(turn.services, one)) if unit else []
        others = [
            Choice(f"duties:units:{one.plan.id}", texts.BY_UNIT),
            *([Choice(f"duties:plan:{one.plan.id}", texts.ALL_UNITS)] if unit else []),
        ]
        if planning.ticks(turn.services, one, unit):
            others.append(Choice(f"duties:ticked:{one.plan.id}:{_number(turn, one, unit)}", texts.UNTICK))
        return Reply(Markup("\n").join(lines), (*rows(ticks), *rows(others, 2)), in_place=in_place)

    def _ask_note(self, turn: Turn, one: planning.OfficePlan, duty_id: str, unit: str | None) -> Reply:
        duty = next((duty for duty in one.plan.obligations if duty.id == duty_id), None)
        if duty is None:
            raise UserError(texts.GONE)
        if duty.counted_by:
            raise UserError(texts.COUNTS_ITSELF)
        turn.session.active = self.name
        turn.slot(self.name)["tick"] = {"plan": one.plan.id, "duty": duty_id, "unit": unit or ""}
        said = texts.TICK_NOTE.format(title=duty.title, unit=unit or texts.OFFICE_DUTY)
        leave = Choice(f"duties:plan:{one.plan.id}", common.CANCEL_BUTTON)
        return Reply(Markup("{}").format(said), rows([Choice("duties:bare", texts.NO_NOTE), leave], 2))

    def _tick(self, turn: Turn, note: str) -> list[Reply]:
        waiting = dict(turn.slot(self.name).get("tick") or {"plan": "", "duty": "", "unit": ""})
        turn.session.clear(self.name)
        one = self._plan(turn, waiting["plan"])
        duty = next((duty for duty in one.plan.obligations if duty.id == waiting["duty"]), None) if one else None
        if one is None or duty is None:
            raise UserError(texts.GONE)
        planning.tick(turn.services, one, duty, waiting["unit"], note, turn.person)
        today = rocdate.short_date(turn.services.clock().date())
        said = texts.TICKED.format(title=duty.title, unit=waiting["unit"] or texts.OFFICE_DUTY, today=today)
        fresh = self._plan(turn, one.plan.id) or one
        return [Reply(Markup("{}").format(said)), self._overview(turn, fresh, waiting["unit"] or None)]

    def _ticked(self, turn: Turn, one: planning.OfficePlan, unit: str | None) -> Reply:
        """What was ticked off by hand, with a button for each to take it back."""
        found = planning.ticks(turn.services, one, unit)[:MOST_LINES]
        place = _number(turn, one, unit)
        lines = [Markup("{}").format(texts.WHICH_TICK if found else texts.NO_TICKS)]
        choices = []
        for tick in found:
            facts = _facts(turn, one, tick)
            note = texts.TICK_SAID.format(note=tick.note) if tick.note else ""
            who = called(turn.services.store.people, tick.person)
            lines.append(Markup("{}").format(texts.TICK_LINE.format(**facts, who=who, note=note)))
            label = texts.TICK_BUTTON.format(**facts)[:LABEL]
            choices.append(Choice(f"duties:untick:{one.plan.id}:{tick.id}:{place}", label))
        leave = Choice(f"duties:unit:{one.plan.id}:{place}", texts.BACK_TO_DUTIES)
        return Reply(Markup("\n").join(lines), rows([*choices, leave]), in_place=True)

    def _ask_why(self, turn: Turn, one: planning.OfficePlan, number: int, unit: str | None) -> Reply:
        tick = _standing(turn, one, number)
        turn.session.active = self.name
        turn.slot(self.name)["untick"] = {"plan": one.plan.id, "id": number, "unit": unit}
        said = texts.UNTICK_WHY.format(**_facts(turn, one, tick))
        reasons = [Choice(f"duties:because:{at}", reason) for at, reason in enumerate(texts.UNTICK_REASONS)]
        leave = Choice(f"duties:unit:{one.plan.id}:{_number(turn, one, unit)}", common.CANCEL_BUTTON)
        return Reply(Markup("{}").format(said), (*rows(reasons, 3), (leave,)))

    def _untick(self, turn: Turn, reason: str) -> list[Reply]:
        waiting = dict(turn.slot(self.name).get("untick") or {"plan": "", "id": 0, "unit": None})
        turn.session.clear(self.name)
        one = self._plan(turn, waiting["plan"])
        if one is None:
            raise UserError(common.STALE_BUTTON)
        tick = _standing(turn, one, waiting["id"])
        turn.services.store.duties.untick(tick.id, turn.person.id, reason)
        said = texts.UNTICKED.format(**_facts(turn, one, tick))
        return [Reply(Markup("{}").format(said)), self._overview(turn, one, waiting["unit"])]


def _standing(turn: Turn, one: planning.OfficePlan, number: int) -> Tick:
    """A tick of this plan and office that was not taken back. Raises UserError."""
    found = next((tick for tick in planning.ticks(turn.services, one, None) if tick.id == number), None)
    if found is None:
        raise UserError(texts.TICK_GONE)
    return found


def _facts(turn: Turn, one: planning.OfficePlan, tick: Tick) -> dict[str, str]:
    """The day, the duty and the unit of a tick in words."""
    title = next((duty.title for duty in one.plan.obligations if duty.id == tick.duty_id), tick.duty_id)
    unit = planning.ticked_unit(turn.services, tick) or texts.OFFICE_DUTY
    return {"day": rocdate.short_date(tick.done_on), "title": title, "unit": unit}


def _number(turn: Turn, one: planning.OfficePlan, unit: str | None) -> str:
    return _place(planning.unit_names(turn.services, one), unit or "")


def _counts(found: list[DutyStatus]) -> str:
    """How many stand in each state, the late ones first."""
    counts = Counter(status.state for status in found)
    return "、".join(
        texts.STATE_COUNT.format(mark=texts.STATE_MARKS[state], state=texts.STATES[state], count=counts[state])
        for state in ORDER
        if counts[state]
    )


def _ticks(one: planning.OfficePlan, shown: list[DutyStatus], names: list[str]) -> list[Choice]:
    """A button for each that is open and is not counted by records."""
    return [
        Choice(
            f"duties:tick:{one.plan.id}:{status.duty.id}:{_place(names, status.unit)}",
            f"{texts.TICK}：{status.duty.title}"[:LABEL],
        )
        for status in shown[:MOST_LINES]
        if status.state in OPEN and not status.duty.counted_by
    ]


def _place(names: list[str], unit: str) -> str:
    return str(names.index(unit)) if unit in names else "-"


def _alike(found: list[DutyStatus]) -> list[list[DutyStatus]]:
    """The units that stand alike with one duty, together."""
    groups: dict[tuple[str, str, str], list[DutyStatus]] = {}
    for status in found:
        groups.setdefault((status.duty.id, status.state, status.reason), []).append(status)
    return list(groups.values())


def _line(group: list[DutyStatus]) -> Markup:
    status = group[0]
    names = [one.unit or texts.OFFICE_DUTY for one in group]
    who = "、".join(names)
    if len(names) > NAMED:
        who = texts.MANY_UNITS.format(names="、".join(names[:NAMED]), count=len(names))
    parts = status.reason.rstrip("。").split("；")
    reason = "；".join(parts[:2]) + (texts.MORE_PARTS.format(count=len(parts)) if len(parts) > 2 else "")
    item = texts.ITEM.format(mark=texts.STATE_MARKS[status.state], title=status.duty.title, unit=who, reason=reason)
    quote = status.duty.quote if len(status.duty.quote) <= QUOTED else status.duty.quote[:QUOTED] + "…"
    return Markup("{}\n　<i>{}「{}」</i>").format(
        item, texts.CLAUSE.format(clause=status.duty.clause.split(" › ")[-1]), quote
    )
