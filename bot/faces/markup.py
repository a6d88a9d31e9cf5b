"""Reads the small subset of HTML that a Reply's text is written in, for the faces to render in their own way.

The subset is <b>, <i>, <code> and <blockquote>, line breaks and escaped characters. Anything else that looks like a
tag is kept as the characters it is made of: a slip of ours must show as odd text, never as a lost message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape

from markupsafe import Markup

_TAG = re.compile(r"<(/?)(b|i|code|blockquote)>|<br\s*/?>")
# What may not reach a screen or a message: control characters (an escape sequence could paint the terminal)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Run:
    """A stretch of text with the tags around it, outermost first."""

    text: str
    tags: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Text without control characters (tab and line feed stay) and without halves of surrogate pairs."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROLS.sub("", joined.replace("\r\n", "\n").replace("\r", "\n"))


def runs(text: Markup) -> list[Run]:
    """The text as runs. Tags left open end with the text; a closing tag without its opening is dropped."""
    found: list[Run] = []
    open_tags: list[str] = []
    at = 0
    source = str(text)
    for match in _TAG.finditer(source):
        _add(found, source[at : match.start()], open_tags)
        at = match.end()
        closing, tag = match.group(1), match.group(2)
        if tag is None:
            _add(found, "\n", open_tags)
        elif not closing:
            open_tags.append(tag)
        elif tag in open_tags:
            del open_tags[len(open_tags) - 1 - open_tags[::-1].index(tag)]
    _add(found, source[at:], open_tags)
    return found


def to_html(parts: Sequence[Run]) -> str:
    """The runs as balanced HTML of the subset; neighbouring runs share their common tags."""
    out: list[str] = []
    open_tags: tuple[str, ...] = ()
    for part in parts:
        shared = 0
        while shared < min(len(open_tags), len(part.tags)) and open_tags[shared] == part.tags[shared]:
            shared += 1
        out += [f"</{tag}>" for tag in reversed(open_tags[shared:])]
        out += [f"<{tag}>" for tag in part.tags[shared:]]
        out.append(escape(part.text, quote=False))
        open_tags = part.tags
    out += [f"</{tag}>" for tag in reversed(open_tags)]
    return "".join(out)


def bare(parts: Sequence[Run]) -> str:
    """The characters alone."""
    return "".join(part.text for part in parts)


def _add(found: list[Run], raw: str, tags: Sequence[str]) -> None:
    text = clean(unescape(raw))
    if not text:
        return
    if found and found[-1].tags == tuple(tags):
        found[-1] = Run(found[-1].text + text, tuple(tags))
    else:
        found.append(Run(text, tuple(tags)))
