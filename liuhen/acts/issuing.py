"""Issue 签发: number, date and seal for an approved document. The number is reserved before the paper is made."""

from __future__ import annotations

from liuhen.acts import finishing
from liuhen.acts.engine import perform, preflight
from liuhen.acts.situation import Situation, invalid
from liuhen.compliance.answers import Finding
from liuhen.compliance.steps import unsigned_roles
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Actor, NotPermitted
from liuhen.records.append import New, Receipt


def _decide(document: str):  # noqa: ANN202
    def decide(here: Situation) -> list[New]:
        found = here.document(document)
        kind = found.declared
        if found.issued is not None:
            raise invalid("document", f"《{found.title}》已经签发：{found.issued.number}")
        if not (kind.number or kind.sealed):
            raise invalid("document", f"《{found.title}》不编文号，不需要签发")
        if here.actor.roles.isdisjoint(("officer", *kind.authors)):
            raise NotPermitted(
                f"《{found.title}》由{'、'.join(ROLE_NAMES[role] for role in kind.authors)}签发"
            )
        if kind.facing == "I" and unsigned_roles(found):
            raise invalid("document", f"还没有签名：{'、'.join(unsigned_roles(found))}")
        return [finishing.issue(here, found)]

    return decide


def issue(case: str, actor: Actor, document: str) -> list[Receipt]:
    """Issue a document under the next number of its series. Raises Stopped with every rule in the way, Invalid."""
    return perform("issue", case, actor, _decide(document))


def issue_preflight(case: str, actor: Actor, document: str) -> list[Finding]:
    """All that stands in the way of issuing a document, at once."""
    return preflight("issue", case, actor, _decide(document))
