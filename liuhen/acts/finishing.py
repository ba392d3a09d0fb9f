"""What follows an act by itself: numbered internal forms are issued at the last approval, an approved closing report
closes the case, numbers are reserved, and the bytes that people see are rendered once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from liuhen.acts.credential import sign_paper
from liuhen.acts.situation import Situation
from liuhen.acts.sketches import pictures
from liuhen.acts.storage import vault
from liuhen.archives import marks
from liuhen.casefile.moments import day, instant
from liuhen.casefile.office import Office
from liuhen.casefile.state import UNNUMBERED, CaseFile, Document, Revision, Sign
from liuhen.compliance.events import ending
from liuhen.compliance.exits import closes_by_itself, taken, tellings
from liuhen.compliance.rules.closing import left_undone
from liuhen.compliance.steps import signable, unsigned_roles
from liuhen.ledger.commitment import commitment
from liuhen.papers import Mark, Opinion, PaperContext, render, wording
from liuhen.records import numbers
from liuhen.records.append import New, Ref
from liuhen.records.numbers import Number, key_of, next_blank, reserve

HOLDING = ("presider", "recorder")
Commitments = Mapping[tuple[str, int], str]


def followups(here: Situation, news: Sequence[New]) -> list[New]:
    """Entries that the given ones bring about by themselves: ``Issued`` of numbered internal forms, ``Assigned`` of who holds
    a hearing, ``Closed``."""
    after = here.after(news)
    made: list[New] = []
    for document in _touched(after, news):
        if _issues_itself(document):
            made.append(issue(here, document))
        if (
            document.kind == "closing_report"
            and after.closed_at is None
            and document.approved_at() is not None
        ):
            made.append(New("Closed", {"outcome": outcome(after), "document": document.id}))
    return [*made, *_appointed(after, news), *_closed_by_itself(here, after)]


def _appointed(after: CaseFile, news: Sequence[New]) -> list[New]:
    """Who is to hold a hearing and to record it take their parts with the approved notice that names them (A19; 许 48)."""
    issued = [after.documents[n.body["document"]] for n in news if n.kind == "Issued"]
    named = [
        (part, str(someone.get("person", "")))
        for document in issued
        for part in HOLDING
        if "presider" in document.values and isinstance(someone := document.values.get(part), Mapping)
    ]
    made: list[New] = []
    for part, person in named:
        if person and person not in after.holders(part):
            made += [_assigned(one, part, "leave") for one in after.holders(part)]
            made.append(_assigned(person, part, "take"))
    return made


def _assigned(person: str, part: str, action: str) -> New:
    return New("Assigned", {"person": person, "part": part, "action": action})


def _closed_by_itself(here: Situation, after: CaseFile) -> list[New]:
    """What has no closing report is closed when one of the endings of its procedure has come, or when the list of its exit
    is done (办法 30; TL-38)."""
    if after.closed_at is not None:
        return []
    found = ending(after)
    if found is not None and found[0].closes and instant(found[1].at) <= here.now:
        how, when = found
        document = {"document": when.subject} if when.subject in after.documents else {}
        return [New("Closed", {"outcome": how.outcome, **document})]
    went = taken(after)
    if went is None or not closes_by_itself(after) or left_undone(after, here.now):
        return []
    if not all(record is not None and not unsigned_roles(record) for record in tellings(after)):
        return []
    return [New("Closed", {"outcome": went.exit.outcome, "document": went.document.id})]


def outcome(case: CaseFile) -> str:
    """The result of a case in one word."""
    went = taken(case)
    return went.exit.outcome if went else "终结"


def _touched(case: CaseFile, news: Sequence[New]) -> list[Document]:
    ids = {new.body["document"] for new in news if new.kind in ("Filed", "Signed", "Issued")}
    decided = {str(new.body["entry"]) for new in news if new.kind == "Decided"}
    found = [d for d in case.documents.values() if d.id in ids or d.current.filed in decided]
    return [d for d in found if not d.voided and d.current.origin == "made"]


def _issues_itself(document: Document) -> bool:
    kind = document.declared
    approved = document.approved_at() is not None if kind.approvals else not unsigned_roles(document)
    return kind.facing == "I" and bool(kind.number) and document.issued is None and approved


def issue(here: Situation, document: Document) -> New:
    """The ``Issued`` of a document; its number stays open until the rules have been asked."""
    body = {
        "document": document.id,
        "revision": document.current.number,
        "number": "",
        "date": day(here.now).isoformat(),
        "sealed": document.declared.sealed,
        "authority": bureau_name(here.office, day(here.now)),
    }
    return New("Issued", body, at=here.now)


def bureau_name(office: Office, on: date) -> str:
    """The issuing authority's name, from the bureau's settings and never typed (P17.1)."""
    return str(office.setting("bureau_name", on, "大连金普新区发展和改革局"))


def finish(here: Situation, news: Sequence[New]) -> list[New]:
    """Reserve the numbers that are still open and add the renditions that have become due."""
    commitments = _commitments(here.case, news)
    numbered = list(news)
    if any(_open(new) for new in news):
        documents = here.after(news).documents
        numbered = [
            _numbered(here, new, documents[new.body["document"]]) if _open(new) else new for new in news
        ]
    after = here.after(numbered)
    renditions = [r for d in _touched(after, numbered) for r in _renditions(after, d, commitments)]
    return [*numbered, *renditions]


def _open(new: New) -> bool:
    return new.kind == "Issued" and not new.body["number"]


def _commitments(case: CaseFile, news: Sequence[New]) -> Commitments:
    found = {(d.id, r.number): r.commitment for d in case.documents.values() for r in d.revisions}
    for new in news:
        if new.kind == "Filed":
            found[new.body["document"], new.body["revision"]] = commitment(new.body, new.seed)
    return found


def _numbered(here: Situation, new: New, document: Document) -> New:
    """The same ``Issued`` with number and date out of the document's reservation of today."""
    if not document.declared.number:
        return replace(new, body={**new.body, "number": UNNUMBERED})
    number, on = _taken(here, document), day(here.now)
    body = {**new.body, "number": number.text, "date": on.isoformat(), "reservation": number.entry}
    return replace(new, body=body)


