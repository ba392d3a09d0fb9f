"""``<kind>.<field>``, ``document.<kind>``, ``points.<kind>``, ``files.digest``: what papers and facts say already."""

from __future__ import annotations

import re
from dataclasses import replace

from liuhen.casefile.moments import instant
from liuhen.casefile.state import Document
from liuhen.compliance.comparing import money
from liuhen.compliance.execution import payable
from liuhen.compliance.owing import paid
from liuhen.compliance.reading import rows, someone, text_in
from liuhen.compliance.sources.ask import (
    Ask,
    Found,
    Source,
    from_document,
    given,
    latest_with,
    stated,
    usable,
)
from liuhen.compliance.sources.of_service import served_document
from liuhen.measures.vocabulary import Document as Kind

# A sheet on a matter speaks for the paper that carries out that matter, not for another one.
_TOPICS = {
    "case_transfer_letter": "案件移送",
    "hearing_notice": "指定听证主持人",
    "goods_disposal_record": "罚没物品处理",
}
# What may be taken from any earlier paper under the same name, when the declared sources say nothing.
_CARRIED = ("party", "facts", "basis", "penalties", "reasons", "nature", "place")
# A sheet on a matter goes by the law of that matter.
_APART = ("case_matter_approval", "case_withdrawal_approval")
# Only from the papers that carry the case itself; a notice or order on one act has its own basis and its own place.
_SPINE = (
    "summary_inspection_record",     "docket_approval", "investigation_report", "crime_transfer_report", "proposal_approval", "penalty_notice",
    "hearing_right_notice", "decision_approval", "penalty_decision", "no_penalty_decision",
    "summary_decision",
)  # fmt: skip
_NUMBERED = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]+[)）、.．]|[0-9]+\s)\s*")


def of_field(ask: Ask, kind: str, field: str) -> Found | None:
    """What the document of a kind that the form names, else the last one, or the last fact of a code, says."""
    under = ask.case.release
    if kind in under.facts and kind not in under.documents:
        return stated(ask, kind, field)
    if (kind, field) in DERIVED:
        return DERIVED[kind, field](ask)
    if kind == "case_matter_approval" and ask.kind.code in _TOPICS:
        return _on_topic(ask, field, _TOPICS[ask.kind.code])
    document = _named(ask, kind) or latest_with(ask, kind, field)
    return given(document.values.get(field), from_document(document, ask)) if document else None


def _named(ask: Ask, kind: str) -> Document | None:
    """The document of a kind to which another field of the form refers."""
    for field in ask.kind.fields:
        named = ask.known.get(field.name) if field.type == "document" else None
        document = ask.case.documents.get(named) if isinstance(named, str) else None
        if document is not None and document.kind == kind and not document.voided:
            return document
    return None


def _on_topic(ask: Ask, field: str, topic: str) -> Found | None:
    sheets = [d for d in ask.case.of("case_matter_approval") if d.values.get("topic") == topic]
    found = [d for d in sheets if usable(d.values.get(field))]
    return given(found[-1].values[field], from_document(found[-1], ask)) if found else None


def fine(ask: Ask) -> Found | None:
    """What the standing decision wants paid now and is not paid yet, in 分: fine or its next instalment, confiscated proceeds,
    extra fine."""
    decision = ask.case.decision
    if decision is None:
        return None
    got, left = sum(p.amount for p in paid(ask.case, decision)), payable(ask.case, decision, ask.ctx)
    where = from_document(decision, ask) + (f"；已缴{money(got)}" if got else "")
    return given(left, where) if left > 0 else None


def reference(ask: Ask, kind: str) -> Found | None:
    """``document.<kind>``: by its id the last document of the kind that no paper like this one has taken up yet, else
    the last. ``served`` is the one being served, ``corrected`` the last served one with a correction."""
    if kind == "served":
        document = served_document(ask)
    elif kind == "corrected":
        document = _corrected(ask)
    else:
        taken = {text_in(d.values, ask.field.name) for d in ask.case.of(ask.kind.code)}
        found = ask.case.of(kind)
        document = ([d for d in found if d.id not in taken] or found or [None])[-1]
    return Found(document.id, from_document(document, ask)) if document else None


DERIVED: dict[tuple[str, str], Source] = {("penalty_decision", "fine"): fine}


def _corrected(ask: Ask) -> Document | None:
    filed = {one.target for one in ask.case.corrections}
    served = [d for d in ask.case.documents.values() if d.served_at is not None and not d.voided]
    found = [d for d in served if any(r.filed in filed for r in d.revisions)]
    return max(found, key=lambda d: instant(d.made_at)) if found else None


def points(ask: Ask, kind: str) -> Found | None:
    """``points.<kind>``: a defence point by point, one row a paragraph; of the paper that the form names, if it does."""
    named = ask.known.get("defence")
    documents = [d for d in ask.case.of(kind) if not named or d.id == named]
    found = [d for d in documents if usable(d.values.get("statement"))]
    if not found:
        return None
    lines = str(found[-1].values["statement"]).splitlines()
    said = [point for line in lines if (point := _NUMBERED.sub("", line).strip())]
    return given([{"point": point} for point in said], from_document(found[-1], ask))


def digest(ask: Ask, name: str) -> Found | None:
    """``files.digest``: the digest of the file that the form holds."""
    files = [row for row in rows(ask.known.get("files")) if row.get(name)]
    return Found(files[0][name], "所附文件") if files else None


def approved(ask: Ask) -> Found | None:
    """A field that must equal the approved paper takes its value from there, whatever its declared source."""
    kind = ask.kind
    if not isinstance(kind, Kind) or ask.field.name not in kind.equal or kind.approved_by in ("", "own"):
        return None
    found = of_field(ask, kind.approved_by, ask.field.name)
    return replace(found, source=f"{kind.approved_by}.{ask.field.name}") if found else None


def carried(ask: Ask) -> Found | None:
    """The last resort of a declared source: the same field of the latest earlier paper that carries the case.

    Reasons and places are carried only under the same label: why a case was docketed is not why a penalty is given.
    """
    name = ask.field.name
    if name not in _CARRIED or not ask.field.source or ask.kind.code in _APART:
        return None
    found = [d for d in ask.case.of(*_SPINE) if _carries(d, name, ask.field.label)]
    if not found:
        return None
    return Found(found[-1].values[name], from_document(found[-1], ask), f"{found[-1].kind}.{name}")


def _carries(document: Document, name: str, label: str) -> bool:
    if not usable(document.values.get(name)):
        return False
    if name not in ("reasons", "place"):
        return True
    return any(f.name == name and f.label == label for f in document.declared.fields)


def nth(ask: Ask) -> Found | None:
    """How many times now: one more than the papers of this kind, of the same person where the kind names one."""
    if ask.field.name != "nth":
        return None
    earlier = ask.case.of(ask.kind.code)
    if any(field.name == "interviewee" for field in ask.kind.fields):
        asked = someone(ask.known.get("interviewee"))
        if asked is None:
            return None
        named = [(d, someone(d.values.get("interviewee"))) for d in earlier]
        earlier = [d for d, one in named if one is not None and one.name == asked.name]
    where = from_document(earlier[-1], ask) if earlier else "本案第一次"
    return Found(len(earlier) + 1, where, f"document.{ask.kind.code}")
