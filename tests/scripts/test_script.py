"""Reading a case script: what is told is kept as told, what is not understood is refused with a way out."""

from datetime import date, datetime

import pytest

from liuhen.casefile.moments import ZONE
from liuhen.scripts.script import BadScript, load, read_script
from liuhen.scripts.shape import Correct, File, Record, Serve, State

HEAD = """
id: t
title: 某案
people:
  甲: {name: 执法人员甲, roles: [执法人员], certificate: "0001", valid: [2024-01-01, 2028-12-31]}
  乙: {name: 执法人员乙}
  科长: {name: 科长丙, roles: [section_head]}
party: {party_kind: 法人, name: 某公司}
steps:
"""


def steps(text: str) -> list:
    return [step.does for step in read_script(HEAD + text).steps]


def refusal(text: str, head: str = HEAD) -> str:
    with pytest.raises(BadScript) as refused:
        read_script(head + text)
    return "\n".join(refused.value.problems)


def test_a_document_may_be_named_by_its_title_and_its_fields_by_their_labels() -> None:
    (filed,) = steps("  - {at: 2026-03-05, file: 案件来源登记表, values: {来源分类: 举报, 具名: 是}}")
    assert isinstance(filed, File)
    assert filed.kind == "case_source_form"
    assert filed.values == {"source_kind": "举报", "is_named": True}


def test_days_stay_days_and_times_are_local() -> None:
    script = read_script(
        HEAD + "  - {at: 2026-03-05, file: penalty_notice}\n  - {at: 2026-03-05 9:30, file: penalty_decision}"
    )
    assert script.steps[0].at == date(2026, 3, 5)
    assert script.steps[1].at == datetime(2026, 3, 5, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("written", "fen"),
    [("498000", 498_000), ("4980元", 498_000), ("14,940.50元", 1_494_050), ("1.5万元", 1_500_000)],
)
def test_money_is_told_in_fen_or_in_words(written: str, fen: int) -> None:
    (filed,) = steps(
        f"  - {{at: 2026-03-05, file: penalty_decision, values: {{penalties: [{{kind: 罚款, amount: '{written}'}}]}}}}"
        if not written.isdigit()
        else f"  - {{at: 2026-03-05, file: penalty_decision, values: {{penalties: [{{kind: 罚款, amount: {written}}}]}}}}"
    )
    assert filed.values["penalties"] == [{"kind": "罚款", "amount": fen}]


def test_an_article_is_read_as_statutes_cite_it() -> None:
    (filed,) = steps(
        "  - {at: 2026-03-05, file: penalty_decision, values: {basis: 《粮食流通管理条例》第四十五条第一款第二项}}"
    )
    expected = {"law": "粮食流通管理条例", "article": "第四十五条", "paragraph": "第一款", "item": "第二项"}
    assert filed.values["basis"] == [expected]


def test_officers_and_party_are_told_by_their_short_names() -> None:
    (filed,) = steps(
        "  - {at: 2026-03-05, file: site_inspection_record, values: {officers: [甲, 乙], party: 某公司}}"
    )
    assert filed.values["officers"] == [
        {"person": "甲", "name": "执法人员甲", "certificate_no": "0001"},
        {"person": "乙", "name": "执法人员乙"},
    ]
    assert filed.values["party"] == {"party_kind": "法人", "name": "某公司"}


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    (filed,) = steps(
        "  - {at: 2026-03-05, file: payment_record, values: {receipt_no: 0012, payer: no}}",
    )
    assert filed.values == {"receipt_no": "0012", "payer": "no"}


def test_signatures_refusals_opinions_issue_and_service() -> None:
    (filed,) = steps("""
  - at: 2026-03-05
    file: sampling_notice
    signed: {on: 2026-03-05 10:00, officer: [甲, 乙], party: {name: 林某, refused: 拒签, witness: 王某}}
    approved: {S: {by: 科长, on: 2026-03-05, opinion: 退回, text: 再核}}
    issued: {on: 2026-03-06, number: 抽1号}
    served: {on: 2026-03-07, method: 留置, place: 某处, servers: [甲, 乙], witness: 王某}
""")
    assert [(s.role, s.name, s.means) for s in filed.signed] == [
        ("officer", "执法人员甲", "paper"),
        ("officer", "执法人员乙", "paper"),
        ("party", "林某", "refused"),
    ]
    assert (filed.approved[0].letter, filed.approved[0].opinion) == ("S", "return")
    assert filed.issued is not None
    assert filed.issued.number == "抽1号"
    assert filed.served[0].what == "left"
    assert filed.served[0].details["servers"] == ["执法人员甲", "执法人员乙"]


def test_the_other_verbs() -> None:
    found = steps("""
  - {at: 2026-03-05, by: 甲, file: penalty_notice, as: 告知书}
  - {at: 2026-03-06, by: 甲, serve: 告知书, method: 邮寄, what: posted, tracking: EX1}
  - {at: 2026-03-07, by: 甲, state: 要求听证, values: {form: 书面}, document: 告知书}
  - {at: 2026-03-08, by: 甲, record: {what: 录像, from: 2026-03-05 09:00, to: 2026-03-05 10:00, document: 告知书}}
  - {at: 2026-03-09, by: 甲, correct: 告知书.filed, path: /values/defence_days, value: 5, reason: 笔误}
""")
    assert [type(step) for step in found] == [File, Serve, State, Record, Correct]


