"""Three stories as they happen, through acts, fold, rules and package: (a) refusal and late video, (b) returned, issued, served
at the third try and corrected. Story (c), destruction years on, stands in tests/archives."""

from liuhen.acts import approvals, documents, facts
from liuhen.acts import bureau as registers
from liuhen.acts import signatures as signing
from liuhen.compliance.deadlines import running
from liuhen.compliance.judge import context, judge
from liuhen.measures import LIMITS
from liuhen.records import clock, read
from tests.acts import drive as d


def judged(drive, at):
    with d.day(at):
        return judge(drive.state(), context(clock.now(), read.office()))


def codes(drive, at):
    return {finding.code for finding in judged(drive, at).violated()}


def test_story_a_the_party_refuses_to_sign_and_the_video_comes_thirty_hours_later(bureau):
    """Inspection by two officers, the party refuses to sign, the video is deposited 30 hours later after remote duty."""
    drive = d.Drive(bureau)
    d.source(drive)
    drive.file(
        "site_inspection_record",
        {
            "started_at": "2026-03-03T09:00",
            "ended_at": "2026-03-03T10:00",
            "place": "某海岛粮库",
            "certificates_shown": True,
            "recusal_answer": "不申请",
            "situation": "没有台账。",
        },
        at="2026-03-03 10:05",
    )
    record = drive.documents["site_inspection_record"]
    drive.sign("site_inspection_record", "jia", "yi", role="officer", at="2026-03-03 10:10")
    with d.day("2026-03-03 10:12"):
        signing.sign(
            drive.case, bureau["jia"], record, role="party", name="张某", means="refused",
            reason="不认可检查结果", witness="村委会王某",
        )  # fmt: skip

    refused = drive.document("site_inspection_record").signed_by("party")[0]
    assert refused.refused
    assert refused.reason == "不认可检查结果"
    assert drive.document("site_inspection_record").rendition("final") is not None
    assert not {"R14.2", "R14.4"} & codes(drive, "2026-03-03 11:00")

    # The clock of 24 hours runs out on 4 March 10:10; the officers come back only on 4 March at 12:00.
    with d.day("2026-03-04 12:30"):
        registers.return_to_unit(bureau["jia"], "jia", d.local("2026-03-04 12:00"), "边远地区", "某海岛")
    drive.deposit(
        b"video", "检查.mp4", at="2026-03-04 16:10", what="现场检查录像", recorded=True, document=record,
        duty="site_inspection", starts=d.local("2026-03-03 08:55"), ends=d.local("2026-03-03 10:10"),
        device="1号记录仪", late_reason="海岛交通不便",
    )  # fmt: skip

    assert LIMITS["TL-37"].finding in ("", "R31.2")
    assert not {"TL-37", "R31.2", "R14.3"} & codes(drive, "2026-03-05 09:00")


def test_story_a_without_the_return_the_same_video_is_late(bureau):
    """R31.2: later than 24 hours is flagged, and lateness is told in numbers."""
    drive = d.Drive(bureau)
    d.source(drive)
    drive.deposit(
        b"video", "检查.mp4", at="2026-03-04 16:10", what="现场检查录像", recorded=True,
        starts=d.local("2026-03-03 08:55"), ends=d.local("2026-03-03 10:10"), device="1号记录仪", late_reason="次日才回到科室",
    )  # fmt: skip

    late = [f for f in judged(drive, "2026-03-05 09:00").violated() if f.code in ("TL-37", "R31.2")]
    assert len(late) == 1
    assert "2026年3月4日10:10" in late[0].message


