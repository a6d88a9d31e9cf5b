"""The database in the browser: the configuration says what the views are, and the server answers on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from bot import browsing
from bot.errors import UserError
from tests.bot.totals.world import build


def test_every_view_and_column_is_described_and_every_table_hidden() -> None:
    engine = build().services.store.engine
    described = yaml.safe_load(browsing.metadata("kaoping"))["databases"]["kaoping"]
    views = [name for (name,) in engine.tuples("SELECT name FROM sqlite_master WHERE type = 'view'")]
    for view in views:
        columns = [row[1] for row in engine.tuples(f"PRAGMA table_info({view})")]
        assert list(described["tables"][view]["columns"]) == columns or set(
            described["tables"][view]["columns"]
        ) == set(columns)
        assert described["tables"][view]["description"]
    tables = [
        name
        for (name,) in engine.tuples("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("sqlite_")
    ]
    assert all(described["tables"][name] == {"hidden": True} for name in tables)
    assert set(described["tables"]) == {*views, *tables}


def test_the_queries_run() -> None:
    engine = build().services.store.engine
    described = yaml.safe_load(browsing.metadata("kaoping"))["databases"]["kaoping"]
    counts = {name: len(engine.tuples(query["sql"])) for name, query in described["queries"].items()}
    assert counts["unit_means"] > 10
    assert counts["item_means"] > 20
    assert counts["open_improvements"] == 0


def test_the_configuration_takes_the_files_name() -> None:
    assert list(yaml.safe_load(browsing.metadata('考評"x'))["databases"]) == ['考評"x']


def test_a_missing_database_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "find_spec", lambda name: object())
    with pytest.raises(UserError, match="還沒有資料庫"):
        browsing.command(tmp_path / "none.db", 1, tmp_path)
    monkeypatch.setattr(browsing, "find_spec", lambda name: None)
    with pytest.raises(UserError, match="make browse"):
        browsing.command(tmp_path / "none.db", 1, tmp_path)


@pytest.mark.skipif(find_spec("datasette") is None, reason="Datasette is an extra: pip install -e .[browse]")
def test_the_server_answers_with_the_latest_records(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    world = build(path)  # stays open: its latest rows are in the write-ahead file
    port = browsing.free_port()
    line = browsing.command(path, port, tmp_path)
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            found = _json(f"http://127.0.0.1:{port}/other/v_unit_totals.json?_shape=array&_size=max", server)
        finally:
            server.terminate()
    assert sum(row["tests"] for row in found if row["rubric_id"] == "hsinchu-2018-phone") == len(world.rows()) + len(
        world.rows(retests=True)
    )
    world.services.store.close()


def _json(address: str, server: subprocess.Popen[bytes]) -> list[dict[str, object]]:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
                return list(json.load(answer))
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)


def test_the_command_serves_only_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "find_spec", lambda name: object())
    path = tmp_path / "k.db"
    path.touch()
    line = browsing.command(path, 8001, tmp_path)
    assert line[:5] == [sys.executable, "-m", "datasette", "serve", str(path)]
    assert line[line.index("--host") + 1] == "127.0.0.1"
    assert "--immutable" not in line
