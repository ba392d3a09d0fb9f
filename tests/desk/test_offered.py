"""What a page offers to do: papers of the case's procedure, to those who may, and nothing is begun by opening an address."""

import re

import pytest
from django.urls import reverse

from liuhen.acts import cases, documents, facts
from liuhen.acts.situation import Invalid
from liuhen.measures import DOCUMENTS, FACTS, PROCEDURES
from liuhen.measures.releases import CURRENT
from liuhen.records.models import Draft
from tests.acts import drive as d
from tests.desk.doing import Desk, html, told

AT = "2026-03-02 10:00"


@pytest.fixture
def desk(bureau):
    return Desk.until(bureau, d.source)


@pytest.fixture
def licence(bureau):
    """A licensing case in the same section."""
    with d.day(AT):
        return cases.open_case(bureau["jia"], title="粮食收购备案", procedure="licensing")


def begun_by(page):
    """The kinds that a page offers to begin."""
    return set(re.findall(r'action="[^"]*/new/([a-z_]+)/"', page))


def stated_by(page):
    return set(re.findall(r'href="[^"]*/state/([a-z_]+)/"', page))


# ------------------------------------------------------------------------------------- of the procedure


def test_only_papers_and_facts_of_the_procedure_are_offered(desk, licence):
    """domain §3: a licence has its own papers, a penalty its own; what serves both is offered in both."""
    penalty = html(desk.get("jia", reverse("add", args=[desk.case]), AT))
    licensing = html(desk.get("jia", reverse("add", args=[licence]), AT))

    assert {"penalty_decision", "document_correction_notice"} <= begun_by(penalty)
    assert {"license_handover", "license_revocation_decision", "document_correction_notice"} - begun_by(
        licensing
    ) <= {"license_handover"}
    assert not {k for k in begun_by(penalty) if k.startswith("license")}
    assert not begun_by(licensing) & {"penalty_decision", "site_inspection_record", "waiver_statement"}
    assert "defence_waived" in stated_by(penalty)
    assert "defence_waived" not in stated_by(licensing)
    assert "application_withdrawn" in stated_by(licensing)
    assert "application_withdrawn" not in stated_by(penalty)


def test_backfilling_offers_the_same_papers(desk, licence):
    page = html(desk.get("jia", reverse("backfill", args=[desk.case]), AT))
    assert "?kind=penalty_decision" in page
    assert "?kind=license_" not in page
    page = html(desk.get("jia", reverse("backfill", args=[licence]), AT))
    assert "?kind=license_grant_decision" in page
    assert "?kind=penalty_decision" not in page


def test_a_paper_or_fact_of_another_procedure_is_refused_by_the_act_too(desk, licence):
    with d.day(AT), pytest.raises(Invalid, match="不是行政处罚普通程序的文书"):
        documents.new_draft(desk.case, desk.people["jia"], "license_review_record")
    with d.day(AT), pytest.raises(Invalid, match="不是行政许可里的事"):
        facts.state_fact(licence, desk.people["jia"], "payment_made", {"on": "2026-03-01", "amount": 100})
    answer = desk.get("jia", reverse("new_document", args=[desk.case, "license_review_record"]), AT)
    assert answer.status_code == 400
    assert "本案不能制作" in told(answer)


def test_every_fact_has_a_procedure_and_what_procedures_name_is_declared():
    assert {f.code for code in PROCEDURES for f in CURRENT.stated(code)} == set(FACTS)
    assert {code for p in PROCEDURES.values() for code in p.facts} <= set(FACTS)
    assert {code for p in PROCEDURES.values() for code in p.also} <= set(DOCUMENTS)


def test_papers_that_somebody_else_makes_are_not_offered(desk):
    """domain §5: the hearing report is the presider's, the review the reviewer's."""
    assert not begun_by(html(desk.get("jia", desk.path("add"), AT))) & {
        "hearing_report",
        "legal_review_opinion",
    }


# ------------------------------------------------------------------------------------- begun by a button


def test_opening_an_address_begins_nothing(desk):
    """RFC 9110 §9.2.1: a browser may fetch a link ahead; a draft is begun by its button only."""
    url = desk.path("new_document", "site_inspection_record")
    with d.day(AT):
        for method in (desk.clients["jia"].get, desk.clients["jia"].head):
            assert method(url).status_code == 200
        assert not Draft.objects.exists()
        assert desk.clients["jia"].post(url).status_code == 302
    assert Draft.objects.get().kind == "site_inspection_record"


def test_a_next_step_that_begins_a_draft_is_a_button_and_no_link(desk):
    for page in (html(desk.get("jia", desk.path("case"), AT)), html(desk.get("jia", reverse("work"), AT))):
        assert "investigation_report" in begun_by(page)
        assert "csrfmiddlewaretoken" in page
        assert not re.search(r'href="[^"]*/new/[a-z_]+/"', page)


def test_writing_a_text_anew_is_begun_by_a_button_too(desk):
    desk.write("verification_report", AT, {"course": "到现场核查。", "result": "属实。", "advice": "立案"})
    document = desk.document("verification_report").id
    url = desk.path("revise", document)
    assert "改写《核查情况报告》" in told(desk.get("jia", url, AT))
    assert not Draft.objects.exists()
    with d.day(AT):
        begun = desk.clients["jia"].post(url)
    assert begun["Location"] == reverse("document", args=[document])
    assert desk.get("jia", url, AT)["Location"] == begun["Location"]


def test_two_clicks_on_one_button_begin_one_draft(desk):
    url = desk.path("new_document", "site_inspection_record")
    with d.day(AT):
        desk.clients["jia"].post(url)
        assert "接着写" in told(desk.clients["jia"].post(url))
    assert Draft.objects.count() == 1


# ------------------------------------------------------------------------------------- to those who may


def test_an_explanation_is_offered_to_those_whom_policy_lets_explain(recorded):
    """domain §5: the case's officers explain; the archivist, the leader and the supervisor only read."""
    at = "2026-03-10 10:00"
    for name in ("case_check", "archive"):
        offered = {
            who: html(recorded.get(who, recorded.path(name), at))
            for who in ("jia", "ding", "gui", "xin", "geng")
        }
        assert "说明原因" in offered["jia"], name
        for who in ("ding", "gui", "xin", "geng"):
            assert "说明原因" not in offered[who], (name, who)


def test_a_way_out_leads_only_those_who_may_go_it(recorded):
    at = "2026-03-10 10:00"
    officer, reader = (html(recorded.get(who, recorded.path("case_check"), at)) for who in ("jia", "geng"))
    cards = officer[officer.index('class="cards') :]
    assert re.search(r'class="btn btn-s wrap"', cards)
    assert not re.search(r'class="btn btn-s wrap"', reader)
