"""The question in its comparing form, and the parts of it that are understood already.

One width and case, 台 for 臺, Traditional characters, 第一組 as 第1組, no spaces but between digits. Parts that were
understood are blanked out, so that what is left over tells how much was not.
"""

from __future__ import annotations

import re

from knowledge.normal import plain, traditional

from .period_words import number_of

BLANK = "▢"  # stands where something was understood
_ORDINAL = re.compile(r"第\s*([一二三四五六七八九十]{1,3}|\d+)\s*(?=[季組課科股室區河分])")
_SPACES = re.compile(r"(?<!\d)\s+|\s+(?!\d)")


def folded(text: str) -> str:
    """The comparing form. Simplified characters become Traditional ones when there are any; broken ones become ?."""
    words = plain(text.encode("utf-8", "replace").decode("utf-8"))
    try:
        words.encode("big5")
    except UnicodeEncodeError:
        words = plain(traditional(words))
    words = _ORDINAL.sub(lambda found: f"第{number_of(found[1])}", words)
    return _SPACES.sub("", words)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these places blanked out, as long as before."""
    for start, end in spans:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text
