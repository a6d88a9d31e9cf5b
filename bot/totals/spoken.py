"""Smaller things people say in a question for figures: what is compared with what, which tests, and words that mean
nothing for the figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .model import Domain, Reading
from .period_words import Found
from .periods import Span, before, half_of, month_of, quarter_of, year_before, year_of
from .words import BLANK

_SHEET = re.compile(r"考核|評分表|考評|千分|1000分|附表|小計|[優甲乙丙丁]等(?!第)|構面")
_PHONE = re.compile(r"電話|禮貌|通話|幾通|總機|語音")
_SAME_TIME = re.compile(r"(?:跟|和|與|比|較)?(?:去年|前一?年|上年度?)?的?同期(?:相比|比較?|差)?")
_LAST_TIME = re.compile(
    r"(?:跟|和|與|比|較)(?:上一?期|前一?期|之前|前期|上次|前一段|前一?個月|前一季|前一年|前一週)(?:相比|比較?|差)?"
)
_WITH = re.compile(r"(?:跟|和|與|比|較|對比|對照|相較於?|vs)$")
_COMPARED = re.compile(r"^的?(?:相比|比較?|差|來|對照|同期)")
_HELD = re.compile(r"(?:比|較|對比|對照|相較於?|vs)$")
_JOINED = re.compile(r"^(?:跟|和|與|比|vs|、|對)$")
FILLERS = re.compile(
    r"電話禮貌測試|電話禮貌|電話測試|電話抽測|禮貌測試|電話|禮貌|測試|抽測|量表|紀錄|記錄|資料|數據|統計|數字|考核(?:表|成績)?|評分表|成績單"
    r"|請問|請|幫我|麻煩|給我|讓我|我想要?|想要?|知道|看一?下|看看|改看|換成|改成|改|換|只看|再看|看|查一?下|查|列出?|顯示|告訴我|說明|統計一?下"
    r"|結果|情形|狀況|成績|表現|實際上?|進度|目前|現在|總共|一共|全部|所有|大約|到底|究竟|有沒有|有哪些|哪些|哪個|哪幾個|哪裡|是不是|多少|幾個|單位|機關|分別|各自"
    r"|年度|這段期間|期間|時候|的|了|是|有|在|裡|中|呢|嗎|吧|啊|喔|耶|欸|那麼|那|也|都|還|又|就|和|跟|與|及|或|比|較|最|被|為|得|過|到|個|之|一下|下|嘛|齁"
    r"|最?常|最?多|多少|[由從][高低](?:到|至)[高低]|幾|做|數|從|由|排|[高低好]|自行考核|上級考核|自評|自行|上級|分(?!公司)|通|次|筆|題|測|打|算|拿"
)  # fmt: skip
_MARKS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Comparison:
    """What a figure is held against: a named period, the period before, or a year before; and where it stood."""

    span: Span | None
    how: str
    start: int
    end: int

    def held_against(self, span: Span) -> Span:
        """The period to compare `span` with. 「上半年跟去年比」 means last year's first half."""
        if self.how == "year_before":
            return year_before(span)
        if self.how == "before" or self.span is None:
            return before(span)
        if self.span.unit == "year" and span.unit != "year":
            moved = span
            while moved.first.year > self.span.first.year:
                moved = year_before(moved)
            return moved if moved.first.year == self.span.first.year else self.span
        return self.span


def against(text: str, found: list[Found]) -> tuple[Comparison | None, list[Found]]:
    """The comparison in the text, and the periods that are not part of it."""
    for pattern, how in ((_SAME_TIME, "year_before"), (_LAST_TIME, "before")):
        hit = pattern.search(text)
        if hit:
            kept = [one for one in found if one.end <= hit.start() or one.start >= hit.end()]
            return Comparison(None, how, hit.start(), hit.end()), kept
    for at, one in enumerate(found):
        ahead = _WITH.search(text[: one.start])
        if not ahead:
            continue
        behind = _COMPARED.match(text[one.end :])
        other = [two for two in found if two is not one]
        joined = at > 0 and _JOINED.match(text[found[at - 1].end : one.start])
        if behind or _HELD.search(text[: one.start]) or joined:
            end = one.end + (behind.end() if behind else 0)
            return Comparison(one.span, "named", ahead.start(), end), other
    return None, found


def current(comparison: Comparison, today: date) -> Span:
    """The running period of the same kind as the one compared with: 「跟上個月比」 is about this month."""
    kind = comparison.span.unit if comparison.span else "year"
    half, quarter = (today.month + 5) // 6, (today.month + 2) // 3
    made = {
        "half": half_of(today.year, half),
        "quarter": quarter_of(today.year, quarter),
        "month": month_of(today.year, today.month),
    }
    return made.get(kind, year_of(today.year))


def told_domain(text: str, previous: Reading | None) -> Domain:
    """Telephone tests or the thousand-point sheets: what the words say, else as before, else the tests."""
    if _PHONE.search(text):
        return "phone"
    if _SHEET.search(text):
        return "sheet"
    return previous.domain if previous else "phone"


def fill(rest: str) -> str:
    """What is left of the blanked text without marks and words that carry no meaning of their own."""
    bare = _MARKS.sub(" ", rest.replace(BLANK, " "))
    return "".join(FILLERS.sub(" ", bare).split())
