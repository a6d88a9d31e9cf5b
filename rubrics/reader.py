"""YAML text -> nodes that know their line. The only module of this package that imports yaml.

Every scalar stays the text that was written: what it means is decided by the field that reads it, so a bare `yes` can
be an option's id and nothing turns into a date or a number behind the writer's back. Refused, each with its line:
duplicate keys, merge keys, anchors and aliases, tags, and an unquoted 12:30.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from rubrics.problems import BrokenRubricError, Report

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SEXAGESIMAL = re.compile(r"[-+]?\d+(:[0-5]?\d)+(\.\d*)?")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_STANDARD_TAGS = frozenset({None, "!"})
_YES = frozenset({"yes", "true"})
_NO = frozenset({"no", "false"})


@dataclass(frozen=True)
class Scalar:
    """One value as written; `plain` is without quotes. An empty plain scalar is "nothing written"."""

    line: int
    text: str
    plain: bool


@dataclass(frozen=True)
class Listing:
    """A list of nodes."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Table:
    """A mapping of written keys to nodes, in the file's order; `lines` holds each key's line."""

    line: int
    entries: dict[str, Node]
    lines: dict[str, int]


Node = Scalar | Listing | Table


def read_tree(path: Path, report: Report, text: str | None = None) -> Node | None:
    """The file's (or the given text's) node tree, or None when it cannot be read at all. Problems go to `report`."""
    if text is None:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            report.add("file_unreadable", 1, f"打不開「{path.name}」（{error.strerror or error}）。")
            return None
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            report.add("file_not_utf8", line, f"「{path.name}」第 {line} 行不是 UTF-8。")
            return None
    try:
        return _Builder(yaml.parse(text, Loader=_LOADER), report).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report.add("yaml_syntax", mark.line + 1 if mark else 1, f"語法有誤：{error.problem or error.context or ''}")
    except (yaml.YAMLError, RecursionError) as error:
        report.add("yaml_syntax", 1, f"語法有誤：{str(error).splitlines()[0] if str(error) else '巢狀太深'}")
    return None


def as_id(node: Scalar) -> str:
    """The id that a scalar means: a bare yes/true is `yes`, a bare no/false is `no`, anything else as written."""
    lower = node.text.lower()
    if node.plain and lower in _YES:
        return "yes"
    return "no" if node.plain and lower in _NO else node.text


def as_number(text: str) -> Decimal | None:
    """The decimal that a text writes (8, 2.5, -1), or None: no leading zeros, underscores, exponents, signs plus."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def as_plain(node: Node | None) -> object:
    """Nested dicts, lists and written texts: what the content hash is made from."""
    if isinstance(node, Table):
        return {key: as_plain(value) for key, value in node.entries.items()}
    if isinstance(node, Listing):
        return [as_plain(item) for item in node.items]
    return node.text if node else None


def load_form(path: Path) -> object:
    """A form file (YAML or JSON) as plain data for `score`: yes/no as ids, numbers exact (int or Decimal).

    Raises BrokenRubricError with every problem and its line (duplicate keys, syntax, an unquoted 12:30).
    """
    report = Report(path)
    node = read_tree(path, report)
    if report.problems:
        raise BrokenRubricError(report.sorted())
    return _form_value(node)


def _form_value(node: Node | None) -> object:
    if isinstance(node, Table):
        return {key: _form_value(value) for key, value in node.entries.items()}
    if isinstance(node, Listing):
        return [_form_value(item) for item in node.items]
    if node is None or (node.plain and node.text in ("", "~", "null")):
        return None
    if not node.plain:
        return node.text
    number = as_number(node.text)
    if number is None:
        return as_id(node)
    return int(number) if "." not in node.text else number


def _line(event: yaml.Event) -> int:
    """The event's line, 1 for the first (the type stubs allow an event without a mark; the parser always sets it)."""
    return event.start_mark.line + 1 if event.start_mark else 1


class _Builder:
    """Turns the parser's events into nodes."""

    def __init__(self, events: object, report: Report) -> None:
        self._events = iter(events)  # type: ignore[call-overload]  # yaml.parse is typed as a bare iterator
        self._report = report

    def document(self) -> Node | None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                root = self._node(next(self._events))
                rest = [e for e in self._events if isinstance(e, yaml.DocumentStartEvent)]
                if rest:
                    line = _line(rest[0])
                    self._report.add("yaml_syntax", line, "一個檔案只能有一份內容（不要再用「---」分段）。")
                return root
        return None

    def _node(self, event: yaml.Event) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            self._report.add("yaml_alias", line, f"用了別名「*{event.anchor}」。")
            return Scalar(line, "", False)
        if getattr(event, "anchor", None):
            self._report.add("yaml_alias", line, f"用了錨點「&{getattr(event, 'anchor', '')}」。")
        tag = getattr(event, "tag", None)
        if tag not in _STANDARD_TAGS:
            self._report.add("yaml_tag", line, f"用了標籤「{tag}」。")
        if isinstance(event, yaml.MappingStartEvent):
            return self._table(line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._listing(line)
        return self._scalar(event, line)

    def _scalar(self, event: yaml.Event, line: int) -> Scalar:
        text, plain = getattr(event, "value", ""), getattr(event, "style", None) in (None, "")
        if plain and _SEXAGESIMAL.fullmatch(text):
            self._report.add("yaml_sexagesimal", line, f"「{text}」沒有加引號。")
        return Scalar(line, text, plain)

    def _listing(self, line: int) -> Listing:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return Listing(line, tuple(items))

    def _table(self, line: int) -> Table:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, value = self._node(event), self._node(next(self._events))
            if not isinstance(key, Scalar):
                self._report.add("wrong_type", key.line, "鍵要是文字。")
            elif key.plain and key.text == "<<":
                self._report.add("yaml_merge_key", key.line, "用了「<<」合併。")
            elif key.text in entries:
                self._report.add(
                    "yaml_duplicate_key", key.line, f"「{key.text}」寫了兩次，第一次在第 {lines[key.text]} 行。"
                )
            else:
                entries[key.text], lines[key.text] = value, key.line
        return Table(line, entries, lines)
