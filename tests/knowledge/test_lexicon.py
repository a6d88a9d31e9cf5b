"""Every entry of the lexicon: its official words stand in the documents, and its spoken words lead to them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.lexicon import HERE, Entry, load_lexicon, read_file
from knowledge.library import Library
from knowledge.normal import squash
from tests.support.shared import built_in

DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"
LEXICON = load_lexicon()
SOURCE = "".join(squash(path.read_text(encoding="utf-8")).lower() for path in sorted(DOCUMENTS.glob("*.txt")))
LONGEST = 14  # characters of a spoken word: more would be a sentence


@pytest.fixture(scope="module")
def library() -> Library:
    return built_in()


# each of these holds for every single entry; a thousand tests for each would cost more than what they check


def test_official_words_stand_in_a_document() -> None:
    missing = [(e.spoken[0], w) for e in LEXICON.entries for w in e.official if squash(w).lower() not in SOURCE]
    assert missing == []


def test_spoken_words_are_understood_as_the_official_ones(library: Library) -> None:
    maker = library.understander.maker
    deaf = [
        (entry.spoken[0], word)
        for entry in LEXICON.entries
        for word in entry.spoken
        if word not in {concept.spoken for concept in maker.make(word).concepts}
    ]
    assert deaf == []


def finds(library: Library, entry: Entry) -> bool:
    """Whether the first spoken word alone finds a passage with an official one."""
    found = library.search.find(library.understander.read(entry.spoken[0]))
    shown = [squash(r.passage.section + r.passage.full).lower() for r in found]
    return any(squash(word).lower() in text for word in entry.official for text in shown)


def test_a_spoken_word_alone_finds_a_passage_with_an_official_one(library: Library) -> None:
    assert [e.spoken[0] for e in LEXICON.entries if e.weight == 1 and not finds(library, e)] == []


def test_the_lexicon_holds_words_and_no_questions() -> None:
    words = [word for entry in LEXICON.entries for word in entry.spoken]
    assert [w for w in words if (not w.isascii() and len(w) > LONGEST) or set(w) & set("?？,，。;；")] == []


def test_every_office_of_the_documents_has_its_short_names(library: Library) -> None:
    named = set(LEXICON.offices)
    assert {head.office for head in library.shelf.documents} == {
        "經濟部礦務局",
        "經濟部商業司",
        "經濟部水利署",
        "經濟部水利署第二河川局",
        "新竹市政府",
    }
    assert {head.office for head in library.shelf.documents} <= named


def test_no_word_of_everyday_life_stands_in_a_document_or_among_the_spoken_words() -> None:
    spoken = {word for entry in LEXICON.entries for word in entry.spoken}
    assert [word for word in LEXICON.life if word in SOURCE or word in spoken or len(word) < 2] == []
    assert len(LEXICON.life) > 2000


def test_no_word_that_aims_at_the_machine_stands_in_a_document() -> None:
    assert [pattern for pattern in LEXICON.attacks if re.search(pattern, SOURCE)] == []


def test_a_doubled_key_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "kinds.yaml"
    path.write_text("points: {ask: [幾分]}\npoints: {ask: [多少分]}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"kinds\.yaml:2: 重複的欄位「points」"):
        read_file(path)


def test_numbers_and_words_of_yaml_stay_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("[12:30, no, 100, 2024-05-20]\n", encoding="utf-8")
    assert read_file(path) == ["12:30", "no", "100", "2024-05-20"]


def test_an_entry_without_official_words_is_refused(tmp_path: Path) -> None:
    for source in HERE.glob("*.yaml"):
        (tmp_path / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "phone.yaml").write_text("- {spoken: [接線生]}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="第 1 筆"):
        load_lexicon(tmp_path)
