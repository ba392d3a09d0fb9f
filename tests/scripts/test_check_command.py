"""`liuhen check FILE`: one line of JSON a finding; 0 none, 1 findings, 2 a script that cannot be read."""

import json
from pathlib import Path

import pytest

from liuhen.cli.__main__ import main

CASES = Path(__file__).parents[2] / "cases"


def test_findings_are_lines_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CASES / "09-tax-county-no-notice.yaml")]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(line) == {"code", "severity", "at", "message"} for line in lines)
    first = next(line for line in lines if line["code"] == "R15.1")
    assert first["severity"] == "stop"
    assert first["at"] == "2025-12-12"
    assert "办法第十五条" in first["message"]


def test_nothing_wrong_is_silence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CASES / "03-clinic-hearing.yaml")]) == 0
    assert capsys.readouterr().out == ""


def test_explain_lists_what_the_source_does_not_tell(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--explain", str(CASES / "05-civil-air-defence-same-day.yaml")])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["code"] for line in lines if line.get("outcome") == "unknown"} >= {"R10.1", "R17.1"}


def test_a_script_that_cannot_be_read_says_where(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("id: x\ntitle: 某\nsteps:\n  - {at: 2026-13-5, archive: true}\n", encoding="utf-8")
    assert main(["check", str(path)]) == 2
    assert "第 4 行" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "none.yaml")]) == 2
    assert "打不开" in capsys.readouterr().err


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """The same sentences, what would satisfy them, and how many there are."""
    assert main(["check", "--text", "--explain", str(CASES / "09-tax-county-no-notice.yaml")]) == 1
    said = capsys.readouterr().out
    assert main(["check", str(CASES / "09-tax-county-no-notice.yaml")]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(line["message"] in said and f"【阻止 {line['code']}】" in said for line in lines)
    assert "怎样才能办：" in said
    assert f"共{len(lines)}个问题：阻止{len(lines)}个，提示0个。" in said
    assert "材料没有说" in said
    assert main(["check", "--text", str(CASES / "03-clinic-hearing.yaml")]) == 0
    assert capsys.readouterr().out == "没有发现问题。\n"
