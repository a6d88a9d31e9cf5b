"""Random telephone test forms: valid ones, and ones with a known fault. Written from the paper, without the engine."""

from __future__ import annotations

import copy
import random
from typing import Any

from tests.support import phone_scorer as paper

ALWAYS = ("voice_system", "operator_answer", "unit_reached")
Form = dict[str, Any]


def _speed(rng: random.Random) -> dict[str, object]:
    if rng.random() < 0.5:
        return {"rings": rng.choice([1, 2, 3, 4, 5, 6, 9, 11, 12, 13, rng.randint(1, 40)])}
    return {"seconds": rng.choice([0, 4, 7, 10, 12.9, 12.999, 13, 13.0, 9.5, rng.randint(0, 70), rng.uniform(0, 60)])}


def _yes_no(rng: random.Random) -> object:
    return rng.choice(["yes", "no", True, False])


def _ranged(rng: random.Random, options: dict[str, tuple[int, int]], worst: str) -> object:
    name = rng.choice([*options, worst])
    if name == worst:
        return worst if rng.random() < 0.7 else {"option": worst}
    return {"option": name, "points": rng.choice([rng.randint(*options[name]), float(rng.randint(*options[name]))])}


def random_form(rng: random.Random) -> Form:
    """A valid form: every asked item answered, nothing else, the keys in a random order."""
    form: Form = {"voice_system": _yes_no(rng)}
    if form["voice_system"] in ("yes", True):
        form["voice_answer"] = rng.choice(list(paper.VOICE_ANSWER))
        if form["voice_answer"] != "out_of_order":
            form["voice_message"] = rng.choice(list(paper.VOICE_MESSAGE))
            form["voice_operator_code"] = rng.choice(list(paper.VOICE_CODE))
            form["voice_tone"] = rng.choice(list(paper.VOICE_TONE))
    form["operator_answer"] = _speed(rng) if rng.random() < 0.85 else rng.choice(["no_answer_twice", "out_of_order"])
    if isinstance(form["operator_answer"], dict):
        form |= {key: _yes_no(rng) for key in paper.COURTESY}
        form["operator_transfer"] = rng.choice(list(paper.TRANSFER))
        if form["operator_transfer"] != "not_needed":
            form["operator_transfer_courtesy"] = _yes_no(rng)
        form["operator_busy"] = rng.choice(list(paper.BUSY))
        form["operator_tone"] = rng.choice(list(paper.OPERATOR_TONE))
    form["unit_reached"] = rng.choice([*paper.REACHED, "answered", "answered"])
    if form["unit_reached"] in ("answered", "redirected"):
        form["unit_answer"] = _speed(rng)
        form["unit_greeting"] = rng.choice(list(paper.GREETING))
        form["unit_closing"] = _yes_no(rng)
        form["unit_attitude"] = _ranged(rng, paper.ATTITUDE, "rude")
        form["reply_by"] = rng.choice(["responsible", "substitute"])
        if form["reply_by"] == "responsible":
            form["reply_responsible"] = _ranged(rng, paper.RESPONSIBLE, "evasive")
        else:
            form["reply_substitute"] = _ranged(rng, paper.SUBSTITUTE, "dismissive")
    keys = list(form)
    rng.shuffle(keys)
    return {key: form[key] for key in keys}


def broken_form(rng: random.Random) -> tuple[Form, str, str]:
    """A form with one known fault: (form, the id at fault, the code that names it)."""
    while True:
        form = copy.deepcopy(random_form(rng))
        made = rng.choice(BREAKERS)(form, rng)
        if made is not None:
            return form, made[0], made[1]


Made = tuple[str, str] | None


def _unknown_id(form: Form, rng: random.Random) -> Made:
    key = rng.choice(["voice", "operator_anwser", "總機", "unit_answer_2", "Unit_Closing"])
    form[key] = "yes"
    return key, "unknown_criterion"


def _unknown_answer(form: Form, rng: random.Random) -> Made:
    key = rng.choice([k for k, v in form.items() if isinstance(v, (str, bool))])
    form[key] = rng.choice(["maybe", "Yes ", "within_10", "", "counted"])
    return key, "unknown_answer"


def _bool_trap(form: Form, rng: random.Random) -> Made:
    named = ("voice_answer", "operator_transfer", "operator_busy", "operator_tone", "unit_reached", "unit_greeting")
    key = rng.choice([k for k in named if k in form])
    form[key] = rng.choice([True, False])
    return key, "unknown_answer"


def _wrong_type(form: Form, rng: random.Random) -> Made:
    key = rng.choice(list(form))
    form[key] = rng.choice([None, 1, 0, 3.5, [], ["yes"], ("yes",), float("nan")])
    return key, "answer_type"


