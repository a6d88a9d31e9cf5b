"""What every picture says above itself, and the small conversions that all kinds share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rubrics import plain, rounded

Number = Decimal | int | float


@dataclass(frozen=True)
class Heading:
    """Title (what, of whom), the lines below it (period, how many tests, by which sheet), and whether all
    is invented."""

    title: str
    lines: tuple[str, ...] = ()
    demo: bool = False


@dataclass(frozen=True)
class Band:
    """A grade and the least points that reach it."""

    label: str
    from_: Decimal


def exact(value: Number | None) -> Decimal | None:
    """A figure as Decimal; None stays None."""
    return value if value is None or isinstance(value, Decimal) else Decimal(str(value))


def shown(value: Decimal | None, places: int = 2) -> str:
    """Half up to at most so many decimals, without zeros at the end: 76.5, 9, 88.13."""
    if value is None:
        return "－"
    return plain(rounded(value, places))


def short_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels without the office's name, where all of them begin with the same one."""
    heads = {label.partition(" ")[0] for label in labels if " " in label}
    bare = [label for label in labels if " " not in label]
    if len(heads) != 1 or any(label not in heads for label in bare):
        return tuple(labels)
    head = heads.pop()
    return tuple(label.removeprefix(f"{head} ") for label in labels)


def label_of(row: Mapping[str, Any]) -> str:
    """A row's label, without the blanks that indent it in a table."""
    return str(row["label"]).strip().strip("　")
