"""Nothing that a person can write into a sheet or a form makes the engine fall over: it is named, or it is right."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import rubrics
from tests.support.phone_forms import random_form

ROOT = Path(__file__).parents[2]
PHONE = rubrics.load_rubric(ROOT / "rubrics" / "hsinchu-2018-phone.yaml")
IDS = [c.id for c in PHONE.criteria]


def spoilt(lines: list[str], rng: random.Random) -> None:
    """One thing that goes wrong while a sheet is typed."""
    at = rng.randrange(len(lines))
    numbers = ["0", "-1", "1e9", "99999999999999999999", "3.7", "x", "12:30", ""]
    keys = ["id:", "points:", "max:", "when:", "bands:", "items:", "label:", "zz:"]
    match rng.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, rng.choice(lines))
        case 2:
            lines[at] = lines[at].replace(":", rng.choice(["", ": [", "::", ": {}"]), 1)
        case 3:
            lines[at] = re.sub(r"\d+", lambda _: rng.choice(numbers), lines[at], count=1)
        case 4:
            lines[at] = re.sub(r"\w+:", lambda _: rng.choice(keys), lines[at], count=1)
        case 5:
            lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]
        case _:
            lines[at] += rng.choice([" []", " {}", " ]", '"', " #", " null", " 3"])


def test_spoilt_sheets_are_named_and_never_crash(tmp_path: Path) -> None:
    sources = [*(ROOT / "rubrics").glob("*.yaml"), *(Path(__file__).parent / "data").glob("*.yaml")]
    texts = [p.read_text(encoding="utf-8").splitlines() for p in sorted(sources)]
    rng = random.Random(4)
    path = tmp_path / "a.yaml"
    for _ in range(500):
        lines = list(rng.choice(texts))
        for _ in range(rng.randint(1, 3)):
            spoilt(lines, rng)
        path.write_text("\n".join(lines), encoding="utf-8")
        for problem in rubrics.lint(path):
            assert problem.code in rubrics.FILE_CODES
            assert 1 <= problem.line <= len(lines) + 1


words = st.sampled_from([*IDS, "yes", "no", "rings", "seconds", "option", "points", "warm", "told", "counted", ""])
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), words, st.text(max_size=2)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(words, inner, max_size=2)),
    max_leaves=3,
)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**6), st.dictionaries(st.one_of(words, st.integers()), values, max_size=3))
def test_any_answer_is_scored_or_named(seed: int, changes: dict[Any, Any]) -> None:
    form = {**random_form(random.Random(seed)), **changes}
    scored = rubrics.score(PHONE, form)
    assert scored.problems == rubrics.walk(PHONE, form).problems()
    if scored.total is None:
        assert scored.problems
    else:
        assert 0 <= scored.total <= 100
        assert scored.total == rubrics.so_far(PHONE, form) == sum(scored.points.values())
        assert len(scored.explanations) == len(IDS)


def test_numbers_beyond_all_sense() -> None:
    loop: dict[str, Any] = {}
    loop["option"] = loop
    for answer in (
        10**5000,
        -(10**5000),
        [10**5000],
        loop,
        {"rings": 10**5000},
        {"option": "warm", "points": 10**5000},
    ):
        problem = rubrics.check_answer(PHONE, "unit_attitude", answer)
        assert problem is not None
        assert len(problem.message) < 200
    assert rubrics.score(PHONE, {10**5000: 1}).problems
