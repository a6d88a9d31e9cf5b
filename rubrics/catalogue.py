"""The catalogue of problems: each code with its cause and its remedy, in Traditional Chinese.

A test provokes every code; a message without an entry here cannot be made. Codes are stable: scripts read them.
"""

from __future__ import annotations

from typing import Final

from rubrics.plan_catalogue import PLAN_CODES

FILE_CODES: Final[dict[str, tuple[str, str]]] = {
    # reading the file
    "file_unreadable": ("檔案打不開。", "確認檔名和資料夾，以及讀取權限。"),
    "file_not_utf8": ("檔案不是 UTF-8 編碼。", "用編輯器另存成 UTF-8。"),
    "yaml_syntax": (
        "YAML 語法有誤，讀到這一行就讀不下去。",
        "檢查縮排、冒號後的空白、引號和括號是否成對；文字裡有「: 」要加引號。",
    ),
    "yaml_duplicate_key": ("同一層寫了兩次相同的鍵，別的程式會默默只留最後一個。", "刪掉其中一個。"),
    "yaml_merge_key": ("用了「<<」合併，讀的人看不出真正的內容。", "把內容直接寫出來。"),
    "yaml_alias": (
        "用了錨點「&」或別名「*」，讀的人看不出真正的內容。",
        "把內容直接寫出來；文字以 * 或 & 開頭要加引號。",
    ),
    "yaml_tag": ("用了自訂標籤「!」。", "拿掉標籤；文字以 ! 開頭要加引號。"),
    "yaml_sexagesimal": ("沒加引號的「時:分」會被別的程式讀成六十進位的數字（12:30 變成 750）。", "加上引號。"),
    # the shape
    "wrong_type": ("這裡該寫的不是這種東西。", "照 docs/rubric-format.md 的例子改。"),
    "unknown_key": ("這個鍵不認得，寫了也沒有作用。", "改成認得的鍵，或刪掉。"),
    "missing_key": ("少了必要的鍵。", "補上。"),
    "bad_number": ("不是看得懂的數字。", "寫成 8、2.5 這樣；不要前導 0、底線、科學記號。"),
    "bad_range": ("範圍寫反了，或不是「低-高」。", "寫成 8-10，低的在前。"),
    "bad_id": (
        "識別碼只能用小寫英文開頭，接小寫英文、數字、底線、連字號；表、計畫與應辦事項最多 24 個字元。",
        "換一個識別碼；中文請寫在 label。",
    ),
    "bad_choice": ("不是可選的值。", "從列出的值裡選一個。"),
    "not_a_sheet": ("kind 不是評分表的種類。", "寫成 phone、sheet 或 framework；計畫檔放進 plans 資料夾。"),
    "section_or_leaf": (
        "一個節點不能又是段又是題。",
        "有 items 的是段；作答方式（options、count、bands、percentage）寫在最下層的題。",
    ),
    "empty_list": ("清單是空的。", "至少寫一項，或刪掉這個鍵。"),
    # ids
    "duplicate_id": ("同一個識別碼用了兩次。", "換掉其中一個。"),
    "id_not_file_name": ("表的 id 和檔名不同。", "把檔名改成 id 加 .yaml，或改 id。"),
    "reserved_id": ("counted 保留給「給了數字」的條件用。", "換一個識別碼。"),
    # sums
    "sum_mismatch": (
        "下層的滿分加起來不等於上層的滿分。",
        "核對原文的配分；不計分的情形用 counted_when，擇一的用 one_of。",
    ),
    "max_mismatch": ("最好的答案得不到、或超過這一題的滿分。", "核對選項、分級或計數規則的分數和 max。"),
    "multiplier_max": ("乘倍後的滿分不等於 max × times。", "核對 multiplier 的 times 和 max。"),
    "one_of_max": ("擇一的每一種情形，滿分要和整段相同。", "核對每個下層的 max。"),
    "one_of_both_open": ("擇一的兩種情形會同時開放。", "改條件（when），讓同時只有一種成立。"),
    "too_fine": ("分數乘權重後超過六位小數。", "減少權重或分數的小數位。"),
    "too_many_branches": ("條件的組合太多，無法逐一核對。", "減少 counted_when、multiplier 牽涉的題數。"),
    # bands, ranges, thresholds
    "gap": (
        "有些分數不屬於任何一級，也沒有聲明是原文自己的。",
        "補上分級；原文真的如此，寫一則 kind: gap 的註記並列出 at。",
    ),
    "overlap": (
        "有些分數同時屬於兩級，也沒有聲明是原文自己的。",
        "改分級；原文真的如此，寫一則 kind: overlap 的註記並列出 at。",
    ),
    "declared_absent": ("註記聲明的缺口或重疊其實不存在。", "改正 at，或刪掉註記的 at。"),
    "band_order": ("分級沒有由高到低排。", "照分數由高到低排。"),
    "threshold_order": ("門檻的高低和分級的高低不一致，或同一單位重複。", "核對 at_least。"),
    "threshold_not_in_text": ("門檻的數字沒有出現在這一級的文字裡。", "核對 at_least 和 text。"),
    # conditions
    "bad_condition": ("條件寫法看不懂。", "寫成 {題的id: 答案}、[答案, 答案]、{at_least: 60}，或 all、any、not。"),
    "unknown_reference": ("提到的題不存在。", "改成表裡有的題的 id。"),
    "unknown_answer_reference": ("提到的答案，那一題沒有。", "改成那一題有的選項 id。"),
    "condition_cycle": ("條件繞了一圈：互相等對方先問。", "拿掉其中一個條件。"),
    "unreachable": ("不管怎麼作答，這一題都不會被問到。", "改條件。"),
    "given_out_of_range": ("直接給的分數，這一題作答得不到。", "核對 given 的 points。"),
    # words and their source
    "quote_not_found": ("文字在原文件裡找不到。", "照原文抄；是自己加的話就標 added: true。"),
    "document_missing": ("找不到這份文件。", "核對 document 的檔名。"),
    "short_too_long": ("按鈕上的短標題太長，手機上看不完。", "縮短到 16 個字以內。"),
    "added_without_note": ("自己加的選項沒有註記說明為什麼。", "在這一題或上層寫一則 notes。"),
    # grades, columns, feeds
    "grade_order": ("等第沒有由高到低排，或下限重複。", "照 from 由高到低排。"),
    "grade_floor": ("最低的等第不是從 0 起，低分會沒有等第。", "最後一等寫 from: 0。"),
    "unknown_column": ("統計表的欄提到不存在的節點。", "改成表裡有的節點 id。"),
    "unknown_rubric": ("feeds 提到的表不存在。", "改成有的表 id。"),
    "duplicate_rubric": ("兩個檔案是同一個表 id。", "換掉其中一個。"),
    "no_done_state": ("沒有任何狀態標 done: true，進度算不出來。", "在「完成」的狀態加上 done: true。"),
}

