"""Turns a Reply into the calls that Telegram will accept, as plain JSON that the outbox can keep.

Limits (Bot API documentation): 4,096 UTF-16 units a message and 1,024 a caption after entity parsing, 8 buttons a row
and 100 in all, 10 MB a photo, 50 MB a document. A long text is cut between paragraphs, lines or sentences; a tag is
closed and opened again at the cut, a character is never torn. It knows nothing of the network and decides nothing.
"""

from __future__ import annotations

import base64
import itertools
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from bot.faces.markup import Run, bare, clean, runs, to_html
from bot.messages import MAX_BUTTONS, MAX_BUTTONS_IN_ROW, Attachment, Choice, Reply
from bot.texts import faces as texts

Payload = dict[str, Any]

MESSAGE_UNITS = 4096
CAPTION_UNITS = 1024
PHOTO_BYTES = 10 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000  # width and height together, in pixels
ANSWER_UNITS = 200

_log = logging.getLogger(__name__)
# Where a long text may be cut, best first; the cut comes after the mark
_CUTS = ("\n\n", "\n", "。", "；", "，", " ")


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def payloads(reply: Reply, pressed: int | None = None) -> list[Payload]:
    """The calls for one reply, in the order in which they are to be sent.

    `pressed` is the id of the message whose button was pressed: an in-place reply changes that one. Pictures stand
    above the text, documents below it; the buttons hang on the last part of the text.
    """
    pictures = [_file(one) for one in reply.attachments if one.kind == "picture"]
    documents = [_file(one) for one in reply.attachments if one.kind == "document"]
    keyboard = _keyboard(reply.choices)
    parts = [to_html(part) for part in split(runs(reply.text), MESSAGE_UNITS)]
    if not parts and (keyboard or not reply.attachments):
        parts = [texts.CHOOSE]
    messages: list[Payload] = [{"kind": "text", "html": part} for part in parts]
    if messages and keyboard:
        messages[-1]["keyboard"] = keyboard
    if messages and reply.in_place and pressed is not None and not pictures:
        messages[0] = {**messages[0], "kind": "edit", "message": pressed}
    return [*pictures, *messages, *documents]


def answer(query: str, text: str = "") -> Payload:
    """The call that ends the waiting sign on a pressed button, with an optional short notice."""
    return {"kind": "answer", "query": query, "text": _cut_to(text, ANSWER_UNITS)}


def notice(text: str) -> Payload:
    """A plain sentence of the face's own."""
    return {"kind": "text", "html": to_html([Run(text)])}


def split(parts: Sequence[Run], limit: int) -> list[list[Run]]:
    """Cuts runs into pieces of at most `limit` UTF-16 units that are not blank; [] when there is nothing to read."""
    text = bare(parts)
    tags = list(itertools.chain.from_iterable([part.tags] * len(part.text) for part in parts))
    pieces: list[list[Run]] = []
    start = 0
    while start < len(text):
        if text[start].isspace():  # Telegram trims what it gets; a piece of spaces alone would be refused
            start += 1
            continue
        end = _cut(text, start, limit)
        last = end - len(text[start:end]) + len(text[start:end].rstrip())
        pieces.append(_runs_between(text, tags, start, last))
        start = end
    return pieces


def _cut(text: str, start: int, limit: int) -> int:
    end = _reach(text, start, limit)
    if end == len(text):
        return end
    window = text[start:end]
    for mark in _CUTS:
        at = window.rfind(mark)
        if at >= len(window) // 2:
            return start + at + len(mark)
    return end


def _reach(text: str, start: int, limit: int) -> int:
    """The position that `limit` UTF-16 units from `start` reach without tearing a character."""
    used = 0
    for at in range(start, len(text)):
        used += 2 if ord(text[at]) > 0xFFFF else 1
        if used > limit:
            return at
    return len(text)


def _runs_between(text: str, tags: Sequence[tuple[str, ...]], start: int, end: int) -> list[Run]:
    groups = itertools.groupby(range(start, end), key=lambda at: tags[at])
    return [Run("".join(text[at] for at in group), key) for key, group in groups]


def _keyboard(choices: Iterable[Sequence[Choice]]) -> list[list[list[str]]]:
    keyboard: list[list[list[str]]] = []
    left = MAX_BUTTONS
    for row in choices:
        buttons = [[one.id, clean(one.label).strip() or one.id] for one in row]
        if len(buttons) > left:
            _log.error("more than %d buttons in one reply: the rest is left out", MAX_BUTTONS)
        buttons = buttons[:left]
        left -= len(buttons)
        keyboard += [buttons[at : at + MAX_BUTTONS_IN_ROW] for at in range(0, len(buttons), MAX_BUTTONS_IN_ROW)]
    return keyboard


def _file(attachment: Attachment) -> Payload:
    photo = attachment.kind == "picture" and len(attachment.data) <= PHOTO_BYTES and _fits_photo(attachment.data)
    return {
        "kind": "photo" if photo else "document",
        "name": attachment.name,
        "data": base64.b64encode(attachment.data).decode("ascii"),
        "html": to_html([Run(_cut_to(attachment.caption, CAPTION_UNITS))]) if attachment.caption else "",
    }


def _fits_photo(data: bytes) -> bool:
    """Telegram refuses photos whose sides add up to more than 10,000 or differ by more than 20 to 1 (PNG header)."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return True
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return width + height <= MAX_PHOTO_SIDES and max(width, height) <= 20 * max(1, min(width, height))


def _cut_to(text: str, limit: int) -> str:
    cleaned = clean(text).strip()
    return cleaned if units(cleaned) <= limit else cleaned[: _reach(cleaned, 0, limit - 1)] + "…"
