"""A store in memory for each test, and the clock that it reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage import Store
from tests.storage.making import Clock, open_test_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    opened = open_test_store(clock=clock)
    yield opened
    opened.close()
