"""What `kaoping report` says, and the words of its page."""

COMMAND = "把一段期間的表、圖、表單一次做好，放進一個資料夾"
PERIOD = "期間：113、113上、113-H1、113Q2、113/05、去年、113/1/1-113/3/31"
FOLDER = "放檔案的資料夾（沒有就新建）"
DEMO = "用示範資料"
AS_PERSON = "以這個人的範圍來做（人員編號）"
BAD_PERIOD = "看不懂期間「{words}」。可以寫 113、113上、113-H1、113Q2、113/05、去年，或 113/1/1-113/3/31。"
NOT_A_FOLDER = "「{folder}」不是資料夾，請換一個名稱。"
CANNOT_WRITE = "寫不進「{folder}」：請換一個資料夾，或確認空間與權限。"
NO_UNITS = "您的範圍裡還沒有登記任何單位，沒有東西可以做。"
DONE = "{period}的報告做好了：{tables} 張表、{pictures} 張圖、{forms} 份表單。\n請打開 {page}"
EMPTY = "{period}沒有任何紀錄；{page} 只有空的封面。"

TITLE = "服務品質考評報告"
DEMO_NOTE = "【示範資料】以下數字全部是虛構的。"
MADE = "製作時間：{when}"
SCOPE = "範圍：{place}"
SPAN = "期間：{label}（{days}）"
COUNTED = "電話禮貌測試 {phone} 通、考核表 {sheet} 份"
RULES = (
    "每一筆以最新的更正為準；作廢的不計，複測另列、不取代第一次。",
    "平均與等第用未四捨五入的數字判斷，顯示到小數第 2 位。",
    "測試不到 3 通的單位標為樣本不足，不列名次。",
)
CONTENTS = "目錄"
ALL_OFFICES = "全部機關"
PHONE = "電話禮貌測試"
SHEET = "考核成績"
PLANS = "計畫與追蹤"
FORMS = "表單"
FILES = "全部檔案"
ALL_TABLES = "全部表格"
TAKE = "帶走："
CSV = "CSV"
ODS = "試算表（ODS）"
PNG = "圖檔（PNG）"
PICTURE_OF = "{title}的圖，數字見下表"
NOTHING = "這段期間沒有紀錄。"
TOP = "回到最上面"
FORM_OF = "{label}：{unit}"
HEADINGS = {
    "overview_office": "各機關平均",
    "rank": "各單位排名",
    "trend": "趨勢",
    "sections": "各單位各大項得分率",
    "items": "各大項平均得分",
    "deductions": "最常扣分的題目",
    "grades": "等第比例",
    "due": "測試進度",
    "change": "與前一期比較",
    "testers": "各測試人員",
    "sheet_rank": "考核名次",
    "sheet_items": "各項小計",
    "unit_items": "{unit}的各項小計",
    "duties": "應辦事項進度",
    "improvements": "改善追蹤進度",
}
