"""Which row of a scale is described in words. Rows copied from the sheets by hand; none is better than a wrong one."""

from __future__ import annotations

import pytest

from knowledge.library import Library
from tests.support.shared import built_in


@pytest.fixture(scope="module")
def library() -> Library:
    return built_in()


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("礦務局只提供承辦單位跟電話，其他沒有，承辦資訊種類給幾分", "1-20 分"),
        ("水利署除了討論區另提供一種電子參與方式而且有互動回應，給幾分", "31-40分"),
        ("水利署電話禮貌測試結果優良給幾分", "16-20分"),
        ("礦務局洽公環境滿意度78%給幾分", "15-20 分"),
        ("業務單位接話說喂，沒報單位也沒說您好，幾分", "（4）接話說「喂」"),
        ("總機語調急躁不耐煩，接聽態度給幾分", "(3) 語調急躁"),
        ("考核乙等是幾分到幾分，礦務局", "乙=799-700 分"),
    ],
)
def test_the_row_that_the_words_describe(library: Library, question: str, row: str) -> None:
    quote = library.ask(question).quotes[0]
    assert quote.band is not None
    assert quote.bands[quote.band].text.startswith(row)
    ((start, end),) = quote.bold
    assert quote.text[start:end].startswith(row)


@pytest.mark.parametrize(
    "question",
    [
        "水利署民眾意見回應與改善程度要怎麼給分",
        "礦務局服務設施合宜程度怎麼打分數",
        "水利署電子參與多元程度的給分標準",
    ],
)
def test_no_row_is_chosen_where_none_is_described(library: Library, question: str) -> None:
    quote = library.ask(question).quotes[0]
    assert quote.bands
    assert quote.band is None


def test_what_an_item_is_worth(library: Library) -> None:
    assert library.ask("礦務局申辦案件書表減量程度滿分是多少").quotes[0].most == 60
