"""Keeping the record: in time, whole when it is archived, then with the archives body (A4, A31, A32; 档 14)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.entries import KINDS
from liuhen.casefile.moments import day, instant
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import ANY_PROCEDURE, Answer, Context, Way, met, rule, setting, violated, words
from liuhen.compliance.custody import custody_due, taken_over
from liuhen.compliance.deadlines import end_of
from liuhen.compliance.events import has
from liuhen.compliance.reading import documents, left_behind, text_in
from liuhen.compliance.steps import unsigned_roles
from liuhen.measures.counting import Span, add


@rule("R4.2", procedures=ANY_PROCEDURE)
def recorded_in_time(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """事情发生之后及时记录，从发生到补录不超过规定的工作日。"""
    late = sorted(case.late, key=lambda one: (instant(one[2]), one[0]))
    for entry, kind, at, recorded_at in late if not ctx.outside else ():
        days = int(setting(case, "record_lag_days", at))
        if recorded_at >= end_of(add(Span(days, "working_day"), day(at), ctx.calendar)):
            yield violated(
                f"{_title(case, entry, kind)}{words(at)}发生，{words(recorded_at)}才补录，超过{days}个工作日",
                subject=entry, at=recorded_at, entry=entry,
            )  # fmt: skip


@rule("D14.1", procedures=ANY_PROCEDURE)
def kept_by_the_archives(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """归档以后，案卷在期限内交档案机构集中保管，不由承办科室自行保管。"""
    due = custody_due(case, ctx)
    if due is None or not case.tells("custody_taken"):
        return
    until, taken = end_of(due), taken_over(case)
    if case.moved_at is not None and taken is None:
        yield met(f"案卷已移交{case.moved['to']}")
    elif taken is not None and day(taken.at) <= due.day:
        yield met(f"案卷{words(taken.at)}由{text_in(taken.values, 'keeper')}接收保管", entry=taken.entry)
    elif taken is not None:
        yield violated(
            f"案卷{words(taken.at)}才由{text_in(taken.values, 'keeper')}接收保管，应于{words(due.day)}前交",
            at=taken.at, entry=taken.entry,
        )  # fmt: skip
    elif ctx.now < until:
        yield Answer("open", f"案卷应于{words(due.day)}前交档案机构保管", until=until)
    else:
        way = Way("由档案人员登记接收保管", does="state:custody_taken")
        yield violated(
            f"案卷归档以后仍由{case.section}保管，应于{words(due.day)}前交档案机构", at=due.day, ways=(way,)
        )


def _title(case: CaseFile, entry: str, kind: str) -> str:
    """What was recorded late: the document's title, else the kind of entry."""
    for document in case.documents.values():
        steps = {step.entry for step in document.service}
        if entry in steps or any(r.filed == entry for r in document.revisions):
            return f"《{document.title}》" + ("的送达" if entry in steps else "")
    return KINDS[kind].title


@rule("R31.1", procedures=ANY_PROCEDURE)
def whole_when_archived(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """归档时收集齐全：文书已签名、批准、签发、送达，有结案报告。"""
    if case.archived_at is None or not case.closed_world:
        return
    for document in documents(case):
        yield _whole(document, case)
    if has(case, "decided|issued:summary_decision") and not case.of("closing_report"):
        way = Way("补做结案报告，补充归档", does="file:closing_report")
        yield violated(
            "归档时没有《行政处罚案件结案报告》", subject="closing_report", at=case.archived_at, ways=(way,)
        )


def _whole(document: Document, case: CaseFile) -> Answer:
    missing = [] if left_behind(case, document) else lacking(document)
    if not missing:
        return met(f"《{document.title}》齐全", subject=document.id)
    return violated(
        f"归档时《{document.title}》{'，'.join(missing)}",
        subject=document.id, at=case.archived_at, ways=(Way("补齐后补充归档，并在备考表中说明"),),
    )  # fmt: skip


def lacking(document: Document) -> list[str]:
    """What a document still lacks to be finished: signatures, approval, issue, service. One that was refused lacks none.

    Received papers are signed elsewhere, and the number of an old paper stands on the paper.
    """
    kind, missing = document.declared, list[str]()
    if any(opinion.opinion == "refuse" for opinion in document.current.opinions):
        return missing
    unsigned = unsigned_roles(document) if kind.facing != "X" else []
    if unsigned:
        missing.append(f"没有{'、'.join(unsigned)}的签名")
    if kind.approvals and document.approved_at() is None:
        missing.append("没有批准")
    if (kind.number or kind.sealed) and document.issued is None and document.current.origin == "made":
        missing.append("没有签发")
    if kind.served and document.issued and document.served_at is None:
        missing.append("没有送达")
    return missing
