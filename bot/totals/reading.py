"""A question in plain words -> a Reading over the fixed list of measures, or the one thing that must be asked back.

What is named is taken; a measure that is missing is asked for, a unit that is unclear too, and so are unit and period
when neither was said. A missing period alone is this year, and the reply says so. A follow-up keeps what it does not
name. It computes nothing and sees no record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from bot.texts import totals as texts

from . import backs
from . import measures as lists
from .model import Domain, Question, Reading, Understood
from .period_words import find_periods, number_of
from .periods import Span, year_of
from .places import Named, Tree
from .spoken import Comparison, against, current, fill, told_domain
from .words import BLANK, blanked, folded

_AS_PHONE: Final = {"sheet_items": "mean", "sheet_total": "mean", "sheet_rank": "rank", "sheet_grade": "grade_share"}
_AS_SHEET: Final = {"change": "sheet_total", "best": "sheet_total", "worst": "sheet_total", "tests_done": "sheet_total"}
_NEEDS_MORE: Final = {"mean", "tests_done", "median", "spread", "best", "worst", "change"}
_COMPARABLE: Final = {"mean", "tests_done", "change", "median", "best", "worst"}
_BOUNDED: Final = {"below_threshold", "above_threshold", "tests_below", "tests_above"}
_OVER_UNITS: Final = {"rank", "sheet_rank", "untested", "most_improved", "most_declined", "below_threshold",
                      "above_threshold"}  # fmt: skip
_LEANS = re.compile(
    r"^(?:那|改|換|再|只|跟|和|與|比)|呢$|第幾名|[嗎麼]$|有沒有"
)  # 「那排名呢」 is about the unit before
_THRESHOLD = re.compile(rf"(?P<number>{lists.NUMBER})分?")
_MINE = re.compile(r"我們?(?:的)?(?:單位|機關|課|科|室|局)?|本(?:單位|機關|課|科|室|局|處)")
_EVERYONE = re.compile(r"全部(?:單位|機關)?|所有(?:單位|機關)|全局|全署|全府|全機關")
_LIMIT = re.compile(r"(?:前|倒數|後)(?P<number>[一二三四五六七八九十兩]|\d{1,2})(?:名|個|題|大)")
_LOWEST = re.compile(r"最(?:低|差|少|後|糟|弱)|倒數|墊底|[由從]低|(?:比較|較)[低差]")


@dataclass(frozen=True)
class Surroundings:
    """What reading needs to know: the units, today in Taipei, the parts of the scale (words -> id), grades (word -> id,
    lower bound), testers (name -> id), which units have records of a kind ever, the grades of the thousand-point sheets
    (words -> label), and the full points of a test (None: the scales differ)."""

    tree: Tree
    today: date
    parts: Mapping[str, str]
    grades: Mapping[str, tuple[str, Decimal]]
    testers: Mapping[str, str]
    holds: Callable[[int, Domain], bool]
    sheet_grades: Mapping[str, str] = field(default_factory=dict)
    most: Decimal | None = None


def read(question: str, around: Surroundings, previous: Reading | None = None) -> Understood:
    """Understands a question; with `previous`, one that may lean on it. Never raises for anything typed."""
    if not question.strip():
        return Understood(_overview(around), cues=frozenset({"measure"}))
    return _Reader(folded(question), around, previous).read()


def _overview(around: Surroundings) -> Reading:
    return Reading("overview", around.tree.roots(), year_of(around.today.year), "unit", said=("period",))


class _Reader:
    """One question on its way: what is understood is blanked out of `rest`."""

    def __init__(self, text: str, around: Surroundings, previous: Reading | None) -> None:
        self.text = self.rest = text
        self.around, self.previous = around, previous
        self.cues: set[str] = set()
        self._spots: list[tuple[int, int]] = []

    def read(self) -> Understood:
        """The parts in turn: tester, units, periods, measure, grouping, filters; then what is missing."""
        self.whole = self._is_whole()
        self.domain: Domain = told_domain(self.text, None if self.whole else self.previous)
        self.tester = self._tester()
        named = self._places()
        self.unnamed = self.rest  # 「第二河川局考核」 names an office, not who reviewed it
        self.comparison, self.span = self._periods()
        self.part = self._part()
        self.measure = self._measure()
        if self.measure == "change" and len(named.roots) > 1 and not self.comparison:
            self.measure = "mean"  # units beside each other, not a unit beside its past
        self.by = self._by()
        self.threshold, self.grade = self._threshold(), self._grade()
        roots = self._roots(named)
        rest = fill(self.rest)
        if named.strange or named.either:
            question = backs.which_unit(self.around.tree, self.text, named)
            return Understood(None, question, rest, frozenset(self.cues))
        guess = self._guess(rest) if not roots else None
        if guess and (guess.strange or guess.either):
            return Understood(
                None, backs.which_unit(self.around.tree, self.text, guess), rest, frozenset(self.cues | {"strange"})
            )
        if guess and guess.roots:
            self.cues.add("place")
            roots, rest = guess.roots, blanked(rest, list(guess.spans)).replace(BLANK, "")
        return self._finish(roots, rest)

    def _is_whole(self) -> bool:
        """Whether it is a question of its own, with figure and period or grouping: it keeps the units of the one
        before, and no filter."""
        named = find_periods(self.text, self.around.today) or lists.groupings_in(self.text)
        return bool(named and lists.measures_in(self.text)) and not _LEANS.search(self.text)

    def _finish(self, roots: tuple[int, ...], rest: str) -> Understood:
        cues = frozenset(self.cues)
        if not self.around.tree.visible:
            return Understood(None, Question(texts.NO_UNITS), rest, cues)
        if self.measure is None:
            return Understood(None, backs.which_measure(self.around.tree, self.text, roots, self.domain), rest, cues)
        narrowed = roots or self.span or self.previous or {"by", "everyone", "tester"} & cues
        if not narrowed and self.measure in _NEEDS_MORE and len(self.around.tree.visible) > 1:
            return Understood(None, backs.which_place(self.around.tree, self.text), rest, cues)
        if self.measure in _BOUNDED and self.threshold is None:
            return Understood(None, backs.which_threshold(self.text), rest, cues)
        return Understood(self._reading(roots), None, rest, cues)

    def _reading(self, roots: tuple[int, ...]) -> Reading:
        previous, tree, today = self.previous, self.around.tree, self.around.today
        measure = self.measure or "mean"
        span = self.span or (previous.span if previous else None)
        compare = None
        if self.comparison:
            span = span or current(self.comparison, today)
            compare = self.comparison.held_against(span)
            if compare.first > span.first:  # 「去年」「跟今年比」: what changed, changed from the earlier to the later
                span, compare = compare, span
        span = span or year_of(today.year)
        said = {name for name, there in (("period", self.span), ("place", roots), ("by", "by" in self.cues)) if there}
        if previous:
            said |= set(previous.said)
        base = "mean"
        if compare and measure in _COMPARABLE and self.domain == "phone":
            base = measure if measure != "change" else (previous.base if previous else "mean")
            base = previous.measure if previous and previous.measure in _COMPARABLE and measure == "change" else base
            measure, base = "change", base if base != "change" else "mean"
        roots = roots or self._kept_roots(measure) or tree.roots()
        made = Reading(measure, roots, span, self._by_of(measure, roots), self.domain, said=tuple(sorted(said)))
        limit = _LIMIT.search(self.text)
        keeps = previous is not None and "measure" not in self.cues
        return replace(
            made,
            threshold=self.threshold,
            grade=self.grade or (previous.grade if previous and keeps and previous.measure == measure else ""),
            part=self.part or (previous.part if previous and keeps else ""),
            tester=self.tester or (previous.tester if previous and not (self.whole or "place" in self.cues) else ""),
            kind=self._kind(),
            compare=compare or (previous.compare if previous and keeps and not self.span else None),
            base=base if compare or not (previous and keeps) else previous.base,
            lowest=bool(_LOWEST.search(self.text)) or bool(previous and keeps and previous.lowest),
            limit=(number_of(limit["number"]) or 0) if limit else 0,
        )

    def _kept_roots(self, measure: str) -> tuple[int, ...]:
        """The units of the question before. A question of its own over units (誰進步最多, 各單位平均) lets a single
        unit go and is about all, or about the office that was named before."""
        if self.previous is None:
            return ()
        kept, named = self.previous.roots, "by" in self.cues
        if named and self.by == "office":
            return ()
        over = self.by in ("unit", "group") if named else measure in _OVER_UNITS and "measure" in self.cues
        single = len(self.around.tree.below(kept)) == 1
        return () if single and over and (named or not _LEANS.search(self.text)) else kept

    def _by_of(self, measure: str, roots: tuple[int, ...]) -> str:
        known, tree = lists.BY_ID[measure], self.around.tree
        if self.by and self.by in known.groups:
            return self.by
        previous = self.previous
        one_place = "place" in self.cues and len(roots) == 1 and len(tree.below(roots)) == 1
        own = "measure" in self.cues and not _LEANS.search(self.text)  # a question of its own, not 「那中位數呢」
        same = previous is not None and (measure == previous.measure or previous.by not in lists.PARTS)
        keeps = previous is not None and not own and same and previous.by in known.groups
        if previous and keeps and not (one_place and previous.by in ("unit", "office")):
            return previous.by
        if known.by == "total" and len(roots) > 1 and roots != tree.roots() and "unit" in known.groups:
            return "office" if all(tree.places[one].parent is None for one in roots) else "unit"
        return known.by

    def _tester(self) -> str:
        for name in sorted(self.around.testers, key=len, reverse=True):
            if len(name) >= 2 and name in self.rest:
                self._take("tester", self.rest.index(name), self.rest.index(name) + len(name))
                return self.around.testers[name]
        return ""

    def _places(self) -> Named:
        named = self.around.tree.find(self.rest)
        if named.either:
            kept = self._likelier(named.either)
            named = replace(
                named,
                either=() if len(kept) == 1 else kept,
                roots=(*named.roots, *kept[:1]) if len(kept) == 1 else named.roots,
            )
        for start, end in named.spans:
            self._take("place", start, end)
        return named

    def _likelier(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        tree, previous = self.around.tree, self.previous
        if previous:
            offices = {tree.places[one].office for one in previous.roots if one in tree.places}
            near = tuple(one for one in numbers if tree.places[one].office in offices)
            if len(near) == 1:
                return near
        held = tuple(one for one in numbers if self.around.holds(one, self.domain))
        return held if len(held) == 1 else numbers

    def _periods(self) -> tuple[Comparison | None, Span | None]:
        found = find_periods(self.rest, self.around.today)
        comparison, kept = against(self.rest, found)
        for one in (*found, *((comparison,) if comparison else ())):
            self._take("period", one.start, one.end)
        return comparison, kept[0].span if kept else None

    def _part(self) -> str:
        for words in sorted(self.around.parts, key=len, reverse=True):
            if words in self.rest:
                self._take("part", self.rest.index(words), self.rest.index(words) + len(words))
                return self.around.parts[words]
        return ""

    def _measure(self) -> str | None:
        found = lists.measures_in(self.rest)
        if not found:
            if self.comparison:
                self.cues.add("measure")
                return "change"
            return self._of_domain(self.previous.measure) if self.previous else None
        self.cues.add("measure")
        self._spots = lists.measure_spots(self.rest)
        chosen = found[0][0].id
        if chosen == "change" and len(found) > 1 and (self.comparison or found[1][0].id == "median"):
            chosen = found[1][0].id
        if chosen == "tests_done" and "平均" in self.rest:
            chosen = "mean"  # whose rows say how many tests, too
        return self._of_domain(chosen)

    def _of_domain(self, measure: str) -> str:
        """What the words mean for the tests, or for the thousand-point sheets."""
        if self.domain == "phone":
            return _AS_PHONE.get(measure, measure)
        if measure.startswith("sheet_"):
            return measure
        meant = lists.BY_ID[measure].sheet or measure
        return _AS_SHEET.get(meant, meant)

    def _by(self) -> str:
        found = lists.groupings_in(self.rest)
        self.rest = blanked(self.rest, self._spots)
        for _, start, end in found:
            self._take("by", start, end)
        known = lists.BY_ID[self.measure].groups if self.measure else ()
        by = next((one.id for one, _, _ in found if one.id in known), "")
        times = next((one.id for one, _, _ in found if one.id in (*lists.TIME, "hour", "weekday")), "")
        if self.measure in ("rank", "best", "worst", "top_deductions") and times and "measure" in self.cues:
            self.measure, by = "mean", times
        if self.measure == "rank" and self.part:
            self.measure, by = "mean", by or "unit"
        return by

    def _threshold(self) -> Decimal | None:
        if self.measure not in _BOUNDED:
            return None
        for name, (_, bound) in self.around.grades.items():
            if name in self.text:
                return bound
        if "滿分" in self.text and self.around.most is not None:
            self.cues.add("threshold")
            return self.around.most
        periods = [(one.start, one.end) for one in find_periods(self.text, self.around.today)]
        numbers = list(_THRESHOLD.finditer(blanked(self.text, periods)))
        for one in numbers:
            self.rest = self.rest.replace(one.group(), BLANK)
        likely = [value for one in numbers if 10 <= (value := _points(one["number"])) <= 1000]
        if likely:
            self.cues.add("threshold")
            return likely[0]
        keeps = self.previous is not None and "measure" not in self.cues
        return self.previous.threshold if self.previous and keeps else None

    def _grade(self) -> str:
        if self.measure == "sheet_grade":
            words = self.around.sheet_grades
            labels = {words[one] for one in words if re.search(f"{re.escape(one)}(?!第)", self.text)}
            return labels.pop() if len(labels) == 1 else ""
        if self.measure != "grade_share":
            return ""
        named = [grade for name, (grade, _) in self.around.grades.items() if name in self.text]
        for name in self.around.grades:
            self.rest = self.rest.replace(name, BLANK)
        return named[0] if len(named) == 1 else ""

    def _kind(self) -> str:
        if re.search(r"自行考核|自評|自行評", self.unnamed):
            return "self"
        if re.search(r"上級|署考核|局考核", self.unnamed):
            return "superior"
        return self.previous.kind if self.previous and "measure" not in self.cues else ""

    def _roots(self, named: Named) -> tuple[int, ...]:
        tree = self.around.tree
        if named.roots:
            return named.roots
        if _EVERYONE.search(self.text):
            self.cues |= {"everyone", "place"}
            self.rest = _EVERYONE.sub(BLANK, self.rest)
            return tree.roots()
        if tree.home is not None and tree.home in tree.visible and _MINE.search(self.rest):
            self.cues.add("place")
            return (tree.home,)
        if self.by in ("unit", "office", "group") and self.measure in lists.BY_ID and not self.previous:
            self.cues.add("everyone")
        return ()

    def _guess(self, rest: str) -> Named | None:
        return self.around.tree.guess(rest) if rest else None

    def _take(self, cue: str, start: int, end: int) -> None:
        self.cues.add(cue)
        self.rest = blanked(self.rest, [(start, end)])


def _points(word: str) -> Decimal:
    return Decimal(word) if re.fullmatch(r"\d+(\.\d+)?", word) else Decimal(number_of(word) or 0)
