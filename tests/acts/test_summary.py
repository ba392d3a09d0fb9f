"""A summary case through the acts: stopped where the law stops it, turned into an ordinary one (R26.1, R26.2, P52.1, K7)."""

from datetime import date

import pytest

from liuhen.acts import backfill, cases, documents, facts, serving
from liuhen.acts.situation import Invalid, Stopped
from liuhen.compliance.judge import context, judge
from tests.acts.drive import PARTY, Drive, day, local
from tests.remembered import step

SECTION = "粮食和物资储备科"
BASIS = [{"law": "粮食流通管理条例", "article": "第四十五条"}]


class Spot(Drive):
    """A summary case of two officers."""

    @step
    def _open(self, at):
        with day(at):
            self.case = cases.open_case(
                self.people["jia"], title="某粮食有限公司未建立台账", procedure="penalty_summary", assist="yi"
            )

    def record(self, amount=200_000, told=True, **more):
        values = {
            "started_at": "2026-03-02T09:05", "ended_at": "2026-03-02T09:20", "place": "某路1号", "party": PARTY,
            "certificates_shown": True, "recusal_answer": "不申请", "facts": "没有台账。", "cause": "未建立粮食经营台账",
            "basis": BASIS, "penalties": [{"kind": "罚款", "amount": amount}], "told": told, "defended": "未提出",
        }  # fmt: skip
        self.file("summary_inspection_record", values | more, at="2026-03-02 09:25")

    def decide(self, amount=200_000, at="2026-03-02 09:30", **more):
        values = {"penalties": [{"kind": "罚款", "amount": amount}], "pay": "银行"}
        self.file("summary_decision", values | more, at=at)
        self.issue("summary_decision", at=at)

    def judged(self, at):
        state = self.state()
        return judge(state, context(local(at), state.office))


@pytest.fixture
def spot(bureau):
    return Spot(bureau)


def codes(stopped):
    return {finding.code for finding in stopped.value.findings}


def test_two_officers_are_assigned_as_the_case_is_opened(spot):
    assert spot.state().officers == ["jia", "yi"]
    assert spot.state().case_no.split("-")[1] == "S"


def test_r26_1_without_a_record_there_is_no_decision(spot):
    with pytest.raises(Stopped) as stopped:
        spot.decide(party=PARTY, facts="没有台账。", cause="未建立粮食经营台账", basis=BASIS, place="某路1号")
    assert codes(stopped) == {"R26.1"}


def test_r26_1_the_party_is_told_before_the_decision(spot):
    spot.record(told=False)
    with pytest.raises(Stopped) as stopped:
        spot.decide()
    assert codes(stopped) == {"R26.1"}


def test_r26_2_the_limit_of_the_fine_stops_and_an_amount_within_it_goes_on(spot):
    spot.record(amount=300_100)
    with pytest.raises(Stopped) as stopped:
        spot.decide(amount=300_100)
    assert codes(stopped) == {"R26.2"}
    spot.decide(amount=200_000)
    decision = spot.document("summary_decision")
    assert decision.issued.number == "大金普发改当罚〔2026〕1号"
    assert decision.values["remedies"]["kind"] == "reconsideration_first"
    assert decision.values["performance"]


def test_r26_2_the_decision_is_handed_over_the_same_day(spot):
    spot.record()
    spot.decide()
    assert "R26.2" not in {f.code for f in spot.judged("2026-03-02 20:00").violated()}
    assert {f.severity for f in spot.judged("2026-03-03 09:00").violated() if f.code == "R26.2"} == {"flag"}
    assert "TL-30" in {f.code for f in spot.judged("2026-03-05 09:00").violated()}


