"""Every problem code of a sheet's file is provoked, alone, at its line. `#!` marks the line in the broken text."""

from __future__ import annotations

from pathlib import Path

import pytest

import rubrics

BASE = """\
id: base
kind: sheet
title: 標題
office: 機關
year: 114
clause: 附表
max: 30
criteria:
  - id: one
    label: 一
    max: 10
    options:
      - {id: good, label: 好, points: 6-10}
      - {id: bad, label: 不好, points: 0-5}
  - id: two
    label: 二
    max: 20
    items:
      - id: three
        label: 三
        max: 20
        bands:
          - {points: 11-20, text: 達 80% 以上, at_least: 80, unit: "%"}
          - {points: 0-10, text: 其他}
"""
TOP = "clause: 附表\n"
GOOD = "      - {id: good, label: 好, points: 6-10}\n"
BAD = "      - {id: bad, label: 不好, points: 0-5}\n"
ONE = "  - id: one\n"
TWO = "  - id: two\n"
THREE = "      - id: three\n"
HIGH = '          - {points: 11-20, text: 達 80% 以上, at_least: 80, unit: "%"}\n'
LOW = "          - {points: 0-10, text: 其他}\n"
MANY = "".join(
    f"  - {{id: s{n}, label: 題, max: 0, options: [{', '.join(f'{{id: o{k}, label: 選}}' for k in range(30))}]}}\n"
    for n in range(4)
)

LOOP = """\
  - {id: hen, label: 雞, max: 0, when: {egg: yes}, options: [{id: yes, label: 有}]} #!
  - {id: egg, label: 蛋, max: 0, when: {hen: yes}, options: [{id: yes, label: 有}]}
"""
# a broken number is missed where it is needed
FOLLOWING = {"sum_mismatch", "missing_key"}

