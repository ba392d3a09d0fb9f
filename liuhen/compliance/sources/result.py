"""How a case ended: which paper ended it, in the words of 告知事由 (A10, A11, A25)."""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.casefile.state import CaseFile, Document


@dataclass(frozen=True)
class Result:
    """The paper that ended the case and the word for it."""

    word: str
    document: Document


_ENDINGS = (
    ("case_withdrawal_approval", "销案", "approved"),
    ("case_termination_approval", "其他", "approved"),
    ("penalty_decision", "处罚", "issued"),
    ("summary_decision", "处罚", "issued"),
    ("no_penalty_decision", "不予处罚", "issued"),
    ("crime_transfer_letter", "移送", "issued"),
    ("case_transfer_letter", "移送", "issued"),
    ("docket_refusal_approval", "不予立案", "approved"),
)


def result(case: CaseFile) -> Result | None:
    """The result of the case; None while it is open.

    A decision stands before a transfer: what was transferred on the way did not end the case. Withdrawal and
    termination stand before all: nobody withdraws a case that was decided.
    """
    for kind, word, event in _ENDINGS:
        done = [d for d in case.of(kind) if (d.issued if event == "issued" else d.approved_at())]
        if done:
            return Result(word, done[-1])
    return None
