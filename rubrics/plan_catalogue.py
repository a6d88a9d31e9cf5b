"""The problem codes that only plans have: each with its cause and its remedy, in Traditional Chinese.

They are part of the one catalogue (`rubrics.catalogue.CATALOGUE`); a test provokes each of them.
"""

from __future__ import annotations

from typing import Final

PLAN_CODES: Final[dict[str, tuple[str, str]]] = {
    "clause_not_found": ("條次裡的標題在原文件裡找不到。", "用「 › 」隔開各層標題，每一層照原文抄。"),
    "bad_date": ("不是看得懂的日期。", '寫成加引號的西元日期，例如 "2012-01-10"。'),
    "bad_year": ("年度不是民國年。", "寫成 1 到 999 的整數，例如 105。"),
    "bad_count": (
        "次數或月數不是合用的整數。",
        "次數寫 1 以上的整數；interval 的 months 要能整除 12；月份寫 1 到 12。",
    ),
    "duty_shape": ("這一種義務用不到這個鍵，或少了它需要的鍵。", "照 docs/plan-format.md 的「義務」一節改。"),
    "due_outside_year": ("期限不在計畫年度，也不在次年。", "核對 due 和 year。"),
    "rule_shape": ("這一種獎勵規定用不到這個鍵，或少了它需要的鍵。", "照 docs/plan-format.md 的「獎勵」一節改。"),
    "award_shape": ("獎勵要寫種類和次數，或寫原文的文字。", "寫成 merit＋times，或只寫 text。"),
    "tier_order": ("名次的級距寫反、重疊或沒有由前到後。", "照名次由前到後排，不要重疊。"),
    "unknown_rule": ("highest_only 提到的規定不存在。", "改成 rewards 裡有的 id。"),
    "unknown_sheet": ("提到的表不存在。", "改成有的表 id。"),
    "duplicate_plan": ("兩個檔案是同一個計畫 id。", "換掉其中一個。"),
}
