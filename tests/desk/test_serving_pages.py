"""送达, 存入, 给出文件: each way asks for what it needs; files come and go with their traces."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from liuhen.acts import documents, signatures
from liuhen.records.models import Entry
from tests.acts import drive as d
from tests.desk.browsing import controls
from tests.desk.doing import STROKES, Desk, film, html, png, told, wrong

NOTICE = "2026-03-09 12:00"


# ------------------------------------------------------------ 送达


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


def _addressed(case, kind, at):
    """What the service page of a letter begins with."""
    shown = html(case.get("jia", case.path("serve", case.document(kind).id) + "?method=直接", at))
    return {
        name: value
        for name, value in controls(shown)
        if name in ("addressee", "place", "recipient", "relation")
    }


def test_r11_2_a_letter_to_another_body_is_not_addressed_to_the_party(bureau):
    """移送函 goes to the body that takes the case over; who received it there is not known before."""
    case = Desk.until(bureau, d.source)
    sheet, at = case.begin("case_matter_approval", "2026-03-04 09:00"), "2026-03-04 09:00"
    case.submit("jia", sheet, at, action="refill", topic="案件移送")
    more = {"reasons": "不属于本局管辖。", "proposal": "移送。"}
    answer = case.submit("jia", sheet, at, action="finalise", **more)
    assert answer.status_code == 302, wrong(answer)
    case.sign("case_matter_approval", "2026-03-04 09:10", "jia", "yi")
    case.approve("case_matter_approval", "2026-03-04 09:20", "ding", "xin")
    case.write(
        "case_transfer_letter",
        "2026-03-04 10:00",
        {"to_body": "某区市场监督管理局", "facts": "涉嫌无照经营。"},
    )
    case.issue("case_transfer_letter", "2026-03-04 10:10")
    assert _addressed(case, "case_transfer_letter", "2026-03-04 10:20") == {
        "addressee": "某区市场监督管理局", "place": "", "recipient": "", "relation": "",
    }  # fmt: skip
    case.serve("case_transfer_letter", "2026-03-04 11:00", addressee="", recipient="周某", place="该局收发室")
    assert case.document("case_transfer_letter").service[0].addressee == "某区市场监督管理局"


def test_a_notice_to_the_party_begins_with_what_the_case_knows_of_it(noticed):
    assert _addressed(noticed, "penalty_notice", NOTICE) == {
        "addressee": "某粮食有限公司", "place": "某街道某路1号", "recipient": "张某", "relation": "法定代表人",
    }  # fmt: skip


def test_who_agreed_to_be_served_electronically_is_served_there_and_nobody_else(noticed):
    """民诉法 93, P61.1: without the party's signature the page says so before anything is sent."""
    page = noticed.get("jia", serve_url(noticed, "电子"), NOTICE)
    assert "没有同意的，电子送达不算送达" in html(page)
    jia, agreed = (
        noticed.people["jia"],
        {"e_consent": True, "channel": "电子邮件", "account": "zhang@example.com", "phone": "123"},
    )
    with d.day("2026-03-09 11:00"):
        paper, _ = documents.file_document(noticed.case, jia, "service_address_confirmation", agreed)
        unsigned = html(noticed.get("jia", serve_url(noticed, "电子"), NOTICE))
        signatures.sign(noticed.case, jia, paper, role="party", name="张某", strokes=d.STROKES)
    page = html(noticed.get("jia", serve_url(noticed, "电子"), NOTICE))
    assert ("没有同意的" in unsigned, "没有同意的" in page) == (True, False)
    assert 'value="电子邮件 zhang@example.com"' in page


def test_what_is_left_is_left_for_a_reason(noticed):
    """民诉法 89: the reason for which the paper was refused stands on the proof of service."""
    answer = noticed.submit("jia", serve_url(noticed, "留置"), NOTICE, what="left", reason="")
    assert answer.status_code == 422
    assert "填写拒收事由" in html(answer)
    assert not noticed.document("penalty_notice").service


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


def receipt_of(desk):
    return {(s.role, s.name) for s in desk.document("penalty_notice").current.signatures}


