"""A file as blocks: runs of text lines and tables of cells, whatever its encoding and however it draws its tables.

Tables by tabs, by pipes, or by columns of spaces become rows of cells. It never fails on an odd file: what it could
not read is listed as a doubt, and the rest is used.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from knowledge.markers import match

LARGEST = 20_000_000  # bytes of one file
WIDEST = 200_000  # characters of one line
_PIPE_RULE = re.compile(r"^\s*\|?[\s:|+-]*-{2,}[\s:|+-]*\|?\s*$")
_COLUMN_GAP = re.compile(r"(?: {2,}|\u3000+| \u3000+)")
_RULE_LINE = re.compile(r"^[\s\-=─━_＿—+|*\u2500-\u257f]{3,}$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, 1-based; `indent` in columns, `bullet`: a dash or dot stood before it, `gap`: a blank line."""

    number: int
    text: str
    indent: int
    bullet: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line and its cells as they stand, tags and all; `gap` when a blank line came before."""

    number: int
    cells: tuple[str, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]


Block = Line | Table


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """The text of a file's bytes, the encoding that was used, and doubts about it."""
    doubts: list[str] = []
    if len(data) > LARGEST:
        data, doubts = data[:LARGEST], ["檔案太大，只讀了前 20 MB。"]
    if not data.strip():
        return "", "utf-8", ["這是空白檔案。"]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16", doubts
    if b"\x00" in data[:4096]:
        wide = _utf16_without_mark(data)
        if wide is None:
            return "", "binary", ["這不是純文字檔，沒有讀入。"]
        return wide[0], wide[1], doubts
    for encoding in ("utf-8-sig", "cp950", "gb18030"):
        try:
            return data.decode(encoding), encoding, doubts
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace"), "utf-8", [*doubts, "有些字的編碼讀不出來，以 � 代替。"]


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[: len(data) // 2 * 2].decode(encoding, errors="replace")
        sample = text[:2000]
        if sample and sum(map(_usual, sample)) > 0.8 * len(sample):
            return text.lstrip("\ufeff"), encoding
    return None


def _usual(character: str) -> bool:
    """A character that ordinary Traditional Chinese text has: Latin, punctuation, or among Big5's frequent ones."""
    try:
        raw = character.encode("cp950")
    except UnicodeEncodeError:
        return False
    return 0xA1 <= raw[0] <= 0xC6 if len(raw) == 2 else raw[0] >= 0x20 or character in "\r\n\t"


def read(path: Path) -> tuple[str, str, list[str]]:
    """The file's text, its encoding and doubts; an unreadable file is a doubt, not an error."""
    try:
        return decode(path.read_bytes())
    except OSError as error:
        return "", "unreadable", [f"檔案打不開：{error.strerror or error}"]


def blocks(text: str) -> tuple[list[Block], list[str]]:
    """The text as lines and tables in order, with doubts."""
    doubts: list[str] = []
    lines = re.split(r"\r\n|[\n\r\u2028\x0b\x0c]", text)
    found: list[Block] = []
    at, gap = 0, True
    while at < len(lines):
        raw = lines[at]
        if len(raw) > WIDEST:
            doubts.append(f"第 {at + 1} 行太長，只讀了前 {WIDEST} 個字。")
            raw = lines[at] = raw[:WIDEST]
        if not raw.strip() or (_RULE_LINE.match(raw) and "\t" not in raw and "|" not in raw):
            at, gap = at + 1, True
            continue
        end = _table_end(lines, at)
        if end > at:
            rows = _rows(lines, at, end)
            if rows:
                found.append(Table(tuple(rows)))
            at, gap = end, True
            continue
        found.append(_line(at + 1, raw, gap))
        at, gap = at + 1, False
    return found, doubts


def _line(number: int, raw: str, gap: bool) -> Line:
    body = raw.strip(" \t\u3000\u200b\ufeff").replace("\t", " ").replace("\u3000", " ")
    bullet = re.match(r"[-•●○◎■□▪◆★＊*·‧▲△]\s*(?=\S)", body)
    indent = len(raw) - len(raw.lstrip())
    if bullet and not (body[0] == "-" and body[1:2].isdigit() and not body[1:2].isspace()):
        return Line(number, body[bullet.end() :], indent, True, gap)
    return Line(number, body, indent, False, gap)


def _table_end(lines: list[str], at: int) -> int:
    """Where the table that begins here ends (exclusive); `at` when none begins here."""
    for starts, goes_on in ((_tabbed, _tab_in), (_piped, _piped)):
        if starts(lines[at]):
            end = at
            for i in range(at, len(lines)):
                if goes_on(lines[i]):
                    end = i + 1
                elif (lines[i].strip() and not _RULE_LINE.match(lines[i])) or i - end >= 2:
                    break
            return end
    return _aligned_end(lines, at)


def _tabbed(line: str) -> bool:
    """A row of cells parted by tabs; an indented line or a mark with a tab behind it ('一、⇥本辦法…') is none."""
    cells = [c.strip() for c in line.split("\t") if c.strip()]
    if len(cells) < 2:
        return False
    mark = match(cells[0]) if len(cells) == 2 else None
    return not (mark and mark.end >= len(cells[0]))


def _tab_in(line: str) -> bool:
    return "\t" in line and bool(line.strip())


def _piped(line: str) -> bool:
    body = line.strip()
    return body.count("|") + body.count("｜") + body.count("│") >= (2 if body[:1] in "|｜│" else 3) or (
        bool(_PIPE_RULE.match(body)) and "|" in body
    )


def _aligned_end(lines: list[str], at: int) -> int:
    """Columns drawn with spaces: two lines or more in a row with the same number of cells at like places."""
    first = _columns(lines[at])
    if len(first) < 2 or (len(first) == 2 and not re.search(r" {2,}|\u3000{2,}", lines[at].strip())):
        return at
    end = at + 1
    starts = {place for place, _ in first}
    while end < len(lines) and lines[end].strip():
        if _RULE_LINE.match(lines[end]):
            end += 1
            continue
        cells = _columns(lines[end])
        near = sum(any(abs(place - s) <= 3 for s in starts) for place, _ in cells)
        if len(cells) < 2 or len(cells) > len(first) or near < len(cells):
            break
        end += 1
    body = [line for line in lines[at:end] if not _RULE_LINE.match(line)]
    same = sum(len(_columns(line)) == len(first) for line in body)
    enough = len(body) >= 3 or (len(body) == 2 and len(first) >= 3)
    return end if enough and same >= 2 and not any(_only_marked(line) for line in body) else at


def _only_marked(line: str) -> bool:
    """'一、　本辦法…': a mark and a gap, not two cells."""
    cells = _columns(line)
    if len(cells) != 2:
        return False
    mark = match(cells[0][1])
    return bool(mark and mark.end == len(cells[0][1]))


def _columns(line: str) -> list[tuple[int, str]]:
    """The cells of a line drawn with spaces, each with its place in display columns."""
    if len(line) > 2000:
        return []
    cells: list[tuple[int, str]] = []
    at = width = 0
    for gap in [*_COLUMN_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        piece = line[at:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            cells.append((width + lead, piece.strip()))
        width += _width(line[at : gap.end()]) if gap else 0
        at = gap.end() if gap else end
    return cells


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _rows(lines: list[str], at: int, end: int) -> list[Row]:
    rows: list[Row] = []
    gap = False
    aligned = "\t" not in lines[at] and not _piped(lines[at])
    starts = [place for place, _ in _columns(lines[at])] if aligned else []
    for i in range(at, end):
        raw = lines[i]
        if not raw.strip() or _RULE_LINE.match(raw.replace("\t", "")) or _PIPE_RULE.match(raw):
            gap = gap or not raw.strip()
            continue
        rows.append(Row(i + 1, tuple(_cells(raw, starts)), gap))
        gap = False
    return rows


def _cells(raw: str, starts: list[int]) -> list[str]:
    if starts:
        cells = [""] * len(starts)
        for place, piece in _columns(raw):
            nearest = min(range(len(starts)), key=lambda k: abs(starts[k] - place))
            cells[nearest] = f"{cells[nearest]} {piece}".strip()
        return cells
    if "\t" in raw:
        return [c.strip() for c in raw.rstrip("\r\n").split("\t")]
    body = re.sub(r"[｜│]", "|", raw.strip())
    body = body[1:] if body.startswith("|") else body
    body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
    return [c.strip() for c in body.split("|")]
