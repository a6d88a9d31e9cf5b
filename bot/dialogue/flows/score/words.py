"""Short words out of the paper's long ones: what fits a button on a phone, and what a typed word is compared with."""

from __future__ import annotations

import re
import unicodedata

from rubrics import Criterion, Rubric, clause_of

from .figures import folded

MAX_LABEL = 34  # half-width cells that a full-width button shows on a small phone
_ENUMERATOR = re.compile(
    r"^\s*(?:[（(]\s*(?:\d+|[一二三四五六七八九十]+)\s*[)）]|\d+(?:\.\d+)*\s*[、.．](?!\d)|\d+\.\d+(?=\s)|[一二三四五六七八九十]+\s*、)\s*"
)
_YEAR = re.compile(r"\s*\d{2,3}\s*年度\s*")
_WRAPPED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")  # a line of the paper that ended here
_ASKING = ("什麼是", "為什麼", "為何", "請問", "如何", "怎麼")
_NOISE = re.compile(r"[\s,.;:!?、。，；：！？「」『』()（）【】]+")


def unwrapped(label: str) -> str:
    """The label without the line breaks that the paper's narrow column made: 「(一) 服務一致 及正確」."""
    return _WRAPPED.sub("", label).strip()


def bare_label(label: str) -> str:
    """The paper's label without its leading number and its line breaks: 「(1) 語調平淡。」 -> 「語調平淡」."""
    return _WRAPPED.sub("", _ENUMERATOR.sub("", label, count=1)).strip().rstrip("。：:；;，,")


def short_title(rubric: Rubric, cells: int = MAX_LABEL) -> str:
    """The sheet's title without the office's name and the year, which stand elsewhere."""
    return cut(_YEAR.sub("", rubric.title.replace(rubric.office, "")).strip(), cells)


def sheet_name(rubric: Rubric, cells: int = MAX_LABEL) -> str:
    """「提升服務品質考核項目及評分表・礦務局 100」: which sheet, told apart from other offices' and years'."""
    office = rubric.office[-3:] if len(rubric.office) > 5 else rubric.office
    return f"{short_title(rubric, cells)}・{office} {rubric.year}"


def place_on_paper(rubric: Rubric, criterion: Criterion) -> str:
    """The headings and number under which the item stands, without the sheet's title, which stands elsewhere."""
    return clause_of(rubric, criterion).removeprefix(rubric.title).removeprefix(" › ")


def width(text: str) -> int:
    """How many half-width cells the text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def cut(text: str, cells: int = MAX_LABEL) -> str:
    """The text, cut to `cells` half-width cells with an ellipsis."""
    text = " ".join(text.split())
    if width(text) <= cells:
        return text
    out, used = "", 0
    for sign in text:
        used += width(sign)
        if used > cells - 2:
            break
        out += sign
    return out.rstrip(" ，、,") + "…"


def compact(text: str) -> str:
    """For comparing: one width and case, 臺 as 台, no spaces or punctuation."""
    return _NOISE.sub("", folded(text).replace("臺", "台"))


def is_question(text: str) -> bool:
    """Clearly a question or a long remark, which belongs to the question box and not to the form."""
    words = text.strip()
    return words.endswith(("？", "?", "嗎", "呢", "嗎。")) or words.startswith(_ASKING) or len(words) > 40
