"""A person who knows nothing but the buttons, on the real process, from an empty database (fifty: `make trial`)."""

from __future__ import annotations

from pathlib import Path

from tests.support import phone_scorer as paper
from tests.support.bot_api import BotApi
from tests.support.telegram_buttons import MENU, Thumb, finish, kaoping, records

ANSWERS = ("score:opt:", "score:num:", "score:pt:")


def test_a_few_random_tests_by_buttons_alone(tmp_path: Path) -> None:
    run = finish(tmp_path / "kaoping.db", count=6, seed=5)
    assert len(run["records"]) == 6


def test_nobody_answers_the_operator_twice_by_buttons_alone(tmp_path: Path) -> None:
    wanted = ["2. 沒有", "沒人接（隔 10 分鐘再打）・0 分", "第一次其實更早", "20 分鐘前", "仍無人接聽", "照選項所述"]
    with BotApi() as server:
        user = server.user(77)
        thumb = Thumb(user)
        with kaoping(tmp_path / "kaoping.db", server):
            buttons = thumb.press(MENU)
            while not any(one.startswith("records:open:") for one, _ in buttons):
                labels = [label for _, label in buttons]
                if wanted and wanted[0] in labels:
                    buttons = thumb.press(buttons[labels.index(wanted.pop(0))][0])
                else:
                    buttons = thumb.press(next((one for one, _ in buttons if one.startswith(ANSWERS)), buttons[0][0]))
        assert server.refused == []
        [second] = records(tmp_path / "kaoping.db", server)
        [first] = records(tmp_path / "kaoping.db", server, "--series", str(second["linked_to"]))
    assert wanted == []
    assert second["form"]["operator_answer"] == "no_answer_twice"
    assert second["total"] == float(paper.total(second["form"]))
    assert first["form"] == {}
    assert first["called_at"] < second["called_at"]
