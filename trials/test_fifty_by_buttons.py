"""Fifty random telephone tests on the real `kaoping telegram`, from an empty database, by buttons alone.

`make trial` runs it (about two minutes). KAOPING_TRIAL_SEED draws other tests than the usual ones.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from tests.support.telegram_buttons import finish


def test_fifty(tmp_path: Path) -> None:
    run = finish(tmp_path / "kaoping.db", count=50, seed=int(os.environ.get("KAOPING_TRIAL_SEED", "20181107")))
    assert len(run["records"]) == 50
    assert run["second_calls"], "no test took the way of two calls that nobody answered"
    pressed = Counter(run["labels"])
    assert {"上一題", "跳到", "？", "暫停", "取消"} <= set(pressed)
    print(f"\n{run['presses']} presses in {run['seconds']:.0f} s, {len(run['second_calls'])} of them called twice")
