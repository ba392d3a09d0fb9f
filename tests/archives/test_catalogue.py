"""Which papers lie in which volume, in what order, on which pages, and what the printed sheets say (domain §8.1, §8.2; R31.1)."""

import io
import json
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from liuhen.acts import bureau as registers
from liuhen.archives import catalogue, numbering
from liuhen.archives.originals import as_pdf, pages_in
from tests.archives import making


@pytest.fixture(scope="module")
def listed(given):
    return json.loads((given.complete / "data/catalogue.json").read_bytes())


def words(path):
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def items(listed, volume):
    return [item for item in listed["items"] if item.get("volume") == volume]


def test_the_main_volume_begins_with_the_decision_and_the_internal_one_holds_what_the_party_is_not_shown(
    listed,
):
    main, internal = items(listed, "main"), items(listed, "internal")
    assert [item["kind"] for item in main[:3]] == ["penalty_decision", "service_receipt", "docket_approval"]
    assert {"case_source_form", "investigation_report", "closing_report"} <= {i["kind"] for i in internal}
    assert not {"case_source_form", "investigation_report"} & {item["kind"] for item in main}


def test_pages_run_through_each_volume_and_are_those_of_the_files(given, listed):
    """Nobody finds a page by a number that is not on it."""
    for volume in listed["volumes"]:
        page = 1
        for item in items(listed, volume["code"]):
            if not item["pages"]:
                assert (item["from"], item["to"]) == ("", "")
                continue
            assert (item["from"], item["to"]) == (str(page), str(page + item["pages"] - 1))
            if item["file"]:
                with pypdfium2.PdfDocument(given.complete / item["file"]) as document:
                    assert len(document) == item["pages"]
            page += item["pages"]
        assert volume["pages"] == page - 1


def test_a_recording_is_listed_with_its_volume_and_takes_no_page(listed):
    (film,) = [item for item in listed["items"] if item["kind"] == "recording"]
    assert (film["volume"], film["pages"]) == ("main", 0)


def test_cover_catalogue_and_remarks_are_printed_for_each_volume(given, listed):
    for volume in listed["volumes"]:
        cover = words(given.complete / volume["cover"]).replace(" ", "")
        for told in (
            listed["archive_no"],
            "某粮食有限公司",
            "立案日期",
            "2026年4月1日",
            "行政处罚",
            "30年",
            volume["name"],
        ):
            assert told in cover, told
        assert f"共{len(listed['volumes'])}卷" in cover
        remarks = words(given.complete / volume["remarks"])
        assert f"{volume['pages']} 页" in remarks
        assert "立卷人：执法人员甲" in remarks
        assert "检查人：档案员癸" in remarks
    (film,) = [item for item in listed["items"] if item["kind"] == "recording"]
    remarks = words(given.complete / listed["volumes"][0]["remarks"])
    assert film["digest"].removeprefix("sha256:")[:32] in remarks


def test_the_archival_number_tells_fonds_category_year_term_section_and_place(listed):
    """domain §8.2: 全宗号-门类代码·年度-期限代码-机构-件（卷）号."""
    told = numbering.SHAPE.fullmatch(listed["archive_no"])
    assert told is not None
    assert (told["year"], told["term"], told["section"], int(told["n"])) == ("2026", "D30", "LC", 1)


def test_a_bureau_may_keep_its_files_in_one_volume(bureau):
    registers.set_value(registers.SYSTEM, "split_file", False, basis="测试", since=date(2020, 1, 1))
    drive = making.closed(bureau)
    (volume,) = catalogue.volumes(drive.state(), catalogue.items(drive.state()))
    assert volume.name == "全卷"
    assert [item.kind for item in volume.items][-1] == "closing_report"
    assert catalogue.numbered(volume.items)[0]["page_from"] == 1


def test_what_belongs_to_a_paper_follows_it_and_a_scan_is_listed_once(bureau):
    drive = making.driving.Drive(bureau)
    making.driving.source(drive)
    drive.deposit(b"photograph", "现场.jpg", what="现场照片", document=drive.documents["docket_approval"])
    found = catalogue.items(drive.state())
    kinds = [item.kind for item in found]
    assert kinds[kinds.index("docket_approval") + 1] == "original"


def picture(form, size=(40, 30)):
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, form)
    return made.getvalue()


def test_a_picture_is_one_page_and_what_does_not_open_is_none(given):
    paper = next((given.complete / "data/documents").iterdir()).read_bytes()
    assert pages_in(picture("JPEG"), "image/jpeg") == pages_in(picture("PNG"), "image/png") == 1
    assert pages_in(paper, "application/pdf") >= 1
    assert pages_in(b"no picture", "image/jpeg") == pages_in(b"%PDF-1.4 torn", "application/pdf") == 0
    with pypdfium2.PdfDocument(as_pdf(picture("PNG", (3000, 4000)), "image/png")) as document:
        assert len(document) == 1
