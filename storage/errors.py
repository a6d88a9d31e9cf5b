"""What storage raises: the user's fault and ours are told apart.

A `UserFault` carries one sentence in Traditional Chinese that may be shown as it stands; anything else is ours, goes
to the log, and its text is for engineers.
"""

from __future__ import annotations


class StorageError(Exception):
    """The base of everything this package raises on purpose."""


class UserFault(StorageError):  # noqa: N818 - named by whose fault it is, as its counterpart
    """Something the person can mend; the message is a sentence they may read."""


class NotFound(UserFault):
    """What was named is not there (any more)."""


class Conflict(UserFault):
    """Somebody else changed it meanwhile, or it would stand twice."""


class Refused(UserFault):
    """A value that cannot be kept."""


class EngineFault(StorageError):  # noqa: N818 - as above
    """The database refused: a fault of ours, a full disk, a broken or foreign file. Holds SQL, never values."""


class NewerFile(StorageError):  # noqa: N818 - as above
    """The file was written by a newer version of the program, which this one must not touch."""
