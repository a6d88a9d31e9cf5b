"""Whatever is typed or pressed, in whatever order: nothing breaks, and nothing is more than Telegram takes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.faces.telegram.render import payloads
from bot.messages import MAX_BUTTON_BYTES, MAX_BUTTONS, MAX_BUTTONS_IN_ROW
from tests.bot.support import Clock, Talk, services, talk
from tests.support.telegram_html import parse, utf16

WORDS = (
    *("三聲", "８秒", "10秒", "5", "0", "-3", "3.75", "99999999999999999999999999999999999999999999"),
    *("百分之七十八", "78%", "13 件", "20-25 那級 22", "第二級", "有", "沒有", "否", "態度很差", "不用轉接"),
    *("？", "?", "上一題", "跳到 3", "跳到 999999999999999999999", "跳到", "暫停", "續填", "取消", "繼續"),
    *("送出", "總覽", "改時間 13/45", "改時間 5/1 9:00", "電話 03-1234567", "改電話", "優點：好"),
    *("建議改進事項", "無", "<b>&amp;</b>", "\u202e𠮷𠮷", " ", "\n", "/start", "/phone", "/score", "/resume"),
    *("/records", "/duties", "/improve", "/xyz", "選單", "我的紀錄", "為什麼扣 2 分", "更正", "試算"),
    *("逐題看給分", "115 年上半年", "上級考核", "自行考核", "秘書室", "第二河川局", "新增「甲」"),
    *("沒有這個單位課", "水利署多久要測一次電話禮貌？", "秘書室今年平均", "匯出", "人員", "單位", "敘獎試算"),
    *("統計"),
    *("🙂" * 30, "長" * 4000),
)


def held_to_limits(person: Talk) -> None:
    """Every call that Telegram would get is one it accepts (Bot API: sendMessage, InlineKeyboardMarkup)."""
    for reply in person.last:
        for call in payloads(reply, pressed=1):
            if call["kind"] not in ("text", "edit"):
                continue
            assert 0 < utf16(parse(call["html"]).strip()) <= 4096
            rows = call.get("keyboard", [])
            assert sum(map(len, rows)) <= MAX_BUTTONS
            assert all(len(row) <= MAX_BUTTONS_IN_ROW for row in rows)
            assert all(
                0 < len(button.encode()) <= MAX_BUTTON_BYTES and label.strip() for row in rows for button, label in row
            )


def old_or_odd(button: str, rng: random.Random) -> str:
    """A button of long ago, of somebody else, or of nobody."""
    parts = button.split(":")
    place = rng.randrange(len(parts))
    parts[place] = rng.choice(("", "0", "-", "999", "zzz", parts[place] + "1", "全"))
    return ":".join(parts)


@pytest.mark.parametrize("seed", range(3))
def test_rough_handling(seed: int, tmp_path: Path) -> None:
    rng, clock = random.Random(seed), Clock()
    made = services(tmp_path / "kaoping.db", clock, tester="admin")
    for unit in ("秘書室", "工務課"):
        made.store.units.ensure("第二河川局", unit)
    person = talk(made, "tester")
    pressed = ["home:open:phone", "score:sheet:wra-2016-sheet", "score:sheet:hsinchu-2018-overall"]
    for _ in range(200):
        clock.forward(seconds=rng.randint(0, 900))
        buttons = [choice.id for reply in person.last for choice in reply.buttons()]
        way = rng.random()
        if way < 0.3 or not buttons:
            said = person.say(rng.choice(WORDS))
        elif way < 0.85:
            pressed.append(rng.choice(buttons))
            said = person.press_id(pressed[-1])
        elif way < 0.95:
            said = person.press_id(rng.choice(pressed))
        else:
            said = person.press_id(old_or_odd(rng.choice(pressed), rng))
        assert "出了問題" not in said
        held_to_limits(person)
    made.store.close()
