"""The sheet on a matter of the case (case_matter_approval): what it is for, and what follows from that (A11, A19, A29)."""

from __future__ import annotations

from liuhen.compliance.sources.ask import Ask, Found, Source, given
from liuhen.measures.catalogue import printed
from liuhen.measures.documents.source import MATTERS, PRESIDER


def basis(ask: Ask) -> Found | None:
    """The articles that speak of the matter chosen in the form."""
    matter = MATTERS.get(str(ask.of_form("topic")))
    return given(printed(matter.cites), "所选事项") if matter else None


def reasons(ask: Ask) -> Found | None:
    """Why such a matter is put forward, where there is but one reason for it."""
    matter = MATTERS.get(str(ask.of_form("topic")))
    return given(matter.reason, "所选事项") if matter else None


def presider(ask: Ask) -> Found | None:
    """Who presides, on the sheet that appoints: already given the part, else the only one who may (罚 64: no investigator)."""
    if ask.of_form("topic") != PRESIDER:
        return None
    office, appointed = ask.case.office, ask.case.holders("presider")
    able = [p for p in office.people if "presider" in office.roles(p, ask.ctx.now)]
    able = [p for p in able if p not in ask.case.officers]
    if appointed:
        return _person(ask, appointed[-1], "本案听证主持人")
    return _person(ask, able[0], "本局唯一可以主持的人员") if len(able) == 1 else None


def recorder(ask: Ask) -> Found | None:
    """Who keeps the record of the hearing, once somebody was given the part."""
    appointed = ask.case.holders("recorder")
    return _person(ask, appointed[-1], "本案记录员") if appointed else None


def _person(ask: Ask, person: str, where: str) -> Found:
    return Found({"name": ask.case.office.name(person), "person": person}, where)


SHEET: dict[str, Source] = {
    "matter_basis": basis,
    "matter_reasons": reasons,
    "presider": presider,
    "recorder": recorder,
}
