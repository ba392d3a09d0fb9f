"""The people of a script in a bureau: found by name, section and posts, else appointed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from liuhen.acts import bureau
from liuhen.acts.bureau import SYSTEM
from liuhen.casefile.moments import day
from liuhen.casefile.office import Office
from liuhen.office.policy import Actor
from liuhen.records import read
from liuhen.scripts.facts import moments_of
from liuhen.scripts.shape import Member, Script


def cast(script: Script) -> Mapping[str, Actor]:
    """Local key → the actor who plays it. Those whom the bureau does not have are appointed and certified."""
    first = min(day(moment) for moment in moments_of(script))
    return {key: _actor(script, member, first) for key, member in script.people.items()}


def _actor(script: Script, member: Member, first: date) -> Actor:
    section = member.section or script.section
    person = _found(read.office(), member, section, first) or _appointed(script, member, section, first)
    roles = read.office().roles(person, first) | set(member.roles)
    return Actor(person, member.name, section, frozenset(roles))


def _found(office: Office, member: Member, section: str, on: date) -> str:
    """The person of this name in this section who held these posts, with this certificate where one is told."""
    for person in office.people.values():
        same = (person.name, person.section) == (member.name, section)
        fit = not member.certificate or office.certified(person.id, member.certificate, on)
        if same and fit and set(member.roles) <= person.roles(on):
            return person.id
    return ""


def _appointed(script: Script, member: Member, section: str, since: date) -> str:
    person = f"{script.id}-{member.key}"
    bureau.appoint(SYSTEM, person, member.name, section, member.roles, since=since)
    if member.valid and member.certificate:
        bureau.certify(SYSTEM, person, member.certificate, *member.valid)
    return person
