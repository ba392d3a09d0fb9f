"""Declared facts: state what happened that no document of ours carries; corrections and sealing away."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts.dating import check_not_before
from liuhen.acts.documents import recorded_values
from liuhen.acts.engine import nothing, perform
from liuhen.acts.situation import Invalid, Situation, invalid
from liuhen.acts.soundness import unsound
from liuhen.casefile.entries import KINDS
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.casefile.moments import Moment, instant, parse
from liuhen.casefile.settle import BadEntry, corrected, put
from liuhen.casefile.state import CaseFile, Document
from liuhen.casefile.values import problems
from liuhen.compliance.answers import words
from liuhen.compliance.events import has, occurrences
from liuhen.compliance.reading import moment
from liuhen.compliance.steps import event_words
from liuhen.measures.releases import Release
from liuhen.measures.vocabulary import Document as Kind
from liuhen.measures.vocabulary import Fact
from liuhen.office.policy import Actor, NotPermitted
from liuhen.records.append import New, Receipt
from liuhen.records.numbers import taken


def state_fact(
    case: str,
    actor: Actor,
    fact: str,
    values: Mapping[str, Any],
    *,
    at: Moment | None = None,
    document: str = "",
    proofs: Sequence[str] = (),
) -> list[Receipt]:
    """State a declared fact with its fields and proof; ``at`` is when it happened. Raises Invalid, Stopped, NotPermitted."""

    def decide(here: Situation) -> list[New]:
        declared = here.case.release.facts.get(fact)
        if declared is None:
            raise invalid("fact", "没有这种事实")
        if not set(declared.stated_by) & actor.roles:
            raise NotPermitted(f"{actor.name}不能登记“{declared.label}”")
        if fact not in {one.code for one in here.case.release.stated(here.case.procedure)}:
            raise invalid(
                "fact",
                f"“{declared.label}”不是{here.case.release.procedures[here.case.procedure].title}里的事，本案不能登记",
            )
        _check_in_time(here, declared)
        recorded = recorded_values(declared, values)
        wrong = problems(declared.fields, recorded)
        wrong += unsound(declared, recorded, here.now)
        if declared.proof and not proofs:
            wrong += list(invalid("proofs", f"登记“{declared.label}”须附凭证").problems)
        if wrong:
            raise Invalid(wrong)
        if at is not None and instant(at) > here.now:
            raise invalid("at", "发生时间不能晚于现在")
        check_follows(here, declared, recorded, at)
        body: dict[str, Any] = {"fact": fact, "values": recorded}
        if document:
            here.document(document)
            body["document"] = document
        if proofs:
            body["proofs"] = list(proofs)
        return [New("Happened", body, at=at)]

    return perform("state_fact", case, actor, decide, heeds=nothing)


def _check_in_time(here: Situation, declared: Fact) -> None:
    """What can only happen before something else, as turning the procedure before the decision."""
    if declared.before and has(here.case, declared.before):
        raise invalid(
            "fact", f"{event_words(declared.before, here.case.release)}以后，不能登记“{declared.label}”"
        )


def check_follows(here: Situation, declared: Fact, values: Mapping[str, Any], at: Moment | None) -> None:
    """What can only happen after something else did not happen before it: completed before the supplement was asked for.
    Raises Invalid at the field that says when."""
    events = declared.after.split("|") if declared.after else []
    earlier = [(event, one) for event in events for one in occurrences(here.case, event)[:1]]
    said = {f.name: f.label for f in declared.fields if f.name in ("at", "on")}
    times = {name: moment(values, name) for name in said} or {"at": at}
    for event, one in sorted(earlier, key=lambda pair: instant(pair[1].at))[:1]:
        for name, time in times.items():
            if time is not None:
                message = f"“{said.get(name, '发生时间')}”早于{event_words(event, here.case.release)}（{words(one.at)}）"
                check_not_before(time, one.at, message, name)


def correct(
    case: str, actor: Actor, entry: str, path: str, value: Any, reason: str, *, proofs: Sequence[str] = ()
) -> list[Receipt]:
    """Correct one value of an earlier entry by a further one; both stay. ``path`` is a JSON pointer into the body, or
    ``/at``. It counts at once for findings and limits, for stops once the section head confirmed it.

    A field of an issued paper is corrected only by a served correction notice. Raises Invalid.
    """

    def decide(here: Situation) -> list[New]:
        found = here.entry(entry)
        if not reason.strip():
            raise invalid("reason", "填写更正的理由")
        _check_correction(here, entry, path)
        old = _old(found.body or {}, path) if path != "/at" else None
        _check_value(here, found, path, value)
        body: dict[str, Any] = {"entry": entry, "path": path, "value": value, "reason": reason.strip()}
        if old is not None:
            body["old"] = old
        if proofs:
            body["proofs"] = list(proofs)
        return [New("Corrected", body)]

    return perform("correct", case, actor, decide, heeds=nothing)


# What of an entry can be mistaken and put right. Who acted, which document, number, digest or post is not among it:
# that is mended by the act made for it.
CORRECTABLE: dict[str, tuple[str, ...]] = {
    "Filed": ("/at", "/values/"),
    "Happened": ("/at", "/values/"),
    "ServiceStep": (
        "/at", "/addressee", "/place", "/recipient", "/relation", "/carrier", "/tracking", "/reason", "/witness", "/servers",
    ),
    "Deposited": ("/what", "/from", "/to", "/device", "/by", "/late_reason", "/clock_offset"),
    "Tied": (
        "/document", "/duty", "/from", "/to", "/file/what", "/file/from", "/file/to", "/file/device", "/file/by",
        "/file/late_reason", "/file/clock_offset",
    ),
    "Signed": ("/witness", "/reason"),
    "Issued": ("/number", "/date"),
    "Handed": ("/to", "/purpose"),
}  # fmt: skip
REQUESTS = ("hearing_requested", "recusal_asked", "contested")


def correctable(entry: CaseEntry, path: str) -> bool:
    """Whether a value of an entry can be corrected; number and date of what this system issued are not typed by anyone."""
    if entry.kind == "Issued" and entry.origin == "made":
        return False
    return any(
        path == allowed or (allowed.endswith("/") and path.startswith(allowed))
        for allowed in CORRECTABLE.get(entry.kind, ())
    )


def _check_correction(here: Situation, entry: str, path: str) -> None:
    found = here.entry(entry)
    if found.body is None:
        raise invalid("entry", "这一条的内容已经销毁")
    if not correctable(found, path):
        raise invalid("path", "这一项不能更正；更正错了的，再作一次更正，其他的用相应的办理步骤改正")
    if path != "/at":
        try:
            put(copy.deepcopy(dict(found.body)), path, "")
        except BadEntry as error:
            raise invalid("path", str(error)) from error
    document = here.case.documents.get(str(found.body.get("document", "")))
    if found.kind == "Filed" and found.origin == "made" and document is not None:
        _check_paper(here, document, path)


def _check_paper(here: Situation, document: Document, path: str) -> None:
    """A paper of ours: before it is finished it is written anew; what others approved or were handed is not touched."""
    if document.issued is not None and document.declared.facing != "I":
        raise invalid("entry", f"《{document.title}》已经签发，只能制作文书补正（更正）决定书送达当事人")
    if document.rendition("final") is None and document.declared.layout != "received":
        raise invalid("entry", f"《{document.title}》还没有办完，请修改后重新定稿")
    bound = {name for kind in here.case.release.documents.values() for name in kind.equal}
    if document.current.opinions and path.split("/")[2:3] and path.split("/")[2] in bound:
        raise invalid("path", "审批人已经就这一项签署意见，不能更正；内容有变的，重新制作、重新报批")


def _check_value(here: Situation, entry: CaseEntry, path: str, value: Any) -> None:
    """Refuse a corrected value that its field could not have had, beside the others as they stand corrected."""
    if path == "/at":
        try:
            parse(str(value))
        except ValueError as error:
            raise invalid("value", "时间应写作 2026-03-05 或者 2026-03-05 09:30") from error
        return
    body = copy.deepcopy(dict(corrected(entry, here.case.corrections).body or {}))
    put(body, path, value)
    declared = declared_of(entry, here.case.release)
    if declared is None:
        _check_plain(entry, path, value)
        return
    field = path.split("/")[2]
    if any(one.name == field and one.system for one in declared.fields):
        raise invalid("path", "这一项由系统记下，不能更正")
    wrong = [p for p in problems(declared.fields, body["values"]) if not p.missing]
    # What else was mistaken is corrected by itself.
    wrong += [p for p in unsound(declared, body["values"], here.now) if p.field == field]
    if wrong:
        raise Invalid(wrong)


def declared_of(entry: CaseEntry, under: Release) -> Kind | Fact | None:
    """What declares the fields of an entry: the kind of its document, its fact; None for an entry without such fields."""
    body = entry.body or {}
    if entry.kind == "Filed":
        return under.documents[body["document_kind"]]
    return under.facts[body["fact"]] if entry.kind == "Happened" else None


def _check_plain(entry: CaseEntry, path: str, value: Any) -> None:
    old = _old(entry.body or {}, path)
    if old is not None and type(value) is not type(old):
        raise invalid("value", "更正后的内容与原内容不是同一类")
    if path == "/number" and taken(str(value)):
        raise invalid("value", f"{value}是本系统编的文号，或者已经用在别的文书上")
    if path.removeprefix("/file") in ("/from", "/to", "/date"):
        try:
            parse(str(value))
        except ValueError as error:
            raise invalid("value", "时间应写作 2026-03-05 09:30") from error


def _old(body: Mapping[str, Any], path: str) -> Any:
    node: Any = body
    for part in path.split("/")[1:]:
        if isinstance(node, list):
            node = node[int(part)] if part.isdigit() and int(part) < len(node) else None
        elif isinstance(node, Mapping):
            node = node.get(part.replace("~1", "/").replace("~0", "~"))
    return node


def not_voidable(case: CaseFile, entry: CaseEntry) -> str:
    """Why an entry cannot be sealed away; empty when it can. A recording that was brought in from the tray waits there again."""
    brought = entry.kind == "Tied" and "file" in (entry.body or {})
    if not brought and entry.kind not in ("Deposited", "Filed", "Happened", "ServiceStep"):
        return f"“{KINDS[entry.kind].title}”这一类条目不能封存；内容有错的，再记一条更正"
    body: Mapping[str, Any] = entry.body or {}
    document, recording = case.documents.get(str(body.get("document", ""))), case.recordings.get(entry.hash)
    if (recording is not None and recording.voided) or (
        entry.kind == "Filed" and document and document.voided
    ):
        return "这一条已经封存"
    if entry.kind == "Happened" and body.get("fact") in REQUESTS:
        return "当事人的申请不能封存，只能由当事人书面撤回"
    if entry.kind != "Filed" or document is None:
        return ""
    if document.issued is not None and document.current.origin == "made":
        return f"《{document.title}》已经签发，不能封存；有错的，制作文书补正（更正）决定书"
    return "" if document.current.filed == entry.hash else "这是已经被代替的旧稿，不必封存"


def void(case: str, actor: Actor, entry: str, reason: str) -> list[Receipt]:
    """Seal away an entry that must not be shown (a wrong attachment): its bytes stay, its digest stays, it is not shown."""

    def decide(here: Situation) -> list[New]:
        found = here.entry(entry)
        if not reason.strip():
            raise invalid("reason", "填写封存的理由")
        why = not_voidable(here.case, found)
        if why:
            raise invalid("entry", why)
        body: dict[str, Any] = {"entry": entry, "reason": reason.strip()}
        if found.kind == "Deposited" and found.body is not None:
            body["objects"] = [found.body["digest"]]
        return [New("Voided", body)]

    return perform("void", case, actor, decide, heeds=nothing)
