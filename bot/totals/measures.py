"""The fixed list of measures and groupings, as data: what may be asked, with which words, and what the figure means.

The ids are relied on by scripts outside the project: they are never renamed. The order is that of reading: the first
measure whose words stand in the question is the one that was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """`by` is the grouping when the question names none; `groups` those that are possible; `sheet` is what the same
    words mean for the thousand-point sheets. `unit` stands behind the figure, `meaning` in the list of the docs."""

    id: str
    label: str
    words: str
    unit: str
    by: str
    groups: tuple[str, ...]
    meaning: str
    sheet: str = ""


@dataclass(frozen=True)
class Grouping:
    """`words` ask for it; `meaning` says what a row is and what its key looks like in JSON."""

    id: str
    label: str
    words: str
    meaning: str


TIME = ("month", "quarter", "half", "year")
PLACE = ("unit", "office", "group")
PARTS = ("section", "item")
COMMON = ("total", *PLACE, "tester", *TIME, "hour", "weekday")

MEASURES: tuple[Measure, ...] = (
    Measure("overview", "總覽", r"總覽|概況|總表|整體狀況|一覽", "分", "unit", ("unit", "office", "group", "total"),
            "每個單位今年與前一年的通數（n）、平均（value）、最高、最低"),
    Measure("untested", "還沒測的單位",
            r"(?:還沒有?|尚未|未|沒有?)(?:被|做|打)?(?:電話)?(?:測試|測過|測到|抽測|測|打過)(?!量|績|結)|沒測|漏測|零通",
            "通", "unit", ("unit",), "這段期間沒有任何一通測試的單位；value 一律是 0"),
    Measure("improvement_progress", "改善追蹤進度", r"改善(?:事項|追蹤|進度|情形|案|完成|結案)|改進(?:事項|追蹤|進度|情形)|結案",
            "件", "state", ("state", "unit"), "期間內登記的建議改進事項，各狀態幾件"),
    Measure("duty_progress", "應辦事項進度", r"應辦(?:事項)?|義務|待辦|計畫(?:進度|執行進度|完成)|辦理進度", "次", "duty", ("duty", "unit"),
            "現行計畫每項應辦事項：n 是已辦次數，value 是應辦次數"),
    Measure("most_improved", "進步最多", r"進步(?:得|的)?(?:最|較|比較)(?:多|大|快)|(?:誰|哪\S{0,3}?單位?)\S{0,6}進步|進步(?:排名|幅度)|進步的(?:單位|機關|[課科室])",
            "分", "unit", ("unit", "office", "group", "tester"), "平均比前一段同樣長的期間多幾分，由多到少"),
    Measure("most_declined", "退步最多", r"(?:退步|下滑|下降|掉)(?:得|的)?(?:最|較|比較)(?:多|大|快)|(?:誰|哪\S{0,3}?單位?)\S{0,6}(?:退步|下滑)|退步的(?:單位|機關|[課科室])",
            "分", "unit", ("unit", "office", "group", "tester"), "平均比前一段同樣長的期間少幾分，由少到多"),
    Measure("tests_below", "未達標通數", r"(?:幾|多少)[通次筆件]\S{0,4}(?:沒過|沒有過|沒達到|沒到|未達|不到|低於|不及格|{number}分?以下)|(?:沒過|沒達到|沒到|未達|未滿|不到|不滿|低於|不及格|{number}分?以下)\S{0,8}(?:幾|多少)[通次筆件]",
            "通", "total", (*COMMON,), "總分低於門檻的測試有幾通（value）；n 是全部通數"),
    Measure("tests_above", "達標通數",
            r"(?:幾|多少)[通次筆件]\S{0,4}(?:超過|高於|達到|達標|有過|及格|滿分|{number}分?以上)|(?:超過|高於|達到|達標|及格|滿分|{number}分?以上)\S{0,8}(?:幾|多少)[通次筆件]",
            "通", "total", (*COMMON,), "總分達到門檻（或滿分）的測試有幾通（value）；n 是全部通數"),
    Measure("below_threshold", "未達標的單位",
            r"沒過|沒有過|沒通過|沒達到|沒到|沒有達到|未達|不到|低於|少於|不及格|不合格|不滿|(?:{number})分?以下|未滿",
            "分", "unit", ("unit", "office", "group", "tester", *TIME), "平均低於門檻的單位；value 是平均"),
    Measure("above_threshold", "達標的單位",
            r"超過(?=\d|{number})|高於|達到|達標|有過|過了?(?=\d)|(?:{number})分?以上|達(?=\d|優良|良好|普通)|及格|合格",
            "分", "unit", ("unit", "office", "group", "tester", *TIME), "平均達到門檻的單位；value 是平均"),
    Measure("top_deductions", "最常扣分的題目",
            r"扣(?:得|的|了)?(?:分|最|掉|多少|幾分)|被扣|失分|丟分|弱項|(?:哪|那)(?:一|幾)?題\S{0,6}(?:差|弱|低|扣|糟)|最常犯|缺失|要加強|最弱",
            "分", "item", ("item", "section"), "每題一共扣幾分（value）、扣了分的有幾通（n），由多到少；附測試人員寫的原因",
            "sheet_items"),
    Measure("sheet_rank", "考核名次", r"考核(?:成績)?(?:的)?(?:排名|名次|排行|第一|前[一二三四五\d]名)", "分", "unit", PLACE,
            "千分表總分的名次；value 是平均總分", "sheet_rank"),
    Measure("rank", "排名",
            r"排名|名次|排行|排序|第幾名?|第[一二三四五六七八九十\d]+名|[由從][高低](?:到|至)[高低]|誰(?:的)?(?:平均|成績|分數)?(?:比較|較)[高低好差]|前[一二三四五六七八九十\d]+名|倒數(?:第[一二三四五六七八九十\d]+)?|墊底|誰(?:最|的?(?:平均|成績|分數)最)[高低好差]|(?:哪|那)\S{0,4}?(?:單位|機關|課|科|室|組|局)?\S{0,5}(?:最|比較|較)[高低好差]|最[好差]的(?:單位|機關|是)",
            "分", "unit", ("unit", "office", "group", "tester"), "依平均由高到低的名次，同分同名次；測試不到 3 通的另列",
            "sheet_rank"),
    Measure("sheet_grade", "考核等第", r"考核(?:成績)?(?:的)?(?:等第|等級|等次)|[優甲乙丙丁]等", "分", "unit", (*PLACE, "total"),
            "千分表平均總分的等第（優、甲、乙、丙、丁），問到一個等第時只列那一等；value 是平均總分", "sheet_grade"),
    Measure("grade_share", "等第比例",
            r"等第|等級分布|分[布佈]|各級|比例|占比|佔比|百分比|幾成|(?:優良|良好|普通)(?:率|通數|件數)|(?:幾|多少)[通次件](?:是|達到?)?(?:優良|良好|普通)|(?:優良|良好|普通)(?:的)?(?:有)?(?:幾|多少|佔|占)",
            "%", "grade", ("grade", *COMMON), "各等第（優良、良好、普通、未達普通）的通數（n）與百分比（value）", "sheet_grade"),
    Measure("tests_due", "應測通數", r"應測|該測|應該測|還要測|還差幾|還差多少|還剩幾|達成率|完成率|測試進度|要測幾|應打",
            "通", "unit", ("unit", "total", "office", "group"), "計畫規定的應測通數（value）、這段期間測的通數（n）、各期算數的通數（done）與還差（left）"),
    Measure("median", "中位數", r"中位數|中位", "分", "total", (*COMMON,), "由低到高排在正中間的總分"),
    Measure("spread", "離散程度", r"標準差|離散|四分位|變異|穩不穩|穩定|差異大|落差|差距", "分", "total", (*COMMON,),
            "樣本標準差（value），並附四分位數 q1、q3 與 iqr", ""),
    Measure("change", "變化", r"同期|變化|成長|增減|增加|減少|差多少|差幾分|進步了?(?:嗎|多少|幾分|沒)|退步了?(?:嗎|多少|幾分|沒)|有沒有(?:進步|退步|變好)|變[好差]|進步|退步|相比|比較",
            "分", "total", (*COMMON,), "這段期間的平均減去對照期間的平均；未指定對照時，附前一期與去年同期", "change"),
    Measure("best", "最高分", r"最高分?|最好(?:的)?(?:成績|一[通次])?|最佳|滿分(?:有|的)", "分", "total", (*COMMON,), "最高的總分", "best"),
    Measure("worst", "最低分", r"最低分?|最差(?:的)?(?:成績|一[通次])?|最糟", "分", "total", (*COMMON,), "最低的總分", "worst"),
    Measure("tests_done", "測試通數",
            r"(?:幾|多少)(?:通|次|筆|件|張|份)|通數|次數|測試量|件數|數量|測了多少|打了多少|總共測|一共測|測了沒",
            "通", "total", (*COMMON,), "測試了幾通（value 與 n 相同）", "tests_done"),
    Measure("sheet_items", "考核各項小計", r"小計|各項(?:目)?(?:得分|分數|成績|小計)?|各構面|分項|每一?項|各部分", "分", "section", ("section", "item"),
            "千分表各項的平均得分；每列附滿分", "sheet_items"),
    Measure("sheet_total", "考核總分", r"考核(?:成績|總分|分數|結果|得分)|總分", "分", "unit", (*PLACE, "total", *TIME),
            "千分表的平均總分；n 是幾份考核表", "sheet_total"),
    Measure("mean", "平均分數",
            r"平均|均分|均值|成績|表現|分數|得分|幾分|多少分|趨勢|走勢|狀況|情形|如何|怎麼?樣|好不好|(?:第\d+|本|上|這|每)一?季測試結果",
            "分", "total", (*COMMON, *PARTS), "平均總分；依 section 或 item 時是該部分的平均得分", "sheet_total"),
)  # fmt: skip

GROUPINGS: tuple[Grouping, ...] = (
    Grouping("section", "依量表大項", r"各?大項|各構面|構面別|各部分|哪一?(?:個)?(?:部分|大項|構面|段)|分段|每個?部分", "量表的大項，`section` 是識別碼"),
    Grouping("item", "依題目", r"(?:哪|那)(?:一|幾)?題|每一?題|各題|逐題|題目別|依題|哪一?項|各項(?!目|小計)", "量表的題目，`item` 是識別碼"),
    Grouping("weekday", "依星期", r"星期幾|禮拜幾|[週周]幾|星期別|依星期|按星期|每個星期[一二三四五]|各星期|(?:星期|禮拜|[週周])[一二三四五](?![次天回個])", "`weekday` 是 1（星期一）到 7"),
    Grouping("hour", "依時段", r"時段|幾點|哪個?時間|小時|上午(?:和|跟|還是|、)?下午|依時間|按時間", "`hour` 是 0 到 23，台北時間"),
    Grouping("month", "依月份", r"每個?月(?!要|應|至少|測幾)|(?<=▢)每個?月|逐月|各月|按月|依月|月別|月份別|哪個?月|趨勢|走勢|月平均", "`month` 是 2024-05"),
    Grouping("quarter", "依季", r"每一?季(?!要|應|至少|測幾)|逐季|各季|按季|依季|季別|哪一?季", "`quarter` 是 2024-Q2"),
    Grouping("half", "依半年", r"每半年|上下半年|半年別|依半年|按半年", "`half` 是 2024-H1"),
    Grouping("year", "依年", r"每一?年(?!要|應|至少|測幾)|逐年|各年|歷年|按年|依年|年度別|哪一?年", "`year` 是 2024"),
    Grouping("tester", "依測試人員", r"各?測試人?員|哪個?人測|誰測|誰打|各測試|依人員|按人員|每個人", "`tester` 是編號，`label` 是姓名"),
    Grouping("group", "依組別", r"各組(?!室)|每一?組|哪一?組|組別|依組|按組|分組", "`group` 是單位登記的組別"),
    Grouping("office", "依機關", r"各機關|每個?機關|哪(?:一|幾)?個?機關|機關別|依機關|按機關|各局", "`office` 是機關全名"),
    Grouping("grade", "依等第", r"等第別|依等第|按等第", "`grade` 是 excellent、good、fair、below（或該評分表的等第識別碼）"),
    Grouping("unit", "依單位",
             r"各?單位別|各單位|每個?單位|各個單位|所有單位|全部單位|哪(?:一|幾|些)?個?單位|依單位|按單位|分單位|各[課科室處所組](?!第)室?|每個?[課科室]|哪(?:一|幾|些)?個?[課科室]|(?:^|[^找])誰",
             "`unit` 是單位全名"),
    Grouping("total", "合計", r"合計|加總|全部加起來|不分單位|總計|全體|整體", "只有一列"),
    Grouping("duty", "依應辦事項", r"(?!)", "`duty` 是計畫裡的識別碼"),
    Grouping("state", "依狀態", r"(?!)", "`state` 是 open、answered、returned、closed"),
)  # fmt: skip

NUMBER = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九]十[一二三四五六七八九]?|一?百)"
BY_ID = {one.id: one for one in MEASURES}
GROUPING = {one.id: one for one in GROUPINGS}
_MEASURE_WORDS = tuple((one, re.compile(one.words.replace("{number}", NUMBER))) for one in MEASURES)
_GROUP_WORDS = tuple((one, re.compile(one.words)) for one in GROUPINGS)


def measures_in(text: str) -> list[tuple[Measure, int, int]]:
    """Every measure whose words stand in the folded text, in the list's order, with the place."""
    return [(one, found.start(), found.end()) for one, words in _MEASURE_WORDS if (found := words.search(text))]


def measure_spots(text: str) -> list[tuple[int, int]]:
    """Every place where words of any measure stand."""
    return [found.span() for _, words in _MEASURE_WORDS for found in words.finditer(text)]


def groupings_in(text: str) -> list[tuple[Grouping, int, int]]:
    """Every grouping whose words stand in the folded text, in the list's order, with the place."""
    return [(one, found.start(), found.end()) for one, words in _GROUP_WORDS if (found := words.search(text))]
