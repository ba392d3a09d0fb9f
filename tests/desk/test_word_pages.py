"""A document as DOCX from its page: the same eyes as for the PDF, every reading logged (R33.1)."""

import io

import docx
from django.urls import reverse

from liuhen.records import read
from tests.acts import drive as d
from tests.desk.pages import browser, page, reported_source
from tests.papers.test_word import words


def fetched(who, name, *args, at="2026-03-20 09:00"):
    with d.day(at):
        return browser(who).get(reverse(name, args=args))


def consultations():
    return [e.body["what"] for e in read.stream("access") if e.kind == "Consulted"]


def test_a_final_document_is_had_as_docx_and_that_is_logged(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    document = drive.documents["docket_approval"]
    answer = fetched("jia", "paper_docx", drive.case, document)

    assert "wordprocessingml" in answer["Content-Type"]
    assert "attachment" in answer["Content-Disposition"]
    text = words(docx.Document(io.BytesIO(answer.content)))
    assert "立案审批表" in text
    assert "某粮食有限公司" in text
    assert "同意。" in text
    assert consultations()[-1] == "取《立案审批表》DOCX"
    assert reverse("paper_docx", args=[drive.case, document]) in page(
        browser("jia"), "read_document", drive.case, document
    )


def test_who_may_not_see_all_of_it_has_no_docx(bureau):
    drive = d.Drive(bureau)
    reported_source(drive)
    document = drive.documents["case_source_form"]

    assert fetched("yi", "paper_docx", drive.case, document).status_code == 403
    html = page(browser("yi"), "read_document", drive.case, document)
    assert reverse("paper_docx", args=[drive.case, document]) not in html
    assert fetched("jia", "paper_docx", drive.case, document).status_code == 200


def test_a_draft_as_docx_names_its_gaps(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    with d.day("2026-03-03 09:00"):
        client = browser("jia")
        draft = client.post(reverse("new_document", args=[drive.case, "verification_report"]))["Location"]
        found = draft.strip("/").split("/")[-1]
    answer = fetched("jia", "draft_docx", found, at="2026-03-03 09:05")
    text = words(docx.Document(io.BytesIO(answer.content)))

    assert "核查情况报告" in text
    assert "未填：" in text
    assert consultations()[-1] == "取草稿《核查情况报告》DOCX"
    assert fetched("jia", "draft_docx", "0000").status_code == 404


def test_of_a_received_paper_there_is_none(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    assert fetched("jia", "paper_docx", drive.case, "nothing").status_code == 404
