"""``<kind>.<field>``, ``document.<kind>``, ``points.<kind>``, ``files.digest``: what papers and facts say already."""

from __future__ import annotations

import re
from typing import Any

from liuhen.casefile.moments import instant
from liuhen.casefile.state import Document
from liuhen.compliance.comparing import totals
from liuhen.compliance.reading import rows
from liuhen.compliance.sources.ask import Ask, Found, from_document, given, latest_with, stated, usable
from liuhen.measures import DOCUMENTS, FACTS
from liuhen.measures.vocabulary import Document as Kind

# A sheet on a matter speaks for the paper that carries out that matter, not for another one.
_TOPICS = {
    "case_transfer_letter": "案件移送",
    "hearing_notice": "指定听证主持人",
    "goods_disposal_record": "罚没物品处理",
}
# What may be taken from any earlier paper under the same name, when the declared sources say nothing.
_CARRIED = ("party", "facts", "basis", "penalties", "reasons", "nature", "place")
DERIVED = {"fine"}
_NUMBERED = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]+[)）、.．]|[0-9]+\s)\s*")


def of_field(ask: Ask, kind: str, field: str) -> Found | None:
    """What the last document of a kind, or the last fact of a code, says under a field."""
    if kind in FACTS and kind not in DOCUMENTS:
        return stated(ask, kind, field)
    if field in DERIVED:
        return fine(ask, kind)
    if kind == "case_matter_approval" and ask.kind.code in _TOPICS:
        return _on_topic(ask, field, _TOPICS[ask.kind.code])
    document = latest_with(ask, kind, field)
    return given(document.values[field], from_document(document, ask)) if document else None


def _on_topic(ask: Ask, field: str, topic: str) -> Found | None:
    sheets = [d for d in ask.case.of("case_matter_approval") if d.values.get("topic") == topic]
    found = [d for d in sheets if usable(d.values.get(field))]
    return given(found[-1].values[field], from_document(found[-1], ask)) if found else None


def fine(ask: Ask, kind: str) -> Found | None:
    """The sum of money that the last document of a kind wants paid, in 分."""
    document = latest_with(ask, kind, "penalties")
    if document is None:
        return None
    sums = [totals(document.values["penalties"]).get(name) or 0 for name in ("罚款", "没收违法所得")]
    return given(sum(sums), from_document(document, ask)) if sum(sums) else None


def reference(ask: Ask, kinds: str) -> Found | None:
    """``document.<kind>``: the last document of the kind, by its id."""
    document = ask.case.latest(kinds)
    return Found(document.id, from_document(document, ask)) if document else None


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
    return of_field(ask, kind.approved_by, ask.field.name)


def carried(ask: Ask) -> Found | None:
    """The last resort of a declared source: the same field of the latest earlier paper that has it.

    Reasons are carried only under the same label: why a case was docketed is not why a penalty is given.
    """
    name = ask.field.name
    if name not in _CARRIED or not ask.field.source:
        return None
    found = [d for d in ask.case.documents.values() if not d.voided and _carries(d, name, ask.field.label)]
    found.sort(key=lambda d: (instant(d.current.at), d.id))
    return given(found[-1].values[name], from_document(found[-1], ask)) if found else None


def _carries(document: Document, name: str, label: str) -> bool:
    if not usable(document.values.get(name)):
        return False
    if name != "reasons":
        return True
    return any(f.name == name and f.label == label for f in document.declared.fields)


def nth(ask: Ask) -> Found:
    """How many times now: one more than the papers of this kind, of the same person where it names one."""
    asked = _name(ask.known.get("interviewee"))
    earlier = [
        d for d in ask.case.of(ask.kind.code) if not asked or _name(d.values.get("interviewee")) == asked
    ]
    return Found(len(earlier) + 1, "本案已有同类文书" if earlier else "本案第一份")


def _name(value: Any) -> str:
    found = rows([value])
    return str(found[0].get("name", "")) if found else str(value or "")
