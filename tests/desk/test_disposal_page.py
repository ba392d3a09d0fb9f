"""鉴定销毁 in the pages: custody, loan, hold, appraisal, the leader's word and the destruction (档 14, 21; domain §8.3)."""

import pytest
from django.urls import reverse

from liuhen.compliance.custody import custody
from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser, text

YEARS_ON = "2057-06-01 09:00"
APPRAISED = {
    "list": "2057-1", "conclusion": "销毁", "opinion": "保管期限届满，拟予销毁。", "appraisers": "甲、乙",
}  # fmt: skip


@pytest.fixture
def drive(bureau_committed):
    return making.archived(bureau_committed)


def get(drive, name, *more, who="gui", at=YEARS_ON):
    with d.day(at):
        return browser(who).get(reverse(name, args=[drive.case, *more]))


def post(drive, name, *more, who="gui", at=YEARS_ON, **data):
    with d.day(at):
        return browser(who).post(reverse(name, args=[drive.case, *more]), data)


def state(drive, fact, **data):
    return post(drive, "state", fact, action="state", **data)


def test_from_the_desk_to_the_destruction_in_two_hands(drive):
    assert reverse("state", args=[drive.case, "appraised"]) in get(drive, "case").content.decode()
    assert state(drive, "appraised", **APPRAISED).status_code == 302
    assert "批准销毁" in text(get(drive, "disposal", who="xin").content.decode())
    assert "批准销毁</button>" not in get(drive, "disposal").content.decode()
    assert post(drive, "disposal", who="gui", action="agree").status_code == 403
    assert post(drive, "disposal", who="xin", action="agree").status_code == 302
    short = post(drive, "disposal", action="destroy", first="一人")
    assert (short.status_code, "两名监销人" in text(short.content.decode())) == (422, True)
    assert not drive.state().disposed
    assert post(drive, "disposal", action="destroy", first="监甲", second="监乙").status_code == 302
    assert drive.state().disposed


def test_the_leader_may_refuse_and_must_say_why(drive):
    state(drive, "appraised", **APPRAISED)
    assert "写明理由" in text(post(drive, "disposal", who="xin", action="refuse").content.decode())
    assert post(drive, "disposal", who="xin", action="refuse", text="还要查用").status_code == 302
    assert "销毁案卷内容" not in get(drive, "disposal").content.decode()


def test_a_hold_stops_the_appraisal_and_only_a_leader_lifts_it(drive):
    assert post(drive, "disposal", action="hold", reason="法院来函保全").status_code == 302
    assert "法院来函保全" in text(get(drive, "disposal").content.decode())
    assert "取消以前不能销毁" in text(state(drive, "appraised", **APPRAISED).content.decode())
    assert "取消保全</button>" not in get(drive, "disposal").content.decode()
    assert post(drive, "disposal", who="xin", action="lift", reason="保全解除").status_code == 302
    assert state(drive, "appraised", **APPRAISED).status_code == 302


def test_the_file_is_taken_over_lent_and_brought_back_from_the_page_of_the_archive(drive):
    at = "2026-06-01 09:00"
    for fact in ("custody_taken", "file_lent", "file_returned"):
        assert reverse("state", args=[drive.case, fact]) in get(drive, "archive", at=at).content.decode()
    taken = {"keeper": "档案室", "place": "二号库3柜", "handed_by": "执法人员甲"}
    lent = {"borrower": "李某", "unit": "某法院", "purpose": "审理", "items": "正卷", "due_on": "2026-06-30"}
    for fact, values in (("custody_taken", taken), ("file_lent", lent), ("file_returned", {"state": "完整"})):
        assert post(drive, "state", fact, at=at, action="state", **values).status_code == 302, fact
    kept = custody(drive.state(), d.local(at).date())
    assert (kept.keeper, kept.loan) == ("档案室", None)


@pytest.mark.parametrize(
    ("who", "status"), [("jia", 403), ("ding", 200), ("xin", 200), ("geng", 200), ("admin", 403)]
)
def test_who_sees_the_page(drive, who, status):
    assert get(drive, "disposal", who=who).status_code == status


def test_before_archiving_there_is_nothing_to_do(bureau_committed):
    drive = d.Drive(bureau_committed)
    page = get(drive, "disposal", who="ding", at="2026-03-02 10:00").content.decode()
    assert "<button" not in page.split("<h1>")[1]
