"""Invented records in a database of their own, so that a newcomer's questions have something to show.

Nothing here touches the real file: the path is the settings' demonstration path, every record's source is `demo`, and
the greeting of a chat on it says that all is invented. Running it again starts afresh.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import rubrics
from bot import rocdate
from bot.app import Services, build_services
from bot.recording import scored_fields
from bot.settings import Settings
from bot.texts import demo as texts
from rubrics import Criterion, Rubric
from storage.assessment import NewRecord

PHONE = "hsinchu-2018-phone"
OFFICE = "經濟部水利署第二河川局"
UNITS = ("規劃課", "工務課", "管理課", "資產課", "秘書室", "人事室", "會計室", "政風室")
SHEET_OFFICE = "經濟部水利署"
SHEET_UNITS = ("第一河川局", "第四河川局", "第三河川局", "北區水資源局", "中區水資源局")
TESTERS = (("demo-1", "林示範"), ("demo-2", "陳示範"), ("demo-3", "張示範"))
FOLLOW_UPS = (
    ("第三河川局", "服務台請備雙語標示", ""),
    ("北區水資源局", "網站常見問答請每季更新", "已排入每季第一週更新，本季完成。"),
    ("中區水資源局", "陳情案件請訂回復期限", ""),
)
TESTS_A_QUARTER = 2


def fill(settings: Settings) -> str:
    """Makes the demonstration database anew. Returns what to print."""
    settings = replace(settings, database=settings.demo_database, demo=True)
    for path in settings.database.parent.glob(f"{settings.database.name}*"):
        path.unlink()
    services = build_services(settings)
    try:
        with services.store.transaction():
            _people(services)
            tests = list(_phone_tests(services))
            sheets = list(_sheets(services))
            services.store.records.import_many([*tests, *sheets])
            _follow_ups(services)
    finally:
        services.store.close()
    return texts.FILLED.format(path=settings.database, tests=len(tests), sheets=len(sheets))


def random_form(rubric: Rubric, rng: random.Random, quality: float) -> dict[str, Any]:
    """A valid form of any sheet: `quality` (0 to 1) is how often the best answer is taken."""
    form: dict[str, Any] = {}
    while True:
        open_items = [leaf for leaf in rubrics.asked(rubric, form) if leaf.id not in form]
        if not open_items:
            return form
        form[open_items[0].id] = _answer(open_items[0], rng, quality)


def _answer(leaf: Criterion, rng: random.Random, quality: float) -> Any:
    good = rng.random() < quality
    if leaf.count and (good or rng.random() < 0.8 or not leaf.options):
        return {leaf.count.measures[0].id: rng.choice([2, 3, 4] if good else [4, 5, 6, 7])}
    if leaf.options:
        options = sorted(leaf.options, key=lambda option: -option.best)
        option = options[0] if good else rng.choice(options[: max(2, len(options) - 1)])
        if option.low is None or option.high is None:
            return option.id
        return {"option": option.id, "points": rng.randint(int(option.low), int(option.high))}
    if leaf.answer == "percentage":
        return rng.randint(80 if good else 60, 100 if good else 85)
    best = int(leaf.max)
    return rng.randint(max(1, best * (85 if good else 60) // 100), best)


def _people(services: Services) -> None:
    store = services.store
    for unit in UNITS:
        store.units.ensure(OFFICE, unit)
    for unit in SHEET_UNITS:
        store.units.ensure(SHEET_OFFICE, unit)
    for person, name in TESTERS:
        store.people.add(person, "tester", name, by="demo")


def _phone_tests(services: Services) -> Iterator[NewRecord]:
    rng = random.Random(107)  # noqa: S311 - invented figures, the same every time
    rubric = services.rubrics.get(PHONE)
    today = services.clock()
    skills = {unit: 0.62 + 0.045 * number for number, unit in enumerate(UNITS)}
    for quarter in _quarters(today.date()):
        for unit in UNITS:
            for _ in range(TESTS_A_QUARTER):
                when = _moment(quarter, rng)
                if when < today:
                    yield _record(services, rubric, (OFFICE, unit), when, rng, skills[unit])


def _sheets(services: Services) -> Iterator[NewRecord]:
    rng = random.Random(105)  # noqa: S311 - as above
    rubric = services.rubrics.get("wra-2016-sheet")
    year = services.clock().year - 1
    for number, unit in enumerate(SHEET_UNITS):
        when = datetime(year, 12, 5 + number, 10, 0, tzinfo=rocdate.OFFSET)
        record = _record(services, rubric, (SHEET_OFFICE, unit), when, rng, 0.95 - 0.12 * number)
        yield replace(record, kind="superior", period=f"{rocdate.roc_year(year)}")


def _follow_ups(services: Services) -> None:
    """One follow-up in each state, so that 「改善」 has something to show."""
    store, today = services.store, services.clock().date()
    for number, (unit, words, answer) in enumerate(FOLLOW_UPS):
        due = today + timedelta(days=20 * number - 10)
        where = store.units.ensure(SHEET_OFFICE, unit).id
        item = store.improvements.open(where, words, TESTERS[0][0], due)
        if answer:
            store.improvements.answer(item.id, answer, TESTERS[1][0])


def _quarters(today: date) -> list[date]:
    years = (today.year - 1, today.year)
    return [date(year, month, 1) for year in years for month in (1, 4, 7, 10) if date(year, month, 1) <= today]


def _moment(quarter: date, rng: random.Random) -> datetime:
    day = quarter + timedelta(days=rng.randrange(88))
    while day.weekday() > 4:
        day += timedelta(days=1)
    minute = rng.choice([0, 15, 30, 45])
    return datetime(day.year, day.month, day.day, rng.choice([9, 10, 11, 14, 15, 16]), minute, tzinfo=rocdate.OFFSET)


def _record(
    services: Services, rubric: Rubric, where: tuple[str, str], when: datetime, rng: random.Random, quality: float
) -> NewRecord:
    form = random_form(rubric, rng, quality)
    tester = rng.choice(TESTERS)
    return NewRecord(
        **scored_fields(rubrics.score(rubric, form)),
        unit_id=services.store.units.ensure(*where).id,
        tester_id=tester[0],
        tester_name=tester[1],
        called_at=when,
        form=form,
        source="demo",
    )
