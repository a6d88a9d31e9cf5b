"""Text as the index sees it: characters and pairs of neighbouring characters, with Latin words and numbers whole.

Unspaced Chinese has no words to split; two-character grams with single characters beside them found more than any word
list (measured on the project's questions). A number pairs with its unit: '85%' gives 85, % and 85%.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]

WORD_BASE = 0xF0000  # Latin words and numbers become one private character each, so that pairs are pairs of characters
WORD_ROOM = 0x1FFFF
PAIR = np.uint64(21)  # bits of one character in a pair's key
_FOLD = str.maketrans(dict.fromkeys("‐‑‒–—―−～~─－", "-") | {"臺": "台"})
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_BREAK = re.compile(r"[^\S\x00\x01]+")


def fold(text: str) -> str:
    """The text ready for `codes`: NFKC, lower case, one character a word or number, white space gone."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD).lower()
    return _BREAK.sub("", _WORD.sub(_one_character, folded))


def _one_character(m: re.Match[str]) -> str:
    return chr(WORD_BASE + zlib.crc32(m.group().encode()) % WORD_ROOM)


def codes(folded: str) -> Codes:
    """The folded text's characters as numbers."""
    return np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def meaningful(found: Codes) -> npt.NDArray[np.bool_]:
    """Which characters count: Chinese characters, words, numbers, %; the rest parts them."""
    han = (found >= 0x3400) & (found <= 0x9FFF)
    counts: npt.NDArray[np.bool_] = han | (found >= 0x20000) | (found == 0x25)
    return counts


def keys(text: str) -> npt.NDArray[np.uint64]:
    """The keys of all single characters and pairs of a text, in order, repeats included."""
    found = codes(fold(text))
    return _keys(found, meaningful(found))[0]


def _keys(found: Codes, counts: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Keys and the place of each one's first character."""
    places = np.flatnonzero(counts)
    singles = found[places].astype(np.uint64)
    both = np.flatnonzero(counts[:-1] & counts[1:]) if len(found) > 1 else np.empty(0, dtype=np.int64)
    pairs = (found[both].astype(np.uint64) << PAIR) | found[both + 1].astype(np.uint64)
    return np.concatenate([singles, pairs]), np.concatenate([places, both])


def placed_keys(folded: str) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Keys of a folded text with the place of each one's first character."""
    found = codes(folded)
    return _keys(found, meaningful(found))


def is_pair(found: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Which keys stand for two characters."""
    return found >= np.uint64(1 << 21)
