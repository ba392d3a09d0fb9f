"""The bureau's registers as they were recorded: people, certificates, delegations, settings, calendar years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from liuhen.casefile.entries import Entry, check_known
from liuhen.casefile.moments import Moment, day, instant, parse
from liuhen.measures.calendar import Calendar, Year
from liuhen.measures.release import RELEASE


@dataclass
class Person:
    """Someone of the bureau: name, section, and when which posts were taken and left."""

    id: str
    name: str
    section: str
    posts: list[tuple[Moment, tuple[str, ...], bool]] = field(
        default_factory=list[tuple[Moment, tuple[str, ...], bool]]
    )

    def roles(self, on: Moment) -> set[str]:
        """The posts held at a moment."""
        held: set[str] = set()
        for at, roles, taken in sorted(self.posts, key=lambda p: instant(p[0])):
            if instant(at) <= instant(on) or day(at) == day(on):
                held = held | set(roles) if taken else held - set(roles)
        return held


@dataclass(frozen=True)
class Certificate:
    """An enforcement certificate 执法证 and its validity, both days included."""

    person: str
    number: str
    valid_from: date
    valid_to: date

    def valid(self, on: date) -> bool:
        return self.valid_from <= on <= self.valid_to


@dataclass(frozen=True)
class Delegation:
    """代行: someone acts for another in a role for a term, on a basis (K9)."""

    person: str
    acting_for: str
    role: str
    starts: date
    ends: date
    basis: str


@dataclass(frozen=True)
class Interpretation:
    """What 政策法规科 says of an article of the Measures (A35). ``ended`` says why it no longer stands: 已代替 or 已收回."""

    entry: str
    article: int
    text: str
    question: str
    basis: str
    at: Moment
    actor: str
    ended: str = ""
    reason: str = ""


@dataclass
class Office:
    """What the office's registers say; ``known`` is false for an outside source, where certificates are not known."""

    people: dict[str, Person] = field(default_factory=dict[str, Person])
    certificates: list[Certificate] = field(default_factory=list[Certificate])
    delegations: list[Delegation] = field(default_factory=list[Delegation])
    settings: list[tuple[date, str, Any]] = field(default_factory=list[tuple[date, str, Any]])
    bases: dict[tuple[str, date], str] = field(default_factory=dict[tuple[str, date], str])
    years: list[Year] = field(default_factory=list[Year])
    interpretations: list[Interpretation] = field(default_factory=list[Interpretation])
    releases: list[tuple[date, str, str]] = field(default_factory=list[tuple[date, str, str]])
    returns: list[tuple[str, Moment, str]] = field(default_factory=list[tuple[str, Moment, str]])
    clocks: list[tuple[str, Moment, int]] = field(default_factory=list[tuple[str, Moment, int]])
    known: bool = True
    demo: bool = False

    def name(self, person: str) -> str:
        """A person's name, or the id when the register does not know it."""
        found = self.people.get(person)
        return found.name if found else person

    def acting(self, person: str, now: Moment) -> list[Delegation]:
        """What others have delegated to a person for this day, while they really hold it: nobody gives what they lack (K9)."""
        on = day(now)
        return [
            one for one in self.delegations
            if one.person == person and one.starts <= on <= one.ends and one.role in self.roles(one.acting_for, now)
        ]  # fmt: skip

    def stands_for(self, one: Delegation, section: str) -> bool:
        """Whether a delegation reaches into a section: a section head's into the own one only."""
        giver = self.people.get(one.acting_for)
        return giver is not None and (one.role != "section_head" or giver.section == section)

    def roles(self, person: str, on: Moment) -> set[str]:
        """The posts a person holds at a moment, delegated ones not included."""
        found = self.people.get(person)
        return found.roles(on) if found else set()

    def certified(self, person: str, number: str, on: date) -> bool | None:
        """Whether person or number has a valid certificate on a day; None when the register cannot know."""
        if not self.known:
            return None
        return any(
            c.valid(on)
            for c in self.certificates
            if (c.person == person if person else c.number == number) and (not number or c.number == number)
        )

    def certificate_of(self, person: str, on: date) -> str:
        """The number of a person's certificate valid on a day, else the last one known, else empty."""
        own = [c for c in self.certificates if c.person == person]
        valid = [c for c in own if c.valid(on)]
        return (valid or own)[-1].number if own else ""

    def setting(self, name: str, on: date, default: Any) -> Any:
        """The value of a setting in force on a day; of two from the same day the later recorded."""
        values = [(since, value) for since, key, value in self.settings if key == name and since <= on]
        return max(reversed(values), key=lambda pair: pair[0])[1] if values else default

    def interpreted(self, article: int) -> list[Interpretation]:
        """The interpretations of an article that stand, the newest first (R35.1)."""
        return [one for one in reversed(self.interpretations) if one.article == article and not one.ended]

    def release(self, on: date) -> str:
        """The release of the Measures in force on a day: the last adopted; the program's own before any was (R36.1)."""
        adopted = [(since, name) for since, name, _ in self.releases if since <= on]
        return max(adopted, key=lambda pair: pair[0])[1] if adopted else RELEASE

    def calendar(self) -> Calendar:
        """The built-in calendar with the years the bureau added."""
        calendar = Calendar.builtin()
        for year in self.years:
            calendar = calendar.with_year(year)
        return calendar

    def returned(self, person: str, after: datetime) -> tuple[Moment, str] | None:
        """The first return to the unit of a person after an instant: when, why (A31)."""
        found = [(at, why) for who, at, why in self.returns if who == person and instant(at) >= after]
        return min(found, key=lambda pair: instant(pair[0])) if found else None

    def clock_offset(self, device: str) -> tuple[int, Moment] | None:
        """By how many seconds a device's clock was ahead when it was last compared with the server's, and when."""
        found = [(offset, at) for name, at, offset in self.clocks if name == device]
        return max(found, key=lambda pair: instant(pair[1])) if found else None


