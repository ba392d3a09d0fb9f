"""A final document is complete (R9.1 … R30.1): a missing required field stops 定稿, on old paper it is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liuhen.casefile.state import CaseFile, Document, once
from liuhen.casefile.values import problems
from liuhen.compliance.answers import ANY_PROCEDURE, Answer, Context, Way, met, rule, unknown, violated
from liuhen.compliance.reading import documents
from liuhen.measures import DOCUMENTS


def _complete(case: CaseFile, ctx: Context, requirement: str) -> Iterator[Answer]:
    for document in _governed(case).get(requirement, ()):
        yield _answer(case, document)


@once
def _governed(case: CaseFile) -> Mapping[str, list[Document]]:
    """The documents of the case by the requirement that governs their kind, in order of happening."""
    found: dict[str, list[Document]] = {}
    for document in documents(case):
        found.setdefault(document.declared.requirement, []).append(document)
    return found


def _answer(case: CaseFile, document: Document) -> Answer:
    wrong = problems(document.declared.fields, document.values)
    subject = f"{document.id}.{document.current.number}"
    entry = document.current.filed
    if not wrong:
        return met(f"《{document.title}》各项已填", subject=subject, entry=entry)
    message = f"《{document.title}》还缺：" + "；".join(p.message for p in wrong)
    fields = tuple((p.field, p.message) for p in wrong)
    if (
        not case.closed_world
    ):  # a part that was not told (the sum of a fine, what the party is) is no fault of the paper
        blanks = [p for p in wrong if _shown_blank(document.values.get(p.field))]
        if not blanks:
            return unknown(message, subject=subject, entry=entry, fields=fields)
        message = f"《{document.title}》没有写明：{'、'.join(p.label for p in blanks)}"
    return violated(
        message,
        subject=subject,
        entry=entry,
        fields=fields,
        severity="stop",
        at=document.current.at,
        ways=(Way("补齐所列各项；确实没有的，选“不适用”并写明理由", does="edit"),),
    )


def _shown_blank(value: object) -> bool:
    """Whether a source shows that a paper left a field out (纸上未载); what it does not tell is another matter."""
    return isinstance(value, Mapping) and "not_on_paper" in value


def _declare(requirement: str) -> None:
    """One rule a requirement: the same predicate over the kinds that it governs."""

    @rule(requirement, procedures=ANY_PROCEDURE)
    def _(case: CaseFile, ctx: Context) -> Iterator[Answer]:  # pyright: ignore[reportUnusedFunction]
        return _complete(case, ctx, requirement)


for _code in sorted({kind.requirement for kind in DOCUMENTS.values() if kind.filled}):
    _declare(_code)
