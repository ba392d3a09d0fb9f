"""Nothing typed twice (desk principle 3): what a new paper already knows, in which shape, and what it says of where from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Context
from liuhen.compliance.judge import context
from liuhen.compliance.prefill import Prefilled, prefill, share, standing
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.texts import NO_PENALTY
from tests.compliance.told import at, ours, script

PARTY = {"party_kind": "法人", "name": "某粮食有限公司"}
BASIS = {"law": "粮食流通管理条例", "article": "第四十五条"}
FINE = {"kind": "罚款", "amount": 3_000_000}

SOURCE = """
  - at: 2026-01-05 09:00
    by: 甲
    file: case_source_form
    as: 来源
    values: {registered_at: 2026-01-05 09:00, discovered_at: 2026-01-04 16:30, source_kind: 举报, is_named: true,
             provider: 周某, content: 收购玉米没有台账}
    signed: {registrar: 甲}
  - {at: 2026-01-05 10:00, by: 科长, assign: {lead_officer: 甲, assist_officer: 乙}}
"""
DOCKET = """
  - at: 2026-01-06 09:00
    by: 甲
    file: docket_approval
    as: 立案
    values:
      cause: 未建立粮食经营台账
      place: 某镇收购点
      source_kind: 举报
      party: {party_kind: 法人, name: 某粮食有限公司, legal_rep: 张某, legal_rep_post: 经理, address: 某镇某路1号, phone: "123"}
      reasons: 符合立案条件。
      basis: [粮食流通管理条例第四十五条]
    approved: {S: {by: 科长, on: 2026-01-06 10:00}, B: {by: 局长, on: 2026-01-06 15:00}}
"""
INSPECTION = """
  - at: 2026-01-07 11:00
    by: 甲
    file: site_inspection_record
    as: 检查
    values: {started_at: 2026-01-07 09:00, ended_at: 2026-01-07 10:30, place: 2号仓, situation: 没有台账。}
"""
REPORT = """
  - at: 2026-01-20 09:00
    by: 甲
    file: investigation_report
    as: 报告
    values: {facts: 没有建立台账。, nature: 未建立粮食经营台账, basis: [粮食流通管理条例第四十五条],
             penalties: [{kind: 罚款, amount: 30000元}]}
"""
PROPOSAL = """
  - at: 2026-01-21 09:00
    by: 甲
    file: proposal_approval
    as: 拟处罚
    values: {facts: 没有建立台账。, nature: 未建立粮食经营台账, reasons: 事实清楚。, basis: [粮食流通管理条例第四十五条],
             penalties: [{kind: 罚款, amount: 30000元}]}
    approved: {S: {by: 科长, on: 2026-01-21 10:00}, B: {by: 局长, on: 2026-01-21 15:00}}
"""
NOTICE = """
  - at: 2026-01-22 09:00
    by: 甲
    file: penalty_notice
    as: 告知书
    values: {facts: 没有建立台账。, penalties: [{kind: 罚款, amount: 30000元}], defence_days: 5}
    issued: {on: 2026-01-22}
    served: {on: 2026-01-22, method: 直接, to: 某粮食有限公司, place: 某镇收购点, recipient: 张某, servers: [甲, 乙]}
"""
DEFENCE = """
  - at: 2026-01-26 09:00
    by: 甲
    file: defence_submission
    as: 申辩书
    values: {statement: "1. 数量不大。\\n\\n（二）已经补建台账。\\n", received_at: 2026-01-26 09:00, received_by: 甲}
"""
APPROVAL = """
  - at: 2026-02-02 09:00
    by: 甲
    file: decision_approval
    as: 决定审批
    values: {party: {party_kind: 法人, name: 某粮食有限公司, address: 某镇某路2号}, facts: 没有建立台账，后已补建。,
             nature: 未建立粮食经营台账, reasons: 事实清楚，从轻处罚。, basis: [粮食流通管理条例第四十五条],
             penalties: [{kind: 罚款, amount: 20000元}], defence_summary: 数量不大。, review_opinion: 予以采纳。}
    approved: {S: {by: 科长, on: 2026-02-02 10:00}, B: {by: 局长, on: 2026-02-02 15:00}}
"""
DECISION = """
  - at: 2026-02-03 09:00
    by: 甲
    file: penalty_decision
    as: 决定书
    values: {facts: 没有建立台账，后已补建。, penalties: [{kind: 罚款, amount: 20000元}, {kind: 没收违法所得, amount: 500元}]}
    issued: {on: 2026-02-03, number: 示例罚决〔2026〕1号}
    served: {on: 2026-02-03, method: 直接, to: 某粮食有限公司, place: 某镇收购点, recipient: 张某, servers: [甲, 乙]}
