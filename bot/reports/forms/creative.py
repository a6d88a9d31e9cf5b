"""創意服務計畫 as a skeleton (odt): the paper's headings and what it asks for, with the recorded points for innovation.

Source: 附錄 1 of 經濟部礦務局 100 年度 and 經濟部水利署 105 年度 提升服務品質執行計畫.
"""

from __future__ import annotations

from bot.app import Services
from bot.reports.forms import results
from bot.reports.forms.model import LOOKS, File, Wanted, demo_line, file_name, full_name, is_demo
from bot.reports.odf import Block, Line, text_document
from bot.reports.odf_styles import Page
from bot.texts import forms as texts


def make(services: Services, wanted: Wanted) -> list[File]:
    """The skeleton for a unit, with the year's figures where there are any."""
    demo, office = is_demo(services), full_name(services, wanted.unit)
    title = texts.CREATIVE_TITLE.format(office=office)
    blocks: list[Block] = [*demo_line(demo), Line(title, look="title")]
    for heading, asked in texts.CREATIVE:
        blocks.append(Line(heading, look="heading"))
        if heading == texts.CREATIVE_RESULTS:
            blocks += [Line(text, look="place") for text in _recorded(services, wanted)]
        if asked:
            blocks.append(Line(asked, look="place"))
    blocks += [Line(""), Line(texts.CREATIVE_FOOT)]
    data = text_document(blocks, Page(foot=texts.DEMO if demo else ""), LOOKS, title, services.clock())
    return [File(file_name(demo, services.clock(), "odt", texts.CREATIVE_NAME, office, f"{wanted.year}年度"), data)]


def _recorded(services: Services, wanted: Wanted) -> list[str]:
    """The year's means of the columns that are about innovation."""
    return [
        text
        for reviews in results.reviews(services, wanted)[:1]
        for label, text in results.column_lines(reviews)
        if any(word in label for word in texts.INNOVATION_WORDS)
    ]
