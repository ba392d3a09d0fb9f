"""How every act runs: permission → rules (stop) → number, render and vault → short transaction → after commit: seal.

The order is fixed here once. An act is a function that looks at the situation and returns the entries it would append;
``perform`` asks the rules about them, appends them, and starts over when another writer was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from liuhen.acts.finishing import finish, followups, lapse
from liuhen.acts.situation import Decide, Situation, Stopped, invalid, situation, subject_of
from liuhen.casefile.entries import Entry as CaseEntry
from liuhen.compliance.answers import Finding
from liuhen.compliance.judge import flags, stops
from liuhen.office.policy import Actor, NotPermitted, Subject, require
from liuhen.records.append import RETRIES, Conflict, New, Receipt, append, append_anyway, proposed
from liuhen.records.numbers import claim
from liuhen.records.project import project, project_later
from liuhen.records.seal import seal

Heeds = Callable[[Finding], bool]


@dataclass(frozen=True)
class Ahead:
    """What an act would meet: ``stops`` stand in its way; ``flags`` would be found of the case afterwards."""

    stops: tuple[Finding, ...] = ()
    flags: tuple[Finding, ...] = ()


def everything(finding: Finding) -> bool:
    """An act of ours heeds every stop."""
    return True


def nothing(finding: Finding) -> bool:
    """What already happened is recorded whatever it shows: it is found, never refused."""
    return False


def preflight(act: str, case: str, actor: Actor, decide: Decide, *, heeds: Heeds = everything) -> Ahead:
    """Everything that stands in the way of an act and everything that would be found of it, at once; nothing is written.
    A stop that the act does not heed is found afterwards. Raises NotPermitted, Invalid."""
    here = situation(case, actor)
    require(actor, act, subject_of(here.case))
    news = list(decide(here))
    news += followups(here, news)
    stopped = _stops(here, news)
    unheeded = [f for f in stopped if not heeds(f)]
    found = flags(here.entries, _proposed(here, news), here.office, here.now, here.case.earlier)
    return Ahead(tuple(f for f in stopped if heeds(f)), (*unheeded, *found))


def _proposed(here: Situation, news: Sequence[New]) -> list[CaseEntry]:
    return proposed(f"case/{here.case.id}", here.actor.person, news, here.case.head)


def _stops(here: Situation, news: Sequence[New]) -> list[Finding]:
    return stops(here.entries, _proposed(here, news), here.office, here.now, here.case.earlier)


def perform(act: str, case: str, actor: Actor, decide: Decide, *, heeds: Heeds = everything) -> list[Receipt]:
    """Do an act on a case and return the receipts of its entries.

    ``heeds`` says which stops the act heeds: :func:`everything` for what we do, :func:`nothing` for what merely records
    what happened (backfills, corrections, facts stated). Raises NotPermitted, Invalid, Stopped (both refusals are
    recorded in the access stream), Conflict after many lost races.
    """
    stream = f"case/{case}"
    numbered: set[str] = set()
    for _ in range(RETRIES):
        here = situation(case, actor)
        try:
            news = _decided(here, act, decide, heeds)
        except Conflict:
            continue
        except Exception:
            # Another writer was faster and issued it: what was reserved here is not needed any more.
            _lapse(case, actor, numbered)
            raise
        numbered |= {new.body["document"] for new in news if new.kind == "Issued"}
        try:
            receipts = append(
                stream, actor.person, news, expect=here.case.head,
                within=lambda new, known=here.entries: _shadow(case, known, new),
            )  # fmt: skip
        except Conflict:
            continue
        _lapse(case, actor, numbered)
        seal()
        return receipts
    raise Conflict(stream)


def _shadow(case: str, known: Sequence[CaseEntry], new: list[CaseEntry]) -> None:
    """Written in one transaction with the new entries: the numbers that they take, the rows of the case."""
    claim(new)
    project(case, [*known, *new])
    project_later(case)


def _decided(here: Situation, act: str, decide: Decide, heeds: Heeds) -> list[New]:
    """What is to be appended, asked of policy and rules, numbered and rendered."""
    _permit(here, act)
    _standing(here, act)
    news = list(decide(here))
    news += followups(here, news)
    _stop(here, act, news, heeds)
    return finish(here, news)


def _lapse(case: str, actor: Actor, documents: set[str]) -> None:
    if documents:
        lapse(situation(case, actor).case, documents, actor.person)


def _permit(here: Situation, act: str) -> None:
    try:
        require(here.actor, act, subject_of(here.case))
    except NotPermitted:
        _refused(here, act, ["permission"], "")
        raise


def require_permitted(case: str, actor: Actor, act: str) -> None:
    """Raise NotPermitted (recorded) or Invalid before anything is put into the vault, or told, for an act on a case."""
    here = situation(case, actor)
    _permit(here, act)
    _standing(here, act)


def require_standing(case: str, actor: Actor) -> None:
    """Raise Invalid for a case that was destroyed, before anything is put into the vault for it. Raises NoSuchCase."""
    _standing(situation(case, actor), "")


def _standing(here: Situation, act: str) -> None:
    """To a case that was destroyed nothing is added any more: what came late would outlive the destruction."""
    if act != "dispose" and any(entry.kind == "Disposed" for entry in here.entries):
        raise invalid("case", "案卷内容已经销毁，不能再办理")


def _stop(here: Situation, act: str, news: Sequence[New], heeds: Heeds) -> None:
    if heeds is nothing:
        return
    found = [finding for finding in _stops(here, news) if heeds(finding)]
    if found:
        _refused(here, act, [f.code for f in found], found[0].subject)
        raise Stopped(act, found)


def _refused(here: Situation, act: str, codes: list[str], subject: str) -> None:
    """An act that was stopped leaves a trace, so that a later backfill of the same step can say so."""
    body = {"case": here.case.id, "act": act, "subject": subject, "codes": sorted(set(codes))}
    append_anyway("access", here.actor.person, [New("Refused", body)])


def record_office(
    register: str,
    actor: Actor,
    act: str,
    news: Sequence[New],
    *,
    within: Callable[[list[CaseEntry]], None] | None = None,
) -> list[Receipt]:
    """Append to an office register after asking policy; ``within`` runs in the same transaction with the new entries."""
    require(actor, act, Subject())
    receipts = append_anyway(f"office/{register}", actor.person, news, within=within)
    seal()
    return receipts