"""


def case_of(*steps: str, extra: str = "") -> CaseFile:
    """The case that the steps tell, as recorded here."""
    return settle(*ours(script("".join(steps), extra)))


def ctx_of(case: CaseFile, day: str, clock: str = "12:00") -> Context:
    return context(at(day, clock), case.office)


def filled(
    kind: str,
    case: CaseFile,
    day: str = "2026-02-10",
    clock: str = "12:00",
    known: Mapping[str, Any] | None = None,
) -> dict[str, Prefilled]:
    declared = DOCUMENTS.get(kind) or FACTS[kind]
    return prefill(declared, case, ctx_of(case, day, clock), "甲", known=known or {})


def said(kind: str, case: CaseFile, field: str, **more: Any) -> tuple[Any, str]:
    """What a field is filled with and where from."""
    one = filled(kind, case, **more)[field]
    return one.value, one.where


class TestWhereItSays:
    def test_a_document_is_named_with_its_day(self) -> None:
        assert said("investigation_report", case_of(SOURCE, DOCKET), "cause") == (
            "未建立粮食经营台账", "立案审批表，1月6日",
        )  # fmt: skip

    def test_the_year_is_told_when_it_is_another(self) -> None:
        _, where = said("investigation_report", case_of(SOURCE, DOCKET), "cause", day="2027-03-01")
        assert where == "立案审批表，2026年1月6日"

    def test_officers_come_with_certificates_that_are_valid_on_the_day(self) -> None:
        rows, where = said("site_inspection_record", case_of(SOURCE, DOCKET), "officers")
        assert [(r["person"], r["certificate_no"]) for r in rows] == [
            ("甲", "示例-0001"),
            ("乙", "示例-0002"),
        ]
        assert where == "本案承办人；当日执法证有效"

    def test_an_officer_without_a_valid_certificate_is_named(self) -> None:
        case = case_of(SOURCE, DOCKET)
        known = {"started_at": "2027-01-05T09:00"}
        _, where = said("site_inspection_record", case, "officers", known=known)
        assert where == "本案承办人；执法人员甲当日没有有效的执法证"

    def test_system_time_setting_and_usual_wording_are_told(self) -> None:
        found = filled("penalty_notice", case_of(SOURCE, DOCKET, REPORT, PROPOSAL))
        assert found["defence_days"] == Prefilled(5, "本局设置", "setting.defence_days")
        assert filled("hearing_request", case_of(SOURCE))["received_at"].where == "系统时间"
        assert filled("hearing_notice", case_of(SOURCE))["rights_told"].where == "常用文本"
        assert filled("penalty_decision", case_of(SOURCE, DOCKET))["remedies"].where == "救济途径表"


class TestShapes:
    def test_an_instant_becomes_wall_time_and_a_day_a_date(self) -> None:
        found = filled("closing_report", case_of(SOURCE, DOCKET))
        assert found["discovered_at"].value == "2026-01-04T16:30"
        assert found["docketed_on"].value == "2026-01-06"

    def test_now_is_local(self) -> None:
        assert said("hearing_request", case_of(SOURCE), "received_at", clock="00:05")[0] == "2026-02-10T00:05"

    def test_a_person_goes_into_a_text_field_as_a_name(self) -> None:
        assert said("penalty_notice", case_of(SOURCE, DOCKET), "contact")[0] == "执法人员甲"

    def test_people_lose_what_the_field_does_not_hold(self) -> None:
        people, _ = said("collective_discussion_minutes", case_of(SOURCE, DOCKET), "attendees")
        assert people[0] == {"person": "甲", "name": "执法人员甲"}

    def test_rows_keep_only_the_columns_of_the_list_they_go_into(self) -> None:
        hold = """
  - at: 2026-01-08 09:00
    by: 甲
    file: hold_notice
    values: {items: [{name: 账簿, unit: 本, quantity: 2, seal_no: 封-1, keeper: 张某}]}
"""
        items, _ = said("hold_disposal_notice", case_of(SOURCE, DOCKET, hold), "items")
        assert items == [{"name": "账簿", "unit": "本", "quantity": 2, "disposal": "解除"}]

    def test_an_enum_takes_only_its_own_words(self) -> None:
        assert "occasion" not in filled("result_notification_record", case_of(SOURCE, DOCKET))
        assert said("result_notification_record", case_of(SOURCE, DOCKET, DECISION), "occasion")[0] == "处罚"


class TestWhichPaper:
    def test_a_report_names_the_reporter_nowhere_in_the_main_file(self) -> None:
        assert "verification" not in filled("docket_approval", case_of(SOURCE))

    def test_what_was_verified_is_carried_over(self) -> None:
        verified = """
  - {at: 2026-01-05 15:00, by: 甲, file: verification_report, values: {result: 反映属实。}}
"""
        assert said("docket_approval", case_of(SOURCE, verified), "verification") == (
            "反映属实。", "核查情况报告，1月5日",
        )  # fmt: skip

    def test_the_latest_document_of_a_kind_answers(self) -> None:
        second = INSPECTION.replace("2026-01-07", "2026-01-09").replace("没有台账。", "台账已建。")
        later = second.replace("as: 检查", "as: 又一次检查")
        assert said("cure_order", case_of(SOURCE, DOCKET, INSPECTION, later), "facts")[0] == "台账已建。"

    def test_a_sealed_document_answers_nothing(self) -> None:
        void = """
  - {at: 2026-01-08 09:00, by: 甲, void: 检查, reason: 录错案件, as: 封存}
  - {at: 2026-01-08 10:00, by: 科长, confirm: 封存}
"""
        case = case_of(SOURCE, DOCKET, INSPECTION, void)
        assert "facts" not in filled("cure_order", case)

    def test_the_document_that_the_form_names_answers_for_its_kind(self) -> None:
        samplings = "".join(
            f"""
  - {{at: 2026-01-0{n} 09:00, by: 甲, file: sampling_notice, as: 抽样{n}, values: {{items: [{{name: 玉米{n}, quantity: {n}}}]}}}}
"""
            for n in (7, 8)
        )
        case = case_of(SOURCE, DOCKET, samplings)
        assert said("sample_disposal_notice", case, "sampling")[0] == "抽样8"
        known = {"sampling": "抽样7"}
        assert said("sample_disposal_notice", case, "items", known=known)[0] == [
            {"name": "玉米7", "quantity": 7}
        ]

    def test_a_paper_that_was_taken_up_is_not_offered_again(self) -> None:
        steps = "".join(
            f"""
  - {{at: 2026-01-0{n} 09:00, by: 甲, file: hold_notice, as: 保存{n}, values: {{items: [{{name: 账簿{n}, quantity: 1}}]}}}}
"""
            for n in (7, 8)
        )
        disposed = """
  - {at: 2026-01-09 09:00, by: 甲, file: hold_disposal_notice, values: {hold: 保存8}}
