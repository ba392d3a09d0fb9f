"""The opinion, the signature and the issue hold for the text that the page showed; meanwhile revised, it is shown anew."""

import pytest

from liuhen.acts import documents
from liuhen.acts.bureau import SYSTEM, appoint, delegate
from liuhen.acts.showing import shown
from tests.acts import drive as d
from tests.desk.browsing import controls
from tests.desk.doing import STROKES, Desk
from tests.desk.pages import text
from tests.remembered import step

STALE = "内容已经更新，请看过新的一稿再办"
TIME = "2026-03-02 09:30"


@pytest.fixture
def desk(bureau):
    """A case whose source form is final and signed by its registrar."""
    return Desk.until(bureau, registered)


@step
def registered(drive):
    values = {
        "source_kind": "监督检查", "discovered_at": "2026-03-02T08:30", "is_named": False, "content": "没有台账。",
    }  # fmt: skip
    drive.file("case_source_form", values, at="2026-03-02 09:10")
    drive.sign("case_source_form", "jia", at="2026-03-02 09:20")


def form(desk, who, name, kind):
    """The address of a page and what its form would send."""
    url = desk.path(name, desk.document(kind).id)
    return url, dict(controls(desk.get(who, url, TIME).content.decode()))


def send(desk, who, url, data):
    with d.day(TIME):
        return desk.clients[who].post(url, data)


def revised(desk, kind, signed=True):
    """Another text of the document comes while the page is open."""
    document, jia = desk.document(kind).id, desk.people["jia"]
    with d.day(TIME):
        draft = documents.revise(desk.case, jia, document)
        documents.save_draft(document, jia, {**draft.values, "content": "没有台账，另有旧账。"})
        documents.finalise(document, jia)
    if signed:
        desk.sign(kind, TIME, "jia")


def test_an_approval_of_the_old_text_is_refused_and_the_new_one_shown(desk):
    url, old = form(desk, "ding", "approve", "case_source_form")
    opinion = {"opinion": "agree", "choice": "立案", "text": "同意。"}
    assert old["seen"] == shown(desk.document("case_source_form"))
    revised(desk, "case_source_form")

    answer = send(desk, "ding", url, old | opinion)
    assert answer.status_code == 422
    assert STALE in text(answer.content.decode())
    assert desk.document("case_source_form").current.opinions == []

    again = dict(controls(answer.content.decode()))
    assert again["seen"] == shown(desk.document("case_source_form")) != old["seen"]
    assert send(desk, "ding", url, again | opinion).status_code == 302
    assert desk.document("case_source_form").opinion_of("section_head").opinion == "agree"


def test_a_signature_on_the_old_text_is_refused(desk):
    revised(desk, "case_source_form", signed=False)
    url, old = form(desk, "jia", "sign", "case_source_form")
    revised(desk, "case_source_form", signed=False)

    answer = send(desk, "jia", url, old | {"means": "drawn", "strokes": STROKES})
    assert answer.status_code == 422
    assert STALE in text(answer.content.decode())
    again = dict(controls(answer.content.decode()))
    assert send(desk, "jia", url, again | {"means": "drawn", "strokes": STROKES}).status_code == 302


def test_a_letter_is_not_issued_in_another_text_than_the_one_shown(bureau):
    def ready(drive):
        drive.file("penalty_notice", {}, at="2026-03-09 09:00")

    desk = Desk.until(bureau, d.source, d.investigation, d.report, ready)
    url = desk.path("issue", desk.document("penalty_notice").id)
    answer = desk.submit("jia", url, "2026-03-09 09:30", seen="0" * 64)
    assert answer.status_code == 422
    assert STALE in text(answer.content.decode())
    assert "disabled" not in answer.content.decode().split("签发并编号")[0].rsplit("<button", 1)[1]
    assert desk.document("penalty_notice").issued is None
    assert desk.submit("jia", url, "2026-03-09 09:30").status_code == 302
    assert desk.document("penalty_notice").issued is not None


@pytest.mark.parametrize("offered", [True, False])
def test_the_form_of_an_opinion_is_offered_to_the_delegate_of_who_holds_the_post(desk, offered):
    """K9."""
    with d.day("2026-03-01 09:00"):
        delegate(
            SYSTEM,
            "yi",
            "ding",
            "section_head",
            d.local("2026-03-01 00:00").date(),
            d.local(TIME).date(),
            "会议",
        )
    if not offered:
        with d.day("2026-03-02 08:00"):
            appoint(SYSTEM, "ding", "科长丁", "粮食和物资储备科", ["section_head"], action="leave")
    url, _ = form(desk, "yi", "approve", "case_source_form")
    page = desk.get("yi", url, TIME).content.decode()
    assert ('id="opinion-form"' in page) == offered
