"""What cannot be is refused at its field, before it is on any paper (desk principle 6; R13.2, R20.3)."""

import pytest

from liuhen.acts import documents, facts
from liuhen.acts.situation import Invalid
from liuhen.acts.soundness import unsound
from liuhen.measures import DOCUMENTS, FACTS
from tests.acts import drive as d

NOW = d.local("2026-03-05 10:00")


def told(kind, values):
    return {p.field: p.message for p in unsound(kind, values, NOW)}


@pytest.mark.parametrize(
    ("kind", "values", "wrong"),
    [
        ("docket_approval", {"act_on": "2027-05-01"}, {"act_on": "“违法行为发生（终了）之日”不能晚于现在"}),
        ("payment_record", {"paid_on": "2026-03-06"}, {"paid_on": "“缴款日期”不能晚于现在"}),
        ("summary_decision", {"at": "2026-03-05T03:00:00Z"}, {"at": "“作出决定的时间”不能晚于现在"}),
        ("hearing_notice", {"at": "2026-03-25T03:00:00Z"}, {}),
        ("hold_notice", {"held_at": "2026-03-06T03:00:00Z"}, {}),
        (
            "appraisal_period_notice",
            {"from_on": "2026-03-10", "to_on": "2026-03-09"},
            {"to_on": "“鉴定结束日期”不能早于“鉴定开始日期”"},
        ),
        (
            "hearing_record",
            {"breaks": [{"from": "2026-03-04T02:00:00Z", "to": "2026-03-04T01:50:00Z", "reason": "休庭"}]},
            {"breaks": "“中止、休庭”第 1 项：“止”不能早于“起”"},
        ),
        (
            "instalment_approval",
            {"schedule": [{"due_on": "2026-03-05", "amount": 1}, {"due_on": "2026-03-04", "amount": 1}]},
            {"schedule": "“缴纳期次”第 2 项：“缴纳期限”已经过去"},
        ),
        (
            "police_reply",
            {"replied_on": "2026-03-04", "received_at": "2026-03-03T01:00:00Z"},
            {"received_at": "“收到时间”不能早于“通知日期”"},
        ),
        (
            "investigation_report",
            {"proposal": "销案", "penalties": d.FINE},
            {"penalties": "“处理建议”是“销案”，不填“建议给予的处罚”：删去各项，或者把“处理建议”改为“给予行政处罚”"},
        ),
        ("investigation_report", {"proposal": "销案", "penalties": {"not_applicable": "建议销案"}}, {}),
        ("investigation_report", {"proposal": "给予行政处罚", "penalties": d.FINE}, {}),
    ],
)  # fmt: skip
def test_a_time_that_has_not_come_or_ends_before_it_began(kind, values, wrong):
    assert told(DOCUMENTS[kind], values) == wrong


def test_a_fact_tells_only_of_what_has_happened():
    """The notice of a reconsideration comes after it was asked for: its day begins the ten days to answer (TL-50)."""
    contested = FACTS["contested"]
    assert told(contested, {"on": "2026-03-02", "notice_on": "2026-03-01"}) == {
        "notice_on": "“收到通知日期”不能早于“申请（起诉）日期”"
    }
    assert told(contested, {"on": "2026-03-02", "notice_on": "2026-03-06"}) == {
        "notice_on": "“收到通知日期”不能晚于现在"
    }
    assert told(contested, {"on": "2026-03-02", "notice_on": "2026-03-05"}) == {}


@pytest.fixture
def drive(bureau):
    return d.Drive(bureau)


def test_everything_that_is_wanting_is_told_together_with_what_is_wrong(drive):
    with d.day("2026-03-03 11:00"):
        draft = documents.new_draft(drive.case, drive.people["jia"], "docket_approval")
        documents.save_draft(draft.document, drive.people["jia"], {"act_on": "2027-05-01"})
        with pytest.raises(Invalid) as refused:
            documents.finalise(draft.document, drive.people["jia"])
    found = {p.field: p.message for p in refused.value.problems}
    assert found["act_on"].endswith("不能晚于现在")
    assert {"party", "cause", "reasons"} <= set(found)


