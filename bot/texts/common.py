"""Sentences that any conversation may need."""

WELCOME = "您好{name}，我是考評助理。直接輸入問題，我會引用計畫原文回答；也可以從下面挑一件事開始。"
DEMO = "【示範資料】以下機關、人員與成績都是虛構的。"
ASK_HINT = "例如：水利署多久要測一次電話禮貌？"
HELP_TITLE = "我可以幫您："
HELP_ALWAYS = "任何時候都可以直接打字提問。填寫途中輸入「？」看這一題的條文，「暫停」先存起來，「取消」放棄。"
UNKNOWN_COMMAND = "沒有「{command}」這個指令。"
NEAR_COMMANDS = "您要找的是不是："
NOT_ALLOWED = "這項功能需要「{role}」權限。您目前的身分是「{mine}」，請洽管理者調整。"
STALE_BUTTON = "這個按鈕已經過期了，沒有改動任何資料。"
SOMETHING_WRONG = "抱歉，剛才處理時出了問題，您的資料都還在。請再試一次；若仍不行，請把編號 {trail} 告訴管理者。"
CANNOT_OPEN = "資料檔「{path}」打不開，或不是考評助理的資料檔。請確認 KAOPING_DATABASE 的路徑與權限。"
EMPTY = "請輸入想問的問題，或輸入「選單」。"
PAUSE_WORDS = frozenset({"暫停", "取消", "離開"})
LEAVE_WORDS = PAUSE_WORDS | {"返回", "上一題", "回清單", "放棄", "不用了", "算了"}
CANCEL_BUTTON = "取消"
NOTHING_TO_PAUSE = "目前沒有進行中的填寫，需要什麼請直接告訴我。"
TOO_LONG = "這段文字太長了，請縮短到 {limit} 字以內再送出。"
