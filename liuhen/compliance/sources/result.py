"""How a case ended: which paper ended it, in the words of 告知事由 (A10, A11, A25)."""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.casefile.moments import Moment
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.exits import taken


@dataclass(frozen=True)
class Result:
    """The exit of the case (measures.exits) with the paper that ended it, the word for it, and since when it stands."""

    word: str
    document: Document
    exit: str
    at: Moment


def result(case: CaseFile) -> Result | None:
    """The result of the case; None while it is open.

    A decision stands before a transfer: what was transferred on the way did not end the case. Withdrawal and
    termination stand before all: nobody withdraws a case that was decided.
    """
    went = taken(case)
    return Result(went.exit.told, went.document, went.exit.code, went.at) if went else None
