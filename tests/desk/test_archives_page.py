"""归档案卷: who keeps, borrowed and awaits what, the printed lists, the transfer, and who read a file (A32, A33; 档 14, 15, 21)."""

import io
import re
import zipfile

import pypdfium2
import pytest
from django.urls import reverse

from liuhen.acts import archiving, filekeeping
from liuhen.records.models import ArchiveRow, Entry
from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser, text

AT = "2026-06-01 09:00"
YEARS_ON, TEN_YEARS_ON = "2057-06-01 09:00", "2036-06-10 09:00"
LENT = {
    "borrower": "李某", "unit": "某人民法院", "purpose": "审理行政案件", "items": "正卷", "due_on": "2026-06-30",
}  # fmt: skip


@pytest.fixture
def drive(bureau):
    return making.archived(bureau)


def look(name="archives", *args, who="gui", at=AT, query=""):
    with d.day(at):
        return browser(who).get(reverse(name, args=args) + query)


def listed(drive, query, at=AT, who="gui"):
    """Whether the file is in the list that is filtered so."""
    return reverse("archive", args=[drive.case]) in look(query=query, at=at, who=who).content.decode()


def said_in(answer):
    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.getvalue()) as document:
        return plain("".join(page.get_textpage().get_text_bounded() for page in document))


def plain(words):
    """Without signs and white space: at the end of a line a reader of PDF loses a hyphen."""
    return re.sub(r"[\W\ufffe]", "", words)


def test_it_is_found_by_year_term_keeper_and_what_it_wants(drive):
    number = ArchiveRow.objects.get(case=drive.case).archive_no
    assert number in text(look().content.decode())
    assert listed(drive, f"?q={number}")
    assert listed(drive, "?year=2026&term=30年&where=section")
    for elsewhere in (
        "?q=别的",
        "?where=body",
        "?where=moved",
        "?where=destroyed",
        "?watch=lent",
        "?watch=due",
        "?watch=to_move",
    ):
        assert not listed(drive, elsewhere), elsewhere
    with d.day(AT):
        filekeeping.take_over(
            drive.case, drive.people["gui"], {"keeper": "档案室", "place": "二号库", "handed_by": "甲"}
        )
        filekeeping.lend(drive.case, drive.people["gui"], LENT)
        filekeeping.hold(drive.case, drive.people["xin"], True, "法院来函")
    for wanted in ("?where=body", "?watch=lent", "?watch=held"):
        assert listed(drive, wanted), wanted
    assert not listed(drive, "?watch=overdue")
    assert listed(drive, "?watch=overdue", at="2026-07-01 09:00")
    assert "某人民法院李某，应于 2026-06-30 归还" in text(look().content.decode())
    assert listed(drive, "?watch=to_move", at=TEN_YEARS_ON)
    assert not listed(drive, "?watch=due", at=YEARS_ON)
    with d.day(YEARS_ON):
        filekeeping.hold(drive.case, drive.people["xin"], False, "法院结案")
    assert listed(drive, "?watch=due", at=YEARS_ON)


@pytest.mark.parametrize(("who", "status", "sees"), [("gui", 200, True), ("ding", 200, True), ("wu", 200, False), ("jia", 403, False), ("admin", 403, False)])  # fmt: skip
def test_each_sees_the_files_that_they_may(drive, who, status, sees):
    answer = look(who=who)
    assert answer.status_code == status
    assert (reverse("archive", args=[drive.case]) in answer.content.decode()) == sees
    with d.day(AT):
        place = browser(who).get(reverse("work")).content.decode()
    assert (f'href="{reverse("archives")}"' in place) == (status == 200)


def test_the_list_of_a_batch_is_printed_before_and_after_the_destruction(bureau_committed):
    drive = making.archived(bureau_committed)
    number = ArchiveRow.objects.get(case=drive.case).archive_no
    making.approved(drive)
    page = look(at=YEARS_ON).content.decode()
    assert reverse("destruction_list") in page
    assert listed(drive, "?watch=proposed", at=YEARS_ON)
    before = said_in(look("destruction_list", query="?list=2057年第1批", at=YEARS_ON))
    for words in ("档案销毁清册", number, drive.state().case_no, "保管期限届满", "副局长辛", "监销人"):
        assert plain(words) in before, words
    making.dispose(drive)
    after = said_in(look("destruction_list", query="?list=2057年第1批", at=YEARS_ON))
    for words in (number, "内容已销毁", "执法人员甲、执法人员乙监销", "2057-06-01"):
        assert plain(words) in after, words
    assert listed(drive, "?where=destroyed", at=YEARS_ON)
    assert not listed(drive, "?watch=proposed", at=YEARS_ON)
    assert look("destruction_list", query="?list=没有的批次", at=YEARS_ON).status_code == 404
    assert look("destruction_list", query="?list=2057年第1批", who="jia", at=YEARS_ON).status_code == 403


