"""The one error base of this package. What the user's folder or file causes is told apart from a fault of ours."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Something went wrong inside the package: a fault of ours."""


class SourceError(KnowledgeError):
    """A folder or file that somebody named cannot be used; the message is a plain sentence for that person."""
