"""What else must not be said when reveal masked a document: whose name stands under it, what is attached to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from liuhen.acts.signatures import OWN_ROLES
from liuhen.casefile.state import CaseFile, Document
from liuhen.office.policy import NotPermitted
from liuhen.records.reveal import MASKED


class Closed(NotPermitted):
    """The bytes of a paper that shows what these eyes may not see; ``href`` is where the rest of it is read."""

    def __init__(self, title: str, href: str) -> None:
        super().__init__(f"《{title}》的原件里有你无权查看的内容（如举报人、证件号码、电话）")
        self.href = href


def hidden(document: Document | None) -> bool:
    """Whether these eyes see the document with something replaced: then its paper is not given out, which shows it all."""
    return document is not None and any(_masked(revision.values) for revision in document.revisions)


def _masked(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_masked(inner) for inner in value.values())
    if isinstance(value, (list, tuple)):
        return any(_masked(inner) for inner in value)
    return value == MASKED


def _anonymous(document: Document | None) -> bool:
    """Whether a whole field is replaced, such as who reported: then no name that it goes with is told either."""
    return document is not None and any(
        value == MASKED for revision in document.revisions for value in revision.values.values()
    )


def signer(document: Document | None, role: str, name: str) -> str:
    """The name of someone who signed, unless it would tell who stands behind a masked field."""
    return MASKED if _anonymous(document) and role not in OWN_ROLES else name


def named(document: Document | None, name: str) -> str:
    """The name of an addressee or recipient of a document."""
    return MASKED if _anonymous(document) and name else name


def field_hidden(document: Document | None, field: str) -> bool:
    """Whether the value of this field is one that these eyes do not see."""
    return document is not None and any(r.values.get(field) == MASKED for r in document.revisions)


def guarded(case: CaseFile) -> set[str]:
    """The digests of files that belong to masked documents: renditions, scans, attachments."""
    found: set[str] = set()
    for document in case.documents.values():
        if not hidden(document):
            continue
        found |= {r.digest for v in document.revisions for r in v.renditions}
        found |= {d for v in document.revisions for d in _digests(v.values)}
        found |= {d for v in document.revisions for s in v.signatures for d in _digests(s.body)}
        found |= {d for v in document.revisions for d in _digests(v.backfill)}
        if _anonymous(document):
            found |= {r.digest for r in case.recordings.values() if r.document == document.id}
    # A picture is as secret as the film that it was taken from.
    taken = {r.digest for r in case.recordings.values() if r.body.get("derived", {}).get("digest") in found}
    return found | taken


def _digests(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith("sha256:"):
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _digests(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _digests(inner)


def file_digests(case: CaseFile) -> set[str]:
    """The digests of every file that the case names and that is not sealed away."""
    found = {r.digest for r in case.recordings.values() if not r.voided}
    for document in case.documents.values():
        if document.voided:
            continue
        for revision in document.revisions:
            found |= {r.digest for r in revision.renditions}
            found |= set(_digests(revision.values)) | set(_digests(revision.backfill))
            found |= {d for sign in revision.signatures for d in _digests(sign.body)}
        found |= {d for step in document.service for d in _digests(step.body)}
    found |= {d for fact in case.facts for d in (*fact.proofs, *_digests(fact.values))}
    return found
