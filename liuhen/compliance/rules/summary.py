"""Penalties on the spot: told first, within the limits, numbered, sealed, signed, handed over (A26; 罚 44, 45, 51, 52; 复 23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from liuhen.casefile.moments import ZONE, Moment, before, day, instant
from liuhen.casefile.state import UNNUMBERED, CaseFile, Document, blank
from liuhen.compliance.answers import (
    Answer,
    Context,
    Way,
    met,
    open_until,
    rule,
    setting,
    unknown,
    violated,
    words,
)
from liuhen.compliance.approving import in_order
from liuhen.compliance.comparing import money, new_basis, totals, weigh
from liuhen.compliance.events import occurrences
from liuhen.compliance.parties import party_in
from liuhen.compliance.reading import evidence_documents, moment, signers, text_in
from liuhen.compliance.weight import FINE, SIDES, sides
from liuhen.measures.dated import least
from liuhen.measures.documents.summary import DEFENDED
from liuhen.measures.summary_facts import SUMMARY as _FACTS

ONLY = ("penalty_summary",)
RECORDS = ("summary_inspection_record", "summary_interview_record")
KINDS = ("警告", FINE)
# 复 23 as it stands since then: who was punished on the spot must ask for reconsideration first.
RECONSIDERATION_FIRST = date(2024, 1, 1)
FIRST = "reconsideration_first"
TURNED = _FACTS[0].code
_TELL = Way(
    "当场告知处罚的事实、理由、依据和陈述申辩权，听取申辩，记入笔录", does="file:summary_inspection_record"
)
_CONVERT = Way("转为普通程序查处", does=f"state:{TURNED}")


def decided_at(decision: Document) -> Moment:
    """When a decision was made: the time it states, else the day of its issue or text."""
    return moment(decision.values, "at") or decision.made_at


@rule("R26.1", procedures=ONLY)
def told_and_heard_first(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """当场处罚之前查明事实、制作笔录，告知事实、理由、依据和陈述申辩权，听取申辩；处罚不重于所告知的。"""
    for decision in case.of("summary_decision"):
        yield _recorded(case, decision)
        yield _told(case, decision)


def _recorded(case: CaseFile, decision: Document) -> Answer:
    """A record of that day's inspection or questioning, made not after the decision."""
    subject, at = f"{decision.id}.record", decided_at(decision)
    made = [d for d in evidence_documents(case) if in_order(case, _made(d), at) is not False]
    if made:
        return met(f"《{made[0].title}》在先", subject=subject, entry=made[0].current.filed)
    if not all(case.tells(kind) for kind in RECORDS):
        return unknown("材料没有说当场处罚依据哪些笔录", subject=subject)
    return violated(
        f"{words(at)}当场处罚，没有现场检查、询问笔录", subject=subject, at=at,
        ways=(Way("当场查明事实，制作现场检查（询问）笔录", does="file:summary_inspection_record"),),
    )  # fmt: skip


def _made(record: Document) -> Moment:
    """When a record was made: the begin of its act."""
    return moment(record.values, "started_at") or record.current.at


def _told(case: CaseFile, decision: Document) -> Answer:
    subject, at = f"{decision.id}.told", decided_at(decision)
    told = [(_told_at(record), record) for record in case.of(*RECORDS) if record.values.get("told") is True]
    told += [
        (notice.served_at, notice) for notice in case.of("penalty_notice") if notice.served_at is not None
    ]
    if not told:
        return _untold(case, subject, at)
    known = [(order, record) for when, record in told if (order := in_order(case, when, at)) is not False]
    if not known:
        return violated(
            f"{words(at)}当场处罚，告知却在{_clock(told[0][0])}", subject=subject, at=at, ways=(_TELL,)
        )
    return _heard(decision, known[-1][1], subject, at)


def _untold(case: CaseFile, subject: str, at: Moment) -> Answer:
    """Nothing tells that the party was told: a record that says no, or that there was neither record nor notice."""
    denied = any(record.values.get("told") is False for record in case.of(*RECORDS))
    if denied or (not case.of(*RECORDS) and case.tells("penalty_notice")):
        return violated(
            f"没有告知处罚的事实、理由、依据和陈述申辩权，{words(at)}就当场处罚",
            subject=subject,
            at=at,
            ways=(_TELL,),
        )
    return unknown("材料没有说当场处罚之前是否告知", subject=subject)


