"""A signature as it is drawn on a paper or sheet, its scan taken from the vault."""

from __future__ import annotations

from liuhen.casefile.moments import day
from liuhen.casefile.state import Document, Sign
from liuhen.papers import Mark
from liuhen.vault.places import Vault

# Who signs the proof of service, when the paper that was served has no place of its own for them.
ON_RECEIPT = ("recipient", "server", "witness")


def mark_of(sign: Sign, vault: Vault) -> Mark:
    """A signature as drawn on paper."""
    mark = Mark(role=sign.role, name=sign.name, pages=sign.pages, date=day(sign.at).isoformat())
    if sign.refused:
        mark["refused"] = sign.reason
        if sign.witness:
            mark["witness"] = sign.witness
    elif sign.means == "paper" and sign.body.get("scan"):
        mark["paper"] = f"已在纸上签名，见签名扫描件第{sign.body.get('page', 1)}页"
    elif sign.body.get("strokes"):
        mark["points"] = sign.body["strokes"]
    elif sign.body.get("scan"):
        with vault.open(sign.body["scan"]) as scan:
            mark["image"] = scan.read()
    return mark


def receipt_marks(document: Document, vault: Vault) -> list[Mark]:
    """The signatures that stand on the proof of service of a document."""
    own = {wanted.role for wanted in document.declared.signatures}
    return [
        mark_of(sign, vault) for sign in document.current.signatures
        if sign.role in ON_RECEIPT and sign.role not in own and sign.means != "paper"
    ]  # fmt: skip
