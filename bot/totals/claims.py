"""Whether free words ask for recorded figures, or for the rule in a document: only the first belong to the totals.

「秘書室今年平均幾分」 asks for a figure, 「平均幾分算優良」 for a rule. When in doubt it is the rule: the documents are
asked, and the answer says so when nothing stands there.
"""

from __future__ import annotations

import re
from typing import Final

from .answer import LEFT_OVER
from .measures import measures_in
from .model import Understood
from .words import folded

LONG: Final = 60  # a question for a figure is short
_RULE: Final = re.compile(
    r"至少|最少|最多(?:要|可|能|給)|多久|應該|規定|怎麼(?!樣)|為什麼|為何|才(?:算|能|可|有|是)|可以|能不能|配分|滿分|換算|依據|定義|什麼意思|什麼是|公開"
    r"|敘獎|嘉獎|記功|獎|條文|量表|評分表(?!的?(?:排名|名次|排行|第幾名|成績|平均))|級距|標準(?!差)|頻率|給分|範圍|夠嗎|分成|占幾分|佔幾分|[給拿得]幾分|拿(?:到|得)|幾分(?:到|以上|才|算|是|可|到幾分)|是幾分|算(?:優|良|普|及格|過|哪|什麼|幾|\S{0,2}分)"
    r"|(?:(?<![今去前]年)每|(?<![上這第前])一)(?:年|季|個?月|半年)\S{0,4}(?:幾|多少|一次|兩次)|要(?:測|打|做|辦|幾|多少)|[幾哪]月(?:辦|跟|和)|扣幾分|幾分(?:啊|呢)?$(?<=拿幾分)"
    r"|考核\S{0,10}(?:幾|多少)次|各?辦(?:幾|多少)|什麼時候|哪天|期限|第幾組|附件|字體|格式|優等|甲等|乙等|丙等|丁等|這樣|如果|假如|的話"
)
# What only records can tell, though its words are a rule's elsewhere: who has a grade, how many tests are full, what
# each unit has on its sheet.
_GROUP: Final = r"(?:單位|機關|[課科室處組局])"
_RECORDED: Final = re.compile(
    rf"(?:誰|(?:哪|那)(?:一|幾|些)?個?{_GROUP})\S{{0,6}}[優甲乙丙丁]等"
    rf"|[優甲乙丙丁]等的?{_GROUP}?(?:有|是)*(?:誰|(?:哪|那)(?:一|幾|些)個?|(?:幾|多少)個?{_GROUP})"
    rf"|(?:各|每一?個?|所有|全部){_GROUP}室?的?(?:考核)?評分表的?(?:總分|分數|得分)"
    r"|(?:幾|多少)[通筆次](?:電話|測試)?(?:是|有|拿|達到?)*滿分|滿分的?(?:有|是|一共|總共)*(?:幾|多少)[通筆次]"
)
_ENOUGH: Final = frozenset({"untested", "most_improved", "most_declined"})  # nobody asks a document for these
_BOUNDED: Final = frozenset({"tests_above", "tests_below"})  # nor for these, once the points are named
_PROGRESS: Final = frozenset({"duty_progress", "improvement_progress"})
_WHICH: Final = re.compile(r"(?:那|是|在)*哪[一幾]?個?[通筆次](?:紀錄|測試|電話)?[呢啊?？]*")
_WHICH_OF: Final = re.compile(r"(\S{2,20}?)的?[是在]哪[一幾]?[個通筆次](?:紀錄|測試|電話)?[呢啊?？]*")
# Words of figures themselves: without one, and without a unit, one word not understood (今天天氣如何) is too many.
_FIGURE: Final = re.compile(
    "平均|均分|均值|成績|分數|得分|幾分|多少分|[幾多少][通筆次件]|通數|次數|件數|排名|名次|排行|最高|最低|扣|進步|退步|趨勢|走勢|表現|測|紀錄|等第|達成|完成|逾期"
)
_COMPARES: Final = re.compile(r"[跟和與]\S{1,10}比")
_FOLLOWS: Final = re.compile(r"^(?:那|改|換|再|只|看|也|還有|跟|和|與|比)|呢$|看看$")


def asks_for_figures(text: str, understood: Understood) -> bool:
    """True for a whole question about recorded figures: a measure, and a unit, period, tester or grouping with it."""
    if len(text) > LONG or _is_rule(folded(text)) or "strange" in understood.cues:
        return False
    with_it = {"place", "period", "by", "tester", "everyone"} & understood.cues
    if understood.reading and understood.reading.measure in _ENOUGH:
        with_it |= {"measure"}
    if understood.reading and understood.reading.measure in _PROGRESS and "進度" in text:
        with_it |= {"measure"}
    if understood.reading and understood.reading.measure in _BOUNDED and "threshold" in understood.cues:
        with_it |= {"measure"}
    if understood.rest and with_it <= {"period", "everyone"} and not _FIGURE.search(text):
        return False
    return "measure" in understood.cues and bool(with_it) and len(understood.rest) <= LEFT_OVER


def _is_rule(words: str) -> bool:
    """Whether the folded words ask for a rule, apart from what only records can tell."""
    return bool(_RULE.search(_RECORDED.sub(" ", words)))


def may_ask(text: str) -> bool:
    """A quick look before anything is read: some measure's words are there, and no rule's."""
    words = folded(text)
    asks = bool(measures_in(words)) or bool(_COMPARES.search(words))
    return len(words) <= LONG and asks and not _is_rule(words)


def asks_which(text: str) -> bool:
    """True for 「是哪一通」 after a figure: the records behind it are meant."""
    return bool(_WHICH.fullmatch(folded(text)))


def which_of(text: str) -> str:
    """「最低分」 of 「最低分是哪一通」: the figure whose records are meant; "" for other words."""
    found = _WHICH_OF.fullmatch(folded(text))
    return found[1] if found else ""


def follows_up(text: str, understood: Understood) -> bool:
    """True for words that go on from the figure just shown: 「那秘書室呢」「改看上半年」「跟去年比」「依月份」."""
    words = folded(text)
    if len(words) > LONG or _is_rule(words) or not understood.cues or len(understood.rest) > LEFT_OVER:
        return bool("strange" in understood.cues and _FOLLOWS.search(words) and len(words) <= 12)
    if understood.rest and "place" not in understood.cues and not (_FIGURE.search(text) or _FOLLOWS.search(words)):
        return False
    if understood.cues <= {"measure"}:
        if understood.reading and understood.reading.measure in _PROGRESS:
            return False  # these words open conversations of their own
        return len(words) <= 8 and (bool(_FOLLOWS.search(words)) or not understood.rest)
    return True
