"""The Telegram face over HTTP: an echo stands in for the assistant, everything else is the real thing."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from bot.faces import FaceError
from bot.faces.telegram import Core
from bot.messages import Attachment, Choice, Incoming, Reply, rows
from bot.rocdate import OFFSET
from bot.texts import faces as texts
from storage import Store, open_store
from tests.support.bot_api import BotApi, User
from tests.support.conversation import Service
from tests.support.telegram_html import utf16

NOW = datetime(2024, 5, 20, 10, 30, tzinfo=OFFSET)


@dataclass
class Echo:
    """Says what it heard, counts a button up in place, and obeys a few words."""

    heard: list[Incoming] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def commands(self) -> list[tuple[str, str]]:
        return [("help", "說明"), ("phone", "電話測試")]

    def handle(self, incoming: Incoming) -> list[Reply]:
        self.heard.append(incoming)
        if incoming.button:
            count = int(incoming.button.partition(":")[2]) + 1
            return [Reply(Markup("第 {} 次").format(count), rows([Choice(f"n:{count}", "再一次")]), in_place=True)]
        if incoming.text == "爆":
            raise RuntimeError("on purpose")
        if incoming.text == "長":
            return [Reply(Markup("<b>{}</b>").format("一二三四五六七八九。" * 1000), rows([Choice("n:0", "按我")]))]
        if incoming.text == "圖":
            picture = Attachment("picture", "圖.png", b"\x89PNG not really", "說明 <1>")
            return [Reply(Markup("上圖"), attachments=(picture, Attachment("document", "表.csv", b"a,b")))]
        if incoming.text == "鈕":
            return [Reply(Markup("請按"), rows([Choice("n:0", "按我")]))]
        if incoming.text == "同":
            return [Reply(Markup("請按"), rows([Choice("n:-1", "按我")]))]
        return [Reply(Markup("聽到<i>{}</i>").format(incoming.text))]


@dataclass
class Bench:
    server: BotApi
    core: Echo
    database: Path
    services: list[Service] = field(default_factory=list)

    def start(self) -> Service:
        self.services.append(Service(self.server, self.open))
        return self.services[-1]

    def open(self) -> tuple[Core, Store]:
        return self.core, self.store()

    def store(self) -> Store:
        return open_store(self.database, lambda: NOW, lambda: "id")

    def look(self, reading: Callable[[Store], object]) -> object:
        store = self.store()
        try:
            return reading(store)
        finally:
            store.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with BotApi() as server:
        found = Bench(server, Echo(), tmp_path / "kaoping.db")
        yield found
        for service in found.services:
            if service.error is None:
                service.stop()


@pytest.fixture
def user(bench: Bench) -> User:
    return bench.server.user(77)


def states(store: Store) -> list[str]:
    return [row["state"] for row in store.engine.rows("SELECT state FROM outbox ORDER BY id")]


def test_a_turn_there_and_back(bench: Bench, user: User) -> None:
    service = bench.start()
    user.say("優等 < 900 & 分")
    [reply] = user.wait_replies()
    assert (reply.text, reply.html) == ("聽到優等 < 900 & 分", "聽到<i>優等 &lt; 900 &amp; 分</i>")
    assert bench.core.heard == [Incoming("telegram:77", "77", "王小明", "優等 < 900 & 分")]
    assert service.said == ["已上線：@kaoping_test_bot。按 Ctrl-C 可停止，說到一半的話下次會接著處理。"]
    assert bench.server.commands == [
        {"command": "help", "description": "說明"},
        {"command": "phone", "description": "電話測試"},
    ]
    user.settled()
    assert bench.server.refused == []


def test_presses_edit_in_place_and_each_is_answered_once(bench: Bench, user: User) -> None:
    bench.start()
    user.say("鈕")
    [asked] = user.wait_replies()
    for count in (1, 2, 3):
        user.press("再一次" if count > 1 else "按我")
        [shown] = user.wait_replies()
        assert (shown.message_id, shown.text, shown.edited) == (asked.message_id, f"第 {count} 次", True)
    user.settled()
    assert set(bench.server.queries.values()) == {"answered"}
    assert bench.server.count("answerCallbackQuery") == 3
    assert bench.server.refused == []


def test_an_edit_that_changes_nothing_is_not_even_tried(bench: Bench, user: User) -> None:
    bench.start()
    user.say("鈕")
    [asked] = user.wait_replies()
    user.press_data("n:0", asked.message_id)
    user.press_data("n:0", asked.message_id)
    user.say("還在嗎")
    assert [one.text for one in user.wait_replies(2)] == ["第 1 次", "聽到還在嗎"]
    user.settled()
    assert bench.server.refused == []


def test_a_pressed_message_that_is_gone_is_answered_with_a_new_one(bench: Bench, user: User) -> None:
    bench.start()
    user.press_data("n:4", 999)
    [shown] = user.wait_replies()
    assert (shown.text, shown.edited) == ("第 5 次", False)


@pytest.mark.parametrize(
    ("method", "text", "kept"),
    [
        ("answerCallbackQuery", "Bad Request: query is too old and response timeout expired", ["sent", "sent", "sent"]),
        ("editMessageText", "Bad Request: message is not modified: specified new message", ["sent", "sent", "sent"]),
        ("editMessageText", "Bad Request: BUTTON_DATA_INVALID", ["sent", "sent", "failed"]),
    ],
)
def test_refusals_that_count_as_done(bench: Bench, user: User, method: str, text: str, kept: list[str]) -> None:
    service = bench.start()
    user.say("鈕")
    user.wait_replies()
    bench.server.fault(method, "status", value=400, text=text)
    user.press("按我")
    assert bench.server.wait_for(lambda: not bench.server.updates and bench.server.faults[0].times == 0)
    service.stop()
    assert bench.look(states) == kept


def test_formatting_that_telegram_does_not_understand_goes_out_plain(bench: Bench, user: User) -> None:
    bench.start()
    bench.server.fault("sendMessage", "status", value=400, text="Bad Request: can't parse entities: Unsupported")
    user.say("<優等>")
    [reply] = user.wait_replies()
    assert (reply.text, reply.html) == ("聽到<優等>", "聽到<優等>")
    assert "parse_mode" not in bench.server.calls[-1][1]


def test_long_texts_pictures_and_documents(bench: Bench, user: User) -> None:
    bench.start()
    user.say("長")
    found = user.wait_replies(3)
    assert [utf16(one.text) for one in found] == [4090, 4090, 1820]
    assert [len(one.flat()) for one in found] == [0, 0, 1]
    user.say("圖")
    picture, text, table = user.wait_replies(3)
    assert (picture.file, picture.data, picture.text) == ("圖.png", b"\x89PNG not really", "說明 <1>")
    assert text.text == "上圖"
    assert (table.file, table.data) == ("表.csv", b"a,b")
    assert bench.server.refused == []


def test_what_is_no_turn(bench: Bench, user: User) -> None:
    bench.start()
    user.edit("改了")
    user.message(
        sticker={
            "file_id": "x",
            "file_unique_id": "y",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    )
    user.message(pinned_message=None, new_chat_title="新名字")
    user.say("/start 電話-12")
    assert [one.text for one in user.wait_replies(2)] == [texts.ONLY_WORDS, "聽到/start 電話-12"]
    assert len(bench.core.heard) == 1


def test_a_group_is_answered_when_it_speaks_to_us(bench: Bench) -> None:
    bench.start()
    group = bench.server.user(77, chat=-100123)
    group.say("大家好")
    group.say("/help@other_bot")
    group.say("@Kaoping_Test_Bot 優等幾分")
    group.say("/help@kaoping_test_bot 電話")
    group.say("/start")
    assert [one.text for one in group.wait_replies(3)] == ["聽到優等幾分", "聽到/help 電話", "聽到/start"]
    assert {one.chat for one in bench.core.heard} == {"telegram:-100123"}


def test_an_update_delivered_twice_has_one_effect(bench: Bench, user: User) -> None:
    bench.start()
    number = user.say("一")
    user.wait_replies()
    user.settled()
    bench.server.push({"message": user._message(text="一")}, number)
    user.say("二")
    assert [one.text for one in user.wait_replies()] == ["聽到二"]
    assert [one.text for one in bench.core.heard] == ["一", "二"]


def test_unparsable_and_failing_updates_block_nobody(bench: Bench, user: User) -> None:
    bench.start()
    bench.server.push({"message": {"message_id": "not a number", "chat": 5, "date": "never"}})
    bench.server.push({"message": ["nonsense"]})
    bench.server.push({"callback_query": {"id": 7}})
    user.say("爆")
    user.say("好")
    assert [one.text for one in user.wait_replies(2)] == [texts.TROUBLE, "聽到好"]
    user.settled()
    bench.services[0].stop()
    assert bench.look(lambda store: store.engine.value("SELECT COUNT(*) FROM inbox WHERE state = 'poisoned'")) == 4
    assert bench.look(lambda store: len(store.inbox.pending())) == 0


def test_what_is_not_kept_is_not_confirmed(bench: Bench, user: User) -> None:
    """The update is confirmed only by the call after the commit: the row is there when the server forgets it."""
    bench.start()
    number = user.say("一")
    user.settled()
    kept = bench.look(
        lambda store: store.engine.value("SELECT count(*) FROM inbox WHERE update_id = :n", {"n": number})
    )
    assert kept == 1


def test_restart_goes_on_with_kept_updates_and_unsent_replies(bench: Bench, user: User) -> None:
    def leave(store: Store) -> None:
        raw = (
            '{"update_id": 5, "message": {"message_id": 1, "date": 1716172200, "text": "留下的", "chat": '
            '{"id": 77, "type": "private"}, "from": {"id": 77, "is_bot": false, "first_name": "王"}}}'
        )
        store.inbox.take(5, "telegram:77", raw)
        store.outbox.put("telegram:77", {"kind": "text", "html": "沒送完的"})
        store.outbox.put("terminal:x", {"kind": "text", "html": "別人的"})

    bench.look(leave)
    bench.start()
    assert [one.text for one in user.wait_replies(2)] == ["沒送完的", "聽到留下的"]


def test_what_was_on_its_way_when_the_program_ended_is_not_sent_on_a_guess(bench: Bench, user: User) -> None:
    """A message may have arrived; an edit shows nothing twice."""

    def leave(store: Store) -> None:
        for payload in ({"kind": "text", "html": "也許到了"}, {"kind": "text", "html": "還沒動"}):
            store.outbox.put("telegram:77", payload)
        store.outbox.postpone(1, NOW, "sending")

    bench.look(leave)
    bench.start()
    assert [one.text for one in user.wait_replies()] == ["還沒動"]
    bench.services[0].stop()
    assert bench.look(states) == ["unknown", "sent"]


def test_an_update_that_ends_the_program_each_time_is_put_aside(bench: Bench, user: User) -> None:
    def leave(store: Store) -> None:
        store.inbox.take(5, "telegram:77", '{"update_id": 5, "message": {"text": "致命"}}')
        for _ in range(5):
            store.inbox.begin(5)

    bench.look(leave)
    bench.start()
    assert [one.text for one in user.wait_replies()] == [texts.TROUBLE]
    assert bench.core.heard == []


def test_a_flooded_chat_waits_alone(bench: Bench, user: User) -> None:
    other = bench.server.user(78, "李小華")
    bench.start()
    bench.server.fault("sendMessage", "flood", chat=77, value=2)
    user.say("一")
    user.say("二")
    other.say("我呢")
    assert [one.text for one in other.wait_replies()] == ["聽到我呢"]
    assert user.unread() == []
    assert [one.text for one in user.wait_replies(2)] == ["聽到一", "聽到二"]
    assert bench.server.refused == []


def test_a_slow_chat_waits_alone(bench: Bench, user: User) -> None:
    other = bench.server.user(78, "李小華")
    bench.start()
    bench.server.fault("sendMessage", "hang", chat=77, value=2)
    user.say("一")
    user.wait_replies()
    other.say("我呢")
    other.wait_replies()
    user.say("二")
    assert [one.text for one in user.wait_replies()] == ["聽到二"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("status", ["聽到一"]),  # 502: tried once more
        ("status_after", ["聽到一", "聽到一"]),
        ("drop", ["聽到一"]),  # the line was cut: tried once more
    ],
)
def test_a_server_that_stumbles_once(bench: Bench, user: User, kind: str, expected: list[str]) -> None:
    bench.start()
    bench.server.fault("sendMessage", kind, value=502)
    user.say("一")
    assert [one.text for one in user.wait_replies(len(expected))] == expected


def test_refusals_close_the_row_and_the_next_message_goes_out(bench: Bench, user: User) -> None:
    bench.start()
    bench.server.fault("sendMessage", "status", value=400)
    user.say("一")
    user.say("二")
    assert [one.text for one in user.wait_replies()] == ["聽到二"]
    bench.server.chats[77].blocked = True
    user.say("三")
    assert bench.server.wait_for(lambda: bench.server.count("sendMessage") == 2)
    user.settled()
    bench.services[0].stop()
    assert bench.look(states) == ["failed", "sent", "unreachable"]


def test_outage_of_the_server_is_waited_out(bench: Bench, user: User) -> None:
    bench.server.fault("getMe", "status", value=502)
    bench.server.fault("getUpdates", "status", value=502)
    bench.server.fault("getUpdates", "drop")
    bench.start()
    user.say("一")
    assert [one.text for one in user.wait_replies()] == ["聽到一"]


def test_a_refused_token_ends_with_one_sentence(bench: Bench) -> None:
    bench.server.token = "1:other"  # noqa: S105 - opens nothing
    assert str(bench.start().wait_end()) == texts.BAD_TOKEN


def test_a_message_for_later_goes_out_when_its_time_has_come(bench: Bench, user: User) -> None:
    bench.start()
    bench.look(lambda store: store.outbox.put("telegram:77", {"kind": "text", "html": "到了"}, NOW))
    bench.look(lambda store: store.outbox.put("telegram:77", {"kind": "text", "html": "還沒"}, NOW.replace(year=2025)))
    assert [one.text for one in user.wait_replies()] == ["到了"]


def leave_rows(bench: Bench, at: datetime, first: int) -> None:
    """Four updates (handled, handled, put aside, handled), a message sent, and a reminder cancelled, at that moment."""
    store = open_store(bench.database, lambda: at, lambda: "id")
    store.inbox.take_many((number, "telegram:77", "{}") for number in range(first, first + 4))
    for number in (first, first + 1, first + 3):
        store.inbox.done(number)
    store.inbox.poison(first + 2, "unreadable")
    store.outbox.mark_sent(store.outbox.put("telegram:77", {"kind": "text", "html": "舊"}), 1)
    store.schedule.cancel(store.schedule.add(at, "telegram:77", "score.second_call", {"text": "舊"}))
    store.close()


def kept_rows(store: Store) -> list[tuple[int, ...]]:
    """The numbers of the updates, messages and reminders in the database."""
    tables = ("SELECT update_id FROM inbox", "SELECT id FROM outbox", "SELECT id FROM schedule")
    return [tuple(next(iter(dict(row).values())) for row in store.engine.rows(sql + " ORDER BY 1")) for sql in tables]


def waited_for(bench: Bench, wanted: list[tuple[int, ...]]) -> bool:
    """True once these rows are left; the database tells nobody, so it is looked at again and again."""
    end = time.monotonic() + 30
    while (found := bench.look(kept_rows)) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    return found == wanted


def test_old_rows_go_at_the_start_and_every_day(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.faces.telegram.face.CLEAR_OUT_SECONDS", 0.05)
    leave_rows(bench, NOW - timedelta(days=3, seconds=1), first=1)
    leave_rows(bench, NOW - timedelta(days=2, hours=23), first=11)
    bench.start()
    assert waited_for(bench, [(3, 11, 12, 13, 14), (2,), (2,)])
    leave_rows(bench, NOW - timedelta(days=30), first=5)
    assert waited_for(bench, [(3, 7, 11, 12, 13, 14), (2,), (2,)])


def test_an_update_that_comes_again_after_the_clearing_is_not_answered_twice(bench: Bench, user: User) -> None:
    leave_rows(bench, NOW - timedelta(days=1), first=500)
    leave_rows(bench, NOW - timedelta(days=9), first=7)
    bench.start()
    assert waited_for(bench, [(9, 500, 501, 502, 503), (1,), (1,)])
    for number in (500, 501, 503):
        bench.server.push({"message": user._message(text="又來")}, number)
    bench.server.push({"message": user._message(text="新的")}, 504)
    assert [one.text for one in user.wait_replies()] == ["聽到新的"]


def test_many_people_each_in_order(bench: Bench) -> None:
    people = [bench.server.user(number, f"測試{number}") for number in range(100, 110)]
    bench.start()
    for text, person in itertools.product("一二三四五", people):
        person.say(text)
    for person in people:
        assert [one.text for one in person.wait_replies(5)] == [f"聽到{text}" for text in "一二三四五"]


def test_a_second_copy_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.start()
    bench.server.fault("getUpdates", "status", times=1000, value=409)
    monkeypatch.setattr("bot.faces.telegram.intake.NEWCOMER_PATIENCE", 1.0)
    monkeypatch.setattr("bot.faces.telegram.intake.SETTLED_PATIENCE", 1.0)
    error = bench.services[0].wait_end()
    assert isinstance(error, FaceError)
    assert str(error) == texts.ANOTHER_COPY
