"""A licensing case driven through the acts from the window to the archive (R6.1–R8.2; domain §3.1)."""

import pytest

from liuhen.acts import approvals, archiving, cases, documents, facts, issuing
from liuhen.acts.situation import Invalid, Stopped
from liuhen.compliance.judge import context, judge
from liuhen.office.policy import NotPermitted
from tests.acts.drive import Drive, day, local
from tests.remembered import step

SECTION = "粮食和物资储备科"
APPLICANT = {
    "party_kind": "法人",
    "name": "某新能源有限公司",
    "uscc": "91210200MA0EXAMPLE",
    "legal_rep": "李某",
    "address": "某街道某路2号",
}
MATTER = "企业投资项目核准"


class Licensing(Drive):
    """A licensing case opened at the window for a section."""

    @step
    def _open(self, at):
        with day(at):
            self.case = cases.open_case(
                self.people["chuang"], title="关于某新能源有限公司风电项目的核准", procedure="licensing",
                section=SECTION,
            )  # fmt: skip

    def issue(self, kind, at="2026-03-02 14:00", who="chuang"):
        with day(at):
            issuing.issue(self.case, self.people[who], self.documents[kind])

    def sign_as(self, kind, role, *who, applicant=False, at="2026-03-02 10:30"):
        if who:
            self.sign(kind, *who, role=role, at=at)
        if applicant:
            self.sign(kind, party=("party", "李某"), at=at)

    def prefilled(self, kind):
        """What a new draft of a kind begins with."""
        with day("2026-03-09 12:00"):
            draft = documents.new_draft(self.case, self.people["jia"], kind)
            values = dict(draft.values)
            documents.discard_draft(draft.document, self.people["jia"])
        return values

    def judged(self, at):
        state = self.state("ding")
        return judge(state, context(local(at), state.office))

    def findings(self, at):
        return {f.code for f in self.judged(at).violated()}


@step
def application(drive, at="2026-03-02", state="齐全"):
    """Application registered and receipt given at the window."""
    drive.file(
        "license_application",
        {
            "party": APPLICANT, "matter": MATTER, "request": "核准某风电项目。", "project_code": "2603-210213-04-01-000001",
            "truth_pledge": True, "received_at": f"{at}T09:05",
            "files": [{"digest": drive.scan(), "name": "申请书.pdf"}],
        },
        who="chuang", at=f"{at} 09:10",
    )  # fmt: skip
    rows = [
        {"name": "项目申请书", "form": "原件", "copies": 1, "state": "齐全"},
        {
            "name": "规划选址或者用地文件（法律、行政法规规定办理的）",
            "form": "原件",
            "copies": 1,
            "state": state,
        },
    ]
    drive.file("material_receipt", {"materials": rows}, who="chuang", at=f"{at} 09:20")
    drive.issue("material_receipt", at=f"{at} 09:25")
    drive.sign_as("material_receipt", "receiver", "chuang", applicant=True, at=f"{at} 09:30")


@step
def accepted(drive, at="2026-03-02"):
    """Accepted, served on the spot, handed over, reviewers assigned."""
    drive.file("license_acceptance_notice", {}, who="chuang", at=f"{at} 10:00")
    drive.issue("license_acceptance_notice", at=f"{at} 10:05")
    drive.serve("license_acceptance_notice", at=f"{at} 10:10")
    with day(f"{at} 11:00"):
        cases.assign(drive.case, drive.people["ding"], {"jia": "lead_officer", "yi": "assist_officer"})
    drive.file("license_handover", {}, who="chuang", at=f"{at} 11:10")


@step
def handed(drive, at="2026-03-02"):
    """Both signatures on the handover."""
    drive.sign_as("license_handover", "hander", "chuang", at=f"{at} 11:20")
    drive.sign_as("license_handover", "receiver", "jia", at=f"{at} 11:25")


@step
def reviewed(drive, at="2026-03-10", met="符合"):
    """Every condition and material answered, signed, opinion of the section head."""
    checks = [{**row, "met": met} for row in drive.prefilled("license_review_record")["condition_checks"]]
    materials = [
        {**row, "complete": "是", "valid": "是"}
        for row in drive.prefilled("license_review_record")["material_checks"]
    ]
    drive.file(
        "license_review_record",
        {"condition_checks": checks, "material_checks": materials, "opinion": "经审查，符合条件，建议准予。"},
        at=f"{at} 09:00",
    )
    drive.sign_as("license_review_record", "officer", "jia", "yi", at=f"{at} 09:10")
    drive.approve("license_review_record", "ding", at=f"{at} 09:30")


