"""Whose case it is: one party under one name or after succession, several parties in one case (罚 54; 民 153)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from liuhen.casefile.moments import Moment, instant
from liuhen.casefile.state import CaseFile, Document, Values
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.reading import rows, someone, text_in
from liuhen.measures.vocabulary import Document as Kind

SOLE_TRADER = "个体工商户"
# With these a case or its goods go to another body (A11, A12).
TRANSFERS = ("case_transfer_letter", "crime_transfer_letter", "seized_property_transfer_notice")
NATURAL = ("自然人", SOLE_TRADER)
_ORGANISATIONS = ("公司", "厂", "店", "部", "社", "院", "局", "中心", "单位")
# Longer names are those of organisations.
_LONGEST_NAME = 4


# Why a party leaves a case that is there no more.
ENDED = ("死亡", "终止")


def party_in(values: Values, name: str = "party") -> Mapping[str, Any]:
    """The party that a field of a document or fact names; empty when it names none."""
    value = values.get(name)
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def party_of(document: Document) -> Mapping[str, Any]:
    """The party that a document names; empty when it names none."""
    return party_in(document.values)


def addressee(case: CaseFile, kind: Kind, values: Values) -> str:
    """Whom a paper of a kind is for: whom its field says it goes to, else the party that it names, else that of the case;
    empty when none of them is told."""
    said = someone(values.get(kind.addressed))
    party = party_in(values) or case.party or {}
    return said.name if said is not None else text_in(party, "name")


def name_of(party: Mapping[str, Any]) -> str:
    """The name of a party in the spelling in which names are compared."""
    return squeezed(party.get("name"))


def names_of(case: CaseFile, name: str) -> set[str]:
    """A name with the names before and after it by recorded succession 承继, and of a sole trader 个体工商户 the name of the
    shop with that of its operator, who is one person with it (民 54)."""
    pairs = [
        (name_of(party_in(fact.values, "from_party")), name_of(party_in(fact.values)))
        for fact in case.happened("party_succeeded")
    ]
    pairs += [
        (name_of(party), squeezed(party.get("legal_rep")))
        for party in (case.party or {}, *(party_of(d) for d in case.documents.values()))
        if party.get("party_kind") == SOLE_TRADER and name_of(party) and squeezed(party.get("legal_rep"))
    ]
    known = {name}
    grown = True
    while grown:
        more = {other for pair in pairs if known & set(pair) for other in pair} - known
        known |= more
        grown = bool(more)
    return known


def agreed_electronically(case: CaseFile) -> Document | None:
    """The last paper by which the party signed that it may be served electronically (民 93); None without one."""
    given = [d for d in case.of("service_address_confirmation") if d.values.get("e_consent") is True]
    signed = [d for d in given if any(not s.refused for s in (*d.signed_by("party"), *d.signed_by("agent")))]
    return signed[-1] if signed else None


def gone(case: CaseFile, party: Values) -> bool:
    """Whether a party died or was dissolved and nobody took its place: there is nobody to punish, and nobody to tell."""
    name = name_of(party or case.party or {})
    left = [f for f in case.happened("party_left") if f.values.get("reason") in ENDED]
    followed = any(
        name_of(party_in(f.values, "from_party")) == name for f in case.happened("party_succeeded")
    )
    return bool(name) and not followed and any(name_of(party_in(f.values)) in ("", name) for f in left)


def same_party(case: CaseFile, one: Document, other: Document) -> bool | None:
    """Whether two documents name one party, succession counted; None when one names nobody."""
    mine, theirs = name_of(party_of(one)), name_of(party_of(other))
    if not mine or not theirs:
        return None
    return theirs in names_of(case, mine)


def reached_addressee(case: CaseFile, document: Document) -> Moment | None:
    """When a paper was served on whom it is for: handed to another it is not served (民 88)."""
    return reached(document, addressee(case, document.declared, document.values))


def reached(document: Document, name: str) -> Moment | None:
    """When a paper was served on somebody of a name; on anybody when no name is told."""
    times = [
        step.effective
        for step in document.service
        if step.effective is not None and (not name or _is_one(squeezed(step.addressee), {squeezed(name)}))
    ]
    return min(times, key=instant) if times else None


def interested(case: CaseFile) -> list[str]:
    """The interested persons of an application: who was told so, and who asked for a hearing, the applicant left out."""
    told = [name_of(party_in(d.values, "interested_party")) for d in case.of("interested_party_notice")]
    asked = [squeezed(f.values.get("by")) for f in case.happened("license_hearing_requested")]
    applicant = name_of(case.party or {})
    return [name for name in dict.fromkeys([*told, *asked]) if name and name != applicant]


def unserved(case: CaseFile, document: Document) -> list[str]:
    """Whom a paper that is served has not reached yet: whom it is for, then those whom it is served on besides."""
    first = addressee(case, document.declared, document.values)
    more = [text_in(row, "name") for row in rows(document.values.get(document.declared.served_besides))]
    left = [name for name in more if name and reached(document, name) is None]
    if not more:
        return [] if document.served_at is not None else [first]
    return [first, *left] if reached(document, first) is None else left


def reached_party(case: CaseFile, document: Document) -> Moment | None:
    """When a paper was served on the party that it names: handed to another it is not served (罚 61; 民 88).

    The name before or after succession, the legal representative and whom the party empowered stand for it.
    """
    party = party_of(document) or case.party or {}
    name = name_of(party)
    own = names_of(case, name) | {squeezed(party.get("legal_rep")), "当事人", "本人"}
    own |= {squeezed(row.get("name")) for d in case.of("power_of_attorney") for row in _agents(d)}
    times = [
        step.effective
        for step in document.service
        if step.effective is not None and (not name or _is_one(squeezed(step.addressee), own - {""}))
    ]
    return min(times, key=instant) if times else None


def perhaps_received(party: Mapping[str, Any], addressees: Iterable[str]) -> bool:
    """Whether one of the addressees may be the person who receives papers for an organisation (民 88): a person of whom no
    more than the name is told. Who signs for a natural person stands for nobody by that."""
    kind = party.get("party_kind")
    organisation = kind not in NATURAL if kind else len(name_of(party)) > _LONGEST_NAME
    return organisation and any(_named_like_a_person(squeezed(one)) for one in addressees)


def _named_like_a_person(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_NAME and not name.endswith(_ORGANISATIONS)


def _agents(paper: Document) -> list[Mapping[str, Any]]:
    found = [value for field in ("agent", "agents") for value in _listed(paper.values.get(field))]
    return [value for value in found if isinstance(value, Mapping)]


def _listed(value: object) -> list[Any]:
    return list(cast("Iterable[Any]", value)) if isinstance(value, (list, tuple)) else [value]


def _is_one(addressee: str, own: set[str]) -> bool:
    """Whether an addressee is one of these names, a name with a word added (某公司前台) included."""
    return not addressee or "未载" in addressee or any(name in addressee for name in own)


_IDS = ("id_number", "uscc")
_DECISIONS = ("penalty_decision", "summary_decision", "no_penalty_decision")


def apart(case: CaseFile, one: Document, other: Document) -> bool:
    """Whether two papers are certainly addressed to different parties.

    Where a party joined the case another name is another party. Elsewhere another spelling is a slip, unless the parties are
    of another kind or have another number as well and each of them got a decision of its own (企业和责任人员都受罚的).
    """
    if same_party(case, one, other) is not False:
        return False
    if case.happened("party_joined"):
        return True
    mine, theirs = _decided(case, one), _decided(case, other)
    return mine is not None and theirs is not None and _others(mine, theirs)


def _others(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    kinds = {text_in(party, "party_kind") for party in (one, other)}
    numbers = [(text_in(one, name), text_in(other, name)) for name in _IDS]
    differ = len(kinds) == 2 and "" not in kinds and kinds != set(NATURAL)
    return differ or any(mine and theirs and mine != theirs for mine, theirs in numbers)


def _decided(case: CaseFile, paper: Document) -> Mapping[str, Any] | None:
    """The party of a paper as a decision on it has it; None when it got none."""
    found = (party_of(d) for d in case.of(*_DECISIONS) if d.issued and same_party(case, paper, d))
    return next(found, None)


def concerning(case: CaseFile, document: Document, others: Iterable[Document]) -> list[Document]:
    """Those of the others that may be addressed to the party of ``document``."""
    return [other for other in others if not apart(case, document, other)]
