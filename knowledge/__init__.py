"""The documents and what they answer: outline, passages, candidates, ranked and cited answers."""

from knowledge.answers import Answer, Quote
from knowledge.errors import KnowledgeError, SourceError
from knowledge.library import Library, open_library
from knowledge.passages import Passage

__all__ = ["Answer", "KnowledgeError", "Library", "Passage", "Quote", "SourceError", "open_library"]
