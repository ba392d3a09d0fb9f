"""Who must be told how the case ended, and who was (A10, A25)."""

from __future__ import annotations

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import CaseFile, Document, Values
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.parties import name_of, names_of
from liuhen.compliance.reading import Someone, moment, someone

TOLD_KINDS = ("投诉", "申诉", "举报")
TOLD_AS = ("投诉人", "申诉人", "举报人")
PARTY = "被调查人"
RECORD = "result_notification_record"


def named_sources(case: CaseFile) -> list[Document]:
    """The source forms of named complainants, petitioners and reporters: those who must be told the result."""
    return [
        form
        for form in case.of("case_source_form")
        if form.values.get("is_named") is True and form.values.get("source_kind") in TOLD_KINDS
    ]


def told_at(record: Document) -> Moment:
    """When somebody was told: the time that the record states, else that of the record."""
    return moment(record.values, "told_at") or record.current.at


def told(case: CaseFile, source: Document, since: Moment) -> Document | None:
    """The record of telling the one who gave ``source`` the result that stands since a moment; None when untold."""
    provider = someone(source.values.get("provider"))
    for record in case.of(RECORD):
        person = someone(record.values.get("told"))
        whom = record.values.get("told_as") in TOLD_AS and day(told_at(record)) >= day(since)
        if whom and (provider is None or person is None or provider.same(person)):
            return record
    return None


def party_told(case: CaseFile, since: Moment, party: Values | None = None) -> Document | None:
    """The record of telling the investigated the result that stands since a moment, of several parties this one; None when
    untold. Who stands for an organisation is told for it."""
    for record in case.of(RECORD):
        whom = record.values.get("told_as") == PARTY and day(told_at(record)) >= day(since)
        if whom and (party is None or _is(case, someone(record.values.get("told")), party)):
            return record
    return None


def _is(case: CaseFile, told: Someone | None, party: Values) -> bool:
    own = names_of(case, name_of(party)) | {squeezed(party.get("legal_rep"))}
    return told is None or squeezed(told.name) in own
