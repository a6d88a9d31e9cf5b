"""What size costs, for growing shelves of copies with other agencies, years and numbers: building, starting, memory and
milliseconds a question, beside the peers; and who still finds the originals when an agency is named.

Times a question are the processor's, so that a busy machine does not change them; building and starting go by the
clock.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.engines import OURS, Score, Search, ours, theirs
from bench.judging import Question, right
from bench.peers import PEERS, jieba_words
from bench.synthetic_documents import copies
from bench.tables import ratio, show
from knowledge.library import open_library
from knowledge.shelf import make_shelf

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000)
SLOW = {"rapidfuzz WRatio": {1_000: 60, 10_000: 20, 100_000: 5}}  # questions asked of a peer that looks at everything
ASKED = 150  # questions asked of the others
START = "import sys; from pathlib import Path; from knowledge import open_library;"
START += "open_library([Path(sys.argv[1])], Path(sys.argv[2])).ask('電話禮貌多久測試一次')"


@dataclass(frozen=True)
class Measured:
    """One engine at one size: seconds, megabytes, milliseconds a question, how many were right of how many judged."""

    build: float
    memory: float
    times: list[float]
    right: int
    judged: int

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def high(self) -> float:
        """The 95th of a hundred."""
        return sorted(self.times)[int(len(self.times) * 0.95)]


@dataclass(frozen=True)
class Course:
    """What every engine is asked. `naming`: the questions that name an agency and have an answer; only they are judged,
    and only a passage of the `originals` is right."""

    questions: list[Question]
    naming: list[Question]
    originals: frozenset[str]

    def first(self, count: int) -> Course:
        """A sample, for the slow."""
        return Course(self.naming[:count], self.naming, self.originals)

    def run(self, make: Callable[[], tuple[Search, Score]]) -> Measured:
        """Builds an engine and asks it, one question to warm up."""
        before, start = resident(), time.perf_counter()
        search, _score = make()
        build, memory = time.perf_counter() - start, resident() - before
        search(self.questions[0])
        times, judged, good = [], 0, 0
        for question in self.questions:
            start = time.process_time()
            shown = search(question)
            times.append((time.process_time() - start) * 1000)
            if question in self.naming:
                judged += 1
                good += all(s.document in self.originals for s in shown[:1]) and right(question, shown)
        return Measured(build, memory, times, good, judged)


def apart(work: Callable[[], Any]) -> Any:
    """What the work returns, done in a process of its own, so that memory is its own and is given back."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return work()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(False)
    process = context.Process(target=lambda: sender.send(work()))
    process.start()
    sender.close()
    try:
        return receiver.recv()
    finally:
        process.join()


def resident() -> float:
    """The process's resident memory in megabytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def course(questions: Sequence[Question]) -> Course:
    """All questions that name an agency, and others up to ASKED."""
    library = open_library()
    naming = [
        q
        for q in questions
        if q.expect == "answer" and q.style != "compare" and library.understander.read(q.text, q.history).named.offices
    ]
    rest = [q for q in questions if q not in naming]
    random.Random(3).shuffle(rest)
    chosen = [*naming, *rest[: max(0, ASKED - len(naming))]]
    random.Random(4).shuffle(chosen)
    return Course(chosen, naming, frozenset(h.name for h in library.shelf.documents))


def sizes(questions: Sequence[Question]) -> None:
    """Prints a table for the five documents and for each size."""
    jieba_words()  # its dictionary is the same at every size: it is loaded before anything is measured
    asked = course(questions)
    here = apart(lambda: asked.run(lambda: ours(open_library(), False)))
    print(
        f"\n{here.judged} of the questions name an agency and have an answer; among the five documents "
        f"{here.right / here.judged:.1%} are right; median {here.median:.2f} ms, p95 {here.high:.2f} ms"
    )
    for size in SIZES:
        with tempfile.TemporaryDirectory() as temporary:
            one_size(size, Path(temporary), asked)


def one_size(size: int, temporary: Path, asked: Course) -> None:
    """Prints the table of one size."""
    started = time.perf_counter()
    folder, cache = temporary / "documents", temporary / "index"
    folder.mkdir()
    for name, text in copies(size):
        (folder / name).write_text(text, encoding="utf-8")
    opening = lambda: ours(open_library((folder,), cache), False)  # noqa: E731 - the same twice: to build, then kept
    built = apart(lambda: asked.first(1).run(opening)).build
    found = {OURS: apart(lambda: asked.run(opening))}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", START, str(folder), str(cache)], check=True, cwd=ROOT)  # noqa: S603 - our own words
    whole = time.perf_counter() - start
    passages = list(make_shelf((folder,)).passages)
    for name in PEERS:
        few = SLOW.get(name, {}).get(size)
        mine = asked if few is None else asked.first(few)
        found[name] = apart(lambda name=name, mine=mine: mine.run(lambda: theirs(name, passages)))
    rows = []
    for name, one in found.items():
        build = built if name == OURS else one.build
        times = [f"{one.median:.2f} ms", f"{one.high:.2f} ms", ratio(one.median, found[OURS].median)]
        share = f"{one.right / one.judged:.1%} of {one.judged}"
        rows.append((name, [f"{build:.2f} s", f"{one.memory:.0f} MB", *times, share, str(len(one.times))]))
    show(f"{len(passages):,} passages", ["build", "memory", "median", "p95", "of ours", "right", "asked"], rows)
    print(
        f"  {OURS}: built from files, kept in {cache.stat().st_size / 1e6:.0f} MB; the kept index opens in "
        f"{found[OURS].build:.2f} s (memory: then), a new process has its first answer after {whole:.2f} s\n"
        f"  peers: built in memory from passages that were read, jieba's dictionary loaded before; "
        f"right: of questions that name their agency"
        f"  [{time.perf_counter() - started:.0f} s]"
    )