# code, what is replaced, by what
CASES = [
    ("yaml_syntax", TOP, "clause: 附表: 一 #!\n"),
    ("yaml_duplicate_key", TOP, TOP + "clause: 附件 #!\n"),
    ("yaml_merge_key", TOP, TOP + "<<: {x: 1} #!\n"),
    ("yaml_alias", TOP, "clause: &a 附表 #!\n"),
    ("yaml_tag", TOP, "clause: !!python/name:os.system 附表 #!\n"),
    ("yaml_sexagesimal", TOP, "clause: 12:30 #!\n"),
    ("wrong_type", TOP, "clause: [附表] #!\n"),
    ("wrong_type", TOP, TOP + "notes: 說明 #!\n"),
    ("unknown_key", TOP, TOP + "grade: [] #!\n"),
    ("missing_key", BAD, "      - {id: bad, label: 不好} #!\n"),
    ("missing_key", TOP, "clause: '' #!\n"),
    ("bad_number", "year: 114", "year: 0114 #!"),
    ("bad_number", "max: 30\n", "max: 3e1 #!\n"),
    ("bad_range", BAD, BAD + "      - {id: odd, label: 怪, points: 9-7} #!\n"),
    ("bad_id", GOOD, "      - {id: Good, label: 好, points: 6-10} #!\n"),
    ("bad_choice", TOP, TOP + "notes:\n  - {id: n, text: 甲, decision: 乙,\n     kind: gaps} #!\n"),
    ("not_a_sheet", "kind: sheet", "kind: sheets #!"),
    ("section_or_leaf", "    items:\n", "    options: [] #!\n    items:\n"),
    ("empty_list", TOP, TOP + "grades: [] #!\n"),
    ("duplicate_id", THREE, "      - id: one #!\n"),
    ("duplicate_id", GOOD + BAD, GOOD + "      - {id: good, label: 不好, points: 0-5} #!\n"),
    ("id_not_file_name", "id: base\n", "id: basis #!\n"),
    ("reserved_id", GOOD, "      - {id: counted, label: 好, points: 6-10} #!\n"),
    ("sum_mismatch", TWO, "  - id: two #!\n    weight: 50%\n"),
    ("sum_mismatch", "max: 30\ncriteria:\n" + ONE, "max: 31\ncriteria:\n  - id: one #!\n"),
    (
        "max_mismatch",
        ONE,
        "  - id: zero #!\n    label: 零\n    max: 0\n    options: [{id: a, label: 甲, points: 3}]\n" + ONE,
    ),
    ("multiplier_max", BAD, BAD + "    multiplier:\n      {when: {three: {at_least: 1}}, times: 2, max: 21} #!\n"),
    (
        "one_of_max",
        "    items:\n" + THREE,
        "    one_of: true\n    items:\n      - {id: four, label: 四, max: 19, when: {one: bad}} #!\n"
        + THREE
        + "        when: {one: good}\n",
    ),
    (
        "one_of_both_open",
        TWO + "    label: 二\n    max: 20\n    items:\n",
        "  - id: two #!\n    label: 二\n    max: 20\n    one_of: true\n    items:\n"
        "      - {id: four, label: 四, max: 20}\n",
    ),
    (
        "too_fine",
        ONE + "    label: 一\n    max: 10\n    options:\n",
        "  - id: one #!\n    label: 一\n    max: 10\n    options:\n      - {id: tiny, label: 小, points: 5.0000001}\n",
    ),
    ("too_many_branches", ONE, MANY + "  - id: one #!\n    when: {s0: o1, s1: o1, s2: o1, s3: o1}\n"),
    ("band_order", HIGH + LOW, LOW + HIGH.replace("\n", " #!\n")),
    ("gap", HIGH + LOW, HIGH + "          - {points: 2-10, text: 其他} #!\n"),
    ("gap", BAD, "      - {id: bad, label: 不好, points: 0-3} #!\n"),
    ("overlap", HIGH + LOW, HIGH + "          - {points: 0-11, text: 其他} #!\n"),
    (
        "declared_absent",
        THREE,
        THREE + "        notes:\n          - {id: n, kind: gap, at: 3, text: 甲, decision: 乙} #!\n",
    ),
    ("threshold_order", LOW, '          - {points: 0-10, text: 達 85%, at_least: 85, unit: "%"} #!\n'),
    ("threshold_not_in_text", LOW, '          - {points: 0-10, text: 達 6 成, at_least: 60, unit: "%"} #!\n'),
    ("bad_condition", ONE, ONE + "    when: [] #!\n"),
    ("bad_condition", ONE, ONE + "    when: {three: good} #!\n"),
    ("unknown_reference", THREE, THREE + "        when: {onne: good} #!\n"),
    ("unknown_answer_reference", THREE, THREE + "        when: {one: [good, badd]} #!\n"),
    ("condition_cycle", ONE, LOOP + ONE),
    ("unreachable", THREE, "      - id: three #!\n        when: {all: [{one: good}, {one: bad}]}\n"),
    ("given_out_of_range", THREE, THREE + "        given: {when: {one: good}, points: 21} #!\n"),
    ("added_without_note", GOOD, "      - {id: good, label: 好, points: 6-10, added: true} #!\n"),
    (
        "short_too_long",
        GOOD,
        "      - {id: good, label: 好, points: 6-10, short: 這個短標題寫了十七個字，手機放不下} #!\n",
    ),
    ("grade_order", TOP, TOP + "grades:\n  - {id: a, label: 甲, from: 0}\n  - {id: b, label: 乙, from: 9} #!\n"),
    ("grade_floor", TOP, TOP + "grades:\n  - {id: a, label: 甲, from: 9} #!\n"),
    ("unknown_column", TOP, TOP + "statistics:\n  label: 表\n  columns:\n    - tow #!\n"),
]


def broken(old: str, new: str) -> tuple[str, int]:
    text = BASE.replace(old, new, 1)
    assert text != BASE
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "#!" in line]
    return text, lines[0] if lines else 0


def found(tmp_path: Path, text: str, documents: dict[str, str] | None = None) -> list[tuple[str, int]]:
    path = tmp_path / "base.yaml"
    path.write_text(text, encoding="utf-8")
    return [(p.code, p.line) for p in rubrics.lint(path, documents)]


def test_the_base_is_clean(tmp_path: Path) -> None:
    assert found(tmp_path, BASE) == []


@pytest.mark.parametrize(("code", "old", "new"), CASES, ids=[f"{c}-{n}" for n, (c, _, _) in enumerate(CASES)])
def test_each_code_at_its_line(tmp_path: Path, code: str, old: str, new: str) -> None:
    text, line = broken(old, new)
    problems = found(tmp_path, text)
    assert (code, line) in problems
    assert {other for other, _ in problems} - {code} <= FOLLOWING


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert [p.code for p in rubrics.lint(tmp_path / "none.yaml")] == ["file_unreadable"]
    path = tmp_path / "base.yaml"
    path.write_bytes(BASE.encode("utf-8").replace("附表".encode(), "附表".encode("big5")))
    assert [(p.code, p.line) for p in rubrics.lint(path)] == [("file_not_utf8", 6)]
    path.write_text("", encoding="utf-8")
    assert [p.code for p in rubrics.lint(path)] == ["missing_key"]
    path.write_bytes(b"\xef\xbb\xbf" + BASE.encode("utf-8"))
    assert rubrics.lint(path) == ()


