"""An independent scorer of the telephone courtesy scale, written by hand from the paper: it uses nothing of the engine.

It is what the engine is compared with, and what the benchmark measures against. Valid forms only, except that
`faults` names the ids at fault of any form.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

YES_NO = {"yes", "no"}
VOICE_ANSWER = {"within_10s": 5, "within_15s": 3, "over_15s": 0, "out_of_order": 0}
VOICE_MESSAGE = {"clear": 5, "long_with_replay": 3, "long_without_replay": 0}
VOICE_CODE = {"first_no_wait": 3, "first_full_wait": 2, "last_after_10s": 1, "cut_off": 0}
VOICE_TONE = {"warm": 2, "flat": 1}
TRANSFER = {"told": 3, "not_told": 2, "not_told_cut_off": 0, "not_needed": 3}
BUSY = {"explained": 2, "brief": 0, "not_busy": 2}
OPERATOR_TONE = {"warm": 2, "flat": 1, "impatient": 0}
REACHED = {"answered": 5, "redirected": 5, "unattended": 0, "out_of_order": 0}
GREETING = {"both": 10, "unit_only": 5, "greeting_only": 5, "neither": 0}
ATTITUDE = {"warm": (8, 10), "flat": (5, 7), "impatient": (3, 4)}
RESPONSIBLE = {"detailed": (12, 15), "fair": (8, 11), "unclear": (4, 7)}
SUBSTITUTE = {
    "thorough": (14, 15),
    "consulted": (12, 13),
    "takes_number": (10, 11),
    "explains_absence": (8, 9),
    "call_again": (6, 7),
}
COURTESY = {"operator_unit_stated": 3, "operator_greeting": 3, "operator_listens": 3, "operator_closing": 2}


def speed(answer: dict[str, object]) -> int:
    """4 rings or 10 seconds earn 8; each full ring or full 3 seconds less or more adds or takes one; 0 to 10."""
    if "rings" in answer:
        points = 8 + 4 - int(str(answer["rings"]))
    else:
        points = 8 + math.trunc((10 - Fraction(str(answer["seconds"]))) / 3)
    return max(0, min(10, points))


def _yes(form: dict[str, object], key: str) -> bool:
    return form[key] in ("yes", True)


def points(form: dict[str, object]) -> dict[str, Fraction]:
    """The points of each item that a valid form answers (or that the paper gives)."""
    got: dict[str, Fraction] = {}
    voice = _yes(form, "voice_system")
    if voice:
        got["voice_answer"] = Fraction(VOICE_ANSWER[str(form["voice_answer"])])
        if form["voice_answer"] != "out_of_order":
            got["voice_message"] = Fraction(VOICE_MESSAGE[str(form["voice_message"])])
            got["voice_operator_code"] = Fraction(VOICE_CODE[str(form["voice_operator_code"])])
            got["voice_tone"] = Fraction(VOICE_TONE[str(form["voice_tone"])])
    operator = form["operator_answer"]
    if isinstance(operator, dict):
        got["operator_answer"] = speed(operator) * (Fraction(1) if voice else Fraction(5, 2))
        for key, worth in COURTESY.items():
            got[key] = Fraction(worth if _yes(form, key) else 0)
        got["operator_transfer"] = Fraction(TRANSFER[str(form["operator_transfer"])])
        kind = form["operator_transfer"] == "not_needed" or _yes(form, "operator_transfer_courtesy")
        got["operator_transfer_courtesy"] = Fraction(2 if kind else 0)
        got["operator_busy"] = Fraction(BUSY[str(form["operator_busy"])])
        got["operator_tone"] = Fraction(OPERATOR_TONE[str(form["operator_tone"])])
    got["unit_reached"] = Fraction(REACHED[str(form["unit_reached"])])
    if form["unit_reached"] in ("answered", "redirected"):
        answer = form["unit_answer"]
        assert isinstance(answer, dict)
        got["unit_answer"] = Fraction(speed(answer))
        got["unit_greeting"] = Fraction(GREETING[str(form["unit_greeting"])])
        got["unit_closing"] = Fraction(5 if _yes(form, "unit_closing") else 0)
        got["unit_attitude"] = _ranged(form["unit_attitude"])
        reply = "reply_responsible" if form["reply_by"] == "responsible" else "reply_substitute"
        got[reply] = _ranged(form[reply])
    return got


def _ranged(answer: object) -> Fraction:
    return Fraction(str(answer["points"])) if isinstance(answer, dict) and "points" in answer else Fraction(0)


def total(form: dict[str, object]) -> Decimal:
    """The sum, exactly."""
    halves = sum(points(form).values(), Fraction(0)) * 2
    assert halves.denominator == 1
    return Decimal(halves.numerator) / 2
