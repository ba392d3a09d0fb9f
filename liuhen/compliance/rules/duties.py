"""Recording duties 记录要求 that no other requirement looks at, and the reasons given for not recording (A4, A14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from liuhen.casefile.moments import Moment, before, day, instant, parse
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import ANY_PROCEDURE, Answer, Context, Way, met, rule, unknown, violated, words
from liuhen.compliance.reading import act_moment, concluded, someone, text_in
from liuhen.compliance.rules.recordings import about, recorded, unsuitable
from liuhen.measures.vocabulary import RAISED, Duty

ADULT = 18
REVIEWED = "recording_unsuitable_reviewed"


@rule("R4.1", procedures=ANY_PROCEDURE)
def recorded_as_the_act_asks(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """应当音像记录的步骤都有记录或者原因；以不适宜为由没有记录的，由科室负责人事后确认。"""
    for duty in case.release.duties.values():
        for document in case.of(duty.document) if duty.found == "R4.1" else ():
            given = document.issued is not None or not document.declared.number
            why = raised(case, duty, document)
            if given and (duty.level == "M" or why):
                yield _because(recorded(case, ctx, document), why)
    for document in case.documents.values():
        if not document.voided and unsuitable(case, document):
            yield _reviewed(case, document)


def _because(answer: Answer, why: str) -> Answer:
    if answer.outcome != "violated" or not why:
        return answer
    return violated(
        f"{answer.message}；{why}的，应当音像记录", subject=answer.subject, at=answer.at, ways=answer.ways
    )


def raised(case: CaseFile, duty: Duty, document: Document) -> str:
    """The circumstance that makes this should a must, in words; empty when there is none."""
    found = [RAISED[name] for name in duty.raised if _CIRCUMSTANCES[name](case, document)]
    return "、".join(found)


def _interpreted(case: CaseFile, document: Document) -> bool:
    return someone(document.values.get("interpreter")) is not None


def _of_age(born: date, on: date) -> bool:
    return (on.year - born.year, (on.month, on.day)) >= (ADULT, (born.month, born.day))


def _minor(case: CaseFile, document: Document) -> bool:
    """Whether the one questioned is the party, and not of age on that day; what is not told is not assumed."""
    party, asked = case.party or {}, someone(document.values.get("interviewee"))
    written = party.get("birth_date")
    if not isinstance(written, str) or asked is None or asked.name != text_in(party, "name"):
        return False
    try:
        return not _of_age(day(parse(written)), day(act_moment(document)))
    except ValueError:
        return False


_CIRCUMSTANCES: dict[str, Callable[[CaseFile, Document], bool]] = {
    "interpreter": _interpreted,
    "minor": _minor,
}


def _reviewed(case: CaseFile, document: Document) -> Answer:
    """Whether the section head looked at the reason afterwards, and accepted it."""
    subject, since = f"{document.id}.reason", _stated_at(case, document)
    opinions = [f for f in about(case, document, REVIEWED) if before(f.at, since) is not True]
    if opinions:
        last = opinions[-1]
        if last.values.get("result") != "不同意":
            return met("不适宜音像记录的原因已由科室负责人确认", subject=subject, entry=last.entry)
        return violated(
            f"{words(act_moment(document))}的《{document.title}》没有音像记录，科室负责人{words(last.at)}不同意所写的原因",
            subject=subject, at=last.at, entry=last.entry,
        )  # fmt: skip
    message = f"《{document.title}》写明不适宜音像记录的原因，科室负责人还没有确认"
    if not case.tells(REVIEWED):
        return unknown(f"材料没有说《{document.title}》不适宜音像记录的原因由谁确认", subject=subject)
    if not concluded(case, document) and case.decision is None:
        return Answer("open", message, subject=subject)
    way = Way("科室负责人确认原因是否成立", does=f"state:{REVIEWED}")
    return violated(message, subject=subject, at=since, ways=(way,))


def _stated_at(case: CaseFile, document: Document) -> Moment:
    facts = about(case, document, "recording_unsuitable")
    return min([document.current.at, *(fact.at for fact in facts)], key=instant)