def _taken(here: Situation, document: Document) -> Number:
    """The number of a paper: that of the next blank which its officer holds, else the next of its series."""
    series = document.declared.number
    blank = next_blank(series, day(here.now).year, here.actor.person) if document.declared.blanks else None
    return blank or _reserve(here, series, document.id)


def _reserve(here: Situation, series: str, document: str) -> Number:
    on = day(here.now)
    pattern = f"{here.office.setting('bureau_code', on, '大金普发改')}{series}〔{{year}}〕{{n}}号"
    key = key_of("document", document)
    return reserve(series, on, pattern, key=key, case=here.case.id, actor=here.actor.person)


def lapse(case: CaseFile, documents: Iterable[str], actor: str) -> None:
    """Give up whatever else was reserved for documents that are issued by now."""
    for document in (case.documents[name] for name in documents if name in case.documents):
        if document.issued is not None and document.declared.number:
            numbers.lapse(document.declared.number, key_of("document", document.id), actor)


def _renditions(after: CaseFile, document: Document, commitments: Commitments) -> Iterator[New]:
    kind = document.declared
    if kind.layout == "received":
        return
    complete = _complete(document)
    people = [s for s in kind.signatures if s.role != "bureau"]
    if people and signable(document) and document.rendition("for_signature") is None:
        yield _rendered(after, document, "for_signature", commitments)
    if complete and document.rendition("final") is None:
        yield _rendered(after, document, "final", commitments)


def _complete(document: Document) -> bool:
    kind = document.declared
    if kind.approvals and document.approved_at() is None:
        return False
    if (kind.number or kind.sealed) and document.issued is None:
        return False
    return not unsigned_roles(document)


def _rendered(after: CaseFile, document: Document, purpose: str, commitments: Commitments) -> New:
    revision = document.current
    final = purpose == "final"
    places = {wanted.role for wanted in document.declared.signatures}
    drawn = [mark_of(sign) for sign in revision.signatures if sign.role in places] if final else []
    context = paper_context(after, document, commitments[document.id, revision.number])
    paper = render(document.declared, revision.values, context, final=final, strokes=drawn)
    sealed = final and document.issued is not None and document.issued.sealed
    stored = vault().put(sign_paper(paper.pdf, context.bureau) if sealed else paper.pdf)
    body: dict[str, Any] = {
        "document": document.id, "revision": revision.number, "purpose": purpose,
        "digest": stored.digest, "size": stored.size, "pages": paper.pages,
    }  # fmt: skip
    signed = [_reference(sign.entry) for sign in revision.signatures]
    if final and signed:
        body["signed"] = signed
    return New("Rendered", body)


def _reference(entry: str) -> str | Ref:
    """The hash of an entry, or the place of one that is appended in the same breath."""
    return Ref(int(entry.removeprefix("pending-"))) if entry.startswith("pending-") else entry


def paper_context(case: CaseFile, document: Document, content: str) -> PaperContext:
    """What is printed on a document besides its values."""
    office = case.office
    on = day(document.made_at)
    return PaperContext(
        bureau=bureau_name(office, on),
        authority_code=str(office.setting("bureau_code", on, "大金普发改")),
        number=document.issued.number if document.issued and document.issued.number != UNNUMBERED else None,
        date=day(document.issued.on).isoformat() if document.issued else None,
        opinions=opinions(document.current),
        document=document.id,
        revision=document.current.number,
        commitment=content,
        documents=printed_titles(case),
        pictures=pictures(document.declared, document.values),
        title=document.title if document.title != document.declared.title else "",
    )


def printed_titles(case: CaseFile) -> dict[str, str]:
    """The title and number by which each document of the case is called on paper."""
    return {
        d.id: f"《{d.title}》" + (d.issued.number if d.issued and d.issued.number != UNNUMBERED else "")
        for d in case.documents.values()
    }


def opinions(revision: Revision) -> list[Opinion]:
    """The approvers' opinions on a text, as printed."""
    return [
        Opinion(
            o.role, o.text, wording.OPINIONS.get(o.opinion, ""), o.name, day(o.at).isoformat(), o.acting_for
        )
        for o in revision.opinions
        if o.opinion in wording.OPINIONS
    ]


def mark_of(sign: Sign) -> Mark:
    """A signature as drawn on paper."""
    return marks.mark_of(sign, vault())
