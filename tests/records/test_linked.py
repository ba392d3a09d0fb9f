"""A case that came from another is judged with that one in view, and its rows follow what is recorded there (罚 42; R3.1)."""

import pytest

from liuhen.acts import cases, facts
from liuhen.records.models import CaseRow, Entry, FindingRow
from liuhen.records.stamps import outdated, projection_fault
from tests.acts import drive as d

pytestmark = pytest.mark.usefixtures("bureau")


def interviewed(drive, starts, ends):
    values = {
        "started_at": f"2026-03-03T{starts}", "ended_at": f"2026-03-03T{ends}", "place": "某街道某路1号",
        "interviewee": {"name": "李某"}, "interviewed_as": "证人", "relation": "仓库保管员",
        "certificates_shown": True, "recusal_answer": "不申请", "qa": [{"q": "有台账吗？", "a": "没有。"}],
    }  # fmt: skip
    drive.file("interview_record", values, at="2026-03-03 17:00")


def codes(case):
    return set(
        FindingRow.objects.filter(case=case, subject__endswith=".elsewhere").values_list("code", flat=True)
    )


def test_two_records_at_one_time_are_found_across_linked_cases_k1(bureau):
    first = d.Drive(bureau)
    d.source(first)
    d.investigation(first)
    second = d.Drive(bureau)
    with d.day("2026-03-03 08:00"):
        second.case = cases.open_case(bureau["jia"], title="由前案立案", origin=first.case)
        cases.assign(second.case, bureau["ding"], {"yi": "assist_officer"})
    d.source(second, at="2026-03-03")
    interviewed(second, "14:30", "15:30")

    row = CaseRow.objects.get(case=second.case)
    assert (row.origin, codes(second.case), codes(first.case)) == (first.case, {"K1"}, set())
    assert projection_fault(row) == ""
    with d.day("2026-03-03 17:00"):
        assert not outdated(row)

    said = Entry.objects.filter(stream=f"case/{first.case}", kind="Filed").order_by("-position").first()
    with d.day("2026-03-04 09:00"):
        facts.correct(first.case, bureau["jia"], said.hash, "/values/ended_at", "2026-03-03T14:30", "写错了")
    row = CaseRow.objects.get(case=second.case)
    assert codes(second.case) == set()
    assert projection_fault(row) == ""
