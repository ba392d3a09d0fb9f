"""待归入: the recordings that wait for their case, with what the file says and where they probably belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from liuhen.acts import tray as acting
from liuhen.casefile.moments import day
from liuhen.casefile.settle import settle
from liuhen.desk import links, words
from liuhen.desk.shown.recordings import kind_of
from liuhen.desk.sight import actor_of, as_text, names, visible_cases
from liuhen.measures.counting import count_working_days
from liuhen.measures.thresholds import threshold
from liuhen.office.policy import Actor, visible
from liuhen.recordings import matching, telling
from liuhen.records import read, tray
from liuhen.records.models import CaseRow, Draft, TrayRow

# Cases that are looked through for a suggestion, those opened last.
LOOKED_AT = 40
SETTING = "recording_untied_days"


@dataclass(frozen=True)
class Waiting:
    """A recording as a row: who made it, its kind, what the file says, where it belongs or probably belongs."""

    row: TrayRow
    who: str
    kind: str
    told: tuple[tuple[str, str], ...]
    old: bool
    cases: tuple[CaseRow, ...] = ()
    match: matching.Match | None = None
    case: CaseRow | None = None
    href: str = ""


def of_actor(actor: Actor) -> QuerySet[TrayRow]:
    """The recordings that an actor sees: all, or those of the own section's people, and their own."""
    rows = TrayRow.objects.all()
    if visible(actor, "\0", ()):
        return rows
    people = read.office().people.values()
    section = (
        [p.id for p in people if p.section == actor.section] if visible(actor, actor.section, ()) else []
    )
    return rows.filter(by__in={*section, actor.person})


def waiting(actor: Actor) -> QuerySet[TrayRow]:
    """Those of them that wait for their case, the oldest first."""
    return tray.waiting().filter(entry__in=of_actor(actor).values("entry"))


def shown(request: HttpRequest, rows: Sequence[TrayRow]) -> list[Waiting]:
    """Recordings as rows; for those that wait, the act that each fits best."""
    acts = _acts(request, [row for row in rows if not row.unrelated])
    seen = {row.case: row for row in visible_cases(request)} if rows else {}
    return [_waiting(row, acts, seen) for row in rows]


def _waiting(row: TrayRow, acts: Sequence[matching.Act], cases: dict[str, CaseRow]) -> Waiting:
    body = acting.body_in_tray(row.entry)
    held = tuple(cases[tie.case] for tie in row.ties.all() if tie.case in cases)  # type: ignore[attr-defined]
    waits = not row.unrelated and not row.ties.all()  # type: ignore[attr-defined]
    match = matching.best(row.starts, row.ends, row.by, row.device, acts) if waits else None
    found = cases.get(match.act.case) if match else None
    href = ""
    if match and found:
        chosen = f"&document={match.act.document}" + (f"&duty={match.duty}" if match.duty else "")
        href = f"{links.path('tie', match.act.case)}?recording={row.entry}{chosen}"
    return Waiting(
        row, words.name(read.office(), row.by), kind_of(row.media_type), tuple(telling.lines(body.get("taken", {}))),
        waits and is_old(row.deposited_at), held, match if found else None, found, href,
    )  # fmt: skip


def _acts(request: HttpRequest, rows: Iterable[TrayRow]) -> list[matching.Act]:
    """The acts of the open cases of those who made the recordings, as far as the reader sees the cases."""
    people = {row.by for row in rows}
    if not people:
        return []
    own = Q()
    for person in sorted(people):
        own |= names("officers_text", person)
    cases = visible_cases(request).alias(officers_text=as_text("officers")).filter(own, archived_on=None)
    found = list(cases.order_by("-opened_on", "-case").values_list("case", flat=True)[:LOOKED_AT])
    drafts: dict[str, list[matching.Draft]] = {}
    for draft in Draft.objects.filter(case__in=found):
        one = matching.Draft(draft.document, draft.kind, draft.title or "草稿", draft.values)
        drafts.setdefault(draft.case, []).append(one)
    office = read.office()
    return [
        act
        for case in found
        for act in matching.acts_of(settle(read.case_entries(case), office), drafts.get(case, []))
    ]


def is_old(deposited: datetime) -> bool:
    """Whether a recording waits for longer than the bureau allows."""
    allowed = read.office().setting(SETTING, words.today(), threshold(SETTING, words.today()).value)
    return count_working_days(day(deposited), words.today(), words.calendar()).days > int(allowed)


def old(actor: Actor) -> int:
    """How many of those that an actor sees wait for longer than the bureau allows."""
    return sum(is_old(at) for at in waiting(actor).values_list("deposited_at", flat=True))


def mine(request: HttpRequest) -> int:
    """How many of the reader's own wait."""
    actor = actor_of(request)
    return waiting(actor).filter(by=actor.person).count()
