"""举证材料 in the page: offered while a decision is contested, chosen, taken as one file (复 48; 诉 67)."""

import io
import zipfile

import pytest
from django.urls import reverse

from liuhen.acts import facts
from liuhen.archives.court import offered
from tests.acts import drive as d
from tests.archives import making
from tests.desk.pages import browser, text

AT = "2026-04-20 09:00"


@pytest.fixture
def drive(bureau):
    """A decision against which a suit was brought; we received the copy on 2026-04-13."""
    drive = making.closed(bureau)
    with d.day("2026-04-13 10:00"):
        facts.state_fact(
            drive.case, bureau["jia"], "contested",
            {"route": "行政诉讼", "on": "2026-04-10", "notice_on": "2026-04-13", "body": "大连经济技术开发区人民法院"},
            proofs=[drive.scan()],
        )  # fmt: skip
    return drive


def look(drive, who="jia"):
    with d.day(AT):
        return browser(who).get(reverse("court", args=[drive.case]))


def send(drive, who="jia", **more):
    pieces = [p.key for p in offered(drive.state()) if p.chosen]
    data = {"route": "行政诉讼", "to": "大连经济技术开发区人民法院", "pieces": pieces} | more
    with d.day(AT):
        return browser(who).post(reverse("court", args=[drive.case]), data)


def test_the_page_tells_until_when_and_what_is_chosen(drive):
    page = look(drive).content.decode()
    assert "行政诉讼的答复和全部证据应在 4月28日 前提交" in text(page)
    assert ">处罚前已告知事实、理由、依据和陈述申辩的权利</textarea>" in page


def test_the_case_offers_it(drive):
    with d.day(AT):
        said = browser("jia").get(reverse("case", args=[drive.case])).content.decode()
    assert reverse("court", args=[drive.case]) in said


def test_the_pack_comes_as_one_file_and_is_recorded(drive):
    answer = send(drive)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as pack:
        assert pack.testzip() is None
        names = pack.namelist()
    assert any(name.endswith("/00-证据清单.pdf") for name in names)
    assert any(name.endswith("/核验/verify/verify.py") for name in names)
    assert drive.state().handed[0]["purpose"] == "行政诉讼举证"


@pytest.mark.parametrize(
    ("more", "message"),
    [({"pieces": []}, "至少选一份"), ({"to": ""}, "写明提交给"), ({"route": ""}, "选择行政复议或者行政诉讼"), ({"pieces": ["x"]}, "不在案卷里")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_made(drive, more, message):
    answer = send(drive, **more)
    assert answer.status_code == 422
    assert message in text(answer.content.decode())
    assert not drive.state().handed


@pytest.mark.parametrize(("who", "status"), [("yi", 200), ("ding", 200), ("admin", 403)])
def test_only_those_of_the_case_may(drive, who, status):
    assert look(drive, who).status_code == status
