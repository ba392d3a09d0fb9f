"""``case.…``: what the case as a whole knows — its party, officers, place, dates, result, devices."""

from __future__ import annotations

from typing import Any

from liuhen.casefile.moments import day, instant
from liuhen.casefile.state import Document, Recording
from liuhen.compliance.events import occurrences
from liuhen.compliance.parties import interested, reached_party
from liuhen.compliance.reading import moment, rows, text_in
from liuhen.compliance.results import PARTY, TOLD_AS, TOLD_KINDS, named_sources, party_told, told
from liuhen.compliance.sources.ask import (
    Ask,
    Found,
    Source,
    first,
    from_document,
    given,
    latest_with,
    on_day,
    stated,
    usable,
)
from liuhen.compliance.sources.lists import LISTS
from liuhen.compliance.sources.of_execution import EXECUTION
from liuhen.compliance.sources.of_matter import LICENSING
from liuhen.compliance.sources.of_sheet import SHEET
from liuhen.compliance.sources.result import result
from liuhen.measures.catalogue import VIOLATIONS, Violation

_CASE = "本案登记"
_CATALOGUE = "违法行为目录"
_BODIES = ("法人", "非法人组织")
_CAUSES = ("docket_approval", "investigation_report", "summary_decision", "summary_inspection_record")
_NAMING = ("docket_approval", "summary_inspection_record")
_PLACES = (
    "docket_approval", "site_inspection_record", "sampling_notice", "interview_record", "summary_decision",
    "summary_inspection_record",
)  # fmt: skip


def party(ask: Ask) -> Found | None:
    """The party as the case names it, a successor before all."""
    successor = stated(ask, "party_succeeded", "party")
    if successor is not None:
        return successor
    value = ask.case.party
    for document in ask.case.documents.values():
        if value is not None and document.values.get("party") is value:
            return given(value, from_document(document, ask))
    return given(value, _CASE)


def of_party(ask: Ask, name: str) -> Found | None:
    """One part of the party; its address for service as last confirmed or changed."""
    if name == "service_address":
        confirmed = _of(ask, "service_address_confirmation", "address")
        return first(stated(ask, "service_address_changed", "address"), confirmed, of_party(ask, "address"))
    whole = _party_here(ask)
    if whole is None:
        return None
    if name == "name" and ask.field.type == "person" and whole.value.get("party_kind") in _BODIES:
        return given(whole.value.get("legal_rep"), whole.where)
    return given(whole.value.get(name), whole.where)


def _party_here(ask: Ask) -> Found | None:
    """The party as this form has it when it says otherwise than the case."""
    whole, here = party(ask), ask.of_form("party")
    if isinstance(here, dict) and (whole is None or here != whole.value):
        return Found(here, "本文书的当事人")
    return whole


def _of(ask: Ask, kind: str, field: str) -> Found | None:
    document = latest_with(ask, kind, field)
    return Found(document.values[field], from_document(document, ask)) if document else None


def officers(ask: Ask) -> Found | None:
    """Lead and assisting officers with the certificates that are valid on the day of the act."""
    office, on = ask.case.office, day(moment(ask.known, "started_at", "at") or ask.ctx.now)
    found = [
        {"person": p, "name": office.name(p), "certificate_no": office.certificate_of(p, on)}
        for p in ask.case.officers
    ]
    if not found:
        return None
    without = [o["name"] for o in found if office.certified(o["person"], o["certificate_no"], on) is False]
    certificates = f"{'、'.join(without)}当日没有有效的执法证" if without else "当日执法证有效"
    return Found(found, f"本案承办人；{certificates}" if office.known else "本案承办人")


def lead_officer(ask: Ask) -> Found | None:
    """The lead officer."""
    lead = [*ask.case.holders("lead_officer"), *ask.case.officers][:1]
    return Found({"name": ask.case.office.name(lead[0]), "person": lead[0]}, "本案主办人") if lead else None


def entry(ask: Ask) -> Violation | None:
    """The catalogue's entry of the case: chosen in the form, named as 案由, or as docketed."""
    codes = [ask.of_form("violation"), ask.of_form("cause"), ask.of_form("nature")]
    docketed = [_of(ask, kind, field) for kind in _NAMING for field in ("violation", "cause")]
    for said in [*codes, *(found.value for found in docketed if found)]:
        if said in VIOLATIONS:
            return VIOLATIONS[said]
        for one in VIOLATIONS.values():
            if said == one.conduct:
                return one
    return None


def violation(ask: Ask) -> Found | None:
    """The number of the violation in the catalogue."""
    one = entry(ask)
    return Found(one.code, _CATALOGUE) if one else None


