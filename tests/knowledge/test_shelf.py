"""Candidates against a plain reckoning, and the file that keeps them."""

from __future__ import annotations

import math
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.synthetic_documents import passages
from knowledge import kept
from knowledge.index import K1, SINGLE, B, build, fields
from knowledge.passages import Passage
from knowledge.reading import parse
from knowledge.shelf import Shelf, make_shelf, open_shelf, shelf_of

NOTES = """測試機關考核要點
一、電話禮貌每季測試一次。
二、滿意度調查每年辦理二次，達85%以上為優等。
三、承辦人員應使用ODF格式。
四、電話鈴響四聲內接聽。
"""


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return make_shelf([Path(__file__).parent / "documents"])


def grams(text: str) -> list[str]:
    """Characters and pairs by the book: for text of Chinese characters and full stops alone."""
    folded = [c for c in unicodedata.normalize("NFKC", text) if not c.isspace()]
    singles = [c for c in folded if "\u4e00" <= c <= "\u9fff"]
    pairs = [a + b for a, b in pairwise(folded) if all("\u4e00" <= c <= "\u9fff" for c in a + b)]
    return singles + pairs


def reckoned(passages: list[Passage], query: str) -> list[float]:
    bags: list[dict[str, float]] = []
    for p in passages:
        bag: dict[str, float] = {}
        for text, worth in fields(p):
            for part in text.split("\x01"):
                for gram in grams(part):
                    bag[gram] = bag.get(gram, 0.0) + worth
        bags.append(bag)
    mean = sum(sum(b.values()) for b in bags) / len(bags)
    scores = []
    for bag in bags:
        total = 0.0
        for gram in set(grams(query)):
            held = sum(gram in b for b in bags)
            if gram in bag:
                rarity = math.log1p((len(bags) - held + 0.5) / (held + 0.5)) * (1 if len(gram) == 2 else SINGLE)
                norm = K1 * (1 - B + B * sum(bag.values()) / mean)
                total += rarity * bag[gram] * (K1 + 1) / (bag[gram] + norm)
        scores.append(total)
    return scores


def test_scores_are_bm25() -> None:
    text = "考核要點\n\n一、電話禮貌測試。\n二、電話鈴響。\n三、滿意調查。\n（一）調查方式。\n（二）電話調查。\n"
    passages = list(parse(text, "a.txt").passages)
    places, scores = build(passages).candidates("電話調查方式", 10)
    wanted = reckoned(passages, "電話調查方式")
    assert [int(p) for p in places] == sorted(
        (i for i, s in enumerate(wanted) if s > 0), key=lambda i: (-round(wanted[i], 4), i)
    )
    assert list(scores) == pytest.approx([wanted[int(p)] for p in places], rel=1e-4)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("鈴響幾聲", "四聲內"),
        ("odf", "ODF"),
        ("８５％", "85%"),
        ("滿意度多久辦一次", "滿意度調查"),
        ("電話禮貌", "電話禮貌每季"),
    ],
)
def test_the_best_candidate(query: str, words: str) -> None:
    passages = parse(NOTES, "a.txt").passages
    places, _ = build(passages).candidates(query, 3)
    assert words in passages[int(places[0])].text


def test_filters_are_exact(shelf: Shelf) -> None:
    names = [shelf.documents[0].name, shelf.documents[4].name]
    places, _ = shelf.index.candidates("申請 借用 學生", 50, shelf.ranges(names))
    assert len(places)
    assert {shelf.passages[int(p)].document for p in places} <= set(names)
    assert shelf.ranges([d.name for d in shelf.documents]) == [(0, len(shelf.passages))]
    assert shelf.ranges(["nothing"]) == []
    assert len(shelf.index.candidates("申請", 5, [])[0]) == 0


def test_weighted_texts(shelf: Shelf) -> None:
    plain = shelf.index.candidates("停車優惠", 5)
    assert list(plain[0]) == list(shelf.index.candidates({"停車優惠": 1.0}, 5)[0])
    both = shelf.index.candidates({"停車優惠": 0.1, "滅火器": 2.0}, 5)
    assert "滅火器" in shelf.passages[int(both[0][0])].text


@pytest.mark.parametrize("query", ["", "   ", "🙂🙂", "\x00\x01", "。，、", "zzzzqqq", "\ud800", "電" * 5000])
def test_odd_queries(shelf: Shelf, query: str) -> None:
    places, scores = shelf.index.candidates(query, 5)
    assert len(places) == len(scores) <= 5