@step
def proposed(drive, proposal="准予", at="2026-03-11", **more):
    """Approval form signed and approved."""
    drive.file("license_approval_form", {"proposal": proposal, **more}, at=f"{at} 09:00")
    drive.sign_as("license_approval_form", "officer", "jia", at=f"{at} 09:10")
    drive.approve("license_approval_form", "ding", "xin", at=f"{at} 10:00")


def ready(people):
    drive = Licensing(people)
    application(drive)
    accepted(drive)
    handed(drive)
    return drive


def test_a_licence_goes_from_the_window_to_the_archive(bureau) -> None:
    drive = ready(bureau)
    assert drive.state("jia").case_no.endswith("-L-2026-0001")
    assert drive.document("license_acceptance_notice").values["due_on"] == "2026-03-30"
    reviewed(drive)
    proposed(drive)
    drive.file("license_grant_decision", {}, at="2026-03-12 09:00")
    drive.issue("license_grant_decision", at="2026-03-12 09:10", who="jia")
    drive.serve("license_grant_decision", at="2026-03-13 09:00")
    state = drive.state("jia")
    assert (state.outcome, drive.judged("2026-03-13 10:00").stage) == ("准予许可", "归档")
    assert drive.findings("2026-03-13 10:00") == set()
    with day("2026-03-16 09:00"):
        archiving.archive(drive.case, bureau["gui"])
    assert drive.findings("2026-03-17 10:00") == set()
    assert drive.judged("2026-03-17 10:00").state == "已归档"


def test_r8_2_a_denial_without_reasons_and_remedies_is_stopped(bureau) -> None:
    drive = ready(bureau)
    reviewed(drive, met="不符合")
    proposed(drive, "不予", reasons="不符合相关发展建设规划。")
    with pytest.raises(Stopped) as stopped:
        drive.file("license_denial_decision", {"reasons": "", "remedies": {}}, at="2026-03-12 09:00")
    assert "R8.2" in {f.code for f in stopped.value.findings}
    drive.file("license_denial_decision", {}, at="2026-03-12 09:00")
    assert drive.document("license_denial_decision").values["reasons"] == "不符合相关发展建设规划。"
    drive.issue("license_denial_decision", at="2026-03-12 09:10", who="jia")
    drive.serve("license_denial_decision", at="2026-03-13 09:00")
    assert drive.state("jia").outcome == "不予许可"


def test_r6_3_review_waits_for_both_signatures(bureau) -> None:
    drive = Licensing(bureau)
    application(drive)
    accepted(drive)
    drive.sign_as("license_handover", "hander", "chuang", at="2026-03-02 11:20")
    with pytest.raises(Stopped) as stopped:
        drive.file("license_review_record", {"opinion": "符合。"}, at="2026-03-03 09:00")
    assert "R6.3" in {f.code for f in stopped.value.findings}


def test_r6_3_who_hands_over_does_not_receive(bureau) -> None:
    drive = Licensing(bureau)
    application(drive)
    accepted(drive)
    drive.sign_as("license_handover", "hander", "chuang", at="2026-03-02 11:20")
    with pytest.raises(Invalid) as refused:
        drive.sign_as("license_handover", "receiver", "chuang", at="2026-03-02 11:25")
    assert "交、收双方不能是同一个人" in str(refused.value.problems)


def test_r7_1_a_proposal_waits_for_every_condition(bureau) -> None:
    """A row without an answer stops the record; a record with fewer rows than the catalogue stops the proposal."""
    drive = ready(bureau)
    with pytest.raises(Stopped) as open_rows:
        drive.file("license_review_record", {"opinion": "符合。"}, at="2026-03-10 09:00")
    assert "R7.1" in {f.code for f in open_rows.value.findings}
    short = {
        "condition_checks": [{"condition": "国家安全", "met": "符合"}],
        "material_checks": [{"material": "项目申请书", "complete": "是", "valid": "是"}],
    }
    drive.file("license_review_record", {"opinion": "符合。", **short}, at="2026-03-10 09:00")
    drive.sign_as("license_review_record", "officer", "jia", "yi", at="2026-03-10 09:10")
    drive.approve("license_review_record", "ding", at="2026-03-10 09:30")
    with pytest.raises(Stopped) as stopped:
        drive.file("license_approval_form", {"proposal": "准予"}, at="2026-03-11 09:00")
    assert {"R7.1", "R7.2"} <= {f.code for f in stopped.value.findings}


def test_r8_2_a_decision_waits_for_its_approval(bureau) -> None:
    drive = ready(bureau)
    reviewed(drive)
    drive.file("license_grant_decision", {}, at="2026-03-12 09:00")
    with pytest.raises(Stopped) as stopped:
        drive.issue("license_grant_decision", at="2026-03-12 09:10", who="jia")
    assert "R8.2" in {f.code for f in stopped.value.findings}


