"""不能办理 (desk principle 6): a refused act is a page of its own, in the words of the finding, with every way on."""

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from liuhen.acts import documents, issuing
from liuhen.acts.situation import Stopped
from liuhen.desk.access import Refusals
from liuhen.desk.stop import periods
from liuhen.office.models import User
from liuhen.records import read
from liuhen.records.reveal import look
from tests.acts import drive as d
from tests.desk.pages import browser, text


def refused(drive, act, address, who="jia", at="2026-03-12 09:00"):
    """The page that a stop becomes, and the stop itself."""
    with d.day(at), pytest.raises(Stopped) as stop:
        act()
    request = RequestFactory().post(address)
    request.user = User.objects.get(username=who)
    request.resolver_match = resolve(address)
    with d.day(at):
        answer = Refusals(lambda _: None).process_exception(request, stop.value)
    return answer, stop.value


@pytest.fixture
def told(bureau):
    """A case whose notice was served on 2026-03-09: the party may speak until 2026-03-16."""
    drive = d.Drive(bureau)
    for step in (d.source, d.investigation, d.report, d.notice):
        step(drive)
    d.decision(drive, "2026-03-12", d.TOO_EARLY, {"defence_outcome": "当事人未提出陈述申辩。"})
    return drive


def issue(drive):
    return lambda: issuing.issue(drive.case, drive.people["jia"], drive.documents["penalty_decision"])


def decision_address(drive):
    return reverse("read_document", args=[drive.case, drive.documents["penalty_decision"]])


def test_the_page_says_what_which_rule_which_article_and_the_facts_of_the_case(told):
    answer, stop = refused(told, issue(told), decision_address(told))
    html = answer.content.decode()
    words = text(html)

    assert answer.status_code == 409
    assert all(finding.line in words for finding in stop.findings)
    assert "现在还不能签发《行政处罚决定书》" in words
    assert all(cite.short() in words for finding in stop.findings for cite in finding.cites)
    assert "未告知或者拒绝听取申辩的，不得作出决定" in words


def test_the_page_shows_the_period_that_still_runs_and_the_ways_on(told):
    answer, stop = refused(told, issue(told), decision_address(told))
    html = answer.content.decode()
    words = text(html)
    with d.day("2026-03-12 09:00"):
        bars = periods(stop.findings, look(told.case, told.people["jia"]))

    assert [(bar.title, bar.last.isoformat()) for bar in bars] == [("陈述和申辩", "2026-03-16")]
    assert "3月9日起算" in words
    assert "到3月16日为止，今天3月12日" in html
    assert all(way.text in words for finding in stop.findings for way in finding.ways)
    assert "3月17日起可办" in words
    assert f'href="{reverse("case", args=[told.case])}"' in html


def test_nothing_is_added_to_the_case_and_the_refusal_is_noted(told):
    before = len(read.case_entries(told.case))
    refused(told, issue(told), decision_address(told))

    assert len(read.case_entries(told.case)) == before
    assert read.stream("access")[-1].body["act"] == "issue"


def test_a_stop_of_a_draft_leads_back_to_the_draft(bureau):
    drive = d.Drive(bureau)
    with d.day("2026-03-02 10:00"):
        draft = documents.new_draft(drive.case, bureau["jia"], "case_source_form")
    address = reverse("document", args=[draft.document])
    answer, _ = refused(
        drive, lambda: documents.finalise(draft.document, bureau["jia"]), address, at="2026-03-02 10:10"
    )
    html = answer.content.decode()

    assert "现在还不能将《案件来源登记表》定稿" in text(html)
    assert f'href="{address}">先起草，不定稿' in html


def test_an_investigator_cannot_be_made_to_preside(bureau):
    """K2, through the form of the page."""
    drive = d.Drive(bureau)
    address = reverse("case_people", args=[drive.case])
    answer = browser("ding").post(address, {"part": "presider", "person": "jia", "reason": ""})
    words = text(answer.content.decode())

    assert answer.status_code == 409
    assert "不能办理" in words
    assert "执法人员甲是本案执法人员，又担任听证主持人或者听证员" in words
    assert drive.state().holders("presider") == []
