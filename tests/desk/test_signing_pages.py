"""签名, 审批, 签发: what these pages ask, what they refuse, what they leave behind."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liuhen.acts import cases, documents
from tests.acts import drive as d
from tests.desk.doing import STROKES, Desk, html, last, png, sign_url, told, wrong
from tests.remembered import remembered

NOTICE = "2026-03-09 12:00"
CERTIFIED = {"jia": "示例-0001", "bing": "示例-0003", "ding": "示例-0004"}


# ------------------------------------------------------------ 签名


def test_reading_comes_before_signing_and_one_signs_for_oneself(inspected):
    """mock/README: reading before signing, in DOM and on screen; domain §5: officers sign for themselves."""
    page = html(inspected.get("jia", sign_url(inspected), NOTICE))
    assert "执法人员甲，请签名" in page
    assert page.index("第 1 页") < page.index("data-pad")
    assert "逐页签名" in page
    assert 'name="name"' not in page
    assert "执法人员乙</span>" in page
    assert "须本人登录后签名" in page


def named(bureau, *officers):
    """An inspection record that names these officers."""
    desk = Desk.until(bureau, d.source)
    with d.day("2026-03-03 10:10"):
        documents.file_document(desk.case, bureau["jia"], "site_inspection_record", {
            "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
            "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
            "officers": [{"person": p, "name": bureau[p].name, "certificate_no": CERTIFIED[p]} for p in officers],
        })  # fmt: skip
    return desk


def test_who_is_named_and_not_assigned_is_told_where_the_signature_is_asked(bureau):
    """A13: an officer of another section cannot open the case before somebody gives him a part in it."""
    desk = named(bureau, "jia", "bing")
    page = told(desk.get("jia", sign_url(desk), NOTICE))
    assert "没有指派到本案，登录了也打不开这份文书；请粮食和物资储备科的负责人先指派" in page
    assert f'href="{desk.path("case_people")}">先指派执法人员丙' in html(
        desk.get("ding", sign_url(desk), NOTICE)
    )
    assert desk.get("bing", sign_url(desk), NOTICE).status_code == 403

    cases.assign(desk.case, bureau["ding"], {"bing": "assist_officer"})
    assert "没有指派到本案" not in told(desk.get("jia", sign_url(desk), NOTICE))
    assert "签名：《现场检查（勘验）笔录》" in told(desk.get("bing", reverse("work"), NOTICE))
    answer = desk.submit("bing", sign_url(desk), NOTICE, means="drawn", strokes=STROKES)
    assert answer.status_code == 302, wrong(answer)


def test_a_paper_lies_on_the_desk_of_whom_it_names_besides_the_officers(bureau):
    desk = named(bureau, "jia", "ding")
    assert "没有指派到本案" not in told(desk.get("jia", sign_url(desk), NOTICE))
    assert "签名：《现场检查（勘验）笔录》" in told(desk.get("ding", reverse("work"), NOTICE))


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


def test_a_signature_on_a_received_paper_is_registered_from_the_original(bureau):
    """design, Scanned paper: the signature names the scan on which it stands."""
    desk = Desk.until(bureau, d.source)
    at = "2026-03-05 10:00"
    desk.upload(d.paper("letter"), "委托书.pdf", at, what="委托书", recorded="0")
    original = next(iter(desk.state().recordings.values()))
    desk.write("power_of_attorney", at, {
        "agents.0.name": "某律师", "files": f"{original.digest}|{original.name}", "scope": "一般代理",
    })  # fmt: skip
    url = sign_url(desk, "power_of_attorney")
    page = html(desk.get("jia", url, at))
    assert "登记原件上的签名" in page
    assert "data-pad" not in page
    answer = desk.submit("jia", url, at, means="original", name="张某")
    assert answer.status_code == 302, wrong(answer)
    _, body = last(desk, "Signed")
    assert (body["scan"], body["name"]) == (original.digest, "张某")


# ------------------------------------------------------------ 审批


@pytest.fixture
def awaiting(bureau):
    """A source form, signed, that waits for the section head."""
    return Desk(bureau, remembered(waiting, bureau))


def waiting(people):
    desk = Desk(people)
    desk.write("case_source_form", "2026-03-02 09:10", {
        "source_kind": "监督检查", "discovered_at": "2026-03-02T08:30", "is_named": "false", "content": "检查发现。",
    })  # fmt: skip
    desk.sign("case_source_form", "2026-03-02 09:20", "jia")
    return desk.case


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


# ------------------------------------------------------------ 签发


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