def test_words_that_the_document_does_not_hold(tmp_path: Path) -> None:
    text = BASE.replace(TOP, TOP + "document: paper.txt\n")
    paper = "標題 一 好 不好 二 三 達 80％ 以上 其他"
    assert found(tmp_path, text, {"paper.txt": paper}) == []
    assert found(tmp_path, text, {"paper.txt": paper.replace("達", "超過")}) == [("quote_not_found", 24)]
    assert found(tmp_path, text, {"papers.txt": paper}) == [("document_missing", 1)]
    assert found(tmp_path, text) == []


def test_a_framework_without_a_finished_state(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "data" / "workplan-2025.yaml").read_text(encoding="utf-8")
    path = tmp_path / "workplan-2025.yaml"
    path.write_text(text.replace(", done: true", ""), encoding="utf-8")
    assert [(p.code, p.line) for p in rubrics.lint(path)] == [("no_done_state", 8)]


def test_between_files(tmp_path: Path) -> None:
    feeds = "        feeds: {rubric: bass, value: mean} #!\n"
    for name in ("base.yaml", "other.yaml"):
        (tmp_path / name).write_text(BASE, encoding="utf-8")
    problems = rubrics.check_paths([tmp_path])
    assert [(p.code, Path(p.path).name) for p in problems] == [
        ("id_not_file_name", "other.yaml"),
        ("duplicate_rubric", "other.yaml"),
    ]
    (tmp_path / "other.yaml").unlink()
    (tmp_path / "base.yaml").write_text(BASE.replace(THREE, THREE + feeds), encoding="utf-8")
    (problem,) = rubrics.check_paths([tmp_path])
    assert (problem.code, problem.line) == ("unknown_rubric", 20)
    assert "是不是「base」" in problem.message


def test_plans_are_left_to_their_own_checker(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    plan = tmp_path / "plans" / "p.yaml"
    plan.write_text("x: 1", encoding="utf-8")
    assert rubrics.check_paths([tmp_path]) == []
    mine = rubrics.Problem("p", "", "計畫", str(plan), 1)
    assert rubrics.check_paths([tmp_path], {}, lambda path, documents: [mine] if path == plan else []) == [mine]


def test_every_code_is_provoked() -> None:
    elsewhere = {"file_unreadable", "file_not_utf8", "quote_not_found", "document_missing", "no_done_state"}
    elsewhere |= {"duplicate_rubric", "unknown_rubric"}
    assert {code for code, _, _ in CASES} | elsewhere == set(rubrics.FILE_CODES)


def test_all_problems_at_once_each_with_cause_and_remedy(tmp_path: Path) -> None:
    text = BASE.replace("max: 30", "max: 31").replace("kind: sheet", "kinds: sheet").replace("at_least", "atleast")
    path = tmp_path / "base.yaml"
    path.write_text(text, encoding="utf-8")
    problems = rubrics.lint(path)
    assert {p.code for p in problems} == {"sum_mismatch", "unknown_key", "missing_key"}
    assert [p.line for p in problems] == sorted(p.line for p in problems)
    assert all(p.cause and p.remedy and p.path == str(path) for p in problems)
    assert "是不是「at_least」" in next(p.message for p in problems if "atleast" in p.message)
    with pytest.raises(rubrics.BrokenRubricError) as caught:
        rubrics.load_rubric(path)
    assert caught.value.problems == problems


def test_the_format_page_lists_every_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rubric-format.md").read_text(encoding="utf-8")
    for code, (cause, remedy) in [*rubrics.FILE_CODES.items(), *rubrics.FORM_CODES.items()]:
        assert f"| `{code}` | {cause} | {remedy} |" in page, code


def test_what_is_declared_is_excused(tmp_path: Path) -> None:
    gap = "notes:\n  - {id: n, kind: gap, at: 0-1, text: 沒有 0、1 分, decision: 可以給}\n"
    text = BASE.replace(LOW, "          - {points: 2-11, text: 其他}\n").replace(TOP, TOP + gap)
    edge = "        notes:\n          - {id: e, kind: overlap, at: boundaries, text: 共用, decision: 歸較高}\n"
    assert found(tmp_path, text.replace(THREE, THREE + edge)) == []
    assert [code for code, _ in found(tmp_path, text)] == ["overlap"]
    path = tmp_path / "base.yaml"
    path.write_text(text.replace(THREE, THREE + edge), encoding="utf-8")
    leaf = rubrics.load_rubric(path).criterion("three")
    bands = [leaf.band_of(rubrics.exact(n) or rubrics.exact(0)) for n in (0, 11, 10)]  # type: ignore[arg-type]
    assert [b.id if b else None for b in bands] == [None, "11-20", "2-11"]