FORM_CODES: Final[dict[str, tuple[str, str]]] = {
    "form_not_mapping": ("表單不是「題: 答案」的對照。", "一題一行，寫成「題的 id: 答案」。"),
    "unknown_criterion": ("表裡沒有這一題。", "核對題的 id。"),
    "unknown_answer": ("這一題沒有這個答案。", "從這一題的選項裡選。"),
    "missing_answer": ("該答的題沒有答。", "補上答案。"),
    "not_asked": ("這一題在這種情形下不問。", "拿掉這個答案。"),
    "answer_type": ("答案的形式不對。", "照這一題的作答方式寫。"),
    "points_missing": ("這個選項要再給分數。", "寫成 {option: 選項, points: 分數}。"),
    "points_out_of_range": ("分數超出範圍。", "給範圍內的整數。"),
    "not_whole": ("要整數。", "給整數。"),
    "not_a_number": ("不是數字。", "給數字。"),
    "number_out_of_range": ("數字超出範圍。", "核對數字。"),
    "too_fine_number": ("小數位太多。", "最多兩位小數。"),
    "not_a_date": ("不是日期。", '寫成加引號的西元日期，例如 "2018-06-30"。'),
    "two_measures": ("同一題給了兩種計數。", "只給其中一種。"),
    "unknown_part": ("答案裡有不認得的部分。", "拿掉不認得的部分。"),
}

CATALOGUE: Final[dict[str, tuple[str, str]]] = {**FORM_CODES, **FILE_CODES, **PLAN_CODES}
