"""Rows -> what a person reads: the reading repeated, a short table with n, and what must be known about the figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from markupsafe import Markup

from bot.rocdate import roc_year
from bot.tables import cut, table
from bot.texts import totals as texts

from . import measures as lists
from .counting import Computed, Row
from .figures import shown
from .model import Reading
from .places import Tree
from .ranks import LEAST

SHOWN: Final = 20  # rows of a table in chat
FEW_PAIRS: Final = 2  # pairs that cannot be told apart, named below a ranking
REASONS_SHOWN: Final = 4  # items whose written reasons stand below the table
C = texts.COLUMNS
Cell = Callable[[Row], str]
Column = tuple[str, Cell]  # its heading, and what stands in a row
_N: Final[Column] = (C["n"], lambda row: str(row["n"]))


def title(reading: Reading, tree: Tree) -> str:
    """「平均分數：第二河川局 工務課」."""
    return texts.TITLE.format(measure=lists.BY_ID[reading.measure].label, place=tree.label(reading.roots))


def table_of(reading: Reading, computed: Computed) -> tuple[list[str], list[list[str]]]:
    """(headings, cells) of the rows as people read them: the same for chat, csv and sheets."""
    columns = _columns(reading)
    head = texts.HEAD.get(reading.by, "")
    headings = [head, *(name for name, _ in columns)]
    return headings, [[str(row["label"]), *(cell(row) for _, cell in columns)] for row in computed.rows]


def told(reading: Reading, tree: Tree, computed: Computed) -> Markup:
    """The reply: title, period, tests, table, notes."""
    lines = [Markup("<b>{}</b>").format(title(reading, tree))]
    lines += [Markup("{}").format(line) for line in about(reading, computed)]
    if computed.rows:
        headings, rows = table_of(reading, computed)
        lines.append(Markup("<code>{}</code>").format(table(headings, rows[:SHOWN])))
        if len(rows) > SHOWN:
            lines.append(Markup("{}").format(texts.MORE_ROWS.format(n=len(rows) - SHOWN)))
    lines += [Markup("{}").format(line) for line in notes(reading, computed)]
    return Markup("\n").join(lines)


def about(reading: Reading, computed: Computed) -> list[str]:
    """Period, what it is held against, how many tests, grades, rule: above the table."""
    span = computed.spans[0]
    if "period" not in reading.said:
        period = texts.PERIOD_ASSUMED.format(label=span.label, days=span.days)
    elif span.label == span.days:
        period = texts.PERIOD_SAME.format(label=span.label)
    else:
        period = texts.PERIOD.format(label=span.label, days=span.days)
    lines = [period]
    lines += [texts.AGAINST.format(label=one.label, days=one.days) for one in computed.spans[1:]]
    lines += computed.only
    if reading.measure not in ("improvement_progress", "duty_progress"):
        what = texts.PHONE_TESTS if reading.domain == "phone" else texts.SHEETS
        lines.append(what.format(n=computed.n))
    if reading.threshold is not None and reading.measure in texts.THRESHOLDS:
        points = shown(reading.threshold, _places(reading.threshold))
        lines.append(texts.THRESHOLDS[reading.measure].format(points=points))
    if computed.bands and computed.bands.bands:
        named = "、".join(f"{one.label} {shown(one.from_, 0)}" for one in computed.bands.bands)
        lines.append(texts.GRADES.format(bands=named, source=computed.bands.source))
    if computed.rule:
        lines.append(computed.rule)
    return lines


def notes(reading: Reading, computed: Computed) -> list[str]:
    """What must be known about the figures, one sentence each: below the table."""
    lines: list[str] = []
    if not computed.rows:
        lines.append(computed.empty if computed.n or reading.measure in _SAYS_ITSELF else texts.NOTHING)
    if reading.measure == "untested" and computed.rows:
        lines.append(texts.UNTESTED.format(n=len(computed.rows), all=computed.all_units))
    if reading.measure in ("rank", "sheet_rank") and computed.all_units:
        lines.append(texts.AMONG.format(n=computed.all_units))
    if reading.measure == "tests_due" and any(row["n"] != row["done"] for row in computed.rows):
        lines.append(texts.BY_PARTS)
    if any(row.get("enough") is False for row in computed.rows):
        lines.append(texts.TOO_FEW_NOTE.format(least=LEAST))
    if computed.alike:
        lines.append(_alike(computed))
    if reading.measure == "change" and computed.rows and all(row["value"] is None for row in computed.rows):
        lines.append(texts.NO_CHANGE_BASE)
    for row in [one for one in computed.rows if one.get("reasons")][:REASONS_SHOWN]:
        lines.append(f"{cut(row['label'])}　" + texts.REASONS.format(reasons="；".join(row["reasons"])))
    if computed.retests:
        lines.append(texts.RETESTS.format(n=computed.retests.n, mean=shown(computed.retests.mean)))
    return lines


def _alike(computed: Computed) -> str:
    """A few pairs by name; of more the mark is explained: one long chain would make equals of its two ends."""
    if len(computed.alike) > FEW_PAIRS:
        return texts.ALIKE_MARKED
    return texts.ALIKE.format(pairs="；".join(f"{one} ≈ {two}" for one, two in computed.alike))


_SAYS_ITSELF: Final = {"untested", "tests_due", "duty_progress"}


def _value(heading: str, places: int = 2, sign: bool = False) -> Column:
    return heading, lambda row: shown(row["value"], places, sign)


def _field(heading: str, name: str, places: int = 2) -> Column:
    return heading, lambda row: shown(row.get(name), places)


def _side(heading: str, name: str, places: int) -> Column:
    """A figure with its number of tests; a number of tests stands alone."""

    def cell(row: Row) -> str:
        side: dict[str, Any] = row.get(name) or {}
        return shown(side.get("value"), places) + (f" ({side.get('n', 0)})" if places else "")

    return heading, cell


def _columns(reading: Reading) -> list[Column]:
    """The columns behind the group's own."""
    if reading.measure in ("change", "most_improved", "most_declined"):
        return _change_columns(reading)
    if reading.measure == "improvement_progress" and reading.by != "state":
        return [(C["count"], _N[1]), _value(C["closed"], 0)]
    if reading.measure in _COLUMNS:
        return _COLUMNS[reading.measure]
    if reading.by in ("section", "item") or reading.part:
        return [_value(C["points"]), _field(C["max"], "max", 0), _N]
    return [_N, _value(C["mean"]), *(_EXTREMES if reading.measure == "mean" else ())]


