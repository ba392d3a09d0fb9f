"""Beginning a case and its people: register a source, assign, mark."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from liuhen.acts.engine import perform
from liuhen.acts.fitness import check_drawable
from liuhen.acts.situation import Invalid, Situation, invalid, subject_of
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import day
from liuhen.casefile.office import Office
from liuhen.casefile.settle import settle
from liuhen.casefile.values import Problem, clean
from liuhen.compliance.custody import LEGAL_HOLD
from liuhen.measures.releases import release
from liuhen.office.policy import Actor, Subject, require
from liuhen.records import clock, read
from liuhen.records.append import RETRIES, Conflict, New, Receipt, append
from liuhen.records.numbers import Number, key_of, reserve, use, void
from liuhen.records.project import project
from liuhen.records.seal import seal

PARTS = (
    "lead_officer",
    "assist_officer",
    "presider",
    "hearing_member",
    "recorder",
    "interpreter",
    "reviewer",
    "receiver",
)
# Held by one person at a time: whoever takes it takes it over.
SINGLE = ("lead_officer", "presider", "recorder", "reviewer")

LONGEST_TITLE = 200


def new_id() -> str:
    """A fresh id for a case or document: 20 characters, upper-case letters and digits, safe in a QR code."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(secrets.choice(alphabet) for _ in range(20))


def open_case(
    actor: Actor,
    *,
    title: str,
    procedure: str = "penalty_ordinary",
    section: str = "",
    origin: str = "",
    assist: str = "",
) -> str:
    """Open a case in the first minute and return its id; its number is gap-free per section, procedure and year (§9.3).

    ``origin`` is the case that this one comes from (an inspection whose clue it takes up), which the actor must be able to
    read. ``assist`` is the second officer, who is on the spot when a summary case begins (罚 42). A clerk at the window opens
    a case of a procedure that begins there (licensing) for the section that will review it, and stays its receiver.
    Raises NotPermitted, Invalid, NoSuchCase.
    """
    where = section or actor.section
    bureau, now = read.office(), clock.now()
    declared = release(bureau.release(day(now))).procedures.get(procedure)
    received = declared is not None and declared.window and "window_clerk" in actor.roles
    require(actor, "register_source", Subject(section=actor.section if received else where))
    title = clean(title).strip()
    wanting = {
        "title": "" if title else "填写案件名称或者简要案由",
        "procedure": "" if declared else "选择程序",
    }
    if declared is None or not title:
        raise Invalid([Problem(name, name, told, True) for name, told in wanting.items() if told])
    check_drawable(title=title)
    if len(title) > LONGEST_TITLE:
        raise invalid("title", f"案件名称不超过 {LONGEST_TITLE} 字，现有 {len(title)} 字")
    linked = _linked(actor, origin, bureau) if origin else {}
    case = new_id()
    if where not in handling_sections(bureau, now):
        field = "section" if received else "procedure"
        told = f"{where}没有执法人员，不能承办{declared.title}"
        raise invalid(field, f"{told}；选择承办科室" if received else f"{told}；请承办科室的人员登记")
    if assist:
        _check_assist(bureau, assist, actor, procedure, now)
    codes = bureau.setting("section_codes", day(now), {})
    prefix = f"{codes.get(where, 'FG')}-{declared.letter}"
    number = _numbered(prefix, case, actor)
    body: dict[str, Any] = {
        "case_no": number.text, "procedure": procedure, "section": where, "title": title, **linked,
    }  # fmt: skip
    if bureau.demo:
        body["demo"] = True
    news = [New("Opened", body, measures=bureau.release(day(now)))]
    if received:
        news.append(New("Assigned", {"person": actor.person, "part": "receiver", "action": "take"}))
    elif "officer" in actor.roles:
        news.append(New("Assigned", {"person": actor.person, "part": "lead_officer", "action": "take"}))
    if assist:
        news.append(New("Assigned", {"person": assist, "part": "assist_officer", "action": "take"}))
    try:
        append(f"case/{case}", actor.person, news, expect=0, within=lambda made: _begin(case, number, made))
    except BaseException:
        void(number, "取号后没有立卷", actor.person)
        raise
    seal()
    return case


