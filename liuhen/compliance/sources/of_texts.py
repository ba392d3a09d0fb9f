"""``text.…``: usual wordings and rows, filled with what the case, the bureau and the form know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liuhen.casefile.moments import Moment
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import words
from liuhen.compliance.comparing import totals
from liuhen.compliance.reading import moment, rows, text_in
from liuhen.compliance.sources import course, of_case, of_documents, of_office
from liuhen.compliance.sources.ask import Ask, Found, usable
from liuhen.compliance.sources.of_service import attempts, served_document
from liuhen.compliance.sources.result import result
from liuhen.compliance.sources.wording import basis, clock, in_words, names, penalties
from liuhen.compliance.telling import NOTICES, periods
from liuhen.measures.documents.summary import ON_THE_SPOT
from liuhen.measures.texts import BY_GROUND, ROWS, placeholders
from liuhen.measures.texts import text as wording

USUAL, OF_CASE, REMEDIES = "常用文本", "按本案情况拟写", "救济途径表"
_KINDS = {
    "remedies_reconsideration_first": "reconsideration_first",
    "remedies_summary": "reconsideration_first",
}
_DEFENCES = ("defence_record", "defence_submission", "hearing_record")
DAYS, MONTHS = 60, 6


def text(ask: Ask, name: str) -> Found | None:
    """``text.<name>``: the wording filled in; None when something in it is not known: half a sentence helps nobody."""
    if name in ROWS:
        own = BY_GROUND.get(name, {}).get(str(ask.of_form("ground")), ROWS[name])
        return Found([dict(row) for row in own], USUAL)
    if name.startswith("remedies_"):
        return _remedies(ask, name)
    name = _variant(ask, name)
    if not name:
        return None
    said = _filled(ask, name)
    own = placeholders(name) - {"bureau"}
    return Found(said, OF_CASE if own else USUAL) if said else None


def _filled(ask: Ask, name: str) -> str:
    """The wording with its placeholders; empty when one of them is not known."""
    values = {one: PLACEHOLDERS[one](ask).strip() for one in placeholders(name)}
    if not all(values.values()):
        return ""
    # A value may end a sentence where the wording ends it too.
    return wording(name, **values).replace("。。", "。").replace("；。", "。")


def _remedies(ask: Ask, name: str) -> Found | None:
    """The remedies of the day: the bodies that the bureau set, and the sentence to print."""
    said = _filled(ask, name)
    if not said:
        return None
    value: dict[str, Any] = {
        "text": said,
        "reconsideration_body": PLACEHOLDERS["reconsideration_body"](ask),
        "reconsideration_days": DAYS,
        "court": PLACEHOLDERS["court"](ask),
        "sue_months": MONTHS,
        "kind": _KINDS.get(name, "general"),
    }
    return Found(value, REMEDIES)


def _variant(ask: Ask, name: str) -> str:
    """The wording that is true of this case: another one, or none, where the named one would not be."""
    heard = bool(ask.case.of(*_DEFENCES))
    if name in ("no_defence", "no_reexamination"):
        return "" if heard or not _silent(ask) else name
    if name == "defence_outcome" and not heard:
        return "no_defence" if _silent(ask) else ""
    if name in ("performance", "summary_payment") and not _wants_money(ask):
        return ""
    if name == "summary_payment" and ask.of_form("pay") == ON_THE_SPOT:
        return ""
    if name == "hearing_course" and ask.case.happened("hearing_absent"):
        return ""
    return name


def _wants_money(ask: Ask) -> bool:
    """Whether the penalties of this paper are, at least in part, to be paid."""
    decided = totals(_form_or("penalties", "decision_approval")(ask))
    return bool({"罚款", "没收违法所得"} & set(decided))


def _silent(ask: Ask) -> bool:
    """Whether the party's time to speak is over: the periods of the last notice have passed, or it gave up the right."""
    if ask.case.happened("defence_waived") or ask.case.of("waiver_statement"):
        return True
    notice = ask.case.latest(*NOTICES)
    given = periods(ask.case, notice, ask.ctx) if notice else []
    return bool(given) and all(period.last < ask.ctx.today for period in given)


def _bureau(name: str) -> Callable[[Ask], str]:
    return lambda ask: _said(of_office.bureau(ask, name))


def _said(found: Found | None) -> str:
    return in_words(found.value) if found else ""


def _of(kind: str, field: str) -> Callable[[Ask], str]:
    return lambda ask: _said(of_documents.of_field(ask, kind, field))


def _days(name: str) -> Callable[[Ask], str]:
    return lambda ask: in_words(ask.of_form(name)) or _said(of_office.of_setting(ask, name))


def _form_or(name: str, *kinds: str) -> Callable[[Ask], Any]:
    """The field as this form has it, else as the first of the kinds that has it."""

    def value(ask: Ask) -> Any:
        here = ask.of_form(name)
        found = next((f for kind in kinds if (f := of_documents.of_field(ask, kind, name))), None)
        return here if here is not None else (found.value if found else None)

    return value


