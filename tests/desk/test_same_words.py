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

EXPIRED = [*ONE, {"person": "bing", "name": "执法人员丙", "certificate_no": "示例-0098"}]


def told(drive, *steps, approved=True, at="2026-03-18"):
    """A case with the text of a decision that must not be issued yet."""
    for step in steps:
        step(drive)
    drive.file("decision_approval", d.TOO_EARLY, at=f"{at} 09:00")
    drive.sign("decision_approval", "jia", "yi", at=f"{at} 09:10")
    if approved:
        drive.approve("decision_approval", "ding", "xin", at=f"{at} 10:00")
    drive.file("penalty_decision", {"defence_outcome": "当事人未提出陈述申辩。"}, at=f"{at} 10:30")
    return f"{at} 11:00"


def without_notice(drive):
    return told(drive, d.source, d.investigation, d.report, at="2026-03-09")


def too_early(drive):
    return told(drive, d.source, d.investigation, d.report, d.notice, at="2026-03-12")


def unapproved(drive):
    return told(drive, d.source, d.investigation, d.report, d.notice, approved=False)


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


def test_the_command_says_it_in_the_same_words(bureau, tmp_path, capsys):
    """`liuhen check` over the same facts told as a script."""
    from liuhen.cli.__main__ import main

    script = tmp_path / "早作决定.yaml"
    script.write_text(
        """
id: 早作决定
title: 申辩期内作出决定
procedure: penalty_ordinary
section: 粮食和物资储备科
people: {}
party: {party_kind: 法人, name: 某粮食有限公司}
steps:
  - at: 2026-03-09
    file: penalty_notice
    as: 告知书
    values: {penalties: [{kind: 警告}]}
    issued: 2026-03-09
    served: {on: 2026-03-09, method: 直接}
  - at: 2026-03-12
    file: penalty_decision
    values: {penalties: [{kind: 警告}]}
    issued: 2026-03-12
""",
        encoding="utf-8",
    )
    assert main(["check", str(script)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (told_there,) = [line["message"] for line in lines if line["code"] == "P62.1"]

    drive = d.Drive(bureau)
    at = too_early(drive)
    with d.day(at), pytest.raises(Stopped) as stop:
        issuing.issue(drive.case, bureau["jia"], drive.documents["penalty_decision"])
    (line,) = [finding.line for finding in stop.value.findings if finding.code == "P62.1"]
    assert told_there == line
