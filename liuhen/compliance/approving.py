"""Approvals as they stood: which text of a sheet was approved, when, by whom; and the order of two moments (K5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import APPROVER_ROLES, CaseFile, Document, Opinion, Revision
from liuhen.compliance.reading import Someone, distinct, people, staff

LEADERS = ("B", "P")
TITLES = {"S": "科室负责人", "L": "法制审核人员", "B": "局领导", "P": "主要负责人"}
INVESTIGATORS = ("lead_officer", "assist_officer")


@dataclass(frozen=True)
class Sheet:
    """One text of an approval sheet with the standing opinion of each approver (S, L, B, P) on it."""

    document: Document
    revision: Revision
    opinions: dict[str, Opinion]

    def missing(self, letters: Iterable[str]) -> list[str]:
        """The letters whose agreement is not there. A principal leader's stands for a leader's."""
        return [letter for letter in letters if self._agreed(letter) is None]

    def _agreed(self, letter: str) -> Opinion | None:
        wanted = LEADERS if letter == "B" else (letter,)
        for one in wanted:
            opinion = self.opinions.get(one)
            if opinion is not None and opinion.opinion == "agree":
                return opinion
        return None

    @property
    def leader(self) -> Opinion | None:
        """The last agreement of a leader: by it the head of the office decides (罚 57)."""
        given = [o for letter in LEADERS if (o := self._agreed(letter)) is not None]
        return max(given, key=lambda o: instant(o.at)) if given else None

    @property
    def refused(self) -> Opinion | None:
        """The last standing opinion that sends back or refuses."""
        against = [o for o in self.opinions.values() if o.opinion != "agree"]
        return max(against, key=lambda o: instant(o.at)) if against else None

    @property
    def opposed(self) -> Opinion | None:
        """The refusal or return that bars approval. Only the principal leader's later agreement outdoes a leader's no."""
        against = [(letter, o) for letter, o in self.opinions.items() if o.opinion != "agree"]
        return next((o for letter, o in against if not (letter == "B" and self._outdone(o))), None)

    def _outdone(self, opinion: Opinion) -> bool:
        principal = self.opinions.get("P")
        agreed = principal is not None and principal.opinion == "agree"
        return principal is not None and agreed and not before(principal.at, opinion.at)

    def approved(self, letters: Iterable[str]) -> bool:
        """Whether all of these agreed and nobody's no stands against it."""
        return not self.missing(letters) and self.opposed is None

    @property
    def approved_at(self) -> Moment | None:
        """When the last agreement on it was given."""
        given = [o.at for o in self.opinions.values() if o.opinion == "agree"]
        return max(given, key=instant) if given else None

    def disorder(self) -> str:
        """Which opinion was given before the one that goes before it; empty when the order was kept."""
        letters = [letter for letter in TITLES if letter in self.opinions]
        for first, then in pairwise(letters):
            earlier, later = self.opinions[first], self.opinions[then]
            if before(later.at, earlier.at):
                return f"{TITLES[then]}的意见早于{TITLES[first]}的意见"
        return ""


def giver(opinion: Opinion) -> str:
    """Who gave an opinion: the name, else the post."""
    posts = {APPROVER_ROLES[letter]: title for letter, title in TITLES.items()}
    return opinion.name or posts.get(opinion.role, "审批人")


def sheets(documents: Iterable[Document]) -> list[Sheet]:
    """Every final text of these approval sheets, in order of happening."""
    found = [Sheet(d, r, _standing(r.opinions)) for d in documents for r in d.revisions]
    return sorted(found, key=lambda sheet: instant(sheet.revision.at))


def _standing(opinions: Iterable[Opinion]) -> dict[str, Opinion]:
    """The last opinion of each approver on one text."""
    letters = {role: letter for letter, role in APPROVER_ROLES.items()}
    return {letters[o.role]: o for o in opinions if o.role in letters and o.opinion != "confirm"}


@dataclass(frozen=True)
class Stood:
    """What stood when a paper was made: the text of the sheet with what had been said of it by then (None: no text yet),
    and whether it was approved; None when the record does not tell what came first."""

    sheet: Sheet | None
    approved: bool | None


def stood(case: CaseFile, found: Sequence[Sheet], letters: tuple[str, ...], paper: Document) -> Stood:
    """What of these sheets stood when ``paper`` was made. Only the newest text counts: the approval of a text lapses with
    it, and what was said after the paper neither approves nor refuses it."""
    by, made = came_about(paper), paper.current.origin == "made"
    orders = [(s, in_order(case, s.revision.at, by, made=made)) for s in found]
    known = [(s, order) for s, order in orders if order is not False]
    if not known:
        return Stood(None, False)
    sheet, clear = known[-1]
    given = [(o, in_order(case, o.at, by, made=made)) for o in sheet.revision.opinions]
    likely = replace(sheet, opinions=_standing(o for o, order in given if order is not False))
    certain = replace(sheet, opinions=_standing(o for o, order in given if order))
    verdicts = {likely.approved(letters), certain.approved(letters)}
    if not clear and len(known) > 1:
        verdicts.add(known[-2][0].approved(letters))
    sure = len(verdicts) == 1 and (clear or verdicts == {False})
    return Stood(likely, verdicts.pop() if sure else None)


def came_about(paper: Document) -> Moment:
    """When a paper was made, to the minute where that is known: its final bytes are made as it is issued."""
    rendition = paper.rendition("final")
    if paper.issued is None or rendition is None or day(rendition.at) != day(paper.made_at):
        return paper.made_at
    return rendition.at


def wanted(case: CaseFile, letters: tuple[str, ...]) -> tuple[str, ...]:
    """Whose agreement must be shown: of an outside source only the leader's, which alone decides."""
    return letters if case.closed_world else tuple(letter for letter in letters if letter in LEADERS)


# A source that tells of these tells of what was decided; whose pen it took it mostly leaves out.
_TOLD_AS_DECIDED = ("docket_approval", "docket_refusal_approval")


def approval_of(case: CaseFile, document: Document) -> Moment | None:
    """When a document was approved. Of an outside source a leader's word is enough, which alone decides; a docket told of
    without a word on its approval counts as approved on its day."""
    at = document.approved_at()
    if at is not None or case.closed_world or not document.declared.approvals:
        return at
    given = _standing(document.current.opinions)
    if not given and document.kind in _TOLD_AS_DECIDED and not case.tells_of(document, "approved"):
        return document.current.at
    letters = wanted(case, document.declared.approvals)
    agreed = [o.at for letter in letters if (o := given.get(letter)) is not None and o.opinion == "agree"]
    opposed = any(o.opinion != "agree" for o in given.values())
    return max(agreed, key=instant) if agreed and len(agreed) == len(letters) and not opposed else None


def in_order(case: CaseFile, first: Moment, then: Moment, *, made: bool = True) -> bool | None:
    """Whether ``first`` was not after ``then``; None when they fall on one day and the record does not tell.

    In a case of ours an act at a known minute, followed by a paper that bears the date alone, is in order: the stop
    stood between them. Not so when the paper was not ``made`` here but recorded afterwards.
    """
    late = before(then, first)
    if late is None:
        return True if made and case.closed_world and isinstance(first, datetime) else None
    return not late


def investigators(case: CaseFile) -> list[Someone]:
    """Everyone who investigated: who was ever assigned as officer, and who stands as officer in evidence documents."""
    assigned = [staff(case.office, person) for person in sorted(case.ever(*INVESTIGATORS))]
    papers = [d for d in case.documents.values() if d.declared.evidence and not d.voided]
    return distinct([*assigned, *(one for d in papers for one in people(d.values.get("officers")))])
