"""Issue 签发: number, date and seal for an approved document. The number is reserved before the paper is made.

And 作废文号: a number whose paper never came is given up, with the reason."""

from __future__ import annotations

from liuhen.acts import finishing
from liuhen.acts.engine import Ahead, perform, preflight
from liuhen.acts.showing import check_shown
from liuhen.acts.situation import Invalid, Situation, invalid, situation, subject_of
from liuhen.compliance.steps import unsigned_roles
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.office.policy import Actor, NotPermitted, Subject, require
from liuhen.records import numbers
from liuhen.records.append import Conflict, New, Receipt
from liuhen.records.read import NoSuchCase
from liuhen.records.seal import seal


def _decide(document: str, seen: str = ""):  # noqa: ANN202
    def decide(here: Situation) -> list[New]:
        found = here.document(document)
        check_shown(found, seen)
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


def issue(case: str, actor: Actor, document: str, *, seen: str = "") -> list[Receipt]:
    """Issue a document under the next number of its series. ``seen``: :func:`showing.shown` of what was shown.

    Raises Stopped with every rule in the way, Invalid.
    """
    return perform("issue", case, actor, _decide(document, seen))


def issue_preflight(case: str, actor: Actor, document: str) -> Ahead:
    """All that stands in the way of issuing a document, and what would be found of it, at once."""
    return preflight("issue", case, actor, _decide(document))


def void_number(actor: Actor, number: str, reason: str) -> list[Receipt]:
    """Give up a number that was reserved and never used; its place in the series stays empty. Raises Invalid, NotPermitted.

    A case number whose case was never opened may be given up by every section head.
    """
    found = numbers.find(number)
    wrong = list(invalid("reason", "写明作废的理由").problems) if not reason.strip() else []
    if found is None:
        asked = f"本系统没有取过{number.strip()}这个号" if number.strip() else "选择要作废的编号"
        raise Invalid([*invalid("number", asked).problems, *wrong])
    require(actor, "void_number", _subject(found.case, actor))
    if wrong:
        raise Invalid(wrong)
    try:
        receipts = numbers.void(found, reason.strip(), actor.person)
    except Conflict:
        raise invalid("number", f"{found.text}已经用在文书或者案件上，或者已经作废") from None
    seal()
    return receipts


def _subject(case: str, actor: Actor) -> Subject:
    try:
        return subject_of(situation(case, actor).case)
    except NoSuchCase:
        return Subject()
