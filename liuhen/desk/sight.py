"""Which cases a reader sees in lists: the same answer as ``policy.visible``, as a query."""

from __future__ import annotations

import json

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from liuhen.office.models import User
from liuhen.office.policy import Actor, visible
from liuhen.records.models import CaseRow


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person as policy knows them."""
    assert isinstance(request.user, User)
    return request.user.actor


def visible_cases(request: HttpRequest) -> QuerySet[CaseRow]:
    """The rows of the cases that the signed-in person may see."""
    return cases_of(actor_of(request))


def cases_of(actor: Actor) -> QuerySet[CaseRow]:
    """The rows of the cases that an actor may see: all, those of the own section, or those with a part in them."""
    if visible(actor, "\0", ()):
        return CaseRow.objects.all()
    if not visible(actor, actor.section, ()):
        return CaseRow.objects.none()
    named = names("parts_text", actor.person)
    return CaseRow.objects.alias(parts_text=as_text("parts")).filter(Q(section=actor.section) | named)


def as_text(column: str) -> Cast:
    """A JSON column as text, to be looked into alike on SQLite and PostgreSQL."""
    return Cast(column, TextField())


def names(column: str, person: str) -> Q:
    """Whether a list of person ids, as text, holds the person; SQLite keeps other scripts escaped."""
    return Q(**{f"{column}__contains": json.dumps(person)}) | Q(**{f"{column}__contains": f'"{person}"'})
