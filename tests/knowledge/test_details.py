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
    ("doer", "檢查表是誰設計的", "檢查表由秘書室設計", "檢查表列於附件"),
    ("members", "會同的相關單位是指哪幾個", "相關單位由政風室、會計室派員會同考核", "會同相關單位派員"),
    ("clock", "櫃台早上幾點開", "上午8時起", "每日開放"),
    ("length", "訓練要上幾個小時", "訓練3小時", "辦理訓練"),
    ("interval", "電話測試前後兩次之間隔多久", "電話測試每2週一次", "電話測試至少2次"),
    ("day", "報名參獎的截止日是哪天", "報名參獎於5月31日前為之", "報名參獎"),
    ("rhythm", "滿意度調查一年要做幾次", "每年辦理滿意度調查1次", "辦理滿意度調查"),
    ("turnaround", "陳情要幾天內回覆", "陳情應於三天內回覆", "陳情應妥善回覆"),
    ("rate", "提案採行率要達多少", "提案採行率80%", "提案採行率等"),
    ("rank", "每組取前幾名推薦參獎", "每組前二名推薦參獎", "推薦參獎"),
    ("last", "考核墊底的單位怎麼處理", "墊底者檢討", "績優者敘獎"),
    ("pass", "專業測驗幾分才及格", "七十分為及格", "提供測驗結果"),
    ("each", "實地抽查一次要看幾個科室", "實地抽查每次3個單位", "進行實地抽查"),
    ("money", "一年編多少經費", "新臺幣五萬元", "編列經費"),
    ("percent", "接通要到百分之多少", "應達80%", "應達標準"),
    ("fee", "說明會的場地費怎麼辦", "所需費用由本局支應", "舉辦說明會"),
    ("gift", "填問卷有沒有抽獎", "填問卷得參加抽獎", "提供問卷"),
    ("reckoning", "採行率的分母是什麼", "分母為提案總數", "創新提案採行率"),
    ("limit", "敘獎最多可以報幾個", "敘獎人員最多三人", "敘獎人員"),
    ("measure", "看板要多大", "看板高80公分", "製作看板"),
    ("sample", "問卷的信心水準抓多少", "抽樣誤差正負三", "辦理調查"),
    ("happened", "最後推薦了哪個單位", "", "推薦績優單位"),
    ("until_now", "去年報名的有哪些機關", "", "機關自行報名"),
    ("history", "計畫從哪一年開始實施", "計畫自113年起實施", "計畫報部備查"),
    ("address", "入口網的網址", "http://gov.tw", "建置網站"),
    ("download", "附件1去哪裡下載", "至網站下載", "如附件1"),
    ("account", "查詢要不要註冊", "需註冊", "網路查詢"),
    ("social", "水利署有line嗎", "設有社群網絡", "以電話查詢"),
    ("place", "用地說明會在哪裡開", "用地說明會地點另行通知", "舉辦用地說明會"),
    ("menu", "計畫放在網站的哪個選單", "主選單", "公開於網頁"),
    ("storage", "題庫放哪裡", "建立題庫", "建立資料"),
    ("signature", "檢查表要不要蓋章", "由主管簽章", "填寫檢查表"),
    ("extension", "處理期限可以展延嗎", "得展延一次", "依限處理"),
    ("format", "彙陳要用什麼格式", "格式如附件", "彙陳首長"),
    ("papers", "取件要帶什麼證件", "攜帶身分證", "異地取件"),
    ("form", "自行考核要填哪張表", "如附表1", "提報具體績效"),
    ("apply_to", "標章要跟誰申請", "逕向主管機關申請", "取得標章"),
    ("prevails", "兩人打的分數以誰的為準", "以後者為準", "參考量表"),
    ("handling", "公文要抄送哪裡", "抄送各單位", "函送各單位"),
    ("system", "用哪一套系統登錄", "以公文系統登錄", "登錄結果"),
    ("looks", "看板要什麼顏色", "看板以綠色為底，顏色", "製作看板"),
    ("vendor", "客服是哪一家", "委託某某公司", "含委外人員"),
    ("device", "查進度要什麼瀏覽器", "支援各種瀏覽器", "網路查詢"),
    ("software", "分析要用什麼工具", "使用軟體分析", "運用巨量分析"),
    ("filetype", "檔案交pdf嗎", "含odf格式", "採開放格式"),
    ("typeset", "表格的字體要用什麼", "標楷體", "建議格式"),
    ("print", "報告要雙面印嗎", "雙面列印", "直式橫書"),
    ("language", "要做哪一種語言", "哪一種語言依需求", "雙語標示"),
    ("english", "可以用英文接電話嗎", "雙語服務", "語調謙和"),
    ("upkeep", "飲水機濾心多久換", "濾心每季更換", "飲水機"),
    ("dress", "輪值要穿背心嗎", "著背心", "設專人輪值"),
    ("survey", "問卷要記名嗎", "採不記名", "內部滿意度調查"),
    ("training", "訓練的內容是什麼", "訓練課程如下", "辦理訓練"),
    ("exam", "訓練要考試嗎", "辦理測驗", "辦理訓練"),
    ("remote", "說明會可以視訊嗎", "得以視訊辦理", "面對面溝通"),
    ("key", "重聽要按哪個鍵", "按9重聽", "未提供重聽功能"),
    ("recording", "測試要錄音嗎", "測試全程錄音", "進行測試"),
    ("deciding", "推薦是用抽籤嗎", "以抽籤為之", "遴選推薦"),
    ("reason", "電話禮貌為什麼每三個月測一次", "為落實電話禮貌", "每3個月至少測試1次"),
    ("choice", "優等為什麼訂在900分", "優等訂900分,因為", "優等900分以上"),
    ("penalty", "沒過會怎麼懲處", "依規定議處", "辦理敘獎"),
    ("sanction", "丙等會被記申誡嗎", "記申誡一次", "予以檢討"),
    ("outcome", "晚交會怎樣", "未依限者扣分", "於期限前提報"),
    ("omission", "沒登網頁會怎樣", "未登網頁者不計分", "登載於網頁"),
    ("band", "考核會打乙等嗎", "等第", "列入年終"),
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


