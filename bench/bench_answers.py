"""How often the right clause comes first, how well questions without an answer are told apart, and what size costs:
our library beside the searches that people would take otherwise, over the same passages, in one run.

The questions are those of ../shared/questions when they are there, and the project's own that are kept for measuring.
Run: python -m bench.bench_answers [hits] [sizes] [random]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bench.any_text import any_text
from bench.engines import OURS, Score, Search, ours, theirs
from bench.growing import sizes
from bench.judging import KINDS, REFUSED, Question, auroc, load, rate, right, right_among
from bench.peers import PEERS
from bench.tables import cells, ratio, show
from knowledge.folders import BUILT_IN
from knowledge.library import open_library
from knowledge.shelf import make_shelf

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "questions"
GIVEN = ROOT.parent / "shared" / "questions" / "dev.jsonl"


def hits(title: str, questions: Sequence[Question], folder: Path) -> None:
    """Hit rates by kind, first and among three; how questions without an answer are told apart."""
    passages = list(make_shelf((folder,)).passages)
    asked = [q for q in questions if q.expect != "no_answer"]
    kinds = [k for k in KINDS if any(q.style == k for q in asked)]
    apart = {k: [q for q in questions if q.expect == "no_answer" and q.style == k] for k in REFUSED}
    print(
        f"\n{title}: {len(asked)} questions with an answer, {len(questions) - len(asked)} without, "
        f"{len(passages)} passages"
    )
    engines = {OURS: ours(open_library((folder,)))} | {name: theirs(name, passages) for name in PEERS}
    shown = {name: {q: search(q) for q in asked} for name, (search, _score) in engines.items()}
    counts = {k: sum(q.style == k for q in asked) for k in kinds}
    for label, good in (("right passage first", right), ("right passage among three", right_among)):
        rows = []
        for name, found in shown.items():
            told = [(q.style, good(q, found[q])) for q in asked]
            by_kind = [[ok for style, ok in told if style == k] for k in kinds]
            rows.append((name, [rate([ok for _style, ok in told]), *map(rate, by_kind)]))
        best = rows[0][1][0] or 1.0
        head = ["all", "of ours", *(f"{k} {counts[k]}" for k in kinds)]
        table = [(name, cells(rates, "{:.1%}")) for name, rates in rows]
        show(
            label,
            head,
            [(name, [c[0], ratio(r[0], best), *c[1:]]) for (name, c), (_n, r) in zip(table, rows, strict=True)],
        )
    if any(apart.values()):
        refusals(engines, asked, {k: some for k, some in apart.items() if some})


def refusals(
    engines: dict[str, tuple[Search, Score]], asked: Sequence[Question], apart: dict[str, list[Question]]
) -> None:
    """How well scores part the answerable from the rest (AUROC); for ours also the share that was refused."""
    rows = []
    for name, (_search, score) in engines.items():
        good = [score(q) for q in asked]
        rows.append((name, cells([auroc(good, [score(q) for q in some]) for some in apart.values()], "{:.2f}")))
    show("told apart by score, AUROC", list(apart), rows)
    search = engines[OURS][0]
    rates = [rate([not search(q) for q in some]) for some in (*apart.values(), asked)]
    show("refused", [*apart, "answerable"], [(OURS, cells(rates, "{:.1%}"))])


def main() -> None:
    """Prints the tables, or only the parts that are named."""
    chosen = [part for part in sys.argv[1:] if part in ("hits", "sizes", "random")] or ["hits", "sizes", "random"]
    held = load(OWN / "held.jsonl")
    given = load(GIVEN) if GIVEN.is_file() else held
    if "hits" in chosen:
        if GIVEN.is_file():
            hits("the given questions", given, BUILT_IN)
        hits("the project's own questions, kept for measuring", held, BUILT_IN)
        hits("twelve documents of other kinds", load(OWN / "outside.jsonl"), OWN / "outside")
        hits("twelve more, half of them never looked at", load(OWN / "outside2.jsonl"), OWN / "outside2")
    if "sizes" in chosen:
        sizes(given)
    if "random" in chosen:
        any_text()


if __name__ == "__main__":
    main()
