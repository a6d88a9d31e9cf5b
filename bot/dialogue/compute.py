"""What the sheets can compute for a question: the line under a cited clause.

It refuses to compute without a sheet that fits the cited document and item.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import Services
from knowledge.answers import Answer, Quote


def computed(services: Services, answer: Answer, quote: Quote) -> Iterator[str]:
    """The computed lines for one quote; none when no sheet applies."""
    yield from ()