def test_a_supplement_is_told_once_and_acceptance_dates_from_the_day_all_was_there(bureau) -> None:
    drive = Licensing(bureau)
    application(drive, state="缺少")
    drive.file("license_supplement_notice", {}, who="chuang", at="2026-03-03 09:00")
    notice = drive.document("license_supplement_notice")
    assert [row["cure"] for row in notice.values["missing_items"]] == ["补交该材料"]
    drive.approve("license_supplement_notice", "ding", at="2026-03-03 10:00")
    drive.issue("license_supplement_notice", at="2026-03-03 10:10")
    drive.sign_as("license_supplement_notice", "registrar", "chuang", at="2026-03-03 10:20")
    drive.serve("license_supplement_notice", at="2026-03-03 11:00")
    with day("2026-03-09 15:00"):
        facts.state_fact(drive.case, bureau["chuang"], "materials_completed", {"at": "2026-03-09T14:30"})
    accepted(drive, "2026-03-10")
    assert drive.document("license_acceptance_notice").values["accepted_on"] == "2026-03-09"
    limit = next(d for d in drive.judged("2026-03-11 09:00").deadlines if d.code == "TL-04")
    assert str(limit.starts) == "2026-03-09"
    assert drive.findings("2026-03-11 09:00") == set()


def test_silence_for_five_working_days_is_acceptance_from_the_day_of_receipt_r6_2(bureau) -> None:
    drive = Licensing(bureau)
    application(drive)
    assert "R6.2" not in drive.findings("2026-03-09 23:00")
    assert "R6.2" in drive.findings("2026-03-10 00:30")
    limit = next(d for d in drive.judged("2026-03-10 00:30").deadlines if d.code == "TL-04")
    assert (str(limit.starts), str(limit.due.day)) == ("2026-03-02", "2026-03-30")
    accepted(drive, "2026-03-11")
    assert drive.document("license_acceptance_notice").values["accepted_on"] == "2026-03-02"


def test_the_window_neither_reviews_nor_issues_the_decision(bureau) -> None:
    drive = ready(bureau)
    with day("2026-03-09 09:00"), pytest.raises(NotPermitted):
        documents.new_draft(drive.case, bureau["chuang"], "license_review_record")
    reviewed(drive)
    proposed(drive)
    drive.file("license_grant_decision", {}, at="2026-03-12 09:00")
    with pytest.raises(NotPermitted):
        drive.issue("license_grant_decision", at="2026-03-12 09:10", who="chuang")


def test_the_window_opens_no_penalty_case_for_another_section(bureau) -> None:
    with day("2026-03-02 09:00"), pytest.raises(NotPermitted):
        cases.open_case(bureau["chuang"], title="某案", section=SECTION)


def test_a_withdrawn_application_is_terminated_and_closed(bureau) -> None:
    drive = ready(bureau)
    with day("2026-03-05 09:00"):
        facts.state_fact(
            drive.case, bureau["chuang"], "application_withdrawn", {"on": "2026-03-05", "text": "项目暂缓。"},
            proofs=[drive.scan(b"withdrawal")],
        )  # fmt: skip
    drive.file(
        "license_withdrawal_by_applicant", {"ground": "申请人撤回"}, who="chuang", at="2026-03-05 10:00"
    )
    drive.approve("license_withdrawal_by_applicant", "ding", at="2026-03-05 11:00")
    drive.issue("license_withdrawal_by_applicant", at="2026-03-05 11:10")
    drive.serve("license_withdrawal_by_applicant", at="2026-03-05 14:00")
    assert drive.state("jia").outcome == "终止办理"
    assert drive.findings("2026-03-06 09:00") == set()


def test_what_follows_from_something_did_not_happen_before_it(bureau) -> None:
    """The materials were not complete before the supplement was asked for: a slip of the date would set every limit wrong."""
    drive = Licensing(bureau)
    application(drive, state="缺少")
    drive.file("license_supplement_notice", {}, who="chuang", at="2026-03-03 09:00")
    drive.approve("license_supplement_notice", "ding", at="2026-03-03 10:00")
    drive.issue("license_supplement_notice", at="2026-03-03 10:10")
    drive.sign_as("license_supplement_notice", "registrar", "chuang", at="2026-03-03 10:20")
    drive.serve("license_supplement_notice", at="2026-03-03 11:00")
    with day("2026-03-09 15:00"):
        with pytest.raises(Invalid) as refused:
            facts.state_fact(drive.case, bureau["chuang"], "materials_completed", {"at": "2026-02-09T14:30"})
        facts.state_fact(drive.case, bureau["chuang"], "materials_completed", {"at": "2026-03-03T14:30"})
    assert [(p.field, p.message) for p in refused.value.problems] == [
        ("at", "“提交时间”早于《申请材料补正一次性告知书》交付送达（2026年3月3日）")
    ]


