"""One item of a record in words: the points, the chosen answer, the rule, the arithmetic, the reason, the clause.

It computes nothing: everything was computed by the scoring and is only said here.
"""

from __future__ import annotations

from markupsafe import Markup

from bot.texts import score as texts
from rubrics import Explanation, Rubric

from .figures import shown
from .layout import lines, small, text
from .words import bare_label, cut, place_on_paper


def explained(rubric: Rubric, one: Explanation, lost: bool, reason: str = "", clause: bool = False) -> Markup:
    """The item; with `lost` why it lost points, with `clause` where on the paper it stands."""
    counted = lost or one.points == one.max
    points = f"{shown(one.points)}/{shown(one.max)} 分" if counted else ""
    if not counted and texts.NOT_COUNTED not in one.closed:
        points = texts.NOT_COUNTED
    head = Markup("<b>{}</b>　{}").format(cut(bare_label(one.label), 44), points if one.max else "")
    said = one.closed or " · ".join(part for part in (cut(bare_label(one.answer), 90), one.rule, _sum(one)) if part)
    why = texts.WHY_LOST.format(points=shown(one.max - one.points)) if lost else ""
    told = text("{why}{said}", why=why, said=said or texts.NO_BANDS) if said or lost else None
    place = place_on_paper(rubric, rubric.criterion(one.criterion))
    return lines(
        [
            head,
            told,
            small(texts.REASON_LINE.format(reason=reason)) if reason else None,
            small(texts.PLACE_LINE.format(place=place)) if clause and place else None,
        ]
    )


def _sum(one: Explanation) -> str:
    return one.arithmetic if any(sign in one.arithmetic for sign in "=×÷") else ""
