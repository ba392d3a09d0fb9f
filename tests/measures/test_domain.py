"""Kind by kind the declarations have what the reference table asks for; what differs on purpose stands in a list with its reason.

Compared are: the kind itself, whom it faces, fields, the columns of lists and whether they are required, secrecy, signatures with their number and
pages, the chain of approvals, the number, service, recording. More than the table asks for is no difference.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liuhen.cli.pages import differences
from liuhen.measures import DOCUMENTS
from liuhen.measures.vocabulary import Document, Field, Signature

TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "domain.toml").read_text(encoding="utf-8")
)
GROUPS = {
    "{h}": "case_no!", "{pa}": "party!", "{of}": "officers!", "{tp}": "started_at! ended_at! place!",
    "{item}": "name! spec unit quantity! condition note", "{rt}": "rights_told! recusal_answer! certificates_shown!", "{bs}": "basis!", "{rm}": "remedies!",
}  # fmt: skip
# Who signs, as the table calls them and as we do.
ROLES = {
    "applicant": "party", "reviewer": "officer", "staff": "officer", "handler": "officer", "provider": "holder",
    "archivist": "receiver",
}  # fmt: skip
STRENGTH = {"": 0, "S": 1, "M": 2}
SIGNER = re.compile(r"(\w+?)(?:×(\d|all))?(/p)?(\?)?")


def found(name: str) -> Iterator[str]:
    """The differences of one kind, each as ``kind`` or ``kind.what``."""
    asked, kind = TABLE[name], DOCUMENTS.get(differences.kinds().get(name, name))
    if kind is None:
        yield name
        return
    if kind.facing != asked["facing"]:
        yield f"{name}:facing"
    if asked.get("number", kind.number) != kind.number:
        yield f"{name}:number"
    if asked.get("served", False) and not kind.served:
        yield f"{name}:served"
    if STRENGTH[kind.recording] < STRENGTH[asked.get("recording", "")]:
        yield f"{name}:recording"
    yield from (f"{name}.{field}" for field in lacking(kind, asked.get("fields", "")))
    for field, columns in asked.get("rows", {}).items():
        ours = next((f for f in kind.fields if f.name == differences.ours(kind.code, field)), None)
        missing = lacking(kind, columns, ours.columns if ours else (), f"{field}.")
        yield from (f"{name}.{field}.{column}" for column in missing)
    yield from (
        f"{name}.{field}:secret"
        for field in asked.get("secret", "").split()
        if not kind.field(differences.ours(kind.code, field)).secret
    )
    yield from (f"{name}:signed:{role}" for role in unsigned(kind, asked.get("signed", "")))
    if not approved(kind, asked.get("approvals", "")):
        yield f"{name}:approvals"


def lacking(
    kind: Document, fields: str, there: tuple[Field, ...] | None = None, of: str = ""
) -> Iterator[str]:
    """The fields of the table that the kind, or one of its lists, has not, or does not require where the table does."""
    declared = {field.name: field for field in (kind.fields if there is None else there)}
    for group, names in GROUPS.items():
        fields = fields.replace(group, names)
    for word in fields.split():
        asked = word.rstrip("!")
        named = (
            differences.names().get(f"{kind.code}.{of}{asked}") if of else differences.ours(kind.code, asked)
        )
        field = declared.get(named or asked)
        if field is None or (word.endswith("!") and not wanted(field)):
            yield asked


def wanted(field: Field) -> bool:
    return field.required or field.required_if is not None


def unsigned(kind: Document, signed: str) -> Iterator[str]:
    """The roles that do not sign as the table asks: at all, in number, on every page, without exception."""
    by_role = {s.role: s for s in kind.signatures}
    for word in signed.split():
        if word == "seal":
            if not kind.sealed:
                yield word
            continue
        matched = SIGNER.fullmatch(word)
        assert matched, word
        role, count, page, optional = matched.groups()
        ours = by_role.get(role) or by_role.get(ROLES.get(role, role)) or by_role.get(own(kind, role))
        if ours is None or not as_asked(ours, count or "1", bool(page), bool(optional)):
            yield role


def own(kind: Document, role: str) -> str:
    """Two papers whose signer has a post of their own."""
    posts = {
        ("legal_review_opinion", "reviewer"): "legal_reviewer",
        ("license_supplement_notice", "handler"): "registrar",
    }
    return posts.get((kind.code, role), role)


def as_asked(ours: Signature, count: str, page: bool, optional: bool) -> bool:
    enough = ours.count == 0 if count == "all" else ours.count == 0 or ours.count >= int(count)
    return enough and (ours.every_page or not page) and (ours.required or optional)


def approved(kind: Document, approvals: str) -> bool:
    """The unconditional letters stand in the chain in their order; or the kind named approves."""
    if approvals in TABLE:
        return kind.approved_by == approvals
    letters = [letter for letter in approvals.split() if letter in "SLBP"]
    chain = kind.approvals or (DOCUMENTS[kind.approved_by].approvals if kind.approved_by in DOCUMENTS else ())
    rest = iter(chain)
    return all(letter in rest for letter in letters)


ALL = [difference for name in TABLE for difference in found(name)]


@pytest.mark.parametrize("name", TABLE)
def test_a_kind_has_what_the_table_asks_for_or_a_reason(name: str) -> None:
    assert [difference for difference in found(name) if difference not in differences.reasons()] == []


def test_every_reason_is_of_a_difference_that_there_is() -> None:
    assert [difference for difference in differences.reasons() if difference not in ALL] == []


def test_what_is_called_otherwise_is_there_and_not_in_the_table_too() -> None:
    fields = {
        one.name for kind in DOCUMENTS.values() for field in kind.fields for one in (field, *field.columns)
    }
    assert set(differences.names().values()) <= fields
    assert set(differences.kinds()) <= set(TABLE) - set(DOCUMENTS)
    assert set(differences.kinds().values()) <= set(DOCUMENTS) - set(TABLE)


def test_every_kind_is_in_the_table_or_told_as_ours() -> None:
    ours = set(DOCUMENTS) - set(TABLE) - set(differences.kinds().values())
    assert ours == set(differences.more())


def test_what_is_wanting_is_noticed() -> None:
    notice = DOCUMENTS["penalty_notice"]
    assert list(lacking(notice, "facts! nothing")) == ["nothing"]
    columns = notice.field("penalties").columns
    assert list(lacking(notice, "kind! amount! nothing", columns, "penalties.")) == ["amount", "nothing"]
    assert list(unsigned(notice, "officer×2 seal")) == ["officer"]
    assert not approved(DOCUMENTS["docket_approval"], "S L B")
    assert not approved(DOCUMENTS["docket_approval"], "B S")
    record = DOCUMENTS["evidence_copy_sheet"]
    assert list(unsigned(record, "officer×2/p officer×3 holder")) == ["officer", "officer"]
