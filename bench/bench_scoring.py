"""How fast phone forms are scored, against a plain hand-written scorer of the same scale in the same run.

The plain scorer is what one would type in an afternoon: it believes every form, adds up in ordinary numbers and returns
the sum alone. The engine refuses every fault, keeps each item's points, and is exact.
Run: python -m bench.bench_scoring
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rubrics
from tests.support import phone_scorer
from tests.support.phone_forms import broken_form, random_form

FORMS = 10_000
ROUNDS = 3
AIM = 20_000


def rate(work: Callable[[dict[str, Any]], object], forms: list[dict[str, Any]]) -> float:
    """Forms a second on one core: the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for form in forms:
            work(form)
        best = min(best, time.perf_counter() - start)
    return len(forms) / best


def speed(answer: dict[str, Any]) -> int:
    """The speed rule in ordinary numbers."""
    points = 12 - answer["rings"] if "rings" in answer else 8 + math.trunc((10 - answer["seconds"]) / 3)
    return int(max(0, min(10, points)))


def plain_total(form: dict[str, Any]) -> float:
    """The whole scale by hand."""
    total = 0.0
    voice = form["voice_system"] in ("yes", True)
    if voice:
        total += phone_scorer.VOICE_ANSWER[form["voice_answer"]]
        if form["voice_answer"] != "out_of_order":
            total += phone_scorer.VOICE_MESSAGE[form["voice_message"]]
            total += phone_scorer.VOICE_CODE[form["voice_operator_code"]] + phone_scorer.VOICE_TONE[form["voice_tone"]]
    if isinstance(form["operator_answer"], dict):
        total += speed(form["operator_answer"]) * (1 if voice else 2.5)
        for key, worth in phone_scorer.COURTESY.items():
            total += worth if form[key] in ("yes", True) else 0
        total += phone_scorer.TRANSFER[form["operator_transfer"]]
        given = form["operator_transfer"] == "not_needed" or form["operator_transfer_courtesy"] in ("yes", True)
        total += 2 if given else 0
        total += phone_scorer.BUSY[form["operator_busy"]] + phone_scorer.OPERATOR_TONE[form["operator_tone"]]
    total += phone_scorer.REACHED[form["unit_reached"]]
    if form["unit_reached"] in ("answered", "redirected"):
        reply = "reply_responsible" if form["reply_by"] == "responsible" else "reply_substitute"
        total += speed(form["unit_answer"]) + phone_scorer.GREETING[form["unit_greeting"]]
        total += 5 if form["unit_closing"] in ("yes", True) else 0
        for key in ("unit_attitude", reply):
            total += form[key].get("points", 0) if isinstance(form[key], dict) else 0
    return total


def main() -> None:
    """Prints the table."""
    sheet = rubrics.load_rubric(Path(rubrics.__file__).parent / "hsinchu-2018-phone.yaml")
    rng = random.Random(1)
    forms = [random_form(rng) for _ in range(FORMS)]
    broken = [broken_form(rng)[0] for _ in range(FORMS // 5)]
    for form in forms:
        assert rubrics.score(sheet, form).total == phone_scorer.total(form)
        assert plain_total(form) == float(phone_scorer.total(form))
    engine = rate(lambda form: rubrics.score(sheet, form), forms)
    plain = rate(plain_total, forms)
    refused = rate(lambda form: rubrics.score(sheet, form), broken)
    told = rate(lambda form: rubrics.score(sheet, form).explanations, forms[: FORMS // 5])
    print(f"評分引擎　　　　{engine:>10,.0f} 張／秒（目標 {AIM:,}）")
    print(f"手寫對照　　　　{plain:>10,.0f} 張／秒，引擎是它的 {engine / plain:.2f} 倍")
    print(f"有錯的表單　　　{refused:>10,.0f} 張／秒")
    print(f"評分並說明理由　{told:>10,.0f} 張／秒")


if __name__ == "__main__":
    main()
