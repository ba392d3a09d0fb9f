"""`liuhen prefill`: how much of a case nobody had to type (desk principle 3)."""

from typing import Any

import pytest

from liuhen.cli.__main__ import main
from liuhen.compliance.prefill import share
from tests.acts.drive import Drive, source


def test_the_share_of_each_paper_and_of_the_case_is_printed(
    bureau: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    drive = Drive(bureau)
    source(drive)
    case = drive.state()
    assert main(["prefill", case.case_no]) == 0
    lines = capsys.readouterr().out.splitlines()
    prefilled, typed = share(case)
    assert [line.split("：")[0] for line in lines] == ["案件来源登记表", "立案审批表", "合计"]
    assert (
        lines[-1]
        == f"合计：自动带入 {prefilled} 项，手工填写 {typed} 项，带入 {100 * prefilled // (prefilled + typed)}%"
    )
    assert prefilled >= 7


def test_what_was_typed_over_does_not_count(bureau: dict[str, Any]) -> None:
    drive = Drive(bureau)
    told = {
        "source_kind": "监督检查",
        "is_named": False,
        "discovered_at": "2026-03-01T16:00",
        "content": "另写的内容",
    }
    drive.file("case_source_form", told)
    sources = drive.document("case_source_form").current.sources
    assert "content" not in sources
    assert sources["registered_at"] == "now"


def test_a_case_that_is_not_there_is_said_in_one_line(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prefill", "没有的案号"]) == 1
    assert capsys.readouterr().err == "没有案号为 没有的案号 的案件\n"