def handling_sections(office: Office, now: datetime) -> list[str]:
    """The sections that have officers and so can handle a case."""
    return sorted({p.section for p in office.people.values() if "officer" in p.roles(now)})


def _begin(case: str, number: Number, made: list[CaseEntry]) -> None:
    use(number.entry)
    project(case, made)


def _numbered(prefix: str, case: str, actor: Actor) -> Number:
    """The case's number, of the new day when midnight comes between."""
    for _ in range(RETRIES):
        try:
            return reserve(
                prefix,
                day(clock.now()),
                prefix + "-{year}-{n:04d}",
                key=key_of("case", case),
                case=case,
                actor=actor.person,
            )
        except Conflict:
            continue
    raise Conflict(prefix)


def _linked(actor: Actor, origin: str, office: Office) -> dict[str, Any]:
    """What the new case says of the one it comes from."""
    earlier = settle(read.case_entries(origin), office)
    require(actor, "read", subject_of(earlier))
    return {"origin": {"case": earlier.id, "case_no": earlier.case_no, "how": "linked"}}


def _check_assist(bureau: Office, person: str, actor: Actor, procedure: str, now: datetime) -> None:
    """Elsewhere the section head assigns; two officers who meet a violation on the spot name each other."""
    if procedure != "penalty_summary" or "officer" not in actor.roles:
        raise invalid("assist", "承办人由科室负责人指派")
    if person == actor.person or "officer" not in bureau.roles(person, now):
        raise invalid("assist", "选择另一名执法人员")


def assign(case: str, actor: Actor, people: Mapping[str, str], *, reason: str = "") -> list[Receipt]:
    """Let people take parts: person id → part. One part that has a single holder is handed over. Raises Invalid."""

    def decide(here: Situation) -> list[New]:
        news: list[New] = []
        for person, part in people.items():
            if part not in PARTS:
                raise invalid("part", "选择担任什么")
            if person not in here.office.people:
                raise invalid("person", "机关名册里没有这个人")
            if part in SINGLE:
                for holder in here.case.holders(part):
                    if holder != person:
                        news.append(New("Assigned", {"person": holder, "part": part, "action": "leave"}))
            if person not in here.case.holders(part):
                body = {"person": person, "part": part, "action": "take"}
                news.append(New("Assigned", {**body, "reason": reason} if reason else body))
        return news

    return perform("assign", case, actor, decide)


def relieve(case: str, actor: Actor, person: str, part: str, *, reason: str) -> list[Receipt]:
    """Let somebody leave a part, with the reason (recusal 回避, transfer). Raises Invalid when they do not hold it."""

    def decide(here: Situation) -> list[New]:
        if person not in here.case.holders(part):
            raise invalid("person", "这个人现在不担任所选的分工")
        if not reason.strip():
            raise invalid("reason", "写明不再担任的理由")
        body = {"person": person, "part": part, "action": "leave", "reason": reason.strip()}
        return [New("Assigned", body)]

    return perform("assign", case, actor, decide)


def mark(case: str, actor: Actor, what: str, on: bool, reason: str) -> list[Receipt]:
    """Set or lift a mark (重大复杂 …) with its reason; 重大复杂 is not lifted once the party was told (§12 no. 10)."""

    def decide(here: Situation) -> list[New]:
        if not reason.strip():
            raise invalid("reason", "填写理由")
        if what == LEGAL_HOLD:
            raise invalid("mark", "法律保全在档案页办理")
        told = any(d.served_at for d in here.case.of("penalty_notice", "hearing_right_notice"))
        if not on and told and what == "重大复杂":
            raise invalid("mark", "告知当事人以后，不得取消重大复杂的标注")
        return [New("Marked", {"mark": what, "set": on, "reason": reason.strip()})]

    return perform("mark", case, actor, decide)


def explain(case: str, actor: Actor, code: str, subject: str, text: str) -> list[Receipt]:
    """Explain a finding; it stays, with the explanation beside it."""

    def decide(here: Situation) -> list[New]:
        if not text.strip():
            raise invalid("text", "填写说明")
        body = {"finding": code, "subject": subject, "action": "explained", "text": text.strip()}
        return [New("Supervised", body)]

    return perform("explain", case, actor, decide)
