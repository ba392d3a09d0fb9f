"""The file as a list: how far each paper has come, in words that a person reads (R3.1)."""

from liuhen.casefile.settle import settle
from liuhen.desk.shown.file import status_of
from liuhen.desk.shown.values import read_list
from tests.compliance.told import ours, script

DECIDED = (
    "  - {at: 2026-03-20, by: 甲, file: penalty_decision, as: 决定, values: {penalties: [{kind: 警告}]}, "
    "issued: true, served: 2026-03-20}\n"
)
FELL = "  - {at: 2026-05-20, by: 甲, state: contest_ended, values: {on: 2026-05-20, route: 行政复议, result: 撤销}}\n"
DOCKET = (
    "  - {at: 2026-03-02, by: 甲, file: docket_approval, as: 立案, values: {violation: grain_standard}}\n"
)


def case_of(told):
    return settle(*ours(script(told)))


def status(told):
    case = case_of(told)
    return status_of(case, case.latest("penalty_decision"), set())[0]


def test_a_decision_that_fell_is_not_told_as_served():
    assert status(DECIDED) == "已送达"
    assert status(DECIDED + FELL) == "已被撤销"


def test_a_code_of_the_catalogue_is_read_in_words():
    case = case_of(DOCKET)
    document = case.latest("docket_approval")
    said = [
        row.blocks[0].get("s", "")
        for group in read_list(case, document, document.current)
        for row in group.rows
    ]
    assert "grain_standard" not in said
    assert any(words.startswith("未执行粮食质量标准") for words in said)
