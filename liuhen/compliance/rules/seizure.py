"""Seizure 查封、扣押: the power to seize, approval, delivery on the spot, the term and its end (强 18–28)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from liuhen.casefile.moments import day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, open_until, rule, unknown, violated, words
from liuhen.compliance.comparing import provision, provision_words
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.events import recordings
from liuhen.compliance.reading import answering, moment, rows
from liuhen.compliance.rules.licensing import LOWER_PAPERS
from liuhen.compliance.rules.recordings import recorded
from liuhen.compliance.rules.transfer import approved_first
from liuhen.compliance.seizures import LONGEST_EXTENSION, last_day, seizure_ended, still_held
from liuhen.measures.catalogue import VIOLATIONS, Violation, printed
from liuhen.measures.counting import Due

# Laws that say how measures are taken, and papers below a regulation: neither gives the power to seize (强 10).
GENERAL_LAWS = ("行政处罚法", "行政强制法")
_AFTERWARDS = timedelta(days=1)
_URGENT = timedelta(hours=24)
_UNTOLD = "材料没有说检测、检验的期间是否书面告知当事人，不知道哪些日子不计入查封、扣押期限"


@rule("F18.1")
def seizure_has_power_and_approval(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """查封、扣押有该违法行为所涉法律、法规的授权，事先批准；情况紧急的，二十四小时内补办批准。"""
    for decision in case.of("seizure_decision"):
        if decision.issued:
            yield _power(case, decision)
            yield _approval(case, ctx, decision)


def violation_of(case: CaseFile) -> Violation | None:
    """The catalogue's entry that the case was docketed for; None when it names none."""
    docket = case.latest("docket_approval")
    said = [docket.values.get("violation"), docket.values.get("cause")] if docket else []
    return next((v for v in VIOLATIONS.values() if v.code in said or v.conduct in said), None)


def _power(case: CaseFile, decision: Document) -> Answer:
    subject, one = f"{decision.id}.power", violation_of(case)
    cited = [provision(row) for row in rows(decision.values.get("basis"))]
    granted = {
        provision(row)[:2]
        for violation in ([one] if one else VIOLATIONS.values())
        for row in printed(violation.seizure)
    }
    if any(row[:2] in granted for row in cited):
        return met("查封、扣押有法律、法规授权", subject=subject)
    powerless = bool(cited) and all(law in GENERAL_LAWS or law.endswith(LOWER_PAPERS) for law, *_ in cited)
    if not case.closed_world and not powerless and not (one and not one.seizure):
        return unknown("看不出查封、扣押是否有法律、法规授权", subject=subject)
    said = "、".join(provision_words(row) for row in rows(decision.values.get("basis"))) or "没有写明依据"
    why = (
        "该违法行为所涉法律没有授权查封、扣押"
        if one and not one.seizure
        else f"依据（{said}）不是授权查封、扣押的规定"
    )
    return violated(
        f"{words(decision.made_at)}的《{decision.title}》{why}", subject=subject, at=decision.made_at,
        ways=(Way("没有授权的，不得查封、扣押；证据可能灭失的，先行登记保存", does="file:hold_notice"),),
    )  # fmt: skip


def _approval(case: CaseFile, ctx: Context, decision: Document) -> Answer:
    sheets = case.of("seizure_approval")
    urgent = [s for s in sheets if s.values.get("urgent") is True]
    way = Way("报局领导批准", does="file:seizure_approval")
    if not urgent:
        return approved_first(case, decision, sheets, "seizure_approval", way)
    approved = [at for s in urgent if (at := s.approved_at()) is not None]
    passed = _passed(decision, urgent)
    if any(instant(at) < passed for at in approved):
        return met("情况紧急，已按期补办批准", subject=decision.id)
    message = f"情况紧急，{words(decision.made_at)}先行查封、扣押，二十四小时内没有补办批准"
    if not approved and ctx.now < passed:
        return open_until(passed, message, subject=decision.id)
    if not approved and not case.tells("seizure_approval"):
        return unknown("材料没有说是否补办批准", subject=decision.id)
    return violated(message, subject=decision.id, at=passed, ways=(way,), severity="flag")


def _passed(decision: Document, urgent: Sequence[Document]) -> datetime:
    """Twenty-four hours after the measure (TL-14); where its hour is not told, the end of the next day."""
    taken = [at for s in urgent if isinstance(at := moment(s.values, "taken_at"), datetime)]
    if taken:
        return min(taken) + _URGENT
    return end_of(Due(on=day(decision.made_at) + _AFTERWARDS))


