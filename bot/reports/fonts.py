"""The font of all pictures, from a package that the project depends on: a character is never an empty box.

Noto Sans CJK holds every character of Big5. The file is read directly: importing the package that carries it would
change settings of the drawing library for the whole process. The Traditional shapes of Taiwan are asked for by
`LANGUAGE`, because the font's own are Japan's. It falls back to nothing: a missing package is an error.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = "notojp_matplotlib"
FILE = "NotoSansCJKjp-Regular.otf"
LANGUAGE = "zh-TW"


class FontError(Exception):
    """The package with the font is not installed: a fault of the installation."""


@lru_cache(maxsize=1)
def font_file() -> Path:
    """The font's file. Raises FontError when the package that brings it is missing."""
    found = find_spec(PACKAGE)
    path = Path(found.origin).parent / "fonts" / FILE if found and found.origin else None
    if path is None or not path.is_file():
        raise FontError(f"the package {PACKAGE} with {FILE} is not installed")
    return path


@lru_cache(maxsize=64)
def properties(size: float) -> Any:
    """What matplotlib wants to know of the font at so many points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font_file()), size=size)


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(font_file())).get_charmap())


def missing(text: str) -> set[str]:
    """The characters of the text that the font cannot draw (marks of emoji, for example)."""
    return {sign for sign in text if sign.isprintable() and ord(sign) not in _glyphs()}


def drawable(text: str) -> str:
    """The text without the characters that the font cannot draw."""
    lost = missing(text)
    return "".join(sign for sign in text if sign not in lost) if lost else text
