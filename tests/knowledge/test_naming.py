"""Documents named by their titles, as people shorten them."""

from __future__ import annotations

import pytest

from knowledge.catalog import aliases, office_of, year_of
from knowledge.naming import TitleNames

SOURCES = [
    ("a", "海川科技大學教師評鑑辦法", "海川科技大學", ()),
    ("b", "南澳鄉立圖書館圖書借閱服務規則", "南澳鄉立圖書館", ()),
    ("c", "明德高級中學 113 學年度英語演講比賽規則", "明德高級中學", ()),
    ("d", "財團法人春暉教育基金會清寒優秀學生獎學金審查辦法", "財團法人春暉教育基金會", ()),
    ("e", "石門鎮公所防汛期前整備自主檢核作業說明", "石門鎮公所", ()),
]
PLANS = [
    ("p", "經濟部礦務局 100 年度提升服務品質執行計畫", "經濟部礦務局", ("礦務局", "礦局")),
    ("q", "經濟部水利署105年度提升服務品質執行計畫", "經濟部水利署", ("水利署",)),
    ("r", "新竹市政府 107 年度提升服務品質實施計畫", "新竹市政府", ("新竹市",)),
]


@pytest.mark.parametrize(
    ("question", "document", "rest"),
    [
        ("海川科大教師評鑑不通過會怎樣", "a", "不通過會怎樣"),
        ("南澳圖書館的家庭證可以借幾本", "b", "的家庭證可以借幾本"),
        ("明德高中英語演講比賽看稿扣幾分", "c", "看稿扣幾分"),
        ("春暉教育基金會獎學金碩士生幾名", "d", "碩士生幾名"),
        ("石門鎮公所防汛檢核幾分算優良", "e", "檢核幾分算優良"),
    ],
)
def test_shortened_titles(question: str, document: str, rest: str) -> None:
    documents, left = TitleNames(SOURCES).read(question, [s[0] for s in SOURCES])
    assert documents == (document,)
    assert left.replace(" ", "") in (rest, "防汛" + rest, "教師評鑑" + rest)


@pytest.mark.parametrize(
    "question", ["提升服務品質執行計畫的獎勵是什麼", "電話禮貌測試幾分算優良", "年度計畫", "", "🙂"]
)
def test_what_all_titles_have_names_nothing(question: str) -> None:
    names = [s[0] for s in PLANS]
    assert TitleNames(PLANS).read(question, names) == (tuple(names), question)


def test_only_among_the_documents_that_are_left() -> None:
    assert TitleNames(SOURCES).read("明德高中英語演講比賽", ["a", "b"]) == (("a", "b"), "明德高中英語演講比賽")
    assert TitleNames([]).read("明德高中", []) == ((), "明德高中")


@pytest.mark.parametrize(
    ("office", "names"),
    [
        ("經濟部水利署第二河川局", {"水利署第二河川局", "第二河川局", "二河局"}),
        ("新竹市政府", {"新竹市", "新竹市府", "竹市"}),
        ("明德高級中學", {"明德高中"}),
        ("海川科技大學", {"海川科大"}),
        ("石門鎮公所", {"石門鎮"}),
        ("", set()),
    ],
)
def test_names_by_rule(office: str, names: set[str]) -> None:
    assert names <= set(aliases(office))


@pytest.mark.parametrize(
    ("title", "office", "year"),
    [
        ("經濟部礦務局 100 年度提升服務品質執行計畫", "經濟部礦務局", 100),
        ("國立濱海大學化學系實驗室安全衛生工作手冊", "國立濱海大學", None),
        ("雲林縣政府2024年度考核計畫", "雲林縣政府", 113),
        ("提升服務品質計畫", "", None),
        ("職業安全衛生設施檢查處理原則", "", None),
    ],
)
def test_agency_and_year_of_a_title(title: str, office: str, year: int | None) -> None:
    assert (office_of(title), year_of(title)) == (office, year)