def _missing(form: Form, rng: random.Random) -> Made:
    key = rng.choice(list(form))
    del form[key]
    return key, "missing_answer"


def _not_asked(form: Form, rng: random.Random) -> Made:
    closed: list[tuple[str, Any]] = []
    if "voice_answer" not in form:
        closed += [("voice_answer", "within_10s"), ("voice_tone", "warm")]
    elif form["voice_answer"] == "out_of_order":
        closed += [("voice_message", "clear")]
    if form.get("operator_transfer") == "not_needed":
        closed += [("operator_transfer_courtesy", "yes")]
    if not isinstance(form["operator_answer"], dict):
        closed += [("operator_greeting", "yes"), ("operator_transfer_courtesy", "no")]
    if "unit_answer" not in form:
        closed += [("unit_answer", {"rings": 3}), ("reply_by", "responsible"), ("reply_substitute", "dismissive")]
    elif form["reply_by"] == "responsible":
        closed += [("reply_substitute", {"option": "thorough", "points": 15})]
    else:
        closed += [("reply_responsible", "evasive")]
    key, value = rng.choice(closed)
    form[key] = value
    return key, "not_asked"


def _points_off(form: Form, rng: random.Random) -> Made:
    key = _with_points(form, rng)
    if key is None:
        return None
    limits = {**paper.ATTITUDE, **paper.RESPONSIBLE, **paper.SUBSTITUTE}[form[key]["option"]]
    form[key]["points"] = rng.choice([limits[0] - 1, limits[1] + 1, -1, 0, 100, limits[1] + 0.001, 10**12])
    return key, "points_out_of_range"


def _points_fraction(form: Form, rng: random.Random) -> Made:
    key = _with_points(form, rng)
    if key is None:
        return None
    limits = {**paper.ATTITUDE, **paper.RESPONSIBLE, **paper.SUBSTITUTE}[form[key]["option"]]
    form[key]["points"] = limits[0] + 0.5
    return key, "not_whole"


def _points_no_number(form: Form, rng: random.Random) -> Made:
    key = _with_points(form, rng)
    if key is None:
        return None
    form[key]["points"] = rng.choice(["9", True, None, float("nan"), float("inf"), [9], 10**400])
    return key, "not_a_number"


def _points_missing(form: Form, rng: random.Random) -> Made:
    key = _with_points(form, rng)
    if key is None:
        return None
    form[key] = rng.choice([form[key]["option"], {"option": form[key]["option"]}])
    return key, "points_missing"


def _with_points(form: Form, rng: random.Random) -> str | None:
    keys = [k for k, v in form.items() if isinstance(v, dict) and "points" in v]
    return rng.choice(keys) if keys else None


def _counted(form: Form, rng: random.Random) -> str | None:
    keys = [k for k in ("operator_answer", "unit_answer") if isinstance(form.get(k), dict)]
    return rng.choice(keys) if keys else None


def _both_measures(form: Form, rng: random.Random) -> Made:
    key = _counted(form, rng)
    if key is None:
        return None
    form[key] = rng.choice([{"rings": 4, "seconds": 10}, {"seconds": 10, "rings": 4}])
    return key, "two_measures"


def _part_rings(form: Form, rng: random.Random) -> Made:
    key = _counted(form, rng)
    if key is None:
        return None
    form[key] = {"rings": rng.choice([2.5, 0.5, 4.0001])}
    return key, "not_whole"


def _out_of_range(form: Form, rng: random.Random) -> Made:
    key = _counted(form, rng)
    if key is None:
        return None
    form[key] = rng.choice([{"rings": 0}, {"rings": -3}, {"seconds": -0.001}, {"seconds": -1}, {"seconds": 10**14}])
    return key, "number_out_of_range"


def _no_number(form: Form, rng: random.Random) -> Made:
    key = _counted(form, rng)
    if key is None:
        return None
    measure = rng.choice(["rings", "seconds"])
    form[key] = {measure: rng.choice(["3", True, False, None, float("nan"), float("-inf"), [3], {}, 10**400, 1e300])}
    return key, "not_a_number"


def _unknown_part(form: Form, rng: random.Random) -> Made:
    key = _counted(form, rng)
    if key is None:
        return None
    form[key] = rng.choice([{"ring": 3}, {"rings": 3, "note": "x"}, {"minutes": 1}, {3: 3}])
    return key, "unknown_part"


BREAKERS = (
    _unknown_id,
    _unknown_answer,
    _bool_trap,
    _wrong_type,
    _missing,
    _not_asked,
    _points_off,
    _points_fraction,
    _points_no_number,
    _points_missing,
    _both_measures,
    _part_rings,
    _out_of_range,
    _no_number,
    _unknown_part,
)
