"""Before a step is begun it says whether and what must be recorded (R4.1; domain §6)."""

from liuhen.acts import documents
from tests.acts import drive as d
from tests.desk.pages import browser, page, text


def test_the_next_step_the_form_and_the_paper_tell_the_duty(bureau):
    drive = d.Drive(bureau)
    d.source(drive)
    client = browser("jia")
    shown = text(page(client, "case", drive.case, at="2026-03-03 08:50"))
    assert "应录：录像和照片，进入现场至离开现场" in shown
    with d.day("2026-03-03 09:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "site_inspection_record")
    form = text(page(client, "document", draft.document, at="2026-03-03 09:00"))
    assert "应录：录像和照片，进入现场至离开现场" in form
    assert "不适宜音像记录的" in form
    d.investigation(drive)
    record = drive.documents["site_inspection_record"]
    read = text(page(client, "read_document", drive.case, record, at="2026-03-20 09:00"))
    filmed = [r for r in drive.state().recordings.values() if r.document == record]
    assert ("写明不适宜的原因" in read) == (not filmed)


def test_serving_tells_what_each_way_asks_for(bureau):
    drive = d.Drive(bureau)
    for step in (d.source, d.investigation, d.report, d.notice):
        step(drive)
    client = browser("jia")
    notice = drive.documents["penalty_notice"]
    address = page(client, "serve", drive.case, notice, at="2026-03-10 09:00", query="?method=留置")
    assert "应录：录像，到达至留下文书" in text(address)
    assert "宜录：照片" in text(
        page(client, "serve", drive.case, notice, at="2026-03-10 09:00", query="?method=邮寄")
    )
