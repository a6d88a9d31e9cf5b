"""/records: what one recorded (and, for supervisors, what was recorded below them), each point explained, corrections,
withdrawals, every old revision, and 「試算」 that touches nothing.

Nobody sees records outside their scope; only the tester and supervisors correct and withdraw.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from markupsafe import Markup

from bot.dialogue.turn import Turn
from bot.messages import MENU, Choice, Reply
from bot.people import records_seen
from bot.texts import common
from bot.texts import score as texts
from storage import NotFound, Record, RecordFilter

from .score import recorded, screens, withdrawal
from .score.explained import explained
from .score.figures import figures, shown
from .score.forms import create, save
from .score.layout import Row, lines, one, strong, text
from .score.ownership import own_unit
from .score.sending import SENT
from .score.state import State
from .score.summary import deductions, deductions_block, remarks_block, sections_block

_WHY_LOST = re.compile(r"(?:請問)?(?:為什麼|為何|怎麼)(?:會|是|要|被)*扣(?:了)?(?:\s*\S{1,4}\s*分|分)?(?:啊|呢)?[?？]?")
_WHY = re.compile(r"(?:為什麼|為何|怎麼會?|哪裡|哪些).*(?:扣|少|沒有?給|\d\s*分)|扣.*(?:為什麼|哪裡|什麼)")
A_PAGE = 6
EXPLAINED_A_PAGE = 10


def asks_about_record(turn: Turn) -> bool:
    """For the router: 「為什麼扣 2 分」 and a record's own buttons, typed after a record was shown or sent."""
    words = turn.text
    own = words in (texts.CORRECT, texts.TRIAL, texts.HISTORY, texts.WHY_BUTTON, texts.WITHDRAW)
    return bool((own or _WHY_LOST.fullmatch(words)) and _last(turn))


def _last(turn: Turn) -> int:
    """The record that this chat spoke of last: shown, or just sent; 0 when there is none."""
    shown = int(turn.slot(RecordsFlow.name).get("open", 0))
    sent = [int(series) for _draft, series in turn.session.slots.get(SENT, {}).get("list", [])]
    return max([shown, *sent[-1:]]) if not shown or (sent and sent[-1] > shown) else shown


