"""The two thousand-point sheets against an independent transcription of the papers, and random fillings of them.

The transcriptions were typed from the documents; nothing of them comes from the YAML files.
"""

from __future__ import annotations

import csv
import itertools
import random
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest

import knowledge
import rubrics
from rubrics import Criterion, Rubric, RubricSet, Section

HERE = Path(__file__).parent
FOLDER = Path(rubrics.__file__).parent
DOCUMENTS = Path(knowledge.__file__).parent / "documents"
PAPERS = {"mines-2011-sheet": "mines_2011", "wra-2016-sheet": "wra_2016"}
GRADES = [(900, "優"), (800, "甲"), (700, "乙"), (600, "丙"), (0, "丁")]


def squeeze(text: str) -> str:
    """The paper's text without spaces, full-width forms folded: written here on its own."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def sheets() -> RubricSet:
    return rubrics.load_folder(FOLDER, {p.name: p.read_text(encoding="utf-8") for p in DOCUMENTS.glob("*.txt")})


def rows(sheet: str) -> list[dict[str, str]]:
    with (HERE / "transcriptions" / f"{PAPERS[sheet]}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def leaves(sheet: str) -> list[dict[str, str]]:
    """The transcription's rows with nothing below them."""
    every = rows(sheet)
    depths = [int(r["depth"]) for r in every] + [0]
    return [r for r, here, following in zip(every, depths[:-1], depths[1:], strict=True) if following <= here]


def depth(node: Section | Criterion) -> int:
    return len(node.path)


def figures(leaf: Criterion) -> str:
    return " ".join(f"{b.at_least:f}{b.unit}" for b in leaf.bands if b.at_least is not None)


def test_every_sheet_loads_with_its_quotes_in_the_documents(sheets: RubricSet) -> None:
    assert sheets.problems == ()


@pytest.mark.parametrize("sheet", PAPERS)
def test_order_labels_and_maxima_are_the_papers(sheets: RubricSet, sheet: str) -> None:
    found = [(depth(n), squeeze(n.label), n.max) for n in sheets.get(sheet).nodes()]
    assert found == [(int(r["depth"]), squeeze(r["label"]), Decimal(r["max"])) for r in rows(sheet)]


@pytest.mark.parametrize("sheet", PAPERS)
def test_bands_and_thresholds_are_the_papers(sheets: RubricSet, sheet: str) -> None:
    criteria = sheets.get(sheet).criteria
    assert [squeeze(c.label) for c in criteria] == [squeeze(r["label"]) for r in leaves(sheet)]
    for leaf, row in zip(criteria, leaves(sheet), strict=True):
        assert [f"{b.low:f}-{b.high:f}" for b in leaf.every_band] == row["bands"].split(), row["label"]
        assert figures(leaf) == row["figures"], row["label"]


@pytest.mark.parametrize("sheet", PAPERS)
def test_the_transcription_adds_up_on_every_level(sheet: str) -> None:
    every = rows(sheet)
    assert sum(int(r["max"]) for r in every if r["depth"] == "0") == 1000
    assert sum(int(r["max"]) for r in leaves(sheet)) == 1000
    for index, row in enumerate(every):
        below: list[int] = []
        for following in every[index + 1 :]:
            if int(following["depth"]) <= int(row["depth"]):
                break
            if int(following["depth"]) == int(row["depth"]) + 1:
                below.append(int(following["max"]))
        assert not below or sum(below) == int(row["max"]), row["label"]


def independent(sheet: str, points: list[int]) -> tuple[list[int], int, str]:
    """Subtotals in the paper's order, the total and the grade, from the transcription alone."""
    every, subtotals, at = rows(sheet), [], 0
    depths = [int(r["depth"]) for r in every] + [0]
    earned: list[int | None] = []
    for here, following in itertools.pairwise(depths):
        earned.append(points[at] if following <= here else None)
        at += following <= here
    for index, value in enumerate(earned):
        if value is None:
            end = next((i for i in range(index + 1, len(every)) if depths[i] <= depths[index]), len(every))
            subtotals.append(sum(v for v in earned[index:end] if v is not None))
    total = sum(points)
    return subtotals, total, next(name for bound, name in GRADES if total >= bound)


@pytest.mark.parametrize("sheet", PAPERS)
def test_a_thousand_random_fillings_equal_an_independent_sum(sheets: RubricSet, sheet: str) -> None:
    rubric, draw = sheets.get(sheet), random.Random(1000)
    maxima = [int(r["max"]) for r in leaves(sheet)]
    for _ in range(1000):
        generous = draw.random()
        points = [max(draw.randint(0, most), round(most * generous)) for most in maxima]
        scored = rubrics.score(rubric, {c.id: p for c, p in zip(rubric.criteria, points, strict=True)})
        subtotals, total, name = independent(sheet, points)
        assert scored.problems == ()
        assert scored.total == total
        assert [s.points for s in scored.sections] == subtotals
        found = rubrics.grade(rubric, scored.total)
        assert found is not None
        assert found.label == name


