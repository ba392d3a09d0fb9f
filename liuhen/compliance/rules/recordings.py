"""Audio-visual records: made at the same time as the act, deposited in time (A14, A31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from liuhen.casefile.moments import ZONE, Moment, day, instant
from liuhen.casefile.state import CaseFile, Document, Fact, Recording
from liuhen.compliance.answers import (
    ANY_PROCEDURE,
    PENALTIES,
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
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.events import recordings
from liuhen.compliance.reading import act_moment, moment, rows, someone, span, text_in
from liuhen.measures.counting import Span, add

DEPOSIT = Span(24, "hour")
_MINUTE = timedelta(minutes=1)
Stretch = tuple[datetime, datetime]


@rule("R14.3", procedures=PENALTIES)
def recorded_at_the_same_time(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """现场检查（勘验）和抽样取证同时进行音像记录，不适宜的写明原因；先行登记保存按本局规则同样办理。"""
    for duty in case.release.duties.values():
        for document in case.of(duty.document) if duty.found == "R14.3" else ():
            if not duty.setting or setting(case, duty.setting, act_moment(document)):
                yield recorded(case, ctx, document)


def recorded(
    case: CaseFile,
    ctx: Context,
    document: Document,
    *,
    named: Iterable[Stretch] = (),
    excusable: bool = True,
) -> Answer:
    """Whether the act of a document was recorded from its start to its end.

    ``named`` are gaps that the paper itself names; ``excusable``: a stated reason may stand in place of the recording.
    """
    if excusable and unsuitable(case, document):
        return met("不适宜音像记录，已写明原因", subject=document.id)
    lasted = span(document)
    films = _films(case, document)
    if not films:
        return _unrecorded(case, ctx, document, lasted[1] if lasted else act_moment(document), excusable)
    known = [film for film in films if film is not None]
    if lasted is None or not known:
        same_day = any(day(starts) == day(act_moment(document)) for starts, _ in known)
        if same_day:
            return met("有当日的音像记录", subject=document.id)
        return unknown(f"《{document.title}》或者音像记录没有写明起止时间", subject=document.id)
    return _covered(case, document, lasted, [*known, *named])


def stretches(value: object) -> list[Stretch]:
    """The stretches of time (``from``, ``to``) that rows name; a row without both times is none."""
    named = [_stretch(moment(row, "from"), moment(row, "to")) for row in rows(value)]
    return [one for one in named if one is not None]


def _unrecorded(
    case: CaseFile, ctx: Context, document: Document, ended: Moment, excusable: bool = True
) -> Answer:
    if not case.tells("recording_made"):
        return unknown(f"材料没有说《{document.title}》是否有音像记录", subject=document.id)
    passed = end_of(add(DEPOSIT, ended, ctx.calendar))
    message = f"{words(ended)}的《{document.title}》没有音像记录" + (
        "，也没有写明不适宜的原因" if excusable else ""
    )
    if ctx.now < passed:
        return open_until(passed, message, subject=document.id)
    ways = (
        Way("存入当时的音像记录，归入这份文书", does="deposit"),
        Way("不适宜音像记录的，写明原因", does="state:recording_unsuitable"),
    )
    return violated(message, subject=document.id, at=passed, ways=ways if excusable else ways[:1])


def _covered(case: CaseFile, document: Document, lasted: Stretch, films: list[Stretch]) -> Answer:
    missing = uncovered(lasted, [*films, *_gaps(case, document)])
    if not missing:
        return met("音像记录覆盖全程", subject=document.id)
    if missing == [lasted]:
        message = f"{words(lasted[0])}的《{document.title}》记录{_between(lasted)}，音像记录不在这段时间"
    else:
        times = "、".join(_between(stretch) for stretch in missing)
        message = f"{words(lasted[0])}的《{document.title}》记录{_between(lasted)}，其中{times}没有音像记录"
    way = Way("写明间断的起止时间和原因", does="state:recording_gap")
    return violated(message, subject=document.id, at=lasted[1], ways=(way,))


def uncovered(lasted: Stretch, films: Iterable[Stretch]) -> list[Stretch]:
    """The parts of a stretch of time that no film covers, to the minute, since papers say no seconds."""
    found: list[Stretch] = []
    reached, end = lasted
    for starts, ends in sorted(films):
        if starts > reached and starts.replace(second=0, microsecond=0) > reached:
            found.append((reached, min(starts, end)))
        reached = max(
            reached, ends.replace(second=0, microsecond=0) + (_MINUTE if ends.second else timedelta())
        )
        if reached >= end:
            break
    if reached < end:
        found.append((reached, end))
    return [(starts, ends) for starts, ends in found if starts < end and starts < ends]


def _between(stretch: Stretch) -> str:
    return "至".join(f"{at.astimezone(ZONE):%H:%M}" for at in stretch)


def _films(case: CaseFile, document: Document) -> list[Stretch | None]:
    """The spans of what was recorded of a document's act; None for one whose times are not told."""
    films = [_stretch(r.starts, r.ends) for r in recordings(case) if r.document == document.id]
    declared = about(case, document, "recording_made")
    return films + [_stretch(moment(f.values, "from"), moment(f.values, "to")) for f in declared]


