"""Our library and its peers behind one interface: what each shows for a question, how answerable it thinks it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.judging import Question, Shown
from bench.peers import PEERS
from knowledge.library import Library
from knowledge.passages import Passage

OURS = "kaoping"
Search = Callable[[Question], list[Shown]]
Score = Callable[[Question], float]


def ours(library: Library, three: bool = True) -> tuple[Search, Score]:
    """Our searches: what is shown (nothing after a refusal), with `three` also the next ranked; and the score."""

    def search(question: Question) -> list[Shown]:
        answer = library.ask(question.text, question.history)
        if answer.status == "no_answer":
            return []
        shown = [Shown(q.document, q.section, q.text) for q in (*answer.quotes, *answer.alternatives)]
        if three and len(shown) < 3 and question.style != "compare":
            asked = answer.understood
            found = library.search.find(asked, asked.named.documents if asked.named.any else None)
            shown += [card(r.passage) for r in found[1:3]]
        return shown

    def score(question: Question) -> float:
        asked = library.understander.read(question.text, question.history)
        ranked = library.search.find(asked, asked.named.documents if asked.named.any else None)
        return 1 - library.refusal.judge(asked, ranked, library.search.find(asked)).strength

    return search, score


def theirs(name: str, passages: Sequence[Passage]) -> tuple[Search, Score]:
    """A peer's searches: the three best passages, each with what hangs below it; its best score."""
    peer = PEERS[name](passages)

    def search(question: Question) -> list[Shown]:
        return [card(passages[i]) for i, _score in peer.search(question.turns, 3)]

    def score(question: Question) -> float:
        return max((score for _i, score in peer.search(question.turns, 1)), default=0.0)

    return search, score


def card(passage: Passage) -> Shown:
    """A passage as it would be shown."""
    return Shown(passage.document, passage.section, passage.full)
