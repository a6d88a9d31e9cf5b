"""Which sheet and which unit: before there is a draft, in the chat's own memory.

Units are found by the words people use; what is not on the list can be added. A fresh installation offers the offices
and units that the plans name, so that a person who only presses buttons always gets on. A number in the buttons keeps
an old list from choosing for a new question.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot import units as directory
from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply
from bot.texts import score as texts
from knowledge.normal import traditional
from rubrics import Rubric
from rubrics.plan_model import Plan
from storage import Conflict, NotFound, RecordFilter, Unit, UserFault

from .figures import folded
from .forms import FLOW
from .layout import Row, blocks, lines, packed, strong, text
from .words import compact, cut, sheet_name

UNITS_A_PAGE = 8
LONGEST_NAME = 30
LONGEST_COMMAND = 6
RECENT = 30  # the person's last records whose units come first


def slot(turn: Turn) -> dict[str, Any]:
    """The choice in the making: {rubric, ask, page, name}; empty when none is."""
    found = turn.session.slots.get(FLOW, {}).get("pick")
    return found if isinstance(found, dict) else {}


def _pick(turn: Turn, verb: str, label: str, *arguments: object) -> Choice:
    return Choice(":".join([FLOW, verb, str(slot(turn).get("ask", "0")), *map(str, arguments)]), label)


def _on_list(rubric: Rubric) -> str:
    """The paper's title, with the office and year before it where the title does not say them."""
    said = rubric.office in rubric.title and str(rubric.year) in rubric.title
    return rubric.title if said else f"{rubric.office} {rubric.year} 年：{rubric.title}"


def sheets(turn: Turn, lead: str = "") -> list[Reply]:
    """All sheets as buttons."""
    found = list(turn.services.rubrics)
    rows: list[Row] = [
        (Choice(f"{FLOW}:sheet:{one.id}", f"{i}. {sheet_label(one)}"),) for i, one in enumerate(found, 1)
    ]
    if not rows:
        return [Reply(text(texts.NO_SHEETS))]
    words = lines(text("{i}. {name}", i=i, name=_on_list(one)) for i, one in enumerate(found, 1))
    return [Reply(blocks([text(lead) if lead else None, text(texts.CHOOSE_SHEET), words]), tuple(rows))]


def sheet_label(rubric: Rubric) -> str:
    """「提升服務品質考核項目及…・礦務局 100」."""
    return sheet_name(rubric, 20)


def begin(turn: Turn, rubric: Rubric, words: str = "") -> list[Reply] | Unit:
    """Starts the choice of a unit for a sheet; with words that name one, that unit at once."""
    turn.session.slots[FLOW] = {"pick": {"rubric": rubric.id, "ask": turn.services.new_id()[:4]}}
    turn.session.active = FLOW
    return typed(turn, words) if words else unit_list(turn, 0)


def rubric_of(turn: Turn) -> Rubric | None:
    """The sheet that the choice is about."""
    rubric_id = str(slot(turn).get("rubric", ""))
    return turn.services.rubrics.get(rubric_id) if rubric_id in turn.services.rubrics else None


def press(turn: Turn, verb: str, arguments: list[str]) -> list[Reply] | Unit | None:
    """A button of the choice: replies, the unit chosen, or None when the button is stale."""
    if not arguments or not slot(turn) or arguments[0] != slot(turn).get("ask"):
        return None
    values = arguments[1:]
    number = int(values[0]) if values and values[0].isdecimal() else 0
    if verb == "unit":
        return _known(turn, number)
    if verb == "units":
        return unit_list(turn, number)
    if verb == "leave":
        return leave(turn)
    if verb == "offices":
        return plan_list(turn)
    plans = list(turn.services.plans)
    if verb == "plan" and number < len(plans):
        return member_list(turn, plans[number], number, int(values[1]) if len(values) > 1 else 0)
    if verb == "member" and number < len(plans) and len(values) == 2:
        return _member(turn, plans[number], values[1])
    if verb == "add":
        return ask_office(turn, str(slot(turn).get("name", "")))
    if verb == "under":
        return _add(turn, values[0] if values else "")
    return None


def _known(turn: Turn, number: int) -> Unit | None:
    try:
        unit = turn.services.store.units.get(number)
    except NotFound:
        return None
    return unit if unit.active else None


def _member(turn: Turn, plan: Plan, place: str) -> Unit | None:
    members, store = plan.units.members, turn.services.store
    office = directory.office_name(store, plan.office.name)
    if place == "all":
        return store.units.ensure(office, by=turn.person.id)
    if not place.isdecimal() or int(place) >= len(members):
        return None
    return store.units.ensure(office, members[int(place)], by=turn.person.id)


def command(turn: Turn) -> list[Reply] | None:
    """「？」 says what to do here; 「取消」「暫停」 leave; 「上一題」 shows the whole list. None for a name."""
    word = folded(traditional(turn.text) if len(turn.text) <= LONGEST_COMMAND else turn.text)
    if word in ("?", "說明", "幫助"):
        return unit_list(turn, 0, texts.UNIT_HELP)
    if word in ("上一題", "上一步", "返回", "回到清單"):
        return unit_list(turn, 0)
    if word in ("取消", "放棄", "暫停", "離開", "先存"):
        return leave(turn)
    return None


