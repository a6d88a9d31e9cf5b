"""Assessments: added, revised, withdrawn, read; never changed and never deleted (the database itself refuses).

A correction is a new revision with its reason, person and time, and every old one stays readable. The table `standing`
follows in the same transaction. An imported line whose fingerprint is known is left out, so that the same line twice is
one record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from storage import standing, times, values
from storage.assessment import AssessmentKind, NewRecord, Record, RubricKind, from_row, to_row
from storage.audit import Audit
from storage.engine import Engine, Row
from storage.errors import Conflict, NotFound, Refused
from storage.versions import Versions

IMPORT_CHUNK = 5_000
_ALL = 2**62  # a limit that none reaches

_COLUMN_NAMES = """
    id series revision withdrawn counted rubric_version_id office_id unit_id tester_id tester_name phone called_at
    form points sections total max grade remarks kind period linked_to link_kind sequence source fingerprint reason
    created_at created_by
"""
_COLUMNS = tuple(_COLUMN_NAMES.split())
_INSERT = f"INSERT INTO assessments ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"  # noqa: S608 - names from this file
_SELECT = """
    SELECT a.*, v.rubric_id, v.rubric_kind, v.rubric_hash, v.structure_hash
    FROM assessments AS a
    JOIN rubric_versions AS v ON v.id = a.rubric_version_id
"""
_SELECT_STANDING = _SELECT + "JOIN standing AS s ON s.assessment_id = a.id "


@dataclass(frozen=True)
class RecordFilter:
    """What to look for; None (or an absent set) does not narrow. Dates include both ends; an empty set finds nothing.

    `latest_only` keeps to what stands: the latest revision of each series, without withdrawn ones and those that do not
    count. Otherwise every revision is a row. `withdrawn` asks for the series that were withdrawn instead, one row each.
    `limit` None means all.
    """

    rubric_id: str | None = None
    rubric_kind: RubricKind | None = None
    office_ids: Iterable[int] | None = None
    unit_ids: Iterable[int] | None = None
    tester_id: str | None = None
    since: date | None = None
    until: date | None = None
    kind: AssessmentKind | None = None
    period: str | None = None
    latest_only: bool = True
    withdrawn: bool = False
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True)
class ImportCounts:
    """How many lines became records, and how many were known already (or stood twice in the same import)."""

    added: int
    known: int


class Records:
    """The records' only door."""

    def __init__(self, engine: Engine, clock: times.Clock, audit: Audit) -> None:
        self._engine = engine
        self._clock = clock
        self._audit = audit

    def add(self, new: NewRecord) -> Record:
        """Records a first revision. Raises NotFound (unit, linked series), Conflict (fingerprint known), Refused."""
        with self._engine.transaction():
            if new.fingerprint and self._known([new.fingerprint]):
                raise Conflict("這一筆已經登錄過了。")
            number = self._next_id()
            row = self._row(new, number, Versions(self._engine)) | {
                "series": number,
                "revision": 1,
                "withdrawn": 0,
                "reason": None,
            }
            self._engine.run(_INSERT, row)
            standing.add_rows(self._engine, [row])
            return self.get(number)

    def import_many(self, news: Sequence[NewRecord]) -> ImportCounts:
        """Records many at once, all or nothing, in order; lines with a known fingerprint are left out.

        Raises NotFound (unit, linked series) and Refused, with nothing recorded.
        """
        seen: set[str] = set()
        added = 0
        with self._engine.transaction():
            number, versions = self._next_id(), Versions(self._engine)
            for start in range(0, len(news), IMPORT_CHUNK):
                chunk = news[start : start + IMPORT_CHUNK]
                seen |= self._known([new.fingerprint for new in chunk if new.fingerprint])
                rows: list[Row] = []
                for new in chunk:
                    if new.fingerprint and new.fingerprint in seen:
                        continue
                    seen.update([new.fingerprint] if new.fingerprint else [])
                    first = {"series": number, "revision": 1, "withdrawn": 0, "reason": None}
                    rows.append(self._row(new, number, versions) | first)
                    number += 1
                self._engine.many(_INSERT, rows)
                standing.add_rows(self._engine, rows)
                added += len(rows)
        return ImportCounts(added, len(news) - added)

    def revise(self, series: int, new: NewRecord, reason: str, person: str, expected_revision: int) -> Record:
        """Adds a revision. The link to an earlier test stays as it was.

        Raises NotFound, Refused (no reason), Conflict when `expected_revision` is no longer the latest.
        """
        with self._engine.transaction():
            latest = self._latest(series, reason)
            if latest["revision"] != expected_revision:
                raise Conflict("這筆紀錄剛被別人更正過，請看過最新內容再改。")
            row = self._row(new, self._next_id(), Versions(self._engine))
            kept = {name: latest[name] for name in ("linked_to", "link_kind", "sequence")}
            return self._append(row | kept | {"withdrawn": 0}, latest, reason, person)

    def withdraw(self, series: int, reason: str, person: str) -> Record:
        """Adds a revision that takes the series out of totals. Raises NotFound, Refused, Conflict (done already)."""
        with self._engine.transaction():
            latest = self._latest(series, reason)
            if latest["withdrawn"]:
                raise Conflict("這筆紀錄已經作廢了。")
            return self._append(latest | {"id": self._next_id(), "withdrawn": 1}, latest, reason, person)

    def get(self, record_id: int) -> Record:
        """One revision by its id (a series' id is its first revision). Raises NotFound."""
        row = self._engine.row(_SELECT + "WHERE a.id = :id", {"id": record_id})
        if row is None:
            raise NotFound(f"找不到第 {record_id} 號紀錄。")
        return from_row(row)

    def latest(self, series: int) -> Record:
        """The latest revision of a series, also a withdrawal. Raises NotFound."""
        return self.history(series)[-1]

    def history(self, series: int) -> list[Record]:
        """All revisions, first to latest. Raises NotFound."""
        rows = self._engine.rows(_SELECT + "WHERE a.series = :series ORDER BY a.revision", {"series": series})
        if not rows:
            raise NotFound(f"找不到第 {series} 號紀錄。")
        return [from_row(row) for row in rows]

    def find(self, wanted: RecordFilter | None = None) -> list[Record]:
        """The records, newest first (by the time of the test, to the minute; then the later entered)."""
        wanted = wanted or RecordFilter()
        where, parameters = _conditions(wanted)
        latest = wanted.latest_only and not wanted.withdrawn
        window = "LIMIT :limit OFFSET :offset"
        parameters |= {"limit": _ALL if wanted.limit is None else wanted.limit, "offset": wanted.offset}
        if latest:  # first the few wanted from the narrow table, then their wide rows
            order = "ORDER BY s.called_on DESC, s.minute DESC, s.series DESC"
            narrow = ["SELECT s.series FROM standing AS s", where, order, window]
            parts = [_SELECT_STANDING, "WHERE s.series IN (", *narrow, ")", order]
        else:
            order = "ORDER BY substr(a.called_at, 1, 16) DESC, a.series DESC, a.revision DESC"
            parts = [_SELECT, where, order, window]
        return [from_row(row) for row in self._engine.rows(" ".join(parts), parameters)]

    def count(self, wanted: RecordFilter | None = None) -> int:
        """How many rows `find` would give without limit and offset."""
        wanted = wanted or RecordFilter()
        where, parameters = _conditions(wanted)
        if wanted.latest_only and not wanted.withdrawn:
            sql = "SELECT COUNT(*) FROM standing AS s"
        else:
            sql = "SELECT COUNT(*) FROM assessments AS a JOIN rubric_versions AS v ON v.id = a.rubric_version_id"
        return int(self._engine.value(f"{sql} {where}", parameters))

    def _append(self, row: Row, latest: Row, reason: str, person: str) -> Record:
        row |= {
            "series": latest["series"],
            "revision": int(latest["revision"]) + 1,
            "fingerprint": None,
            "reason": reason.strip(),
            "created_at": times.text(self._clock()),
            "created_by": person,
        }
        self._engine.run(_INSERT, {name: row[name] for name in _COLUMNS})
        standing.replace(self._engine, row)
        action = "records.withdraw" if row["withdrawn"] else "records.revise"
        self._audit.write(person, action, f"records:{row['series']}", revision=row["revision"], reason=row["reason"])
        return self.get(int(row["id"]))

    def _latest(self, series: int, reason: str) -> Row:
        if not reason.strip():
            raise Refused("請說明理由。")
        sql = _SELECT + "WHERE a.series = :series ORDER BY a.revision DESC LIMIT 1"
        row = self._engine.row(sql, {"series": series})
        if row is None:
            raise NotFound(f"找不到第 {series} 號紀錄。")
        return row

    def _row(self, new: NewRecord, number: int, versions: Versions) -> Row:
        row = to_row(new)
        row |= {
            "id": number,
            "rubric_id": new.rubric_id,
            "rubric_kind": new.rubric_kind,
            "rubric_version_id": versions.number(new),
            "office_id": versions.office(new.unit_id),
            "sequence": 1 if new.linked_to is None else self._sequence_behind(new.linked_to),
            "created_at": times.text(self._clock()),
        }
        return row

    def _sequence_behind(self, series: int) -> int:
        sql = "SELECT sequence FROM assessments WHERE series = :series LIMIT 1"
        found = self._engine.value(sql, {"series": series})
        if found is None:
            raise NotFound("找不到前一次測試的紀錄。")
        return int(found) + 1

    def _next_id(self) -> int:
        return int(self._engine.value("SELECT COALESCE(MAX(id), 0) + 1 FROM assessments"))

    def _known(self, fingerprints: Sequence[str]) -> set[str]:
        names, parameters = values.in_list("print", fingerprints)
        sql = " ".join(["SELECT fingerprint FROM assessments WHERE fingerprint IN", names])
        return {found for (found,) in self._engine.tuples(sql, parameters)}