@rule("F24.1")
def seizure_delivered_on_the_spot(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """查封、扣押当场交付决定书和清单，制作现场笔录，同时音像记录。"""
    for decision in case.of("seizure_decision"):
        if decision.issued and (ctx.outside or day(ctx.now) > day(decision.made_at)):
            yield _delivered(case, decision)
            yield _site(case, ctx, decision)


def _delivered(case: CaseFile, decision: Document) -> Answer:
    subject, made = f"{decision.id}.delivered", decision.made_at
    served = decision.service[0].at if decision.service else None
    if served is not None and day(served) <= day(made):
        return met("决定书和清单当场交付", subject=subject)
    if served is None and not case.tells_of(decision, "served"):
        return unknown("材料没有说决定书是否当场交付", subject=subject)
    how = f"{words(served)}才送达" if served else "没有交付"
    return violated(
        f"{words(made)}查封、扣押，《{decision.title}》和清单{how}", subject=subject, at=made, severity="flag",
        ways=(Way("当场交付决定书和清单", does=f"serve:{decision.id}"),),
    )  # fmt: skip


def _site(case: CaseFile, ctx: Context, decision: Document) -> Answer:
    subject = f"{decision.id}.site"
    site = answering(case, decision, "seizure_site_record")
    if site is None:
        if not case.tells("seizure_site_record"):
            return unknown("材料没有说查封、扣押的现场笔录", subject=subject)
        return violated(
            f"{words(decision.made_at)}查封、扣押，没有制作现场笔录",
            subject=subject, at=decision.made_at, severity="flag",
            ways=(Way("制作查封（扣押）现场笔录", does="file:seizure_site_record"),),
        )  # fmt: skip
    if any(r.document == decision.id for r in recordings(case)):
        return met("查封、扣押有音像记录", subject=site.id)
    found = recorded(case, ctx, site)
    return found if found.outcome != "violated" else _flagged(found)


def _flagged(answer: Answer) -> Answer:
    return violated(answer.message, subject=answer.subject, at=answer.at, ways=answer.ways, severity="flag")


@rule("F25.1")
def seizure_ends_in_time(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """查封、扣押不超过三十日，经批准延长不超过三十日；届满之前处理或者解除。"""
    for extension in case.of("seizure_extension_decision"):
        if extension.issued:
            yield _extended(case, extension)
    for decision in case.of("seizure_decision"):
        if decision.issued:
            yield _ended(case, ctx, decision)


def _test_time_untold(case: CaseFile) -> bool:
    """Whether the source shows that something was tested and leaves open whether the party was told how long: that time does
    not count (强 25)."""
    tested = case.of("appraisal_commission", "appraisal_opinion")
    return bool(tested) and not case.tells("seizure_period_notice") and not case.of("seizure_period_notice")


def _extended(case: CaseFile, extension: Document) -> Answer:
    old, until = moment(extension.values, "old_until"), moment(extension.values, "until")
    faults: list[str] = []
    if old is not None and day(extension.made_at) > day(old):
        if _test_time_untold(case):
            return unknown(_UNTOLD, subject=extension.id)
        faults.append(f"{words(extension.made_at)}才决定，原期限{words(old)}已经届满")
    if old is not None and until is not None and day(until) - day(old) > LONGEST_EXTENSION:
        faults.append(f"延长至{words(until)}，超过三十日")
    if not faults:
        return met("延长没有超过三十日", subject=extension.id)
    return violated(f"《{extension.title}》{'，'.join(faults)}", subject=extension.id, at=extension.made_at)


def _ended(case: CaseFile, ctx: Context, decision: Document) -> Answer:
    last, subject = last_day(case, decision, ctx), decision.id
    ended = seizure_ended(case, decision)
    if ended is not None:
        if day(ended) <= last:
            return met("查封、扣押已按期处理或者解除", subject=subject)
        if _test_time_untold(case):
            return unknown(_UNTOLD, subject=subject)
        longer = case.of("seizure_extension_decision") or case.tells("seizure_extension_decision")
        if not longer and day(ended) <= last + LONGEST_EXTENSION:
            return unknown("材料没有说查封、扣押期限是否延长", subject=subject)
        return violated(
            f"查封、扣押期限至{words(last)}，{words(day(ended))}才处理完毕", subject=subject, at=last
        )
    rest, passed = still_held(case, decision), end_of(Due(on=last))
    what = f"，{'、'.join(t.words for t in rest)}没有处理" if rest else "，没有处理或者解除"
    message = f"查封、扣押期限至{words(last)}{what}"
    if ctx.now < passed:
        return open_until(passed, message, subject=subject)
    if not case.tells("seizure_release_decision"):
        return unknown("材料没有说查封、扣押何时解除", subject=subject)
    way = Way("解除查封、扣押，退还财物", does="file:seizure_release_decision")
    return violated(message, subject=subject, at=passed, ways=(way,))
