"""The pages on which things are done, each for itself: what they ask, what they refuse, what they leave behind."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from liuhen.acts import documents
from liuhen.records.models import Body, Entry
from tests.acts import drive as d
from tests.desk.doing import STROKES, Desk, wrong
from tests.desk.pages import text

NOTICE = "2026-03-09 12:00"


@pytest.fixture
def inspected(bureau):
    """A case with an inspection record that nobody has signed yet."""
    desk = Desk.until(bureau, d.source)
    with d.day("2026-03-03 10:10"):
        documents.file_document(desk.case, bureau["jia"], "site_inspection_record", {
            "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
            "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
        })  # fmt: skip
    return desk


@pytest.fixture
def noticed(bureau):
    """A case whose penalty notice is issued and not served."""

    def issued(drive):
        drive.file("penalty_notice", {}, at="2026-03-09 09:00")
        drive.issue("penalty_notice", at="2026-03-09 09:30")

    return Desk.until(bureau, d.source, d.investigation, d.report, issued)


def html(answer):
    return answer.content.decode()


def told(answer):
    return text(html(answer))


def last(desk, kind):
    """The body of the last entry of a kind."""
    row = Entry.objects.filter(stream=f"case/{desk.case}", kind=kind).order_by("-position").first()
    return desk.state(), json.loads(Body.objects.get(entry=row).content)


def png(size=(300, 100)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def recorded(inspected):
    """The same with every signature: the record is finished."""
    for who in ("jia", "yi"):
        inspected.submit(who, sign_url(inspected), "2026-03-03 10:20", means="drawn", strokes=STROKES)
    inspected.submit(
        "jia", sign_url(inspected), "2026-03-03 10:20", means="drawn", strokes=STROKES, name="张某"
    )
    return inspected


# -------------------------------------------------------------------------------------------------- 签名


def sign_url(desk, kind="site_inspection_record"):
    return desk.path("sign", desk.document(kind).id)


def test_reading_comes_before_signing_and_one_signs_for_oneself(inspected):
    """mock/README: reading before signing, in DOM and on screen; domain §5: officers sign for themselves."""
    page = html(inspected.get("jia", sign_url(inspected), NOTICE))
    assert "执法人员甲，请签名" in page
    assert page.index("第 1 页") < page.index("data-pad")
    assert "逐页签名" in page
    assert 'name="name"' not in page
    assert "执法人员乙</span>" in page
    assert "须本人登录后签名" in page


def test_an_empty_pad_is_no_signature(inspected):
    answer = inspected.submit("jia", sign_url(inspected), NOTICE, means="drawn", strokes="")
    assert answer.status_code == 422
    assert "请在签名框内书写姓名" in told(answer)
    assert (
        inspected.submit("jia", sign_url(inspected), NOTICE, means="drawn", strokes="[[1,").status_code == 422
    )
    assert inspected.submit("jia", sign_url(inspected), NOTICE, means="drawn", strokes="7").status_code == 422


def test_a_signature_on_paper_is_taken_as_a_picture(inspected):
    """The keyboard's way: a photograph of the signature."""
    scan = SimpleUploadedFile("签名.png", png())
    answer = inspected.submit("jia", sign_url(inspected), NOTICE, uploads={"scan": scan}, means="scan")
    assert answer.status_code == 302, wrong(answer)
    _, body = last(inspected, "Signed")
    assert body["means"] == "scan"
    for who in ("yi",):
        inspected.submit(who, sign_url(inspected), NOTICE, means="drawn", strokes=STROKES)
    inspected.submit("jia", sign_url(inspected), NOTICE, means="drawn", strokes=STROKES, name="张某")
    assert inspected.document("site_inspection_record").rendition("final") is not None


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"<svg/>", b""])
def test_what_is_no_picture_is_no_signature(inspected, data):
    uploads = {"scan": SimpleUploadedFile("签名.png", data)} if data else {}
    answer = inspected.submit("jia", sign_url(inspected), NOTICE, uploads=uploads, means="scan")
    assert answer.status_code == 422