"""
        assert said("hold_disposal_notice", case_of(SOURCE, DOCKET, steps, disposed), "hold")[0] == "保存7"

    def test_what_must_equal_the_approved_paper_comes_from_it(self) -> None:
        case = case_of(SOURCE, DOCKET, REPORT, PROPOSAL, NOTICE, APPROVAL)
        found = filled("penalty_decision", case)
        assert found["penalties"].value == [{"kind": "罚款", "amount": 2_000_000}]
        assert found["party"].value["address"] == "某镇某路2号"
        assert {found[name].where for name in ("party", "facts", "basis", "penalties")} == {
            "行政处罚决定审批表，2月2日"
        }

    def test_a_sheet_on_another_matter_does_not_speak(self) -> None:
        sheets = """
  - {at: 2026-01-23 09:00, by: 甲, file: case_matter_approval, as: 主持, values: {topic: 指定听证主持人, reasons: 申请听证。,
     presider: {name: 主持人某}}}
  - {at: 2026-01-24 09:00, by: 甲, file: case_matter_approval, as: 移送, values: {topic: 案件移送, reasons: 不属管辖。}}
"""
        case = case_of(SOURCE, DOCKET, sheets)
        assert said("case_transfer_letter", case, "reasons")[0] == "不属管辖。"
        assert said("hearing_notice", case, "presider")[0] == {"name": "主持人某"}

    def test_the_last_resort_is_the_paper_that_carries_the_case(self) -> None:
        sampling = """
  - {at: 2026-01-08 09:00, by: 甲, file: sampling_notice, values: {basis: [行政处罚法第五十六条]}}
"""
        assert "basis" not in filled("docket_approval", case_of(SOURCE, sampling))
        case = case_of(SOURCE, DOCKET, sampling)
        assert said("proposal_approval", case, "basis") == ([BASIS], "立案审批表，1月6日")

    def test_reasons_of_docketing_are_no_reasons_of_a_penalty(self) -> None:
        assert "reasons" not in filled("decision_approval", case_of(SOURCE, DOCKET))


class TestTheForm:
    def test_what_the_form_holds_is_left_alone(self) -> None:
        known = {"cause": "另一案由", "place": ""}
        found = filled("investigation_report", case_of(SOURCE, DOCKET), known=known)
        assert "cause" not in found

    def test_the_violation_chosen_brings_its_cause_and_basis(self) -> None:
        known = {"violation": "grain_no_filing"}
        found = filled("docket_approval", case_of(SOURCE), known=known)
        assert found["cause"].value == "粮食收购企业未按规定备案或者提供虚假备案信息"
        assert found["basis"].value == [{"law": "粮食流通管理条例", "article": "第四十三条"}]
        assert found["basis"].where == "违法行为目录"

    @pytest.mark.parametrize("ground", DOCUMENTS["no_penalty_decision"].field("ground").options)
    def test_the_ground_for_no_penalty_brings_its_provision(self, ground: str) -> None:
        """罚 30, 31, 33, 36, 57: whoever is not punished is told by what provision."""
        brought = filled("no_penalty_decision", case_of(SOURCE, DOCKET), known={"ground": ground})["basis"]
        assert brought.value == [dict(row) for row in NO_PENALTY[ground]]

    def test_the_court_is_told_what_was_decided_and_demanded(self) -> None:
        """强 55: what the application must say stands in the case."""
        decided = (
            "  - {at: 2026-01-20, by: 甲, file: penalty_decision, as: 决定, values: {penalties: [{kind: 罚款, amount: 20000元}]}, "
            "issued: true, served: 2026-01-21}\n"
        )
        demand = "  - {at: 2026-08-03, by: 甲, file: performance_demand, as: 催告, issued: true, served: 2026-08-03}\n"
        case = case_of(SOURCE, DOCKET, "\n", decided, demand)
        early, late = (
            filled("court_execution_application", case, day) for day in ("2026-08-10", "2026-08-20")
        )
        assert "没有提起行政诉讼" in early["facts"].value
        assert early["facts"].value.endswith(
            "2026年1月21日送达当事人。当事人在法定期限内没有申请行政复议，也没有提起行政诉讼。当事人至今没有履行。"
        )
        assert "仍未履行" not in early["demanded"].value
        assert late["demanded"].value.endswith("满十个工作日，当事人仍未履行。")

    def test_a_way_out_does_not_rest_on_the_law_of_the_penalty(self) -> None:
        """A25: a case is suspended, ended, withdrawn for what came to light, and not by the article that was broken."""
        case = case_of(SOURCE, DOCKET, REPORT)
        for kind in ("case_suspension_approval", "case_termination_approval", "case_withdrawal_approval"):
            assert "basis" not in filled(kind, case, known={"ground": "其他"})
        withdrawn = filled("case_withdrawal_approval", case, known={"ground": "超过追究时效"})
        assert [row["article"] for row in withdrawn["basis"].value] == ["第三十六条"]

    def test_the_penalties_proposed_tell_whether_a_hearing_is_due(self) -> None:
        case = case_of(SOURCE, DOCKET)
        assert "needs_hearing" not in filled("investigation_report", case)
        small = filled("investigation_report", case, known={"penalties": [FINE]})["needs_hearing"]
        assert (small.value, small.where) == (False, "按处罚种类和数额判断：没有达到听证标准")
        licence = filled("investigation_report", case, known={"penalties": [{"kind": "吊销许可证件"}]})
        assert licence["needs_hearing"].value is True
        assert licence["is_major"].value is True

    def test_a_fine_without_amount_leaves_the_answer_open(self) -> None:
        known = {"penalties": [{"kind": "罚款"}]}
        assert "needs_hearing" not in filled("investigation_report", case_of(SOURCE, DOCKET), known=known)

    def test_the_digest_is_that_of_the_file_given(self) -> None:
        known = {"files": [{"digest": "sha256:" + "a" * 64, "name": "账册.xlsx"}]}
        value, where = said("evidence_copy_sheet", case_of(SOURCE, DOCKET), "digest", known=known)
        assert (value, where) == ("sha256:" + "a" * 64, "所附文件")


class TestLimits:
    def test_a_limit_begun_by_the_paper_itself_runs_from_what_the_form_says(self) -> None:
        """TL-12: seven working days after the day of taking."""
        case = case_of(SOURCE, DOCKET)
        assert said("hold_notice", case, "until", day="2026-01-07")[0] == "2026-01-16"
        known = {"held_at": "2026-01-08T10:00"}
        value, where = said("hold_notice", case, "until", day="2026-01-09", known=known)
        assert (value, where) == ("2026-01-19", "期限：处理先行登记保存的证据，自1月8日起算")

    def test_a_running_limit_answers_with_its_last_day(self) -> None:
        """TL-19: ninety days from approval, no roll-over."""
        assert said("period_extension_approval", case_of(SOURCE, DOCKET), "old_due_on") == (
            "2026-04-06", "期限：作出处理决定，自1月6日起算",
        )  # fmt: skip

    def test_a_limit_that_has_not_begun_is_left_open(self) -> None:
        assert "old_due_on" not in filled("period_extension_approval", case_of(SOURCE))

    def test_in_a_text_a_limit_is_named(self) -> None:
        assert said("clock_paused", case_of(SOURCE, DOCKET), "limit")[0] == "作出处理决定，至2026年4月6日"


class TestTexts:
    def test_a_wording_is_filled_with_the_case(self) -> None:
        case = case_of(SOURCE, DOCKET, REPORT)
        text, where = said("proposal_approval", case, "reasons")
        assert "未建立粮食经营台账" in text
        assert "《粮食流通管理条例》第四十五条" in text
        assert where == "按本案情况拟写"

    def test_half_a_sentence_is_not_offered(self) -> None:
        assert "reasons" not in filled("proposal_approval", case_of(SOURCE))

    def test_no_defence_is_said_only_when_the_period_is_over(self) -> None:
        """A15; 罚 62: silence means nothing before the period ends."""
        case = case_of(SOURCE, DOCKET, REPORT, PROPOSAL, NOTICE)
        assert "defence_summary" not in filled("decision_approval", case, day="2026-01-29")
        later = filled("decision_approval", case, day="2026-01-30")
        assert later["defence_summary"].value == "当事人在期限内未提出陈述、申辩。"

    def test_a_defence_is_quoted_and_answered(self) -> None:
        case = case_of(SOURCE, DOCKET, REPORT, PROPOSAL, NOTICE, DEFENCE, APPROVAL)
        assert said("decision_approval", case, "defence_summary")[0].startswith("1. 数量不大。")
        assert (
            said("penalty_decision", case, "defence_outcome")[0]
            == "当事人的陈述和申辩：数量不大。我局复核意见：予以采纳。"
        )

    def test_payment_is_asked_only_where_money_is_due(self) -> None:
        case = case_of(SOURCE, DOCKET, APPROVAL)
        assert "十五日内" in said("penalty_decision", case, "performance")[0]
        known = {"penalties": [{"kind": "吊销许可证件"}]}
        assert "performance" not in filled("penalty_decision", case, known=known)

    def test_remedies_are_data_and_never_free_text(self) -> None:
        """R24.1 (6); 罚 59: body, court, days and months."""
        value, _ = said("cure_order", case_of(SOURCE, DOCKET), "remedies")
        assert (value["reconsideration_days"], value["sue_months"], value["kind"]) == (60, 6, "general")
        assert value["reconsideration_body"] in value["text"]
        assert value["court"] in value["text"]

    def test_the_course_is_told_day_by_day(self) -> None:
        """A17: 调查经过."""
        text, _ = said("investigation_report", case_of(SOURCE, DOCKET, INSPECTION), "course")
        assert text.splitlines() == [
            "2026年1月4日，发现案源（举报）。",
            "2026年1月6日，经批准立案。",
            "2026年1月7日，执法人员对2号仓进行现场检查，制作现场检查（勘验）笔录。",
        ]

    def test_what_was_tried_is_told_before_a_public_notice(self) -> None:
        """A27 (3)."""
        tried = """
  - {at: 2026-02-04 09:00, by: 甲, serve: 决定书, method: 邮寄, what: returned, reason: 查无此人}
