"""A sheet that is in no document works from its YAML alone: weights, percentages, conditions, grades, a framework."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rubrics

DATA = Path(__file__).parent / "data"
LIBRARY = rubrics.load_rubric(DATA / "library-2025.yaml")
FORM: dict[str, Any] = {
    "on_time": 87.5,
    "survey": 60,
    "courtesy": 18,
    "has_site": True,
    "books": {"volumes": 1250},
    "design": {"option": "plain", "points": 9},
    "phone_line": "slow",
}


def test_weights_and_percentages() -> None:
    scored = rubrics.score(LIBRARY, FORM)
    assert scored.problems == ()
    # 櫃檯 (43.75 + 12.5 + 18) × 0.4 = 29.7；線上 (5 + 2 × 7) + 9 + 7.5 = 35.5
    assert scored.total == Decimal("65.2")
    assert scored.points["on_time"] == Decimal("43.75")
    assert {s.id: s.points for s in scored.sections} == {"desk": Decimal("29.7"), "online": Decimal("35.5"), "site": 28}
    assert json.loads(json.dumps(scored.as_dict()))["total"] == 65.2


def test_without_a_site_the_telephone_counts_three_times() -> None:
    form = {k: v for k, v in FORM.items() if k not in ("books", "design")} | {"has_site": "no", "phone_line": "quick"}
    scored = rubrics.score(LIBRARY, form)
    assert scored.total == Decimal("89.7")
    assert {s.id: s.max for s in scored.sections} == {"desk": 40, "online": 60, "site": 0}
    assert scored.explanations[-1].arithmetic == "20 × 3 = 60"


def test_a_condition_on_numbers() -> None:
    closed = {**FORM, "on_time": 49.99}
    assert [(p.criterion, p.code) for p in rubrics.score(LIBRARY, closed).problems] == [("design", "not_asked")]
    assert rubrics.score(LIBRARY, {**closed, "survey": 59.99}).problems == ()


@pytest.mark.parametrize(
    ("total", "label"),
    [("100", "金質"), ("85", "金質"), ("84.9999", "銀質"), ("70.5", "銀質"), ("70.49", "未達"), ("0", "未達")],
)
def test_its_own_grades(total: str, label: str) -> None:
    found = rubrics.grade(LIBRARY, Decimal(total))
    assert found is not None
    assert found.label == label
    assert rubrics.grade(LIBRARY.grades, Decimal(total)) == found


@pytest.mark.parametrize(
    ("value", "unit", "band"),
    [(95, "分", "21-30"), (Decimal("89.99"), "", "11-20"), (70, "分數", "11-20"), (69.9, "分", None), (95, "%", None)],
)
def test_a_figure_proposes_a_band(value: object, unit: str, band: str | None) -> None:
    found = rubrics.propose_band(LIBRARY.criterion("courtesy"), value, unit)
    assert (found.band.id if found and found.band else None) == band


@pytest.mark.parametrize(
    ("criterion", "answer", "code"),
    [
        ("on_time", 87.555, "too_fine_number"),
        ("on_time", 100.01, "number_out_of_range"),
        ("on_time", "87", "answer_type"),
        ("courtesy", 31, "points_out_of_range"),
        ("courtesy", 20.5, "not_whole"),
        ("courtesy", True, "answer_type"),
        ("courtesy", {"band": "11-20", "points": 21}, "points_out_of_range"),
        ("courtesy", {"band": "11-30", "points": 21}, "unknown_answer"),
        ("courtesy", {"band": "11-20"}, "points_missing"),
        ("courtesy", {"points": 3, "band": "0-10", "x": 1}, "unknown_part"),
        ("courtesy", float("nan"), "not_a_number"),
    ],
)
def test_faults(criterion: str, answer: object, code: str) -> None:
    problems = rubrics.score(LIBRARY, {**FORM, criterion: answer}).problems
    assert [(p.criterion, p.code) for p in problems] == [(criterion, code)]


def test_a_band_may_be_named() -> None:
    scored = rubrics.score(LIBRARY, {**FORM, "courtesy": {"band": "11-20", "points": 18.0}})
    assert scored.total == Decimal("65.2")
    assert scored.explanations[2].answer == "平均 70 分以上"


answers = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.just({"volumes": 3}), st.just("fine")
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*FORM, "nothing"]), answers))
def test_any_form_is_scored_or_named_never_both(changes: dict[str, object]) -> None:
    scored = rubrics.score(LIBRARY, {**FORM, **changes})
    walked = rubrics.walk(LIBRARY, {**FORM, **changes}).problems()
    assert (scored.total is None) == bool(scored.problems)
    assert scored.problems == walked
    if scored.total is not None:
        assert 0 <= scored.total <= 100
        assert scored.total == sum(s.points for s in scored.sections if s.depth == 0)
        assert scored.total == rubrics.so_far(LIBRARY, {**FORM, **changes})


def test_a_framework_counts_progress_and_invents_no_points() -> None:
    plan = rubrics.load_rubric(DATA / "workplan-2025.yaml")
    form = {"training": "finished", "building": {"state": "going", "due": "2025-06-30"}}
    assert rubrics.progress(plan, form) == rubrics.Progress(3, 1, {"waiting": 1, "going": 1, "finished": 1})
    scored = rubrics.score(plan, form)
    assert (scored.total, scored.points, scored.problems) == (None, {}, ())
    assert [p.code for p in rubrics.score(plan, {"training": "done"}).problems] == ["unknown_answer"]
    faults = [{"due": "114/6/30"}, {"due": 3}, {"dew": "x"}, {"state": "finish"}, 1]
    codes = [rubrics.score(plan, {"training": fault}).problems[0].code for fault in faults]
    assert codes == ["not_a_date", "answer_type", "unknown_part", "unknown_answer", "answer_type"]
    told = rubrics.describe(plan)
    assert told["max"] is None
    assert told["fields"] == [{"id": "due", "label": "完成期限", "type": "date"}]


def test_hashes(tmp_path: Path) -> None:
    text = (DATA / "library-2025.yaml").read_text(encoding="utf-8")
    path = tmp_path / "library-2025.yaml"

    def hashes(old: str, new: str) -> tuple[bool, bool]:
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        made = rubrics.load_rubric(path)
        return made.content_hash == LIBRARY.content_hash, made.structure_hash == LIBRARY.structure_hash

    assert hashes("# 測試用的表", "# 一張表") == (True, True)
    assert hashes("label: 準時開館率", "label: 準時率") == (False, True)
    assert hashes("text: 平均 90 分以上", "text: 平均達 90 分") == (False, True)
    assert hashes("id: slow", "id: sluggish") == (False, False)
    assert hashes("points: 7.5", "points: 7") == (False, False)
    assert hashes("on_time: {at_least: 50}", "on_time: {at_least: 51}") == (False, False)


def test_folder(tmp_path: Path) -> None:
    found = rubrics.load_folder(DATA)
    assert [r.id for r in found] == ["library-2025", "workplan-2025"]
    assert [p.code for p in found.problems] == ["unknown_rubric"]  # its feeds live in another folder
    with pytest.raises(rubrics.UnknownRubricError, match="是不是「library-2025」"):
        found.get("library-2024")
    (tmp_path / "library-2025.yaml").write_bytes((DATA / "library-2025.yaml").read_bytes())
    built_in = Path(rubrics.__file__).parent
    both = rubrics.load_folders([built_in, DATA, tmp_path])
    assert [(p.code, p.path) for p in both.problems] == [("duplicate_rubric", str(tmp_path / "library-2025.yaml"))]
    assert both.get("library-2025").title == "市立圖書館服務評量"
