"""Offices and units, in chat: the list, adding one, its telephone numbers, and taking the units that a plan names."""

from __future__ import annotations

import re

from markupsafe import Markup

from bot import units
from bot.dialogue.turn import Turn, UserError
from bot.messages import Choice, Reply, rows
from bot.texts import people as texts
from rubrics.plan_model import Plan
from storage import Store

_PHONE = re.compile(r"(?:^|\s)(\+?\d[\d\-()#轉 ]{5,})$")


class UnitsFlow:
    """/units: the tree; 「新增單位 …」 adds, 「登記電話 …」 keeps a number."""

    name = "units"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """The list; with a number at the end, keeps it; with other words, adds the unit."""
        if not argument:
            return [self._list(turn)]
        phone = _PHONE.search(argument)
        if phone:
            return [self._phone(turn, argument[: phone.start()].strip(), phone[1].strip())]
        unit, new = units.ensure(turn.services.store, argument, turn.person.id)
        said = texts.UNIT_ADDED if new else texts.UNIT_KNOWN
        name = turn.services.store.units.full_name(unit.id)
        return [Reply(Markup("{}").format(said.format(unit=name)), rows([Choice("units:list", texts.BACK)]))]

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """plan <id>: takes the units that a plan names."""
        plan = next((one for one in turn.services.plans if verb == "plan" and [one.id] == arguments), None)
        if plan is None:
            return [self._list(turn)]
        store = turn.services.store
        office = units.office_name(store, plan.office.name)
        for group in plan.units.groups:
            for member in group.members:
                unit = store.units.ensure(office, member, by=turn.person.id)
                store.units.set_group(unit.id, group.label, by=turn.person.id)
        done = texts.FROM_PLANS_DONE.format(office=office, count=len(plan.units.members))
        return [Reply(Markup("{}").format(done)), self._list(turn)]

    def text(self, turn: Turn) -> list[Reply] | None:
        """Typed words are never held here."""
        return None

    def _list(self, turn: Turn) -> Reply:
        store = turn.services.store
        known = store.units.all()
        lines = [Markup("<b>{}</b>").format(texts.UNITS_TITLE)]
        for unit in known:
            phones = f"　{'、'.join(unit.phones)}" if unit.phones else ""
            lines.append(Markup("{}{}{}").format("" if unit.is_office else "　・", unit.name, phones))
        if not known:
            lines.append(Markup("{}").format(texts.UNITS_EMPTY))
        lines.append(Markup("{}").format(texts.UNITS_HOW))
        take = [
            Choice(f"units:plan:{plan.id}", texts.FROM_PLANS.format(office=plan.office.name))
            for plan in turn.services.plans
            if _missing(store, plan)
        ]
        return Reply(Markup("\n").join(lines), rows(take))

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


def _missing(store: Store, plan: Plan) -> bool:
    """Whether the plan names units that the list does not have."""
    office = units.office(store, plan.office.name)
    known = {unit.name for unit in store.units.all() if office and unit.office == office.id}
    return not known.issuperset(plan.units.members)
