"""Taking in records from paper: all or nothing, each fault with its line, the same line twice is one record."""

from pathlib import Path

import pytest

from bot.dialogue.turn import UserError
from bot.recording import import_lines, list_records
from tests.bot.support import services
from tests.support.worked_example import LINE, write
from tests.support.worked_example import WORKED as FORM

NOTHING = dict.fromkeys(["rubric", "unit", "tester", "from", "to", "series"])


def test_a_file_is_taken_in_once(tmp_path: Path) -> None:
    made = services()
    later = {**LINE, "called_at": "113/05/07 14:00", "unit": "工務課"}
    file = write(tmp_path / "paper.jsonl", LINE, later, LINE)
    assert import_lines(made, file) == ("匯入 2 筆；另有 1 筆先前已經匯入過，沒有重複登錄。", 0)
    assert import_lines(made, file)[0].startswith("匯入 0 筆；另有 3 筆")
    text, data = list_records(made, NOTHING, False, None)
    assert [one["unit"] for one in data] == ["工務課", "秘書室"]
    assert data[1]["total"] == 76.5
    assert data[1]["answers"] == FORM
    assert data[1]["points"]["operator_answer"] == 17.5
    assert data[1]["called_at"] == "2024-05-06T10:30:00+08:00"
    assert data[1]["remarks"] == {"note": "掛電話前沒有道再見"}
    assert "76.5／100" in text


def test_every_fault_is_named_and_nothing_is_recorded(tmp_path: Path) -> None:
    made = services()
    file = write(
        tmp_path / "paper.jsonl",
        LINE,
        {**LINE, "rubric": "hsinchu-2018-phon"},
        {**LINE, "called_at": "去年某天"},
        {**LINE, "called_at": "2124-05-06T10:30"},
        {**LINE, "form": {**FORM, "unit_closing": "maybe", "nonsense": 1}},
        {key: value for key, value in LINE.items() if key != "tester"},
        {**LINE, "colour": "red"},
        {**LINE, "unit": " "},
        [1, 2],
    )
    text, faults = import_lines(made, file)
    assert faults == 9
    assert "第 2 行：沒有「hsinchu-2018-phon」這張表（是不是「hsinchu-2018-phone」？）。" in text
    assert "第 3 行：測試時間「去年某天」看不懂" in text
    assert "第 4 行：測試時間「2124-05-06T10:30」還沒到" in text
    assert text.count("第 5 行") == 2
    assert "第 6 行：少了「tester」" in text
    assert "第 7 行：看不懂「colour」" in text
    assert "第 8 行：「unit」要寫文字" in text
    assert "第 9 行：不是一個 JSON 物件" in text
    assert made.store.records.find() == []
    assert made.store.units.all() == []


def test_lists_can_be_narrowed(tmp_path: Path) -> None:
    made = services()
    others = [
        {**LINE, "unit": unit, "called_at": f"2024-0{month}-06T10:30"} for unit, month in [("工務課", 1), ("管理課", 4)]
    ]
    import_lines(made, write(tmp_path / "paper.jsonl", LINE, *others))

    def units(**filters: str) -> list[str]:
        return [one["unit"] for one in list_records(made, {**NOTHING, **filters}, False, None)[1]]

    assert units(unit="第二河川局") == ["秘書室", "管理課", "工務課"]
    assert units(unit="工務課") == ["工務課"]
    assert units(**{"from": "113/04/01"}) == ["秘書室", "管理課"]
    assert units(to="2024-04-30") == ["管理課", "工務課"]
    assert units(tester="王小明", rubric="hsinchu-2018-phone") == ["秘書室", "管理課", "工務課"]
    assert units(tester="林大華") == []
    with pytest.raises(UserError, match="沒有「公務課」這個單位（是不是「第二河川局 工務課」？）"):
        units(unit="公務課")


def test_an_office_without_what_stands_above_it_is_the_same_office(tmp_path: Path) -> None:
    made = services()
    made.store.units.ensure("經濟部水利署第二河川局", "秘書室")
    import_lines(made, write(tmp_path / "paper.jsonl", LINE))
    assert [unit.name for unit in made.store.units.all()] == ["經濟部水利署第二河川局", "秘書室"]
