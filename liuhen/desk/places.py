"""Places to sign on a document: who has signed where, who is still to sign, and who of them can do so at this desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.acts.fitness import COUNTERPARTS
from liuhen.acts.signatures import OWN_ROLES, POSTS, STRICTLY_OWN
from liuhen.casefile.state import Document, Sign
from liuhen.compliance.steps import unsigned_roles
from liuhen.office.policy import Actor
from liuhen.papers.context import Box
from liuhen.papers.signing import boxes

_RECEIPT = Box("recipient", "收件人（送达回证）", "", False)
# Fields that name somebody who may sign for the party.
_FOR_PARTY = ("on_site", "interviewee", "agent", "agents", "witness")


@dataclass(frozen=True)
class Place:
    """One place: role, printed label, name expected (may be empty), the signature that stands there; ``across``: who signed
    as the other side and so does not sign here."""

    index: int
    role: str
    label: str
    name: str
    every_page: bool
    required: bool
    sign: Sign | None = None
    across: tuple[str, ...] = ()

    @property
    def index_text(self) -> str:
        """The number of the place as the names of form fields hold it."""
        return str(self.index)

    @property
    def own(self) -> bool:
        """Whether only the person in question signs here, signed in with their own account."""
        return self.role in STRICTLY_OWN

    def open_to(self, actor: Actor) -> bool:
        """Whether this person can have it signed now."""
        if self.sign is not None:
            return False
        if self.role in POSTS and self.role not in actor.roles:
            return False
        return actor.person not in self.across and (not self.own or self.name in ("", actor.name))

    def mine(self, actor: Actor) -> bool:
        """Whether it is this person's own place."""
        return self.role in OWN_ROLES and self.open_to(actor) and self.name in ("", actor.name)


def places(document: Document) -> list[Place]:
    """All places of a document in the order printed, each with its signature: by name first, then in order of signing."""
    found = boxes(document.declared, document.values)
    left = {role: document.signed_by(role) for role in {box.role for box in found}}
    taken: dict[int, Sign] = {}
    for same_name in (True, False):
        for n, box in enumerate(found):
            signs = [s for s in left[box.role] if not same_name or s.name == box.name]
            if n not in taken and signs:
                taken[n] = signs[0]
                left[box.role].remove(signs[0])
    required = {s.role: s.required for s in document.declared.signatures}
    return [
        Place(
            n,
            box.role,
            box.label,
            _name(box, document.values),
            box.every_page,
            required[box.role],
            taken.get(n),
            tuple(s.person for s in document.signed_by(COUNTERPARTS.get(box.role, ""))),
        )
        for n, box in enumerate(found)
        if box.role != "bureau"
    ]


def _name(box: Box, values: Mapping[str, Any]) -> str:
    """Who is expected to sign: for an organisation its legal representative."""
    party = values.get("party")
    if box.role == "party" and isinstance(party, Mapping):
        body = party.get("party_kind") != "自然人"
        return str((party.get("legal_rep") if body else "") or ("" if body else party.get("name", "")))
    return box.name


def suggestions(document: Document) -> list[str]:
    """Names that the document itself gives, to choose from when somebody else signs for the party."""
    party = document.values.get("party")
    named = [party.get("legal_rep", "")] if isinstance(party, Mapping) else []
    for name in _FOR_PARTY:
        named += _names(document.values.get(name))
    return [name for name in dict.fromkeys(named) if name]


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [str(value.get("name", ""))]
    return [n for one in value for n in _names(one)] if isinstance(value, Sequence) else []


def chosen(found: Sequence[Place], actor: Actor, asked: str = "") -> Place | None:
    """The place to be signed now: the one asked for, else one's own, else the first that must be, else any."""
    free = [place for place in found if place.open_to(actor)]
    wanted = [place for place in free if str(place.index) == asked]
    order = [*wanted, *(p for p in free if p.mine(actor)), *(p for p in free if p.required), *free]
    return order[0] if order else None


def finished(document: Document) -> bool:
    """Whether every required signature is there."""
    return not unsigned_roles(document)