def test_a_refusal_needs_its_reason_and_keeps_the_witness(inspected):
    """R14.4: refusal with reason, time and witness or recording."""
    inspected.submit("jia", sign_url(inspected), NOTICE, means="drawn", strokes=STROKES)
    answer = inspected.submit("jia", sign_url(inspected), NOTICE, means="refused", name="张某", reason="")
    assert answer.status_code == 422
    assert "写明拒绝签名的理由" in told(answer)

    answer = inspected.submit(
        "jia",
        sign_url(inspected),
        NOTICE,
        means="refused",
        name="张某",
        reason="对记录有异议。",
        witness="王某",
    )
    assert answer.status_code == 302
    _, body = last(inspected, "Signed")
    assert (body["means"], body["reason"], body["witness"]) == ("refused", "对记录有异议。", "王某")


def test_a_paper_without_its_number_cannot_be_signed_yet(bureau):
    desk = Desk.until(bureau, d.source)
    with d.day("2026-03-03 10:00"):
        desk_page = desk.begin("cure_order", "2026-03-03 10:00")
    assert desk_page.startswith("/drafts/")
    assert desk.get("jia", sign_url(desk, "docket_approval"), NOTICE).status_code == 200
    assert "这里没有等你签名的地方" in told(desk.get("jia", sign_url(desk, "docket_approval"), NOTICE))


# -------------------------------------------------------------------------------------------------- 审批


@pytest.fixture
def awaiting(bureau):
    """A source form, signed, that waits for the section head."""
    desk = Desk(bureau)
    desk.write("case_source_form", "2026-03-02 09:10", {
        "source_kind": "监督检查", "discovered_at": "2026-03-02T08:30", "is_named": "false", "content": "检查发现。",
    })  # fmt: skip
    desk.sign("case_source_form", "2026-03-02 09:20", "jia")
    return desk


def approve_url(desk, kind="case_source_form"):
    return desk.path("approve", desk.document(kind).id)


def test_no_opinion_is_chosen_beforehand(awaiting):
    """mock/README, Don't: a preselected opinion."""
    page = html(awaiting.get("ding", approve_url(awaiting), "2026-03-02 09:30"))
    assert 'name="opinion"' in page
    assert " checked" not in page
    answer = awaiting.submit("ding", approve_url(awaiting), "2026-03-02 09:30", text="看过。")
    assert answer.status_code == 422
    assert "选择同意、退回修改或者不同意" in told(answer)
    assert "看过。" in html(answer)


def test_agreeing_to_a_source_says_what_becomes_of_it(awaiting):
    """A9: the section head gives the handling opinion."""
    answer = awaiting.submit("ding", approve_url(awaiting), "2026-03-02 09:30", opinion="agree")
    assert "选择处理意见：核查、立案、不予立案、移送、其他" in told(answer)
    answer = awaiting.submit(
        "ding", approve_url(awaiting), "2026-03-02 09:30", opinion="agree", choice="立案"
    )
    assert answer.status_code == 302
    _, body = last(awaiting, "Decided")
    assert (body["choice"], body["text"]) == ("立案", "同意。")


def test_sending_back_needs_a_reason(awaiting):
    answer = awaiting.submit("ding", approve_url(awaiting), "2026-03-02 09:30", opinion="return")
    assert "写明退回或者不同意的理由" in told(answer)


def test_the_next_one_opens_at_once(bureau):
    """desk.md, 审批: next one opens at once."""
    desk = Desk.until(bureau, d.source)
    for at, course in (("2026-03-02 12:00", "第一次核查。"), ("2026-03-02 12:05", "第二次核查。")):
        desk.write("verification_report", at, {"course": course, "result": "属实。", "advice": "立案"})
        desk.sign("verification_report", "2026-03-02 12:10", "jia", "yi")
    first, second = (document.id for document in desk.state().of("verification_report"))
    page = told(desk.get("ding", desk.path("approve", first), "2026-03-02 12:20"))
    assert "共 2 件" in page
    answer = desk.submit("ding", desk.path("approve", first), "2026-03-02 12:20", opinion="agree")
    assert answer["Location"] == desk.path("approve", second)
    answer = desk.submit("ding", desk.path("approve", second), "2026-03-02 12:20", opinion="agree")
    assert answer["Location"] == reverse("work")