def _change_columns(reading: Reading) -> list[Column]:
    """The difference, then both of its sides; and the same period of last year where nothing was named."""
    alone = reading.measure == "change"
    places = 0 if reading.base == "tests_done" and alone else 2
    then = [_side(C["before"], "before", places)]
    if reading.compare is None and reading.span.unit != "year" and alone:
        then.append(_side(C["year_before"], "year_before", places))
    return [_value(C["change"], places, sign=True), _side(C["now"], "now", places), *then]


def _rank(row: Row) -> str:
    return str(row["rank"]) + ("≈" if row["like_next"] else "") if row["rank"] else texts.TOO_FEW


def _grade(row: Row) -> str:
    return str(row.get("grade_label") or "－")


def _times(row: Row) -> str:
    """In how many of the tests; a section's losses have no such number."""
    return f"{row['n']}/{row['tests']}" if "tests" in row else ""


_FORMS: Final[Column] = (C["forms"], _N[1])
_EXTREMES: Final = (_field(C["best"], "best"), _field(C["worst"], "worst"))
_COLUMNS: Final[dict[str, list[Column]]] = {
    "overview": [(C["year"], lambda row: str(roc_year(int(row["year"])))), _N, _value(C["mean"]), *_EXTREMES],
    "untested": [_N],
    "tests_done": [_value(C["n"], 0)],
    "tests_due": [_value(C["due"], 0), _field(C["done"], "done", 0), _field(C["left"], "left", 0), _N],
    "tests_below": [_value(C["below"], 0), (C["tests"], _N[1])],
    "tests_above": [_value(C["above"], 0), (C["tests"], _N[1])],
    "grade_share": [_N, (C["share"], lambda row: shown(row["value"], 1) + "%")],
    "top_deductions": [_value(C["lost"], 1), (C["times"], _times)],
    "rank": [(C["rank"], _rank), _N, _value(C["mean"])],
    "sheet_rank": [(C["rank"], _rank), _FORMS, _value(C["score"])],
    "sheet_total": [_FORMS, _value(C["score"]), (C["grade"], _grade)],
    "sheet_grade": [(C["grade"], _grade), _FORMS, _value(C["score"])],
    "sheet_items": [_value(C["points"]), _field(C["max"], "max", 0), _FORMS],
    "median": [_N, _value(C["median"]), _field(C["q1"], "q1"), _field(C["q3"], "q3")],
    "spread": [_N, _value(C["stdev"]), _field(C["iqr"], "iqr")],
    "best": [_N, _value(C["best"])],
    "worst": [_N, _value(C["worst"])],
    "improvement_progress": [(C["count"], _N[1])],
    "duty_progress": [(C["finished"], _N[1]), _value(C["needed"], 0), _field(C["left"], "left", 0)],
}


def _places(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 1
