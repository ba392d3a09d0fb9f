"""The fines that this bureau imposed on the same party in other cases, as rows to begin 查询以往处罚 with (P29.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liuhen.casefile.moments import day
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.owing import fine_of
from liuhen.desk.sight import cases_of
from liuhen.office.policy import Actor
from liuhen.records import read
from liuhen.records.reveal import View

DECISIONS = ("penalty_decision", "summary_decision")
# A party with more cases than this is looked up by hand.
MOST = 50


def fines(view: View, actor: Actor) -> list[dict[str, Any]]:
    """One row a decision with a fine, of the cases the actor may see; whether it is the same act is for people to say."""
    name = str((view.case.party or {}).get("name", ""))
    if not name:
        return []
    others = cases_of(actor).filter(party=name).exclude(case=view.case.id).order_by("case_no")
    return [
        row
        for other in others[:MOST]
        for row in _rows(settle(read.case_entries(other.case), view.case.office))
    ]


def _rows(case: CaseFile) -> Iterator[dict[str, Any]]:
    for decision in case.of(*DECISIONS):
        if decision.issued is not None and (fine := fine_of(case, decision)):
            on = day(decision.made_at)
            yield {
                "body": str(
                    decision.values.get("authority") or case.office.setting("bureau_name", on, "本局")
                ),
                "number": decision.issued.number,
                "on": on.isoformat(),
                "act": str(decision.values.get("cause") or case.title),
                "fine": fine,
            }