"""
        issued = DECISION[: DECISION.index("    served:")]
        text, _ = said("public_notice_approval", case_of(SOURCE, DOCKET, issued, tried), "reasons")
        assert text == "2026年2月4日邮寄送达，查无此人，采用其他方式均无法送达。"


class TestRows:
    def test_a_defence_is_split_into_its_points(self) -> None:
        """P45.1: point by point."""
        case = case_of(SOURCE, DOCKET, NOTICE, DEFENCE)
        found = filled("defence_reexamination_form", case)
        assert found["defence"].value == "申辩书"
        assert found["points"].value == [{"point": "数量不大。"}, {"point": "已经补建台账。"}]

    def test_evidence_is_listed_in_the_order_of_taking(self) -> None:
        """A17: what each proves is left to the officer, unless its own paper says so."""
        copied = """
  - {at: 2026-01-08 09:00, by: 甲, file: evidence_copy_sheet, as: 磅单, values: {name: 磅单, taken_at: 2026-01-07 08:00, proves: 数量}}
  - {at: 2026-01-09 09:00, by: 甲, file: interview_record, as: 询问, values: {started_at: 2026-01-09 08:00,
     interviewee: {name: 张某}, interviewed_as: 法定代表人}}
  - {at: 2026-01-07 12:00, by: 甲, record: {what: 现场检查录像, from: 2026-01-07 09:00, to: 2026-01-07 10:30, document: 检查,
     deposited: 2026-01-07 12:00}}