def test_what_is_read_of_a_file_is_logged_and_shown(drive):
    look("archive", drive.case)
    look("package", drive.case).getvalue()
    look("print_volume", drive.case, "main").getvalue()
    document = drive.documents["penalty_decision"]
    look("read_document", drive.case, document, who="ding")
    look("archive_checks_pdf", drive.case)
    said = text(look("readings", drive.case).content.decode())
    for words in (
        "查看归档案卷",
        "下载案卷包",
        "打印正卷",
        "查看《行政处罚决定书》",
        "生成四性检测报告",
        "档案员癸",
        "科长丁",
    ):
        assert words in said, words
    assert said.index("生成四性检测报告") < said.index("查看归档案卷")
    other = making.archived(drive.people)
    assert "查看归档案卷" not in text(look("readings", other.case).content.decode())
    assert look("readings", drive.case, who="jia").status_code == 403
    assert look("readings", drive.case, query=f"?before={10**30}").status_code == 200


def transfer(who="gui", **data):
    with d.day(TEN_YEARS_ON):
        return browser(who).post(reverse("transfer"), data)


def test_the_transfer_from_the_page(drive, tmp_path):
    assert "没有满十年的案卷" in text(look("transfer").content.decode())
    assert f'value="{drive.case}"' in look("transfer", query="?all=1").content.decode()
    assert f'value="{drive.case}" checked' in look("transfer", at=TEN_YEARS_ON).content.decode()
    short = transfer(batch="2036年第1批")
    assert short.status_code == 422
    for words in ("填写“接收档案馆”", "填写“开放意见等说明”", "至少选一卷"):
        assert words in text(short.content.decode()), words
    given = {"batch": "2036年第1批", "to": "示例：某区档案馆", "note": "建议开放", "cases": [drive.case]}
    answer = transfer(**given)
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path / "taken")
    (folder,) = (path.parent for path in (tmp_path / "taken").rglob("archived.json"))
    assert making.load("liuhen_verify", making.VERIFIER).verify(folder.parent).problems == []
    assert Entry.objects.filter(kind="Handed", stream=f"case/{drive.case}").count() == 1
    assert listed(drive, "?where=moved", at=TEN_YEARS_ON)
    again = transfer(**{**given, "batch": "别的"})
    assert "已于2036年6月10日移交示例：某区档案馆" in text(again.content.decode())
    assert "2036年第1批" in text(look("transfer", at=TEN_YEARS_ON).content.decode())
    printed = said_in(look("transfer_list", query="?batch=2036年第1批", at=TEN_YEARS_ON))
    for words in ("档案移交清册", "某区档案馆", drive.state().case_no, "接收人"):
        assert plain(words) in printed, words
    assert look("transfer_list", query="?batch=x", at=TEN_YEARS_ON).status_code == 404
    assert look("transfer_list", query="?batch=2036年第1批", who="ding").status_code == 403
    assert look("transfer", who="ding").status_code == 403


def test_the_list_of_a_batch_stays_as_it_was_after_a_supplement_went_in_another(drive):
    given = {"batch": "2036年第1批", "to": "示例：某区档案馆", "note": "建议开放", "cases": [drive.case]}
    transfer(**given).getvalue()
    drive.deposit(b"late", "迟到.jpg", at="2036-07-01 09:00", what="迟到的照片")
    with d.day("2036-07-01 11:00"):
        archiving.archive(drive.case, drive.people["gui"])
    with d.day("2036-07-02 09:00"):
        browser("gui").post(reverse("transfer"), given | {"batch": "2036年第2批"}).getvalue()
        page = text(browser("gui").get(reverse("transfer")).content.decode())
    assert page.rindex("2036年第2批") < page.rindex("2036年第1批")
    first, second = (
        said_in(look("transfer_list", query=f"?batch={batch}", at="2036-07-03 09:00"))
        for batch in ("2036年第1批", "2036年第2批")
    )
    assert plain("2036年6月10日") in first
    assert "补充" not in first
    assert plain("2036年7月2日") in second
    assert plain("第1次补充") in second
