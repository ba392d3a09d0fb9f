"""All document kinds 文书种类, one module a stage, in the order of the Measures."""

from __future__ import annotations

from dataclasses import replace

from liuhen.measures.documents import (
    appraisal,
    assistance,
    conclusion,
    course,
    decision,
    evidence,
    execution,
    execution_closing,
    hearing,
    inspection,
    investigation,
    licensing,
    licensing_decision,
    licensing_review,
    office,
    orders,
    performance,
    printed,
    service,
    source,
    summary,
    transfer,
)
from liuhen.measures.vocabulary import Document

_MODULES = (
    source,
    transfer,
    investigation,
    evidence,
    appraisal,
    assistance,
    orders,
    conclusion,
    hearing,
    decision,
    course,
    service,
    execution,
    performance,
    execution_closing,
    licensing,
    licensing_review,
    licensing_decision,
    inspection,
    printed,
    office,
    summary,
)

# What the law wants on every one of these papers (罚 44, 54, 57, 59): 不适用 is no answer to it.
_ALWAYS = {
    "docket_approval": ("party", "cause", "reasons"),
    "investigation_report": ("party", "facts", "evidence", "basis"),
    "proposal_approval": ("party", "facts", "basis", "penalties"),
    "penalty_notice": ("party", "facts", "reasons", "basis", "penalties"),
    "hearing_right_notice": ("party", "facts", "reasons", "basis", "penalties"),
    "decision_approval": ("party", "facts", "basis", "penalties"),
    "penalty_decision": ("party", "facts", "evidence", "basis", "penalties", "performance", "remedies"),
    "no_penalty_decision": ("party", "facts", "ground", "reasons", "remedies"),
    "summary_decision": ("party", "facts", "cause", "basis", "penalties", "remedies"),
    "collective_discussion_minutes": ("participants", "discussion", "result"),
}


def _complete(kind: Document) -> Document:
    always = _ALWAYS.get(kind.code, ())
    if not always and not kind.evidence:
        return kind
    wanted = (*always, "officers")
    fields = tuple(replace(f, always=f.required and f.name in wanted) for f in kind.fields)
    return replace(kind, fields=fields)


DOCUMENTS: dict[str, Document] = {
    kind.code: _complete(kind) for module in _MODULES for kind in module.DOCUMENTS
}
