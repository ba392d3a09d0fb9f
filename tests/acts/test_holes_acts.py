"""What an independent reviewer got past the acts, and does not any more: moments made up, names borrowed, posts not held,
texts not seen."""

import io
from datetime import date

import pytest
from PIL import Image

from liuhen.acts import approvals, backfill, bureau, documents, issuing, serving, signatures
from liuhen.acts.bureau import SYSTEM
from liuhen.acts.engine import record_office
from liuhen.acts.showing import shown
from liuhen.acts.situation import Invalid
from liuhen.compliance.judge import context, judge
from liuhen.desk.places import places
from liuhen.measures.documents.decision import LEGAL_CHECKS
from liuhen.office.policy import NotPermitted
from liuhen.records import read
from liuhen.records.append import New
from liuhen.records.models import Draft
from liuhen.records.read import case_entries
from tests.acts import drive as d
from tests.remembered import step

TERM = (date(2026, 3, 1), date(2026, 3, 31), "局长办公会")


@pytest.fixture
def drive(bureau):
    return d.Drive(bureau)


def refused(act):
    with pytest.raises(Invalid) as refusal:
        act()
    return refusal.value.problems[0].message


@pytest.fixture
def noticed(drive):
    """A penalty notice issued on Monday 2026-03-09 at 09:30, not served yet."""
    issued(drive)
    return drive


@step
def issued(drive):
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    drive.file("penalty_notice", {}, at="2026-03-09 09:00")
    drive.issue("penalty_notice", at="2026-03-09 09:30")


@pytest.mark.parametrize(
    ("at", "now", "why"),
    [
        (d.local("2026-03-08 10:00"), "2026-03-09 10:00", "送达时间早于《行政处罚告知书》签发的时间"),
        (date(2026, 3, 8), "2026-03-09 10:00", "送达时间早于《行政处罚告知书》签发的时间"),
        (d.local("2026-03-09 09:29"), "2026-03-09 10:00", "送达时间早于《行政处罚告知书》签发的时间"),
        (d.local("2026-03-09 10:01"), "2026-03-09 10:00", "送达时间不能晚于现在"),
        (
            d.local("2026-03-09 10:00"),
            "2026-03-13 00:00",
            "送达时间是2026年3月9日，超过3个工作日，须用补录登记，写明理由，附原件的扫描件",
        ),
    ],
)
def test_service_is_not_dated_before_the_issue_nor_far_back_nor_ahead(noticed, at, now, why):
    """R19.1, R4.2: seven days' waiting cannot be made by a typed date."""
    assert refused(lambda: serve(noticed, at, now)) == why
    assert noticed.document("penalty_notice").service == []


def serve(drive, at, now):
    with d.day(now):
        serving.serve(
            drive.case, drive.people["jia"], drive.documents["penalty_notice"], method="直接", what="delivered",
            at=at, recipient="张某", servers=["jia", "yi"],
        )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "now"),
    [
        (d.local("2026-03-09 09:30"), "2026-03-09 09:31"),
        (date(2026, 3, 9), "2026-03-09 18:00"),
        (d.local("2026-03-09 10:00"), "2026-03-12 23:59"),
    ],
)
def test_service_of_the_last_days_is_recorded_with_its_time(noticed, at, now):
    serve(noticed, at, now)
    assert noticed.document("penalty_notice").served_at == at


