"""``service.…``: what the service steps of a document say, for the papers that tell of service (A27)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.state import CaseFile, Document, ServiceStep
from liuhen.compliance.reading import text_in
from liuhen.compliance.sources.ask import Ask, Found, from_document, given, usable
from liuhen.compliance.sources.wording import names, penalties

_WAY = "送达"
_FAILED = ("refused", "returned", "attempted")


def served_document(ask: Ask) -> Document | None:
    """The document that is being served: the one the form names, else the last one with a service step, else the last
    one issued that has to be served."""
    named = ask.known.get("document")
    if isinstance(named, str) and named in ask.case.documents:
        return ask.case.documents[named]
    wanted = [d for d in ask.case.of(*{d.kind for d in ask.case.documents.values()}) if d.declared.served]
    begun = [d for d in wanted if d.service]
    return (begun or [d for d in wanted if d.issued] or [None])[-1]


def _step(document: Document, name: str) -> ServiceStep | None:
    """The last step that says something under ``name``; the effective one before all."""
    said = [s for s in document.service if usable(s.body.get(name))]
    effective = [s for s in said if s.effective is not None]
    return (effective or said or [None])[-1]


def _said(document: Document, name: str) -> Any:
    step = _step(document, name)
    return step.body[name] if step else None


def _servers(case: CaseFile, document: Document) -> list[dict[str, Any]]:
    """Who served, as rows; a step may name people of the bureau by id, or others by name alone."""
    said: Any = _said(document, "servers")
    people = case.office.people
    return [
        ({"person": one, "name": people[one].name} if one in people else {"name": one})
        if isinstance(one, str)
        else one
        for one in said or ()
    ]


def _method(document: Document) -> str | None:
    said = _said(document, "method")
    return _way(str(said)) if said else None


def _at(document: Document, *what: str) -> Moment | None:
    found = [s.at for s in document.service if s.what in what]
    return found[-1] if found else None


def _reached(document: Document) -> Moment | None:
    return _at(document, "reached")


def attempts(case: CaseFile, document: Document) -> list[tuple[Moment, str, str]]:
    """The ways that failed, in order: when, in which way, why. A failed visit may stand as a fact of its own."""
    found = [(s.at, _way(s.method), text_in(s.body, "reason")) for s in document.service if s.what in _FAILED]
    visits = [f for f in case.happened("direct_service_failed") if f.values.get("document") == document.id]
    found += [(f.at, _way("直接"), text_in(f.values, "reason").rstrip("。")) for f in visits]
    return sorted(found, key=lambda one: instant(one[0]))


def _way(method: str) -> str:
    return f"{method.removesuffix(_WAY)}{_WAY}"


def _attempts(case: CaseFile, document: Document) -> list[dict[str, str]]:
    tried = attempts(case, document)
    return [{"on": day(at).isoformat(), "method": method, "reason": reason} for at, method, reason in tried]


def _title(document: Document) -> str:
    number = f"（{document.issued.number}）" if document.issued else ""
    return f"《{document.title}》{number}"


def _summary(document: Document) -> str | None:
    """What a public notice says of the paper: what was decided or is intended, else what it asks."""
    decided = penalties(document.values.get("penalties"))
    return decided or next(
        (str(v) for k in ("what", "content", "reasons") if usable(v := document.values.get(k))), None
    )


def _digest(document: Document) -> str | None:
    rendition = document.rendition("final")
    return rendition.digest if rendition else None


def _documents(document: Document) -> list[dict[str, str]]:
    number = document.issued.number if document.issued else "无"
    return [{"number": number, "title": document.title}]


_OF_CASE: dict[str, Callable[[CaseFile, Document], Any]] = {"attempts": _attempts, "servers": _servers}
SERVICE: dict[str, Callable[[Document], Any]] = {
    "documents": _documents,
    "title": _title,
    "summary": _summary,
    "addressee": lambda d: _said(d, "addressee"),
    "place": lambda d: _said(d, "place"),
    "method": _method,
    "recipient": lambda d: _said(d, "recipient"),
    "relation": lambda d: _said(d, "relation"),
    "on": lambda d: d.served_at,
    "reason": lambda d: _said(d, "reason"),
    "witness": lambda d: _said(d, "witness"),
    "carrier": lambda d: _said(d, "carrier"),
    "tracking": lambda d: _said(d, "tracking"),
    "posted_on": lambda d: _at(d, "posted"),
    "reached_at": _reached,
    "digest": _digest,
}


def _alone(told: Callable[[Document], Any]) -> Callable[[CaseFile, Document], Any]:
    return lambda case, document: told(document)


def service(ask: Ask, name: str) -> Found | None:
    """``service.<x>``; KeyError for a name that is not declared. Falls back on what the paper itself tells of its party."""
    told = _OF_CASE.get(name) or _alone(SERVICE[name])
    document = served_document(ask)
    if document is None:
        return None
    found = told(ask.case, document)
    if name == "addressee" and not usable(found):
        party = document.values.get("party")
        found = names([party])
    return given(found, f"{document.title}的送达记录" if document.service else from_document(document, ask))
