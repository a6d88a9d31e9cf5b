"""What is asked back when a part is missing or unclear: a sentence and whole questions to choose from."""

from __future__ import annotations

from typing import Final

from bot.texts import totals as texts

from .measures import BY_ID
from .model import Domain, Question
from .places import Named, Tree

OFFERED: Final = ("mean", "tests_done", "top_deductions", "rank", "grade_share", "change")
SHEETS_OFFERED: Final = ("sheet_total", "sheet_items", "sheet_rank", "sheet_grade")
UNITS_OFFERED: Final = 8
_SAID: Final = {"mean": "平均", "tests_done": "幾通", "top_deductions": "最常被扣哪一題", "change": "跟前一期比"}


def which_unit(tree: Tree, text: str, named: Named) -> Question:
    """A name that could mean several units, or none of the person's: with the units that it may have meant."""
    word = named.strange or (text[named.spans[-1][0] : named.spans[-1][1]] if named.spans else "")
    meant = named.likely if named.strange else named.either[:UNITS_OFFERED]
    offers = []
    for unit in meant:
        full = tree.places[unit].full
        offers.append((full, text.replace(word, full, 1) if word and word in text else f"{full} {text}"))
    if named.strange:
        words = texts.NOT_YOURS_NEAR if offers else texts.NOT_YOURS
        return Question(words.format(word=word), tuple(offers))
    return Question(texts.WHICH_UNIT.format(word=word), tuple(offers))


def which_measure(tree: Tree, text: str, roots: tuple[int, ...], domain: Domain) -> Question:
    """A unit or period without a word for the figure."""
    ids = SHEETS_OFFERED if domain == "sheet" else OFFERED
    offers = tuple((BY_ID[one].label, f"{text} {_SAID.get(one, BY_ID[one].label)}") for one in ids)
    return Question(texts.WHICH_MEASURE.format(place=tree.label(roots) if roots else texts.ALL_UNITS), offers)


def which_place(tree: Tree, text: str) -> Question:
    """A figure without unit and period."""
    roots = tree.roots()
    first = [texts.ALL_UNITS] if len(roots) > 1 else [tree.places[roots[0]].full]
    units = [tree.places[one].full for one in tree.leaves(roots) if one not in roots][: UNITS_OFFERED - 1]
    return Question(texts.WHICH_PLACE, tuple((f"{name} 今年", f"{name} 今年 {text}") for name in (*first, *units)))


def which_threshold(text: str) -> Question:
    """「沒過」 without the points."""
    return Question(texts.WHICH_THRESHOLD, tuple((f"{n} 分", f"{text} {n} 分") for n in (90, 80, 70)))
