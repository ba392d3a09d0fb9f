"""The hearing itself: who presides, when the party was told, the record and its recording, the report (A19–A21; 罚 64)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import Moment, before, day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import Answer, Context, Way, met, open_until, rule, unknown, violated, words
from liuhen.compliance.approving import in_order
from liuhen.compliance.parties import name_of, names_of, party_in, party_of
from liuhen.compliance.reading import Someone, among, moment, rows, signers, someone
from liuhen.compliance.rules.recordings import recorded, stretches
from liuhen.compliance.weight import held_at
from liuhen.measures.counting import count_working_days
from liuhen.measures.dated import Least, least

TOPIC = "指定听证主持人"
TWO = 2
_ABSENT_KINDS = ("hearing_report", "penalty_decision", "no_penalty_decision")


@rule("R19.1")
def presider_appointed(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """签发听证通知书之前，听证主持人已经局领导批准指定，通知书写的是同一人。"""
    sheets = [s for s in case.of("case_matter_approval") if s.values.get("topic") == TOPIC]
    for notice in case.of("hearing_notice"):
        if notice.issued:
            yield _appointed(case, notice, sheets)


def _appointed(case: CaseFile, notice: Document, sheets: list[Document]) -> Answer:
    way = Way("报局领导批准，指定听证主持人", does="file:case_matter_approval")
    approved = [(s, at) for s in sheets if (at := s.approved_at()) is not None]
    if not approved:
        if not case.closed_world and (sheets or not case.tells("case_matter_approval")):
            return unknown("材料没有说听证主持人由谁指定", subject=notice.id)
        return violated(
            f"听证主持人没有经局领导批准指定，{words(notice.made_at)}就签发《{notice.title}》",
            subject=notice.id, at=notice.made_at, ways=(way,),
        )  # fmt: skip
    earlier = [s for s, at in approved if in_order(case, at, notice.made_at)]
    if not earlier:
        at = max((at for _, at in approved), key=instant)
        if in_order(case, at, notice.made_at) is None:
            return unknown(f"指定主持人与签发通知书同为{words(at)}，先后不明", subject=notice.id)
        return violated(
            f"{words(at)}才批准指定听证主持人，晚于{words(notice.made_at)}的《{notice.title}》",
            subject=notice.id, at=notice.made_at,
        )  # fmt: skip
    named, appointed = someone(notice.values.get("presider")), someone(earlier[-1].values.get("presider"))
    if named and appointed and not named.same(appointed):
        return violated(
            f"《{notice.title}》写的听证主持人是{named.name}，批准指定的是{appointed.name}",
            subject=notice.id, at=notice.made_at, ways=(way,),
        )  # fmt: skip
    return met("听证主持人已经批准指定", subject=notice.id, entry=earlier[-1].current.filed)


@rule("TL-16")
def told_seven_days_before(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """听证通知书自送达之次日数到听证当日，不少于七个工作日；还没有送达的，自签发之日数，还没有签发的，自定稿之日数。"""
    for notice in case.of("hearing_notice"):
        event = moment(notice.values, "at")
        if event is not None and (notice.issued or not ctx.outside):
            yield _in_time(ctx, notice, event)


def _in_time(ctx: Context, notice: Document, event: Moment) -> Answer:
    served = notice.served_at
    since = served or notice.made_at
    if (
        served is None
        and count_working_days(day(since), day(event), ctx.calendar).days >= _asked(since).number
    ):
        if ctx.now >= instant(event):
            return unknown(f"《{notice.title}》所定的听证时间已过，没有送达的记录", subject=notice.id)
        return open_until(event, f"《{notice.title}》还没有送达", subject=notice.id)
    made = "签发" if notice.issued else "定稿"
    how = "送达" if served is not None else f"{made}，还没有送达"
    return _gap(ctx, notice, notice.id, f"《{notice.title}》{words(since)}{how}", since, event)


def _asked(since: Moment) -> Least:
    return least("hearing_notice", day(since))


def _gap(ctx: Context, notice: Document, subject: str, told: str, since: Moment, event: Moment) -> Answer:
    """Below seven working days stops, seven exactly leave six clear days and are flagged (D7). While the law did not say that
    working days are meant, only what is too short in any reading is found."""
    asked, days = _asked(since), count_working_days(day(since), day(event), ctx.calendar).days
    natural = (day(event) - day(since)).days
    if asked.unit == "day" and days <= asked.number <= natural:
        return unknown(
            f"{told}，距{words(event)}的听证{natural}日；{asked.basis}，没有写明是否按工作日计算",
            subject=subject,
        )
    message = f"{told}，距{words(event)}的听证{days}个工作日"
    ways = (Way("另定听证时间，重新通知", does="file:hearing_notice"),)
    if asked.unit == "day" and natural < asked.number:
        return violated(
            f"{told}，距{words(event)}的听证{natural}日，不足七日",
            subject=subject,
            at=notice.made_at,
            ways=ways,
        )
    if days < asked.number:
        return violated(f"{message}，不足七个工作日", subject=subject, at=notice.made_at, ways=ways)
    if days == asked.number:
        return violated(
            f"{message}，恰为七个工作日，中间只有六个整日", subject=subject, at=notice.made_at, ways=ways,
            severity="flag",
        )  # fmt: skip
    return met(message, subject=subject)


@rule("R19.2")
def hearing_held_after_notice(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """举行听证之前，听证通知书已按期送达当事人和每一个利害关系人。"""
    for record in case.of("hearing_record"):
        notices = [n for n in case.of("hearing_notice") if _about(n, record)]
        yield _told(case, ctx, record, record.id, "当事人", _own(case, notices))
        for other in _others(case, record):
            mine = [(n, at) for n in notices if (at := _reached(case, n, other)) is not None]
            yield _told(case, ctx, record, f"{record.id}.{other}", other, mine)


def _about(notice: Document, record: Document) -> bool:
    """Whether a notice calls to the hearing of a record: one of another day does not."""
    told = moment(notice.values, "at")
    return told is None or day(told) == day(_begun(record))


def _begun(record: Document) -> Moment:
    return moment(record.values, "started_at", "ended_at") or record.current.at


def _own(case: CaseFile, notices: list[Document]) -> list[tuple[Document, Moment]]:
    """The notices served on the party, each with the time of service."""
    name = name_of(case.party or {})
    joined = {name_of(party_in(f.values)) for f in case.happened("party_joined")}
    found = [(n, n.served_at) for n in notices if name_of(party_of(n)) in ("", name) or not joined]
    return [(n, at) for n, at in found if at is not None]


def _others(case: CaseFile, record: Document) -> list[str]:
    """Parties that joined and third parties present: each must have been told."""
    joined = [name_of(party_in(f.values)) for f in case.happened("party_joined")]
    third = [name_of(row) for row in rows(record.values.get("present")) if row.get("as") == "第三人"]
    known = names_of(case, name_of(case.party or {}))
    return [name for name in dict.fromkeys([*joined, *third]) if name and name not in known]


def _reached(case: CaseFile, notice: Document, other: str) -> Moment | None:
    """When a notice was served on another than the party: it is addressed to them, or a step served it on them."""
    addressed = name_of(party_of(notice)) == other
    times = [
        s.effective
        for s in notice.service
        if s.effective is not None and (addressed or name_of({"name": s.addressee}) == other)
    ]
    return min(times, key=instant) if times else None


def _told(
    case: CaseFile,
    ctx: Context,
    record: Document,
    subject: str,
    who: str,
    served: list[tuple[Document, Moment]],
) -> Answer:
    event = _begun(record)
    if not served:
        called = [n for n in case.of("hearing_notice") if _about(n, record)]
        if not case.tells("hearing_notice") and not (
            called and all(case.tells_of(n, "served") for n in called)
        ):
            return unknown(f"材料没有说何时通知{who}听证", subject=subject)
        return violated(
            f"没有向{who}送达听证通知书，{words(event)}就举行听证", subject=subject, at=event,
            ways=(Way("举行听证的七个工作日前送达听证通知书", does="file:hearing_notice"),),
        )  # fmt: skip
    notice, at = min(served, key=lambda pair: instant(pair[1]))
    return _gap(ctx, notice, subject, f"《{notice.title}》{words(at)}送达{who}", at, event)


@rule("R20.2")
def record_signed_page_by_page(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """听证笔录由主持人、调查人、当事人和代理人逐页签名；当事人拒签的，由主持人注明。"""
    for record in case.of("hearing_record"):
        lacking = [*_unsigned(case, record), *_not_each_page(record)]
        if not lacking:
            yield met("听证笔录已经逐页签名", subject=record.id)
        elif not case.tells_of(record, "signed") and not record.current.signatures:
            yield unknown("材料没有说听证笔录由谁签名", subject=record.id)
        elif not _went_on(case, record):
            yield Answer("open", f"《{record.title}》{'，'.join(lacking)}", subject=record.id)
        else:
            yield violated(
                f"《{record.title}》{'，'.join(lacking)}", subject=record.id, at=record.current.at,
                ways=(Way("补齐逐页签名；当事人拒签的，由主持人注明", does=f"sign:{record.id}"),),
            )  # fmt: skip


def _went_on(case: CaseFile, record: Document) -> bool:
    """Whether the case went on past the hearing: a report or decision was made, or it was closed."""
    later = [d for d in case.of(*_ABSENT_KINDS) if before(d.made_at, record.current.at) is not True]
    return bool(later) or case.closed_at is not None or not case.closed_world


def _unsigned(case: CaseFile, record: Document) -> list[str]:
    """Who of those that A20 names did not sign, in words; a refusal that is noted stands for a signature."""
    found: list[str] = []
    presider = someone(record.values.get("presider"))
    if presider and not among(presider, signers(record, "presider")):
        found.append(f"没有主持人{presider.name}签名")
    if len(signers(record, "officer")) < TWO:
        found.append("没有两名案件调查人签名")
    agents = [
        a for row in rows(record.values.get("present")) if row.get("as") == "代理人" and (a := someone(row))
    ]
    signed = _noted(record, "agent")
    found += [f"没有代理人{a.name}签名" for a in agents if not among(a, signed)]
    if not _noted(record, "party") and not (agents and signed):
        found.append("没有当事人签名，也没有拒签的注明")
    return found


def _noted(record: Document, role: str) -> list[Someone]:
    """Those who signed in a role, or whose refusal is noted with its reason."""
    return [Someone(s.person, s.name) for s in record.signed_by(role) if not s.refused or s.reason.strip()]


def _not_each_page(record: Document) -> list[str]:
    wanted = {s.role: s.label for s in record.declared.signatures if s.every_page}
    last = [
        f"{wanted[s.role]}{s.name}"
        for s in record.current.signatures
        if s.role in wanted and not s.refused and s.pages == "last"
    ]
    return [f"{'、'.join(last)}只在末页签名"] if last else []


@rule("R20.3")
def hearing_recorded_throughout(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """听证全程音像记录，从开始到结束没有遗漏；休庭和间断写明起止和原因。"""
    for record in case.of("hearing_record"):
        yield recorded(case, ctx, record, named=stretches(record.values.get("breaks")), excusable=False)


@rule("R21.1")
def report_to_the_principal_leader(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """听证之后，主持人写出签名的听证报告，报主要负责人，然后才作出决定。"""
    decision = case.decision
    for record in case.of("hearing_record"):
        if decision is not None and in_order(case, held_at(record), decision.made_at):
            yield _reported(case, record, decision)


def _reported(case: CaseFile, record: Document, decision: Document) -> Answer:
    reports = [r for r in case.of("hearing_report") if before(r.current.at, held_at(record)) is not True]
    way = Way("主持人写出听证报告，连同笔录报主要负责人", does="file:hearing_report")
    if not reports:
        if not case.tells("hearing_report"):
            return unknown("材料没有说听证报告", subject=record.id)
        return violated(
            f"{words(held_at(record))}举行听证，没有听证报告，{words(decision.made_at)}就作出决定",
            subject=record.id, at=decision.made_at, ways=(way,),
        )  # fmt: skip
    faults = _report_faults(case, reports[-1], record, decision)
    if faults:
        return violated(
            f"《{reports[-1].title}》{'，'.join(faults)}", subject=reports[-1].id, at=decision.made_at,
            ways=(way,),
        )  # fmt: skip
    return met("听证报告已报主要负责人", subject=reports[-1].id, entry=reports[-1].current.filed)


def _report_faults(case: CaseFile, report: Document, record: Document, decision: Document) -> list[str]:
    """What a report lacks: in its time, its signature, the principal leader's reading before the decision."""
    presider, signed = someone(record.values.get("presider")), signers(report, "presider")
    faults: list[str] = []
    if before(decision.made_at, report.current.at):
        faults.append(f"{words(report.current.at)}才写出，晚于{words(decision.made_at)}的决定")
    if presider and signed and not among(presider, signed):
        faults.append(f"由{signed[0].name}签名，主持听证的是{presider.name}")
    read = report.opinion_of("principal_leader")
    if read is not None and before(decision.made_at, read.at):
        faults.append(f"{words(read.at)}才报主要负责人，晚于决定")
    if case.closed_world:
        faults += [] if signed else ["没有主持人签名"]
        faults += [] if read else ["没有报主要负责人"]
    return faults
