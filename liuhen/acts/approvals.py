"""Opinions: approve, return or refuse a document; confirm a backfill or correction."""

from __future__ import annotations

from liuhen.acts.engine import nothing, perform, preflight
from liuhen.acts.situation import Situation, invalid
from liuhen.casefile.moments import day
from liuhen.casefile.state import APPROVER_ROLES, Document
from liuhen.compliance.answers import Finding
from liuhen.compliance.steps import signable, unsigned_roles
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Actor, NotPermitted
from liuhen.records.append import New, Receipt

OPINIONS = ("agree", "return", "refuse")


def _decide(document: str, opinion: str, text: str, choice: str, role: str):  # noqa: ANN202
    def decide(here: Situation) -> list[New]:
        found = here.document(document)
        if opinion not in OPINIONS:
            raise invalid("opinion", "选择同意、退回修改或者不同意")
        if opinion != "agree" and not text.strip():
            raise invalid("text", "写明退回或者不同意的理由")
        missing = unsigned_roles(found) if signable(found) else []
        if missing:
            raise invalid("document", f"《{found.title}》还没有签名：{'、'.join(missing)}")
        body = {
            "entry": found.current.filed,
            "role": _role(here, found, role),
            "opinion": opinion,
            "text": text.strip() or "同意。",
        }
        if choice:
            body["choice"] = choice
        body["shown"] = (
            rendition.digest if (rendition := found.rendition("for_signature")) else found.current.commitment
        )
        acting = _acting_for(here, body["role"])
        return [New("Decided", {**body, "acting_for": acting} if acting else body)]

    return decide


def _role(here: Situation, document: Document, role: str) -> str:
    """The role in which the actor gives an opinion: the one wanted next, or a further one named."""
    if document.returned is not None:
        raise invalid("document", "这一稿已经退回或者不同意，等待修改后重新定稿")
    wanted = APPROVER_ROLES.get(document.next_approver, "")
    asked = role or wanted
    if not asked:
        raise invalid("document", "这份文书不需要再签署意见")
    if wanted and asked != wanted:
        raise invalid("document", f"先由{ROLE_NAMES[wanted]}签署意见")
    if asked not in here.actor.roles and not _acting_for(here, asked):
        raise NotPermitted(f"这一步由{ROLE_NAMES[asked]}签署意见")
    if asked == "section_head" and here.actor.section != here.case.section:
        raise NotPermitted(f"这一步由{here.case.section}的负责人签署意见")
    return asked


def _acting_for(here: Situation, role: str) -> dict[str, str]:
    """The delegation under which the actor acts (K9); empty when in their own post."""
    if role in here.actor.roles:
        return {}
    on = day(here.now)
    for delegation in here.office.delegations:
        ours = delegation.person == here.actor.person and delegation.role == role
        if ours and delegation.starts <= on <= delegation.ends:
            return {
                "person": delegation.acting_for,
                "name": here.office.name(delegation.acting_for),
                "basis": delegation.basis,
            }
    return {}


def approve(
    case: str, actor: Actor, document: str, opinion: str, text: str = "", *, choice: str = "", role: str = ""
) -> list[Receipt]:
    """Give an opinion on a document: ``agree``, ``return`` (to be finalised anew) or ``refuse``.

    The opinion names what was shown by its digest. The last approval of a numbered internal form issues it.
    Raises Stopped (K4, K5 …), NotPermitted, Invalid.
    """
    return perform("approve", case, actor, _decide(document, opinion, text, choice, role))


def approve_preflight(case: str, actor: Actor, document: str, *, role: str = "") -> list[Finding]:
    """What stands in the way of agreeing to a document."""
    return preflight("approve", case, actor, _decide(document, "agree", "", "", role))


def confirm(case: str, actor: Actor, entry: str, text: str = "") -> list[Receipt]:
    """Confirm a backfill or correction; never one's own. A section head's own goes to a leader (design, Unconfirmed)."""

    def decide(here: Situation) -> list[New]:
        found = here.entry(entry)
        if entry not in {u.entry for u in here.case.unconfirmed}:
            raise invalid("entry", "这一条不需要确认，或者已经确认")
        if found.actor == actor.person:
            raise NotPermitted("不能确认自己补录或者更正的内容")
        role = _confirmer(here, found.actor)
        body = {
            "entry": entry,
            "role": role,
            "opinion": "confirm",
            "text": text.strip() or "情况属实，予以确认。",
        }
        return [New("Decided", body)]

    return perform("confirm", case, actor, decide, heeds=nothing)


def _confirmer(here: Situation, author: str) -> str:
    roles = here.actor.roles
    if "section_head" in here.office.roles(author, here.now) and "bureau_leader" not in roles:
        raise NotPermitted("科室负责人自己补录的内容，由分管局领导确认")
    if "section_head" in roles and here.actor.section == here.case.section:
        return "section_head"
    return "bureau_leader" if "bureau_leader" in roles else "principal_leader"
