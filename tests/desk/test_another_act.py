"""A further act is data: the one written in `docs/another-act.md` is worked through pages, acts and rules (R2.1)."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse

from liuhen.acts import issuing
from liuhen.acts.cases import open_case
from liuhen.acts.engine import situation
from liuhen.acts.situation import Stopped
from liuhen.compliance.judge import context, judge
from liuhen.measures import DOCUMENTS, FACTS, LIMITS, PROCEDURES
from liuhen.office.policy import NotPermitted
from liuhen.records import read
from liuhen.records.models import CaseRow, Draft
from tests.acts import drive as d
from tests.desk.doing import PARTY, Desk, told, wrong
from tests.desk.pages import browser, page, text

PAGE = (Path(__file__).parents[2] / "docs" / "another-act.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def declared(monkeypatch):
    """The declarations of the page, in the tables for one test."""
    names = {}
    exec("\n".join(BLOCKS), names)
    tables = {
        "APPLICATION": DOCUMENTS, "DECISION": DOCUMENTS, "ASKED": FACTS, "DUE": LIMITS, "CONFIRMATION": PROCEDURES,
    }  # fmt: skip
    for name, table in tables.items():
        monkeypatch.setitem(table, names[name].code, names[name])
    return names["CONFIRMATION"]


@pytest.fixture
def begun(bureau, declared):
    """A case of the further act, opened under 新建."""
    client = browser("jia")
    with d.day("2026-03-02 09:00"):
        answer = client.post(
            reverse("new_case"), {"title": "某公司确认粮食储存资格", "procedure": declared.code}
        )
    assert answer.status_code == 302, wrong(answer)
    return Desk(bureau, CaseRow.objects.get(procedure=declared.code).case)


def first_draft(desk):
    """Where the first paper, begun with the case, is written."""
    return reverse("document", args=[Draft.objects.get(case=desk.case).document])


def worked(desk):
    """Application recorded, checked, decision written: up to the moment before approval."""
    draft = first_draft(desk)
    answer = desk.submit("jia", draft, "2026-03-02 09:10", action="finalise", **PARTY)
    assert answer.status_code == 302, wrong(answer)
    url = desk.path("state", "confirmation_checked")
    answer = desk.submit("jia", url, "2026-03-03 09:00", on="2026-03-03", text="属实。")
    assert answer.status_code == 302, wrong(answer)
    desk.write("confirmation_decision", "2026-03-04 09:00", {"result": "确认"})


def test_it_is_offered_under_new_by_what_happened(bureau, declared):
    shown = text(page(browser("jia"), "new_case"))
    for procedure in PROCEDURES.values():
        assert procedure.when in shown
    assert declared.when in shown


def test_it_is_worked_from_application_to_its_end(begun):
    desk = begun
    assert CaseRow.objects.get(case=desk.case).state == "审查中"
    assert desk.state().case_no.split("-")[1] == "Q"
    worked(desk)
    desk.approve("confirmation_decision", "2026-03-04 10:00", "ding", "xin")
    desk.issue("confirmation_decision", "2026-03-04 11:00")
    row = CaseRow.objects.get(case=desk.case)
    assert (row.state, row.stage) == ("已决定", "送达执行")
    assert "〔2026〕1号" in desk.document("confirmation_decision").issued.number
    desk.serve("confirmation_decision", "2026-03-04 15:00")
    assert desk.state().outcome == "予以确认"
    row = CaseRow.objects.get(case=desk.case)
    assert (row.state, row.stage) == ("已办结", "归档")
    shown = text(page(browser("jia"), "case", desk.case, at="2026-03-05 09:00"))
    assert "行政确认" in shown
    assert "予以确认" in shown


def test_the_rules_of_every_act_stop_it(begun):
    """Approval before issue (K5): not issued while the section head has not agreed."""
    desk = begun
    worked(desk)
    with pytest.raises(Stopped) as stopped, d.day("2026-03-04 11:00"):
        issuing.issue(desk.case, desk.people["jia"], desk.document("confirmation_decision").id)
    assert "K5" in {finding.code for finding in stopped.value.findings}


def test_its_limit_runs_and_is_found_when_missed(begun):
    desk = begun
    draft = first_draft(desk)
    desk.submit("jia", draft, "2026-03-02 09:10", action="finalise", **PARTY)
    case = desk.state()
    for at, found in (("2026-03-16 09:00", set()), ("2026-03-17 09:00", {"TL-98"})):
        judged = judge(case, context(d.local(at), case.office))
        assert {f.code for f in judged.violated()} & {"TL-98"} == found


def test_what_it_requires_is_missed_at_the_field(begun):
    desk = begun
    draft = first_draft(desk)
    answer = desk.submit("jia", draft, "2026-03-02 09:10", action="finalise", **{**PARTY, "request": ""})
    assert answer.status_code == 422
    assert "请求确认的事项" in told(answer)


def test_a_case_begun_from_another_names_it_to_those_who_may_see_it(bureau, begun):
    """An inspection's clue becomes a penalty case: the link is recorded, shown, and asks for sight of the first case."""
    asked = f"?from={begun.case}"
    shown = page(browser("jia"), "new_case", query=asked)
    assert "由本案另立案件" in page(browser("jia"), "case", begun.case)
    assert begun.state().case_no in shown
    with d.day("2026-03-05 09:00"):
        answer = browser("jia").post(
            reverse("new_case"), {"title": "某公司案", "procedure": "penalty_ordinary", "from": begun.case}
        )
    assert answer.status_code == 302
    later = CaseRow.objects.get(title="某公司案")
    assert situation(later.case, bureau["jia"]).case.origin["case"] == begun.case
    assert reverse("case", args=[begun.case]) in page(browser("jia"), "case", later.case)


def test_no_case_is_begun_from_one_that_its_author_may_not_see(bureau, begun):
    stranger = replace(bureau["jia"], person="stranger", section="别的科室")
    with pytest.raises(NotPermitted):
        open_case(stranger, title="某公司案", origin=begun.case)
    with pytest.raises(read.NoSuchCase):
        open_case(bureau["jia"], title="某公司案", origin="无此案")
    assert not CaseRow.objects.filter(title="某公司案").exists()