def leave(turn: Turn) -> list[Reply]:
    """Ends the choice; nothing was filled in yet, so there is nothing to keep."""
    turn.session.clear(FLOW)
    return [Reply(text(texts.NOT_BEGUN), ((MENU,),))]


def typed(turn: Turn, words: str) -> list[Reply] | Unit:
    """A typed name: the unit when there is no doubt, else what it may have been, and the offer to add it."""
    words = " ".join(words.split())
    if len(words) > LONGEST_NAME:
        return unit_list(turn, 0, texts.UNIT_NAME_TOO_LONG)
    found, planned = directory.find(turn.services.store, words), _planned(turn, words)
    if not found.exact and not planned and traditional(words) != words:
        meant = directory.find(turn.services.store, traditional(words)), _planned(turn, traditional(words))
        if meant[0].exact or meant[1]:
            words, (found, planned) = traditional(words), meant
    chosen = _of_the_sheets_office(turn, words, planned) or found.only
    if chosen is not None:
        return chosen
    if not found.exact and len(planned) == 1 and _same(planned[0][2], words):
        plan, place, _name = planned[0]
        made = _member(turn, list(turn.services.plans)[plan], place)
        if made is not None:
            return made
    names = turn.services.store.units.full_names()
    slot(turn)["name"] = words
    rows: list[Row] = [(_pick(turn, "unit", names[one.id], one.id),) for one in (*found.exact, *found.near)]
    rows += [(_pick(turn, "member", cut(name, 40), plan, place),) for plan, place, name in planned]
    head = texts.NEAR_UNITS if rows else texts.NO_UNIT_NAMED.format(name=words)
    rows.append((_pick(turn, "add", texts.ADD_UNIT.format(name=cut(words, 24))),))
    rows.append((_pick(turn, "units", texts.ALL_UNITS, 0), _pick(turn, "leave", texts.CANCEL)))
    return [Reply(text("{head}", head=head), tuple(rows))]


def _of_the_sheets_office(turn: Turn, words: str, planned: list[tuple[int, str, str]]) -> Unit | None:
    """秘書室 on 礦務局's sheet is 礦務局's, also while only another office's 秘書室 is on the list."""
    rubric, plans = rubric_of(turn), list(turn.services.plans)
    if rubric is None or rubric.kind != "sheet":
        return None
    store = turn.services.store
    known = directory.find(store, f"{directory.office_name(store, rubric.office)} {words}").exact
    if len(known) == 1:
        return known[0]
    mine = [one for one in planned if plans[one[0]].office.name == rubric.office and _same(one[2], words)]
    return _member(turn, plans[mine[0][0]], mine[0][1]) if len(mine) == 1 else None


def _same(name: str, words: str) -> bool:
    return compact(name).endswith(compact(words))


def _planned(turn: Turn, words: str) -> list[tuple[int, str, str]]:
    """(plan, place, full name) of the plans' offices and units that the words name and the list does not have yet."""
    known = {compact(name) for name in turn.services.store.units.full_names().values()}
    wanted = compact(words)
    found: list[tuple[int, str, str]] = []
    for number, plan in enumerate(turn.services.plans):
        everyone = [("all", plan.office.name)]
        everyone += [(str(i), f"{plan.office.name} {name}") for i, name in enumerate(plan.units.members)]
        own = {compact(plan.office.name), compact(plan.office.short)}
        for place, name in everyone:
            same = wanted in own if place == "all" else compact(name).endswith(wanted) and len(wanted) >= 2
            if same and compact(name) not in known and compact(name) not in {compact(one[2]) for one in found}:
                found.append((number, place, name))
    return found[:6]


