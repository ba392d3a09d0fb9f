"""Signed originals come back as a scan (A14): matched by their codes, deposited, tied, signatures registered by those who may."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from liuhen.acts import documents
from liuhen.acts.scanning import sort_pages
from liuhen.acts.storage import vault
from liuhen.papers import ScanPage
from liuhen.papers.scans import Code
from tests.acts import drive as d
from tests.desk.pages import browser, text
from tests.papers.scanning import as_file, as_pdf, pictures, worn
from tests.papers.test_papers import whole_text
from tests.remembered import step

INSPECTED = {
    "started_at": "2026-03-03T09:00", "ended_at": "2026-03-03T10:00", "place": "某街道某路1号",
    "certificates_shown": True, "recusal_answer": "不申请", "situation": "没有台账。",
}  # fmt: skip
AT = "2026-03-03 10:30"


def inspected(bureau, values=INSPECTED):
    drive = d.Drive(bureau)
    look(drive, values)
    return drive


@step
def look(drive, values):
    d.source(drive)
    drive.file("site_inspection_record", values, at="2026-03-03 10:10")


def sheets(drive, kind="site_inspection_record"):
    rendition = drive.document(kind).rendition("for_signature")
    with vault().open(rendition.digest) as file:
        return pictures(file.read())


def upload(drive, data, name="扫描.pdf", who="jia", at=AT):
    with d.day(at):
        sent = SimpleUploadedFile(name, data)
        return browser(who).post(reverse("scan", args=[drive.case]), {"file": sent}, follow=True)


def post(who, address, at=AT, **given):
    with d.day(at):
        return browser(who).post(address, given, follow=True)


def original(drive):
    return next(
        r for r in drive.state().recordings.values() if r.what.startswith("签名扫描件：") and not r.voided
    )


def refused(answer):
    assert answer.status_code == 422
    return text(answer.content.decode())


def index_of(html, label):
    """The number of the first open place with a label."""
    return re.search(rf'<label for="signed-(\d+)">{label}', html)[1]


def test_a_scan_is_deposited_as_it_came_tied_and_signed(bureau):
    drive = inspected(bureau)
    data = as_pdf([worn(page, turn=180, noise=2) for page in sheets(drive)])
    answer = upload(drive, data)
    html = answer.content.decode()
    kept = original(drive)

    assert answer.redirect_chain[-1][0] == reverse("scan_signed", args=[drive.case, kept.entry])
    with vault().open(kept.digest) as file:
        assert file.read() == data
    assert kept.document == drive.documents["site_inspection_record"]
    assert "登记纸上的签名" in html

    party, officer = index_of(html, "当事人"), index_of(html, "执法人员")
    address = reverse("scan_signed", args=[drive.case, kept.entry])
    answer = post("jia", address, signed=[party, officer], **{
        f"name-{party}": "张某", f"page-{party}": "1", f"page-{officer}": "1", "at": "2026-03-03T10:20",
    })  # fmt: skip
    assert "已登记" in text(answer.content.decode())
    signed = {
        (s.role, s.name, s.means, s.body["page"])
        for s in drive.document("site_inspection_record").current.signatures
    }
    assert signed == {("party", "张某", "paper", 1), ("officer", "执法人员甲", "paper", 1)}

    other = index_of(browser("yi").get(address).content.decode(), "执法人员")
    post("yi", address, signed=[other], **{f"page-{other}": "1"})
    final = drive.document("site_inspection_record").rendition("final")
    with vault().open(final.digest) as file:
        assert "已在纸上签名，见签名扫描件第1页" in whole_text(file.read())

    done = browser("jia").get(address).content.decode()
    assert "应当签名的都已登记" in text(done)
    assert '<button class="btn btn-1">登记' not in done
    assert "登记谁签了名" not in browser("jia").get(reverse("scan", args=[drive.case])).content.decode()


def test_whoever_has_signed_is_told_for_whom_it_waits(bureau):
    drive = inspected(bureau)
    upload(drive, as_pdf(sheets(drive)))
    address = reverse("scan_signed", args=[drive.case, original(drive).entry])
    html = browser("jia").get(address).content.decode()
    party, officer = index_of(html, "当事人"), index_of(html, "执法人员")
    post("jia", address, signed=[party, officer], **{
        f"name-{party}": "张某", f"page-{party}": "1", f"page-{officer}": "1",
    })  # fmt: skip
    html = browser("jia").get(address).content.decode()
    assert "还等执法人员乙登录后登记自己的签名" in text(html)


def test_nobody_registers_the_signature_of_a_colleague(bureau):
    drive = inspected(bureau)
    upload(drive, as_pdf(sheets(drive)))
    html = (
        browser("jia").get(reverse("scan_signed", args=[drive.case, original(drive).entry])).content.decode()
    )
    assert "本人登记" in html
    assert html.count('name="signed"') == html.count('<label for="signed-')


def test_several_papers_in_one_scan_go_to_their_documents(bureau):
    drive = inspected(bureau)
    drive.file("interview_record", {
        "started_at": "2026-03-03T10:00", "ended_at": "2026-03-03T10:20", "place": "某街道某路1号",
        "interviewee": {"name": "张某"}, "interviewed_as": "当事人", "certificates_shown": True,
        "recusal_answer": "不申请", "qa": [{"q": "姓名？", "a": "张某。"}], "read_how": "自阅",
    }, at="2026-03-03 10:25")  # fmt: skip
    pages = [*sheets(drive), *sheets(drive, "interview_record")]
    answer = upload(drive, as_pdf(pages))
    words = text(answer.content.decode())

    assert "已存入《现场检查（勘验）笔录》、《询问笔录》的签名扫描件" in words
    kept = [r for r in drive.state().recordings.values() if r.what.startswith("签名扫描件")]
    assert {r.document for r in kept} == {
        "",
        *(drive.documents[k] for k in ("site_inspection_record", "interview_record")),
    }


@pytest.mark.parametrize(("format_", "name"), [("JPEG", "签.jpg"), ("PNG", "签.png")])
def test_a_picture_of_one_page_does_as_well(bureau, format_, name):
    drive = inspected(bureau)
    answer = upload(drive, as_file(worn(sheets(drive)[0], turn=90), format_), name)
    assert "登记纸上的签名" in answer.content.decode()


def test_a_paper_of_another_case_is_refused_and_nothing_kept(bureau):
    drive, other = inspected(bureau), inspected(bureau)
    words = refused(upload(drive, as_pdf([*sheets(drive), *sheets(other)])))
    assert f"是案件 {other.state().case_no} 的文书，不是本案的" in words
    assert not [r for r in drive.state().recordings.values() if r.what.startswith("签名扫描件")]


def test_an_old_text_is_refused_with_what_to_do(bureau):
    drive = inspected(bureau)
    old = as_pdf(sheets(drive))
    with d.day("2026-03-03 10:15"):
        draft = documents.revise(drive.case, bureau["jia"], drive.documents["site_inspection_record"])
        documents.save_draft(
            draft.document, bureau["jia"], {**draft.values, "situation": "没有建立台账。"}, draft.version
        )
        documents.finalise(draft.document, bureau["jia"])
    assert "第 1 稿，现在是第 2 稿：签名随稿失效" in refused(upload(drive, old))


def test_pages_without_a_readable_code_are_named(bureau):
    drive = inspected(bureau)
    blank = Image.new("L", (1240, 1754), 255)
    assert "第 1 页没有读到二维码" in refused(upload(drive, as_pdf([blank])))
    words = text(upload(drive, as_pdf([*sheets(drive), blank])).content.decode())
    assert f"第 {len(sheets(drive)) + 1} 页没有读到二维码" in words


def test_an_unknown_code_an_altered_content_and_a_text_that_never_was_are_told_apart(bureau):
    drive = inspected(bureau)
    case, document = drive.state(), drive.document("site_inspection_record")
    short = document.id.replace("-", "").upper()[:20]
    right = document.current.commitment[:12].upper()

    def said(*codes, elsewhere=""):
        pages = [ScanPage(n, code) for n, code in enumerate(codes, 1)]
        return sort_pages(case, pages, lambda _: elsewhere)

    assert said(Code(short, 1, right)).matched[0].document == document.id
    assert said(Code("F" * 20, 1, right)).refused == ["第 1 页的二维码不对应任何一份文书"]
    assert said(Code("F" * 20, 1, right), elsewhere="另一个案件").refused == [
        "第 1 页是另一个案件的文书，不是本案的"
    ]
    assert "纸面或者二维码被改动过" in said(Code(short, 1, "0" * 12)).refused[0]
    assert "案卷里没有这一稿" in said(Code(short, 9, right)).refused[0]
    assert "扫描件里只有 1 页" in "".join(said(Code(short, 1, right)).noted) or len(sheets(drive)) == 1


def test_what_is_no_scan_and_nothing_at_all_are_told_at_the_field(bureau):
    drive = inspected(bureau)
    assert "请上传 PDF、JPG 或者 PNG" in refused(upload(drive, b"hello", "a.txt"))
    with d.day(AT):
        answer = browser("jia").post(reverse("scan", args=[drive.case]), {})
    assert "选择扫描件" in refused(answer)
    data = as_pdf(sheets(drive))
    upload(drive, data)
    assert "已经存入本案" in refused(upload(drive, data))


def test_a_form_that_says_nothing_or_a_page_that_is_not_there_is_refused(bureau):
    drive = inspected(bureau)
    html = upload(drive, as_pdf(sheets(drive))).content.decode()
    address = reverse("scan_signed", args=[drive.case, original(drive).entry])
    party = index_of(html, "当事人")
    assert "勾选扫描件上已经签名的人" in refused(post("jia", address))
    words = refused(post("jia", address, signed=[party], **{f"page-{party}": "99", f"name-{party}": ""}))
    assert "的签名在第几页" in words
    assert "填写“当事人”的姓名" in words
    assert drive.document("site_inspection_record").current.signatures == []


def test_who_may_not_deposit_here_sees_no_form(bureau):
    drive = inspected(bureau)
    with d.day(AT):
        assert browser("geng").get(reverse("scan", args=[drive.case])).status_code == 403
        assert browser("jia").get(reverse("scan_signed", args=[drive.case, "f" * 64])).status_code == 404
        assert browser("jia").get(reverse("scan", args=[drive.case])).status_code == 200
