"""How a step is written: the stages, the events that many steps share, a step that makes a paper."""

from __future__ import annotations

from typing import TypedDict

from liuhen.measures.documents import conclusion as report
from liuhen.measures.vocabulary import Cite, Step

START, INVESTIGATE, DECIDE, CARRY_OUT, ARCHIVE = "启动", "调查取证", "审查决定", "送达执行", "归档"

# The case is on its way out, or rests: nothing goes on until it comes back or is taken up again (compliance.exits).
ELSEWHERE = ("gone", "suspended")
# The report proposes another way than a penalty.
OTHERWISE = tuple(f"proposed:{way}" for way in report.OTHERWISE)
HEARING_ASKED = ("filed:hearing_request", "fact:hearing_requested")
HEARING_OFF = ("filed:hearing_refusal_notice", "fact:hearing_request_withdrawn", "fact:hearing_absent")
DEFENDED = ("filed:defence_record", "filed:defence_submission")

# Whatever a bureau decides may be contested, is served, filmed, and handled by officers who may have to stand back.
ANYWHERE = (
    "direct_service_failed", "recording_unsuitable_reviewed", "recusal_decided",
    "contested", "contest_answered", "contest_ended", "reconsideration_received", "reconsideration_forwarded",
)  # fmt: skip
# What is true of every penalty, on the spot or not.
OF_PENALTIES = (
    "earlier_penalties_checked", "decided_beyond_notice", "payment_made", "penalty_performed", "cash_banked",
    "published", "publication_withdrawn", "money_refunded", "execution_resumed", "ruling_contested",
)  # fmt: skip


class Gate(TypedDict, total=False):
    """When a group of steps is offered."""

    needs: tuple[str, ...]
    unless: tuple[str, ...]
    optional: bool


def files(
    kind: str,
    title: str,
    stage: str,
    *cites: Cite,
    needs: tuple[str, ...] = (),
    done: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    limit: str = "",
    waits: tuple[str, ...] = (),
    why: str = "",
    optional: bool = False,
    code: str = "",
    role: str = "officer",
    wanted: tuple[str, ...] = (),
) -> Step:
    """A step that makes a paper of ``kind``; it is done when one is final, unless told otherwise."""
    return Step(
        code=code or kind, title=title, cites=cites, stage=stage, does=f"file:{kind}", needs=needs,
        done=done or (f"filed:{kind}",), unless=unless, only=only, limit=limit, waits=waits, why=why,
        optional=optional, role=role, wanted=wanted,
    )  # fmt: skip
