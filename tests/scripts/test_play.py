"""A script is played through the acts, with their stops, from its opening to its archive."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from liuhen.cli.__main__ import main
from liuhen.compliance.prefill import share
from liuhen.records import read
from liuhen.scripts.play import Halted, NotForPlay, outcome, package, play
from liuhen.scripts.scratch import prepare
from liuhen.scripts.script import load, read_script
from verifier.verify import main as verify

CASES = Path(__file__).parents[2] / "cases"
HEAD = """
id: t
title: 某公司案
section: 粮食科
people:
  甲: {name: 执法人员甲, roles: [officer], certificate: 示例-1, valid: [2024-01-01, 2028-12-31]}
  乙: {name: 执法人员乙, roles: [officer], certificate: 示例-2, valid: [2024-01-01, 2028-12-31]}
  科长: {name: 科长丙, roles: [section_head]}
party: {party_kind: 法人, name: 某公司, legal_rep: 张某, address: 某区某路1号}
steps:
"""
SOURCE = """
  - at: 2026-03-02 09:00
    by: 甲
    file: case_source_form
    as: 来源
    values: {source_kind: 监督检查, discovered_at: 2026-03-02 08:30, is_named: false, content: 检查发现没有台账。}
    signed: {registrar: 甲}
"""


@pytest.fixture
def bureau(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.LIUHEN_DATA = tmp_path
    prepare()


def played(text: str) -> Any:
    (one,) = play([read_script(HEAD + text)])
    return outcome(one)[0], one


@pytest.mark.usefixtures("bureau")
def test_the_decided_cases_play_to_archive_side_by_side_and_their_packages_verify(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `check` finds in the telling is what the rules find in the case as worked through, and no more."""
    scripts = [load(CASES / "01-pesticide-defence.yaml"), load(CASES / "03-clinic-hearing.yaml")]
    for one in play(scripts):
        case, judged = outcome(one)
        assert judged.state == "已归档"
        assert {(f.code, f.severity) for f in judged.violated()} == {
            (w.code, w.severity) for w in one.script.expect
        }
        assert not case.unconfirmed
        came, typed = share(case)
        assert came / (came + typed) > 0.6  # desk principle 3: nothing typed twice
        assert verify([str(package(one, tmp_path / "packages"))]) == 2
    assert "完整未见证" in capsys.readouterr().out


@pytest.mark.usefixtures("bureau")
def test_the_people_told_are_found_again_and_not_appointed_twice() -> None:
    """Another script with the same people plays with them."""
    played(SOURCE)
    known = set(read.office().people)
    play([read_script((HEAD + SOURCE).replace("id: t", "id: u"))])
    assert set(read.office().people) == known


@pytest.mark.usefixtures("bureau")
def test_a_rule_stops_the_play_where_it_would_stop_the_office() -> None:
    """R9.2: nothing goes on before the section head gave an opinion."""
    docket = """
  - at: 2026-03-03 09:00
    by: 甲
    file: docket_approval
    values: {cause: 某事, place: 某处, verification: 属实, reasons: 符合, basis: 行政处罚法第三十六条,
             act_on: 2026-03-01, limitation_ok: 未超过}
"""
    with pytest.raises(Halted, match="docket_approval") as halted:
        played(SOURCE + docket)
    assert "R9.2" in {finding.code for finding in halted.value.findings}


@pytest.mark.usefixtures("bureau")
def test_a_step_without_somebody_to_do_it_cannot_be_played() -> None:
    with pytest.raises(Halted, match="由谁办"):
        played(SOURCE + "  - {at: 2026-03-03, state: document_read}\n")


