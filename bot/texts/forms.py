"""What the official forms say beside the papers' own words, and what is said about exporting them.

Words that a paper prints (評核項目, *小計：, 填寫說明 …) are copied from it.
"""

from __future__ import annotations

# labels on every form
DEMO = "【示範資料】"
DEMO_NAME = "示範資料"
NUMBER = "編號 {number}"
KINDS = {"self": "自行", "superior": "本署"}
NOT_PRINTED = "（原表未列）"

# 附表1
SHEET_NAME = "附表1評分表"
LEVELS = ("評核項目", "評核指標", "次評核指標")
STANDARD = "評分參考標準"
FIELDS = {"number": "編號", "unit": "單位名稱", "assessor": "考核人員", "date": "考核日期"}
KIND_LINE = {"self": "　（自行考核）", "superior": "　（上級考核）"}
TOTAL = "總分 (滿分 {max} 分)：{total}"
GRADE = "　等第：{grade}"
SUBTOTAL = "* 小計：{points}"
EARNED = "* 得分：{points}"
FACET_POINTS = "\n* 小計：{points}"
BAND = "{points} 分　{text}"
REASON = "說明：{reason}"
COMMENTS = {"strengths": "優點", "improvements": "建議改進事項"}
REMARK = "備註"
NOTES = "註（原表的疑義與處理）"
NOTE_SIGN = "（註 {numbers}）"
NOTE_LINE = "註 {number}　{text}→ {decision}"
OLD_SHEET = "※ 評分表在評分之後修改過：分數照當時的紀錄，勾選以分數所屬的一級為準。"

# 電話禮貌測試量表
PHONE_NAME = "電話禮貌測試量表"
PHONE_HEADS = ("測試結果", "內容（總分 {max} 分）", "細項配分", "分項得分")
PHONE_FIELDS = "編號：{number}　　受測單位：{unit}　　電話：{phone}"
PHONE_WHEN = "測試日期時間：{year} 年 {month} 月 {day} 日 {hour} 時 {minute} 分"
PHONE_TESTER = "測試人員：{tester}"
PHONE_NO_NUMBER = "（未填）"
PHONE_TOTAL = "總 得 分"
NOT_COUNTED = "不計分"
NOT_ASKED = "未測"
IN_BRACKETS = "（註：{text}）"
OF_LEAF = "({points})"

# 附表2
STATISTICS_NAME = "附表2統計表"
STATISTICS_TITLE = "{title}　考核結果統計表"
REVIEWS = {"self": "自行考核", "superior": "上級考核"}
HALVES = {"H1": "（上半年）", "H2": "（下半年）"}
ASSESSED = "受考核單位："
LEADING = ("實施考核機關", "編號", "受考核單位名稱")
CLOSING = ("總分", "等第", "考核年月", "名次")
SCORES = "考核項目成績（{max} 分）"
SCORES_AND = "考核項目及成績({max}分)"
POINTS = "{points}分"
GRADE_FROM = "{label}={points}分以上"
YEAR_MONTH = "{year}/{month:02}"
NO_RANK = "－"
HANDLING = (
    "※ 考核結果處理情形：【請敘明考核結果後續處理情形，如函送受考核機關（構）或單位提報改進情形、"
    "考核結果登載於機關網頁等方式】"
)
ENCLOSED = "※ 附件：【請將受評核之「有價值的創意服務」計畫作為本表附件；相關文書格式可視需要參考附錄 1】"
RANK_NOTE = "※ 名次依總分排列，同分同名次；原表沒有這一欄。"
SEVERAL_NOTE = "※ 同一單位有多筆成績時各列一行，名次以最近一筆計。"

# 電話測試年度統計
PHONE_YEAR_NAME = "電話禮貌測試統計"
PHONE_YEAR_TITLE = "{unit} {year} 年電話禮貌測試統計"
PHONE_YEAR_HEAD = ("單位", "測試次數", "平均", "最高", "最低")
PERIOD_HEADS = ("{span}次數", "{span}平均")
MONTHS = "{first}–{last}月"
SHARE = "{label}（次數）"
SHARE_PERCENT = "{label}（%）"
SHARE_FROM = "{points}分以上"
SHARE_BETWEEN = "{low}–未滿{high}分"
SHARE_BELOW = "未達{points}分"
ALL = "合計"
PHONE_YEAR_NOTES = (
    "※ 更正過的測試只算最後一次；複測不重複計入；沒有測試的單位照列。",
    "※ 平均四捨五入到小數第二位；分級依未四捨五入的總分。",
)