_PROPOSING = ("investigation_report", "proposal_approval")
_ON_SPOT = ("summary_decision", "summary_inspection_record")
_LEAVING = (
    "crime_transfer_report",
    "case_withdrawal_approval",
    "case_termination_approval",
    "case_transfer_letter",
)


def _hearing(*fields: str) -> Callable[[Ask], str]:
    """A value of the last hearing record."""

    def value(ask: Ask) -> str:
        record = ask.case.latest("hearing_record")
        return (
            next((in_words(record.values[f]) for f in fields if usable(record.values.get(f))), "")
            if record
            else ""
        )

    return value


def _held_on(ask: Ask) -> str:
    record = ask.case.latest("hearing_record")
    at = moment(record.values, "started_at", "ended_at") if record else None
    return words(at) if at else ""


def _ended_at(ask: Ask) -> str:
    """The end of the hearing; on the day it began, the time alone."""
    record = ask.case.latest("hearing_record")
    starts, ends = _span(record) if record else (None, None)
    return clock(ends).removeprefix(words(starts)) if starts and ends else ""


def _span(record: Document) -> tuple[Moment | None, Moment | None]:
    return moment(record.values, "started_at"), moment(record.values, "ended_at")


def _present(ask: Ask) -> str:
    record = ask.case.latest("hearing_record")
    present = rows(record.values.get("present")) if record else []
    return "、".join(f"{text_in(row, 'name')}（{text_in(row, 'as') or '参加人'}）" for row in present)


def _title(ask: Ask) -> str:
    return ask.case.title.removesuffix("案").removesuffix("一")


def _outcome(ask: Ask) -> str:
    """The result in one sentence part, for those to whom it is told."""
    ended = result(ask.case)
    if ended is None:
        return ""
    party = names([ask.case.party])
    if ended.word == "处罚":
        return f"对{party}作出行政处罚：{penalties(ended.document.values.get('penalties'))}"
    if ended.word == "移送":
        return f"已移送{text_in(ended.document.values, 'to_body')}处理"
    if ended.exit == "annulled":
        return f"对{party}的行政处罚决定已经被撤销"
    reasons = text_in(ended.document.values, "reasons").rstrip("。")
    said = {"不予处罚": f"对{party}不予行政处罚", "不予立案": "决定不予立案", "销案": "已经销案"}.get(
        ended.word, "已经终结"
    )
    return f"{said}，理由是：{reasons}" if reasons else said


def _attempts(ask: Ask) -> str:
    """What was tried to serve the document in hand, and why it failed; else why the addressee cannot be found."""
    document = served_document(ask)
    tried = attempts(ask.case, document) if document else []
    said = [f"{words(at)}{method}，{reason}" for at, method, reason in tried if reason]
    missing = of_documents.of_field(ask, "service_course_note", "missing_ground")
    return "；".join(said) or (f"受送达人下落不明：{_said(missing)}" if missing else "")


def _course(told: Callable[[CaseFile], str]) -> Callable[[Ask], str]:
    return lambda ask: told(ask.case)


def _steps(ask: Ask) -> str:
    """The course of the investigation in its report, of the whole case anywhere else."""
    report = ask.kind.code == "investigation_report"
    return course.investigation(ask.case) if report else course.handling(ask.case)


PLACEHOLDERS: dict[str, Callable[[Ask], str]] = {
    "bureau": _bureau("name"),
    "payee_bank": _bureau("payee_bank"),
    "payee_account": _bureau("payee_account"),
    "reconsideration_body": _bureau("reconsideration_body"),
    "court": _bureau("court"),
    "reconsideration_days": lambda ask: str(DAYS),
    "sue_months": lambda ask: str(MONTHS),
    "defence_days": _days("defence_days"),
    "hearing_days": _days("hearing_days"),
    "cause": lambda ask: in_words(ask.of_form("cause")) or _said(of_case.cause(ask)),
    "title": _title,
    "basis": lambda ask: basis(_form_or("basis", *_PROPOSING, "docket_approval", *_ON_SPOT)(ask)),
    "facts": lambda ask: in_words(_form_or("facts", *_PROPOSING, *_ON_SPOT, *_LEAVING)(ask)).rstrip("。"),
    "penalties": lambda ask: penalties(_form_or("penalties", *_PROPOSING, *_ON_SPOT)(ask)),
    "defence_summary": _of("decision_approval", "defence_summary"),
    "review_opinion": _of("decision_approval", "review_opinion"),
    "request": _of("license_application", "request"),
    "decision_number": lambda ask: _said(of_case.decision_number(ask)),
    "outcome": _outcome,
    "steps": _steps,
    "execution": _course(course.execution),
    "attempts": _attempts,
    "held_on": _held_on,
    "presider": _hearing("presider"),
    "recorder": _hearing("recorder"),
    "officers": _hearing("officers"),
    "present": _present,
    "started_at": _hearing("started_at"),
    "ended_at": _ended_at,
    "place": _hearing("place"),
}
