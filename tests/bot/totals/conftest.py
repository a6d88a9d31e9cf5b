"""The installation that most tests of figures read. Tests that write to it, or need another, make their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .world import World, build


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """Two and a half years of three offices' tests and sheets, in memory."""
    made = build()
    yield made
    made.services.store.close()
