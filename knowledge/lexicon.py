"""Spoken words and official words: loads knowledge/lexicon/*.yaml, the only place of this package that reads YAML.

The files hold words, never questions or answers. The long lists of spoken words are written as one string with commas:
a third of the time to load. It refuses a file with an unknown or doubled key, or an entry without words, naming file
and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # a PyYAML built without libyaml: the same, slower
    from yaml import SafeLoader  # type: ignore[assignment]

from knowledge.errors import KnowledgeError
from knowledge.normal import plain

HERE = Path(__file__).parent / "lexicon"
WORD_FILES = ("words.yaml", "plain_talk.yaml", "phone.yaml", "english.yaml")
HINT_FILES = "gloss*.yaml"
HINT = 0.6  # what a hint counts beside a word that means the same


@dataclass(frozen=True, slots=True)
class Entry:
    """Spoken words that mean the same as some official words; all normalised. `weight`: 1, less for a mere hint."""

    spoken: tuple[str, ...]
    official: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: patterns that ask for it and patterns of a passage that can give it."""

    name: str
    ask: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail that a question may want of a clause: what it is called, patterns that ask for it, and patterns of a
    passage that states it (none: the very words that asked must stand there; ['(?!)']: no plan states it). `near`: what
    states it must stand near what the question is about. `done`: where points are asked it is part of the story."""

    name: str
    label: str
    asked: tuple[str, ...]
    stated: tuple[str, ...]
    near: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists. `offices`: office name -> aliases. `elsewhere`: names of bodies without a document here. `life`:
    words of everyday life; `attacks`: patterns of what aims at the machine itself."""

    entries: tuple[Entry, ...]
    offices: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[str, ...]
    series: tuple[str, ...]
    filler: Mapping[str, tuple[str, ...]]
    kinds: tuple[Kind, ...]
    details: tuple[Detail, ...]
    life: tuple[str, ...]
    attacks: tuple[str, ...]


class _Strict(SafeLoader):
    """YAML without doubled keys, with every scalar a string (12:30, no, 100 stay what was written)."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if key in made:
            raise KnowledgeError(
                f"{key_node.start_mark.name}:{key_node.start_mark.line + 1}: 重複的欄位「{key}」，請合併。"
            )
        made[key] = loader.construct_object(value_node, deep=True)
    return made


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _as_written(_loader: _Strict, node: yaml.ScalarNode) -> str:
    return str(node.value)


for _tag in ("int", "float", "bool", "timestamp"):
    _Strict.add_constructor(f"tag:yaml.org,2002:{_tag}", _as_written)


def read_file(path: Path) -> Any:
    """The content of one lexicon file. Raises KnowledgeError with file:line for what it refuses."""
    try:
        with path.open(encoding="utf-8") as source:
            return yaml.load(source, Loader=_Strict)  # noqa: S506 - a SafeLoader with stricter rules
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: 詞彙檔讀不懂：{error}") from error


def load_lexicon(folder: Path = HERE) -> Lexicon:
    """All lists of a folder. Raises KnowledgeError when a file is missing, misspelt or empty."""
    kinds = read_file(folder / "kinds.yaml")
    elsewhere = read_file(folder / "elsewhere.yaml")
    filler = read_file(folder / "filler.yaml")
    return Lexicon(
        entries=(
            *(entry for name in WORD_FILES for entry in _entries(folder / name, 1.0)),
            *(entry for path in sorted(folder.glob(HINT_FILES)) for entry in _entries(path, HINT)),
        ),
        offices={row["name"]: _words(row["aliases"]) for row in read_file(folder / "offices.yaml")},
        elsewhere=_words(elsewhere["places"] + elsewhere["bodies"]),
        series=_words(elsewhere["series"]),
        filler={name: _words(words) for name, words in filler.items()},
        kinds=tuple(Kind(name, tuple(row["ask"]), tuple(row["shown"])) for name, row in kinds.items()),
        details=tuple(
            Detail(name, row["label"], tuple(row["asked"]), tuple(row["stated"]), "near" in row, "done" in row)
            for name, row in read_file(folder / "details.yaml").items()
        ),
        life=_words(word for words in read_file(folder / "life.yaml").values() for word in words),
        attacks=_attacks(read_file(folder / "attacks.yaml")),
    )


def _attacks(rows: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Patterns for these words and commands, as they are in a normalised question."""
    return (*map(re.escape, _words(rows["words"])), *rows["patterns"])


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(str(word)) for word in words))


def _entries(path: Path, weight: float) -> list[Entry]:
    made = []
    for number, row in enumerate(read_file(path), 1):
        if not isinstance(row, dict) or set(row) != {"spoken", "official"} or not all(row.values()):
            raise KnowledgeError(f"{path}: 第 {number} 筆要有 spoken 與 official，各至少一個詞。")
        spoken = row["spoken"].split(",") if isinstance(row["spoken"], str) else row["spoken"]
        made.append(Entry(_words(spoken), _words(row["official"]), weight))
    return made