def test_who_is_not_asked_sees_the_page_and_no_form(awaiting):
    page = html(awaiting.get("xin", approve_url(awaiting), "2026-03-02 09:30"))
    assert 'name="opinion"' not in page
    assert "现在等科室负责人签署意见" in page


# -------------------------------------------------------------------------------------------------- 签发


def test_before_issuing_all_that_stands_in_the_way_is_shown(bureau):
    """desk principle 6; R15.1: no decision before the notice was served."""
    desk = Desk.until(bureau, d.source, d.investigation, d.report)
    at = "2026-03-09 12:00"
    early = {"defence_summary": "未提出。", "review_opinion": "同意。"}
    desk.write("decision_approval", at, early)
    desk.sign("decision_approval", at, "jia", "yi")
    desk.approve("decision_approval", at, "ding", "xin")
    desk.write("penalty_decision", at, {"defence_outcome": "未提出陈述申辩。"})
    url = desk.path("issue", desk.document("penalty_decision").id)
    page = html(desk.get("jia", url, at))

    assert "制作行政处罚告知书，送达当事人" in page
    assert "disabled" in page
    with d.day(at):
        assert desk.clients["jia"].post(url).status_code == 409
    assert desk.document("penalty_decision").issued is None


def test_a_second_issue_changes_nothing(noticed):
    document = noticed.document("penalty_notice")
    answer = noticed.get("jia", noticed.path("issue", document.id), NOTICE)
    assert answer["Location"] == noticed.path("serve", document.id)


# -------------------------------------------------------------------------------------------------- 送达


def serve_url(desk, method="", kind="penalty_notice"):
    return desk.path("serve", desk.document(kind).id) + (f"?method={method}" if method else "")


def test_the_ways_stand_in_their_order(noticed):
    """A27: direct, then by post, public notice last."""
    page = told(noticed.get("jia", serve_url(noticed), NOTICE))
    assert page.index("直接送达") < page.index("邮寄送达") < page.index("公告送达") < page.index("留置送达")


def test_the_form_asks_only_what_the_way_needs(noticed):
    post = html(noticed.get("jia", serve_url(noticed, "邮寄"), NOTICE))
    notice = html(noticed.get("jia", serve_url(noticed, "公告"), NOTICE))
    assert 'name="tracking"' in post
    assert 'data-if="what=posted|delivered|returned"' in post
    assert 'name="tracking"' not in notice
    assert 'name="recipient"' not in notice
    assert "公告载体" in notice


def test_by_post_step_by_step_until_it_counts(noticed):
    """A27(2): the day on the receipt is the day of service."""
    answer = noticed.submit("jia", serve_url(noticed, "邮寄"), NOTICE, what="posted", tracking="")
    assert "填写挂号或者快递单号" in told(answer)
    noticed.serve("penalty_notice", NOTICE, "邮寄", "posted", tracking="示例EMS0001", carrier="中国邮政")
    page = html(noticed.get("jia", serve_url(noticed, "邮寄"), "2026-03-12 09:00"))
    assert 'value="示例EMS0001"' in page
    noticed.serve(
        "penalty_notice", "2026-03-12 09:00", "邮寄", "delivered", strokes="", at="2026-03-11T15:00"
    )

    page = told(noticed.get("jia", serve_url(noticed), "2026-03-12 10:00"))
    assert "3月11日送达" in page
    assert noticed.document("penalty_notice").served_at.isoformat() == "2026-03-11T07:00:00+00:00"


def test_service_in_the_future_is_refused_and_nothing_typed_is_lost(noticed):
    answer = noticed.submit(
        "jia", serve_url(noticed, "直接"), NOTICE, what="delivered", recipient="王某", at="2026-03-10T09:00"
    )
    assert answer.status_code == 422
    assert "送达时间不能晚于现在" in told(answer)
    assert 'value="王某"' in html(answer)
    assert noticed.document("penalty_notice").service == []


