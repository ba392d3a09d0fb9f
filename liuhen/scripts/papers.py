"""Reading what happened to a document of a script: signatures, approvals, issue, service."""

from __future__ import annotations

from typing import Any

from liuhen.casefile.moments import Moment, parse
from liuhen.measures.vocabulary import Document
from liuhen.scripts.shape import Approval, Issuing, Serving, Signing
from liuhen.scripts.usual import KEYS, NAMES, renamed
from liuhen.scripts.values import Names, free_name, moment
from liuhen.scripts.yamltext import Lined, bad, denied, flag, mapping, near, only, text, words

# What `false` may be said of: the source shows that it was not done with the paper.
ASPECTS = ("signed", "approved", "issued", "served")
LETTERS = {"S": "科室负责人", "L": "法制审核", "B": "局领导", "P": "主要负责人"}
OPINIONS = {"agree": "同意", "return": "退回", "refuse": "不同意"}
METHODS = ("直接", "留置", "邮寄", "委托", "转交", "电子", "公告")
WHATS = ("attempted", "delivered", "refused", "left", "posted", "returned", "reached", "published")
EFFECTIVE = {"留置": "left", "电子": "reached", "公告": "published"}
MEANS = ("paper", "drawn", "scan", "seal", "fingerprint")
STAFF = ("officer", "registrar", "notifier", "presider", "recorder", "hander", "receiver")


def _on(node: Lined) -> Moment | None:
    return parse(moment(node["on"], node.lines["on"], "on")) if "on" in node else None


def signings(node: Lined, kind: Document, names: Names) -> tuple[Signing, ...]:
    """``signed``: role → name, names, or one who refused; ``on`` beside the roles dates them all."""
    if "signed" not in node or denied(node, "signed"):
        return ()
    given = mapping(node["signed"], node.lines["signed"], "signed", "{officer: [甲, 乙], party: 张某}")
    labels = {s.label: s.role for s in kind.signatures} | {"日期": "on"}
    given = renamed(given, "signed", labels)
    roles = [signature.role for signature in kind.signatures]
    only(given, ("on", *roles), f"《{kind.title}》的 signed ", labels)
    common = _on(given)
    found: list[Signing] = []
    for role in given:
        if role == "on":
            continue
        people = given[role] if isinstance(given[role], list) else [given[role]]
        found += [_signing(role, one, given.lines[role], names, common) for one in people]
    return tuple(found)


def _signing(role: str, raw: Any, line: int, names: Names, on: Moment | None) -> Signing:
    if isinstance(raw, Lined):
        return _told(role, renamed(raw, "signing"), names, on)
    if not isinstance(raw, str) or not raw.strip():
        raise bad(line, f"signed 的 {role} 写姓名或 people 中的简称，几个人用方括号括起")
    name, person = _who(role, raw.strip(), line, names)
    return Signing(role, name, person, on)


def _who(role: str, word: str, line: int, names: Names) -> tuple[str, str]:
    """Name and key. Those who sign for the bureau are people of the script."""
    member = names.people.get(word)
    if member:
        return member.name, member.key
    if role in STAFF and not free_name(word, names.people):
        listed = "、".join(names.people) or "（没有）"
        raise bad(line, f"签名的本局人员“{word}”不在 people 中{near(word, names.people)}；现有：{listed}")
    return word, ""


def _told(role: str, node: Lined, names: Names, on: Moment | None) -> Signing:
    where = f"signed 的 {role}"
    only(node, ("name", "on", "means", "pages", "refused", "witness", "scan"), where)
    name, person = _who(role, text(node, "name", where), node.lines["name"], names)
    means = text(node, "means", where, "paper")
    if means not in MEANS:
        raise bad(node.lines["means"], f"means 写：{'、'.join(MEANS)}；拒绝签名的写 refused: 理由")
    pages = text(node, "pages", where, "all")
    if pages not in ("all", "last"):
        raise bad(node.lines["pages"], "pages 写 all（每页）或 last（末页）")
    reason = text(node, "refused", where, "")
    return Signing(
        role,
        name,
        person,
        _on(node) or on,
        means="refused" if reason else means,
        pages=pages,
        reason=reason,
        witness=text(node, "witness", where, ""),
        scan=text(node, "scan", where, ""),
    )


