"""The telephone scale's worked example as a tester types it: 17.5 + 19 + 14 + 16 + 10 = 76.5 points."""

from __future__ import annotations

from tests.bot.support import Talk

OFFICE = "第二河川局"
EXAMPLE = ("否", "五聲", *["有"] * 4, "毋需轉接", "業務單位無忙線情形", "語調平淡", "有人接", "3 聲", "1")
EXAMPLE_END = ("沒有", "照選項所述", "6分", "甲", "解說尚可", "10")


def begin(person: Talk, unit: str = "秘書室") -> str:
    """Opens the form for a unit."""
    return person.say(f"電話測試 {unit}")