def test_recipient_and_servers_sign_the_proof_of_service(noticed):
    """A27: whoever records the service signs on the same page, the colleague later with their own account."""
    noticed.serve("penalty_notice", NOTICE, recipient="张某", own=STROKES)
    assert receipt_of(noticed) == {("recipient", "张某"), ("server", "执法人员甲")}

    url = serve_url(noticed)
    assert "送达人执法人员乙待签名" in told(noticed.get("jia", url, NOTICE))
    assert 'value="receipt"' not in html(noticed.get("jia", url, NOTICE))
    case = told(noticed.get("yi", noticed.path("case"), NOTICE))
    assert "送达人也在送达回证上签名" in case

    answer = noticed.submit("yi", url, "2026-03-09 13:00", receipt_strokes=STROKES)
    assert answer.status_code == 302
    assert ("server", "执法人员乙") in receipt_of(noticed)
    assert "待签名" not in told(noticed.get("jia", url, "2026-03-09 13:10"))
    assert "送达人也在送达回证上签名" not in told(noticed.get("yi", noticed.path("case"), "2026-03-09 13:10"))


def test_who_did_not_serve_signs_no_proof_of_service(noticed):
    answer = noticed.submit(
        "jia",
        serve_url(noticed, "直接"),
        NOTICE,
        what="delivered",
        recipient="张某",
        servers=["yi"],
        own=STROKES,
    )
    assert answer.status_code == 422
    assert "你不是这一次的送达人" in told(answer)
    assert noticed.document("penalty_notice").service == []


def test_an_empty_pad_is_no_signature_on_the_proof_of_service(noticed):
    noticed.serve("penalty_notice", NOTICE, recipient="张某")
    answer = noticed.submit("jia", serve_url(noticed), NOTICE, receipt_strokes="")
    assert answer.status_code == 422
    assert "请在签名框内书写姓名" in told(answer)


def test_a_step_of_service_is_corrected_from_the_page_itself(noticed):
    noticed.serve("penalty_notice", NOTICE, recipient="张某")
    step = noticed.document("penalty_notice").service[0]
    assert f'href="{noticed.path("correct", step.entry)}"' in html(
        noticed.get("jia", serve_url(noticed), NOTICE)
    )


# ------------------------------------------------------------ 存入


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


def test_a_file_belongs_to_a_document_of_the_case_or_to_none(inspected):
    answer = film(inspected, "2026-03-03 16:00", document="ANOTHERCASESDOCUMENT")
    assert answer.status_code == 422
    assert "选择本案的文书或者草稿" in told(answer)


def test_only_files_of_the_case_are_proofs(noticed):
    noticed.serve("penalty_notice", NOTICE, proofs=[f"sha256:{'0' * 64}|别处的文件.pdf"], recipient="张某")
    assert "proofs" not in noticed.document("penalty_notice").service[0].body


def test_the_script_is_told_which_field_wants_what(inspected):
    """The device's clock may be wrong: the server says that it is late, and the page shows where to write why."""
    with d.day("2026-03-05 09:00"):
        answer = inspected.clients["jia"].post(
            inspected.path("upload"),
            {"file": SimpleUploadedFile("检查.mp4", b"film"), "what": "检查录像", "recorded": "1",
             "to": "2026-03-03T10:25", "device": "1号记录仪", "by": "jia", "ajax": "1"},
        )  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["fields"] == ["late_reason"]


def test_what_was_left_out_of_a_step_leaves_no_comma(noticed):
    noticed.submit(
        "jia", serve_url(noticed, "邮寄"), NOTICE, what="posted", place="某街道某路1号", tracking="EMS0001"
    )
    noticed.submit(
        "jia", serve_url(noticed, "邮寄"), "2026-03-11 09:00", what="delivered", tracking="EMS0001"
    )
    page = html(
        noticed.get("jia", noticed.path("read_document", noticed.document("penalty_notice").id), NOTICE)
    )
    assert [step.what for step in noticed.document("penalty_notice").service] == ["posted", "delivered"]
    assert 'class="sub">，' not in page
    assert 'class="sub">EMS0001' in page
