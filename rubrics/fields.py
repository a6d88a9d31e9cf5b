"""Reading one mapping of a YAML file with types: each fault is noted with its line and reading goes on.

Used for sheets and for plans. It refuses unknown keys (naming the nearest known one) and never guesses a value: what is
missing or wrong comes back empty, and the problem is in the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from rubrics.problems import Report, near
from rubrics.reader import Listing, Node, Scalar, Table, as_id, as_number

MAX_FILE_ID = 24  # characters of a sheet's, plan's or duty's id: two of them must fit a button's 64 bytes
_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_BAND_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
_RANGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)\s*")


def scalar_text(node: Node) -> str | None:
    """The written text, or None when the node is not a single value."""
    return node.text if isinstance(node, Scalar) else None


class Fields:
    """Typed access to one mapping. Every key asked for is known; `close()` reports the others."""

    def __init__(self, node: Node, report: Report, criterion: str = "", what: str = "這裡") -> None:
        self.report, self.criterion, self.line = report, criterion, node.line
        self.entries: dict[str, Node] = {}
        self.lines: dict[str, int] = {}
        self._known: set[str] = set()
        self.valid = isinstance(node, Table)
        if isinstance(node, Table):
            self.entries, self.lines = node.entries, node.lines
        else:
            self.fault("wrong_type", node.line, f"{what}要寫成「鍵: 值」的對照。")

    def fault(self, code: str, line: int, message: str) -> None:
        """Notes a problem at this mapping's criterion."""
        self.report.add(code, line, message, self.criterion)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.entries

    def line_of(self, key: str) -> int:
        """The key's line, or the mapping's."""
        return self.lines.get(key, self.line)

    def node(self, key: str, required: bool = False) -> Node | None:
        """The node under a key, None when absent."""
        self._known.add(key)
        found = self.entries.get(key)
        if found is None and required and self.valid:
            self.fault("missing_key", self.line, f"少了「{key}」。")
        return found

    def _scalar(self, key: str, required: bool) -> Scalar | None:
        node = self.node(key, required)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.fault("wrong_type", node.line, f"「{key}」要是一個值，不是清單或對照。")
            return None
        if node.plain and node.text in ("", "~", "null"):
            if required:
                self.fault("missing_key", node.line, f"「{key}」沒有寫內容。")
            return None
        return node

    def text(self, key: str, required: bool = True) -> str:
        """A non-empty text, "" when absent or wrong."""
        node = self._scalar(key, required)
        if node is not None and not node.text.strip():
            self.fault("missing_key", node.line, f"「{key}」沒有寫內容。")
            return ""
        return node.text.strip() if node else ""

    def ident(self, key: str = "id", required: bool = True, band: bool = False, most: int = 60) -> str:
        """An id of at most `most` characters (yes/no may stand bare), "" when absent or wrong."""
        node = self._scalar(key, required)
        if node is None:
            return ""
        value = as_id(node)
        if not (_BAND_ID if band else _ID).fullmatch(value):
            self.fault("bad_id", node.line, f"「{value}」不能當識別碼。")
            return ""
        if len(value) > most:
            self.fault("bad_id", node.line, f"「{value}」超過 {most} 個字元。")
            return ""
        return value

    def number(self, key: str, required: bool = True, percent: bool = False) -> Decimal | None:
        """A decimal, None when absent or wrong; with `percent`, 40% is 0.4."""
        node = self._scalar(key, required)
        if node is None:
            return None
        text = node.text.strip()
        value = as_number(text[:-1].strip()) if percent and text.endswith("%") else as_number(text)
        if value is None:
            self.fault("bad_number", node.line, f"「{key}」的「{node.text}」不是看得懂的數字。")
            return None
        return value / 100 if percent and text.endswith("%") else value

    def span(self, key: str, required: bool = True) -> tuple[Decimal, Decimal] | None:
        """A point or a range: `8` is (8, 8), `8-10` is (8, 10)."""
        node = self._scalar(key, required)
        return self.span_of(node, key) if node else None

    def span_of(self, node: Node, key: str) -> tuple[Decimal, Decimal] | None:
        """The same of one node, for lists of points."""
        text = scalar_text(node) or ""
        single = as_number(text)
        if single is not None and single >= 0:
            return single, single
        match = _RANGE.fullmatch(text)
        low, high = (as_number(match[1]), as_number(match[2])) if match else (None, None)
        if low is None or high is None or low > high:
            self.fault("bad_range", node.line, f"「{key}」的「{text}」要寫成「低-高」或一個數字。")
            return None
        return low, high

    def flag(self, key: str) -> bool:
        """A yes/no; absent is no."""
        node = self._scalar(key, False)
        value = as_id(node) if node else "no"
        if value not in ("yes", "no"):
            self.fault("bad_choice", self.line_of(key), f"「{key}」只能是 true 或 false，不是「{value}」。")
        return value == "yes"

    def choice(self, key: str, choices: Sequence[str], code: str = "bad_choice") -> str:
        """One of the choices (required), "" when wrong."""
        value = self.text(key)
        if value and value not in choices:
            hint = near(value, choices) or f"；可以是 {'、'.join(choices)}。"
            self.fault(code, self.line_of(key), f"「{key}」不能是「{value}」{hint}")
            return ""
        return value

    def nodes(self, key: str, required: bool = False) -> tuple[Node, ...]:
        """The list under a key, () when absent; an empty list is a problem."""
        node = self.node(key, required)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            self.fault("wrong_type", node.line, f"「{key}」要是清單。")
            return ()
        if not node.items:
            self.fault("empty_list", node.line, f"「{key}」是空的清單。")
        return node.items

    def words(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        found = []
        for node in self.nodes(key, required):
            text = scalar_text(node)
            if text is None or not text.strip():
                self.fault("wrong_type", node.line, f"「{key}」的每一項要是文字。")
            else:
                found.append(text.strip())
        return tuple(found)

    def tables(self, key: str, what: str, required: bool = False) -> tuple[Fields, ...]:
        """A list of mappings, each ready to be read; the caller closes each."""
        made = (Fields(node, self.report, self.criterion, what) for node in self.nodes(key, required))
        return tuple(f for f in made if f.valid)

    def table(self, key: str, what: str) -> Fields | None:
        """One mapping under a key; the caller closes it."""
        node = self.node(key)
        if node is None:
            return None
        made = Fields(node, self.report, self.criterion, what)
        return made if made.valid else None

    def close(self) -> None:
        """Reports every key that nobody asked for, with the nearest known one."""
        for key in self.entries.keys() - self._known:
            hint = near(key, self._known) or "。"
            self.fault("unknown_key", self.line_of(key), f"不認得「{key}」{hint}")
