"""Details that a question wants of a clause, and whether a passage states them.

A question may speak of a clause that is here and want of it what no plan says: how many persons, at what o'clock, by
which firm, why not otherwise. Which words ask for a detail and which state it is data (lexicon/details.yaml). It
refuses to decide what follows from a missing one: that is the verdict's business (refusal.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.lexicon import Detail

_CLAUSE = re.compile(r"[^,，。;；!！?？\s]+")
ASKING = re.compile(
    "什麼|甚麼|多少|哪|幾|誰|何時|何處|如何|為何|怎麼|怎樣|多久|多長|多大|多高|有沒有|有無|是否|是不是|能不能|可不可以|會不會|要不要|嗎|呢"
)
_WANTED = re.compile("什麼|多少|哪|幾|誰|何|怎麼|多久")
_TOLD = re.compile("要寫|要不要|是否|有沒有|看得出|說明(?!會)|交代|寫清楚|沒講|沒說|曉得|只有|查得到")
_TELLING = re.compile("[我他她]")  # somebody's story
_HOW_MANY = re.compile(
    r"(?<![哪這那好第])(?:幾|多少)個?(份|天|日|層|坪|分鐘|小時|鐘頭|公里|公尺|元|歲|樓|戶|倍|學分|公斤|支(?!援|持)|台|年(?!度)|輛|間|隻|公升|瓦|度(?!數)|字|格(?!式)|題|張|通|篇|則|週|瓶|本|頁|條|班|輪|家|筆|欄|席|桌|盞|床|梯|座|部|桶|顆|串|禮拜|把椅|張椅|個櫃)"
)
_YES_NO = re.compile(
    "^(?!.*(知道|曉得|清楚|記得|告訴|規定|限制|有說|有沒有)).*嗎$"
)  # 會先通知幾天嗎 asks whether, 知道要幾天嗎 how many
_EITHER = re.compile(  # 用市話打還是手機打: means that are set against each other
    "(?:用|寄|傳|存成?|採|找|請|放在?|派|印)([^,，。;；的還]{1,5})還是(?:用|寄|傳|存成?|採|找|請|放在?|派|印)?([^,，。;；的嗎呢]{1,5})"
)
_LIGHT = re.compile("[是要會有的嗎呢打做去來就給成在到個啊和上]")
_COPIES = re.compile("問卷|樣本|回收|影本|紙本")  # elsewhere 幾份 is 幾分 mistyped
_DAYS = r"天|日(?<!月\d日)(?<!月\d\d日)|週|周|(?<=個)月"  # a date is no span of days
_SAME_UNIT = {  # the units in which a document may state what is asked for in another
    "天": _DAYS,
    "日": "天|日|週|周|月",
    "週": "天|日|週|周|月",
    "分鐘": "分鐘|秒",
    "小時": "小時|鐘頭",
    "鐘頭": "小時|鐘頭",
    "年": r"(?<!\d\d\d)年(?!度|\s*\d)|月(?!\s*\d)",
    "度": "度|℃|°",
    "公斤": "公斤|kg",
    "台": "台|部|輛",
    "輛": "台|部|輛",
    "元": "元|圓|萬",
    "題": "題|項",
    "份": "份|件",
    "張": "張|頁|種",
    "本": "本|冊",
}
_SMALL = re.compile(
    r"[^\u3400-\u9fffa-z]+|[的是要會有嗎呢打做去來就給成在到個啊和上我你他她這那幾多少什麼哪誰何怎樣可以能才最後前內年月日次]"
)
_BEFORE, _AFTER = 45, 30  # characters around words that state something, where its subject stands
_SAID, _SHARED = 3, 3  # characters of a question that say what it is about; how many of them a text has to share


@dataclass(frozen=True, slots=True)
class Wanted:
    """A detail that a question asks for: its name and label in the lexicon, and the words that ask."""

    name: str
    label: str
    words: str
    about: str = ""  # the question without these words


class Details:
    """The lexicon's details, their patterns compiled."""

    def __init__(self, rows: Sequence[Detail]) -> None:
        self._rows = [(row, re.compile("|".join(row.asked))) for row in rows]
        self._near = frozenset(row.name for row in rows if row.near)
        self._stated = {row.name: re.compile("|".join(row.stated)) for row in rows if row.stated}

    def asked(self, question: str, scoring: bool) -> list[Wanted]:
        """The details that a normalised question asks for. `scoring`: points are asked for, and what is told before
        the last asking clause is the story."""
        found: dict[str, Wanted] = {}
        for clause, last in _clauses(question):
            either = None if scoring else _EITHER.search(clause)
            if either is not None:
                found["either"] = Wanted("either", f"「{either.group()}」", "還是".join(either.groups()))
            for row, pattern in self._rows:
                if scoring and row.done:
                    continue
                for match in pattern.finditer(clause):
                    if row.name not in found and _direct(clause, match, last, scoring):
                        about = question.replace(match.group(), " ")
                        found[row.name] = Wanted(row.name, row.label, match.group(), about)
        return list(found.values())

    def stated(self, wanted: Wanted, text: str) -> bool:
        """True when a text states such a detail."""
        if wanted.name == "either":
            return any(_spoken_of(side, text) for side in wanted.words.split("還是"))
        pattern = self._stated.get(wanted.name)
        if pattern is None:
            return wanted.words in text
        if wanted.name not in self._near:
            return bool(pattern.search(text))
        return any(
            _near(wanted.about, text[max(0, m.start() - _BEFORE) : m.end() + _AFTER]) for m in pattern.finditer(text)
        )


