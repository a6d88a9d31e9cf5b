"""Whatever is typed gets an answer or a question back, and every reading survives being kept as JSON."""

from __future__ import annotations

import json
import random
from pathlib import Path

from bot.totals.answer import ask, tree_for
from bot.totals.model import Reading

from .world import build

FOLDER = Path(__file__).parents[2] / "questions"
ODD = [
    "113/13/45",
    "99999年",
    "0年",
    "第0季",
    "近0個月",
    "近999999999年",
    "沒過",
    "2月29日到2月30日",
    "前0名",
    "\n",
    "🙋",
    "民國200年",
]


def test_nothing_typed_breaks_it() -> None:
    world, rng = build(), random.Random(20240515)
    questions = [
        json.loads(line)["question"]
        for path in sorted(FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    bits = ODD + [one[at : at + rng.randrange(1, 8)] for one in questions for at in range(0, len(one), 5)]
    pieces = ["".join(rng.choice(bits) for _ in range(rng.randrange(1, 5))) for _ in range(600)]
    tree, kept = tree_for(world.services, world.admin), None
    for words in questions + ODD + pieces:
        found = ask(world.services, world.admin, words, kept if rng.random() < 0.5 else None, tree=tree)
        data = json.loads(json.dumps(found.as_dict(), allow_nan=False))
        assert data["reply"], words
        if found.reading:
            assert Reading.from_json(json.loads(json.dumps(found.reading.to_json()))) == found.reading
            kept = found.reading
    world.services.store.close()
