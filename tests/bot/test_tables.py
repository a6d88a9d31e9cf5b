"""Tables in Chinese widths: every column begins at the same place on the screen."""

from __future__ import annotations

from bot.tables import cells, cut, table


def test_columns_stand_below_each_other() -> None:
    text = table(
        ["單位", "通數", "平均"], [["工務課", "9", "63.33"], ["東區區公所", "12", "8.50"], ["A1 室", "3", "-"]]
    )
    assert text.split("\n") == [
        "單位        通數   平均",
        "工務課         9  63.33",
        "東區區公所    12   8.50",
        "A1 室          3      -",
    ]
    assert len({cells(line) for line in text.split("\n")}) == 1


def test_a_long_cell_is_cut_within_its_width() -> None:
    assert cut("電話語音系統應答內容及說話速度", 12) == "電話語音系…"
    assert cells(cut("電話語音系統應答內容及說話速度", 12)) <= 12
    assert cut("短", 12) == "短"
