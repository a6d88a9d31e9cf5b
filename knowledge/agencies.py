"""Which office and which year a question names, and the names it uses that no document has.

The longest alias wins (第二河川局 is not 水利署, though 水利署 stands in its name). Years may be ROC or Western. It
refuses to guess: a name of an office elsewhere, or a year for which an office has no document, is handed on as unknown,
so that nobody gets another office's rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.naming import TitleNames
from knowledge.normal import plain
from knowledge.numbers import value_of

_PARENT = re.compile(r"^.{2,5}?[部院]|^.{2,8}?(?:署|市政府|縣政府)(?=.{3})")
_BODY = re.compile(
    r"([\u4e00-\u9fff]{2,3})(市政府|縣政府|區公所|鄉公所|鎮公所|市公所|署|局|司|銀行|公司|大學|醫院|委員會|基金會|事務所|工會|協會|農會)"
)
_GENERIC = re.compile(
    "(?:大學|學校|國小|國中|高中|醫院|銀行)(?:老師|教授|生|學者|講師|同學|志工|行員)"
)  # people, no office
_NOT_NAME = re.compile(
    "[我你他這那們貴本該各哪別每全內外上下總的是在給跟和去從把被請問到不有沒要會就說叫讓辦報號前後開設立看找問拿交向由與或及等之其所打做人家可以嗎呢一二三四五六七八九十兩幾]"
)
_NO_BEGINNING = frozenset("如若經依照因為將應須得均已曾而且但並又還再除含至")  # words before a name: 如經署, 依該局
_CHINESE_DIGIT = "零〇一二三四五六七八九十百兩"
_YEAR = re.compile(
    rf"(?:(?:民國|西元)\s*)?(?<![\d.{_CHINESE_DIGIT}])(\d{{2,4}}|[{_CHINESE_DIGIT}]{{3,6}})\s*年(度)?(?!\s*[\d{_CHINESE_DIGIT}]+\s*月|級|次|內|以|之|後|前)"
)
_WESTERN = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*年|[^\d:]|$)")


Mentions = Callable[[str, tuple[str, ...] | None], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """What the naming of documents needs of one: file name, title, office, year (ROC, None when it names none), and
    short forms of the office that its own text gives."""

    document: str
    title: str
    office: str
    year: int | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names. `documents`: those that the names leave (all when none was named). `unknown`: names and
    years that no document has. `rest`: the question without the names; `spans`: where they stood."""

    offices: tuple[str, ...]
    years: tuple[int, ...]
    documents: tuple[str, ...]
    unknown: tuple[str, ...]
    rest: str
    titled: bool = False

    @property
    def any(self) -> bool:
        """True when an office, a document's year, or a document by its title was named."""
        return bool(self.offices or self.years or self.titled)


def derived_aliases(office: str) -> tuple[str, ...]:
    """Short forms which a name itself allows: without the ministry above it, 市政府 as 市."""
    name = plain(office)
    made = [name]
    while (found := _PARENT.match(name)) and len(name) - found.end() >= 3:
        name = name[found.end() :]
        made.append(name)
    for form in tuple(made):
        if form.endswith("政府"):
            made.append(form[:-2])
    return tuple(dict.fromkeys(m for m in made if len(m) >= 2))


