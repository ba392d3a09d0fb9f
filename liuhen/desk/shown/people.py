"""人员与当事人: who holds which part, who held it before, and the party as the papers name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liuhen.acts.cases import PARTS as PART_CODES
from liuhen.casefile.moments import Moment, day
from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile
from liuhen.desk import words
from liuhen.desk.shown.sentences import PARTS
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.papers.wording import party as party_lines
from liuhen.records.reveal import View

# Which post makes someone a likely holder of a part; others may be chosen too.
_LIKELY = {
    "lead_officer": "officer",
    "assist_officer": "officer",
    "presider": "presider",
    "recorder": "recorder",
    "reviewer": "legal_reviewer",
}


@dataclass(frozen=True)
class Holder:
    """Someone with a part in the case."""

    name: str
    section: str
    part: str
    since: Moment | None
    certificate: str
    valid: bool | None


@dataclass(frozen=True)
class Candidate:
    """Someone who may be given a part."""

    person: str
    name: str
    section: str
    posts: str


@dataclass(frozen=True)
class Change:
    """A part taken or left."""

    at: Moment
    text: str
    reason: str


def holders(view: View) -> list[Holder]:
    """Who holds which part at the moment of the view, in the order of the parts."""
    case, office = view.case, view.case.office
    found: list[Holder] = []
    for part in PART_CODES:
        for person in case.holders(part):
            taken = [a.at for a in case.assignments if (a.person, a.part, a.taken) == (person, part, True)]
            number = office.certificate_of(person, day(view.now)) if "officer" in part else ""
            valid = office.certified(person, number, day(view.now)) if number else None
            known = office.people.get(person)
            found.append(
                Holder(
                    words.name(office, person), known.section if known else "", PARTS.get(part, part),
                    taken[-1] if taken else None, number, valid,
                )
            )  # fmt: skip
    return found


def changes(case: CaseFile) -> list[Change]:
    """Every change of parts, in order."""
    return [
        Change(
            a.at,
            f"{words.name(case.office, a.person)}{'担任' if a.taken else '不再担任'}{PARTS.get(a.part, a.part)}",
            a.reason,
        )
        for a in case.assignments
    ]


def candidates(office: Office, view: View, part: str = "") -> list[Candidate]:
    """The people of the bureau who hold a post now; those whose post fits the part first."""
    likely = _LIKELY.get(part, "")
    found: list[Candidate] = []
    for person in office.people.values():
        posts = person.roles(view.now) - {"sysadmin"}
        if posts:
            held = "、".join(ROLE_NAMES[r] for r in sorted(posts) if r in ROLE_NAMES)
            found.append(Candidate(person.id, person.name, person.section, held))
    fits = {c.person for c in found if likely and likely in office.roles(c.person, view.now)}
    return sorted(
        found, key=lambda c: (c.person not in fits, c.section != view.case.section, c.section, c.name)
    )


def party(case: CaseFile) -> list[tuple[str, str]]:
    """The party as the last paper names it: label and text."""
    found: Mapping[str, Any] | None = case.party
    return party_lines(found) if found and "name" in found else []
