"""One way to compare Chinese official text: NFKC, 臺 read as 台, dashes and white space made equal.

Everything that is searched, compared or checked for being verbatim passes here. It refuses to change what is shown:
these forms are for comparing only. Simplified characters and same-sound typing errors have their readings here.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from types import ModuleType
from typing import Protocol

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−～~─－", "-") | {"臺": "台"})
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_TAG = re.compile(r"<[^>]{0,200}>")
_NOT_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003ffff%.\-]+")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def plain(text: str) -> str:
    """The text in its comparing form: NFKC, lower case, 台 for 臺, one kind of dash, single spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).lower()
    return _SPACE.sub(" ", folded).strip()


def squash(text: str) -> str:
    """The comparing form without any white space or tags: what a verbatim quote is held against."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", _TAG.sub("", text)).translate(_DASHES))


def words(text: str) -> str:
    """The comparing form with punctuation turned into single spaces; '2.5', '15-20' and '85%' stay whole."""
    loose = _NOT_WORD.sub(" ", plain(text))
    return " ".join(w.strip(".-") for w in loose.split() if w.strip(".-"))


@cache
def _simplified() -> _Converter:
    import opencc  # loading its tables takes a while, and most questions never need them

    converter: _Converter = opencc.OpenCC("s2tw")
    return converter


def traditional(text: str) -> str:
    """Simplified characters as the Traditional ones of Taiwan; Traditional text comes back as it was.

    A text with any character that only Traditional writing has is left alone: 台 or 只 would be guessed at otherwise.
    """
    return str(_simplified().convert(text))


@cache
def pronouncing() -> ModuleType:
    """The pypinyin package without its phrases: single characters need none, and they are most of its loading time."""
    switch = "PYPINYIN_NO_PHRASES"  # read by pypinyin alone, once, while it is imported
    before = os.environ.get(switch)
    os.environ[switch] = "1"
    try:
        import pypinyin
    finally:
        if before is None:
            del os.environ[switch]
        else:
            os.environ[switch] = before
    return pypinyin


@cache
def syllable(character: str) -> str:
    """The sound of one character in pinyin without its tone; '' when it has none."""
    if not "\u3400" <= character <= "\u9fff":
        return ""
    sound = pronouncing()
    return "".join(sound.lazy_pinyin(character, style=sound.Style.NORMAL, errors="ignore"))


def sounds(text: str) -> tuple[str, ...]:
    """The pinyin syllables of the text's characters, without tones; other characters stand as they are."""
    return tuple(syllable(c) or c for c in text)
