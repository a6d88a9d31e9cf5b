"""Odd files: encodings, line ends, tables of several kinds, and whatever bytes come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import describe
from knowledge.errors import SourceError
from knowledge.folders import files
from knowledge.reading import load, load_documents, parse
from knowledge.source import Line, Table, blocks, decode

TEXT = "測試機關考核要點\n一、電話禮貌每季測試一次。\n二、成績達九十分以上者為優等。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text, _, doubts = decode(TEXT.encode(encoding))
    assert text == TEXT
    assert doubts == []


def test_simplified_gb18030() -> None:
    assert decode("考核办法规则简体内容".encode("gb18030"))[0] == "考核办法规则简体内容"


@pytest.mark.parametrize(
    ("data", "doubt"), [(b"", "空白"), (b" \n\n", "空白"), (b"\x00\x01\x02PNG" * 50, "不是純文字")]
)
def test_files_that_are_no_text_are_doubted(data: bytes, doubt: str) -> None:
    text, _, doubts = decode(data)
    assert text == ""
    assert doubt in doubts[0]


def test_line_ends() -> None:
    for end in ("\r\n", "\r", "\n"):
        found, _ = blocks(TEXT.replace("\n", end))
        assert [b.number for b in found if isinstance(b, Line)] == [1, 2, 3]


def test_a_huge_line_is_cut_and_doubted() -> None:
    document = parse("一、" + "甲" * 300_000, "long.txt")
    assert any("太長" in doubt for doubt in document.doubts)
    assert all(len(p.full) <= 800 for p in document.passages)


@pytest.mark.parametrize(
    "text",
    [
        "項目\t配分\n出席\t30\n作業\t70",
        "| 項目 | 配分 |\n|---|---|\n| 出席 | 30 |\n| 作業 | 70 |",
        "項目    配分\n出席    30\n作業    70",
        "┌──┬──┐\n│項目│配分│\n├──┼──┤\n│出席│30│\n│作業│70│\n└──┴──┘",
    ],
)
def test_four_ways_to_draw_a_table(text: str) -> None:
    tables = [b for b in blocks(text)[0] if isinstance(b, Table)]
    assert [r.cells for t in tables for r in t.rows] == [("項目", "配分"), ("出席", "30"), ("作業", "70")]


@pytest.mark.parametrize(
    "text", ["一、\t本要點依法訂定。\n二、\t適用範圍。", "主席：王科長　記錄：李員", "\t縮排的一行\n\t再一行"]
)
def test_tabs_and_gaps_that_are_no_tables(text: str) -> None:
    assert not any(isinstance(b, Table) for b in blocks(text)[0])


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "規定.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "規定.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    assert [p.name for p in files([tmp_path])] == ["規定.txt", "規定.txt"]
    assert [d.name for d in load_documents([tmp_path])] == ["規定.txt", "規定~2.txt"]
    with pytest.raises(SourceError, match="找不到"):
        files([tmp_path / "missing"])


def test_described_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    first, second = describe([tmp_path])
    assert (first.title, first.passages, first.tables) == ("測試機關考核要點", 3, 0)
    assert "條文 2" in first.text()
    assert second.doubts == ("這是空白檔案。",)
    assert "⚠ 這是空白檔案。" in second.text()
    assert second.as_dict()["passages"] == 0


def test_a_file_that_cannot_be_read_is_doubted(tmp_path: Path) -> None:
    assert "打不開" in load(tmp_path / "gone.txt").doubts[0]


MARKS = "一二三、(一)1.①第條章甲\t|　 \n\r。：※□分20-25%附表<p></p>"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.text(alphabet=MARKS, max_size=300)))
def test_any_text_becomes_a_document(text: str) -> None:
    document = parse(text, "any.txt")
    ids = {p.id for p in document.passages}
    assert len(ids) == len(document.passages)
    assert all(len(p.full) <= 800 for p in document.passages)
    assert all(p.text[b.start : b.end] == b.text for p in document.passages for b in p.bands)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read(data: bytes) -> None:
    parse(decode(data)[0], "bytes.txt")