def test_story_b_returned_once_finalised_anew_posted_in_vain_published_and_corrected(bureau):
    """An approval returned once, finalised anew, approved, issued; by hand fails, the post comes back, then published;
    the date of posting is corrected later."""
    drive = d.Drive(bureau)
    for step in (d.source, d.investigation, d.report, d.notice):
        step(drive)
    drive.file("decision_approval", {}, at="2026-03-18 09:00")
    drive.sign("decision_approval", "jia", "yi", at="2026-03-18 09:10")
    drive.approve("decision_approval", "ding", at="2026-03-18 09:30", opinion="return", text="写明裁量理由。")
    old = drive.document("decision_approval").current

    with d.day("2026-03-18 09:40"):
        draft = documents.revise(drive.case, bureau["jia"], drive.documents["decision_approval"])
        draft.values["reasons"] = "首次违法，危害后果轻微，裁量为一般。"
        draft.save()
        documents.finalise(draft.document, bureau["jia"])
    anew = drive.document("decision_approval")
    assert anew.current.number == 2
    assert anew.revisions[0].filed == old.filed
    assert anew.current.opinions == []
    assert anew.current.signatures == []

    drive.sign("decision_approval", "jia", "yi", at="2026-03-18 09:50")
    drive.approve("decision_approval", "ding", "xin", at="2026-03-18 10:00")
    drive.file("penalty_decision", {}, at="2026-03-18 10:30")
    drive.issue("penalty_decision", "2026-03-18 11:00")

    drive.serve("penalty_decision", "2026-03-18 14:00", what="attempted", reason="厂区锁闭，无人接收")
    drive.serve(
        "penalty_decision",
        "2026-03-19 09:00",
        method="邮寄",
        what="posted",
        tracking="EX123",
        carrier="邮政特快",
    )
    proof = drive.scan(b"envelope")
    drive.serve(
        "penalty_decision",
        "2026-03-25 09:00",
        method="邮寄",
        what="returned",
        reason="查无此人",
        proofs=[proof],
    )
    drive.deposit(
        b"board", "公告栏.jpg", at="2026-03-27 10:00", what="公告栏照片", recorded=True,
        document=drive.documents["penalty_decision"], ends=d.local("2026-03-27 09:30"), device="手机",
    )  # fmt: skip
    drive.serve(
        "penalty_decision", "2026-03-27 10:10", method="公告", what="published", carrier="公告栏", proofs=[proof],
        reason="直接、邮寄均未送达",
    )  # fmt: skip

    decision = drive.document("penalty_decision")
    assert str(decision.served_at) == "2026-04-26"
    with d.day("2026-03-28 09:00"):
        due = running(drive.state(), "TL-21", context(clock.now(), read.office()), decision.id)
        assert due is not None
        assert str(due.due.on) == "2026-05-11"
    assert not {"R27.2", "R27.3", "TL-20"} & codes(drive, "2026-03-28 09:00")

    # The date of posting was written down wrong: the stamp says the 20th.
    posted = next(step for step in decision.service if step.what == "posted")
    with d.day("2026-04-02 09:00"):
        receipts = facts.correct(
            drive.case, bureau["jia"], posted.entry, "/at", "2026-03-20", "邮戳日期为20日"
        )
        approvals.confirm(drive.case, bureau["ding"], receipts[0].hash)
    corrected = next(step for step in drive.document("penalty_decision").service if step.what == "posted")
    assert str(corrected.at) == "2026-03-20"
    assert corrected.entry == posted.entry


def test_a_corrected_date_of_service_moves_the_limits_that_hang_on_it(bureau):
    drive = d.Drive(bureau)
    for step in (d.source, d.investigation, d.report, d.notice, d.decision):
        step(drive)
    drive.issue("penalty_decision", "2026-03-18 11:00")
    drive.serve("penalty_decision", "2026-03-18 14:00")
    decision = drive.document("penalty_decision")

    def pay_by():
        with d.day("2026-03-20 09:00"):
            found = running(drive.state(), "TL-21", context(clock.now(), read.office()), decision.id)
        return str(found.due.on)

    assert pay_by() == "2026-04-02"
    with d.day("2026-03-20 08:00"):
        facts.correct(
            drive.case,
            bureau["jia"],
            decision.service[0].entry,
            "/at",
            "2026-03-19",
            "收件人注明的收到日期为19日",
        )
    assert pay_by() == "2026-04-03"


def test_a_field_of_an_issued_paper_is_not_corrected_in_place(bureau):
    """design, Corrected: only by a served correction notice."""
    import pytest

    from liuhen.acts.situation import Invalid

    drive = d.Drive(bureau)
    for step in (d.source, d.investigation, d.report, d.notice):
        step(drive)
    filed = drive.document("penalty_notice").current.filed
    with d.day("2026-03-10 09:00"), pytest.raises(Invalid, match="文书补正"):
        facts.correct(drive.case, bureau["jia"], filed, "/values/facts", "另一事实", "写错了")


def test_saving_a_form_twice_or_empty_changes_nothing_recorded(bureau):
    """§2b of the field's failures: a second, empty save wipes nothing."""
    from liuhen.records.models import Entry

    drive = d.Drive(bureau)
    d.source(drive)
    before = list(Entry.objects.order_by("id").values_list("hash", flat=True))
    with d.day("2026-03-03 09:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "site_inspection_record")
        for values in ({"situation": "没有台账。"}, {"situation": "没有台账。"}, {}, {"situation": "  "}):
            draft = documents.save_draft(draft.document, bureau["jia"], values)

    assert list(Entry.objects.order_by("id").values_list("hash", flat=True)) == before
