"""Strings that mean nothing, through the same door as people's questions: the slowest answers, and no exception."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bench.tables import cells, show
from bot.app import build_services
from bot.asking import ask_one, make_ready
from bot.settings import Settings
from knowledge.folders import BUILT_IN

STRINGS, LONGEST = 10_000, 4_096


def strings(seed: int = 11) -> Iterable[str]:
    """Seeded strings of any Unicode, up to 4,096 characters: noise, one script, repeated signs, shreds of documents."""
    draw = random.Random(seed)
    source = "".join(p.read_text(encoding="utf-8") for p in sorted(BUILT_IN.glob("*.txt")))
    for _ in range(STRINGS):
        length = draw.choice((draw.randint(0, 40), draw.randint(0, 400), draw.randint(0, LONGEST), LONGEST))
        match draw.randrange(4):
            case 0:
                yield "".join(chr(draw.randrange(0x110000)) for _ in range(length))
            case 1:
                first, last = draw.choice(((0x20, 0x7E), (0x4E00, 0x9FFF), (0x3105, 0x312F), (0x0, 0x2FF)))
                yield "".join(chr(draw.randint(first, last)) for _ in range(length))
            case 2:
                sign = draw.choice("分測一1?？,，.（(<>\n\t 臺😀e\u0301\u200b\ud800%")
                yield (sign * length)[:length]
            case _:
                at = draw.randrange(len(source) - 20)
                bits = [source[at : at + draw.randint(1, 20)] for _ in range(length // 8 + 1)]
                draw.shuffle(bits)
                yield "".join(bits)[:length]


def any_text() -> None:
    """The slowest answers to strings that mean nothing, through the same door as people's questions."""
    with tempfile.TemporaryDirectory() as temporary:
        services = build_services(Settings(Path(temporary) / "bench.db"))
        make_ready(services)
        wall, used = [], []
        for text in strings():
            start, busy = time.perf_counter(), time.process_time()
            status = ask_one(services, {"question": text})["status"]
            wall.append((time.perf_counter() - start) * 1000)
            used.append((time.process_time() - busy) * 1000)
            assert status in ("answered", "clarify", "no_answer")
        services.store.close()
    rows = []
    for name, taken in (("by the clock", wall), ("of the processor", used)):
        taken.sort()
        rows.append((name, cells([taken[len(taken) // 2], taken[int(len(taken) * 0.999)], taken[-1]], "{:.1f} ms")))
    show(f"{STRINGS:,} random strings up to {LONGEST:,} characters, no exception", ["median", "99.9 %", "worst"], rows)
