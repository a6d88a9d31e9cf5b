"""Another program on the same file, for the tests of several processes: `python -m tests.storage.worker JOB PATH N`."""

from __future__ import annotations

import sys
from pathlib import Path

from storage import Store
from tests.storage.making import new_record, open_test_store


def count_up(store: Store, times: int) -> None:
    """Reads a number and writes it back one higher, `times` times."""
    for _ in range(times):
        with store.transaction():
            kept = store.sessions.get("counter") or {"n": 0}
            store.sessions.put("counter", {"n": kept["n"] + 1})


def revise(store: Store, times: int) -> None:
    """Corrects record 1 `times` times, each time on its latest revision."""
    for _ in range(times):
        with store.transaction():
            latest = store.records.latest(1)
            store.records.revise(1, new_record(latest.unit_id), "更正", "88", latest.revision)


def take(store: Store, times: int) -> None:
    """Takes the same updates in as every other worker; prints how many it was first to take."""
    print(sum(store.inbox.take(number, "a", "{}") for number in range(times)))  # noqa: T201 - read by the test


def submit_forever(store: Store, unit: int) -> None:
    """Sends drafts off until killed; prints each record's id once it is on disk."""
    while True:
        draft = store.drafts.start("77", "a", "hsinchu-2018-phone", unit)
        record = store.submit(draft.id, new_record(unit))
        print(record.id, flush=True)  # noqa: T201 - read by the test


JOBS = {"count_up": count_up, "revise": revise, "take": take, "submit_forever": submit_forever}

if __name__ == "__main__":
    JOBS[sys.argv[1]](open_test_store(Path(sys.argv[2])), int(sys.argv[3]))
