"""Procedures 程序: the steps in the order of the law, as the next step on a case's page (domain §3.2).

A step makes a paper or states a fact. Signing, approving, issuing and serving a paper that exists follow from its
declaration. ``needs`` must all have happened, one of ``only`` makes a step apply, one of ``unless`` or ``done`` ends it.
"""

from __future__ import annotations

from liuhen.measures.procedures import from_report, until_report
from liuhen.measures.procedures.licensing import LICENSING
from liuhen.measures.procedures.steps import ARCHIVE, CARRY_OUT, DECIDE, INVESTIGATE, START, WITHDRAWN
from liuhen.measures.vocabulary import A, Ending, L, Procedure

PENALTY_ORDINARY = Procedure(
    code="penalty_ordinary",
    title="行政处罚普通程序",
    letter="P",
    cites=(A(9), A(30), L("罚", 54), L("罚", 57)),
    steps=(
        *until_report.SOURCE,
        *until_report.TRANSFER,
        *until_report.EVIDENCE,
        *from_report.CONCLUSION,
        *from_report.DEFENCE,
        *from_report.HEARING,
        *from_report.DECISION,
        *from_report.EXECUTION,
        *from_report.CLOSING,
    ),
    stage_begins=(
        (START, ("opened",)),
        (INVESTIGATE, ("docketed",)),
        (DECIDE, ("approved:investigation_report", "filed:crime_transfer_report", *WITHDRAWN)),
        (
            CARRY_OUT,
            (
                "decided",
                "approved:docket_refusal_approval",
                "issued:case_transfer_letter",
                "issued:crime_transfer_letter",
            ),
        ),
        (ARCHIVE, ("ended",)),
    ),
    when="有人可能违法，要查清楚再决定是否处罚",
    states=(("已决定", "decided"), ("已立案", "docketed"), ("未立案", "opened")),
    endings=(
        Ending(
            event="approved:docket_refusal_approval+filed:result_notification_record",
            outcome="不予立案",
            closes=False,
        ),
    ),
)

PROCEDURES: dict[str, Procedure] = {procedure.code: procedure for procedure in (PENALTY_ORDINARY, LICENSING)}
