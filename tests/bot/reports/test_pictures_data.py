"""What each kind of picture shows is what was counted: against plain Python over the same records, by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from bot.reports import pictures
from bot.reports.pictures.bars import MOST, Bars, bars_data, colour_of
from bot.reports.pictures.beside import beside, block_bar
from bot.reports.pictures.calendar import Calendar, Kept, Window, calendar_data
from bot.reports.pictures.canvas import BLUE, ORANGE, RED, SKY
from bot.reports.pictures.data import Band, Heading, short_labels, shown
from bot.reports.pictures.heat import Heat, heat_data, shade
from bot.reports.pictures.profile import Profile, profile_data
from bot.reports.pictures.trend import Trend, trend_data
from bot.totals.answer import Answer, ask
from tests.bot.totals.world import MINES, RIVER, SHEET, World, build

D = Decimal
BANDS = (Band("優良", D(90)), Band("良好", D(80)), Band("普通", D(70)))


@cache
def world() -> World:
    return build()


def answered(question: str, who: Any = None) -> tuple[Answer, Any]:
    found = ask(world().services, who or world().admin, question)
    assert found.reading, found.text
    return found, pictures.data_of(world().services, found)


def rows(first: date, last: date, **wanted: str) -> list[dict[str, Any]]:
    return [
        one
        for one in world().rows()
        if first <= one["day"] <= last and all(one[name] == value for name, value in wanted.items())
    ]


def mean(found: list[dict[str, Any]]) -> Decimal | None:
    if not found:
        return None
    return (sum(one["total"] for one in found) / len(found)).quantize(D("0.0001"), ROUND_HALF_UP)


YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def test_bars_show_each_units_mean_and_tests() -> None:
    _, data = answered("第二河川局去年各單位平均")
    assert isinstance(data, Bars)
    counted = {}
    for unit in ("工務課", "規劃課", "管理課", "秘書室"):
        found = rows(*YEAR, office=RIVER, unit=unit)
        counted[unit] = (mean(found), len(found))
    assert {bar.label: (bar.value, bar.n) for bar in data.bars} == counted
    assert [(band.label, band.from_) for band in data.bands] == [("優良", 90), ("良好", 80), ("普通", 70)]
    assert data.most == 100
    assert data.total == len(rows(*YEAR, office=RIVER))
    assert data.heading.title == f"平均分數：{RIVER}"
    assert data.heading.lines == ("112 年（112/01/01–112/12/31）", f"電話禮貌測試 {data.total} 通")


def test_the_trend_of_a_unit_stands_beside_its_offices_mean() -> None:
    _, data = answered("工務課去年逐季平均")
    assert isinstance(data, Trend)
    assert data.of == "工務課"
    assert data.office == f"{RIVER}平均"
    for number, point in enumerate(data.points):
        first = date(2023, 3 * number + 1, 1)
        last = date(2023 + (number == 3), (3 * number + 4 - 1) % 12 + 1, 1)
        inside = [one for one in rows(*YEAR, office=RIVER) if first <= one["day"] < last]
        mine = [one for one in inside if one["unit"] == "工務課"]
        assert (point.label, point.n) == (f"112 年第 {number + 1} 季", len(mine))
        assert (point.value, point.office) == (mean(mine), mean(inside))
    assert len(data.points) == 4


def test_a_person_of_one_unit_never_sees_the_offices_line() -> None:
    _, data = answered("去年逐季平均", world().supervisor(RIVER, "工務課"))
    assert isinstance(data, Trend)
    assert data.office == ""
    assert all(point.office is None for point in data.points)


def test_months_without_tests_are_gaps_and_the_future_is_not_drawn() -> None:
    _, data = answered("政風室今年逐月平均")
    assert isinstance(data, Trend)
    assert [point.label for point in data.points] == [f"113 年 {month} 月" for month in range(1, 6)]
    assert [point.n for point in data.points] == [0, 2, 0, 0, 0]
    assert [point.value is None for point in data.points] == [True, False, True, True, True]


def test_the_maps_earned_and_possible_points_are_those_of_the_records() -> None:
    from bot.reports.pictures.shares import parts, share_rows
    from bot.totals.counting import Counter as Counts

    found, data = answered("第二河川局去年各大項平均")
    assert isinstance(data, Heat)
    rubric = world().services.rubrics.get("hsinchu-2018-phone")
    assert sum(part.most for part in parts(rubric)) == 100
    assert found.reading
    made = share_rows(Counts(world().services, found.tree, found.reading), rubric)
    for unit in ("工務課", "規劃課", "管理課", "秘書室"):
        records = rows(*YEAR, office=RIVER, unit=unit)
        mine = [row for row in made if row["label"] == unit]
        assert {row["n"] for row in mine} == {len(records)}
        earned = sum((row["value"] or D(0)) * row["n"] for row in mine)
        assert abs(earned - sum(one["total"] for one in records)) < D("0.0001")
        possible = sum(row["possible"] * row["n"] for row in mine)
        assert abs(possible - sum(one["record"].max for one in records)) < D("0.0001")
    assert [line.label for line in data.lines] == ["工務課", "規劃課", "管理課", "秘書室"]
    assert all(0 <= share <= 100 for line in data.lines for share in line.shares if share is not None)


def test_the_profile_shows_the_subtotals_of_the_sheets() -> None:
    _, data = answered("工務課 112 年考核各項小計")
    assert isinstance(data, Profile)
    sheets = [one for one in world().rows(SHEET) if one["unit"] == "工務課" and one["day"].year == 2023]
    assert len(sheets) == 2
    assert data.total == mean(sheets)
    assert data.most == 1000
    sections: Counter[str] = Counter()
    for one in sheets:
        for name, points in one["record"].sections.items():
            sections[name] += points
    columns = world().services.rubrics.get(SHEET).statistics
    assert columns
    expected = sorted((sections[column.node] / 2).quantize(D("0.0001")) for column in columns.columns)
    assert sorted(part.points.quantize(D("0.0001")) for part in data.parts) == expected
    assert sum(part.points for part in data.parts) == data.total
    assert all(part.mean is not None for part in data.parts)


def test_an_office_is_not_held_against_itself() -> None:
    _, data = answered("第二河川局 112 年考核各項小計")
    assert isinstance(data, Profile)
    assert data.total is not None
    assert all(part.mean is None for part in data.parts)


def test_the_progress_of_the_duties_says_whose_year_it_is() -> None:
    _, data = answered("第二河川局應辦事項")
    assert isinstance(data, Profile)
    assert any("102年度提升服務品質執行計畫（113 年沒有計畫" in line for line in data.heading.lines)


def test_the_calendar_counts_each_month_and_each_part_of_the_year() -> None:
    _, data = answered("礦務局去年應測幾通")
    assert isinstance(data, Calendar)
    assert data.months == tuple((2023, month) for month in range(1, 13))
    by_unit = {row.label: row for row in data.rows}
    for unit in ("秘書室", "行政組", "火藥組"):
        found = Counter(one["day"].month for one in rows(*YEAR, office=MINES, unit=unit))
        assert by_unit[unit].counts == tuple(found[month] for month in range(1, 13))
        for span in by_unit[unit].spans:  # the office's plan asks for one test every four months
            assert span.last - span.first == 3
            done = sum(found[month + 1] for month in range(span.first, span.last + 1))
            assert span.missing == max(0, 1 - done)
            assert span.state == ("done" if done else "overdue")
    assert sum(len(row.spans) for row in data.rows) >= 9


def test_one_figure_is_drawn_as_its_course() -> None:
    _, data = answered("工務課去年平均")
    assert isinstance(data, Trend)
    assert sum(point.n for point in data.points) == len(rows(*YEAR, office=RIVER, unit="工務課"))


def test_every_kind_of_answer_has_a_picture_or_says_it_has_none() -> None:
    kinds = {
        "去年最常被扣哪一題": Bars,
        "去年等第比例": Bars,
        "第二河川局排名": Bars,
        "各單位去年跟前年比": Bars,
        "去年各時段平均": Bars,
        "各組去年平均": Bars,
        "第二河川局去年考核總分": Bars,
        "哪些單位今年還沒測": Calendar,
        "工務課去年各大項平均": Profile,
        "第二河川局應辦事項": Profile,
    }
    for question, kind in kinds.items():
        found, data = answered(question)
        assert isinstance(data, kind), question
        assert pictures.can_draw(found)
    nothing, data = answered("人事室去年平均")
    assert data is None
    assert not pictures.can_draw(nothing)


def test_bars_by_hand() -> None:
    units = [("甲局 一課", 5, 100), ("甲局 二課", 4, D("89.995")), ("甲局 三課", 2, 75), ("甲局 四課", 3, 69.9)]
    given = [{"label": label, "n": n, "value": value} for label, n, value in units]
    given.append({"label": "甲局 五課", "n": 0, "value": None})
    data = bars_data(Heading("x"), given, BANDS, 100)
    assert [bar.label for bar in data.bars] == ["一課", "二課", "三課", "四課", "五課"]
    assert [colour_of(data, bar) for bar in data.bars] == [BLUE, SKY, ORANGE, RED, BLUE]
    assert [bar.few for bar in data.bars] == [False, False, True, False, False]
    assert beside(data).splitlines() == [
        "        分  通",
        "一課   100   5",
        "二課    90   4",
        "三課    75   2",
        "四課  69.9   3",
        "五課    －   0",
    ]
    assert beside(data, blocks=True).splitlines()[1] == "一課   100   5  ████████████"


def test_of_many_bars_the_middle_is_left_out_and_counted() -> None:
    data = bars_data(Heading("x"), [{"label": str(at), "n": 1, "value": at} for at in range(100)])
    assert [bar.label for bar in data.bars] == [str(at) for at in (*range(20), *range(80, 100))]
    assert (len(data.bars), data.hidden, data.cut, data.total) == (MOST, 60, 20, 100)
    assert len(beside(data).splitlines()) == MOST + 2


def test_a_trend_by_hand() -> None:
    own = [{"label": "112 年", "n": 2, "value": 81}, {"label": "114 年", "n": 1, "value": 100}]
    office = [{"label": "112 年", "n": 9, "value": 77}, {"label": "113 年", "n": 9, "value": 92}]
    years = ("112 年", "113 年", "114 年")
    data = trend_data(Heading("x"), own, "一課", office, "甲局平均", BANDS, 100, every=years)
    assert [(p.value, p.office, p.n) for p in data.points] == [(81, 77, 2), (None, 92, 0), (100, None, 1)]
    assert (data.low, data.high) == (60, 100)
    assert [band.label for band in data.bands] == ["優良", "良好", "普通"]


def test_a_map_by_hand() -> None:
    given = [
        {"label": "甲局 一課", "n": 2, "section": "接聽", "value": 9, "max": 10},
        {"label": "甲局 一課", "n": 2, "section": "語音", "value": None, "possible": 0, "max": 15},
        {"label": "甲局 二課", "n": 1, "section": "接聽", "value": D("12.5"), "possible": 25, "max": 10},
        {"label": "甲局 二課", "n": 1, "section": "語音", "value": 15, "max": 15},
    ]
    data = heat_data(Heading("x"), given)
    assert [(line.label, line.shares) for line in data.lines] == [("一課", (90, None)), ("二課", (50, 100))]
    assert beside(data).splitlines() == [
        "%      A    B  筆數",
        "一課  90   －     2",
        "二課  50  100     1",
    ]
    assert [shade(D(share)) for share in (100, 99, 70, 40, 0)] == [0, 0, 4, 7, 7]


def test_a_profile_by_hand() -> None:
    given = [
        {"label": "服務", "value": 500, "max": 600},
        {"label": "　流程", "value": 250, "max": 280},
        {"label": "不計分", "value": 0, "max": 0},
    ]
    data = profile_data(Heading("x"), given, 856, 1000, "甲", {"流程": 200})
    assert [(p.label, p.points, p.most, p.depth, p.mean) for p in data.parts] == [
        ("服務", 500, 600, 0, None),
        ("流程", 250, 280, 1, 200),
    ]
    assert beside(data).splitlines()[-1] == "總分（甲）  856  1000"


def test_a_calendar_by_hand() -> None:
    quarter = Window(date(2024, 1, 1), date(2024, 3, 31), 2, 1, "overdue")
    unit = Kept("甲局 一課", (date(2024, 2, 3), date(2024, 5, 1), date(2025, 1, 1)), (quarter,))
    data = calendar_data(Heading("x"), [unit], date(2024, 1, 1), date(2024, 6, 30))
    assert [month for _, month in data.months] == [1, 2, 3, 4, 5, 6]
    (row,) = data.rows
    assert row.counts == (0, 1, 0, 0, 1, 0)
    assert [(span.first, span.last, span.missing, span.state) for span in row.spans] == [(0, 2, 1, "overdue")]
    assert beside(data).splitlines()[1].split() == ["一課", "2", "1", "1"]
    long = calendar_data(Heading("x"), [unit], date(2022, 1, 1), date(2024, 12, 31))
    assert long.months == tuple((2024, month) for month in range(1, 13))


def test_units_that_are_late_are_kept_in_a_calendar_of_many() -> None:
    late = Window(date(2024, 1, 1), date(2024, 3, 31), 1, 0, "overdue")
    units = [Kept(f"{at} 課", (), (late,) if at == 59 else ()) for at in range(60)]
    data = calendar_data(Heading("x"), units, date(2024, 1, 1), date(2024, 12, 31))
    assert data.hidden == 20
    assert data.rows[-1].label == "59 課"


def test_small_conversions() -> None:
    assert [shown(one) for one in (D("76.5"), D(9), D("88.125"), D("100.00"), None)] == [
        "76.5",
        "9",
        "88.13",
        "100",
        "－",
    ]
    assert short_labels(["甲局 一課", "甲局 二課"]) == ("一課", "二課")
    assert short_labels(["甲局 一課", "乙局 二課"]) == ("甲局 一課", "乙局 二課")
    assert [block_bar(D(one), D(100), 4) for one in (100, 50, 1, 0)] == ["████", "██", "", ""]
    assert block_bar(D(53), D(100), 4) == "██▏"
    assert block_bar(None, D(100)) == ""
