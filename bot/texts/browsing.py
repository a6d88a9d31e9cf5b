"""What `kaoping browse` says."""

COMMAND = "在瀏覽器看資料庫（只在這台電腦上，只能看不能改）"
PORT = "連接埠（預設 8001；0 表示任選一個空的）"
MISSING = (
    "看資料庫需要另外安裝 Datasette：pip install 'kaoping[browse]'（在原始碼資料夾裡執行 make browse 會自動裝好）。"
)
NO_DATABASE = "還沒有資料庫「{path}」。先用 kaoping 開始使用，或用 kaoping demo 建立示範資料。"
OPENING = "資料庫在 http://127.0.0.1:{port}/ ，只有這台電腦看得到。按 Ctrl+C 結束。"
DEMO = "看示範資料"
