"""What stands beside the papers: a party that is gone, what a decision says without having told it, the remedies that it
names (罚 40, 44, 59; 复 20, 24; 诉 46)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from liuhen.casefile.moments import before, day
from liuhen.casefile.state import CaseFile, Document, Fact
from liuhen.compliance.answers import Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.licensing import license_decisions
from liuhen.compliance.parties import name_of, names_of, party_in, party_of
from liuhen.compliance.reading import moment
from liuhen.compliance.rounds import strikes
from liuhen.compliance.telling import penalty_decisions, served_before

RECONSIDERATION_DAYS, SUE_MONTHS = 60, 6
# Before that day suits were brought within three months.
_SIX_MONTHS_SINCE = date(2015, 5, 1)
# Since then applications go to the government of the same level, of bodies led from above apart (复 24, 27).
_GOVERNMENTS_SINCE = date(2024, 1, 1)
_GOVERNMENTS = ("政府", "管理委员会", "管委会")
_LED_FROM_ABOVE = (
    "税务", "海关", "金融", "人民银行", "外汇", "国家安全", "证券", "烟草", "邮政", "海事", "民航", "民用航空", "铁路", "气象",
    "地震", "通信管理", "矿山安全", "煤矿安全", "移民", "边防", "司法",
)  # fmt: skip
_CENTRAL = ("国家", "中国", "中华人民共和国", "国务院")
_LOCAL_DEPARTMENT = re.compile(r"[省市州盟县区旗].*(局|厅|委员会|委)$")


@rule("P37.1")
def party_is_there(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """作出决定时，当事人没有死亡、注销或者终止；有承受人的，登记承继。"""
    for decision in penalty_decisions(case):
        name = name_of(party_of(decision) or case.party or {})
        for fact in case.happened("party_left"):
            on = moment(fact.values, "on") or fact.at
            gone = name_of(party_in(fact.values)) or name
            succeeded = len(names_of(case, gone)) > 1 and name != gone
            if gone == name and not succeeded and before(on, decision.made_at):
                yield violated(
                    f"当事人{words(on)}因{fact.values.get('reason', '终止')}退出本案，{words(decision.made_at)}仍以其为被处罚人作出《{decision.title}》",
                    subject=f"{decision.id}.party", at=decision.made_at,
                    ways=(Way("没有承受人的，销案；有承受人的，登记承继", does="state:party_succeeded"),),
                )  # fmt: skip


@rule("P44.1")
def nothing_beyond_the_notice(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """核对登记的没有告知的事实、理由、依据，重新告知之后才作决定。"""
    for decision in penalty_decisions(case):
        for fact in case.happened("decided_beyond_notice"):
            if _looked_at(case, fact) == decision.id:
                yield violated(
                    f"处罚决定的{fact.values.get('what', '内容')}没有告知过：{fact.values.get('text', '')}",
                    subject=f"{decision.id}.untold", at=decision.made_at,
                    ways=(Way("在告知的范围内作出决定，或者重新告知", does="edit"),),
                )  # fmt: skip


def _looked_at(case: CaseFile, fact: Fact) -> str:
    """The decision in which untold content was found: the one the fact names; else the last one that stood on that day;
    else the draft, which is the next one made without another notice in between."""
    if fact.document:
        return fact.document
    decisions = penalty_decisions(case)
    fell = {strike.decision.id: strike.at for strike in strikes(case)}
    made = [d for d in decisions if day(d.made_at) <= day(fact.at)]
    if made and before(fell.get(made[-1].id, fact.at), fact.at) is not True:
        return made[-1].id
    after = next((d for d in decisions if day(d.made_at) > day(fact.at)), None)
    if after is None or any(before(fact.at, n.served_at or fact.at) for n in served_before(case, after)):
        return ""
    return after.id


@rule("R24.1")
def remedies_told_rightly(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处罚决定书告知的复议机关、复议和起诉期限符合法律。"""
    for decision in case.of("penalty_decision", "no_penalty_decision"):
        if decision.issued:
            yield from _remedies(case, decision)


@rule("R8.2", procedures=("licensing",))
def licence_remedies_told_rightly(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """不予许可决定书告知的复议机关、复议和起诉期限符合法律。"""
    for decision in license_decisions(case):
        if decision.kind == "license_denial_decision":
            yield from _remedies(case, decision)


def _remedies(case: CaseFile, decision: Document) -> Iterator[Answer]:
    told, subject = decision.values.get("remedies"), f"{decision.id}.remedies"
    if not isinstance(told, Mapping) or not told.keys() & {
        "reconsideration_body",
        "reconsideration_days",
        "sue_months",
    }:
        return
    remedies = cast("Mapping[str, object]", told)
    faults = _remedy_faults(case, decision, remedies)
    body = str(remedies.get("reconsideration_body") or "").strip()
    if not faults and body and not _is_government(body) and day(decision.made_at) >= _GOVERNMENTS_SINCE:
        yield unknown(f"看不出{body}是否受理对本机关决定的行政复议", subject=subject)
        return
    if not faults:
        yield met("告知的救济途径符合法律", subject=subject)
        return
    yield violated(
        f"《{decision.title}》告知的救济途径不符合法律：{'；'.join(faults)}", subject=subject,
        at=decision.made_at, severity="flag", ways=(Way("按法律规定的机关和期限告知", does="edit"),),
    )  # fmt: skip


def _remedy_faults(case: CaseFile, decision: Document, told: Mapping[str, object]) -> list[str]:
    days, months = told.get("reconsideration_days"), told.get("sue_months")
    faults: list[str] = []
    if isinstance(days, int) and days < RECONSIDERATION_DAYS:
        faults.append(f"复议期限{days}日，少于六十日")
    if isinstance(months, int) and months < SUE_MONTHS and day(decision.made_at) >= _SIX_MONTHS_SINCE:
        faults.append(f"起诉期限{months}个月，少于六个月")
    body = str(told.get("reconsideration_body") or "").strip()
    if body and _belongs_to_government(case, decision) and not _is_government(body):
        faults.append(f"复议机关写作{body}，应当是本级人民政府")
    return faults


def _is_government(body: str) -> bool:
    return any(word in body for word in _GOVERNMENTS)


def _belongs_to_government(case: CaseFile, decision: Document) -> bool:
    """Whether it is known that the authority is a department of a local government for which nothing else is provided
    (复 24): not one of the State Council (复 25), not led from above (复 27), not of judicial administration (复 28)."""
    on = day(decision.made_at)
    printed = decision.issued.authority if decision.issued and "未载" not in decision.issued.authority else ""
    authority = printed or str(case.office.setting("bureau_name", on, ""))
    other = any(word in authority for word in _LED_FROM_ABOVE) or authority.startswith(_CENTRAL)
    return on >= _GOVERNMENTS_SINCE and not other and bool(_LOCAL_DEPARTMENT.search(authority))
