"""Several programs on one file, and one that is killed in the middle of its writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage import RecordFilter
from storage.standing import rebuild
from tests.storage.making import new_record, open_test_store

ROOT = Path(__file__).parents[2]


def start(job: str, path: Path, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.worker", job, str(path), str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(workers: list[subprocess.Popen[str]]) -> list[str]:
    outputs = [worker.communicate(timeout=300) for worker in workers]
    assert [(worker.returncode, errors) for worker, (_, errors) in zip(workers, outputs, strict=True)] == [
        (0, "")
    ] * len(workers)
    return [output for output, _ in outputs]


def test_four_programs_open_a_new_file_at_once_and_lose_no_update(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    finish([start("count_up", path, 100) for _ in range(4)])
    store = open_test_store(path)
    assert store.sessions.get("counter") == {"n": 400}
    store.close()


def test_corrections_by_several_programs_are_one_line_of_revisions(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    store = open_test_store(path)
    store.records.add(new_record(store.units.ensure("甲局", "一課").id))
    finish([start("revise", path, 30) for _ in range(3)])
    assert [record.revision for record in store.records.history(1)] == list(range(1, 92))
    assert store.records.count() == 1
    before = store.engine.rows("SELECT * FROM standing")
    rebuild(store.engine)
    assert store.engine.rows("SELECT * FROM standing") == before
    store.close()


def test_each_update_is_taken_by_one_program_only(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    taken = finish([start("take", path, 100) for _ in range(3)])
    assert sum(int(output) for output in taken) == 100


@pytest.mark.parametrize("after", [1, 7, 20])
def test_killed_in_the_middle_what_was_confirmed_is_there_and_nothing_half(tmp_path: Path, after: int) -> None:
    path = tmp_path / "a.db"
    store = open_test_store(path)
    unit = store.units.ensure("甲局", "一課").id
    worker = start("submit_forever", path, unit)
    assert worker.stdout is not None
    confirmed = [int(worker.stdout.readline()) for _ in range(after)]
    worker.kill()
    confirmed += [int(line) for line in worker.communicate(timeout=60)[0].splitlines() if line.strip()]
    again = open_test_store(path)
    assert again.engine.value("PRAGMA integrity_check") == "ok"
    records = again.records.find(RecordFilter(latest_only=False))
    assert {record.id for record in records} >= set(confirmed)
    assert len(records) <= len(confirmed) + 1
    assert again.records.count() == len(records)
    assert len(again.drafts.open_for("77")) <= 1
    assert all(record == again.records.get(record.series) and record.points for record in records)
    for one in (store, again):
        one.close()
