"""Ways of service as a form asks for them: in the order of the law, each with what it needs and nothing else (A27)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from liuhen.acts.serving import WHAT_WORDS
from liuhen.compliance.answers import apt
from liuhen.measures.vocabulary import A, Cite, L


@dataclass(frozen=True)
class Way:
    """A way of service: its name, when it is used, the article, what may have happened."""

    name: str
    when: str
    cites: tuple[Cite, ...]
    whats: tuple[str, ...]
    usual: bool = True


WAYS: dict[str, Way] = {
    way.name: way
    for way in (
        Way("直接", "当面交给受送达人，由其签收。先用这一种。", (A(27, 0, 1), L("民", 88)), ("delivered", "refused", "attempted")),
        Way("邮寄", "直接送达有困难的，挂号或者快递寄到送达地址。", (A(27, 0, 2), L("民", 91)), ("posted", "delivered", "returned")),
        Way("公告", "下落不明，或者其他方式都送不到的，最后才用；发布之日起满三十日视为送达。", (A(27, 0, 3), L("民", 95)), ("published",)),
        Way("留置", "拒绝接收的，请见证人到场或者全程录像，把文书留下。", (L("民", 89),), ("left",), False),
        Way("委托", "请当地行政机关代为送达。", (L("民", 91),), ("delivered", "attempted"), False),
        Way("转交", "受送达人是军人、被监禁的人等，由其所在单位转交。", (L("民", 92),), ("delivered", "attempted"), False),
        Way("电子", "受送达人书面同意的，到达其系统之日即送达。", (L("民", 93), L("罚", 61)), ("reached", "attempted"), False),
    )
}  # fmt: skip
# What each step is asked for; the name is that of the field.
ASKED: dict[tuple[str, str], tuple[str, ...]] = {
    ("直接", "delivered"): ("recipient", "relation", "place", "servers", "strokes", "own"),
    ("直接", "refused"): ("reason", "witness", "place", "servers", "own"),
    ("直接", "attempted"): ("reason", "place", "servers"),
    ("留置", "left"): ("reason", "witness", "place", "servers", "own"),
    ("邮寄", "posted"): ("carrier", "tracking", "place", "servers"),
    ("邮寄", "delivered"): ("tracking", "recipient", "relation"),
    ("邮寄", "returned"): ("tracking", "reason"),
    ("委托", "delivered"): ("carrier", "recipient", "relation", "place"),
    ("委托", "attempted"): ("carrier", "reason", "place"),
    ("转交", "delivered"): ("carrier", "recipient", "relation", "place"),
    ("转交", "attempted"): ("carrier", "reason", "place"),
    ("电子", "reached"): ("carrier", "servers"),
    ("电子", "attempted"): ("carrier", "reason", "servers"),
    ("公告", "published"): ("carrier", "servers"),
}
CARRIERS = {
    "邮寄": "承运人", "委托": "受委托机关", "转交": "转交单位", "电子": "系统和账号（电子邮箱、传真号）",
    "公告": "公告载体（报纸、公告栏、门户网站）",
}  # fmt: skip
REASONS = {
    "refused": ("受送达人不同意文书内容，拒绝接收。", "受送达人拒绝接收，未说明理由。"),
    "attempted": ("登记住所无人办公。", "受送达人外出，无人代收。"),
    "left": ("受送达人拒绝接收。",),
    "returned": ("查无此人。", "原址搬迁，新址不明。", "收件人拒收。"),
}
PROOFS = {
    "直接": "交付时的照片，签过字的送达回证", "邮寄": "交寄凭证、物流签收截图、退回的信封", "公告": "报纸版面、公告栏首日和末日照片、网页截图",
    "留置": "全程录像，或者见证人签名的送达回证", "委托": "委托函、回证", "转交": "转交单位的回证", "电子": "发送和到达的截图",
}  # fmt: skip


def ways_of(procedure: str) -> list[Way]:
    """The ways in their order, with the articles that speak of such an act."""
    return [replace(way, cites=apt(way.cites, procedure)) for way in WAYS.values()]


def words(what: str) -> str:
    """What happened, in words."""
    return WHAT_WORDS[what]


def wanted(way: str, name: str) -> str:
    """In which of a way's steps a field is asked for, as the page's ``data-if`` says it; empty when in none."""
    whats = [what for (method, what), names in ASKED.items() if method == way and name in names]
    return f"what={'|'.join(whats)}" if whats else ""
