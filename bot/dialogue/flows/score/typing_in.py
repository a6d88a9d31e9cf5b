"""Typed words while a form is open: commands of the form first, then an answer to the step on the screen.

Nothing typed is lost and nothing is guessed: what is no answer gets one sentence on what is, with the step shown again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from bot.dialogue.turn import Turn
from bot.messages import Reply
from bot.texts import score as texts
from knowledge import fuzzy
from knowledge.normal import traditional
from rubrics import Criterion

from . import answering, before, clause, moves, sending, summary, typed, wait
from .figures import folded, numeral, shown
from .forms import Form, save
from .layout import text
from .screens import cancel_screen, show
from .words import cut, is_question

BACK = frozenset({"上一題", "回上一題", "返回", "上一步", "back"})
CLAUSE = frozenset({"?", "說明", "條文", "看條文"})
PAUSE = frozenset({"暫停", "先存", "存起來", "pause"})
CANCEL = frozenset({"取消", "放棄", "cancel"})
GO = frozenset({"繼續", "繼續填", "接著填", "續填", "go"})
SUMMARY = frozenset({"總覽", "摘要", "小計", "看總表"})
SEND = frozenset({"送出", "完成", "送出表單"})
SECOND = {
    "yes": frozenset({"接通了", "接通", "有人接", "接了", "有接"}),
    "no": frozenset({"仍無人接聽", "無人接聽", "沒人接", "還是沒人接", "沒接"}),
}
YES = frozenset({"是", "對", "好", "要", "確定", "放棄", "確定放棄", "yes", "ok"})  # to 「確定放棄？」, not to an item
NO = frozenset({"否", "不", "不要", "不用", "不是", "不放棄", "沒有", "no"})
CLEAR = frozenset({"無", "清空", "沒有"})
NEXT = frozenset({"下一題", "跳過", "略過", "先跳過", "next"})
_NUMERAL = r"(\d+|[一二兩三四五六七八九十百]+)"
_JUMP = re.compile(rf"(?:跳到|跳至|到第|回到|改第?)\s*第?\s*{_NUMERAL}?\s*題?")
_THE_ITEM = re.compile(rf"第\s*{_NUMERAL}\s*題")
MOST_SPOKEN = 40  # characters of words that are read in Traditional writing, whatever they were typed in

_NUMBER = re.compile(
    r"(?:(?:改|填)電話(?:號碼)?|電話(?:號碼)?(?=[\s:\d(+])|號碼(?=[\s:\d(+]))[\s:是]*([\d+(][\d()\-\s#轉分機ext.]*)?"
)


class Elsewhere(Protocol):
    """Whether words belong to another conversation. With `alone` its name must be all of them: 「紀錄 不完整」 is a
    reason as good as any, and 「紀錄」 is not."""

    def __call__(self, words: str, alone: bool = False) -> bool: ...


def near(word: str, names: Sequence[str]) -> list[tuple[str, float]]:
    """The names that resemble the word, with scores of 0 to 100."""
    return fuzzy.best(word, list(names), len(names))


def read(turn: Turn, form: Form, elsewhere: Elsewhere) -> list[Reply] | None:
    """What typed words do; None when they are not for the form."""
    words = turn.text
    spoken = traditional(words) if len(words) <= MOST_SPOKEN and not words.isascii() else words
    if texts.CANCEL_YES in turn.session.shown and folded(spoken) in YES | NO:
        return moves.give_up(turn, form) if folded(spoken) in YES else show(turn, form)
    done = _command(turn, form, folded(spoken))
    if done is not None:
        return done
    stage = form.state.stage
    if stage in ("phone", "kind", "period", "time"):
        return _before(turn, form, spoken, elsewhere)
    if stage in ("reason", "remark", "revise"):
        return _free(turn, form, words, elsewhere)
    if stage == "summary" and not form.standing.complete:
        form.move_on()
    if form.state.stage == "item" and form.at is not None:
        noted = _remark(turn, form, words) if summary.names_remark(form.rubric, words) else None
        return noted if noted is not None else _answer(turn, form, form.at, spoken, elsewhere)
    if stage in ("wait", "ago"):
        waited = _waited(turn, form, spoken)
        if waited is not None:
            return waited
    if stage == "summary":
        noted = _remark(turn, form, words)
        if noted is not None:
            return noted
    if elsewhere(words) or is_question(words):
        return None
    return show(turn, form, text(texts.TRY_AGAIN, typed=cut(words, 40)))


def _waited(turn: Turn, form: Form, spoken: str) -> list[Reply] | None:
    """Between the two calls: how long ago the first was, or what the second gave."""
    minutes = wait.minutes(spoken) if form.state.stage == "ago" else None
    if minutes is not None and wait.press(turn, form, "ago", str(minutes)):
        save(turn, form)
        return show(turn, form)
    said = next((key for key, heard in SECOND.items() if folded(spoken) in heard), "")
    result = wait.press(turn, form, "call", said) if said else None
    return moves.after_second_call(turn, form, result) if result else None


def _remark(turn: Turn, form: Form, words: str) -> list[Reply] | None:
    """「優點」 asks for it; 「優點：…」 keeps what stands behind it."""
    for comment in summary.comments(form.rubric):
        if not words.startswith(comment.label) and not (comment.id == "improvements" and words.startswith("建議")):
            continue
        said = words.removeprefix(comment.label).removeprefix("建議").lstrip(" ：:，,")
        form.state.stage, form.state.remark = "remark", comment.id
        if said:
            return _free(turn, form, said, lambda words, alone=False: False)
        save(turn, form)
        return show(turn, form)
    return None


def _command(turn: Turn, form: Form, word: str) -> list[Reply] | None:
    if word in BACK:
        return moves.back(turn, form)
    if word in CLAUSE and form.at is not None:
        return clause.clause_screen(form, form.at)
    if word in PAUSE:
        return moves.pause(turn, form)
    if word in CANCEL:
        return cancel_screen(form)
    if word in GO:
        return show(turn, form)
    if word in SUMMARY and form.standing.form:
        form.state.stage = "summary"
        save(turn, form)
        return show(turn, form)
    if word in SEND and not form.state.trial and form.state.stage in ("summary", "item"):
        return sending.send(turn, form)
    if word in NEXT and form.state.stage == "item" and form.at is not None:
        return moves.skip(turn, form, form.at)
    match = _JUMP.fullmatch(word) or _THE_ITEM.fullmatch(word)
    if match:
        return _jump_to(turn, form, match[1])
    number = _NUMBER.fullmatch(word) if form.rubric.kind == "phone" else None
    if number:
        return _number(turn, form, (number[1] or "").strip())
    return _time(turn, form, turn.text) if word.startswith("改時間") else None


def _number(turn: Turn, form: Form, digits: str) -> list[Reply]:
    """「改電話」 asks for the number called; 「電話 03-5216121」 keeps it, at any step."""
    at = form.state.at
    form.state.stage = "phone"
    said = before.typed(turn, form, digits) if digits else None
    if said is not None and at and not form.standing.complete:
        form.state.stage, form.state.at = "item", at
    save(turn, form)
    bad = texts.BAD_PHONE if digits and said is None else ""
    return show(turn, form, text("{said}", said=said or bad) if said or bad else None)


def _time(turn: Turn, form: Form, words: str) -> list[Reply] | None:
    if not words.startswith("改時間"):
        return None
    said = before.set_time(turn, form, words.removeprefix("改時間").strip())
    if said is None and words == "改時間":
        form.state.stage = "time"
    save(turn, form)
    return show(turn, form, None if form.state.stage == "time" and said is None else text(said or texts.BAD_TIME))


def _jump_to(turn: Turn, form: Form, number: str | None) -> list[Reply]:
    if number is None:
        return clause.list_screen(form, -1)
    value = numeral(number)
    items = form.standing.items
    if value is None or not 1 <= value <= len(items):
        return show(turn, form, text(texts.NO_SUCH_ITEM, number=number, last=len(items)))
    return moves.jump(turn, form, items[int(value) - 1])


def _before(turn: Turn, form: Form, words: str, elsewhere: Elsewhere) -> list[Reply] | None:
    said = before.typed(turn, form, words)
    if said is None:
        if elsewhere(words) or is_question(words):
            return None
        bad = {"phone": texts.BAD_PHONE, "kind": texts.ASK_KIND, "period": texts.BAD_PERIOD, "time": texts.BAD_TIME}
        return show(turn, form, text(bad[form.state.stage]))
    save(turn, form)
    return show(turn, form, text("{said}", said=said) if said else None)


def _free(turn: Turn, form: Form, words: str, elsewhere: Elsewhere) -> list[Reply] | None:
    stage = form.state.stage
    if stage != "remark" and (elsewhere(words, alone=True) or words.endswith(("？", "?"))):
        return None
    if stage == "reason":
        return answering.keep_reason(turn, form, words)
    if stage == "revise":
        return sending.revise(turn, form, words)
    kept = dict(form.state.remarks)
    if words in CLEAR:
        kept.pop(form.state.remark, None)
    else:
        kept[form.state.remark] = words
    form.state.remarks = kept
    form.move_on()
    save(turn, form)
    return show(turn, form)


def _answer(turn: Turn, form: Form, criterion: Criterion, words: str, elsewhere: Elsewhere) -> list[Reply] | None:
    reading = typed.read(form.rubric, criterion, words, form.state.pending, near)
    done = answering.take(turn, form, criterion, reading)
    if done is not None:
        return done
    if elsewhere(words) or is_question(words):
        return None
    if form.state.pending:
        low, high = typed.limits(criterion, form.state.pending)
        accepts = texts.ACCEPTS_POINTS.format(low=shown(low), high=shown(high))
    else:
        accepts = _accepts(criterion)
    return show(turn, form, text("{said}{accepts}", said=texts.TRY_AGAIN.format(typed=cut(words, 40)), accepts=accepts))


def _accepts(criterion: Criterion) -> str:
    """What the item takes, with its own units: 「請輸入「4 聲」或「10 秒」」."""
    if criterion.count is None:
        return texts.ACCEPTS[criterion.answer]
    examples = "或".join(f"「{shown(one.at)} {one.label}」" for one in criterion.count.measures)
    return texts.ACCEPTS["count"].format(examples=examples)