"""
        rows, where = said("investigation_report", case_of(SOURCE, DOCKET, INSPECTION, copied), "evidence")
        assert [(r["number"], r["name"], r["kind"], r.get("proves")) for r in rows] == [
            ("1", "磅单（2026年1月7日）", "书证", "数量"),
            ("2", "现场检查（勘验）笔录（2026年1月7日）", "勘验笔录、现场笔录", None),
            ("3", "询问笔录：张某（2026年1月9日）", "当事人的陈述", None),
            ("4", "现场检查录像（2026年1月7日）", "视听资料", None),
        ]
        assert where == "本案证据文书和音像记录"

    def test_a_letter_to_another_body_lists_no_internal_papers(self) -> None:
        case = case_of(SOURCE, DOCKET, INSPECTION)
        named = [row["name"] for row in said("case_transfer_letter", case, "attachments")[0]]
        assert "案件来源登记表" not in named
        assert "现场检查（勘验）笔录" in named

    def test_things_given_back_are_no_longer_things_of_the_case(self) -> None:
        steps = """
  - {at: 2026-01-08 09:00, by: 甲, file: hold_notice, as: 保存, values: {items: [{name: 账簿, quantity: 1}, {name: 玉米, quantity: 9}]}}
  - {at: 2026-01-09 09:00, by: 甲, file: hold_disposal_notice, values: {hold: 保存, items: [{name: 账簿, quantity: 1, disposal: 解除},
     {name: 玉米, quantity: 9, disposal: 移送}]}}
"""
        items, _ = said("crime_transfer_letter", case_of(SOURCE, DOCKET, steps), "items")
        assert [item["name"] for item in items] == ["玉米"]


class TestQuestioning:
    FIRST = """
  - {at: 2026-01-08 11:00, by: 甲, file: interview_record, as: 询问一, values: {started_at: 2026-01-08 10:00, interviewee: {name: 张某},
     interviewed_as: 法定代表人, relation: 法定代表人（负责人）, phone: "456"}}
"""

    def test_a_body_speaks_through_its_representative(self) -> None:
        found = filled("interview_record", case_of(SOURCE, DOCKET))
        assert found["interviewee"].value == {"name": "张某"}
        assert found["interviewed_as"].value == "法定代表人"
        assert found["work_unit"].value == "某粮食有限公司经理"
        assert found["nth"].value == 1

    def test_whoever_was_questioned_is_not_offered_again(self) -> None:
        found = filled("interview_record", case_of(SOURCE, DOCKET, self.FIRST))
        assert not {"interviewee", "phone", "work_unit"} & set(found)

    def test_a_second_questioning_of_one_person_counts_and_repeats_what_is_known(self) -> None:
        found = filled(
            "interview_record", case_of(SOURCE, DOCKET, self.FIRST), known={"interviewee": {"name": "张某"}}
        )
        assert (found["nth"].value, found["nth"].where) == (2, "询问笔录，1月8日")
        assert found["phone"].value == "456"

    def test_a_witness_does_not_get_the_details_of_the_party(self) -> None:
        found = filled("interview_record", case_of(SOURCE, DOCKET), known={"interviewee": {"name": "李某"}})
        assert not {"phone", "work_unit", "relation"} & set(found)
        assert found["nth"].value == 1
        assert found["interviewed_as"].value == "证人"

    def test_who_speaks_for_the_party_is_no_witness(self) -> None:
        """罚 55, A14: the party or witnesses are questioned; an agent is neither."""
        agent = """
  - {at: 2026-01-08 09:00, by: 甲, file: power_of_attorney, values: {principal: 某粮食有限公司, agents: [{name: 吴某}]}}
"""
        case = case_of(SOURCE, DOCKET, agent)
        assert "interviewed_as" not in filled(
            "interview_record", case, known={"interviewee": {"name": "吴某"}}
        )
        nobody_known = case_of(SOURCE)
        assert "interviewed_as" not in filled(
            "interview_record", nobody_known, known={"interviewee": {"name": "吴某"}}
        )


class TestTelling:
    def test_the_reporter_is_told_first_then_the_party_then_nobody(self) -> None:
        """A25 R25.1: everyone named is told once."""
        case = case_of(SOURCE, DOCKET, DECISION)
        found = filled("result_notification_record", case)
        assert (found["told"].value, found["told_as"].value) == ({"name": "周某"}, "举报人")
        told = """
  - {at: 2026-02-0%d 09:00, by: 甲, file: result_notification_record, as: 告知%d, values: {told: {name: %s}, told_as: %s}}
"""
        first = told % (4, 4, "周某", "举报人")
        found = filled("result_notification_record", case_of(SOURCE, DOCKET, DECISION, first))
        assert (found["told"].value, found["told_as"].value) == ({"name": "某粮食有限公司"}, "被调查人")
        both = first + told % (5, 5, "某粮食有限公司", "被调查人")
        assert "told" not in filled("result_notification_record", case_of(SOURCE, DOCKET, DECISION, both))

    def test_who_was_told_of_a_decision_that_fell_is_told_of_the_next_one(self) -> None:
        """A25: the result that stands is the one that is told."""
        told = """
  - {at: 2026-02-04 09:00, by: 甲, file: result_notification_record, as: 告知4, values: {told: {name: 周某}, told_as: 举报人}}
  - {at: 2026-02-05 09:00, by: 甲, file: result_notification_record, as: 告知5, values: {told: {name: 某粮食有限公司}, told_as: 被调查人}}
  - {at: 2026-05-20 09:00, by: 甲, state: contest_ended, values: {on: 2026-05-20, route: 行政复议, result: 重作}}
"""
        anew = (
            DECISION.replace("2026-02-03", "2026-06-03")
            .replace("as: 决定书", "as: 新决定书")
            .replace("1号", "2号")
        )
        found = filled("result_notification_record", case_of(SOURCE, DOCKET, DECISION, told, anew))
        assert found["told"].value == {"name": "周某"}

    def test_the_party_learnt_the_result_when_the_decision_reached_it(self) -> None:
        """A25: told by the service of the decision; whoever reported it is told at another time."""
        told = """
  - {at: 2026-02-04 09:00, by: 甲, file: result_notification_record, as: 告知4, values: {told: {name: 周某}, told_as: 举报人}}
