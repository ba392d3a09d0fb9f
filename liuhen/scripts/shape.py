"""The shape of a case script, as ``script.load`` returns it (text: ``docs/case-scripts.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from liuhen.casefile.moments import Moment
from liuhen.measures.vocabulary import Field


@dataclass(frozen=True)
class Member:
    """A person of the bureau as a script names them: local key, name, posts, certificate and its validity."""

    key: str
    name: str
    roles: tuple[str, ...] = ()
    certificate: str = ""
    valid: tuple[date, date] | None = None
    section: str = ""


@dataclass(frozen=True)
class Signing:
    """Someone signs or refuses: ``person`` is a key of ``people`` or empty; ``on`` None: with the step."""

    role: str
    name: str
    person: str = ""
    on: Moment | None = None
    means: str = "paper"
    pages: str = "all"
    reason: str = ""
    witness: str = ""
    scan: str = ""


@dataclass(frozen=True)
class Approval:
    """An opinion: ``letter`` S, L, B or P; ``opinion`` agree, return or refuse."""

    letter: str
    by: str = ""
    on: Moment | None = None
    opinion: str = "agree"
    text: str = ""
    choice: str = ""
    acting_for: str = ""


@dataclass(frozen=True)
class Issuing:
    """Issue: ``number``, ``authority`` and ``sealed`` as printed on the paper of an outside source."""

    on: Moment | None = None
    number: str = ""
    authority: str = ""
    sealed: bool | None = None


@dataclass(frozen=True)
class Serving:
    """One thing that happened in serving a document."""

    method: str
    what: str
    to: str = ""
    on: Moment | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Open:
    """The case begins."""

    case_no: str = ""


@dataclass(frozen=True)
class Assign:
    """People take parts, or leave them: part → keys of ``people``."""

    parts: Mapping[str, tuple[str, ...]]
    action: str = "take"
    reason: str = ""


@dataclass(frozen=True)
class File:
    """A document is final, with all that happened to it.

    ``lacks``: what the source shows was not done with it (``signed``, ``approved``, ``issued``, ``served``).
    """

    kind: str
    values: Mapping[str, Any]
    title: str = ""
    replaces: str = ""
    signed: tuple[Signing, ...] = ()
    approved: tuple[Approval, ...] = ()
    issued: Issuing | None = None
    served: tuple[Serving, ...] = ()
    lacks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Serve:
    """A further thing that happened in serving a document."""

    document: str
    serving: Serving


@dataclass(frozen=True)
class State:
    """A declared fact."""

    fact: str
    values: Mapping[str, Any]
    document: str = ""
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """A recording: what it shows, from–to, device, document and duty it belongs to, when it was deposited."""

    what: str
    starts: Moment | None = None
    ends: Moment | None = None
    device: str = ""
    document: str = ""
    duty: str = ""
    place: str = "vault"
    file: str = "generated"
    deposited: Moment | None = None
    late_reason: str = ""


@dataclass(frozen=True)
class Correct:
    """A correction of one value of an earlier entry: ``target`` as in ``告知书.served[0]``; the field, if it is one."""

    target: str
    path: str
    value: Any
    reason: str
    field: Field | None = None


@dataclass(frozen=True)
class Void:
    """An earlier entry must not be shown."""

    target: str
    reason: str


@dataclass(frozen=True)
class Confirm:
    """The section head confirms what an earlier step backfilled or corrected."""

    target: str


@dataclass(frozen=True)
class Mark:
    """A mark is set or lifted."""

    mark: str
    set: bool
    reason: str
    subject: str = ""


@dataclass(frozen=True)
class Explain:
    """A finding is explained."""

    code: str
    text: str
    subject: str = ""


@dataclass(frozen=True)
class Archive:
    """The case file is packaged."""


Verb = Open | Assign | File | Serve | State | Record | Correct | Void | Confirm | Mark | Explain | Archive


@dataclass(frozen=True)
class Backfilled:
    """How the step came to be recorded afterwards: when, why, from which scan."""

    recorded: Moment
    reason: str
    scan: str = ""


@dataclass(frozen=True)
class Step:
    """One step: line in the file, when it happened, who recorded it, its local name, what was done."""

    line: int
    at: Moment
    by: str
    name: str
    does: Verb
    backfilled: Backfilled | None = None


@dataclass(frozen=True)
class Expected:
    """A finding that ``check`` must give."""

    code: str
    severity: str = ""


@dataclass(frozen=True)
class Setting:
    """A value of the bureau (a threshold, say) in force from a day."""

    name: str
    value: Any
    since: date
    basis: str


@dataclass(frozen=True)
class Script:
    """A case as told. ``absent``: kinds that did not exist; ``closed``: the script tells everything; ``origin``: the script
    of the case that it comes from, ``earlier`` that script where its file lies beside; ``bureau``: the authority that may act in the matter."""

    path: str
    id: str
    title: str
    procedure: str
    section: str = ""
    case_no: str = ""
    origin: str = ""
    earlier: Script | None = None
    bureau: str = ""
    source: str = ""
    moved: str = ""
    ours: tuple[str, ...] = ()
    today: date | None = None
    closed: bool = False
    people: Mapping[str, Member] = field(default_factory=dict[str, Member])
    party: Mapping[str, Any] = field(default_factory=dict[str, Any])
    absent: frozenset[str] = frozenset()
    settings: tuple[Setting, ...] = ()
    steps: tuple[Step, ...] = ()
    expect: tuple[Expected, ...] = ()

    def step(self, name: str) -> Step:
        """The step with a local name; KeyError when there is none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)
