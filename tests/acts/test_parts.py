"""Taking and leaving a part of a case (罚 43; domain §5, K6)."""

import pytest

from liuhen.acts import cases
from liuhen.acts.situation import Invalid
from liuhen.office.policy import NotPermitted
from tests.acts import drive as d


@pytest.fixture
def drive(bureau):
    return d.Drive(bureau)


def relieve(drive, who="ding", person="yi", part="assist_officer", reason="经决定回避"):
    with d.day("2026-03-03 09:00"):
        cases.relieve(drive.case, drive.people[who], person, part, reason=reason)


def test_an_assisting_officer_leaves_and_another_follows(drive):
    """After a recusal the case goes on with somebody else; who was in it stays known."""
    relieve(drive)
    with d.day("2026-03-03 10:00"):
        cases.assign(drive.case, drive.people["ding"], {"bing": "assist_officer"}, reason="接替")
    case = drive.state()
    assert case.officers == ["jia", "bing"]
    assert case.ever("assist_officer") == {"yi", "bing"}
    assert [a.reason for a in case.assignments if not a.taken] == ["经决定回避"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"person": "bing"}, "这个人现在不担任所选的分工"),
        ({"part": "presider"}, "这个人现在不担任所选的分工"),
        ({"reason": " "}, "写明不再担任的理由"),
    ],
)
def test_nobody_leaves_what_they_do_not_hold_nor_without_reason(drive, wrong, why):
    with pytest.raises(Invalid) as refused:
        relieve(drive, **wrong)
    assert refused.value.problems[0].message == why
    assert "yi" in drive.state().officers


def test_only_the_section_head_lets_people_leave(drive):
    with pytest.raises(NotPermitted):
        relieve(drive, who="jia")
