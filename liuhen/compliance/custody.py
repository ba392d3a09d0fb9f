"""The file of an archived case: who keeps it, who has borrowed it, whether it is held, what was appraised (档 14, 21; 档例 24, 34)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import CaseFile, Fact, Opinion, Values
from liuhen.compliance.answers import Context, NextStep, setting, words
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.reading import moment, text_in
from liuhen.compliance.retention import retention
from liuhen.measures.archive_facts import DESTROY
from liuhen.measures.counting import Due, Span, add
from liuhen.measures.retention import TO_ARCHIVES, YEARS_TO_ARCHIVES
from liuhen.measures.vocabulary import A, Cite, L

LEGAL_HOLD = "法律保全"


@dataclass(frozen=True)
class Loan:
    """Who has the file now, what for, since when and until when."""

    entry: str
    borrower: str
    unit: str
    purpose: str
    items: str
    since: Moment
    due: date


@dataclass(frozen=True)
class Appraisal:
    """The last appraisal of the file and the leader's word on it."""

    entry: str
    list: str
    conclusion: str
    opinion: str
    appraisers: str
    by: str
    at: Moment
    decision: Opinion | None

    @property
    def state(self) -> str:
        """In one word: 继续保存, or how far its destruction has come."""
        if self.conclusion != DESTROY:
            return self.conclusion
        return "待批准" if self.pending else "已批准" if self.approved else "未批准"

    @property
    def pending(self) -> bool:
        """Whether its destruction waits for a leader."""
        return self.conclusion == DESTROY and self.decision is None

    @property
    def approved(self) -> bool:
        """Whether a leader agreed to its destruction."""
        return self.conclusion == DESTROY and self.decision is not None and self.decision.opinion == "agree"


@dataclass(frozen=True)
class Custody:
    """The file as it is kept now. ``held`` is the reason of the legal hold; ``late`` how many entries no package has yet;
    ``due``: its term has run and nobody appraised it since; ``moves_on``: from when the public archives take it, None for one that
    they do not take or have."""

    keeper: str
    place: str
    loan: Loan | None
    held: str
    late: int
    appraisal: Appraisal | None
    until: date | None
    due: bool
    moves_on: date | None


def custody(case: CaseFile, today: date) -> Custody:
    """How the file of a case is kept: by its section until the archivist took it (A32; 档 14), by the public archives once it was
    handed over to them (档 15)."""
    taken = case.happened("custody_taken")
    last: Values = taken[-1].values if taken else {}
    until = retention(case).until
    appraisal = appraised(case)
    return Custody(
        keeper=str(case.moved.get("to") or last.get("keeper", case.section)),
        place="" if case.moved else str(last.get("place", "")),
        loan=_loan(case),
        held=case.marks.get(LEGAL_HOLD, ""),
        late=len(case.unpackaged),
        appraisal=appraisal,
        until=until,
        moves_on=_moves_on(case),
        due=until is not None and until < today and not case.moved and not _proposed(appraisal),
    )  # fmt: skip


def _proposed(appraisal: Appraisal | None) -> bool:
    """Whether its destruction stands proposed or approved."""
    return appraisal is not None and (appraisal.pending or appraisal.approved)


def taken_over(case: CaseFile) -> Fact | None:
    """The first time that somebody else than the section that handled the case took the file over."""
    return next(
        (f for f in case.happened("custody_taken") if text_in(f.values, "keeper") != case.section), None
    )


def custody_due(case: CaseFile, ctx: Context) -> Due | None:
    """Until when an archived file is to be with the archives body, as the bureau set it; None before it is archived."""
    if case.archived_at is None:
        return None
    days = int(setting(case, "custody_days", case.archived_at))
    return add(Span(days, "day"), day(case.archived_at), ctx.calendar)


def ten_years_before(on: date) -> date:
    """The last day of archiving of the files that the public archives take on ``on``."""
    return _same_day(on, on.year - YEARS_TO_ARCHIVES)


def _moves_on(case: CaseFile) -> date | None:
    """The day on which ten years have run since it was archived (档例 20)."""
    if case.archived_at is None or case.moved or retention(case).term.label not in TO_ARCHIVES:
        return None
    on = day(case.archived_at)
    return _same_day(on, on.year + YEARS_TO_ARCHIVES)


def _same_day(on: date, year: int) -> date:
    """The same day of another year; 28 February for 29 February in both directions, so that the two agree."""
    return on.replace(year=year, day=28 if (on.month, on.day) == (2, 29) else on.day)


