"""A person who only presses buttons finishes; every record's total is what the paper gives for the recorded answers."""

from __future__ import annotations

import random

import pytest

from bot.messages import MAX_BUTTON_BYTES, plain
from tests.bot.support import Clock, Talk, services, talk
from tests.support import phone_scorer as paper
from tests.support.button_user import Button, ButtonUser

MOST_CHARACTERS = 4096


def buttons_of(person: Talk) -> list[Button]:
    """What is on the screen, with the limits every face must be able to keep."""
    for reply in person.last:
        assert len(plain(reply.text)) <= MOST_CHARACTERS
        assert all(len(choice.id) <= MAX_BUTTON_BYTES and choice.label for choice in reply.buttons())
        assert len({choice.id for choice in reply.buttons()}) == len(reply.buttons())
    return [(choice.id, choice.label) for reply in person.last for choice in reply.buttons()]


def user(person: Talk, rng: random.Random, clock: Clock, start: str = "home:open:phone") -> ButtonUser:
    def press(button: str) -> list[Button]:
        clock.forward(seconds=rng.randint(1, 40))
        said = person.press_id(button)
        assert "出了問題" not in said
        return buttons_of(person)

    return ButtonUser(press, rng, start)


def test_fifty_random_telephone_tests_by_buttons_alone() -> None:
    clock = Clock()
    made = services(clock=clock, tester="tester")
    person = talk(made, "tester")
    someone = user(person, random.Random(20240520), clock)
    for _ in range(50):
        record = made.store.records.latest(someone.finish_one())
        assert record.total == paper.total(dict(record.form))
        assert record.called_at <= clock.now
        zeros = {name for name, points in record.points.items() if points == 0 and name in record.form}
        reasons = record.remarks.get("reasons", {})
        assert {name for name in zeros if name not in ("voice_system", "reply_by")} == set(reasons)
    assert made.store.drafts.open_for("terminal:tester") == []
    assert made.store.records.count() == 50


@pytest.mark.parametrize("sheet", ["mines-2011-sheet", "wra-2016-sheet"])
def test_a_sheet_of_a_thousand_points_by_buttons_alone(sheet: str) -> None:
    clock = Clock()
    made = services(clock=clock, tester="tester")
    someone = user(talk(made, "tester"), random.Random(7), clock, f"score:sheet:{sheet}")
    record = made.store.records.latest(someone.finish_one())
    given = [answer["points"] if isinstance(answer, dict) else answer for answer in record.form.values()]
    assert record.total == sum(given)
    assert record.period
    assert record.kind in ("self", "superior")
