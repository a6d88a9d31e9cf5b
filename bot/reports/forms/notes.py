"""The source's own defects, as footnotes of a filled form: what the paper says, and what was decided.

Only the notes that bear on this form are printed: an edge that two bands share when points lie on it, a gap when points
lie in it, an answer that the paper does not print when it was given. Notes on misplaced cells always are.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.reports.forms.marks import measured, option_taken
from bot.reports.forms.model import Filled
from bot.reports.odf import Line
from bot.texts import forms as texts
from rubrics import Criterion, leaves_of
from rubrics.elements import Note
from rubrics.model import TreeNode


class Notes:
    """The footnotes of one form, numbered in the paper's order."""

    def __init__(self, filled: Filled) -> None:
        self._filled = filled
        self._found = list(_bearing(filled))
        said = dict.fromkeys((note.text, note.decision) for _, note in self._found)
        self._numbers = {words: number for number, words in enumerate(said, 1)}  # what is said twice is one footnote

    def signs(self, node: TreeNode) -> str:
        """「（註 1、2）」 behind a label; "" without notes."""
        own = [str(self._numbers[note.text, note.decision]) for where, note in self._found if where == node.id]
        return texts.NOTE_SIGN.format(numbers="、".join(own)) if own else ""

    def lines(self) -> list[Line]:
        """The footnotes themselves, with a heading; nothing when there are none."""
        made = [
            Line(texts.NOTE_LINE.format(number=number, text=words, decision=decision), look="small")
            for (words, decision), number in self._numbers.items()
        ]
        if not self._filled.scored:
            made.append(Line(texts.OLD_SHEET, look="small"))
        return [Line(texts.NOTES, look="field"), *made] if made else []


def _bearing(filled: Filled) -> Iterator[tuple[str, Note]]:
    rubric = filled.rubric
    for note in rubric.notes:
        if _bears(note, list(rubric.criteria), filled):
            yield "", note
    for node in rubric.nodes():
        leaves = list(leaves_of(node))
        for note in node.notes:
            if _bears(note, leaves, filled, node):
                yield node.id, note


def _bears(note: Note, leaves: list[Criterion], filled: Filled, node: TreeNode | None = None) -> bool:
    points = {leaf.id: filled.points.get(leaf.id) for leaf in leaves}
    if note.boundaries:
        return any(
            sum(band.holds(p) for band in leaf.bands) > 1 for leaf in leaves if (p := points[leaf.id]) is not None
        )
    if note.at:
        return any(low <= p <= high for p in points.values() if p is not None for low, high in note.at)
    if filled.rubric.kind != "phone" or not isinstance(node, Criterion):
        return True
    return _answer_bears(note, node, filled.answer(node))


def _answer_bears(note: Note, leaf: Criterion, answer: object) -> bool:
    """Whether the answer to a telephone item is one that the note is about."""
    taken = option_taken(leaf, answer)
    if taken is None:
        return bool(measured(leaf, answer)) and leaf.count is not None and note.quote == leaf.count.label
    if note.quote == leaf.label:
        return not taken.points
    return (taken.added and note.kind == "gap") or (
        bool(note.quote) and (taken.label in note.quote or note.quote in taken.label)
    )
