"""Telegram's HTML parser and length rules as its documentation and server describe them, written apart from ours."""

from __future__ import annotations

import re
from html import unescape

SIMPLE_TAGS = frozenset(
    ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "code", "pre", "blockquote"]
)
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class ParseError(Exception):
    """Telegram's sentence after 「Bad Request: can't parse entities: 」."""


def utf16(text: str) -> int:
    return sum(2 if ord(char) > 0xFFFF else 1 for char in text)


def parse(html: str) -> str:
    """The text that remains when the tags are taken out; raises ParseError as Telegram's server does."""
    out: list[str] = []
    open_tags: list[str] = []
    at = 0
    while at < len(html):
        char = html[at]
        if char == "&":
            text, at = _entity(html, at)
            out.append(text)
        elif char != "<":
            out.append(char)
            at += 1
        else:
            at = _tag(html, at, open_tags)
    if open_tags:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(out)


def _entity(html: str, at: int) -> tuple[str, int]:
    found = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|\w+);").match(html, at)
    if not found:
        return "&", at + 1
    name = found[1]
    if name.startswith("#"):
        return unescape(found[0]), found.end()
    return (NAMED[name], found.end()) if name in NAMED else ("&", at + 1)


def _tag(html: str, at: int, open_tags: list[str]) -> int:
    offset = len(html[:at].encode())
    end = html.find(">", at)
    if end < 0:
        raise ParseError(f"Unclosed start tag at byte offset {offset}")
    inside = html[at + 1 : end]
    if inside.startswith("/"):
        if not open_tags:
            raise ParseError(f"Unexpected end tag at byte offset {offset}")
        expected = open_tags.pop()
        if inside[1:].strip() not in ("", expected):
            raise ParseError(f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "<{inside}>"')
        return end + 1
    name, _, attributes = inside.partition(" ")
    linked = name == "a" and "href=" in attributes
    if name not in SIMPLE_TAGS and not linked and not (name == "span" and 'class="tg-spoiler"' in attributes):
        raise ParseError(f'Unsupported start tag "{name}" at byte offset {offset}')
    open_tags.append(name)
    return end + 1
