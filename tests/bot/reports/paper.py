"""Recorded assessments for the forms' tests, and reading the files back without the library that wrote them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import rubrics
from bot.app import Services
from bot.recording import main_sections
from bot.rocdate import OFFSET
from storage.assessment import NewRecord, Record
from tests.bot.support import Clock, services
from tests.support.worked_example import WORKED as WORKED

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
BUREAU = "經濟部水利署"
MINES = "經濟部礦務局"


def at(moment: str = "2016-12-20T09:00", **roles: Any) -> Services:
    """An installation in memory at that time."""
    return services(clock=Clock(datetime.fromisoformat(moment).replace(tzinfo=OFFSET)), **roles)


def full(made: Services, rubric_id: str, short: dict[str, int] | None = None) -> dict[str, int]:
    """A sheet with every item at its maximum, but for those that are short of it by so much."""
    return {c.id: int(c.max) - (short or {}).get(c.id, 0) for c in made.rubrics.get(rubric_id).criteria}


def recorded(
    made: Services, rubric_id: str, office: str, unit: str | None, form: dict[str, Any], when: str, **more: Any
) -> Record:
    """Records a form as the importer would."""
    rubric = made.rubrics.get(rubric_id)
    scored = rubrics.score(rubric, form)
    assert not scored.problems
    assert scored.total is not None
    new = NewRecord(
        rubric_id=rubric.id,
        rubric_kind=rubric.kind,
        rubric_hash=rubric.content_hash,
        structure_hash=rubric.structure_hash,
        unit_id=made.store.units.ensure(office, unit).id,
        tester_id=more.pop("tester", "t1"),
        tester_name="王小明",
        called_at=datetime.fromisoformat(when).replace(tzinfo=OFFSET),
        form=form,
        points=scored.points,
        total=scored.total,
        max=scored.max,
        sections=main_sections(rubric, scored),
        **more,
    )
    return made.store.records.add(new)


def root(data: bytes, part: str = "content.xml") -> ElementTree.Element:
    """A part of an OpenDocument file, parsed without odfdo."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.testzip() is None
        return ElementTree.fromstring(archive.read(part))  # noqa: S314 - our own file


def paragraphs(data: bytes) -> list[str]:
    """The text of every paragraph, spaces as they are."""
    return [_text(one) for one in root(data).iter(_tag("text:p"))]


def cells(data: bytes, table: int = 0) -> list[list[str]]:
    """The cells of a table row by row; those covered by a spanning one are left out."""
    found = list(root(data).iter(_tag("table:table")))[table]
    return [
        ["\n".join(_text(p) for p in cell.iter(_tag("text:p"))) for cell in row.findall("table:table-cell", NAMES)]
        for row in found.iter(_tag("table:table-row"))
    ]


def _text(paragraph: ElementTree.Element) -> str:
    found = [paragraph.text or ""]
    for child in paragraph:
        blank = " " * int(child.get(_tag("text:c"), "1")) if child.tag == _tag("text:s") else ""
        found += [blank, _text(child), child.tail or ""]
    return "".join(found)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def document(name: str) -> str:
    """A source document without white space."""
    folder = Path(__file__).resolve().parents[3] / "knowledge" / "documents"
    return squeezed(next(folder.glob(f"{name}*")).read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