def test_a_day_that_is_set_for_somebody_lies_ahead(bureau) -> None:
    drive = Licensing(bureau)
    application(drive, state="缺少")
    with pytest.raises(Invalid) as refused:
        drive.file("license_supplement_notice", {"due_on": "2026-03-01"}, who="chuang", at="2026-03-03 09:00")
    assert [p.message for p in refused.value.problems] == ["“提交期限”已经过去"]
    drive.file("license_supplement_notice", {"due_on": "2026-03-03"}, who="chuang", at="2026-03-03 09:00")


def test_the_window_opens_a_case_for_a_section_that_reviews(bureau) -> None:
    for section in ("", "审批窗口", "没有的科"):
        with day("2026-03-02 09:00"), pytest.raises(Invalid) as refused:
            cases.open_case(bureau["chuang"], title="某项目", procedure="licensing", section=section)
        assert [p.field for p in refused.value.problems] == ["section"]


def test_the_window_seals_away_its_own_mistake(bureau) -> None:
    """A notice of acceptance that was made too soon and not issued yet: then the supplement is told."""
    drive = Licensing(bureau)
    application(drive, state="缺少")
    drive.file("license_acceptance_notice", {}, who="chuang", at="2026-03-02 10:00")
    assert "L34.1" in drive.findings("2026-03-02 10:10")
    with day("2026-03-02 10:20"):
        filed = drive.document("license_acceptance_notice").current.filed
        (receipt,) = facts.void(drive.case, bureau["chuang"], filed, "材料不齐，应当先补正。")
        approvals.confirm(drive.case, bureau["ding"], receipt.hash)
    assert "L34.1" not in drive.findings("2026-03-02 10:30")


def test_a_paper_is_handed_by_default_to_whom_it_names(bureau) -> None:
    drive = ready(bureau)
    neighbour = {"party_kind": "自然人", "name": "孙某", "address": "某小区3号楼"}
    drive.file(
        "interested_party_notice",
        {"interested_party": neighbour, "effect": "影响采光。"},
        at="2026-03-04 09:00",
    )
    drive.approve("interested_party_notice", "ding", at="2026-03-04 10:00")
    drive.issue("interested_party_notice", at="2026-03-04 10:10", who="jia")
    drive.serve("interested_party_notice", at="2026-03-04 15:00", recipient="孙某", relation="本人")
    assert [s.addressee for s in drive.document("interested_party_notice").service] == ["孙某"]


def test_who_is_named_in_the_approved_notice_holds_the_hearing(bureau) -> None:
    """Presider and recorder see the case from then on; a further notice that names another moves the part (A19; 许 48)."""
    drive = ready(bureau)
    with day("2026-03-03 09:00"):
        facts.state_fact(
            drive.case, bureau["chuang"], "license_hearing_requested", {"at": "2026-03-03T08:50", "by": "孙某"},
            proofs=[drive.scan(b"asked")],
        )  # fmt: skip
    who = {
        "presider": {"person": "ji", "name": "法制审核员己"},
        "recorder": {"person": "gui", "name": "档案员癸"},
    }
    drive.file("license_hearing_notice", {"at": "2026-03-20T09:00", **who}, at="2026-03-03 10:00")
    drive.approve("license_hearing_notice", "ding", "xin", at="2026-03-03 11:00")
    assert drive.state("jia").holders("presider", "recorder") == []
    drive.issue("license_hearing_notice", at="2026-03-03 11:10", who="jia")
    assert drive.state("jia").holders("presider", "recorder") == ["ji", "gui"]
    assert [row["name"] for row in drive.document("license_hearing_notice").values["interested"]] == ["孙某"]


def test_an_end_does_not_lie_before_its_beginning(bureau) -> None:
    drive = ready(bureau)
    reviewed(drive)
    proposed(drive)
    with pytest.raises(Invalid) as refused:
        drive.file(
            "license_grant_decision",
            {"valid_from": "2026-03-12", "valid_to": "2026-03-01"},
            at="2026-03-12 09:00",
        )
    assert [p.field for p in refused.value.problems] == ["valid_to"]
    drive.file("license_grant_decision", {}, at="2026-03-12 09:00")
    assert drive.document("license_grant_decision").values["content"] == (
        "你（单位）申请的“核准某风电项目。”符合法定条件、标准，依法决定准予行政许可。"
    )
