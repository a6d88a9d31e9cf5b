"""The one error that a conversation or command raises on purpose."""

from __future__ import annotations


class UserError(Exception):
    """Something the person can mend: the message is the sentence they read."""
