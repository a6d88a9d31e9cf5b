"""新竹市's two plan formats: items in the annexes' order, words, columns, and progress without points."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import rubrics

FOLDER = Path(rubrics.__file__).parent
STATES = [("not_started", "未開始", False), ("in_progress", "進行中", False), ("done", "完成", True)]
ITEMS = {
    "hsinchu-2018-overall": [
        ("一、基礎服務", "(一)服務一致及正確", 4),
        ("一、基礎服務", "(二)服務友善", 9),
        ("二、服務遞送", "(一)服務便捷", 4),
        ("二、服務遞送", "(二)服務可近性", 4),
        ("二、服務遞送", "(三)服務成長及優化", 2),
        ("三、服務量能", "(一)內部作業簡化", 1),
        ("三、服務量能", "(二)服務精進機制", 2),
        ("四、服務評價", "(一)服務滿意情形", 2),
        ("四、服務評價", "(二)意見回應處理情形", 1),
        ("開放創新", "(一)開放參與", 1),
        ("開放創新", "(二)創新性", 1),
    ],
    "hsinchu-2018-project": [
        ("一、問題分析", "專案問題分析", 2),
        ("二、規劃內容", "實施策略與方法", 9),
        ("三、推動成效", "(一)外部效益", 7),
        ("三、推動成效", "(二)內部效益", 4),
        ("三、推動成效", "(三)成本合理性", 2),
        ("三、推動成效", "(四)服務持續性及擴散性", 2),
        ("開放創新", "(一)開放參與", 1),
        ("開放創新", "(二)創新性", 1),
    ],
}
FIELDS = {
    "hsinchu-2018-overall": ["佐證", "完成期限", "承辦單位"],
    "hsinchu-2018-project": ["佐證", "推動作法", "完成期限", "承辦單位"],
}


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("sheet", ITEMS)
def test_items_points_of_attention_and_columns(sheet: str) -> None:
    rubric = rubrics.load_rubric(FOLDER / f"{sheet}.yaml")
    found = [(squeeze(c.path[0]), squeeze(c.label), len(c.texts)) for c in rubric.criteria]
    assert found == ITEMS[sheet]
    assert [f.label for f in rubric.fields] == FIELDS[sheet]
    assert [(s.id, s.label, s.done) for s in rubric.states] == STATES


@pytest.mark.parametrize("sheet", ITEMS)
def test_progress_is_counted_and_no_points_are_invented(sheet: str) -> None:
    rubric = rubrics.load_rubric(FOLDER / f"{sheet}.yaml")
    first, second, *_ = (c.id for c in rubric.criteria)
    form = {first: {"state": "done", "due": "2018-06-30", "unit": "秘書室"}, second: "in_progress"}
    scored = rubrics.score(rubric, form)
    assert (scored.problems, scored.total, scored.points) == ((), None, {})
    progress = rubrics.progress(rubric, form)
    every = len(ITEMS[sheet])
    assert (progress.total, progress.done) == (every, 1)
    assert progress.states == {"not_started": every - 2, "in_progress": 1, "done": 1}


@pytest.mark.parametrize("sheet", ITEMS)
def test_an_unknown_state_is_refused_by_name(sheet: str) -> None:
    rubric = rubrics.load_rubric(FOLDER / f"{sheet}.yaml")
    scored = rubrics.score(rubric, {rubric.criteria[0].id: "finished"})
    assert [(p.code, p.criterion) for p in scored.problems] == [("unknown_answer", rubric.criteria[0].id)]
