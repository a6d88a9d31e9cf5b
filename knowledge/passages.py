"""The unit of an answer: one clause, one passage, one citation.

A passage knows its chain of headings, its own words, its points and bands, and its place among parent, children and
siblings. Every piece of its text stands verbatim in the source; pieces are parted by a line break or by U+3000, where
the source has them in different cells. It refuses to interpret: what a question means is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

GAP = "\u3000"  # joins pieces which the source keeps in different cells (an option and its points)
LONGEST = 800  # characters of `full`: what one reply may show


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as it stands in a text: 85 '%', 10 '秒', 2 '次'; `start` and `end` count characters."""

    value: Decimal
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Band:
    """One row of a scale inside a passage: '20-25 分 …達 85% 以上。', '甲=899-800 分', or an option with its points.

    `low` and `high` are points (low None: no lower end, high None: no upper end). `start` and `end` span the row in
    Passage.text. `threshold` is the first measured value that the row demands, with `unit` ('%', '件', '分', …) and
    `op` ('>=', '<=', '=', '>', '<'); None when the row is in words.
    """

    low: Decimal | None
    high: Decimal | None
    label: str
    text: str
    start: int
    end: int
    threshold: Decimal | None = None
    unit: str = ""
    op: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause, item, row, heading or note of a document.

    kind: 'title', 'heading' (has children, says little itself), 'clause', 'list' (a clause that opens a list),
    'item' (earns points), 'option' (one answer of an item), 'row' (of a plain table), 'table' (a table's head without
    rows), 'note' (※, 填寫說明, 〔…〕), 'form' (blanks to fill in).
    path: the headings above, outermost first; heading: its own short name ('' for a plain clause), also the first
    line of `text`. text: own words (an item's bands and options stand in it). full: with all that hangs below when that
    is at most 800 characters, else `brief` (and `cut` is true). brief: own words and the headlines below, as many
    levels as 800 characters hold. points: the most it can earn; least: the low end where it earns a range.
    """

    id: str
    document: str
    title: str
    office: str
    year: int | None
    path: tuple[str, ...]
    heading: str
    text: str
    full: str
    kind: str
    lines: tuple[int, int]
    order: int
    marker: str = ""
    parent: str | None = None
    children: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    points: Decimal | None = None
    least: Decimal | None = None
    bands: tuple[Band, ...] = ()
    figures: tuple[Figure, ...] = ()
    brief: str = ""
    cut: bool = False

    @property
    def section(self) -> str:
        """The chain of headings with the passage's own, joined by ' › '."""
        return " › ".join((*self.path, self.heading) if self.heading else self.path)


def family(passages: Mapping[str, Passage], passage: Passage) -> tuple[Passage, ...]:
    """The passage with its siblings, in the paper's order; just the passage when it has none."""
    return tuple(passages[i] for i in passage.siblings) or (passage,)
