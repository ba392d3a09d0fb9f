"""原件保管: what each place keeps, when all was last read again, what is not whole, what was restored, what waits (R34.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from liuhen.acts import fixity, mending
from liuhen.acts.keeping import standing
from liuhen.desk.sight import actor_of
from liuhen.office.policy import Actor, Subject, may, require
from liuhen.records.keeping import latest_restored
from liuhen.records.models import CaseRow
from liuhen.records.naming import mentions
from liuhen.vault.models import VaultObject
from liuhen.vault.places import NAMES

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """A file that is or was not whole: where, what was wrong, since or at when, from where it came back, which cases."""

    place: str
    digest: str
    fault: str
    at: datetime
    source: str
    cases: tuple[tuple[str, str], ...]
    hidden: int


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """The page; it reads rows only, and names a case to those who may read it."""
    actor = actor_of(request)
    require(actor, "see_keeping", Subject())
    faulty = VaultObject.objects.filter(state__in=VaultObject.FAULTS).order_by("since", "digest")
    restored = latest_restored(SHOWN)
    now = standing()
    values = {
        "here": "measures",
        "now": now,
        "stores": [(NAMES[held.place], address, held) for held, address in now.places],
        "faulty": [
            _line(
                actor,
                row.place,
                row.digest,
                row.state,
                row.since,
                "",
                {m.case for m in mentions(row.digest)} - {""},
            )
            for row in faulty[:SHOWN]
        ],
        "more": max(0, faulty.count() - SHOWN),
        "restored": [
            _line(
                actor,
                b["place"],
                b["digest"],
                b["fault"],
                entry.recorded_at,
                mending.SOURCES[b["from"]],
                b["cases"],
            )
            for entry in restored
            if (b := entry.body) is not None
        ],
    }
    return render(request, "desk/keeping.html", values)


def _line(
    actor: Actor, place: str, digest: str, fault: str, at: datetime, source: str, cases: Iterable[str]
) -> Line:
    rows = CaseRow.objects.filter(case__in=list(cases)).order_by("case_no")
    seen = [
        (row.case, row.case_no) for row in rows if may(actor, "read", Subject(row.section, (), row.parts))
    ]
    return Line(NAMES[place], digest, fixity.FAULTS[fault], at, source, tuple(seen), len(rows) - len(seen))


urlpatterns = [path("keeping/", keeping, name="keeping")]
