"""A Bot API server on loopback: real HTTP, Telegram's limits, redelivery of what was not confirmed, faults on order.

It runs in its own thread with its own event loop, so that plain tests can type and press while the application polls,
in the same process or in another one. Every call that Telegram would refuse is counted in `refused`.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.telegram_html import ParseError, parse, utf16

TOKEN = "123456789:AAFakeTokenForTestsOnly_abcdefghijk"  # noqa: S105 - opens nothing
BOT_ID = 123456789
USERNAME = "kaoping_test_bot"
WAIT = 30.0
Params = dict[str, Any]


class RefusalError(Exception):
    """A call answered with ok=false."""

    def __init__(self, code: int, text: str, parameters: Params | None = None) -> None:
        super().__init__(text)
        self.code, self.text, self.parameters = code, text, parameters or {}


@dataclass(frozen=True)
class Shown:
    """One message as the person sees it after a send or an edit."""

    message_id: int
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()  # rows of (callback data, label)
    edited: bool = False
    file: str = ""
    data: bytes = b""
    html: str = ""

    def flat(self) -> list[tuple[str, str]]:
        return [button for row in self.buttons for button in row]


@dataclass
class Fault:
    """`kind`: status (before), status_after, drop (before), drop_after, hang (accepted, no answer), flood."""

    method: str
    kind: str
    times: int = 1
    chat: int | None = None
    value: float = 500
    text: str = "Internal Server Error"


@dataclass
class Chat:
    messages: dict[int, Shown] = field(default_factory=dict)
    events: list[Shown] = field(default_factory=list)
    blocked: bool = False
    flooded_until: float = 0.0


class BotApi:
    """`with BotApi() as server:`; `server.root` is what KAOPING_TELEGRAM_API takes."""

    def __init__(self, token: str = TOKEN, clock: Callable[[], float] = time.monotonic) -> None:
        self.token = token
        self.clock = clock
        self.changed = threading.Condition()
        self.refused: list[tuple[str, Params, str]] = []
        self.calls: list[tuple[str, Params]] = []
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, str] = {}  # id -> waiting | answered | too old
        self.commands: list[Params] = []
        self.faults: list[Fault] = []
        self.updates: list[Params] = []
        self.delivered: list[int] = []
        self._last_update = 1000
        self._last_message = 0
        self._last_query = 0
        self._poll: asyncio.Future[None] | None = None
        self._news: asyncio.Event | None = None
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self.root = ""

    # --- life -------------------------------------------------------------------------------------------------------

    def __enter__(self) -> BotApi:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="bot-api", daemon=True)
        self._thread.start()
        assert self._ready.wait(WAIT)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(WAIT)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self._news = asyncio.Event()
        app = web.Application(client_max_size=80 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        await self._stopped.wait()
        self._news.set()
        await runner.cleanup()

    # --- people -----------------------------------------------------------------------------------------------------

    def user(self, number: int, name: str = "王小明", chat: int | None = None) -> User:
        with self.changed:
            self.chats.setdefault(chat if chat is not None else number, Chat())
        return User(self, number, name, chat if chat is not None else number)

    def push(self, content: Params, update_id: int | None = None) -> int:
        """Queues an update; the same id again is a second delivery."""
        with self.changed:
            if update_id is None:
                self._last_update += 1
                update_id = self._last_update
            self.updates.append({"update_id": update_id, **content})
            self.updates.sort(key=lambda one: one["update_id"])
        self._loop.call_soon_threadsafe(self._news.set)  # type: ignore[union-attr]
        return update_id

    def next_message(self) -> int:
        with self.changed:
            self._last_message += 1
            return self._last_message

    def next_query(self) -> str:
        with self.changed:
            self._last_query += 1
            query = f"q{self._last_query}"
            self.queries[query] = "waiting"
            return query

    # --- orders of a test -------------------------------------------------------------------------------------------

    def fault(self, method: str, kind: str, **more: Any) -> None:
        """Orders one: see Fault for `times`, `chat`, `value` (status code or seconds) and `text`."""
        with self.changed:
            self.faults.append(Fault(method, kind, **more))

    def flood(self, chat: int, seconds: float) -> None:
        with self.changed:
            self.chats[chat].flooded_until = self.clock() + seconds

    def wait_for(self, condition: Callable[[], bool], seconds: float = WAIT) -> bool:
        with self.changed:
            return self.changed.wait_for(condition, seconds)

    def count(self, method: str) -> int:
        with self.changed:
            return sum(1 for name, _ in self.calls if name == method)

    # --- HTTP -------------------------------------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _failure(RefusalError(401, "Unauthorized"))
        method = request.match_info["method"]
        params = await _params(request)
        fault = self._fault(method, params)
        if fault and fault.kind == "drop":
            return _drop(request)
        if fault and fault.kind == "status":
            return _failure(RefusalError(int(fault.value), fault.text))
        if fault and fault.kind == "flood":
            return _failure(_flood(fault.value))
        try:
            result = await self._call(method, params)
        except RefusalError as refusal:
            if refusal.code not in (409, 429) and method != "getUpdates":
                with self.changed:
                    self.refused.append((method, params, refusal.text))
            return _failure(refusal)
        finally:
            with self.changed:
                self.changed.notify_all()
        if fault and fault.kind == "drop_after":
            return _drop(request)
        if fault and fault.kind == "hang":
            await asyncio.sleep(fault.value)
        if fault and fault.kind == "status_after":
            return _failure(RefusalError(int(fault.value), fault.text))
        return web.json_response({"ok": True, "result": result})

    def _fault(self, method: str, params: Params) -> Fault | None:
        with self.changed:
            for one in self.faults:
                if one.times and one.method in (method, "*") and one.chat in (None, _chat_id(params)):
                    one.times -= 1
                    return one
        return None

    async def _call(self, method: str, params: Params) -> Any:
        if method == "getUpdates":
            return await self._get_updates(params)
        known = getattr(self, f"do_{method}", None)
        if known is None:
            raise RefusalError(404, "Not Found: method not found")
        with self.changed:
            self.calls.append((method, params))
            return known(params)

    async def _get_updates(self, params: Params) -> list[Params]:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)  # as Telegram: the newer call ends the older one
        mine = self._poll = asyncio.get_running_loop().create_future()
        offset = int(params.get("offset", 0))
        allowed = json.loads(params["allowed_updates"]) if "allowed_updates" in params else None
        deadline = time.monotonic() + float(params.get("timeout", 0))
        with self.changed:
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
            self.changed.notify_all()
        assert self._news is not None
        while not self._stopped.is_set():
            with self.changed:
                found = [one for one in self.updates if allowed is None or any(kind in one for kind in allowed)]
                found = found[: int(params.get("limit", 100))]
                self.delivered += [one["update_id"] for one in found]
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            await asyncio.wait({news, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if mine.done():
                raise RefusalError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return []

    # --- methods; each holds the lock -------------------------------------------------------------------------------

    def do_getMe(self, _: Params) -> Params:  # noqa: N802 - named as the Bot API names it
        return {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "考評助理",
            "username": USERNAME,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def do_deleteWebhook(self, params: Params) -> bool:  # noqa: N802 - as above
        if params.get("drop_pending_updates") == "true":
            self.updates.clear()
        return True

    def do_setMyCommands(self, params: Params) -> bool:  # noqa: N802 - as above
        commands = json.loads(params["commands"])
        for one in commands:
            name = one["command"]
            if not (1 <= len(name) <= 32 and all(char.islower() or char.isdigit() or char == "_" for char in name)):
                raise RefusalError(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(one["description"]) <= 256:
                raise RefusalError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = commands
        return True

    def do_sendMessage(self, params: Params) -> Params:  # noqa: N802 - as above
        number, chat = self._chat(params)
        return self._show(
            number, chat, Shown(self.next_message(), _text(params), _buttons(params), html=params["text"])
        )

    def do_editMessageText(self, params: Params) -> Params:  # noqa: N802 - as above
        number, chat = self._chat(params)
        old = self._own(chat, params)
        if old.file:
            raise RefusalError(400, "Bad Request: there is no text in the message to edit")
        new = Shown(old.message_id, _text(params), _buttons(params), edited=True, html=params["text"])
        if (new.html, new.buttons) == (old.html, old.buttons):
            raise RefusalError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message",
            )
        return self._show(number, chat, new)

    def do_editMessageReplyMarkup(self, params: Params) -> Params:  # noqa: N802 - as above
        number, chat = self._chat(params)
        old = self._own(chat, params)
        return self._show(
            number, chat, Shown(old.message_id, old.text, _buttons(params), True, old.file, html=old.html)
        )

    def do_deleteMessage(self, params: Params) -> bool:  # noqa: N802 - as above
        _, chat = self._chat(params)
        if chat.messages.pop(int(params["message_id"]), None) is None:
            raise RefusalError(400, "Bad Request: message to delete not found")
        return True

    def do_answerCallbackQuery(self, params: Params) -> bool:  # noqa: N802 - as above
        query = params.get("callback_query_id", "")
        if self.queries.get(query) != "waiting":
            raise RefusalError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if utf16(params.get("text", "")) > 200:
            raise RefusalError(400, "Bad Request: MESSAGE_TOO_LONG")
        self.queries[query] = "answered"
        return True

    def do_sendChatAction(self, params: Params) -> bool:  # noqa: N802 - as above
        self._chat(params)
        return True

    def do_sendPhoto(self, params: Params) -> Params:  # noqa: N802 - as above
        return self._file(params, "photo", 10 * 1024 * 1024)

    def do_sendDocument(self, params: Params) -> Params:  # noqa: N802 - as above
        return self._file(params, "document", 50 * 1024 * 1024)

    def _file(self, params: Params, kind: str, limit: int) -> Params:
        number, chat = self._chat(params)
        source = params.get(kind)
        name, data = params[source.removeprefix("attach://")] if isinstance(source, str) else source
        if not data:
            raise RefusalError(400, "Bad Request: file must be non-empty")
        if len(data) > limit:
            raise RefusalError(413, "Request Entity Too Large")
        caption = _parsed(params, "caption", 1024, "message caption is too long") if params.get("caption") else ""
        html = params.get("caption", "")
        return self._show(number, chat, Shown(self.next_message(), caption, _buttons(params), False, name, data, html))

    def _chat(self, params: Params) -> tuple[int, Chat]:
        number = _chat_id(params)
        chat = self.chats.get(number) if number is not None else None
        if number is None or chat is None:
            raise RefusalError(400, "Bad Request: chat not found")
        if chat.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")
        if (left := chat.flooded_until - self.clock()) > 0:
            raise _flood(max(1, round(left + 0.5)))
        return number, chat

    def _own(self, chat: Chat, params: Params) -> Shown:
        old = chat.messages.get(int(params["message_id"]))
        if old is None:
            raise RefusalError(400, "Bad Request: message to edit not found")
        return old

    def _show(self, number: int, chat: Chat, shown: Shown) -> Params:
        chat.messages[shown.message_id] = shown
        chat.events.append(shown)
        body: Params = {"caption": shown.text} if shown.file else {"text": shown.text}
        return {
            "message_id": shown.message_id,
            "date": 1716172200,
            "chat": _chat_object(number),
            "from": self.do_getMe({}),
            **body,
        }


class User:
    """A person in one chat: types, presses, and reads what comes."""

    def __init__(self, server: BotApi, number: int, name: str, chat: int) -> None:
        self.server = server
        self.number = number
        self.name = name
        self.chat = chat
        self._read = 0

    def say(self, text: str, **more: Any) -> int:
        return self.message(text=text, entities=_entities(text), **more)

    def message(self, **content: Any) -> int:
        """Any message: `sticker={...}`, `photo=[...]` and so on."""
        return self.server.push({"message": self._message(**content)})

    def edit(self, text: str) -> int:
        return self.server.push({"edited_message": {**self._message(text=text), "edit_date": 1716172300}})

    def press(self, which: str, shown: Shown | None = None) -> int:
        """Presses the button with this id or label: the newest one on screen, or the one of `shown`."""
        place, data = self._find(which, shown)
        return self.press_data(data, place)

    def press_data(self, data: str, message_id: int) -> int:
        """Presses a button that need not be on the screen any more."""
        query = {
            "id": self.server.next_query(),
            "from": self._user(),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message_id,
                "date": 1716172200,
                "chat": _chat_object(self.chat),
                "from": self.server.do_getMe({}),
                "text": "…",
            },
        }
        return self.server.push({"callback_query": query})

    def wait_replies(self, count: int = 1, seconds: float = WAIT) -> list[Shown]:
        """The next `count` messages or edits; fails when they do not come."""
        events = self.server.chats[self.chat].events
        arrived = self.server.wait_for(lambda: len(events) >= self._read + count, seconds)
        found = events[self._read : self._read + count]
        assert arrived, f"{count} replies expected, {len(found)} came: {[one.text for one in found]}"
        self._read += count
        return found

    def unread(self) -> list[Shown]:
        """What came beyond what was read, now."""
        with self.server.changed:
            found = self.server.chats[self.chat].events[self._read :]
            self._read += len(found)
        return found

    def settled(self, seconds: float = WAIT) -> None:
        """Waits until every update is confirmed and every press is answered."""
        waiting = self.server.queries
        done = self.server.wait_for(lambda: not self.server.updates and "waiting" not in waiting.values(), seconds)
        assert done, f"not confirmed: {self.server.updates}; queries: {waiting}"

    def screen(self) -> list[Shown]:
        with self.server.changed:
            return list(self.server.chats[self.chat].messages.values())

    def _find(self, which: str, shown: Shown | None) -> tuple[int, str]:
        places = [shown] if shown else list(reversed(self.screen()))
        for place in places:
            for data, label in place.flat():
                if which in (data, label):
                    return place.message_id, data
        labels = [label for place in places for _, label in place.flat()]
        raise AssertionError(f"no button {which!r}; on screen: {labels}")

    def _message(self, **content: Any) -> Params:
        return {
            "message_id": self.server.next_message(),
            "date": 1716172200,
            "chat": _chat_object(self.chat),
            "from": self._user(),
            **{key: value for key, value in content.items() if value not in (None, [])},
        }

    def _user(self) -> Params:
        return {"id": self.number, "is_bot": False, "first_name": self.name, "language_code": "zh-hant"}


async def _params(request: web.Request) -> Params:
    found: Params = dict(request.query)
    if request.content_type == "application/json":
        found |= await request.json()
        return found
    for name, value in (await request.post()).items():
        found[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
    return found


def _chat_id(params: Params) -> int | None:
    try:
        return int(params.get("chat_id", ""))
    except ValueError:
        return None


def _chat_object(number: int) -> Params:
    return (
        {"id": number, "type": "private", "first_name": "王小明"}
        if number > 0
        else {
            "id": number,
            "type": "supergroup",
            "title": "測試群組",
        }
    )


def _entities(text: str) -> list[Params]:
    """Commands at the beginning and mentions anywhere, with UTF-16 offsets."""
    found: list[Params] = []
    at = 0
    for word in text.split(" "):
        if word.startswith("/") and at == 0 and len(word) > 1:
            found.append({"type": "bot_command", "offset": 0, "length": utf16(word)})
        elif word.startswith("@") and len(word) > 1:
            found.append({"type": "mention", "offset": utf16(text[:at]), "length": utf16(word)})
        at += len(word) + 1
    return found


def _text(params: Params) -> str:
    text = _parsed(params, "text", 4096, "message is too long")
    if not text:
        raise RefusalError(400, "Bad Request: message text is empty")
    return text


def _parsed(params: Params, key: str, limit: int, too_long: str) -> str:
    text = params.get(key, "")
    mode = params.get("parse_mode", "")
    if mode not in ("", "HTML"):
        raise RefusalError(400, "Bad Request: unsupported parse_mode")
    try:
        text = (parse(text) if mode else text).strip()
    except ParseError as fault:
        raise RefusalError(400, f"Bad Request: can't parse entities: {fault}") from fault
    if utf16(text) > limit:
        raise RefusalError(400, f"Bad Request: {too_long}")
    return text


def _buttons(params: Params) -> tuple[tuple[tuple[str, str], ...], ...]:
    keyboard = json.loads(params["reply_markup"])["inline_keyboard"] if params.get("reply_markup") else []
    if sum(len(row) for row in keyboard) > 100 or any(len(row) > 8 for row in keyboard):
        raise RefusalError(400, "Bad Request: reply markup is too long")
    for button in (button for row in keyboard for button in row):
        if not button["text"].strip():
            raise RefusalError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
    return tuple(tuple((one["callback_data"], one["text"]) for one in row) for row in keyboard)


def _flood(seconds: float) -> RefusalError:
    whole = int(seconds)
    return RefusalError(429, f"Too Many Requests: retry after {whole}", {"retry_after": whole})


def _failure(refusal: RefusalError) -> web.Response:
    body: Params = {"ok": False, "error_code": refusal.code, "description": refusal.text}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


def _drop(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.close()
    return web.Response()
