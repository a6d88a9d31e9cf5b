"""Documents, passages and index together, kept on disk so that a start needs no reading.

The kept file is rebuilt when any document, any added passage, or this package's own code changes, and when it is
damaged or cannot be read. It is replaced in one step: a reader sees the old one or the new one. A cache that cannot be
written costs only time. Passages are unfolded from the file as they are asked for, so 100,000 of them open at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge import kept
from knowledge.folders import BUILT_IN, digest, files
from knowledge.index import Index, build
from knowledge.kept import Head
from knowledge.passages import Passage

_READERS = (
    "catalog", "compose", "figures", "folders", "grams", "index", "kept", "markers", "outline", "passages", "reading",
    "scales", "shelf", "source", "tables", "cells", "placing", "plain_tables",
)  # fmt: skip


NEIGHBOURS = 500  # characters up to which a short clause belongs to its neighbours


@dataclass(frozen=True)
class Shelf:
    """What can be searched. `documents` say which positions of `passages` are theirs (first, last: half-open)."""

    documents: tuple[Head, ...]
    passages: Sequence[Passage]
    index: Index
    positions: kept.Positions

    def position(self, passage_id: str) -> int | None:
        """Where the passage with this id stands; None when there is none."""
        return self.positions.find(passage_id)

    def get(self, passage_id: str) -> Passage | None:
        """The passage with this id."""
        at = self.position(passage_id)
        return None if at is None else self.passages[at]

    def ranges(self, names: Iterable[str]) -> list[tuple[int, int]]:
        """The positions of these documents' passages, for Index.candidates(within=…), neighbours joined."""
        found: list[tuple[int, int]] = []
        for first, last in sorted(self._spans[n] for n in set(names) if n in self._spans):
            if found and found[-1][1] == first:
                found[-1] = (found[-1][0], last)
            elif first < last:
                found.append((first, last))
        return found

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        return {head.name: (head.first, head.last) for head in self.documents}

    def family(self, passage: Passage) -> list[Passage]:
        """The passage and its siblings in the paper's order."""
        return [p for i in passage.siblings or (passage.id,) if (p := self.get(i))]

    def children(self, passage: Passage) -> list[Passage]:
        """What hangs directly below the passage."""
        return [p for i in passage.children if (p := self.get(i))]

    def around(self, passage: Passage) -> str:
        """The passage with what belongs to it: an option's item, a heading's branch, a short clause's neighbours."""
        if passage.kind == "option" and passage.parent:
            passage = self.get(passage.parent) or passage
        parent = None if passage.children else self.parent(passage)
        if parent is not None and not parent.cut and len(parent.full) <= NEIGHBOURS:
            return parent.full + "\n" + passage.text
        return passage.full + "\n" + passage.text

    def parent(self, passage: Passage) -> Passage | None:
        """What the passage hangs under."""
        return self.get(passage.parent) if passage.parent else None


def open_shelf(
    folders: Sequence[Path] = (BUILT_IN,), cache: Path | None = None, extra: Sequence[Passage] = ()
) -> Shelf:
    """The shelf over these folders and added passages: the kept one when it still fits, else a new one, then kept.

    SourceError: a folder is not there. A cache that is damaged or cannot be written is never an error.
    """
    key = _key(folders, extra)
    if cache is not None:
        found = kept.load(cache, key)
        if found is not None:
            return Shelf(*found)
    shelf = make_shelf(folders, extra)
    if cache is not None:
        kept.save(cache, key, shelf.documents, shelf.passages, shelf.index)
    return shelf


def make_shelf(folders: Sequence[Path], extra: Sequence[Passage] = ()) -> Shelf:
    """A new shelf from the files themselves."""
    from knowledge.reading import load_documents  # the readers are not loaded when the kept index fits

    heads: list[Head] = []
    passages: list[Passage] = []
    for document in load_documents(folders):
        first = len(passages)
        passages += document.passages
        heads.append(
            Head(
                document.name, document.title, document.office, document.year, document.aliases,
                document.credit.number, first, len(passages), document.doubts, document.tables, document.lines,
            )
        )  # fmt: skip
    return shelf_of(passages, heads, extra)


def shelf_of(passages: Sequence[Passage], heads: Sequence[Head] = (), extra: Sequence[Passage] = ()) -> Shelf:
    """A shelf over passages that stand document by document; heads are made from them when none are given."""
    together = [*passages, *sorted(extra, key=lambda p: p.document)] if extra else passages
    known = list(heads) or _heads(passages, 0)
    if extra:
        known += _heads(together[len(passages) :], len(passages))
    return Shelf(tuple(known), together, build(together), kept.Positions([p.id for p in together]))


def _heads(passages: Sequence[Passage], first: int) -> list[Head]:
    from knowledge.catalog import aliases

    heads: list[Head] = []
    start = 0
    for i in range(1, len(passages) + 1):
        if i == len(passages) or passages[i].document != passages[start].document:
            p = passages[start]
            heads.append(Head(p.document, p.title, p.office, p.year, aliases(p.office), "", first + start, first + i))
            start = i
    return heads


def _key(folders: Sequence[Path], extra: Sequence[Passage]) -> str:
    """What a kept shelf depends on: the files, the added passages, and the code that reads them."""
    mixed = hashlib.sha256()
    for path in files(folders):
        mixed.update(f"{path.name}\0{digest(path)}\n".encode())
    for passage in extra:
        mixed.update(f"{passage.id}\0{passage.document}\0{passage.section}\0{passage.text}\n".encode())
    for module in _READERS:
        mixed.update(f"{module}\0{digest(Path(__file__).parent / f'{module}.py')}\n".encode())
    return mixed.hexdigest()
