"""What an independent judge says of our PDF/A: veraPDF, where the machine has it (ISO 19005-2, level B).

It is no part of the program. Where ``verapdf`` is not on the path there is no verdict, and it is said that there is none.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

PROGRAM = "verapdf"
FLAVOUR = "2b"
_SECONDS_TO_START, _SECONDS_EACH = 60, 10
_TOLD = 3


class JudgeFailed(RuntimeError):
    """The judge is there and gave no report; the message says why, in Chinese."""


@dataclass(frozen=True)
class Verdict:
    """What ``judge`` (name and version) says of one file; ``faults``: the clauses that it breaks, and how."""

    judge: str
    valid: bool
    faults: tuple[str, ...] = ()


def program() -> str | None:
    """Where the judge is; None when it is not installed."""
    return shutil.which(PROGRAM)


def judge(pdf: bytes) -> Verdict | None:
    """The verdict on one PDF; None where no judge is installed. Raises JudgeFailed."""
    with tempfile.TemporaryDirectory(prefix="liuhen-judge-") as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        found = judged([path])
    return found[path] if found is not None else None


def judged(papers: Sequence[Path]) -> Mapping[Path, Verdict] | None:
    """The verdict on each file, asked at once because the judge is slow to start; None where none is installed.

    Raises JudgeFailed when it ends without a report, or the report leaves a file out.
    """
    where = program()
    if where is None:
        return None
    if not papers:
        return {}
    command = [where, "--format", "xml", "--flavour", FLAVOUR, *(str(path.resolve()) for path in papers)]
    seconds = _SECONDS_TO_START + _SECONDS_EACH * len(papers)
    try:
        # Whether all are valid is told by the exit code too; why not is told by the report alone.
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)  # noqa: S603 - our own arguments
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JudgeFailed(f"veraPDF 没有运行成功：{error}") from error
    found = read(done.stdout)
    if missing := [path.name for path in papers if str(path.resolve()) not in found]:
        raise JudgeFailed(f"veraPDF 的报告里没有 {missing[0]}")
    return {path: found[str(path.resolve())] for path in papers}


def read(report: bytes) -> dict[str, Verdict]:
    """The verdicts of a report of veraPDF (1.24 and later, format ``xml``), by the name of the file. Raises JudgeFailed."""
    try:
        root = ET.fromstring(report)  # noqa: S314 - of a program that the office installed
    except ET.ParseError as error:
        raise JudgeFailed("veraPDF 没有给出报告") from error
    version = next((node.get("version", "") for node in root.iter("releaseDetails")), "")
    return {
        name: _verdict(job, f"veraPDF {version}".strip())
        for job in root.iter("job")
        if (name := job.findtext("item/name"))
    }


def _verdict(job: ET.Element, by: str) -> Verdict:
    said = job.find("validationReport")
    if said is None or said.get("jobEndStatus") != "normal":
        why = next((node.text for node in job.iter("exceptionMessage") if node.text), "没有读完")
        return Verdict(by, valid=False, faults=(why,))
    broken = [rule for rule in said.iter("rule") if rule.get("status") == "failed"]
    faults = [
        f"{rule.get('clause')}-{rule.get('testNumber')} {rule.findtext('description') or ''}"
        for rule in broken
    ]
    more = [f"等 {len(faults)} 条"] if len(faults) > _TOLD else []
    return Verdict(
        by, said.get("isCompliant") == "true", (*(fault.strip() for fault in faults[:_TOLD]), *more)
    )
