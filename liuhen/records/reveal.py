"""``reveal``: the only view of a case that pages, papers for the screen and the API ever get (design, The rooms).

Deny by default: values of fields declared secret are replaced unless the eyes may see them.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Judgement
from liuhen.compliance.judge import context, judge
from liuhen.office.policy import Actor, NotPermitted, visible
from liuhen.records import clock, read
from liuhen.records.append import New, append_anyway
from liuhen.records.models import CaseRow

MASKED = "〔保密〕"
INTERNAL_ROLES = frozenset(
    {"section_head", "bureau_leader", "principal_leader", "legal_reviewer", "supervisor", "archivist"}
)


@dataclass(frozen=True)
class View:
    """A case as one pair of eyes sees it at a moment: state with secrets masked, judgement, entries, what is protected."""

    case: CaseFile
    judgement: Judgement
    entries: Sequence[CaseEntry]
    now: datetime
    known_at: datetime | None
    masked: bool

    @property
    def past(self) -> bool:
        """Whether this is the case as it stood at an earlier moment (回溯)."""
        return self.known_at is not None


def sees_secrets(actor: Actor, case: CaseFile, document: Document) -> bool:
    """Who sees a document's secret fields (domain §10): its author, the section's head, the main officer."""
    if actor.person in {revision.actor for revision in document.revisions}:
        return True
    if "section_head" in actor.roles and actor.section == case.section:
        return True
    return actor.person in case.holders("lead_officer")


def masked_values(document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with those of secret fields replaced."""
    secret = {field.name for field in document.declared.fields if field.secret}
    return {name: MASKED if name in secret else value for name, value in values.items()}


def reveal(case: CaseFile, eyes: Actor) -> tuple[CaseFile, bool]:
    """The case with what these eyes may not see replaced; whether anything was. The case given is not changed."""
    hidden = [d for d in case.documents.values() if _has_secrets(d) and not sees_secrets(eyes, case, d)]
    if not hidden:
        return case, False
    shown = copy.copy(case)
    shown.documents = dict(case.documents)
    for document in hidden:
        masked = copy.copy(document)
        masked.revisions = [copy.copy(revision) for revision in document.revisions]
        for revision in masked.revisions:
            revision.values = masked_values(document, revision.values)
        shown.documents[document.id] = masked
    return shown, True


def _has_secrets(document: Document) -> bool:
    secret = {field.name for field in document.declared.fields if field.secret}
    return any(name in secret for revision in document.revisions for name in revision.values)


def look(case: str, eyes: Actor, known_at: datetime | None = None) -> View:
    """The case as these eyes see it now, or as it was known at ``known_at``. Raises NoSuchCase, NotPermitted.

    The judgement is made on the whole record; a finding names facts of the case, never a protected value.
    """
    row = CaseRow.objects.filter(case=case).first()
    if row is None:
        raise read.NoSuchCase("没有这个案件")
    if not visible(eyes, row.section, row.parts):
        raise NotPermitted("你没有查看这个案件的权限")
    entries = read.case_entries(case)
    now = known_at or clock.now()
    office = read.office_at(known_at) if known_at else read.office()
    whole = settle(entries, office, known_at)
    judgement = judge(whole, context(now, office))
    shown, masked = reveal(whole, eyes)
    known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    return View(shown, judgement, known, now, known_at, masked)


def consulted(eyes: Actor, subject: str, what: str, reason: str = "") -> None:
    """Record in the access stream that protected content was read, printed, played or copied out (R33.1)."""
    body = {"subject": subject, "what": what}
    append_anyway("access", eyes.person, [New("Consulted", {**body, "reason": reason} if reason else body)])
