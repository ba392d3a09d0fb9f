"""All document kinds 文书种类, one module a stage, in the order of the Measures."""

from __future__ import annotations

from liuhen.measures.documents import (
    appraisal,
    conclusion,
    course,
    decision,
    evidence,
    execution,
    execution_closing,
    hearing,
    investigation,
    licensing,
    licensing_decision,
    licensing_review,
    orders,
    service,
    source,
    transfer,
)
from liuhen.measures.vocabulary import Document

_MODULES = (
    source,
    transfer,
    investigation,
    evidence,
    appraisal,
    orders,
    conclusion,
    hearing,
    decision,
    course,
    service,
    execution,
    execution_closing,
    licensing,
    licensing_review,
    licensing_decision,
)

DOCUMENTS: dict[str, Document] = {kind.code: kind for module in _MODULES for kind in module.DOCUMENTS}
