"""The archived file in hand: taken over, lent, brought back, held by law, appraised (A32; 档 14, 21; 档例 24, 34)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from liuhen.acts.engine import nothing, perform
from liuhen.acts.situation import Invalid, Situation, invalid
from liuhen.casefile.moments import day, parse
from liuhen.casefile.state import CaseFile
from liuhen.casefile.values import clean, problems
from liuhen.compliance.answers import words
from liuhen.compliance.custody import LEGAL_HOLD, custody
from liuhen.compliance.retention import retention
from liuhen.measures import FACTS
from liuhen.measures.archive_facts import DESTROY, KEEP
from liuhen.office.policy import LEADERS, Actor, NotPermitted
from liuhen.records.append import New, Receipt

LONGEST_KEPT = 100  # years that one appraisal may add


def take_over(case: str, actor: Actor, values: Mapping[str, Any]) -> list[Receipt]:
    """Record that the archives body keeps the file, and where (``custody_taken``). Raises Invalid, NotPermitted."""
    return perform(
        "keep_file", case, actor, lambda here: [_told(here, "custody_taken", values)], heeds=nothing
    )


def lend(case: str, actor: Actor, values: Mapping[str, Any]) -> list[Receipt]:
    """Record that the file is lent, for what and until when (``file_lent``); one that is out is not lent again. Raises Invalid,
    NotPermitted."""

    def decide(here: Situation) -> list[New]:
        new = _told(here, "file_lent", values)
        loan = custody(here.case, day(here.now)).loan
        if loan is not None:
            raise invalid("borrower", f"案卷已由{loan.unit}{loan.borrower}借出，先登记归还")
        if day(parse(str(new.body["values"]["due_on"]))) < day(here.now):
            raise invalid("due_on", "应还日期不能早于今天")
        return [new]

    return perform("keep_file", case, actor, decide, heeds=nothing)


def bring_back(case: str, actor: Actor, values: Mapping[str, Any]) -> list[Receipt]:
    """Record that the loan is over and in what state the file came back (``file_returned``). Raises Invalid, NotPermitted."""

    def decide(here: Situation) -> list[New]:
        loan = custody(here.case, day(here.now)).loan
        if loan is None:
            raise invalid("state", "案卷没有借出")
        return [_told(here, "file_returned", {**values, "loan": loan.entry})]

    return perform("keep_file", case, actor, decide, heeds=nothing)


def hold(case: str, actor: Actor, on: bool, reason: str) -> list[Receipt]:
    """Set or lift the legal hold 法律保全 with its reason: it stops all that leads to destruction. It is lifted by a leader only.

    Raises Invalid, NotPermitted.
    """

    def decide(here: Situation) -> list[New]:
        if not clean(reason).strip():
            raise invalid("reason", "填写理由：哪个机关、因什么事、文书的名称和文号")
        if not on and not set(LEADERS) & actor.roles:
            raise NotPermitted("法律保全由局领导取消")
        if on == (LEGAL_HOLD in here.case.marks):
            raise invalid("reason", "已经保全" if on else "没有保全")
        return [New("Marked", {"mark": LEGAL_HOLD, "set": on, "reason": clean(reason).strip()})]

    return perform("hold_file", case, actor, decide, heeds=nothing)


def appraise(case: str, actor: Actor, values: Mapping[str, Any]) -> list[Receipt]:
    """Record what the appraisal of a file came to: kept on for so many years, or proposed for destruction in a list, on which a
    leader then decides (:mod:`liuhen.acts.disposing`). Raises Invalid, NotPermitted."""

    def decide(here: Situation) -> list[New]:
        due(here)
        new = _told(here, "appraised", values)
        told = new.body["values"]
        names = [name for name in str(told["appraisers"]).replace("，", "、").split("、") if name.strip()]
        if len(set(names)) < 2:
            raise invalid("appraisers", "鉴定人员应为两人以上，用顿号分开")
        if told["conclusion"] == KEEP and not 1 <= int(told["years"]) <= LONGEST_KEPT:
            raise invalid("years", f"继续保存的年数应在 1 到 {LONGEST_KEPT} 之间")
        last = custody(here.case, day(here.now)).appraisal
        if told["conclusion"] == DESTROY and last is not None and (last.pending or last.approved):
            raise invalid("list", f"已经列入鉴定批次{last.list}（{last.state}）")
        return [new]

    return perform("appraise", case, actor, decide, heeds=nothing)


# The declared facts of an archived file: the act of policy that states each, and what states it.
STATED: dict[str, tuple[str, Callable[[str, Actor, Mapping[str, Any]], list[Receipt]]]] = {
    "custody_taken": ("keep_file", take_over),
    "file_lent": ("keep_file", lend),
    "file_returned": ("keep_file", bring_back),
    "appraised": ("appraise", appraise),
}


def due(here: Situation) -> None:
    """Refuse before the end of retention (domain §8.3), while a legal hold stands, and what is kept for ever."""
    case = here.case
    if case.archived_at is None:
        raise invalid("case", "没有归档的案件不能鉴定销毁")
    _ours(case)
    if LEGAL_HOLD in case.marks:
        raise invalid("case", f"案卷标注了“{LEGAL_HOLD}”（{case.marks[LEGAL_HOLD]}），取消以前不能销毁")
    until = retention(case).until
    if until is None:
        raise invalid("case", "案卷永久保存，不能销毁")
    if day(here.now) <= until:
        raise invalid("case", f"保管期限没有届满：{words(until)}以后才能鉴定销毁")


def _ours(case: CaseFile) -> None:
    """Refuse what is no more for us to do: the file is in the public archives."""
    if case.moved_at is not None:
        raise invalid("case", f"案卷已于{words(case.moved_at)}移交{case.moved['to']}，由其保管，本局不再办理")


def _told(here: Situation, fact: str, values: Mapping[str, Any]) -> New:
    """A declared fact of the archived file, its values checked. Raises Invalid."""
    if here.case.archived_at is None:
        raise invalid("case", "归档以后才能办理")
    _ours(here.case)
    declared = FACTS[fact]
    given = {name: value for name, value in clean(dict(values)).items() if value not in ("", None)}
    if wrong := problems(declared.fields, given):
        raise Invalid(wrong)
    return New("Happened", {"fact": fact, "values": given})