# 執行計畫
PLAN_NAME = "執行計畫"
SUGGESTED = r"\s*[(（]建議格式[)）]"
TO_FILL = "〔請填寫〕"
PLAN_HEADINGS = (
    "壹、計畫依據：",
    "貳、計畫目標：",
    "參、實施對象：",
    "肆、執行期程：",
    "伍、計畫內容：",
    "陸、執行步驟：",
    "柒、考核獎懲：",
    "捌、其他：",
)
PLAN_BASIS, PLAN_TARGET, PLAN_CONTENT = "計畫依據", "實施對象", "計畫內容"
PLAN_ASPECT, PLAN_WHOLE = "個別\n評核構面", "整體\n評核構面"
PLAN_ITEM, PLAN_FOCUS, PLAN_METHOD, PLAN_DUE, PLAN_OWNER = "評核項目", "評核重點", "推動作法", "完成期限", "承辦單位"
PLAN_STATE = "【{state}】{evidence}"
PLAN_COUNT = "辦理情形：共 {total} 項，完成 {done} 項（截至 {today}）。"

# 創意服務計畫、績效總報告
CREATIVE_NAME = "創意服務計畫"
CREATIVE_TITLE = "{office} 創意服務名稱"
CREATIVE = (
    ("壹、專案總說明", ""),
    (
        "一、個案背景與問題描述",
        "〔詳述個案所欲處理的具體問題，解決該項問題對民眾或其他利害相關者的意義所在及解決問題的行政過程或機制等〕",
    ),
    ("二、採用解決方法", "〔說明採取何種解決方法〕"),
    ("三、實際效益。", "〔說明專案執行實際績效〕"),
    ("貳、創新服務實際績效", "〔敘明執行創新服務專案的外部效益及內部效益；內容宜具體，儘量以量化數據表達〕"),
    ("參、創新服務解決手法", "〔敘明如何透過『流程整合』及『資通訊服務導入』等各種解決手法，提供便民服務〕"),
    ("肆、附件", "〔提供佐證資料，如相關民意調查、統計資料等，並以精簡方式呈現〕"),
)
CREATIVE_FOOT = "※各單位可視需要參考本附錄格式書寫「創意服務計畫」。"
CREATIVE_RESULTS = "貳、創新服務實際績效"
INNOVATION_WORDS = ("創新", "創意")

ANNUAL_NAME = "績效總報告"
ANNUAL_TITLE = "{office} {year}年度提升服務品質績效總報告"
ANNUAL_UNTIL = "資料截止時間：{day}"
ANNUAL_FIRST = "壹、執行績效：（請扼要填寫，並請各列舉 2、3 個案事例；請儘量以量化數據說明各實施要項成果）"
ANNUAL_PARTS = (
    "一、提升服務品質，深化服務績效",
    "二、便捷服務程序，確保流程透明",
    "三、探查民意趨勢，建立顧客關係",
    "四、豐富服務資訊，促進網路溝通",
    "五、創新服務方式，整合服務資源",
)
ANNUAL_WORDS = (("形象",), ("流程",), ("顧客", "民意", "意見"), ("資訊", "線上", "網路"), ("創新", "創意", "整合"))
ANNUAL_SECOND = "貳、檢討"
ANNUAL_SECOND_HELP = "（請簡要條列說明推動及執行提升服務品質過程中，發現問題、遭遇困難及改進建議）"
ANNUAL_CASES = "（{number}）〔請列舉 2、3 個案事例〕"
ANNUAL_ITEM = "（{number}）{text}"
ANNUAL_DEEP = "{number}、{text}"
ANNUAL_NUMBERS = "一二三四五六七八九十"
ANNUAL_REVIEW = "{kind}：{count} 筆，平均 {mean} 分，最高 {best} 分、最低 {worst} 分；等第：{grades}。"
ANNUAL_REVIEW_PLAIN = "{kind}：{count} 筆，平均 {mean} 分，最高 {best} 分、最低 {worst} 分。"
ANNUAL_REVIEW_KIND = {"self": "自行考核", "superior": "上級考核"}
ANNUAL_REVIEW_ANY = "考核"
ANNUAL_GRADE = "{label} {count} 筆"
ANNUAL_UNIT = "{unit} {total} 分{grade}"
ANNUAL_UNIT_GRADE = "（{grade}）"
ANNUAL_MORE = "等 {count} 筆，詳附表2"
ANNUAL_COLUMN = "「{label}」平均 {mean} 分（滿分 {max} 分，{count} 筆）。"
ANNUAL_PHONE = "電話禮貌測試 {n} 次，平均 {mean} 分，最高 {best} 分、最低 {worst} 分。"
ANNUAL_PHONE_UNIT = "{unit} {n} 次、平均 {mean} 分"
ANNUAL_PHONE_MORE = "等 {count} 個單位"
ANNUAL_NOTHING = "尚無紀錄。"
ANNUAL_FOLLOW = "建議改進事項共 {count} 項，已結案 {closed} 項。"
ANNUAL_FOLLOW_ITEM = "{unit}：{text}（{state}）"

