"""Migrations: each step once, whole or not at all; tables are STRICT; a newer file is left alone."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from storage import TAIPEI, EngineFault, NewerFile, Store
from storage.engine import Engine
from storage.migrations import STEPS, migrate
from tests.storage.making import new_record, open_test_store

GOOD = ("0001_good", "CREATE TABLE good (id INTEGER PRIMARY KEY) STRICT;")
BAD = ("0002_bad", "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")
MENDED = ("0002_bad", "CREATE TABLE half (id INTEGER) STRICT;")


def applied(engine: Engine) -> list[str]:
    return [name for (name,) in engine.tuples("SELECT name FROM _sqlite_migrations ORDER BY id")]


def test_every_table_is_strict(store: Store) -> None:
    tables = [name for name in store.engine.database.table_names() if not name.startswith(("_sqlite", "sqlite_"))]
    assert "assessments" in tables
    assert [name for name in tables if not store.engine.database.table(name).strict] == []


def test_each_step_runs_once_and_in_order(tmp_path: Path) -> None:
    for _ in range(2):
        open_test_store(tmp_path / "a.db").close()
    engine = Engine(tmp_path / "a.db")
    assert applied(engine) == [name for name, _ in STEPS] == sorted(name for name, _ in STEPS)
    assert migrate(engine) == []
    engine.close()


def test_a_step_that_fails_leaves_nothing_and_can_be_tried_again() -> None:
    engine = Engine(None)
    with pytest.raises(EngineFault, match="nowhere"):
        migrate(engine, (GOOD, BAD))
    assert applied(engine) == ["0001_good"]
    assert "half" not in engine.database.table_names()
    assert migrate(engine, (GOOD, MENDED)) == ["0002_bad"]
    assert "half" in engine.database.table_names()
    engine.close()


@pytest.mark.parametrize("stop", range(0, len(STEPS), 5))
def test_an_update_that_stopped_midway_goes_on(tmp_path: Path, stop: int) -> None:
    engine = Engine(tmp_path / "a.db")
    assert migrate(engine, STEPS[:stop]) == [name for name, _ in STEPS[:stop]]
    engine.close()
    store = open_test_store(tmp_path / "a.db")
    assert applied(store.engine) == [name for name, _ in STEPS]
    store.close()


def test_a_file_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "a.db")
    migrate(engine, (*STEPS, ("9999_future", "CREATE TABLE future (id INTEGER) STRICT;")))
    engine.close()
    with pytest.raises(NewerFile, match="9999_future"):
        open_test_store(tmp_path / "a.db")


def test_an_older_file_gets_its_months_counted(tmp_path: Path) -> None:
    store = open_test_store(tmp_path / "a.db")
    unit = store.units.ensure("甲局", "一課")
    for day, total in ((2, "76.5"), (20, "60")):
        called = datetime(2026, 3, day, 9, 0, tzinfo=TAIPEI)
        store.records.add(new_record(unit.id, called_at=called, total=Decimal(total)))
    store.close()
    engine = Engine(tmp_path / "a.db")
    engine.run("DROP TABLE standing_months")
    engine.run("DELETE FROM _sqlite_migrations WHERE name = '0017_standing_months'")
    engine.close()
    store = open_test_store(tmp_path / "a.db")
    rows = store.engine.tuples("SELECT unit_id, month, retest, kind, n, total, low, high, squares FROM standing_months")
    squares = 76_500 * 76_500 + 60_000 * 60_000
    assert rows == [(unit.id, "2026-03", 0, "", 2, 136_500_000, 60_000_000, 76_500_000, squares)]
    store.close()
