"""A paper rests on the law of its day, a penalty on the law of the act unless the later law is lighter (R36.2; 罚 37)."""

from datetime import date

import pytest

from liuhen.measures.in_force import NEW_LAW, in_force_from
from liuhen.measures.vocabulary import LAWS
from liuhen.scripts.facts import check
from liuhen.scripts.script import read_script

TOLD = """
id: t
title: 某案
steps:
  - {{at: 2024-04-08, file: docket_approval, values: {{act_on: {act_on}, limitation_ok: 未超过}}, approved: {{S: 2024-04-08, B: 2024-04-09}}}}
  - at: {decided}
    file: penalty_decision
    values: {{basis: [{law}], discretion: [{{kind: 一般, circumstance: {why}}}]}}
"""
NEW = "粮食安全保障法第六十九条"


def found(
    act_on: str = "2024-03-29", decided: str = "2024-06-20", law: str = NEW, why: str = "情节一般。"
) -> list[str]:
    script = read_script(TOLD.format(act_on=act_on, decided=decided, law=law, why=why))
    return [f.message for f in check(script) if f.code == "R36.2"]


def test_a_penalty_under_law_younger_than_the_act_says_why() -> None:
    (message,) = found()
    assert "2024年3月29日终了" in message
    assert "2024年6月1日起才施行" in message


@pytest.mark.parametrize(
    "change",
    [
        {"act_on": "2024-06-01"},
        {"why": "新法处罚较轻，按照从旧兼从轻适用新法。"},
        {"law": "粮食流通管理条例第四十五条"},
        {"law": "统计法第四十二条"},
    ],
    ids=["acted under it", "said why", "law of the act", "not told here"],
)
def test_nothing_is_found_where_a_lawyer_would_find_nothing(change: dict[str, str]) -> None:
    assert found(**change) == []


def test_law_that_is_not_in_force_yet_is_no_basis() -> None:
    (message,) = found(decided="2024-05-31")
    assert "自2024年6月1日起才施行" in message
    assert not any("才施行，《" in one for one in found(decided="2024-06-01", act_on="2024-06-01"))


def test_a_law_is_known_however_its_name_is_printed() -> None:
    for name in ("粮食安全保障法", "《中华人民共和国粮食安全保障法》", " 中华人民共和国粮食安全保障法"):
        assert in_force_from(name) == date(2024, 6, 1)
    assert in_force_from("行政处罚法") is None
    assert set(NEW_LAW) <= set(LAWS)
