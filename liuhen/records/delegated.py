"""What somebody sees and finds waiting because they act for another 代行 (K9): the cases that wait for that opinion, no others."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q

from liuhen.casefile.office import Delegation
from liuhen.office.policy import Actor
from liuhen.records import clock, read
from liuhen.records.models import CaseRow, TaskRow

# What is waited for by way of an opinion; to confirm a backfill a delegation does not reach.
OPINIONS = ("approve",)


def waiting(actor: Actor) -> Q:
    """The tasks that wait for an opinion which this person may give for another today."""
    found = Q(pk__in=())
    for one in read.office().acting(actor.person, clock.now()):
        found |= _of(one)
    return found


def _of(one: Delegation) -> Q:
    tasks = Q(does__in=OPINIONS, role=one.role)
    if one.role != "section_head":
        return tasks
    giver = read.office().people[one.acting_for]
    return tasks & Q(case__section=giver.section)


def cases(actor: Actor) -> Q:
    """The cases in which such an opinion is waited for, as a condition on their rows."""
    if not read.office().acting(actor.person, clock.now()):
        return Q(pk__in=())
    return Q(pk__in=TaskRow.objects.filter(waiting(actor)).values("case"))


def standing(actor: Actor, row: CaseRow) -> Actor:
    """The actor with the posts in which an opinion of theirs is waited for in this case; else as they are."""
    office = read.office()
    held = {
        one.role for one in office.acting(actor.person, clock.now()) if office.stands_for(one, row.section)
    }
    roles = set(
        TaskRow.objects.filter(case=row, does__in=OPINIONS, role__in=held).values_list("role", flat=True)
    )
    if not roles:
        return actor
    section = row.section if "section_head" in roles else actor.section
    return replace(actor, roles=actor.roles | roles, section=section)
