"""The pictures as files: sized for a phone, small, the same every time, and never an empty box for a letter."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.messages import plain
from bot.reports import fonts, pictures
from bot.reports.pictures.bars import bars_data
from bot.reports.pictures.calendar import Kept, Window, calendar_data
from bot.reports.pictures.canvas import fitted, width_of, wrapped
from bot.reports.pictures.data import Band, Heading
from bot.reports.pictures.heat import heat_data
from bot.reports.pictures.profile import profile_data
from bot.reports.pictures.trend import trend_data
from tests.bot.support import talk
from tests.bot.totals.world import NOW, RIVER, build

BANDS = (Band("優良", Decimal(90)), Band("良好", Decimal(80)), Band("普通", Decimal(70)))
LONG = "某某縣政府文化觀光暨公共設施第{}事務管理處綜合行政課"
HEADING = Heading(
    "各單位電話禮貌平均排名：經濟部水利署第二河川局", ("113 年（113/01/01–113/12/31）", "測試 1203 通"), True
)
PARTS = (("電話語音系統接聽速度", 15), ("總機接聽", 10), ("禮貌", 20), ("接聽速度", 15), ("電話禮貌", 25), ("答話", 15))


def bars(count: int) -> object:
    values = [None if at == 3 else 100 if at < 3 else max(0, 100 - at) for at in range(count)]
    return bars_data(
        HEADING, [{"label": LONG.format(at), "n": at, "value": v} for at, v in enumerate(values)], BANDS, 100
    )


def trend(count: int) -> object:
    rng = random.Random(1)
    labels = [f"{100 + at // 12} 年 {at % 12 + 1} 月" for at in range(count)]
    rows = [{"label": one, "n": 3, "value": rng.uniform(60, 100)} for one in labels if rng.random() < 0.8]
    office = [{"label": one, "n": 30, "value": rng.uniform(75, 85)} for one in labels]
    return trend_data(HEADING, rows, "工務課", office, "第二河川局平均", BANDS, 100, every=labels)


def heat(count: int) -> object:
    rows = [
        {"label": LONG.format(at), "n": at, "section": name, "value": None if at == 2 else most * 0.7, "max": most}
        for at in range(count)
        for name, most in PARTS
    ]
    return heat_data(HEADING, rows)


def profile(count: int) -> object:
    rows = [{"label": "　" * (at % 3) + LONG.format(at), "value": 30, "max": 40} for at in range(count)]
    return profile_data(HEADING, rows, 856.5, 1000, "甲", {LONG.format(0): 20})


def calendar(count: int) -> object:
    first = date(2024, 1, 1)
    windows = [
        Window(date(2024, m, 1), date(2024, m + 2, 28), 2, 1, s) for m, s in zip((1, 4, 7, 10), STATES, strict=True)
    ]
    units = [
        Kept(LONG.format(at), tuple(first + timedelta(days=17 * k) for k in range(at)), tuple(windows[: at % 5]))
        for at in range(count)
    ]
    return calendar_data(HEADING, units, first, date(2024, 12, 31))


STATES = ("overdue", "done", "due", "upcoming")


@pytest.mark.parametrize("count", [0, 1, 8, 40, 300])
@pytest.mark.parametrize("kind", [bars, trend, heat, profile, calendar])
def test_a_picture_is_made_of_none_one_and_many(kind: object, count: int) -> None:
    made = pictures.png(kind(count))  # type: ignore[operator]
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", made[16:24])
    assert width == 1080
    assert 100 < height < 9000  # a face's limit is 10,000 for both sides together
    assert len(made) < (300_000 if count <= 8 else 700_000)


def test_the_same_figures_make_the_same_bytes() -> None:
    assert pictures.png(bars(5)) == pictures.png(bars(5))


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(TypeError):
        pictures.png("x")
    with pytest.raises(TypeError):
        pictures.beside("x")


def test_drawing_leaves_the_librarys_settings_alone() -> None:
    code = (
        "import sys, bot.reports.pictures as p; assert 'matplotlib' not in sys.modules;"
        "from bot.reports.pictures.bars import bars_data; from bot.reports.pictures.data import Heading;"
        "p.png(bars_data(Heading('試'), [{'label': '秘書室', 'n': 1, 'value': 3}]));"
        "import matplotlib; assert 'matplotlib.pyplot' not in sys.modules;"
        "assert matplotlib.rcParams['font.family'] == ['sans-serif']; assert 'notojp_matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_every_letter_of_documents_sheets_and_our_own_words_can_be_drawn() -> None:
    root = Path(__file__).parents[3]
    files = [
        *(root / "knowledge" / "documents").glob("*.txt"),
        *(root / "bot" / "texts").glob("*.py"),
        *(root / "rubrics").rglob("*.yaml"),
    ]
    assert len(files) > 15
    letters = set().union(*(set(file.read_text(encoding="utf-8")) for file in files))
    ideographs = {one for one in letters if "\u3000" <= one <= "\u9fff" or "\uf900" <= one <= "\uffef"}
    assert len(ideographs) > 900
    assert fonts.missing("".join(ideographs)) == set()
    common = {bytes([high, low]) for high in range(0xA4, 0xC7) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))}
    big5 = "".join(one.decode("big5", "ignore") for one in common)
    assert len(big5) > 5000
    assert fonts.missing(big5) == set()
    assert fonts.missing("好✅") == {"✅"}
    assert fonts.drawable("好✅") == "好"


def test_long_names_are_fitted_and_wrapped() -> None:
    name = LONG.format(12)
    assert fitted("秘書室", 14, 100) == "秘書室"
    short = fitted(name, 14, 150)
    assert width_of(short, 14) <= 150
    assert short.startswith("某")
    assert "…" in short
    assert short.endswith("行政課")
    assert "".join(wrapped(name, 14, 150)) == name
    assert wrapped("甲乙丙，丁（戊", 10, 30) == ["甲乙丙，", "丁（戊"]
    assert wrapped("甲乙（丙丁", 10, 30) == ["甲乙", "（丙丁"]


def test_a_press_brings_the_picture_with_its_table_below() -> None:
    world = build(clock=lambda: NOW)
    world.services.store.people.add("terminal:boss", "supervisor", "主管", by="t")
    person = talk(world.services, "boss")
    person.say("第二河川局去年各單位平均")
    person.press("圖")
    (reply,) = person.last
    (picture,) = reply.attachments
    assert (picture.kind, picture.name) == ("picture", f"平均分數_{RIVER}_112年.png")
    assert picture.caption == f"平均分數：{RIVER}"
    assert picture.data[:4] == b"\x89PNG"
    lines = plain(reply.text).splitlines()
    assert lines[0] == f"平均分數：{RIVER}"
    assert [line.split()[0] for line in lines[2:]] == ["工務課", "規劃課", "管理課", "秘書室"]
    assert all("█" in line for line in lines[2:])
