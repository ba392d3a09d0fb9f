"""查询以往处罚 begins with what the bureau itself has fined the party for in other cases (P29.1)."""

from django.urls import reverse

from tests.acts import drive as d
from tests.desk.doing import Desk
from tests.desk.pages import browser, page, text

FACT = "earlier_penalties_checked"


def fined(bureau):
    """A case with a fine that is issued."""
    drive = d.Drive(bureau)
    for step in (d.source, d.investigation, d.report, d.notice, d.decision):
        step(drive)
    drive.issue("penalty_decision", "2026-03-18 11:00")
    return drive


def test_other_cases_of_the_party_stand_in_the_form_and_the_answer_is_kept(bureau):
    earlier = fined(bureau)
    number = earlier.document("penalty_decision").issued.number
    drive = d.Drive(bureau, opened="2026-06-01 09:00")
    d.source(drive, at="2026-06-01")
    later = Desk(bureau, drive.case)
    at = "2026-06-03 09:00"

    html = page(browser("jia"), "state", later.case, FACT, at=at)
    assert number in html
    assert number not in page(browser("jia"), "state", earlier.case, FACT, at=at)

    url = reverse("state", args=[later.case, FACT])
    answer = later.submit("jia", url, at, searched="本局案件", **{"found.0.same_act": "是"})
    assert answer.status_code == 302, text(answer.content.decode())
    (fact,) = later.state().happened(FACT)
    (row,) = fact.values["found"]
    assert (row["number"], row["same_act"], row["on"]) == (number, "是", "2026-03-18")
    assert row["fine"] > 0