def test_what_was_served_long_ago_is_backfilled_with_its_scan(noticed):
    with d.day("2026-03-20 09:00"):
        backfill.backfill_entry(
            noticed.case, noticed.people["jia"], "ServiceStep",
            {
                "document": noticed.documents["penalty_notice"], "addressee": d.PARTY["name"], "method": "直接",
                "what": "delivered", "recipient": "张某", "servers": ["jia", "yi"],
            },
            at=date(2026, 3, 10), scan=noticed.scan(), reason="当时没有登记",
        )  # fmt: skip
    assert noticed.document("penalty_notice").service[0].at == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-03-03 10:09", "签名时间早于《现场检查笔录》成文的时间"),
        ("2026-03-03 10:21", "签名时间不能晚于现在"),
    ],
)
def test_a_signature_is_not_dated_before_the_paper_nor_ahead(drive, at, why):
    inspected(drive)

    def sign():
        with d.day("2026-03-03 10:20"):
            signatures.sign(
                drive.case, drive.people["jia"], drive.documents["site_inspection_record"], role="officer",
                strokes=d.STROKES, at=d.local(at),
            )  # fmt: skip

    assert refused(sign).startswith(why[:8])
    assert drive.document("site_inspection_record").signed_by("officer") == []


def inspected(drive):
    d.source(drive)
    drive.file(
        "site_inspection_record",
        {
            "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
            "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
        },
        at="2026-03-03 10:10",
    )  # fmt: skip


def discussed(drive):
    """Minutes of a collective discussion with two leaders and one of another office, final and not signed."""
    d.source(drive)
    named = [
        {"person": "ren", "name": "局长壬", "post": "局长", "is_head": True},
        {"person": "xin", "name": "副局长辛", "post": "副局长", "is_head": True},
        {"name": "外聘专家某", "post": "专家", "is_head": False},
    ]
    drive.file(
        "collective_discussion_minutes",
        {
            "started_at": "2026-03-10T09:00", "ended_at": "2026-03-10T10:00", "place": "会议室",
            "chair": {"person": "ren", "name": "局长壬"}, "participants": named, "attendees": [],
            "reporter": {"person": "jia", "name": "执法人员甲"}, "recused": [],
            "subject": drive.documents["docket_approval"], "case_summary": "未建立台账。",
            "discussion": [{"who": "局长壬", "said": "同意。"}, {"who": "副局长辛", "said": "同意。"}], "result": "同意。", "agreed": True,
        },
        at="2026-03-10 10:30",
    )  # fmt: skip
    return drive.documents["collective_discussion_minutes"]


def signed_sheet():
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "white").save(out, "PNG")
    return out.getvalue()


def participant(drive, who, at="2026-03-10 11:00", **how):
    with d.day(at):
        return signatures.sign(
            drive.case, drive.people[who], drive.documents["collective_discussion_minutes"], role="participant", **how
        )  # fmt: skip


def test_a_place_for_a_post_is_signed_by_who_holds_it(drive):
    """罚 58, 强 55: an officer signs neither as the legal reviewer nor as the head of the bureau."""
    for stretch in (d.source, d.investigation, d.report, d.notice):
        stretch(drive)
    checks = [{"item": item, "result": "无问题"} for item in LEGAL_CHECKS]
    values = {
        "trigger": "案件情况疑难复杂、涉及多个法律关系",
        "checks": checks,
        "result": "同意",
        "opinion": "同意。",
    }
    drive.file("legal_review_opinion", values, who="ji", at="2026-03-17 09:00")
    why = refused(
        lambda: drive.sign("legal_review_opinion", "jia", role="legal_reviewer", at="2026-03-17 09:10")
    )
    assert why == "由法制审核人员本人签名，执法人员甲没有这个职务"
    drive.sign("legal_review_opinion", "ji", role="legal_reviewer", at="2026-03-17 09:20")
    paper = drive.state().latest("legal_review_opinion")
    assert [sign.person for sign in paper.signed_by("legal_reviewer")] == ["ji"]
    (place,) = places(paper)
    assert not place.open_to(drive.people["jia"])


@pytest.mark.parametrize("name", ["局长壬", " 局长 壬", "科长戊"])
def test_nobody_signs_for_a_person_of_the_bureau(drive, name):
    """R23.1: the minutes are signed by those who took part, not by the officer for them."""
    discussed(drive)
    ways = [
        {"strokes": d.STROKES},
        {"means": "refused", "reason": "不在"},
        {"means": "seal"},
        {"means": "fingerprint"},
    ]
    for how in ways:
        why = refused(lambda how=how: participant(drive, "jia", name=name, **how))
        assert why.startswith("本局人员只能由本人签名")