def cause(ask: Ask) -> Found | None:
    """案由: as docketed; while docketing, the conduct of the violation chosen in the form."""
    chosen = VIOLATIONS.get(str(ask.of_form("violation")))
    if chosen is not None:
        return Found(chosen.conduct, _CATALOGUE)
    return first(*(_of(ask, kind, "cause") for kind in _CAUSES))


def place(ask: Ask) -> Found | None:
    """Where it happened."""
    return first(*(_of(ask, kind, "place") for kind in _PLACES))


def docketed_on(ask: Ask) -> Found | None:
    """The day on which docketing was approved."""
    found = occurrences(ask.case, "docketed")
    if not found:
        return None
    document = ask.case.documents[found[0].subject]
    return Found(day(found[0].at), f"{document.title}批准，{on_day(found[0].at, ask.ctx)}")


def decision_number(ask: Ask) -> Found | None:
    """The number of the standing decision."""
    decision = ask.case.decision
    if decision is None or decision.issued is None:
        return None
    return given(decision.issued.number, from_document(decision, ask))


def outcome(ask: Ask) -> Found | None:
    """How the case ended, in the words of 告知事由."""
    found = result(ask.case)
    return Found(found.word, from_document(found.document, ask)) if found else None


_AS: dict[str, str] = dict(zip(TOLD_KINDS, TOLD_AS, strict=True))


def _to_be_told(ask: Ask) -> list[tuple[str, str, str]]:
    """Who must still be told the result that stands, as what, known from where: the named providers of the source, the
    party (A10, A25)."""
    ended = result(ask.case)
    since = ended.at if ended else ask.case.opened_at or ask.ctx.now
    waiting = [
        (name, _AS[text_in(form.values, "source_kind")], from_document(form, ask))
        for form in named_sources(ask.case)
        if (name := text_in(form.values, "provider")) and told(ask.case, form, since) is None
    ]
    whole = party(ask)
    if whole is not None and party_told(ask.case, since, whole.value) is None:
        waiting.append((text_in(whole.value, "name"), PARTY, whole.where))
    return waiting


def untold(ask: Ask) -> Found | None:
    """The next person to be told the result."""
    waiting = _to_be_told(ask)
    return Found({"name": waiting[0][0]}, waiting[0][2]) if waiting else None


def untold_as(ask: Ask) -> Found | None:
    """As what the person named in the form, else the next one, is told."""
    told = rows([ask.known.get("told")])
    name = text_in(told[0], "name") if told else ""
    waiting = _to_be_told(ask)
    mine = [row for row in waiting if row[0] == name] if name else waiting
    return Found(mine[0][1], mine[0][2]) if mine else None


def _received(ask: Ask) -> Document | None:
    """The paper by which the party learnt the result, when the party is the one to be told (A25)."""
    ended, whole = result(ask.case), party(ask)
    told = rows([ask.known.get("told")]) or rows([found.value] if (found := untold(ask)) else [])
    if ended is None or whole is None or not told or text_in(told[0], "name") != text_in(whole.value, "name"):
        return None
    return ended.document if reached_party(ask.case, ended.document) is not None else None


def told_when(ask: Ask) -> Found | None:
    """When the party received the paper that decided on it."""
    paper = _received(ask)
    return given(reached_party(ask.case, paper), f"{paper.title}的送达记录") if paper else None


def told_by(ask: Ask) -> Found | None:
    """How the party received it: in writing, by post where it was posted."""
    paper = _received(ask)
    posted = paper is not None and any(step.method == "邮寄" for step in paper.service)
    return Found("邮寄" if posted else "书面", f"{paper.title}的送达记录") if paper else None


# Who gave a body its code says what it is (GB 32100: the first places of the code).
_PROOFS = {"9": "营业执照", "12": "事业单位法人证书", "51": "社会团体登记证书"}


def party_proof(ask: Ask) -> Found | None:
    """The paper that shows who the party is: an identity card, or what the office that gave its code issues."""
    whole = party(ask)
    if whole is None:
        return None
    if whole.value.get("party_kind") == "自然人":
        return Found("居民身份证", whole.where)
    code = text_in(whole.value, "uscc")
    return given(next((p for begins, p in _PROOFS.items() if code.startswith(begins)), None), whole.where)


def recusal_asked(ask: Ask) -> Found | None:
    """The person whose recusal was asked for."""
    return first(stated(ask, "recusal_asked", "person"), _of(ask, "recusal_application", "officer"))


def _recorded(ask: Ask) -> list[Recording]:
    found = [r for r in ask.case.recordings.values() if not r.voided]
    return sorted(found, key=lambda r: (instant(r.ends or r.deposited_at), r.digest))


def last_device(ask: Ask) -> Found | None:
    """The device that was used last in the case."""
    used = [r for r in _recorded(ask) if r.device]
    if used:
        return Found(used[-1].device, f"上次音像记录，{on_day(used[-1].deposited_at, ask.ctx)}")
    return stated(ask, "recording_made", "device")


