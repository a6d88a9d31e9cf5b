"""What a conversation must not lose: drafts, memories, updates, messages, reminders."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from storage import Conflict, NotFound, Refused, Store
from tests.storage.making import NOON, Clock, new_record, open_test_store


def test_a_draft_is_saved_at_every_answer(store: Store, clock: Clock) -> None:
    unit = store.units.ensure("甲局", "一課").id
    draft = store.drafts.start("77", "terminal:a", "hsinchu-2018-phone")
    assert (draft.id, draft.version, draft.unit_id, draft.state) == ("d1", 1, None, {})
    clock.move(days=21)
    saved = store.drafts.save(draft.id, {"answers": {"voice_system": "no"}}, 1, unit_id=unit)
    assert (saved.version, saved.unit_id, saved.state) == (2, unit, {"answers": {"voice_system": "no"}})
    assert saved.updated_at - saved.created_at == timedelta(days=21)
    assert store.drafts.save(draft.id, {}, 2).unit_id == unit


def test_two_saves_on_the_same_view_are_a_conflict(store: Store) -> None:
    draft = store.drafts.start("77", "c", "x")
    store.drafts.save(draft.id, {"n": 1}, 1)
    with pytest.raises(Conflict):
        store.drafts.save(draft.id, {"n": 2}, 1)
    assert store.drafts.get(draft.id).state == {"n": 1}
    with pytest.raises(NotFound):
        store.drafts.save("other", {}, 1)
    with pytest.raises(Refused):
        store.drafts.save(draft.id, {"n": {1, 2}}, 2)


def test_drafts_are_told_apart_last_touched_first(store: Store, clock: Clock) -> None:
    for person, rubric in (("77", "a"), ("77", "b"), ("88", "a")):
        store.drafts.start(person, "c", rubric)
        clock.move(minutes=1)
    store.drafts.save("d1", {}, 1)
    assert [draft.id for draft in store.drafts.open_for("77")] == ["d1", "d2"]
    assert [draft.id for draft in store.drafts.open_for("77", "b")] == ["d2"]
    assert store.drafts.discard("d2")
    assert not store.drafts.discard("d2")
    assert [draft.id for draft in store.drafts.open_for("77")] == ["d1"]


def test_a_draft_sent_off_twice_is_one_record(store: Store) -> None:
    unit = store.units.ensure("甲局", "一課").id
    draft = store.drafts.start("77", "c", "hsinchu-2018-phone", unit)
    record = store.submit(draft.id, new_record(unit))
    with pytest.raises(NotFound, match="已經送出"):
        store.submit(draft.id, new_record(unit))
    assert store.records.find() == [record]


def test_a_record_that_is_refused_leaves_the_draft(store: Store) -> None:
    draft = store.drafts.start("77", "c", "hsinchu-2018-phone")
    with pytest.raises(NotFound):
        store.submit(draft.id, new_record(999))
    assert store.drafts.get(draft.id) == draft


def test_a_chat_remembers_json(store: Store) -> None:
    assert store.sessions.get("c") is None
    store.sessions.put("c", {"active": "score", "slots": {"score": {"字": [1, None]}}})
    store.sessions.put("c", {"active": "字"})
    assert store.sessions.get("c") == {"active": "字"}
    store.sessions.clear("c")
    assert store.sessions.get("c") is None
    with pytest.raises(Refused):
        store.sessions.put("c", {"a": object()})


def test_an_update_is_taken_once_and_handled_once(store: Store, clock: Clock) -> None:
    inbox = store.inbox
    assert inbox.take(12, "a", '{"n":12}')
    assert not inbox.take(12, "a", '{"n":12}')
    assert inbox.take_many([(11, "b", "{}"), (12, "a", "{}"), (13, "a", "{}")]) == 2
    assert [(item.update_id, item.chat, item.raw) for item in inbox.pending()] == [
        (11, "b", "{}"),
        (12, "a", '{"n":12}'),
        (13, "a", "{}"),
    ]
    assert [item.update_id for item in inbox.pending(limit=1)] == [11]
    assert inbox.done(12)
    assert not inbox.done(12)
    assert not inbox.take(12, "a", "{}")
    assert inbox.poison(13, "ValueError: x")
    aside = store.engine.tuples("SELECT raw, reason FROM inbox WHERE state = 'poisoned'")
    assert aside == [("{}", "ValueError: x")]
    assert [item.update_id for item in inbox.pending()] == [11]


def test_an_update_that_kills_each_time_can_be_counted(store: Store) -> None:
    store.inbox.take(1, "a", "{}")
    assert [store.inbox.begin(1) for _ in range(3)] == [1, 2, 3]
    store.inbox.poison(1, "三次")
    with pytest.raises(NotFound):
        store.inbox.begin(1)


def test_old_updates_go_and_the_highest_number_stays(store: Store, clock: Clock) -> None:
    for number in (1, 2, 3, 4):
        store.inbox.take(number, "a", "{}")
    store.inbox.poison(1, "x")
    store.inbox.done(2)
    store.inbox.done(4)
    clock.move(days=8)
    assert store.inbox.prune(clock.now - timedelta(days=7)) == 1
    assert store.engine.tuples("SELECT update_id, state FROM inbox ORDER BY 1") == [
        (1, "poisoned"),
        (3, "new"),
        (4, "done"),
    ]
    assert [item.update_id for item in store.inbox.pending()] == [3]


def test_an_update_taken_in_a_transaction_taken_back_is_not_there(store: Store) -> None:
    def take_then_fail() -> None:
        with store.transaction():
            store.inbox.take(1, "a", "{}")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_then_fail()
    assert store.inbox.pending() == []


def test_messages_keep_their_order_in_a_chat(store: Store, clock: Clock) -> None:
    outbox = store.outbox
    a1, b1 = outbox.put("a", {"text": "一"}), outbox.put("b", {"text": "二"})
    a2 = outbox.put("a", {"text": "三"})
    assert [(row.id, row.chat, row.payload) for row in outbox.pending()] == [
        (a1, "a", {"text": "一"}),
        (b1, "b", {"text": "二"}),
        (a2, "a", {"text": "三"}),
    ]
    assert [row.id for row in outbox.pending("a")] == [a1, a2]
    assert [row.id for row in outbox.due(clock.now)] == [a1, b1]
    assert outbox.postpone(a1, clock.now + timedelta(seconds=30), "RetryAfter")
    assert [row.id for row in outbox.due(clock.now)] == [b1]
    assert [row.id for row in outbox.due(clock.move(seconds=30))] == [a1, b1]
    assert outbox.mark_sent(a1, 501)
    assert [row.id for row in outbox.due(clock.now)] == [b1, a2]
    sent = outbox.get(a1)
    assert sent is not None
    assert (sent.state, sent.message_id, sent.attempts) == ("sent", 501, 2)


def test_a_message_is_settled_once_and_says_how(store: Store, clock: Clock) -> None:
    outbox = store.outbox
    first, second = outbox.put("a", {}), outbox.put("a", {})
    assert outbox.mark_failed(first, "BadRequest")
    assert outbox.mark_failed(second, "timed out", "unknown")
    assert not outbox.mark_sent(first)
    assert [(row.state, row.why) for row in map(outbox.get, (first, second)) if row] == [
        ("failed", "BadRequest"),
        ("unknown", "timed out"),
    ]
    third = outbox.put("a", {})
    clock.move(days=31)
    assert outbox.prune(clock.now - timedelta(days=30)) == 2
    assert [row.id for row in outbox.pending()] == [third]
    assert outbox.get(99) is None


def test_a_wait_survives_a_restart(tmp_path: Path) -> None:
    clock = Clock()
    store = open_test_store(tmp_path / "a.db", clock)
    wait = store.schedule.add(NOON + timedelta(minutes=10), "c", "score.second_call", {"draft": "d1"}, person="77")
    later = store.schedule.add(NOON + timedelta(days=1), "c", "digest")
    store.close()
    store = open_test_store(tmp_path / "a.db", clock)
    assert store.schedule.due(clock.move(minutes=9, seconds=59)) == []
    due = store.schedule.due(clock.move(seconds=1))
    assert [(one.id, one.kind, one.person, one.payload) for one in due] == [
        (wait, "score.second_call", "77", {"draft": "d1"})
    ]
    assert store.schedule.done(wait)
    assert not store.schedule.done(wait)
    assert store.schedule.due(clock.now) == []
    assert [one.id for one in store.schedule.waiting("c")] == [later]
    assert store.schedule.waiting(kind="score.second_call") == []
    assert store.schedule.cancel(later)
    assert store.schedule.waiting() == []
    clock.move(days=3)
    assert store.schedule.prune(clock.now) == 2
    store.close()
