"""Which way a case went out, what its closing list still wants, when the act ended (measures.exits; TL-38)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liuhen.casefile.moments import Moment, before, instant
from liuhen.casefile.state import CaseFile, Document, once
from liuhen.compliance.events import Occurrence, ending, event, has, occurrences
from liuhen.compliance.owing import FINING, owed, paid
from liuhen.compliance.parties import apart, gone, party_of
from liuhen.compliance.results import named_sources, party_told, told, told_at
from liuhen.compliance.rounds import ANEW, PENALTY_DECISIONS, awaited, strikes, struck, this_round
from liuhen.measures.releases import CURRENT
from liuhen.measures.vocabulary import Exit, Wanted

LETTERS = ("crime_transfer_letter", "case_transfer_letter")
_ENDINGS = ("case_withdrawal_approval", "case_termination_approval")
_BACK = "fact:case_returned|filed:police_reply[result=不予立案]"
# Papers that show that a decision which fell is being made anew.
_ANEW = (
    "proposal_approval",
    "penalty_notice",
    "hearing_right_notice",
    "decision_approval",
    "penalty_decision",
)


@dataclass(frozen=True)
class Taken:
    """The exit that a case took: by which paper, when."""

    exit: Exit
    document: Document
    at: Moment


@once
def taken(case: CaseFile) -> Taken | None:
    """The exit of the case as it stands; None while it goes on, or was called back."""
    procedure = case.release.procedures.get(case.procedure)
    for one in procedure.exits if procedure else ():
        for found in reversed(occurrences(case, one.taken)):
            document = case.documents[found.subject]
            if not _undone(case, one, document, found.at):
                return Taken(one, document, found.at)
    return None


def _undone(case: CaseFile, one: Exit, document: Document, at: Moment) -> bool:
    """Whether something called the case back from an exit."""
    if document.kind in LETTERS:
        return came_back(case, document)
    if one.code == "docket_refused":
        return has(case, "docketed")
    if one.taken == "struck":
        last = strikes(case)[-1]
        return last.how == ANEW or last.decision.id != document.id or bool(this_round(case).of(*_ANEW))
    anew = document.kind in PENALTY_DECISIONS and bool(awaited(case))
    return anew or struck(case, document) is not None


def outcomes(case: CaseFile) -> list[Taken]:
    """The exit that the case took, once for each party that got a decision of its own; empty while it goes on."""
    went = taken(case)
    if went is None or went.document.kind not in PENALTY_DECISIONS or went.exit.taken == "struck":
        return [went] if went else []
    found = [went]
    for decision in reversed(case.of(*PENALTY_DECISIONS)):
        stands = decision.issued is not None and struck(case, decision) is None
        if stands and all(apart(case, decision, one.document) for one in found):
            found.append(Taken(went.exit, decision, decision.made_at))
    return found[::-1]


def came_back(case: CaseFile, letter: Document) -> bool:
    """Whether a case that was passed on came back: refused by the police, returned (移 10; 罚 25, 27)."""
    return any(before(o.at, letter.made_at) is not True for o in occurrences(case, _BACK))


@event("struck")
def _struck(case: CaseFile) -> list[Occurrence]:
    """A decision was annulled, ordered anew or withdrawn."""
    return [Occurrence(s.at, s.decision.id, s.decision.title, s.entry) for s in strikes(case)]


@event("gone")
def _gone(case: CaseFile) -> list[Occurrence]:
    """The case is on its way elsewhere or is being withdrawn: passed on and not back, to be passed to the police by the word
    of the principal leader (移 5, 11), or up for withdrawal and not refused or sent back: a sheet that was sent back binds
    nobody until it is written anew."""
    decided = occurrences(case, "approved:crime_transfer_report")
    crimes = [o for o in decided if not any(before(b.at, o.at) is not True for b in occurrences(case, _BACK))]
    letters = [d for d in case.of(*LETTERS) if not came_back(case, d)]
    sheets = [d for d in case.of(*_ENDINGS) if d.returned is None]
    papers = [Occurrence(d.current.at, d.id, d.title, d.current.filed) for d in (*letters, *sheets)]
    return sorted([*crimes, *papers], key=lambda o: instant(o.at))


@event("refused")
def _refused(case: CaseFile) -> list[Occurrence]:
    """Docketing is up for refusal and that was not turned down."""
    sheets = case.of("docket_refusal_approval")
    up = [d for d in sheets if d.returned is None]
    return [Occurrence(d.current.at, d.id, d.title, d.current.filed) for d in up]


@event("party_gone")
def _party_gone(case: CaseFile) -> list[Occurrence]:
    """The only party died or was dissolved, and nobody took its place."""
    left = case.happened("party_left")
    alone = case.party is not None and not case.happened("party_joined")
    return [Occurrence(left[-1].at)] if alone and gone(case, case.party or {}) else []


@event("proposed:")
def _proposed(case: CaseFile, what: str) -> list[Occurrence]:
    """What the last approved report proposes (A17), while nobody proposed a penalty to the leader after all."""
    made = occurrences(case, "approved:investigation_report")
    report = case.documents[made[-1].subject] if made else None
    if report is None or report.values.get("proposal") != what or case.of("proposal_approval"):
        return []
    return made[-1:]


@event("suspended")
def _suspended(case: CaseFile) -> list[Occurrence]:
    """The investigation is suspended and was not taken up again (A3)."""
    begun = occurrences(case, "approved:case_suspension_approval")
    resumed = occurrences(case, "fact:investigation_resumed")
    if begun and not any(before(r.at, begun[-1].at) is not True for r in resumed):
        return begun[-1:]
    return []


def lacking(case: CaseFile) -> Iterator[Wanted]:
    """What of the closing list of the exit taken is not there yet."""
    went = taken(case)
    now = this_round(case)
    for wanted in went.exit.wants if went else ():
        called_for = not wanted.only or any(has(case, name) for name in wanted.only)
        if called_for and not has(case if wanted.event.startswith("fact:") else now, wanted.event):
            yield wanted


def closes_by_itself(case: CaseFile) -> bool:
    """Whether no closing report is wanted: the exit wants none, or wants one only of what was docketed."""
    went = taken(case)
    if went is None:
        return False
    report = went.exit.report
    return report == "never" or (report == "docketed" and not has(case, "docketed"))


@event("unreported")
def _unreported(case: CaseFile) -> list[Occurrence]:
    """The case took an exit that wants no closing report."""
    went = taken(case)
    return [Occurrence(went.at, went.document.id)] if went and closes_by_itself(case) else []


def tellings(case: CaseFile) -> list[Document | None]:
    """The records of telling everyone who must be told how the case ended, None for one who was not (A10, A25)."""
    return [record for went in outcomes(case) for record in tellings_of(case, went)]


def tellings_of(case: CaseFile, went: Taken) -> list[Document | None]:
    """The records of telling everyone who must be told one result, None for one who was not.

    The investigated is told of what came of a docketed case (A25); whom nobody went to see is told nothing, nor is who was
    handed the decision on the spot (罚 52), or is there no more.
    """
    found: list[Document | None] = [told(case, source, went.at) for source in named_sources(case)]
    return [*found, told_to_party(case, went)] if party_is_told(case, went) else found


def party_is_told(case: CaseFile, went: Taken) -> bool:
    """Whether the investigated must be told a result."""
    decided = went.document.kind in PENALTY_DECISIONS
    on_the_spot = went.document.kind == "summary_decision"
    there = (decided or has(case, "docketed")) and not gone(case, party_of(went.document))
    return went.exit.party_told and not on_the_spot and there


def told_to_party(case: CaseFile, went: Taken) -> Document | None:
    """The record of telling the investigated their result; where several have one, of telling this one."""
    several = len(outcomes(case)) > 1
    return party_told(case, went.at, party_of(went.document) if several else None)


@event("outcome")
def _outcome(case: CaseFile) -> list[Occurrence]:
    """The case took an exit of which somebody must be told (TL-45)."""
    return [
        Occurrence(went.at, went.document.id, went.document.title, went.document.current.filed)
        for went in outcomes(case)
        if tellings_of(case, went)
    ]


@event("paid")
def _paid(case: CaseFile) -> list[Occurrence]:
    """What the standing decisions want in money is paid, or they were served and want none."""
    standing = [d for d in case.of(*FINING) if d.issued and struck(case, d) is None]
    moments: list[Moment] = []
    for decision in standing:
        if decision.served_at is None or owed(case, decision) > 0:
            return []
        moments += [decision.served_at, *(p.at for p in paid(case, decision))]
    return [Occurrence(max(moments, key=instant), standing[-1].id)] if moments else []


# Who left by one of these has nothing to be served; letters are.
_WITHOUT_SERVICE = ("withdrawn", "terminated", "annulled")


@event("closable")
def _closable(case: CaseFile) -> list[Occurrence]:
    """What ended the case is served, or wants no service."""
    went, now = taken(case), this_round(case)
    found = [o for kind in (*PENALTY_DECISIONS, *LETTERS) for o in occurrences(now, f"served:{kind}")]
    if went is not None and went.exit.code in _WITHOUT_SERVICE:
        found.append(Occurrence(went.at, went.document.id))
    return found[:1]


# By what a decision is carried out, or ceases to be: paid, performed, said why not; an exit that leaves nothing to perform.
_CARRIED_OUT = (
    "paid", "fact:penalty_performed", "fact:obligation_explained", "issued:execution_termination_decision",
    "issued:no_penalty_decision",
)  # fmt: skip


@event("carried_out")
def _carried_out(case: CaseFile) -> list[Occurrence]:
    """What was decided is carried out or explained, or the case ended without a penalty: nothing keeps it from its closing."""
    went = taken(case)
    if went is not None and went.exit.code != "penalty":
        return [Occurrence(went.at, went.document.id)]
    now = this_round(case)
    return [o for name in _CARRIED_OUT for o in occurrences(case if name == "paid" else now, name)[:1]][:1]


@event("told")
def _told(case: CaseFile) -> list[Occurrence]:
    """Everyone who must be told how the case ended was told (A10, A25)."""
    went = taken(case)
    last = _all_told(case)
    return [Occurrence(last, went.document.id)] if went and last else []


def _all_told(case: CaseFile) -> Moment | None:
    moments = [told_last(case, went) for went in outcomes(case)]
    known = [at for at in moments if at is not None]
    return max(known, key=instant) if known and len(known) == len(moments) else None


def told_last(case: CaseFile, went: Taken) -> Moment | None:
    """When the last of those who must be told a result was told; None while one was not."""
    records = tellings_of(case, went)
    if None in records:
        return None
    return max([went.at, *(told_at(record) for record in records if record is not None)], key=instant)


@event("ended")
def _ended(case: CaseFile) -> list[Occurrence]:
    """The end of the act, from which the file is archived (TL-38): closed, or before that the last thing of the list of its
    exit, the first of the endings of its procedure."""
    closed, went = [Occurrence(case.closed_at)] if case.closed_at else [], taken(case)
    if went is None:
        found = ending(case)
        return closed or ([found[1]] if found else [])
    told_by = _all_told(case)
    if went.exit.archived_from == "closing" or told_by is None or any(lacking(case)):
        return closed
    moments = [told_by]
    for wanted in went.exit.wants:
        moments += [o.at for o in occurrences(case, wanted.event)]
    return [Occurrence(max(moments, key=instant))]


@event("exit:")
def _by_exit(case: CaseFile, code: str) -> list[Occurrence]:
    """The case took the exit of a code. Raises KeyError for one that no release declares."""
    declared = (*case.release.procedures.values(), *CURRENT.procedures.values())
    if not any(one.code == code for procedure in declared for one in procedure.exits):
        raise KeyError(code)
    went = taken(case)
    ours = went is not None and went.exit.code == code
    return [Occurrence(went.at, went.document.id, went.document.title)] if went and ours else []
