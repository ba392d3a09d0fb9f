"""Opinions: approve, return or refuse a document; confirm a backfill or correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from liuhen.acts.engine import Ahead, nothing, perform, preflight
from liuhen.acts.fitness import check_drawable
from liuhen.acts.showing import check_shown, shown
from liuhen.acts.situation import Situation, invalid, situation
from liuhen.casefile.entries import Entry
from liuhen.casefile.office import Office
from liuhen.casefile.state import APPROVER_ROLES, CaseFile, Document
from liuhen.compliance.steps import signable, unsigned_roles
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import LEADERS, Actor, NotPermitted
from liuhen.records import clock, read
from liuhen.records.append import New, Receipt

OPINIONS = ("agree", "return", "refuse")
# What an opinion says of the delegation under which it is given: nothing, or ``acting_for``.
Standing = dict[str, dict[str, str]]


def _decide(actor: Actor, document: str, opinion: str, text: str, choice: str, role: str, seen: str):  # noqa: ANN202
    def decide(here: Situation) -> list[New]:
        found = here.document(document)
        if opinion not in OPINIONS:
            raise invalid("opinion", "选择同意、退回修改或者不同意")
        if opinion != "agree" and not text.strip():
            raise invalid("text", "写明退回或者不同意的理由")
        check_shown(found, seen)
        check_drawable(text=text)
        missing = unsigned_roles(found) if signable(found) else []
        if missing:
            raise invalid("document", f"《{found.title}》还没有签名：{'、'.join(missing)}")
        given, acting = _role(here, actor, found, role)
        body: dict[str, Any] = {
            "entry": found.current.filed,
            "role": given,
            "opinion": opinion,
            "text": text.strip() or "同意。",
            "shown": shown(found),
        }
        body |= {"choice": choice} if choice else {}
        return [New("Decided", body | acting)]

    return decide


def _role(here: Situation, actor: Actor, document: Document, role: str) -> tuple[str, Standing]:
    """The role in which the actor gives an opinion (the one wanted next, or a further one named), and by whose leave."""
    if document.returned is not None:
        raise invalid("document", "这一稿已经退回或者不同意，等待修改后重新定稿")
    wanted = APPROVER_ROLES.get(document.next_approver, "")
    asked = role or wanted
    if not asked:
        raise invalid("document", "这份文书不需要再签署意见")
    if wanted and asked != wanted:
        raise invalid("document", f"先由{ROLE_NAMES[wanted]}签署意见")
    standing = standing_of(here.case, here.office, actor, asked, here.now)
    if standing is None:
        where = f"{here.case.section}的" if asked == "section_head" else ""
        raise NotPermitted(f"这一步由{where}{ROLE_NAMES[asked]}签署意见")
    return asked, standing


def standing_of(case: CaseFile, office: Office, actor: Actor, role: str, now: datetime) -> Standing | None:
    """How the actor holds a role in this case: empty in their own post, ``acting_for`` under a delegation (K9), else None."""
    if role in actor.roles and _serves(role, actor.section, case):
        return {}
    for one in office.acting(actor.person, now):
        if one.role == role and office.stands_for(one, case.section):
            who = {"person": one.acting_for, "name": office.name(one.acting_for), "basis": one.basis}
            return {"acting_for": who}
    return None


def _serves(role: str, section: str, case: CaseFile) -> bool:
    """A section head is one for the cases of their section only."""
    return role != "section_head" or section == case.section


def _widened(case: str, actor: Actor) -> Actor:
    """The actor with the posts that are delegated to them in this case, as policy is to see them."""
    office, now = read.office(), clock.now()
    if all(one.person != actor.person for one in office.delegations):
        return actor
    here = situation(case, actor).case
    held = {one.role for one in office.delegations if standing_of(here, office, actor, one.role, now)}
    section = here.section if "section_head" in held else actor.section
    return replace(actor, section=section, roles=actor.roles | held)


def approve(
    case: str,
    actor: Actor,
    document: str,
    opinion: str,
    text: str = "",
    *,
    choice: str = "",
    role: str = "",
    seen: str = "",
) -> list[Receipt]:
    """Give an opinion on a document: ``agree``, ``return`` (to be finalised anew) or ``refuse``.

    The opinion names what was shown by its digest; ``seen`` is that digest (:func:`showing.shown`) as the page had it. The
    last approval of a numbered internal form issues it. Raises Stopped (K4, K5 …), NotPermitted, Invalid.
    """
    decide = _decide(actor, document, opinion, text, choice, role, seen)
    return perform("approve", case, _widened(case, actor), decide)


def approve_preflight(case: str, actor: Actor, document: str, *, role: str = "") -> Ahead:
    """What stands in the way of agreeing to a document, and what would be found of it."""
    return preflight(
        "approve", case, _widened(case, actor), _decide(actor, document, "agree", "", "", role, "")
    )


def confirm(case: str, actor: Actor, entry: str, text: str = "") -> list[Receipt]:
    """Confirm a backfill or correction; never one's own. A section head's own goes to a leader (design, Unconfirmed).

    A backfilled paper is confirmed with the signatures, opinions, issue and service that its author recorded for it.
    """

    def decide(here: Situation) -> list[New]:
        found = here.entry(entry)
        if entry not in {u.entry for u in here.case.unconfirmed}:
            raise invalid("entry", "这一条不需要确认，或者已经确认")
        if found.actor == actor.person:
            raise NotPermitted("不能确认自己补录或者更正的内容")
        role, said = _confirmer(here, found), text.strip() or "情况属实，予以确认。"
        together = [entry, *(u.entry for u in here.case.unconfirmed if u.paper == entry)]
        return [
            New("Decided", {"entry": one, "role": role, "opinion": "confirm", "text": said})
            for one in together
        ]

    return perform("confirm", case, actor, decide, heeds=nothing)


def _confirmer(here: Situation, entry: Entry) -> str:
    """In which post of their own the actor confirms: head of the case's section, else leader; what a section head
    recorded, a leader. A delegation does not reach so far. Raises NotPermitted."""
    own = "section_head" in here.office.roles(entry.actor, here.now)
    for role in LEADERS if own else ("section_head", *LEADERS):
        if role in here.actor.roles and _serves(role, here.actor.section, here.case):
            return role
    if own:
        raise NotPermitted("科室负责人自己补录的内容，由分管局领导确认")
    raise NotPermitted(f"补录和更正由{here.case.section}的科室负责人或者局领导确认")
