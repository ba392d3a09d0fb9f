"""In whose name a paper goes out: the bureau's, never an inner unit's nor another's (罚 17, 59)."""

from __future__ import annotations

from collections.abc import Iterator

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import ANY_PROCEDURE, Answer, Context, Way, met, rule, violated, words
from liuhen.compliance.comparing import squeezed
from liuhen.compliance.reading import text_in
from liuhen.compliance.telling import NOTICES

DECISIONS = ("penalty_decision", "no_penalty_decision", "summary_decision")


def _told(authority: str) -> bool:
    return bool(authority.strip()) and "未载" not in authority


def _foreign(case: CaseFile, document: Document, authority: str) -> str:
    """What is wrong with the authority of a paper: an inner unit, or another name than the bureau's; empty when nothing."""
    bureau = squeezed(case.office.setting("bureau_name", day(document.made_at), ""))
    name, section = squeezed(authority), squeezed(case.section)
    if not _told(name) or (bureau and name == bureau):
        return ""
    if section and name.endswith(section):
        return f"以内设机构“{authority}”的名义作出"
    return f"写明的机关是“{authority}”，不是“{bureau}”" if bureau else ""


@rule("P17.1", procedures=ANY_PROCEDURE)
def issued_by_the_bureau(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """对外文书以本局名义签发，机关名称与设置一致。"""
    for document in case.of(*{d.kind for d in case.documents.values() if d.declared.facing in ("P", "T")}):
        if document.issued is None or document.kind in DECISIONS:
            continue
        wrong = _foreign(case, document, document.issued.authority)
        if wrong:
            yield _wrong_authority(document, wrong)
        elif _told(document.issued.authority):
            yield met(f"以{document.issued.authority}名义签发", subject=document.id)


@rule("P59.1", procedures=ANY_PROCEDURE)
def decision_in_the_bureaus_name(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """处罚决定书以本局名义作出，不以内设机构名义作出。"""
    for decision in case.of(*DECISIONS):
        if decision.issued is None:
            continue
        said = (decision.issued.authority, text_in(decision.values, "authority"))
        wrong = [text for text in (_foreign(case, decision, name) for name in said) if text]
        wrong += _told_by_another(case, decision)
        if wrong:
            yield _wrong_authority(decision, wrong[0])
        elif any(map(_told, said)):
            yield met(f"以{next(filter(_told, said))}名义作出", subject=decision.id)


def _told_by_another(case: CaseFile, decision: Document) -> list[str]:
    """Where the authority is not known by name: that another one gave the notice than made the decision."""
    if decision.issued is None or case.office.setting("bureau_name", day(decision.made_at), ""):
        return []
    own = squeezed(decision.issued.authority)
    others = [n for n in case.of(*NOTICES) if n.issued and squeezed(n.issued.authority) != own]
    named = [n for n in others if n.issued and "未载" not in n.issued.authority + own]
    return [
        f"写明的机关是“{decision.issued.authority}”，《{n.title}》的是“{n.issued.authority}”"
        for n in named
        if n.issued
    ]


def _wrong_authority(document: Document, wrong: str) -> Answer:
    return violated(
        f"{words(document.made_at)}的《{document.title}》{wrong}", subject=document.id, at=document.made_at,
        ways=(Way("以本局名义签发，加盖本局印章", does="edit"),),
    )  # fmt: skip