def test_minutes_are_signed_by_each_in_their_own_account_or_by_the_scan_of_the_signed_sheet(drive):
    discussed(drive)
    participant(drive, "ren", strokes=d.STROKES)
    participant(drive, "jia", name="副局长辛", means="scan", scan=signed_sheet())
    participant(drive, "jia", name="外聘专家某", strokes=d.STROKES)

    signed = drive.document("collective_discussion_minutes").signed_by("participant")
    assert [(s.name, s.person, s.means) for s in signed] == [
        ("局长壬", "ren", "drawn"), ("副局长辛", "", "scan"), ("外聘专家某", "", "drawn"),
    ]  # fmt: skip
    again = refused(lambda: participant(drive, "xin", strokes=d.STROKES))
    assert again == "副局长辛已经签过"


@pytest.fixture
def backfilled(drive):
    """A case with a fact that its officer backfilled; the hash of the entry that waits for a confirmation."""
    scan = drive.scan(b"%PDF-1.4 old paper")
    with d.day("2026-03-03 09:00"):
        receipts = backfill.backfill_entry(
            drive.case, drive.people["jia"], "Happened",
            {"fact": "correction_done", "values": {"on": "2026-03-02", "text": "当场建立台账。"}},
            at=date(2026, 3, 2), scan=scan, reason="当时没有登记",
        )  # fmt: skip
    return drive, receipts[0].hash


@pytest.mark.parametrize("who", ["wu", "yi", "ji", "gui"])
def test_only_the_head_of_the_cases_section_or_a_leader_confirms(backfilled, who):
    """The head of another section, an officer, the reviewer and the archivist do not."""
    drive, entry = backfilled
    with d.day("2026-03-03 10:00"), pytest.raises(NotPermitted):
        approvals.confirm(drive.case, drive.people[who], entry)
    assert entry in {u.entry for u in drive.state().unconfirmed}


@pytest.mark.parametrize(("who", "role"), [("ding", "section_head"), ("xin", "bureau_leader"), ("ren", "principal_leader")])  # fmt: skip
def test_who_confirms_is_recorded_in_the_post_that_they_hold(backfilled, who, role):
    drive, entry = backfilled
    with d.day("2026-03-03 10:00"):
        receipts = approvals.confirm(drive.case, drive.people[who], entry)
    assert entry not in {u.entry for u in drive.state().unconfirmed}
    assert decided(drive, receipts)["role"] == role


def test_a_backfilled_paper_is_confirmed_once_with_all_that_was_recorded_for_it(drive):
    """One press for one paper: its text, its signatures, its service; what another person recorded waits by itself."""
    scan, jia = drive.scan(b"%PDF-1.4 old paper"), drive.people["jia"]
    with d.day("2026-03-03 09:00"):
        document, _ = backfill.backfill_document(
            drive.case, jia, "interview_record", {"place": "某路1号"}, at=date(2026, 3, 2), scan=scan, reason="当时没有网络",
            signed=[{"role": "interviewee", "name": "张某"}, {"role": "officer", "name": "执法人员甲", "person": "jia"}],
        )  # fmt: skip
        late = {"document": document, "revision": 1, "role": "officer", "name": "执法人员乙", "person": "yi", "means": "paper",
                "pages": "last", "scan": scan}  # fmt: skip
        backfill.backfill_entry(
            drive.case, drive.people["yi"], "Signed", late, at=date(2026, 3, 2), scan=scan, reason="漏记"
        )
    state = drive.state()
    steps = [
        s
        for s in judge(state, context(d.local("2026-03-03 10:00"), state.office)).steps
        if s.does == "confirm"
    ]
    assert [s.title for s in steps] == ["确认补录：《询问笔录》", "确认补录"]
    with d.day("2026-03-03 10:00"):
        receipts = approvals.confirm(drive.case, drive.people["ding"], steps[0].subject)
    assert len(receipts) == 3
    (left,) = drive.state().unconfirmed
    assert (left.kind, left.actor) == ("Signed", "yi")


