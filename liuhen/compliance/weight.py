"""How heavy a penalty is in law: does it give a right to a hearing (罚 63), is the case major (A23; 罚 57).

Only the kinds and amounts of the penalty rows count, never words: an order to stop a conduct is no 责令停产停业.
"""

from __future__ import annotations

from dataclasses import dataclass

from liuhen.casefile.moments import Moment, day
from liuhen.casefile.state import CaseFile, Document, Values
from liuhen.compliance.answers import setting
from liuhen.compliance.approving import in_order
from liuhen.compliance.comparing import money, totals
from liuhen.compliance.parties import NATURAL, party_in
from liuhen.compliance.reading import moment
from liuhen.measures.limits import REVISED
from liuhen.measures.vocabulary import L

FINE, PROCEEDS, GOODS = "罚款", "没收违法所得", "没收非法财物"
# Kinds that give the right whatever the amount, with their item of 罚 63.
HEARING_KINDS = {
    "降低资质等级": 3, "吊销许可证件": 3, "责令停产停业": 4, "责令关闭": 4, "限制从业": 4,
}  # fmt: skip
HEARING_AMOUNTS = {
    FINE: ("hearing_fine", 1),
    PROCEEDS: ("hearing_confiscation", 2),
    GOODS: ("hearing_confiscation", 2),
}
# Of these the statute spoke before it was revised, with a 等 behind them (2017年修正, 42).
FORMER_HEARING = (FINE, "吊销许可证件", "责令停产停业")
MAJOR_KINDS = ("吊销许可证件", "责令停产停业", "责令关闭")
MAJOR_MARK = "重大复杂"
SIDES = {"citizen": "公民", "organisation": "法人、其他组织"}


@dataclass(frozen=True)
class Reached:
    """Why a standard is reached, and why it cannot be told; both in words."""

    reasons: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def sides(case: CaseFile, values: Values) -> tuple[str, ...]:
    """By which standards a paper's party is judged: citizen or organisation; both when the record does not tell what it is. A
    sole trader is a natural person in civil law: the lower of the two is his."""
    kind = str((party_in(values) or case.party or {}).get("party_kind", ""))
    if not kind:
        return ("citizen", "organisation")
    return ("citizen",) if kind in NATURAL else ("organisation",)


def hearing_reached(case: CaseFile, values: Values, on: Moment) -> Reached:
    """Which items of 罚 63 the penalties of a paper reach by the standards in force on a day."""
    reasons: list[str] = []
    unclear: list[str] = []
    for kind, amount in totals(values.get("penalties")).items():
        if day(on) < REVISED and kind not in FORMER_HEARING and kind in {**HEARING_KINDS, **HEARING_AMOUNTS}:
            unclear.append(f"{kind}，2021年7月15日以前的法律没有写明应当听证")
        elif kind in HEARING_KINDS:
            reasons.append(f"{kind}（{L('罚', 63, 1, HEARING_KINDS[kind]).short()}）")
        elif kind in HEARING_AMOUNTS:
            name, item = HEARING_AMOUNTS[kind]
            why, open_ = _amount(case, values, on, kind, amount, name)
            reasons += [f"{text}（{L('罚', 63, 1, item).short()}）" for text in why]
            unclear += open_
    return Reached(tuple(reasons), tuple(unclear))


def _amount(
    case: CaseFile, values: Values, on: Moment, kind: str, amount: int | None, name: str
) -> tuple[list[str], list[str]]:
    """Whether an amount reaches the standard of the party's side: (reasons, what cannot be told)."""
    if amount is None:
        return [], [f"{kind}没有写明数额（价值）"]
    standards = {side: int(setting(case, f"{name}_{side}", on)) for side in sides(case, values)}
    over = {side: standard for side, standard in standards.items() if amount >= standard}
    said = [f"{kind}{money(amount)}，达到{SIDES[side]}的标准{money(over[side])}" for side in over]
    if len(over) == len(standards):
        return said[:1], []
    return [], [f"{text}，当事人是公民还是单位不明" for text in said]


def major_reached(case: CaseFile, decision: Document) -> Reached:
    """Why a case is major or complex (重大、复杂): standard, mark, report, or a hearing that was held (A23; 罚 57)."""
    values, on = decision.values, decision.made_at
    reasons = [kind for kind in MAJOR_KINDS if kind in totals(values.get("penalties"))]
    fine = totals(values.get("penalties")).get(FINE, 0)
    why, unclear = _amount(case, values, on, FINE, fine, "major_fine") if fine else ([], [])
    reasons += why
    if MAJOR_MARK in case.marks:
        reasons.append(f"已标注{MAJOR_MARK}：{case.marks[MAJOR_MARK]}")
    if any(d.values.get("is_major") is True for d in case.of("investigation_report")):
        reasons.append("《案件调查终结报告》认定为重大、复杂案件")
    if setting(case, "major_after_hearing", on) and hearing_held(case, on):
        reasons.append("举行过听证")
    return Reached(tuple(reasons), tuple(unclear))


def held_at(record: Document) -> Moment:
    """When the hearing of a record ended: the time it states, else the time of the record."""
    return moment(record.values, "ended_at", "started_at") or record.current.at


def hearing_held(case: CaseFile, by: Moment) -> Document | None:
    """The hearing record of a hearing held before a moment; None when there was none."""
    for record in case.of("hearing_record"):
        if in_order(case, held_at(record), by) is not False:
            return record
    return None
