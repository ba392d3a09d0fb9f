"""Backfilling 补录: a paper fact with its true date, never refused for what it shows, never a way round a stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts import sketches
from liuhen.acts.cases import new_id
from liuhen.acts.documents import recorded_values, require_filled
from liuhen.acts.engine import nothing, perform
from liuhen.acts.facts import check_follows
from liuhen.acts.situation import Invalid, Situation, invalid
from liuhen.acts.storage import vault
from liuhen.casefile.moments import Moment, before, instant, parse
from liuhen.casefile.state import UNNUMBERED
from liuhen.casefile.values import Problem, problems
from liuhen.compliance.events import occurrences
from liuhen.compliance.steps import event_words
from liuhen.compliance.things import identified
from liuhen.measures.vocabulary import Document as Kind
from liuhen.measures.vocabulary import Fact
from liuhen.office.policy import Actor
from liuhen.records.append import New, Receipt, Ref
from liuhen.records.models import Entry
from liuhen.records.numbers import Number, find, open_of, taken
from liuhen.records.read import stream


def stopped_before(case: str) -> bool:
    """Whether an act of this case was stopped before; a later backfill says so."""
    if not Entry.objects.filter(stream="access", kind="Refused").exists():
        return False
    refusals = [e for e in stream("access") if e.kind == "Refused" and e.body is not None]
    return any(e.body["case"] == case and e.body["codes"] != ["permission"] for e in refusals if e.body)


def _about(here: Situation, scan: str, reason: str) -> dict[str, Any]:
    wanting = lacking(scan, reason)
    if wanting:
        raise Invalid(wanting)
    return {"reason": reason.strip(), "scan": scan, "stopped_before": stopped_before(here.case.id)}


def lacking(scan: str, reason: str) -> list[Problem]:
    """What a backfill lacks besides the paper's own values: its scan in the vault, why it is backfilled."""
    there = scan and vault().exists(scan)
    found = [] if there else [Problem("scan", "扫描件", "补录须附纸质原件的扫描件或者原文件", True)]
    return found if reason.strip() else [*found, Problem("reason", "理由", "填写补录的理由", True)]


def _past(here: Situation, at: Moment) -> None:
    if instant(at) > here.now:
        raise invalid("at", "补录的时间不能晚于现在")


def backfill_document(
    case: str,
    actor: Actor,
    kind: str,
    values: Mapping[str, Any],
    *,
    at: Moment,
    scan: str,
    reason: str,
    number: str = "",
    issued_on: Moment | None = None,
    signed: Sequence[Mapping[str, Any]] = (),
    decided: Sequence[Mapping[str, Any]] = (),
    title: str = "",
) -> tuple[str, list[Receipt]]:
    """Record a paper document with its true date, signatures (role, name, refused?), opinions (role, name, at, text) and
    number. ``scan`` is the digest of the scan in the vault. Required fields may hold 纸上未载.

    Refused for papers that this system numbered. Returns the document id and receipts. Raises Invalid, NotPermitted.
    """
    document = new_id()

    def decide(here: Situation) -> list[New]:
        require_filled(kind, here.case)
        declared = here.case.release.documents[kind]
        _past(here, at)
        about = _about(here, scan, reason)
        blank = _blank(declared, number)
        if number and blank is None and taken(number):
            raise invalid("number", f"{number}是本系统编的文号，或者已经用在别的文书上，不能补录")
        recorded = recorded_values(declared, values)
        wrong = [p for p in problems(declared.fields, recorded) if not p.missing]
        if wrong:
            raise Invalid(wrong)
        sketches.keep(declared, recorded)
        recorded = identified(here.case, kind, document, sketches.by_digest(declared, recorded))
        body: dict[str, Any] = {
            "document": document, "revision": 1, "document_kind": kind, "title": title or declared.title,
            "values": recorded, "backfill": about,
        }  # fmt: skip
        if number:
            body["number"] = number
        news = [New("Filed", body, at=at, origin="backfilled")]
        news += [_signature(document, sign, at, scan) for sign in signed]
        news += [_opinion(opinion, at) for opinion in decided]
        if number or issued_on:
            issue = {
                "document": document, "revision": 1, "number": number or UNNUMBERED,
                "date": (issued_on or at).isoformat()[:10], "sealed": declared.sealed,
                "authority": str(here.office.setting("bureau_name", here.now.date(), "大连金普新区发展和改革局")),
            }  # fmt: skip
            issue |= {"reservation": blank.entry} if blank else {}
            news.append(New("Issued", issue, at=issued_on or at, origin="backfilled"))
        return news

    return document, perform("backfill", case, actor, decide, heeds=nothing)


