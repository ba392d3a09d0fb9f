"""What people see who stand in for others, what approvers decide upon, and in which words a day is told."""

import re
from datetime import date

import pytest
from django.urls import reverse

from liuhen.acts import approvals, facts
from liuhen.acts.bureau import SYSTEM, delegate
from liuhen.archives import catalogue
from liuhen.archives.marks import receipt_marks
from liuhen.desk import sheets, words
from liuhen.measures.counting import Due
from liuhen.papers import PaperContext, receipt
from liuhen.papers import render as real
from liuhen.records import clock
from tests.acts import drive as d
from tests.desk.doing import Desk, html, told

AT = "2026-03-02 10:00"


# --------------------------------------------------------------------------------------------- 代行


@pytest.fixture
def asked(bureau):
    """A verification report that waits for the head of the section; 丙 of another section acts for him for two days."""
    desk = Desk.until(bureau, d.source)
    with d.day(AT):
        delegate(SYSTEM, "bing", "ding", "section_head", date(2026, 3, 2), date(2026, 3, 3), "出差")
    return desk


def reports(desk):
    desk.write("verification_report", AT, {"course": "到现场核查。", "result": "属实。", "advice": "立案"})
    desk.sign("verification_report", AT, "jia", "yi")
    return desk.path("approve", desk.document("verification_report").id)


def test_a_delegate_of_another_section_sees_the_cases_that_wait_and_gives_the_opinion(asked):
    """K9: while the delegation lasts, and only what waits for that opinion."""
    case = asked.path("case")
    assert asked.get("bing", case, AT).status_code == 403
    assert asked.case not in html(asked.get("bing", reverse("work"), AT))

    url = reports(asked)
    assert url in html(asked.get("bing", reverse("work"), AT))
    assert case in html(asked.get("bing", reverse("cases"), AT))
    assert url in html(asked.get("bing", case, AT))
    assert asked.submit("bing", url, AT, opinion="agree", text="同意。").status_code == 302
    assert asked.document("verification_report").current.opinions[0].acting_for == "科长丁"

    assert asked.get("bing", case, AT).status_code == 403
    assert url not in html(asked.get("bing", reverse("work"), AT))


def test_a_delegation_that_has_ended_opens_nothing(asked):
    url = reports(asked)
    assert asked.get("bing", url, "2026-03-03 10:00").status_code == 200
    assert asked.get("bing", url, "2026-03-04 10:00").status_code == 403
    assert url not in html(asked.get("bing", reverse("work"), "2026-03-04 10:00"))


def test_a_delegate_writes_nothing_in_the_case(asked):
    reports(asked)
    assert asked.get("bing", asked.path("add"), AT).status_code == 403
    assert asked.get("bing", asked.path("upload"), AT).status_code == 403


# ----------------------------------------------------------------------------- what is decided upon


def test_the_approver_sees_signatures_and_opinions_on_the_very_sheet(bureau, monkeypatch):
    """A22: what is decided upon is the paper as it stands, with the ink of both officers and the opinions before."""
    desk = Desk.until(bureau, d.source, d.investigation, d.report)
    desk.notice()
    at = "2026-03-18 09:00"
    desk.write("decision_approval", at)
    desk.sign("decision_approval", at, "jia", "yi")
    desk.approve("decision_approval", at, "ding")
    drawn = []
    monkeypatch.setattr(
        sheets, "render", lambda *given, **more: drawn.append((given, more)) or real(*given, **more)
    )
    document = desk.document("decision_approval")
    page = html(desk.get("xin", desk.path("approve", document.id), at))
    assert reverse("sheet", args=[desk.case, document.id, 1]) in page
    (_, _, context), more = drawn[-1]
    assert [(mark["name"], bool(mark["points"])) for mark in more["strokes"]] == [
        ("执法人员甲", True), ("执法人员乙", True),
    ]  # fmt: skip
    assert [(one.name, one.result) for one in context.opinions] == [("科长丁", "同意")]


# ------------------------------------------------------------------------------------ one wording


