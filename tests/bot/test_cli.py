"""The command line as scripts use it: a real process, its exit status and what it prints."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.program import build_parser
from tests.support.worked_example import LINE, write
from tests.support.worked_example import WORKED as FORM

VALID = json.dumps(FORM)


def kaoping(folder: Path, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("KAOPING_")},
        "KAOPING_DATABASE": str(folder / "k.db"),
        "PYTHONIOENCODING": "utf-8",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=120,
    )


def test_a_form_is_scored_and_told(tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(VALID, encoding="utf-8")
    done = kaoping(tmp_path, "score", "hsinchu-2018-phone", str(form), "--json")
    assert done.returncode == 0
    scored = json.loads(done.stdout)
    assert (scored["id"], scored["total"], scored["max"], scored["problems"]) == ("form", 76.5, 100, [])
    assert scored["criteria"]["operator_answer"] == 17.5
    told = kaoping(tmp_path, "score", "hsinchu-2018-phone", str(form))
    assert "總分 76.5／100" in told.stdout


def test_a_batch_scores_good_forms_and_names_the_faults_of_bad_ones(tmp_path: Path) -> None:
    bad = {**FORM, "unit_attitude": {"option": "flat", "points": 9}}
    batch = write(tmp_path / "forms.jsonl", {"id": "a", "form": FORM}, {"id": 2, "form": bad})
    done = kaoping(tmp_path, "score", "hsinchu-2018-phone", "--batch", str(batch))
    assert done.returncode == 1
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["total"]) == ("a", 76.5)
    assert (second["id"], second["total"], second["criteria"]) == (2, None, {})
    assert [one["criterion"] for one in second["problems"]] == ["unit_attitude"]


def test_sheets_are_listed_and_shown(tmp_path: Path) -> None:
    listed = json.loads(kaoping(tmp_path, "rubrics", "--json").stdout)
    assert {"hsinchu-2018-phone", "mines-2011-sheet", "wra-2016-sheet"} <= {one["id"] for one in listed}
    shown = json.loads(kaoping(tmp_path, "rubrics", "show", "hsinchu-2018-phone", "--json").stdout)
    assert shown["max"] == 100
    assert shown["criteria"][0]["id"] == "voice_system"
    answer = next(one for one in shown["criteria"] if one["id"] == "voice_answer")
    assert [(one["id"], one["points"]) for one in answer["options"]] == [
        ("within_10s", 5),
        ("within_15s", 3),
        ("over_15s", 0),
        ("out_of_order", 0),
    ]


def test_a_question_is_answered_with_its_citation(tmp_path: Path) -> None:
    done = kaoping(tmp_path, "ask", "水利署多久要測一次電話禮貌？", "--json")
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert answer["answers"][0]["document"].startswith("002")
    assert "每3個月至少測試1次" in answer["answers"][0]["text"]
    assert "每3個月至少測試1次" in answer["reply"]
    assert answer["seconds"] >= 0
    unquoted = json.loads(kaoping(tmp_path, "ask", "水利署", "多久要測一次", "電話禮貌？", "--json").stdout)
    assert unquoted["reply"] == answer["reply"]
    batch = write(
        tmp_path / "q.jsonl", {"id": "x", "question": "那礦務局呢", "history": ["水利署多久要測一次電話禮貌？"]}
    )
    [line] = kaoping(tmp_path, "ask", "--batch", str(batch)).stdout.splitlines()
    assert json.loads(line)["id"] == "x"
    assert "每4個月至少測試1次" in json.loads(line)["reply"]


def test_records_go_in_and_come_out(tmp_path: Path) -> None:
    file = write(tmp_path / "paper.jsonl", LINE)
    assert "匯入 1 筆" in kaoping(tmp_path, "records", "import", str(file)).stdout
    [record] = json.loads(kaoping(tmp_path, "records", "--json", "--unit", "秘書室").stdout)
    assert record["total"] == 76.5
    bad = write(tmp_path / "bad.jsonl", {**LINE, "rubric": "nothing"})
    refused = kaoping(tmp_path, "records", "import", str(bad))
    assert refused.returncode == 1
    assert "第 1 行" in refused.stdout


def test_people_are_added_listed_and_removed(tmp_path: Path) -> None:
    added = kaoping(
        tmp_path, "people", "add", "77", "--role", "tester", "--unit", "第二河川局 秘書室", "--name", "王小明"
    )
    assert "王小明（77）現在是測試人員" in added.stdout
    assert json.loads(kaoping(tmp_path, "people", "--json").stdout) == [
        {"id": "77", "name": "王小明", "role": "tester", "unit": "第二河川局 秘書室"}
    ]
    assert kaoping(tmp_path, "people", "remove", "77").returncode == 0
    assert json.loads(kaoping(tmp_path, "people", "--json").stdout) == []


def test_the_chat_answers_a_pipe_line_by_line(tmp_path: Path) -> None:
    done = kaoping(tmp_path, "chat", "--as", "staff", "--name", "小美", stdin="/start\n人員\n")
    assert done.returncode == 0
    assert "您好 小美" in done.stdout
    assert "需要「管理者」權限" in done.stdout
    assert "\x1b[" not in done.stdout


def test_the_data_of_the_project_are_clean(tmp_path: Path) -> None:
    done = kaoping(tmp_path, "check")
    assert done.returncode == 0, done.stdout
    assert "沒有問題" in done.stdout


def test_a_broken_sheet_is_reported_with_its_place_and_remedy(tmp_path: Path) -> None:
    sheet = tmp_path / "broken.yaml"
    sheet.write_text("id: broken\nkind: sheet\ntitel: 測試\n", encoding="utf-8")
    done = kaoping(tmp_path, "check", str(sheet))
    assert done.returncode == 1
    assert f"{sheet}:3" in done.stdout
    assert "怎麼改" in done.stdout


def test_the_sources_own_defects_are_a_report(tmp_path: Path) -> None:
    report = kaoping(tmp_path, "check", "--source-notes").stdout
    assert "礦務局" in report
    assert "處理：" in report


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "沒有「nonsense」這個指令"),
        (["ask"], "請給一個問題"),
        (["ask", "優等", "幾分", "--batch", "q.jsonl"], "請給一個問題"),
        (["score", "hsinchu-2018-phone"], "請給一張填好的表"),
        (["score", "hsinchu-2018-phon", "--batch", "missing.jsonl"], "找不到檔案"),
        (["rubrics", "show", "hsinchu-2018-phon"], "hsinchu-2018-phone"),
        (["rubrics", "show"], "請寫出要看哪一張表"),
        (["people", "add"], "請寫出人員編號"),
        (["people", "add", "7"], "請用 --role 指定身分"),
        (["people", "add", "7", "--role", "boss"], "請從 staff, tester, supervisor, admin 選一個"),
        (["people", "remove", "7"], "名單上沒有「7」"),
        (["records", "import"], "匯入請寫成"),
        (["records", "--limit", "many"], "要是整數"),
        (["plan", "renew", "wra-2016"], "請寫出計畫與年度"),
        (["plan", "renew", "wra-2016", "--year", "90"], "90 年不能用"),
        (["telegram"], "還沒有設定金鑰"),
    ],
)
def test_bad_arguments_get_one_sentence_and_status_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = kaoping(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    twice = tmp_path / "twice.jsonl"
    twice.write_text('{"id": 1, "id": 2, "form": {}}', encoding="utf-8")
    for arguments, said in (
        (["ask", "--batch", str(binary)], "不是 UTF-8 文字檔"),
        (["records", "import", str(binary)], "不是 UTF-8 文字檔"),
        (["score", "hsinchu-2018-phone", "--batch", str(twice)], "第 1 行"),
    ):
        done = kaoping(tmp_path, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    foreign = tmp_path / "foreign.db"
    foreign.write_text("not a database at all, but long enough to be looked at" * 20, encoding="utf-8")
    for database in (foreign, tmp_path, tmp_path / "foreign.db" / "below.db"):
        done = kaoping(tmp_path, "records", KAOPING_DATABASE=str(database))
        assert done.returncode == 2
        assert "打不開" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_every_commands_help_is_there(tmp_path: Path) -> None:
    done = kaoping(tmp_path, "--help")
    assert done.returncode == 0
    for command in ("chat", "telegram", "ask", "rubrics", "score", "check", "records", "people", "demo", "documents"):
        assert f"    {command}" in done.stdout
        assert kaoping(tmp_path, command, "--help").returncode == 0


def test_the_demonstration_is_a_file_of_its_own(tmp_path: Path) -> None:
    assert "全部是虛構的" in kaoping(tmp_path, "demo").stdout
    assert (tmp_path / "k-demo.db").is_file()
    assert not (tmp_path / "k.db").exists()
    assert "示範資料" in kaoping(tmp_path, "chat", "--demo", stdin="/start\n").stdout


@pytest.mark.parametrize("command", [[], ["people"], ["score"], ["report"]])
def test_help_has_chinese_headings(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args([*command, "--help"])
    said = capsys.readouterr().out
    assert said.startswith("用法：kaoping")
    assert "選項：" in said
    assert not [word for word in ("usage:", "options:", "positional arguments:", "指令:") if word in said]
