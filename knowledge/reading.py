"""From folders of text files to documents and their passages.

An odd file becomes a document with a doubt, never an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.catalog import Credit, credit
from knowledge.compose import passages
from knowledge.folders import BUILT_IN, digest, files
from knowledge.markers import match
from knowledge.outline import Node, Outline
from knowledge.passages import Passage
from knowledge.source import Block, Line, Table, blocks, read
from knowledge.tables import TableReader


@dataclass(frozen=True, slots=True)
class Document:
    """A read file: what it says of itself, its passages in order, and what was doubtful about it."""

    name: str
    path: Path
    digest: str
    encoding: str
    credit: Credit
    passages: tuple[Passage, ...]
    doubts: tuple[str, ...] = ()
    tables: int = 0
    lines: int = 0
    text: str = field(default="", repr=False)

    @property
    def title(self) -> str:
        return self.credit.title

    @property
    def office(self) -> str:
        return self.credit.office

    @property
    def year(self) -> int | None:
        return self.credit.year

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.credit.aliases


def load_documents(folders: Sequence[Path] = (BUILT_IN,)) -> list[Document]:
    """Every text file of the folders as a document, in the order of their names; names that repeat get a number."""
    documents: list[Document] = []
    names: set[str] = set()
    for path in files(folders):
        name, n = path.name, 1
        while name in names:
            n += 1
            name = f"{path.stem}~{n}{path.suffix}"
        names.add(name)
        documents.append(load(path, name))
    return documents


def load(path: Path, name: str | None = None) -> Document:
    """One file as a document."""
    text, encoding, doubts = read(path)
    return parse(text, name or path.name, path, encoding, doubts, digest(path))


def parse(
    text: str,
    name: str,
    path: Path | None = None,
    encoding: str = "utf-8",
    doubts: Sequence[str] = (),
    digest_: str = "",
) -> Document:
    """A text as a document: its outline, its passages, its doubts."""
    found, more = blocks(text)
    root, told, tables = _grow(found)
    said = credit(_titles(root), [b.text for b in found[:24] if isinstance(b, Line)], Path(name).stem)
    parts = passages(root, name, said)
    all_doubts = [*doubts, *more, *told]
    if text.strip() and not any(n.marker for n in _nodes(root)) and not tables:
        all_doubts.append("看不出條號或表格，只能整段搜尋。")
    return Document(
        name, path or Path(name), digest_, encoding, said, parts, tuple(all_doubts), tables, text.count("\n") + 1, text
    )


def _grow(found: list[Block]) -> tuple[Node, list[str], int]:
    numbered = [m for b in found if isinstance(b, Line) and (m := match(b.text))]
    outline = Outline(decimal=sum(m.family.startswith("dec") for m in numbered) > 1)
    doubts: list[str] = []
    tables = 0
    for i, block in enumerate(found):
        if isinstance(block, Table):
            reader = TableReader(outline, block)
            reader.read()
            doubts += reader.doubts
            tables += 1
        else:
            following = found[i + 1] if i + 1 < len(found) else None
            outline.line(block, following if isinstance(following, Line) else None)
    return outline.root, doubts, tables


def _titles(root: Node) -> list[str]:
    titles: list[str] = []
    for child in root.children:
        if child.kind != "title":
            break
        titles += child.pieces
        if any(c.marker for c in child.children):
            break
    return titles


def _nodes(node: Node) -> Iterable[Node]:
    for child in node.children:
        yield child
        yield from _nodes(child)
