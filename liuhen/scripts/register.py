"""What the steps of a script wrote: their entries by local name, so that later steps can refer to them."""

from __future__ import annotations

from dataclasses import dataclass, field

PARTS = {
    "Filed": "filed",
    "Signed": "signed",
    "Decided": "approved",
    "Issued": "issued",
    "ServiceStep": "served",
    "Happened": "stated",
    "Deposited": "deposited",
    "Corrected": "corrected",
    "Voided": "voided",
}


@dataclass
class Register:
    """Hashes of entries: local name → part → in order; and the document that a local name stands for."""

    entries: dict[str, dict[str, list[str]]] = field(default_factory=dict[str, dict[str, list[str]]])
    documents: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, name: str, kind: str, entry: str) -> None:
        """Remember an entry of a kind that a step wrote."""
        if kind in PARTS:
            self.entries.setdefault(name, {}).setdefault(PARTS[kind], []).append(entry)

    def document(self, name: str) -> str:
        """The id of the document that a local name stands for; the name itself when none does."""
        return self.documents.get(name, name)

    def refer(self, target: str) -> list[str]:
        """What a reference such as 告知书.served[0] means: one entry; a bare name: the first that the step wrote."""
        name, _, rest = target.partition(".")
        parts = self.entries.get(name, {})
        part, _, index = rest.rstrip("]").partition("[")
        found = parts.get(part, []) if rest else next(iter(parts.values()), [])
        return found[int(index or 0) :][:1]

    def whole(self, target: str) -> list[str]:
        """Every entry that a step wrote; with a part named, that one alone."""
        if "." in target:
            return self.refer(target)
        return [entry for entries in self.entries.get(target, {}).values() for entry in entries]
