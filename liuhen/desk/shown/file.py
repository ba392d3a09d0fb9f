"""卷宗: the documents of a case in file order, with what is still missing and what was received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from liuhen.archives.catalogue import PARTS, ordered
from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import APPROVER_ROLES, CaseFile, Document, Recording
from liuhen.compliance.answers import NextStep
from liuhen.compliance.parties import unserved
from liuhen.compliance.rounds import struck
from liuhen.compliance.steps import ready_to_issue, signable, unsigned_roles
from liuhen.desk import links, words
from liuhen.desk.drafting import title_of
from liuhen.desk.shown.secrets import guarded
from liuhen.measures.vocabulary import ROLE_NAMES
from liuhen.records.models import Draft
from liuhen.records.reveal import View

UNNUMBERED = "无"


@dataclass(frozen=True)
class Row:
    """One line of the file: ``state`` is the mark's colour, ``status`` its word, ``icon`` its drawing."""

    title: str
    href: str
    number: str
    date: Moment | None
    pages: int
    status: str
    icon: str
    state: str = ""
    note: str = ""
    secret: bool = False
    missing: bool = False
    seq: int = 0


@dataclass
class Part:
    """正卷 or 副卷."""

    title: str
    rows: list[Row] = field(default_factory=list[Row])


def parts(view: View, drafts: Sequence[Draft]) -> list[Part]:
    """The file in two parts, numbered through; drafts and missing papers stand in their places."""
    placed = [(d.declared.part, d.declared.order, _document(view, d, drafts)) for d in ordered(view.case)]
    placed += [(*_place(view, row_kind), row) for row_kind, row in _pending(view, drafts)]
    found: list[Part] = []
    seq = 0
    for code, title in PARTS.items():
        rows = [row for part, _, row in sorted(placed, key=lambda p: p[1]) if part == code]
        numbered = [replace(row, seq=seq + n) for n, row in enumerate(rows, 1)]
        seq += len(rows)
        if numbered:
            found.append(Part(title, numbered))
    return found


def _place(view: View, kind: str) -> tuple[str, int]:
    declared = view.case.release.documents[kind]
    return declared.part, declared.order


def _pending(view: View, drafts: Sequence[Draft]) -> Iterator[tuple[str, Row]]:
    """Drafts of new papers, and papers that the procedure wants and that nobody began."""
    fresh = [d for d in drafts if d.document not in view.case.documents and not view.past]
    for draft in fresh:
        href = links.path("document", draft.document)
        yield draft.kind, Row(title_of(draft), href, "", draft.updated_at, 0, "草稿", "pen", "st-now")
    begun = {d.kind for d in fresh}
    for step in view.judgement.steps:
        verb, _, kind = step.does.partition(":")
        if verb == "file" and kind not in begun and not step.optional:
            yield kind, _missing(step, view.case.called(kind))


def _missing(step: NextStep, title: str) -> Row:
    status, icon = ("暂不能办理", "lock") if step.locked else ("等待制作", "wait")
    return Row(title, "", "", None, 0, status, icon, "st-off", step.locked, missing=True)


def _document(view: View, document: Document, drafts: Sequence[Draft]) -> Row:
    case, issued = view.case, document.issued
    rendition = document.rendition("final") or document.rendition("for_signature")
    status, icon, state = status_of(case, document, {d.document for d in drafts} if not view.past else set())
    return Row(
        title=document.title,
        href=links.path("read_document", case.id, document.id),
        number=issued.number if issued and issued.number != UNNUMBERED else "",
        date=document.made_at,
        pages=rendition.pages if rendition else 0,
        status=status,
        icon=icon,
        state=state,
        note="，".join(_notes(case, document)),
        secret=document.declared.secret,
    )


def _notes(case: CaseFile, document: Document) -> Iterator[str]:
    if document.current.number > 1:
        yield f"第 {document.current.number} 稿"
    if document.current.origin == "backfilled":
        yield "补录" if document.current.confirmed else "补录，待确认"
    if document.service:
        yield f"附送达回证，{words.on(document.served_at)}送达" if document.served_at else "附送达回证"
    films = [r for r in case.recordings.values() if r.document == document.id and not r.voided]
    if films:
        recorded = sum(1 for r in films if r.recorded)
        yield "，".join(
            text for text in (
                f"音像 {recorded} 段" if recorded else "", f"附件 {len(films) - recorded} 份" if len(films) > recorded else "",
            ) if text
        )  # fmt: skip
    if any(c.target == document.current.filed for c in case.corrections):
        yield "有更正"


def status_of(case: CaseFile, document: Document, revising: set[str]) -> tuple[str, str, str]:
    """The word, icon and colour for how far a document has come."""
    kind = document.declared
    if document.id in revising:
        return "修改中", "pen", "st-now"
    if document.returned is not None:
        return ("已退回" if document.returned.opinion == "return" else "不同意"), "back", "st-flag"
    unsigned = unsigned_roles(document)
    if unsigned and document.current.origin == "made" and signable(document):
        return "待签名", "pen", "st-now"
    if document.next_approver:
        return f"待{ROLE_NAMES[APPROVER_ROLES[document.next_approver]]}审批", "wait", "st-now"
    if ready_to_issue(case, document):
        return "待签发", "stamp", "st-now"
    if kind.served and document.issued and unserved(case, document):
        return "待送达", "send", "st-now"
    if struck(case, document) is not None:
        return "已被撤销", "back", "st-off"
    return _finished(document), "ok", ""


def _finished(document: Document) -> str:
    kind = document.declared
    if document.served_at is not None:
        return "已送达"
    if kind.layout == "received":
        return "已收"
    if document.issued is not None and kind.facing != "I":
        return "已签发"
    if kind.approvals:
        return "已批准"
    return "已签名" if document.current.signatures else "已定稿"


@dataclass(frozen=True)
class Material:
    """A file that was received and deposited, and is no recording."""

    name: str
    what: str
    href: str
    size: int
    deposited: Moment
    document: str
    digest: str


def materials(case: CaseFile) -> list[Material]:
    """The deposited papers, scans and photographs that are no recordings."""
    closed = guarded(case)
    found = [r for r in case.recordings.values() if not r.recorded and not r.voided]
    found.sort(key=lambda r: (day(r.deposited_at), r.name))
    return [_material(case, r, r.digest in closed) for r in found]


def _material(case: CaseFile, recording: Recording, closed: bool) -> Material:
    about = case.documents.get(recording.document)
    there = recording.place == "vault" and not closed
    href = links.path("media_file", case.id, recording.digest) if there else ""
    title = about.title if about else ""
    return Material(
        recording.name, recording.what, href, recording.size, recording.deposited_at, title, recording.digest
    )
