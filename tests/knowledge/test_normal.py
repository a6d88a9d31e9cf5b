"""The comparing forms, and near names."""

from __future__ import annotations

import pytest

from knowledge.fuzzy import best, likeness
from knowledge.normal import plain, sounds, squash, traditional, words


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("１５～２０分", "15-20分"),
        ("臺北市　政府", "台北市 政府"),
        ("㈠ＯＤＦ格式", "(一)odf格式"),
        ("  a\t\nb ", "a b"),
        ("", ""),
    ],
)
def test_plain(text: str, form: str) -> None:
    assert plain(text) == form


def test_squash_holds_quotes_against_their_source() -> None:
    assert squash("<p>民眾 對於\n機關</p>") == "民眾對於機關"
    assert squash("１５ — ２０") == "15-20"


def test_words_keep_numbers_whole() -> None:
    assert words("達 85%，計 15-20 分（乘以2.5）。") == "達 85% 計 15-20 分 乘以2.5"


def test_simplified_becomes_traditional() -> None:
    assert traditional("矿务局的优等是几分") == "礦務局的優等是幾分"


def test_sounds_ignore_tones_and_spelling() -> None:
    assert sounds("密書室") == sounds("秘書室")
    assert sounds("A1") == ("A", "1")


UNITS = ["東區區公所", "北區區公所", "香山區公所", "東區戶政事務所", "香山戶政事務所", "秘書室", "工務課", "環保局"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("香山區", "香山區公所"),
        ("秘書", "秘書室"),
        ("密書室", "秘書室"),
        ("工物課", "工務課"),
        ("東戶政", "東區戶政事務所"),
        ("戶政香山", "香山戶政事務所"),
        ("環境保護局", "環保局"),
    ],
)
def test_near_names(query: str, name: str) -> None:
    assert best(query, UNITS)[0][0] == name


def test_scores_are_bounded_and_the_same_name_is_sure() -> None:
    assert best("秘書室", UNITS, 1) == [("秘書室", 100.0)]
    assert best("xyz", UNITS) == []
    assert best("", UNITS) == []
    assert all(0 <= likeness(a, b) <= 100 for a in UNITS for b in ("公所", "🙂", "局", "a" * 300))
    assert likeness("臺北市政府", "台北市政府") == 100