def unit_list(turn: Turn, page: int, lead: str = "") -> list[Reply]:
    """The units, those tested lately first, a page at a time; a fresh installation shows the plans' offices."""
    rubric, store = rubric_of(turn), turn.services.store
    units = _ordered(turn)
    if not units:
        return plan_list(turn, texts.UNITS_FROM_PLANS)
    names = store.units.full_names()
    several = len({unit.office for unit in units}) > 1
    pages = -(-len(units) // UNITS_A_PAGE)
    page = min(max(page, 0), pages - 1)
    shown = units[page * UNITS_A_PAGE : (page + 1) * UNITS_A_PAGE]
    choices = [_pick(turn, "unit", cut(names[u.id] if several else u.name, 40), u.id) for u in shown]
    rows: list[Row] = packed(choices, 1 if several else 2)
    turns = [_pick(turn, "units", "◀", page - 1)] if page else []
    turns += [_pick(turn, "offices", texts.OTHER_OFFICES)] if turn.services.plans.plans else []
    turns += [_pick(turn, "units", "▶", page + 1)] if page < pages - 1 else []
    turns.append(_pick(turn, "leave", texts.CANCEL))
    rows.append(tuple(turns))
    asked = texts.CHOOSE_UNIT if rubric and rubric.kind == "phone" else texts.CHOOSE_UNIT_SHEET
    title = rubric.title if rubric else ""
    return [Reply(blocks([text(lead) if lead else None, text(asked, title=title)]), tuple(row for row in rows if row))]


def _ordered(turn: Turn) -> list[Unit]:
    store = turn.services.store
    recent = [one.unit_id for one in store.records.find(RecordFilter(tester_id=turn.person.id, limit=RECENT))]
    rank = {unit_id: place for place, unit_id in reversed(list(enumerate(recent)))}
    home = store.units.get(turn.person.unit).office if turn.person.unit is not None else None
    every = store.units.all()
    parents = {unit.parent for unit in every}
    usual = [unit for unit in every if unit.id != turn.person.unit]
    return sorted(
        usual, key=lambda u: (rank.get(u.id, RECENT), u.office != home, u.is_office and u.id in parents, u.id)
    )


def plan_list(turn: Turn, lead: str = "") -> list[Reply]:
    """The offices of the plans."""
    plans = list(turn.services.plans)
    rows: list[Row] = [(_pick(turn, "plan", cut(plan.office.name, 36), i, 0),) for i, plan in enumerate(plans)]
    rubric = rubric_of(turn)
    phone = rubric is not None and rubric.kind == "phone"
    asked = text(texts.CHOOSE_UNIT if phone else texts.CHOOSE_UNIT_SHEET, title=rubric.title if rubric else "")
    if turn.services.store.units.all():
        rows.append((_pick(turn, "units", texts.ALL_UNITS, 0),))
    rows.append((_pick(turn, "leave", texts.CANCEL),))
    return [Reply(blocks([text(lead) if lead else None, asked]), tuple(rows))]


def member_list(turn: Turn, plan: Plan, number: int, page: int) -> list[Reply] | Unit | None:
    """The units that a plan names; a plan that names none stands for its whole office."""
    members = plan.units.members
    if not members:
        return _member(turn, plan, "all")
    store = turn.services.store
    office = directory.office(store, plan.office.name)
    retired = {unit.name for unit in store.units.children(office.id) if not unit.active} if office else set()
    offered = [(i, name) for i, name in enumerate(members) if name not in retired]
    pages = max(1, -(-len(offered) // UNITS_A_PAGE))
    page = min(page, pages - 1)
    shown = offered[page * UNITS_A_PAGE : (page + 1) * UNITS_A_PAGE]
    rows = packed([_pick(turn, "member", cut(name, 18), number, i) for i, name in shown], 2)
    rows.append((_pick(turn, "member", texts.WHOLE_OFFICE, number, "all"),))
    turns = [_pick(turn, "plan", "◀", number, page - 1)] if page else []
    turns += [_pick(turn, "offices", texts.OTHER_OFFICES)]
    turns += [_pick(turn, "plan", "▶", number, page + 1)] if page < pages - 1 else []
    turns.append(_pick(turn, "leave", texts.CANCEL))
    rows.append(tuple(turns))
    return [Reply(strong(texts.CHOOSE_MEMBER.format(office=plan.office.name)), tuple(rows))]


def ask_office(turn: Turn, name: str) -> list[Reply] | None:
    """Which office a new unit belongs to, or that it is one."""
    if not name:
        return None
    offices = turn.services.store.units.offices()
    rows: list[Row] = [(_pick(turn, "under", cut(one.name, 36), one.id),) for one in offices[:20]]
    known = {one.name for one in offices}
    for number, plan in enumerate(turn.services.plans):
        if plan.office.name not in known:
            rows.append((_pick(turn, "under", cut(plan.office.name, 36), f"p{number}"),))
    rows.append((_pick(turn, "under", texts.ADD_AS_OFFICE.format(name=cut(name, 20)), "root"),))
    return [Reply(text(texts.CHOOSE_OFFICE, name=name), tuple(rows))]


def _add(turn: Turn, place: str) -> list[Reply] | Unit | None:
    name, store = str(slot(turn).get("name", "")), turn.services.store
    plans = list(turn.services.plans)
    if not name:
        return None
    try:
        if place == "root":
            return store.units.ensure(name, by=turn.person.id)
        if place.startswith("p") and place[1:].isdecimal() and int(place[1:]) < len(plans):
            office = directory.office_name(store, plans[int(place[1:])].office.name)
            return store.units.ensure(office, name, by=turn.person.id)
        if place.isdecimal():
            return store.units.ensure(store.units.get(int(place)).name, name, by=turn.person.id)
    except Conflict as conflict:
        return unit_list(turn, 0, str(conflict))
    except UserFault:
        return None
    return None


def draft_choice(unit_name: str, count: int, rows: list[Row], new: Choice) -> list[Reply]:
    """Open drafts on the same sheet and unit: go on with one, or begin another."""
    asked = text(texts.OPEN_DRAFTS, unit=unit_name, count=count)
    return [Reply(Markup("{}").format(asked), (*rows, (new,)))]
