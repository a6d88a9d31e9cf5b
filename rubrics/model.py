"""What a sheet is once it is loaded: frozen records in the paper's order and words.

Points are Decimal. A node of the tree is a Section (it has `items`) or a Criterion (a leaf, where points are given).
Nothing here checks anything: the loader and the linter did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from rubrics.conditions import Condition
from rubrics.elements import Alternative, Band, BasePoints, Count, Feeds, Given, Multiplier, Note, Option, SourceText
from rubrics.problems import RubricError, near

Kind = Literal["phone", "sheet", "framework"]
AnswerKind = Literal["options", "count", "points", "percentage", "state"]


@dataclass(frozen=True)
class Criterion:
    """A leaf. `path` is the headings above it; `when` holds everything that must hold for it to be asked.

    `counted_when` is the part of it that also takes the item out of the maximum. `weight` is the product of the weights
    of the sections above.
    """

    id: str
    label: str
    path: tuple[str, ...]
    max: Decimal
    answer: AnswerKind
    options: tuple[Option, ...] = ()
    count: Count | None = None
    bands: tuple[Band, ...] = ()
    alternative: Alternative | None = None
    base_points: tuple[BasePoints, ...] = ()
    when: Condition | None = None
    counted_when: Condition | None = None
    given: Given | None = None
    multiplier: Multiplier | None = None
    feeds: Feeds | None = None
    weight: Decimal = Decimal(1)
    clause: str = ""
    texts: tuple[SourceText, ...] = ()
    notes: tuple[Note, ...] = ()
    ask: str = ""
    words: tuple[str, ...] = ()
    added: bool = False
    line: int = 0

    def option(self, option_id: str) -> Option | None:
        """The option of this id, None when there is none."""
        return next((o for o in self.options if o.id == option_id), None)

    @property
    def every_band(self) -> tuple[Band, ...]:
        """The bands, and the alternative's after them."""
        return self.bands + (self.alternative.bands if self.alternative else ())

    def band(self, band_id: str) -> Band | None:
        """The band of this id (also an alternative one), None when there is none."""
        return next((b for b in self.every_band if b.id == band_id), None)

    def band_of(self, points: Decimal) -> Band | None:
        """The band that points belong to: the highest that holds them (20 belongs to 20-25). None in a gap."""
        held = [b for b in self.bands if b.holds(points)]
        return max(held, key=lambda b: b.high) if held else None


@dataclass(frozen=True)
class Section:
    """A heading with items below it. `max` is what it contributes to the level above, after its own weight."""

    id: str
    label: str
    path: tuple[str, ...]
    max: Decimal
    items: tuple[Section | Criterion, ...]
    weight: Decimal = Decimal(1)
    one_of: bool = False
    counted_when: Condition | None = None
    own_when: Condition | None = None
    clause: str = ""
    texts: tuple[SourceText, ...] = ()
    notes: tuple[Note, ...] = ()
    added: bool = False
    line: int = 0

    @property
    def depth(self) -> int:
        """0 for the top level."""
        return len(self.path)


TreeNode = Section | Criterion


def leaves_of(node: TreeNode) -> Iterator[Criterion]:
    """The leaves below a heading in the paper's order; of a leaf, itself."""
    if isinstance(node, Criterion):
        yield node
        return
    for item in node.items:
        yield from leaves_of(item)


Placed = tuple[Criterion, tuple[Section, ...]]  # a leaf, and the headings above it, the outermost first


@dataclass(frozen=True)
class Grade:
    """A grade by the lower bound `from_` on the unrounded total, with the paper's words."""

    id: str
    label: str
    from_: Decimal
    text: str = ""
    line: int = 0


@dataclass(frozen=True)
class Comment:
    """A field for free words: 優點, 建議改進事項."""

    id: str
    label: str
    added: bool = False
    line: int = 0


@dataclass(frozen=True)
class Column:
    """A column of the office's statistics table: the node whose points it shows, and its heading."""

    node: str
    label: str
    line: int = 0


@dataclass(frozen=True)
class Statistics:
    """The office's statistics table (附表2): its title and columns."""

    label: str
    columns: tuple[Column, ...]
    line: int = 0


@dataclass(frozen=True)
class StateChoice:
    """A state of a framework's item; `done` counts as finished."""

    id: str
    label: str
    done: bool = False


@dataclass(frozen=True)
class FieldSpec:
    """Something recorded beside a framework's item: text or a date."""

    id: str
    label: str
    type: str
    added: bool = False
    line: int = 0


@dataclass(frozen=True, eq=False)
class Rubric:
    """One sheet, compared by identity. `tree` is the paper's outline, `criteria` its leaves in the paper's order."""

    id: str
    title: str
    kind: Kind
    office: str
    year: int
    document: str
    clause: str
    max: Decimal
    tree: tuple[TreeNode, ...]
    grades: tuple[Grade, ...] = ()
    comments: tuple[Comment, ...] = ()
    statistics: Statistics | None = None
    states: tuple[StateChoice, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    texts: tuple[SourceText, ...] = ()
    notes: tuple[Note, ...] = ()
    content_hash: str = ""
    structure_hash: str = ""
    path: str = ""

    def nodes(self) -> Iterator[TreeNode]:
        """Every section and criterion, in the paper's order."""
        stack = list(reversed(self.tree))
        while stack:
            node = stack.pop()
            yield node
            if isinstance(node, Section):
                stack += reversed(node.items)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The leaves in the paper's order."""
        return tuple(n for n in self.nodes() if isinstance(n, Criterion))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The headings in the paper's order, every level."""
        return tuple(n for n in self.nodes() if isinstance(n, Section))

    @cached_property
    def _placed(self) -> tuple[Placed, ...]:
        def below(items: tuple[TreeNode, ...], above: tuple[Section, ...]) -> Iterator[Placed]:
            for node in items:
                if isinstance(node, Section):
                    yield from below(node.items, (*above, node))
                else:
                    yield node, above

        return tuple(below(self.tree, ()))

    @cached_property
    def _above(self) -> dict[str, tuple[Section, ...]]:
        return {leaf.id: above for leaf, above in self._placed}

    def sections_above(self, leaf: Criterion) -> tuple[Section, ...]:
        """The headings above a leaf, the outermost first."""
        return self._above[leaf.id]

    def leaves_with_notes(self) -> Iterator[tuple[Criterion, tuple[Note, ...]]]:
        """Every leaf with the source notes that bear on it: the sheet's, those of the headings above it, its own."""
        for leaf, above in self._placed:
            yield leaf, (*self.notes, *(note for section in above for note in section.notes), *leaf.notes)

    @cached_property
    def _by_id(self) -> dict[str, Criterion]:
        return {c.id: c for c in self.criteria}

    def criterion(self, criterion_id: str) -> Criterion:
        """The leaf of this id; RubricError with the nearest id otherwise."""
        found = self._by_id.get(criterion_id)
        if found is None:
            raise RubricError(f"「{self.title}」沒有「{criterion_id}」這一題{near(criterion_id, self._by_id) or '。'}")
        return found

    def has(self, criterion_id: object) -> bool:
        """Whether a leaf has this id."""
        return criterion_id in self._by_id

    @cached_property
    def all_notes(self) -> tuple[tuple[str, Note], ...]:
        """Every source note with the id of the node it stands at ("" for the whole sheet), in the paper's order."""
        own = [("", n) for n in self.notes]
        return (*own, *((node.id, note) for node in self.nodes() for note in node.notes))
