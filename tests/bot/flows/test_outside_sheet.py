"""Another office's sheet, one YAML file and no Python: typed in chat with its own units, recorded, explained."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bot.settings import BUILT_IN_RUBRICS
from tests.bot.support import services, talk

SHEET = Path(__file__).resolve().parents[2] / "rubrics" / "data" / "library-2025.yaml"


def test_a_sheet_from_outside_in_chat(tmp_path: Path) -> None:
    shutil.copy(SHEET, tmp_path)
    made = services(tmp_path / "kaoping.db", tester="supervisor")
    made = replace(made, settings=replace(made.settings, rubrics=(BUILT_IN_RUBRICS, tmp_path)))
    made.store.units.ensure("市立圖書館", "總館")
    person = talk(made, "tester")
    person.say("評分 市立圖書館 總館")
    said = [person.say(one) for one in ("上級考核", "113 年", "87.5%", "滿意度 60%", "平均 75 分", "18", "有")]
    assert "★ 11-20 分" in said[4]
    assert "目前 29.7 分" in said[6]
    assert "例如「500 冊」" in person.say("很多")
    assert "版面" in person.say("1,250 冊")
    person.say("普通")
    person.say("9")
    # 櫃檯 (43.75 + 12.5 + 18) × 0.4 = 29.7；線上 19 + 9 + 7.5 = 35.5
    assert "總分 65.2 / 100（未達）" in person.say("很慢")
    person.say("值得表揚：輪椅動線")
    person.press("✅ 送出")
    record = made.store.records.find()[0]
    assert (record.total, record.grade, record.period) == (Decimal("65.2"), "none", "113")
    assert record.form["books"] == {"volumes": 1250}
    person.press("看紀錄")
    assert "1250 冊 · 500 冊得 5 分" in person.say("為什麼扣 6 分？")
    person.say("匯出 附表1")
    assert "值得表揚" in person.say("/records 1")
    made.store.close()