@pytest.mark.parametrize("sheet", PAPERS)
def test_points_over_the_maximum_are_refused_by_name(sheets: RubricSet, sheet: str) -> None:
    rubric = sheets.get(sheet)
    full = {c.id: int(c.max) for c in rubric.criteria}
    assert rubrics.score(rubric, full).total == 1000
    for leaf in rubric.criteria:
        for wrong in (int(leaf.max) + 1, -1):
            scored = rubrics.score(rubric, full | {leaf.id: wrong})
            assert scored.total is None
            assert [(p.code, p.criterion) for p in scored.problems] == [("points_out_of_range", leaf.id)]


@pytest.mark.parametrize("sheet", PAPERS)
def test_points_outside_the_chosen_band_are_refused_by_name(sheets: RubricSet, sheet: str) -> None:
    rubric = sheets.get(sheet)
    full = {c.id: int(c.max) for c in rubric.criteria}
    for leaf in rubric.criteria:
        for band in leaf.every_band:
            inside = rubrics.score(rubric, full | {leaf.id: {"band": band.id, "points": int(band.low)}})
            assert inside.total == 1000 - leaf.max + band.low
            for wrong in (int(band.low) - 1, int(band.high) + 1):
                scored = rubrics.score(rubric, full | {leaf.id: {"band": band.id, "points": wrong}})
                assert scored.total is None
                assert [(p.code, p.criterion) for p in scored.problems] == [("points_out_of_range", leaf.id)]


@pytest.mark.parametrize("sheet", PAPERS)
def test_a_missing_leaf_is_a_problem(sheets: RubricSet, sheet: str) -> None:
    rubric = sheets.get(sheet)
    full = {c.id: int(c.max) for c in rubric.criteria}
    for leaf in rubric.criteria:
        short = {k: v for k, v in full.items() if k != leaf.id}
        assert [(p.code, p.criterion) for p in rubrics.score(rubric, short).problems] == [("missing_answer", leaf.id)]


def proposed(rubric: Rubric, leaf: str, value: str, unit: str) -> str:
    found = rubrics.propose_band(rubric.criterion(leaf), Decimal(value), unit)
    return f"{found.band.low}-{found.band.high}" if found and found.band else ""


@pytest.mark.parametrize(
    ("sheet", "leaf", "value", "unit", "band"),
    [
        ("mines-2011-sheet", "environment", "78", "%", "15-20"),
        ("mines-2011-sheet", "environment", "85", "%", "20-25"),
        ("mines-2011-sheet", "environment", "84.9", "%", "15-20"),
        ("mines-2011-sheet", "environment", "64", "%", ""),
        ("mines-2011-sheet", "manners", "78", "%", "10-15"),
        ("mines-2011-sheet", "phone_courtesy", "89.99", "分", "10-15"),
        ("mines-2011-sheet", "phone_courtesy", "90", "分", "15-20"),
        ("mines-2011-sheet", "phone_courtesy", "69", "分", ""),
        ("mines-2011-sheet", "competence", "74", "%", "1-30"),
        ("mines-2011-sheet", "accuracy", "13", "件", "10-15"),
        ("mines-2011-sheet", "accuracy", "20", "件", "15-20"),
        ("mines-2011-sheet", "accuracy", "11", "件", ""),
        ("mines-2011-sheet", "open_ratio", "99", "%", "1-10"),
        ("mines-2011-sheet", "open_ratio", "100", "%", "10-20"),
        ("wra-2016-sheet", "phone_courtesy", "80", "分", "11-15"),
        ("wra-2016-sheet", "competence", "70", "%", "1-30"),
        ("wra-2016-sheet", "competence", "69", "%", ""),
        ("wra-2016-sheet", "accuracy", "12", "件", "1-10"),
    ],
)
def test_a_figure_proposes_the_band(sheets: RubricSet, sheet: str, leaf: str, value: str, unit: str, band: str) -> None:
    assert proposed(sheets.get(sheet), leaf, value, unit) == band


def test_base_points_of_the_satisfaction_items(sheets: RubricSet) -> None:
    rubric = sheets.get("mines-2011-sheet")
    for leaf, value, points in (("satisfaction", "80", 50), ("opinions", "60", 45)):
        found = rubrics.propose_band(rubric.criterion(leaf), Decimal(value), "%")
        assert found is not None
        assert found.base is not None
        assert found.base.points == points
    assert rubrics.propose_band(rubric.criterion("satisfaction"), Decimal(79), "%") is None