def approvals(node: Lined, kind: Document, names: Names) -> tuple[Approval, ...]:
    """``approved``: S, L, B, P in order; each a day, or what was said; a list when asked again."""
    if "approved" not in node or denied(node, "approved"):
        return ()
    given = mapping(node["approved"], node.lines["approved"], "approved", "{S: {by: 科长, on: 2026-03-05}}")
    given = renamed(given, "approved")
    if not kind.approvals:
        raise bad(node.lines["approved"], f"《{kind.title}》自身不审批；意见写在批准它的那份文书上")
    only(given, tuple(LETTERS), "approved", KEYS["approved"])
    found: list[Approval] = []
    for letter in given:
        items = given[letter] if isinstance(given[letter], list) else [given[letter]]
        found += [_approval(letter, item, given.lines[letter], names) for item in items]
    return tuple(found)


def _approval(letter: str, raw: Any, line: int, names: Names) -> Approval:
    if not isinstance(raw, Lined):
        return Approval(letter, on=parse(moment(raw, line, f"approved 的 {letter}")), text="同意。")
    raw = renamed(raw, "opinion")
    only(
        raw, ("by", "on", "opinion", "text", "choice", "acting_for"), f"approved 的 {letter}", KEYS["opinion"]
    )
    codes = {word: code for code, word in OPINIONS.items()}
    opinion = text(raw, "opinion", "approved", "agree")
    opinion = codes.get(opinion, opinion)
    if opinion not in OPINIONS:
        raise bad(raw.lines["opinion"], "opinion 写 agree（同意）、return（退回）或 refuse（不同意）")
    by = text(raw, "by", "approved", "")
    if by and by not in names.people:
        raise bad(raw.lines["by"], f"审批人“{by}”不在 people 中{near(by, names.people)}；没有姓名的不写 by")
    return Approval(
        letter,
        by,
        _on(raw),
        opinion,
        text(raw, "text", "approved", OPINIONS[opinion] + "。"),
        text(raw, "choice", "approved", ""),
        text(raw, "acting_for", "approved", ""),
    )


def issuing(node: Lined) -> Issuing | None:
    """``issued``: true (on the step's day), a day, or on, number, authority, sealed."""
    if "issued" not in node or denied(node, "issued"):
        return None
    raw = node["issued"]
    if raw in (True, "是"):
        return Issuing()
    if not isinstance(raw, Lined):
        return Issuing(parse(moment(raw, node.lines["issued"], "issued")))
    raw = renamed(raw, "issued")
    only(raw, ("on", "number", "authority", "sealed"), "issued", KEYS["issued"])
    sealed = flag(raw, "sealed", "issued", True) if "sealed" in raw else None
    return Issuing(_on(raw), text(raw, "number", "issued", ""), text(raw, "authority", "issued", ""), sealed)


def services(node: Lined, key: str, names: Names) -> tuple[Serving, ...]:
    """``served``: one step in short, or a list of steps; with an empty key the node itself is one."""
    if not key:
        return (_serving(node, None, names),)
    if key not in node or denied(node, key):
        return ()
    items = node[key] if isinstance(node[key], list) else [node[key]]
    found: list[Serving] = []
    for item in items:
        if isinstance(item, Lined):
            item = renamed(item, "service")
            only(item, ("on", *DETAILS, "method", "what", "to"), key, KEYS["service"])
            found.append(_serving(item, _on(item), names))
        else:
            found.append(Serving("直接", "delivered", on=parse(moment(item, node.lines[key], key))))
    return tuple(found)


DETAILS = ("place", "servers", "recipient", "relation", "carrier", "tracking", "reason", "witness", "proofs")


def _serving(node: Lined, on: Moment | None, names: Names) -> Serving:
    method = text(node, "method", "送达", "直接")
    if method not in METHODS:
        raise bad(node.lines["method"], f"送达方式 method“{method}”应为：{'、'.join(METHODS)}")
    what = text(node, "what", "送达", EFFECTIVE.get(method, "delivered"))
    what = NAMES["whats"].get(what, what)
    if what not in WHATS:
        raise bad(node.lines["what"], f"what“{what}”应为：{'、'.join(WHATS)}{near(what, WHATS)}")
    details: dict[str, Any] = {
        k: text(node, k, "送达") for k in DETAILS if k in node and k not in ("servers", "proofs")
    }
    if "servers" in node:
        details["servers"] = [
            names.people[w].name if w in names.people else w for w in words(node, "servers", "送达")
        ]
    if "proofs" in node:
        details["proofs"] = words(node, "proofs", "送达")
    return Serving(method, what, text(node, "to", "送达", ""), on, details)
