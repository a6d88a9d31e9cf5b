"""Numbers with their units in a text, in Arabic or Chinese numerals: 85%, 10 秒, 二次, 三個月, 1,000 元.

The same reading serves the documents and the questions. It refuses to guess: a number without a unit has the unit ''.
"""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.passages import Figure

UNITS = [
    "個百分點", "百分點", "個工作天", "工作天", "工作日", "個月", "分鐘", "小時", "年度", "學分",
    "學期", "學年", "公尺", "公分", "公里", "公斤", "公頃", "平方公尺", "萬元", "大功", "小功", "%",
    "‰", "成", "分", "件", "次", "年", "月", "日", "天", "秒", "聲", "響", "種", "項", "頁", "號",
    "元", "人", "名", "倍", "個", "週", "周", "場", "組", "級", "題", "回", "字", "點", "歲", "時",
    "位", "條", "款", "張", "份", "趟", "棟", "間", "台", "支", "隊", "篇",
]  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_HAN = "零〇一二兩三四五六七八九十百千"
_FIGURE = re.compile(
    rf"(?:百分之\s*(?P<percent>[{_HAN}]+|[\d０-９]+(?:\.\d+)?))"
    rf"|(?P<number>(?<![\d.])[\d０-９][\d０-９,，]*(?:[.．]\d+)?|(?<![{_HAN}第])[{_HAN}]+)\s*(?P<unit>{_UNIT}|％)?"
)
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "兩": 2}
_BIG = dict(zip("壹貳參肆伍陸柒捌玖", range(1, 10), strict=True)) | {"叁": 3, "叄": 3}


def numeral(text: str) -> int | None:
    """A Chinese or Arabic whole number as int: 十二, "
    "壹拾, 一百零五, ２３; None when it is none."""
    text = text.strip()
    if re.fullmatch(r"[0-9０-９]+", text):
        return int(text)
    total = current = 0
    for c in text:
        if c in _DIGIT:
            current = current * 10 + _DIGIT[c] if current and "十" not in text and "百" not in text else _DIGIT[c]
        elif c in _BIG:
            current = _BIG[c]
        elif c in "十拾百佰千仟":
            total += (current or 1) * {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}[c]
            current = 0
        else:
            return None
    return total + current if text else None


def figures(text: str) -> tuple[Figure, ...]:
    """Every number of the text with its unit; "
    "Chinese numerals only where a unit follows "
    "(二次, not 一致)."""
    found = []
    for m in _FIGURE.finditer(text):
        raw, unit = (m["percent"], "%") if m["percent"] else (m["number"], (m["unit"] or "").replace("％", "%"))
        value = _value(raw, bool(unit))
        if value is not None:
            found.append(Figure(value, unit, m.start(), m.end()))
    return tuple(found)


def _value(raw: str, with_unit: bool) -> Decimal | None:
    if raw[0] in _HAN:
        number = numeral(raw) if with_unit else None
        return None if number is None else Decimal(number)
    digits = raw.replace(",", "").replace("，", "").replace("．", ".")
    return Decimal(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) else None