@pytest.mark.parametrize("sheet", PAPERS)
def test_recorded_telephone_tests_feed_the_courtesy_item_alone(sheets: RubricSet, sheet: str) -> None:
    rubric = sheets.get(sheet)
    fed = [(c.id, c.feeds.rubric, c.feeds.value) for c in rubric.criteria if c.feeds]
    assert fed == [("phone_courtesy", "hsinchu-2018-phone", "mean")]
    assert "hsinchu-2018-phone" in sheets


def test_shared_edges_belong_to_the_higher_band(sheets: RubricSet) -> None:
    leaf = sheets.get("mines-2011-sheet").criterion("environment")
    held = {points: leaf.band_of(Decimal(points)) for points in (25, 20, 19, 15, 14, 1, 0)}
    assert {p: b.id if b else None for p, b in held.items()} == {
        25: "20-25",
        20: "20-25",
        19: "15-20",
        15: "15-20",
        14: "1-15",
        1: "1-15",
        0: None,
    }


@pytest.mark.parametrize("sheet", PAPERS)
def test_grades_by_lower_bound_on_the_unrounded_total(sheets: RubricSet, sheet: str) -> None:
    rubric = sheets.get(sheet)
    cases = {"1000": "優", "900": "優", "899.5": "甲", "800": "甲", "799.999": "乙", "700": "乙", "600": "丙"}
    cases |= {"599.9": "丁", "0": "丁", "856": "甲"}
    for total, label in cases.items():
        found = rubrics.grade(rubric, Decimal(total))
        assert found is not None
        assert found.label == label, total


def test_the_statistics_columns_are_the_papers(sheets: RubricSet) -> None:
    columns = {}
    for sheet in PAPERS:
        rubric = sheets.get(sheet)
        assert rubric.statistics is not None
        nodes = {n.id: n for n in rubric.nodes()}
        columns[sheet] = [(squeeze(c.label), int(nodes[c.node].max)) for c in rubric.statistics.columns]
    assert columns["mines-2011-sheet"] == [
        ("一、機關形象(170分)", 170),
        ("二、服務流程(280分)", 280),
        ("三、顧客關係(150分)", 150),
        ("四、資訊提供及檢索服務(100分)", 100),
        ("五、線上服務及電子參與(100分)", 100),
        ("六、提供創新(意)服務情形(200分)", 200),
    ]
    assert columns["wra-2016-sheet"] == [
        ("服務流程", 280),
        ("機關形象", 170),
        ("顧客關係", 150),
        ("資訊提供及檢索服務", 100),
        ("線上服務及電子參與", 100),
        ("提供創新服務情形", 100),
        ("辦理服務規劃創新整合情形", 100),
    ]


def test_comments_and_header_fields(sheets: RubricSet) -> None:
    for sheet, name in (("mines-2011-sheet", "單位名稱"), ("wra-2016-sheet", "機關名稱")):
        rubric = sheets.get(sheet)
        assert [c.label for c in rubric.comments] == ["優點", "建議改進事項"]
        assert [f.label for f in rubric.fields] == ["編號", name, "考核人員", "考核日期"]


def test_the_papers_defects_are_notes_with_a_decision(sheets: RubricSet) -> None:
    expected = {
        "mines-2011-sheet": {
            ("", "overlap"),
            ("", "gap"),
            ("", "ambiguity"),
            ("image_conduct", "misplaced"),
            ("disclosure", "stray"),
            ("creative_value", "misplaced"),
            ("creative_lasting", "misplaced"),
            ("creative_efficiency", "misplaced"),
        },
        "wra-2016-sheet": {
            ("", "gap"),
            ("", "ambiguity"),
            ("process_clarity", "misplaced"),
            ("process_public", "misplaced"),
            ("process_response", "misplaced"),
            ("facilities", "duplicate"),
            ("image_conduct", "misplaced"),
            ("conduct_kindness", "duplicate"),
            ("competence", "duplicate"),
            ("online_variety", "misplaced"),
        },
    }
    for sheet, notes in expected.items():
        found = sheets.get(sheet).all_notes
        assert {(at, n.kind) for at, n in found} == notes
        assert all(n.text and n.decision for _, n in found)


def test_innovation_items_keep_their_explanations(sheets: RubricSet) -> None:
    mines = sheets.get("mines-2011-sheet").criterion("creative_value")
    assert [t.label for t in mines.texts].count("內涵說明") == 2
    cautions = {s.id: s for s in sheets.get("mines-2011-sheet").sections}["creative"].texts
    assert [t.label for t in cautions] == ["評分注意事項"] * 4
    assert len(sheets.get("wra-2016-sheet").criterion("creative_value").texts) == 8
