"""Every conversation file on every face."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.rocdate import OFFSET
from tests.bot.totals.world import fill
from tests.support.conversation import FACES, Clock, World, driver, files, load, play

SETUPS = {"figures": fill}  # what a file's `setup` puts on record before the first turn
CASES = [pytest.param(face, path, id=f"{face}-{path.stem}") for face in FACES for path in files(face)]


@pytest.mark.parametrize(("face", "path"), CASES)
def test_conversation(face: str, path: Path, tmp_path: Path) -> None:
    data = load(path)
    at = datetime.fromisoformat(data.get("at", "2024-05-20T10:30")).replace(tzinfo=OFFSET)
    setup = SETUPS[data["setup"]] if "setup" in data else None
    world = World(tmp_path / "kaoping.db", data.get("role", "staff"), data.get("name", "王小明"), Clock(at), setup)
    person = driver(face, world)
    try:
        play(data, person, world.clock)
    finally:
        person.close()