def test_k7_no_money_is_taken_on_the_spot_without_a_case_of_the_law(spot):
    spot.record()
    spot.decide()
    spot.serve("summary_decision", at="2026-03-02 09:40")
    receipt = {
        "unified": True, "receipt_no": "示例1", "amount": 200_000, "pay_ground": "罚款一百元以下",
        "files": [{"digest": spot.scan(), "name": "票据.pdf"}],
    }  # fmt: skip
    with pytest.raises(Stopped) as stopped:
        spot.file("collection_receipt", receipt, at="2026-03-02 09:45")
    assert codes(stopped) == {"K7"}
    receipt |= {"pay_ground": "不当场收缴事后难以执行", "pay_note": "流动经营，次日离开本地。"}
    spot.file("collection_receipt", receipt, at="2026-03-02 09:50")
    assert "TL-29" in {f.code for f in spot.judged("2026-03-06 09:00").violated()}


def test_k7_money_is_not_handed_over_without_its_receipt(spot):
    spot.record()
    spot.decide()
    handed = {
        "receipt": "X", "receipt_no": "1", "amount": 200_000, "collected_at": "2026-03-02T09:50",
        "hander": {"name": "执法人员甲", "person": "jia"}, "receiver": {"name": "科长丁", "person": "ding"},
    }  # fmt: skip
    with pytest.raises(Stopped) as stopped:
        spot.file("cash_handover", handed, at="2026-03-02 15:00")
    assert codes(stopped) == {"K7"}


def handed_over(spot, receiver):
    """The fine was taken on the spot and its cash handed over; the paper is not signed yet."""
    spot.record()
    spot.decide()
    spot.serve("summary_decision", at="2026-03-02 09:40")
    receipt = {
        "unified": True, "receipt_no": "示例1", "amount": 200_000, "pay_ground": "不当场收缴事后难以执行",
        "pay_note": "流动经营，次日离开本地。", "files": [{"digest": spot.scan(), "name": "票据.pdf"}],
    }  # fmt: skip
    spot.file("collection_receipt", receipt, at="2026-03-02 09:50")
    spot.file("cash_handover", {"receiver": receiver}, at="2026-03-02 15:00")


@pytest.mark.parametrize("receiver", [{"name": "执法人员甲"}, {"name": "执法人员甲", "person": "jia"}])
def test_k7_nobody_hands_the_money_over_to_himself(spot, receiver):
    with pytest.raises(Invalid) as refused:
        handed_over(spot, receiver)
    assert [(p.field, p.message) for p in refused.value.problems] == [
        ("receiver", "“接收人”与“交付人”不能是同一个人，填写收下的另一方")
    ]


def test_the_money_goes_to_the_bank_once_both_sides_have_signed(spot):
    handed_over(spot, {"name": "科长丁", "person": "ding"})

    def banked(at):
        return next(s.locked for s in spot.judged(at).steps if s.code == "cash_banked")

    assert banked("2026-03-02 15:10") == "须先完成：《当场收缴罚款交付单》签名"
    spot.sign("cash_handover", "jia", role="hander", at="2026-03-02 15:20")
    assert banked("2026-03-02 15:30")
    spot.sign("cash_handover", "ding", role="receiver", at="2026-03-02 15:40")
    assert not banked("2026-03-02 15:50")


def test_p52_1_a_case_is_turned_before_the_decision_and_keeps_its_record(spot):
    spot.record()
    with day("2026-03-02 09:30"):
        documents.file_document(spot.case, spot.people["jia"], "summary_decision", {"pay": "银行"})
        facts.state_fact(
            spot.case,
            spot.people["jia"],
            "converted_to_ordinary",
            {"reason": "当事人对事实有异议", "text": "称已建立台账。"},
        )
    state = spot.state()
    assert state.procedure == "penalty_ordinary"
    assert state.of("summary_inspection_record")
    steps = {step.code for step in spot.judged("2026-03-02 10:00").steps}
    assert "case_source_form" in steps
    assert not any(code.startswith("issue:") for code in steps), (
        "the decision that was not made is left behind"
    )
    with day("2026-03-02 09:50"):
        source = documents.new_draft(spot.case, spot.people["jia"], "case_source_form").values
    assert (source["source_kind"], source["is_named"]) == ("监督检查", False), (
        "what was found on the spot is told once"
    )
    with day("2026-03-02 10:00"), pytest.raises(Invalid, match="行政处罚普通程序"):
        facts.state_fact(
            spot.case, spot.people["jia"], "converted_to_ordinary", {"reason": "其他", "text": "再转。"}
        )