def _near(question: str, text: str) -> bool:
    """True when these words around a figure or a reason speak of what the question is about: a pair of characters in
    common, or three characters; or the question says next to nothing else."""
    runs = [run for run in _SMALL.split(question) if run]
    characters = frozenset("".join(runs))
    if len(characters) < _SAID:
        return True
    pairs = (run[i : i + 2] for run in runs for i in range(len(run) - 1))
    return sum(c in text for c in characters) >= _SHARED or any(pair in text for pair in pairs)


def _spoken_of(words: str, text: str) -> bool:
    """True when a pair of characters of these words stands in a text (a single character, when there is no pair), or
    nothing is left of them to look for."""
    runs = [run for run in _LIGHT.split(words) if run]
    pairs = [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
    return not runs or any(part in text for part in pairs or runs)


def units(question: str, scoring: bool) -> list[tuple[str, str]]:
    """What a question wants counted (幾坪, 幾份), with the pattern of the unit's names in which it may be stated."""
    return [
        (match.group(), _SAME_UNIT.get(match.group(1), match.group(1)))
        for clause, last in _clauses(question)
        for match in _HOW_MANY.finditer(clause)
        if _direct(clause, match, last, scoring)
        and not _YES_NO.search(clause)
        and (match.group(1) != "份" or _COPIES.search(clause))
    ]


def counted(pattern: str, text: str) -> bool:
    """True when a number with this unit stands in a text."""
    return bool(re.search(rf"[\d一二兩三四五六七八九十百半]\s*個?(?:{pattern})", text))


def _clauses(question: str) -> Iterator[tuple[str, bool]]:
    """The clauses of a question, and whether each is the last that asks (all, when none asks)."""
    clauses = _CLAUSE.findall(question)
    asking = [i for i, clause in enumerate(clauses) if ASKING.search(clause)]
    last = asking[-1] if asking else 0
    for i, clause in enumerate(clauses):
        yield clause, i >= last


def _direct(clause: str, match: re.Match[str], last: bool, scoring: bool) -> bool:
    """True when these words are what is asked, not part of a story or of what somebody has to write."""
    ends = match.end() >= len(clause.rstrip("嗎呢啊呀喔欸吧了ㄚㄋ"))
    if not last and (scoring or not ends or not ASKING.search(clause)):
        return False
    if scoring and not ASKING.search(match.group()) and _TELLING.search(clause[: match.start()]):
        return False
    if not _WANTED.search(match.group()):
        return True
    return not _TOLD.search(clause[: match.start()]) and (ends or not clause.endswith("嗎"))
