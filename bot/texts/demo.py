"""What `kaoping demo` says."""

FILLED = (
    "示範資料已備妥：{tests} 通電話測試、{sheets} 張評分表，全部是虛構的，放在 {path}，與正式資料分開。\n"
    "試試看：kaoping chat --demo，然後輸入「各單位電話禮貌平均」。"
)
