"""The amount of a fine within what the law provides for the violation (罚 32, 34; domain §7.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.answers import PENALTIES, Answer, Context, Way, met, rule, unknown, violated
from liuhen.compliance.comparing import money
from liuhen.compliance.reading import rows, text_in
from liuhen.measures.catalogue import VIOLATIONS, Fine, Violation, printed

_PAPERS = (
    "proposal_approval",
    "penalty_notice",
    "hearing_right_notice",
    "penalty_decision",
    "summary_inspection_record",
    "summary_decision",
)
_ON_WHOM = {"自然人": ("", "个人", "责任人员"), "个体工商户": ("", "个人", "单位")}
_MITIGATED = ("减轻", "不予处罚")


@rule("P32.1", procedures=PENALTIES)
def fine_within_the_law(case: CaseFile, ctx: Context) -> Iterator[Answer]:
    """罚款在所引条款规定的幅度以内；低于下限的，写明减轻处罚的情节。

    Asked where the violation is one of the catalogue: named by the docket or the paper, or the only one whose provision the
    paper cites.
    """
    for document in case.of(*_PAPERS):
        fines = [row for row in rows(document.values.get("penalties")) if row.get("kind") == "罚款"]
        amounts = [row["amount"] for row in fines if isinstance(row.get("amount"), int)]
        violation = _violation(case, document)
        if violation is None or not violation.fines or not amounts or len(amounts) < len(fines):
            continue
        bases = [row["base"] for row in fines if isinstance(row.get("base"), int)]
        yield _answer(case, document, violation, sum(amounts), sum(bases))


def _violation(case: CaseFile, document: Document) -> Violation | None:
    dockets = [document, *case.of("docket_approval")]
    codes = [text_in(one.values, "violation") for one in dockets]
    named = next((VIOLATIONS[code] for code in codes if code in VIOLATIONS), None)
    cited = {_article(row) for row in rows(document.values.get("basis"))}
    found = [v for v in VIOLATIONS.values() if cited & {_article(row) for row in printed(v.basis)}]
    if named is not None:
        return named if not found or named in found else None
    return found[0] if len(found) == 1 else None


def _article(row: Mapping[str, Any]) -> tuple[str, str]:
    """A provision as far as its article: papers name paragraph and item more or less closely."""
    law = text_in(row, "law").strip("《》 ").removeprefix("中华人民共和国")
    return law, text_in(row, "article")


def _answer(case: CaseFile, document: Document, violation: Violation, amount: int, base: int) -> Answer:
    fines = _applicable(case, violation)
    if not fines:
        return unknown(f"目录没有载明对这一类当事人的罚款幅度：{violation.consequence}", subject=document.id)
    wanting = [fine for fine in fines if fine.rate_unit is not None and not base]
    if any(fine.allows(amount, base) for fine in fines if fine not in wanting):
        return met(f"罚款{money(amount)}在法定幅度以内", subject=document.id)
    if wanting:
        return _without_base(case, document, wanting, amount)
    lowest, highest = min(_span(f, base)[0] for f in fines), max(_span(f, base)[1] for f in fines)
    if amount < lowest and _mitigated(case, document):
        return met(f"罚款{money(amount)}低于法定幅度，写明了减轻处罚的情节", subject=document.id)
    which = "低于" if amount < lowest else "高于" if amount > highest else "不在"
    ways = (
        Way("写明法定的减轻情节，或者按法定幅度重新确定数额")
        if amount < lowest
        else Way("按法定幅度重新确定数额；计算基数有误的，改正基数"),
    )
    span = f"{which}法定幅度（{money(lowest)}至{money(highest)}）：{violation.consequence}"
    return violated(
        f"《{document.title}》罚款{money(amount)}{span}",
        subject=document.id, at=document.made_at, entry=document.current.filed, ways=ways,
        fields=(("penalties", f"罚款{money(amount)}{span}"),),
    )  # fmt: skip


def _applicable(case: CaseFile, violation: Violation) -> list[Fine]:
    kind = str((case.party or {}).get("party_kind", ""))
    whom = _ON_WHOM.get(kind, ("", "单位") if kind else ("", "单位", "个人", "责任人员"))
    return [fine for fine in violation.fines if fine.of in whom]


def _without_base(case: CaseFile, document: Document, wanting: Sequence[Fine], amount: int) -> Answer:
    what = "、".join(dict.fromkeys(fine.base for fine in wanting))
    if not case.closed_world:
        return unknown(f"材料没有说{what}，罚款幅度无从计算", subject=document.id)
    return violated(
        f"《{document.title}》罚款{money(amount)}，按{what}计算，没有填写计算基数",
        subject=document.id, at=document.made_at, entry=document.current.filed,
        ways=(Way(f"在处罚内容中填写{what}"),), fields=(("penalties", f"填写计算基数（{what}）"),),
    )  # fmt: skip


def _span(fine: Fine, base: int) -> tuple[int, int]:
    """The lowest and highest amount of a fine, in 分."""
    if fine.rate_unit is None:
        return fine.low, fine.high
    parts = {"千分之": 1000, "百分之": 100, "倍": 1}[fine.rate_unit]
    return -(-fine.rate_low * base // parts), fine.rate_high * base // parts


def _mitigated(case: CaseFile, document: Document) -> bool:
    """Whether the paper, or the one it was drawn from, names a mitigating circumstance."""
    papers = [document, *case.of("decision_approval", "proposal_approval", "investigation_report")]
    said = [row for one in papers for row in rows(one.values.get("discretion"))]
    return any(row.get("kind") in _MITIGATED and text_in(row, "circumstance") for row in said)
