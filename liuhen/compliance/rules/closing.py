"""Telling the result and closing the case (A25, A30)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liuhen.casefile.moments import Moment, before
from liuhen.casefile.state import UNNUMBERED, CaseFile, Document
from liuhen.compliance.answers import PENALTIES, Answer, Context, Way, met, rule, unknown, violated
from liuhen.compliance.comparing import money, squeezed
from liuhen.compliance.events import has, plain
from liuhen.compliance.exits import closes_by_itself, lacking, outcomes, party_is_told, taken, told_to_party
from liuhen.compliance.owing import FINING, MONEY, concerns, due, extra_owed, owed, penalties_of, performed
from liuhen.compliance.parties import gone, party_of
from liuhen.compliance.reading import answering, documents, done_by, rows, whole_in
from liuhen.compliance.results import named_sources, told
from liuhen.compliance.rounds import PENALTY_DECISIONS, about, struck
from liuhen.compliance.rules.source import telling, untold
from liuhen.compliance.things import all_gone, identities, items, left, things
from liuhen.measures.lists import FLOWS, GONE, STATES

# These are carried out by being served.
_DONE_BY_SERVICE = ("警告", "通报批评")
_UNDONE = {
    "seizure_decision": "seizure_release_decision",
    "hold_notice": "hold_disposal_notice",
    "sampling_notice": "sample_disposal_notice",
}
_CONFISCATION = "没收非法财物"
_SENDING = ("hold_disposal_notice", "sample_disposal_notice")
_NEXT = {"examined": "appraisal_commission", "seized": "seizure_decision"}


@dataclass(frozen=True)
class Obligation:
    """Something that must be done before the case is closed, or explained: ``kind`` is told when it cannot be known."""

    subject: str
    what: str
    message: str
    kind: str
    way: Way


@rule("R25.1")
def result_told(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处理结果告知被调查人和每一个具名的投诉人、申诉人、举报人，制作《行政处理告知记录》。

    立案以前移送的，没有被调查人；不予立案的见 R10.3。
    """
    went = taken(case)
    if went is None or went.exit.code == "docket_refused":
        return
    for source in named_sources(case):
        yield telling(case, ctx, source, went.at, "处理结果")
    if not went.exit.party_told or not (has(case, "docketed") or case.decision):
        return
    for one in outcomes(case):
        if gone(case, party_of(one.document)):
            continue
        record, subject = told_to_party(case, one), one.document.id
        if record is not None:
            yield met("已告知被调查人", subject=subject, entry=record.current.filed)
        else:
            yield untold(case, ctx, subject, one.at, "没有告知被调查人处理结果的《行政处理告知记录》")


