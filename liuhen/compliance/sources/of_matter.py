"""``matter.…`` and what a licensing case knows: its matter's conditions and materials, what was received, when it is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liuhen.casefile.moments import day, parse
from liuhen.compliance.answers import words
from liuhen.compliance.licensing import (
    FAULTY,
    acceptance,
    completed_at,
    due_by,
    matter,
    received_at,
    stated_acceptance,
    wanting,
)
from liuhen.compliance.parties import interested
from liuhen.compliance.reading import rows
from liuhen.compliance.sources.ask import Ask, Found, Source, from_document, given, latest_with, on_day
from liuhen.measures.catalogue import printed
from liuhen.measures.counting import Span, add
from liuhen.measures.matters import Matter, matter_of
from liuhen.measures.releases import Release
from liuhen.measures.vocabulary import L

CATALOGUE = "许可事项目录"
NOT_ACCEPTED = {
    "不需要取得行政许可": L("许", 32, 1, 1), "不属于本局职权": L("许", 32, 1, 2), "一定期限内不得再次申请": L("许", 78),
}  # fmt: skip
_PARTS: dict[str, Callable[[Matter, Release], Any]] = {
    "conditions": lambda one, _: [{"condition": text} for text in one.conditions],
    "materials": lambda one, _: [{"name": text} for text in one.materials],
    "basis": lambda one, _: printed(one.basis),
    "days": lambda one, under: under.limits[one.limit].span.length,
}


def of_matter(ask: Ask, name: str) -> Found | None:
    """``matter.<x>`` of the matter chosen in the form, else of the case's; None when neither is in the catalogue."""
    part, one = _PARTS[name], matter_of(ask.of_form("matter")) or matter(ask.case)
    return given(part(one, ask.case.release), CATALOGUE) if one else None


def material_defects(ask: Ask) -> Found | None:
    """The materials that were missing or faulty when received, as a supplement notice lists them."""
    receipt = latest_with(ask, "material_receipt", "materials")
    if receipt is None:
        return None
    cures = {"缺少": "补交该材料", "有错": "更正后重新提交"}
    faulty = [r for r in rows(receipt.values["materials"]) if r.get("state") in cures]
    found = [
        {"material": r.get("name", ""), "defect": r.get("note") or r["state"], "cure": cures[r["state"]]}
        for r in faulty
    ]
    return given(found, from_document(receipt, ask))


def handed_materials(ask: Ask) -> Found | None:
    """The materials that go to the reviewers: as received, what was made good since noted so."""
    receipt = latest_with(ask, "material_receipt", "materials")
    if receipt is None:
        return None
    cured = "" if wanting(ask.case) else "已补正"
    found = [
        {**row, "note": cured or row.get("note", "")} if row.get("state") in FAULTY else row
        for row in rows(receipt.values["materials"])
    ]
    return given(found, from_document(receipt, ask))


def received_materials(ask: Ask) -> Found | None:
    """The materials to be examined: those received, else those of the catalogue."""
    receipt = latest_with(ask, "material_receipt", "materials")
    if receipt is not None:
        found = [{"material": r.get("name", "")} for r in rows(receipt.values["materials"])]
        return given(found, from_document(receipt, ask))
    one = matter(ask.case)
    return given([{"material": text} for text in one.materials], CATALOGUE) if one else None


def interested_persons(ask: Ask) -> Found | None:
    """Who is called to a hearing besides the applicant."""
    return given([{"name": name} for name in interested(ask.case)], "利害关系人")


def _on_file(ask: Ask, kind: str) -> Found | None:
    """Yes, as a paper of a kind shows; nothing while there is none."""
    found = ask.case.latest(kind)
    return given(True, from_document(found, ask)) if found else None


def not_accepted_basis(ask: Ask) -> Found | None:
    """The item of the law that speaks of the ground chosen in the form."""
    cite = NOT_ACCEPTED.get(str(ask.of_form("ground")))
    return given(printed((cite,)), "所选情形") if cite else None


def _termination(ask: Ask, part: int) -> Found | None:
    """Why an application ends undecided, as an option and in a sentence: withdrawn, or not completed in time."""
    withdrawn = ask.case.happened("application_withdrawn")
    if withdrawn:
        return given(("申请人撤回", f"申请人{words(withdrawn[-1].at)}书面撤回申请。")[part], "撤回申请的登记")
    notice = ask.case.latest("license_supplement_notice")
    if notice is None or not notice.service or not wanting(ask.case):
        return None
    told = f"{words(notice.service[0].at)}告知补正以后，至今没有补齐：{'、'.join(wanting(ask.case))}。"
    return given(("逾期没有补正", told)[part], from_document(notice, ask))


def asking_until(ask: Ask) -> Found | None:
    """The last day for interested persons to speak, when the notice reaches them in two working days (许 47)."""
    last = add(
        Span(2 + ask.case.release.limits["TL-08.1"].span.length, "working_day"),
        ask.ctx.today,
        ask.ctx.calendar,
    ).day
    return Found(last.isoformat(), "两个工作日内送达，再加五个工作日")


def acceptable_on(ask: Ask) -> Found | None:
    """The day of acceptance: as it stands or is deemed, else the day on which the materials were complete."""
    accepted = acceptance(ask.case, ask.ctx)
    if accepted is not None:
        return Found(accepted.on.isoformat(), "视为受理之日" if accepted.deemed else "受理通知书")
    at = completed_at(ask.case) or received_at(ask.case)
    return Found(day(at).isoformat(), f"材料齐全之日，{on_day(at, ask.ctx)}") if at else None


def license_due(ask: Ask) -> Found | None:
    """The day by which the decision is due, from the day of acceptance in the form or in the case."""
    said = ask.of_form("accepted_on")
    stated = stated_acceptance(ask.case)
    start = day(parse(said)) if isinstance(said, str) else stated.on if stated else None
    if start is None:
        return None
    due = due_by(ask.case, start, ask.ctx, extended=False)
    return Found(due.day.isoformat(), f"自{on_day(start, ask.ctx)}受理起算")


LICENSING: dict[str, Source] = {
    "material_defects": material_defects,
    "interested": interested_persons,
    "termination_ground": lambda ask: _termination(ask, 0),
    "termination_reason": lambda ask: _termination(ask, 1),
    "not_accepted_basis": not_accepted_basis,
    "affects_others": lambda ask: _on_file(ask, "interested_party_notice"),
    "substance_verified": lambda ask: _on_file(ask, "site_survey_record"),
    "asking_until": asking_until,
    "handed_materials": handed_materials,
    "received_materials": received_materials,
    "acceptable_on": acceptable_on,
    "license_due": license_due,
}
