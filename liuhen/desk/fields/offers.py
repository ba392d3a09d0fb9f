"""What a form of a case offers to choose from: people of the bureau, papers and files of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liuhen.casefile.moments import day
from liuhen.casefile.office import Office
from liuhen.casefile.state import CaseFile, Recording


@dataclass(frozen=True)
class Staff:
    """A person of the bureau: id, name, section, the number of the certificate valid on the day (or empty)."""

    person: str
    name: str
    section: str
    certificate: str = ""


@dataclass(frozen=True)
class Paper:
    """A document of the case: id, kind, title, day."""

    document: str
    kind: str
    title: str
    on: date | None = None


@dataclass(frozen=True)
class File:
    """A deposited file of the case."""

    digest: str
    name: str
    what: str = ""
    media_type: str = ""
    size: int = 0

    @property
    def image(self) -> bool:
        """Whether a browser can show it as a picture."""
        return self.media_type in ("image/jpeg", "image/png", "image/webp", "image/gif")


@dataclass(frozen=True)
class Offers:
    """Everything a form of one case may choose from."""

    case: str = ""
    staff: tuple[Staff, ...] = ()
    papers: tuple[Paper, ...] = ()
    files: tuple[File, ...] = ()

    def by_name(self, name: str) -> Staff | None:
        """The one person of the bureau of that name; None when there is none or more than one."""
        found = [one for one in self.staff if one.name == name]
        return found[0] if len(found) == 1 else None


NOTHING = Offers()


def offers_of(case: CaseFile, office: Office, on: date) -> Offers:
    """What the forms of a case may choose from on a day; officers first, since most fields ask for them."""
    staff = [
        Staff(p.id, p.name, p.section, office.certificate_of(p.id, on))
        for p in office.people.values()
        if office.roles(p.id, on) - {"sysadmin"}
    ]
    staff.sort(key=lambda one: (one.person not in case.officers, not one.certificate))
    papers = [
        Paper(d.id, d.kind, d.title, day(d.made_at))
        for d in case.of(*{d.kind for d in case.documents.values()})
    ]
    return Offers(case.id, tuple(staff), tuple(papers), tuple(_file(r) for r in deposited(case)))


def deposited(case: CaseFile) -> list[Recording]:
    """The files of a case that lie in the vault and are not sealed away, in order of deposit."""
    return [r for r in case.recordings.values() if not r.voided and r.place == "vault"]


def _file(recording: Recording) -> File:
    return File(recording.digest, recording.name, recording.what, recording.media_type, recording.size)
