"""Who may do what: one table of acts and roles, deny by default (domain §5). Rules of law (K1–K10) are in compliance."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Someone who acts: id in the record, name, section, posts."""

    person: str
    name: str
    section: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Subject:
    """What an act is done to: the case's section and who holds which part in it."""

    section: str = ""
    officers: Collection[str] = ()
    parts: Collection[str] = ()


class NotPermitted(PermissionError):
    """The actor may not do the act; the message says who may."""


OFFICERS = ("officer",)
AUTHORS = ("officer", "section_head", "legal_reviewer", "presider", "recorder", "window_clerk")
# Who carries papers on: officers, and at the window the clerk in the licensing cases that they received.
CARRIERS = ("officer", "window_clerk")
LEADERS = ("bureau_leader", "principal_leader")
ACTS: dict[str, tuple[str, ...]] = {
    "register_source": ("officer", "section_head", "window_clerk"),
    "assign": ("section_head",),
    "draft": AUTHORS,
    "finalise": AUTHORS,
    "approve": ("section_head", "legal_reviewer", *LEADERS),
    "confirm": ("section_head", *LEADERS),
    "sign": ("officer", "section_head", *LEADERS, "presider", "recorder", "legal_reviewer", "window_clerk"),
    "issue": CARRIERS,
    "void_number": ("section_head",),
    "draw_blanks": ("section_head",),
    "serve": CARRIERS,
    "deposit": CARRIERS,
    "keep_recording": CARRIERS,
    "mark_recording": (*CARRIERS, "section_head"),
    "check_clock": CARRIERS,
    "state_fact": (*CARRIERS, "section_head", "presider", *LEADERS),
    "backfill": OFFICERS,
    "correct": CARRIERS,
    "void": CARRIERS,
    "mark": ("section_head",),
    "explain": CARRIERS,
    "archive": ("archivist", "officer"),
    "print_file": ("archivist", "officer", "section_head", "legal_reviewer", "supervisor", *LEADERS),
    "print_internal": ("archivist", "officer", "section_head", "supervisor", *LEADERS),
    "hand_out": ("archivist", "section_head"),
    "hand_in": ("officer", "section_head", "legal_reviewer", "archivist"),
    "supervise": ("supervisor",),
    "see_supervision": ("supervisor", *LEADERS),
    "answer_rectification": ("section_head",),
    "report_list": ("section_head",),
    "see_archives": ("archivist", "section_head", "legal_reviewer", "supervisor", *LEADERS),
    "keep_file": ("archivist",),
    "transfer": ("archivist",),
    "hold_file": ("archivist", "section_head", "legal_reviewer", *LEADERS),
    "appraise": ("archivist",),
    "approve_disposal": LEADERS,
    "see_disposal": ("archivist", "section_head", "legal_reviewer", "supervisor", *LEADERS),
    "dispose": ("archivist",),
    "set_office": ("sysadmin",),
    "set_value": ("supervisor", "sysadmin"),
    "delegate": ("principal_leader", "sysadmin"),
    "see_keeping": ("archivist", "supervisor", "sysadmin"),
    "see_office": ("officer", "section_head", "legal_reviewer", *LEADERS, "supervisor", "archivist", "presider", "recorder", "window_clerk", "sysadmin"),
    "certify": ("supervisor", "sysadmin"),
    "set_calendar": ("supervisor", "sysadmin"),
    "adopt_release": ("supervisor",),
    "interpret": ("supervisor",),
    "keep_phrases": ("section_head", "supervisor"),
    "keep_bureau_phrases": ("supervisor",),
    "return_to_unit": OFFICERS,
    "read": ("officer", "section_head", "legal_reviewer", *LEADERS, "supervisor", "archivist", "presider", "recorder", "window_clerk"),
}  # fmt: skip
# In these acts an officer must be one of the case's own, or of its section before anyone is assigned.
_OWN = frozenset({"draft", "finalise", "issue", "serve", "deposit", "state_fact", "backfill", "correct", "void", "explain", "archive", "print_file", "print_internal", "hand_in"})  # fmt: skip
_EVERYWHERE = frozenset({"legal_reviewer", "supervisor", "archivist", *LEADERS})


def may(actor: Actor, act: str, subject: Subject) -> bool:
    """Whether the actor may do the act; KeyError for an act that is not in the table."""
    roles = set(ACTS[act]) & actor.roles
    if not roles:
        return False
    if roles & _EVERYWHERE or not subject.section:
        return True
    if actor.person in subject.parts:
        return True
    if actor.section != subject.section:
        return False
    if roles <= {"officer"} and act in _OWN and subject.officers:
        return actor.person in subject.officers
    return True


def require(actor: Actor, act: str, subject: Subject) -> None:
    """Raise NotPermitted, saying who may, unless :func:`may`."""
    if not may(actor, act, subject):
        raise NotPermitted(f"{actor.name}没有办理这一步的权限")


def visible(actor: Actor, section: str, parts: Collection[str]) -> bool:
    """Whether the actor sees a case: own section, own part, or an office that sees every case. Never the administrator."""
    return may(actor, "read", Subject(section, (), parts))
