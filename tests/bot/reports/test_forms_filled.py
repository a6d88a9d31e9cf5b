"""附表1 and the telephone scale, filled from one record and read back as bare XML."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.app import Services
from bot.exporting import OPERATOR, Request, make
from bot.settings import BUILT_IN_RUBRICS
from storage.records import RecordFilter
from tests.bot.reports.paper import BUREAU, MINES, WORKED, at, cells, document, full, paragraphs, recorded, squeezed
from tests.rubrics.test_outside_sheet import DATA, FORM


def phone(made: Services, form: dict[str, object] | None = None) -> bytes:
    record = recorded(
        made, "hsinchu-2018-phone", "新竹市政府", "衛生局", form or WORKED, "2018-05-20T10:05", phone="03-1"
    )
    [file] = make(made, OPERATOR, Request("phone", record=record.series))
    return file.data


def test_the_telephone_scale_has_its_points_beside_the_papers_lines() -> None:
    data = phone(at("2018-06-01T09:00"))
    rows = cells(data)
    assert rows[0] == ["測試結果", "內容（總分 100 分）", "細項配分", "分項得分"]
    by_line = {row[1]: row for row in rows}
    assert by_line["一、總機接聽：45 分"][2:] == ["45", "36.5"]
    assert by_line["(一) 電話語音系統接聽速度"] == ["不計分", "(一) 電話語音系統接聽速度", "15", ""]
    assert by_line["☑ 1、接話時, 首先清晰報明單位。"][2:] == ["3", "3"]
    [speed] = [row for row in rows if row[1].startswith("(二) 總機人員接聽速度")]
    assert (speed[0], speed[3]) == ("5 聲", "7×2.5＝17.5")
    [closing] = [row for row in rows if "讓來電先掛電話" in row[1]]
    assert closing[1].startswith("□ 2、結束時")
    assert closing[3] == "0"
    assert ["", "☑ （2）語調平淡，態度尚佳。", "(5-7)", ""] in rows
    assert ["", "□ （1）語調謙和、熱誠。", "(8-10)", ""] in rows
    [direct] = [row for row in rows if row[1].startswith("☑ 甲、業務承辦單位")]
    assert direct[2:] == ["15", "10"]
    assert rows[-1][1:] == ["總 得 分", "", "76.5"]
    words = paragraphs(data)
    assert "編號：1　　受測單位：新竹市政府 衛生局　　電話：03-1" in words
    assert "測試日期時間：107 年 5 月 20 日 10 時 05 分" in words
    assert "測試人員：王小明" in words


def test_every_item_of_the_scale_is_in_the_papers_words() -> None:
    rows = cells(phone(at("2018-06-01T09:00")))
    paper = document("003")
    boxes = 0
    for row in rows[1:-1]:
        line = row[1].split("（註")[0]
        boxes += line.count("☑") + line.count("□")
        for piece in line.replace("☑", "\n").replace("□", "\n").replace("（無電話", "\n無電話").split("\n"):
            said = squeezed(piece).rstrip("）")
            assert said.replace("（如無電話", "(如無電話") in paper or said.split("（")[0] in paper
    assert boxes == paper[paper.index("測試人員：") :].count('<inputtype="checkbox"/>') + 2  # and one at 甲, one at 乙


def test_what_was_not_tested_says_so_and_only_the_notes_that_bear_are_printed() -> None:
    form = {
        "voice_system": "yes",
        "voice_answer": "over_15s",
        "voice_message": "clear",
        "voice_operator_code": "first_no_wait",
        "voice_tone": "warm",
        "operator_answer": "no_answer_twice",
        "unit_reached": "unattended",
    }
    data = phone(at("2018-06-01T09:00"), form)
    rows = cells(data)
    assert ["", "☑ 超過 15 秒才獲得接聽服務。（原表未列）", "(0)", ""] in rows
    assert ["未測", "□ 1、接話時, 首先清晰報明單位。", "3", "0"] in rows
    notes = [words for words in paragraphs(data) if words.startswith("註 ")]
    assert [note[2] for note in notes] == ["1", "2", "3", "4"]
    assert "超過 15 秒才接聽，原文沒有這一列。" in notes[0]
    assert not any("先掛了電話" in note for note in notes)


def test_the_sheet_of_105_marks_the_band_and_fills_the_subtotals() -> None:
    made = at()
    form: dict[str, object] = {
        **full(made, "wra-2016-sheet", {"facilities": 8}),
        "phone_courtesy": {"band": "11-15", "points": 12},
    }
    remarks = {"strengths": "服務台動線清楚", "improvements": "=1+1", "reasons": {"phone_courtesy": "尖峰時段抽測"}}
    record = recorded(
        made, "wra-2016-sheet", BUREAU, "第一河川局", form, "2016-11-05T10:00", kind="superior", remarks=remarks
    )
    [file] = make(made, OPERATOR, Request("sheet", record=record.series))
    words = paragraphs(file.data)
    assert words[:6] == [
        "經濟部水利署105年度提升服務品質（本署）考核項目及評分表",
        f"編號：{record.series}　（上級考核）",
        "機關名稱：經濟部水利署 第一河川局",
        "總分 (滿分 1000 分)：984　等第：優",
        "考核人員：王小明",
        "考核日期：105 年 11 月 5 日",
    ]
    first = cells(file.data, 1)
    assert first[1] == ["評核項目", "評核指標", "次評核指標", "評分參考標準"]
    [image] = [cell for row in first for cell in row if cell.startswith("機關形象 (170分)")]
    assert image == "機關形象 (170分)\n* 小計：154"
    [facilities] = [row for row in first if row[0].startswith("2.服務設施合宜程度")]
    assert facilities[0].endswith("* 得分：17")
    assert [line[:9] for line in facilities[1].split("\n")] == ["□ 21-25 分", "☑ 16-20 分", "□ 1-15 分　"]
    [conduct] = [row[-1] for row in first if "電話禮貌測試績效" in row[-1]]
    assert "☑ 11-15 分　機關電話禮貌測試結果良好。(測試分數80分以上)" in conduct
    assert "說明：尖峰時段抽測\n* 得分：12" in conduct
    assert "服務台動線清楚" in words
    assert "=1+1" in words
    assert "註（原表的疑義與處理）" in words
    assert any("查詢管道種類歸回本列（120＋60＝180）" in one for one in words)
    assert not any("0 分不屬於任何一級" in one for one in words)


def test_every_label_of_both_sheets_is_printed() -> None:
    made = at()
    for rubric_id, office in (("wra-2016-sheet", BUREAU), ("mines-2011-sheet", MINES)):
        recorded(made, rubric_id, office, "秘書室", full(made, rubric_id), "2016-11-05T10:00", kind="self")
        [file] = make(made, OPERATOR, Request("sheet", unit=f"{office} 秘書室", rubric=rubric_id))
        printed = squeezed("".join(paragraphs(file.data)))
        for node in made.rubrics.get(rubric_id).nodes():
            assert squeezed(node.label) in printed
            assert all(squeezed(text.text) in printed for text in node.texts)
        for leaf in made.rubrics.get(rubric_id).criteria:
            assert all(squeezed(band.text) in printed for band in leaf.every_band)


def test_a_sheet_from_outside_has_the_same_form() -> None:
    made = at("2025-06-01T09:00")
    made = replace(made, settings=replace(made.settings, rubrics=(BUILT_IN_RUBRICS, DATA)))
    record = recorded(made, "library-2025", "市立圖書館", "總館", FORM, "2025-05-20T10:00")
    assert record.total == Decimal("65.2")
    [file] = make(made, OPERATOR, Request("sheet", record=record.series))
    words = paragraphs(file.data)
    assert any(one.startswith("總分 (滿分 100 分)：65.2") for one in words)
    assert "1250 冊" in words or any("1250" in one for one in words)
    [statistics] = make(made, OPERATOR, Request("statistics"))
    assert any("65.2" in row for row in cells(statistics.data))


def test_a_record_from_an_older_sheet_keeps_its_figures() -> None:
    made = at()
    record = recorded(made, "wra-2016-sheet", BUREAU, "第一河川局", full(made, "wra-2016-sheet"), "2016-11-05T10:00")
    latest = made.store.records.find(RecordFilter(limit=1))[0]
    from bot.reports.forms.model import Filled

    older = Filled(replace(latest, form={"gone": 3}, total=Decimal(871)), made.rubrics.get("wra-2016-sheet"))
    assert older.scored is None
    assert older.subtotal("process") == Decimal(280)
    assert older.grade == "甲"
    assert record.series == latest.series
