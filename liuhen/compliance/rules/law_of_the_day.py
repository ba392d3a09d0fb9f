"""The law of the day: no paper rests on law that was not yet in force; the penalty on later law only where it is lighter
(A36; 罚 37; R36.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import ANY_PROCEDURE, Answer, Context, Way, met, rule, violated, words
from liuhen.compliance.reading import documents, moment, rows, text_in
from liuhen.measures.in_force import in_force_from

# How a paper says that it applies later law because that is lighter.
_SAID = ("从旧兼从轻", "处罚较轻", "处罚更轻", "第三十七条", "有利于当事人")
_REASONED = ("investigation_report", "decision_approval", "penalty_decision")


@rule("R36.2", procedures=ANY_PROCEDURE)
def by_the_law_of_the_day(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """文书引用当日有效的法律；处罚适用行为时的法律，行为之后施行的法律只有处罚较轻才适用，并写明。"""
    for document in documents(case):
        for printed, since in _laws(document):
            if day(document.made_at) < since:
                yield violated(
                    f"{words(document.made_at)}的《{document.title}》引用{printed}，该法自{words(since)}起才施行",
                    subject=f"{document.id}.{printed}", at=document.made_at,
                    ways=(Way("改引当日有效的法律", does="edit"),),
                )  # fmt: skip
            elif document.kind == "penalty_decision":
                yield from _lighter(case, document, printed, since)


def _lighter(case: CaseFile, decision: Document, printed: str, since: date) -> Iterator[Answer]:
    """A penalty under law that is younger than the act: the papers say why it applies."""
    docket = case.latest("docket_approval")
    acted = moment(docket.values, "act_on") if docket else None
    if acted is None or day(acted) >= since:
        return
    subject = f"{decision.id}.{printed}"
    told = [text for paper in case.of(*_REASONED) for text in _texts(paper.values)]
    if any(word in text for text in told for word in _SAID):
        yield met(f"已写明适用行为之后施行的{printed}的理由", subject=subject)
        return
    yield violated(
        f"违法行为{words(acted)}终了，{printed}自{words(since)}起才施行，《{decision.title}》据以处罚，没有写明新法处罚较轻",
        subject=subject, at=decision.made_at,
        ways=(Way("适用行为时的法律；新法处罚较轻的，写明从旧兼从轻", does="edit"),),
    )  # fmt: skip


def _laws(document: Document) -> list[tuple[str, date]]:
    """The laws a paper rests on of which it is told since when they are law, each once."""
    found = {
        text_in(row, "law"): since
        for row in rows(document.values.get("basis"))
        if (since := in_force_from(text_in(row, "law"))) is not None
    }
    return [("《" + name.strip("《》") + "》", since) for name, since in found.items()]


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in cast("Mapping[str, Any]", value).values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in cast("list[Any]", value):
            yield from _texts(inner)
