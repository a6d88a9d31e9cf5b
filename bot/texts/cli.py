"""What the command line says: help, and sentences for arguments that cannot work."""

from __future__ import annotations

import re

DESCRIPTION = "考評助理：查服務品質計畫的條文、逐題評分、看單位成績。"
COMMANDS_TITLE = "指令"
HEADINGS = {"usage": "用法", "options": "選項", "positional arguments": "參數", "指令": "指令"}
VARIABLES_TITLE = "環境變數："
HELP = "看這個說明"
AS_JSON = "輸出 JSON"
BAD_ARGUMENTS = "{command}：{reason}。加上 --help 可看用法。"
INTERRUPTED = "已停止。"

CHAT = "在終端機對話（也可以用管線，一行一句）"
AS_ROLE = "以什麼身分使用（預設 admin）"
NAME = "您的名字"
DEMO_DATA = "使用示範資料（先執行 kaoping demo）"
TELEGRAM = "在 Telegram 上服務"
DEMO = "建立一份標示清楚、與正式資料分開的示範資料"

ASK = "問一個問題，或一次問一批"
QUESTION = "問題"
ASK_BATCH = "一行一題的檔案：id、question、history"
ASK_WHICH = "請給一個問題，或用 --batch 指定題目檔，兩者擇一。"
DOCUMENTS = "列出文件，以及讀懂了哪些章節、表格、有哪些疑點"

RUBRICS = "列出評分表，或看其中一張"
RUBRICS_SHOW = "show：看一張表的內容"
RUBRIC_ID = "評分表的識別碼，例如 hsinchu-2018-phone"
WHICH_RUBRIC = "請寫出要看哪一張表，例如 kaoping rubrics show hsinchu-2018-phone。"
SCORE = "替填好的表計分（不存檔）"
FORM = "填好的表（YAML 或 JSON）"
SCORE_BATCH = "一行一張表的檔案：id、form"
SCORE_WHICH = "請給一張填好的表，或用 --batch 指定檔案，兩者擇一。"
CHECK = "檢查評分表、計畫與文件，一次列出所有問題"
CHECK_PATHS = "要檢查的檔案或資料夾；省略就檢查全部"
SOURCE_NOTES = "列出原文件本身的疑義與我們的處理方式"

RECORDS = "列出考評紀錄（新的在前），或匯入紙本紀錄"
RECORDS_IMPORT = "import：匯入過去的紀錄"
RECORDS_FILE = "一行一筆的檔案：rubric、office、unit、tester、called_at、form、remarks"
IMPORT_WHICH = "匯入請寫成 kaoping records import 檔案.jsonl。"
RECORD_FILTERS = {
    "rubric": "只看這張評分表",
    "unit": "只看這個單位（可以是機關、單位，或「機關 單位」）",
    "tester": "只看這位測試人員（編號或姓名）",
    "from": "從這一天起（2024-05-01 或 113/05/01）",
    "to": "到這一天為止",
    "series": "只看這一筆紀錄的所有版本",
}
ALL_REVISIONS = "連更正前的版本一起列出"
LIMIT = "最多列幾筆"

TOTALS = "用白話問統計數字（通數、平均、排名、扣分……）"
TOTALS_QUESTION = "問題，例如「工務課今年電話測試平均」；省略就看今年與去年的總覽"
AS_PERSON = "以這個人（人員編號）看得到的範圍來算"

PEOPLE = "列出人員，或新增、移除"
PEOPLE_VERB = "add 新增或修改、remove 移除"
PERSON_ID = "編號（Telegram 的數字編號；終端機為 terminal:名字）"
ROLE = "身分：staff、tester、supervisor、admin（{roles}）"
PERSON_UNIT = "所屬機關或單位，例如「第二河川局」或「第二河川局 秘書室」"
PERSON_NAME = "姓名"
WHICH_PERSON = "請寫出人員編號，例如 kaoping people add 123456789 --role tester。"
WHICH_ROLE = "請用 --role 指定身分：{roles}。"

PLAN = "列出計畫，或把過去的計畫沿用成今年的範本"
PLAN_RENEW = "renew：沿用成另一個年度"
PLAN_ID = "計畫的識別碼，例如 wra-2016"
PLAN_YEAR = "民國年，例如 115"
EXPORT = "匯出公文表單（OpenDocument）；不加參數就列出有哪些"
EXPORT_FORM = "表單的識別碼，例如 statistics"
EXPORT_RECORD = "紀錄編號（kaoping records 列出的第一欄）"
EXPORT_UNIT = "機關或單位，例如「水利署」或「第二河川局 秘書室」"
EXPORT_YEAR = "民國年，例如 113；省略就用最近有資料的一年"
EXPORT_RUBRIC = "評分表的識別碼；省略就用這一年用過的那一張"
EXPORT_FILE = "存成這個檔名；省略就用中文檔名存在目前的資料夾"
WHICH_PLAN = "請寫出計畫與年度，例如 kaoping plan renew wra-2016 --year 115。"

NO_FILE = "找不到檔案「{path}」，請確認路徑。"
NO_TEXT = "「{path}」不是 UTF-8 文字檔，請另存成 UTF-8 再試。"
BAD_LINE = "「{path}」第 {line} 行不是一個 JSON 物件（或同一個欄位寫了兩次），請修正後再試。"

_REASONS = (
    (r"unrecognized arguments: (.*)", "看不懂「{0}」"),
    (r"argument COMMAND: invalid choice: '?(.*?)'? \(.*", "沒有「{0}」這個指令"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", "{0} 不能是「{1}」，請從 {2} 選一個"),
    (r"argument (.*?): invalid int value: '?(.*?)'?$", "{0} 要是整數，「{1}」不是"),
    (r"argument (.*?): expected one argument", "{0} 後面少了內容"),
    (r"the following arguments are required: (.*)", "少了 {0}"),
)


def reason(message: str) -> str:
    """The argument parser's English sentence, said in Chinese; an unknown one is kept as it is."""
    for pattern, said in _REASONS:
        found = re.match(pattern, message)
        if found:
            return said.format(*(part.replace("'", "") for part in found.groups()))
    return message
