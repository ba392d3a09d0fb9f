"""Weighing penalties and comparing papers: what is heavier, what is new, what differs from what was approved (罚 44, 45)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from liuhen.casefile.state import Document, Values, blank
from liuhen.compliance.reading import rows, someone, text_in
from liuhen.measures.vocabulary import Field, numeral

WARNING = "警告"
# Rows that cite the law on penalties itself say how the office decides; what the party did wrong is told in the others.
PROCEDURE_LAW = "行政处罚法"


@dataclass(frozen=True)
class Weighed:
    """What makes one list of penalties heavier than another, and what cannot be told; both in words."""

    heavier: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def money(fen: int) -> str:
    """An amount as a sentence says it: 14,940元, 0.50元."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d}元" if rest else f"{yuan:,}元"


def totals(penalties: object) -> dict[str, int | None]:
    """Each kind of penalty with the sum of its amounts in 分; None where a row of the kind states no amount."""
    found: dict[str, int | None] = {}
    for row in rows(penalties):
        kind, amount = text_in(row, "kind"), row.get("amount")
        if not kind:
            continue
        before = found.get(kind, 0)
        found[kind] = before + amount if isinstance(amount, int) and before is not None else None
    return found


def penalty_words(penalties: object) -> str:
    """A list of penalties as a sentence says it: 罚款14,940元、吊销许可证件."""
    said = [kind + (money(sum_) if sum_ is not None else "") for kind, sum_ in totals(penalties).items()]
    return "、".join(said)


TOLD = ("没有告知过", "告知的是")


def weigh(decided: object, told: object, said: tuple[str, str] = TOLD) -> Weighed:
    """Compare a list of penalties with one told earlier, kind by kind (罚 44, 45). ``said``: how the words speak of that one.

    A kind not told and a higher amount are heavier. A warning that stands in the place of a kind told is not: no
    penalty is lighter (罚 9). What was told of no penalties at all cannot be weighed.
    """
    if not rows(told):
        return Weighed((), ("先前写明的处罚内容没有记载",) if rows(decided) else ())
    mine, theirs = totals(decided), totals(told)
    dropped = set(theirs) - set(mine)
    heavier: list[str] = []
    unclear: list[str] = []
    for kind, amount in mine.items():
        if kind not in theirs:
            if kind != WARNING or not dropped:
                heavier.append(f"{kind}{money(amount) if amount is not None else ''}{said[0]}")
            continue
        before = theirs[kind]
        if amount is not None and before is not None and amount > before:
            heavier.append(f"{kind}{money(amount)}，{said[1]}{money(before)}")
        elif amount is not None and before is None:
            unclear.append(f"{kind}{money(amount)}，告知时没有写明数额")
        elif _terms(decided, kind) - _terms(told, kind) and _terms(told, kind):
            unclear.append(f"{kind}的期限与告知的不同")
    return Weighed(tuple(heavier), tuple(unclear))


def _terms(penalties: object, kind: str) -> set[str]:
    """The terms stated for a kind of penalty."""
    said = (squeezed(row.get("term")) for row in rows(penalties) if row.get("kind") == kind)
    return {term for term in said if term}


def squeezed(value: object) -> str:
    """A text without white space, brackets in one width: what is left is what counts as the same wording."""
    return re.sub(r"\s+", "", str(value or "")).replace("（", "(").replace("）", ")")


def provision(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """A row of 依据 in one spelling: law without 《》 and country, article, paragraph, item in Chinese numbers."""
    law = re.sub(r"[《》\s]", "", text_in(row, "law")).removeprefix("中华人民共和国")
    return (law, *(_number(row.get(part)) for part in ("article", "paragraph", "item")))  # type: ignore[return-value]


def _number(value: object) -> str:
    """第45条, 四十五 and （三） as 四十五 and 三."""
    bare = re.sub(r"[第条款项()]", "", squeezed(value))
    return numeral(int(bare)) if bare.isascii() and bare.isdigit() and 0 < int(bare) < 1000 else bare


def provision_words(row: Mapping[str, Any]) -> str:
    """A row of 依据 as a sentence says it: 《粮食流通管理条例》第四十五条第一款."""
    law, *parts = provision(row)
    marks = zip(parts, ("条", "款", "项"), strict=True)
    return f"《{law}》" + "".join(f"第{part}{mark}" for part, mark in marks if part)


def new_basis(decided: object, told: object) -> list[str]:
    """The provisions of ``decided`` that ``told`` does not cover, in words; empty when nothing was told in rows.

    A row told without paragraph covers the paragraphs of its article. The law on penalties itself is left out.
    """
    known = [provision(row) for row in rows(told)]
    if not known:
        return []
    return [
        provision_words(row)
        for row in rows(decided)
        if provision(row)[0] != PROCEDURE_LAW and not any(_covers(k, provision(row)) for k in known)
    ]


def _covers(told: tuple[str, ...], decided: tuple[str, ...]) -> bool:
    """Whether a provision told is the same as one decided, as far as both go into paragraphs and items."""
    same_article = told[:2] == decided[:2]
    return same_article and all(not a or not b or a == b for a, b in zip(told[2:], decided[2:], strict=True))


def unequal(document: Document, approved: Values) -> list[str]:
    """Which of the declared ``equal`` fields differ from the approved values, in words; empty ones are not compared."""
    found: list[str] = []
    for name in document.declared.equal:
        mine, theirs = document.values.get(name), approved.get(name)
        if _unsaid(mine) or _unsaid(theirs):
            continue
        field = document.declared.field(name)
        if normal(field, mine) != normal(field, theirs):
            found.append(_difference(field, mine, theirs))
    return found


def _unsaid(value: object) -> bool:
    return blank(value) or (isinstance(value, dict) and "not_applicable" in value)


def normal(field: Field, value: object) -> object:
    """A value in the spelling in which two papers are compared."""
    if field.type == "penalties":
        return sorted(_penalty(row) for row in rows(value))
    if field.type == "basis":
        return sorted(provision(row) for row in rows(value))
    if field.type == "party":
        return squeezed(cast("Mapping[str, Any]", value).get("name")) if isinstance(value, Mapping) else ""
    if field.type == "person":
        one = someone(value)
        return (one.name or one.id) if one else ""
    if isinstance(value, (list, tuple)):
        return [squeezed(item) for item in cast("Iterable[object]", value)]
    return squeezed(value)


def _penalty(row: Mapping[str, Any]) -> tuple[str, str, str]:
    amount = row.get("amount")
    return text_in(row, "kind"), str(amount if amount is not None else ""), squeezed(row.get("term"))


def _difference(field: Field, mine: object, theirs: object) -> str:
    if field.type == "penalties":
        return f"处罚内容是{penalty_words(mine)}，批准的是{penalty_words(theirs)}"
    if field.type == "party":
        return f"当事人是{_name(mine)}，批准的是{_name(theirs)}"
    if field.type == "basis":
        return f"依据是{_provisions(mine)}，批准的是{_provisions(theirs)}"
    return f"“{field.label}”与批准的不同"


def _name(value: object) -> str:
    return str(cast("Mapping[str, Any]", value).get("name", "")) if isinstance(value, Mapping) else ""


def _provisions(value: object) -> str:
    return "、".join(provision_words(row) for row in rows(value))
