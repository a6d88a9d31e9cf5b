"""What was understood of each document, for `kaoping documents`.

So that nobody has to guess why a clause is not found. It judges nothing: doubts come from the readers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.folders import BUILT_IN
from knowledge.passages import Passage
from knowledge.reading import Document, load_documents

_KINDS = {
    "heading": "標題", "clause": "條文", "list": "列舉", "item": "評分項目", "option": "選項", "row": "表格列",
    "table": "表頭", "note": "附註", "form": "填寫欄", "title": "表名",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """One document as it was understood. `sections`: its parts and top headings in order; `kinds`: passages by kind."""

    name: str
    title: str
    office: str
    year: int | None
    encoding: str
    lines: int
    passages: int
    tables: int
    bands: int
    sections: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    doubts: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The same for JSON."""
        return {
            "document": self.name, "title": self.title, "office": self.office, "year": self.year,
            "encoding": self.encoding, "lines": self.lines, "passages": self.passages, "tables": self.tables,
            "bands": self.bands, "sections": list(self.sections), "kinds": dict(self.kinds),
            "doubts": list(self.doubts),
        }  # fmt: skip

    def text(self, sections: int = 12) -> str:
        """The same for reading, a few lines in Traditional Chinese."""
        year = f"{self.year} 年" if self.year else "未載年度"
        kinds = "、".join(f"{name} {count}" for name, count in self.kinds)
        out = [f"{self.name}", f"  {self.title}（{self.office or '未載機關'}，{year}）"]
        out.append(
            f"  讀出 {self.passages} 段、{self.tables} 張表格、{self.bands} 個級距：{kinds}"
            if self.passages
            else "  沒有讀出內容"
        )
        if self.sections:
            more = f"…等 {len(self.sections)} 節" if len(self.sections) > sections else ""
            out.append("  章節：" + "；".join(self.sections[:sections]) + more)
        out += [f"  ⚠ {doubt}" for doubt in self.doubts]
        return "\n".join(out)


def describe(folders: Sequence[Path] = (BUILT_IN,)) -> list[Described]:
    """Every document of the folders as it was understood. SourceError: a folder is not there."""
    return [of(document) for document in load_documents(folders)]


def of(document: Document) -> Described:
    """One document as it was understood."""
    counted = Counter(p.kind for p in document.passages)
    return Described(
        document.name,
        document.title,
        document.office,
        document.year,
        document.encoding,
        document.lines,
        len(document.passages),
        document.tables,
        sum(len(p.bands) for p in document.passages if p.kind == "item" or p.kind == "clause"),
        _sections(document.passages),
        tuple((name, counted[kind]) for kind, name in _KINDS.items() if counted[kind]),
        document.doubts,
    )


def _sections(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The parts (annexes, forms, sheets) and the headings right below the title."""
    found: list[str] = []
    for p in passages:
        if (p.kind == "title" or (not p.path and p.heading)) and p.heading not in found:
            found.append(p.heading)
    return tuple(found)
