"""Fits knowledge/weights.py to the labelled questions that may be tuned on, and says how well that carries over.

Ranking: softmax regression over each question's candidates. Doubt: logistic regression, answered or not. Both are
fitted on the whole lexicon and on lexicons with words hidden at random, so that they hold for words it does not know,
and judged on folds that were left out. Rows: softmax regression over the rows of a quoted scale, where the words alone
tell which was meant. It prints the weights; nothing is written, a person decides.

Run: python -m bench.fitting [QUESTIONS.jsonl ...]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.bench_answers import GIVEN, OWN
from bench.judging import Question, Shown, load, right, squash
from knowledge.folders import BUILT_IN
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.library import ELSEWHERE, Library
from knowledge.rows import choose_band
from knowledge.shelf import Shelf, make_shelf
from knowledge.weights import DOUBT, DOUBTFUL, RANKING, ROWS, SURE_ROW

Row = NDArray[np.float64]
HIDDEN = (0.0, 0.5, 0.6)  # shares of the lexicon's spoken words that are hidden, one round each
LESS = 0.4  # what a question counts in a round with hidden words
FOLDS = 6
NEAR = 0.35  # what a candidate counts that shows the answer only with its neighbours
STEPS, RATE, HOLD = 300, 0.1, 0.02  # of the ranking's descent; HOLD keeps near the weights of today
RIDGE = 1.0  # of the doubt's


@dataclass(frozen=True)
class Case:
    """A question in one round: candidates x features with what each is worth, the doubt's features."""

    question: int
    style: str
    answered: bool
    weight: float
    candidates: Row | None
    worth: Row | None
    doubt: Row | None


def cases(shelf: Shelf, questions: Sequence[Question], first: int = 0) -> Iterator[Case]:
    """Every question in every round; what hard grounds decide has no features of doubt."""
    for hidden in HIDDEN:
        library = Library(shelf, _thinned(load_lexicon(), hidden))
        for number, question in enumerate(questions, first):
            asked = library.understander.read(question.text, question.history)
            if asked.comparing or question.style == "compare":
                continue
            documents = asked.named.documents if asked.named.any else None
            ranked = library.search.find(asked, documents)
            everywhere = library.search.find(asked, None, ELSEWHERE)
            verdict = library.refusal.judge(asked, ranked, everywhere)
            features = np.array([[r.features.get(name, 0.0) for name in RANKING] for r in ranked])
            exact = [right(question, [_card(r.passage.section, r.passage.document, r.passage.text)]) for r in ranked]
            about = [
                right(question, [_card(r.passage.section, r.passage.document, shelf.around(r.passage))]) for r in ranked
            ]
            worth = np.array(
                [1.0 if e else NEAR * a if any(exact) else float(a) for e, a in zip(exact, about, strict=True)]
            )
            answered = question.expect != "no_answer"
            yield Case(
                number,
                question.style,
                answered,
                LESS if hidden else 1.0,
                features if answered and worth.any() else None,
                worth if answered and worth.any() else None,
                np.array([verdict.features[name] for name in DOUBT]) if verdict.features else None,
            )


def _card(section: str, document: str, text: str) -> Shown:
    return Shown(document, section, text)


def _thinned(lexicon: Lexicon, hidden: float) -> Lexicon:
    """The lexicon without a share of its spoken words, always the same."""
    chance = random.Random(hidden)
    return replace(
        lexicon,
        entries=tuple(
            replace(e, spoken=tuple(s for s in e.spoken if chance.random() >= hidden)) for e in lexicon.entries
        ),
    )


def fit_ranking(some: Sequence[Case]) -> Row:
    """Weights under which the candidates that answer come first, near those of today."""
    today = np.array(list(RANKING.values()))
    used = [(c.candidates, c.worth, c.weight) for c in some if c.candidates is not None and c.worth is not None]
    most = max(len(worth) for _x, worth, _w in used)
    x = np.zeros((len(used), most, len(today)))
    worth = np.zeros((len(used), most))
    there = np.zeros((len(used), most), bool)
    for i, (one, good, _weight) in enumerate(used):
        x[i, : len(good)], worth[i, : len(good)], there[i, : len(good)] = one, good, True
    weight = np.array([w for _x, _y, w in used])
    weights, mean, spread = today.copy(), np.zeros_like(today), np.zeros_like(today)
    for step in range(1, STEPS + 1):
        score = np.where(there, x @ weights, -1e9)
        chosen = np.exp(score - score.max(1, keepdims=True))
        chosen /= chosen.sum(1, keepdims=True)
        wanted = (chosen + 1e-12) * worth
        wanted /= wanted.sum(1, keepdims=True)
        slope = np.einsum("bnf,bn,b->f", x, chosen - wanted, weight) / weight.sum()
        slope += HOLD * (0.1 * (weights - today) + 0.02 * weights)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def fit_doubt(some: Sequence[Case]) -> Row:
    """Weights that tell questions without an answer from the others."""
    x = np.array([c.doubt for c in some])
    y = np.array([not c.answered for c in some], float)
    weight = np.array([c.weight for c in some])
    ridge = np.diag([0.0 if name == "bias" else RIDGE for name in DOUBT])
    weights = np.zeros(x.shape[1])
    for _ in range(40):
        guess = _share(x @ weights)
        slope = x.T @ (weight * (guess - y)) + ridge @ weights
        curve = (x * (weight * guess * (1 - guess))[:, None]).T @ x + ridge + 1e-6 * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def _share(total: Row) -> Row:
    return 1 / (1 + np.exp(-total))


