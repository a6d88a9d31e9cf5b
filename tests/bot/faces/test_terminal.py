"""The terminal face: what numbers mean, how replies are laid out, files, pipes, and leaving."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from markupsafe import Markup
from prompt_toolkit import PromptSession
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.faces.terminal import pipe, run_terminal
from bot.faces.terminal.plain import shown
from bot.faces.terminal.screen import Screen
from bot.faces.terminal.session import Session
from bot.messages import Attachment, Choice, Incoming, Reply, rows
from bot.tables import cells
from bot.texts import faces as texts

CLAUSE = "（一）電話禮貌測試：每四個月至少辦理一次，由主管機關派員以民眾身分測試，並將結果公布。"


@dataclass
class Script:
    """Answers with what stands in the table, else with what it heard."""

    table: dict[str, list[Reply]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    def commands(self) -> list[tuple[str, str]]:
        return [("phone", "電話測試"), ("help", "說明")]

    def handle(self, incoming: Incoming) -> list[Reply]:
        self.heard.append(f"<{incoming.button}>" if incoming.button else incoming.text)
        if incoming.text == "爆":
            raise RuntimeError("on purpose")
        return self.table.get(incoming.text, [Reply(Markup("聽到：{}").format(self.heard[-1]))])


def asked(*labels: str) -> list[Reply]:
    return [Reply(Markup("幾聲？"), rows([Choice(f"c:{n}", label) for n, label in enumerate(labels, 1)], 2))]


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("2", "<c:2>"),
        ("２", "<c:2>"),
        (" 3 ", "<c:3>"),
        ("4", "4"),  # there is no fourth button
        ("0", "0"),
        ("=2", "2"),
        ("＝2", "2"),
        ("2分", "2分"),
        ("三聲", "三聲"),
    ],
)
def test_a_number_presses_only_a_button_that_is_there(line: str, heard: str) -> None:
    core = Script({"問": asked("一聲", "二聲", "三聲")})
    session = Session(core, "terminal:x", "x", None)
    session.turn("問")
    session.turn(line)
    assert core.heard == ["問", heard]


@pytest.mark.parametrize(
    ("labels", "keys"),
    [
        (["電話測試", "評分", "說明"], ["1", "2", "3"]),
        (["⏱ 開始響鈴", "1 聲", "2 聲", "上一題"], ["a", "1", "2", "b"]),
        (["10", "9", "8", "改選別項", "取消"], ["10", "9", "8", "a", "b"]),
        (["1. 是・3 分", "2. 否・0 分", "上一題", "？"], ["1", "2", "a", "b"]),
        (["3 聲", "3 秒", "13 秒"], ["3", "a", "b"]),
        (["8-10 分", "5-7 分"], ["1", "2"]),
    ],
)
def test_keys_follow_the_numbers_that_labels_carry(labels: list[str], keys: list[str]) -> None:
    core = Script({"問": [Reply(Markup("?"), rows([Choice(f"c:{n}", label) for n, label in enumerate(labels)]))]})
    session = Session(core, "terminal:x", "x", None)
    session.turn("問")
    assert [(key, one.label) for key, one in session.choices.items()] == list(zip(keys, labels, strict=True))


def test_a_typed_value_presses_the_button_of_that_value_or_is_typed() -> None:
    core = Script({"問": asked("⏱ 開始響鈴", "1 聲", "2 聲", "上一題")})
    session = Session(core, "terminal:x", "x", None)
    for line in ("問", "2", "問", "4", "問", "Ａ", "問", "b"):
        session.turn(line)
    assert core.heard[1::2] == ["<c:3>", "4", "<c:1>", "<c:4>"]


def test_buttons_of_an_earlier_turn_are_gone() -> None:
    core = Script({"問": asked("一聲")})
    session = Session(core, "terminal:x", "x", None)
    for line in ("問", "好", "1"):
        session.turn(line)
    assert core.heard == ["問", "好", "1"]


def test_layout_at_eighty_columns() -> None:
    reply = Reply(
        Markup("<b>每四個月一次。</b>\n<blockquote>{}\n第二行</blockquote>\n<i>礦務局 · 100 年</i>").format(CLAUSE),
        rows([Choice("a:1", "全文"), Choice("a:2", "其他機關"), Choice("a:3", "水利署 105 年" * 5)], 2),
    )
    session = Session(Script({"問": [reply]}), "terminal:x", "x", None)
    [block] = session.turn("問", 60)
    assert shown(block).split("\n") == [
        "每四個月一次。",
        "│ （一）電話禮貌測試：每四個月至少辦理一次，由主管機關派員以",
        "│ 民眾身分測試，並將結果公布。",
        "│ 第二行",
        "礦務局 · 100 年",
        "  [1] 全文  [2] 其他機關",
        "  [3] 水利署 105 年水利署 105 年水利署 105 年水利署 105 年水",
        "      利署 105 年",
    ]
    assert all(cells(line) <= 60 for line in shown(block).split("\n"))


def test_empty_lines_stay_where_they_were_written() -> None:
    reply = Reply(Markup("一\n\n二\n<blockquote>三</blockquote>\n\n四\n"))
    [block] = Session(Script({"問": [reply]}), "terminal:x", "x", None).turn("問")
    assert shown(block) == "一\n\n二\n│ 三\n\n四"


def test_rows_of_equal_length_stand_in_columns_and_numbers_are_not_doubled() -> None:
    labels = ["1. 五聲・7 分", "上一題", "跳到", "取消", "？"]
    choices = [Choice(f"a:{n}", label) for n, label in enumerate(labels)]
    reply = Reply(Markup("幾聲？"), (tuple(choices[:1]), tuple(choices[1:3]), tuple(choices[3:])))
    [block] = Session(Script({"問": [reply]}), "terminal:x", "x", None).turn("問", 60)
    assert shown(block) == "幾聲？\n  [1] 五聲・7 分\n  [a] 上一題  [b] 跳到\n  [c] 取消    [d] ？"


def test_buttons_are_numbered_through_all_replies_of_a_turn() -> None:
    core = Script({"問": asked("一聲", "二聲") + asked("三聲")})
    session = Session(core, "terminal:x", "x", None)
    assert [shown(block) for block in session.turn("問")] == [
        "幾聲？\n  [1] 一聲  [2] 二聲",
        "幾聲？\n  [3] 三聲",
    ]


def test_files_are_written_once_under_a_safe_name(tmp_path: Path) -> None:
    picture = Attachment("picture", "../圖:1.png", b"1", "本期")
    other = Attachment("document", "../圖:1.png", b"2")
    core = Script({"圖": [Reply(Markup("見圖"), attachments=(picture, other))]})
    session = Session(core, "terminal:x", "x", tmp_path / "files")
    for _ in range(2):
        assert [shown(block) for block in session.turn("圖")] == [
            f"本期\n檔案：{tmp_path / 'files' / '_圖_1.png'}",
            "見圖",
            f"檔案：{tmp_path / 'files' / '_圖_1-2.png'}",
        ]
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["_圖_1-2.png", "_圖_1.png"]


def test_a_pipe_is_one_turn_a_line_and_plain(tmp_path: Path) -> None:
    core = Script({"問": asked("一聲", "二聲")})
    out = io.StringIO()
    status = run_terminal(core, "terminal:x", "x", tmp_path, io.StringIO("\ufeff問\n\n2\r\n=8\n"), out)
    assert (status, out.getvalue()) == (0, "幾聲？\n  [1] 一聲  [2] 二聲\n\n聽到：<c:2>\n\n聽到：8\n\n")


def test_a_pipe_goes_on_after_a_fault_of_ours_and_says_so_at_the_end(tmp_path: Path) -> None:
    out = io.StringIO()
    status = run_terminal(Script(), "terminal:x", "x", tmp_path, io.StringIO("爆\n好\n"), out)
    assert (status, out.getvalue()) == (1, f"{texts.TROUBLE}\n\n聽到：好\n\n")


def test_a_transcript_shows_what_was_typed() -> None:
    assert pipe(Script({"問": asked("一聲")}), "terminal:x", "", ["問", "1"]) == (
        "你 › 問\n\n幾聲？\n  [1] 一聲\n\n你 › 1\n\n聽到：<c:1>\n"
    )


@pytest.mark.parametrize(
    ("keys", "heard"),
    [
        ("好\r\x04", ["/start", "好"]),  # Ctrl-D leaves
        ("\x03\x03", ["/start", "暫停"]),  # Ctrl-C pauses, a second one leaves
        ("\x03好\r\x03\x03", ["/start", "暫停", "好", "暫停"]),  # words in between: it pauses again
        ("\r  \r\x04", ["/start"]),
    ],
)
def test_the_screen_greets_pauses_and_leaves(keys: str, heard: list[str]) -> None:
    core = Script()
    out = io.StringIO()
    with create_pipe_input() as typed:
        typed.send_text(keys)
        prompt: PromptSession[str] = PromptSession(input=typed, output=DummyOutput())
        session = Session(core, "terminal:x", "x", None)
        assert Screen(session, prompt, Console(file=out, width=80)).run() == 0
    assert core.heard == heard
    assert out.getvalue().endswith(texts.GOODBYE + "\n")
    assert (texts.PAUSED in out.getvalue()) == ("\x03" in keys)
