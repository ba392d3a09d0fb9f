"""Numbered blanks of decisions on the spot: handed out, used in order, voided, filled in by hand; none is lost (P52.1)."""

import pytest

from liuhen.acts import backfill, blanks, issuing
from liuhen.acts.situation import Invalid
from liuhen.acts.storage import vault
from liuhen.office.policy import NotPermitted
from liuhen.records import numbers
from liuhen.records.audit import audit
from tests.acts.drive import PARTY, day, local
from tests.acts.test_summary import BASIS, Spot

pytestmark = pytest.mark.usefixtures("bureau")


def draw(bureau, holder="jia", count=3):
    with day("2026-03-01 09:00"):
        return blanks.draw(bureau["ding"], holder, count)


def states():
    with day("2026-03-02 12:00"):
        return {one.number: (one.holder, one.state) for one in blanks.stock(2026)}


def codes(at="2026-03-05 09:00"):
    with day(at):
        return {fault.code for fault in audit(vault()).faults}


def test_a_decision_takes_the_next_blank_of_its_officer(bureau):
    draw(bureau, "yi", 1)
    draw(bureau, "jia", 2)
    spot = Spot(bureau)
    spot.record()
    spot.decide()
    issued = spot.document("summary_decision").issued
    assert (issued.number, issued.on.isoformat()) == ("大金普发改当罚〔2026〕2号", "2026-03-02")
    assert [state for _, state in states().values()] == ["未用", "已用", "未用"]
    assert codes() == set()


def test_without_a_blank_the_number_is_taken_on_the_spot_behind_those_handed_out(bureau):
    draw(bureau, "yi", 2)
    spot = Spot(bureau)
    spot.record()
    spot.decide()
    assert spot.document("summary_decision").issued.number == "大金普发改当罚〔2026〕3号"
    assert codes() == set()


def test_a_spoilt_blank_is_voided_with_the_reason_and_never_used(bureau):
    first, *_ = draw(bureau)
    with day("2026-03-01 10:00"):
        issuing.void_number(bureau["ding"], first.text, "写坏")
        with pytest.raises(Invalid):
            issuing.void_number(bureau["ding"], first.text, "再来一次")
    assert states()[first.text] == ("jia", "已作废")
    with day("2026-03-02 09:00"):
        assert numbers.next_blank("当罚", 2026, "jia").text == "大金普发改当罚〔2026〕2号"


def test_a_blank_filled_in_by_hand_is_entered_once(bureau):
    first, second, _ = draw(bureau)
    spot = Spot(bureau)
    spot.record()
    values = {
        "party": PARTY, "facts": "没有台账。", "cause": "未建立粮食经营台账", "basis": BASIS, "penalties": [{"kind": "警告"}],
    }  # fmt: skip

    def entered(number):
        with day("2026-03-02 15:00"):
            return backfill.backfill_document(
                spot.case, bureau["jia"], "summary_decision", values, at=local("2026-03-02 10:00"),
                scan=spot.scan(), reason="现场没有网络", number=number, issued_on=local("2026-03-02 10:00"),
            )  # fmt: skip

    document, _ = entered(first.text)
    assert spot.state().documents[document].issued.number == first.text
    assert states()[first.text] == ("jia", "已用")
    with pytest.raises(Invalid, match="不能补录"):
        entered(first.text)
    assert states()[second.text] == ("jia", "未用")
    assert codes() == set()


def test_blanks_left_over_from_another_year_are_asked_for(bureau):
    draw(bureau, count=1)
    assert codes("2026-12-31 09:00") == set()
    assert codes("2027-01-05 09:00") == {"NUMBER_UNUSED"}


def test_only_the_section_head_hands_out_and_only_to_officers(bureau):
    with day("2026-03-01 09:00"):
        with pytest.raises(NotPermitted):
            blanks.draw(bureau["jia"], "jia", 1)
        with pytest.raises(Invalid, match="领用的执法人员"):
            blanks.draw(bureau["ding"], "nobody", 1)
        with pytest.raises(Invalid, match="一次领用"):
            blanks.draw(bureau["ding"], "jia", 0)
