"""What typed or pressed words can mean at an item: small frozen records, so that reading and doing stay apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .figures import Figure


@dataclass(frozen=True)
class Given:
    """A complete answer, in the form's own shape."""

    answer: Any


@dataclass(frozen=True)
class Narrowed:
    """An option or band with a range was chosen; its points are still to be given."""

    choice: str


@dataclass(frozen=True)
class Proposed:
    """A figure fits a band (or a base score); the person confirms it."""

    choice: str
    figure: Figure
    points: Decimal | None = None


@dataclass(frozen=True)
class WhichMeasure:
    """A bare number where rings or seconds could be meant."""

    value: Decimal


@dataclass(frozen=True)
class WhichOption:
    """The words fit these options (positions)."""

    positions: tuple[int, ...]


@dataclass(frozen=True)
class Refused:
    """An attempt that cannot stand; the sentence says what can."""

    message: str


Reading = Given | Narrowed | Proposed | WhichMeasure | WhichOption | Refused | None
