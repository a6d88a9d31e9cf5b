"""A past plan as this year's pattern: the dates move on, the source's words stay where they are.

The file's text is edited in place (comments and layout stay), so only what is a year moves: the plan's id and year, its
dates, and the years named in our own titles. Clauses and quotes are the old document's and are left alone; `pattern`
names the plan that they come from. It refuses a plan that cannot be read, and never writes over a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rubrics.plan_model import BEFORE_ROC
from rubrics.problems import BrokenRubricError, Report, RubricError
from rubrics.reader import Listing, Node, Scalar, Table, read_tree

_DATES = frozenset({"due", "data_until"})


def renew(plan_path: Path, year: int, out_dir: Path) -> Path:
    """Writes the plan of ROC year `year` made from the one at `plan_path` into `out_dir`; gives the new file's path.

    RubricError when the year is not later than the plan's, or the file is there already; BrokenRubricError when the
    plan cannot be read. Dates move by whole years (29 February becomes 28 February where there is none).
    """
    report = Report(plan_path)
    root = read_tree(plan_path, report)
    if report.problems or not isinstance(root, Table):
        raise BrokenRubricError(report.sorted())
    old_id, old_year = _plan_text(root, "id"), _plan_text(root, "year")
    if not old_year.isdecimal() or not old_id:
        raise RubricError(f"「{plan_path.name}」沒有寫 id 或 year，不能沿用。")
    if not int(old_year) < year <= 999:
        raise RubricError(f"新的年度要晚於 {old_year} 年，不能是 {year} 年。")
    new_id = _new_id(old_id, year)
    target = out_dir / f"{new_id}.yaml"
    if target.exists():
        raise RubricError(f"已經有「{target.name}」了，請先改名或移開。")
    text = _edited(plan_path.read_text(encoding="utf-8-sig"), root, year, new_id)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def _plan_text(root: Table, key: str) -> str:
    node = root.entries.get(key)
    return node.text if isinstance(node, Scalar) else ""


def _new_id(old: str, year: int) -> str:
    """wra-2016 becomes wra-2026; an id without a year at its end gets one."""
    return f"{re.sub(r'-[0-9]{4}$', '', old)}-{year + BEFORE_ROC}"


def _edited(text: str, root: Table, year: int, new_id: str) -> str:
    old_id, old_year = _plan_text(root, "id"), int(_plan_text(root, "year"))
    shift = year - old_year
    lines = text.splitlines()
    changes = [(root.entries["id"], new_id), (root.entries["year"], str(year))]
    changes += [(node, _moved(node.text, shift)) for key, node in _scalars(root) if key in _DATES]
    changes += [(node, _retitled(node.text, old_year, shift)) for key, node in _scalars(root) if key == "title"]
    for node, new in changes:
        if isinstance(node, Scalar) and new != node.text:
            if node.text not in lines[node.line - 1]:
                raise RubricError(f"第 {node.line} 行的「{node.text[:20]}」要寫在同一行，才能沿用。")
            lines[node.line - 1] = lines[node.line - 1].replace(node.text, new, 1)
    added = [f"# {year} 年度：以 {old_id} 為樣本，日期順延 {shift} 年；條次和引文仍是原計畫的文字。"]
    at = root.lines["id"]
    if "pattern" not in root.entries:
        lines.insert(at, f"pattern: {{plan: {old_id}, year: {old_year}}}")
    return "\n".join([*added, *lines]) + "\n"


def _scalars(node: Node, key: str = "") -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Scalar):
        yield key, node
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _scalars(item, key)
    else:
        for name, inner in node.entries.items():
            yield from _scalars(inner, name)


def _moved(text: str, years: int) -> str:
    try:
        old = date.fromisoformat(text)
    except ValueError:
        return text
    try:
        return old.replace(year=old.year + years).isoformat()
    except ValueError:
        return old.replace(year=old.year + years, day=28).isoformat()


def _retitled(title: str, old_year: int, shift: int) -> str:
    """The plan's year and the next one, where a title names them before 年, move on."""
    return re.sub(rf"(?<!\d)({old_year}|{old_year + 1})(?=\s*年)", lambda found: str(int(found[1]) + shift), title)