def rows(library: Library, questions: Sequence[Question]) -> Iterator[tuple[Row, int]]:
    """For each question whose quoted scale has one row with the words to be shown: rows x features, the right row."""
    for question in questions:
        answer = library.ask(question.text, question.history)
        if question.expect == "no_answer" or question.style == "compare" or not answer.quotes:
            continue
        quote = answer.quotes[0]
        if len(quote.bands) < 2 or not right(question, [_card(quote.section, quote.document, quote.text)]):
            continue
        if choose_band(quote.bands, answer.understood.quantities) is not None:
            continue
        held = [sum(any(squash(s) in squash(b.text) for s in group) for group in question.must) for b in quote.bands]
        if held.count(max(held)) == 1:
            features = library.quoter.rows.features(quote.bands, answer.understood, quote.section)
            yield np.array([[row[name] for name in ROWS] for row in features]), held.index(max(held))


def fit_rows(some: Sequence[tuple[Row, int]]) -> Row:
    """Weights under which the right row comes first."""
    weights = np.zeros(len(ROWS))
    for _ in range(STEPS):
        slope = HOLD * weights
        for features, place in some:
            chosen = np.exp(features @ weights - (features @ weights).max())
            slope = slope + features.T @ (chosen / chosen.sum() - np.eye(len(features))[place]) / len(some)
        weights = weights - slope
    return weights


def judged_rows(found: Sequence[tuple[Row, int]]) -> None:
    """How often a row that is shown as the answer is the right one, on questions that were not fitted on."""
    told: list[bool] = []
    for fold in range(FOLDS):
        weights = fit_rows([f for i, f in enumerate(found) if i % FOLDS != fold])
        for features, place in found[fold::FOLDS]:
            share = np.exp(features @ weights)
            if share.max() / share.sum() >= SURE_ROW:
                told.append(int(np.argmax(share)) == place)
    print(f"\nrow shown as the answer: {len(told)} of {len(found)}, right {np.mean(told):.1%}")


def judged(found: Sequence[Case]) -> None:
    """What the fits reach on questions that they were not fitted on."""
    first: dict[str, list[bool]] = {}
    refused: dict[str, list[bool]] = {}
    for fold in range(FOLDS):
        kept = [c for c in found if c.question % FOLDS != fold]
        left = [c for c in found if c.question % FOLDS == fold]
        ranking, doubt = fit_ranking(kept), fit_doubt([c for c in kept if c.doubt is not None])
        for case in left:
            words = "whole lexicon" if case.weight == 1.0 else "words hidden"
            if case.candidates is not None and case.worth is not None:
                hit = bool(case.worth[int(np.argmax(case.candidates @ ranking))])
                first.setdefault(words, []).append(hit)
            if case.doubt is not None:
                kind = "answerable" if case.answered else case.style
                refused.setdefault(f"{kind}, {words}", []).append(bool(_share(case.doubt @ doubt) > DOUBTFUL))
    for title, table in (("right passage first, when it is among the candidates", first), ("refused", refused)):
        print(f"\n{title}")
        for name, hits in sorted(table.items()):
            print(f"  {name:32} {np.mean(hits):6.1%} of {len(hits)}")


def show(name: str, weights: Row, names: Mapping[str, float]) -> None:
    """A table of weights as weights.py has it."""
    print(f"\n{name}: Mapping[str, float] = {{")
    for key, value in zip(names, weights, strict=True):
        print(f'    "{key}": {value:.2f},')
    print("}")


def main(files: Sequence[Path]) -> int:
    """Fits on the files (none: all that may be tuned on) and prints."""
    chosen = list(files) or [OWN / "train.jsonl", *([GIVEN] if GIVEN.is_file() else [])]
    questions = [q for path in chosen for q in load(path)]
    found = list(cases(make_shelf((BUILT_IN,)), questions))
    if not files:
        others = load(OWN / "outside.jsonl")
        found += cases(make_shelf((OWN / "outside",)), others, len(questions))
    judged(found)
    scales = list(rows(Library(make_shelf((BUILT_IN,))), questions))
    judged_rows(scales)
    show("ROWS", fit_rows(scales), ROWS)
    show("RANKING", fit_ranking(found), RANKING)
    show("DOUBT", fit_doubt([c for c in found if c.doubt is not None]), DOUBT)
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
