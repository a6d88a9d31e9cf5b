"""What several conversations' tests need."""

from __future__ import annotations

import pytest

from tests.bot.support import Clock


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until the test moves it."""
    return Clock()
