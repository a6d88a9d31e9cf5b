"""The telephone scale's worked example, as its specification gives it: 17.5 + 19 + 14 + 16 + 10 = 76.5 points."""

from __future__ import annotations

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
