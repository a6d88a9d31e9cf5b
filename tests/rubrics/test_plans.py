"""The five plans against a table written by hand from the documents: every duty, review, deadline, reward and format.

The quotes are proved here with a comparison of the test's own, not with the linter's.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

import knowledge
import rubrics
from rubrics.plan_model import MERITS, Duty, Plan
from rubrics.plan_parts import DUTY_KINDS, RULE_KINDS
from rubrics.plans import BUILT_IN, PlanSet, check_plan, load_plans

DOCUMENTS = {p.name: p.read_text(encoding="utf-8") for p in (Path(knowledge.__file__).parent / "documents").iterdir()}
SHEETS = {p.stem for p in Path(rubrics.__file__).parent.glob("*.yaml")}
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−～~─－", "-") | {"臺": "台"})

# plan: section, id, kind, times, months / months of the year / due, each, counted by a sheet
OBLIGATIONS = {
    "mines-2011": [
        ("duties", "phone-test", "interval", 1, 4, "unit", True),
        ("duties", "improvement-report", "after", 1, 1, "unit", False),
        ("duties", "website-search", "standing", 1, None, "office", False),
        ("reviews", "self-review", "year", 2, None, "unit", True),
        ("reports", "annual-report", "deadline", 1, date(2012, 1, 10), "office", False),
    ],
    "commerce-2017": [
        ("duties", "annual-plan", "deadline", 1, date(2017, 1, 31), "office", False),
        ("reviews", "self-review", "interval", 1, 6, "office", False),
        ("reports", "annual-report", "deadline", 1, date(2018, 1, 15), "office", False),
    ],
    "wra-2016": [
        ("duties", "phone-test", "interval", 1, 3, "unit", True),
        ("duties", "next-plan", "year", 1, None, "unit", False),
        ("duties", "website-search", "standing", 1, None, "office", False),
        ("reviews", "self-review", "interval", 1, 6, "unit", True),
        ("reports", "unit-report", "deadline", 1, date(2016, 12, 31), "unit", False),
        ("reports", "ministry-report", "deadline", 1, date(2017, 1, 15), "office", False),
    ],
    "hsinchu-2018": [
        ("duties", "annual-plan", "standing", 1, None, "unit", False),
        ("duties", "phone-test", "standing", 1, None, "unit", True),
    ],
    "wra2-2013": [
        ("duties", "environment-check", "interval", 1, 3, "office", False),
        ("duties", "duty-roster", "standing", 1, None, "office", False),
        ("duties", "phone-test", "year", 2, None, "unit", True),
        ("duties", "staff-training", "year", 1, None, "office", False),
        ("duties", "media", "year", 2, None, "office", False),
        ("duties", "face-to-face", "year", 10, None, "office", False),
        ("duties", "social-resources", "year", 1, None, "office", False),
        ("duties", "survey", "year", 1, None, "office", False),
        ("duties", "opinions", "year", 1, None, "office", False),
        ("duties", "petitions", "interval", 1, 1, "office", False),
        ("duties", "website-search", "standing", 1, None, "office", False),
        ("duties", "experts", "year", 1, None, "office", False),
        ("reviews", "self-review", "months", 1, (6, 12), "unit", False),
        ("reports", "annual-report", "deadline", 1, date(2014, 1, 4), "office", False),
    ],
}

# words that must stand in the row's quote: the number or the date itself, as the document writes it
WORDS = {
    ("mines-2011", "phone-test"): "每4個月至少測試1次",
    ("mines-2011", "improvement-report"): "各單位應於1個月內",
    ("mines-2011", "website-search"): "至少提供主題、施政與服務等3種",
    ("mines-2011", "self-review"): "每年進行2次實地抽查",
    ("mines-2011", "annual-report"): "101年1月10日前",
    ("commerce-2017", "annual-plan"): "每年1月底前",
    ("commerce-2017", "self-review"): "上、下半各辦理1次",
    ("commerce-2017", "annual-report"): "次年1月15日前",
    ("wra-2016", "phone-test"): "每3個月至少測試1次",
    ("wra-2016", "next-plan"): "應於每年",
    ("wra-2016", "self-review"): "上、下半年度自行實施考核各1次",
    ("wra-2016", "unit-report"): "105年12月31日前",
    ("wra-2016", "ministry-report"): "106年1月15日前",
    ("hsinchu-2018", "phone-test"): "應以電話禮貌測試結果呈現績效",
    ("wra2-2013", "environment-check"): "每3個月檢視",
    ("wra2-2013", "duty-roster"): "每日設置專人輪值",
    ("wra2-2013", "phone-test"): "至少2次",
    ("wra2-2013", "staff-training"): "訓練至少1次",
    ("wra2-2013", "media"): "至少2次",
    ("wra2-2013", "face-to-face"): "面對面溝通至少10次",
    ("wra2-2013", "social-resources"): "施政宣導至少1次",
    ("wra2-2013", "survey"): "至少1次",
    ("wra2-2013", "opinions"): "至少1次",
    ("wra2-2013", "petitions"): "每月彙陳機關(單位)首長(主管)至少1次",
    ("wra2-2013", "experts"): "年度內至少1次",
    ("wra2-2013", "self-review"): "於6月、12月各進行考核1次",
    ("wra2-2013", "annual-report"): "103年1月4日前",
}

REWARDS = {
    "mines-2011": [("review-top", "rank"), ("gsq-award", "stage")],
    "commerce-2017": [("notable", "referral")],
    "wra-2016": [("self-review", "referral"), ("review-top", "rank"), ("gsq-award", "stage")],
    "hsinchu-2018": [("gs-award", "stage"), ("city-review", "referral")],
    "wra2-2013": [("review-top", "rank")],
}


def squeeze(text: str) -> str:
    text = re.sub(r"<[^>]*>", "", text)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(DASHES))


@pytest.fixture(scope="module")
def plans() -> PlanSet:
    return load_plans()


def measure(duty: Duty) -> object:
    return duty.due or duty.in_months or duty.months or None


def test_the_five_plans_load_clean() -> None:
    found = load_plans(documents=DOCUMENTS)
    assert found.problems == ()
    assert {p.id for p in found} == set(OBLIGATIONS)
    assert [check_plan(path, DOCUMENTS, SHEETS) for path in sorted(BUILT_IN.glob("*.yaml"))] == [()] * 5


@pytest.mark.parametrize("plan", OBLIGATIONS)
def test_every_obligation_of_the_document_is_a_row(plans: PlanSet, plan: str) -> None:
    found = plans.get(plan)
    rows = [
        (section, d.id, d.kind, d.times, measure(d), d.each, bool(d.counted_by))
        for section in ("duties", "reviews", "reports")
        for d in getattr(found, section)
    ]
    assert rows == OBLIGATIONS[plan]


@pytest.mark.parametrize("plan", OBLIGATIONS)
def test_every_row_has_a_clause_and_stands_in_its_document(plans: PlanSet, plan: str) -> None:
    found = plans.get(plan)
    source = squeeze(DOCUMENTS[found.document])
    rows = list(found.rows())
    expected = len(found.obligations) + len(found.rewards) + len(found.formats) + 1
    assert len(rows) >= expected
    for section, row, clause, quote in rows:
        assert quote, (section, row)
        assert squeeze(quote) in source, (section, row)
        assert clause, (section, row)
        for heading in clause.split(" › "):
            assert squeeze(heading) in source, (section, row, heading)


@pytest.mark.parametrize(("key", "words"), WORDS.items())
def test_the_quote_holds_the_number_or_date(plans: PlanSet, key: tuple[str, str], words: str) -> None:
    duty = next(d for d in plans.get(key[0]).obligations if d.id == key[1])
    assert squeeze(words) in squeeze(duty.quote)


@pytest.mark.parametrize("plan", REWARDS)
def test_every_reward_rule_is_a_row(plans: PlanSet, plan: str) -> None:
    assert [(r.id, r.kind) for r in plans.get(plan).rewards] == REWARDS[plan]


def group_members(plan: Plan) -> list[tuple[str, ...]]:
    return [g.members for g in plan.units.groups]


def test_who_is_bound(plans: PlanSet) -> None:
    assert group_members(plans.get("hsinchu-2018")) == [
        ("衛生局", "稅務局", "環保局", "消防局", "文化局"),
        ("東區區公所", "北區區公所", "香山區公所", "東區戶政事務所", "北區戶政事務所", "香山戶政事務所"),
        ("地政事務所", "殯葬管理所", "東區衛生所", "北區衛生所", "香山衛生所"),
        (),
    ]
    eight = ("規劃課", "工務課", "管理課", "資產課", "秘書室", "人事室", "會計室", "政風室")
    assert plans.get("wra2-2013").units.members == eight
    assert [e.name for e in plans.get("wra-2016").units.excluded] == ["水利規劃試驗所"]
    assert plans.get("commerce-2017").units.quote == "全體同仁"
    assert "業務單位及秘書室" in plans.get("mines-2011").units.quote


def test_years_offices_and_sheets(plans: PlanSet) -> None:
    assert {p.id: (p.year, p.office.name, p.document[:3], p.sheets) for p in plans} == {
        "mines-2011": (100, "經濟部礦務局", "000", ("mines-2011-sheet",)),
        "commerce-2017": (106, "經濟部商業司", "001", ()),
        "wra-2016": (105, "經濟部水利署", "002", ("wra-2016-sheet",)),
        "hsinchu-2018": (
            107,
            "新竹市政府",
            "003",
            ("hsinchu-2018-phone", "hsinchu-2018-overall", "hsinchu-2018-project"),
        ),
        "wra2-2013": (102, "經濟部水利署第二河川局", "004", ()),
    }


def test_the_reports_required_format(plans: PlanSet) -> None:
    for plan, until in (("mines-2011", date(2011, 12, 31)), ("wra-2016", date(2016, 12, 31))):
        paper = next(f for f in plans.get(plan).formats if f.id == "annual-report")
        assert (paper.font, paper.size, paper.line_height, paper.max_pages) == ("標楷體", 14, 21, 3)
        assert paper.data_until == until
        assert len(paper.headings) == 7
    assert next(f for f in plans.get("wra-2016").formats if f.file_format).file_format == "ODF"
    formats = {f.id: f.columns for f in plans.get("hsinchu-2018").formats}
    assert formats["overall-plan"][-2:] == ("完成期限", "承辦單位")
    assert formats["project-plan"][-3:] == ("推動作法", "完成期限", "承辦單位")


def test_an_unknown_plan_names_the_nearest(plans: PlanSet) -> None:
    with pytest.raises(rubrics.UnknownRubricError, match="wra-2016"):
        plans.get("wra-2061")


def test_the_grades_that_are_rewarded_are_the_sheets_own(plans: PlanSet) -> None:
    sheets = rubrics.load_folder(Path(rubrics.__file__).parent)
    for plan, expected in (("mines-2011", ["優", "甲"]), ("wra-2016", ["優"])):
        found = plans.get(plan)
        labels = {g.id: g.label for g in sheets.get(found.sheets[0]).grades}
        rewarded = [labels[g] for rule in found.rewards for g in rule.grades]
        assert rewarded == expected


def test_every_kind_and_key_is_described() -> None:
    text = (Path(__file__).parents[2] / "docs" / "plan-format.md").read_text(encoding="utf-8")
    keys = {key for path in BUILT_IN.glob("*.yaml") for key in re.findall(r"(?:^|[{ ,-])([a-z_]+): ", path.read_text())}
    for word in (*DUTY_KINDS, *RULE_KINDS, *MERITS, *keys):
        assert word in text, word
