"""PDF/A judged by somebody else: Preflight of every template here, veraPDF where the machine has it (R31.1; ISO 19005)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from liuhen.papers import catalogue, corrections, cover, judging, receipt, render, sheets, table
from liuhen.papers.typesetter import compile_plan
from tests.papers import modes
from tests.papers.samples import CONTEXT, drawn, filled
from tests.papers.test_papers import PRINTED
from tests.papers.test_sheets import LEFT, NAMED, row

JAVA = Path("/usr/share/java")
JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
SHEETS: dict[str, Callable[[], bytes]] = {
    "catalogue": lambda: catalogue([row(n) for n in range(1, 40)], NAMED),
    "cover": lambda: cover({"bureau": "某局", "title": f"{modes.RARE}案"}),
    "receipt": lambda: receipt([LEFT], NAMED, [drawn("witness", "丙")]),
    "corrections": lambda: corrections(
        [{"label": "甲", "old": "一", "new": "二", "reason": "笔误", "who": "甲", "confirmed": "乙"}],
        NAMED,
        of="某文书",
    ),
    "table": lambda: table("清单", [("甲", 0), ("乙", 20)], [["一", "二"]] * 50, NAMED),
}


def judged_as_1b(folder: Path) -> str:
    """What Apache PDFBox Preflight says of all files of a folder."""
    classpath = ":".join(str(JAVA / f"{jar}.jar") for jar in JARS)
    judge = ["java", "-cp", classpath, "org.apache.pdfbox.preflight.Validator_A1b", "batch", str(folder)]
    return subprocess.run(judge, capture_output=True, text=True, check=False).stdout


def test_an_independent_judge_finds_every_template_valid_as_pdfa_1b(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Preflight knows level 1b only, so the templates are compiled as that; a file that is not valid is found."""
    for layout in ("form", "letter", "record"):
        each = next(k for k in PRINTED if k.layout == layout and k.signatures)
        values = filled(each)
        strokes = [drawn(box.role, box.name) for box in render(each, values, CONTEXT).boxes]
        paper = render(each, values, CONTEXT, final=True, strokes=strokes, standard="a-1b")
        (tmp_path / f"{layout}.pdf").write_bytes(paper.pdf)
    monkeypatch.setattr(sheets, "compile_plan", partial(compile_plan, standard="a-1b"))
    for name, make in SHEETS.items():
        (tmp_path / f"{name}.pdf").write_bytes(make())
    (tmp_path / "other.pdf").write_bytes(render(PRINTED[0], filled(PRINTED[0]), CONTEXT).pdf)
    told = judged_as_1b(tmp_path)
    assert told.count("is a valid PDF/A-1b file") == 3 + len(SHEETS), told
    assert "other.pdf is not" in told


REPORT = """<?xml version="1.0" encoding="utf-8"?>
<report>
  <buildInformation><releaseDetails id="core" version="1.28.2" buildDate="2025-07-15T16:07:00+03:00"></releaseDetails></buildInformation>
  <jobs>{jobs}</jobs>
  <batchSummary totalJobs="1" failedToParse="0" encrypted="0" outOfMemory="0" veraExceptions="0"></batchSummary>
</report>
"""
VALID = """<job><item size="9"><name>{name}</name></item>
  <validationReport jobEndStatus="normal" profileName="PDF/A-2B validation profile" statement="" isCompliant="true">
    <details passedRules="144" failedRules="0" passedChecks="900" failedChecks="0"></details>
  </validationReport></job>"""
BROKEN = """<job><item size="9"><name>{name}</name></item>
  <validationReport jobEndStatus="normal" profileName="PDF/A-2B validation profile" statement="" isCompliant="false">
    <details passedRules="143" failedRules="1" passedChecks="900" failedChecks="1">
      <rule specification="ISO 19005-2:2011" clause="6.2.11.4.1" testNumber="1" status="failed" failedChecks="1">
        <description>The font programs for all fonts used for rendering shall be embedded</description>
      </rule>
      <rule specification="ISO 19005-2:2011" clause="6.1.2" testNumber="1" status="passed" failedChecks="0"></rule>
    </details>
  </validationReport></job>"""
UNREAD = """<job><item size="9"><name>{name}</name></item>
  <taskResult type="PARSE" isExecuted="true" isSuccess="false"><exceptionMessage>no startxref</exceptionMessage></taskResult></job>"""


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program called ``verapdf`` on the path."""
    program = folder / "bin" / judging.PROGRAM
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def answers(folder: Path, jobs: str) -> str:
    (folder / "report.xml").write_text(REPORT.format(jobs=jobs))
    return f"printf '%s\\n' \"$@\" > {folder}/asked; cat {folder}/report.xml; exit 1"


def test_the_verdict_names_the_judge_and_the_clauses_that_are_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, torn = (tmp_path / f"{name}.pdf" for name in ("good", "bad", "torn"))
    jobs = VALID.format(name=good) + BROKEN.format(name=bad) + UNREAD.format(name=torn)
    installed(tmp_path, monkeypatch, answers(tmp_path, jobs))
    found = judging.judged([good, bad, torn])
    assert found is not None
    assert found[good] == judging.Verdict("veraPDF 1.28.2", valid=True)
    assert not found[bad].valid
    assert found[bad].faults == (
        "6.2.11.4.1-1 The font programs for all fonts used for rendering shall be embedded",
    )
    assert not found[torn].valid
    assert found[torn].faults == ("no startxref",)
    assert (tmp_path / "asked").read_text().split() == [
        "--format", "xml", "--flavour", "2b", str(good), str(bad), str(torn)
    ]  # fmt: skip


@pytest.mark.parametrize("script", ["echo 'Java not found' >&2; exit 2", f"echo '{REPORT.format(jobs='')}'"])
def test_a_judge_that_gives_no_report_gives_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    installed(tmp_path, monkeypatch, script)
    with pytest.raises(judging.JudgeFailed, match="报告"):
        judging.judge(b"%PDF-1.7")


def test_without_a_judge_there_is_no_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert judging.judge(b"%PDF-1.7") is None


@pytest.mark.skipif(not judging.program(), reason="veraPDF is not installed here")
def test_vera_pdf_itself_finds_every_kind_valid_as_pdfa_2b(tmp_path: Path) -> None:
    for each in PRINTED:
        (tmp_path / f"{each.code}.pdf").write_bytes(render(each, filled(each), CONTEXT, final=True).pdf)
    for name, make in SHEETS.items():
        (tmp_path / f"sheet-{name}.pdf").write_bytes(make())
    found = judging.judged(sorted(tmp_path.iterdir())) or {}
    assert len(found) == len(PRINTED) + len(SHEETS)
    assert not {path.name: verdict.faults for path, verdict in found.items() if not verdict.valid}
