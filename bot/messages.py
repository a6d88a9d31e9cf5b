"""The whole contract of a face: what comes in from a person, and what goes back.

A face turns whatever its transport gives it into `Incoming`, hands it to the assistant, and renders each `Reply`.
It refuses nothing and decides nothing; text that a person typed never becomes markup unless it passed `Markup.format`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Literal

from markupsafe import Markup

MAX_BUTTON_BYTES = 64  # Telegram's limit on callback data: ids go there, never labels
MAX_BUTTONS_IN_ROW = 8
MAX_BUTTONS = 100


@dataclass(frozen=True)
class Incoming:
    """One turn of a person: typed text, or a pressed button (its id), never both.

    `chat` is the conversation ("telegram:77"), `sender` the person's id within the installation ("77"; the terminal's
    own user is "terminal:<name>"), `name` what the transport calls them.
    """

    chat: str
    sender: str
    name: str = ""
    text: str = ""
    button: str = ""

    @property
    def channel(self) -> str:
        """The face the turn came through: the part of `chat` before the colon."""
        return self.chat.partition(":")[0]


@dataclass(frozen=True)
class Choice:
    """A button: an ASCII id of at most 64 bytes, and the label that the person reads."""

    id: str
    label: str

    def __post_init__(self) -> None:
        """Raises ValueError when the id does not fit a button: that is a fault of ours, found in tests."""
        if not self.id.isascii() or not 0 < len(self.id) <= MAX_BUTTON_BYTES:
            raise ValueError(f"button id must be 1 to {MAX_BUTTON_BYTES} ASCII bytes: {self.id!r}")


MENU = Choice("home:open:start", "選單")  # the way on from wherever nothing else is offered
Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True)
class Attachment:
    """A picture (png) or a document, held in memory: a file name, its bytes and a short caption (plain text)."""

    kind: Literal["picture", "document"]
    name: str
    data: bytes
    caption: str = ""


@dataclass(frozen=True)
class Reply:
    """One message to the person.

    `text` is a small subset of HTML: <b>, <i>, <code>, <blockquote> and line breaks; everything else is escaped.
    `choices` are rows of buttons. `in_place` asks the face to change the message whose button was pressed instead of
    sending another one; a face that cannot (or a turn that was typed) sends it as a new message.
    """

    text: Markup
    choices: Rows = ()
    attachments: tuple[Attachment, ...] = ()
    in_place: bool = False

    def buttons(self) -> list[Choice]:
        """All buttons in reading order."""
        return [choice for row in self.choices for choice in row]


def rows(choices: Iterable[Choice], width: int = 1) -> Rows:
    """Lays buttons out, `width` a row."""
    flat = list(choices)
    return tuple(tuple(flat[i : i + width]) for i in range(0, len(flat), width))


def plain(text: Markup) -> str:
    """The text as a person reads it: without tags, with entities resolved, line breaks kept."""
    out: list[str] = []
    rest = str(text)
    while "<" in rest:
        before, _, tail = rest.partition("<")
        out.append(before)
        _tag, _, rest = tail.partition(">")
    out.append(rest)
    return unescape("".join(out))
