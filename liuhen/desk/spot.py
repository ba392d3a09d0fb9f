"""The one page of a penalty on the spot 当场处罚: its two forms, how they become the papers' values, where the work stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from liuhen.casefile.moments import ZONE, day
from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile, Document, blank
from liuhen.casefile.values import Problem, problems
from liuhen.compliance.answers import setting
from liuhen.compliance.comparing import money, totals
from liuhen.compliance.reading import rows
from liuhen.compliance.weight import FINE
from liuhen.desk.fields import Group, Shown
from liuhen.desk.places import finished
from liuhen.measures.catalogue import VIOLATIONS, printed
from liuhen.measures.documents.summary import ON_THE_SPOT
from liuhen.measures.vocabulary import Document as Kind
from liuhen.measures.vocabulary import Field
from liuhen.office.policy import Actor
from liuhen.records import clock

RECORD, DECISION, WARNING = "summary_inspection_record", "summary_decision", "警告"
KINDS = (WARNING, FINE, f"{WARNING}并{FINE}")
# Fields that are shown only when another one says so.
SHOWN = {
    "fine": f"kind={FINE}|{WARNING}并{FINE}", "pay_ground": f"pay={ON_THE_SPOT}", "pay_note": f"pay={ON_THE_SPOT}",
    "pay_asked": f"pay={ON_THE_SPOT}",
}  # fmt: skip
# Of these, what must be filled in once it is shown.
ASKED_THEN = frozenset({"fine", "pay_ground"})
# Where the page asks for what a field of the papers holds.
AT = {"penalties": "fine"}
STAGES = ("笔录和告知", "笔录签名", "作出决定", "决定书签名", "当场交付", "之后")
# What the page asks for the record, under the headings of the page.
_ASKED = (
    ("当事人", ("party",)),
    ("违法行为", ("violation", "cause", "place", "started_at", "facts", "basis")),
    ("告知与申辩", ("certificates_shown", "recusal_answer", "told", "defended", "defence", "accepted", "accepted_reason")),
)  # fmt: skip
_DEFAULTS = {"recusal_answer": "不申请", "defended": "未提出"}
_MINE = frozenset({"assist", "kind", "fine"})


def colleagues(office: Office, actor: Actor) -> dict[str, str]:
    """The other officers with a certificate valid today: what is read (name and number) → id; those of the section first."""
    on = day(clock.now())
    found = [
        p for p in office.people.values()
        if p.id != actor.person and "officer" in p.roles(on) and office.certified(p.id, "", on)
    ]  # fmt: skip
    found.sort(key=lambda p: (p.section != actor.section, p.name))
    return {f"{p.name}（{office.certificate_of(p.id, on)}）": p.id for p in found}


def limits(case: CaseFile) -> str:
    """The limits of a fine on the spot, in words."""
    now = clock.now()
    citizen, body = (
        money(int(setting(case, f"summary_fine_{side}", now))) for side in ("citizen", "organisation")
    )
    return f"当场罚款的限额：公民（个体工商户）{citizen}，法人、其他组织{body}。超过的，转为普通程序。"


def record_form(case: CaseFile, options: tuple[str, ...]) -> Kind:
    """The form of the record, as a kind of the page's own. ``options``: the colleagues to choose the second officer from,
    none once the case has one."""
    declared = case.release.documents[RECORD]
    fields = [
        replace(_field(declared, name), group=group, source="") for group, names in _ASKED for name in names
    ]
    own = [
        Field(
            name="kind",
            label="处罚种类",
            type="enum",
            options=KINDS,
            required=True,
            group="处罚",
            hint="告知当事人的内容。",
        ),
        _fine(case),
    ]
    assist = Field(
        name="assist", label="同行的执法人员", type="enum", options=options, required=True, group="当事人",
        hint="至少两人，都出示执法证件。",
    )  # fmt: skip
    whole = (*([assist] if options else []), *fields, *own)
    return replace(declared, fields=tuple(replace(f, always=True) for f in whole), code="summary_page")


def _field(declared: Kind, name: str) -> Field:
    field = declared.field(name)
    if name == "violation":
        return replace(
            field, label="违法行为（目录）", hint="选了以后，下面的行为和依据可以不填，由目录带出。"
        )
    if name in ("cause", "basis"):
        return replace(field, required=False, minimum=0, hint="目录里没有的，在这里写明。")
    return replace(field, hint="") if name == "facts" else field


def begun(options: Mapping[str, str], usual: str = "") -> dict[str, Any]:
    """What the empty form begins with. ``usual``: the id of the one with whom the officer was out last."""
    values = {**_DEFAULTS, "started_at": f"{clock.now().astimezone(ZONE):%Y-%m-%dT%H:%M}"}
    chosen = [label for label, person in options.items() if person == usual or len(options) == 1]
    return {**values, "assist": chosen[0]} if chosen else values


def usual(values: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values, with the usual answers of what it did not show and so did not send."""
    return {**_DEFAULTS, **values}


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values with what the catalogue says of the violation chosen."""
    one = VIOLATIONS.get(str(values.get("violation")))
    if one is None:
        return dict(values)
    known: dict[str, Any] = {"cause": one.conduct, "basis": printed(one.basis)}
    return {**known, **{name: value for name, value in values.items() if not blank(value)}}


def wrong(form: Kind, values: Mapping[str, Any]) -> list[Problem]:
    """What stands in the way of the record, in the order of the form."""
    found = problems(form.fields, completed(values))
    if blank(completed(values).get("cause")):
        found.append(Problem("violation", "违法行为", "选择违法行为，或者写明是什么行为", True))
    if blank(completed(values).get("basis")):
        found.append(Problem("basis", "依据", "填写依据；目录里有的，选违法行为就带出", True))
    if values.get("kind") in KINDS[1:] and not isinstance(values.get("fine"), int):
        found.append(Problem("fine", "罚款数额", "填写罚款数额，如 200", True))
    order = [field.name for field in form.fields]
    return sorted(
        {p.field: p for p in reversed(found)}.values(),
        key=lambda p: order.index(p.field) if p.field in order else 0,
    )


def record_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the record out of those of its form; the act ends now."""
    whole = completed(values)
    kept = {name: value for name, value in whole.items() if name not in _MINE}
    penalties: list[dict[str, Any]] = []
    if WARNING in str(whole.get("kind")):
        penalties.append({"kind": WARNING})
    if FINE in str(whole.get("kind")) and "fine" in whole:
        penalties.append({"kind": FINE, "amount": whole["fine"]})
    return {**kept, "penalties": penalties, "ended_at": f"{clock.now().astimezone(ZONE):%Y-%m-%dT%H:%M}"}


