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