def decided(drive, receipts):
    return next(e.body for e in case_entries(drive.case) if e.hash == receipts[0].hash)


def docket(drive):
    drive.file(
        "case_source_form",
        {"source_kind": "监督检查", "discovered_at": "2026-03-02T08:30", "is_named": False, "content": "没有台账。"},
        at="2026-03-02 09:10",
    )  # fmt: skip
    drive.sign("case_source_form", "jia", at="2026-03-02 09:20")


def delegate(person, acting_for, role):
    with d.day("2026-03-01 09:00"):
        bureau.delegate(SYSTEM, person, acting_for, role, *TERM)


def test_nobody_delegates_a_post_that_they_do_not_hold(drive):
    """K9: neither the page nor any other door takes such a delegation, one's own, a backward term or one without basis."""
    for person, acting_for, role in (
        ("yi", "jia", "section_head"),
        ("yi", "ding", "officer"),
        ("ding", "ding", "section_head"),
    ):
        with pytest.raises(Invalid):
            delegate(person, acting_for, role)
    for term in ((TERM[1], TERM[0], "会议"), (*TERM[:2], " ")):
        with d.day("2026-03-01 09:00"), pytest.raises(Invalid):
            bureau.delegate(SYSTEM, "yi", "ding", "section_head", *term)
    assert read.office().delegations == []


def test_a_delegation_recorded_by_one_without_the_post_gives_no_power(drive):
    """K9: the delegation of an officer who is no section head gives no section head's power."""
    docket(drive)
    starts, ends, basis = TERM
    for person, acting_for in (("yi", "jia"), ("bing", "wu")):
        body = {
            "person": person, "acting_for": acting_for, "role": "section_head", "from": starts.isoformat(),
            "to": ends.isoformat(), "basis": basis,
        }  # fmt: skip
        with d.day("2026-03-01 09:00"):
            record_office("delegations", SYSTEM, "delegate", [New("Delegated", body)])
    for who in ("yi", "bing"):
        with pytest.raises(NotPermitted, match=r"科室负责人签署意见$|没有办理这一步的权限$"):
            drive.approve("case_source_form", who, at="2026-03-02 09:40", choice="立案")


def test_a_delegation_ends_with_the_post_of_the_one_who_gave_it(drive):
    docket(drive)
    delegate("yi", "ding", "section_head")
    with d.day("2026-03-02 08:00"):
        bureau.appoint(SYSTEM, "ding", "科长丁", "粮食和物资储备科", ["section_head"], action="leave")
    with pytest.raises(NotPermitted):
        drive.approve("case_source_form", "yi", at="2026-03-02 09:40", choice="立案")


@pytest.mark.parametrize("who", ["yi", "wu"])
def test_a_delegate_acts_for_the_section_of_the_one_who_delegated(drive, who):
    """K9: an officer of the section, or the head of another one, for the head of the case's section."""
    docket(drive)
    delegate(who, "ding", "section_head")
    drive.approve("case_source_form", who, at="2026-03-02 09:40", choice="立案")
    opinion = drive.document("case_source_form").current.opinions[-1]
    assert (opinion.role, opinion.actor, opinion.acting_for) == ("section_head", who, "科长丁")