def test_a_proof_is_stored_from_the_page_and_goes_with_the_step(noticed):
    with d.day(NOTICE):
        stored = (
            noticed.clients["jia"]
            .post(
                noticed.path("upload"),
                {"file": SimpleUploadedFile("交付.png", png()), "what": "交付照片", "ajax": "1"},
            )
            .json()
        )
    assert stored["image"] is True
    noticed.serve("penalty_notice", NOTICE, proofs=[f"{stored['digest']}|{stored['name']}"], recipient="张某")
    assert noticed.document("penalty_notice").service[0].body["proofs"] == [stored["digest"]]


# -------------------------------------------------------------------------------------------------- 存入


def film(desk, at, **more):
    file = SimpleUploadedFile("检查.mp4", b"film" * 100)
    values = {"recorded": "1", "from": "2026-03-03T08:55", "to": "2026-03-03T10:25", "what": "现场检查录像"}
    return desk.submit("jia", desk.path("upload"), at, uploads={"file": file}, **(values | more))


def test_a_film_deposited_late_asks_for_the_reason(inspected):
    """A31: within twenty-four hours, or why not."""
    answer = film(inspected, "2026-03-05 09:00")
    assert answer.status_code == 422
    assert "超过 24 小时才存入，写明原因" in told(answer)
    assert inspected.state().recordings == {}
    assert film(inspected, "2026-03-05 09:00", late_reason="设备故障，次日修复后导出。").status_code == 302
    assert (
        next(iter(inspected.state().recordings.values())).body["late_reason"] == "设备故障，次日修复后导出。"
    )


def test_a_film_is_tied_to_its_document_and_duty(inspected):
    document = inspected.document("site_inspection_record").id
    page = html(inspected.get("jia", inspected.path("upload") + f"?document={document}", "2026-03-03 16:00"))
    assert f'<option value="{document}" selected>' in page
    assert '<option value="inspection" selected>' in page
    film(inspected, "2026-03-03 16:00", document=document, duty="inspection")
    recording = next(iter(inspected.state().recordings.values()))
    assert (recording.document, recording.duty, recording.recorded) == (document, "inspection", True)


def test_without_a_file_nothing_is_stored(inspected):
    answer = inspected.submit("jia", inspected.path("upload"), NOTICE, what="录像")
    assert answer.status_code == 422
    assert "选择要存入的文件" in told(answer)


def test_a_file_is_given_out_in_parts_and_its_reading_is_logged_once(inspected):
    """RFC 9110 §14; R33.1: what was read is logged, not every piece of it."""
    film(inspected, "2026-03-03 16:00")
    recording = next(iter(inspected.state().recordings.values()))
    url = inspected.path("media_file", recording.digest)

    def read(value):
        with d.day("2026-03-03 17:00"):
            return inspected.clients["jia"].get(url, headers={"Range": value} if value else {})

    def logged():
        return Entry.objects.filter(stream="access", kind="Consulted").count()

    before = logged()
    whole = read("")
    assert b"".join(whole.streaming_content) == b"film" * 100
    assert whole["Accept-Ranges"] == "bytes"
    assert logged() == before + 1
    part = read("bytes=4-7")
    assert (part.status_code, b"".join(part.streaming_content), part["Content-Range"]) == (
        206,
        b"film",
        "bytes 4-7/400",
    )
    assert logged() == before + 1
    assert read("bytes=400-").status_code == 416
    assert inspected.get("bing", url, "2026-03-03 17:00").status_code == 403


def test_a_file_of_another_case_is_not_given_out(inspected, bureau):
    film(inspected, "2026-03-03 16:00")
    digest = next(iter(inspected.state().recordings.values())).digest
    other = Desk(bureau)
    assert other.get("jia", other.path("media_file", digest), NOTICE).status_code == 404