@settings(max_examples=100, deadline=None)
@given(query=st.text(max_size=80))
def test_any_query(shelf: Shelf, query: str) -> None:
    places, scores = shelf.index.candidates(query, 7)
    assert list(scores) == sorted(scores, reverse=True)
    assert len(set(places.tolist())) == len(places)


def test_counts(shelf: Shelf) -> None:
    assert shelf.index.count("滅火") == sum("滅火" in "\n".join(t for t, _ in fields(p)) for p in shelf.passages)
    assert shelf.index.count("🙂") == shelf.index.count("") == 0


def test_an_empty_shelf() -> None:
    empty = shelf_of([])
    assert len(empty.index.candidates("電話", 5)[0]) == 0
    assert empty.get("p0") is None


def test_neighbours(shelf: Shelf) -> None:
    small = next(p for p in shelf.passages if "拾物不昧，其價值在新臺幣五百元以下" in p.text)
    parent = shelf.parent(small)
    assert parent is not None
    assert "記嘉獎" in parent.text
    assert small in shelf.children(parent)
    assert [p.marker for p in shelf.family(small)] == ["一、", "二、", "三、"]


def write(folder: Path, text: str = NOTES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_kept_shelf_is_the_same(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "docs"), tmp_path / "deep" / "index"
    made = open_shelf([folder], cache)
    again = open_shelf([folder], cache)
    assert isinstance(again.passages, kept.KeptPassages)
    assert list(again.passages) == list(made.passages)
    assert again.passages[-1] == made.passages[-1]
    assert again.passages[0:2] == made.passages[0:2]
    assert again.documents == made.documents
    for query in ("電話禮貌", "85%"):
        assert [list(a) for a in made.index.candidates(query, 9)] == [list(a) for a in again.index.candidates(query, 9)]
    assert again.get(made.passages[2].id) == made.passages[2]
    assert again.get("p-unknown") is None
    with pytest.raises(IndexError):
        again.passages[len(again.passages)]


def test_a_changed_document_is_read_again(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "docs"), tmp_path / "index"
    open_shelf([folder], cache)
    write(folder, NOTES.replace("四聲", "三聲"))
    assert any("三聲" in p.text for p in open_shelf([folder], cache).passages)
    (folder / "b.txt").write_text("一、新的規定。", encoding="utf-8")
    assert [d.name for d in open_shelf([folder], cache).documents] == ["a.txt", "b.txt"]


def test_added_passages_are_part_of_the_key(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "docs"), tmp_path / "index"
    extra = parse("一、評分表的項目：開場白十分。", "rubric").passages
    assert len(open_shelf([folder], cache, extra).documents) == 2
    assert len(open_shelf([folder], cache).documents) == 1


@pytest.mark.parametrize("damage", ["empty", "cut", "head", "body", "other"])
def test_a_damaged_file_is_built_anew(tmp_path: Path, damage: str) -> None:
    folder, cache = write(tmp_path / "docs"), tmp_path / "index"
    whole = list(open_shelf([folder], cache).passages)
    data = bytearray(cache.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "head":
        data[40] ^= 0xFF
    elif damage == "body":
        data[-9] ^= 0xFF
    cache.write_bytes({"empty": b"", "other": b"not an index at all"}.get(damage, bytes(data)))
    again = open_shelf([folder], cache)
    assert isinstance(again.passages, list)
    assert list(again.passages) == whole
    assert isinstance(open_shelf([folder], cache).passages, kept.KeptPassages)


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs")
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    assert len(open_shelf([folder], blocked / "index").passages) == 5
    assert sorted(p.name for p in tmp_path.iterdir()) == ["docs", "file"]


def test_copies_for_measuring() -> None:
    made = passages(1500)
    assert len(made) == 1500
    assert made == passages(1500)
    offices = {p.office for p in made}
    assert "經濟部礦務局" in offices
    assert any("市政府" in office and office not in ("新竹市政府",) for office in offices)
    twin = next(p for p in made if p.office != "經濟部礦務局" and "公布於本局內部網頁" in p.text)
    assert twin.year is not None
    shelf = shelf_of(made)
    places, _ = shelf.index.candidates("內部網頁", 5, shelf.ranges([twin.document]))
    assert shelf.passages[int(places[0])].document == twin.document
