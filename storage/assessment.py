"""What an assessment is, going in and coming out, and how a row holds it.

Points, subtotals, total and maximum are exact Decimals; the form is kept as the person answered it. Nothing here knows
what the points mean: whoever adds a record has scored it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from storage import times, values
from storage.engine import Row
from storage.errors import Refused

RubricKind = Literal["phone", "sheet", "framework"]
AssessmentKind = Literal["self", "superior"]
LinkKind = Literal["no_answer_first", "retest"]
Source = Literal["chat", "import", "demo"]


@dataclass(frozen=True)
class NewRecord:
    """A scored form, about to be recorded.

    `called_at` has a time zone. `form` maps ids to answers, `points` criterion ids to points, `sections` the sheet's
    main sections to subtotals, in the paper's order. `remarks` is plain JSON: {strengths, improvements, reasons}.
    `period` is the caller's own id of the half-year or year. `linked_to` is the series of an earlier test: of the first
    call that nobody answered, or of the test that this one repeats; `link_kind` says which. `counted` False keeps a
    record out of all totals. `fingerprint` makes an imported line stand once. `created_by` empty means the tester.
    """

    rubric_id: str
    rubric_kind: RubricKind
    rubric_hash: str
    structure_hash: str
    unit_id: int
    tester_id: str
    tester_name: str
    called_at: datetime
    form: Mapping[str, Any]
    points: Mapping[str, Decimal]
    total: Decimal
    max: Decimal
    sections: Mapping[str, Decimal] = field(default_factory=dict)
    phone: str = ""
    grade: str | None = None
    remarks: Mapping[str, Any] = field(default_factory=dict)
    kind: AssessmentKind | None = None
    period: str | None = None
    linked_to: int | None = None
    link_kind: LinkKind | None = None
    counted: bool = True
    source: Source = "chat"
    fingerprint: str | None = None
    created_by: str = ""


@dataclass(frozen=True)
class Record:
    """One revision of an assessment, as it was recorded and will stay.

    `id` numbers the revision, `series` is the id of the first one, `revision` counts from 1. A withdrawal is a revision
    too (`withdrawn`), with the content it withdraws. `sequence` is 1 for a first test and one more for each test linked
    behind it. `reason` is None on the first revision.
    """

    id: int
    series: int
    revision: int
    withdrawn: bool
    counted: bool
    rubric_id: str
    rubric_kind: RubricKind
    rubric_hash: str
    structure_hash: str
    office_id: int
    unit_id: int
    tester_id: str
    tester_name: str
    phone: str
    called_at: datetime
    form: Mapping[str, Any]
    points: Mapping[str, Decimal]
    sections: Mapping[str, Decimal]
    total: Decimal
    max: Decimal
    grade: str | None
    remarks: Mapping[str, Any]
    kind: AssessmentKind | None
    period: str | None
    linked_to: int | None
    link_kind: LinkKind | None
    sequence: int
    source: Source
    fingerprint: str | None
    reason: str | None
    created_at: datetime
    created_by: str


def fingerprint(content: Mapping[str, Any]) -> str:
    """22 ASCII characters that are the same for the same JSON content, whatever the order of its keys."""
    canonical = json.dumps(json.loads(values.dump(content)), ensure_ascii=False, sort_keys=True, allow_nan=False)
    digest = hashlib.blake2b(canonical.encode(), digest_size=16).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def to_row(new: NewRecord) -> Row:
    """The columns that the record itself decides. Raises Refused for what cannot be kept."""
    if (new.linked_to is None) != (new.link_kind is None):
        raise Refused("連結的測試要同時說明是哪一筆、為什麼連結。")
    return {
        "counted": int(new.counted),
        "unit_id": new.unit_id,
        "tester_id": new.tester_id,
        "tester_name": new.tester_name,
        "phone": new.phone,
        "called_at": times.text(new.called_at),
        "form": values.dump(dict(new.form)),
        "points": values.dump_points(new.points),
        "sections": values.dump_points(new.sections),
        "total": values.plain(new.total),
        "max": values.plain(new.max),
        "grade": new.grade,
        "remarks": values.dump(dict(new.remarks)),
        "kind": new.kind,
        "period": new.period,
        "linked_to": new.linked_to,
        "link_kind": new.link_kind,
        "source": new.source,
        "fingerprint": new.fingerprint,
        "created_by": new.created_by or new.tester_id,
    }


def from_row(row: Row) -> Record:
    """A row of assessments joined with its rubric version, as a Record."""
    plain = {name: row[name] for name in _AS_THEY_ARE}
    return Record(
        **plain,
        withdrawn=bool(row["withdrawn"]),
        counted=bool(row["counted"]),
        called_at=times.moment(row["called_at"]),
        form=values.load(row["form"]),
        points=values.load_points(row["points"]),
        sections=values.load_points(row["sections"]),
        total=Decimal(row["total"]),
        max=Decimal(row["max"]),
        remarks=values.load(row["remarks"]),
        created_at=times.moment(row["created_at"]),
    )


_NAMES = """
    id series revision rubric_id rubric_kind rubric_hash structure_hash office_id unit_id tester_id tester_name
    phone grade kind period linked_to link_kind sequence source fingerprint reason created_by
"""
_AS_THEY_ARE = tuple(_NAMES.split())