def test_a_day_is_told_alike_in_lists_and_on_the_page_of_the_case(bureau):
    """desk.md: 「还有 2 个工作日（3月5日）」 wherever it stands; what is more than a month away in days."""
    desk = Desk.until(bureau, d.source, d.investigation, d.report)
    told_in = {}
    for name, page in (
        ("work", reverse("work")), ("cases", reverse("cases")), ("case", desk.path("case")),
    ):  # fmt: skip
        found = re.findall(
            r"(?:还有 \d+ \S+?|今天|已逾期 \d+ 日)（", told(desk.get("jia", page, "2026-03-06 12:00"))
        )
        told_in[name] = set(found)
        assert found, name
    far = [
        int(n) for found in told_in.values() for words_ in found for n in re.findall(r"还有 (\d+) 日", words_)
    ]
    assert [n for n in far if n <= 30] == []
    assert told_in["cases"] <= told_in["case"]


@pytest.mark.parametrize("unit", ["day", "working_day", "month", "year"])
def test_whatever_the_limit_counts_what_is_left_is_told_alike(bureau, unit):
    with d.day("2026-03-02 09:00"):
        assert str(words.time_left(Due(on=date(2026, 3, 9), unit=unit))) == "还有 5 个工作日（3月9日）"
        assert str(words.time_left(date(2026, 3, 9))) == "还有 5 个工作日（3月9日）"
        assert str(words.time_left(Due(at=clock.now(), unit="hour"))).startswith("还有 1 分钟")


# ------------------------------------------------------------------------- corrected, and drawn


@pytest.fixture
def corrected(bureau):
    """A closed inspection record whose place was put right and confirmed."""
    desk = Desk.until(bureau, d.source, d.investigation)
    filed = desk.document("site_inspection_record").current.filed
    with d.day("2026-03-04 09:00"):
        receipt = facts.correct(desk.case, bureau["jia"], filed, "/values/place", "某街道某路7号", "笔误。")[
            0
        ]
        approvals.confirm(desk.case, bureau["ding"], receipt.hash)
    return desk


def test_the_page_of_a_corrected_paper_says_so_beside_the_paper(corrected):
    """A32: both values stay, and nobody takes the old one for right."""
    document = corrected.document("site_inspection_record")
    page = told(corrected.get("xin", corrected.path("read_document", document.id), "2026-03-05 09:00"))
    assert "纸面有 1 处已经更正，以这里为准" in page
    beside = page[page.index("纸面有 1 处") :]
    assert beside.index("某街道某路1号") < beside.index("某街道某路7号") < beside.index("笔误。")
    sheet = corrected.get("xin", corrected.path("correction_sheet", document.id), "2026-03-05 09:00")
    assert sheet.content.startswith(b"%PDF-")
    other = corrected.document("interview_record").id
    assert (
        corrected.get("xin", corrected.path("correction_sheet", other), "2026-03-05 09:00").status_code == 404
    )


def test_the_catalogue_puts_the_correction_sheet_behind_the_paper(corrected):
    found = catalogue.items(corrected.state())
    at = next(n for n, item in enumerate(found) if item.kind == "site_inspection_record")
    assert found[at].note == "有更正，以更正页为准"
    assert (found[at + 1].kind, found[at + 1].title) == ("correction_sheet", "更正页（现场检查（勘验）笔录）")


def test_the_proof_of_service_carries_the_ink_of_the_recipient(bureau):
    """A27: printed from the steps, with the signature that was drawn when the paper was handed over."""
    desk = Desk.until(bureau, d.source, d.investigation, d.report)
    desk.notice()
    document = desk.document("penalty_notice")
    marks = receipt_marks(document, None)
    assert [(mark["role"], bool(mark["points"])) for mark in marks] == [("recipient", True)]
    answer = desk.get("jia", desk.path("receipt", document.id), "2026-03-09 11:00")
    plain = receipt([{"document": "x", "what": "delivered", "at": "2026-03-09"}], PaperContext(bureau="局"))
    inked = receipt(
        [{"document": "x", "what": "delivered", "at": "2026-03-09"}],
        PaperContext(bureau="局"),
        marks,
    )
    assert answer.content.startswith(b"%PDF-")
    assert inked != plain
