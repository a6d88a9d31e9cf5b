"""Small commands load what they need and nothing that takes long: half of a person's wait would be imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("knowledge.library", "lxml", "matplotlib", "numpy", "odfdo", "opencc", "pandas", "PIL", "pypinyin", "telegram")
LOADED = "import sys; from bot.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The modules of a process that ran the command."""
    environment = {**os.environ, "KAOPING_DATABASE": str(folder / "k.db")}
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("people",), ("rubrics",), ("records", "--json"), ("plan",), ("export",)])
def test_a_small_command_loads_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *arguments).intersection(HEAVY) == set()


def test_a_question_with_a_kept_index_loads_no_reader_of_documents(tmp_path: Path) -> None:
    readers = {"knowledge.outline", "knowledge.tables", "knowledge.source"}
    assert loaded(tmp_path, "ask", "電話禮貌多久測一次") >= readers  # the first reads the documents and keeps the index
    assert loaded(tmp_path, "ask", "電話禮貌多久測一次") & readers == set()
