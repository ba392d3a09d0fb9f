"""Procedures 程序: the steps in the order of the law, as the next step on a case's page (domain §3.2).

A step makes a paper or states a fact. Signing, approving, issuing and serving a paper that exists follow from its
declaration. ``needs`` must all have happened, one of ``only`` makes a step apply, one of ``unless`` or ``done`` ends it.
"""

from __future__ import annotations

from liuhen.measures.exits import PENALTY
from liuhen.measures.procedures import from_report, until_report
from liuhen.measures.procedures.inspection import INSPECTION
from liuhen.measures.procedures.licensing import LICENSING
from liuhen.measures.procedures.steps import (
    ANYWHERE as ANYWHERE,
)
from liuhen.measures.procedures.steps import (
    ARCHIVE,
    CARRY_OUT,
    DECIDE,
    INVESTIGATE,
    OF_PENALTIES,
    START,
)
from liuhen.measures.procedures.summary import PENALTY_SUMMARY
from liuhen.measures.vocabulary import A, L, Procedure

SERVING = (
    "service_receipt", "postal_proof", "electronic_service_record", "service_address_confirmation",
    "power_of_attorney", "document_correction_notice", "service_course_note", "public_notice_approval", "public_notice",
)  # fmt: skip

PENALTY_ORDINARY = Procedure(
    code="penalty_ordinary",
    title="行政处罚普通程序",
    letter="P",
    cites=(A(9), A(30), L("罚", 54), L("罚", 57)),
    steps=(
        *until_report.SOURCE,
        *until_report.TRANSFER,
        *until_report.COURSE,
        *until_report.EVIDENCE,
        *from_report.CONCLUSION,
        *from_report.DEFENCE,
        *from_report.HEARING,
        *from_report.DECISION,
        *from_report.EXECUTION,
        *from_report.CONTEST,
        *from_report.CLOSING,
    ),
    stage_begins=(
        (START, ("opened",)),
        (INVESTIGATE, ("docketed",)),
        (DECIDE, ("approved:investigation_report", "gone")),
        (
            CARRY_OUT,
            (
                "decided",
                "exit:docket_refused",
                "exit:withdrawn",
                "exit:terminated",
                "exit:annulled",
                "exit:transferred",
                "exit:crime_transferred",
            ),
        ),
        (ARCHIVE, ("ended",)),
    ),
    when="有人可能违法，要查清楚再决定是否处罚",
    states=(
        ("已销案", "exit:withdrawn"),
        ("已终结", "exit:terminated"),
        ("已决定", "exit:penalty|exit:no_penalty"),
        ("决定已撤销", "exit:annulled"),
        ("已移送公安机关", "exit:crime_transferred"),
        ("已移送", "exit:transferred"),
        ("不予立案", "exit:docket_refused"),
        ("已中止", "suspended"),
        ("已立案", "docketed"),
        ("未立案", "opened"),
    ),
    exits=PENALTY,
    also=(
        "appraisal_period_notice", "waiver_statement",
        "assistance_letter", "jurisdiction_designation_request", "warning_talk_record",
        "proposal_to_government", "execution_agreement", "reconsideration_or_suit_notice",
        "collection_receipt", "cash_handover",
    ),
    facts=("hearing_requested", "hearing_request_withdrawn", "hearing_absent", *OF_PENALTIES),
)  # fmt: skip

PROCEDURES: dict[str, Procedure] = {
    procedure.code: procedure for procedure in (PENALTY_ORDINARY, PENALTY_SUMMARY, LICENSING, INSPECTION)
}