def _conditions(wanted: RecordFilter) -> tuple[str, Row]:
    where, parameters = ["1 = 1"], {}
    latest = wanted.latest_only and not wanted.withdrawn
    if wanted.withdrawn:
        where.append("a.withdrawn = 1 AND a.revision = (SELECT MAX(revision) FROM assessments WHERE series = a.series)")
    single = {
        ("s" if latest else "v", "rubric_id", "="): wanted.rubric_id,
        ("s" if latest else "v", "rubric_kind", "="): wanted.rubric_kind,
        ("s" if latest else "a", "tester_id", "="): wanted.tester_id,
        ("s" if latest else "a", "kind", "="): wanted.kind,
        ("s" if latest else "a", "period", "="): wanted.period,
        ("s", "called_on", ">=") if latest else ("", "substr(a.called_at, 1, 10)", ">="): wanted.since,
        ("s", "called_on", "<=") if latest else ("", "substr(a.called_at, 1, 10)", "<="): wanted.until,
    }
    for number, ((table, column, sign), value) in enumerate(single.items()):
        if value is not None:
            where.append(f"{table}.{column} {sign} :w{number}" if table else f"{column} {sign} :w{number}")
            parameters[f"w{number}"] = value.isoformat() if isinstance(value, date) else value
    for column, several in (("office_id", wanted.office_ids), ("unit_id", wanted.unit_ids)):
        if several is not None:
            names, more = values.in_list(column, several)
            where.append(f"{'s' if latest else 'a'}.{column} IN {names}")
            parameters |= more
    return "WHERE " + " AND ".join(where), parameters
