"""What follows from a script: what ``liuhen check`` reports. Pure: nothing is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from liuhen.casefile.entries import Entry
from liuhen.casefile.moments import ZONE, Moment, day
from liuhen.casefile.office import Certificate, Office, Person
from liuhen.casefile.settle import settle
from liuhen.casefile.state import CaseFile
from liuhen.compliance.answers import Finding, Judgement
from liuhen.compliance.judge import context, judge
from liuhen.scripts.shape import File, Record, Script
from liuhen.scripts.writing import written

LONG_AGO = date(1990, 1, 1)


def entries_of(script: Script) -> tuple[list[Entry], Office]:
    """The script as backfilled entries, positions 1…n, and the office it tells of.

    The office is ``known`` when the script tells the validity of at least one certificate.
    """
    return written(script), office_of(script)


def office_of(script: Script) -> Office:
    """People with their posts and certificates, and the settings that the script names."""
    office = Office(known=any(member.valid for member in script.people.values()))
    for member in script.people.values():
        person = Person(member.key, member.name, member.section or script.section)
        person.posts.append((LONG_AGO, member.roles, True))
        office.people[member.key] = person
        if member.valid:
            office.certificates.append(Certificate(member.key, member.certificate, *member.valid))
    if script.bureau:
        office.settings.append((LONG_AGO, "bureau_name", script.bureau))
    office.settings += [(setting.since, setting.name, setting.value) for setting in script.settings]
    return office


def moments_of(script: Script) -> list[Moment]:
    """Every moment that a script tells of something having happened."""
    found: list[Moment] = []
    for step in script.steps:
        found.append(step.at)
        found += [step.backfilled.recorded] if step.backfilled else []
        does = step.does
        if isinstance(does, File):
            told = [*does.signed, *does.approved, *does.served, *([does.issued] if does.issued else [])]
            found += [one.on for one in told if one.on is not None]
        if isinstance(does, Record):
            found += [m for m in (does.ends, does.deposited) if m is not None]
    return found


def now_of(script: Script) -> datetime:
    """The moment of judging: the end of ``today``, else of the last day told."""
    last = script.today or max(day(moment) for moment in moments_of(script))
    return datetime(last.year, last.month, last.day, tzinfo=ZONE) + timedelta(days=1, seconds=-1)


def case_of(script: Script) -> CaseFile:
    """The case as told: what is not told is not known, unless ``closed`` or ``absent`` says so."""
    entries, office = entries_of(script)
    first = case_of(script.earlier) if script.earlier else None
    return settle(
        entries,
        office,
        closed_world=script.closed,
        absent=script.absent | _not_done(script),
        earlier=(first, *first.earlier) if first else (),
    )


def _not_done(script: Script) -> set[str]:
    """What the script shows was not done with a paper, as ``aspect:document`` (CaseFile.tells_of)."""
    found: set[str] = set()
    named: dict[str, str] = {}
    for step in script.steps:
        if isinstance(step.does, File):
            document = named[step.name] = named.get(step.does.replaces, step.does.replaces or step.name)
            found |= {f"{aspect}:{document}" for aspect in step.does.lacks}
    return found


def judgement(script: Script, now: datetime | None = None) -> Judgement:
    """Everything that follows from the script at a moment (default: the end of its last day)."""
    case = case_of(script)
    return judge(case, context((now or now_of(script)).astimezone(UTC), case.office, outside=True))


def check(script: Script, now: datetime | None = None) -> list[Finding]:
    """The violations in a case told by a script; nothing about lag or confirmation: it is not our record."""
    return judgement(script, now).violated()


def against_expected(script: Script) -> tuple[list[str], list[Finding]]:
    """The codes that the script expects and ``check`` does not give, and the findings it gives unexpectedly.

    Both empty means that the script is judged exactly as its author says.
    """
    found = check(script)
    missing = [
        want.code
        for want in script.expect
        if not any(want.code == f.code and want.severity in ("", f.severity) for f in found)
    ]
    wanted = {want.code for want in script.expect}
    return missing, [f for f in found if f.code not in wanted]
