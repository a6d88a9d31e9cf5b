"""A past plan becomes a new year's: dates and years move, the source's words stay and still stand in their document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import knowledge
from rubrics import BrokenRubricError, RubricError
from rubrics.plans import BUILT_IN, load_plan, renew

DOCUMENTS = {p.name: p.read_text(encoding="utf-8") for p in (Path(knowledge.__file__).parent / "documents").iterdir()}


def test_wra_2016_for_the_year_115(tmp_path: Path) -> None:
    path = renew(BUILT_IN / "wra-2016.yaml", 115, tmp_path)
    assert path == tmp_path / "wra-2026.yaml"
    old, new = load_plan(BUILT_IN / "wra-2016.yaml"), load_plan(path, DOCUMENTS)
    assert (new.id, new.year, new.title) == ("wra-2026", 115, "經濟部水利署115年度提升服務品質執行計畫")
    assert new.pattern is not None
    assert (new.pattern.plan, new.pattern.year) == ("wra-2016", 105)
    assert [d.due for d in new.reports] == [date(2026, 12, 31), date(2027, 1, 15)]
    assert new.reports[0].title == "提報 115 年度執行績效與成果（附錄2）"
    assert new.formats[0].data_until == date(2026, 12, 31)
    assert list(new.rows()) == list(old.rows())
    assert (new.document, new.sheets) == (old.document, old.sheets)


@pytest.mark.parametrize("name", ["mines-2011", "commerce-2017", "wra-2016", "hsinchu-2018", "wra2-2013"])
def test_every_plan_can_be_renewed_twice_and_names_its_source(tmp_path: Path, name: str) -> None:
    once = renew(BUILT_IN / f"{name}.yaml", 114, tmp_path)
    twice = load_plan(renew(once, 115, tmp_path), DOCUMENTS)
    assert twice.id == f"{name.rsplit('-', 1)[0]}-2026"
    assert twice.pattern is not None
    assert twice.pattern.plan == name
    first = load_plan(BUILT_IN / f"{name}.yaml")
    shift = 115 - first.year
    for old, new in zip(first.obligations, twice.obligations, strict=True):
        assert (old.due.year + shift if old.due else None) == (new.due.year if new.due else None)


def test_an_added_plan_without_a_year_in_its_id(tmp_path: Path) -> None:
    text = (BUILT_IN / "commerce-2017.yaml").read_text(encoding="utf-8").replace("id: commerce-2017", "id: ours")
    path = tmp_path / "ours.yaml"
    path.write_text(text.replace('"2017-01-31"', '"2016-02-29"'), encoding="utf-8")
    renewed = renew(path, 115, tmp_path)
    assert renewed.name == "ours-2026.yaml"
    assert 'due: "2025-02-28"' in renewed.read_text(encoding="utf-8")


def test_it_refuses_an_earlier_year_an_existing_file_and_a_broken_plan(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="晚於 105 年"):
        renew(BUILT_IN / "wra-2016.yaml", 105, tmp_path)
    renew(BUILT_IN / "wra-2016.yaml", 115, tmp_path)
    with pytest.raises(RubricError, match=r"wra-2026\.yaml"):
        renew(BUILT_IN / "wra-2016.yaml", 115, tmp_path)
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: a\nid: b\n", encoding="utf-8")
    with pytest.raises(BrokenRubricError):
        renew(broken, 115, tmp_path)
