"""Figures counted by hand: plain Python over plain rows, with none of the product's statements or arithmetic.

`expected` gives {key: (n, value)} for one question of questions.yaml; values are exact fractions.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from .world import CITY, MINES, PHONE, RIVER, SHEET, UNITS, World

Rows = list[dict[str, Any]]
OFFICES = (RIVER, MINES, CITY)
BANDS = (("excellent", 90), ("good", 80), ("fair", 70), ("below", 0))


def expected(world: World, entry: dict[str, Any]) -> dict[Any, tuple[int, Fraction | None]]:
    """What the rows of the answer must say."""
    sheet = bool(entry.get("sheet"))
    rows = [row for row in world.rows(SHEET if sheet else PHONE) if _wanted(row, entry)]
    rows = [row for row in rows if not entry.get("kind") or row["record"].kind == entry["kind"]]
    rows = [row for row in rows if not entry.get("tester") or row["tester"] == entry["tester"]]
    now = _within(rows, entry["from"], entry["to"])
    return _COUNTED[entry["measure"]](entry, now, rows)


def _wanted(row: dict[str, Any], entry: dict[str, Any]) -> bool:
    places = [entry["among"]] if "among" in entry else entry["units"]
    if places == "all":
        return True
    return any(f"{row['office']} {row['unit']}".endswith(place) or row["office"].endswith(place) for place in places)


def _within(rows: Rows, first: date, last: date) -> Rows:
    return [row for row in rows if first <= row["day"] <= last]


def _keys(by: str) -> Callable[[dict[str, Any]], Any]:
    return {
        "total": lambda row: "",
        "unit": lambda row: f"{row['office']} {row['unit']}",
        "office": lambda row: row["office"],
        "group": lambda row: UNITS[row["office"]][row["unit"]][0] or "未分組",
        "month": lambda row: row["day"].strftime("%Y-%m"),
        "quarter": lambda row: f"{row['day'].year}-Q{(row['day'].month + 2) // 3}",
        "half": lambda row: f"{row['day'].year}-H{1 if row['day'].month < 7 else 2}",
        "year": lambda row: str(row["day"].year),
        "hour": lambda row: row["hour"],
        "weekday": lambda row: row["day"].isoweekday(),
        "tester": lambda row: row["record"].tester_id,
    }[by]


def _grouped(rows: Iterable[dict[str, Any]], by: str) -> dict[Any, list[Fraction]]:
    key, found = _keys(by), {}
    for row in rows:
        found.setdefault(key(row), []).append(Fraction(row["total"]))
    return found


def _mean(totals: list[Fraction]) -> Fraction:
    return sum(totals, Fraction(0)) / len(totals)


def _of(value: Callable[[list[Fraction]], Fraction]) -> Callable[..., Any]:
    return lambda entry, now, rows: {k: (len(v), value(v)) for k, v in _grouped(now, entry["by"]).items()}


def _spread(totals: list[Fraction]) -> Fraction:
    return Fraction(statistics.stdev(float(one) for one in totals))


def _means(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    if entry["by"] in ("item", "section") or entry.get("part"):
        return _parts(entry, now)
    return _of(_mean)(entry, now, rows)


def _parts(entry: dict[str, Any], now: Rows) -> Any:
    field = "points" if entry["by"] == "item" else "sections"
    sums: dict[Any, list[Fraction]] = {}
    for row in now:
        for name, amount in getattr(row["record"], field).items():
            if entry.get("part"):
                if name == entry["part"]:
                    sums.setdefault(_keys(entry["by"])(row), []).append(Fraction(amount))
            else:
                sums.setdefault(name, []).append(Fraction(amount))
    if entry.get("part"):
        return {key: (len(values), _mean(values)) for key, values in sums.items()}
    inside = tuple(entry.get("below", [""]))
    kept = [name for name in sums if name not in ("voice_system", "reply_by") and name.startswith(inside)]
    return {name: (len(sums[name]), _mean(sums[name])) for name in kept}


def _change(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    then = _grouped(_within(rows, *entry["against"]), entry["by"])
    found = {}
    for key, totals in _grouped(now, entry["by"]).items():
        found[key] = (len(totals), _mean(totals) - _mean(then[key]) if key in then else None)
    for key in then.keys() - found.keys():
        found[key] = (0, None)
    moved = entry["measure"].startswith("most")
    return {key: one for key, one in found.items() if one[1] is not None or not moved}


def _rank(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    found = _of(_mean)(entry, now, rows)
    enough = sorted((k for k in found if found[k][0] >= (1 if entry.get("sheet") else 3)), key=lambda k: -found[k][1])
    if "first" in entry:
        return {k: found[k] for k in enough[: entry["first"]]}
    if "last" in entry:
        return {k: found[k] for k in enough[-entry["last"] :]}
    if "among" in entry:
        return {k: v for k, v in found.items() if any(k.endswith(one) for one in entry["units"])}
    return found


def _threshold(below: bool) -> Callable[..., Any]:
    def count(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
        return {k: v for k, v in _of(_mean)(entry, now, rows).items() if (v[1] < entry["bound"]) == below}

    return count


def _tests_above(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    return {"": (len(now), Fraction(sum(row["total"] >= entry["bound"] for row in now)))}


def _tests_below(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    return {"": (len(now), Fraction(sum(row["total"] < entry["bound"] for row in now)))}


def _grades(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    def grade(total: Fraction) -> str:
        return next(name for name, bound in BANDS if total >= bound)

    if entry["by"] == "grade":
        counts = {name: sum(grade(row["total"]) == name for row in now) for name, _ in BANDS}
        return {name: (n, Fraction(100 * n, len(now))) for name, n in counts.items()}
    found = _grouped(now, entry["by"])
    wanted = entry["grade"]
    return {k: (len(v), Fraction(100 * sum(grade(one) == wanted for one in v), len(v))) for k, v in found.items()}


def _units(entry: dict[str, Any]) -> list[str]:
    return [
        f"{office} {unit}"
        for office in OFFICES
        for unit in UNITS[office]
        if entry["units"] == "all"
        or any(office.endswith(one) or f"{office} {unit}".endswith(one) for one in entry["units"])
    ]


def _untested(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    tested = {_keys("unit")(row) for row in now}
    return {unit: (0, Fraction(0)) for unit in _units(entry) if unit not in tested}


def _due(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    tested = {key: len(totals) for key, totals in _grouped(now, "unit").items()}
    return {unit: (tested.get(unit, 0), Fraction(entry["due"])) for unit in _units(entry)}


def _items(entry: dict[str, Any], now: Rows, rows: Rows) -> Any:
    """What was lost by item, from the paper's own maxima: 15 for the voice system when there is one, else 25 for the
    operator's speed; of the two ways to reply, the one that was taken (the first when nobody was reached)."""
    most = {"voice_answer": 5, "voice_message": 5, "voice_operator_code": 3, "voice_tone": 2, "operator_answer": 10,
            "operator_unit_stated": 3, "operator_greeting": 3, "operator_listens": 3, "operator_closing": 2,
            "operator_transfer": 3, "operator_transfer_courtesy": 2, "operator_busy": 2, "operator_tone": 2,
            "unit_reached": 5, "unit_answer": 10, "unit_greeting": 10, "unit_closing": 5, "unit_attitude": 10,
            "reply_responsible": 15, "reply_substitute": 15}  # fmt: skip
    found: dict[str, list[Fraction]] = {}
    for row in now:
        form, points = row["record"].form, row["record"].points
        voice = form["voice_system"] == "yes"
        for item, full in most.items():
            if not item.startswith(tuple(entry.get("below", [""]))):
                continue
            if item.startswith("voice_") and not voice:
                continue
            if item == ("reply_responsible" if form.get("reply_by") == "substitute" else "reply_substitute"):
                continue
            top = 25 if item == "operator_answer" and not voice else full
            if points[item] < top:
                found.setdefault(item, []).append(Fraction(top) - Fraction(points[item]))
    return {item: (len(lost), sum(lost, Fraction(0))) for item, lost in found.items()}


_COUNTED: dict[str, Callable[..., Any]] = {
    "mean": _means,
    "tests_done": _of(lambda totals: Fraction(len(totals))),
    "median": _of(lambda totals: Fraction(statistics.median(totals))),
    "spread": _of(_spread),
    "best": _of(max),
    "worst": _of(min),
    "change": _change,
    "most_improved": _change,
    "most_declined": _change,
    "rank": _rank,
    "sheet_rank": _rank,
    "below_threshold": _threshold(True),
    "above_threshold": _threshold(False),
    "tests_below": _tests_below,
    "tests_above": _tests_above,
    "grade_share": _grades,
    "untested": _untested,
    "tests_due": _due,
    "top_deductions": _items,
    "sheet_total": _of(_mean),
    "sheet_grade": _of(_mean),
    "sheet_items": _means,
}