def _told_at(record: Document) -> Moment:
    return moment(record.values, "ended_at", "started_at") or record.current.at


def _clock(at: Moment) -> str:
    return words(at) + (f"{at.astimezone(ZONE):%H:%M}" if isinstance(at, datetime) else "")


def _heard(decision: Document, record: Document, subject: str, at: Moment) -> Answer:
    """The defence written down and answered; the decision no heavier, and on no other provision, than was told (罚 44, 45)."""
    faults: list[str] = []
    if record.values.get("defended") == DEFENDED:
        faults += [
            text
            for name, text in (("defence", "当事人的申辩没有记入笔录"), ("accepted", "没有写明申辩是否采纳"))
            if blank(record.values.get(name))
        ]
    heavier = weigh(decision.values.get("penalties"), record.values.get("penalties")).heavier
    faults += [f"决定的{text}" for text in heavier]
    added = new_basis(decision.values.get("basis"), record.values.get("basis"))
    faults += [f"没有告知过依据{text}" for text in added]
    if not faults:
        return met("先告知、听取申辩，后作决定", subject=subject, entry=record.current.filed)
    return violated(
        f"《{decision.title}》与《{record.title}》：{'；'.join(faults)}", subject=subject, at=at,
        ways=(Way("按所告知的内容决定；改变内容的，重新告知、听取申辩", does="edit"), _CONVERT),
    )  # fmt: skip


