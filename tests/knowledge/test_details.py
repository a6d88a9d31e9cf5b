"""Details that a question wants and a clause may not state: one example each way, all written by hand."""

from __future__ import annotations

import pytest

from knowledge.details import Details, counted, units
from knowledge.lexicon import load_lexicon

DETAILS = Details(load_lexicon().details)

# detail, a question that asks for it, words that state it, words that speak of it and do not
EXAMPLES = [
    ("persons", "考核小組一共幾個人", "由委員5人組成", "由委員組成"),
    ("person", "評審小組的召集人是誰", "委員名單如附件", "由首長指定"),
    ("role", "會議有沒有主席", "由主席裁示", "由首長裁示"),
    ("clock", "櫃台早上幾點開", "上午8時起", "每日開放"),
    ("length", "訓練要上幾個小時", "訓練3小時", "辦理訓練"),
    ("money", "一年編多少經費", "新臺幣五萬元", "編列經費"),
    ("percent", "接通要到百分之多少", "應達80%", "應達標準"),
    ("sample", "問卷的信心水準抓多少", "抽樣誤差正負三", "辦理調查"),
    ("happened", "最後推薦了哪個單位", "", "推薦績優單位"),
    ("address", "入口網的網址", "http://gov.tw", "建置網站"),
    ("storage", "題庫放哪裡", "建立題庫", "建立資料"),
    ("handling", "公文要抄送哪裡", "抄送各單位", "函送各單位"),
    ("system", "用哪一套系統登錄", "以公文系統登錄", "登錄結果"),
    ("looks", "看板要什麼顏色", "看板以綠色為底，顏色", "製作看板"),
    ("reason", "為什麼每三個月測一次", "為落實電話禮貌", "每3個月至少測試1次"),
    ("penalty", "沒過會怎麼懲處", "依規定議處", "辦理敘獎"),
    ("sanction", "丙等會被記申誡嗎", "記申誡一次", "予以檢討"),
    ("outcome", "晚交會怎樣", "未依限者扣分", "於期限前提報"),
    ("appeal", "對分數不服怎麼辦", "得提出不服", "公布結果"),
]


def test_every_detail_has_an_example() -> None:
    assert [name for name, *_rest in EXAMPLES] == [row.name for row in load_lexicon().details]


@pytest.mark.parametrize(("name", "question", "states", "silent"), EXAMPLES)
def test_a_detail_is_asked_for_and_stated(name: str, question: str, states: str, silent: str) -> None:
    wanted = {w.name: w for w in DETAILS.asked(question, scoring=False)}
    assert name in wanted
    assert DETAILS.stated(wanted[name], states) == bool(states)
    assert not DETAILS.stated(wanted[name], silent)


@pytest.mark.parametrize(
    "question",
    [
        "接電話的人沒講哪一科，也沒說他幾點下班，這樣給幾分",  # told before the asking clause
        "計畫要寫為什麼挑這個主題嗎",  # what somebody has to write
        "年終考核的績效成果最晚哪天要報部",
        "計畫的內容包括哪幾塊",
        "依據的那份函日期文號為何",
    ],
)
def test_a_story_and_common_words_ask_for_no_detail(question: str) -> None:
    assert DETAILS.asked(question, scoring="幾分" in question) == []


def test_what_is_counted_must_stand_with_its_unit() -> None:
    assert units("一次要抽測幾通", False) == [("幾通", "通")]
    assert counted("通", "每月抽測5通")
    assert not counted("通", "每月抽測")
    assert units("問卷要回收幾份", False) == [("幾份", "份|件")]
    assert units("甲等是幾份到幾份", False) == []  # 幾分, mistyped
    assert units("冷凍庫要幾度", False) == [("幾度", "度|℃|°")]
    assert units("這幾天要交嗎", False) == []
