"""The process is ended in the middle of its work, again and again: no turn is lost, none has two effects."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.texts import faces as texts
from storage import open_store
from tests.support.bot_api import TOKEN, BotApi

ROOT = Path(__file__).resolve().parents[3]
KILLS = 5
TURNS = 60


@contextmanager
def service(database: Path, server: BotApi) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.support.counting_service", str(database), server.root]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(20240520)
    database = tmp_path / "kaoping.db"
    with BotApi() as server:
        people = [server.user(number) for number in (77, 78, 79)]
        for turn in range(TURNS):
            people[turn % 3].say(f"話{turn // 3}")
        for _ in range(KILLS):
            with service(database, server) as process:
                target = server.count("sendMessage") + chance.randint(1, 8)
                assert server.wait_for(lambda target=target: server.count("sendMessage") >= target)  # type: ignore[misc]
                process.kill()
        with service(database, server) as process:
            for person in people:
                person.say("完")
            for person in people:
                last = f"{TURNS // 3 + 1}:完"
                assert server.wait_for(lambda p=person, t=last: any(one.text == t for one in p.screen()))  # type: ignore[misc]
                person.settled()
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=30)
            assert process.returncode == 0
            assert out.endswith(texts.STOPPED + "\n")
            assert TOKEN not in out + err
    wanted = [*(f"話{number}" for number in range(TURNS // 3)), "完"]
    store = open_store(database, lambda: None, lambda: "")  # type: ignore[arg-type, return-value]
    for person in people:
        assert store.sessions.get(f"telegram:{person.chat}") == {"taken": wanted}
        seen = [one.text for one in person.screen()]
        answers = [f"{number}:{word}" for number, word in enumerate(wanted, 1)]
        assert seen == [one for one in answers if one in seen]  # in order, and none twice
        assert len(answers) - len(seen) <= KILLS  # what was on its way at a kill is not sent on a guess
        assert seen[-1] == answers[-1]
    assert server.refused == []
    assert store.outbox.pending() == []
    store.close()


def test_a_second_copy_on_the_same_database_is_refused(tmp_path: Path) -> None:
    database = tmp_path / "kaoping.db"
    with BotApi() as server:
        user = server.user(77)
        with service(database, server):
            user.say("一")
            user.wait_replies()
            with service(database, server) as second:
                _, err = second.communicate(timeout=30)
                assert second.returncode == 1
                assert err == texts.ALREADY_RUNNING.format(database=database) + "\n"
            user.say("二")
            assert [one.text for one in user.wait_replies()] == ["2:二"]


def test_a_wrong_token_ends_with_one_sentence(tmp_path: Path) -> None:
    with BotApi(token="99:Other") as server, service(tmp_path / "kaoping.db", server) as process:  # noqa: S106 - opens nothing
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (1, "", texts.BAD_TOKEN + "\n")
