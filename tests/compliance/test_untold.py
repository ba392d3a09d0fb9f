"""What a source leaves untold, or tells oddly, is no fact and no fault: every question is answered all the same (R3.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuhen.casefile.moments import ZONE
from liuhen.casefile.state import CaseFile, Document, Fact, Issue, Revision, ServiceStep
from liuhen.compliance.checking import lines
from liuhen.compliance.execution import items
from liuhen.compliance.judge import context, judge
from liuhen.compliance.scoring import score
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.vocabulary import Field
from liuhen.scripts.facts import case_of
from liuhen.scripts.script import load
from tests.properties.acts import usual
from tests.properties.profile import examples

UNTOLD = {"not_on_paper": True}
ODD: tuple[Any, ...] = (UNTOLD, {"not_applicable": "某理由"}, None, [], "", "某")
WHEN = datetime(2026, 4, 1, 9, 0, tzinfo=ZONE)


@cache
def scripts() -> list[Path]:
    """Cases of every procedure: the played ones, and a judgment told from outside."""
    found = [*sorted(Path("cases").glob("*.yaml")), *sorted(Path("tests/judgments").glob("*.yaml"))]
    assert found
    return found


def told(path: Path) -> CaseFile:
    return case_of(load(str(path)))


def asked(case: CaseFile) -> None:
    """Every question that is asked of a case: none may fail, whatever is written in it."""
    now = WHEN.replace(year=2027).astimezone(UTC)
    for outside in (True, False):
        ctx = context(now, case.office, outside=outside)
        judgement = judge(case, ctx)
        lines(case, judgement)
        score(case, judgement, ctx)
        for decision in case.of("penalty_decision", "summary_decision"):
            items(case, decision, ctx)


def with_paper(case: CaseFile, kind: str, values: Mapping[str, Any]) -> None:
    """The case with one more paper, issued and served."""
    paper = Document(kind, kind, case.measures)
    paper.revisions.append(
        Revision(1, f"filed-{kind}", values, WHEN, WHEN, "甲", "backfilled", True, "", DOCUMENTS[kind].title)
    )
    paper.issued = Issue(f"issued-{kind}", "某号", WHEN, True, "某局")
    paper.service.append(ServiceStep(f"served-{kind}", "直接", "delivered", WHEN, "某公司", {}))
    case.documents[kind] = paper


def with_fact(case: CaseFile, code: str, values: Mapping[str, Any]) -> None:
    """The case with one more fact stated."""
    case.facts.append(Fact(f"stated-{code}", code, values, WHEN, "", "甲"))


def odd_rows(field: Field, odd: Any) -> list[dict[str, Any]]:
    """A list with one row in which nothing is told."""
    columns = [c.name for c in field.columns] or [
        "kind",
        "amount",
        "name",
        "person",
        "law",
        "article",
        "digest",
    ]
    return [dict.fromkeys(columns, odd)]


def oddly(field: Field, odd: Any, *, in_rows: bool) -> Any:
    """An odd value for a field; for a list, perhaps a row of odd values."""
    lists = field.columns or field.type in ("officers", "people", "basis", "penalties", "files")
    return odd_rows(field, odd) if in_rows and lists else odd


def oddly_told(
    declared: Iterable[Field], odd: Any, chosen: Collection[str], *, in_rows: bool
) -> dict[str, Any]:
    """The usual values, but an odd one in the chosen fields."""
    return {f.name: oddly(f, odd, in_rows=in_rows) if f.name in chosen else usual(f) for f in declared}


@pytest.mark.parametrize("script", ["pen-19-instalments", "sum-02-collected", "lic-06-special-procedure"])
@pytest.mark.parametrize("in_rows", [False, True], ids=["fields", "rows"])
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_papers_and_facts_of_all_kinds_that_tell_nothing_are_judged(
    odd: Any, in_rows: bool, script: str
) -> None:
    case = told(Path(f"cases/{script}.yaml"))
    for kind, declared in DOCUMENTS.items():
        names = [f.name for f in declared.fields]
        with_paper(case, kind, oddly_told(declared.fields, odd, names, in_rows=in_rows))
    for code, fact in FACTS.items():
        names = [f.name for f in fact.fields]
        with_fact(case, code, oddly_told(fact.fields, odd, names, in_rows=in_rows))
    asked(case)


@settings(max_examples=examples(60, 3_000))
@given(st.data())
def test_one_value_told_oddly_is_judged(data: st.DataObject) -> None:
    case = told(data.draw(st.sampled_from(scripts())))
    odd, in_rows = data.draw(st.sampled_from(ODD)), data.draw(st.booleans())
    declared = data.draw(st.sampled_from([*DOCUMENTS.values(), *FACTS.values()]))
    names = [f.name for f in declared.fields]
    chosen = data.draw(st.sets(st.sampled_from(names))) if names else set[str]()
    values = oddly_told(declared.fields, odd, chosen, in_rows=in_rows)
    if declared.code in DOCUMENTS:
        with_paper(case, declared.code, values)
    else:
        with_fact(case, declared.code, values)
    asked(case)


@settings(max_examples=examples(60, 3_000))
@given(st.data())
def test_a_value_of_the_case_itself_that_is_missing_is_judged(data: st.DataObject) -> None:
    case = told(data.draw(st.sampled_from(scripts())))
    odd, in_rows = data.draw(st.sampled_from(ODD)), data.draw(st.booleans())
    paper = data.draw(st.sampled_from([d for d in case.documents.values() if d.values]))
    field = data.draw(st.sampled_from([f for f in paper.declared.fields if f.name in paper.values]))
    paper.current.values = {**paper.values, field.name: oddly(field, odd, in_rows=in_rows)}
    asked(case)


def test_an_instalment_whose_amount_is_not_told_is_not_added_up() -> None:
    """P66.1: the parts told are less than the fine because one was left out, not because they do not add up (罚 66)."""
    case = told(Path("cases/pen-19-instalments.yaml"))
    (plan,) = case.of("instalment_decision")
    first, *rest = plan.values["schedule"]
    plan.current.values = {**plan.values, "schedule": [{**first, "amount": UNTOLD}, *rest]}
    found = judge(case, context(WHEN.replace(year=2027).astimezone(UTC), case.office, outside=True)).findings
    assert {f.outcome for f in found if f.code == "P66.1"} == {"unknown"}
