"""The closing report's thirteen items (A30) where the result of the case leaves one of them without content."""

from __future__ import annotations

from liuhen.compliance.parties import NATURAL
from liuhen.compliance.sources.ask import Ask, Found, from_document, usable
from liuhen.compliance.sources.of_case import party
from liuhen.compliance.sources.result import Result, result

_NO_PENALTY = {
    "no_penalty": "本案不予行政处罚",
    "withdrawn": "本案销案，没有作出处罚决定",
    "terminated": "本案终结，没有作出处罚决定",
    "annulled": "本案的处罚决定已经被撤销",
    "crime_transferred": "本案移送公安机关，没有作出处罚决定",
    "transferred": "本案移送其他机关，没有作出处罚决定",
    "docket_refused": "本案不予立案，没有作出处罚决定",
}
_ON_THE_SPOT = {
    "docketed_on": "适用简易程序，当场处罚，没有立案",
    "discovered_at": "适用简易程序，现场检查时当场发现",
    "source_kind": "适用简易程序，现场检查时当场发现",
}
_NEVER_DECIDED = ("withdrawn", "terminated", "crime_transferred", "transferred", "docket_refused")
_WITHOUT = {
    "decision_number": _NEVER_DECIDED,
    "docketed_on": ("docket_refused",),
    "penalties": tuple(_NO_PENALTY),
    "execution": tuple(_NO_PENALTY),
}


def closing(ask: Ask) -> Found | None:
    """不适用 with its reason, for an item of the closing report that this case does not have; None for all others."""
    if ask.kind.code != "closing_report":
        return None
    if ask.field.name == "legal_rep":
        return _no_representative(ask)
    if ask.case.procedure == "penalty_summary" and ask.field.name in _ON_THE_SPOT:
        return Found({"not_applicable": _ON_THE_SPOT[ask.field.name]}, "简易程序", "case.outcome")
    ended = result(ask.case)
    if ended is None or ended.exit not in _WITHOUT.get(ask.field.name, ()):
        return None
    return _inapplicable(ended, ask)


def _inapplicable(ended: Result, ask: Ask) -> Found:
    return Found(
        {"not_applicable": _NO_PENALTY[ended.exit]}, from_document(ended.document, ask), "case.outcome"
    )


def _no_representative(ask: Ask) -> Found | None:
    whole = party(ask)
    kind = whole.value.get("party_kind") if whole else ""
    if whole is None or kind not in NATURAL or usable(whole.value.get("legal_rep")):
        return None
    return Found({"not_applicable": f"当事人是{kind}"}, whole.where, "case.party")
