"""Lists that rows are made for: evidence, papers of the file, things and where they are (domain §2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from liuhen.casefile.moments import instant
from liuhen.casefile.quantities import recorded
from liuhen.casefile.state import Document, Recording
from liuhen.compliance.answers import words
from liuhen.compliance.reading import act_moment, rows, text_in
from liuhen.compliance.sources.ask import Ask, Found, Source, from_document, given, usable
from liuhen.compliance.things import Item
from liuhen.compliance.things import items as items_of

Rows = list[dict[str, Any]]
_ON_SITE = "勘验笔录、现场笔录"
_EXHIBITS: dict[str, str] = {
    "identity_evidence": "书证",
    "site_inspection_record": _ON_SITE,
    "seizure_site_record": _ON_SITE,
    "refusal_record": _ON_SITE,
    "cure_check_record": _ON_SITE,
    "interview_record": "证人证言",
    "evidence_register_list": "书证",
    "evidence_copy_sheet": "书证",
    "sampling_notice": "物证",
    "hold_notice": "物证",
    "appraisal_opinion": "鉴定意见",
}
_OWN_WORDS = ("当事人", "法定代表人")


def _exhibit(document: Document) -> Rows:
    """The rows that one evidence document gives: one each, a register one for each thing registered."""
    values, kind = document.values, _EXHIBITS[document.kind]
    if document.kind == "evidence_register_list":
        return [_row(item, kind) for item in rows(values.get("items")) if item.get("name")]
    on = words(act_moment(document))
    name = str(values["name"]) if usable(values.get("name")) else document.title
    if document.kind == "interview_record":
        asked = rows([values.get("interviewee")])
        name += f"：{asked[0]['name']}" if asked and asked[0].get("name") else ""
        kind = "当事人的陈述" if values.get("interviewed_as") in _OWN_WORDS else kind
    return [_row({**values, "name": f"{name}（{on}）"}, kind)]


def _row(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    row = {"name": str(values["name"]), "kind": str(values.get("evidence_kind") or kind)}
    return row | ({"proves": values["proves"]} if usable(values.get("proves")) else {})


def _recording(recording: Recording) -> dict[str, Any]:
    at = recording.starts or recording.ends
    return {"name": recording.what + (f"（{words(at)}）" if at else ""), "kind": "视听资料"}


def exhibits(ask: Ask) -> Found | None:
    """The evidence of the case in the order of taking, numbered; what each proves is for the officer to say."""
    documents = sorted(ask.case.of(*_EXHIBITS), key=lambda d: (instant(act_moment(d)), d.id))
    found = [row for document in documents for row in _exhibit(document)]
    filmed = [r for r in ask.case.recordings.values() if r.recorded and r.document and not r.voided]
    found += [_recording(r) for r in sorted(filmed, key=lambda r: (str(r.starts), r.digest))]
    numbered = [{"number": str(n), **row} for n, row in enumerate(found, 1)]
    return given(numbered, "本案证据文书和音像记录")


def documents(ask: Ask) -> Found | None:
    """The papers of the file so far, with the pages of their last rendition; internal ones only for ourselves."""
    ours = getattr(ask.kind, "facing", "I") == "I"
    found: Rows = []
    papers = sorted(
        ask.case.documents.values(), key=lambda d: (d.declared.order, instant(act_moment(d)), d.id)
    )
    for document in papers:
        if (
            document.voided
            or document.kind == ask.kind.code
            or not (ours or document.declared.part == "main")
        ):
            continue
        rendition = document.rendition("final")
        number = f"（{document.issued.number}）" if document.issued and document.declared.number else ""
        row: dict[str, Any] = {"name": document.title + number, "copies": 1}
        found.append(row | ({"pages": rendition.pages} if rendition else {}))
    return given(found, "本案卷宗")


_DONE = ("returned", "consumed", "disposed")


def _things(ask: Ask, wanted: Callable[[Item], bool]) -> Found | None:
    """The chosen things as rows, each with its lasting id, what is left of it, where it is and which list it stands on."""
    chosen = [item for item in items_of(ask.case) if item.taken is not None and wanted(item)]
    where = dict.fromkeys(from_document(item.taken.document, ask) for item in chosen if item.taken)
    return given([_thing(item) for item in chosen], "；".join(where))


def _thing(item: Item) -> dict[str, Any]:
    assert item.taken is not None
    known = {"kept_at": item.where, "from_list": f"《{item.taken.document.title}》"}
    left = {"quantity": recorded(item.held)} if item.held > 0 else {}
    return {**item.row, **{name: text for name, text in known.items() if text}, **left}


def items(ask: Ask) -> Found | None:
    """The things of the case that were not given back, used up or disposed of."""
    return _things(ask, lambda item: item.held > 0 or item.state not in _DONE)


def confiscated_items(ask: Ask) -> Found | None:
    """The things that the decision confiscates: those it names, else all that are held, if it confiscates any."""
    decision = ask.case.decision
    listed = rows(decision.values.get("penalties")) if decision else []
    orders = [p for p in listed if p.get("kind") == "没收非法财物"]
    if not orders:
        return None
    named = "；".join(text_in(p, "object") for p in orders)
    found = _things(ask, lambda item: item.name in named)
    return found or _things(ask, lambda item: item.held > 0)


LISTS: dict[str, Source] = {
    "exhibits": exhibits,
    "documents": documents,
    "items": items,
    "confiscated_items": confiscated_items,
}
