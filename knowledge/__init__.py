"""The documents and what they answer: outline, passages, candidates, ranked and cited answers.

The names are loaded when they are first used: commands that only compare names need no index.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.answers import Answer, Quote
    from knowledge.errors import KnowledgeError, SourceError
    from knowledge.library import Library, open_library
    from knowledge.passages import Passage

__all__ = ["Answer", "KnowledgeError", "Library", "Passage", "Quote", "SourceError", "open_library"]

_HOME = {
    "Answer": "answers", "Quote": "answers", "KnowledgeError": "errors", "SourceError": "errors",
    "Library": "library", "open_library": "library", "Passage": "passages",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