def last_photos(ask: Ask) -> Found | None:
    """Photographs that belong to no document yet, by tie or as a file that it names."""
    named = {
        text_in(row, "digest")
        for d in ask.case.documents.values()
        for value in d.values.values()
        for row in rows(value)
    }
    pictures = [r for r in _recorded(ask) if r.media_type.startswith("image/")]
    loose = [r for r in pictures if not r.document and r.digest not in named]
    return given([{"digest": r.digest, "name": r.name} for r in loose], "本案已存入、尚未归入文书的照片")


def party_people(ask: Ask) -> Found | None:
    """The party and its agents, as those present at a hearing."""
    whole = party(ask)
    if whole is None:
        return None
    present: list[dict[str, Any]] = [{"name": whole.value.get("name", ""), "as": "当事人"}]
    if whole.value.get("party_kind") != "自然人" and usable(whole.value.get("legal_rep")):
        present.append({"name": whole.value["legal_rep"], "as": "法定代表人"})
    power = latest_with(ask, "power_of_attorney", "agents")
    agents = rows(power.values["agents"]) if power else []
    present += [{"name": agent.get("name", ""), "as": "代理人"} for agent in agents]
    where = whole.where + (f"；{from_document(power, ask)}" if power else "")
    return Found(present, where)


def hearing_people(ask: Ask) -> Found | None:
    """Who comes to the hearing on a licence: the applicant's side, and the interested persons."""
    side = party_people(ask)
    if side is None:
        return None
    own = [{**row, "as": "申请人"} if row["as"] == "当事人" else row for row in side.value]
    others = [{"name": name, "as": "利害关系人"} for name in interested(ask.case)]
    return Found([*own, *others], side.where)


def next_list_no(ask: Ask) -> Found | None:
    """A number for the next list of things: the case number and a running number."""
    made = [d for d in ask.case.documents.values() if usable(d.values.get("list_no")) and not d.voided]
    numbers = {str(d.values["list_no"]) for d in made}
    return given(f"{ask.case.case_no}-清单{len(numbers) + 1}", "按本案清单顺序") if ask.case.case_no else None


def corrections(ask: Ask) -> Found | None:
    """The corrections made to the document that the form names, else to any document that was served."""
    named = ask.of_form("corrected")
    documents = [
        d for d in ask.case.documents.values() if (d.id == named if named else d.served_at is not None)
    ]
    found = [row for d in documents for row in _changes(ask, d)]
    return given(found, "本案更正记录")


def _changes(ask: Ask, document: Document) -> list[dict[str, Any]]:
    labels = {f.name: f.label for f in document.declared.fields}
    filed = {r.filed for r in document.revisions}
    found: list[dict[str, Any]] = []
    for one in ask.case.corrections:
        field = one.path.removeprefix("/values/").split("/")[0]
        if one.target in filed and field in labels:
            found.append({"place": labels[field], "old": one.old, "new": one.value})
    return found


def case_no(ask: Ask) -> Found | None:
    """案号."""
    return given(ask.case.case_no, _CASE)


def title(ask: Ask) -> Found | None:
    """案件名称."""
    return given(ask.case.title, _CASE)


def section(ask: Ask) -> Found | None:
    """承办科室."""
    return given(ask.case.section, _CASE)


def _on_the_spot(value: object) -> Source:
    """What a source says of itself when the officers came upon it on the spot, before the case turned into an ordinary one."""

    def found(ask: Ask) -> Found | None:
        record = ask.case.latest("summary_inspection_record")
        return Found(value, from_document(record, ask)) if record else None

    return found


CASE: dict[str, Source] = {
    "spot_source": _on_the_spot("监督检查"),
    "spot_named": _on_the_spot(False),
    "case_no": case_no,
    "title": title,
    "section": section,
    "cause": cause,
    "violation": violation,
    "place": place,
    "party": party,
    "party_people": party_people,
    "hearing_people": hearing_people,
    "officers": officers,
    "lead_officer": lead_officer,
    "docketed_on": docketed_on,
    "decision_number": decision_number,
    "outcome": outcome,
    "untold": untold,
    "untold_as": untold_as,
    "told_at": told_when,
    "told_by": told_by,
    "party_proof": party_proof,
    "recusal_asked": recusal_asked,
    "last_device": last_device,
    "last_photos": last_photos,
    "next_list_no": next_list_no,
    "corrections": corrections,
    **SHEET,
    **LISTS,
    **LICENSING,
    **EXECUTION,
}


def of_case(ask: Ask, name: str) -> Found | None:
    """The answer of ``case.<name>``; KeyError for a name that is not declared."""
    if name.startswith("party."):
        return of_party(ask, name.removeprefix("party."))
    return CASE[name](ask)
