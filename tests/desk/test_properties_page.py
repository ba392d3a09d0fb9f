"""四性检测 in the page: before archiving, recorded with it, asked anew, as PDF; what stops archiving says the way out (R31.1)."""

import pytest
from django.urls import reverse

from liuhen.acts.storage import vault
from liuhen.cli.__main__ import main
from liuhen.records import read
from liuhen.records.models import Entry
from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser, text

AT = "2026-05-01 10:00"


def ask(drive, who="gui", name="archive_checks", method="get", query=""):
    with d.day(AT):
        return getattr(browser(who), method)(reverse(name, args=[drive.case]) + query)


def consulted():
    rows = Entry.objects.filter(stream="access", kind="Consulted")
    return [read.entry_of(row, row.body).body["what"] for row in rows]


def test_an_archived_file_shows_what_was_recorded_and_is_asked_anew(bureau):
    drive = making.archived(bureau)
    passed = drive.state().archived["checks"]["passed"]
    said = text(ask(drive).content.decode())
    assert f"通过 {passed} 项" in said
    assert f"没有检测 {drive.state().archived['checks']['not_run']} 项" in said
    assert "证明成立" not in said
    again = text(ask(drive, method="post").content.decode())
    assert f"通过 {passed + 1} 项" in again
    assert "证明成立" in again
    assert consulted()[-1:] == ["重新检测案卷包"]
    assert f"通过 {passed} 项" in text(ask(drive, name="archive").content.decode())
    assert ask(drive, query="?n=1").status_code == 404
    pdf = ask(drive, name="archive_checks_pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.getvalue().startswith(b"%PDF")
    assert consulted()[-1:] == ["生成四性检测报告"]
    assert read.case_entries(drive.case)[-1].kind == "Archived"


def test_what_stops_archiving_is_told_with_its_way_out(bureau, capsys):
    drive = making.closed(bureau)
    drive.deposit(b"photograph", "现场.jpg", at="2026-03-30 20:00", what="现场照片")
    (photograph,) = (r.digest for r in drive.state().recordings.values() if r.what == "现场照片")
    assert "归档以前检测" in text(ask(drive).content.decode())
    assert main(["properties", drive.state().case_no]) == 1
    vault().destroy(photograph)
    answer = ask(drive, name="archive", method="post")
    said = text(answer.content.decode())
    assert answer.status_code == 422
    assert "四性检测不通过，还不能归档" in said
    assert "库中没有“现场照片”" in said
    assert "liuhen fixity" in said
    assert 'href="#Z2"' in answer.content.decode()
    assert drive.state().archived_at is None
    capsys.readouterr()
    assert main(["properties", drive.state().case_no]) == 2
    assert "不通过　　Z2　原件与记录相符：库中没有“现场照片”" in capsys.readouterr().out


@pytest.mark.parametrize(("who", "status"), [("jia", 200), ("gui", 200), ("admin", 403), ("bing", 403)])
def test_only_who_may_archive_sees_it(bureau, who, status):
    assert ask(making.closed(bureau), who).status_code == status
