"""Columns and line breaks: expected lines are written down, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.faces.markup import Run, bare, clean
from bot.faces.width import NOT_AT_START, wrap
from bot.tables import cells


def lines(text: str, columns: int) -> list[str]:
    return [bare(line) for line in wrap([Run(text)], columns)]


@pytest.mark.parametrize(("text", "columns"), [("電話禮貌", 8), ("abc", 3), ("５聲", 4), ("👍", 2), ("é", 1), ("", 0)])
def test_cells(text: str, columns: int) -> None:
    assert cells(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("電話禮貌測試", 8, ["電話禮貌", "測試"]),
        ("電話禮貌。測試", 8, ["電話禮", "貌。測試"]),  # no line begins with 。
        ("電話禮「貌」測", 8, ["電話禮", "「貌」測"]),  # and none ends with 「
        ("每 4 個月測試 telephone 一次", 12, ["每 4 個月測", "試 telephone", "一次"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("一  二", 4, ["一", "二"]),
        ("", 8, [""]),
        ("👩‍👩‍👧👍👍", 4, ["👩‍👩‍👧👍", "👍"]),
    ],
)
def test_wrap(text: str, columns: int, expected: list[str]) -> None:
    assert lines(text, columns) == expected


def test_tags_go_along() -> None:
    assert wrap([Run("電話", ("b",)), Run("禮貌測試")], 8) == [
        [Run("電話", ("b",)), Run("禮貌")],
        [Run("測試")],
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60).map(clean), st.integers(4, 30))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, columns: int) -> None:
    text = text.replace("\n", " ").replace("\t", " ")
    found = lines(text, columns)
    assert all(cells(line) <= columns for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(alphabet="電話禮貌測試，。（）「」a1", max_size=12))
def test_lines_never_begin_with_closing_punctuation(text: str) -> None:
    for line in lines("主管機關應辦理測試並公布" + text, 24)[1:]:
        assert line[0] not in NOT_AT_START