def _gaps(case: CaseFile, document: Document) -> list[Stretch]:
    named = [
        _stretch(moment(f.values, "from"), moment(f.values, "to"))
        for f in about(case, document, "recording_gap")
    ]
    return [gap for gap in named if gap is not None]


def _stretch(starts: Moment | None, ends: Moment | None) -> Stretch | None:
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        return starts, ends
    return None


def about(case: CaseFile, document: Document, code: str) -> list[Fact]:
    return [f for f in case.happened(code) if document.id in (f.document, f.values.get("document"))]


def unsuitable(case: CaseFile, document: Document) -> bool:
    """Whether it is stated, on the paper or as a fact, why recording was unsuitable."""
    written = document.values.get("unsuitable_reason")
    stated = isinstance(written, str) and bool(written.strip())
    return stated or bool(about(case, document, "recording_unsuitable"))


@rule("R31.2", procedures=ANY_PROCEDURE)
def recording_deposited(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """音像记录制作完成后二十四小时内存入，边远或者连续工作的自回到单位起算，迟延的写明原因。"""
    for fact in case.happened("recording_made"):
        yield _deposited(case, ctx, fact)
    for recording in recordings(case):
        yield from _late(case, ctx, recording)


def _deposited(case: CaseFile, ctx: Context, fact: Fact) -> Answer:
    """A recording that was declared made stands in the vault or on the bureau's device."""
    made = moment(fact.values, "to") or fact.at
    if any(_is_of(recording, fact) for recording in recordings(case)):
        return met("已存入", subject=fact.entry)
    by = someone(fact.values.get("by"))
    passed = _due(case, ctx, by.id if by else "", made)
    message = f"{words(made)}制作的音像记录（{text_in(fact.values, 'device') or '设备未载'}）登记后没有存入"
    if not case.closed_world:
        return unknown(message, subject=fact.entry)
    if ctx.now < passed:
        return open_until(passed, message, subject=fact.entry)
    return violated(message, subject=fact.entry, at=passed, ways=(Way("存入音像记录", does="deposit"),))


def _is_of(recording: Recording, fact: Fact) -> bool:
    """Whether a deposited recording is the one that was declared: its times meet, or it belongs to the same paper."""
    one = _stretch(recording.starts, recording.ends)
    other = _stretch(moment(fact.values, "from"), moment(fact.values, "to"))
    if one and other:
        return one[0] < other[1] and other[0] < one[1]
    document = fact.document or fact.values.get("document")
    return bool(document) and recording.document == document


def _due(case: CaseFile, ctx: Context, by: str, made: Moment) -> datetime:
    """Twenty-four hours after it was made, or after the return to the unit of the one who made it."""
    back = case.office.returned(by, instant(made)) if by else None
    return end_of(add(DEPOSIT, back[0] if back else made, ctx.calendar))


def _late(case: CaseFile, ctx: Context, recording: Recording) -> Iterator[Answer]:
    """A late deposit that gives no reason; that it is late is found by its limit (TL-37)."""
    if recording.ends is None or ctx.outside:
        return
    late = instant(recording.deposited_at) > _due(case, ctx, recording.by, recording.ends)
    if late and not text_in(recording.body, "late_reason"):
        yield violated(
            f"音像记录“{recording.name}”{words(recording.deposited_at)}存入，超过二十四小时，没有写明迟延原因",
            subject=f"{recording.entry}.reason", at=recording.deposited_at, entry=recording.entry,
        )  # fmt: skip
