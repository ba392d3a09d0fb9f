"""The course of a case told in sentences: investigation, hearing, handling, execution (A17, A20, A21, A30)."""

from __future__ import annotations

from liuhen.casefile.moments import Moment, instant
from liuhen.casefile.state import CaseFile, Document, Fact
from liuhen.compliance.answers import words
from liuhen.compliance.comparing import money
from liuhen.compliance.owing import payments
from liuhen.compliance.reading import act_moment, moment, text_in
from liuhen.compliance.rounds import strikes
from liuhen.compliance.sources.result import result
from liuhen.compliance.sources.wording import in_words, names, penalties

Line = tuple[Moment, str]

_ACTS: dict[str, str] = {
    "site_inspection_record": "执法人员对{place}进行现场检查，制作现场检查（勘验）笔录",
    "summary_inspection_record": "执法人员对{place}进行现场检查，告知事实、理由、依据和陈述申辩权，制作笔录",
    "summary_interview_record": "对{interviewee}当场询问，制作笔录",
    "interview_record": "对{interviewee}进行询问，制作询问笔录",
    "identity_evidence": "取得当事人主体资格证明（{kind}）",
    "evidence_production_notice": "向{holder}调取证据",
    "evidence_register_list": "登记{holder}提供的证据",
    "evidence_copy_sheet": "提取证据材料“{name}”",
    "sampling_notice": "抽样取证，制作抽样取证通知书和物品清单",
    "hold_notice": "对有关证据先行登记保存",
    "hold_disposal_notice": "对先行登记保存的证据作出处理",
    "seizure_decision": "实施{measure}",
    "seizure_release_decision": "解除查封（扣押）",
    "appraisal_commission": "委托{agency}鉴定（检验、检测）",
    "appraisal_opinion": "收到{agency}出具的鉴定意见",
    "appraisal_result_notice": "将鉴定意见告知当事人",
    "refusal_record": "{who}拒绝{what}，执法人员作了情况记录",
    "cure_order": "责令当事人改正违法行为",
    "cure_check_record": "复查改正情况：{result}",
}
_HANDLING: dict[str, str] = {
    "defence_record": "听取当事人陈述和申辩",
    "defence_submission": "收到当事人的陈述申辩书",
    "defence_reexamination_form": "对当事人的意见进行复核",
    "hearing_record": "举行听证",
    "collective_discussion_minutes": "集体讨论",
}
_SERVED: dict[str, str] = {
    "penalty_notice": "送达《行政处罚告知书》",
    "hearing_right_notice": "送达《行政处罚听证告知书》",
    "penalty_decision": "送达《行政处罚决定书》",
    "summary_decision": "当场交付《当场处罚决定书》",
    "no_penalty_decision": "送达《不予行政处罚决定书》",
}


def _said(document: Document, sentence: str) -> str:
    """The sentence with the document's own values; a value that is missing leaves its words out."""
    values = {f.name: in_words(document.values.get(f.name)) for f in document.declared.fields}
    return sentence.format_map({name: said or "" for name, said in values.items()})


def _sentences(lines: list[Line]) -> str:
    ordered = sorted(lines, key=lambda line: instant(line[0]))
    return "\n".join(f"{words(at)}，{said}。" for at, said in ordered)


def _acts(case: CaseFile, table: dict[str, str]) -> list[Line]:
    return [(act_moment(d), _said(d, table[d.kind])) for d in case.of(*table)]


def _docketed(case: CaseFile) -> list[Line]:
    sheets = [d for d in case.of("docket_approval") if d.approved_at() is not None]
    return [(at, "经批准立案") for d in sheets[:1] if (at := d.approved_at()) is not None]


def _source(case: CaseFile) -> list[Line]:
    found: list[Line] = []
    for form in case.of("case_source_form")[:1]:
        at = moment(form.values, "discovered_at", "registered_at") or form.made_at
        found.append((at, f"发现案源（{text_in(form.values, 'source_kind')}）"))
    return found


def investigation(case: CaseFile) -> str:
    """调查经过: source, docketing and every act of taking evidence, a sentence each, by day."""
    return _sentences([*_source(case), *_docketed(case), *_acts(case, _ACTS)])


def handling(case: CaseFile) -> str:
    """查处经过: the course of the investigation, then telling, hearing, deciding, serving, up to the end of the case."""
    lines = [*_source(case), *_docketed(case), *_acts(case, _ACTS), *_acts(case, _HANDLING)]
    lines += [(at, said) for kind, said in _SERVED.items() for d in case.of(kind) if (at := d.served_at)]
    lines += [
        (d.issued.on, f"作出《{d.title}》（{d.issued.number}）") for d in case.of(*_DECISIONS) if d.issued
    ]
    lines += [(s.at, f"《{s.decision.title}》{_FALLEN[s.how]}") for s in strikes(case)]
    ended = result(case)
    if ended is not None and ended.document.kind not in _DECISIONS:
        lines.append((ended.document.approved_at() or ended.document.made_at, f"本案{_ENDED[ended.word]}"))
    return _sentences(lines)


_DECISIONS = ("penalty_decision", "no_penalty_decision", "summary_decision")
_FALLEN = {"撤销": "被复议机关或者法院撤销", "重作": "被撤销，重新作出", "自行撤销": "由本局自行撤销"}
_ENDED = {"移送": "移送有关机关", "销案": "经批准销案", "不予立案": "经批准不予立案", "其他": "经批准终结"}


def execution(case: CaseFile) -> str:
    """处罚执行方式及罚没财物处置情况: payment, other performance, cure, goods; says what is still open."""
    said = [_payments(case), *(_performed(fact) for fact in case.happened("penalty_performed"))]
    said += [f"当事人已改正：{text_in(f.values, 'text')}" for f in case.happened("correction_done")[-1:]]
    said += [f"改正情况经复查：{text_in(d.values, 'result')}" for d in case.of("cure_check_record")[-1:]]
    said += [_goods(d) for d in case.of("goods_disposal_record")]
    said += [
        f"{text_in(f.values, 'what')}：{text_in(f.values, 'text')}"
        for f in case.happened("obligation_explained")
    ]
    return "\n".join(one.rstrip("。") + "。" for one in said if one)


def _performed(fact: Fact) -> str:
    return f"{text_in(fact.values, 'kind')}已履行：{text_in(fact.values, 'text')}"


def _goods(record: Document) -> str:
    how, what = record.values.get("how", ""), names(record.values.get("items"))
    return f"{what}已于{words(moment(record.values, 'at') or record.made_at)}{how}"


def _payments(case: CaseFile) -> str:
    paid = payments(case)
    decision = case.decision
    if not paid:
        return ""
    ways = "；".join(f"{words(one.at)}缴纳{money(one.amount)}" for one in paid)
    wanted = penalties(decision.values.get("penalties")) if decision else ""
    return f"处罚内容为{wanted}。当事人{ways}" if wanted else f"当事人{ways}"
