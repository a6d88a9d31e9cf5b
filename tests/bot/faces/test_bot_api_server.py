"""The test server refuses what Telegram refuses: otherwise a green test says nothing."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.bot_api import BotApi
from tests.support.telegram_html import ParseError, parse


def call(server: BotApi, method: str, **params: Any) -> tuple[int, Any]:
    values = {key: value if isinstance(value, str) else json.dumps(value) for key, value in params.items()}
    url = f"{server.root}/bot{server.token}/{method}"
    try:
        with urllib.request.urlopen(url, urllib.parse.urlencode(values).encode()) as answer:  # noqa: S310 - loopback
            return 200, json.load(answer)["result"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["description"]


@pytest.fixture
def server() -> Iterator[BotApi]:
    with BotApi() as found:
        found.user(77)
        yield found


def keyboard(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"callback_data": data, "text": text} for data, text in row] for row in rows]}


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "<br>", "parse_mode": "HTML"}, "can't parse entities: Unsupported start tag"),
        ({"text": "a", "chat_id": 5}, "chat not found"),
        ({"text": "a", "reply_markup": keyboard([("字" * 22, "a")])}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard([("", "a")])}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard([("a", "a")] * 9)}, "reply markup is too long"),
        ({"text": "a", "reply_markup": keyboard(*[[("a", "a")]] * 101)}, "reply markup is too long"),
        ({"text": "a", "reply_markup": keyboard([("a", " ")])}, "text buttons are unallowed"),
    ],
)
def test_refusals_are_counted(server: BotApi, params: dict[str, Any], sentence: str) -> None:
    code, text = call(server, "sendMessage", **{"chat_id": 77, **params})
    assert code == 400
    assert sentence in text
    assert [method for method, _, _ in server.refused] == ["sendMessage"]


def test_what_fits_exactly_is_taken(server: BotApi) -> None:
    text = f"<b>{'字' * 4096}</b> \n"
    buttons = keyboard(*[[("x" * 64, "a")] * 8] * 12)
    code, _ = call(server, "sendMessage", chat_id=77, text=text, parse_mode="HTML", reply_markup=buttons)
    assert (code, server.refused) == (200, [])


def test_edits(server: BotApi) -> None:
    _, sent = call(server, "sendMessage", chat_id=77, text="一")
    number = sent["message_id"]
    assert call(server, "editMessageText", chat_id=77, message_id=number, text="二")[0] == 200
    assert "not modified" in call(server, "editMessageText", chat_id=77, message_id=number, text="二")[1]
    assert "not found" in call(server, "editMessageText", chat_id=77, message_id=999, text="二")[1]


def test_a_press_is_answered_once(server: BotApi) -> None:
    query = server.next_query()
    assert call(server, "answerCallbackQuery", callback_query_id=query) == (200, True)
    assert "too old" in call(server, "answerCallbackQuery", callback_query_id=query)[1]
    assert "too old" in call(server, "answerCallbackQuery", callback_query_id="unknown")[1]


def test_updates_come_again_until_confirmed(server: BotApi) -> None:
    first, second = server.user(77).say("一"), server.user(77).say("二")
    for _ in range(2):
        assert [one["update_id"] for one in call(server, "getUpdates")[1]] == [first, second]
    assert [one["update_id"] for one in call(server, "getUpdates", offset=second)[1]] == [second]
    assert call(server, "getUpdates", offset=second + 1) == (200, [])
    assert server.updates == []


def test_a_blocked_bot_and_a_wrong_token(server: BotApi) -> None:
    server.chats[77].blocked = True
    assert call(server, "sendMessage", chat_id=77, text="a") == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{server.root}/bot1:wrong/getMe").close()  # noqa: S310 - loopback


@pytest.mark.parametrize(
    ("html", "text"), [("a&lt;b&#39;&amp;", "a<b'&"), ("<b>粗<i>斜</i></b>", "粗斜"), ("&copy;", "&copy;")]
)
def test_the_parser_reads(html: str, text: str) -> None:
    assert parse(html) == text


@pytest.mark.parametrize("html", ["<b>", "</b>", "<b><i></b></i>", "<u", "<table>x</table>", "a < b"])
def test_the_parser_refuses(html: str) -> None:
    with pytest.raises(ParseError):
        parse(html)