@pytest.mark.usefixtures("bureau")
def test_what_is_backfilled_keeps_its_true_day_and_waits_for_confirmation() -> None:
    late = """
  - at: 2026-03-05 09:00
    by: 甲
    backfill:
      at: 2026-03-04
      file: penalty_notice
      as: 旧告知书
      signed: {}
      values: {defence_days: 5, facts: {not_on_paper: true}}
      issued: {on: 2026-03-04, number: 旧告1号}
      served: {on: 2026-03-04, method: 直接, recipient: 张某}
      scan: 旧告知书.png
  - {at: 2026-03-05 10:00, by: 甲, backfill: {at: 2026-03-04, state: defence_waived, document: 旧告知书, proofs: [声明.png]}}
  - {at: 2026-03-05 11:00, by: 甲, backfill: {at: 2026-03-05, serve: 旧告知书, method: 邮寄, what: posted, tracking: EX1}}
"""
    confirmed = """
  - {at: 2026-03-06, by: 科长, confirm: 旧告知书}
  - {at: 2026-03-06, by: 科长, confirm: defence_waived}
  - {at: 2026-03-06, by: 科长, confirm: serve}
"""
    case, one = played(SOURCE + late)
    assert {waiting.kind for waiting in case.unconfirmed} >= {"Filed", "ServiceStep", "Happened"}
    notice = case.documents[one.documents["旧告知书"]]
    assert notice.served_at.isoformat() == "2026-03-04"
    assert notice.issued.number == "旧告1号"
    case, _ = played(SOURCE + late.replace("旧告1号", "旧告2号") + confirmed)
    assert not case.unconfirmed


@pytest.mark.usefixtures("bureau")
def test_one_paper_is_not_backfilled_into_two_cases() -> None:
    """A35: a number on a paper of any case is taken."""
    late = """
  - at: 2026-03-05 09:00
    by: 甲
    backfill:
      at: 2026-03-04
      file: penalty_notice
      signed: {}
      values: {defence_days: 5, facts: {not_on_paper: true}}
      issued: {on: 2026-03-04, number: %s}
      scan: 旧告知书.png
"""
    played(SOURCE + late % "旧告〔2026〕1号")
    with pytest.raises(Halted, match="旧告（2026）第1号"):
        played(SOURCE + late % "旧告（2026）第1号")


@pytest.mark.usefixtures("bureau")
def test_the_lesser_verbs_play_too() -> None:
    told = """
  - {at: 2026-03-02 10:00, by: 科长, assign: {assist_officer: 乙}}
  - {at: 2026-03-02 11:00, by: 科长, mark: 重大复杂, reason: 涉及面广}
  - {at: 2026-03-02 12:00, by: 甲, explain: R9.2, text: 已口头请示}
  - {at: 2026-03-03, by: 甲, as: 联系, state: interview_attempted, values: {who: 张某, method: 电话, text: 无人接听}}
  - {at: 2026-03-03 10:00, by: 甲, as: 更正, correct: 联系, path: /values/who, value: 李某, reason: 笔误}
  - {at: 2026-03-03 11:00, by: 科长, confirm: 更正}
  - {at: 2026-03-04, by: 甲, void: 联系, reason: 误录}
"""
    case, _ = played(SOURCE + told)
    assert "重大复杂" in case.marks
    assert case.explained[("R9.2", "")] == "已口头请示"
    assert case.corrections[0].confirmed


@pytest.mark.django_db
def test_nothing_is_played_in_a_real_bureau() -> None:
    with pytest.raises(NotForPlay, match="演示"):
        play([read_script(HEAD + SOURCE)])


@pytest.mark.django_db(transaction=True)
def test_the_command_plays_in_a_bureau_that_is_gone_afterwards(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    data = settings.LIUHEN_DATA
    path = tmp_path / "t.yaml"
    path.write_text(HEAD + SOURCE, encoding="utf-8")
    assert main(["play", "--scratch", str(path)]) == 0
    assert "未立案，1 份文书" in capsys.readouterr().out
    assert data == settings.LIUHEN_DATA
    assert not read.office().people


@pytest.mark.django_db
def test_the_command_says_why_it_cannot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("id: t\n", encoding="utf-8")
    assert main(["play", str(path)]) == 2
    assert main(["play", str(tmp_path / "none.yaml")]) == 2
    path.write_text(HEAD + SOURCE, encoding="utf-8")
    assert main(["play", str(path)]) == 1
    assert "演示" in capsys.readouterr().err
