"""What supervision recorded, folded from its office streams: orders to rectify with their course, samples with their reviews,
failings entered by hand, lists reported (A32, A34)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import Moment, day

FAILINGS = {
    1: "没有记录，或者没有按规定记录",
    2: "泄露记录信息",
    3: "故意毁损、删改记录",
    4: "保管不善，致使记录丢失、损坏",
    5: "其他失职情形",
}
Standing = Literal["open", "late", "answered", "failed", "done", "escalated"]


@dataclass(frozen=True)
class Progress:
    """One step after an order: answered, rechecked (``passed``) or escalated (``to``)."""

    entry: str
    action: str
    text: str
    at: Moment
    actor: str
    passed: bool | None = None
    to: str = ""
    proofs: tuple[str, ...] = ()


@dataclass
class Rectification:
    """An order to rectify 责令限期整改 and what followed (R34.2; TL-47)."""

    entry: str
    section: str
    persons: tuple[str, ...]
    findings: tuple[Any, ...]
    demand: str
    due: date
    at: Moment
    actor: str
    steps: list[Progress] = field(default_factory=list[Progress])

    def standing(self, today: date) -> Standing:
        """Where it stands: what the last step made of it; unanswered it is open, after its day late."""
        if any(step.action == "escalated" for step in self.steps):
            return "escalated"
        if not self.steps:
            return "late" if today > self.due else "open"
        last = self.steps[-1]
        if last.action == "rechecked":
            return "done" if last.passed else "failed"
        return "answered"

    @property
    def answered_late(self) -> bool:
        """Whether the first answer came after the day set."""
        answers = [step for step in self.steps if step.action == "answered"]
        return bool(answers) and day(answers[0].at) > self.due


@dataclass(frozen=True)
class Review:
    """What came out of looking at one sampled file 评查结果 (domain §8.4)."""

    entry: str
    case: str
    points: str
    deductions: tuple[Any, ...]
    text: str
    veto: str
    at: Moment
    actor: str


@dataclass
class Sample:
    """Files drawn at random 评查抽样: anybody draws the same with the same seed from the same population."""

    entry: str
    title: str
    seed: str
    frame: dict[str, Any]
    population: tuple[str, ...]
    cases: tuple[str, ...]
    at: Moment
    actor: str
    reviews: dict[str, Review] = field(default_factory=dict[str, Review])


@dataclass(frozen=True)
class Failing:
    """A failing of A34 that was entered by hand with its evidence (R34.1)."""

    entry: str
    failing: int
    section: str
    text: str
    case: str
    persons: tuple[str, ...]
    proofs: tuple[str, ...]
    at: Moment
    actor: str


@dataclass(frozen=True)
class Reported:
    """A section's list of last year's cases as it was sent to 政策法规科 (R32.1)."""

    entry: str
    year: int
    section: str
    cases: tuple[Any, ...]
    file: str
    at: Moment
    actor: str

    @property
    def late(self) -> bool:
        """After 31 January (A32)."""
        return day(self.at) > date(self.year + 1, 1, 31)


@dataclass
class Supervision:
    """All of it, in order of recording; by the hash of the entry that began it where something follows."""

    rectifications: dict[str, Rectification] = field(default_factory=dict[str, Rectification])
    samples: dict[str, Sample] = field(default_factory=dict[str, Sample])
    failings: list[Failing] = field(default_factory=list[Failing])
    lists: list[Reported] = field(default_factory=list[Reported])

    def reported(self, year: int, section: str) -> Reported | None:
        """The last list of a section for a year; None while it has sent none."""
        found = [one for one in self.lists if (one.year, one.section) == (year, section)]
        return found[-1] if found else None


def drawn(seed: str, population: Sequence[str], count: int) -> list[str]:
    """``count`` of the population (case numbers), in the order drawn; all of it when it has no more.

    The rank of each is the SHA-256 of ``seed``, a line feed and the number, as hex: ``printf 'seed\\nLC-1' | sha256sum``.
    """
    return sorted(set(population), key=lambda number: _rank(seed, number))[: max(count, 0)]


def _rank(seed: str, number: str) -> str:
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def settle_supervision(entries: Iterable[Entry]) -> Supervision:
    """Fold the streams of supervision. What a destroyed body said is left out."""
    found = Supervision()
    for entry in entries:
        if entry.body is not None and entry.kind in _FOLD:
            _FOLD[entry.kind](found, entry, dict(entry.body))
    return found


def _ordered(found: Supervision, entry: Entry, body: dict[str, Any]) -> None:
    found.rectifications[entry.hash] = Rectification(
        entry.hash, body["section"], tuple(body["persons"]), tuple(body["findings"]), body["demand"],
        date.fromisoformat(body["due"]), entry.at, entry.actor,
    )  # fmt: skip


def _step(found: Supervision, entry: Entry, body: dict[str, Any]) -> None:
    order = found.rectifications.get(body["order"])
    if order is not None:
        order.steps.append(
            Progress(
                entry.hash, body["action"], body["text"], entry.at, entry.actor, body.get("passed"),
                body.get("to", ""), tuple(body.get("proofs", ())),
            )
        )  # fmt: skip


def _failing(found: Supervision, entry: Entry, body: dict[str, Any]) -> None:
    found.failings.append(
        Failing(
            entry.hash, body["failing"], body["section"], body["text"], body.get("case", ""),
            tuple(body.get("persons", ())), tuple(body.get("proofs", ())), entry.at, entry.actor,
        )
    )  # fmt: skip


def _sampled(found: Supervision, entry: Entry, body: dict[str, Any]) -> None:
    found.samples[entry.hash] = Sample(
        entry.hash, body["title"], body["seed"], dict(body["frame"]), tuple(body["population"]),
        tuple(body["cases"]), entry.at, entry.actor,
    )  # fmt: skip


def _reviewed(found: Supervision, entry: Entry, body: dict[str, Any]) -> None:
    sample = found.samples.get(body["sample"])
    if sample is not None and body["case"] in sample.cases:
        sample.reviews[body["case"]] = Review(
            entry.hash, body["case"], body["points"], tuple(body["deductions"]), body["text"],
            body.get("veto", ""), entry.at, entry.actor,
        )  # fmt: skip


def _listed(found: Supervision, entry: Entry, body: dict[str, Any]) -> None:
    found.lists.append(
        Reported(
            entry.hash, body["year"], body["section"], tuple(map(tuple, body["cases"])), body["file"],
            entry.at, entry.actor,
        )
    )  # fmt: skip


_FOLD = {
    "RectificationOrdered": _ordered,
    "RectificationStep": _step,
    "FailingEntered": _failing,
    "Sampled": _sampled,
    "Reviewed": _reviewed,
    "ListReported": _listed,
}
