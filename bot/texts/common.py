"""Sentences that any conversation may need."""

WELCOME = "您好{name}，我是考評助理。直接輸入問題，我會引用計畫原文回答；也可以從下面挑一件事開始。"
DEMO = "【示範資料】以下機關、人員與成績都是虛構的。"
ASK_HINT = "例如：水利署多久要測一次電話禮貌？"
ASK_LINE = "直接輸入問題，我會引用計畫原文回答，例如「{example}」"
THANKS = "不客氣，需要什麼隨時告訴我。"
BYE = "再見，需要時隨時找我。"
HELP_TITLE = "我可以幫您："
HELP_FILLING = "填寫途中輸入「？」看這一題的條文，「暫停」先存起來，「取消」放棄。"
UNKNOWN_COMMAND = "沒有「{command}」這個指令。"
NEAR_COMMANDS = "您要找的是不是："
NOT_ALLOWED = "這項功能需要「{role}」權限。您目前的身分是「{mine}」，"
ASK_ADMIN = "請洽管理者調整。"
TELL_NUMBER = "需要時請把您的編號 {number} 告訴管理者。"
ROLE_LINE = "您目前的身分：{role}"
NUMBER_LINE = "　您的編號：{number}"
STALE_BUTTON = "這個按鈕已經過期了，沒有改動任何資料。"
SOMETHING_WRONG = "抱歉，剛才處理時出了問題，您的資料都還在。請再試一次；若仍不行，請把編號 {trail} 告訴管理者。"
CANNOT_OPEN = "資料檔「{path}」打不開，或不是考評助理的資料檔。請確認 KAOPING_DATABASE 的路徑與權限。"
EMPTY = "請輸入想問的問題，或輸入「選單」。"
PAUSE_WORDS = frozenset({"暫停", "取消", "離開"})
SAID_WITH_SLASH = {"cancel": "取消", "stop": "取消", "quit": "取消", "pause": "暫停", "back": "上一題", "send": "送出"}
LEAVE_WORDS = PAUSE_WORDS | {"返回", "上一題", "回清單", "放棄", "不用了", "算了"}
CANCEL_BUTTON = "取消"
NOTHING_TO_PAUSE = "目前沒有進行中的填寫，需要什麼請直接告訴我。"
TOO_LONG = "這段文字太長了，請縮短到 {limit} 字以內再送出。"


def graded(label: str) -> str:
    """A grade as people say it: 甲 is 甲等, longer words (優良) stand as they are."""
    return f"{label}等" if len(label) == 1 else label
