"""Who is questioned next, and what is known of that person: not everyone questioned is the party (interview_record)."""

from __future__ import annotations

from typing import Any

from liuhen.casefile.moments import instant
from liuhen.casefile.state import Document
from liuhen.compliance.parties import NATURAL, party_of
from liuhen.compliance.reading import rows, someone, text_in
from liuhen.compliance.sources.ask import Ask, Found, Source, from_document, latest_with, usable
from liuhen.compliance.sources.of_case import party
from liuhen.compliance.sources.of_office import bureau

_OF_BODY = {"interviewed_as": "法定代表人", "relation": "法定代表人（负责人）"}
_WITNESS = "证人"
_OF_CITIZEN = {"interviewed_as": "当事人", "relation": "当事人本人"}


def _name(value: object) -> str:
    one = someone(value)
    return one.name if one else ""


def _earlier(ask: Ask, name: str) -> list[Document]:
    return [d for d in ask.case.of("interview_record") if _name(d.values.get("interviewee")) == name]


def _speaker(party_values: Any) -> str:
    """The natural person in whom the party speaks: itself, or its representative."""
    citizen = party_values.get("party_kind") in NATURAL
    return str(party_values.get("name" if citizen else "legal_rep", ""))


def _beside(ask: Ask, name: str) -> bool:
    """Whether somebody is neither a party of the case, nor speaks for one: such a person is asked as a witness (罚 55)."""
    papers = [d for d in ask.case.documents.values() if not d.voided]
    own = {text_in(party_of(d), part) for d in papers for part in ("name", "legal_rep")}
    powers = [d for d in papers if d.kind == "power_of_attorney"]
    return name not in own | {_name(row) for d in powers for row in rows(d.values.get("agents"))}


def _interviewee(ask: Ask) -> Found | None:
    """The person invited last, else the one in whom the party speaks; nobody who was questioned since."""
    whole = party(ask)
    speaker = _speaker(whole.value) if whole else ""
    notice = latest_with(ask, "interview_notice", "interviewee")
    if notice is not None:
        invited = _name(notice.values["interviewee"])
        name = speaker if whole and invited == whole.value.get("name") else invited
        done = [d for d in _earlier(ask, name) if instant(d.made_at) >= instant(notice.made_at)]
        return (
            None
            if done or not name
            else Found({"name": name}, from_document(notice, ask), "interview_notice.interviewee")
        )
    if whole is None or not speaker or _earlier(ask, speaker):
        return None
    return Found({"name": speaker}, whole.where, "case.party.name")


def _detail(ask: Ask) -> Found | None:
    """What is known of the person that the form names: as told at an earlier questioning, else as the case has it."""
    name, field = _name(ask.known.get("interviewee")), ask.field.name
    earlier = [d for d in _earlier(ask, name) if usable(d.values.get(field))] if name else []
    if earlier:
        return Found(earlier[-1].values[field], from_document(earlier[-1], ask), f"interview_record.{field}")
    whole = party(ask)
    if whole is None or not name:
        return None
    if name != _speaker(whole.value):
        return (
            Found(_WITNESS, "不是当事人及其代理人", "default")
            if field == "interviewed_as" and _beside(ask, name)
            else None
        )
    body = name != whole.value.get("name")
    told = {**whole.value, **(_OF_BODY if body else _OF_CITIZEN)}
    if body:
        told["work_unit"] = f"{whole.value.get('name', '')}{whole.value.get('legal_rep_post', '')}"
        told.pop("id_number", None)
    value = told.get(field)
    return Found(value, whole.where, "case.party") if usable(value) else None


def _place(ask: Ask) -> Found | None:
    """Where the invitation says, else where somebody was questioned last; the declared source where neither tells."""
    for kind in ("interview_notice", "interview_record"):
        told = latest_with(ask, kind, "place")
        if told is not None:
            return Found(told.values["place"], from_document(told, ask), f"{kind}.place")
    address = bureau(ask, "address")
    return Found(address.value, address.where, "bureau.address") if address else None


INTERVIEWING: dict[tuple[str, str], Source] = {
    ("interview_record", "place"): _place,
    ("interview_record", "interviewee"): _interviewee,
    **{
        ("interview_record", field): _detail
        for field in ("interviewed_as", "relation", "id_number", "phone", "work_unit")
    },
}