def _blank(kind: Kind, number: str) -> Number | None:
    """The numbered blank that was filled in by hand on the spot; None when the number is of another kind or not free."""
    found = find(number) if number and kind.blanks else None
    return found if found is not None and found.blank and open_of([found]) else None


def _signature(document: str, sign: Mapping[str, Any], at: Moment, scan: str) -> New:
    refused = str(sign.get("refused", ""))
    body: dict[str, Any] = {
        "document": document, "revision": 1, "role": sign["role"], "name": sign["name"],
        "means": "refused" if refused else "paper", "pages": str(sign.get("pages", "last")), "scan": scan,
    }  # fmt: skip
    body |= {
        k: str(v)
        for k, v in {"reason": refused, "witness": sign.get("witness"), "person": sign.get("person")}.items()
        if v
    }
    when = sign.get("at")
    return New("Signed", body, at=parse(str(when)) if when else at, origin="backfilled")


def _opinion(opinion: Mapping[str, Any], at: Moment) -> New:
    body: dict[str, Any] = {
        "entry": Ref(0), "role": opinion["role"], "opinion": opinion.get("opinion", "agree"),
        "text": opinion.get("text") or "同意。",
    }  # fmt: skip
    if opinion.get("choice"):
        body["choice"] = opinion["choice"]
    when = opinion.get("at")
    return New("Decided", body, at=parse(str(when)) if when else at, origin="backfilled")


def _own_paper(here: Situation, kind: str, body: Mapping[str, Any]) -> None:
    """Opinions, signatures and numbers of papers made here are given here; only old paper brings its own."""
    if kind == "Issued" and taken(str(body.get("number", ""))):
        raise invalid("number", f"{body.get('number')}是本系统编的文号，或者已经用在别的文书上，不能补录")
    if kind not in ("Issued", "Decided", "Signed"):
        return
    named = [
        d for d in here.case.documents.values()
        if d.id == body.get("document") or any(r.filed == body.get("entry") for r in d.revisions)
    ]  # fmt: skip
    if not named or any(d.current.origin == "made" for d in named):
        raise invalid("document", "本系统制作的文书，意见、签名和签发都在系统里办理，不能补录")


def _may_have_happened(here: Situation, declared: Fact, at: Moment) -> None:
    """What has no place in this procedure, or not after what it had to precede, happened at no time. Who may state it is not
    asked: its paper tells who did, and a section head confirms that."""
    if declared.code not in {fact.code for fact in here.case.release.stated(here.case.procedure)}:
        title = here.case.release.procedures[here.case.procedure].title
        raise invalid("fact", f"“{declared.label}”不是{title}里的事，本案不能补录")
    earlier = occurrences(here.case, declared.before) if declared.before else []
    if any(before(one.at, at) is True for one in earlier):
        raise invalid("at", f"{event_words(declared.before)}以后，不会再有“{declared.label}”")
    check_follows(here, declared, {}, at)


def backfill_entry(
    case: str, actor: Actor, kind: str, body: Mapping[str, Any], *, at: Moment, scan: str, reason: str
) -> list[Receipt]:
    """Backfill a ``ServiceStep``, ``Happened``, ``Issued``, ``Signed`` or ``Decided`` with its true moment. Raises Invalid."""
    if kind not in ("ServiceStep", "Happened", "Issued", "Signed", "Decided", "Deposited", "Tied"):
        raise invalid("kind", "这一类不能补录")

    def decide(here: Situation) -> list[New]:
        _past(here, at)
        _own_paper(here, kind, body)
        whole = {**body, "backfill": _about(here, scan, reason)}
        if kind == "Happened":
            declared = here.case.release.facts.get(str(body.get("fact")))
            if declared is None:
                raise invalid("fact", "没有这种事实")
            _may_have_happened(here, declared, at)
            whole["values"] = recorded_values(declared, body["values"])
            wrong = [p for p in problems(declared.fields, whole["values"]) if not p.missing]
            if wrong:
                raise Invalid(wrong)
        return [New(kind, whole, at=at, origin="backfilled")]

    return perform("backfill", case, actor, decide, heeds=nothing)
