"""What 政策法规科 does across cases: orders to rectify with answer and re-check, failings entered, samples and reviews, lists
received (A32, A34; R32.1, R34.1, R34.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from liuhen.acts.engine import record_office
from liuhen.acts.situation import Invalid, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import day
from liuhen.casefile.supervision import (
    FAILINGS,
    Rectification,
    Sample,
    Supervision,
    drawn,
    settle_supervision,
)
from liuhen.casefile.values import Problem
from liuhen.office.policy import Actor, NotPermitted
from liuhen.records import clock, read
from liuhen.records.append import New, Receipt
from liuhen.records.models import CaseRow

STREAMS = ("rectifications", "failings", "samples", "lists")
_POINTS = re.compile(r"\d{1,3}(\.\d)?")


def supervision() -> Supervision:
    """What supervision recorded so far."""
    return settle_supervision(
        entry for name in STREAMS for entry in read.stream(f"office/supervision-{name}")
    )


def _record(name: str, actor: Actor, act: str, kind: str, body: Mapping[str, Any]) -> list[Receipt]:
    return record_office(
        f"supervision-{name}",
        actor,
        act,
        [New(kind, {k: v for k, v in body.items() if v not in ("", [], None)})],
    )


def _wanting(fields: Sequence[tuple[str, bool, str]]) -> None:
    """Raise Invalid for every field that is not as it must be, all at once."""
    wrong = [Problem(name, name, message, False) for name, good, message in fields if not good]
    if wrong:
        raise Invalid(wrong)


def order(
    actor: Actor,
    section: str,
    persons: Sequence[str],
    findings: Sequence[Mapping[str, str]],
    demand: str,
    due: date | None,
) -> list[Receipt]:
    """责令限期整改: order a section, and the persons responsible, to put right what was found by a day (R34.2; TL-47).

    ``findings``: each with case, case_no, code, subject, message. Raises Invalid, NotPermitted.
    """
    people = read.office().people
    _wanting((
        ("section", any(person.section == section for person in people.values()), "选择责令整改的科室"),
        ("persons", bool(persons) and all(person in people for person in persons), "选择直接负责的主管人员或者其他责任人员"),
        ("findings", bool(findings), "至少选一个问题，或者写明是什么问题"),
        ("demand", bool(demand.strip()), "写明要怎样整改"),
        ("due", due is not None and due > day(clock.now()), "期限应是今天以后的日期"),
    ))  # fmt: skip
    assert due is not None
    body = {
        "section": section, "persons": list(persons), "findings": [dict(one) for one in findings],
        "demand": demand.strip(), "due": due.isoformat(),
    }  # fmt: skip
    return _record("rectifications", actor, "supervise", "RectificationOrdered", body)


def _order(name: str) -> Rectification:
    found = supervision().rectifications.get(name)
    if found is None:
        raise invalid("order", "没有这次责令整改")
    return found


def answer(actor: Actor, order: str, text: str, proofs: Sequence[str] = ()) -> list[Receipt]:
    """The section's head reports how it was put right. Raises Invalid, NotPermitted."""
    found = _order(order)
    if actor.section != found.section:
        raise NotPermitted(f"{found.section}的整改由{found.section}负责人答复")
    _open(found)
    _wanting((("text", bool(text.strip()), "写明怎样整改的"),))
    body = {"order": order, "action": "answered", "text": text.strip(), "proofs": list(proofs)}
    return _record("rectifications", actor, "answer_rectification", "RectificationStep", body)


def recheck(
    actor: Actor, order: str, passed: bool | None, text: str, proofs: Sequence[str] = ()
) -> list[Receipt]:
    """政策法规科 looks again and finds it put right or not. Raises Invalid, NotPermitted."""
    found = _order(order)
    if found.standing(day(clock.now())) != "answered":
        raise invalid("order", "科室答复以后才能复查")
    _wanting((
        ("passed", passed is not None, "选择合格或者不合格"), ("text", bool(text.strip()), "写明复查的情况"),
    ))  # fmt: skip
    body = {
        "order": order,
        "action": "rechecked",
        "text": text.strip(),
        "proofs": list(proofs),
        "passed": passed,
    }
    return _record("rectifications", actor, "supervise", "RectificationStep", body)