def test_a_backfill_tells_both_times() -> None:
    script = read_script(
        HEAD
        + """
  - {at: 2026-03-09, by: 甲, backfill: {at: 2026-03-05, state: hearing_requested, as: 申请, reason: 当日未录, scan: 申请书.png}}
  - {at: 2026-03-10, by: 科长, confirm: 申请}
"""
    )
    step = script.steps[0]
    assert step.at == date(2026, 3, 5)
    assert step.backfilled is not None
    assert step.backfilled.recorded == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "  - {at: 2026-13-5, file: penalty_notice}",
            "第 10 行（第 1 步 file）：at“2026-13-5”不是日期；写作 2026-03-05",
        ),
        ("  - {file: penalty_notice}", "缺少“at”"),
        ("  - {at: 2026-03-05}", "没有写做了什么"),
        ("  - {at: 2026-03-05, files: penalty_notice}", "是不是“file”"),
        ("  - {at: 2026-03-05, file: penalty_notice, archive: true}", "同时写了 file、archive"),
        ("  - {at: 2026-03-05, file: penalty_notise}", "是不是“penalty_notice”"),
        ("  - {at: 2026-03-05, file: penalty_notice, vlaues: {}}", "是不是“values”"),
        ("  - {at: 2026-03-05, file: penalty_notice, values: {fact: 某}}", "是不是“facts”"),
        ("  - {at: 2026-03-05, file: case_source_form, values: {source_kind: 举}}", "应为：监督检查"),
        (
            "  - {at: 2026-03-05, file: penalty_decision, values: {basis: 处罚法44条}}",
            "写作 行政处罚法第四十四条",
        ),
        ("  - {at: 2026-03-05, file: penalty_decision, values: {penalties: [{kind: 罚金}]}}", "应为：警告"),
        ("  - {at: 2026-03-05, file: payment_record, values: {amount: 一百}}", "写作 4980元"),
        ("  - {at: 2026-03-05, by: 丁, file: penalty_notice}", "“丁”不在 people 中"),
        ("  - {at: 2026-03-05, file: case_source_form, signed: {registrar: 丁}}", "“丁”不在 people 中"),
        ("  - {at: 2026-03-05, file: penalty_notice, approved: {S: 2026-03-05}}", "自身不审批"),
        ("  - {at: 2026-03-05, file: penalty_notice, served: {method: 快递}}", "应为：直接、留置、邮寄"),
        ("  - {at: 2026-03-05, serve: 告知书, method: 直接}", "“告知书”不是本脚本的文书"),
        ("  - {at: 2026-03-05, confirm: 告知书}", "“告知书”不是本脚本的步骤"),
        ("  - {at: 2026-03-05, state: 要求听正}", "是不是“要求听证”"),
        ("  - {at: 2026-03-05, file: penalty_notice}\n  - {at: 2026-03-06, file: penalty_notice}", "用 as"),
        ("  - {at: 2026-03-05, at: 2026-03-06, file: penalty_notice}", "“at”写了两次"),
        ("  - {at: 2026-03-05, file: [}", "YAML 写法不对"),
    ],
)
def test_what_is_not_understood_is_refused_with_line_and_way_out(text: str, says: str) -> None:
    said = refusal(text)
    assert says.replace("用 as", "给这一步另起名称") in said
    assert "第 " in said


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("id: t\nsteps: [{at: 2026-03-05, archive: true}]\n", "缺少“title”"),
        ("id: t\ntitle: 某案\n", "缺少“steps”"),
        ("id: t\ntitle: 某案\nsteps: []\n", "至少写一步"),
        ("id: t\ntitel: 某案\n", "是不是“title”"),
        ("- 1\n", "项目: 内容"),
        ("id: t\ntitle: 某\nabsent: [告知]\nsteps: [{at: 2026-03-05, archive: true}]\n", "没有“告知”"),
        ("id: t\ntitle: 某\nprocedure: 特别程序\nsteps: [{at: 2026-03-05, archive: true}]\n", "没有程序"),
        (
            "id: t\ntitle: 某\npeople: {甲: {name: 甲, roles: [局长]}}\nsteps: [{at: 2026-03-05, archive: true}]\n",
            "没有岗位“局长”",
        ),
        (
            "id: t\ntitle: 某\nparty: {name: 某, party_kind: 公司}\nsteps: [{at: 2026-03-05, archive: true}]\n",
            "party_kind 应为",
        ),
    ],
)
def test_the_head_is_checked_too(head: str, says: str) -> None:
    assert says in refusal("", head)


def test_all_problems_are_told_at_once() -> None:
    said = refusal(
        "  - {at: 2026-13-5, file: penalty_notice}\n  - {at: 2026-03-05, by: 丁, file: penalty_decision}"
    )
    assert "第 1 步" in said
    assert "第 2 步" in said


def test_a_file_that_is_no_text_is_refused(tmp_path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("title: 某案".encode("gbk"))
    with pytest.raises(BadScript, match="UTF-8"):
        load(path)