def form_values(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The other way: what the form holds of a record that is still a draft."""
    found = totals(draft.get("penalties"))
    kind = f"{WARNING}并{FINE}" if {WARNING, FINE} <= set(found) else next(iter(found), None)
    values = {**draft, "kind": kind, "fine": found.get(FINE) or None}
    return {name: value for name, value in values.items() if not blank(value)}


def _fine(case: CaseFile) -> Field:
    return Field(name="fine", label="罚款数额", type="money", group="处罚", hint=limits(case))


def decision_form(case: CaseFile, record: Document) -> Kind:
    """The form of the decision: what the record does not say already. Amount and payment are asked only of a fine."""
    declared = case.release.documents[DECISION]
    fined = FINE in totals(record.values.get("penalties"))
    names = (*(("pay", "pay_ground", "pay_note", "pay_asked") if fined else ()), "cure", "place")
    fields = [declared.field(name) for name in names]
    asked = [replace(_fine(case), required=True)] if fined else []
    asked += [replace(f, required=True, hint="") if f.name == "pay" else f for f in fields]
    return replace(declared, fields=tuple(replace(f, always=True) for f in asked), code="summary_page")


def decision_values(record: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the decision: the penalty that was told, with the amount that was decided."""
    told = [dict(row) for row in rows(record.values.get("penalties"))]
    decided = [{**row, "amount": values["fine"]} if row.get("kind") == FINE else row for row in told]
    return {**{name: value for name, value in values.items() if name not in _MINE}, "penalties": decided}


def dependent(found: list[Group]) -> list[Group]:
    """The fieldsets with what is shown only when another field of the same form says so."""
    there = {shown.name for group in found for shown in group.fields}

    def conditional(shown: Shown) -> Shown:
        says = SHOWN.get(shown.name, "")
        if shown.name in ASKED_THEN:
            shown = replace(shown, field=replace(shown.field, required=True))
        return replace(shown, show_if=says, condition="") if says.partition("=")[0] in there else shown

    return [Group(group.title, [conditional(shown) for shown in group.fields]) for group in found]


def paper(case: CaseFile, kind: str) -> Document | None:
    """The record or decision of a case."""
    return case.latest(kind)


def stage(case: CaseFile) -> int:
    """Where the work stands: the index of :data:`STAGES`."""
    record, decision = paper(case, RECORD), paper(case, DECISION)
    if record is None:
        return 0
    if decision is None or decision.issued is None:
        return 2 if finished(record) else 1
    if not finished(decision):
        return 3
    return 5 if decision.served_at or any(s.what == "refused" for s in decision.service) else 4
