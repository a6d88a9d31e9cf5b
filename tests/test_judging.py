"""The rule by which the benchmark calls an answer right, on cases worked out by hand."""

from __future__ import annotations

import pytest

from bench.judging import Question, Shown, auroc, right, right_among

ASKED = Question("響幾聲", "plain", "answer", (), ("003",), (("5 聲", "五聲"), ("臺中",)))
GOOD = Shown("003_x.txt", "台中", "響５聲 內接聽")
OTHER = Shown("001_y.txt", "台中", "響5聲內接聽")
POOR = Shown("003_x.txt", "台中", "響6聲內接聽")


def test_the_first_answer_must_be_of_the_document_and_hold_every_group() -> None:
    assert right(ASKED, [GOOD])
    assert not right(ASKED, [OTHER, GOOD])
    assert not right(ASKED, [POOR, GOOD])
    assert not right(ASKED, [])


def test_among_three_each_is_looked_at_alone() -> None:
    assert right_among(ASKED, [OTHER, POOR, GOOD])
    assert not right_among(ASKED, [OTHER, POOR, OTHER, GOOD])


def test_a_comparison_needs_every_document_and_takes_all_together() -> None:
    both = Question("比較", "compare", "answer", (), ("001", "003"), (("6聲",), ("5聲",)))
    assert right(both, [OTHER, POOR])
    assert not right(both, [POOR, GOOD])


@pytest.mark.parametrize(
    ("answerable", "other", "expected"),
    [
        ([3.0, 2.0], [1.0, 0.0], 1.0),
        ([0.0], [1.0], 0.0),
        ([1.0, 1.0], [1.0], 0.5),
        ([3.0, 1.0], [2.0, 1.0], 0.625),  # wins 2, then a loss and a tie: 2.5 of 4
        ([], [1.0], None),
    ],
)
def test_the_chance_that_an_answerable_question_scores_higher(
    answerable: list[float], other: list[float], expected: float | None
) -> None:
    assert auroc(answerable, other) == expected