# the list of forms: id -> (label, what it is)
FORMS = {
    "sheet": ("附表1 評分表", "一筆考核填好的評分表（odt）"),
    "statistics": ("附表2 統計表", "一個年度各單位的考核結果、等第與名次（ods）"),
    "phone": ("電話測試量表", "一次電話測試填好的量表，勾選與得分都在（odt）"),
    "phone-year": ("電話測試統計", "一個年度各單位的測試次數、平均、最高、最低（ods 與 csv）"),
    "plan-overall": ("整體服務類執行計畫", "新竹市建議格式，填入登記的辦理情形（odt）"),
    "plan-project": ("專案規劃類執行計畫", "新竹市建議格式，填入登記的辦理情形（odt）"),
    "creative": ("創意服務計畫", "附錄 1 的格式（odt）"),
    "annual": ("績效總報告", "附錄 2 的格式，數字已填入，3 頁以內（odt）"),
}

# exporting: the command line and the chat
FORM_LINE = "{id:14}{label}：{about}"
HOW = "用法：kaoping export 表單 [--record 編號 | --unit 單位 --year 年度 --rubric 評分表] [-o 檔名]"
WRITTEN = "已存成 {path}"
NO_FORM = "沒有「{form}」這種表單{near}。可以用的有：{forms}。"
NEAR = "（您要的是「{near}」嗎？）"
NOT_ALLOWED = "{label}要由{role}匯出。"
WHICH_RECORD = "請寫出要匯出哪一筆紀錄，例如 --record {number}；或用 --unit 指定單位，匯出最近一筆。"
WHICH_RECORD_NONE = "還沒有可以匯出的紀錄。"
NO_RECORD = "找不到您可以看的第 {number} 號紀錄。"
NO_RECORD_OF = "{unit}沒有可以匯出的紀錄。"
WRONG_KIND = "第 {number} 號紀錄填的是「{title}」，請改用 {form}。"
WRONG_KIND_ANY = "第 {number} 號紀錄填的是「{title}」，不能做成{label}。"
WRONG_RUBRIC = "「{title}」不能做成{label}，請換一張評分表。"
RUBRIC_GONE = "第 {number} 號紀錄的評分表「{rubric}」已經不在了，請把那張表放回來再匯出。"
WITHDRAWN = "第 {number} 號紀錄已經作廢，不能匯出。"
NO_UNIT = "您可以看的單位裡沒有「{unit}」{near}。"
WHICH_UNIT = "請用 --unit 指定機關或單位，例如「{unit}」。"
NO_UNITS = "還沒有任何單位的資料。"
BAD_YEAR = "年度請用民國年，例如 113。"
NO_RESULTS = "{unit}在 {year} 年沒有評分表的成績。"
CANNOT_WRITE = "寫不進「{path}」，請換一個位置。"
RECORD_OR_UNIT = "--record 和 --unit、--year、--rubric 請擇一。"

WHICH_FORM = "要匯出哪一種表單？"
CHOOSE_RECORD = "{label}：要匯出哪一筆？按按鈕，或輸入紀錄編號。"
CHOOSE_UNIT = "{label}：哪個機關或單位？按按鈕，或輸入名稱。"
CHOOSE_YEAR = "{label}（{unit}）：哪一年？"
RECORD_BUTTON = "{number}　{when} {unit} {total} 分"
YEAR_BUTTON = "{year} 年"
MORE = "更多"
OTHER_FORM = "其他表單"
READY = "{label}做好了。"
READY_DEMO = "{label}做好了（示範資料）。"
