"""The telephone scale's worked example, as its specification gives it: 17.5 + 19 + 14 + 16 + 10 = 76.5 points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORKED: dict[str, Any] = {
    "voice_system": "no",
    "operator_answer": {"rings": 5},
    "operator_unit_stated": "yes",
    "operator_greeting": "yes",
    "operator_listens": "yes",
    "operator_closing": "yes",
    "operator_transfer": "not_needed",
    "operator_busy": "not_busy",
    "operator_tone": "flat",
    "unit_reached": "answered",
    "unit_answer": {"rings": 3},
    "unit_greeting": "both",
    "unit_closing": "no",
    "unit_attitude": {"option": "flat", "points": 6},
    "reply_by": "responsible",
    "reply_responsible": {"option": "fair", "points": 10},
}

# the same test as a line of a file to import
LINE: dict[str, Any] = {
    "rubric": "hsinchu-2018-phone",
    "office": "第二河川局",
    "unit": "秘書室",
    "tester": "王小明",
    "called_at": "2024-05-06T10:30",
    "form": WORKED,
    "remarks": "掛電話前沒有道再見",
}


def write(path: Path, *lines: object) -> Path:
    """A file with one JSON value a line."""
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path
