"""`liuhen measures`: the release as bytes that its digest covers, and the coverage of every code."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from liuhen.cli import measures
from liuhen.cli.__main__ import main
from liuhen.cli.pages import coverage
from liuhen.measures import release

NOTHING = measures.Row("R9.9", "没有的", [], [], [], [], "", ["声明", "规则", "测试", "反例"])


def test_the_export_is_what_the_digest_covers(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["measures", "export"]) == 0
    written = capsysbinary.readouterr().out
    assert "sha256:" + hashlib.sha256(written).hexdigest() == release.digest()
    assert json.loads(written) == release.export()


def test_every_code_stands_in_the_table_once_with_aligned_columns(capsys: pytest.CaptureFixture[str]) -> None:
    main(["measures", "coverage"])
    heading, *lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == coverage.all_codes()
    start = measures.wide(heading[: heading.index("题名")])
    for line, code in zip(lines, coverage.all_codes(), strict=True):
        assert measures.wide(line) - measures.wide(coverage.title_of(code)) == start


def test_the_json_names_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    main(["measures", "coverage", "--json"])
    found = {row["code"]: row for row in json.loads(capsys.readouterr().out)}
    notice = found["R15.1"]
    assert {"requirement:R15.1", "document:penalty_notice"} <= set(notice["declarations"])
    assert any(rule.startswith("liuhen/compliance/rules/notice.py:") for rule in notice["rules"])
    assert "tests/bad/R15.1.yaml" in notice["bad_cases"]
    assert found["TL-12"]["rules"] == ["limit:TL-12"]
    assert "tests/bad/P56.1.yaml" in found["TL-12"]["bad_cases"]
    assert found["R36.1"]["reason"]


def test_no_code_lacks_what_it_must_have() -> None:
    """Whoever adds a code brings its rule, a test that cites it and its bad case."""
    assert {row.code: row.missing for row in measures.rows() if row.missing} == {}
    assert main(["measures", "coverage"]) == 0


def test_a_gap_makes_the_exit_code_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measures, "rows", lambda: [measures.row("R15.1"), NOTHING])
    assert main(["measures", "coverage"]) == 1
    told = capsys.readouterr()
    assert "声明、规则、测试、反例" in told.out
    assert told.err == "1 个编号有缺：R9.9\n"
    monkeypatch.setattr(measures, "rows", lambda: [measures.row("R15.1")])
    assert main(["measures", "coverage"]) == 0


@pytest.mark.parametrize("code", ["R5.1", "A48.1", "S67.1", "R31.1", "R36.2", "TL-39"])
def test_what_is_not_asked_for_is_never_missing(code: str) -> None:
    assert measures.row(code).missing == []


def test_a_limit_that_nobody_can_break_needs_no_bad_case() -> None:
    """TL-23 is the party's."""
    assert measures.row("TL-23").bad_cases == []
    assert measures.row("TL-23").missing == []


def test_without_the_tests_there_is_nothing_to_compare(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(coverage, "ROOT", tmp_path)
    assert main(["measures", "coverage"]) == 2
    assert "源码目录" in capsys.readouterr().err