class Names:
    """All names that the library's documents answer to. Built once for each library.

    `mentions` tells whether a text stands in one of the documents (None: in any).
    """

    def __init__(self, sources: Iterable[Source], lexicon: Lexicon, mentions: Mentions) -> None:
        self.sources = tuple(sources)
        self._mentions = mentions
        self._aliases: dict[str, str] = {}
        spoken = {plain(name): aliases for name, aliases in lexicon.offices.items()}
        for source in self.sources:
            if source.office:
                for alias in (
                    *derived_aliases(source.office),
                    *spoken.get(plain(source.office), ()),
                    *map(plain, source.aliases),
                ):
                    self._aliases.setdefault(alias, source.office)
        self._strangers = tuple(sorted({*lexicon.elsewhere, *_others(spoken, self._aliases)}, key=len, reverse=True))
        series = "|".join(map(re.escape, lexicon.series))
        self._series = re.compile(rf"第?[{_CHINESE_DIGIT}\d]{{1,3}}(?:{series})") if series else None
        self._by_length = sorted(self._aliases, key=len, reverse=True)
        self._beginnings = frozenset(alias[:2] for alias in self._aliases)
        self._pattern = _alternatives(self._by_length)
        self._stranger_pattern = _alternatives(self._strangers)
        self._titles = TitleNames((s.document, s.title, s.office, s.aliases) for s in self.sources)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every alias that is understood."""
        return tuple(self._aliases)

    def office_of(self, document: str) -> str:
        """The office of a document; '' when it names none."""
        return next((s.office for s in self.sources if s.document == document), "")

    def read(self, question: str) -> Named:
        """What a normalised question names. Never raises."""
        offices: list[str] = []
        unknown: list[str] = []
        text = self._western(question)
        text = self._take_series(text, unknown)
        text = self._take(text, self._stranger_pattern, unknown, longer_than=self._pattern)
        found_offices: list[str] = []
        text = self._take(text, self._pattern, found_offices)
        offices = list(dict.fromkeys(self._aliases[alias] for alias in found_offices))
        text = self._take_bodies(text, unknown)
        years, text = self._years(text, offices, unknown)
        possible = self._documents(offices, years, unknown)
        documents, text = self._titles.read(text, possible)
        return Named(
            tuple(offices),
            tuple(years),
            documents,
            tuple(dict.fromkeys(unknown)),
            text.replace("\x00", " "),
            len(documents) < len(possible),
        )

    def _western(self, text: str) -> str:
        return _WESTERN.sub(
            lambda m: (
                str(int(m.group(1)) - 1911) + ("" if text[m.end() : m.end() + 2].strip().startswith("年") else "年")
            ),
            text,
        )

    def _take_series(self, text: str, unknown: list[str]) -> str:
        if self._series is None:
            return text

        def replace(found: re.Match[str]) -> str:
            if any(alias in found.group() for alias in self._by_length if re.search(rf"[{_CHINESE_DIGIT}\d]", alias)):
                return found.group()
            unknown.append(found.group())
            return "\x00"

        return self._series.sub(replace, text)

    def _take(
        self, text: str, pattern: re.Pattern[str] | None, into: list[str], longer_than: re.Pattern[str] | None = None
    ) -> str:
        if pattern is None:
            return text

        rivals = [r.span() for r in longer_than.finditer(text)] if longer_than is not None else []

        def replace(found: re.Match[str]) -> str:
            start, end = found.span()
            if any(a < start < b or (a == start and b >= end) for a, b in rivals):
                return found.group()
            if longer_than is not None and text[max(0, start - 1) : start + 1] in self._beginnings:  # 竹北 in 新竹北區
                return found.group()
            if longer_than is not None and (
                self._mentions(found.group(), None) or (_GENERIC.match(text, found.start()))
            ):
                return found.group()
            into.append(found.group())
            return "\x00"

        return pattern.sub(replace, text)

    def _take_bodies(self, text: str, unknown: list[str]) -> str:
        for found in _BODY.finditer(text):
            name = found.group()
            if (
                not _NOT_NAME.search(found.group(1))
                and found.group(1)[0] not in _NO_BEGINNING
                and not self._mentions(name[-3:], None)
                and not self._mentions(name, None)
            ):
                unknown.append(name)
                text = text.replace(name, "\x00")
        return text

    def _years(self, text: str, offices: list[str], unknown: list[str]) -> tuple[list[int], str]:
        years: list[int] = []
        wanted = [s for s in self.sources if not offices or s.office in offices]

        def replace(found: re.Match[str]) -> str:
            number = value_of(found.group(1))
            if number is None or not 80 <= number <= 200:
                return found.group()
            year = int(number)
            if any(s.year == year for s in wanted):
                years.append(year)
                return "\x00"
            near = "\x00" in text[max(0, found.start() - 2) : found.end() + 3]
            plan = (
                bool(found.group(2))
                or near
                or text[found.end() : found.end() + 3].strip().startswith(("計畫", "的計畫", "考核", "版"))
            )
            needle = f"{year}年度" if plan else f"{year}年"
            if not self._mentions(needle, tuple(s.document for s in wanted)):
                unknown.append(f"{year}年" + ("度" if found.group(2) else ""))
                return "\x00"
            return found.group()

        return years, _YEAR.sub(replace, text)

    def _documents(self, offices: list[str], years: list[int], unknown: list[str]) -> tuple[str, ...]:
        chosen = [s for s in self.sources if not offices or s.office in offices]
        if years:
            chosen = [
                s
                for s in chosen
                if s.year in years
                or (offices and not any(t.office == s.office and t.year in years for t in self.sources))
            ]
        return tuple(s.document for s in chosen)


def _others(spoken: Mapping[str, tuple[str, ...]], known: Mapping[str, str]) -> list[str]:
    """Aliases of offices that the lexicon knows and the library has no document of."""
    return [
        alias
        for name, aliases in spoken.items()
        if name not in known
        for alias in (name, *aliases)
        if alias not in known
    ]


def _alternatives(words: Iterable[str]) -> re.Pattern[str] | None:
    listed = [re.escape(w) if not w.isascii() else rf"(?<![a-z]){re.escape(w)}(?![a-z])" for w in words]
    return re.compile("|".join(listed)) if listed else None