"""
        found = filled("result_notification_record", case_of(SOURCE, DOCKET, DECISION, told))
        assert (found["told_at"].value[:10], found["method"].value) == ("2026-02-10", "书面")
        timed = DECISION.replace("on: 2026-02-03, method", "on: 2026-02-03 15:20, method")
        found = filled("result_notification_record", case_of(SOURCE, DOCKET, timed, told))
        assert (found["told_at"].value, found["told_at"].where) == (
            "2026-02-03T15:20",
            "行政处罚决定书的送达记录",
        )
        posted = timed.replace("method: 直接", "method: 邮寄").replace(", servers: [甲, 乙]", "")
        assert (
            filled("result_notification_record", case_of(SOURCE, DOCKET, posted, told))["method"].value
            == "邮寄"
        )
        reporter = filled("result_notification_record", case_of(SOURCE, DOCKET, timed))
        assert reporter["told_at"].from_ == "now"
        assert "method" not in reporter

    def test_service_papers_are_filled_from_the_service_steps(self) -> None:
        """A27: never typed twice."""
        found = filled("service_receipt", case_of(SOURCE, DOCKET, DECISION))
        assert found["documents"].value == [{"number": "示例罚决〔2026〕1号", "title": "行政处罚决定书"}]
        assert found["method"].value == "直接送达"
        assert found["recipient"].value == "张某"
        assert found["received_on"].value == "2026-02-03"
        assert [one["name"] for one in found["servers"].value] == ["执法人员甲", "执法人员乙"]
        assert found["addressee"].where == "行政处罚决定书的送达记录"

    def test_a_payment_takes_what_is_still_due(self) -> None:
        """罚 67: fine and confiscated proceeds, less what was paid."""
        case = case_of(SOURCE, DOCKET, DECISION)
        assert said("payment_made", case, "amount") == (2_050_000, "行政处罚决定书，2月3日")
        paid = """
  - {at: 2026-02-05 09:00, by: 甲, state: payment_made, values: {on: 2026-02-05, amount: 500元, receipt_no: 票1, channel: 银行}}
"""
        assert said("payment_made", case_of(SOURCE, DOCKET, DECISION, paid), "amount") == (
            2_000_000, "行政处罚决定书，2月3日；已缴500元",
        )  # fmt: skip


class TestTheSheetOnAMatter:
    """case_matter_approval (A11, A19): what it is for decides what stands in it."""

    ASKED = """
  - {at: 2026-01-22 09:00, by: 甲, file: hearing_right_notice, as: 听证告知书, values: {penalties: [{kind: 罚款, amount: 30000元}]},
     issued: {on: 2026-01-22}, served: {on: 2026-01-22, method: 直接, to: 某粮食有限公司, recipient: 张某, servers: [甲, 乙]}}
  - {at: 2026-01-26 09:00, by: 甲, file: hearing_request, values: {applicant: 某粮食有限公司, received_at: 2026-01-26 09:00}}
"""

    def test_a_hearing_that_was_asked_for_wants_a_presider(self) -> None:
        found = filled("case_matter_approval", case_of(SOURCE, DOCKET, REPORT, PROPOSAL, self.ASKED))
        assert found["topic"].value == "指定听证主持人"
        assert found["reasons"].value == "当事人按期要求听证。"
        assert [(row["law"], row["article"]) for row in found["basis"].value] == [
            ("中华人民共和国行政处罚法", "第六十四条"),
        ]

    def test_another_matter_has_its_own_law_and_no_presider(self) -> None:
        case = case_of(SOURCE, DOCKET, REPORT, PROPOSAL, self.ASKED)
        found = filled("case_matter_approval", case, known={"topic": "分期延期缴纳"})
        assert found["basis"].value[0]["article"] == "第六十六条"
        assert not {"presider", "reasons"} & set(found)
        assert "basis" not in filled("case_matter_approval", case, known={"topic": "其他"})

    def test_nothing_is_guessed_where_the_procedure_wants_no_sheet(self) -> None:
        assert not {"topic", "basis", "reasons"} & set(
            filled("case_matter_approval", case_of(SOURCE, DOCKET))
        )

    def test_the_only_one_who_may_preside_is_proposed_and_of_two_none(self) -> None:
        """罚 64: no investigator of the case presides."""
        steps = (SOURCE, DOCKET, REPORT, PROPOSAL, self.ASKED)
        investigates = "\n  - {at: 2026-01-06 16:00, by: 科长, assign: {assist_officer: 别人}}\n"
        only = filled("case_matter_approval", case_of(*steps, investigates))["presider"].value
        assert only == {"name": "主持人某", "person": "主持人"}
        assert "presider" not in filled("case_matter_approval", case_of(*steps))

    def test_the_recorder_is_the_one_who_was_given_the_part(self) -> None:
        given = "\n  - {at: 2026-01-27 09:00, by: 科长, assign: {presider: 主持人, recorder: 丙}}\n"
        case = case_of(SOURCE, DOCKET, REPORT, PROPOSAL, self.ASKED, given)
        assert filled("hearing_notice", case)["recorder"].value == {"name": "执法人员丙", "person": "丙"}
        assert filled("case_matter_approval", case)["presider"].value["person"] == "主持人"


@pytest.mark.parametrize(
    ("party", "proof"),
    [
        ("party_kind: 自然人, name: 张某", "居民身份证"),
        ("party_kind: 法人, name: 某公司, uscc: 91210213MA0EXAMPLE", "营业执照"),
        ("party_kind: 法人, name: 某粮库, uscc: 12210213MB0EXAMPLE", "事业单位法人证书"),
        ("party_kind: 法人, name: 某协会, uscc: 51210213MB0EXAMPLE", "社会团体登记证书"),
        ("party_kind: 法人, name: 某公司", ""),
    ],
)
def test_the_code_of_a_body_says_which_paper_proves_it(party: str, proof: str) -> None:
    docket = f"""
  - {{at: 2026-01-06 09:00, by: 甲, file: docket_approval, values: {{cause: 未建立粮食经营台账, party: {{{party}}}}}}}
