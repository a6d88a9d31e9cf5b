"""Points and bands as data: (25 分), ：45 分, 20-25 分 …達 85% 以上, 優=900 分以上, 8-10.

Reads what stands in the words and nothing else: no band is filled in, no overlap mended.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from knowledge.figures import figures
from knowledge.passages import Band

_DASH = r"\s*[-~–—－～〜至到]\s*"
_POINTS = re.compile(
    r"[(（]\s*(?:滿分|最高|合計|總分|總計|配分|占|佔|共|計)?\s*(?P<a>[\d\s]+(?:\.\d+)?)\s*分\s*[)）]|[:：]\s*(?P<b>\d+(?:\.\d+)?)\s*分\s*$"
)
_SPREAD = re.compile(rf"[(（]\s*(?P<a>\d+){_DASH}(?P<b>\d+)\s*分?\s*[)）]")
_LABEL = re.compile(
    rf"(?:^|(?<=[\s。；;：:，)）>]))(?P<a>\d{{1,4}}){_DASH}(?P<b>\d{{1,4}})\s*分(?!鐘|之)\s*[:：]?(?=\s|$|[\u3400-\u9fff「])"
)
_COUNTED = re.compile(rf"計\s*(?P<a>\d+){_DASH}(?P<b>\d+)\s*分")
_GRADE = re.compile(
    r"(?P<label>[\u3400-\u9fff]{1,4}(?:等)?)\s*[=＝:：]\s*(?P<a>\d+(?:\.\d+)?)\s*(?:分)?\s*"
    rf"(?:{_DASH}(?P<b>\d+(?:\.\d+)?)\s*分|分?\s*(?P<word>以上|以下))"
)
_TOLD = re.compile(
    r"(?:達|至少|逾|超過|未達|不足|低於|高於)?\s*(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>%|％|[\u3400-\u9fff]{1,2}?)?\s*(?P<word>以上|以下|以內|內|未滿|者)?"
)
_CELL = re.compile(rf"^[(（]?\s*(?P<a>\d+(?:\.\d+)?)(?:{_DASH}(?P<b>\d+(?:\.\d+)?))?\s*(?:分|%|％)?\s*[)）]?$")


def points_of(text: str) -> Decimal | None:
    """The points that a heading names: '(25 分)', '(6 0 0 分)', '：45 分'; the last of several; None without any."""
    found = [m["a"] or m["b"] for m in _POINTS.finditer(text) if (m["a"] or m["b"]).strip()]
    return Decimal(re.sub(r"\s", "", found[-1])) if found else None


def points_cell(text: str) -> tuple[Decimal | None, Decimal] | None:
    """A cell that holds nothing but points: '15' → (None, 15), '(8-10)' → (8, 10); None for any other cell."""
    m = _CELL.match(text.strip())
    if not m:
        return None
    return (Decimal(m["a"]), Decimal(m["b"])) if m["b"] else (None, Decimal(m["a"]))


def split_bands(text: str) -> list[str]:
    """A cell's text as its head and one piece for each band: 'A 20-25 分 甲 15-20 分 乙' → ['A', '20-25 分 甲', …]."""
    starts = [m.start() for m in _LABEL.finditer(text)]
    if not starts:
        return [text] if text.strip() else []
    cuts = ([0] if starts[0] else []) + starts + [len(text)]
    pieces = [text[a:b].strip() for a, b in pairwise(cuts)]
    return [p for p in pieces if p]


def has_bands(text: str) -> bool:
    """True when the text holds a row of a scale such as '20-25 分 …'."""
    return bool(_LABEL.search(text))


def top(text: str) -> Decimal | None:
    """The highest points that the text's bands name."""
    found = [max(Decimal(m["a"]), Decimal(m["b"])) for m in _LABEL.finditer(text)]
    return max(found, default=None)


def bands(text: str) -> tuple[Band, ...]:
    """Every band of a passage's text, in order, with its span there."""
    found: list[Band] = []
    labels = list(_LABEL.finditer(text))
    for i, m in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        stop = re.search(r"\n[※(（]|(?<=[。\n])\s*※", text[m.end() : end])
        end = m.end() + stop.start() if stop else end
        found.append(_band(text, m.start(), end, m["a"], m["b"], m.group(), m.end()))
    for m in _COUNTED.finditer(text):
        start = max(text.rfind(c, 0, m.start()) for c in "，。；;\n※") + 1
        found.append(_band(text, start, m.end(), m["a"], m["b"], m.group()[1:], start, told=False))
    if not found:
        found = _spreads(text) + _grades(text)
    return tuple(sorted(found, key=lambda b: b.start))


def _band(text: str, start: int, end: int, a: str, b: str, label: str, body: int, told: bool = True) -> Band:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    low, high = sorted((Decimal(a), Decimal(b)))
    value, unit, op = threshold(text[body:end]) if told else (None, "", "")
    return Band(low, high, label.strip(" :：\n"), text[start:end], start, end, value, unit, op)


def _spreads(text: str) -> list[Band]:
    found = []
    for m in _SPREAD.finditer(text):
        if "分" not in m.group():
            continue
        start = text.rfind("\n", 0, m.start()) + 1
        low, high = sorted((Decimal(m["a"]), Decimal(m["b"])))
        found.append(Band(low, high, m.group(), text[start : m.end()], start, m.end()))
    return found


def _grades(text: str) -> list[Band]:
    found = []
    for m in _GRADE.finditer(text):
        a = Decimal(m["a"])
        if m["b"]:
            b = Decimal(m["b"])
            found.append(Band(min(a, b), max(a, b), m["label"], m.group(), m.start(), m.end()))
        else:
            low, high = (a, None) if m["word"] == "以上" else (None, a)
            found.append(Band(low, high, m["label"], m.group(), m.start(), m.end()))
    return found if len(found) > 1 else []


def threshold(text: str) -> tuple[Decimal | None, str, str]:
    """The first measured value that a band demands: '…達 85% 以上' → (85, '%', '>='); (None, '', '') without one."""
    for figure in figures(text):
        if not figure.unit or figure.unit in ("項目", "年度", "年"):
            continue
        after = text[figure.end :].lstrip()[:2]
        before = text[: figure.start].rstrip()[-2:]
        if after.startswith(("以上", "（含", "(含")) or before in ("至少", "超過"):
            return figure.value, figure.unit, ">=" if before != "超過" else ">"
        if after.startswith(("以下", "以內", "內")):
            return figure.value, figure.unit, "<="
        if after.startswith("未滿") or before in ("未達", "不足", "低於", "未滿"):
            return figure.value, figure.unit, "<"
        return figure.value, figure.unit, "="
    return None, "", ""
