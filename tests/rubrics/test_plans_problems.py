"""Each problem code of a plan is provoked, with its line; and all problems of a file come at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics import BrokenRubricError
from rubrics.plan_catalogue import PLAN_CODES
from rubrics.plans import check_plan, load_plan, load_plans

SOURCE = {
    "own.txt": "市立圖書館實施計畫 壹、對象 全館。 貳、考核 每半年考核 1 次，12 月 31 日前提報。"
    " 參、獎勵 第一名嘉獎 1 次。"
}
GOOD = """\
id: library-2020
title: 市立圖書館實施計畫
document: own.txt
year: 109
office: {id: library, name: 市立圖書館, short: 圖書館}
sheets: [library-sheet]
units:
  clause: 壹、對象
  quote: 全館。
duties:
  - id: review
    title: 考核
    kind: interval
    months: 6
    times: 1
    each: unit
    clause: 貳、考核
    quote: 每半年考核 1 次
  - id: report
    title: 提報
    kind: deadline
    due: "2020-12-31"
    times: 1
    each: office
    clause: 貳、考核
    quote: 12 月 31 日前提報。
rewards:
  - id: top
    title: 第一名
    kind: rank
    grades: [a]
    tiers:
      - first: 1
        last: 1
        awards:
          - {role: head, label: 館長, merit: jiajiang, times: 1}
    clause: 參、獎勵
    quote: 第一名嘉獎 1 次。
"""

# code: (what is replaced, by what, the line it is reported at)
FAULTS = {
    "clause_not_found": ("clause: 壹、對象", "clause: 壹、物件", 8),
    "quote_not_found": ("quote: 每半年考核 1 次", "quote: 每季考核 1 次", 18),
    "document_missing": ("document: own.txt", "document: owm.txt", 3),
    "bad_date": ('due: "2020-12-31"', 'due: "2020-12-32"', 22),
    "bad_year": ("year: 109", "year: 2020", 4),
    "bad_count": ("months: 6", "months: 5", 11),
    "duty_shape": ("    kind: interval\n", "    kind: year\n", 11),
    "due_outside_year": ('due: "2020-12-31"', 'due: "2022-01-01"', 19),
    "rule_shape": ("    grades: [a]\n", "", 28),
    "award_shape": (", times: 1}", "}", 36),
    "tier_order": ("last: 1", "last: 0", 28),
    "unknown_rule": ("rewards:", "highest_only: {rules: [tip], clause: 參、獎勵, quote: 第一名}\nrewards:", 27),
    "unknown_sheet": ("sheets: [library-sheet]", "sheets: [library-shet]", 6),
    "duplicate_id": ("- id: report", "- id: review", 19),
    "id_not_file_name": ("id: library-2020", "id: library-2021", 1),
    "unknown_key": ("    each: unit\n", "    each: unit\n    evry: 3\n", 17),
    "missing_key": ("    quote: 12 月 31 日前提報。\n", "", 19),
    "bad_choice": ("each: office", "each: offices", 24),
    "yaml_duplicate_key": ("year: 109", "year: 109\nyear: 110", 5),
}


def write(folder: Path, text: str, name: str = "library-2020.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_clean(tmp_path: Path) -> None:
    assert check_plan(write(tmp_path, GOOD), SOURCE, ["library-sheet"]) == ()


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_named_with_its_line(tmp_path: Path, code: str) -> None:
    old, new, line = FAULTS[code]
    assert GOOD.count(old) == 1
    path = write(tmp_path, GOOD.replace(old, new))
    found = {(p.code, p.line) for p in check_plan(path, SOURCE, ["library-sheet"])}
    assert (code, line) in found
    assert all(p.path == str(path) and p.remedy for p in check_plan(path, SOURCE, ["library-sheet"]))


def test_every_code_of_plans_is_provoked() -> None:
    assert set(PLAN_CODES) <= {*FAULTS, "duplicate_plan"}


def test_the_same_plan_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, GOOD)
    found = load_plans([tmp_path / "one", tmp_path / "two"])
    assert [p.id for p in found] == ["library-2020"]
    assert [p.code for p in found.problems] == ["duplicate_plan"]


def test_all_problems_at_once_and_nothing_half_loaded(tmp_path: Path) -> None:
    text = GOOD
    for code in ("clause_not_found", "bad_date", "tier_order", "bad_choice"):
        text = text.replace(*FAULTS[code][:2])
    path = write(tmp_path, text)
    with pytest.raises(BrokenRubricError) as raised:
        load_plan(path, SOURCE)
    codes = [p.code for p in raised.value.problems]
    assert {"clause_not_found", "bad_date", "tier_order", "bad_choice"} <= set(codes)
    assert load_plans([tmp_path]).plans == ()


@pytest.mark.parametrize("text", ["", "- 1\n", "id: [\n", "id: a\nid: b\n"])
def test_hopeless_files_are_problems_not_crashes(tmp_path: Path, text: str) -> None:
    assert check_plan(write(tmp_path, text), SOURCE) != ()


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in check_plan(tmp_path / "none.yaml")] == ["file_unreadable"]