def _appointed(office: Office, entry: Entry, body: Any) -> None:
    person = office.people.setdefault(body["person"], Person(body["person"], body["name"], body["section"]))
    person.name, person.section = body["name"], body["section"]
    person.posts.append((entry.at, tuple(body["roles"]), body["action"] == "take"))


def _certified(office: Office, entry: Entry, body: Any) -> None:
    office.certificates.append(
        Certificate(
            body["person"],
            body["number"],
            date.fromisoformat(body["valid_from"]),
            date.fromisoformat(body["valid_to"]),
        )
    )


def _delegated(office: Office, entry: Entry, body: Any) -> None:
    office.delegations.append(
        Delegation(
            body["person"],
            body["acting_for"],
            body["role"],
            date.fromisoformat(body["from"]),
            date.fromisoformat(body["to"]),
            body["basis"],
        )
    )


def _setting(office: Office, entry: Entry, body: Any) -> None:
    since = date.fromisoformat(body["from"])
    office.settings.append((since, body["name"], body["value"]))
    office.bases[(body["name"], since)] = body["basis"]
    if body["name"] == "demo":
        office.demo = bool(body["value"])


def _calendar(office: Office, entry: Entry, body: Any) -> None:
    office.years.append(Year.read({**body["table"], "published": True}))


def _interpreted(office: Office, entry: Entry, body: Any) -> None:
    withdrawn = body.get("withdrawn", False)
    ended, reason = ("已收回", body["text"]) if withdrawn else ("已代替", "")
    office.interpretations = [
        replace(one, ended=ended, reason=reason)
        if one.entry == body.get("replaces") and not one.ended
        else one
        for one in office.interpretations
    ]
    if not withdrawn:
        office.interpretations.append(
            Interpretation(
                entry.hash, body["article"], body["text"], body.get("question", ""), body.get("basis", ""),
                entry.at, entry.actor,
            )
        )  # fmt: skip


def _released(office: Office, entry: Entry, body: Any) -> None:
    since = date.fromisoformat(body["from"]) if "from" in body else day(entry.at)
    office.releases.append((since, body["release"], body["digest"]))


def _happened(office: Office, entry: Entry, body: Any) -> None:
    if body["fact"] == "returned_to_unit":
        values = body["values"]
        office.returns.append((values["person"]["person"], parse(values["at"]), values.get("reason", "")))


def _clock(office: Office, entry: Entry, body: Any) -> None:
    office.clocks.append((body["device"], entry.at, body["offset"]))


_FOLD = {
    "Appointed": _appointed,
    "Certified": _certified,
    "Delegated": _delegated,
    "SettingSet": _setting,
    "CalendarSet": _calendar,
    "Released": _released,
    "Interpreted": _interpreted,
    "Happened": _happened,
    "ClockChecked": _clock,
}


def settle_office(
    entries: Iterable[Entry], known_at: datetime | None = None, *, known: bool = True
) -> Office:
    """Fold the office streams' entries into registers, as known at a moment (default: all).

    Raises UnknownEntry on an entry of a kind or version that is not known.
    """
    office = Office(known=known)
    for entry in entries:
        if known_at is not None and entry.recorded_at > known_at:
            continue
        check_known(entry)
        fold = _FOLD.get(entry.kind)
        if fold is not None and entry.body is not None:
            fold(office, entry, entry.body)
    return office
