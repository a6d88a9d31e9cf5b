"""Records from the command line: listing what was recorded, and taking in what was done on paper.

An import is all or nothing: every line is checked first, every fault is named with its line, and the same line twice is
one record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import rubrics
from bot import lines, rocdate, units
from bot.app import Services
from bot.errors import UserError
from bot.texts import recording as texts
from rubrics import Rubric, Scored, for_json
from storage.assessment import NewRecord, Record, Source, fingerprint
from storage.records import RecordFilter
from storage.units import Unit

NEEDED = ("rubric", "office", "unit", "tester", "called_at", "form")
ALLOWED = (*NEEDED, "remarks", "phone", "kind", "period")
KINDS = {"self": "self", "superior": "superior", "自行考核": "self", "上級考核": "superior"}


def main_sections(rubric: Rubric, scored: Scored) -> dict[str, Any]:
    """Subtotals that a record keeps: the outermost headings, or the columns of the sheet's statistics table."""
    if rubric.statistics:
        by_id = {one.id: one.points for one in scored.sections} | scored.points
        return {column.node: by_id[column.node] for column in rubric.statistics.columns if column.node in by_id}
    return {one.id: one.points for one in scored.sections if one.depth <= 1}


def scored_fields(scored: Scored) -> dict[str, Any]:
    """What a record keeps of a scored form: sheet and hashes, points, subtotals, total, maximum, the grade's id."""
    rubric, total = scored.rubric, scored.total if scored.total is not None else Decimal(0)
    grade = rubrics.grade(rubric, total) if scored.total is not None else None
    return {
        "rubric_id": rubric.id,
        "rubric_kind": rubric.kind,
        "rubric_hash": rubric.content_hash,
        "structure_hash": rubric.structure_hash,
        "points": scored.points,
        "total": total,
        "max": scored.max,
        "sections": main_sections(rubric, scored),
        "grade": grade.id if grade else None,
    }


def list_records(
    services: Services, filters: Mapping[str, str | None], all_revisions: bool, limit: int | None
) -> tuple[str, list[dict[str, Any]]]:
    """The records that fit, newest first, as lines and as data. Raises UserError for a filter that cannot work."""
    found = _fitting(services, filters, all_revisions, limit)
    known = {unit.id: unit for unit in services.store.units.all(active_only=False)}
    named = services.store.units.full_names()
    data = [as_data(one, known) for one in found]
    return "\n".join(_line(services, one, named[one.unit_id]) for one in found) or texts.NONE, data


def _fitting(
    services: Services, filters: Mapping[str, str | None], all_revisions: bool, limit: int | None
) -> list[Record]:
    store, rubric_id, tester = services.store, filters.get("rubric"), filters.get("tester")
    if filters.get("series"):
        number = filters["series"] or ""
        if not number.isdigit():
            raise UserError(texts.BAD_SERIES.format(number=number))
        found = list(reversed(store.records.history(int(number))))
    else:
        found = store.records.find(
            RecordFilter(
                rubric_id=services.rubrics.get(rubric_id).id if rubric_id else None,
                unit_ids=_unit_ids(services, filters.get("unit")),
                since=_day(filters.get("from")),
                until=_day(filters.get("to")),
                latest_only=not all_revisions,
                limit=None if tester else limit,
            )
        )
    return [one for one in found if not tester or tester in (one.tester_id, one.tester_name)][:limit]


def _line(services: Services, one: Record, unit: str) -> str:
    known = one.rubric_id in services.rubrics
    line = texts.LINE.format(
        series=one.series,
        when=rocdate.short_time(one.called_at),
        unit=unit,
        total=rubrics.plain(one.total),
        max=rubrics.plain(one.max),
        tester=one.tester_name or one.tester_id,
        title=services.rubrics.get(one.rubric_id).title if known else one.rubric_id,
    )
    return texts.WITHDRAWN.format(line=line, reason=one.reason) if one.withdrawn else line


def as_data(one: Record, known: Mapping[int, Unit]) -> dict[str, Any]:
    """One revision as plain data: ids, unit, tester, times, the answers, points by criterion, total, remarks.

    `known` are the units by number, inactive ones too.
    """
    unit = known[one.unit_id]
    office = known[unit.office]
    return {
        "id": one.id,
        "series": one.series,
        "revision": one.revision,
        "withdrawn": one.withdrawn,
        "rubric": one.rubric_id,
        "rubric_hash": one.rubric_hash,
        "structure_hash": one.structure_hash,
        "office": office.name,
        "unit": unit.name,
        "tester": one.tester_name or one.tester_id,
        "tester_id": one.tester_id,
        "phone": one.phone,
        "called_at": one.called_at.isoformat(),
        "recorded_at": one.created_at.isoformat(),
        "recorded_by": one.created_by,
        "reason": one.reason,
        "answers": dict(one.form),
        "form": dict(one.form),
        "points": {name: for_json(points) for name, points in one.points.items()},
        "sections": {name: for_json(points) for name, points in one.sections.items()},
        "total": for_json(one.total),
        "max": for_json(one.max),
        "grade": one.grade,
        "remarks": dict(one.remarks),
        "kind": one.kind,
        "period": one.period,
        "linked_to": one.linked_to,
        "source": one.source,
    }


