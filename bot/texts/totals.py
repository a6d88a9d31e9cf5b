"""What asking for figures says, in Traditional Chinese."""

WHICH_MEASURE = "要看{place}的哪一項？"
WHICH_PLACE = "要看哪個單位、哪段期間？"
WHICH_UNIT = "「{word}」不只一個，是哪一個？"
NOT_YOURS = "「{word}」不在您看得到的單位裡。"
NOT_YOURS_ANY = "這些單位不在您看得到的範圍裡。"
NOT_YOURS_NEAR = "「{word}」不在您看得到的單位裡，是不是要找："
WHICH_THRESHOLD = "幾分以上算過？例如「沒過 80」。"
NO_UNITS = "您的範圍裡還沒有登記任何單位，請管理者先到「單位」登記。"
ALL_UNITS = "全部單位"

TITLE = "{measure}：{place}"
PERIOD = "期間：{label}（{days}）"
PERIOD_ASSUMED = "期間：{label}（{days}；您沒有說期間，先看今年）"
PERIOD_SAME = "期間：{label}"
AGAINST = "對照：{label}（{days}）"
PHONE_TESTS = "依據：電話禮貌測試 {n} 通"
SHEETS = "依據：考核表 {n} 份"
RETESTS = "另有複測 {n} 通，平均 {mean} 分，不併入。"
NOT_USED = "沒有用到的字：「{words}」。"
NOTHING = "這段期間沒有紀錄。"
MORE_ROWS = "還有 {n} 列，匯出可以看全部。"
THRESHOLDS = {
    "below_threshold": "門檻：{points} 分（平均低於）",
    "above_threshold": "門檻：{points} 分（平均達到）",
    "tests_below": "門檻：總分低於 {points} 分",
    "tests_above": "門檻：總分達到 {points} 分",
}
ONLY_TESTER = "測試人員：{name}"
ONLY_KIND = {"self": "只算自行考核", "superior": "只算上級考核"}
ONLY_PART = "只看：{part}"
NOT_BY_PART = "這一項算的是整通，不能只看「{part}」。"
GRADES = "等第：{bands}（依{source}）"
NONE_BELOW = "沒有單位的平均低於 {points} 分。"
NONE_ABOVE = "沒有單位的平均達到 {points} 分。"
NONE_IN_GRADE = "沒有單位是{grade}。"
ALL_TESTED = "每個單位都測過了。"
UNTESTED = "還有 {n} 個單位沒有測（共 {all} 個）。"
NOT_LOST = "沒有扣分的題目。"
TOO_FEW = "樣本不足"
AMONG = "同機關共 {n} 個單位有名次。"
TOO_FEW_NOTE = "樣本不足：測試不到 {least} 通，不列名次。"
ALIKE = "分不出高下：{pairs}（兩者平均的差距，95% 區間包含 0）"
ALIKE_MARKED = "名次後面有 ≈ 的，和下一名分不出高下（兩者平均的差距，95% 區間包含 0）。"
NO_CHANGE_BASE = "對照期間沒有紀錄，無法比較。"
DUE_RULE = "應測通數依「{plan}」：{title}"
PLAN_RULE = "計畫：{plan}"
OTHER_PLAN_YEAR = "（{asked} 年沒有計畫，這裡列的是 {year} 年的進度，不是 {asked} 年的）"
BY_PARTS = "「完成」一期一期算，每期最多算到應測的次數，多測的不能抵別期；「通數」是這段期間實際測的。"
NO_DUE = "找不到訂有電話測試次數的計畫，無法算應測通數。"
NO_PLAN = "您的範圍裡沒有現行計畫。"
REASONS = "原因：{reasons}"
ORIGIN = "{n} 筆紀錄，點一筆看每一題的給分："
NO_RECORDS = "沒有紀錄可以看。"
RECORD_LABEL = "{day} {unit} {total} 分"

FOR_SUPERVISORS = "單位的成績與統計數字由{role}查看，您目前的身分是「{mine}」；需要時請洽管理者調整。"
OWN_INSTEAD = "您自己測的每一筆，按「我的紀錄」就看得到；條文規定可以直接問我。"
RULES_INSTEAD = "計畫與評分表的規定，可以直接問我。"
OWN_RECORDS = "我的紀錄"

HEAD = {
    "unit": "單位", "office": "機關", "group": "組別", "tester": "測試人員", "month": "月份", "quarter": "季",
    "half": "半年", "year": "年", "section": "大項", "item": "題目", "grade": "等第", "hour": "時段", "weekday": "星期",
    "total": "範圍", "duty": "應辦事項", "state": "狀態",
}  # fmt: skip
COLUMNS = {
    "n": "通數", "forms": "份數", "mean": "平均", "best": "最高", "worst": "最低", "median": "中位數",
    "stdev": "標準差", "q1": "下四分位", "q3": "上四分位", "iqr": "四分位距", "share": "比例", "change": "變化",
    "now": "這期", "before": "前期", "year_before": "去年", "rank": "名次", "lost": "扣分", "times": "通數",
    "done": "完成", "due": "應測", "closed": "已結案",
    "left": "還差", "below": "未達", "above": "達到", "grade": "等第", "max": "滿分", "score": "總分", "points": "得分",
    "count": "件數", "needed": "應辦", "finished": "已辦", "year": "年", "tests": "全部",
}  # fmt: skip
WEEKDAYS = ("", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
STATES = {"open": "待回覆", "answered": "已回覆", "returned": "退回補充", "closed": "已結案"}
NO_GROUP = "未分組"

BY_UNIT = "依單位"
BY_MONTH = "依月份"
BY_ITEM = "扣分題目"
YEAR_BEFORE = "跟去年同期比"
LAST_YEAR = "看前一年"
WHOLE_YEAR = "看全年"
SEE_RECORDS = "看紀錄"
DRAW = "圖"
EXPORT = "匯出"
MORE = "更早的"
BACK = "回到數字"
NO_SUCH_PERSON = "名單上沒有「{person}」。"
MAY_NOT = "「{person}」的身分不能看統計數字。"
YES = "是"
TAKEN = {
    "label": "名稱", "enough": "樣本足夠", "like_next": "與下一名分不出高下", "threshold": "門檻", "reasons": "原因",
    "path": "所屬大項", "from": "起日", "to": "訖日", "grade_label": "等第名稱", "counts": "各等第通數",
    "year_before": "去年同期", "value": "{measure}（{unit}）",
}  # fmt: skip
SIDES = {"n": "通數", "value": "數值", "from": "起日", "to": "訖日"}
