"""双公示: the records of licences and penalties decided in a period, with the fields of the national exchange (domain §9.1, 9.2).

What was decided on the spot, a warning or a reprimand alone, is slight and not published in principle; numbers of identity papers of
natural persons are never exported; a decision that fell is withdrawn, not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from liuhen.casefile.moments import day
from liuhen.casefile.state import CaseFile, Document
from liuhen.compliance.rounds import struck
from liuhen.measures.counting import due_in_months
from liuhen.papers import wording

Row = dict[str, str]
_PERSON = ("自然人", "个人")
PENALTIES = ("penalty_decision",)
LICENCES = ("license_grant_decision", "license_change_decision", "license_renewal_decision")
SLIGHT = {"警告", "通报批评"}
MONTHS = {"一般": 12, "严重": 36}
SEVERE = {"吊销许可证件", "责令关闭", "限制从业"}


def penalty(case: CaseFile, document: Document, bureau: Mapping[str, str]) -> Row | None:
    """The record of a penalty; None for one that is slight, and for what is no penalty of ours."""
    if document.kind not in PENALTIES or document.issued is None:
        return None
    rows = list(document.values.get("penalties", []))
    kinds = [str(row.get("kind", "")) for row in rows]
    if not kinds or set(kinds) <= SLIGHT:
        return None
    on = day(document.issued.on)
    weight = "严重" if set(kinds) & SEVERE else "一般"
    return _counterpart("CF_XDR", "CF", document.values.get("party", {})) | {
        "CF_WSH": document.issued.number, "CF_WFXW": _text(document.values, "nature") or case.title,
        "CF_SY": _text(document.values, "facts"), "CF_YJ": _basis(document.values), "CF_CFLB": "、".join(dict.fromkeys(kinds)),
        "CF_NR": "；".join(wording.penalty(row) for row in rows), "CF_NR_FK": _wan(rows, lambda kind: kind == "罚款"),
        "CF_NR_WFFF": _wan(rows, lambda kind: kind.startswith("没收")),
        "CF_NR_ZKDX": "、".join(str(r.get("object", "")) for r in rows if "证" in str(r.get("kind", "")) and r.get("object")),
        "CF_JDRQ": on.isoformat(), "CF_YXQ": "", "CF_GSJZQ": due_in_months(on, MONTHS[weight], case.office.calendar(), rolls=False).day.isoformat(),
        "CF_CFJG": bureau["name"], "CF_CFJGDM": bureau["uscc"], "CF_SJLY": bureau["name"], "CF_SJLYDM": bureau["uscc"],
        "BZ": _note(case, document, weight),
    }  # fmt: skip


def licence(case: CaseFile, document: Document, bureau: Mapping[str, str]) -> Row | None:
    """The record of a licence granted, changed or renewed; None for anything else."""
    if document.kind not in LICENCES or document.issued is None:
        return None
    values = document.values
    certificate = case.latest("license_certificate")
    return _counterpart("XK_XDR", "XK", case.party or {}) | {
        "XK_XKWS": document.title, "XK_WSH": document.issued.number, "XK_XKLB": _category(values),
        "XK_XKZS": certificate.title if certificate else "", "XK_XKBH": _text(values, "license_no"),
        "XK_NR": _text(values, "content"), "XK_JDRQ": day(document.issued.on).isoformat(),
        "XK_YXQZ": _text(values, "valid_from"), "XK_YXQZI": _text(values, "valid_to") or "2099-12-31",
        "XK_XKJG": bureau["name"], "XK_XKJGDM": bureau["uscc"], "XK_ZT": "3" if struck(case, document) else "1",
        "XK_LYDW": bureau["name"], "XK_LYDWDM": bureau["uscc"], "BZ": _note(case, document, ""),
    }  # fmt: skip


def _counterpart(subject: str, head: str, party: Mapping[str, Any]) -> Row:
    """Who it is about; of a natural person neither the kind nor the number of the identity paper."""
    kind = str(party.get("party_kind", ""))
    natural = kind in _PERSON
    known = {
        "_MC": str(party.get("name", "")), "_LB": "自然人" if natural else "个体工商户" if "个体" in kind else "法人及非法人组织",
        "_SHXYM": "" if natural else str(party.get("uscc", "")), "_GSZC": "", "_ZZJG": "", "_SWDJ": "", "_SYDW": "", "_SHZZ": "",
    }  # fmt: skip
    return {f"{subject}{name}": value for name, value in known.items()} | {
        f"{head}_FRDB": "" if natural else str(party.get("legal_rep", "")), f"{head}_FR_ZJLX": "", f"{head}_FR_ZJHM": "",
        f"{subject}_ZJLX": "", f"{subject}_ZJHM": "",
    }  # fmt: skip


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name, "")
    return wording.tidy(value) if isinstance(value, str) else ""


def _basis(values: Mapping[str, Any]) -> str:
    return "、".join(wording.provision(row) for row in values.get("basis", []))


def _category(values: Mapping[str, Any]) -> str:
    return str(values.get("license_kind", "")) or "普通"


def _wan(rows: list[Mapping[str, Any]], wanted: Callable[[str], bool]) -> str:
    """A sum in 万元 with six decimals, as the exchange wants it; empty where there is none."""
    sums = [
        row["amount"]
        for row in rows
        if wanted(str(row.get("kind", ""))) and isinstance(row.get("amount"), int)
    ]
    return f"{sum(sums) / 1_000_000:.6f}" if sums else ""


def _note(case: CaseFile, document: Document, weight: str) -> str:
    fallen = "决定已撤销或者变更，应在三个工作日内撤回公示" if struck(case, document) else ""
    return "，".join(part for part in (weight, fallen) if part)
