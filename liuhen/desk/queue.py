"""What waits for one person's opinion, in the order in which it is due: so that the next one opens at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q
from django.http import HttpRequest

from liuhen.desk import links
from liuhen.desk.sight import actor_of, visible_cases
from liuhen.records import delegated
from liuhen.records.models import TaskRow

APPROVALS = ("approve", "confirm")


@dataclass(frozen=True)
class Waiting:
    """One paper that waits: its words, whose case, where it is opened."""

    title: str
    case: str
    subject: str
    party: str
    href: str


def waiting(request: HttpRequest) -> list[Waiting]:
    """Everything that waits for the signed-in person's opinion."""
    actor = actor_of(request)
    own = Q(role__in=actor.roles) & (~Q(role="section_head") | Q(case__section=actor.section))
    ours = TaskRow.objects.filter(own | delegated.waiting(actor))
    tasks = ours.filter(case__in=visible_cases(request), does__in=APPROVALS)
    rows = tasks.select_related("case").order_by(
        F("due_on").asc(nulls_last=True), F("case__due_on").asc(nulls_last=True), "case", "order"
    )
    return [
        Waiting(
            row.title, row.case.case, row.subject, row.case.party or row.case.title,
            links.act_path(row.case.case, row.does, row.subject),
        )
        for row in rows
    ]  # fmt: skip


def place_of(found: list[Waiting], subject: str) -> int:
    """Which one of them this is, counted from 1; 0 when it does not wait."""
    return next((n for n, one in enumerate(found, 1) if one.subject == subject), 0)


def after(found: list[Waiting], subject: str) -> Waiting | None:
    """The one that comes after this one: the next in line, else the first of the others."""
    others = [one for one in found if one.subject != subject]
    place = place_of(found, subject)
    later = [one for one in found[place:] if one.subject != subject] if place else []
    return (later or others or [None])[0]
