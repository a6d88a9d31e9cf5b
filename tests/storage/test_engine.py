"""The connection: durable settings, nested transactions, refusals, backup."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest

from storage import EngineFault, Store
from storage.engine import Engine
from tests.storage.making import new_record, open_test_store


def test_a_file_is_opened_with_settings_that_lose_nothing(tmp_path: Path) -> None:
    store = open_test_store(tmp_path / "夾 with space" / "a.db")
    read = store.engine.value
    assert read("PRAGMA journal_mode") == "wal"
    assert read("PRAGMA synchronous") == 2  # FULL
    assert read("PRAGMA foreign_keys") == 1
    assert (tmp_path / "夾 with space" / "a.db").stat().st_mode & 0o077 == 0
    store.close()


def test_a_misspelt_table_is_an_error_and_makes_no_table(store: Store) -> None:
    before = set(store.engine.database.table_names())
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        store.engine.database["poeple"].insert({"id": "77"})
    with pytest.raises(EngineFault, match="no such table"):
        store.engine.run("INSERT INTO poeple (id) VALUES (:id)", {"id": "77"})
    assert set(store.engine.database.table_names()) == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE more (id INTEGER)",
        "DROP TABLE people",
        "DROP TRIGGER assessments_are_never_changed",
        "ALTER TABLE people ADD COLUMN age INTEGER",
        "CREATE VIEW v_more AS SELECT 1",
    ],
)
def test_the_schema_is_closed_once_open(store: Store, sql: str) -> None:
    with pytest.raises(EngineFault, match="not authorized"):
        store.engine.run(sql)


def write_then_fail(store: Store, chat: str, *, inner: bool = False) -> None:
    with store.transaction():
        with store.transaction() if inner else nullcontext():
            store.sessions.put(chat, {"n": 1})
        raise ZeroDivisionError


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        write_then_fail(store, "a")
    assert store.sessions.get("a") is None


def test_an_inner_transaction_takes_back_only_its_own(store: Store) -> None:
    with store.transaction():
        store.sessions.put("outer", {"n": 1})
        with pytest.raises(ZeroDivisionError):
            write_then_fail(store, "inner")
        store.sessions.put("after", {"n": 3})
    assert [store.sessions.get(chat) for chat in ("outer", "inner", "after")] == [{"n": 1}, None, {"n": 3}]


def test_an_outer_transaction_takes_back_the_inner_one(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        write_then_fail(store, "inner", inner=True)
    assert store.sessions.get("inner") is None


def test_threads_of_one_store_wait_for_one_another(tmp_path: Path) -> None:
    store = open_test_store(tmp_path / "a.db")
    store.sessions.put("a", {"n": 0})

    def count_up() -> None:
        for _ in range(50):
            with store.transaction():
                kept = store.sessions.get("a") or {}
                store.sessions.put("a", {"n": kept["n"] + 1})

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.sessions.get("a") == {"n": 200}
    store.close()


def test_an_error_names_the_statement_and_no_value(store: Store) -> None:
    with pytest.raises(EngineFault) as caught:
        store.engine.run("INSERT INTO sessions (chat, state) VALUES (:chat, :state)", {"chat": "秘密", "state": "私"})
    assert "INSERT INTO sessions" in str(caught.value)
    assert "秘密" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_text("這是一份文字檔，不是資料庫。" * 100, encoding="utf-8")
    with pytest.raises(EngineFault, match="not a database"):
        open_test_store(path)
    assert path.read_text(encoding="utf-8").startswith("這是一份")


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(EngineFault, match="FOREIGN KEY"):
        store.drafts.start("77", "c", "x", unit_id=999)


def test_a_closed_store_says_that_it_is_not_usable(store: Store) -> None:
    assert store.usable()
    store.close()
    assert not store.usable()


def test_a_backup_beside_a_writer_is_whole(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.db", tmp_path / "copy.db"
    writer, reader = open_test_store(path), open_test_store(path)
    unit = writer.units.ensure("第二河川局", "工務課")
    for _ in range(3):
        writer.records.add(new_record(unit.id))
    copy.write_text("an older backup")
    with writer.transaction():  # what is not committed is not in the copy
        writer.records.add(new_record(unit.id))
        reader.backup(copy)
    restored = open_test_store(copy)
    assert restored.records.count() == 3
    assert sorted(file.name for file in tmp_path.glob("copy*") if not file.name.endswith(("-wal", "-shm"))) == [
        "copy.db"
    ]
    for one in (writer, reader, restored):
        one.close()


def test_a_backup_that_fails_leaves_the_older_one(tmp_path: Path) -> None:
    store = open_test_store(tmp_path / "a.db")
    with pytest.raises(EngineFault, match="cannot back up"):
        store.backup(tmp_path / "nowhere" / "copy.db")
    store.close()


def test_many_and_rows_in_memory() -> None:
    engine = Engine(None)
    engine.run("CREATE TABLE t (a INTEGER) STRICT")
    engine.many("INSERT INTO t (a) VALUES (:a)", [{"a": 1}, {"a": 2}])
    assert engine.rows("SELECT a FROM t ORDER BY a") == [{"a": 1}, {"a": 2}]
    assert engine.row("SELECT a FROM t WHERE a = 3") is None
    assert engine.value("SELECT a FROM t WHERE a = 3") is None
    with pytest.raises(EngineFault, match="cannot store TEXT"):
        engine.run("INSERT INTO t (a) VALUES (:a)", {"a": "x"})
    engine.close()
