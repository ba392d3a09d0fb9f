"""Investigating: two certified officers, rights told, signatures, evidence, the report (A13, A14, A17; 罚 42–56)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liuhen.casefile.moments import before, day
from liuhen.casefile.state import CaseFile, Document, Sign
from liuhen.compliance.answers import PENALTIES, Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.approving import in_order
from liuhen.compliance.events import recordings
from liuhen.compliance.reading import (
    Someone,
    act_moment,
    answering,
    concluded,
    documents,
    evidence_documents,
    people,
    rows,
    signers,
    text_in,
)
from liuhen.compliance.telling import penalty_decisions
from liuhen.measures.dated import least

LEAST_OFFICERS = 2
PAIRS = {
    "evidence_production_notice": "evidence_register_list",
    "sampling_notice": "sample_disposal_notice",
    "hold_notice": "hold_disposal_notice",
    "appraisal_opinion": "appraisal_result_notice",
}
GATHERED = (
    "interview_record", "site_inspection_record", "sampling_notice", "evidence_production_notice",
    "appraisal_opinion",
)  # fmt: skip
# Who may sign where these are absent; nobody signs for the one who was questioned.
_IN_PLACE_OF = {"party": ("agent", "witness"), "holder": ("agent", "witness")}
# Where a note of the refusal on the paper itself suffices (罚 52, 64); P52.1 and R20.2 ask for it.
_NOTED = ("hearing_record", "summary_decision")
_AFTER_REPORT = ("penalty_notice", "hearing_right_notice", "penalty_decision", "no_penalty_decision")


@rule("R13.1", procedures=PENALTIES)
def two_certified_officers(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """每一份调查取证文书和当场处罚决定书都由两名以上当日执法证有效的执法人员共同执法。"""
    for document in [*evidence_documents(case), *case.of("summary_decision")]:
        if any(field.name == "officers" for field in document.declared.fields):
            yield _certified(case, document)


def officers_needed(case: CaseFile, document: Document) -> int:
    """How many officers an act takes: two, on the spot what the law of the day asked (罚 42; R36.2)."""
    if case.procedure != "penalty_summary" and document.kind != "summary_decision":
        return LEAST_OFFICERS
    return least("summary_officers", day(act_moment(document))).number


def _certified(case: CaseFile, document: Document) -> Answer:
    on, named = day(act_moment(document)), people(document.values.get("officers"))
    needed = officers_needed(case, document)
    if not named and not case.closed_world:
        return unknown(f"材料没有说《{document.title}》由哪些执法人员制作", subject=document.id)
    if len(named) < needed:
        who = f"只有{named[0].name}一名执法人员" if named else "没有写明执法人员"
        return _too_few(document, f"{words(on)}的《{document.title}》{who}")
    valid = [case.office.certified(one.id, one.certificate, on) for one in named]
    if valid.count(False) > len(named) - needed:
        said = [certificate_words(case, one, on) for one, ok in zip(named, valid, strict=True) if ok is False]
        return _too_few(
            document, f"{words(on)}的《{document.title}》执法证有效的执法人员不足两名：{'；'.join(said)}"
        )
    if None in valid:
        return unknown(f"材料没有说《{document.title}》执法人员的执法证是否有效", subject=document.id)
    return met(f"《{document.title}》有{valid.count(True)}名执法人员", subject=document.id)


def _too_few(document: Document, message: str) -> Answer:
    way = Way("由两名以上执法证有效的执法人员共同执法，并写明姓名和执法证号", does="edit")
    return violated(message, subject=document.id, at=act_moment(document), ways=(way,))


def certificate_words(case: CaseFile, one: Someone, on: date) -> str:
    """Why someone's certificate does not count: the person, the number, the day."""
    name = one.name or case.office.name(one.id)
    held = [
        c
        for c in case.office.certificates
        if (not one.id or c.person == one.id) and (not one.certificate or c.number == one.certificate)
    ]
    if (not one.id and not one.certificate) or not held:
        return f"{name}的执法证{one.certificate}没有登记" if one.certificate else f"{name}没有登记执法证"
    last = held[-1]
    return f"{name}的执法证{last.number}在{words(on)}无效（有效期{words(last.valid_from)}至{words(last.valid_to)}）"


