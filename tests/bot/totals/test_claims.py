"""Questions for figures go to the totals, questions for rules stay with the documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.dialogue.flows.totals import claims
from bot.people import Person, Role

from .world import MINES, World, build, turn

RULES = [
    "水利署多久要測一次電話禮貌？",
    "優等是幾分",
    "電話禮貌測試幾分以上算優良？",
    "二河局 102年 電話測試至少幾次",
    "第二河川局一年要測幾次電話",
    "總機沒報單位名稱扣幾分？",
    "考核等第優甲乙丙丁分別是幾分到幾分？",
    "商業司自行考核一年幾次",
    "礦務局電話禮貌測試打出來85分可以拿幾分",
    "電話禮貌測試的平均怎麼算",
    "總機接聽占幾分",
    "水利署的評分表總分是多少",
    "102年評分表滿分幾分",
    "評分表的成績怎麼算",
    "各單位評分表怎麼評",
    "各單位的評分表總分怎麼算",
    "秘書室",
    "今年",
    "謝謝",
    "平均",
    "今天天氣如何",
    "昨天誰贏",
    "最近股市怎樣",
    "語音系統 15 秒接起來幾分",
]
SHEETS_OF_ALL = ["各單位評分表總分", "各機關的評分表總分", "今年各課評分表分數"]  # 評分表 alone is a rule's word
FOLDER = Path(__file__).parents[2] / "questions"
# these ask for recorded figures, which no document has: 哪個局處分數最高
FIGURES_AMONG_THEM = {"H-265", "D-064", "F-121", "K-124"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = build()
    for office in ("經濟部水利署", "經濟部商業司"):
        made.services.store.units.ensure(office, "秘書室")
    yield made
    made.services.store.close()


@pytest.mark.parametrize("words", RULES)
def test_rules_stay_with_the_documents(world: World, words: str) -> None:
    assert not claims(turn(world, words))


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.jsonl")))
def test_labelled_questions_stay_with_the_documents(world: World, name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines if line.strip()]
    taken = {one["id"] for one in questions if claims(turn(world, one["question"]))}
    assert taken <= FIGURES_AMONG_THEM


def test_figures_are_claimed(world: World) -> None:
    entries = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8"))
    alone = {"我們課今年測了幾通"}  # the administrator has no unit of their own
    entries += [{"ask": words} for words in SHEETS_OF_ALL]
    missed = [one["ask"] for one in entries if one["ask"] not in alone and not claims(turn(world, one["ask"]))]
    assert missed == []


@pytest.mark.parametrize("role", ["staff", "tester"])
@pytest.mark.parametrize("place", [None, MINES], ids=["no unit", "another office"])
def test_figures_are_figures_whoever_asks(world: World, role: Role, place: str | None) -> None:
    person = Person("x", "", role, world.unit(place) if place else None)
    for words in ("工務課今年平均", "第二河川局今年電話禮貌平均", "各單位排名", "今年誰平均最高", "哪些單位沒過 80"):
        assert claims(turn(world, words, person)), words
    for words in [*RULES, "電話禮貌測試優良是幾分"]:
        assert not claims(turn(world, words, person)), words
