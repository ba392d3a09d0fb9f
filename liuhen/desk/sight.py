"""Which cases a reader sees in lists: the same answer as ``policy.visible``, as a query."""

from __future__ import annotations

import json

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from liuhen.acts.filekeeping import STATED
from liuhen.office.models import User
from liuhen.office.policy import ACTS, Actor, Subject, may, visible
from liuhen.records import delegated
from liuhen.records.models import CaseRow
from liuhen.records.reveal import View

# The act of policy behind what a next step or a way out does.
_ACTS = {
    "seal": "issue",
    "revise": "draft",
    "edit": "draft",
    "disposal": "see_disposal",
    "take_up": "register_source",
}


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person as policy knows them."""
    assert isinstance(request.user, User)
    return request.user.actor


def visible_cases(request: HttpRequest) -> QuerySet[CaseRow]:
    """The rows of the cases that the signed-in person may see."""
    return cases_of(actor_of(request))


def cases_of(actor: Actor) -> QuerySet[CaseRow]:
    """The rows of the cases that an actor may see: all, those of the own section, those with a part in them, and those
    that wait for an opinion given for somebody else."""
    if visible(actor, "\0", ()):
        return CaseRow.objects.all()
    acting = delegated.cases(actor)
    if not visible(actor, actor.section, ()):
        return CaseRow.objects.filter(acting)
    named = names("parts_text", actor.person)
    return CaseRow.objects.alias(parts_text=as_text("parts")).filter(
        Q(section=actor.section) | named | acting
    )


def allowed(actor: Actor, act: str, view: View) -> bool:
    """Whether to offer an act: policy says yes, and the case is looked at as it stands now."""
    case = view.case
    subject = Subject(case.section, case.officers, {a.person for a in case.assignments if a.taken})
    return not view.past and may(actor, act, subject)


def person_may(person: str, act: str, view: View) -> bool:
    """Whether somebody of the bureau, by id, may do an act in a case as things stand now."""
    known = view.case.office.people.get(person)
    if known is None:
        return False
    return allowed(Actor(known.id, known.name, known.section, frozenset(known.roles(view.now))), act, view)


def only_window(actor: Actor) -> bool:
    """Whether somebody opens cases only of what begins at the window: who registers an application, no violation."""
    return not actor.roles & {"officer", "section_head"}


def can(actor: Actor, does: str, view: View) -> bool:
    """The same for what a way out does: ``file:<kind>``, ``state:<fact>`` or an act's name, with its document behind."""
    verb, _, what = does.partition(":")
    if verb == "file":
        return bool(set(view.case.release.documents[what].authors) & actor.roles) and allowed(
            actor, "draft", view
        )
    if verb == "state":
        return bool(set(view.case.release.facts[what].stated_by) & actor.roles) and allowed(
            actor, STATED[what][0] if what in STATED else "state_fact", view
        )
    act = _ACTS.get(verb, verb)
    return act not in ACTS or allowed(actor, act, view)


def as_text(column: str) -> Cast:
    """A JSON column as text, to be looked into alike on SQLite and PostgreSQL."""
    return Cast(column, TextField())


def names(column: str, person: str) -> Q:
    """Whether a list of person ids, as text, holds the person; SQLite keeps other scripts escaped."""
    return Q(**{f"{column}__contains": json.dumps(person)}) | Q(**{f"{column}__contains": f'"{person}"'})