@rule("R13.2", procedures=PENALTIES)
def two_officers_sign(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """每一份调查取证文书都有两名以上执法人员签名。"""
    for document in evidence_documents(case):
        if any(sign.role == "officer" for sign in document.declared.signatures):
            yield from _officers_signed(case, document)


def _officers_signed(case: CaseFile, document: Document) -> Iterator[Answer]:
    signed = signers(document, "officer")
    if len(signed) >= officers_needed(case, document):
        yield met(f"{len(signed)}名执法人员签名", subject=document.id)
    elif not signed and not case.tells_of(document, "signed"):
        yield unknown(f"材料没有说《{document.title}》由谁签名", subject=document.id)
    elif concluded(case, document):
        who = f"只有{signed[0].name}一名执法人员签名" if signed else "没有执法人员签名"
        yield violated(
            f"《{document.title}》{who}", subject=document.id, at=document.current.at, ways=_sign(document),
            severity="flag",
        )  # fmt: skip


def _sign(document: Document) -> tuple[Way, ...]:
    return (Way("补齐签名；拒绝签名的，记录理由和见证人", does=f"sign:{document.id}"),)


@rule("R14.1")
def evidence_papers_in_pairs(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """调取、抽样、先行登记保存都有通知，也都有相应的清单或者处理通知；鉴定意见告知当事人。"""
    for document in case.of(*PAIRS):
        yield _paired(case, document)
    for decision in penalty_decisions(case):
        yield from _on_evidence(case, decision)


def _on_evidence(case: CaseFile, decision: Document) -> Iterator[Answer]:
    """A penalty decision rests on at least one evidence document (A14; 罚 54)."""
    made = [d for d in evidence_documents(case) if before(decision.made_at, d.made_at) is not True]
    if made or case.of("appraisal_opinion"):
        return
    if not all(case.tells(kind) for kind in ("site_inspection_record", "interview_record")):
        yield unknown("材料没有说处罚决定依据哪些调查取证文书", subject=decision.id)
        return
    yield violated(
        f"{words(decision.made_at)}作出处罚决定，案卷里没有任何调查取证文书",
        subject=decision.id, at=decision.made_at, severity="stop",
        ways=(Way("依法调查取证，制作笔录", does="file:site_inspection_record"),),
    )  # fmt: skip


def _paired(case: CaseFile, document: Document) -> Answer:
    wanted = PAIRS[document.kind]
    title = case.called(wanted)
    if answering(case, document, wanted) is not None:
        return met(f"《{document.title}》有相应的《{title}》", subject=document.id)
    if not case.tells(wanted):
        return unknown(f"材料没有说有无《{title}》", subject=document.id)
    message = f"{words(document.made_at)}的《{document.title}》没有相应的《{title}》"
    if case.closed_world and not concluded(case, document):
        return Answer("open", message, subject=document.id)
    way = Way(f"制作《{title}》", does=f"file:{wanted}")
    return violated(message, subject=document.id, at=document.made_at, ways=(way,), severity="flag")


@rule("R14.2", procedures=PENALTIES)
def all_concerned_sign(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """调查取证文书由当事人和有关人员签名或者盖章，拒绝的记录情况。"""
    for document in evidence_documents(case):
        yield from _others_signed(case, document)


def _others_signed(case: CaseFile, document: Document) -> Iterator[Answer]:
    wanted = [s for s in document.declared.signatures if s.required and s.role != "officer"]
    missing = [s.label for s in wanted if not _signed_for(document, s.role)]
    if not wanted:
        return
    if not missing:
        yield met("当事人和有关人员已签名或者记录拒签", subject=document.id)
    elif not case.tells_of(document, "signed"):
        yield unknown(f"材料没有说{'、'.join(missing)}是否在《{document.title}》上签名", subject=document.id)
    elif concluded(case, document):
        yield violated(
            f"《{document.title}》没有{'、'.join(missing)}的签名或者拒签记录",
            subject=document.id, at=document.current.at, ways=_sign(document),
        )  # fmt: skip


def _signed_for(document: Document, role: str) -> list[Sign]:
    """Signatures, seals and refusals of a role, or of one who may sign in its place."""
    return [sign for r in (role, *_IN_PLACE_OF.get(role, ())) for sign in document.signed_by(r)]


@rule("R14.4", procedures=PENALTIES)
def refusal_recorded(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """拒绝签名的，写明理由，并有见证人、音像记录或者情况记录为证；听证笔录由主持人注明即可。"""
    for document in documents(case):
        if document.kind in _NOTED:
            continue
        for sign in document.current.signatures:
            if sign.refused:
                yield _refused(case, document, sign)


def _refused(case: CaseFile, document: Document, sign: Sign) -> Answer:
    subject = f"{document.id}.{sign.role}"
    missing = [] if sign.reason.strip() else ["拒签的理由"]
    if not (sign.witness.strip() or sign.body.get("recording") or _shown(case, document, sign)):
        missing.append("见证人或者音像记录")
    if not missing:
        return met(f"{sign.name}拒签，已记录", subject=subject, entry=sign.entry)
    message = f"{sign.name}拒绝在《{document.title}》上签名，没有记录{'和'.join(missing)}"
    if not case.closed_world:
        return unknown(message, subject=subject)
    way = Way("制作拒绝签字情况记录，或者存入当时的音像记录", does="file:refusal_record")
    return violated(message, subject=subject, at=sign.at, entry=sign.entry, ways=(way,))


def _shown(case: CaseFile, document: Document, sign: Sign) -> bool:
    """Whether a recording of that document, or a record of refusals of that day, shows the refusal."""
    filmed = any(r.document == document.id and r.recorded and not r.voided for r in case.recordings.values())
    written = any(
        r.values.get("document") == document.id or day(act_moment(r)) == day(sign.at)
        for r in case.of("refusal_record")
    )
    return filmed or written


@rule("P55.1", procedures=PENALTIES)
def certificates_shown(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """执法人员在调查或者检查时主动出示执法证件。"""
    for document in evidence_documents(case):
        shown = document.values.get("certificates_shown")
        if shown is False:
            yield violated(
                f"{words(act_moment(document))}的《{document.title}》写明没有出示执法证件",
                subject=document.id, at=act_moment(document),
            )  # fmt: skip
        elif shown is True:
            yield met("已出示执法证件", subject=document.id)


@rule("P46.1", procedures=PENALTIES)
def evidence_is_sourced(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """证据有来源，复制件与原件核对，关键的人问过或者登记过联系未成。"""
    for sheet in case.of("evidence_copy_sheet"):
        if sheet.values.get("certified") is False:
            yield violated(
                f"《{sheet.title}》（{text_in(sheet.values, 'name')}）没有与原件核对无异",
                subject=sheet.id, at=sheet.current.at,
            )  # fmt: skip
    for recording in recordings(case):
        if case.closed_world and not recording.by.strip():
            yield violated(
                f"音像记录“{recording.name}”没有写明拍摄人",
                subject=recording.entry, at=recording.deposited_at, entry=recording.entry,
            )  # fmt: skip
    yield from _gathered_afterwards(case)
    yield from _questioned(case)


def _asked_on_the_spot(case: CaseFile) -> bool:
    """Whether the one sheet of a case that began as a summary one holds questions and answers."""
    return any(rows(d.values.get("qa")) for d in case.of("summary_inspection_record"))


def _gathered_afterwards(case: CaseFile) -> Iterator[Answer]:
    """Evidence comes before the decision that rests on it (罚 40, 54); a decision undone may be followed by more."""
    decisions = [d for d in case.of("penalty_decision", "no_penalty_decision") if d.issued]
    undone = [f.at for f in case.happened("contest_ended")]
    for paper in case.of(*GATHERED) if decisions else ():
        taken = act_moment(paper)
        later = [d for d in decisions if before(d.made_at, taken) is not True]
        reopened = any(before(taken, at) is not True for at in undone)
        if not later and not reopened:
            yield violated(
                f"{words(decisions[-1].made_at)}已经作出《{decisions[-1].title}》，{words(taken)}才有《{paper.title}》",
                subject=paper.id, at=taken,
            )  # fmt: skip


def _questioned(case: CaseFile) -> Iterator[Answer]:
    report = case.latest("investigation_report")
    asked = case.of("interview_record", "summary_interview_record") or _asked_on_the_spot(case)
    if report is None or asked or case.happened("interview_attempted"):
        return
    if any(r.values.get("what") == "询问" for r in case.of("refusal_record")):
        return
    if not case.tells("interview_record"):
        yield unknown("材料没有说是否询问过当事人", subject=report.id)
        return
    yield violated(
        "调查终结，没有询问当事人，也没有登记曾联系询问未成", subject=report.id, at=report.current.at,
        ways=(Way("询问并制作询问笔录", does="file:interview_record"),
              Way("登记曾联系询问未成", does="state:interview_attempted")),
    )  # fmt: skip


@rule("P56.1")
def hold_approved_first(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """先行登记保存证据，先经负责人批准。"""
    for hold in case.of("hold_notice"):
        yield from _approved_first(case, hold)


def _approved_first(case: CaseFile, hold: Document) -> Iterator[Answer]:
    taken, approved = act_moment(hold), hold.approved_at()
    if case.closed_world and not hold.issued and hold.current.origin == "made":
        return  # only a notice that was issued holds anything; its draft may still name another time
    if approved is None:
        if case.tells_of(hold, "approved"):
            yield violated(
                f"{words(taken)}先行登记保存，没有经负责人批准", subject=hold.id, at=taken,
                ways=(Way("报负责人批准", does=f"approve:{hold.id}"),),
            )  # fmt: skip
        else:
            yield unknown("材料没有说先行登记保存由谁批准", subject=hold.id)
    elif in_order(case, approved, taken) is False:
        yield violated(f"{words(taken)}先行登记保存，{words(approved)}才批准", subject=hold.id, at=taken)
    elif in_order(case, approved, taken) is None:
        yield unknown(f"批准与先行登记保存同为{words(taken)}，先后不明", subject=hold.id)
    else:
        yield met(f"{words(approved)}批准", subject=hold.id)


@rule("R17.1")
def report_ends_investigation(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """作出告知和决定之前，执法人员已出具签名的《案件调查终结报告》。"""
    for document in case.of(*_AFTER_REPORT):
        if document.issued:
            yield _reported(case, document)


def _reported(case: CaseFile, document: Document) -> Answer:
    reports, made = case.of("investigation_report"), document.made_at
    if not reports:
        if not case.tells("investigation_report"):
            return unknown("材料没有说调查终结报告", subject=document.id)
        return violated(
            f"没有《案件调查终结报告》，就作出《{document.title}》", subject=document.id, at=made,
            ways=(Way("调查终结，出具案件调查终结报告", does="file:investigation_report"),),
        )  # fmt: skip
    report = reports[0]
    first, signed = report.revisions[0].at, signers(report, "officer")
    fine = in_order(case, first, made)
    if fine is False:
        return violated(
            f"《案件调查终结报告》{words(first)}作出，晚于{words(made)}的《{document.title}》",
            subject=document.id, at=made,
        )  # fmt: skip
    if len(signed) < LEAST_OFFICERS and case.tells_of(report, "signed"):
        return violated(
            f"《案件调查终结报告》没有两名执法人员签名，就作出《{document.title}》",
            subject=document.id, at=made, ways=_sign(report),
        )  # fmt: skip
    if fine is None:
        return unknown(f"报告与《{document.title}》同为{words(made)}，先后不明", subject=document.id)
    return met(f"《案件调查终结报告》{words(first)}作出", subject=document.id, entry=report.current.filed)