class RecordsFlow:
    """/records: the list, one record, its points explained, its revisions, a correction, a trial."""

    name = "records"

    def start(self, turn: Turn, argument: str) -> list[Reply]:
        """The newest records, or the one whose number is given."""
        withdrawal.leave(turn)
        number = argument.strip().lstrip("#＃")
        if number.isdecimal():
            return self._open(turn, int(number))
        if argument and asks_about_record(turn):
            turn.slot(self.name)["open"] = _last(turn)
            return self.text(turn) or self._list(turn, "mine", 0)
        return self._list(turn, "mine", 0)

    def press(self, turn: Turn, verb: str, arguments: list[str]) -> list[Reply]:
        """list <mine|all|gone> <page>, open/why/past/fix/try/void/because/gone <series> …"""
        numbers = [int(one_) if one_.isdecimal() else 0 for one_ in arguments]
        if verb in ("void", "because", "gone") and numbers:
            return self._withdraw(turn, verb, *numbers[:2])
        withdrawal.leave(turn)
        if verb == "list" and len(arguments) == 2:
            replies = self._list(turn, arguments[0], numbers[1])
        elif verb == "open" and numbers:
            replies = self._open(turn, numbers[0])
        elif verb == "why" and len(numbers) == 2:
            replies = self._why(turn, numbers[0], numbers[1])
        elif verb == "past" and len(numbers) == 2:
            replies = self._past(turn, numbers[0], numbers[1])
        elif verb in ("fix", "try") and numbers:
            replies = self._edit(turn, numbers[0], trial=verb == "try")
        else:
            replies = self._list(turn, "mine", 0)
        return [replace(replies[0], in_place=True)] if len(replies) == 1 else replies

    def text(self, turn: Turn) -> list[Reply] | None:
        """While a record is on the screen: 「為什麼扣 2 分」 is explained, and its buttons' words may be typed."""
        if withdrawal.waiting(turn):
            return self._reason(turn, withdrawal.waiting(turn))
        series, words = int(turn.slot(self.name).get("open", 0)), turn.text
        if not series or (_asks(words) and not _WHY.search(words)) or len(words) > 30:
            return None
        if _WHY.search(words) or words == texts.WHY_BUTTON:
            lost = next((one_.value for one_ in figures(words) if one_.unit == "分"), None)
            return self._why_lost(turn, series, lost) if words != texts.WHY_BUTTON else self._why(turn, series, 0)
        if words in (texts.CORRECT, texts.TRIAL):
            return self._edit(turn, series, trial=words == texts.TRIAL)
        if words == texts.WITHDRAW:
            return self._withdraw(turn, "void", series)
        return self._past(turn, series, 1) if words == texts.HISTORY else None

    def _record(self, turn: Turn, series: int) -> Record | None:
        try:
            record = turn.services.store.records.latest(series)
        except NotFound:
            return None
        scope = records_seen(turn.services.store.units, turn.person)
        seen = record.tester_id == turn.person.id or scope is None or record.unit_id in scope
        return record if seen else None

    def _list(self, turn: Turn, whose: str, page: int) -> list[Reply]:
        """Own records, those of the person's scope, or the withdrawn ones of both."""
        scope = records_seen(turn.services.store.units, turn.person)
        wide = scope is None or bool(scope)
        side = whose if whose == "gone" or (whose == "all" and wide) else "mine"
        own, below = RecordFilter(tester_id=turn.person.id), RecordFilter(unit_ids=scope)
        withdrawn = replace(below if wide else own, withdrawn=True)
        wanted = {"mine": own, "all": below, "gone": withdrawn}[side]
        records, count = turn.services.store.records, turn.services.store.records.count(wanted)
        pages = max(1, -(-count // A_PAGE))
        page = min(page, pages - 1)
        found = records.find(replace(wanted, limit=A_PAGE, offset=page * A_PAGE))
        names = turn.services.store.units.full_names()
        rows: list[Row] = [(Choice(f"records:open:{r.series}", recorded.on_button(r, names)),) for r in found]
        offered = {"mine": side != "mine", "all": side != "all" and wide, "gone": side != "gone"}
        offered["gone"] = offered["gone"] and records.count(withdrawn) > 0
        turns = [Choice(f"records:list:{side}:{page - 1}", "◀")] if page else []
        turns += [Choice(f"records:list:{one_}:0", texts.LISTS[one_]) for one_ in offered if offered[one_]]
        turns += [Choice(f"records:list:{side}:{page + 1}", "▶")] if page < pages - 1 else []
        rows.append(tuple(turns) if found or turns else (MENU,))
        listed = lines(text("#{number}　{label}", number=r.series, label=recorded.in_list(r, names)) for r in found)
        head = strong(texts.LIST_HEADS[side]) if found else None
        return one([head, listed if found else text(texts.NO_RECORDS)], rows)

    def _open(self, turn: Turn, series: int) -> list[Reply]:
        record = self._record(turn, series)
        if record is None:
            return one([text(texts.NO_RECORD)], [_to_list()])
        rubric, scored = recorded.scored_again(turn, record)
        reasons = dict(record.remarks.get("reasons", {}))
        same = rubric is not None and scored is not None and rubric.structure_hash == record.structure_hash
        parts: list[Markup | None] = [recorded.head(turn, record), strong(recorded.total_words(turn, record))]
        if same and rubric and scored:
            parts += [sections_block(scored), deductions_block(scored, reasons)]
            parts.append(remarks_block(rubric, {k: v for k, v in record.remarks.items() if isinstance(v, str)}))
        turn.slot(self.name)["open"] = series
        turn.session.active = turn.session.active or self.name
        rows: list[Row] = [(Choice(f"records:why:{series}:0", texts.WHY_BUTTON),)] if same else []
        row = []
        if same and self._may_fix(turn, record):
            row.append(Choice(f"records:fix:{series}", texts.CORRECT))
        if same:
            row.append(Choice(f"records:try:{series}", texts.TRIAL))
        if self._may_fix(turn, record):
            row.append(Choice(f"records:void:{series}", texts.WITHDRAW))
        if record.revision > 1:
            row.append(Choice(f"records:past:{series}:1", texts.HISTORY))
        return one(parts, [*rows, tuple(row), _to_list()])

    def _may_fix(self, turn: Turn, record: Record) -> bool:
        if record.withdrawn or (
            record.kind != "self" and own_unit(turn, turn.services.store.units.get(record.unit_id))
        ):
            return False
        return record.tester_id == turn.person.id or turn.person.may("totals")

    def _withdraw(self, turn: Turn, verb: str, series: int, number: int = 0) -> list[Reply]:
        """void: asks why; because: a reason was pressed; gone: yes. An old button shows the record as it is."""
        record = self._record(turn, series)
        if record is None or not self._may_fix(turn, record):
            withdrawal.leave(turn)
            said = texts.NO_RECORD if record is None else texts.MORE_RIGHTS
            return one([text(said)], [_to_list() if record is None else _to_record(series)])
        if verb == "because" and withdrawal.waiting(turn) == series and number < len(texts.WITHDRAW_REASONS):
            return _in_place(withdrawal.ask_sure(turn, record, texts.WITHDRAW_REASONS[number]))
        done = withdrawal.withdraw(turn, record) if verb == "gone" else None
        return [*done, *self._open(turn, series)] if done else _in_place(withdrawal.ask_reason(turn, record))

    def _reason(self, turn: Turn, series: int) -> list[Reply] | None:
        """Typed words while a withdrawal waits are its reason; a question or 「取消」 leaves it."""
        record = self._record(turn, series)
        if record and self._may_fix(turn, record) and turn.text not in common.LEAVE_WORDS and not _asks(turn.text):
            return withdrawal.ask_sure(turn, record, turn.text)
        withdrawal.leave(turn)
        return None if _asks(turn.text) else self._open(turn, series)

    def _why(self, turn: Turn, series: int, page: int) -> list[Reply]:
        record = self._record(turn, series)
        rubric, scored = recorded.scored_again(turn, record) if record else (None, None)
        if record is None or rubric is None or scored is None or scored.total is None:
            return one([text(texts.NO_RECORD)], [_to_list()])
        found = scored.explanations
        pages = -(-len(found) // EXPLAINED_A_PAGE)
        page = min(page, pages - 1)
        shown_now = found[page * EXPLAINED_A_PAGE : (page + 1) * EXPLAINED_A_PAGE]
        lost = deductions(scored)
        reasons = dict(record.remarks.get("reasons", {}))
        words = [explained(rubric, one_, one_ in lost, reasons.get(one_.criterion, "")) for one_ in shown_now]
        turns = [Choice(f"records:why:{series}:{page - 1}", "◀")] if page else []
        turns.append(Choice(f"records:open:{series}", texts.BACK_TO_RECORD))
        turns += [Choice(f"records:why:{series}:{page + 1}", "▶")] if page < pages - 1 else []
        return one([strong(recorded.total_words(turn, record)), *words], [tuple(turns)])

    def _why_lost(self, turn: Turn, series: int, lost: Decimal | None) -> list[Reply]:
        """The items that lost points (just so many, when a number was named), each with its rule."""
        record = self._record(turn, series)
        rubric, scored = recorded.scored_again(turn, record) if record else (None, None)
        if record is None or rubric is None or scored is None:
            return one([text(texts.NO_RECORD)], [_to_list()])
        found = deductions(scored)
        exact = [one_ for one_ in found if lost is not None and one_.max - one_.points == lost]
        reasons = dict(record.remarks.get("reasons", {}))
        words = [
            explained(rubric, one_, True, reasons.get(one_.criterion, ""), bool(exact))
            for one_ in (exact or found)[:EXPLAINED_A_PAGE]
        ]
        none = None if exact or lost is None else text(texts.NOTHING_LOST.format(points=shown(lost)))
        row = (
            Choice(f"records:why:{series}:0", texts.WHY_BUTTON),
            Choice(f"records:open:{series}", texts.BACK_TO_RECORD),
        )
        return one([none, *(words or [text(texts.NO_DEDUCTIONS)])], [row])

    def _past(self, turn: Turn, series: int, revision: int) -> list[Reply]:
        if self._record(turn, series) is None:
            return one([text(texts.NO_RECORD)], [_to_list()])
        history = turn.services.store.records.history(series)
        record = history[min(max(revision, 1), len(history)) - 1]
        rubric, scored = recorded.scored_again(turn, record)
        parts = [
            recorded.version(turn, record),
            recorded.head(turn, record),
            strong(recorded.total_words(turn, record)),
        ]
        if rubric and scored and rubric.structure_hash == record.structure_hash:
            parts.append(deductions_block(scored, dict(record.remarks.get("reasons", {}))))
        row = [Choice(f"records:past:{series}:{record.revision - 1}", "◀")] if record.revision > 1 else []
        row.append(Choice(f"records:open:{series}", texts.BACK_TO_RECORD))
        row += [Choice(f"records:past:{series}:{record.revision + 1}", "▶")] if record.revision < len(history) else []
        return one(parts, [tuple(row)])

    def _edit(self, turn: Turn, series: int, trial: bool) -> list[Reply]:
        record = self._record(turn, series)
        if record is None or record.rubric_id not in turn.services.rubrics:
            return one([text(texts.NO_RECORD)], [_to_list()])
        if not trial and not self._may_fix(turn, record):
            return one([text(texts.MORE_RIGHTS)], [_to_list()])
        rubric = turn.services.rubrics.get(record.rubric_id)
        remarks = dict(record.remarks)
        state = State(
            stage="summary",
            answers=dict(record.form),
            reasons=dict(remarks.pop("reasons", {})),
            first_call=dict(remarks.pop("first_call", {})),
            remarks={key: str(value) for key, value in remarks.items()},
            phone=record.phone,
            called_at=record.called_at.isoformat(),
            kind=record.kind or "",
            period=record.period or "",
            revises=0 if trial else record.series,
            base=record.series if trial else record.revision,
            trial=trial,
        )
        form = create(turn, rubric, turn.services.store.units.get(record.unit_id), state)
        save(turn, form)
        return screens.show(turn, form)


def _asks(words: str) -> bool:
    return words.endswith(("？", "?"))


def _in_place(replies: list[Reply]) -> list[Reply]:
    return [replace(replies[0], in_place=True), *replies[1:]]


def _to_record(series: int) -> Row:
    return (Choice(f"records:open:{series}", texts.BACK_TO_RECORD),)


def _to_list() -> Row:
    return (Choice("records:list:mine:0", texts.BACK_TO_LIST),)
