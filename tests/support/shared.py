"""What never changes during a run of the tests, and takes long to make: the index over the built-in documents.

It is the product's own, made once in each test process instead of once for each test.
"""

from __future__ import annotations

from functools import cache, cached_property

from bot.app import Services
from bot.settings import BUILT_IN_DOCUMENTS
from knowledge.library import Library, open_library


@cache
def built_in() -> Library:
    """The library over the built-in documents."""
    return open_library((BUILT_IN_DOCUMENTS,))


class SharedServices(Services):
    """The services, with the one library where the settings ask for the built-in documents."""

    @cached_property
    def library(self) -> Library:
        if self.settings.documents == (BUILT_IN_DOCUMENTS,):
            return built_in()
        return open_library(self.settings.documents)
