"""The glosses hold words only, and every official word of theirs stands in one of the documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from knowledge.lexicon import HERE, HINT, load_lexicon, read_file
from knowledge.normal import plain, squash
from knowledge.reading import load_documents

FILES = sorted(HERE.glob("gloss_*.yaml"))
LONGEST = 8  # characters of a spoken word: more is a sentence

Row = dict[str, list[str]]


@cache
def rows(path: Path) -> list[Row]:
    """The entries of a file as they stand there, the spoken words parted at their commas."""
    return [
        {"spoken": [word.strip() for word in row["spoken"].split(",")], "official": row["official"]}
        for row in read_file(path)
    ]


@pytest.fixture(scope="module")
def written() -> list[str]:
    """What the documents say, passage by passage with its headings, without white space."""
    return [squash(f"{p.section}\n{p.text}").lower() for document in load_documents() for p in document.passages]


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_there_are_glosses() -> None:
    assert {"gloss_telephone", "gloss_sheets"} <= {path.stem for path in FILES}


def test_every_entry_loads_as_a_hint(path: Path) -> None:
    loaded = {(e.spoken, e.official): e.weight for e in load_lexicon().entries}
    for row in rows(path):
        key = (tuple(dict.fromkeys(map(plain, row["spoken"]))), tuple(dict.fromkeys(map(plain, row["official"]))))
        assert loaded[key] == HINT, row


def test_every_official_word_stands_in_a_document(path: Path, written: list[str]) -> None:
    missing = [w for row in rows(path) for w in row["official"] if not any(squash(w).lower() in t for t in written)]
    assert missing == []


def test_no_spoken_word_is_a_sentence(path: Path) -> None:
    words = [plain(w) for row in rows(path) for w in row["spoken"]]
    assert [w for w in words if not 2 <= len(w) <= LONGEST or set(w) & set("?!。,;")] == []


def test_no_spoken_word_is_its_own_official_word(path: Path) -> None:
    same = [w for row in rows(path) for w in row["spoken"] if plain(w) in map(plain, row["official"])]
    assert same == []


def test_no_word_stands_twice(path: Path) -> None:
    spoken = [plain(w) for row in rows(path) for w in row["spoken"]]
    assert sorted({w for w in spoken if spoken.count(w) > 1}) == []
    for row in rows(path):
        official = [squash(w) for w in row["official"]]
        assert len(official) == len(set(official)), row


def test_lines_are_readable(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 120] == []
