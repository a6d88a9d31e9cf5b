"""A sheet that changes while a form on it is half filled: the person is told, and no answer means the old one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.settings import BUILT_IN_RUBRICS
from storage import Store
from tests.bot.support import Talk, services, talk

SHEET = Path(__file__).resolve().parents[2] / "rubrics" / "data" / "library-2025.yaml"
TOLD = "評分表改版過，先前的答案還合用的都留著，請從這裡接著填。"
ANSWERS = ("上級考核", "113 年", "87.5%", "滿意度 60%", "18")  # then: 有沒有網站


class House:
    """An installation with a sheet of its own that can be changed, and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: list[Store] = []
        shutil.copy(SHEET, folder)

    def start(self) -> Talk:
        made = services(self.folder / "kaoping.db", tester="supervisor")
        made = replace(made, settings=replace(made.settings, rubrics=(BUILT_IN_RUBRICS, self.folder)))
        made.store.units.ensure("市立圖書館", "總館")
        self._open.append(made.store)
        return talk(made, "tester")

    def change(self, old: str, new: str) -> Talk:
        """The sheet with other words, and the program started again."""
        path = self.folder / SHEET.name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.close()
        return self.start()

    def close(self) -> None:
        while self._open:
            self._open.pop().close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def filled(house: House, *answers: str) -> tuple[Talk, str]:
    """Somebody who has got that far, and what is on the screen."""
    person, said = house.start(), ""
    for one in ("評分 市立圖書館 總館", *answers):
        said = person.say(one)
    return person, said


SWAPPED = (
    "          - {id: yes, label: 有}\n          - {id: no, label: 沒有}\n",
    "          - {id: no, label: 沒有}\n          - {id: yes, label: 有}\n",
)


def test_a_button_of_the_old_sheet_answers_nothing(house: House) -> None:
    person, said = filled(house, *ANSWERS)
    assert "有沒有網站" in said
    old = next(one.id for reply in person.last for one in reply.buttons() if one.label.startswith("1. 有"))
    person = house.change(*SWAPPED)  # the first button now means 沒有
    said = person.press_id(old)
    assert said.startswith(TOLD)
    assert "有沒有網站" in said
    [draft] = person.assistant.services.store.drafts.open_for("terminal:tester")
    assert set(draft.state["answers"]) == {"on_time", "survey", "courtesy"}
    assert TOLD not in person.say("有")
    assert draft.id == person.assistant.services.store.drafts.open_for("terminal:tester")[0].id


@pytest.mark.parametrize("words", ["有", "續填", "繼續", "亂打一通"])
def test_typed_words_come_after_the_news(house: House, words: str) -> None:
    filled(house, *ANSWERS)
    person = house.change(*SWAPPED)
    assert person.say(words).startswith(TOLD)
    assert TOLD not in person.say("有")


def test_a_paused_form_taken_up_again(house: House) -> None:
    person, _ = filled(house, *ANSWERS, "有", "600 冊")
    person.say("暫停")
    person = house.change("- {points: 12.5, text: 達 60%, at_least: 60}", "- {points: 12, text: 達 60%, at_least: 60}")
    said = person.say("續填")
    assert said.startswith(TOLD)
    assert "版面" in said
    for words in ("普通", "9", "很慢"):
        said = person.say(words)
    assert TOLD not in said
    # 櫃檯 (43.75 + 12 + 18) × 0.4 = 29.5；線上 5 + 2 + 9 + 7.5 = 23.5
    assert "總分 53 / 100" in said


def test_an_answer_that_no_longer_fits_is_asked_again_without_its_reason(house: House) -> None:
    person, said = filled(house, *ANSWERS, "有", "600 冊", "不好讀")
    assert "請簡單說明原因" in said
    person = house.change("{id: poor, label: 不好讀, points: 0}", "{id: tiny, label: 看不清楚, points: 0}")
    said = person.say("字太小")
    assert said.startswith(TOLD)
    assert "版面" in said
    [draft] = person.assistant.services.store.drafts.open_for("terminal:tester")
    assert "design" not in draft.state["answers"]
    assert draft.state.get("reasons", {}) == {}


def test_who_is_asked_first_is_still_asked(house: House) -> None:
    filled(house)
    person = house.change(*SWAPPED)
    said = person.say("續填")
    assert said.startswith(TOLD)
    assert "自行考核" in said
    for words in ("上級考核", "113 年"):
        said = person.say(words)
    assert "準時開館率" in said


def test_nothing_is_sent_before_the_news(house: House) -> None:
    person, said = filled(house, *ANSWERS, "有", "600 冊", "普通", "9", "很慢")
    assert "總分" in said
    send = next(one.id for reply in person.last for one in reply.buttons() if one.label == "✅ 送出")
    person = house.change("{id: slow, label: 很慢, points: 7.5}", "{id: slow, label: 很慢, points: 5.5}")
    said = person.press_id(send)
    assert said.startswith(TOLD)
    records = person.assistant.services.store.records
    assert records.find() == []
    # 櫃檯 (43.75 + 12.5 + 18) × 0.4 = 29.7；線上 5 + 2 + 9 + 5.5 = 21.5
    assert "總分 51.2 / 100" in said
    person.press("✅ 送出")
    assert [record.total for record in records.find()] == [Decimal("51.2")]


def test_a_question_and_leaving_need_no_news_first(house: House) -> None:
    filled(house, *ANSWERS)
    person = house.change(*SWAPPED)
    assert TOLD not in person.say("電話禮貌測試幾分以上算優良？")
    assert TOLD not in person.say("暫停")
    assert person.say("續填").startswith(TOLD)
