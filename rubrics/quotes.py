"""Whether words stand in their source document: the comparison, and the check of a sheet's quoted words.

Compared after NFKC, with white space and tags removed, dashes and tildes unified and 臺 read as 台.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rubrics.parts import Quote
from rubrics.problems import Report, near

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−～~─－", "-") | {"臺": "台"})
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def normal(text: str) -> str:
    """The text as it is compared."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", _TAG.sub("", text)).translate(_DASHES))


def stands_in(quote: str, document: str) -> bool:
    """Whether the quoted words stand in the document's text."""
    return normal(quote) in normal(document)


def check_quotes(
    quotes: Iterable[Quote], document: str, line: int, documents: Mapping[str, str], report: Report
) -> None:
    """Notes each quote that the document does not hold; `document` is the file name, "" when the sheet has none."""
    if not document:
        return
    text = documents.get(document)
    if text is None:
        report.add("document_missing", line, f"找不到文件「{document}」{near(document, documents) or '。'}")
        return
    body = normal(text)
    for quote in quotes:
        if normal(quote.text) not in body:
            shown = quote.text if len(quote.text) <= 40 else quote.text[:39] + "…"
            report.add("quote_not_found", quote.line, f"原文件裡沒有「{shown}」。", quote.criterion)
