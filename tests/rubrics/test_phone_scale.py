"""The telephone scale against an independent scorer, its worked example, and each thing that the paper leaves open."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest

import rubrics
from tests.support import phone_scorer
from tests.support.phone_forms import broken_form, random_form
from tests.support.worked_example import WORKED as EXAMPLE

ROOT = Path(__file__).parents[2]
PAPER_ORDER = [
    *("voice_system", "voice_answer", "voice_message", "voice_operator_code", "voice_tone", "operator_answer"),
    *("operator_unit_stated", "operator_greeting", "operator_listens", "operator_closing", "operator_transfer"),
    *("operator_transfer_courtesy", "operator_busy", "operator_tone", "unit_answer", "unit_reached", "unit_greeting"),
    *("unit_closing", "unit_attitude", "reply_by", "reply_responsible", "reply_substitute"),
]


@pytest.fixture(scope="module")
def phone() -> rubrics.Rubric:
    folder = ROOT / "knowledge" / "documents"
    documents = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.txt")}
    return rubrics.load_rubric(ROOT / "rubrics" / "hsinchu-2018-phone.yaml", documents)


def test_worked_example(phone: rubrics.Rubric) -> None:
    scored = rubrics.score(phone, EXAMPLE)
    assert scored.problems == ()
    assert scored.total == Decimal("76.5")
    assert scored.points["operator_answer"] == Decimal("17.5")
    found = {s.id: (s.points, s.max) for s in scored.sections}
    assert found["operator"] == (Decimal("36.5"), 45)
    assert found["unit"] == (40, 55)
    assert found["voice"] == (0, 0)
    told = json.loads(json.dumps(scored.as_dict("a1")))
    assert (told["id"], told["total"], told["max"], told["problems"]) == ("a1", 76.5, 100, [])
    assert '"operator_transfer_courtesy": 2,' in json.dumps(scored.as_dict())


def test_explanations_of_the_worked_example(phone: rubrics.Rubric) -> None:
    told = {e.criterion: e for e in rubrics.score(phone, EXAMPLE).explanations}
    assert told["operator_answer"].arithmetic == "8 + (4 − 5) = 7；7 × 2.5 = 17.5"
    assert told["operator_answer"].max == 25
    assert told["unit_attitude"].answer == "（2）語調平淡，態度尚佳。"
    assert told["unit_attitude"].clause == "電話禮貌測試量表 › 二、業務單位接聽電話：55 分 › （二）電話禮貌"
    assert "直接給 2 分" in told["operator_transfer_courtesy"].closed
    assert "本項不計分" in told["voice_tone"].closed


def test_ten_thousand_random_forms_agree_with_the_paper(phone: rubrics.Rubric) -> None:
    rng = random.Random(20180101)
    totals = set()
    for _ in range(10_000):
        form = random_form(rng)
        scored = rubrics.score(phone, form)
        assert scored.problems == (), (form, scored.problems)
        assert scored.total == phone_scorer.total(form), form
        expected = phone_scorer.points(form)
        for ident, points in scored.points.items():
            assert points == Decimal(expected.get(ident, 0).__float__()), (ident, form)
        totals.add(scored.total)
    assert len(totals) > 100


def test_two_thousand_broken_forms_name_their_fault(phone: rubrics.Rubric) -> None:
    rng = random.Random(107)
    seen = set()
    for _ in range(2_000):
        form, ident, code = broken_form(rng)
        scored = rubrics.score(phone, form)
        assert scored.total is None
        assert scored.points == {}
        assert scored.sections == ()
        assert (ident, code) in {(p.criterion, p.code) for p in scored.problems}, (form, ident, code, scored.problems)
        assert len(scored.problems) == 1, (form, scored.problems)
        seen.add(code)
    assert seen == set(rubrics.FORM_CODES) - {"form_not_mapping", "too_fine_number", "not_a_date"}


@pytest.mark.parametrize("form", [None, [], "yes", 3, [("voice_system", "yes")], {1, 2}])
def test_a_form_that_is_no_mapping(phone: rubrics.Rubric, form: object) -> None:
    scored = rubrics.score(phone, form)
    assert [p.code for p in scored.problems] == ["form_not_mapping"]
    assert scored.total is None


def test_every_fault_at_once(phone: rubrics.Rubric) -> None:
    form = {**EXAMPLE, "operator_tone": "angry", "unit_answer": {"rings": 2.5}, "voice_tone": "warm", "extra": 1}
    del form["unit_greeting"]
    found = {(p.criterion, p.code) for p in rubrics.score(phone, form).problems}
    assert found == {
        ("operator_tone", "unknown_answer"),
        ("unit_answer", "not_whole"),
        ("voice_tone", "not_asked"),
        ("extra", "unknown_criterion"),
        ("unit_greeting", "missing_answer"),
    }


def test_an_empty_form_misses_what_is_always_asked(phone: rubrics.Rubric) -> None:
    found = [(p.criterion, p.code) for p in rubrics.score(phone, {}).problems]
    assert found == [(c, "missing_answer") for c in ("voice_system", "operator_answer", "unit_reached")]


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"rings": 1}, 10),
        ({"rings": 2}, 10),
        ({"rings": 4}, 8),
        ({"rings": 4.0}, 8),
        ({"rings": 12}, 0),
        ({"rings": 13}, 0),
        ({"rings": 10**9}, 0),
        ({"seconds": 0}, 10),
        ({"seconds": 4}, 10),
        ({"seconds": 4.1}, 9),
        ({"seconds": 7}, 9),
        ({"seconds": 7.001}, 8),
        ({"seconds": 8}, 8),
        ({"seconds": 12.9}, 8),
        ({"seconds": 12.999999999999}, 8),
        ({"seconds": 13}, 7),
        ({"seconds": Decimal("12.9999999999999999")}, 8),
        ({"seconds": 34}, 0),
        ({"seconds": 37}, 0),
    ],
)
def test_speed_rule(phone: rubrics.Rubric, answer: dict[str, object], points: int) -> None:
    assert rubrics.points_of(phone, "unit_answer", answer) == points
    assert rubrics.score(phone, {**EXAMPLE, "unit_answer": answer}).points["unit_answer"] == points


def test_what_the_paper_leaves_open(phone: rubrics.Rubric) -> None:
    def ids(form: dict[str, object]) -> set[str]:
        return {c.id for c in rubrics.asked(phone, form)}

    voice = {"voice_message", "voice_operator_code", "voice_tone"}
    assert voice <= ids({"voice_system": "yes", "voice_answer": "over_15s"})
    assert not voice & ids({"voice_system": "yes", "voice_answer": "out_of_order"})
    courtesy = {c.id for c in phone.criteria if "(三) 總機人員電話禮貌" in c.path}
    assert len(courtesy) == 8
    assert courtesy - {"operator_transfer_courtesy"} <= ids({"operator_answer": {"seconds": 5}})
    for answer in ("no_answer_twice", "out_of_order"):
        assert not courtesy & ids({"operator_answer": answer})
    for answer in ("unattended", "out_of_order"):
        assert ids({"unit_reached": answer}) == {"voice_system", "operator_answer", "unit_reached"}
    notes = {note.id: at for at, note in phone.all_notes}
    assert notes == {
        "voice-over-15": "voice_answer",
        "voice-out-of-order": "voice_answer",
        "operator-silent": "operator_answer",
        "operator-rings-or-seconds": "operator_answer",
        "transfer-not-needed": "operator_transfer",
        "unit-rings-or-seconds": "unit_answer",
        "unit-unreached": "unit_reached",
        "nine-rings-or-twenty-seconds": "unit_reached",
        "polite-but-hung-up-first": "unit_closing",
    }


def test_closed_answers_do_not_count_and_come_back(phone: rubrics.Rubric) -> None:
    draft = {**EXAMPLE, "voice_answer": "within_10s", "reply_substitute": {"option": "thorough", "points": 15}}
    assert rubrics.effective(phone, draft) == EXAMPLE
    assert rubrics.so_far(phone, draft) == Decimal("76.5")
    draft["reply_by"] = "substitute"
    assert rubrics.score(phone, rubrics.effective(phone, draft)).total == Decimal("81.5")


def test_items_are_asked_when_they_can_be(phone: rubrics.Rubric) -> None:
    assert [c.id for c in rubrics.asked(phone, {})] == ["voice_system", "operator_answer", "unit_reached"]
    order = [c.id for c in rubrics.asking_order(phone)]
    assert order.index("unit_reached") < order.index("unit_answer")
    assert [c.id for c in rubrics.asked(phone, EXAMPLE)] == [i for i in order if i in EXAMPLE]
    pending = {c.id for c in rubrics.asked(phone, {}, pending=True)}
    assert pending == set(PAPER_ORDER)


def test_described_in_the_papers_order(phone: rubrics.Rubric) -> None:
    told = json.loads(json.dumps(rubrics.describe(phone)))
    assert [c["id"] for c in told["criteria"]] == PAPER_ORDER
    assert (told["id"], told["title"], told["max"]) == ("hsinchu-2018-phone", "電話禮貌測試量表", 100)
    assert told["document"] == "003_220c55c243a150b6.txt"
    by_id = {c["id"]: c for c in told["criteria"]}
    assert by_id["voice_answer"]["when"] == {"voice_system": "yes"}
    assert by_id["unit_attitude"]["options"][0] == {
        "id": "warm",
        "label": "（1）語調謙和、熱誠。",
        "short": "謙和熱誠",
        "low": 8,
        "high": 10,
    }
    assert by_id["operator_answer"]["multiplier"] == {"when": {"voice_system": "no"}, "times": 2.5, "max": 25}
    assert [o["id"] for o in by_id["operator_transfer"]["options"]] == list(phone_scorer.TRANSFER)


def test_check_answer_looks_at_one_answer(phone: rubrics.Rubric) -> None:
    assert rubrics.check_answer(phone, "voice_system", True) is None
    assert rubrics.check_answer(phone, "unit_attitude", {"option": "warm", "points": 9}) is None
    found = rubrics.check_answer(phone, "unit_attitude", {"option": "warm", "points": 7})
    assert found is not None
    assert found.code == "points_out_of_range"
    unknown = rubrics.check_answer(phone, "unit_atitude", "warm")
    assert unknown is not None
    assert unknown.code == "unknown_criterion"


def test_a_changed_form_does_not_change_what_was_scored(phone: rubrics.Rubric) -> None:
    form = dict(EXAMPLE)
    scored = rubrics.score(phone, form)
    form.clear()
    assert scored.explanations[5].arithmetic.endswith("17.5")


def test_a_form_file_with_bare_yes(phone: rubrics.Rubric, tmp_path: Path) -> None:
    lines = [f"{k}: {v}" for k, v in EXAMPLE.items() if isinstance(v, str)]
    lines += ["operator_answer: {seconds: 13.0}", "unit_answer: {rings: 3}"]
    lines += ["unit_attitude: {option: flat, points: 6}", "reply_responsible: {option: fair, points: 10}"]
    path = tmp_path / "form.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert rubrics.score(phone, rubrics.load_form(path)).total == Decimal("76.5")
    path.write_text("a: 12:30\na: 1\n", encoding="utf-8")
    with pytest.raises(rubrics.BrokenRubricError) as caught:
        rubrics.load_form(path)
    assert [(p.code, p.line) for p in caught.value.problems] == [("yaml_sexagesimal", 1), ("yaml_duplicate_key", 2)]
