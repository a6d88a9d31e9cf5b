"""The file that keeps an index: one header, then raw arrays and the passages, each with its checksum.

No pickle: the header and the passages are JSON, the arrays are plain numbers. Whatever is wrong with the file, `load`
answers None and the caller builds anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from knowledge.index import Index
from knowledge.passages import Band, Figure, Passage

MAGIC = b"kaoping-index-1\n"
_ARRAYS = ("terms", "starts", "places", "weights", "kin", "offsets", "passages", "ids", "order")
_REMEMBERED = 20_000  # passages held unfolded


@dataclass(frozen=True, slots=True)
class Head:
    """A document's card: what it says of itself, and which positions its passages have (half-open)."""

    name: str
    title: str
    office: str
    year: int | None
    aliases: tuple[str, ...]
    number: str
    first: int
    last: int
    doubts: tuple[str, ...] = ()
    tables: int = 0
    lines: int = 0


class Positions:
    """Where each id stands, from an array of ids; found by halving."""

    def __init__(self, ids: Sequence[str] | npt.NDArray[np.bytes_], order: npt.NDArray[np.int64] | None = None) -> None:
        raw = ids if isinstance(ids, np.ndarray) else np.array([i.encode() for i in ids], dtype=np.bytes_)
        self.order = np.argsort(raw, kind="stable").astype(np.int64) if order is None else order
        self.ids = raw[self.order] if order is None else raw

    def find(self, passage_id: str) -> int | None:
        """The position of this id; the first when it stands twice; None when it stands nowhere."""
        wanted = np.bytes_(passage_id.encode("utf-8", "replace"))
        at = int(np.searchsorted(self.ids, wanted)) if len(self.ids) else 0
        return int(self.order[at]) if at < len(self.ids) and self.ids[at] == wanted else None


class KeptPassages(Sequence[Passage]):
    """Passages that are unfolded from their JSON when asked for."""

    def __init__(self, offsets: npt.NDArray[np.int64], data: npt.NDArray[np.uint8]) -> None:
        self._offsets, self._data = offsets, data
        self._unfolded: dict[int, Passage] = {}

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        place = int(at) + len(self) if at < 0 else int(at)
        if not 0 <= place < len(self):
            raise IndexError(at)
        found = self._unfolded.get(place)
        if found is None:
            if len(self._unfolded) >= _REMEMBERED:
                self._unfolded.clear()
            raw = self._data[self._offsets[place] : self._offsets[place + 1]].tobytes()
            found = self._unfolded[place] = unfold(json.loads(raw))
        return found

    def __iter__(self) -> Iterator[Passage]:
        return (self[i] for i in range(len(self)))


def fold(p: Passage) -> list[Any]:
    """A passage as JSON values; what only repeats its text is left out."""
    numbers = [[_text(f.value), f.unit, f.start, f.end] for f in p.figures]
    bands = [[_text(b.low), _text(b.high), b.label, b.start, b.end, _text(b.threshold), b.unit, b.op] for b in p.bands]
    return [
        p.id, p.document, p.title, p.office, p.year, p.path, p.heading, p.text,
        None if p.full == p.text else p.full, p.kind, p.lines, p.order, p.marker, p.parent, p.children, p.siblings,
        _text(p.points), _text(p.least), bands, None if p.brief == p.text else p.brief, p.cut,
        numbers,
    ]  # fmt: skip


def unfold(v: list[Any]) -> Passage:
    """The passage that `fold` folded."""
    text = v[7]
    bands = tuple(
        Band(_number(b[0]), _number(b[1]), b[2], text[b[3] : b[4]], b[3], b[4], _number(b[5]), b[6], b[7])
        for b in v[18]
    )
    numbers = tuple(Figure(Decimal(f[0]), f[1], f[2], f[3]) for f in v[21])
    return Passage(
        v[0], v[1], v[2], v[3], v[4], tuple(v[5]), v[6], text, text if v[8] is None else v[8], v[9],
        (v[10][0], v[10][1]), v[11], v[12], v[13], tuple(v[14]), tuple(v[15]), _number(v[16]), _number(v[17]),
        bands, numbers, text if v[19] is None else v[19], v[20],
    )  # fmt: skip


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def save(path: Path, key: str, documents: Sequence[Head], passages: Sequence[Passage], index: Index) -> bool:
    """Keep a shelf under this key, in one step; False when the disk refuses (read-only, full), which is no error."""
    rows = [
        json.dumps(fold(p), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        for p in passages
    ]
    positions = Positions([p.id for p in passages])
    arrays: dict[str, npt.NDArray[Any]] = {
        "terms": index.terms,
        "starts": index.starts,
        "places": index.places,
        "weights": index.weights,
        "kin": index.kin,
        "offsets": np.concatenate([[0], np.cumsum([len(r) for r in rows])]).astype(np.int64),
        "passages": np.frombuffer(b"".join(rows), dtype=np.uint8),
        "ids": positions.ids,
        "order": positions.order,
    }
    head = {
        "key": key,
        "size": index.size,
        "documents": [astuple(d) for d in documents],
        "arrays": [[n, arrays[n].dtype.str, len(arrays[n]), _sum(arrays[n])] for n in _ARRAYS],
    }
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
        with os.fdopen(handle, "wb") as file:
            raw = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
            file.write(MAGIC + len(raw).to_bytes(8, "little") + zlib.crc32(raw).to_bytes(4, "little") + raw)
            for name in _ARRAYS:
                file.write(b"\0" * (-file.tell() % 64))
                file.write(np.ascontiguousarray(arrays[name]).tobytes())
        Path(temporary).replace(path)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        return False
    return True


def _sum(array: npt.NDArray[Any]) -> int:
    return zlib.crc32(np.ascontiguousarray(array).view(np.uint8).data) if len(array) else 0


def load(path: Path, key: str) -> tuple[tuple[Head, ...], KeptPassages, Index, Positions] | None:
    """The shelf that was kept under this key; None when there is none, another, or a damaged one."""
    try:
        head, arrays = _open(path, key)
        documents = tuple(_head(d) for d in head["documents"])
        index = Index(
            arrays["terms"], arrays["starts"], arrays["places"], arrays["weights"], arrays["kin"], int(head["size"])
        )
        passages = KeptPassages(arrays["offsets"], arrays["passages"])
        return documents, passages, index, Positions(arrays["ids"], arrays["order"])
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _head(d: list[Any]) -> Head:
    return Head(d[0], d[1], d[2], d[3], tuple(d[4]), d[5], d[6], d[7], tuple(d[8]), d[9], d[10])


def _open(path: Path, key: str) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """The header and the arrays, checked. ValueError: not what it should be."""
    with path.open("rb") as file:
        start = file.read(len(MAGIC) + 12)
        if not start.startswith(MAGIC) or len(start) < len(MAGIC) + 12:
            raise ValueError("no index")
        length = int.from_bytes(start[len(MAGIC) : len(MAGIC) + 8], "little")
        raw = file.read(min(length, 1 << 30))
        if zlib.crc32(raw) != int.from_bytes(start[-4:], "little"):
            raise ValueError("damaged header")
        at = file.tell()
    head: dict[str, Any] = json.loads(raw)
    if head["key"] != key:
        raise ValueError("another state of the documents")
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, dtype, count, checksum in head["arrays"]:
        at += -at % 64
        empty = np.empty(0, dtype=np.dtype(dtype))
        arrays[name] = np.asarray(np.memmap(path, np.dtype(dtype), "r", at, (count,))) if count else empty
        if _sum(arrays[name]) != checksum:
            raise ValueError("damaged array")
        at += count * np.dtype(dtype).itemsize
    return head, arrays
