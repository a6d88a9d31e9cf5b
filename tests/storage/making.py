"""Records and stores for these tests: real stores in memory or in a file, a clock that the test holds."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from storage import TAIPEI, NewRecord, Store, open_store

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=TAIPEI)  # a Monday


class Clock:
    """Stands still until moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def open_test_store(path: Path | None = None, clock: Clock | None = None) -> Store:
    """A store whose ids are d1, d2, …"""
    numbers = itertools.count(1)
    return open_store(path, clock or Clock(), lambda: f"d{next(numbers)}")


def new_record(unit_id: int, **changes: Any) -> NewRecord:
    """A telephone test of 76.5 points at 2026-03-02 09:05, changed as asked."""
    plain: dict[str, Any] = {
        "rubric_id": "hsinchu-2018-phone",
        "rubric_kind": "phone",
        "rubric_hash": "hash-1",
        "structure_hash": "structure-1",
        "unit_id": unit_id,
        "tester_id": "77",
        "tester_name": "王小明",
        "called_at": datetime(2026, 3, 2, 9, 5, tzinfo=TAIPEI),
        "form": {"voice_system": "no", "operator_answer": {"rings": 5}, "unit_answer": {"seconds": 7.5}},
        "points": {"operator_answer": Decimal("17.5"), "unit_answer": Decimal(9)},
        "total": Decimal("76.5"),
        "max": Decimal(100),
        "sections": {"operator": Decimal("36.5"), "unit": Decimal(40)},
        "phone": "03-5216121",
        "remarks": {"improvements": "結束前請說再見"},
    }
    return NewRecord(**{**plain, **changes})
