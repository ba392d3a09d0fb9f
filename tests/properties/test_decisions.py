"""No sequence of permitted acts ends in a decision in force without notice, approval and two officers (罚 42, 44, 57, 62)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import day, instant
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.judge import context, judge
from liuhen.measures.calendar import Calendar
from tests.properties.acts import Move, carried_out, needs, whole_case
from tests.properties.profile import examples

ACTS = len(whole_case()[0]) - 1
# The act before which the party's time must run: the text of the approval of the decision.
WAIT = next(
    n
    for n, act in enumerate(whole_case()[0][1:])
    if act.kind == "Filed" and (act.body or {})["document"] == "decision_approval"
)
CALENDAR = Calendar.builtin()
TEAMS = [(), ("甲", "乙"), ("甲",), ("甲", "甲"), ("甲", "丙"), ("甲", "丁"), ("甲", "乙", "丁")]


@st.composite
def courses(draw: st.DrawFn) -> list[Move]:
    """The usual course with some acts moved, some left out, other officers, other gaps of time."""
    places = list(range(ACTS))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        here = draw(st.integers(0, ACTS - 1))
        there = max(0, min(ACTS - 1, here + draw(st.integers(-8, 8))))
        places[here], places[there] = places[there], places[here]
    left_out = draw(st.sampled_from([set[int](), {draw(st.integers(0, ACTS - 1))}]))
    long = {draw(st.integers(WAIT - 3, WAIT + 8)), draw(st.integers(0, ACTS - 1))}
    team = draw(st.sampled_from([*TEAMS, (), ("甲", "乙")]))
    gap = draw(st.sampled_from([24, 72, 24 * 9, 24 * 30]))
    return [
        Move(place, gap if n in long else draw(st.sampled_from([1, 1, 1, 20])), team, n in left_out)
        for n, place in enumerate(places)
    ]


def working_days(first: date, last: date) -> int:
    """How many working days lie after one day up to another, counted one by one."""
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return sum(CALENDAR.is_working_day(one) for one in days)


def in_force(case: CaseFile) -> Document | None:
    decisions = [d for d in case.of("penalty_decision") if d.issued and d.served_at]
    return decisions[0] if decisions else None


def assert_lawful(case: CaseFile, entries: Sequence[Entry]) -> None:
    """What must have come before a decision in force, read straight from the entries."""
    decision = in_force(case)
    if decision is None or decision.issued is None:
        return
    made = day(decision.issued.on)
    (issued,) = [e for e in entries if e.kind == "Issued" and e.hash == decision.issued.entry]

    notices = [n for n in case.of("penalty_notice", "hearing_right_notice") if n.served_at]
    assert notices, "没有送达告知书"
    # The five days are over the day before, be the day of the decision a working day or not.
    before = made - timedelta(days=1)
    assert any(working_days(day(n.served_at or made), before) >= 5 for n in notices), "申辩期限没有届满"

    sheets = {
        d.current.filed for d in case.of("decision_approval") if d.current.recorded_at <= issued.recorded_at
    }
    agreed = {
        (e.body or {})["role"]
        for e in entries
        if e.kind == "Decided"
        and (e.body or {})["entry"] in sheets
        and (e.body or {})["opinion"] == "agree"
        and e.recorded_at <= issued.recorded_at
    }
    assert {"section_head", "bureau_leader"} <= agreed, "没有经科室负责人和局领导批准"

    evidence = [d for d in case.documents.values() if d.declared.evidence]
    assert evidence, "没有证据"
    for paper in evidence:
        on = day(paper.current.at)
        valid = {o["person"] for o in paper.values["officers"] if case.office.certified(o["person"], "", on)}
        assert len(valid) >= 2, f"《{paper.title}》执法人员不足两名"


@settings(max_examples=examples(25, 1500))
@given(courses())
def test_no_permitted_course_ends_in_an_unlawful_decision(moves: list[Move]) -> None:
    entries, office = carried_out(moves)
    assert_lawful(settle(entries, office), entries)


def test_the_usual_course_is_permitted_and_ends_in_force() -> None:
    """The property is worth something only when decisions come into force: wherever the party's time has run."""
    usual = [Move(n, 2) for n in range(ACTS)]
    forced = 0
    for late in range(WAIT - 6, ACTS):
        entries, office = carried_out(
            [replace(m, hours=24 * 9) if n == late else m for n, m in enumerate(usual)]
        )
        case = settle(entries, office)
        assert_lawful(case, entries)
        forced += in_force(case) is not None
    assert forced > 3


def test_each_safeguard_left_out_keeps_the_decision_out_of_force() -> None:
    """One act of notice, service, opinion or evidence left out at a time."""
    acts, _ = whole_case()
    usual = [Move(n, 24 * 9 if n == WAIT else 2) for n in range(ACTS)]
    entries, office = carried_out(usual)
    assert in_force(settle(entries, office))
    for n, act in enumerate(acts[1:]):
        body = act.body or {}
        about = str(body.get("document") or body.get("entry"))
        guards = (act.kind == "ServiceStep" and about == "告知书") or (
            act.kind == "Filed" and about in ("告知书", "decision_approval")
        )
        if not guards:
            continue
        entries, office = carried_out([replace(m, skip=m.skip or k == n) for k, m in enumerate(usual)])
        assert in_force(settle(entries, office)) is None, about


def arranged(entries: Sequence[Entry], priorities: Sequence[int]) -> list[Entry]:
    """The entries in another order of recording, in which nothing stands before what it refers to."""
    wanted = {e.hash: needs(e, entries) for e in entries}
    waiting = sorted(zip(priorities, entries, strict=False), key=lambda pair: pair[0])
    found: list[Entry] = []
    known: set[str] = set()
    while waiting:
        ready = next(pair for pair in waiting if wanted[pair[1].hash] <= known)
        waiting.remove(ready)
        known.add(ready[1].hash)
        found.append(replace(ready[1], position=len(found) + 1))
    return found


@settings(max_examples=examples(15, 600))
@given(courses(), st.permutations(range(ACTS + 1)))
def test_a_permitted_course_recorded_in_another_order_is_judged_the_same(
    moves: list[Move], priorities: list[int]
) -> None:
    entries, office = carried_out(moves)
    now = instant(entries[-1].recorded_at) + timedelta(days=20)

    def said(recorded: Sequence[Entry]) -> list[str]:
        judged = judge(settle(recorded, office), context(now, office))
        parts = (*judged.findings, *judged.met, *judged.deadlines)
        return [judged.stage, judged.state, *sorted(map(repr, parts))]

    assert said(arranged(entries, priorities[: len(entries)])) == said(entries)