def test_p52_1_after_the_decision_there_is_nothing_to_turn(spot):
    spot.record()
    spot.decide()
    with day("2026-03-02 09:40"), pytest.raises(Invalid, match="签发以后"):
        facts.state_fact(
            spot.case, spot.people["jia"], "converted_to_ordinary", {"reason": "其他", "text": "晚了。"}
        )


def test_r26_2_no_decision_on_the_spot_once_the_case_is_ordinary(spot):
    spot.record()
    with day("2026-03-02 09:30"):
        facts.state_fact(
            spot.case, spot.people["jia"], "converted_to_ordinary", {"reason": "其他", "text": "查清再说。"}
        )
    with pytest.raises(Invalid, match="不是行政处罚普通程序的文书"):
        spot.decide()


def test_tl_26_the_court_is_asked_three_months_after_day_sixty(spot):
    spot.record()
    spot.decide()
    spot.serve("summary_decision", at="2026-03-02 09:40")
    due = {d.code: d.due.day.isoformat() for d in spot.judged("2026-03-03 09:00").deadlines}
    assert (due["TL-23"], due["TL-26"], "TL-24" in due) == ("2026-05-06", "2026-08-06", False)


def test_r26_2_a_decision_without_the_partys_signature_is_found(spot):
    spot.record()
    spot.decide()
    spot.sign("summary_decision", "jia", "yi", at="2026-03-02 09:35")
    with day("2026-03-02 09:40"):
        serving.serve(
            spot.case, spot.people["jia"], spot.documents["summary_decision"], method="留置", what="left",
            place="某路1号", servers=["jia", "yi"], reason="拒收", witness="王某",
        )  # fmt: skip
    found = [f for f in spot.judged("2026-03-02 10:00").violated() if f.code == "R26.2"]
    assert [(f.severity, "当事人没有签名" in f.message) for f in found] == [("flag", True)]


def backfilled(spot, fact, values, at):
    """A fact of an old paper, recorded on the fourth."""
    with day("2026-03-04 09:00"):
        return backfill.backfill_entry(
            spot.case, spot.people["jia"], "Happened", {"fact": fact, "values": values},
            at=date.fromisoformat(at), scan=spot.scan(), reason="当时没有登记",
        )  # fmt: skip


def test_backfilling_turns_no_case_that_was_decided_on_the_spot(spot):
    """罚 51: turned before the decision, or not at all; an old paper of afterwards does not silence what is asked on the spot."""
    spot.record()
    spot.decide()
    turned = {"reason": "其他", "text": "需要查清。"}
    with pytest.raises(Invalid, match="以后，不会再有"):
        backfilled(spot, "converted_to_ordinary", turned, "2026-03-03")
    with pytest.raises(Invalid, match="不是行政处罚简易程序里的事"):
        backfilled(spot, "license_published", {}, "2026-03-03")
    assert spot.state().procedure == "penalty_summary"
    backfilled(spot, "contested", {"route": "行政复议", "on": "2026-03-03"}, "2026-03-03")
    assert [fact.code for fact in spot.state().facts][-1] == "contested"


def test_p53_a_fine_to_be_paid_at_a_bank_is_waited_for_before_the_case_is_closed(spot):
    spot.record()
    spot.decide()
    spot.serve("summary_decision", at="2026-03-02 09:40")
    waiting = {s.code: s for s in spot.judged("2026-03-03 09:00").steps}
    assert (waiting["payment_record"].optional, "collected" in waiting) == (False, False)
    with day("2026-03-05 09:00"):
        paid = {"on": "2026-03-05", "amount": 200_000, "receipt_no": "示例1", "channel": "银行"}
        facts.state_fact(spot.case, spot.people["jia"], "payment_made", paid, proofs=[spot.scan()])
    after = {s.code: s for s in spot.judged("2026-03-05 10:00").steps}
    assert "payment_record" not in after
    assert "须先完成：《当场处罚备案表》批准" in after["closing_report"].locked
