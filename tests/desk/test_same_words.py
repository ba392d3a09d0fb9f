"""Each stop is tried at the page, straight at the act, by the command and by backfill: one sentence everywhere."""

import json
from datetime import date

import pytest
from django.urls import reverse

from liuhen.acts import backfill, documents, issuing
from liuhen.acts import bureau as registers
from liuhen.acts.situation import Stopped
from liuhen.compliance.judge import context, judge
from liuhen.records import clock, read
from tests.acts import drive as d
from tests.acts.test_stops import ONE, inspection
from tests.desk.doing import Desk
from tests.desk.pages import browser, text
from tests.remembered import step

EXPIRED = [*ONE, {"person": "bing", "name": "执法人员丙", "certificate_no": "示例-0098"}]


@step
def told(drive, steps, approved=True, at="2026-03-18"):
    """A case with the text of a decision that must not be issued yet."""
    for stretch in steps:
        stretch(drive)
    drive.file("decision_approval", d.TOO_EARLY, at=f"{at} 09:00")
    drive.sign("decision_approval", "jia", "yi", at=f"{at} 09:10")
    if approved:
        drive.approve("decision_approval", "ding", "xin", at=f"{at} 10:00")
    drive.file("penalty_decision", {"defence_outcome": "当事人未提出陈述申辩。"}, at=f"{at} 10:30")
    return f"{at} 11:00"


def without_notice(drive):
    return told(drive, (d.source, d.investigation, d.report), at="2026-03-09")


def too_early(drive):
    return told(drive, (d.source, d.investigation, d.report, d.notice), at="2026-03-12")


def unapproved(drive):
    return told(drive, (d.source, d.investigation, d.report, d.notice), approved=False)


ISSUED = [("R15.1", without_notice), ("P62.1", too_early), ("R22.1", unapproved)]


def found(drive):
    with d.day("2026-04-01 09:00"):
        judgement = judge(drive.state(), context(clock.now(), read.office()))
    return {finding.code: finding.line for finding in judgement.violated()}


@pytest.mark.parametrize(("code", "prepared"), ISSUED, ids=[code for code, _ in ISSUED])
def test_a_decision_that_must_wait(bureau, code, prepared):
    drive = d.Drive(bureau)
    at = prepared(drive)
    document = drive.documents["penalty_decision"]
    with d.day(at), pytest.raises(Stopped) as stop:
        issuing.issue(drive.case, bureau["jia"], document)
    (line,) = [finding.line for finding in stop.value.findings if finding.code == code]

    with d.day(at):
        answer = browser("jia").post(reverse("issue", args=[drive.case, document]))
    assert answer.status_code == 409
    assert line in text(answer.content.decode())

    with d.day("2026-04-01 09:00"):
        backfill.backfill_document(
            drive.case, bureau["jia"], "penalty_decision", drive.document("penalty_decision").values,
            at=date.fromisoformat(at[:10]), scan=drive.scan(), reason="纸质决定书补录", number="旧〔2026〕1号",
        )  # fmt: skip
    assert found(drive)[code] == line


PAPERS = [
    ("R13.1", "site_inspection_record", inspection(officers=ONE)),
    ("R13.1", "site_inspection_record", inspection(officers=EXPIRED)),
    ("R14.1", "site_inspection_record", {**inspection(), "situation": " "}),
]


