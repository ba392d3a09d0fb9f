"""Hearing the party before the decision: defence, waiver, periods, a hearing asked for (A15, A19, A22; 罚 45, 62, 64)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document, Fact, Revision
from liuhen.compliance.answers import Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.approving import in_order
from liuhen.compliance.comparing import weigh
from liuhen.compliance.hearings import Request, pending, requests
from liuhen.compliance.parties import concerning
from liuhen.compliance.reading import (
    Someone,
    among,
    moment,
    paper_in,
    people,
    rows,
    signers,
    someone,
    staff,
    text_in,
)
from liuhen.compliance.rounds import Strike, predecessors
from liuhen.compliance.telling import (
    NEW_FACTS,
    Period,
    binding,
    differs,
    notices_before,
    penalty_decisions,
    periods,
    served_before,
)
from liuhen.compliance.weight import held_at

DEFENCES = ("defence_record", "defence_submission")
WAIVED = {"defence": ("陈述申辩", "陈述申辩和听证"), "hearing": ("听证", "陈述申辩和听证")}
_BEFORE = ("原决定没有", "原决定是")
TWO = 2


def defences(case: CaseFile) -> list[Document]:
    """What the party said in defence, oral or written: a paper without a word in it is none."""
    return [d for d in case.of(*DEFENCES) if text_in(d.values, "statement")]


def defended_at(defence: Document) -> Moment:
    """When a defence was made: the time it was spoken or received, else that of the paper."""
    return moment(defence.values, "ended_at", "started_at", "received_at") or defence.revisions[0].at


@rule("R15.2")
def defence_recorded(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """当事人口头申辩的制作笔录并由当事人和两名执法人员签名，放弃的有书面声明，复核的意见在卷可查。"""
    for record in case.of("defence_record"):
        yield _record_signed(case, record)
    for form in case.of("defence_reexamination_form"):
        yield from _has_source(case, form)
    for waiver in case.happened("defence_waived", "hearing_waived"):
        yield _waiver_written(case, waiver)


def _record_signed(case: CaseFile, record: Document) -> Answer:
    officers = len(signers(record, "officer"))
    party = record.signed_by("party") or record.signed_by("agent")
    lacking = [] if party else ["没有当事人签名，也没有拒签记载"]
    if officers < TWO:
        lacking.append(f"只有{officers}名执法人员签名" if officers else "没有执法人员签名")
    if not lacking:
        return met(f"《{record.title}》已签名", subject=record.id)
    if not case.tells_of(record, "signed") and officers != 1:
        return unknown(f"材料没有说《{record.title}》由谁签名", subject=record.id)
    way = Way("由当事人和两名执法人员签名；当事人拒签的，注明原因", does=f"sign:{record.id}")
    return violated(
        f"《{record.title}》{'，'.join(lacking)}", subject=record.id, at=record.current.at, ways=(way,)
    )


def _has_source(case: CaseFile, form: Document) -> Iterator[Answer]:
    """A reexamination answers something that was said: what was said must be on file."""
    if defences(case) or case.of("hearing_record"):
        return
    if not case.tells("defence_record"):
        yield unknown("材料没有当事人陈述、申辩的笔录或者书面意见", subject=form.id)
        return
    yield violated(
        f"{words(form.current.at)}的《{form.title}》所复核的陈述、申辩没有笔录，也没有书面意见",
        subject=form.id, at=form.current.at,
        ways=(Way("补录陈述、申辩笔录或者当事人的书面意见", does="file:defence_record"),),
    )  # fmt: skip


def _waiver_written(case: CaseFile, waiver: Fact) -> Answer:
    right = "hearing" if waiver.code == "hearing_waived" else "defence"
    what = "听证" if right == "hearing" else "陈述申辩"
    if waiver.proofs or _statements(case, right):
        return met(f"当事人书面放弃{what}", subject=waiver.entry)
    if not case.closed_world:
        return unknown(f"材料没有说当事人如何放弃{what}", subject=waiver.entry)
    return violated(
        f"{words(waiver.at)}登记当事人放弃{what}，没有当事人签名的声明", subject=waiver.entry, at=waiver.at,
        ways=(Way("收取当事人签名的放弃声明；没有声明的，等待期限届满", does="file:waiver_statement"),),
    )  # fmt: skip


def _statements(case: CaseFile, right: str) -> list[Document]:
    """The written declarations by which a right was waived."""
    return [d for d in case.of("waiver_statement") if d.values.get("waived") in WAIVED[right]]


@rule("P62.1")
def periods_have_run(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """陈述申辩期限和听证期限自告知书送达起届满，或者当事人明确放弃，才作出处罚决定。

    已经提出的申辩不缩短期限；自愿给予的听证权利同样有期限；公告送达的，自视为送达之日起算。
    """
    for decision in penalty_decisions(case):
        running = [p for notice in notices_before(case, decision) for p in periods(case, notice, ctx)]
        if running:
            yield _run(case, decision, running)


def _run(case: CaseFile, decision: Document, running: list[Period]) -> Answer:
    made = decision.made_at
    early = [p for p in running if day(made) <= p.last and not _waived(case, p, made)]
    if not early:
        return met("陈述申辩、听证的期限已经届满或者当事人已经放弃", subject=decision.id)
    broken = [p for p in early if day(made) <= p.sure]
    if not broken:
        return unknown(
            f"{words(made)}作出处罚决定时，{'、'.join(p.title for p in early)}是否已经届满，当时的法律没有写明：{early[0].basis}",
            subject=decision.id,
        )
    early = broken
    last = max(p.sure for p in early)
    said = "；".join(
        _period_words(notice, early) for notice in {p.notice.id: p.notice for p in early}.values()
    )
    ways = (
        Way(f"{words(last)}期限届满之后再作出决定", until=last + timedelta(days=1)),
        Way("当事人书面放弃的，凭其签名的声明登记", does="file:waiver_statement"),
    )
    return violated(
        f"{said}；{words(made)}就作出处罚决定，没有当事人明确放弃的记录",
        subject=decision.id,
        at=made,
        ways=ways,
    )


def _period_words(notice: Document, early: list[Period]) -> str:
    """When a notice was served and to what day its periods run, told together where they end together."""
    ours = [p for p in early if p.notice.id == notice.id]
    ends: dict[tuple[str, date], list[str]] = {}
    for period in ours:
        length = "" if period.basis else f"{period.length}个工作日，"
        ends.setdefault((length, period.sure), []).append(period.title)
    told = "，".join(
        f"{'和'.join(titles)}{length}至{words(last)}届满" for (length, last), titles in ends.items()
    )
    published = any(s.what == "published" and s.effective == ours[0].served for s in notice.service)
    served = f"公告，{words(ours[0].served)}视为送达" if published else f"{words(ours[0].served)}送达"
    return f"《{notice.title}》{served}，{told}"


def _waived(case: CaseFile, period: Period, by: Moment) -> bool:
    """Whether the party gave up the right after it was told of it and before a moment.

    In a case of ours the bare statement that it did counts for nothing without its signed paper.
    """
    facts = [
        f.at
        for f in case.happened(f"{period.right}_waived")
        if (f.proofs or not case.closed_world)
        and (f.document or text_in(f.values, "document")) in ("", period.notice.id)
    ]
    papers = [
        moment(d.values, "waived_on", "received_at") or d.current.at
        for d in _statements(case, period.right)
        if paper_in(case, d.values, "notice") in (period.notice, None)
    ]
    return any(
        before(at, period.served) is not True and before(by, at) is not True for at in (*facts, *papers)
    )


@rule("P45.1")
def defence_answered(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """当事人的陈述申辩，由阅看过的执法人员逐点复核，然后才起草处罚决定。"""
    found = defences(case)
    for sheet in case.of("decision_approval"):
        yield from _drafted_late_enough(case, sheet, concerning(case, sheet, found))
    for decision in penalty_decisions(case):
        heard = [
            d
            for d in concerning(case, decision, found)
            if before(decision.made_at, defended_at(d)) is not True
        ]
        yield from _answered(case, decision, heard)


def _answers(case: CaseFile, defence: Document, by: Moment | None = None) -> list[Document]:
    """The reexaminations of a defence, with a reason for each point, made after it and not after a moment."""
    return [
        form
        for form in case.of("defence_reexamination_form")
        if paper_in(case, form.values, "defence") in (None, defence)
        if _reasoned(form)
        and before(form.current.at, defended_at(defence)) is not True
        and (by is None or before(by, form.current.at) is not True)
    ]


def _reasoned(form: Document) -> bool:
    points = rows(form.values.get("points"))
    return bool(points) and all(str(p.get("reason") or p.get("finding") or "").strip() for p in points)


def _answered(case: CaseFile, decision: Document, heard: list[Document]) -> Iterator[Answer]:
    """Whether each defence was answered before the decision; if so, whether that was before it was drafted."""
    open_ = [d for d in heard if not _answers(case, d, decision.made_at)]
    if not open_:
        yield from _drafted_late_enough(case, decision, heard)
        return
    if not case.tells("defence_reexamination_form") and not case.of("defence_reexamination_form"):
        yield unknown("材料没有说对当事人的陈述申辩如何复核", subject=decision.id)
        return
    said = "、".join(f"{words(defended_at(d))}的《{d.title}》" for d in open_)
    yield violated(
        f"当事人{said}没有逐点复核答复，{words(decision.made_at)}就作出处罚决定",
        subject=decision.id, at=decision.made_at,
        ways=(Way("制作陈述申辩复核意见书，逐点答复", does="file:defence_reexamination_form"),),
    )  # fmt: skip


def _drafted_late_enough(case: CaseFile, paper: Document, heard: list[Document]) -> Iterator[Answer]:
    """A paper that decides is drafted after every officer in charge has read each defence, and after the answer to it."""
    drafts = [(defence, _draft_after(paper, defence)) for defence in heard]
    found = [_drafted(case, paper, defence, draft) for defence, draft in drafts if draft is not None]
    worst = sorted(found, key=lambda a: ("violated", "unknown", "met").index(a.outcome))
    yield from worst[:1]


def _draft_after(paper: Document, defence: Document) -> Revision | None:
    """The first text of a paper drafted since the defence came; the last one when all are older and it was decided on."""
    since = [r for r in paper.revisions if before(r.at, defended_at(defence)) is not True]
    if since:
        return since[0]
    return paper.current if paper.issued else None


def _drafted(case: CaseFile, paper: Document, defence: Document, draft: Revision) -> Answer:
    early: list[str] = []
    unclear: list[str] = []
    if not _answers(case, defence, draft.at) and _complete(case):
        early.append("陈述申辩还没有复核答复")
    for officer in _handling(case):
        read = _read_at(case, defence, officer)
        order = in_order(case, read, draft.at) if read is not None else None
        if order is False and read is not None:
            early.append(f"{officer.name}{words(read)}才阅看当事人的陈述申辩")
        elif read is None and case.tells("document_read"):
            early.append(f"没有{officer.name}阅看当事人陈述申辩的记录")
        elif order is None:
            unclear.append(f"{officer.name}何时阅看陈述申辩")
    if early:
        return violated(
            f"{words(draft.at)}起草《{paper.title}》时，{'；'.join(early)}",
            subject=paper.id, severity="flag", at=draft.at,
            ways=(Way("全体承办人员阅看并复核之后，重新起草", does="edit"),),
        )  # fmt: skip
    if unclear:
        return unknown(f"看不出起草《{paper.title}》之前{'、'.join(unclear)}", subject=paper.id)
    return met("先阅看、复核陈述申辩，后起草", subject=paper.id)


def _complete(case: CaseFile) -> bool:
    """Whether what is on file tells when the defence was answered."""
    return case.tells("defence_reexamination_form") or bool(case.of("defence_reexamination_form"))


def _handling(case: CaseFile) -> list[Someone]:
    """The officers in charge of the case."""
    return [staff(case.office, person) for person in case.officers]


def _read_at(case: CaseFile, defence: Document, officer: Someone) -> Moment | None:
    """When an officer first knew a defence: read it, took it down, or signed the answer to it."""
    known = [
        fact.at
        for fact in case.happened("document_read")
        if defence.id in (fact.document, fact.values.get("document"))
        and (reader := someone(fact.values.get("person"))) is not None
        and reader.same(officer)
    ]
    if defence.kind == "defence_record" and among(officer, people(defence.values.get("officers"))):
        known.append(defended_at(defence))
    known += [
        sign.at
        for form in _answers(case, defence)
        for sign in form.signed_by("officer")
        if Someone(sign.person, sign.name).same(officer)
    ]
    return min(known, key=instant) if known else None


@rule("P45.2")
def not_heavier_for_defending(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """当事人陈述、申辩或者听证之后，没有新的事实和证据，处罚不重于此前告知的。"""
    for decision in penalty_decisions(case):
        spoken = _spoken(case, decision)
        heavier = _heavier_than_fallen(case, decision)
        if spoken is not None or heavier:
            yield _not_heavier(case, decision, spoken, heavier)


def _spoken(case: CaseFile, decision: Document) -> Moment | None:
    """When the party was heard last before a decision on it."""
    spoken = [defended_at(d) for d in concerning(case, decision, defences(case))]
    spoken += [held_at(d) for d in case.of("hearing_record")]
    return max((at for at in spoken if before(decision.made_at, at) is not True), key=instant, default=None)


def _heavier_than_fallen(case: CaseFile, decision: Document) -> list[str]:
    """How a decision made anew is heavier than one that fell, over which the party had been heard and no new facts came up."""
    found = [
        (text, strike.decision)
        for earlier, strike in predecessors(case, decision)
        if _spoken(earlier, strike.decision) is not None and not _found_anew(case, earlier, strike, decision)
        for text in weigh(
            decision.values.get("penalties"), strike.decision.values.get("penalties"), _BEFORE
        ).heavier
    ]
    return [f"{text}（{words(first.made_at)}的《{first.title}》）" for text, first in found]


def _found_anew(case: CaseFile, earlier: CaseFile, strike: Strike, decision: Document) -> bool:
    """Whether a report between the fall and the new decision tells other facts or evidence than the one before."""
    base = [
        r
        for d in earlier.of("investigation_report")
        for r in d.revisions
        if before(strike.at, r.at) is not True
    ]
    base = [r for r in base if before(strike.decision.made_at, r.at) is not True]
    later = [r for d in case.of("investigation_report") for r in d.revisions]
    later = [r for r in later if before(strike.at, r.at) and before(decision.made_at, r.at) is not True]
    return any(not base or differs(max(base, key=lambda r: instant(r.at)), r, NEW_FACTS) for r in later)


def _not_heavier(case: CaseFile, decision: Document, spoken: Moment | None, again: list[str]) -> Answer:
    notices = binding(case, served_before(case, decision), NEW_FACTS)
    heard = [
        n for n in notices if n.served_at is not None and spoken and before(spoken, n.served_at) is not True
    ]
    heavier = [
        f"{text}（{words(n.served_at or n.made_at)}送达的《{n.title}》）"
        for n in heard
        for text in weigh(decision.values.get("penalties"), n.values.get("penalties")).heavier
    ]
    if not heavier and not again:
        return met("当事人申辩之后，处罚没有加重", subject=decision.id)
    than = f"当事人{words(spoken)}陈述申辩之后，处罚决定重于此前告知的" if heavier and spoken else ""
    than = than or "当事人陈述申辩之后，重新作出的处罚决定重于被撤销的决定"
    return violated(
        f"{than}：{'；'.join(heavier or again)}",
        subject=decision.id, at=decision.made_at,
        ways=(
            Way("按不重于告知的内容作出决定", does="edit"),
            Way("查明新的事实、证据的，补充调查后重新告知", does="file:investigation_report"),
        ),
    )  # fmt: skip


@rule("R19.3")
def hearing_request_settled(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """按期提出的听证申请，举行、书面不予受理、书面撤回或者因缺席终止之后，才作出处罚决定；新的告知书不消灭申请。"""
    for decision in penalty_decisions(case):
        asked = [r for r in requests(case, decision, ctx) if before(decision.made_at, r.at) is not True]
        if asked:
            yield _settled(case, decision, pending(case, decision, asked))


def _settled(case: CaseFile, decision: Document, waiting: list[Request]) -> Answer:
    if not waiting:
        return met("听证申请已经处理", subject=decision.id)
    if not case.tells("hearing_record"):
        return unknown("材料没有说听证申请如何处理", subject=decision.id)
    said = "、".join(words(request.at) for request in waiting)
    if all(request.doubtful for request in waiting):
        return unknown(f"当事人{said}要求听证，看不出是否在期限之内", subject=decision.id)
    return violated(
        f"当事人{said}按期要求听证，没有举行、书面不予受理或者书面撤回，{words(decision.made_at)}就作出处罚决定",
        subject=decision.id, at=decision.made_at,
        ways=(
            Way("指定听证主持人，举行听证", does="file:case_matter_approval"),
            Way("当事人书面撤回的，凭其签名的声明登记", does="state:hearing_request_withdrawn"),
        ),
    )  # fmt: skip
