"""``matter.…`` and what a licensing case knows: its matter's conditions and materials, what was received, when it is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liuhen.casefile.moments import day, parse
from liuhen.compliance.licensing import (
    acceptance,
    completed_at,
    due_by,
    matter,
    received_at,
    stated_acceptance,
)
from liuhen.compliance.reading import rows
from liuhen.compliance.sources.ask import Ask, Found, Source, from_document, given, latest_with, on_day
from liuhen.measures.catalogue import printed
from liuhen.measures.matters import Matter, matter_of
from liuhen.measures.releases import Release

CATALOGUE = "许可事项目录"
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


def received_materials(ask: Ask) -> Found | None:
    """The materials to be examined: those received, else those of the catalogue."""
    receipt = latest_with(ask, "material_receipt", "materials")
    if receipt is not None:
        found = [{"material": r.get("name", "")} for r in rows(receipt.values["materials"])]
        return given(found, from_document(receipt, ask))
    one = matter(ask.case)
    return given([{"material": text} for text in one.materials], CATALOGUE) if one else None


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
    "received_materials": received_materials,
    "acceptable_on": acceptable_on,
    "license_due": license_due,
}