def _loan(case: CaseFile) -> Loan | None:
    back = {text_in(fact.values, "loan") for fact in case.happened("file_returned")}
    out = [fact for fact in case.happened("file_lent") if fact.entry not in back]
    return _lent(out[-1]) if out else None


def _lent(fact: Fact) -> Loan:
    told = {name: text_in(fact.values, name) for name in ("borrower", "unit", "purpose", "items")}
    due = moment(fact.values, "due_on") or fact.at
    return Loan(entry=fact.entry, since=fact.at, due=day(due), **told)


def appraised(case: CaseFile) -> Appraisal | None:
    """The last appraisal of a file; the word on it is the last that a leader gave."""
    found = case.happened("appraised")
    if not found:
        return None
    fact = found[-1]
    given = [o for o in case.opinions if o.target == fact.entry]
    told = {name: text_in(fact.values, name) for name in ("list", "conclusion", "opinion", "appraisers")}
    return Appraisal(
        entry=fact.entry, by=fact.actor, at=fact.at, decision=given[-1] if given else None, **told
    )


def custody_steps(case: CaseFile, ctx: Context) -> Iterator[NextStep]:
    """What an archived file wants: a supplement, a loan called back, an appraisal, a leader's word, the destruction."""
    if case.archived_at is None or not case.closed_world:
        return
    kept = custody(case, ctx.today)
    yield from _keeping_steps(case, kept, ctx)
    if not kept.held:
        yield from _leaving_steps(kept, ctx)


def _keeping_steps(case: CaseFile, kept: Custody, ctx: Context) -> Iterator[NextStep]:
    """What makes the file whole and brings it to its keeper."""
    assert case.archived_at is not None
    if kept.late:
        yield _step("archive", "补充归档", f"归档以后又记入 {kept.late} 条", A(31), L("档", 14))
    if kept.loan is not None:
        due, in_time = kept.loan.due, ctx.today <= kept.loan.due
        why = f"{kept.loan.unit}{kept.loan.borrower}借出，应于{words(due)}归还"
        yield _step("state:file_returned", "收回借出的案卷", why, A(32), due=Due(due), optional=in_time)
    if not case.moved and taken_over(case) is None:
        why = f"归档以后由{setting(case, 'archive_keeper', case.archived_at)}集中保管，现由{kept.keeper}保管"
        limit = custody_due(case, ctx)
        in_time = limit is not None and ctx.today <= limit.day
        yield _step("state:custody_taken", "接收保管", why, A(32), L("档", 14), due=limit, optional=in_time)
    moved = {body["purpose"] for body in case.handed if body.get("batch")}
    if case.moved and len(moved) < len(case.packages):
        yield _step("transfer", "移交补充归档", f"案卷已移交{kept.keeper}，补充归档的还没有移交", L("档", 15))


def _leaving_steps(kept: Custody, ctx: Context) -> Iterator[NextStep]:
    """What takes the file away: to the public archives, or by appraisal to its destruction."""
    appraisal = kept.appraisal
    if kept.moves_on is not None and kept.moves_on <= ctx.today and not kept.due and not _proposed(appraisal):
        why = f"归档满十年（{words(kept.moves_on)}），属于档案馆接收范围"
        yield _step("transfer", "移交进馆", why, L("档", 15), L("档例", 20))
    if kept.due and kept.until is not None:
        why = f"保管期限到{words(kept.until)}届满"
        yield _step("state:appraised", "鉴定到期案卷", why, L("档", 21), L("档例", 24))
    if appraisal is not None and appraisal.pending:
        why = f"鉴定批次{appraisal.list}拟销毁，由局领导批准"
        for role in ("bureau_leader", "principal_leader"):
            other = role != "bureau_leader"
            yield _step("disposal", "审批销毁清册", why, L("档", 21), role=role, optional=other)
    if appraisal is not None and appraisal.approved:
        yield _step("disposal", "监销", f"鉴定批次{appraisal.list}已批准销毁，两人监销", L("档", 21))


def _step(
    act: str,
    title: str,
    why: str,
    *cites: Cite,
    role: str = "archivist",
    due: Due | None = None,
    optional: bool = False,
) -> NextStep:
    return NextStep(
        code=f"{act}:{role}", title=title, why=why, cites=cites, does=act, role=role, stage="归档", due=due, optional=optional,
    )  # fmt: skip


def custody_changes(case: CaseFile, today: date) -> list[datetime]:
    """When the answer changes by itself: the term ends, a loan is due back."""
    if case.archived_at is None:
        return []
    kept = custody(case, today)
    days = [kept.until, kept.moves_on and kept.moves_on - timedelta(1), kept.loan.due if kept.loan else None]
    return [end_of(Due(on)) for on in days if on is not None]