@dataclass(frozen=True)
class _Line:
    """One line that was understood: what will be recorded, once its unit is there."""

    office: str
    unit: str
    rubric: Rubric
    scored: Scored
    content: dict[str, Any]
    when: datetime


def import_lines(services: Services, path: Path, source: Source = "import") -> tuple[str, int]:
    """Takes in a file with one record a line. Returns what to print and the number of faults (0: all recorded)."""
    faults: list[str] = []
    good: list[_Line] = []
    for number, text in lines.text_lines(path):
        said = list(_faults(services, text, good))
        faults += [texts.FAULT.format(line=number, fault=one) for one in said]
    if faults:
        return "\n".join([*faults, texts.NOTHING_IMPORTED.format(count=len(faults))]), len(faults)
    with services.store.transaction():
        counts = services.store.records.import_many([_record(services, line, source) for line in good])
    return texts.IMPORTED.format(added=counts.added, known=counts.known), 0


def _faults(services: Services, text: str, good: list[_Line]) -> Iterator[str]:
    """The faults of one line; a line without any is appended to `good`."""
    content = lines.json_object(text)
    if content is None:
        yield texts.NOT_JSON
        return
    said = list(_field_faults(services, content))
    yield from said
    when = _moment(content.get("called_at"), services.clock())
    if isinstance(when, str):
        yield when
    if content.get("rubric") not in services.rubrics:
        return
    rubric = services.rubrics.get(content["rubric"])
    scored = rubrics.score(rubric, content.get("form"))
    if "form" in content:
        yield from (str(one) for one in scored.problems)
    if not said and not scored.problems and isinstance(when, datetime):
        good.append(_Line(content["office"].strip(), content["unit"].strip(), rubric, scored, content, when))


def _field_faults(services: Services, content: dict[str, Any]) -> Iterator[str]:
    yield from (texts.MISSING.format(field=name) for name in NEEDED if name not in content)
    yield from (texts.UNKNOWN.format(field=name, near="、".join(ALLOWED)) for name in content if name not in ALLOWED)
    for name in ("office", "unit", "tester"):
        if name in content and not (isinstance(content[name], str) and content[name].strip()):
            yield texts.EMPTY.format(field=name)
    if "rubric" in content and content["rubric"] not in services.rubrics:
        near = services.near(str(content["rubric"]), [one.id for one in services.rubrics], 1)
        yield texts.NO_RUBRIC.format(rubric=content["rubric"], near=texts.NEAR.format(near=near[0]) if near else "")
    if content.get("kind") is not None and content["kind"] not in KINDS:
        yield texts.BAD_KIND.format(kind=content["kind"])
    if not isinstance(content.get("remarks", ""), str | dict | None):
        yield texts.BAD_REMARKS


def _moment(value: object, now: datetime) -> datetime | str:
    """The time of the test in Taipei, or the sentence that says what is wrong."""
    if value is None:
        return ""
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        read = rocdate.parse_moment(str(value), now)
        if read is None:
            return texts.BAD_TIME.format(value=value)
        when = read
    when = when.replace(tzinfo=rocdate.OFFSET) if when.tzinfo is None else when.astimezone(rocdate.OFFSET)
    return texts.FUTURE.format(value=value) if when > now else when


def _record(services: Services, line: _Line, source: Source) -> NewRecord:
    store, content = services.store, line.content
    tester = content["tester"].strip()
    known = [one for one in store.people.all(active_only=False) if tester in (one.id, one.name)]
    remarks = content.get("remarks") or {}
    office = units.office(store, line.office)
    unit = store.units.ensure(office.name if office else line.office, line.unit)
    return NewRecord(
        **scored_fields(line.scored),
        unit_id=unit.id,
        tester_id=known[0].id if len(known) == 1 else f"name:{tester}",
        tester_name=known[0].name or tester if len(known) == 1 else tester,
        called_at=line.when,
        form=content["form"],
        phone=str(content.get("phone") or ""),
        remarks={"note": remarks} if isinstance(remarks, str) else remarks,
        kind="self" if KINDS.get(content.get("kind") or "") == "self" else "superior" if content.get("kind") else None,
        period=content.get("period"),
        source=source,
        fingerprint=fingerprint({**content, "called_at": line.when.isoformat()}),
    )


def _unit_ids(services: Services, words: str | None) -> frozenset[int] | None:
    if not words:
        return None
    found = units.find(services.store, words, active_only=False)
    if not found.exact:
        near = "、".join(units.names(services.store, (unit.id for unit in found.near)))
        raise UserError(texts.NO_UNIT.format(unit=words, near=texts.NEAR.format(near=near) if near else ""))
    return frozenset().union(*(services.store.units.subtree_ids(unit.id) for unit in found.exact))


def _day(value: str | None) -> date | None:
    if not value:
        return None
    read = rocdate.parse_moment(value, rocdate.now())
    if read is None:
        raise UserError(texts.BAD_DAY.format(value=value))
    return read.date()
