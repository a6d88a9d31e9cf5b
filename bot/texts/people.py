"""What is said about people, roles and units."""

ADDED = "{who}現在是{role}，所屬：{unit}。"
WHO = "{name}（{id}）"
WHO_UNNAMED = "編號 {id} "
NEW_UNIT = "名單上原本沒有「{unit}」，已一併新增。"
REMOVED = "{who} 已從名單移除，過去的紀錄都保留。"
NO_UNIT = "不限單位"
NOBODY = "名單上還沒有人。新增：kaoping people add 編號 --role tester --unit 單位"
LINE = "{id}\t{name}\t{role}\t{unit}"

TITLE = "人員名單"
EMPTY_LIST = "名單上還沒有人。"
HOW_TO_ADD = (
    "新增或調整：輸入「新增人員 編號 身分 姓名 單位」，例如「新增人員 123456789 測試人員 王小明 第二河川局 秘書室」。"
)
BAD_ADD = "請依序寫：編號 身分 姓名 單位（單位可省略）。身分是同仁、測試人員、督導主管或管理者。"
REMOVE_SURE = "確定把 {who} 從名單移除嗎？過去的紀錄都會保留。"
GONE = "這個人已經不在名單上了。"
YOURSELF = "不能移除自己，請由另一位管理者處理。"
ROLE_BUTTON = "改成{role}"
REMOVE_BUTTON = "移除"
BACK = "回名單"
YES = "確定移除"
NO = "不要"

UNITS_TITLE = "機關與單位"
UNITS_EMPTY = "還沒有任何單位。"
UNITS_EDIT = "改名、停用、恢復：按單位的按鈕。"
UNITS_RETIRED = "已停用的單位"
UNIT_OFF_MARK = "（停用）"
SHOW_RETIRED = "已停用的（{count}）"
RENAME_BUTTON, RETIRE_BUTTON, RESTORE_BUTTON = "改名", "停用", "恢復"
ASK_RENAME = "「{unit}」要改成什麼名稱？請輸入新的單位名稱，不用再寫機關；過去的紀錄會跟著用新名稱。"
RENAMED = "「{before}」已改名為「{after}」，過去的紀錄都還在。"
NAME_TOO_LONG = "單位名稱請在 {most} 個字以內。"
NAME_OF_PLAN = "「{plan}」是用「{unit}」這個名稱找到機關的，這樣改就對不上了。新名稱請以原來的名稱結尾，或先不改。"
RETIRE_SURE = "確定停用「{unit}」{below}嗎？停用後不再出現在選單和「還沒測的單位」；過去的紀錄都保留，隨時可以恢復。"
AND_BELOW = "和轄下 {count} 個單位"
RETIRE_YES = "確定停用"
RETIRED = "已停用「{unit}」，過去的紀錄都還在。"
RESTORED = "已恢復「{unit}」。"
UNIT_GONE = "找不到這個單位。"
UNITS_HOW = (
    "新增：輸入「新增單位 機關 單位」，例如「新增單位 第二河川局 秘書室」。\n"
    "登記電話：輸入「登記電話 第二河川局 秘書室 04-23456789」。"
)
UNIT_ADDED = "已新增「{unit}」。"
UNIT_KNOWN = "「{unit}」已經在名單上了。"
UNIT_PHONES = "「{unit}」的電話：{phones}。"
UNIT_UNKNOWN = "名單上沒有「{unit}」。"
UNIT_SIMILAR = "您要找的是不是：{names}？"
FROM_PLANS = "從計畫帶入：{office}"
FROM_PLANS_DONE = "已帶入「{office}」的 {count} 個單位。"


def who(name: str, person_id: str) -> str:
    """「王小明（123）」; of somebody without a name the number alone."""
    return WHO.format(name=name, id=person_id) if name else WHO_UNNAMED.format(id=person_id)
