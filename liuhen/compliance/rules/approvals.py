"""Nothing leaves the house before it was approved, and nothing is served before it was issued (A18, A22, A27; domain §1.0)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import before, day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import ANY_PROCEDURE, Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.reading import documents

# These have rules of their own, which also look at the content (R8.2, R11.1, R12.1, R18.1, R19.1, R22.1, F18.1, P56.1).
_OWN_RULES = (
    "penalty_decision", "penalty_notice", "hearing_right_notice", "hearing_notice", "case_transfer_letter",
    "crime_transfer_letter", "license_grant_decision", "license_denial_decision", "hold_notice",
    "seizure_decision",
)  # fmt: skip
_LETTERS = {"S": "科室负责人", "L": "法制审核人员", "B": "局领导", "P": "主要负责人"}


@rule("K5", procedures=ANY_PROCEDURE)
def approved_before_issue(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """需要批准的文书，批准以后才签发；由另一份审批表批准的，审批表先批准。"""
    for document in documents(case):
        issued = document.issued
        if issued is None or document.kind in _OWN_RULES:
            continue
        kind = document.declared
        if kind.approvals:
            yield _own(case, document)
        elif kind.approved_by not in ("", "own"):
            yield _by_sheet(case, document, kind.approved_by)


def _own(case: CaseFile, document: Document) -> Answer:
    """The document's own approvals, all of them, before its day of issue is over."""
    subject = f"{document.id}.issue"
    approved = document.approved_at()
    assert document.issued is not None
    if approved is None:
        if not case.closed_world:
            return unknown(f"材料没有说《{document.title}》是否经过批准", subject=subject)
        missing = [_LETTERS[x] for x in document.declared.approvals if not _agreed(document, x)]
        return violated(
            f"《{document.title}》没有经{'、'.join(missing)}批准，就签发",
            subject=subject, at=document.issued.on, severity="stop",
            ways=(Way(f"报{missing[0]}签署意见", does=f"approve:{document.id}"),),
        )  # fmt: skip
    if before(document.issued.on, approved) is True:
        return violated(
            f"《{document.title}》{words(document.issued.on)}签发，{words(approved)}才批准",
            subject=subject, at=document.issued.on, severity="stop",
        )  # fmt: skip
    return met(f"《{document.title}》批准后签发", subject=subject)


def _agreed(document: Document, letter: str) -> bool:
    role = {"S": "section_head", "L": "legal_reviewer", "B": "bureau_leader", "P": "principal_leader"}[letter]
    opinion = document.opinion_of(role)
    return opinion is not None and opinion.opinion == "agree"


def _by_sheet(case: CaseFile, document: Document, sheet: str) -> Answer:
    """The sheet that approves the document, approved on its current text."""
    subject = f"{document.id}.issue"
    title = case.called(sheet)
    assert document.issued is not None
    on = document.issued.on
    approved = [at for other in case.of(sheet) if (at := other.approved_at()) is not None]
    if any(day(at) <= day(on) for at in approved):
        return met(f"《{title}》已经批准", subject=subject)
    if not case.closed_world and not case.tells(sheet):
        return unknown(f"材料没有说《{title}》是否批准", subject=subject)
    return violated(
        f"《{title}》没有批准，就签发《{document.title}》",
        subject=subject, at=on, severity="stop",
        ways=(Way(f"制作《{title}》报批", does=f"file:{sheet}"),),
    )  # fmt: skip


@rule("R27.1", procedures=ANY_PROCEDURE)
def served_after_issue(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """文书签发以后才送达。"""
    for document in documents(case):
        if document.issued is None:
            continue
        for step in document.service:
            if day(step.at) < day(document.issued.on):
                yield violated(
                    f"《{document.title}》{words(document.issued.on)}签发，送达却记在{words(step.at)}",
                    subject=f"{document.id}.{step.entry}", at=step.at, entry=step.entry,
                    ways=(Way("核对送达日期；登记有误的，更正", does="correct"),),
                )  # fmt: skip