def test_an_opinion_a_signature_and_an_issue_name_the_text_that_was_shown(drive):
    docket(drive)
    before = shown(drive.document("case_source_form"))
    revised(drive, "没有台账，另有一份旧账。")
    drive.sign("case_source_form", "jia", at="2026-03-02 09:32")
    stale = "内容已经更新，请看过新的一稿再办"

    assert refused(lambda: drive.approve("case_source_form", "ding", at="2026-03-02 09:40", choice="立案", seen=before)) == stale  # fmt: skip
    assert drive.document("case_source_form").current.opinions == []
    now = shown(drive.document("case_source_form"))
    assert now != before
    with d.day("2026-03-02 09:41"):
        receipts = approvals.approve(
            drive.case,
            drive.people["ding"],
            drive.documents["case_source_form"],
            "agree",
            choice="立案",
            seen=now,
        )
    assert decided(drive, receipts)["shown"] == now


def revised(drive, content):
    document = drive.documents["case_source_form"]
    with d.day("2026-03-02 09:30"):
        draft = documents.revise(drive.case, drive.people["jia"], document)
        documents.save_draft(document, drive.people["jia"], {**draft.values, "content": content})
        documents.finalise(document, drive.people["jia"])


def test_a_signature_on_another_text_than_the_one_shown_is_refused(drive):
    docket(drive)
    before = shown(drive.document("case_source_form"))
    revised(drive, "没有台账，另有一份旧账。")

    def sign(seen):
        with d.day("2026-03-02 09:31"):
            signatures.sign(
                drive.case, drive.people["jia"], drive.documents["case_source_form"], role="registrar",
                strokes=d.STROKES, seen=seen,
            )  # fmt: skip

    assert refused(lambda: sign(before)) == "内容已经更新，请看过新的一稿再办"
    sign(shown(drive.document("case_source_form")))


def test_a_letter_is_issued_as_it_was_shown(drive):
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    drive.file("penalty_notice", {}, at="2026-03-09 09:00")

    def issue(seen):
        with d.day("2026-03-09 09:30"):
            issuing.issue(drive.case, drive.people["jia"], drive.documents["penalty_notice"], seen=seen)

    assert refused(lambda: issue("0" * 64)) == "内容已经更新，请看过新的一稿再办"
    assert drive.document("penalty_notice").issued is None
    issue(shown(drive.document("penalty_notice")))
    assert drive.document("penalty_notice").issued is not None


def test_what_is_made_final_is_the_version_that_was_shown(drive):
    with d.day("2026-03-02 09:10"):
        draft = documents.new_draft(drive.case, drive.people["jia"], "case_source_form")
        saved = documents.save_draft(
            draft.document, drive.people["yi"], {**draft.values, "content": "另一人改过。"}
        )
        why = refused(lambda: documents.finalise(draft.document, drive.people["jia"], seen=draft.version))
    assert why == "内容已经更新，请看过新的一稿再办"
    assert saved.version > draft.version
    assert drive.state().documents == {}


def test_what_somebody_saves_while_a_draft_becomes_final_is_kept_as_the_next_text(drive, monkeypatch):
    values = {
        "source_kind": "监督检查",
        "discovered_at": "2026-03-02T08:30",
        "is_named": False,
        "content": "没有台账。",
    }
    with d.day("2026-03-02 09:10"):
        draft = documents.new_draft(drive.case, drive.people["jia"], "case_source_form")
        draft = documents.save_draft(draft.document, drive.people["jia"], {**draft.values, **values})
        plain = documents.perform

        def slowly(*arguments, **named):
            receipts = plain(*arguments, **named)
            documents.save_draft(
                draft.document, drive.people["yi"], {**draft.values, "content": "迟到的改动。"}
            )
            return receipts

        monkeypatch.setattr(documents, "perform", slowly)
        documents.finalise(draft.document, drive.people["jia"], seen=draft.version)
        monkeypatch.undo()

        left = Draft.objects.get(document=draft.document)
        assert (left.revision, left.values["content"]) == (2, "迟到的改动。")
        assert drive.state().documents[draft.document].values["content"] == "没有台账。"
        documents.finalise(draft.document, drive.people["jia"])
    assert drive.state().documents[draft.document].current.number == 2
    assert not Draft.objects.filter(document=draft.document).exists()