def test_a_photograph_has_a_small_picture_and_a_film_has_none(inspected):
    with d.day("2026-03-03 16:00"):
        inspected.clients["jia"].post(
            inspected.path("upload"), {"file": SimpleUploadedFile("照片.png", png((2000, 1000))), "ajax": "1"}
        )
    film(inspected, "2026-03-03 16:00")
    image, moving = sorted(inspected.state().recordings.values(), key=lambda r: r.recorded)
    answer = inspected.get("jia", inspected.path("media_file", image.digest) + "?size=thumb", NOTICE)
    assert answer["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.content)).size == (320, 160)
    assert (
        inspected.get("jia", inspected.path("media_file", moving.digest) + "?size=thumb", NOTICE).status_code
        == 404
    )


# -------------------------------------------------------------------------------------------- 更正、封存、确认


def test_a_correction_keeps_the_old_and_waits_for_the_section_head(recorded):
    """desk principle 9: 更正 is one click away and keeps both."""
    entry = recorded.document("site_inspection_record").current.filed
    url = recorded.path("correct", entry)
    assert "没有台账。" in told(recorded.get("jia", url, NOTICE))
    page = told(recorded.get("jia", f"{url}?path=/values/situation", NOTICE))
    assert "原为" in page

    answer = recorded.submit(
        "jia", f"{url}?path=/values/situation", NOTICE, value="没有台账。", reason="笔误。"
    )
    assert "要与原来的不同" in told(answer)
    answer = recorded.submit(
        "jia", f"{url}?path=/values/situation", NOTICE, value="仓房内没有台账。", reason=""
    )
    assert "填写更正的理由" in told(answer)
    assert "仓房内没有台账。" in html(answer)
    recorded.submit("jia", f"{url}?path=/values/situation", NOTICE, value="仓房内没有台账。", reason="笔误。")
    (correction,) = recorded.state().corrections
    assert (correction.old, correction.value, correction.confirmed) == (
        "没有台账。",
        "仓房内没有台账。",
        False,
    )

    confirm = recorded.path("confirm", correction.entry)
    page = told(recorded.get("ding", confirm, NOTICE))
    assert "没有台账。" in page
    assert "仓房内没有台账。" in page
    assert "由别人确认" in told(recorded.get("jia", confirm, NOTICE))
    recorded.submit("ding", confirm, NOTICE)
    assert recorded.state().corrections[0].confirmed


def test_a_time_is_corrected_in_wall_time_and_kept_as_an_instant(recorded):
    entry = recorded.document("site_inspection_record").current.filed
    url = f"{recorded.path('correct', entry)}?path=/values/started_at"
    assert 'value="2026-03-03T09:00"' in html(recorded.get("jia", url, NOTICE))
    recorded.submit("jia", url, NOTICE, value="2026-03-03T09:10", reason="核对录像。")
    assert recorded.state().corrections[0].value == "2026-03-03T01:10:00Z"


def test_a_value_that_does_not_fit_is_refused_at_its_field(recorded):
    entry = recorded.document("site_inspection_record").current.filed
    url = f"{recorded.path('correct', entry)}?path=/values/started_at"
    answer = recorded.submit("jia", url, NOTICE, value="三月三日", reason="笔误。")
    assert answer.status_code == 422
    assert '<a href="#value">' in html(answer)
    assert recorded.state().corrections == []


def test_a_paper_still_on_its_way_is_written_anew(inspected):
    document = inspected.document("site_inspection_record")
    page = html(inspected.get("jia", inspected.path("correct", document.current.filed), NOTICE))
    assert inspected.path("revise", document.id) in page
    assert 'name="reason"' not in page


def test_an_issued_paper_is_not_corrected_in_place(noticed):
    """A field of an issued paper is corrected only by a served correction notice (design, Entries)."""
    document = noticed.document("penalty_notice")
    page = html(noticed.get("jia", noticed.path("correct", document.current.filed), NOTICE))
    assert reverse("new_document", args=[noticed.case, "document_correction_notice"]) in page
    assert 'name="reason"' not in page


def test_a_service_step_is_corrected_too(noticed):
    noticed.serve("penalty_notice", NOTICE, recipient="张某")
    step = noticed.document("penalty_notice").service[0].entry
    url = f"{noticed.path('correct', step)}?path=/at"
    noticed.submit("jia", url, "2026-03-10 09:00", value="2026-03-09T11:30", reason="回证上写的是十一点半。")
    assert noticed.document("penalty_notice").service[0].at.isoformat() == "2026-03-09T03:30:00+00:00"


def test_a_wrong_attachment_is_sealed_away(inspected):
    film(inspected, "2026-03-03 16:00")
    recording = next(iter(inspected.state().recordings.values()))
    url = inspected.path("void", recording.entry)
    assert inspected.submit("jia", url, NOTICE, reason="").status_code == 422
    assert inspected.submit("jia", url, NOTICE, reason="传错了案件。").status_code == 302
    assert inspected.get("jia", inspected.path("media_file", recording.digest), NOTICE).status_code == 404


# -------------------------------------------------------------------------------------------- 登记事实、说明


def test_a_fact_is_stated_with_what_the_case_knows(noticed):
    noticed.serve("penalty_notice", "2026-03-09 14:00", recipient="张某")
    at = "2026-03-10 09:00"
    url = noticed.path("state", "defence_waived")
    page = html(noticed.get("jia", url, at))
    assert 'value="某粮食有限公司"' in page
    answer = noticed.submit("jia", url, at)
    assert answer.status_code == 422
    assert "须附凭证" in told(answer)

    with d.day(at):
        stored = (
            noticed.clients["jia"]
            .post(noticed.path("upload"), {"file": SimpleUploadedFile("声明.png", png()), "ajax": "1"})
            .json()
        )
    answer = noticed.submit("jia", url, at, proofs=[f"{stored['digest']}|{stored['name']}"])
    assert answer.status_code == 302, wrong(answer)
    (fact,) = noticed.state().happened("defence_waived")
    assert (fact.proofs, fact.at.isoformat()) == ((stored["digest"],), "2026-03-10")


def test_a_fact_of_a_span_happened_when_it_ended(inspected):
    url = (
        inspected.path("state", "recording_unsuitable")
        + f"?document={inspected.document('site_inspection_record').id}"
    )
    answer = inspected.submit("jia", url, NOTICE, reason="防爆", text="现场为防爆区域。")
    assert answer.status_code == 302, wrong(answer)
    (fact,) = inspected.state().happened("recording_unsuitable")
    assert fact.document == inspected.document("site_inspection_record").id


def test_no_such_fact_is_no_such_page(inspected):
    assert inspected.get("jia", inspected.path("state", "nonsense"), NOTICE).status_code == 404


def test_a_finding_is_explained_and_stays(inspected):
    """R14.3: no film of the inspection; the explanation stands beside the finding."""
    at = "2026-03-20 09:00"
    with d.day(at):
        page = told(inspected.clients["jia"].get(inspected.path("case_check")))
    assert "没有音像记录" in page
    subject = inspected.document("site_inspection_record").id
    url = f"{inspected.path('explain')}?code=R14.3&subject={subject}"
    assert inspected.submit("jia", url, at, text="").status_code == 422
    assert inspected.submit("jia", url, at, text="记录仪损坏，已改为文字记录。").status_code == 302
    assert inspected.state().explained[("R14.3", subject)] == "记录仪损坏，已改为文字记录。"
    assert inspected.get("jia", f"{inspected.path('explain')}?code=R99&subject=x", at).status_code == 302


# -------------------------------------------------------------------------------------------------- 补录


def backfilled(desk, at="2026-03-20 09:00", **changes):
    values = {
        "paper_at": "2026-03-05", "paper_time": "10:30", "paper_reason": "现场没有网络。", "started_at": "2026-03-05T09:00",
        "ended_at": "2026-03-05T10:00", "place": "某街道某路2号", "certificates_shown.nop": "1",
        "rights_told.nop": "1", "recusal_answer": "不申请", "situation": "没有台账。",
        "officers.0.name": "执法人员甲", "officers.1.name": "执法人员乙",
        "party.party_kind": "法人", "party.name": "某粮食有限公司",
        "paper_signed.0.label": "当事人", "paper_signed.0.name": "张某",
        "paper_signed.1.label": "执法人员", "paper_signed.1.name": "执法人员甲",
    }  # fmt: skip
    uploads = changes.pop("uploads", {"paper_scan": SimpleUploadedFile("笔录.pdf", b"%PDF-1.4 scan")})
    return desk.submit(
        "jia", desk.path("backfill") + "?kind=site_inspection_record", at, uploads=uploads,
        action="backfill", **(values | changes),
    )  # fmt: skip


def test_old_paper_is_entered_with_its_date_scan_and_signatures(bureau):
    """design, Scanned paper: true date, 纸上未载 allowed, signatures named by the scan."""
    desk = Desk.until(bureau, d.source)
    answer = backfilled(desk)
    assert answer.status_code == 302, wrong(answer)
    document = desk.document("site_inspection_record")
    assert document.current.origin == "backfilled"
    assert document.current.at.isoformat() == "2026-03-05T02:30:00+00:00"
    assert document.values["rights_told"] == {"not_on_paper": True}
    assert {(s.role, s.name, s.means) for s in document.current.signatures} == {
        ("party", "张某", "paper"), ("officer", "执法人员甲", "paper"),
    }  # fmt: skip
    scan = document.current.backfill["scan"]
    answer = desk.get("jia", desk.path("paper", document.id), NOTICE)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 scan"
    assert desk.get("jia", desk.path("media_file", scan), NOTICE).status_code == 200

    confirm = desk.path("confirm", document.current.filed)
    assert "现场没有网络。" in told(desk.get("ding", confirm, "2026-03-20 10:00"))
    desk.submit("ding", confirm, "2026-03-20 10:00")
    assert desk.document("site_inspection_record").current.confirmed


def test_what_is_missing_is_said_and_the_scan_need_not_be_chosen_again(bureau):
    desk = Desk.until(bureau, d.source)
    answer = backfilled(desk, uploads={})
    assert answer.status_code == 422
    assert '<a href="#paper_scan">' in html(answer)
    answer = backfilled(desk, paper_reason="")
    assert '<a href="#paper_reason">' in html(answer)
    assert "已存：笔录.pdf" in told(answer)
    assert desk.state().of("site_inspection_record") == []


def test_a_served_paper_brings_its_service(bureau):
    desk = Desk.until(bureau, d.source)
    answer = desk.submit(
        "jia", desk.path("backfill") + "?kind=penalty_notice", "2026-03-20 09:00",
        uploads={"paper_scan": SimpleUploadedFile("告知书.pdf", b"%PDF-1.4 notice")}, action="backfill",
        **{"paper_at": "2026-03-05", "paper_reason": "当时漏录。", "paper_number": "旧罚告〔2026〕3号",
           "paper_issued_on": "2026-03-05", "paper_service.0.at": "2026-03-06", "paper_service.0.method": "直接",
           "paper_service.0.what": "已经收到", "paper_service.0.recipient": "张某"},
    )  # fmt: skip
    assert answer.status_code == 302, wrong(answer)
    document = desk.document("penalty_notice")
    assert (document.issued.number, document.served_at.isoformat()) == ("旧罚告〔2026〕3号", "2026-03-06")


def test_every_kind_can_be_backfilled(bureau):
    desk = Desk.until(bureau, d.source)
    page = html(desk.get("jia", desk.path("backfill"), NOTICE))
    kinds = [part.split('"')[0] for part in page.split("?kind=")[1:]]
    assert len(kinds) > 50
    for kind in kinds:
        assert desk.get("jia", desk.path("backfill") + f"?kind={kind}", NOTICE).status_code == 200, kind


# -------------------------------------------------------------------------------------------------- 归档


def test_before_its_time_archiving_says_what_is_wanting(noticed):
    page = told(noticed.get("gui", noticed.path("archive"), NOTICE))
    assert "结案报告还没有批准" in page
    assert "没有送达" in page
    with d.day(NOTICE):
        answer = noticed.clients["gui"].post(noticed.path("archive"))
    assert answer.status_code == 422
    assert "结案报告批准以后才能归档" in told(answer)
    assert noticed.get("jia", noticed.path("package"), NOTICE).status_code == 400