def escalate(actor: Actor, order: str, to: str, text: str) -> list[Receipt]:
    """The matter goes on to discipline or the police (A34). Raises Invalid, NotPermitted."""
    _open(_order(order))
    _wanting((("to", bool(to.strip()), "写明移送哪里"), ("text", bool(text.strip()), "写明移送的事实和理由")))
    body = {"order": order, "action": "escalated", "text": text.strip(), "to": to.strip()}
    return _record("rectifications", actor, "supervise", "RectificationStep", body)


def _open(found: Rectification) -> None:
    if found.standing(day(clock.now())) in ("done", "escalated"):
        raise invalid("order", "这次责令整改已经了结")


def enter_failing(
    actor: Actor,
    failing: int,
    section: str,
    text: str,
    *,
    case: str = "",
    persons: Sequence[str] = (),
    proofs: Sequence[str] = (),
) -> list[Receipt]:
    """Enter one of the five failings of A34 that no rule finds, with its evidence (R34.1). Raises Invalid, NotPermitted."""
    office = read.office()
    _wanting((
        ("failing", failing in FAILINGS, "选择办法第三十四条的哪一项"),
        ("section", any(p.section == section for p in office.people.values()), "选择科室"),
        ("text", bool(text.strip()), "写明事实"),
        ("proofs", bool(proofs), "附上证据"),
        ("case", not case or CaseRow.objects.filter(case=case).exists(), "没有这个案件"),
    ))  # fmt: skip
    body = {
        "failing": failing, "section": section, "text": text.strip(), "case": case, "persons": list(persons),
        "proofs": list(proofs),
    }  # fmt: skip
    return _record("failings", actor, "supervise", "FailingEntered", body)


def sample(
    actor: Actor, title: str, seed: str, frame: Mapping[str, str], population: Mapping[str, str], count: int
) -> list[Receipt]:
    """Draw files for review: ``population`` is case number → case id of those in the frame. Raises Invalid, NotPermitted."""
    _wanting((
        ("title", bool(title.strip()), "写明这次评查叫什么"),
        ("seed", bool(seed.strip()), "填写随机种子，例如开奖号码或者日期"),
        ("count", 0 < count <= len(population), f"抽取数应在 1 到 {len(population)} 之间"),
    ))  # fmt: skip
    numbers = drawn(seed.strip(), list(population), count)
    body = {
        "title": title.strip(), "seed": seed.strip(), "frame": dict(frame), "population": sorted(population),
        "cases": [population[number] for number in numbers],
    }  # fmt: skip
    return _record("samples", actor, "supervise", "Sampled", body)


def review(
    actor: Actor,
    sample: str,
    case: str,
    points: str,
    text: str,
    *,
    deductions: Sequence[Mapping[str, str]] = (),
    veto: str = "",
) -> list[Receipt]:
    """Record what came out of looking at one sampled file; a later one replaces it. Raises Invalid, NotPermitted."""
    found: Sample | None = supervision().samples.get(sample)
    if found is None or case not in found.cases:
        raise invalid("case", "这个案件不在抽样里")
    good = _POINTS.fullmatch(points.strip()) is not None and float(points) <= 100
    _wanting((
        ("points", good, "得分应在 0 到 100 之间，最多一位小数"),
        ("text", bool(text.strip()), "写明评查意见"),
        ("deductions", all(d.get("reason", "").strip() for d in deductions), "每一处扣分都要写明理由"),
    ))  # fmt: skip
    body: dict[str, Any] = {
        "sample": sample, "case": case, "points": points.strip(), "text": text.strip(), "veto": veto.strip(),
        "deductions": [dict(one) for one in deductions],
    }  # fmt: skip
    return record_office(
        "supervision-samples",
        actor,
        "supervise",
        [New("Reviewed", {k: v for k, v in body.items() if v or k == "deductions"})],
    )


def report_list(
    actor: Actor, year: int, section: str, cases: Sequence[Sequence[str]], file: bytes
) -> list[Receipt]:
    """A section's head confirms last year's list and sends it; the file goes into the vault (R32.1). Raises Invalid, NotPermitted."""
    if actor.section != section:
        raise NotPermitted(f"{section}的清单由{section}负责人报送")
    if year >= day(clock.now()).year:
        raise invalid("year", "这一年还没有过完")
    stored = vault().put(file)
    body = {"year": year, "section": section, "cases": [list(row) for row in cases], "file": stored.digest}
    return record_office("supervision-lists", actor, "report_list", [New("ListReported", body)])
