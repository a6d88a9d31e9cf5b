"""docs/totals.md lists every measure and grouping that there is, with what it means."""

from __future__ import annotations

import re
from pathlib import Path

from bot.totals.measures import BY_ID, GROUPING, GROUPINGS, MEASURES

TEXT = (Path(__file__).parents[3] / "docs" / "totals.md").read_text(encoding="utf-8")


def test_every_measure_is_documented() -> None:
    for one in MEASURES:
        groups = " ".join(f"`{group}`" for group in one.groups)
        assert f"| `{one.id}` | {one.label} | {one.meaning} | `{one.by}` | {groups} |" in TEXT


def test_every_grouping_is_documented() -> None:
    for one in GROUPINGS:
        assert f"| `{one.id}` | {one.label} | {one.meaning} |" in TEXT


def test_nothing_else_is() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)) - {"rows", "reply", "reading"} == {*BY_ID, *GROUPING}


def test_every_group_of_a_measure_exists() -> None:
    assert {group for one in MEASURES for group in (one.by, *one.groups)} <= set(GROUPING)
