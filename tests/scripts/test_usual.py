"""A script as a stranger writes it from a judgment: usual names, Chinese keys, what was not done (docs/case-scripts.md)."""

from datetime import date

import pytest

from liuhen.measures import DOCUMENTS, FACTS
from liuhen.scripts.facts import case_of
from liuhen.scripts.script import BadScript, read_script
from liuhen.scripts.shape import File, State
from liuhen.scripts.usual import KEYS, NAMES, fact_of, kind_of, plain

HEAD = "编号: t\n案件名称: 某案\n当事人: {类别: 法人, 名称: 某公司}\n步骤:\n"


def only_step(text: str, head: str = HEAD) -> File | State:
    (step,) = read_script(head + text).steps
    return step.does


def test_every_usual_name_means_a_kind_that_there_is() -> None:
    assert set(NAMES["kinds"]) | set(NAMES["kinds_in_licensing"]) <= set(DOCUMENTS)
    assert set(NAMES["facts"]) <= set(FACTS)


def test_no_usual_name_means_two_kinds_of_one_procedure() -> None:
    told = [plain(word) for words in NAMES["kinds"].values() for word in words]
    assert sorted(told) == sorted(set(told))


def test_no_usual_name_takes_a_title_from_another_kind() -> None:
    """Only 现场勘验笔录 is both: in a penalty case the inspection, in licensing the survey."""
    titles = {plain(t): k.code for k in DOCUMENTS.values() for t in (k.title, k.alias) if t}
    taken = {
        word
        for code, words in NAMES["kinds"].items()
        for word in words
        if titles.get(plain(word), code) != code
    }
    assert taken == {"现场勘验笔录"}
    assert kind_of("现场勘验笔录") is DOCUMENTS["site_inspection_record"]
    assert kind_of("现场勘验笔录", "licensing") is DOCUMENTS["site_survey_record"]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("处罚事先告知书", "penalty_notice"),
        ("听证告知书", "hearing_right_notice"),
        ("《立案报告》", "docket_approval"),
        ("集体讨论笔录", "collective_discussion_minutes"),
        ("送达回执", "service_receipt"),
        ("案件处理意见书", "proposal_approval"),
        ("行政处罚事先(听证)告知书", "hearing_right_notice"),
        ("penalty_decision", "penalty_decision"),
        ("行政处罚决定书", "penalty_decision"),
    ],
)
def test_papers_are_known_by_what_judgments_call_them(word: str, code: str) -> None:
    kind = kind_of(word)
    assert kind is not None
    assert kind.code == code


def test_in_licensing_a_hearing_paper_is_one_of_licensing() -> None:
    kind = kind_of("听证笔录", "licensing")
    assert kind is not None
    assert kind.code == "license_hearing_record"
    assert fact_of("申请听证") is FACTS["hearing_requested"]


def test_chinese_keys_and_values_in_words() -> None:
    filed = only_step(
        "  - {日期: 2024年5月20日, 文书: 处罚决定书, 内容: {处罚: [警告, 罚款1.5万元, 吊销许可证件（某证）]},"
        " 签名: 否, 签发: {文号: 1号, 盖章: 否}, 送达: {方式: 邮寄, 结果: 交寄, 邮件号: E1}}"
    )
    assert isinstance(filed, File)
    assert filed.values["penalties"] == [
        {"kind": "警告"},
        {"kind": "罚款", "amount": 1_500_000},
        {"kind": "吊销许可证件", "object": "某证"},
    ]
    assert filed.lacks == {"signed"}
    assert filed.issued is not None
    assert filed.issued.sealed is False
    assert (filed.served[0].what, filed.served[0].details["tracking"]) == ("posted", "E1")


def test_a_paper_told_of_was_issued_unless_the_source_says_otherwise() -> None:
    told = HEAD + "  - {日期: 2024-05-20, 文书: 处罚决定书%s}"
    (issued,) = case_of(read_script(told % "")).of("penalty_decision")
    (draft,) = case_of(read_script(told % ", 签发: 否")).of("penalty_decision")
    assert issued.issued is not None
    assert issued.made_at == date(2024, 5, 20)
    assert draft.issued is None


def test_what_the_source_shows_was_not_done_may_be_concluded() -> None:
    case = case_of(read_script(HEAD + "  - {日期: 2024-05-20, 文书: 告知书, 送达: 否}"))
    (notice,) = case.of("penalty_notice")
    assert case.tells_of(notice, "served")
    assert not case.tells_of(notice, "signed")


def test_a_paper_may_be_meant_by_its_title() -> None:
    script = read_script(
        HEAD + "  - {日期: 2024-05-20, 文书: 处罚决定书}\n  - {日期: 2024-05-21, 送达: 处罚决定书}"
    )
    assert script.steps[1].does.document == "penalty_decision"


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("{日期: 2024-05-20, at: 2024-05-21, 文书: 处罚决定书}", "写了两次"),
        ("{日期: 2024-05-20, 文书: 处罚决定数}", "是不是“处罚决定”"),
        ("{日期: 2024-05-20, 文书: 处罚决定书, 内容: {处罚: [罚金500元]}}", "写作 警告、罚款3000元"),
        ("{日期: 2024-05-20, 事实: 放弃申辨}", "没有事实种类“放弃申辨”"),
        ("{日期: 2024-02-30, 文书: 处罚决定书}", "不是日期"),
        ("{日期: 2024-05-20, 文书: 询问笔录, 签名: {执法人: 张某}}", "是不是“执法人员”"),
    ],
)
def test_what_is_not_understood_is_refused_with_line_and_way_out(step: str, says: str) -> None:
    with pytest.raises(BadScript) as refused:
        read_script(HEAD + "  - " + step)
    said = "\n".join(refused.value.problems)
    assert says in said
    assert "第 5 行" in said


def test_the_tables_of_keys_lead_to_codes() -> None:
    assert all(code.isascii() for table in KEYS.values() for code in table.values())
