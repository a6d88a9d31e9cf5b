"""The derived table that totals read: one row a series, its latest valid revision.

Kept in the same transaction as the records, and `standing_months` with it; `rebuild` makes both anew from them and must
give the same rows. Totals and maxima are whole micro-points, `called_on` the date in Taipei, `minute` that of its
day (0 to 1439), `weekday` 1 (Monday) to 7. A withdrawn series and a record that does not count have no row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from storage import months, values
from storage.engine import Engine, Row

_COLUMN_NAMES = """
    series assessment_id rubric_id rubric_kind office_id unit_id tester_id called_on minute hour weekday total max
    grade kind period sequence link_kind sections
"""
COLUMNS = tuple(_COLUMN_NAMES.split())
INSERT = f"INSERT INTO standing ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"  # noqa: S608 - names from this file
REBUILD_CHUNK = 20_000

_LATEST = """
    SELECT a.id, a.series, a.office_id, a.unit_id, a.tester_id, a.called_at, a.total, a.max, a.grade, a.kind, a.period,
        a.sequence, a.link_kind, a.sections, v.rubric_id, v.rubric_kind
    FROM assessments AS a
    JOIN rubric_versions AS v ON v.id = a.rubric_version_id
    WHERE a.id > :after AND a.withdrawn = 0 AND a.counted = 1
        AND a.revision = (SELECT MAX(b.revision) FROM assessments AS b WHERE b.series = a.series)
    ORDER BY a.id
    LIMIT :limit
"""


def standing_row(row: Row) -> Row:
    """The standing row of an assessment's row (with its rubric's id and kind)."""
    called_at = str(row["called_at"])
    hour = int(called_at[11:13])
    return {
        "series": row["series"],
        "assessment_id": row["id"],
        "rubric_id": row["rubric_id"],
        "rubric_kind": row["rubric_kind"],
        "office_id": row["office_id"],
        "unit_id": row["unit_id"],
        "tester_id": row["tester_id"],
        "called_on": called_at[:10],
        "minute": hour * 60 + int(called_at[14:16]),
        "hour": hour,
        "weekday": date.fromisoformat(called_at[:10]).isoweekday(),
        "total": values.micro(Decimal(row["total"])),
        "max": values.micro(Decimal(row["max"])),
        "grade": row["grade"],
        "kind": row["kind"],
        "period": row["period"],
        "sequence": row["sequence"],
        "link_kind": row["link_kind"],
        "sections": row["sections"],
    }


def add_rows(engine: Engine, rows: Iterable[Row]) -> None:
    """Stands first revisions up, in the open transaction; their series are new and follow each other."""
    counted = [standing_row(row) for row in rows if row["counted"]]
    engine.many(INSERT, counted)
    if counted:
        months.add_series(engine, counted[0]["series"], counted[-1]["series"])


def replace(engine: Engine, row: Row) -> None:
    """Puts a new latest revision in the place of the one before; a withdrawal leaves none."""
    key = {"series": row["series"]}
    touched = engine.rows("SELECT * FROM standing WHERE series = :series", key)
    engine.run("DELETE FROM standing WHERE series = :series", key)
    if row["counted"] and not row["withdrawn"]:
        touched.append(standing_row(row))
        engine.run(INSERT, touched[-1])
    months.renew(engine, touched)


def rebuild(engine: Engine) -> int:
    """Makes the whole table anew in one transaction; returns how many rows stand."""
    with engine.transaction():
        engine.run("DELETE FROM standing")
        after, count = 0, 0
        while rows := engine.rows(_LATEST, {"after": after, "limit": REBUILD_CHUNK}):
            engine.many(INSERT, (standing_row(row) for row in rows))
            after, count = int(rows[-1]["id"]), count + len(rows)
        months.rebuild(engine)
        return count
