"""The marks by which Chinese official documents number their clauses: 壹、 一、 (一) 1. (1) ① 甲、 第一章 第一條 1.1 #.

A mark has a family and a number. Which family hangs under which is decided by the outline as it meets them; `RANK` is
only the usual order. It refuses look-alikes: (60 分), 2.5, 20-25 分 and 第 5、6 項 are no marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.figures import numeral

RANK = {
    **{f"hash{n}": n for n in range(1, 7)},
    "編": 10, "章": 11, "節": 12, "款": 13, "條": 14,
    "big": 15, "han": 20, "han_paren": 21, "digit": 22, "dec2": 23, "dec3": 24, "dec4": 25,
    "case": 18, "upper": 19, "digit_paren": 30, "circled": 31, "letter": 32, "letter_paren": 33,
}  # fmt: skip

_HAN = "[一二三四五六七八九十廿]{1,3}"
_LAW = (
    r"第\s*(?P<n>[一二三四五六七八九十百零〇]+|[\d０-９]+)\s*(?P<f>編|篇|章|節|款|條|點)"
    r"(?:\s*之\s*(?P<sub>[一二三四五六七八九十]+|\d+))?"
)
_COUNTED = r"分件年月日元人次個名%％點時秒天週周聲響種項頁倍歲"
_AMOUNT = rf"[{_COUNTED}](?:[以之的至到或，。、；;,)）%]|鐘|$|\s)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("hash", r"(?P<n>#{1,6})\s+"),
    ("law", _LAW + r"(?=[\s\u3000:：、(（【]|$|[^\s])[\s\u3000:：、]*"),
    ("big", r"(?P<n>[壹貳參叁叄肆伍陸柒捌玖拾]{1,3})\s*[、.．:：\u3000 ]\s*"),
    ("han_paren", rf"[(（]\s*(?P<n>{_HAN})\s*[)）]\s*[、.．]?\s*"),
    ("han_ring", r"(?P<n>[㈠-㈩])\s*[、.．]?\s*"),
    ("han", rf"(?P<n>{_HAN})\s*[、．.]\s*"),
    ("dec", r"(?P<n>\d{1,2}(?:\.\d{1,2}){2,3})[.、]?(?!\d)\s*(?=[^\d\s.,;。，；\-~～])"),
    (
        "dec",
        rf"(?P<n>\d{{1,2}}\.\d{{1,2}})[.、]?(?![\d{_COUNTED}])(?!\s+{_AMOUNT}|\s*[倍%％])\s*(?=[^\d\s.,;。，；\-~～])",
    ),
    ("dash", rf"(?P<n>\d{{1,2}}-\d{{1,2}})[.、 \u3000]\s*(?=[^\d\s{_COUNTED}])"),
    ("digit", r"(?P<n>[\d０-９]{1,2})\s*(?:[.．、](?![\d])|\)(?!\d))\s*"),
    ("digit_paren", r"[(（]\s*(?P<n>[\d０-９]{1,2})\s*[)）]\s*"),
    ("digit_ring", r"(?P<n>[⑴-⒇])\s*"),
    ("circled", r"(?P<n>[①-⑳])\s*"),
    ("case", rf"(?:案由|提案|議案|議題|[QＱ問])\s*(?P<n>{_HAN}|\d{{1,2}})\s*[:：、.]\s*"),
    ("stem", r"(?P<n>[甲乙丙丁戊己庚辛壬癸])\s*[、.．:：]\s*"),
    ("letter_paren", r"[(（](?P<n>[a-z])[)）]\s*"),
    ("letter", r"(?P<n>[a-zA-Z])[.、)](?=\s|[\u3400-\u9fff「])\s*"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_START = re.compile(
    r"[#第壹貳參叁叄肆伍陸柒捌玖拾(（㈠-㈩一二三四五六七八九十廿\d０-９⑴-⒇①-⑳甲乙丙丁戊己庚辛壬癸案提議問Ｑa-zA-Z]"
)
_INLINE = ("han_paren", "digit_paren", "digit", "circled", "dec2", "dec3", "letter", "han")


@dataclass(frozen=True, slots=True)
class Marker:
    """A clause's mark: its family, its number (a dec mark's last part), the verbatim text and where it ends."""

    family: str
    number: int
    text: str
    end: int
    parts: tuple[int, ...] = ()


def match(text: str, at: int = 0) -> Marker | None:
    """The mark that begins at this place of the text, or None."""
    if at >= len(text) or not _START.match(text, at):
        return None
    for name, pattern in _COMPILED:
        found = pattern.match(text, at)
        if found:
            marker = _marker(name, found)
            if marker is not None:
                return marker
    return None


def _marker(name: str, found: re.Match[str]) -> Marker | None:
    raw, text, end = found["n"], found.group().strip(), found.end()
    if name == "hash":
        return Marker(f"hash{len(raw)}", 0, raw, end)
    if name == "law":
        number = numeral(raw)
        family = {"篇": "編", "點": "條"}.get(found["f"], found["f"])
        return None if number is None else Marker(family, number, text, end)
    if name in ("dec", "dash"):
        parts = tuple(int(p) for p in re.split(r"[.-]", raw))
        return Marker(f"dec{len(parts)}", parts[-1], text, end, parts) if 0 not in parts else None
    if name == "han_ring":
        return Marker("han_paren", ord(raw) - ord("㈠") + 1, text, end)
    if name == "digit_ring":
        return Marker("digit_paren", ord(raw) - ord("⑴") + 1, text, end)
    if name == "circled":
        return Marker("circled", ord(raw) - ord("①") + 1, text, end)
    if name == "stem":
        return Marker("stem", "甲乙丙丁戊己庚辛壬癸".index(raw) + 1, text, end)
    if name in ("letter", "letter_paren"):
        name = "upper" if raw.isupper() else name
        return Marker(name, ord(raw.lower()) - ord("a") + 1, text, end)
    number = numeral(raw.replace("廿", "二十"))
    return None if not number else Marker(name, number, text, end)


_SPACED = re.compile(rf"(?P<n>\d{{1,2}})[ \u3000\t]+(?=[\u3400-\u9fff「])(?!{_AMOUNT}|[{_COUNTED}]\s*\d)")


def spaced(text: str) -> Marker | None:
    """'1 總則': a bare number before a heading; only documents numbered 1.1 write so, and the caller knows which do."""
    found = _SPACED.match(text)
    return Marker("digit", int(found["n"]), found["n"], found.end()) if found and len(text) <= 40 else None


def cut_points(text: str) -> list[int]:
    """Where inline lists begin new clauses: '…如下：(1)甲。(2)乙。' gives (1) and (2), a lone (1) nothing."""
    seen: dict[str, list[tuple[int, int]]] = {}
    first = match(text)
    for m in re.finditer(r"(?:^|(?<=[\s。；;：:，,、）)」]))(?=\S)", text):
        mark = match(text, m.start())
        if mark and mark.family in _INLINE and mark.number:
            seen.setdefault(mark.family, []).append((m.start(), mark.number))
    cuts: set[int] = set()
    for places in seen.values():
        cuts.update(_runs(places, first is not None))
    return sorted(c for c in cuts if c)


def _runs(places: list[tuple[int, int]], marked: bool) -> list[int]:
    """The places that form ascending runs 1, 2, 3 …; a run of one counts only when the text itself begins with it."""
    kept: list[int] = []
    run: list[tuple[int, int]] = []
    for place, number in places:
        if run and number == run[-1][1] + 1:
            run.append((place, number))
        elif number == 1 or (place == 0 and marked):
            kept += [p for p, _ in run] if len(run) > 1 else []
            run = [(place, number)]
    kept += [p for p, _ in run] if len(run) > 1 else []
    return kept
