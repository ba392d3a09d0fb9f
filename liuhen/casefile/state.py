"""A case as it was recorded: what ``settle`` returns. Rules, pages and papers read these values and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from liuhen.casefile.moments import Moment, day, instant
from liuhen.casefile.office import Office
from liuhen.measures.releases import Release, release
from liuhen.measures.vocabulary import Document as Kind

P = ParamSpec("P")
T = TypeVar("T")
Values = Mapping[str, Any]
APPROVER_ROLES = {
    "S": "section_head",
    "L": "legal_reviewer",
    "B": "bureau_leader",
    "P": "principal_leader",
}
DECISIONS = (
    "penalty_decision",
    "no_penalty_decision",
    "summary_decision",
    "license_grant_decision",
    "license_denial_decision",
)
UNNUMBERED = "无"  # what stands for the number of a paper that is sealed but not numbered


def notice_days(on: date, under: Release) -> int:
    """How many days after it was published on a day a public notice is served (民 95; TL-36)."""
    limit = under.limits["TL-36"]
    former = limit.former_on(on)
    return (former.span if former and former.span else limit.span).length


def blank(value: object) -> bool:
    """True for what counts as not filled in: absent, empty, only white space, or 纸上未载."""
    if value is None or value == [] or value == {}:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, dict) and "not_on_paper" in value


@dataclass(frozen=True)
class Opinion:
    """One ``Decided``: who, as what, what they said of the entry ``target``."""

    entry: str
    target: str
    role: str
    opinion: str
    text: str
    choice: str
    at: Moment
    actor: str
    name: str
    acting_for: str = ""


@dataclass(frozen=True)
class Rendition:
    """The bytes of a document that people saw."""

    entry: str
    purpose: str
    digest: str
    pages: int
    at: Moment


@dataclass(frozen=True)
class Sign:
    """A signature, seal, fingerprint or refusal on a document."""

    entry: str
    role: str
    name: str
    person: str
    means: str
    pages: str
    at: Moment
    reason: str
    witness: str
    rendition: str
    body: Values

    @property
    def refused(self) -> bool:
        return self.means == "refused"


@dataclass(frozen=True)
class Issue:
    """Number, date and seal given to a document."""

    entry: str
    number: str
    on: Moment
    sealed: bool
    authority: str


@dataclass(frozen=True)
class ServiceStep:
    """One thing that happened in serving a document, in a case under a release."""

    entry: str
    method: str
    what: str
    at: Moment
    addressee: str
    body: Values
    release: str = ""

    @property
    def effective(self) -> Moment | None:
        """When this step serves the document, None when it does not (A27; 民 87–95; 罚 61)."""
        if self.what in ("delivered", "left", "reached"):
            return self.at
        if self.what == "published":
            return day(self.at) + timedelta(days=notice_days(day(self.at), release(self.release)))
        return None


@dataclass
class Revision:
    """One final text (定稿) of a document. Opinions and signatures belong to a revision and lapse with it."""

    number: int
    filed: str
    values: Values
    at: Moment
    recorded_at: Moment
    actor: str
    origin: str
    confirmed: bool
    commitment: str
    title: str = ""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    backfill: Values = field(default_factory=dict[str, Any])
    opinions: list[Opinion] = field(default_factory=list[Opinion])
    renditions: list[Rendition] = field(default_factory=list[Rendition])
    signatures: list[Sign] = field(default_factory=list[Sign])


@dataclass
class Document:
    """A document of the case with all its revisions; what is asked of it is answered for the current one."""

    id: str
    kind: str
    release: str = ""
    revisions: list[Revision] = field(default_factory=list[Revision])
    issued: Issue | None = None
    service: list[ServiceStep] = field(default_factory=list[ServiceStep])
    voided: str = ""

    @property
    def declared(self) -> Kind:
        """Its kind, as the release of the Measures declares it under which the case began (R36.1)."""
        return release(self.release).documents[self.kind]

    @property
    def current(self) -> Revision:
        return self.revisions[-1]

    @property
    def values(self) -> Values:
        return self.current.values

    @property
    def title(self) -> str:
        return self.current.title or self.declared.title

    @property
    def made_at(self) -> Moment:
        """When the document came into being for the outside: the day of issue, else of the current text."""
        return self.issued.on if self.issued else self.current.at

    def opinion_of(self, role: str) -> Opinion | None:
        """The standing opinion of a role on the current text: the last one given, confirmations apart."""
        given = [o for o in self.current.opinions if o.role == role and o.opinion != "confirm"]
        return given[-1] if given else None

    def approved_at(self, approvals: tuple[str, ...] | None = None) -> Moment | None:
        """When the last of the declared approvals was given; None while one is missing or not ``agree``."""
        wanted = self.declared.approvals if approvals is None else approvals
        if not wanted:
            return None
        moments: list[Moment] = []
        for letter in wanted:
            opinion = self.opinion_of(APPROVER_ROLES[letter])
            if opinion is None or opinion.opinion != "agree":
                return None
            moments.append(opinion.at)
        return max(moments, key=instant)

    @property
    def next_approver(self) -> str:
        """The letter (S, L, B, P) whose opinion is wanted next; empty when none is, or one said no."""
        for letter in self.declared.approvals:
            opinion = self.opinion_of(APPROVER_ROLES[letter])
            if opinion is None:
                return letter
            if opinion.opinion != "agree":
                return ""
        return ""

    @property
    def returned(self) -> Opinion | None:
        """The opinion that sent the current text back or refused it."""
        for opinion in reversed(self.current.opinions):
            if opinion.opinion in ("return", "refuse"):
                return opinion
        return None

    @property
    def served_at(self) -> Moment | None:
        """The effective date of service: the earliest moment at which a step serves it."""
        moments = [step.effective for step in self.service]
        effective = [moment for moment in moments if moment is not None]
        return min(effective, key=instant) if effective else None

    def signed_by(self, role: str) -> list[Sign]:
        """Signatures (refusals too) on the current text by a role, one a person."""
        found: dict[str, Sign] = {}
        for sign in self.current.signatures:
            if sign.role == role:
                found[sign.person or sign.name] = sign
        return list(found.values())

    def rendition(self, purpose: str) -> Rendition | None:
        """The last rendition of the current text for ``for_signature`` or ``final``."""
        found = [r for r in self.current.renditions if r.purpose == purpose]
        return found[-1] if found else None


@dataclass(frozen=True)
class Fact:
    """A declared fact of the case (``Happened``)."""

    entry: str
    code: str
    values: Values
    at: Moment
    document: str
    actor: str
    proofs: tuple[str, ...] = ()


@dataclass
class Recording:
    """A deposited file: a recording (``recorded``) or a paper, scan or photograph.

    ``entry`` is the entry of this case that brought it: its ``Deposited``, or the ``Tied`` of a file that waited in the
    office's register; ``deposited`` is the ``Deposited`` itself. ``body`` holds what was stated of it.
    """

    entry: str
    deposited: str
    digest: str
    name: str
    size: int
    media_type: str
    what: str
    place: str
    recorded: bool
    starts: Moment | None
    ends: Moment | None
    deposited_at: Moment
    device: str
    by: str
    body: Values
    document: str = ""
    duty: str = ""
    voided: str = ""


@dataclass(frozen=True)
class Assignment:
    """A person took or left a part."""

    person: str
    part: str
    taken: bool
    at: Moment
    reason: str


@dataclass(frozen=True)
class Correction:
    """A ``Corrected``: which entry, which value, old and new, why; confirmed or not."""

    entry: str
    target: str
    path: str
    value: Any
    old: Any
    reason: str
    at: Moment
    actor: str
    confirmed: bool


@dataclass(frozen=True)
class Unconfirmed:
    """A backfill or correction that waits for the section head's confirmation. ``paper``: the backfilled text that it was
    recorded for and that it is confirmed with; empty when it is confirmed by itself."""

    entry: str
    kind: str
    actor: str
    at: Moment
    recorded_at: Moment
    paper: str = ""


@dataclass
class CaseFile:
    """The case as it was recorded, corrections applied. Lists are in order of happening.

    ``opinions`` are those given on anything but a text of a document. ``packages`` are the bodies of ``Archived`` in order, the
    first and its supplements; ``moved`` is the last ``Handed`` of a transfer to the public archives; ``unpackaged`` the entries that came after the last of them and belong into the file.

    ``closed_world`` is true for a case of ours: what is not recorded did not happen. For an outside source it is
    false, and only the kinds named in ``absent`` are known not to exist. ``earlier`` are the cases that it came from, the
    nearest first.
    """

    id: str
    office: Office
    closed_world: bool = True
    absent: frozenset[str] = frozenset()
    case_no: str = ""
    procedure: str = ""
    section: str = ""
    title: str = ""
    measures: str = ""
    demo: bool = False
    origin: Values = field(default_factory=dict[str, Any])
    opened_at: Moment | None = None
    documents: dict[str, Document] = field(default_factory=dict[str, Document])
    facts: list[Fact] = field(default_factory=list[Fact])
    recordings: dict[str, Recording] = field(default_factory=dict[str, Recording])
    joined: dict[str, str] = field(default_factory=dict[str, str])
    assignments: list[Assignment] = field(default_factory=list[Assignment])
    corrections: list[Correction] = field(default_factory=list[Correction])
    unconfirmed: list[Unconfirmed] = field(default_factory=list[Unconfirmed])
    opinions: list[Opinion] = field(default_factory=list[Opinion])
    marks: dict[str, str] = field(default_factory=dict[str, str])
    explained: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    handed: list[Values] = field(default_factory=list[Values])
    moved_at: Moment | None = None
    moved: Values = field(default_factory=dict[str, Any])
    outcome: str = ""
    closed_at: Moment | None = None
    archived_at: Moment | None = None
    archived: Values | None = None
    packages: list[Values] = field(default_factory=list[Values])
    unpackaged: list[str] = field(default_factory=list[str])
    disposed: bool = False
    destroyed_at: Moment | None = None
    destroyed: Values = field(default_factory=dict[str, Any])
    late: list[tuple[str, str, Moment, Moment]] = field(default_factory=list[tuple[str, str, Moment, Moment]])
    head: int = 0
    earlier: tuple[CaseFile, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict[str, str])
    answered: dict[Hashable, Any] = field(
        default_factory=dict[Hashable, Any], init=False, repr=False, compare=False
    )

    @property
    def release(self) -> Release:
        """The release of the Measures that judges the case: the one in force when it began (R36.1)."""
        return release(self.measures)

    def called(self, kind: str) -> str:
        """The title of a kind of document: by the release of the case, else, of one that came later, by the current one."""
        return (self.release.documents.get(kind) or release("").documents[kind]).title

    def of(self, *kinds: str) -> list[Document]:
        """The documents of these kinds that are not voided, in order of happening."""
        return [d for d in standing(self) if d.kind in kinds]

    def recording(self, entry: str) -> Recording | None:
        """The file that an entry brought, or brought once more: from the device into the vault."""
        return self.recordings.get(self.joined.get(entry, entry))

    def latest(self, *kinds: str) -> Document | None:
        """The last of :meth:`of`."""
        found = self.of(*kinds)
        return found[-1] if found else None

    def happened(self, *codes: str) -> list[Fact]:
        """The facts of these codes in order of happening."""
        return sorted((f for f in self.facts if f.code in codes), key=lambda f: (instant(f.at), f.code))

    def tells(self, kind: str) -> bool:
        """Whether the absence of ``kind`` (a document kind or fact code) may be concluded from the record."""
        return self.closed_world or kind in self.absent

    def tells_of(self, document: Document, aspect: str) -> bool:
        """Whether it may be concluded that a document was not ``signed``, ``approved``, ``issued`` or ``served``; a source
        without any receipt shows of no paper that it was served."""
        unproved = aspect == "served" and "service_receipt" in self.absent and not document.service
        return self.closed_world or unproved or f"{aspect}:{document.id}" in self.absent

    def ever(self, *parts: str) -> set[str]:
        """The persons that ever held one of these parts in the case."""
        return {a.person for a in self.assignments if a.taken and a.part in parts}

    def holders(self, *parts: str) -> list[str]:
        """The persons that hold one of these parts now, in the order of assignment."""
        held: dict[tuple[str, str], bool] = {}
        for assignment in self.assignments:
            held[(assignment.person, assignment.part)] = assignment.taken
        people = [person for (person, part), taken in held.items() if taken and part in parts]
        return list(dict.fromkeys(people))

    @property
    def officers(self) -> list[str]:
        """The lead and assisting officers now, lead first."""
        return list(dict.fromkeys(self.holders("lead_officer") + self.holders("assist_officer")))

    @property
    def party(self) -> Values | None:
        """The party as the last document that names one has it, docket and decision before all."""
        for kind in ("docket_approval", "investigation_report"):
            document = self.latest(kind)
            if document and isinstance(document.values.get("party"), dict):
                return document.values["party"]
        named = [
            d for d in self.documents.values() if isinstance(d.values.get("party"), dict) and not d.voided
        ]
        named.sort(key=lambda d: instant(d.current.at))
        return named[-1].values["party"] if named else None

    @property
    def decision(self) -> Document | None:
        """The standing decision (on a penalty or a licence), if issued."""
        issued = [d for d in self.of(*DECISIONS) if d.issued]
        return issued[-1] if issued else None


def once(ask: Callable[Concatenate[CaseFile, P], T]) -> Callable[Concatenate[CaseFile, P], T]:
    """Ask a question of a case once and remember its answer in the case, which changes no more once it is settled.

    The answer belongs to all who ask: nobody changes it.
    """

    @wraps(ask)
    def asked(case: CaseFile, /, *given: P.args, **named: P.kwargs) -> T:
        key = (ask, given, *named.items())
        try:
            return case.answered[key]
        except KeyError:
            return case.answered.setdefault(key, ask(case, *given, **named))

    return asked


@once
def standing(case: CaseFile) -> list[Document]:
    """The documents that are not voided, in order of happening."""
    found = [d for d in case.documents.values() if not d.voided]
    return sorted(found, key=lambda d: (instant(d.made_at), d.kind, d.id))