@pytest.mark.parametrize(("code", "kind", "values"), PAPERS, ids=["one", "expired", "incomplete"])
def test_a_paper_that_is_not_as_the_law_wants_it(bureau, code, kind, values):
    drive = d.Drive(bureau)
    d.source(drive)

    registers.certify(registers.SYSTEM, "bing", "示例-0098", date(2024, 1, 1), date(2026, 3, 2))
    with d.day("2026-03-03 11:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], kind)
        draft.values = {**draft.values, **values}
        draft.save()
        with pytest.raises(Stopped) as stop:
            documents.finalise(draft.document, bureau["jia"])
        (finding,) = [finding for finding in stop.value.findings if finding.code == code]
    desk = Desk(bureau, drive.case)
    answer = desk.submit(
        "jia", reverse("document", args=[draft.document]), "2026-03-03 11:00", action="finalise"
    )
    assert answer.status_code in (409, 422)
    shown = text(answer.content.decode())
    assert all(part in shown for part in finding.message.split("：")[-1].split("；"))

    with d.day("2026-03-05 09:00"):
        backfill.backfill_document(
            drive.case,
            bureau["jia"],
            kind,
            draft.values,
            at=date(2026, 3, 3),
            scan=drive.scan(),
            reason="外出时写在纸上",
        )
    assert found(drive)[code] == finding.line


def test_an_incomplete_decision(bureau):
    """R24.1: the seven contents, at the act, on the page and on paper."""
    drive = d.Drive(bureau)
    for stretch in (d.source, d.investigation, d.report, d.notice):
        stretch(drive)
    drive.file("decision_approval", {}, at="2026-03-18 09:00")
    with d.day("2026-03-18 10:30"):
        draft = documents.new_draft(drive.case, bureau["jia"], "penalty_decision")
        draft.values = {**draft.values, "facts": " ", "performance": ""}
        draft.save()
        with pytest.raises(Stopped) as stop:
            documents.finalise(draft.document, bureau["jia"])
        (finding,) = [finding for finding in stop.value.findings if finding.code == "R24.1"]
    answer = Desk(bureau, drive.case).submit(
        "jia", reverse("document", args=[draft.document]), "2026-03-18 10:30", action="finalise"
    )
    assert answer.status_code in (409, 422)
    shown = text(answer.content.decode())
    assert all(part in shown for part in finding.message.split("：")[-1].split("；"))
    with d.day("2026-04-01 09:00"):
        backfill.backfill_document(
            drive.case, bureau["jia"], "penalty_decision", draft.values, at=date(2026, 3, 18),
            scan=drive.scan(), reason="补录", number="旧〔2026〕2号",
        )  # fmt: skip
    assert found(drive)["R24.1"] == finding.line


def test_every_stop_of_the_list_is_tried():
    """Notice skipped, one officer, expired certificate, before approval, within the period, incomplete decision."""
    assert {code for code, _ in ISSUED} == {"R15.1", "P62.1", "R22.1"}
    assert [values.get("officers") for code, _, values in PAPERS if code == "R13.1"] == [ONE, EXPIRED]


HEAD = """
id: 同样的话
title: 同样的话
section: 粮食和物资储备科
closed: true
people:
  甲: {name: 执法人员甲, roles: [officer], certificate: 示例-0001, valid: [2024-01-01, 2028-12-31]}
  丙: {name: 执法人员丙, roles: [officer], certificate: 示例-0098, valid: [2024-01-01, 2026-03-02]}
party: {party_kind: 法人, name: 某粮食有限公司}
steps:
"""
DECIDED = (
    "  - {{at: {0}, by: 甲, file: penalty_decision, values: {{penalties: [{{kind: 警告}}]}}, issued: {0}}}\n"
)
SERVED = (
    "  - {at: 2026-03-09, by: 甲, file: penalty_notice, values: {penalties: [{kind: 警告}]}, issued: 2026-03-09, "
    "served: {on: 2026-03-09, method: 直接}}\n"
)
SHEET = "  - {at: 2026-03-18, by: 甲, file: decision_approval}\n"
TOLD = [
    ("R15.1", DECIDED.format("2026-03-09"), without_notice),
    ("P62.1", SERVED + DECIDED.format("2026-03-12"), too_early),
    ("R22.1", SERVED + SHEET + DECIDED.format("2026-03-18"), unapproved),
]


def checked(tmp_path, capsys, steps):
    """What the command says of a script: code and sentence."""
    from liuhen.cli.__main__ import main

    path = tmp_path / "同样的话.yaml"
    path.write_text(HEAD + steps, encoding="utf-8")
    assert main(["check", str(path)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {line["code"]: line["message"] for line in lines}


@pytest.mark.parametrize(("code", "steps", "prepared"), TOLD, ids=[code for code, _, _ in TOLD])
def test_the_command_says_it_in_the_same_words(bureau, tmp_path, capsys, code, steps, prepared):
    """`liuhen check` over the same facts told as a script."""
    drive = d.Drive(bureau)
    at = prepared(drive)
    with d.day(at), pytest.raises(Stopped) as stop:
        issuing.issue(drive.case, bureau["jia"], drive.documents["penalty_decision"])
    (line,) = [finding.line for finding in stop.value.findings if finding.code == code]
    assert checked(tmp_path, capsys, steps)[code] == line


@pytest.mark.parametrize(("who", "officers"), [("甲", ONE), ("甲, 丙", EXPIRED)], ids=["one", "expired"])
def test_the_command_says_of_officers_what_the_act_says(bureau, tmp_path, capsys, who, officers):
    """R13.1"""
    drive = d.Drive(bureau)
    d.source(drive)
    registers.certify(registers.SYSTEM, "bing", "示例-0098", date(2024, 1, 1), date(2026, 3, 2))
    with d.day("2026-03-03 11:00"), pytest.raises(Stopped) as stop:
        documents.file_document(
            drive.case, bureau["jia"], "site_inspection_record", inspection(officers=officers)
        )
    (line,) = [finding.line for finding in stop.value.findings if finding.code == "R13.1"]
    steps = f"  - {{at: 2026-03-03, by: 甲, file: site_inspection_record, values: {{started_at: 2026-03-03 09:00, officers: [{who}]}}}}\n"
    assert checked(tmp_path, capsys, steps)["R13.1"] == line
