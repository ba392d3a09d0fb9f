"""A way out that a rule points to can be gone: what it makes or states is allowed wherever the rule is asked (R3.1)."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from liuhen.compliance.answers import RULES, Rule
from liuhen.compliance.judge import judge  # noqa: F401  takes in every rule
from liuhen.measures import PROCEDURES
from liuhen.measures.releases import CURRENT

# The rule is asked of both, but finds this only where the paper it is about is made.
ELSEWHERE = {
    ("R30.1", "penalty_ordinary", "file:summary_filing_form"): "of a decision made on the spot",
    (
        "R30.1",
        "penalty_summary",
        "file:result_notification_record",
    ): "of a named source, which no case on the spot has",
    ("P46.1", "penalty_summary", "file:interview_record"): "of an investigation report",
    ("R31.1", "licensing", "file:closing_report"): "of a penalty decision",
    ("R31.1", "inspection", "file:closing_report"): "of a penalty decision",
}


def ways_of(function: Callable[..., Any], seen: set[Any]) -> set[str]:
    """The papers and facts that a rule, and whatever it calls in the rooms of the rules, points to."""
    if function in seen:
        return set()
    seen.add(function)
    module, found = sys.modules[function.__module__], set[str]()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            act, _, what = node.value.partition(":")
            found |= {node.value} if act in ("file", "state") and what.isidentifier() else set()
        called = getattr(module, node.id, None) if isinstance(node, ast.Name) else None
        if inspect.isfunction(called) and called.__module__.startswith("liuhen.compliance.rules"):
            found |= ways_of(called, seen)
    return found


def allowed(procedure: str) -> set[str]:
    """What may be made and stated in a case of a procedure."""
    return {f"file:{kind.code}" for kind in CURRENT.offered(procedure)} | {
        f"state:{fact.code}" for fact in CURRENT.stated(procedure)
    }


def barred(rule: Rule, procedure: str) -> set[str]:
    """The ways of a rule that cannot be gone in a procedure."""
    return ways_of(rule.predicate, set()) - allowed(procedure) if rule.asked_of(procedure) else set()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_way_of_a_rule_is_allowed_where_the_rule_is_asked(procedure: str) -> None:
    found = {(rule.code, procedure, way) for rule in RULES for way in barred(rule, procedure)}
    assert found == {one for one in ELSEWHERE if one[1] == procedure}


def test_ways_are_found_through_the_functions_that_a_rule_calls() -> None:
    (rule,) = [one for one in RULES if one.code == "A48.1"]
    assert ways_of(rule.predicate, set()) == {"state:contest_answered"}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_decision_may_be_contested(procedure: str) -> None:
    """复 11, 23; 诉 12: whatever a bureau decides; 复 23 names what was punished on the spot."""
    known = {
        "contested",
        "contest_answered",
        "contest_ended",
        "reconsideration_received",
        "reconsideration_forwarded",
    }
    assert known <= {fact.code for fact in CURRENT.stated(procedure)}
    assert "file:reconsideration_or_suit_notice" in allowed(procedure)


def test_a_penalty_on_the_spot_is_undone_like_any_other() -> None:
    """罚 48, 75; 强 39, 58: the decision is withdrawn, its publication too, the money refunded."""
    wanted = {
        "file:penalty_withdrawal_decision", "state:published", "state:publication_withdrawn", "state:money_refunded",
        "state:execution_resumed", "state:ruling_contested", "state:earlier_penalties_checked",
    }  # fmt: skip
    assert wanted <= allowed("penalty_summary") & allowed("penalty_ordinary")
    assert not wanted & allowed("licensing")