@rule("R30.1", procedures=PENALTIES)
def closed_when_all_is_done(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """结案报告经科室负责人和局领导批准，未了的事项办完或者说明之后，才结案。"""
    if case.closed_at is None:
        return
    if has(case, "docketed") or case.decision or not closes_by_itself(case):
        yield _approved(case, case.closed_at)
    for open_ in obligations(case, case.closed_at):
        yield _open(case, open_)
    if case.unconfirmed and not ctx.outside:
        yield violated(
            f"有{len(case.unconfirmed)}条补录、更正或者封存没有经科室负责人确认，就结案", subject="unconfirmed",
            at=case.closed_at, ways=(Way("请科室负责人确认", does="confirm"),),
        )  # fmt: skip


def _approved(case: CaseFile, closed: Moment) -> Answer:
    report = case.latest("closing_report")
    if report is not None and done_by(report.approved_at(), closed):
        return met("结案报告已批准", subject="closing_report", entry=report.current.filed)
    if not case.closed_world and (report is not None or not case.tells("closing_report")):
        return unknown("材料没有说结案报告由谁批准", subject="closing_report")
    how = "没有批准" if report else "没有制作"
    does = f"approve:{report.id}" if report else "file:closing_report"
    return violated(
        f"《行政处罚案件结案报告》{how}，就结案", subject="closing_report", at=closed,
        ways=(Way("科室负责人签署意见，报局领导批准结案", does=does),),
    )  # fmt: skip


def _open(case: CaseFile, open_: Obligation) -> Answer:
    subject = f"{open_.subject}.open"
    if explained(case, open_):
        return met(f"{open_.what}：已说明", subject=subject)
    if not case.tells(open_.kind):
        return unknown(f"材料没有说{open_.what}是否办完", subject=subject)
    explain = Way("写明未了事项和后续安排", does="state:obligation_explained")
    return violated(f"{open_.message}，就结案", subject=subject, at=case.closed_at, ways=(open_.way, explain))


def explained(case: CaseFile, open_: Obligation) -> bool:
    """Whether an open obligation was explained (A30): as a fact that says its very words, or by settling the finding."""
    if ("R30.1", f"{open_.subject}.open") in case.explained:
        return True
    for fact in case.happened("obligation_explained"):
        what = squeezed(fact.values.get("what"))
        if fact.document == open_.subject or squeezed(open_.what) in what:
            return True
    return False


def obligations(case: CaseFile, by: Moment) -> Iterator[Obligation]:
    """What is still open at a moment, in the order in which the file is read."""
    yield from _unserved(case, by)
    yield from _unperformed(case, by)
    yield from _held(case)
    yield from _sent_on(case)
    yield from _untold(case)
    yield from _unreported(case, by)
    yield from _listed(case)


def _listed(case: CaseFile) -> Iterator[Obligation]:
    """What the closing list of the exit wants besides."""
    for wanted in lacking(case):
        if wanted.event.startswith("served:"):
            continue  # told of every paper that was to be served
        kind = plain(wanted.event.partition(":")[2])[0]
        way = Way(wanted.what, does=wanted.does)
        yield Obligation(f"exit.{kind}", wanted.what, f"还没有{wanted.what}", kind, way)


def left_undone(case: CaseFile, by: Moment) -> list[Obligation]:
    """What stands between the case and its closing: open, and not explained."""
    return [open_ for open_ in obligations(case, by) if not explained(case, open_)]


def _unserved(case: CaseFile, by: Moment) -> Iterator[Obligation]:
    for document in documents(case):
        if _fallen(case, document) or not document.issued or not document.declared.served:
            continue
        if before(by, document.current.at) or before(by, document.made_at):
            continue  # made afterwards: a measure is released in a closed case as well
        if not done_by(document.served_at, by):
            title = document.title
            way = Way(f"送达《{title}》", does=f"serve:{document.id}")
            yield Obligation(document.id, f"《{title}》送达", f"《{title}》没有送达", "service", way)


def _unperformed(case: CaseFile, by: Moment) -> Iterator[Obligation]:
    decisions = [d for d in case.of(*FINING) if d.issued and not _needs_not(case, d)]
    for decision in decisions:
        yield from _unperformed_of(case, decision, by, _whose(decision) if len(decisions) > 1 else "")


def _whose(decision: Document) -> str:
    """The party of a decision, as an obligation names it where the case has several decisions."""
    return f"（{party_of(decision).get('name') or decision.title}）"


def _unperformed_of(case: CaseFile, decision: Document, by: Moment, whose: str) -> Iterator[Obligation]:
    if (left := owed(case, decision, by)) > 0:
        way = Way("登记缴款，附票据", does="state:payment_made")
        yield Obligation(
            f"{decision.id}.fine",
            f"罚没款缴纳{whose}",
            f"罚没款{money(due(case, decision, by))}{whose}，还有{money(left)}没有缴纳",
            "payment_made",
            way,
        )
    for kind in _others(penalties_of(case, decision)):
        if not _performed(case, decision, kind, by):
            way = Way("登记处罚已履行", does="state:penalty_performed")
            yield Obligation(
                f"{decision.id}.{kind}", f"{kind}{whose}", f"{kind}{whose}没有履行", "penalty_performed", way
            )


def _others(penalties: list[Any]) -> list[str]:
    kinds = [str(row.get("kind", "")) for row in penalties]
    return [kind for kind in dict.fromkeys(kinds) if kind and kind not in (*MONEY, *_DONE_BY_SERVICE)]


def _performed(case: CaseFile, decision: Document, kind: str, by: Moment) -> bool:
    goods = kind == _CONFISCATION and bool(case.of("goods_disposal_record"))
    return goods or performed(case, decision, kind, by)


def _needs_not(case: CaseFile, decision: Document) -> bool:
    """Whether nothing of a decision is to be carried out: it fell, was found unlawful, or its execution was ended (强 40)."""
    unlawful = any(
        f.values.get("result") == "确认违法" and about(case, f) == decision
        for f in case.happened("contest_ended")
    )
    ended = any(d.issued and concerns(case, d, decision) for d in case.of("execution_termination_decision"))
    return unlawful or ended or struck(case, decision) is not None


def _fallen(case: CaseFile, document: Document) -> bool:
    """A decision that fell before it was served is not served any more."""
    return document.kind in PENALTY_DECISIONS and struck(case, document) is not None


def _held(case: CaseFile) -> Iterator[Obligation]:
    for document in case.of(*_UNDONE):
        kind = _UNDONE[document.kind]
        flow = next(f for f in FLOWS if f.closing and document.kind in f.into)
        gone = case.of(*flow.out)
        rest = left(case, flow, document) if gone else []
        # A list whose things all went out on other lists (transferred, disposed of) needs no answer of its own.
        if all_gone(case, document):
            continue
        if not rest and (answering(case, document, kind) or (gone and things(document, identities(case)))):
            continue
        which = "、".join(thing.words for thing in rest) or "物品"
        way = Way("作出处理决定，通知当事人", does=f"file:{kind}")
        message = f"《{document.title}》所列{which}没有处理"
        yield Obligation(f"{document.id}.held", f"《{document.title}》所列物品处理", message, kind, way)


def _sent_on(case: CaseFile) -> Iterator[Obligation]:
    """Things that a disposal only sent on (to be examined, seized, confiscated), and of which no later paper tells."""
    for item in items(case):
        last = item.moves[-1]
        decided_only = last.document.kind in _SENDING and last.state not in GONE
        if item.held <= 0 or not decided_only:
            continue
        if last.state == "confiscated" and _confiscation_known(case):
            continue
        what = f"{item.words}（{STATES[last.state]}）"
        way = Way(
            "办理物品的下一步，制作相应文书", does=f"file:{_NEXT.get(last.state, 'goods_disposal_record')}"
        )
        kind = way.does.partition(":")[2]
        yield Obligation(
            f"{last.document.id}.{item.identity}", f"{item.name}处理",
            f"《{last.document.title}》写明{what}，此后没有去向", kind, way,
        )  # fmt: skip


def _confiscation_known(case: CaseFile) -> bool:
    """Whether the decision confiscates things, whose carrying out is asked for by itself, or the things were dealt with."""
    decision = case.latest("penalty_decision")
    ordered = rows(decision.values.get("penalties")) if decision else []
    named = any(row.get("kind") == _CONFISCATION for row in ordered)
    return named or bool(case.of("goods_disposal_record")) or bool(case.happened("penalty_performed"))


def _untold(case: CaseFile) -> Iterator[Obligation]:
    went = taken(case)
    for source in named_sources(case) if went else ():
        assert went is not None
        if told(case, source, went.at) is None:
            who = f"具名的{source.values['source_kind']}人"
            yield _telling(source.id, f"{who}还没有被告知处理结果")
    if went is None or went.exit.archived_from != "list" or not has(case, "docketed"):
        return
    for one in outcomes(case):
        if party_is_told(case, one) and told_to_party(case, one) is None:
            yield _telling(one.document.id, "被调查人还没有被告知处理结果")


def _telling(subject: str, message: str) -> Obligation:
    way = Way("告知处理结果", does="file:result_notification_record")
    return Obligation(subject, "告知处理结果", message, way.does.split(":")[1], way)


def _unreported(case: CaseFile, by: Moment) -> Iterator[Obligation]:
    """A decision made on the spot is reported to the bureau, money collected there reaches it and its bank (罚 52, 71)."""
    for decision in case.of("summary_decision"):
        if decision.issued and not any(done_by(d.approved_at(), by) for d in case.of("summary_filing_form")):
            way = Way("制作当场处罚备案表，报局备案", does="file:summary_filing_form")
            yield Obligation(
                f"{decision.id}.filing",
                "报局备案",
                f"《{decision.title}》没有报局备案",
                "summary_filing_form",
                way,
            )
    for receipt in case.of("collection_receipt"):
        if not case.of("cash_handover"):
            way = Way("把收缴的罚款交至本局，双方签名", does="file:cash_handover")
            yield Obligation(
                f"{receipt.id}.cash", "当场收缴的罚款交付", "当场收缴的罚款没有交至本局", "cash_handover", way
            )
        elif not case.happened("cash_banked"):
            way = Way("登记缴付银行", does="state:cash_banked")
            yield Obligation(
                f"{receipt.id}.cash", "罚款缴付银行", "当场收缴的罚款没有缴付银行", "cash_banked", way
            )


@rule("P67.1", procedures=PENALTIES)
def payment_agrees(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """缴款凭证所载文号、缴款人和金额与处罚决定书一致。"""
    for paper in case.of("payment_record"):
        decision = case.documents.get(str(paper.values.get("decision", ""))) or case.decision
        if decision is None or decision.issued is None:
            continue
        differs = _differences(case, paper, decision)
        if differs:
            yield violated(
                f"《{paper.title}》与《{decision.title}》不一致：{'；'.join(differs)}",
                subject=paper.id, at=paper.made_at, entry=paper.current.filed,
                ways=(Way("核对凭证；登记有误的，更正", does="correct"),),
            )  # fmt: skip
        else:
            yield met(f"《{paper.title}》与决定书一致", subject=paper.id)


def _differences(case: CaseFile, paper: Document, decision: Document) -> list[str]:
    """What a payment paper says otherwise than the decision; what it does not say is no difference."""
    assert decision.issued is not None
    number, payer = str(paper.values.get("decision_number", "")), str(paper.values.get("payer", ""))
    party = str((party_of(decision) or case.party or {}).get("name", ""))
    amount = paper.values.get("amount")
    wanted = sum(whole_in(row, "amount") or 0 for row in penalties_of(case, decision))
    wanted += extra_owed(case, decision) if wanted else 0
    differs: list[str] = []
    if number and decision.issued.number != UNNUMBERED and number != decision.issued.number:
        differs.append(f"文号写作{number}，决定书是{decision.issued.number}")
    if payer and party and payer != party:
        differs.append(f"缴款人写作{payer}，当事人是{party}")
    if isinstance(amount, int) and wanted and amount > wanted:
        differs.append(f"金额{money(amount)}超过决定书的{money(wanted)}")
    return differs
