"""What was asked to be said later is said once, to its chat."""

from datetime import timedelta

from bot.reminders import take_due
from tests.bot.support import services, talk


def test_a_due_reminder_comes_with_the_next_turn_and_only_once() -> None:
    made = services(admin="admin")
    clock = made.clock
    due = clock() + timedelta(minutes=10)
    made.store.schedule.add(
        due, "terminal:admin", "x", {"text": "可以打第二次了", "buttons": [["home:open:help", "看"]]}
    )
    made.store.schedule.add(due, "telegram:5", "x", {"text": "別人的"})
    admin = talk(made)
    assert "第二次" not in admin.say("/start")
    clock.forward(minutes=10)  # type: ignore[attr-defined]  # the tests' clock
    said = admin.say("/start")
    assert said.startswith("可以打第二次了")
    assert "看" in admin.labels()
    assert "別人的" not in said
    assert "可以打" not in admin.say("/start")
    assert [chat for chat, _reply in take_due(made.store, clock(), channel="telegram")] == ["telegram:5"]
    assert take_due(made.store, clock(), channel="telegram") == []


def test_pausing_nothing_is_answered_kindly() -> None:
    assert "沒有進行中的填寫" in talk(services(admin="admin")).say("暫停")
