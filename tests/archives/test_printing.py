"""排印: a volume as one PDF with its cover, catalogue, pages numbered as catalogued, remarks; main and internal apart (A31; domain §8)."""

import io
import json

import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from PIL import Image

from liuhen.acts import archiving, printing
from liuhen.acts.situation import Invalid
from liuhen.archives import printing as composing
from liuhen.archives.bag import PackageError
from liuhen.cli.__main__ import main
from liuhen.records import read
from liuhen.records.models import Entry
from tests.acts.drive import day
from tests.archives import making
from tests.records.killing import died_at

AT = "2026-05-01 10:00"


def picture(width, height):
    made = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(made, "JPEG")
    return made.getvalue()


def listed(drive, volume):
    whole = json.loads((archiving.place(drive.case) / "data/catalogue.json").read_bytes())
    return [i for i in whole["items"] if i.get("volume") == volume]


def texts(path):
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def corners(path):
    """What is written last on each page, whether it stands in the right half, whether at the lower edge."""
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            left, bottom, _, _ = text.get_charbox(text.count_chars() - 1)
            found.append((text.get_text_bounded().split()[-1], left > page.get_width() * 0.9, bottom < 40))
    return found


def consulted():
    rows = Entry.objects.filter(stream="access", kind="Consulted")
    return [read.entry_of(row, row.body).body["what"] for row in rows]


@pytest.fixture
def drive(bureau):
    drive = making.closed(bureau)
    for name, size in (("直.jpg", (300, 400)), ("横.jpg", (400, 300))):
        drive.deposit(picture(*size), name, at="2026-03-30 20:00", what=f"照片{name[0]}")
    making.archive(drive)
    return drive


def test_each_volume_is_whole_in_order_and_numbered_as_its_catalogue_says(drive, tmp_path):
    for volume, name in (("main", "正卷"), ("internal", "副卷")):
        target = tmp_path / f"{volume}.pdf"
        with day(AT):
            pages = printing.print_volume(drive.case, drive.people["gui"], volume, target)
        said = texts(target)
        assert len(said) == pages
        with pikepdf.open(target) as made:
            places = [(one.title, made.pages.index(one.destination[0])) for one in made.open_outline().root]
            lying = [n for n, page in enumerate(made.pages) if page.mediabox[2] > page.mediabox[3]]
            sizes = {tuple(sorted(round(float(side)) for side in page.mediabox[2:])) for page in made.pages}
        papers = [(i["title"], int(i["from"])) for i in listed(drive, volume) if i["pages"]]
        assert [title for title, _ in places] == [
            "封面",
            "卷内目录",
            *(title for title, _ in papers),
            "备考表",
        ]
        start = places[2][1]
        assert [place - start + 1 for _, place in places[2:-1]] == [first for _, first in papers]
        assert corners(target)[start : places[-1][1]] == [
            (str(n), n % 2 == 1, True) for n in range(1, places[-1][1] - start + 1)
        ]
        assert lying == [place for title, place in places if title == "照片横"]
        assert sizes == {(595, 842)}
        assert all("档案员癸 2026-05-01 10:00 打印" in page for page in said)
        assert consulted()[-1] == f"打印{name}"
    assert not {i["title"] for i in listed(drive, "main")} & {i["title"] for i in listed(drive, "internal")}
    assert {"照片直", "照片横", "行政处罚决定书"} <= {i["title"] for i in listed(drive, "main")}


def test_what_is_not_there_is_said_and_nothing_overwritten(drive, tmp_path, capsys):
    target = tmp_path / "out" / "main.pdf"
    with pytest.raises(Invalid, match="本案有：正卷、副卷"):
        printing.print_volume(drive.case, drive.people["gui"], "whole", target)
    with pytest.raises(Invalid, match="没有第 1 次补充"):
        printing.print_volume(drive.case, drive.people["gui"], "main", target, 1)
    number = drive.state().case_no
    assert main(["print", number, str(target)]) == 0
    before = target.read_bytes()
    assert main(["print", number, str(target), "--volume", "internal"]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert target.read_bytes() == before
    assert [p.name for p in target.parent.iterdir()] == ["main.pdf"]


def test_an_original_that_changed_is_not_printed_in_its_place(drive, tmp_path, monkeypatch):
    monkeypatch.setattr(composing, "as_pdf", lambda *_: _two_pages())
    with pytest.raises(PackageError, match="现有 2 页，归档时 1 页"):
        printing.print_volume(drive.case, drive.people["gui"], "main", tmp_path / "out/main.pdf")
    assert list((tmp_path / "out").iterdir()) == []


def _two_pages():
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(made)
    return made.getvalue()


KILLED = {
    "half of it put together": (composing, "_add", "after", 1),
    "put together, not written": (composing, "marks", "after", 1),
    "written, not in its place": (composing, "printed", "after", 1),
}


@pytest.mark.parametrize("step", KILLED)
def test_killed_while_printing(bureau_committed, monkeypatch, step):
    """No partial file is to be seen, and the next time it succeeds."""
    drive = making.driving.Drive(bureau_committed)
    drive.deposit(picture(300, 400), "现场.jpg", what="现场照片")
    making.short(drive)
    making.unprinted(monkeypatch)
    monkeypatch.setattr(composing, "marks", lambda numbers, _: making.blank_sheet(pages=len(numbers)))
    making.archive(drive)
    target = settings.LIUHEN_DATA / "out" / "main.pdf"
    owner, name, when, nth = KILLED[step]

    def work():
        printing.print_volume(drive.case, drive.people["gui"], "main", target)

    assert died_at(owner, name, when, work, nth)
    assert not target.exists()
    work()
    with pikepdf.open(target) as made:
        assert len(made.pages) == 4