def test_two_means_set_against_each_other_must_be_spoken_of() -> None:
    (wanted,) = DETAILS.asked("滿意度是用郵寄還是用面談", scoring=False)[:1]
    assert wanted.label == "「用郵寄還是用面談」"
    assert DETAILS.stated(wanted, "得以郵寄問卷辦理")
    assert DETAILS.stated(wanted, "採面談方式")
    assert not DETAILS.stated(wanted, "辦理滿意度調查")


def test_a_figure_of_something_else_states_nothing() -> None:
    (wanted,) = (w for w in DETAILS.asked("櫃台看板多久更新一次", scoring=False) if w.name == "rhythm")
    assert not DETAILS.stated(wanted, "自行考核於上、下半年各辦理1次")
    assert DETAILS.stated(wanted, "櫃台看板每季更新")


def test_what_was_done_for_points_is_no_detail_that_is_asked_for() -> None:
    assert DETAILS.asked("辦抽獎推廣線上服務可以拿幾分", scoring=True) == []
    assert [w.name for w in DETAILS.asked("填問卷有抽獎嗎", scoring=False)] == ["gift"]
    assert DETAILS.asked("我跟他說英文可以嗎他就轉走了這樣給幾分", scoring=True) == []


def test_a_date_is_no_span_of_days() -> None:
    (_words, days), *_more = units("派令要跑幾天", False)
    assert counted(days, "應於7天內")
    assert counted(days, "應於1個月內")
    assert not counted(days, "12月31日前")


def test_what_is_counted_must_stand_with_its_unit() -> None:
    assert units("一次要抽測幾通", False) == [("幾通", "通")]
    assert counted("通", "每月抽測5通")
    assert not counted("通", "每月抽測")
    assert units("問卷要回收幾份", False) == [("幾份", "份|件")]
    assert units("甲等是幾份到幾份", False) == []  # 幾分, mistyped
    assert units("冷凍庫要幾度", False) == [("幾度", "度|℃|°")]
    assert units("這幾天要交嗎", False) == []
    assert units("抽查會先通知幾天嗎", False) == []  # asks whether
    assert [words for words, _pattern in units("你知道派令要幾天嗎", False)] == ["幾天"]