"""
    found = filled("identity_evidence", case_of(docket))
    assert (found["kind"].value if "kind" in found else "") == proof


THIRTEEN = (
    "cause", "source_kind", "party_name", "legal_rep", "address", "discovered_at", "place", "docketed_on",
    "decision_number", "officers", "course", "penalties", "execution",
)  # fmt: skip


class TestClosing:
    PAID = """
  - {at: 2026-02-06 09:00, by: 甲, state: payment_made, values: {on: 2026-02-05, amount: 20500元, receipt_no: 票1, channel: 银行}}
"""

    def test_all_thirteen_items_come_from_the_case(self) -> None:
        """A30 R30.1."""
        case = case_of(SOURCE, DOCKET, INSPECTION, REPORT, PROPOSAL, NOTICE, APPROVAL, DECISION, self.PAID)
        found = filled("closing_report", case)
        assert set(THIRTEEN) <= set(found)
        assert found["decision_number"].value == "示例罚决〔2026〕1号"
        assert "2026年2月5日缴纳20,500元" in found["execution"].value
        assert "2026年2月3日，作出《行政处罚决定书》（示例罚决〔2026〕1号）。" in found["course"].value

    def test_a_withdrawn_case_has_no_decision_and_says_so(self) -> None:
        withdrawn = """
  - at: 2026-01-25 09:00
    by: 甲
    file: case_withdrawal_approval
    as: 销案
    values: {ground: 违法事实不能成立, facts: 台账齐全。, reasons: 没有违法事实。}
    approved: {S: {by: 科长, on: 2026-01-25 10:00}, B: {by: 局长, on: 2026-01-25 11:00}}
"""
        found = filled("closing_report", case_of(SOURCE, DOCKET, REPORT, withdrawn))
        reason = {"not_applicable": "本案销案，没有作出处罚决定"}
        assert [found[name].value for name in ("decision_number", "penalties", "execution")] == [reason] * 3
        assert found["decision_number"].where == "销案审批表，1月25日"
        assert found["docketed_on"].value == "2026-01-06"

    def test_the_course_of_a_case_that_was_withdrawn_is_told_too(self) -> None:
        """What was found is what the sheet says, not why it was docketed."""
        sheet = """
  - at: 2026-01-25 09:00
    by: 甲
    file: case_withdrawal_approval
    as: 销案
    values: {ground: 违法事实不能成立, facts: 台账齐全。, reasons: 没有违法事实。}
    approved: {S: {by: 科长, on: 2026-01-25 10:00}, B: {by: 局长, on: 2026-01-25 11:00}}
"""
        course = filled("closing_report", case_of(SOURCE, DOCKET, sheet))["course"].value
        assert course.startswith("台账齐全。")
        assert "2026年1月25日，本案经批准销案。" in course
        assert "facts" not in filled("case_withdrawal_approval", case_of(SOURCE, DOCKET))

    def test_the_course_says_that_a_decision_fell(self) -> None:
        fell = """
  - {at: 2026-05-20 09:00, by: 甲, state: contest_ended, values: {on: 2026-05-20, route: 行政复议, result: 重作}}
"""
        anew = (
            DECISION.replace("2026-02-03", "2026-06-03")
            .replace("as: 决定书", "as: 新决定书")
            .replace("1号", "2号")
        )
        course = filled("closing_report", case_of(SOURCE, DOCKET, REPORT, DECISION, fell, anew))[
            "course"
        ].value
        assert "2026年5月20日，《行政处罚决定书》被撤销，重新作出。" in course

    def test_c6_1_the_report_that_goes_to_the_police_tells_its_course(self) -> None:
        found = filled("crime_investigation_report", case_of(SOURCE, DOCKET, INSPECTION))
        assert "进行现场检查" in found["course"].value

    def test_a_decision_not_to_punish_has_a_number_and_no_penalty(self) -> None:
        spared = """
  - {at: 2026-01-25 09:00, by: 甲, file: no_penalty_decision, as: 不罚, values: {facts: 轻微。, ground: 违法行为轻微并及时改正},
     issued: {on: 2026-01-25, number: 示例不罚〔2026〕1号}}
"""
        found = filled("closing_report", case_of(SOURCE, DOCKET, REPORT, spared))
        assert found["decision_number"].value == "示例不罚〔2026〕1号"
        assert found["penalties"].value == {"not_applicable": "本案不予行政处罚"}

    def test_while_the_case_is_open_nothing_is_called_inapplicable(self) -> None:
        found = filled("closing_report", case_of(SOURCE, DOCKET, REPORT))
        assert not {"decision_number", "execution"} & set(found)

    def test_a_natural_person_has_no_legal_representative(self) -> None:
        citizen = DOCKET.replace(
            "party_kind: 法人, name: 某粮食有限公司, legal_rep: 张某, legal_rep_post: 经理",
            "party_kind: 自然人, name: 李某",
        )
        value, _ = said("closing_report", case_of(SOURCE, citizen), "legal_rep")
        assert value == {"not_applicable": "当事人是自然人"}


class TestShare:
    def test_only_papers_made_here_count_and_only_filled_fields(self) -> None:
        told, office = ours(script(SOURCE + DOCKET + INSPECTION))
        sources = {"document": "立案", "sources": {"cause": "case.cause", "place": "case.place"}}
        entries = [
            replace(e, body={**e.body, "sources": sources["sources"]})
            if e.kind == "Filed" and e.body and e.body["document"] == "立案"
            else replace(e, origin="backfilled") if e.kind == "Filed" and e.body and e.body["document"] == "检查" else e
            for e in told
        ]  # fmt: skip
        case = settle(entries, office)
        filled_in = sum(len(case.documents[name].values) for name in ("来源", "立案"))
        assert share(case) == (2, filled_in - 2)

    def test_what_stands_in_the_form_already_is_not_typed(self) -> None:
        """desk principle 3: a value that is told and that the form shows by then is no typing, in whatever spelling."""
        case = case_of(SOURCE, DOCKET, REPORT)
        told = {
            "party": case.party, "facts": "没有建立台账。\n", "basis": [{"law": "《粮食流通管理条例》", "article": "45"}],
            "penalties": [{"kind": "罚款", "amount": 2_000_000}], "reasons": "事实清楚。",
        }  # fmt: skip
        stands = standing(DOCUMENTS["proposal_approval"], case, ctx_of(case, "2026-02-10"), "甲", told)
        assert {"party", "facts", "basis"} == set(stands) & set(told)
        assert stands["basis"].value == told["basis"]
        assert stands["basis"].from_ == "investigation_report.basis"

    def test_what_stood_there_before_another_choice_was_typed_over_counts_as_typed(self) -> None:
        """Going down the form: with another person questioned, the party's telephone stands there no more."""
        case = case_of(SOURCE, DOCKET)
        told = {"interviewee": {"name": "李某"}, "phone": "123", "interviewed_as": "证人"}
        stands = standing(DOCUMENTS["interview_record"], case, ctx_of(case, "2026-02-10"), "甲", told)
        assert set(stands) & set(told) == {"interviewed_as"}

    def test_what_the_rules_judge_waits_for_the_whole_form(self) -> None:
        """The penalties stand below the question whether they give a right to a hearing."""
        case = case_of(SOURCE, DOCKET)
        told = {"needs_hearing": True, "penalties": [{"kind": "吊销许可证件"}]}
        stands = standing(DOCUMENTS["investigation_report"], case, ctx_of(case, "2026-02-10"), "甲", told)
        assert "needs_hearing" in stands

    def test_a_case_without_papers_has_no_share(self) -> None:
        assert share(CaseFile("示例", case_of(SOURCE).office)) == (0, 0)