@rule("R26.2", procedures=ONLY)
def lawful_on_the_spot(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """当场处罚只有警告和限额以下的罚款；决定书盖章、签名，写明先复议后起诉，当场交付。"""
    for decision in case.of("summary_decision"):
        yield _kinds(decision)
        yield _within(case, decision)
        yield from _remedies(case, decision)
        if decision.issued:
            yield from _sealed(decision)
            yield from _signed(case, decision)
            yield _handed_over(case, ctx, decision)


def _kinds(decision: Document) -> Answer:
    subject = f"{decision.id}.kind"
    others = [kind for kind in totals(decision.values.get("penalties")) if kind not in KINDS]
    if not others:
        return met("只有警告、罚款", subject=subject)
    return violated(
        f"{'、'.join(others)}不得当场处罚，当场处罚只有警告和小额罚款",
        subject=subject,
        at=decided_at(decision),
        ways=(_CONVERT,),
    )


def _within(case: CaseFile, decision: Document) -> Answer:
    """Not above 200 yuan for a citizen, 3,000 for an organisation, as the law stood on the day (罚 51)."""
    subject, at = f"{decision.id}.limit", decided_at(decision)
    fine = totals(decision.values.get("penalties")).get(FINE, 0)
    if not fine:
        return (
            met("没有罚款", subject=subject) if fine == 0 else unknown("材料没有说罚款数额", subject=subject)
        )
    limits = {side: int(setting(case, f"summary_fine_{side}", at)) for side in sides(case, decision.values)}
    over = [side for side, limit in limits.items() if fine > limit]
    if not over:
        return met(f"罚款{money(fine)}，没有超过限额", subject=subject)
    side = over[-1]
    said = f"当场罚款{money(fine)}，超过对{SIDES[side]}当场罚款的限额{money(limits[side])}"
    if len(over) < len(limits):
        return unknown(f"{said}；材料没有说当事人是公民还是单位", subject=subject)
    return violated(said, subject=subject, at=at, ways=(_CONVERT, Way("减至限额以下", does="edit")))


def _remedies(case: CaseFile, decision: Document) -> Iterator[Answer]:
    """The way of remedy that the paper tells: reconsideration first (复 23)."""
    told, at = party_in(decision.values, "remedies"), decided_at(decision)
    if day(at) < RECONSIDERATION_FIRST or not told:
        return
    subject, kind = f"{decision.id}.remedies", text_in(told, "kind")
    if kind == FIRST or (not kind and "sue_months" not in told):
        yield met("写明先复议、后起诉", subject=subject)
        return
    yield violated(
        f"《{decision.title}》写明可以直接起诉；对当场处罚不服的，应当先申请行政复议", subject=subject, at=at,
        ways=(Way("改用先复议、后起诉的救济途径", does="edit"),),
    )  # fmt: skip


def _sealed(decision: Document) -> Iterator[Answer]:
    assert decision.issued is not None
    if not decision.issued.sealed:
        yield violated(
            f"《{decision.title}》没有加盖机关印章", subject=f"{decision.id}.seal", at=decided_at(decision),
            entry=decision.issued.entry, ways=(Way("使用加盖印章的决定书", does="seal"),),
        )  # fmt: skip


def _signed(case: CaseFile, decision: Document) -> Iterator[Answer]:
    """Two officers, and the party or a note of the refusal, as soon as the paper is handed over."""
    if case.closed_world and decision.served_at is None and not case.closed_at:
        return
    subject, officers = f"{decision.id}.signed", len(signers(decision, "officer"))
    party = [sign for role in ("party", "agent", "recipient") for sign in decision.signed_by(role)]
    lacking = [] if party else ["当事人没有签名，也没有注明拒签"]
    if officers < least("summary_officers", day(decided_at(decision))).number:
        lacking.append(f"只有{officers}名执法人员签名" if officers else "没有执法人员签名")
    if not lacking:
        yield met("执法人员和当事人已签名或者注明拒签", subject=subject)
    elif not case.closed_world and officers != 1:
        yield unknown(f"材料没有说《{decision.title}》由谁签名", subject=subject)
    else:
        said = lacking if case.closed_world else lacking[-1:]
        yield violated(
            f"《{decision.title}》{'，'.join(said)}", subject=subject, at=decided_at(decision), severity="flag",
            ways=(Way("补齐签名；当事人拒签的，在决定书上注明", does=f"sign:{decision.id}"),),
        )  # fmt: skip


def _handed_over(case: CaseFile, ctx: Context, decision: Document) -> Answer:
    """Handed over on the spot; a refusal to take it is noted (罚 52)."""
    subject, at, served = f"{decision.id}.handed", day(decided_at(decision)), decision.served_at
    way = Way("当场交付；拒收的，注明后留置", does=f"serve:{decision.id}")
    if any(s.what == "refused" and day(s.at) == at for s in decision.service):
        return met("当场交付，当事人拒收，已注明", subject=subject)
    if served is not None and day(served) <= at:
        return met("当场交付", subject=subject)
    if served is not None:
        return violated(
            f"{words(at)}当场处罚，{words(served)}才交付决定书",
            subject=subject,
            at=served,
            severity="flag",
            ways=(way,),
        )
    if not case.tells_of(decision, "served"):
        return unknown("材料没有说决定书是否当场交付", subject=subject)
    midnight = instant(datetime.combine(at, time(), tzinfo=ZONE) + timedelta(days=1))
    if ctx.now < midnight:
        return open_until(midnight, f"《{decision.title}》还没有交付", subject=subject)
    return violated(
        f"{words(at)}当场处罚，决定书没有当场交付", subject=subject, at=midnight, severity="flag", ways=(way,)
    )


@rule("R26.2", procedures=("penalty_ordinary",))
def not_on_the_spot_once_ordinary(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """转为普通程序以后，不再当场处罚。"""
    turned = occurrences(case, f"fact:{TURNED}")
    for decision in case.of("summary_decision") if turned else ():
        late = before(turned[0].at, decided_at(decision)) if decision.issued else False
        if late is None and not case.closed_world:
            yield unknown("转为普通程序与当场处罚在同一天，先后不明", subject=f"{decision.id}.turned")
        elif late is not False:
            yield violated(
                f"{words(turned[0].at)}已转为普通程序，又作出《{decision.title}》", subject=f"{decision.id}.turned",
                at=decided_at(decision), ways=(Way("按普通程序作出处罚决定", does="file:docket_approval"),),
            )  # fmt: skip


@rule("P52.1", procedures=ONLY)
def numbered_and_noted(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """当场处罚决定书编有号码；当事人拒绝签收的，在决定书上注明。"""
    for decision in case.of("summary_decision"):
        if decision.issued is None:
            continue
        if decision.issued.number == UNNUMBERED:
            yield violated(
                f"《{decision.title}》没有编号", subject=decision.id, at=decided_at(decision),
                ways=(Way("使用编有号码的决定书", does="edit"),),
            )  # fmt: skip
        for sign in decision.current.signatures:
            if sign.refused and not sign.reason.strip():
                yield violated(
                    f"{sign.name}拒绝签收，《{decision.title}》上没有注明", subject=f"{decision.id}.{sign.role}",
                    at=sign.at, entry=sign.entry, ways=(Way("在决定书上注明拒签的情况", does="edit"),),
                )  # fmt: skip
