"""存入: what goes into the vault from the page; a file that is there already is tied instead of refused without a word (A31)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.acts import drive as d
from tests.desk.doing import Desk, film, html, told

AT = "2026-03-03 16:00"


@pytest.fixture
def desk(bureau):
    return Desk.until(bureau, d.source, d.investigation)


def again(desk, at="2026-03-03 16:30", **more):
    """The film of the inspection a second time."""
    film(desk, AT)
    return film(desk, at, **more)


def kept(desk):
    return next(
        r for r in desk.state().recordings.values() if r.name == "检查.mp4" and r.size == len(b"film" * 100)
    )


def test_the_same_file_again_is_told_with_the_way_to_tie_it(desk):
    answer = again(desk)
    assert answer.status_code == 422
    assert "这个文件已经存入本案，不用再存" in told(answer)
    assert "本案已有“现场检查录像”（检查.mp4），3月3日存入，没有归入文书。" in told(answer)
    assert f'name="tie" value="{kept(desk).entry}"' in html(answer)


def test_the_stored_file_is_tied_and_nothing_stored_twice(desk):
    again(desk)
    record = desk.document("site_inspection_record").id
    before = len(desk.state().recordings)
    answer = desk.submit(
        "jia",
        desk.path("upload"),
        "2026-03-03 16:40",
        tie=kept(desk).entry,
        document=record,
        duty="inspection",
    )
    assert answer.status_code == 302
    assert (kept(desk).document, kept(desk).duty) == (record, "inspection")
    assert len(desk.state().recordings) == before


def test_tied_to_another_paper_it_still_meets_its_duty(desk):
    again(desk)
    for change in (
        {"duty": "inspection"},
        {"document": desk.document("site_inspection_record").id, "duty": ""},
    ):
        desk.submit("jia", desk.path("upload"), "2026-03-03 16:40", tie=kept(desk).entry, **change)
    assert kept(desk).duty == "inspection"
    assert kept(desk).document == desk.document("site_inspection_record").id


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"document": "", "duty": ""}, "选择归入哪份文书，或者满足哪一项记录要求"),
        ({"document": "elsewhere"}, "选择本案的文书或者草稿"),
        ({"tie": "0" * 64, "duty": "inspection"}, "没有这份存入的文件"),
    ],
)
def test_what_cannot_be_tied_is_said_and_nothing_recorded(desk, change, message):
    again(desk)
    before = desk.state().head
    answer = desk.submit(
        "jia", desk.path("upload"), "2026-03-03 16:40", **({"tie": kept(desk).entry} | change)
    )
    assert answer.status_code == 422
    assert message in told(answer)
    assert desk.state().head == before


def test_one_that_is_there_keeps_no_other_back(desk):
    film(desk, AT)
    files = [SimpleUploadedFile("检查.mp4", b"film" * 100), SimpleUploadedFile("另一段.mp4", b"other")]
    values = {"recorded": "1", "from": "2026-03-03T08:55", "to": "2026-03-03T10:25", "what": "现场检查录像"}
    answer = desk.submit("jia", desk.path("upload"), "2026-03-03 16:30", uploads={"file": files}, **values)
    assert answer.status_code == 422
    assert "已存入 1 个文件" in told(answer)
    assert any(r.name == "另一段.mp4" for r in desk.state().recordings.values())


@pytest.mark.parametrize(("name", "data"), [("安装.exe", b"MZ" + bytes(600)), ("申请书.pdf", b"no paper")])
def test_what_can_be_no_original_is_refused_before_it_is_stored(desk, name, data):
    before = desk.state().head
    file = SimpleUploadedFile(name, data)
    answer = desk.submit(
        "jia", desk.path("upload"), AT, uploads={"file": file}, recorded="0", what="申请材料"
    )
    assert answer.status_code == 422
    assert f"“{name}”" in told(answer)
    assert desk.state().head == before


def test_a_script_is_told_which_file_it_is(desk):
    answer = again(desk, ajax="1")
    given = answer.json()
    assert (given["tie"], given["stored"]["digest"]) == (kept(desk).entry, kept(desk).digest)
    assert given["where"].startswith("本案已有“现场检查录像”")
