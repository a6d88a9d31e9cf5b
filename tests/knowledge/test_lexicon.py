"""Every entry of the lexicon: its official words stand in the documents, and its spoken words lead to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.lexicon import HERE, Entry, load_lexicon, read_file
from knowledge.library import open_library
from knowledge.normal import squash

DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"
LEXICON = load_lexicon()
LIBRARY = open_library()
SOURCE = "".join(squash(path.read_text(encoding="utf-8")).lower() for path in sorted(DOCUMENTS.glob("*.txt")))
LONGEST = 14  # characters of a spoken word: more would be a sentence


def _name(entry: Entry) -> str:
    return entry.spoken[0]


@pytest.mark.parametrize("entry", LEXICON.entries, ids=_name)
def test_official_words_stand_in_a_document(entry: Entry) -> None:
    missing = [word for word in entry.official if squash(word).lower() not in SOURCE]
    assert not missing


@pytest.mark.parametrize("entry", LEXICON.entries, ids=_name)
def test_spoken_words_are_understood_as_the_official_ones(entry: Entry) -> None:
    for word in entry.spoken:
        concepts = LIBRARY.understander.maker.make(word).concepts
        assert word in {concept.spoken for concept in concepts}


@pytest.mark.parametrize("entry", [e for e in LEXICON.entries if e.weight == 1], ids=_name)
def test_a_spoken_word_alone_finds_a_passage_with_an_official_one(entry: Entry) -> None:
    asked = LIBRARY.understander.read(entry.spoken[0])
    found = LIBRARY.search.find(asked)
    shown = [squash(r.passage.section + r.passage.full).lower() for r in found]
    assert any(squash(word).lower() in text for word in entry.official for text in shown)


@pytest.mark.parametrize("entry", LEXICON.entries, ids=_name)
def test_the_lexicon_holds_words_and_no_questions(entry: Entry) -> None:
    for word in entry.spoken:
        assert word.isascii() or len(word) <= LONGEST
        assert not set(word) & set("?？,，。;；")


def test_every_office_of_the_documents_has_its_short_names() -> None:
    named = set(LEXICON.offices)
    assert {head.office for head in LIBRARY.shelf.documents} == {
        "經濟部礦務局",
        "經濟部商業司",
        "經濟部水利署",
        "經濟部水利署第二河川局",
        "新竹市政府",
    }
    assert {head.office for head in LIBRARY.shelf.documents} <= named


def test_no_word_for_what_plans_never_state_stands_in_a_document_as_a_rule() -> None:
    stated = [word for words in LEXICON.absent.values() for word in words if word in SOURCE]
    assert stated == []


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