def test_a_correction_puts_no_impossible_day_in_place_of_the_old(drive):
    """What else is wrong in the entry is corrected by itself."""
    with d.day("2026-03-03 11:00"):
        facts.state_fact(
            drive.case, drive.people["jia"], "recording_made",
            {"device": "1号记录仪", "place": "某街道某路1号", "by": {"name": "执法人员甲"}, "from": "2026-03-03T09:00", "to": "2026-03-03T10:00"},
        )  # fmt: skip
        entry = drive.state().happened("recording_made")[-1].entry
        with pytest.raises(Invalid, match="“止”不能早于“起”"):
            facts.correct(
                drive.case, drive.people["jia"], entry, "/values/to", "2026-03-03T00:00:00Z", "记错"
            )
        facts.correct(drive.case, drive.people["jia"], entry, "/values/to", "2026-03-03T01:30:00Z", "记错")


def test_what_was_dated_wrong_is_corrected_start_and_end_one_after_the_other(drive):
    """The end stands beside the start as it was corrected, and not as it was mistaken."""
    with d.day("2026-03-03 16:00"):
        facts.state_fact(
            drive.case, drive.people["jia"], "recording_made",
            {"device": "1号记录仪", "place": "某街道某路1号", "by": {"name": "执法人员甲"}, "from": "2026-03-03T14:00", "to": "2026-03-03T15:00"},
        )  # fmt: skip
        entry = drive.state().happened("recording_made")[-1].entry
        for field, hour in (("from", "01"), ("to", "02")):
            facts.correct(
                drive.case,
                drive.people["jia"],
                entry,
                f"/values/{field}",
                f"2026-03-03T{hour}:00:00Z",
                "记错",
            )
    (told,) = [f for f in drive.state().happened("recording_made") if f.entry == entry]
    assert (told.values["from"], told.values["to"]) == ("2026-03-03T01:00:00Z", "2026-03-03T02:00:00Z")


def test_penalties_that_nobody_typed_go_when_the_report_proposes_none(drive):
    """A17: what is carried over is for a report that proposes a penalty; what was typed stays, and is refused."""
    d.source(drive)
    d.investigation(drive)
    d.report(drive)
    jia = drive.people["jia"]
    with d.day("2026-03-06 11:00"):
        draft = documents.new_draft(drive.case, jia, "investigation_report")
        offered, spare = draft.values["penalties"], {"proposal": "不予行政处罚"}
        documents.save_draft(draft.document, jia, {**draft.values, **spare})
        assert "penalties" not in documents.refill_draft(draft.document, jia).values
        again = documents.save_draft(draft.document, jia, {**draft.values, "proposal": "给予行政处罚"})
        assert documents.refill_draft(draft.document, jia).values["penalties"] == offered
        documents.save_draft(draft.document, jia, {**again.values, **spare, "penalties": d.FINE[:1]})
        assert documents.refill_draft(draft.document, jia).values["penalties"] == d.FINE[:1]
        with pytest.raises(Invalid, match="不填“建议给予的处罚”"):
            documents.finalise(draft.document, jia)


def test_what_follows_from_something_did_not_happen_before_it(drive):
    """A3, 罚 67: an investigation is taken up again after it was suspended, money is paid after the decision."""
    d.source(drive)
    jia = drive.people["jia"]
    told = {"ground": "不可抗力", "reasons": "道路中断。", "facts": "见笔录。"}
    drive.file("case_suspension_approval", told, at="2026-03-03 09:00")
    drive.sign("case_suspension_approval", "jia", "yi", at="2026-03-03 09:10")
    drive.approve("case_suspension_approval", "ding", "xin", at="2026-03-03 10:00")
    with d.day("2026-03-10 09:00"):
        with pytest.raises(Invalid, match="“日期”早于《中止调查审批表》批准（2026年3月3日"):
            facts.state_fact(
                drive.case, jia, "investigation_resumed", {"on": "2026-03-02", "reason": "通车。"}
            )
        facts.state_fact(drive.case, jia, "investigation_resumed", {"on": "2026-03-09", "reason": "通车。"})
    assert [f.values["on"] for f in drive.state().happened("investigation_resumed")] == ["2026-03-09"]
