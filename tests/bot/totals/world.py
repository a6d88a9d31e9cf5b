"""An installation of three offices with seeded, valid tests, and the same records as plain rows to count by hand.

Today is Wednesday 2024-05-15. 第二河川局 has six units (人事室 was never tested, 政風室 has two tests only), 礦務局
three, 新竹市政府 three in two groups. One test is corrected, one withdrawn, one repeated.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import rubrics
from bot.app import Services
from bot.demo import random_form
from bot.dialogue.session import Session
from bot.dialogue.turn import Turn
from bot.messages import Incoming
from bot.people import Person
from bot.recording import main_sections
from bot.rocdate import OFFSET
from bot.settings import Settings
from rubrics import Rubric
from storage import NewRecord, Record, open_store
from tests.support.shared import SharedServices

NOW = datetime(2024, 5, 15, 10, 30, tzinfo=OFFSET)
TODAY = NOW.date()
PHONE = "hsinchu-2018-phone"
SHEET = "wra-2016-sheet"
RIVER, MINES, CITY = "經濟部水利署第二河川局", "經濟部礦務局", "新竹市政府"
UNITS: dict[str, dict[str, tuple[str | None, float, int]]] = {  # unit -> (group, quality, tests a quarter)
    RIVER: {"工務課": (None, 0.55, 4), "規劃課": (None, 0.9, 4), "管理課": (None, 0.75, 3), "秘書室": (None, 0.8, 2),
            "人事室": (None, 0.8, 0), "政風室": (None, 0.7, 0)},
    MINES: {"秘書室": (None, 0.85, 3), "行政組": (None, 0.6, 2), "火藥組": (None, 0.7, 2)},
    CITY: {"衛生局": ("整體服務類第 1 組", 0.9, 2), "稅務局": ("整體服務類第 1 組", 0.5, 2),
           "東區區公所": ("整體服務類第 2 組", 0.8, 2)},
}  # fmt: skip
TESTERS = (("t1", "林小萍"), ("t2", "陳大文"), ("t3", "張美玉"))


@dataclass(frozen=True)
class World:
    services: Services

    @property
    def admin(self) -> Person:
        return Person("boss", "", "admin")

    def unit(self, office: str, unit: str = "") -> int:
        """The number of an office or unit."""
        root = next(one for one in self.services.store.units.offices() if one.name == office)
        if not unit:
            return root.id
        return next(one.id for one in self.services.store.units.children(root.id) if one.name == unit)

    def supervisor(self, office: str, unit: str = "") -> Person:
        """A supervisor of an office or of one unit."""
        return Person(f"s-{office}{unit}", "", "supervisor", self.unit(office, unit))

    def rows(self, rubric: str = PHONE, retests: bool = False) -> list[dict[str, Any]]:
        """Every record as a plain row, found without any of the statements under test: all revisions are read, the
        latest of each series is kept, withdrawn ones and (unless asked for) retests are left out."""
        from storage import RecordFilter

        latest: dict[int, Record] = {}
        for one in self.services.store.records.find(RecordFilter(rubric_id=rubric, latest_only=False)):
            if one.series not in latest or one.revision > latest[one.series].revision:
                latest[one.series] = one
        names = self.services.store.units.full_names()
        return [
            {"office": names[one.office_id], "unit": names[one.unit_id].split(" ")[-1], "day": one.called_at.date(),
             "hour": one.called_at.hour, "total": one.total, "tester": one.tester_name, "record": one}
            for one in latest.values()
            if not one.withdrawn and one.counted and (one.link_kind == "retest") == retests
        ]  # fmt: skip


def build(path: Path | None = None, clock: Callable[[], datetime] = lambda: NOW) -> World:
    """The installation, in memory unless a path is given."""
    numbers = iter(range(10**6))
    store = open_store(path, clock, lambda: f"{next(numbers):08x}")
    return fill(SharedServices(Settings(path or Path(":memory:")), store, clock, lambda: "id"))


def turn(world: World, words: str, person: Person | None = None) -> Turn:
    """These words, typed by this person (the administrator), as a conversation is given them."""
    return Turn(Incoming("terminal:x", "x", text=words), person or world.admin, Session(), world.services)


def fill(services: Services) -> World:
    """Records everything in a store that is empty."""
    world, store = World(services), services.store
    for office, units in UNITS.items():
        for unit, (group, _, _) in units.items():
            made = store.units.ensure(office, unit)
            if group:
                store.units.set_group(made.id, group)
    phone, sheet = services.rubrics.get(PHONE), services.rubrics.get(SHEET)
    store.records.import_many([*_phone(world, phone), *_sheets(world, sheet)])
    _exceptions(world, phone)
    return world


def _phone(world: World, rubric: Rubric) -> list[NewRecord]:
    rng = random.Random(113)
    made = []
    for office, units in UNITS.items():
        for unit, (_, quality, tests) in units.items():
            number = world.unit(office, unit)
            for quarter in range(10):  # 2022-01 to 2024-06, the last one until today
                first = date(2022 + quarter // 4, 3 * (quarter % 4) + 1, 1)
                for _ in range(tests):
                    day = first + timedelta(days=rng.randrange(44 if quarter == 9 else 89))
                    trend = 0.1 * (quarter - 5) / 10
                    made.append(phone_record(rubric, number, day, rng, quality + trend))
    lone = world.unit(RIVER, "政風室")
    made += [phone_record(rubric, lone, date(2024, 2, day), rng, 0.9) for day in (6, 20)]
    return made


def phone_record(rubric: Rubric, unit: int, day: date, rng: random.Random, quality: float) -> NewRecord:
    """One valid test with a reason at every item that lost all its points."""
    form = random_form(rubric, rng, quality)
    tester = rng.choice(TESTERS)
    called = datetime(day.year, day.month, day.day, rng.randrange(8, 18), rng.randrange(60), tzinfo=OFFSET)
    scored = rubrics.score(rubric, form)
    assert scored.total is not None
    reasons = {item: f"{item} 沒有做到" for item, points in scored.points.items() if not points and item in form}
    return NewRecord(
        rubric.id, "phone", rubric.content_hash, rubric.structure_hash, unit, tester[0], tester[1], called, form,
        scored.points, scored.total, scored.max, main_sections(rubric, scored), remarks={"reasons": reasons},
    )  # fmt: skip


def _sheets(world: World, rubric: Rubric) -> list[NewRecord]:
    rng = random.Random(7)
    made = []
    for at, unit in enumerate(("工務課", "規劃課", "管理課", "秘書室")):
        for year, half in ((2023, 1), (2023, 2), (2024, 1)):
            form = random_form(rubric, rng, 0.5 + at / 10)
            scored = rubrics.score(rubric, form)
            assert scored.total is not None
            grade = rubrics.grade(rubric, scored.total)
            called = datetime(year, 6 * half - 2, 20, 14, 0, tzinfo=OFFSET)
            made.append(
                NewRecord(rubric.id, "sheet", rubric.content_hash, rubric.structure_hash, world.unit(RIVER, unit), "t1",
                          "林小萍", called, form, scored.points, scored.total, scored.max,
                          main_sections(rubric, scored), grade=grade.id if grade else None,
                          kind="superior" if half == 2 else "self")
            )  # fmt: skip
    return made


def _exceptions(world: World, rubric: Rubric) -> None:
    """One test corrected, one withdrawn, one repeated: all of 工務課 in 2024."""
    from dataclasses import replace

    store, number = world.services.store, world.unit(RIVER, "工務課")
    rng = random.Random(99)
    best = phone_record(rubric, number, date(2024, 3, 5), rng, 1.0)
    kept = store.records.add(phone_record(rubric, number, date(2024, 3, 4), rng, 0.2))
    store.records.revise(kept.series, best, "抄錯了", "t1", 1)
    gone = store.records.add(best)
    store.records.withdraw(gone.series, "打錯單位", "t1")
    store.records.add(replace(best, called_at=NOW, linked_to=kept.series, link_kind="retest"))


def mean(rows: list[dict[str, Any]]) -> Decimal:
    """The plain mean of the totals."""
    return sum((row["total"] for row in rows), Decimal(0)) / len(rows)
