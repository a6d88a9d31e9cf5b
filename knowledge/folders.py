"""Which text files a library is made of, and how a kept index knows that they are still the same.

It opens nothing but to hash it: with a kept index nobody reads the documents, and their readers are not even loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from knowledge.errors import SourceError

BUILT_IN = Path(__file__).parent / "documents"
ENDINGS = frozenset({".txt", ".md", ".markdown", ".text", ".tsv"})
MOST_FILES = 20_000


def files(folders: Iterable[Path]) -> list[Path]:
    """The text files of the folders (or files), by name, hidden ones left out. SourceError: a folder is not there."""
    found: list[Path] = []
    for folder in folders:
        if folder.is_file():
            found.append(folder)
        elif folder.is_dir():
            inside = (p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
            found += sorted(p for p in inside if not any(s.startswith(".") for s in p.relative_to(folder).parts))
        else:
            raise SourceError(f"找不到文件資料夾：{folder}")
    return found[:MOST_FILES]


def digest(path: Path) -> str:
    """The hash by which a kept index knows that a file is still the same; '' when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
