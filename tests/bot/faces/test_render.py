"""Replies as Telegram calls: what is cut, where, and that the server's own parser accepts it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.faces.markup import Run, bare, clean, runs, to_html
from bot.faces.telegram.render import answer, payloads, split
from bot.messages import Attachment, Choice, Reply, rows
from tests.support.telegram_html import parse, utf16

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_the_subset_passes_and_all_else_is_characters() -> None:
    text = Markup("<b>優等</b>：{}\n<blockquote>第<i>一</i>條</blockquote>").format("<script>&'\"")
    assert runs(text) == [
        Run("優等", ("b",)),
        Run("：<script>&'\"\n"),
        Run("第", ("blockquote",)),
        Run("一", ("blockquote", "i")),
        Run("條", ("blockquote",)),
    ]
    assert to_html(runs(text)) == ("<b>優等</b>：&lt;script&gt;&amp;'\"\n<blockquote>第<i>一</i>條</blockquote>")


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("<b>開著", "<b>開著</b>"),
        ("沒開</b>", "沒開"),
        ("<b><i>錯</b>位</i>", "<b><i>錯</i></b><i>位</i>"),
        ("<u>不認得</u>", "&lt;u&gt;不認得&lt;/u&gt;"),
        ("a<br>b", "a\nb"),
    ],
)
def test_slips_of_ours_show_and_never_break(markup: str, html: str) -> None:
    assert to_html(runs(Markup(markup))) == html  # noqa: S704 - written above


def test_clean_takes_out_what_paints_screens_or_breaks_encodings() -> None:
    assert clean("a\x1b[31mb\r\nc\x00\td\ud83d") == "a[31mb\nc\td\ufffd"
    assert clean("\ud83d\ude00") == "😀"


def test_a_long_text_is_cut_between_sentences_with_its_tags_closed() -> None:
    sentence = "電話禮貌測試每四個月辦理一次。"  # 15 characters
    reply = Reply(Markup("<blockquote>{}</blockquote>").format(sentence * 400), choices=rows([Choice("a:b", "好")]))
    found = payloads(reply)
    assert [one["html"] for one in found] == [
        f"<blockquote>{sentence * 273}</blockquote>",  # 273 × 15 = 4,095
        f"<blockquote>{sentence * 127}</blockquote>",
    ]
    assert "keyboard" not in found[0]
    assert found[1]["keyboard"] == [[["a:b", "好"]]]


def test_surrogate_pairs_count_double_and_stay_whole() -> None:
    assert [utf16(bare(piece)) for piece in split([Run("a" + "😀" * 3000)], 4096)] == [4095, 1906]


@given(
    st.lists(st.tuples(st.text(max_size=40), st.sampled_from([(), ("b",), ("b", "i"), ("blockquote",)])), max_size=8)
)
def test_every_piece_is_accepted_and_nothing_but_white_space_is_lost(parts: list[tuple[str, tuple[str, ...]]]) -> None:
    source = runs(Markup("").join(_tagged(one, tags) for one, tags in parts))
    pieces = split(source, 20)
    for piece in pieces:
        shown = parse(to_html(piece))
        assert shown == bare(piece)
        assert 0 < utf16(shown.strip()) <= 20
    squeezed = "".join("".join(bare(piece).split()) for piece in pieces)
    assert squeezed == "".join(bare(source).split())


def _tagged(text: str, tags: tuple[str, ...]) -> Markup:
    found = Markup("{}").format(text)
    for tag in reversed(tags):
        found = Markup(f"<{tag}>") + found + Markup(f"</{tag}>")  # noqa: S704 - a tag of the list above
    return found


def test_buttons_are_laid_out_within_the_limits() -> None:
    reply = Reply(Markup("選"), choices=rows([Choice(f"x:{n}", f"{n}") for n in range(130)], 10))
    keyboard = payloads(reply)[0]["keyboard"]
    assert max(len(row) for row in keyboard) == 8
    assert sum(len(row) for row in keyboard) == 100
    assert keyboard[1] == [["x:8", "8"], ["x:9", "9"]]


def test_buttons_without_text_get_a_sentence_and_a_blank_label_its_id() -> None:
    found = payloads(Reply(Markup(" \n"), choices=rows([Choice("x:1", " ")])))
    assert found == [{"kind": "text", "html": "請選擇：", "keyboard": [[["x:1", "x:1"]]]}]


def test_in_place_changes_the_pressed_message_and_only_then() -> None:
    reply = Reply(Markup("下一題"), in_place=True)
    assert payloads(reply, 5) == [{"kind": "edit", "html": "下一題", "message": 5}]
    assert payloads(reply, None) == [{"kind": "text", "html": "下一題"}]


def test_pictures_stand_above_the_text_and_documents_below() -> None:
    reply = Reply(
        Markup("本期"),
        attachments=(
            Attachment("document", "表.csv", b"1", "統計 <表>"),
            Attachment("picture", "圖.png", PNG, "長" * 2000),
        ),
        in_place=True,
    )
    found = payloads(reply, 5)
    assert [one["kind"] for one in found] == ["photo", "text", "document"]
    assert utf16(found[0]["html"]) == 1024
    assert found[0]["html"].endswith("長…")
    assert found[2]["html"] == "統計 &lt;表&gt;"
    assert base64.b64decode(found[2]["data"]) == b"1"


def test_a_picture_too_large_or_too_long_for_a_photo_goes_as_a_document() -> None:
    wide = PNG[:16] + (9000).to_bytes(4, "big") + (2000).to_bytes(4, "big") + PNG[24:]
    heavy = PNG + bytes(10 * 1024 * 1024)
    kinds = [
        payloads(Reply(Markup(""), attachments=(Attachment("picture", "a.png", data),)))[0]["kind"]
        for data in (PNG, wide, heavy)
    ]
    assert kinds == ["photo", "document", "document"]


def test_the_notice_on_a_press_is_short() -> None:
    assert answer("q1", "字" * 300) == {"kind": "answer", "query": "q1", "text": "字" * 199 + "…"}
