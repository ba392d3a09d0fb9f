"""A case being played: its people, its files, and how a script's names become what the record holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liuhen.acts import media
from liuhen.acts.engine import situation
from liuhen.casefile.moments import parse, write
from liuhen.measures.vocabulary import Document, Fact
from liuhen.office.policy import Actor
from liuhen.records.append import Receipt
from liuhen.scripts import generated
from liuhen.scripts.register import Register
from liuhen.scripts.resolving import How, resolved
from liuhen.scripts.shape import Script

Receipts = Sequence[Receipt]


class Unplayable(ValueError):
    """A script that can be checked but not played; the message says what it would need."""


@dataclass
class Stage:
    """A case being played: its people, its id once it is open, what was written, the files deposited so far.

    ``opened`` are the cases that were opened in the same play, by the id of their script.
    """

    script: Script
    cast: Mapping[str, Actor]
    opened: dict[str, str] = field(default_factory=dict[str, str])
    case: str = ""
    register: Register = field(default_factory=Register)
    files: dict[str, str] = field(default_factory=dict[str, str])

    def actor(self, key: str) -> Actor:
        """Who does a step. Raises Unplayable when the script does not say."""
        if key not in self.cast:
            raise Unplayable("演练时每一步、每个审批都要写明由谁办（by）")
        return self.cast[key]

    def how(self, actor: Actor) -> How:
        """How names become what the record holds: people by id, documents by id, files by digest once deposited."""
        return How(
            moment=lambda told: write(parse(told)),
            person=lambda key: self.cast[key].person if key in self.cast else key,
            document=self.register.document,
            file=lambda name: self.digest(actor, name),
        )

    def digest(self, actor: Actor, name: str) -> str:
        """The digest of a file, deposited into the case when it is first named."""
        if name not in self.files:
            receipts = media.deposit(
                self.case, actor, self.bytes(name), Path(name).name, what=Path(name).stem
            )
            body = situation(self.case, actor).entry(receipts[0].hash).body
            self.files[name] = str(body["digest"]) if body else ""
        return self.files[name]

    def bytes(self, name: str) -> bytes:
        """A file beside the script, else one made up."""
        beside = Path(self.script.path).parent / name
        return beside.read_bytes() if beside.is_file() else generated.content(name, self.script.id)


def values_told(
    stage: Stage, declared: Document | Fact, values: Mapping[str, Any], actor: Actor
) -> dict[str, Any]:
    """The values told, with the party of the script where they leave it out, resolved."""
    wants_party = any(f.name == "party" and f.source == "case.party" for f in declared.fields)
    party = {"party": dict(stage.script.party)} if wants_party and stage.script.party else {}
    return resolved(declared.fields, {**party, **values}, stage.how(actor))
