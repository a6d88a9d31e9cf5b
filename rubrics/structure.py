"""The structure hash: what decides how a form is read and scored, and nothing else.

Ids, kinds, points, rules and conditions count; words, notes and help do not, so correcting a misprint keeps old records
comparable. A record keeps both hashes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal

from rubrics.conditions import Condition, as_data
from rubrics.model import Criterion, Rubric, Section, TreeNode

_WORDS = frozenset({"label", "text", "words", "short", "added", "line", "unit"})


def structure_hash(rubric: Rubric) -> str:
    """A SHA-256 in hex over the sheet's structure."""
    data = {
        "id": rubric.id,
        "kind": rubric.kind,
        "max": str(rubric.max.normalize()),
        "tree": [_node(n) for n in rubric.tree],
        "grades": [[g.id, str(g.from_.normalize())] for g in rubric.grades],
        "states": [[s.id, s.done] for s in rubric.states],
    }
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _node(node: TreeNode) -> object:
    if isinstance(node, Section):
        return [node.id, _plain(node.max), _plain(node.weight), node.one_of, [_node(n) for n in node.items]]
    return [node.id, node.answer, _leaf(node)]


def _leaf(leaf: Criterion) -> dict[str, object]:
    names = ("max", "options", "count", "bands", "alternative", "given", "multiplier", "weight")
    data = {name: _plain(getattr(leaf, name)) for name in names}
    return data | {"when": _condition(leaf.when), "counted_when": _condition(leaf.counted_when)}


def _condition(condition: Condition | None) -> object:
    return as_data(condition) if condition else None


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: as_data(value.when) if f.name == "when" else _plain(getattr(value, f.name))  # type: ignore[attr-defined]
            for f in fields(value)
            if f.name not in _WORDS
        }
    return value
