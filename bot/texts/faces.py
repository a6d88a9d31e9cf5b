"""What the faces themselves say, in Traditional Chinese; all else that a person reads comes from the conversations."""

# Telegram: what the face answers without asking the assistant
ONLY_WORDS = "目前只看得懂文字和按鈕，圖片、語音和貼圖還看不懂。請用打字告訴我。"
TROUBLE = "這一步出了點狀況，已經記下來了。前面填好的都還在，請再試一次；若一直這樣，請告訴管理者。"
CHOOSE = "請選擇："

# Telegram: what the person who starts the service reads
ANOTHER_COPY = "另一個考評助理正在用同一個機器人收訊息。請先停掉那一個，再啟動這一個。"
ALREADY_RUNNING = "這個資料檔（{database}）已經有一個考評助理在 Telegram 上服務，不必再啟動一次。"
BAD_TOKEN = "Telegram 不接受這組金鑰。請到 @BotFather 查明後，重新設定 KAOPING_TELEGRAM_TOKEN。"  # noqa: S105 - a sentence
NO_TOKEN = "還沒有設定金鑰。請向 @BotFather 申請一個機器人，再把金鑰設到 KAOPING_TELEGRAM_TOKEN。"  # noqa: S105 - a sentence
STARTED = "已上線：@{username}。按 Ctrl-C 可停止，說到一半的話下次會接著處理。"
STOPPED = "已停止。還沒處理的訊息，下次啟動會接著處理。"

# Terminal
TERMINAL_BAR = " [ ] 裡的編號＝選按鈕 │ =8 或 8分＝輸入數值 │ Ctrl-C 暫停 │ Ctrl-D 離開 "
PROMPT = "你 › "
PAUSE = "暫停"
PAUSED = "填好的都存著。再按一次 Ctrl-C 就離開，或直接繼續打字。"
INTERRUPTED = "這一句中斷了，沒有留下任何改變。請再說一次。"
GOODBYE = "再見，下次接著來。"
FILE_WRITTEN = "檔案：{path}"
FILE_NOT_WRITTEN = "檔案 {name} 存不進 {folder}，請確認資料夾可以寫入。"