@pytest.mark.parametrize(
    "kind", ["party_succeeded", "recusal_asked", "service_address_changed", "defence_waived"]
)
def test_facts_are_prefilled_like_documents(kind: str) -> None:
    found = filled(kind, case_of(SOURCE, DOCKET))
    assert {"某粮食有限公司"} <= {
        one.value["name"] if isinstance(one.value, dict) else one.value for one in found.values()
    }


def test_a_successor_is_the_party_from_then_on() -> None:
    succeeded = """
  - {at: 2026-01-10 09:00, by: 甲, state: party_succeeded, values: {on: 2026-01-10, from_party: {party_kind: 法人, name: 某粮食有限公司},
     party: {party_kind: 法人, name: 新粮食有限公司}, text: 更名}}
"""
    value, where = said("investigation_report", case_of(SOURCE, DOCKET, succeeded), "party")
    assert value["name"] == "新粮食有限公司"
    assert where == "当事人变更（承继），1月10日"


def test_the_confirmed_address_for_service_goes_before_the_domicile() -> None:
    confirmed = """
  - {at: 2026-01-10 09:00, by: 甲, file: service_address_confirmation, values: {address: 某市某号, phone: "789"}}
"""
    assert said("direct_service_failed", case_of(SOURCE, DOCKET), "place")[0] == "某镇某路1号"
    assert said("direct_service_failed", case_of(SOURCE, DOCKET, confirmed), "place")[0] == "某市某号"


def test_p72_1_the_extra_fine_is_counted_and_not_typed() -> None:
    """罚 72, 73: three percent a day from the day after the last, never more than the fine, not while it is contested."""
    fined = DECISION.replace(", {kind: 没收违法所得, amount: 500元}", "")
    contested = """
  - {at: 2026-03-01 09:00, by: 甲, state: contested, values: {route: 行政复议, on: 2026-02-25, notice_on: 2026-03-01, body: 某政府}}
  - {at: 2026-03-06 09:00, by: 甲, state: contest_ended, values: {on: 2026-03-06, route: 行政复议, result: 维持}}
"""
    case = case_of(SOURCE, DOCKET, fined)
    found = filled("additional_fine_notice", case, day="2026-03-10")
    last = date.fromisoformat(found["from_on"].value) - timedelta(days=1)
    days = (date(2026, 3, 10) - last).days
    assert found["base"].value == 2_000_000
    assert found["amount"].value == min(days * 60_000, 2_000_000)
    assert "paused" not in found
    rested = filled("additional_fine_notice", case_of(SOURCE, DOCKET, fined, contested), day="2026-03-10")
    assert rested["paused"].value == "2026年2月25日至2026年3月6日"
    assert rested["amount"].value < found["amount"].value
    assert filled("additional_fine_notice", case, day="2026-08-10")["amount"].value == 2_000_000


def test_the_next_questioning_is_where_the_last_one_was() -> None:
    """The room that was typed once is typed no more."""
    asked = "  - {at: 2026-03-05 10:00, by: 甲, file: interview_record, as: 一, values: {place: 本局询问室, interviewee: 张某}}\n"
    case = settle(*ours(script(asked)))
    found = prefill(DOCUMENTS["interview_record"], case, context(at("2026-03-06"), case.office), "甲")
    assert (found["place"].value, found["place"].from_) == ("本局询问室", "interview_record.place")


@pytest.mark.parametrize(
    ("choice", "expected"), [("移送", ("案件移送", "下一步：报批移送其他机关")), ("立案", None)]
)
def test_a_sheet_is_about_the_matter_that_the_next_step_wants(
    choice: str, expected: tuple[str, str] | None
) -> None:
    """What must be done says it; what only may be done is not guessed at (A11)."""
    handled = "  - {at: 2026-03-02 09:00, by: 甲, file: case_source_form, approved: {S: {by: 科长, on: 2026-03-02 10:00, choice: %s}}}\n"
    found = filled("case_matter_approval", case_of(handled % choice), day="2026-03-03").get("topic")
    assert (found and (found.value, found.where)) == expected


def test_the_site_is_gone_to_again_where_it_was_inspected_last() -> None:
    """A cure is checked in the hall that was inspected, not at the party's seat."""
    assert said("cure_check_record", case_of(SOURCE, DOCKET), "place") == ("某镇收购点", "立案审批表，1月6日")
    assert said("cure_check_record", case_of(SOURCE, DOCKET, INSPECTION), "place") == (
        "2号仓", "现场检查（勘验）笔录，1月7日",
    )  # fmt: skip
