"""The bureau's registers: appoint, certify, delegate, set, add a calendar year, note a return to the unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from liuhen.acts.engine import record_office
from liuhen.acts.situation import Invalid, invalid
from liuhen.casefile.moments import Moment, write
from liuhen.casefile.values import clean, problems
from liuhen.measures import ARTICLES, FACTS, releases
from liuhen.measures.calendar import CalendarInvalid, Year
from liuhen.office.models import User
from liuhen.office.policy import Actor
from liuhen.records import clock, read
from liuhen.records.append import New, Receipt

SYSTEM = Actor("system", "系统", "", frozenset({"sysadmin", "supervisor"}))

# The posts whose opinions and signatures another may give for their holder.
DELEGATED = ("section_head", "legal_reviewer", "bureau_leader", "principal_leader")


def appoint(
    actor: Actor,
    person: str,
    name: str,
    section: str,
    roles: Sequence[str],
    *,
    since: Moment | None = None,
    action: str = "take",
) -> list[Receipt]:
    """Record that someone takes (or leaves) posts; the account's shadow follows."""
    body = {"person": person, "name": name, "section": section, "roles": list(roles), "action": action}
    receipts = record_office("people", actor, "set_office", [New("Appointed", body, at=since)])
    user, _ = User.objects.get_or_create(username=person)
    held = set(user.roles) | set(roles) if action == "take" else set(user.roles) - set(roles)
    user.name, user.section, user.roles = name, section, sorted(held)
    user.save()
    return receipts


def certify(actor: Actor, person: str, number: str, valid_from: date, valid_to: date) -> list[Receipt]:
    """Record an enforcement certificate."""
    if valid_to < valid_from:
        raise invalid("valid_to", "有效期止不能早于有效期起")
    body = {
        "person": person, "number": number, "valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat(),
    }  # fmt: skip
    return record_office("certificates", actor, "certify", [New("Certified", body)])


def delegate(
    actor: Actor, person: str, acting_for: str, role: str, starts: date, ends: date, basis: str
) -> list[Receipt]:
    """Record that someone acts for another in a post that the other holds, for a term, with its basis (K9). Raises Invalid."""
    if person == acting_for:
        raise invalid("acting_for", "不能代行自己")
    if role not in DELEGATED or role not in read.office().roles(acting_for, clock.now()):
        raise invalid("role", "选择被代行人现在担任的岗位")
    if ends < starts:
        raise invalid("to", "止日不能早于起日")
    if not basis.strip():
        raise invalid("basis", "填写依据")
    body = {
        "person": person, "acting_for": acting_for, "role": role,
        "from": starts.isoformat(), "to": ends.isoformat(), "basis": basis.strip(),
    }  # fmt: skip
    return record_office("delegations", actor, "delegate", [New("Delegated", body)])


def set_value(actor: Actor, name: str, value: Any, *, basis: str, since: date) -> list[Receipt]:
    """Set a value of the bureau from a day on, with its basis; the former one stays in the record."""
    body = {"name": name, "value": value, "basis": basis, "from": since.isoformat()}
    return record_office("settings", actor, "set_value", [New("SettingSet", body)])


def set_calendar(actor: Actor, table: dict[str, Any]) -> list[Receipt]:
    """Add a year's arrangement of holidays as published by the State Council's office. Raises Invalid."""
    try:
        year = Year.read({**table, "published": True})
    except CalendarInvalid as error:
        raise invalid("table", str(error)) from error
    body = {"year": year.year, "table": year.table()}
    return record_office("calendar", actor, "set_calendar", [New("CalendarSet", body)])


def adopt_release(actor: Actor, name: str, since: date) -> list[Receipt]:
    """Put a release of the Measures in force from a day: cases that begin from then on are judged by it, those that began
    before stay with theirs (R36.1). Raises Invalid."""
    if name not in releases.names():
        raise invalid("release", "选择本系统载有的办法版本")
    adopted = read.office().releases
    if adopted and since <= max(on for on, _, _ in adopted):
        last = max(on for on, _, _ in adopted)
        raise invalid("since", f"施行日期要晚于前一版本的施行日期（{last.isoformat()}）")
    body = {"release": name, "digest": releases.digest_named(name), "from": since.isoformat()}
    return record_office("measures", actor, "adopt_release", [New("Released", body)])


def interpret(
    actor: Actor, article: int, text: str, *, question: str = "", basis: str = "", replaces: str = ""
) -> list[Receipt]:
    """Keep an interpretation of an article of the Measures beside it, in place of an earlier one when named (R35.1).
    Raises Invalid."""
    if article not in ARTICLES:
        raise invalid("article", "办法没有这一条")
    body: dict[str, Any] = {
        "article": article,
        "text": _written(text, "填写解释"),
        **_standing(article, replaces),
    }
    body |= {name: value for name, value in (("question", clean(question)), ("basis", clean(basis))) if value}
    return record_office("interpretations", actor, "interpret", [New("Interpreted", body)])


def withdraw_interpretation(actor: Actor, article: int, entry: str, reason: str) -> list[Receipt]:
    """Let an interpretation stand no longer; it stays in the record with the reason. Raises Invalid."""
    body = {"article": article, "text": _written(reason, "填写收回的理由"), "withdrawn": True}
    body |= _standing(article, entry or "-")
    return record_office("interpretations", actor, "interpret", [New("Interpreted", body)])


def _written(text: str, missing: str) -> str:
    written = clean(text).strip()
    if not written:
        raise invalid("text", missing)
    return written


def _standing(article: int, entry: str) -> dict[str, str]:
    """The interpretation that is replaced or withdrawn: one of the article that still stands."""
    if not entry:
        return {}
    if entry not in {one.entry for one in read.office().interpreted(article)}:
        raise invalid("replaces", "这一条解释已经不再有效，请刷新后再办")
    return {"replaces": entry}


def return_to_unit(actor: Actor, person: str, at: Moment, reason: str, place: str) -> list[Receipt]:
    """Record the return to the unit after continuous or remote duty (A31): the 24 hours run from it. Raises Invalid."""
    who = {"person": person, "name": read.office().name(person)}
    values = {"person": who, "at": write(at), "reason": reason.strip(), "place": place.strip()}
    wrong = problems(FACTS["returned_to_unit"].fields, values)
    if wrong:
        raise Invalid(wrong)
    body = {"fact": "returned_to_unit", "values": values}
    return record_office("returns", actor, "return_to_unit", [New("Happened", body, at=at)])
