"""Offices and units, in chat: the list, adding one, its telephone numbers, another name, out of use and back in use,
and taking the units that a plan names.

A unit is never deleted: its records stay and keep pointing at it.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from bot import units
from bot.dialogue.turn import Turn, UserError
from bot.messages import Choice, Reply, rows
from bot.texts import common
from bot.texts import people as texts
from rubrics.plan_model import Plan
from storage import Store, Unit
from storage.errors import NotFound

_PHONE = re.compile(r"(?:^|\s)(\+?\d[\d\-()#轉 ]{5,})$")
PAGE = 40  # units shown as buttons at once
LONGEST_NAME = 30  # characters
LABEL = 24  # characters of a button


class UnitsFlow:
    """/units: the tree; 「新增單位 …」 adds, 「登記電話 …」 keeps a number. Buttons: list <page>, retired, show <unit>,
    rename <unit>, off <unit>, gone <unit>, on <unit>, plan <plan>."""

    name = "units"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """The list; with a number at the end, keeps it; with other words, adds the unit, or shows the known one."""
        turn.session.clear(self.name)
        if not argument:
            return [self._list(turn, 0)]
        phone = _PHONE.search(argument)
        if phone:
            return [self._phone(turn, argument[: phone.start()].strip(), phone[1].strip())]
        store = turn.services.store
        known = units.find(store, argument, active_only=False).only
        if known and not known.active:
            return [self._show(turn, known)]
        unit, new = units.ensure(store, argument, turn.person.id)
        said = (texts.UNIT_ADDED if new else texts.UNIT_KNOWN).format(unit=store.units.full_name(unit.id))
        return [Reply(Markup("{}").format(said), _steps(unit))]

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """One unit's steps, the lists, or the units that a plan names."""
        turn.session.clear(self.name)
        number = int(arguments[0]) if arguments and arguments[0].isdecimal() else 0
        if verb == "plan":
            return self._take(turn, arguments)
        if verb == "retired":
            return [self._retired(turn)]
        if verb == "list" or not number:
            return [self._list(turn, number, in_place=bool(arguments))]
        try:
            unit = turn.services.store.units.get(number)
        except NotFound as error:
            raise UserError(texts.UNIT_GONE) from error
        if verb == "rename":
            return [self._ask_name(turn, unit)]
        if verb == "off":
            return [self._ask_sure(turn, unit)]
        if verb in ("gone", "on"):
            return self._set_active(turn, unit, verb == "on")
        return [self._show(turn, unit, in_place=True)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """While a unit waits for its new name, typed words are that."""
        number = int(turn.slot(self.name).get("rename", 0))
        turn.session.clear(self.name)
        if not number or turn.text.endswith(("？", "?")):
            return None
        unit = turn.services.store.units.get(number)
        return [self._show(turn, unit)] if turn.text in common.LEAVE_WORDS else self._rename(turn, unit)

    def _take(self, turn: Turn, arguments: list[str]) -> list[Reply]:
        plan = next((one for one in turn.services.plans if [one.id] == arguments), None)
        if plan is None:
            return [self._list(turn, 0)]
        store = turn.services.store
        office = units.office_name(store, plan.office.name)
        for group in plan.units.groups:
            for member in group.members:
                unit = store.units.ensure(office, member, by=turn.person.id)
                store.units.set_group(unit.id, group.label, by=turn.person.id)
        done = texts.FROM_PLANS_DONE.format(office=office, count=len(plan.units.members))
        return [Reply(Markup("{}").format(done)), self._list(turn, 0)]

    def _list(self, turn: Turn, page: int, in_place: bool = False) -> Reply:
        store = turn.services.store
        known = store.units.all()
        lines = [Markup("<b>{}</b>").format(texts.UNITS_TITLE)]
        for unit in known:
            phones = f"　{'、'.join(unit.phones)}" if unit.phones else ""
            lines.append(Markup("{}{}{}").format("" if unit.is_office else "　・", unit.name, phones))
        lines.append(Markup("{}").format(texts.UNITS_EDIT if known else texts.UNITS_EMPTY))
        lines.append(Markup("{}").format(texts.UNITS_HOW))
        pages = max(1, -(-len(known) // PAGE))
        page = min(page, pages - 1)
        shown = known[page * PAGE : (page + 1) * PAGE]
        turns = [Choice(f"units:list:{page - 1}", "◀")] if page else []
        turns += [Choice(f"units:list:{page + 1}", "▶")] if page < pages - 1 else []
        take = [
            Choice(f"units:plan:{plan.id}", texts.FROM_PLANS.format(office=plan.office.name))
            for plan in turn.services.plans
            if _missing(store, plan)
        ]
        retired = len(store.units.all(active_only=False)) - len(known)
        take += [Choice("units:retired", texts.SHOW_RETIRED.format(count=retired))] if retired else []
        return Reply(Markup("\n").join(lines), (*_buttons(shown), *rows(turns, 2), *rows(take)), in_place=in_place)

    def _retired(self, turn: Turn) -> Reply:
        store = turn.services.store
        found = [unit for unit in store.units.all(active_only=False) if not unit.active]
        lines = [Markup("<b>{}</b>").format(texts.UNITS_RETIRED)]
        lines += [Markup("・{}").format(name) for name in units.names(store, (unit.id for unit in found))]
        back = (Choice("units:list:0", texts.BACK),)
        return Reply(Markup("\n").join(lines), (*_buttons(found[:PAGE]), back), in_place=True)

    def _show(self, turn: Turn, unit: Unit, in_place: bool = False) -> Reply:
        name = turn.services.store.units.full_name(unit.id)
        head = Markup("<b>{}</b>{}").format(name, "" if unit.active else texts.UNIT_OFF_MARK)
        phones = Markup("\n{}").format("、".join(unit.phones)) if unit.phones else ""
        return Reply(head + phones, _steps(unit), in_place=in_place)

    def _ask_name(self, turn: Turn, unit: Unit) -> Reply:
        turn.session.active = self.name
        turn.slot(self.name)["rename"] = unit.id
        said = texts.ASK_RENAME.format(unit=unit.name)
        return Reply(Markup("{}").format(said), rows([Choice(f"units:show:{unit.id}", common.CANCEL_BUTTON)]))

    def _rename(self, turn: Turn, unit: Unit) -> list[Reply]:
        """Keeps the name, unless a plan would no longer find its office by it. Raises UserError, Conflict."""
        name, store = " ".join(turn.text.split()), turn.services.store
        if len(name) > LONGEST_NAME:
            return [
                Reply(Markup("{}").format(texts.NAME_TOO_LONG.format(most=LONGEST_NAME))),
                self._ask_name(turn, unit),
            ]
        plans = [plan for plan in turn.services.plans if _is_office_of(store, plan, unit)]
        renamed = store.units.rename(unit.id, name, by=turn.person.id)
        lost = next((plan for plan in plans if not _is_office_of(store, plan, renamed)), None)
        if lost:  # the turn's changes are taken back
            raise UserError(texts.NAME_OF_PLAN.format(plan=lost.title, unit=unit.name))
        said = texts.RENAMED.format(before=unit.name, after=renamed.name)
        return [Reply(Markup("{}").format(said)), self._show(turn, renamed)]

    def _ask_sure(self, turn: Turn, unit: Unit) -> Reply:
        store = turn.services.store
        below = len(store.units.subtree_ids(unit.id)) - 1
        more = texts.AND_BELOW.format(count=below) if below else ""
        said = texts.RETIRE_SURE.format(unit=store.units.full_name(unit.id), below=more)
        sure = [Choice(f"units:gone:{unit.id}", texts.RETIRE_YES), Choice(f"units:show:{unit.id}", texts.NO)]
        return Reply(Markup("{}").format(said), rows(sure, 2))

    def _set_active(self, turn: Turn, unit: Unit, active: bool) -> list[Reply]:
        """With all below; back in use, also what stands above, so that nothing in use hangs below what is not."""
        store = turn.services.store
        touched = [store.units.get(number) for number in sorted(store.units.subtree_ids(unit.id))]
        above = unit
        while active and above.parent is not None:
            above = store.units.get(above.parent)
            touched.append(above)
        for one in touched:
            if one.active != active:
                store.units.set_active(one.id, active, by=turn.person.id)
        said = (texts.RESTORED if active else texts.RETIRED).format(unit=store.units.full_name(unit.id))
        return [Reply(Markup("{}").format(said)), self._list(turn, 0)]

    def _phone(self, turn: Turn, words: str, phone: str) -> Reply:
        store = turn.services.store
        found = units.find(store, words)
        if found.only is None:
            said = texts.UNIT_UNKNOWN.format(unit=words)
            others = units.names(store, (unit.id for unit in (*found.exact, *found.near)))
            raise UserError(said + (texts.UNIT_SIMILAR.format(names="、".join(others)) if others else ""))
        unit = store.units.set_phones(found.only.id, [*found.only.phones, phone], by=turn.person.id)
        name = store.units.full_name(unit.id)
        said = texts.UNIT_PHONES.format(unit=name, phones="、".join(unit.phones))
        return Reply(Markup("{}").format(said), rows([Choice("units:list", texts.BACK)]))


def _buttons(found: list[Unit]) -> tuple[tuple[Choice, ...], ...]:
    return rows([Choice(f"units:show:{unit.id}", unit.name[:LABEL]) for unit in found], 2)


def _steps(unit: Unit) -> tuple[tuple[Choice, ...], ...]:
    """What can be done with a unit."""
    off = Choice(f"units:off:{unit.id}", texts.RETIRE_BUTTON)
    on = Choice(f"units:on:{unit.id}", texts.RESTORE_BUTTON)
    rename = Choice(f"units:rename:{unit.id}", texts.RENAME_BUTTON)
    return rows([rename, off if unit.active else on, Choice("units:list:0", texts.BACK)], 2)


def _is_office_of(store: Store, plan: Plan, unit: Unit) -> bool:
    office = units.office(store, plan.office.name)
    return office is not None and office.id == unit.id


def _missing(store: Store, plan: Plan) -> bool:
    """Whether the plan names units that the list does not have, in use or not."""
    office = units.office(store, plan.office.name)
    known = {unit.name for unit in store.units.all(active_only=False) if office and unit.office == office.id}
    return not known.issuperset(plan.units.members)
