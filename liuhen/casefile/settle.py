"""``settle``: from a case's entries to its facts, with corrections applied (design, The idea, no. 3).

The order of recording does not matter to what is returned: whatever is compared later is compared by when it happened.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from liuhen.casefile.entries import Entry, check_known
from liuhen.casefile.moments import Moment, before, instant, parse, write
from liuhen.casefile.office import Office
from liuhen.casefile.state import (
    Assignment,
    CaseFile,
    Correction,
    Document,
    Fact,
    Issue,
    Opinion,
    Recording,
    Rendition,
    Revision,
    ServiceStep,
    Sign,
    Unconfirmed,
)
from liuhen.measures.archive_facts import ARCHIVES

_OF_THE_FILE = frozenset(
    [
        "Assigned",
        "Filed",
        "Decided",
        "Rendered",
        "Signed",
        "Issued",
        "ServiceStep",
        "Deposited",
        "Tied",
        "Happened",
        "Corrected",
        "Voided",
    ]
)
_OF_THE_ARCHIVE = frozenset(fact.code for fact in ARCHIVES)
CONFIRMERS = ("section_head", "bureau_leader", "principal_leader")


class BadEntry(ValueError):
    """An entry that refers to something the case does not have."""


def settle(
    entries: Iterable[Entry],
    office: Office,
    known_at: datetime | None = None,
    *,
    confirmed_only: bool = False,
    closed_world: bool = True,
    absent: frozenset[str] = frozenset(),
    earlier: tuple[CaseFile, ...] = (),
) -> CaseFile:
    """Return the case as known at ``known_at`` (default: now); ``earlier`` are the cases that it came from, settled.

    ``confirmed_only`` leaves out backfills and corrections that no section head has confirmed: what a stop may rest on.
    Raises UnknownEntry on an entry of a kind or version that is not known.
    """
    known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    for entry in known:
        check_known(entry)
    case = CaseFile(id=known[0].stream.removeprefix("case/") if known else "", office=office)
    case.closed_world, case.absent, case.earlier = closed_world, absent, earlier
    confirmed = _confirmed(known, office)
    case.corrections = _corrections(known, confirmed)
    case.unconfirmed = _unconfirmed(known, confirmed, case.corrections)
    voided = _voided(known, confirmed)
    for entry in known:
        case.head = max(case.head, entry.position)
        case.kinds[entry.hash] = entry.kind
        if entry.body is None:
            case.disposed = True
            continue
        if confirmed_only and _waits(entry, confirmed):
            continue
        _apply(case, corrected(entry, case.corrections, confirmed_only=confirmed_only), voided)
    _join(case)
    for document in case.documents.values():
        for revision in document.revisions:
            revision.confirmed = revision.origin == "made" or revision.filed in confirmed
    case.unpackaged = _unpackaged(case, known)
    _sort(case)
    _turn(case)
    return case


def waiting(entries: Sequence[Entry], office: Office) -> list[Unconfirmed]:
    """What of a case waits for a confirmation, without settling the rest of it."""
    confirmed = _confirmed(entries, office)
    return _unconfirmed(entries, confirmed, _corrections(entries, confirmed))


def _unconfirmed(
    entries: Sequence[Entry], confirmed: set[str], corrections: list[Correction]
) -> list[Unconfirmed]:
    outdone = _outdone(corrections)
    found = [e for e in entries if _waits(e, confirmed) and e.hash not in outdone]
    papers = {
        e.hash: (e.body["document"], e.actor) for e in found if e.kind == "Filed" and e.body is not None
    }
    return [
        Unconfirmed(e.hash, e.kind, e.actor, e.at, e.recorded_at, _recorded_for(e, papers)) for e in found
    ]


def _recorded_for(entry: Entry, papers: dict[str, tuple[str, str]]) -> str:
    """The text, waiting too, for which its author also recorded this signature, opinion, issue or step of service."""
    if entry.kind not in ("Signed", "Decided", "Issued", "ServiceStep") or entry.body is None:
        return ""
    named = (entry.body.get("document"), entry.actor)
    return next((p for p, of in papers.items() if of == named or p == entry.body.get("entry")), "")


def _waits(entry: Entry, confirmed: set[str]) -> bool:
    """A backfill or correction that waits for confirmation (design, Unconfirmed)."""
    needs = entry.origin == "backfilled" or entry.kind in ("Corrected", "Voided")
    return needs and entry.hash not in confirmed and entry.kind not in ("Opened", "Assigned", "Rendered")


def _confirmed(entries: Sequence[Entry], office: Office) -> set[str]:
    """The entries that someone else confirmed here, in a post that the office register knows them to hold."""
    authors = {e.hash: e.actor for e in entries}
    return {
        e.body["entry"]
        for e in entries
        if e.kind == "Decided"
        and e.origin == "made"
        and e.body is not None
        and e.body["opinion"] == "confirm"
        and e.body["role"] in CONFIRMERS
        and authors.get(e.body["entry"]) != e.actor
        and (not office.people or e.body["role"] in office.roles(e.actor, e.recorded_at))
    }


def _voided(entries: list[Entry], confirmed: set[str]) -> dict[str, str]:
    """What is sealed away and why. A wrong file is hidden at once; a fact or paper only once that is confirmed."""
    files = {
        e.hash for e in entries if e.kind == "Deposited" or (e.kind == "Tied" and e.body and "file" in e.body)
    }
    return {
        e.body["entry"]: e.body["reason"]
        for e in entries
        if e.kind == "Voided" and e.body is not None and (e.hash in confirmed or e.body["entry"] in files)
    }


def _corrections(entries: Sequence[Entry], confirmed: set[str]) -> list[Correction]:
    happened = {e.hash: e.at for e in entries}
    return [
        Correction(
            e.hash,
            e.body["entry"],
            e.body["path"],
            e.body["value"],
            _written(happened.get(e.body["entry"])) if e.body["path"] == "/at" else e.body.get("old", ""),
            e.body["reason"],
            e.recorded_at,
            e.actor,
            e.hash in confirmed,
        )
        for e in entries
        if e.kind == "Corrected" and e.body is not None
    ]


def _written(moment: Moment | None) -> str:
    return write(moment) if moment is not None else ""


def _outdone(corrections: list[Correction]) -> set[str]:
    """The corrections that a later one of the same value took the place of: nobody is to confirm what is not so."""
    last = {(c.target, c.path): c.entry for c in corrections}
    return {c.entry for c in corrections if last[c.target, c.path] != c.entry}


def corrected(entry: Entry, corrections: Iterable[Correction], *, confirmed_only: bool = False) -> Entry:
    """The entry with the corrections of it applied, the later over the earlier."""
    ours = [c for c in corrections if c.target == entry.hash and (c.confirmed or not confirmed_only)]
    if not ours or entry.body is None:
        return entry
    body: dict[str, Any] = copy.deepcopy(dict(entry.body))
    at = entry.at
    for correction in ours:
        if correction.path == "/at":
            at = parse(correction.value)
        else:
            put(body, correction.path, correction.value)
    return replace(entry, body=body, at=at)


def put(body: dict[str, Any], path: str, value: Any) -> None:
    """Set the value at a JSON pointer; raises BadEntry when the way there does not exist."""
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
    try:
        node: Any = body
        for part in way:
            node = node[_key(node, part)]
        node[_key(node, last)] = value
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise BadEntry(f"更正所指的位置不存在：{path}") from error


def _key(node: object, part: str) -> int | str:
    return int(part) if isinstance(node, list) else part


def _apply(case: CaseFile, entry: Entry, voided: Mapping[str, str]) -> None:
    fold = _FOLD.get(entry.kind)
    if fold is None or entry.body is None:
        return
    if entry.hash in voided and entry.kind not in ("Filed", "Deposited"):
        return
    fold(case, entry, entry.body)
    if entry.kind == "Filed" and entry.hash in voided:
        case.documents[entry.body["document"]].voided = voided[entry.hash]
    if entry.kind == "Deposited" and entry.hash in voided:
        case.recordings[entry.hash].voided = voided[entry.hash]
    if entry.origin == "backfilled" and entry.kind in ("Filed", "ServiceStep", "Happened", "Deposited"):
        case.late.append((entry.hash, entry.kind, entry.at, entry.recorded_at))


def _document(case: CaseFile, entry: Entry) -> Document | None:
    assert entry.body is not None
    return case.documents.get(entry.body.get("document", ""))


def _opened(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    case.case_no, case.procedure = body["case_no"], body["procedure"]
    case.section, case.title = body["section"], body["title"]
    case.measures, case.demo, case.opened_at = entry.measures, body.get("demo", False), entry.at
    case.origin = body.get("origin", {})


def _assigned(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    case.assignments.append(
        Assignment(body["person"], body["part"], body["action"] == "take", entry.at, body.get("reason", ""))
    )


def _filed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    document = case.documents.setdefault(
        body["document"], Document(body["document"], body["document_kind"], case.measures)
    )
    document.revisions.append(
        Revision(
            number=body["revision"],
            filed=entry.hash,
            values=body["values"],
            at=entry.at,
            recorded_at=entry.recorded_at,
            actor=entry.actor,
            origin=entry.origin,
            confirmed=entry.origin == "made",
            commitment=entry.commitment,
            title=body["title"],
            sources=body.get("sources", {}),
            backfill=body.get("backfill", {}),
        )
    )
    document.revisions.sort(key=lambda r: r.number)


def _decided(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    opinion = Opinion(
        entry.hash,
        body["entry"],
        body["role"],
        body["opinion"],
        body["text"],
        body.get("choice", ""),
        entry.at,
        entry.actor,
        case.office.name(entry.actor),
        body.get("acting_for", {}).get("name", ""),
    )
    named = [r for d in case.documents.values() for r in d.revisions if r.filed == body["entry"]]
    for revision in named:
        revision.opinions.append(opinion)
    if not named:
        case.opinions.append(opinion)


def _revision(case: CaseFile, entry: Entry) -> Revision | None:
    assert entry.body is not None
    document = _document(case, entry)
    if document is None:
        return None
    for revision in document.revisions:
        if revision.number == entry.body["revision"]:
            return revision
    return None


def _rendered(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    revision = _revision(case, entry)
    if revision is not None:
        revision.renditions.append(
            Rendition(entry.hash, body["purpose"], body["digest"], body["pages"], entry.at)
        )


def _signed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    revision = _revision(case, entry)
    if revision is not None:
        revision.signatures.append(
            Sign(
                entry.hash,
                body["role"],
                body["name"],
                body.get("person", ""),
                body["means"],
                body["pages"],
                entry.at,
                body.get("reason", ""),
                body.get("witness", ""),
                body.get("rendition", ""),
                body,
            )
        )


def _issued(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    document = _document(case, entry)
    if document is None:
        return
    issue = Issue(entry.hash, body["number"], parse(body["date"]), body["sealed"], body["authority"])
    first = document.issued
    if first is None or (instant(issue.on), issue.entry) < (instant(first.on), first.entry):
        document.issued = issue


def _service(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    document = _document(case, entry)
    if document is not None:
        document.service.append(
            ServiceStep(
                entry.hash, body["method"], body["what"], entry.at, body["addressee"], body, case.measures
            )
        )


def _deposited(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    case.recordings[entry.hash] = recording(body, entry.hash, entry.hash, entry.at)


def recording(body: Mapping[str, Any], entry: str, deposited: str, at: Moment) -> Recording:
    """A file as it was deposited at a moment by ``deposited`` and brought into its case by ``entry``."""
    return Recording(
        entry=entry,
        deposited=deposited,
        digest=body["digest"],
        name=body["name"],
        size=body["size"],
        media_type=body["media_type"],
        what=body["what"],
        place=body["place"],
        recorded=body.get("recorded", False),
        starts=parse(body["from"]) if "from" in body else None,
        ends=parse(body["to"]) if "to" in body else None,
        deposited_at=at,
        device=body.get("device", ""),
        by=body.get("by", ""),
        body=body,
    )


def _tied(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    found = case.recordings.get(body["deposited"]) or _brought(case, body["deposited"])
    if found is None and "file" in body:
        file = {**body["file"], "digest": body["digest"]}
        found = recording(file, entry.hash, body["deposited"], parse(file["deposited_at"]))
        case.recordings[entry.hash] = found
    if found is not None:
        found.document, found.duty = body.get("document", ""), body.get("duty", "")


def _brought(case: CaseFile, deposited: str) -> Recording | None:
    """The file of an office ``Deposited`` that was tied to this case before."""
    return next((r for r in case.recordings.values() if r.deposited == deposited), None)


def _join(case: CaseFile) -> None:
    """A file that was registered on the dedicated device and then followed into the vault is one: it was lawfully kept since
    the first of the two, and lies in the vault (A31; domain §12 no. 32)."""
    standing = [r for r in case.recordings.values() if not r.voided]
    vaulted = {r.digest: r for r in standing if r.place == "vault"}
    for first in standing:
        then = vaulted.get(first.digest)
        if first.place != "device" or then is None:
            continue
        case.recordings[first.entry] = replace(
            first,
            place="vault",
            media_type=then.media_type,
            deposited_at=min(first.deposited_at, then.deposited_at, key=instant),
            starts=first.starts or then.starts,
            ends=first.ends or then.ends,
            document=first.document or then.document,
            duty=first.duty or then.duty,
        )
        case.joined[then.entry] = first.entry
    for entry in case.joined:
        case.recordings.pop(entry, None)


def _happened(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    case.facts.append(
        Fact(
            entry.hash,
            body["fact"],
            body["values"],
            entry.at,
            body.get("document", ""),
            entry.actor,
            tuple(body.get("proofs", ())),
        )
    )


def _marked(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    if body["set"]:
        case.marks[body["mark"]] = body["reason"]
    else:
        case.marks.pop(body["mark"], None)


def _supervised(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    case.explained[(body["finding"], body.get("subject", ""))] = body["text"]


def _handed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    case.handed.append(body)
    if body.get("batch"):
        case.moved_at, case.moved = entry.at, body


def _closed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    if case.closed_at is None:
        case.closed_at, case.outcome = entry.at, body["outcome"]


def _archived(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    if case.archived_at is None:
        case.archived_at, case.archived = entry.at, body
    case.packages.append(body)


def _unpackaged(case: CaseFile, entries: list[Entry]) -> list[str]:
    """What came after the last package and belongs into the file: papers, files, facts, corrections. Not what is told of the
    file as an archive: who keeps, borrows, appraises it, who got a copy."""
    cut = max((int(body["cut_at"]) for body in case.packages), default=0)
    late = [e for e in entries if cut and e.position > cut and e.kind in _OF_THE_FILE and e.body is not None]
    about = {e.hash for e in late if e.kind == "Happened" and e.body and e.body["fact"] in _OF_THE_ARCHIVE}
    return [e.hash for e in late if e.hash not in about and (e.body or {}).get("entry") not in about]


def _disposed(case: CaseFile, entry: Entry, body: Mapping[str, Any]) -> None:
    """What a destroyed case is still called by: the number, section and procedure that the destruction list keeps."""
    case.case_no = case.case_no or body.get("case_no", "")
    case.section = case.section or body.get("section", "")
    case.procedure = case.procedure or body.get("procedure", "")
    case.measures = case.measures or entry.measures
    case.destroyed_at, case.destroyed = entry.at, body


_FOLD: dict[str, Callable[[CaseFile, Entry, Mapping[str, Any]], None]] = {
    "Opened": _opened,
    "Assigned": _assigned,
    "Filed": _filed,
    "Decided": _decided,
    "Rendered": _rendered,
    "Signed": _signed,
    "Issued": _issued,
    "ServiceStep": _service,
    "Deposited": _deposited,
    "Tied": _tied,
    "Happened": _happened,
    "Marked": _marked,
    "Supervised": _supervised,
    "Handed": _handed,
    "Closed": _closed,
    "Archived": _archived,
    "Disposed": _disposed,
}


def _turn(case: CaseFile) -> None:
    """The procedure that the facts turned the case into: 简易程序转为普通程序. What was decided is turned no more (罚 51)."""
    for fact in case.facts:
        declared = case.release.facts.get(fact.code)
        if declared is None or not declared.turns or case.procedure != declared.turns[0]:
            continue
        kind = declared.before.removeprefix("issued:")
        if not any(d.issued and before(d.issued.on, fact.at) for d in case.of(kind)):
            case.procedure = declared.turns[1]


def _sort(case: CaseFile) -> None:
    """Put what may arrive in any order into the order of happening."""
    case.facts.sort(key=lambda f: (instant(f.at), f.code))
    case.assignments.sort(key=lambda a: instant(a.at))
    for document in case.documents.values():
        document.service.sort(key=lambda s: (instant(s.at), s.method, s.what))
        for revision in document.revisions:
            revision.opinions.sort(key=lambda o: instant(o.at))
            revision.signatures.sort(key=lambda s: instant(s.at))
