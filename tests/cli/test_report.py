"""`liuhen report`: the check and the score of a case, as text and as PDF (R3.1, domain §8.4)."""

from pathlib import Path
from typing import Any

import pytest

from liuhen.cli.__main__ import main
from tests.acts import drive as d
from tests.papers.test_papers import whole_text


def test_problems_and_score_are_printed(bureau: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day("2026-03-12 09:00"):
        assert main(["report", drive.state().case_no]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(drive.state().case_no)
    assert lines[1].startswith("违反 0　未到 ")
    assert lines[2].startswith("案卷评查（行政处罚案卷评查标准）：100 分，优秀")
    with d.day("2026-07-12 09:00"):
        assert main(["report", drive.state().case_no]) == 1
    assert "提示　自立案之日起九十日内作出决定：" in capsys.readouterr().out


def test_the_pdf_is_written(bureau: dict[str, Any], tmp_path: Path) -> None:
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day("2026-03-12 09:00"):
        main(["report", drive.state().case_no, "--pdf", str(tmp_path / "report.pdf")])
    assert "案件对照检查报告" in whole_text((tmp_path / "report.pdf").read_bytes())
